//! Keys of operators and members.

use crate::details::RelightDetails;
use crate::entry::produce;
use crate::memory::{RelightBuffer, RelightBytes};
use crate::random::OsRandom;
use crate::result::RelightResult;
use relight::{Blinder, Error, MemberKey, SecretKind, identity::IdentityKey};

/// Kind of a secret: an identity.
pub const RELIGHT_KIND_IDENTITY_KEY: u8 = 1;
/// Kind of a secret: a member key.
pub const RELIGHT_KIND_MEMBER_KEY: u8 = 2;
/// Kind of a secret: a Blinder.
pub const RELIGHT_KIND_BLINDER: u8 = 3;
/// Kind of a secret: a key share.
pub const RELIGHT_KIND_KEY_SHARE: u8 = 4;
/// Kind of a secret: the state of a session.
pub const RELIGHT_KIND_SESSION: u8 = 5;

/// Kind of a secret: a sealing key, which is none of the protocol. Of `relight_unseal` alone.
pub const RELIGHT_KIND_SEALING_KEY: u8 = 255;

/// Fails for numbers of no kind of the protocol.
pub(crate) fn kind_of_number(number: u8) -> Result<SecretKind, Error> {
    use SecretKind as K;
    let kinds = [K::IdentityKey, K::MemberKey, K::Blinder, K::KeyShare, K::Session];
    kinds.into_iter().find(|kind| kind_number(*kind) == number).ok_or(Error::UnknownKind(number))
}

pub(crate) fn kind_number(kind: SecretKind) -> u8 {
    match kind {
        SecretKind::IdentityKey => RELIGHT_KIND_IDENTITY_KEY,
        SecretKind::MemberKey => RELIGHT_KIND_MEMBER_KEY,
        SecretKind::Blinder => RELIGHT_KIND_BLINDER,
        SecretKind::KeyShare => RELIGHT_KIND_KEY_SHARE,
        SecretKind::Session => RELIGHT_KIND_SESSION,
        _ => 0,
    }
}

/// What a secret is: `kind` receives a `RELIGHT_KIND_` number. Secrets say what they are and have a checksum, so that
/// none is taken for another: what decodes one fails with `RELIGHT_RESULT_WRONG_KIND` for another kind, and with
/// `RELIGHT_RESULT_BAD_CHECKSUM` for a damaged one. This looks at the kind alone, and fails with
/// `RELIGHT_RESULT_TRUNCATED`, `RELIGHT_RESULT_UNSUPPORTED_VERSION`, or `RELIGHT_RESULT_UNKNOWN_KIND`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_secret_kind(
    secret: RelightBytes,
    kind: *mut u8,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(kind, details, || Ok(kind_number(secret.read("secret", SecretKind::of)?)))
}

/// Makes an identity: the key with which a party signs. `secret` receives its encoding, which the caller owns.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_identity_generate(
    secret: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(secret, details, || Ok(RelightBuffer::from(&**IdentityKey::generate(&mut OsRandom).encode())))
}

/// The public half of an identity: `public_key` receives 33 bytes, which the caller owns. Fails if `secret` is not the
/// encoding of an identity.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_identity_public(
    secret: RelightBytes,
    public_key: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(public_key, details, || Ok((&*secret.read("secret", IdentityKey::decode)?.public().to_bytes()).into()))
}

/// Makes a member key: the key with which a party receives its shares. `secret` receives its encoding, which the
/// caller owns.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_member_key_generate(
    secret: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(secret, details, || Ok(RelightBuffer::from(&**MemberKey::generate(&mut OsRandom).encode())))
}

/// The public half of a member key: `public_key` receives 48 bytes, which the caller owns. Fails if `secret` is not
/// the encoding of a member key.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_member_key_public(
    secret: RelightBytes,
    public_key: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(public_key, details, || Ok(secret.read("secret", MemberKey::decode)?.public().as_bytes().into()))
}

/// Makes a Blinder, which its operator keeps offline. `secret` receives its encoding, which the caller owns.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_blinder_generate(
    secret: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(secret, details, || Ok(RelightBuffer::from(&**Blinder::generate(&mut OsRandom).encode())))
}

/// The public half of a Blinder: `public_key` receives 48 bytes, which the caller owns. Fails if `secret` is not the
/// encoding of a Blinder.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_blinder_public(
    secret: RelightBytes,
    public_key: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(public_key, details, || Ok(secret.read("secret", Blinder::decode)?.public().as_bytes().into()))
}
