//! Response hashes that bind too little: a second preimage, found after the coefficients are known, makes an instance
//! good if it is revealed and bad if it is kept. Here h_i is cut to a few bits, so that the cost can be counted.

use super::super::batch::Batch;
use super::super::instance::{Instance, Seed};
use super::super::subset::kept_instances;
use super::super::transcript::response_hash;
use super::super::{Block, ParameterSet, ResponseHash};
use super::prover::{Prover, SCALAR_LEN, honest_responses, verifier_accepts};
use super::{CURVES, Fixture, RECOVERY, verify};
use crate::curve::{CurveId, KeyCurve, Secp256k1, SecretScalar};
use crate::error::Error;
use crate::pairing::PublicScalar;
use alloc::vec;
use alloc::vec::Vec;
use rand::SeedableRng;
use rand::rngs::StdRng;

type Scalar = <Secp256k1 as KeyCurve>::Scalar;

/// The packs on secp256k1, over both compartments.
const PACKS: [usize; 4] = [0, 2, 3, 5];

/// The first bits of a response hash.
fn cut(bits: usize) -> impl Fn(ResponseHash) -> ResponseHash + Copy {
    move |hash| core::array::from_fn(|place| hash[place] & mask(bits, place))
}

fn mask(bits: usize, place: usize) -> u8 {
    match bits.saturating_sub(8 * place) {
        0 => 0,
        left @ 1..8 => 0xff << (8 - left),
        _ => 0xff,
    }
}

/// The n-th salt that is tried.
fn salt(n: u64) -> Block {
    (u128::from(n) + 1).to_be_bytes()
}

/// How many hashes it takes until one is a target, and the salt that gave it.
fn search(prover: &Prover<'_>, index: usize, responses: &[u8], from: u64, hit: impl Fn(&ResponseHash) -> bool) -> u64 {
    let hash = |n: &u64| response_hash(&prover.layout, &prover.id, index as u16, &salt(*n), responses);
    (from..).find(|n| hit(&hash(n))).unwrap()
}

#[test]
fn a_late_second_preimage_passes() {
    let (fixture, cut) = (Fixture::new(70), cut(6));
    let mut prover = Prover::new(&fixture, 70);
    let hashes: Vec<ResponseHash> = prover.response_hashes().into_iter().map(cut).collect();
    let first = prover.commitments_hash(&hashes);
    let challenge = prover.challenge(&first);
    let terms = Batch::<Secp256k1>::new(&prover.layout, &first).terms;
    let kernel = [terms[1].1, -terms[0].1];
    let kept = kept_instances(prover.parameters(), &challenge);
    for index in prover.indices().filter(|index| kept[*index]) {
        prover.shift::<Secp256k1>(index, PACKS[0], kernel[0]);
        prover.shift::<Secp256k1>(index, PACKS[1], kernel[1]);
        let found = search(&prover, index, &prover.responses[index], 0, |hash| cut(*hash) == hashes[index]);
        prover.salts[index] = salt(found);
    }
    let proof = prover.answer(challenge, &hashes);
    assert!(verifier_accepts(&fixture, &proof, cut));
    assert_eq!(fixture.open(&proof, RECOVERY).unwrap_err(), Error::NotOpenable);
    // Twenty bytes bind the responses.
    assert_eq!(verify(&fixture.statement, &proof), Err(Error::ProofRejected));
}

/// A prover whose instance with this index has another seed, and so other honest responses.
fn variant<'a>(fixture: &'a Fixture, index: usize, seed: u8) -> Prover<'a> {
    let mut prover = Prover::new(fixture, 71);
    let seed = Seed { index: index as u16, bytes: [seed; 16] };
    let instance = Instance::derive_all::<PublicScalar>(&prover.layout, &prover.id, core::slice::from_ref(&seed));
    prover.instances[index] = instance.unwrap().remove(0);
    prover.responses[index] = honest_responses(&prover.layout, &prover.id, &fixture.values(), &prover.instances[index]);
    prover.seeds[index] = seed;
    prover
}

/// A first hash that a search can serve: what it was made from, and the equation that responses have to meet.
struct Target<'a> {
    prover: Prover<'a>,
    hashes: Vec<ResponseHash>,
    challenge: [u8; 32],
    coefficients: Vec<Scalar>,
    sum: Scalar,
}

fn target<'a>(fixture: &'a Fixture, index: usize, seed: u8, cut: impl Fn(ResponseHash) -> ResponseHash) -> Target<'a> {
    let prover = variant(fixture, index, seed);
    let hashes: Vec<ResponseHash> = prover.response_hashes().into_iter().map(cut).collect();
    let first = prover.commitments_hash(&hashes);
    let challenge = prover.challenge(&first);
    let batch = Batch::<Secp256k1>::new(&prover.layout, &first);
    let sum = batch.responses(&prover.responses[index]).unwrap();
    let coefficients = batch.terms.iter().map(|(_, rho)| *rho).collect();
    Target { prover, hashes, challenge, coefficients, sum }
}

