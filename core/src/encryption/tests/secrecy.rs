//! The public proof gives nothing away: what is proved of it in `spec/proofs`, tried out here.

use super::super::instance::{Instance, Seed, mask_stream};
use super::super::pack::Layout;
use super::super::subset::kept_instances;
use super::super::transcript::response_hash;
use super::super::{Block, Proof, encrypt, verify};
use super::prover::{Prover, SCALAR_LEN, honest_responses, masks};
use super::{CURVES, Fixture};
use crate::curve::{Bls12381G1, KeyCurve, Secp256k1, SecretScalar, with_curve};
use crate::pairing::{G1, G1Affine, PublicScalar};
use crate::statement::Statement;
use alloc::vec::Vec;
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::collections::HashSet;

extern crate std;

/// The kinds of values that a proof shows.
const KINDS: [&str; 7] = ["challenge", "seed", "response hash", "KEM point", "wrap", "salt", "response"];

/// Everything that a proof shows, by kind.
fn revealed(proof: &Proof) -> [Vec<Vec<u8>>; 7] {
    let kept = |read: fn(&super::super::proof::Kept) -> Vec<Vec<u8>>| proof.kept.iter().flat_map(read).collect();
    [
        [proof.challenge.to_vec()].into(),
        proof.opened.iter().map(|opened| opened.seed.to_vec()).collect(),
        proof.opened.iter().map(|opened| opened.response_hash.to_vec()).collect(),
        kept(|kept| [kept.sealed.kem.to_vec()].into()),
        kept(|kept| kept.sealed.wraps.iter().map(|wrap| wrap.to_vec()).collect()),
        kept(|kept| [kept.salt.to_vec()].into()),
        kept(|kept| kept.responses.chunks(SCALAR_LEN).map(<[u8]>::to_vec).collect()),
    ]
}

/// The 16-byte values of a proof.
fn blocks(proof: &Proof) -> Vec<Block> {
    let values = revealed(proof).into_iter().flatten();
    values.filter_map(|value| value.try_into().ok()).collect()
}

/// How often each byte occurs, and each bit at its place is set, in the values of one kind.
struct Histogram {
    bytes: [u64; 256],
    bits: Vec<u64>,
    values: u64,
}

impl Histogram {
    fn add(&mut self, value: &[u8]) {
        self.values += 1;
        self.bits.resize(value.len() * 8, 0);
        value.iter().for_each(|byte| self.bytes[usize::from(*byte)] += 1);
        let bits = value.iter().flat_map(|byte| (0..8).map(move |bit| u64::from(byte >> bit & 1)));
        self.bits.iter_mut().zip(bits).for_each(|(count, bit)| *count += bit);
    }
}

const PROOFS: u64 = 24;

fn histograms(fixture: &Fixture, seed: u64) -> Vec<Histogram> {
    let mut histograms: Vec<_> =
        KINDS.iter().map(|_| Histogram { bytes: [0; 256], bits: Vec::new(), values: 0 }).collect();
    let mut rng = StdRng::seed_from_u64(seed);
    for _ in 0..PROOFS {
        let proof = encrypt(&fixture.statement, &fixture.secrets(), &mut rng).unwrap();
        let values = histograms.iter_mut().zip(revealed(&proof));
        values.for_each(|(histogram, values)| values.iter().for_each(|value| histogram.add(value)));
    }
    histograms
}

/// Two-sample chi-square statistic of the bytes, 255 degrees of freedom.
fn chi_square(one: &Histogram, other: &Histogram) -> f64 {
    let pairs = one.bytes.iter().zip(&other.bytes).filter(|(a, b)| **a + **b > 0);
    pairs.map(|(a, b)| (*a as f64 - *b as f64).powi(2) / (a + b) as f64).sum()
}

/// The seeds are fixed, so that the outcome is too. The bounds are such that of 2^25 choices of seeds less than one
/// would fail: six standard deviations and more for 256 + 7 statistics.
#[test]
fn proofs_of_two_secrets_have_the_same_distribution() {
    let one = Fixture::small(40, 1);
    let secrets = Fixture::new(41).secrets;
    let other = Fixture::of(one.statement.header().parameters, secrets, &mut StdRng::seed_from_u64(41));
    for (kind, (one, other)) in KINDS.iter().zip(histograms(&one, 1).iter().zip(&histograms(&other, 2))) {
        // Mean 255, standard deviation 22.6.
        let statistic = chi_square(one, other);
        assert!(statistic < 400.0, "{kind}: bytes differ by {statistic}");
        for (place, (a, b)) in one.bits.iter().zip(&other.bits).enumerate() {
            // The difference of two binomial counts: its deviation is at most that of fair bits.
            let deviation = (2.0 * one.values as f64 * 0.25).sqrt();
            assert!((*a as f64 - *b as f64).abs() < 6.5 * deviation, "{kind}: bit {place} differs, {a} and {b}");
        }
    }
}

