//! `vsss-rs`: shares that lie at numbers of 256 bits, of a key that `k256` signs with.

use k256::ecdsa::signature::{Signer, Verifier};
use k256::ecdsa::{Signature, SigningKey, VerifyingKey};
use k256::{NonZeroScalar, Scalar, elliptic_curve::Generate};
use relight::sharing::Identifier;
use relight_networks::vsss::{self, Share, Verifier as ShareVerifier};
use relight_networks::{Custodian, Operator, Party, Result};
use vsss_rs::{FeldmanVerifierSet, IdentifierPrimeField, ParticipantIdGenerator, ReadableShareSet, feldman};

const NETWORK: &str = "a network that names its nodes by numbers of 256 bits";

#[test]
fn shares_at_large_numbers_combine_again() -> Result<()> {
    let party = Party::generate(4)?;
    let key = NonZeroScalar::generate();
    let public_key = VerifyingKey::from(SigningKey::from(key));
    let (shares, verifiers) = split(&key);
    let commitment = vsss::commitment(&verifiers)?;
    assert_eq!(commitment.public_key().as_bytes(), &*public_key.to_sec1_bytes());

    let operators = operators(&shares)?;
    let known = operators.iter().map(|operator| operator.register(NETWORK)).collect::<Result<_>>()?;
    let mut custodian = Custodian::new(NETWORK, commitment, known, &party);
    for share in &shares {
        custodian.back_up(&vsss::key_share(custodian.epoch(), custodian.key(), share)?)?;
    }
    assert!(custodian.audit()?.survives(2));
    assert!(!custodian.audit()?.survives(3));

    let before = shares.clone();
    drop((key, shares));
    let restored = operators.iter().map(|operator| vsss::share(&operator.recover(&custodian, &party)?));
    let restored = restored.collect::<Result<Vec<Share>>>()?;
    assert_eq!(restored, before);
    assert!(restored.iter().all(|share| verifiers.verify_share(share).is_ok()));
    let key = NonZeroScalar::new(restored[2..].to_vec().combine().unwrap().0).unwrap();
    let signature: Signature = SigningKey::from(key).sign(b"after");
    public_key.verify(b"after", &signature)?;
    assert!(public_key.verify(b"before", &signature).is_err());
    Ok(())
}

/// Three of five are needed.
fn split(key: &NonZeroScalar) -> (Vec<Share>, Vec<ShareVerifier>) {
    let numbers: [IdentifierPrimeField<Scalar>; 5] = [(); 5].map(|()| Scalar::generate().into());
    let identifiers = [ParticipantIdGenerator::List { list: &numbers }];
    let secret = IdentifierPrimeField(**key);
    feldman::split_secret_with_participant_generators(3, 5, &secret, None, rand::rng(), &identifiers).unwrap()
}

fn operators(shares: &[Share]) -> Result<Vec<Operator>> {
    let identifiers = shares.iter().map(|share| vsss::identifier(share));
    let identifiers: Vec<Identifier> = identifiers.collect::<Result<_>>()?;
    assert!(identifiers.iter().all(|identifier| identifier.as_bytes().len() > 28), "{identifiers:?}");
    Ok(identifiers.into_iter().enumerate().map(|(place, at)| Operator::new(&format!("node {place}"), at)).collect())
}
