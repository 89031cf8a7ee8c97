//! `blsful`, with public keys in either group of BLS12-381.

use blsful::vsss_rs::Share;
use blsful::vsss_rs::elliptic_curve::group::GroupEncoding;
use blsful::{BlsSignatureImpl, PublicKeyShare, SecretKey, SecretKeyShare};
use relight::KeyShare;
use relight::curve::{CurveId, CurvePoint, SecretScalar};
use relight::sharing::{Identifier, VssCommitment};
use relight_networks::Result;
use zeroize::Zeroizing;

/// The public share of a node: enough of them make the commitment of the key. The curve is that of the public keys.
pub fn public_share<C: BlsSignatureImpl>(
    curve: CurveId,
    share: &PublicKeyShare<C>,
) -> Result<(Identifier, CurvePoint)> {
    let identifier = SecretKey::<C>(share.0.identifier().0).to_be_bytes();
    let point = CurvePoint::from_bytes(curve, share.0.value().0.to_bytes().as_ref())?;
    Ok((Identifier::from_scalar(curve, &identifier)?, point))
}

/// The share of a node, from its secret key share.
pub fn key_share<C: BlsSignatureImpl>(epoch: u64, key: &VssCommitment, share: &SecretKeyShare<C>) -> Result<KeyShare> {
    let identifier = SecretKey::<C>(share.0.identifier().0).to_be_bytes();
    let secret = Zeroizing::new(SecretKey::<C>(share.0.value().0).to_be_bytes());
    let identifier = Identifier::from_scalar(key.curve(), &identifier)?;
    Ok(KeyShare::new(epoch, key, identifier, SecretScalar::from_bytes(key.curve(), &*secret)?)?)
}

/// The secret key share of a node, from its restored share.
pub fn secret_key_share<C: BlsSignatureImpl>(share: &KeyShare) -> Result<SecretKeyShare<C>> {
    let identifier = SecretKey::<C>::try_from(&*share.identifier().to_scalar(share.curve())?)?;
    let value = SecretKey::<C>::try_from(share.secret().expose_bytes())?;
    Ok(SecretKeyShare(Share::with_identifier_and_value(identifier.0.into(), value.0.into())))
}
