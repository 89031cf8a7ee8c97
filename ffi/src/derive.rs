//! User keys from root keys.

use crate::entry::produce;
use crate::memory::{RelightBuffer, RelightBytes, array, objects};
use crate::result::{Failure, RelightDetails, RelightResult};
use relight::curve::{CurveId, CurvePoint, SecretScalar};
use relight::sharing::{Identifier, combine_points, combine_secrets};
use relight::{Derivation, Error};

fn derivation(curve: u16, info: &RelightBytes, tag: &RelightBytes) -> Result<Derivation, Failure> {
    let (curve, info, tag) = (CurveId::try_from(curve)?, info.get()?, tag.get()?);
    Ok(if tag.is_empty() { Derivation::new(curve, info)? } else { Derivation::with_tag(curve, info, tag)? })
}

/// Decodes points or scalars of a curve.
fn on_curve<T>(
    decode: impl Fn(CurveId, &[u8]) -> Result<T, Error>,
    curve: u16,
    items: *const RelightBytes,
    len: usize,
) -> Result<Vec<T>, Failure> {
    let curve = CurveId::try_from(curve)?;
    objects(items, len, |bytes| decode(curve, bytes))
}

/// Pairs identifiers with values, as many of one as of the other.
fn pairs<T>(identifiers: *const u16, values: &[T]) -> Result<Vec<(Identifier, &T)>, Failure> {
    let identifiers = array(identifiers, values.len())?.iter();
    identifiers.zip(values).map(|(number, value)| Ok((Identifier::new(*number)?, value))).collect()
}

/// Derives a public key from root public keys, or its public share from public shares: `derived` receives it, and the
/// caller owns it. `curve` is a `RELIGHT_CURVE_` number; `info` says whose key it is; an empty `tag` stands for the
/// curve's own. Fails with `RELIGHT_RESULT_UNKNOWN_CURVE`, `RELIGHT_RESULT_INVALID_POINT`, or
/// `RELIGHT_RESULT_INVALID_LENGTH` for less than two roots or if `tag` is longer than 255 bytes.
///
/// Derived keys are linear in the roots: whoever signs or decrypts with them must put the derived public key before the
/// message, or results under as many keys as there are roots give those under all others.
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
        let roots = on_curve(CurvePoint::from_bytes, curve, roots, roots_len)?;
        Ok(derivation(curve, &info, &tag)?.public(&roots)?.as_bytes().into())
    })
}

/// Derives a secret from root secrets, or a share of it from shares of the roots: `derived` receives the scalar, and
/// the caller owns it. `roots` are scalars, see `relight_key_share_secret`. Fails like `relight_derive_public`, and with
/// `RELIGHT_RESULT_INVALID_SCALAR`.
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
        let roots = on_curve(SecretScalar::from_bytes, curve, roots, roots_len)?;
        let derived = derivation(curve, &info, &tag)?.secret(&roots.iter().collect::<Vec<_>>())?;
        Ok(derived.expose_bytes().into())
    })
}

/// The public key of a secret scalar: `public_key` receives it, and the caller owns it. Fails with
/// `RELIGHT_RESULT_UNKNOWN_CURVE` or `RELIGHT_RESULT_INVALID_SCALAR`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_scalar_public(
    curve: u16,
    secret: RelightBytes,
    public_key: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(public_key, details, || {
        let secret = SecretScalar::from_bytes(CurveId::try_from(curve)?, secret.get()?)?;
        Ok(secret.public().as_bytes().into())
    })
}

/// The public key that public shares determine: `public_key` receives it, and the caller owns it. There are as many
/// identifiers as shares. Compare it with the expected key: too few shares give another one and no failure. Fails with
/// `RELIGHT_RESULT_UNKNOWN_CURVE`, `RELIGHT_RESULT_INVALID_POINT`, `RELIGHT_RESULT_INVALID_IDENTIFIER`,
/// `RELIGHT_RESULT_DUPLICATE_IDENTIFIER`, or `RELIGHT_RESULT_INVALID_LENGTH` without shares.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_combine_public(
    curve: u16,
    identifiers: *const u16,
    public_shares: *const RelightBytes,
    shares_len: usize,
    public_key: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(public_key, details, || {
        let shares = on_curve(CurvePoint::from_bytes, curve, public_shares, shares_len)?;
        Ok(combine_points(&pairs(identifiers, &shares)?)?.as_bytes().into())
    })
}

/// The secret that shares determine: `secret` receives the scalar, and the caller owns it. There are as many
/// identifiers as shares, which are scalars. A network that works never does this. Fails like
/// `relight_combine_public`, and with `RELIGHT_RESULT_INVALID_SCALAR`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_combine_secret(
    curve: u16,
    identifiers: *const u16,
    shares: *const RelightBytes,
    shares_len: usize,
    secret: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(secret, details, || {
        let shares = on_curve(SecretScalar::from_bytes, curve, shares, shares_len)?;
        Ok(combine_secrets(&pairs(identifiers, &shares)?)?.expose_bytes().into())
    })
}