/// A deterministic prover would show the same values for the same secret.
#[test]
fn no_value_is_shown_twice() {
    let fixture = Fixture::small(42, 1);
    let mut seen = HashSet::new();
    let mut rng = StdRng::seed_from_u64(42);
    for _ in 0..10 {
        let proof = encrypt(&fixture.statement, &fixture.secrets(), &mut rng).unwrap();
        for value in revealed(&proof).into_iter().flatten() {
            assert!(seen.insert(value));
        }
    }
}

/// A generator that gives the same bytes every time repeats proofs, and nothing else: another secret has no value in
/// common with it.
//= spec/6-encryption.md#6-3-encrypt
//= type=test
//# An encryptor MUST derive the master seed from fresh randomness, the statement and all secrets together.
#[test]
fn a_stuck_generator_does_not_repeat_masks() {
    let mut seen = HashSet::new();
    for number in 1..4 {
        let fixture = Fixture::small(43, number);
        let proof = encrypt(&fixture.statement, &fixture.secrets(), &mut StdRng::seed_from_u64(43)).unwrap();
        let again = encrypt(&fixture.statement, &fixture.secrets(), &mut StdRng::seed_from_u64(43)).unwrap();
        assert_eq!(proof, again);
        for value in revealed(&proof).into_iter().flatten() {
            assert!(seen.insert(value));
        }
    }
}

/// The secret of every entry in the attacks: one of 256, and the attacker knows that.
const SECRET: u64 = 0x5a;
const CANDIDATES: core::ops::RangeInclusive<u64> = 1..=256;

/// The candidates that the attacks single out from a proof. Each attack tries a relation between two values that the
/// proof shows. The public share, from which a secret of so few values follows anyway, is left out.
fn singled_out(statement: &Statement, proof: &Proof) -> Vec<u64> {
    let kept = kept_instances(statement.header().parameters, &proof.challenge);
    let (kept, opened): (Vec<u16>, Vec<u16>) = (0..kept.len() as u16).partition(|index| kept[usize::from(*index)]);
    let mut found = by_response_hash(statement, proof, &opened);
    found.extend(by_mask(statement, proof, &kept));
    found.extend(by_sum_and_difference::<Secp256k1>(statement, proof, &opened));
    found.extend(by_sum_and_difference::<Bls12381G1>(statement, proof, &opened));
    found.extend(by_points(proof));
    found
}

fn opened_instances(statement: &Statement, proof: &Proof, opened: &[u16]) -> Vec<Instance> {
    let pairs = opened.iter().zip(&proof.opened);
    let seeds: Vec<Seed> = pairs.map(|(index, opened)| Seed { index: *index, bytes: opened.seed }).collect();
    Instance::derive_all::<PublicScalar>(&Layout::new(statement), &seeds).unwrap()
}

/// The masks of opened instances are known: is a response hash that of mask + candidate, under a salt that is shown?
/// This is the attack of the scheme that used its encryption randomness again as the nonce of the proof.
fn by_response_hash(statement: &Statement, proof: &Proof, opened: &[u16]) -> Vec<u64> {
    const TRIED: usize = 2;
    let instances = opened_instances(statement, proof, &opened[..TRIED]);
    let salts: Vec<Block> = blocks(proof).into_iter().chain([[0; 16]]).collect();
    let layout = Layout::new(statement);
    let mut found = Vec::new();
    for (instance, opened) in instances.iter().zip(&proof.opened) {
        for candidate in CANDIDATES {
            let responses = responses(&layout, instance, candidate);
            let hits = |salt: &&Block| response_hash(&layout, instance.index, salt, &responses) == opened.response_hash;
            found.extend(salts.iter().find(hits).map(|_| candidate));
        }
    }
    found
}

/// What the responses of an instance would be if every secret were the candidate.
fn responses(layout: &Layout<'_>, instance: &Instance, candidate: u64) -> Vec<u8> {
    let secret = |curve| with_curve!(curve, C => SecretScalar::from_scalar::<C>(&<C as KeyCurve>::Scalar::from(candidate)).unwrap());
    let secrets: Vec<SecretScalar> = layout.statement.slots().map(|slot| secret(slot.entry.curve())).collect();
    honest_responses(layout, &secrets.iter().collect::<Vec<_>>(), instance)
}

/// Is response - mask a candidate, for a mask from any block that is shown, as it is or as a sub-seed?
fn by_mask(statement: &Statement, proof: &Proof, kept: &[u16]) -> Vec<u64> {
    let (digest, blocks) = (statement.digest(), blocks(proof));
    let mut found = Vec::new();
    for (index, kept) in kept.iter().zip(&proof.kept) {
        let slots = statement.slots().filter(|slot| slot.compartment == 0);
        for (slot, response) in slots.zip(kept.responses.chunks(SCALAR_LEN)) {
            with_curve!(slot.entry.curve(), C => {
                let response = C::decode_scalar(response).unwrap();
                let masks = blocks.iter().flat_map(|block| {
                    let mut stream = mask_stream(&digest, *index, 0, block);
                    [stream.scalar::<C>(), stream.scalar::<C>(), C::reduce(block)]
                });
                found.extend(masks.filter_map(|mask| as_candidate::<C>(response - mask)));
            });
        }
    }
    found
}

