//! Secrets at rest (spec §16.4): a secret is the plaintext of an age file, which a passphrase opens, or the holder of an
//! age identity. The program and the C library both seal and open here.
//!
//! ```
//! use relight_sealed::{Error, open, open_with_passphrase, seal, seal_with_passphrase, x25519};
//!
//! let key = x25519::Identity::generate();
//! let sealed = seal(b"a secret", [&key.to_public() as _])?;
//! assert_eq!(*open(&sealed, [&key as _])?, b"a secret");
//!
//! // What opens everything else has a passphrase of its own: that takes a second, each time.
//! let sealed = seal_with_passphrase(b"a secret", "correct horse".to_owned().into())?;
//! assert_eq!(*open_with_passphrase(&sealed, "correct horse".to_owned().into())?, b"a secret");
//! assert!(matches!(open_with_passphrase(&sealed, "wrong horse".to_owned().into()), Err(Error::WrongKey)));
//! # Ok::<(), Error>(())
//! ```
#![deny(missing_docs, unsafe_code)]
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unreachable)]

pub use age::secrecy::{ExposeSecret, SecretString};
pub use age::{Identity, Recipient, x25519};

use age::{DecryptError, Decryptor, EncryptError, Encryptor, scrypt};
use std::io::{Read, Write};
use zeroize::Zeroizing;

/// What a passphrase costs: 2^18 steps of scrypt, as age(1) has it, about a second and 256 MiB. The same on every machine,
/// however busy it is.
const WORK_FACTOR: u8 = 18;
/// A file says what it costs to open, and anybody may have written it: no more than a gigabyte.
const MOST_WORK: u8 = 20;

/// Why a secret is not sealed or not opened.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No age file, or a damaged one; or a plugin of age failed.
    #[error("{0}")]
    Unreadable(DecryptError),
    /// The passphrase, or the identity, is another.
    #[error("the passphrase or the key is not the one that it is sealed to")]
    WrongKey,
    /// Opening it takes more work than anything that is sealed here.
    #[error("its passphrase takes too much work")]
    TooMuchWork,
    /// The recipients cannot be sealed to.
    #[error("{0}")]
    Sealing(#[from] EncryptError),
}

/// The result of sealing or opening.
pub type Result<T> = core::result::Result<T, Error>;

impl From<DecryptError> for Error {
    fn from(error: DecryptError) -> Self {
        match error {
            DecryptError::DecryptionFailed | DecryptError::NoMatchingKeys | DecryptError::KeyDecryptionFailed => {
                Self::WrongKey
            }
            DecryptError::ExcessiveWork { .. } => Self::TooMuchWork,
            other => Self::Unreadable(other),
        }
    }
}

/// Seals a secret to the holders of identities: any of them opens it.
///
/// # Errors
///
/// [`Error::Sealing`] without recipients, or if a plugin fails.
pub fn seal<'r>(secret: &[u8], recipients: impl IntoIterator<Item = &'r dyn Recipient>) -> Result<Vec<u8>> {
    let encryptor = Encryptor::with_recipients(recipients.into_iter())?;
    let mut sealed = Vec::new();
    let mut writer = encryptor.wrap_output(&mut sealed).map_err(EncryptError::Io)?;
    writer.write_all(secret).map_err(EncryptError::Io)?;
    writer.finish().map_err(EncryptError::Io)?;
    Ok(sealed)
}

/// Seals a secret by a passphrase.
///
/// # Errors
///
/// As for [`seal`].
pub fn seal_with_passphrase(secret: &[u8], passphrase: SecretString) -> Result<Vec<u8>> {
    let mut recipient = scrypt::Recipient::new(passphrase);
    recipient.set_work_factor(WORK_FACTOR);
    seal(secret, [&recipient as _])
}

/// Opens a secret with identities of its holder.
///
/// # Errors
///
/// [`Error::Unreadable`]; [`Error::WrongKey`] if it is sealed to others, or by a passphrase.
pub fn open<'i>(sealed: &[u8], identities: impl IntoIterator<Item = &'i dyn Identity>) -> Result<Zeroizing<Vec<u8>>> {
    let mut reader = Decryptor::new(sealed)?.decrypt(identities.into_iter())?;
    // A buffer that never grows leaves no copies behind.
    let mut secret = Zeroizing::new(Vec::with_capacity(sealed.len()));
    reader.read_to_end(&mut secret).map_err(DecryptError::Io)?;
    Ok(secret)
}

/// Opens a secret with its passphrase.
///
/// # Errors
///
/// [`Error::Unreadable`]; [`Error::WrongKey`] for another passphrase, or if it is sealed to identities;
/// [`Error::TooMuchWork`].
pub fn open_with_passphrase(sealed: &[u8], passphrase: SecretString) -> Result<Zeroizing<Vec<u8>>> {
    let mut identity = scrypt::Identity::new(passphrase);
    identity.set_max_work_factor(MOST_WORK);
    open(sealed, [&identity as _])
}

/// Is it a passphrase that opens it, and not an identity?
///
/// # Errors
///
/// [`Error::Unreadable`].
pub fn takes_passphrase(sealed: &[u8]) -> Result<bool> {
    Ok(Decryptor::new(sealed)?.is_scrypt())
}
