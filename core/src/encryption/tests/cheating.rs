//! Provers that cheat: each is refused.

use super::super::Proof;
use super::super::batch::Batch;
use super::super::instance::Seed;
use super::super::subset::kept_instances;
use super::prover::{Prover, Source, weak_first_hash, weak_verifier_accepts};
use super::{Fixture, RECOVERY, verify};
use crate::curve::{Bls12381G1, KeyCurve, Secp256k1};
use crate::error::Error;
use alloc::vec::Vec;

/// Two entries on secp256k1 and one on G1, in the first compartment; entry 3 is the first of the second one.
const SECP_ENTRIES: [usize; 2] = [0, 2];
const G1_ENTRY: usize = 1;

fn refused(prover: &Prover<'_>, proof: &Proof) {
    assert_eq!(super::super::verify(prover.layout.claim, proof), Err(Error::ProofRejected));
}

#[test]
fn the_prover_of_these_tests_is_honest_unless_bent() {
    let fixture = Fixture::new(1);
    let mut prover = Prover::new(&fixture, 1);
    let proof = prover.prove();
    assert_eq!(verify(&fixture.statement, &proof), Ok(()));
    assert!(fixture.opens_everywhere(&proof));
    // For right responses both sources of the mask commitments agree.
    prover.sources.fill(Source::Responses);
    assert_eq!(prover.prove(), proof);
}

#[test]
fn a_wrong_response_for_one_entry_in_every_instance_is_refused() {
    let fixture = Fixture::new(2);
    for source in [Source::Masks, Source::Responses] {
        let mut prover = Prover::new(&fixture, 2);
        prover.indices().for_each(|index| prover.shift::<Secp256k1>(index, 0, Secp256k1::reduce(&[1])));
        prover.sources.fill(source);
        refused(&prover, &prover.prove());

        let mut prover = Prover::new(&fixture, 2);
        prover.indices().for_each(|index| prover.shift::<Bls12381G1>(index, G1_ENTRY, Bls12381G1::reduce(&[1])));
        prover.sources.fill(source);
        refused(&prover, &prover.prove());
    }
}

#[test]
fn a_wrong_response_in_one_kept_instance_is_refused() {
    let fixture = Fixture::new(3);
    for index in [0, 40, 131] {
        let mut prover = Prover::new(&fixture, 3);
        prover.shift::<Secp256k1>(index, 0, Secp256k1::reduce(&[1]));
        let proof = prover.prove();
        // An instance that is revealed shows no responses: an error in them harms nobody.
        let kept = kept_instances(prover.parameters(), &proof.challenge)[index];
        assert_eq!(verify(&fixture.statement, &proof), if kept { Err(Error::ProofRejected) } else { Ok(()) });
        assert!(fixture.opens_everywhere(&proof));
    }
}

/// Errors in two responses that cancel under the batching coefficients.
fn kernel_error<C: KeyCurve>(prover: &Prover<'_>, first: &[u8; 32]) -> [C::Scalar; 2] {
    let terms = Batch::<C>::new(&prover.layout, first).terms;
    [terms[1].1, -terms[0].1]
}

fn add_kernel_error(prover: &mut Prover<'_>, first: &[u8; 32]) {
    let error = kernel_error::<Secp256k1>(prover, first);
    for index in prover.indices() {
        SECP_ENTRIES.iter().zip(error).for_each(|(entry, error)| prover.shift::<Secp256k1>(index, *entry, error));
    }
}

#[test]
fn an_error_in_the_kernel_of_the_coefficients_is_refused() {
    let fixture = Fixture::new(4);
    // The responses are changed after the coefficients are known: h_i betrays it.
    let mut prover = Prover::new(&fixture, 4);
    let honest_hashes = prover.response_hashes();
    let first = prover.commitments_hash(&honest_hashes);
    let challenge = prover.challenge(&first);
    add_kernel_error(&mut prover, &first);
    refused(&prover, &prover.answer(challenge, &honest_hashes));
    refused(&prover, &prover.answer(challenge, &prover.response_hashes()));
    // And with h_i recomputed the coefficients are others.
    refused(&prover, &prover.prove());
}

/// What the previous test relies on: were the responses not bound before the coefficients are known, the same error
/// would pass, in every instance, and the backup would be lost.
//= spec/6-encryption.md#6-3-encrypt
//= type=test
//# An encryptor MUST bind the responses of every instance in `a` before the batching coefficients are known.
#[test]
fn a_verifier_that_binds_no_responses_accepts_the_kernel_error() {
    let fixture = Fixture::new(5);
    let mut prover = Prover::new(&fixture, 5);
    let first = weak_first_hash(&prover.id, prover.instances.iter().map(|instance| &instance.sealed));
    let challenge = prover.challenge(&first);
    let honest = prover.answer(challenge, &prover.response_hashes());
    add_kernel_error(&mut prover, &first);
    let cheating = prover.answer(challenge, &prover.response_hashes());
    for proof in [&honest, &cheating] {
        assert!(weak_verifier_accepts(&fixture, proof));
        refused(&prover, proof);
    }
    assert!(fixture.opens(&honest, RECOVERY));
    assert_eq!(fixture.open(&cheating, RECOVERY).unwrap_err(), Error::NotOpenable);
}

