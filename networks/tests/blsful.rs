//! `blsful`: shares of BLS keys in either group sign again.

use blsful::{
    Bls12381G1Impl, Bls12381G2Impl, BlsSignatureImpl, PublicKey, SecretKey, SecretKeyShare, Signature, SignatureSchemes,
};
use relight::curve::CurveId;
use relight::sharing::{Threshold, VssCommitment};
use relight_networks::{Custodian, Operator, Party, Result, blsful as adapter};

const NETWORK: &str = "a network that signs with BLS";

#[test]
fn public_keys_in_g1() -> Result<()> {
    live::<Bls12381G2Impl>(CurveId::Bls12381G1)
}

#[test]
fn public_keys_in_g2() -> Result<()> {
    live::<Bls12381G1Impl>(CurveId::Bls12381G2)
}

fn live<C: BlsSignatureImpl + PartialEq + std::fmt::Debug>(curve: CurveId) -> Result<()> {
    let party = Party::generate(4)?;
    let key = SecretKey::<C>::new();
    let (public_key, shares) = (key.public_key(), key.split(3, 4)?);
    let published = shares.iter().map(|share| adapter::public_share(curve, &share.public_key()?));
    let published = published.collect::<Result<Vec<_>>>()?;
    let commitment = VssCommitment::from_shares(Threshold::new(3, 4)?, &published)?;

    let operators = published.iter().map(|(at, _)| Operator::new(&format!("node {at}"), *at));
    let operators: Vec<Operator> = operators.collect();
    let known = operators.iter().map(|operator| operator.register(NETWORK)).collect::<Result<_>>()?;
    let mut custodian = Custodian::new(NETWORK, commitment, known, &party);
    for share in &shares {
        custodian.back_up(&adapter::key_share(custodian.epoch(), custodian.key(), share)?)?;
    }
    assert!(custodian.audit()?.survives(1));

    let before = shares.clone();
    drop(shares);
    let restored = operators.iter().map(|operator| adapter::secret_key_share(&operator.recover(&custodian, &party)?));
    let restored = restored.collect::<Result<Vec<SecretKeyShare<C>>>>()?;
    assert_eq!(restored, before);
    sign(&restored[1..], &public_key)
}

/// They sign a message, each its part, and the whole verifies.
fn sign<C: BlsSignatureImpl>(shares: &[SecretKeyShare<C>], public_key: &PublicKey<C>) -> Result<()> {
    for scheme in [SignatureSchemes::Basic, SignatureSchemes::ProofOfPossession] {
        let parts =
            shares.iter().map(|share| share.sign(scheme, b"after")).collect::<std::result::Result<Vec<_>, _>>()?;
        let signature = Signature::from_shares(&parts)?;
        signature.verify(public_key, b"after")?;
        assert!(signature.verify(public_key, b"before").is_err());
    }
    Ok(())
}
