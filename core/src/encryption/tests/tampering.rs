//! Proofs that are changed after they were made: each is refused.

use super::super::Proof;
use super::super::proof::Revealed;
use super::prover::SCALAR_LEN;
use super::{CURVES, Fixture, encrypt, verify};
use crate::codec::Writer;
use crate::curve::SecretScalar;
use crate::error::{Error, Result};
use alloc::vec;
use alloc::vec::Vec;
use rand::SeedableRng;
use rand::rngs::StdRng;

fn honest(fixture: &Fixture) -> Proof {
    encrypt(&fixture.statement, &fixture.secrets(), &mut StdRng::seed_from_u64(1)).unwrap()
}

fn decode(fixture: &Fixture, bytes: &[u8]) -> Result<Proof> {
    Proof::decode(bytes, fixture.claim())
}

fn encode(proof: &Proof) -> Vec<u8> {
    proof.write(Writer::default()).finish()
}

/// Changes that keep the shape of a proof.
const CHANGES: [fn(&mut Proof); 21] = [
    |proof| proof.challenge[0] ^= 1,
    |proof| proof.challenge[31] ^= 0x80,
    |proof| proof.nonce[0] ^= 1,
    |proof| proof.nonce[15] ^= 0x80,
    |proof| proof.revealed[0].seed[0] ^= 1,
    |proof| proof.revealed[67].seed[15] ^= 1,
    |proof| proof.revealed[0].response_hash[0] ^= 1,
    |proof| proof.revealed[67].response_hash[19] ^= 1,
    |proof| proof.revealed.swap(0, 1),
    |proof| proof.revealed.rotate_left(1),
    |proof| proof.revealed[1] = proof.revealed[0].clone(),
    |proof| proof.kept[0].sealed.encapsulation[0] ^= 0x20,
    |proof| proof.kept[63].sealed.encapsulation[47] ^= 1,
    |proof| proof.kept[0].sealed.wrapped_sub_seeds[0][0] ^= 1,
    |proof| proof.kept[63].sealed.wrapped_sub_seeds[1][15] ^= 1,
    |proof| proof.kept[3].sealed.wrapped_sub_seeds.swap(0, 1),
    |proof| proof.kept[0].salt[0] ^= 1,
    |proof| proof.kept[63].responses[6 * SCALAR_LEN - 1] ^= 1,
    |proof| proof.kept.swap(0, 1),
    |proof| proof.kept[5].responses.rotate_left(3 * SCALAR_LEN),
    |proof| proof.kept[1] = proof.kept[0].clone(),
];

//= spec/6-encryption.md#6-5-verify
//= type=test
//# A verifier MUST accept if and only if every step succeeds.
#[test]
fn a_changed_proof_is_refused() {
    let fixture = Fixture::new(30);
    let proof = honest(&fixture);
    assert_eq!(verify(&fixture.statement, &proof), Ok(()));
    for (number, change) in CHANGES.iter().enumerate() {
        let mut changed = proof.clone();
        change(&mut changed);
        assert_eq!(verify(&fixture.statement, &changed), Err(Error::ProofRejected), "change {number}");
    }
}

/// Parts of another proof of the same statement are as wrong as any others.
#[test]
fn a_proof_patched_together_from_two_is_refused() {
    let fixture = Fixture::new(31);
    let proof = honest(&fixture);
    let other = encrypt(&fixture.statement, &fixture.secrets(), &mut StdRng::seed_from_u64(2)).unwrap();
    assert_ne!(proof, other);
    let mixed = [
        Proof { challenge: other.challenge, ..proof.clone() },
        Proof { nonce: other.nonce, ..proof.clone() },
        Proof { revealed: other.revealed.clone(), ..proof.clone() },
        Proof { kept: other.kept.clone(), ..proof.clone() },
    ];
    for mixed in mixed {
        assert_eq!(verify(&fixture.statement, &mixed), Err(Error::ProofRejected));
    }
}

