//! A dealing on the wire (spec §9.2).
//!
//! ```text
//! struct {
//!     uint8 version = 1;
//!     opaque ceremony[32];
//!     uint16 dealer;
//!     KeyDealing keys[...];           // one for each key of the ceremony
//!     opaque proof[...];              // the encryption of the recipients' shares
//!     Signature signature;            // for "dealing", over everything before it
//! } Dealing;
//!
//! struct {
//!     opaque commitments[t * P];
//!     SchnorrProof proof;
//! } KeyDealing;
//! ```
//!
//! The ceremony fixes every length.

use super::agreement::AgreedDealing;
use super::ceremony::Ceremony;
use crate::codec::Reader;
use crate::digest::Digest;
use crate::error::{DealingFault, Error, Result};
use crate::hash::Xof;
use crate::identity::{Purpose, SIGNATURE_LEN, Signature, Signed};
use crate::sharing::PartyIndex;
use alloc::vec::Vec;

/// Version, digest of the ceremony and dealer.
pub(super) const HEADER_LEN: usize = 1 + 32 + 2;

/// A dealing as it was received: of which dealer it says to be, and nothing verified.
/// [`Dealings::receive`](crate::dealing::Dealings::receive) verifies it.
///
/// See [`Ceremony`] for an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dealing {
    dealer: PartyIndex,
    bytes: Vec<u8>,
}

impl Dealing {
    /// The encoding.
    pub fn encode(&self) -> Vec<u8> {
        self.bytes.clone()
    }

    /// Decodes what can be decoded without the ceremony: the version, the dealer, and that there is room for a signature.
    ///
    /// # Errors
    ///
    /// [`Error::UnsupportedVersion`], [`Error::InvalidIndex`] or [`Error::Truncated`].
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        Ok(Self { dealer: Header::read(bytes)?.dealer, bytes: bytes.to_vec() })
    }

    /// The dealer that it says to be of.
    pub fn dealer(&self) -> PartyIndex {
        self.dealer
    }

    /// The digest by which it is confirmed and asked for. It does not cover the signature: a dealer may sign the same twice.
    pub fn digest(&self) -> Digest {
        digest(self.bytes.len().checked_sub(SIGNATURE_LEN).and_then(|length| self.bytes.get(..length)).unwrap_or(&[]))
    }
}

impl Signed for Dealing {
    const PURPOSE: Purpose = Purpose::Dealing;

    fn decode(bytes: &[u8]) -> Result<Self> {
        Self::decode(bytes)
    }
}

/// What can be read of a dealing before anything is verified.
pub(super) struct Header<'a> {
    pub(super) dealer: PartyIndex,
    pub(super) body: &'a [u8],
    signature: &'a [u8],
}

impl<'a> Header<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self> {
        let mut reader = Reader::new(bytes);
        reader.version()?;
        reader.array::<32>()?;
        let dealer = PartyIndex::new(reader.u16()?)?;
        let length = bytes.len().checked_sub(SIGNATURE_LEN).filter(|length| *length >= HEADER_LEN);
        let (body, signature) = length.and_then(|length| bytes.split_at_checked(length)).ok_or(Error::Truncated)?;
        Ok(Self { dealer, body, signature })
    }

    /// The dealing by its dealer and digest: this hashes all of it.
    pub(super) fn name(&self) -> AgreedDealing {
        AgreedDealing { dealer: self.dealer, digest: digest(self.body) }
    }
}

/// The digest of a dealing without its signature.
fn digest(body: &[u8]) -> Digest {
    Xof::new("dealing").part(body).digest()
}

impl Ceremony {
    /// The header of a dealing of this ceremony.
    pub(super) fn header<'a>(&self, bytes: &'a [u8]) -> Result<Header<'a>> {
        let mut reader = Reader::new(bytes);
        reader.version()?;
        if reader.array()? != self.digest().to_bytes() {
            return Err(Error::CeremonyMismatch);
        }
        self.dealer(PartyIndex::new(reader.u16()?)?)?;
        Header::read(bytes)
    }

    /// Fails with [`DealingFault::Signature`], which proves nothing against the dealer.
    pub(super) fn check_signature(&self, header: &Header<'_>) -> Result<()> {
        let identity = &self.dealer(header.dealer)?.identity;
        let signature = Reader::decode_all(header.signature, Signature::read);
        let valid = signature.and_then(|signature| identity.verify(Purpose::Dealing, header.body, &signature));
        let dealer = header.dealer.get();
        valid.map_err(|_| Error::BadDealing { dealer, fault: DealingFault::Signature })
    }
}
