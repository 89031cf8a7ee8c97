//! Decryption shares are plain BLS signature shares: `blsful` makes and checks them too.

use crate::common::{Party, Sharing, generate, index, members, rng};
use blsful::inner_types::{G1Projective, G2Projective, GroupEncoding, Scalar};
use blsful::vsss_rs::Share;
use blsful::{
    Bls12381G2Impl as Bls, BlsSignatureBasic, HashToPoint, InnerPointShareG2, PublicKey, PublicKeyShare, SecretKey,
    SecretKeyShare, Signature, SignatureSchemes, SignatureShare,
};
use relight::curve::CurveId;
use relight::pairing::G2Affine;
use relight::{
    Error, KeyShare, StatementDigest,
    decryption::{DecryptionShare, RecoveryParty},
};

const DIGEST: StatementDigest = StatementDigest::from_bytes([3; 32]);

fn scalar(share: &KeyShare) -> Scalar {
    let bytes: [u8; 32] = share.secret().expose_bytes().try_into().unwrap();
    Option::from(Scalar::from_be_bytes(&bytes)).unwrap()
}

/// The identifier, which is that of a member with a small number.
fn number(share: &KeyShare) -> u16 {
    let bytes = share.identifier();
    bytes.as_bytes().iter().fold(0, |number, byte| number << 8 | u16::from(*byte))
}

fn identifier(share: &KeyShare) -> Scalar {
    Scalar::from(u64::from(number(share)))
}

fn own_decryption_share(share: &KeyShare) -> DecryptionShare {
    DecryptionShare::new(index(number(share)), share, &DIGEST).unwrap()
}

/// Our share as one of `blsful`.
fn secret_share(share: &KeyShare) -> SecretKeyShare<Bls> {
    SecretKeyShare((identifier(share), scalar(share)).into())
}

fn g2(bytes: &[u8; 96]) -> G2Projective {
    Option::from(G2Projective::from_compressed(bytes)).unwrap()
}

/// Our decryption share as a signature share of `blsful`.
fn signature_share(share: &DecryptionShare) -> SignatureShare<Bls> {
    let member = Scalar::from(u64::from(share.member().get()));
    SignatureShare::Basic(InnerPointShareG2((member, g2(&share.sigma())).into()))
}

/// A signature share of `blsful` as one of ours.
fn decryption_share(signature: &SignatureShare<Bls>, member: u16) -> DecryptionShare {
    let point = signature.as_raw_value().0.value.0;
    DecryptionShare::from_sigma(index(member), &point.to_compressed()).unwrap()
}

fn party(commitment: &Sharing) -> RecoveryParty {
    let members = members(commitment.shares.iter().map(number));
    RecoveryParty::new(commitment.public.clone(), &members).unwrap()
}

#[test]
fn what_blsful_signs_verifies_here() {
    let commitment = Sharing::new(CurveId::Bls12381G1, 3, 5, &mut rng(1));
    let party = party(&commitment);
    let signed = |share: &KeyShare, scheme, message: &[u8]| {
        decryption_share(&secret_share(share).sign(scheme, message).unwrap(), number(share))
    };
    let message = DIGEST.unlock_message();
    let shares: Vec<_> =
        commitment.shares.iter().map(|share| signed(share, SignatureSchemes::Basic, &message)).collect();
    let ours: Vec<_> = commitment.shares.iter().map(own_decryption_share).collect();
    assert_eq!(shares, ours);
    assert_eq!(party.verify_batch(&DIGEST, &shares), Ok(()));
    assert!(party.combine(&DIGEST, &shares[2..]).is_ok());
    // Another scheme signs under another tag, and another message is another statement.
    let bad = |share: &DecryptionShare| {
        let expected = Error::BadDecryptionShares { members: vec![share.member().get()] };
        assert_eq!(party.verify(&DIGEST, share), Err(expected));
    };
    bad(&signed(&commitment.shares[0], SignatureSchemes::ProofOfPossession, &message));
    bad(&signed(&commitment.shares[1], SignatureSchemes::Basic, &message[1..]));
    bad(&signed(&commitment.shares[1], SignatureSchemes::Basic, DIGEST.as_bytes()));
}

