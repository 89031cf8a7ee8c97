//! The hash of derivation, which belongs to the curve (spec §12).

use crate::error::{Error, Result};
use alloc::vec;
use alloc::vec::Vec;
use core::num::NonZero;
use hash2curve::{ExpandMsg, Expander};
use sha2::digest::consts::U16;

/// The hash to a scalar by which keys derive on a curve (spec §12): a tag, an expansion of RFC 9380, how many bytes are
/// taken from it, and whether they are a little-endian integer.
///
/// ```
/// use relight::curve::{Bls12381G1, KeyCurve};
///
/// let hash = Bls12381G1::DERIVATION;
/// assert_eq!(hash.tag(), b"LIT_HD_KEY_ID_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_");
/// assert_eq!(hash.wide_len(), 48);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct DerivationHash {
    tag: &'static [u8],
    expand: Expand,
    len: u16,
    is_little_endian: bool,
}

/// From an info, a tag and a number of bytes.
type Expand = fn(&[u8], &[u8], u16) -> Result<Vec<u8>>;

/// The level of security only matters for tags of more than 255 bytes, which are refused.
type AnyLevel = U16;

impl DerivationHash {
    pub(super) const fn big_endian<E: ExpandMsg<AnyLevel>>(tag: &'static [u8], len: u16) -> Self {
        Self { tag, expand: expand::<E>, len, is_little_endian: false }
    }

    #[cfg(any(feature = "ed25519", feature = "ristretto255", feature = "jubjub"))]
    pub(super) const fn little_endian<E: ExpandMsg<AnyLevel>>(tag: &'static [u8], len: u16) -> Self {
        Self { tag, expand: expand::<E>, len, is_little_endian: true }
    }

    /// The domain separation tag under which networks derive keys on the curve, unless they choose another.
    pub const fn tag(&self) -> &'static [u8] {
        self.tag
    }

    /// Length of the integer that is reduced to a scalar.
    pub const fn wide_len(&self) -> usize {
        self.len as usize
    }

    /// The integer, big-endian and not reduced. Fails with [`Error::InvalidLength`] unless the tag has 1 to 255 bytes.
    pub(crate) fn wide(&self, info: &[u8], tag: &[u8]) -> Result<Vec<u8>> {
        if tag.len() > usize::from(u8::MAX) {
            return Err(Error::InvalidLength);
        }
        let mut wide = (self.expand)(info, tag, self.len)?;
        if self.is_little_endian {
            wide.reverse();
        }
        Ok(wide)
    }
}

/// Fails with [`Error::InvalidLength`] for an empty tag.
fn expand<E: ExpandMsg<AnyLevel>>(info: &[u8], tag: &[u8], len: u16) -> Result<Vec<u8>> {
    let mut bytes = vec![0; len.into()];
    let (tag, len) = ([tag], NonZero::new(len).ok_or(Error::InvalidLength)?);
    let mut expander = E::expand_message(&[info], &tag, len).map_err(|_| Error::InvalidLength)?;
    expander.fill_bytes(&mut bytes).map_err(|_| Error::InvalidLength)?;
    Ok(bytes)
}