/// The solution of as many linear equations as unknowns, by elimination.
fn solve(mut rows: Vec<Vec<Scalar>>) -> Vec<Scalar> {
    for pivot in 0..rows.len() {
        let scale = Secp256k1::invert(&rows[pivot][pivot]);
        rows[pivot].iter_mut().for_each(|value| *value *= scale);
        let pivot_row = rows[pivot].clone();
        for (_, row) in rows.iter_mut().enumerate().filter(|(place, _)| *place != pivot) {
            let factor = row[pivot];
            row.iter_mut().zip(&pivot_row).for_each(|(value, own)| *value -= factor * own);
        }
    }
    rows.iter().map(|row| row[row.len() - 1]).collect()
}

/// One search serves as many first hashes as there are packs on the curve, and no more: so many equations determine the
/// responses.
#[test]
fn the_cost_of_a_late_second_preimage_is_the_one_of_the_text() {
    const BITS: usize = 8;
    const TRIALS: u64 = 64;
    let (fixture, index) = (Fixture::new(71), 7);
    let all = (0..).map(|seed| target(&fixture, index, seed, cut(BITS)));
    let targets: Vec<_> =
        all.filter(|target| kept_instances(ParameterSet::Fast, &target.challenge)[index]).take(PACKS.len()).collect();
    let rows = targets.iter().map(|target| [&target.coefficients[..], &[target.sum]].concat());
    let solution = solve(rows.collect());
    let mut responses = targets[0].prover.responses[index].clone();
    for (pack, value) in PACKS.iter().zip(&solution) {
        Secp256k1::encode_scalar(value, &mut responses[pack * SCALAR_LEN..][..SCALAR_LEN]);
    }
    // The G1 responses are those of the target that is hit: they have their own equation.
    let served = |target: &Target<'_>| {
        let mut served = responses.clone();
        let own = &target.prover.responses[index];
        CURVES.iter().chain(&CURVES).enumerate().filter(|(_, curve)| **curve != CurveId::Secp256k1).for_each(
            |(place, _)| {
                served[place * SCALAR_LEN..][..SCALAR_LEN].copy_from_slice(&own[place * SCALAR_LEN..][..SCALAR_LEN]);
            },
        );
        served
    };
    let queries = |targets: &[Target<'_>]| {
        let (cut, mut total, mut from) = (cut(BITS), 0, 0);
        for _ in 0..TRIALS {
            let found = search(&targets[0].prover, index, &responses, from, |hash| {
                targets.iter().any(|target| target.hashes[index] == cut(*hash))
            });
            total += found + 1 - from;
            from = found + 1;
        }
        total
    };
    // With the standard deviation of 64 geometric variables, a root of 64 times the mean: six of them on either side.
    let expected = |targets: u64| TRIALS * (1 << BITS) / targets;
    let within = |found: u64, mean: u64| found.abs_diff(mean) < 6 * mean / 8;
    let distinct = targets.iter().map(|target| target.hashes[index]).collect::<alloc::collections::BTreeSet<_>>();
    assert_eq!(distinct.len(), PACKS.len());
    let (alone, together) = (queries(&targets[..1]), queries(&targets));
    assert!(within(alone, expected(1)), "{alone}");
    assert!(within(together, expected(PACKS.len() as u64)), "{together}");
    // What is found passes, whichever first hash it serves, and loses the instance.
    for target in targets {
        let responses = served(&target);
        let cut = cut(BITS);
        let found = search(&target.prover, index, &responses, 0, |hash| cut(*hash) == target.hashes[index]);
        let Target { mut prover, hashes, challenge, .. } = target;
        assert_ne!(prover.responses[index], responses);
        (prover.responses[index], prover.salts[index]) = (responses, salt(found));
        assert!(verifier_accepts(&fixture, &prover.answer(challenge, &hashes), cut));
    }
}

/// The one coefficient is not zero: no other response meets the equation, whatever the response hashes bind.
#[test]
fn one_pack_has_no_late_second_preimage() {
    let mut rng = StdRng::seed_from_u64(72);
    let secrets = vec![SecretScalar::random(CurveId::Secp256k1, &mut rng)];
    let fixture = Fixture::of(ParameterSet::Fast, secrets, &mut rng);
    let honest = Prover::new(&fixture, 72);
    let hashes = vec![[0; 20]; honest.instances.len()];
    let first = honest.commitments_hash(&hashes);
    assert!(Batch::<Secp256k1>::new(&honest.layout, &first).terms.iter().all(|(_, rho)| *rho != Scalar::ZERO));
    let challenge = honest.challenge(&first);
    assert!(verifier_accepts(&fixture, &honest.answer(challenge, &hashes), |_| [0; 20]));
    let kept = kept_instances(ParameterSet::Fast, &challenge).iter().position(|kept| *kept).unwrap();
    for error in 1..20 {
        let mut prover = Prover::new(&fixture, 72);
        prover.shift::<Secp256k1>(kept, 0, Secp256k1::reduce(&[error]));
        assert!(!verifier_accepts(&fixture, &prover.answer(challenge, &hashes), |_| [0; 20]));
    }
}
