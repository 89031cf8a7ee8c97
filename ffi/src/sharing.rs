//! Sharings that were made elsewhere, and keys from their shares.

use crate::details::{Argument, Failure, RelightDetails};
use crate::entry::produce;
use crate::memory::{RelightBuffer, RelightBytes, array, objects};
use crate::result::RelightResult;
use relight::curve::{CurveId, CurvePoint, SecretScalar};
use relight::sharing::{Identifier, Threshold, VssCommitment, combine_points, combine_secrets};
use relight::{Error, KeyShare};

/// A share and where it lies. The caller owns what it points to.
#[repr(C)]
pub struct RelightShare {
    /// Where it lies: its share identifier.
    pub identifier: RelightBytes,
    /// A public share, which is a point, or a share of a secret, which is a scalar.
    pub share: RelightBytes,
}

/// Decodes the shares of the argument of this name, which are points or scalars of a curve.
fn shares<T>(
    name: &str,
    decode: impl Fn(CurveId, &[u8]) -> Result<T, Error>,
    curve: u16,
    items: *const RelightShare,
    len: usize,
) -> Result<Vec<(Identifier, T)>, Failure> {
    let curve = CurveId::try_from(curve).argument("curve")?;
    array(name, items, len, |item| {
        let identifier = item.identifier.read("identifier", Identifier::from_bytes)?;
        Ok((identifier, item.share.read("share", |bytes| decode(curve, bytes))?))
    })
}

fn by_reference<T>(shares: &[(Identifier, T)]) -> Vec<(Identifier, &T)> {
    shares.iter().map(|(identifier, share)| (*identifier, share)).collect()
}

/// The VSS commitment of a key that was shared elsewhere, from the coefficient commitments that its key generation gave,
/// constant term first: `commitment` receives it, and the caller owns it. `curve` is a `RELIGHT_CURVE_` number, and the
/// threshold is the number of coefficient commitments. Fails with `RELIGHT_RESULT_UNKNOWN_CURVE`,
/// `RELIGHT_RESULT_INVALID_POINT`, or `RELIGHT_RESULT_INVALID_LENGTH` without coefficient commitments or with more than
/// 65535.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_vss_commitment_new(
    curve: u16,
    coefficient_commitments: *const RelightBytes,
    coefficient_commitments_len: usize,
    commitment: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(commitment, details, || {
        let curve = CurveId::try_from(curve).argument("curve")?;
        let decode = |bytes: &[u8]| CurvePoint::from_bytes(curve, bytes);
        let name = "coefficient_commitments";
        let points = objects(name, coefficient_commitments, coefficient_commitments_len, decode)?;
        Ok((&*VssCommitment::new(points)?.encode()).into())
    })
}

/// The VSS commitment of a key that was shared elsewhere, from public shares: `commitment` receives it, and the caller
/// owns it. `curve` is a `RELIGHT_CURVE_` number. There are as many shares as the threshold or more, all of which
/// must fit. Fails if a share does not decode, with `RELIGHT_RESULT_UNKNOWN_CURVE`, `RELIGHT_RESULT_INVALID_THRESHOLD`
/// for zero, `RELIGHT_RESULT_INVALID_LENGTH` without shares, `RELIGHT_RESULT_ZERO_IDENTIFIER`,
/// `RELIGHT_RESULT_DUPLICATE_IDENTIFIER`, `RELIGHT_RESULT_NOT_ENOUGH_SHARES`, or with
/// `RELIGHT_RESULT_INCONSISTENT_SHARES`, whose details name the identifiers of those that do not fit the others.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_vss_commitment_from_shares(
    curve: u16,
    threshold: u16,
    public_shares: *const RelightShare,
    public_shares_len: usize,
    commitment: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(commitment, details, || {
        let threshold = Threshold::new(threshold, u16::MAX).argument("threshold")?;
        let shares = shares("public_shares", CurvePoint::from_bytes, curve, public_shares, public_shares_len)?;
        Ok((&*VssCommitment::from_shares(threshold, &shares)?.encode()).into())
    })
}

