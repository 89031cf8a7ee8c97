//! Secrets that say what they are (spec §8.5).
//!
//! ```text
//! struct { uint8 version = 1; uint8 kind; opaque body[...]; opaque checksum[8]; } SecretObject;
//! ```

use crate::codec::{Reader, Writer};
use crate::declassify;
use crate::error::{Error, Result};
use crate::hash::Xof;
pub use crate::id::SecretKind;
use alloc::vec::Vec;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

const HEADER_LEN: usize = 2;
const CHECKSUM_LEN: usize = 8;

impl SecretKind {
    const ALL: [Self; 5] = [Self::IdentityKey, Self::MemberKey, Self::Blinder, Self::KeyShare, Self::Session];

    /// The kind of an encoded secret, of which nothing else is checked.
    ///
    /// # Errors
    ///
    /// [`Error::Truncated`], [`Error::UnsupportedVersion`] or [`Error::UnknownKind`].
    ///
    /// ```
    /// use relight::{Blinder, SecretKind};
    ///
    /// assert_eq!(SecretKind::of(&Blinder::generate(&mut rand::rng()).encode())?, SecretKind::Blinder);
    /// # Ok::<(), relight::Error>(())
    /// ```
    pub fn of(bytes: &[u8]) -> Result<Self> {
        Self::read(&mut Reader::new(bytes))
    }

    /// Checks that an encoded secret is of this kind and undamaged, and leaves what is in it to its decoder: a store does
    /// so before it keeps a secret, and after it finds one.
    ///
    /// # Errors
    ///
    /// Those of [`SecretKind::of`], [`Error::WrongKind`] or [`Error::BadChecksum`].
    ///
    /// ```
    /// use relight::{Blinder, Error, SecretKind};
    ///
    /// let mut secret = Blinder::generate(&mut rand::rng()).encode();
    /// SecretKind::Blinder.check(&secret)?;
    /// secret[9] ^= 1;
    /// assert_eq!(SecretKind::Blinder.check(&secret), Err(Error::BadChecksum));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn check(self, bytes: &[u8]) -> Result<()> {
        self.open(bytes, |reader| {
            let _body = reader.rest();
            Ok(())
        })
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        reader.version()?;
        let number = reader.u8()?;
        //= spec/8-keys.md#8-5-secret-objects
        //# A decoder MUST refuse a kind that is not in the table, with UnknownKind.
        Self::ALL.into_iter().find(|kind| kind.number() == number).ok_or(Error::UnknownKind(number))
    }

    fn number(self) -> u8 {
        match self {
            Self::IdentityKey => 1,
            Self::MemberKey => 2,
            Self::Blinder => 3,
            Self::KeyShare => 4,
            Self::Session => 5,
        }
    }

    /// Encodes a secret whose body has at most `capacity` bytes: a buffer that never grows leaves no copies behind.
    pub(crate) fn seal(self, capacity: usize, body: impl FnOnce(Writer) -> Writer) -> Zeroizing<Vec<u8>> {
        let capacity = capacity.saturating_add(HEADER_LEN + CHECKSUM_LEN);
        let writer = body(Writer::versioned_with_capacity(capacity).u8(self.number()));
        let mut bytes = Zeroizing::new(writer.finish());
        let checksum = checksum(&bytes);
        bytes.extend_from_slice(&checksum);
        bytes
    }

    /// Decodes a secret of this kind, whose body `read` reads.
    pub(crate) fn open<T>(self, bytes: &[u8], read: impl FnOnce(&mut Reader<'_>) -> Result<T>) -> Result<T> {
        let mut reader = Reader::new(bytes);
        let found = Self::read(&mut reader)?;
        //= spec/8-keys.md#8-5-secret-objects
        //# A decoder MUST refuse a secret object of another kind than the one that is wanted, with an error that names
        //# both.
        //= spec/8-keys.md#8-3-member-key
        //# A member key MUST NOT be used as a Blinder or as an identity key.
        if found != self {
            return Err(Error::WrongKind { expected: self, found });
        }
        let body_len = reader.rest().len().checked_sub(CHECKSUM_LEN).ok_or(Error::Truncated)?;
        let (content, found) = bytes.split_at_checked(HEADER_LEN + body_len).ok_or(Error::Truncated)?;
        //= spec/8-keys.md#8-5-secret-objects
        //# A decoder MUST refuse a secret whose checksum does not fit, with BadChecksum.
        if !declassify::is_intact(checksum(content).ct_eq(found)) {
            return Err(Error::BadChecksum);
        }
        Reader::decode_all(content.get(HEADER_LEN..).unwrap_or_default(), read)
    }
}

fn checksum(content: &[u8]) -> [u8; CHECKSUM_LEN] {
    Xof::new("checksum").part(content).output()
}
