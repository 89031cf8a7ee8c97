//! Dealings by their dealers and digests.

use crate::memory::{Output, leak, reclaim, structure_output};
use crate::statement::RelightDigest;
use core::ptr;
use relight::Digest;
use relight::dealing::AgreedDealing;
use relight::sharing::PartyIndex;

/// A dealing, by its dealer and digest. It owns nothing.
#[repr(C)]
pub struct RelightAgreedDealing {
    /// The dealer.
    pub dealer: u16,
    /// The digest of its dealing, by which it is confirmed and asked for.
    pub digest: RelightDigest,
}

structure_output!(RelightAgreedDealing { dealer, digest });

impl RelightAgreedDealing {
    pub(crate) fn new(dealer: PartyIndex, digest: Digest) -> Self {
        Self { dealer: dealer.get(), digest: digest.into() }
    }
}

/// Several dealings, by ascending dealer, in memory that the library allocated. What has them frees them.
#[repr(C)]
pub struct RelightAgreedDealings {
    /// The first one, or NULL if there are none.
    pub items: *mut RelightAgreedDealing,
    /// The number of dealings.
    pub len: usize,
}

impl FromIterator<AgreedDealing> for RelightAgreedDealings {
    fn from_iter<I: IntoIterator<Item = AgreedDealing>>(dealings: I) -> Self {
        let dealings = dealings.into_iter().map(|agreed| RelightAgreedDealing::new(agreed.dealer, agreed.digest));
        let (items, len) = leak(dealings.collect());
        Self { items, len }
    }
}

impl Output for RelightAgreedDealings {
    const EMPTY: Self = Self { items: ptr::null_mut(), len: 0 };

    fn release(self) {
        drop(reclaim(self.items, self.len));
    }
}