#[test]
fn an_error_in_the_kernel_over_two_compartments_is_refused() {
    let fixture = Fixture::new(6);
    let mut prover = Prover::new(&fixture, 6);
    let hashes = prover.response_hashes();
    let first = prover.commitments_hash(&hashes);
    let challenge = prover.challenge(&first);
    // The G1 entries: one in each compartment.
    let error = kernel_error::<Bls12381G1>(&prover, &first);
    for index in prover.indices() {
        prover.shift::<Bls12381G1>(index, G1_ENTRY, error[0]);
        prover.shift::<Bls12381G1>(index, G1_ENTRY + 3, error[1]);
    }
    refused(&prover, &prover.answer(challenge, &hashes));
    refused(&prover, &prover.prove());
}

/// Guesses the kept set, and makes exactly its instances unrecoverable.
fn guessing_prover<'a>(fixture: &'a Fixture, seed: u64) -> (Prover<'a>, Vec<bool>) {
    let mut prover = Prover::new(fixture, seed);
    let guess = kept_instances(prover.parameters(), &[seed as u8; 32]);
    for index in prover.indices().filter(|index| guess[*index]) {
        prover.instances[index].sealed.wrapped_sub_seeds.iter_mut().for_each(|wrap| wrap[0] ^= 1);
        prover.shift::<Secp256k1>(index, 0, Secp256k1::reduce(&[1]));
        prover.sources[index] = Source::Responses;
    }
    (prover, guess)
}

#[test]
fn a_kept_set_chosen_in_advance_is_refused() {
    let fixture = Fixture::new(7);
    for seed in 0..3 {
        let (prover, _) = guessing_prover(&fixture, seed);
        refused(&prover, &prover.prove());
    }
}

/// With a set as small as this the guess hits now and then, and exactly then the cheat passes: 1/C(M, T) is the whole
/// soundness error.
#[cfg(feature = "test-parameters")]
#[test]
fn a_guess_passes_exactly_if_it_hits() {
    use super::super::ParameterSet;
    use rand::{SeedableRng, rngs::StdRng};

    let secrets = Fixture::new(8).secrets;
    let fixture = Fixture::of(ParameterSet::Insecure, secrets, &mut StdRng::seed_from_u64(108));
    let hits = (0..700).filter(|seed| {
        let (prover, guess) = guessing_prover(&fixture, *seed);
        let proof = prover.prove();
        let hit = kept_instances(prover.parameters(), &proof.challenge) == guess;
        assert_eq!(verify(&fixture.statement, &proof), if hit { Ok(()) } else { Err(Error::ProofRejected) });
        assert!(!hit || fixture.open(&proof, RECOVERY).is_err());
        hit
    });
    // C(8, 4) = 70: ten are expected, with a standard deviation of 3.2.
    assert!((1..=29).contains(&hits.count()));
}

#[test]
fn swapped_responses_are_refused() {
    let fixture = Fixture::new(9);
    // Between two instances; two entries of one curve; two compartments; both entries and instances.
    let swaps = [((0, 0), (1, 0)), ((0, 0), (0, 2)), ((0, 0), (0, 3)), ((0, 1), (0, 4)), ((0, 0), (1, 2))];
    for (left, right) in swaps {
        let mut prover = Prover::new(&fixture, 9);
        for index in prover.indices().step_by(2) {
            prover.swap((index + left.0, left.1), (index + right.0, right.1));
        }
        refused(&prover, &prover.prove());
        prover.sources.fill(Source::Responses);
        refused(&prover, &prover.prove());
    }
}

//= spec/6-encryption.md#6-5-verify
//= type=test
//# A verifier MUST recompute every revealed instance from its seed.
#[test]
fn an_instance_derived_for_another_place_is_refused() {
    let fixture = Fixture::new(10);
    let mut prover = Prover::new(&fixture, 10);
    // The instances are those of other indices, and their seeds with them.
    prover.instances.swap(0, 1);
    prover.responses.swap(0, 1);
    let bytes = [prover.seeds[1].bytes, prover.seeds[0].bytes];
    (0..).zip(bytes).for_each(|(index, bytes)| prover.seeds[usize::from(index)] = Seed { index, bytes });
    refused(&prover, &prover.prove());
}

#[test]
fn a_prover_without_the_secret_is_refused() {
    // Every secret is another one than the statement says, and everything else is honest.
    let (fixture, other) = (Fixture::new(11), Fixture::new(12));
    let liar = Fixture { secrets: other.secrets, ..fixture };
    for source in [Source::Masks, Source::Responses] {
        let mut prover = Prover::new(&liar, 11);
        prover.sources.fill(source);
        refused(&prover, &prover.prove());
    }
}
