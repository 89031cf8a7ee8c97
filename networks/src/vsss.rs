//! `vsss-rs`, here with Feldman's verifiers on secp256k1.

use k256::elliptic_curve::PrimeField;
use k256::elliptic_curve::group::GroupEncoding;
use k256::{FieldBytes, ProjectivePoint, Scalar};
use relight::KeyShare;
use relight::curve::{CurveId, CurvePoint, SecretScalar};
use relight::sharing::{Identifier, VssCommitment};
use relight_networks::Result;
use vsss_rs::{FeldmanVerifierSet, PrimeFieldShare, ShareVerifierGroup};
use zeroize::Zeroizing;

/// A share of a secret on secp256k1.
pub type Share = PrimeFieldShare<Scalar>;
/// What its holders know about the others' shares.
pub type Verifier = ShareVerifierGroup<ProjectivePoint>;

const CURVE: CurveId = CurveId::Secp256k1;

/// Where a share lies.
pub fn identifier(share: &Share) -> Result<Identifier> {
    Ok(Identifier::from_scalar(CURVE, &share.identifier.to_repr())?)
}

/// The VSS commitment of a key, from its verifiers.
pub fn commitment(verifiers: &impl FeldmanVerifierSet<Share, Verifier>) -> Result<VssCommitment> {
    let points = verifiers.verifiers().iter().map(|verifier| CurvePoint::from_bytes(CURVE, &verifier.0.to_bytes()));
    Ok(VssCommitment::new(points.collect::<relight::Result<_>>()?)?)
}

/// The share of a node, from one of `vsss-rs`.
pub fn key_share(epoch: u64, key: &VssCommitment, share: &Share) -> Result<KeyShare> {
    let secret = Zeroizing::new(share.value.to_repr());
    Ok(KeyShare::new(epoch, key, identifier(share)?, SecretScalar::from_bytes(CURVE, &secret)?)?)
}

/// The share as `vsss-rs` had it, from a restored one.
pub fn share(share: &KeyShare) -> Result<Share> {
    let identifier = scalar(&share.identifier().to_scalar(CURVE)?)?;
    Ok(Share { identifier: identifier.into(), value: scalar(share.secret().expose_bytes())?.into() })
}

fn scalar(bytes: &[u8]) -> Result<Scalar> {
    let scalar: Option<Scalar> = Scalar::from_repr(FieldBytes::try_from(bytes)?).into();
    Ok(scalar.ok_or("no scalar of secp256k1")?)
}