#[test]
fn what_is_made_here_verifies_in_blsful() {
    let commitment = Sharing::new(CurveId::Bls12381G1, 3, 5, &mut rng(2));
    let message = DIGEST.unlock_message();
    for share in &commitment.shares {
        let signature = signature_share(&own_decryption_share(share));
        let key: PublicKeyShare<Bls> = secret_share(share).public_key().unwrap();
        assert!(signature.verify(&key, &message).is_ok());
        assert!(signature.verify(&key, &message[1..]).is_err());
        // The verification key is the same too.
        assert_eq!(share.public_share().as_bytes(), key.0.0.value.0.to_compressed());
    }
    let other = signature_share(
        &DecryptionShare::new(index(1), &commitment.shares[0], &StatementDigest::from_bytes([4; 32])).unwrap(),
    );
    assert!(other.verify(&secret_share(&commitment.shares[0]).public_key().unwrap(), &message).is_err());
}

/// From the distributed key generation to the key and its signature in `blsful`.
#[test]
fn a_recovery_key_dealt_here_works_in_blsful() {
    let mut rng = rng(3);
    let parties = Party::group([1, 2, 5], &mut rng);
    let outcomes = generate(&parties, 2, &[CurveId::Bls12381G1], &mut rng);
    let shares: Vec<&KeyShare> = outcomes.iter().map(|outcome| &outcome.shares[0]).collect();
    let party = RecoveryParty::new(outcomes[0].public.keys[0].clone(), &members([1, 2, 5])).unwrap();
    let message = DIGEST.unlock_message();

    let key = SecretKey::<Bls>::combine(&shares[1..].iter().map(|share| secret_share(share)).collect::<Vec<_>>());
    let key = key.unwrap();
    let public: PublicKey<Bls> = key.public_key();
    assert_eq!(public.0.to_compressed(), party.public_key().as_bytes());

    let made = shares.iter().map(|share| own_decryption_share(share));
    let signatures: Vec<_> = made.map(|share| signature_share(&share)).collect();
    let combined = Signature::from_shares(&signatures[..2]).unwrap();
    assert_eq!(combined, key.sign(SignatureSchemes::Basic, &message).unwrap());
    assert!(combined.verify(&public, &message).is_ok());
    // That signature is our unlock key: as the share of a party of one it combines to it.
    let alone = relight::sharing::VssCommitment::new(vec![party.commitment().public_key().clone()]).unwrap();
    let alone = RecoveryParty::new(alone, &members([1])).unwrap();
    let sigma = combined.as_raw_value().to_compressed();
    let unlock = DecryptionShare::from_sigma(index(1), &sigma).unwrap();
    assert_eq!(alone.verify(&DIGEST, &unlock), Ok(()));
}

#[test]
fn a_key_split_by_blsful_makes_a_recovery_party_here() {
    let key = SecretKey::<Bls>::from_hash(b"seed");
    let shares = key.split(2, 3).unwrap();
    let sigma = |share: &SecretKeyShare<Bls>| share.sign(SignatureSchemes::Basic, DIGEST.unlock_message()).unwrap();
    let first = shares[0].0.identifier().0;
    assert_eq!(first, Scalar::from(1u64));
    // Y_1 and Y_2 determine the commitments: A_1 = Y_2 - Y_1, A_0 = Y_1 - A_1.
    let [one, two] = [0, 1].map(|place: usize| shares[place].public_key().unwrap().0.0.value.0);
    let slope: G1Projective = two - one;
    let commitments = [one - slope, slope]
        .map(|point| relight::curve::CurvePoint::from_bytes(CurveId::Bls12381G1, point.to_bytes().as_ref()).unwrap());
    let commitment = relight::sharing::VssCommitment::new(commitments.to_vec()).unwrap();
    let party = RecoveryParty::new(commitment, &members(1..=3)).unwrap();
    assert_eq!(party.public_key().as_bytes(), key.public_key().0.to_compressed());
    let ours: Vec<_> = (1..).zip(&shares).map(|(member, share)| decryption_share(&sigma(share), member)).collect();
    assert_eq!(party.verify_batch(&DIGEST, &ours), Ok(()));
    assert!(party.combine(&DIGEST, &ours[1..]).is_ok());
}

#[test]
fn the_hash_to_g2_is_that_of_the_basic_scheme() {
    let tag = <Bls as BlsSignatureBasic>::DST;
    assert_eq!(tag, b"BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_NUL_");
    for message in [&b""[..], b"abc", &[0xff; 200], &DIGEST.unlock_message()] {
        let expected: G2Projective = <Bls as HashToPoint>::hash_to_point(message, tag);
        assert_eq!(G2Affine::hash(message).encode(), expected.to_compressed());
    }
    let other: G2Projective = <Bls as HashToPoint>::hash_to_point(b"abc", b"another tag");
    assert_ne!(G2Affine::hash(b"abc").encode(), other.to_compressed());
}
