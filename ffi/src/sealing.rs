//! Secrets at rest: age files, in which the program keeps them too.

use crate::details::{Argument, Failure, RelightDetails};
use crate::entry::produce;
use crate::keys::{RELIGHT_KIND_SEALING_KEY, kind_of_number};
use crate::memory::{RelightBuffer, RelightBytes, array};
use crate::random::check_system;
use crate::result::RelightResult;
use relight::SecretKind;
use relight_sealed::x25519::{Identity, Recipient};
use relight_sealed::{Error, ExposeSecret, SecretString, open, open_with_passphrase, seal, seal_with_passphrase};
use std::str::FromStr;
use zeroize::Zeroizing;

/// Makes a sealing key, which opens what is sealed to its recipient: an age identity, as text. `key` receives it, and
/// the caller owns it. A process needs one: sealed itself by a passphrase or to hardware, it opens everything else.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_sealing_key_generate(
    key: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(key, details, || {
        check_system()?;
        Ok(RelightBuffer::from(Identity::generate().to_string().expose_secret().as_bytes()))
    })
}

/// The public half of a sealing key, which seals and opens nothing: `recipient` receives text, `age1...`, which the
/// caller owns. Fails with `RELIGHT_RESULT_INVALID_SEALING_KEY`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_sealing_key_recipient(
    key: RelightBytes,
    recipient: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(recipient, details, || Ok(identity("key", &key)?.to_public().to_string().as_bytes().into()))
}

/// Seals a secret of any kind, or a sealing key, as an age file: `sealed` receives it, and the caller owns it. Each of
/// the recipients (`relight_sealing_key_recipient`) can open it. Fails if `secret` is neither, with
/// `RELIGHT_RESULT_INVALID_SEALING_KEY` for what is no recipient, and with `RELIGHT_RESULT_INVALID_LENGTH` without
/// recipients.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_seal(
    secret: RelightBytes,
    recipients: *const RelightBytes,
    recipients_len: usize,
    sealed: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(sealed, details, || {
        let secret = checked(&secret)?;
        let recipients = array("recipients", recipients, recipients_len, |text| parse::<Recipient>(text.get("text")?))?;
        if recipients.is_empty() {
            return Err(Failure::Interface(RelightResult::InvalidLength)).argument("recipients");
        }
        check_system()?;
        Ok((&*seal(secret, recipients.iter().map(|recipient| recipient as _))?).into())
    })
}

/// Seals a secret of any kind, or a sealing key, by a passphrase, as an age file: `sealed` receives it, and the caller
/// owns it. This takes about a second and 256 MiB, as opening does: seal a sealing key so, and to it everything else.
/// Fails if `secret` is neither, and with `RELIGHT_RESULT_INVALID_SEALING_KEY` if the passphrase is empty, or no UTF-8.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_seal_with_passphrase(
    secret: RelightBytes,
    passphrase: RelightBytes,
    sealed: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(sealed, details, || {
        check_system()?;
        Ok((&*seal_with_passphrase(checked(&secret)?, phrase("passphrase", &passphrase)?)?).into())
    })
}

/// Opens what was sealed to the recipient of `key`, and checks that it is of this kind, a `RELIGHT_KIND_` number, and
/// undamaged: `secret` receives it, and the caller owns it. What decodes it checks the rest. Fails with
/// `RELIGHT_RESULT_UNKNOWN_KIND`, `RELIGHT_RESULT_INVALID_SEALING_KEY`, `RELIGHT_RESULT_NOT_SEALED`,
/// `RELIGHT_RESULT_WRONG_SEALING_KEY`, or if what is inside is no such secret.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_unseal(
    kind: u8,
    sealed: RelightBytes,
    key: RelightBytes,
    secret: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(secret, details, || {
        let key = identity("key", &key)?;
        let secret = open(sealed.get("sealed")?, [&key as _]).argument("sealed")?;
        of_kind(kind, &secret)
    })
}

/// Opens what was sealed by a passphrase, like `relight_unseal`. This takes about a second and 256 MiB. Fails like it,
/// and with `RELIGHT_RESULT_NOT_SEALED` for what takes far more.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_unseal_with_passphrase(
    kind: u8,
    sealed: RelightBytes,
    passphrase: RelightBytes,
    secret: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(secret, details, || {
        let passphrase = phrase("passphrase", &passphrase)?;
        let secret = open_with_passphrase(sealed.get("sealed")?, passphrase).argument("sealed")?;
        of_kind(kind, &secret)
    })
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::WrongKey => Self::Interface(RelightResult::WrongSealingKey),
            Error::Unreadable(_) | Error::TooMuchWork => Self::Interface(RelightResult::NotSealed),
            Error::Sealing(_) => Self::Interface(RelightResult::InvalidSealingKey),
        }
    }
}

/// What is sealed is a secret that can be opened again.
fn checked(secret: &RelightBytes) -> Result<&[u8], Failure> {
    let bytes = secret.get("secret")?;
    if parse::<Identity>(bytes).is_ok() {
        return Ok(bytes);
    }
    SecretKind::of(bytes).and_then(|kind| kind.check(bytes)).argument("secret")?;
    Ok(bytes)
}

fn of_kind(kind: u8, secret: &Zeroizing<Vec<u8>>) -> Result<RelightBuffer, Failure> {
    match kind {
        RELIGHT_KIND_SEALING_KEY => drop(parse::<Identity>(secret).argument("sealed")?),
        kind => kind_of_number(kind).argument("kind")?.check(secret).argument("sealed")?,
    }
    Ok(RelightBuffer::from(&***secret))
}

fn identity(name: &str, key: &RelightBytes) -> Result<Identity, Failure> {
    parse(key.get(name)?).argument(name)
}

fn parse<T: FromStr>(text: &[u8]) -> Result<T, Failure> {
    let parsed = core::str::from_utf8(text).ok().and_then(|text| text.parse().ok());
    parsed.ok_or(Failure::Interface(RelightResult::InvalidSealingKey))
}

fn phrase(name: &str, passphrase: &RelightBytes) -> Result<SecretString, Failure> {
    let text = core::str::from_utf8(passphrase.get(name)?).ok().filter(|text| !text.is_empty());
    let text = text.ok_or(Failure::Interface(RelightResult::InvalidSealingKey)).argument(name)?;
    Ok(text.to_owned().into())
}
