//! Identity keys: ECDSA on secp256k1 (spec §3.6).

use super::ecdsa::{Ecdsa, SigningKey, VerifyingKey};
#[cfg(not(feature = "transparent"))]
use super::ecdsa::{PrehashSigner, PrehashVerifier};
use super::purpose::{Purpose, SignatureScheme};
use super::signature::Signature;
use crate::codec::{Reader, Writer};
use crate::error::{Error, Result};
use crate::secret_object::SecretKind;
use alloc::vec::Vec;
use rand_core::CryptoRng;
use zeroize::{ZeroizeOnDrop, Zeroizing};

const IDENTITY_LEN: usize = 33;
const SECRET_LEN: usize = 32;

/// The public half of an identity, a compressed secp256k1 point.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct IdentityPublicKey(pub(super) VerifyingKey);

impl IdentityPublicKey {
    /// Decodes a compressed point, 33 bytes.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidPoint`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let bytes: &[u8; IDENTITY_LEN] = bytes.try_into().map_err(|_| Error::InvalidPoint)?;
        let key = VerifyingKey::from_sec1_bytes(bytes).map(Self).map_err(|_| Error::InvalidPoint)?;
        // SEC 1 has a compact form of the same length.
        if key.to_bytes() == bytes { Ok(key) } else { Err(Error::InvalidPoint) }
    }

    /// The compressed point, 33 bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.to_sec1_point(true).as_bytes().to_vec()
    }

    /// Did this identity sign the message for the purpose (spec §3.6)?
    ///
    /// # Errors
    ///
    /// [`Error::BadSignature`] if not.
    pub fn verify(&self, purpose: Purpose, message: &[u8], signature: &Signature) -> Result<()> {
        let prehash = purpose.prehash(signature.scheme, message);
        self.0.verify_prehash(&prehash, &signature.ecdsa()?).map_err(|_| Error::BadSignature)
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self> {
        Self::from_bytes(reader.take(IDENTITY_LEN)?)
    }

    pub(crate) fn write(&self, writer: Writer) -> Writer {
        writer.bytes(&self.to_bytes())
    }
}

/// The secret half of an identity. Signatures are deterministic (RFC 6979).
///
/// ```
/// use relight::identity::{IdentityKey, Purpose, SignatureScheme};
///
/// let key = IdentityKey::generate(&mut rand::rng());
/// let signature = key.sign(SignatureScheme::Sha256, Purpose::Response, b"message")?;
/// key.public().verify(Purpose::Response, b"message", &signature)?;
/// assert!(key.public().verify(Purpose::Dealing, b"message", &signature).is_err());
/// # Ok::<(), relight::Error>(())
/// ```
#[derive(ZeroizeOnDrop)]
pub struct IdentityKey(SigningKey);

impl IdentityKey {
    /// A fresh identity.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = Zeroizing::new([0; SECRET_LEN]);
        loop {
            rng.fill_bytes(&mut *bytes);
            if let Ok(key) = SigningKey::from_slice(&*bytes) {
                return Self(key);
            }
        }
    }

    /// The public half.
    pub fn public(&self) -> IdentityPublicKey {
        IdentityPublicKey(*self.0.verifying_key())
    }

    /// Signs a message for a purpose, by RFC 6979: no randomness is drawn. Constant time in the key.
    ///
    /// # Errors
    ///
    /// [`Error::BadSignature`] if the signature would be zero, which is never seen.
    pub fn sign(&self, scheme: SignatureScheme, purpose: Purpose, message: &[u8]) -> Result<Signature> {
        let prehash = purpose.prehash(scheme, message);
        //= spec/3-primitives.md#3-6-identity-signatures
        //# A signer MUST derive the nonce by RFC 6979 under scheme 1.
        let ecdsa: Ecdsa = self.0.sign_prehash(&prehash).map_err(|_| Error::BadSignature)?;
        Ok(Signature::normalised(scheme, &ecdsa))
    }

    /// Encodes the secret: a secret object with the scalar (42 bytes).
    pub fn encode(&self) -> Zeroizing<Vec<u8>> {
        SecretKind::IdentityKey.seal(SECRET_LEN, |writer| writer.bytes(&*self.expose_bytes()))
    }

    /// Decodes the canonical encoding, and no other.
    ///
    /// # Errors
    ///
    /// [`Error::WrongKind`] for another secret, [`Error::BadChecksum`] for a damaged one, [`Error::InvalidScalar`] for zero
    /// and for scalars that are not canonical.
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        SecretKind::IdentityKey.open(bytes, |reader| {
            SigningKey::from_slice(reader.take(SECRET_LEN)?).map(Self).map_err(|_| Error::InvalidScalar)
        })
    }

    /// The secret with this scalar, 32 bytes big-endian, such as one that was written down (spec §16.5).
    ///
    /// # Errors
    ///
    /// [`Error::InvalidScalar`] for zero and for scalars that are not canonical.
    pub fn from_bytes(scalar: &[u8; SECRET_LEN]) -> Result<Self> {
        SigningKey::from_slice(scalar).map(Self).map_err(|_| Error::InvalidScalar)
    }

    /// The scalar, 32 bytes big-endian: to be written down by people. What is stored is [`Self::encode`].
    pub fn expose_bytes(&self) -> Zeroizing<[u8; SECRET_LEN]> {
        Zeroizing::new(self.0.to_bytes().into())
    }
}

impl core::fmt::Debug for IdentityKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("IdentityKey(redacted)")
    }
}
