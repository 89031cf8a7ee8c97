//! Objects that lack their signature (spec §3.7).

use super::keys::{IdentityKey, IdentityPublicKey};
use super::purpose::{Purpose, SignatureScheme};
use super::signature::Signature;
use super::wallet::complete;
use crate::codec::Writer;
use crate::error::{Error, Result};
use alloc::string::String;
use alloc::vec::Vec;
use core::marker::PhantomData;

/// An object that ends with the signature of an identity over all before it.
pub trait Signed: Sized {
    /// What the signature is for.
    const PURPOSE: Purpose;

    /// Decodes the object.
    ///
    /// # Errors
    ///
    /// Those of the object's own `decode`.
    fn decode(bytes: &[u8]) -> Result<Self>;
}

/// An object that is complete but for the signature: an [`IdentityKey`] signs it ([`Unsigned::sign`]), or the wallet where
/// the identity lives ([`Unsigned::wallet_text`], then [`Unsigned::complete`]).
///
/// ```
/// use relight::{MemberKey, sharing::PartyIndex, identity::{IdentityKey, Purpose, SignatureScheme}, registration::MemberRegistration};
///
/// let rng = &mut rand::rng();
/// let (wallet, key) = (IdentityKey::generate(rng), MemberKey::generate(rng));
/// let unsigned = MemberRegistration::first(b"party", PartyIndex::new(4)?, &wallet.public(), &key, rng)?;
/// println!("Please sign: {}", unsigned.wallet_text());
/// # let signed = wallet.sign(SignatureScheme::PersonalMessage, Purpose::MemberRegistration, unsigned.body())?;
/// # let from_wallet = &signed.to_bytes()[1..];
/// unsigned.complete(from_wallet)?.verify(b"party")?;
/// # Ok::<(), relight::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsigned<T> {
    body: Vec<u8>,
    signer: IdentityPublicKey,
    object: PhantomData<T>,
}

impl<T: Signed> Unsigned<T> {
    /// From what [`Unsigned::body`] gave, and the identity that is to sign it. What is wrong with the body shows when it
    /// is signed or completed.
    pub fn from_body(body: &[u8], signer: IdentityPublicKey) -> Self {
        Self::new(body.to_vec(), signer)
    }

    pub(crate) fn new(body: Vec<u8>, signer: IdentityPublicKey) -> Self {
        Self { body, signer, object: PhantomData }
    }

    /// The encoding of the object up to its signature.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The identity that is to sign it.
    pub fn signer(&self) -> &IdentityPublicKey {
        &self.signer
    }

    /// The text that a wallet signs as a personal message (EIP-191).
    pub fn wallet_text(&self) -> String {
        T::PURPOSE.wallet_text(&self.body)
    }

    /// Signs it.
    ///
    /// # Errors
    ///
    /// [`Error::WrongIdentity`] if the key is not that of [`Unsigned::signer`].
    pub fn sign(self, identity: &IdentityKey) -> Result<T> {
        //= spec/3-primitives.md#3-6-identity-signatures
        //# A signer MUST NOT sign an unsigned form that names another identity than its own.
        if identity.public() != self.signer {
            return Err(Error::WrongIdentity);
        }
        let signature = identity.sign(SignatureScheme::Sha256, T::PURPOSE, &self.body)?;
        self.with(&signature)
    }

    /// Completes it with what a wallet returned for [`Unsigned::wallet_text`]: 64 bytes `r || s`, 65 bytes `r || s || v`
    /// with v one of 0, 1, 27 and 28, or the 64 bytes of EIP-2098.
    ///
    /// # Errors
    ///
    /// [`Error::WalletSignature`], which says what is wrong: the length, v, the address of another signer, or that it is no
    /// signature of the text.
    pub fn complete(self, wallet: &[u8]) -> Result<T> {
        let signature = complete(T::PURPOSE, &self.body, &self.signer, wallet)?;
        self.with(&signature)
    }

    fn with(self, signature: &Signature) -> Result<T> {
        T::decode(&signature.write(Writer::default().bytes(&self.body)).finish())
    }
}
