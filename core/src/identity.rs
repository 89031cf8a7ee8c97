//! Identity signatures: ECDSA on secp256k1 (spec §3.6).

use crate::codec::{Reader, Writer};
use crate::error::{Error, Result};
use crate::hash::frame;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use k256::ecdsa::signature::hazmat::{PrehashSigner, PrehashVerifier};
use k256::ecdsa::{Signature as Ecdsa, SigningKey, VerifyingKey};
use rand_core::CryptoRng;
use sha2::{Digest, Sha256};
use sha3::Keccak256;
use zeroize::{ZeroizeOnDrop, Zeroizing};

const IDENTITY_LEN: usize = 33;
const SECRET_LEN: usize = 32;
const RS_LEN: usize = 64;

/// Length of an encoded [`Signature`].
pub(crate) const SIGNATURE_LEN: usize = 1 + RS_LEN;

/// What an identity signs for: a signature for one purpose is none for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The dealings of a dealer.
    Dealing,
    /// The registration of a member.
    Registration,
    /// The answer of a member to a recovery request.
    Response,
}

impl Purpose {
    fn name(self) -> &'static str {
        match self {
            Self::Dealing => "dealing",
            Self::Registration => "registration",
            Self::Response => "response",
        }
    }

    fn digest(self, message: &[u8]) -> [u8; 32] {
        Sha256::digest(frame("signature", &[self.name().as_bytes(), message])).into()
    }

    /// The text that a wallet signs as an EIP-191 personal message, instead of an [`IdentityKey`].
    ///
    /// ```
    /// let text = relight::Purpose::Response.wallet_text(b"message");
    /// assert!(text.starts_with("relight-v1 signature\npurpose: response\ndigest: 0x"));
    /// ```
    pub fn wallet_text(self, message: &[u8]) -> String {
        let digest = self.digest(message);
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("relight-v1 signature\npurpose: {}\ndigest: 0x{hex}", self.name())
    }

    fn prehash(self, scheme: SignatureScheme, message: &[u8]) -> [u8; 32] {
        match scheme {
            SignatureScheme::Sha256 => self.digest(message),
            SignatureScheme::PersonalMessage => {
                let text = self.wallet_text(message);
                let prefix = format!("\x19Ethereum Signed Message:\n{}", text.len());
                Keccak256::new().chain_update(prefix).chain_update(text).finalize().into()
            }
        }
    }
}

/// How the message of a signature is hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignatureScheme {
    /// SHA-256 over the framed message.
    Sha256,
    /// EIP-191 personal message, as wallets sign it, over [`Purpose::wallet_text`].
    PersonalMessage,
}

impl SignatureScheme {
    fn number(self) -> u8 {
        match self {
            Self::Sha256 => 1,
            Self::PersonalMessage => 2,
        }
    }
}

impl TryFrom<u8> for SignatureScheme {
    type Error = Error;

    fn try_from(number: u8) -> Result<Self> {
        let known = [Self::Sha256, Self::PersonalMessage];
        known.into_iter().find(|scheme| scheme.number() == number).ok_or(Error::UnknownScheme(number))
    }
}

/// An ECDSA signature with its scheme (65 bytes). Only the lower of the two possible `s` is a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    scheme: SignatureScheme,
    /// r || s, in range only for those that verify.
    rs: [u8; RS_LEN],
}

impl Signature {
    /// From the 64 bytes `r || s`, for example those of a wallet, whose 65th byte is left out. Fails with
    /// [`Error::BadSignature`] if they are out of range or `s` is the higher one.
    pub fn from_bytes(scheme: SignatureScheme, rs: &[u8]) -> Result<Self> {
        let signature = Self { scheme, rs: rs.try_into().map_err(|_| Error::BadSignature)? };
        signature.ecdsa().map(|_| signature)
    }

    /// Fails with [`Error::BadSignature`] if r or s is out of range.
    fn ecdsa(&self) -> Result<Ecdsa> {
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

/// The public half of an identity, a compressed secp256k1 point.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct IdentityPublicKey(VerifyingKey);

impl IdentityPublicKey {
    /// Decodes a compressed point (33 bytes). Fails with [`Error::InvalidPoint`].
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

    /// Fails with [`Error::BadSignature`] unless this identity signed the message for the purpose.
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
/// use relight::{IdentityKey, Purpose, SignatureScheme};
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

    /// Signs a message.
    pub fn sign(&self, scheme: SignatureScheme, purpose: Purpose, message: &[u8]) -> Result<Signature> {
        let prehash = purpose.prehash(scheme, message);
        //= spec/3-primitives.md#3-6-identity-signatures
        //# A signer MUST derive the nonce by RFC 6979 under scheme 1.
        let ecdsa: Ecdsa = self.0.sign_prehash(&prehash).map_err(|_| Error::BadSignature)?;
        Ok(Signature { scheme, rs: ecdsa.normalize_s().to_bytes().into() })
    }

    /// Encodes the secret: version, then the scalar (33 bytes).
    pub fn encode(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(Writer::versioned_with_capacity(1 + SECRET_LEN).bytes(&*self.secret_bytes()).finish())
    }

    /// Decodes, strictly. Fails with [`Error::InvalidScalar`] for zero and for non-canonical scalars.
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        Reader::decode_all(bytes, |reader| {
            reader.version()?;
            SigningKey::from_slice(reader.take(SECRET_LEN)?).map(Self).map_err(|_| Error::InvalidScalar)
        })
    }

    /// The scalar, to hedge randomness with.
    pub(crate) fn secret_bytes(&self) -> Zeroizing<[u8; SECRET_LEN]> {
        Zeroizing::new(self.0.to_bytes().into())
    }
}

impl core::fmt::Debug for IdentityKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("IdentityKey(redacted)")
    }
}
