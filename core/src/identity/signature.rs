//! Signatures (spec §3.6).

use super::ecdsa::Ecdsa;
use super::purpose::SignatureScheme;
use crate::codec::{Reader, Writer};
use crate::error::{Error, Result};

const RS_LEN: usize = 64;

/// Length of an encoded [`Signature`].
pub(crate) const SIGNATURE_LEN: usize = 1 + RS_LEN;

/// An ECDSA signature with its scheme (65 bytes). Only the lower of the two possible `s` is a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    pub(super) scheme: SignatureScheme,
    /// r || s, in range only for those that verify.
    rs: [u8; RS_LEN],
}

impl Signature {
    /// With the lower `s`.
    pub(super) fn normalised(scheme: SignatureScheme, ecdsa: &Ecdsa) -> Self {
        Self { scheme, rs: ecdsa.normalize_s().to_bytes().into() }
    }

    /// Fails with [`Error::BadSignature`] if r or s is out of range.
    pub(super) fn ecdsa(&self) -> Result<Ecdsa> {
        let ecdsa = Ecdsa::from_slice(&self.rs).map_err(|_| Error::BadSignature)?;
        //= spec/3-primitives.md#3-6-identity-signatures
        //# A verifier MUST refuse a signature with `s > n/2`.
        if ecdsa.normalize_s() == ecdsa { Ok(ecdsa) } else { Err(Error::BadSignature) }
    }

    /// The encoding that ends every signed object: the number of the scheme, then `r || s` (65 bytes).
    pub fn to_bytes(&self) -> [u8; 65] {
        let mut bytes = [self.scheme.number(); SIGNATURE_LEN];
        let (_, rs) = bytes.split_at_mut(1);
        rs.copy_from_slice(&self.rs);
        bytes
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self> {
        Ok(Self { scheme: SignatureScheme::try_from(reader.u8()?)?, rs: reader.array()? })
    }

    pub(crate) fn write(&self, writer: Writer) -> Writer {
        writer.bytes(&self.to_bytes())
    }
}
