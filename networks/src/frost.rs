//! FROST, for every ciphersuite of `frost-core`.

use frost_core::Ciphersuite;
use frost_core::keys::{KeyPackage, PublicKeyPackage, SigningShare, VerifyingShare};
use relight::KeyShare;
use relight::curve::{CurveId, CurvePoint, SecretScalar};
use relight::sharing::{Identifier, Threshold, VssCommitment};
use relight_networks::Result;
use zeroize::Zeroizing;

/// Where the shares of a node lie.
pub fn identifier<C: Ciphersuite>(curve: CurveId, node: &frost_core::Identifier<C>) -> Result<Identifier> {
    Ok(Identifier::from_scalar(curve, &node.serialize())?)
}

/// The VSS commitment of a key, from the public key package.
pub fn commitment<C: Ciphersuite>(curve: CurveId, public: &PublicKeyPackage<C>) -> Result<VssCommitment> {
    let shares = public
        .verifying_shares()
        .iter()
        .map(|(node, share)| Ok((identifier(curve, node)?, CurvePoint::from_bytes(curve, &share.serialize()?)?)));
    let min_signers = public.min_signers().ok_or("a package older than frost-core 3 does not say its threshold")?;
    let threshold = Threshold::new(min_signers, public.max_signers())?;
    Ok(VssCommitment::from_shares(threshold, &shares.collect::<Result<Vec<_>>>()?)?)
}

/// The share of a node, from its key package.
pub fn key_share<C: Ciphersuite>(epoch: u64, key: &VssCommitment, package: &KeyPackage<C>) -> Result<KeyShare> {
    let identifier = identifier(key.curve(), package.identifier())?;
    let secret = Zeroizing::new(package.signing_share().serialize());
    Ok(KeyShare::new(epoch, key, identifier, SecretScalar::from_bytes(key.curve(), &secret)?)?)
}

/// The key package of a node, from its restored share.
pub fn key_package<C: Ciphersuite>(share: &KeyShare) -> Result<KeyPackage<C>> {
    Ok(KeyPackage::new(
        frost_core::Identifier::deserialize(&share.identifier().to_scalar(share.curve())?)?,
        SigningShare::deserialize(share.secret().expose_bytes())?,
        VerifyingShare::deserialize(share.public_share().as_bytes())?,
        frost_core::VerifyingKey::deserialize(share.public_key().as_bytes())?,
        share.threshold().get(),
    ))
}

/// The public key package, from what the custodian knows.
pub fn public_key_package<C: Ciphersuite>(key: &VssCommitment, nodes: &[Identifier]) -> Result<PublicKeyPackage<C>> {
    let shares = nodes.iter().zip(key.public_shares(nodes)?).map(|(identifier, share)| {
        let identifier = frost_core::Identifier::deserialize(&identifier.to_scalar(key.curve())?)?;
        Ok((identifier, VerifyingShare::deserialize(share.as_bytes())?))
    });
    let public_key = frost_core::VerifyingKey::deserialize(key.public_key().as_bytes())?;
    Ok(PublicKeyPackage::new(shares.collect::<Result<_>>()?, public_key, Some(key.threshold().get())))
}