/// The key share of a key that was shared elsewhere: `share` receives its encoding, and the caller owns it. `secret` is
/// the scalar that lies at `identifier`. Fails if `commitment` does not decode, with `RELIGHT_RESULT_INVALID_SCALAR`,
/// `RELIGHT_RESULT_INVALID_IDENTIFIER`, `RELIGHT_RESULT_ZERO_IDENTIFIER`, `RELIGHT_RESULT_INVALID_POINT` where nobody
/// has a share, because it is zero, or with `RELIGHT_RESULT_SECRET_MISMATCH` if the secret is not that share.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_key_share_new(
    epoch: u64,
    commitment: RelightBytes,
    identifier: RelightBytes,
    secret: RelightBytes,
    share: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(share, details, || {
        let commitment = commitment.read("commitment", VssCommitment::decode)?;
        let secret = secret.read("secret", |bytes| SecretScalar::from_bytes(commitment.curve(), bytes))?;
        let identifier = identifier.read("identifier", Identifier::from_bytes)?;
        let share = KeyShare::new(epoch, &commitment, identifier, secret)?;
        Ok(RelightBuffer::from(&**share.encode()))
    })
}

/// The key itself, from enough key shares of it: `secret` receives the scalar, and the caller owns it. A network that
/// works never does this. Fails if a share does not decode, with `RELIGHT_RESULT_INVALID_LENGTH` without shares,
/// `RELIGHT_RESULT_MISMATCH` if one is of another key, epoch or threshold than the first,
/// `RELIGHT_RESULT_DUPLICATE_IDENTIFIER`, `RELIGHT_RESULT_NOT_ENOUGH_SHARES`, or
/// `RELIGHT_RESULT_COMBINED_KEY_MISMATCH` if a secret is not the share that it is said to be.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_key_shares_combine(
    shares: *const RelightBytes,
    shares_len: usize,
    secret: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(secret, details, || {
        let shares = objects("shares", shares, shares_len, KeyShare::decode)?;
        Ok(KeyShare::combine(&shares)?.expose_bytes().into())
    })
}

/// The public key of a secret scalar: `public_key` receives it, and the caller owns it. Fails with
/// `RELIGHT_RESULT_UNKNOWN_CURVE` or `RELIGHT_RESULT_INVALID_SCALAR`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_scalar_public(
    curve: u16,
    secret: RelightBytes,
    public_key: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(public_key, details, || {
        let curve = CurveId::try_from(curve).argument("curve")?;
        let secret = secret.read("secret", |bytes| SecretScalar::from_bytes(curve, bytes))?;
        Ok(secret.public().as_bytes().into())
    })
}

/// The public key that public shares determine: `public_key` receives it, and the caller owns it. Compare it with the
/// expected key: too few shares give another one and no failure. Fails with `RELIGHT_RESULT_UNKNOWN_CURVE`,
/// `RELIGHT_RESULT_INVALID_POINT`, `RELIGHT_RESULT_INVALID_IDENTIFIER`, `RELIGHT_RESULT_ZERO_IDENTIFIER`,
/// `RELIGHT_RESULT_DUPLICATE_IDENTIFIER`, or `RELIGHT_RESULT_INVALID_LENGTH` without shares.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_combine_public(
    curve: u16,
    public_shares: *const RelightShare,
    public_shares_len: usize,
    public_key: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(public_key, details, || {
        let shares = shares("public_shares", CurvePoint::from_bytes, curve, public_shares, public_shares_len)?;
        Ok(combine_points(&by_reference(&shares))?.as_bytes().into())
    })
}

/// The secret that shares determine: `secret` receives the scalar, and the caller owns it. The shares are scalars, as
/// of a derived key; for key shares there is `relight_key_shares_combine`, which checks the result. Fails like
/// `relight_combine_public`, and with `RELIGHT_RESULT_INVALID_SCALAR`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_combine_secret(
    curve: u16,
    shares: *const RelightShare,
    shares_len: usize,
    secret: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(secret, details, || {
        let shares = self::shares("shares", SecretScalar::from_bytes, curve, shares, shares_len)?;
        Ok(combine_secrets(&by_reference(&shares))?.expose_bytes().into())
    })
}