/// Is the sum or the difference of any two scalars that are shown, or follow from a seed that is, a candidate?
fn by_sum_and_difference<C: KeyCurve>(statement: &Statement, proof: &Proof, opened: &[u16]) -> Vec<u64> {
    let responses = proof.kept.iter().flat_map(|kept| kept.responses.chunks(SCALAR_LEN));
    let mut scalars: Vec<C::Scalar> = responses.step_by(CURVES.len()).filter_map(C::decode_scalar).collect();
    scalars.extend(blocks(proof).iter().map(|block| C::reduce(block)));
    let place = statement.slots().position(|slot| slot.entry.curve() == C::ID).unwrap();
    let instances = opened_instances(statement, proof, opened);
    let layout = Layout::new(statement);
    let masks = instances.iter().map(|instance| masks(&layout, instance));
    scalars.extend(masks.map(|masks| C::reduce(&masks[place * SCALAR_LEN..][..SCALAR_LEN])));
    let mut found = Vec::new();
    for (place, one) in scalars.iter().enumerate() {
        for other in &scalars[..place] {
            found.extend([*one + *other, *one - *other, *other - *one].into_iter().filter_map(as_candidate::<C>));
        }
    }
    found
}

/// The candidate that a scalar is, if it is one.
fn as_candidate<C: KeyCurve>(scalar: C::Scalar) -> Option<u64> {
    let bytes = C::scalar_bytes(&scalar);
    let (high, low) = bytes.split_at(SCALAR_LEN - 8);
    let number = low.iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
    (high.iter().all(|byte| *byte == 0) && CANDIDATES.contains(&number)).then_some(number)
}

/// Is the sum or the difference of two KEM points a candidate times the generator?
fn by_points(proof: &Proof) -> Vec<u64> {
    let points: Vec<G1> = proof.kept.iter().map(|kept| G1::from(G1Affine::decode(&kept.sealed.kem).unwrap())).collect();
    let multiples = CANDIDATES.scan(G1::IDENTITY, |sum, _| {
        *sum = *sum + G1::generator();
        Some(*sum)
    });
    let known: HashSet<_> = G1::batch_to_affine(&multiples.collect::<Vec<_>>()).iter().map(G1Affine::encode).collect();
    let pairs =
        points.iter().enumerate().flat_map(|(place, one)| points[..place].iter().map(move |other| (one, other)));
    let combined: Vec<G1> = pairs.flat_map(|(one, other)| [*one + *other, *one - *other, *other - *one]).collect();
    let hits = G1::batch_to_affine(&combined).into_iter().filter(|point| known.contains(&point.encode()));
    hits.map(|_| SECRET).collect()
}

#[test]
fn trying_every_pair_of_revealed_values_singles_out_no_candidate() {
    let fixture = Fixture::small(44, SECRET);
    let proof = encrypt(&fixture.statement, &fixture.secrets(), &mut StdRng::seed_from_u64(44)).unwrap();
    assert_eq!(singled_out(&fixture.statement, &proof), []);
}

/// The attacks are worth something: they break provers with a small flaw, whose proofs verify all the same.
//= spec/6-encryption.md#6-3-encrypt
//= type=test
//# The salt of an instance MUST NOT be derivable from its seed.
#[test]
fn the_attacks_find_the_secret_of_flawed_provers() {
    let fixture = Fixture::small(45, SECRET);
    for flaw in FLAWS {
        let mut prover = Prover::new(&fixture, 45);
        flaw(&mut prover);
        let proof = prover.prove();
        assert_eq!(verify(&fixture.statement, &proof), Ok(()));
        let found = singled_out(&fixture.statement, &proof);
        assert!(!found.is_empty() && found.iter().all(|candidate| *candidate == SECRET), "{found:?}");
    }
}

const FLAWS: [fn(&mut Prover<'_>); 4] = [
    // The salt is the seed, which is shown for opened instances.
    |prover| prover.salts = prover.seeds.iter().map(|seed| seed.bytes).collect(),
    // No salt.
    |prover| prover.salts.fill([0; 16]),
    // One salt for all instances, which kept ones show.
    |prover| prover.salts.fill([7; 16]),
    // The sub-seed of a kept instance is its salt.
    |prover| {
        let digest = prover.statement().digest();
        prover.salts = prover.seeds.iter().map(|seed| seed.sub_seed(&digest, 0)).collect();
    },
];