/// Changes to the shape of a proof, which only a proof for another statement has.
const SHAPES: [fn(&mut Proof); 8] = [
    |proof| proof.revealed.truncate(67),
    |proof| proof.revealed.push(Revealed { seed: [0; 16], response_hash: [0; 20] }),
    |proof| proof.revealed.clear(),
    |proof| proof.kept.truncate(63),
    |proof| proof.kept.push(proof.kept[0].clone()),
    |proof| proof.kept[9].sealed.wrapped_sub_seeds.truncate(1),
    |proof| proof.kept[9].sealed.wrapped_sub_seeds.push([0; 16]),
    |proof| proof.kept[9].responses.truncate(5 * SCALAR_LEN),
];

#[test]
fn a_proof_of_another_shape_is_refused() {
    let fixture = Fixture::new(32);
    let proof = honest(&fixture);
    for change in SHAPES {
        let mut changed = proof.clone();
        change(&mut changed);
        assert_eq!(verify(&fixture.statement, &changed), Err(Error::InvalidLength));
    }
}

#[test]
fn a_proof_is_for_its_own_statement_only() {
    let (fixture, other) = (Fixture::new(33), Fixture::new(34));
    let proof = honest(&fixture);
    // Of the same shape, but about other keys.
    assert_eq!(verify(&other.statement, &proof), Err(Error::ProofRejected));
    assert_eq!(verify(&fixture.statement, &honest(&other)), Err(Error::ProofRejected));
}

//= spec/6-encryption.md#6-7-proof-encoding
//= type=test
//# A decoder MUST refuse a proof of any other length, with Truncated or TrailingBytes.
#[test]
fn a_proof_is_read_as_it_was_written() {
    let fixture = Fixture::new(35);
    let (proof, secrets) = (honest(&fixture), 2 * CURVES.len());
    let bytes = encode(&proof);
    assert_eq!(bytes.len(), 48 + 68 * 36 + 64 * (48 + 2 * 16 + 16 + secrets * SCALAR_LEN));
    assert_eq!(decode(&fixture, &bytes), Ok(proof));
    for length in 0..bytes.len() {
        assert_eq!(decode(&fixture, &bytes[..length]), Err(Error::Truncated));
    }
    assert_eq!(decode(&fixture, &[&bytes[..], &[0]].concat()), Err(Error::TrailingBytes));
}

//= spec/6-encryption.md#6-7-proof-encoding
//= type=test
//# A decoder MUST refuse a response that is not canonical, with InvalidScalar.
#[test]
fn responses_that_are_not_canonical_are_refused() {
    let fixture = Fixture::new(36);
    let bytes = encode(&honest(&fixture));
    let last = bytes.len() - 6 * SCALAR_LEN;
    for entry in 0..6 {
        let mut changed = bytes.clone();
        changed[last + entry * SCALAR_LEN..][..SCALAR_LEN].fill(0xff);
        assert_eq!(decode(&fixture, &changed), Err(Error::InvalidScalar));
        // Zero is a scalar like any other here, only not the right one.
        changed[last + entry * SCALAR_LEN..][..SCALAR_LEN].fill(0);
        assert_eq!(verify(&fixture.statement, &decode(&fixture, &changed).unwrap()), Err(Error::ProofRejected));
    }
}

//= spec/6-encryption.md#6-3-encrypt
//= type=test
//# An encryptor MUST check every secret against its public share before it encrypts.
#[test]
fn secrets_that_do_not_belong_to_the_statement_are_not_encrypted() {
    let (fixture, mut rng) = (Fixture::new(37), StdRng::seed_from_u64(1));
    for (place, curve) in [CURVES, CURVES].concat().into_iter().enumerate() {
        let stranger = SecretScalar::random(curve, &mut rng);
        let mut secrets = fixture.secrets();
        secrets[place] = &stranger;
        let (compartment, entry) = ((place / 3) as u16, (place % 3) as u16);
        let result = encrypt(&fixture.statement, &secrets, &mut rng);
        assert_eq!(result.unwrap_err(), Error::SecretMismatch { compartment, entry });
    }
    let secrets = fixture.secrets();
    for wrong in [vec![], secrets[..5].to_vec(), [&secrets[..], &secrets[..1]].concat()] {
        assert_eq!(encrypt(&fixture.statement, &wrong, &mut rng).unwrap_err(), Error::InvalidLength);
    }
}
