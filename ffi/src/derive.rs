//! User keys from root keys.

use crate::details::{Argument, Failure, RelightDetails};
use crate::entry::produce;
use crate::memory::{RelightBuffer, RelightBytes, objects};
use crate::result::RelightResult;
use relight::curve::{CurveId, CurvePoint, SecretScalar};
use relight::{Derivation, Error};

fn derivation(curve: u16, info: &RelightBytes, tag: &RelightBytes) -> Result<Derivation, Failure> {
    let (curve, info, tag) = (CurveId::try_from(curve).argument("curve")?, info.get("info")?, tag.get("tag")?);
    Ok(if tag.is_empty() { Derivation::new(curve, info)? } else { Derivation::with_tag(curve, info, tag)? })
}

/// Decodes the roots, which are points or scalars of a curve.
fn read_roots<T>(
    decode: impl Fn(CurveId, &[u8]) -> Result<T, Error>,
    curve: u16,
    items: *const RelightBytes,
    len: usize,
) -> Result<Vec<T>, Failure> {
    let curve = CurveId::try_from(curve).argument("curve")?;
    objects("roots", items, len, |bytes| decode(curve, bytes))
}

/// Derives a public key from root public keys, or its public share from public shares: `derived` receives it, and the
/// caller owns it. `curve` is a `RELIGHT_CURVE_` number; `info` says whose key it is; an empty `tag` stands for the
/// curve's own. Fails with `RELIGHT_RESULT_UNKNOWN_CURVE`, `RELIGHT_RESULT_INVALID_POINT`, or
/// `RELIGHT_RESULT_INVALID_LENGTH` for less than two roots or if `tag` is longer than 255 bytes.
///
/// Derived keys are linear in the roots: a party that signs or decrypts with them does so on what `relight_augment` makes
/// of the message, or results under as many keys as there are roots give those under all others.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_derive_public(
    curve: u16,
    info: RelightBytes,
    tag: RelightBytes,
    roots: *const RelightBytes,
    roots_len: usize,
    derived: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(derived, details, || {
        let roots = read_roots(CurvePoint::from_bytes, curve, roots, roots_len)?;
        Ok(derivation(curve, &info, &tag)?.public(&roots)?.as_bytes().into())
    })
}

/// Derives a secret from root secrets, or a share of it from shares of the roots: `derived` receives the scalar, and
/// the caller owns it. `roots` are scalars, see `relight_key_share_secret`. Fails like `relight_derive_public`, and
/// with `RELIGHT_RESULT_INVALID_SCALAR`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_derive_secret(
    curve: u16,
    info: RelightBytes,
    tag: RelightBytes,
    roots: *const RelightBytes,
    roots_len: usize,
    derived: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(derived, details, || {
        let roots = read_roots(SecretScalar::from_bytes, curve, roots, roots_len)?;
        let derived = derivation(curve, &info, &tag)?.secret(&roots)?;
        Ok(derived.expose_bytes().into())
    })
}

/// What a linear operation under a derived key, such as a BLS signature or a decryption, is computed on in place of a
/// message: `augmented` receives the derived public key and then the message, and the caller owns it. The party that computes
/// takes the public key of the key that it computes with, never one that it is told. Fails with
/// `RELIGHT_RESULT_UNKNOWN_CURVE` or `RELIGHT_RESULT_INVALID_POINT`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_augment(
    curve: u16,
    public_key: RelightBytes,
    message: RelightBytes,
    augmented: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(augmented, details, || {
        let curve = CurveId::try_from(curve).argument("curve")?;
        let public_key = public_key.read("public_key", |bytes| CurvePoint::from_bytes(curve, bytes))?;
        Ok((&*Derivation::augmented(&public_key, message.get("message")?)).into())
    })
}
