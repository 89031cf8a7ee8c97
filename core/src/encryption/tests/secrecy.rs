//! The public proof gives nothing away: what is proved of it in `spec/proofs`, tried out here.

use super::super::instance::{Instance, Seed, mask_stream};
use super::super::pack::Layout;
use super::super::subset::kept_instances;
use super::super::transcript::{ProofId, response_hash};
use super::super::{Block, Proof};
use super::prover::{Prover, SCALAR_LEN, honest_responses, masks};
use super::{CURVES, Fixture, MEMBER, RECOVERY, encrypt, verify};
use crate::curve::{Bls12381G1, KeyCurve, Secp256k1, SecretScalar, with_curve};
use crate::pairing::{G1, G1Affine, PublicScalar};
use alloc::vec::Vec;
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::collections::HashSet;

extern crate std;

/// The kinds of values that a proof shows.
const KINDS: [&str; 8] = ["challenge", "nonce", "seed", "response hash", "encapsulation", "wrap", "salt", "response"];

/// Everything that a proof shows, by kind.
fn revealed(proof: &Proof) -> [Vec<Vec<u8>>; 8] {
    let kept = |read: fn(&super::super::proof::Kept) -> Vec<Vec<u8>>| proof.kept.iter().flat_map(read).collect();
    [
        [proof.challenge.to_vec()].into(),
        [proof.nonce.to_vec()].into(),
        proof.revealed.iter().map(|revealed| revealed.seed.to_vec()).collect(),
        proof.revealed.iter().map(|revealed| revealed.response_hash.to_vec()).collect(),
        kept(|kept| [kept.sealed.encapsulation.to_vec()].into()),
        kept(|kept| kept.sealed.wrapped_sub_seeds.iter().map(|wrap| wrap.to_vec()).collect()),
        kept(|kept| [kept.salt.to_vec()].into()),
        kept(|kept| kept.responses.chunks(SCALAR_LEN).map(<[u8]>::to_vec).collect()),
    ]
}

/// The 16-byte values of a proof, and as much of the response hashes.
fn blocks(proof: &Proof) -> Vec<Block> {
    let values = revealed(proof).into_iter().flatten();
    values.filter(|value| value.len() <= 20).filter_map(|value| value[..16].try_into().ok()).collect()
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
    let other = Fixture::of(one.statement.header().parameters, secrets, &mut StdRng::seed_from_u64(141));
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
//= spec/6-encryption.md#6-3-encrypt
//= type=test
//# An encryptor MUST derive the nonce of a proof from its master seed.
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
fn singled_out(fixture: &Fixture, proof: &Proof) -> Vec<u64> {
    let kept = kept_instances(fixture.claim().parameters, &proof.challenge);
    let (kept, revealed): (Vec<u16>, Vec<u16>) = (0..kept.len() as u16).partition(|index| kept[usize::from(*index)]);
    let mut found = by_response_hash(fixture, proof, &revealed);
    found.extend(by_mask(fixture, proof, &kept));
    found.extend(by_sum_and_difference::<Secp256k1>(fixture, proof, &revealed));
    found.extend(by_sum_and_difference::<Bls12381G1>(fixture, proof, &revealed));
    found.extend(by_points(proof));
    found
}

/// The name of a proof under which everything in it was hashed.
fn id(fixture: &Fixture, proof: &Proof) -> ProofId {
    ProofId::new(&fixture.statement.digest(), &proof.nonce)
}

fn revealed_instances(fixture: &Fixture, proof: &Proof, revealed: &[u16]) -> Vec<Instance> {
    let pairs = revealed.iter().zip(&proof.revealed);
    let seeds: Vec<Seed> = pairs.map(|(index, revealed)| Seed { index: *index, bytes: revealed.seed }).collect();
    Instance::derive_all::<PublicScalar>(&Layout::new(fixture.claim()), &id(fixture, proof), &seeds).unwrap()
}

/// The masks of revealed instances are known: is a response hash that of mask + candidate, under a salt that is shown?
/// This is the attack of the scheme that used its encryption randomness again as the nonce of the proof.
fn by_response_hash(fixture: &Fixture, proof: &Proof, revealed: &[u16]) -> Vec<u64> {
    const TRIED: usize = 2;
    let instances = revealed_instances(fixture, proof, &revealed[..TRIED]);
    let salts: Vec<Block> = blocks(proof).into_iter().chain([[0; 16]]).collect();
    let layout = Layout::new(fixture.claim());
    let (id, mut found) = (id(fixture, proof), Vec::new());
    for (instance, revealed) in instances.iter().zip(&proof.revealed) {
        for candidate in CANDIDATES {
            let responses = responses(fixture, &id, instance, candidate);
            let hits =
                |salt: &&Block| response_hash(&layout, &id, instance.index, salt, &responses) == revealed.response_hash;
            found.extend(salts.iter().find(hits).map(|_| candidate));
        }
    }
    found
}

/// What the responses of an instance would be if every secret were the candidate.
fn responses(fixture: &Fixture, id: &ProofId, instance: &Instance, candidate: u64) -> Vec<u8> {
    let secret = |curve| with_curve!(curve, C => SecretScalar::from_scalar::<C>(&<C as KeyCurve>::Scalar::from(candidate)).unwrap());
    let secrets: Vec<SecretScalar> = fixture.statement.entries().map(|entry| secret(entry.curve())).collect();
    honest_responses(
        &Layout::new(fixture.claim()),
        id,
        &secrets.iter().map(SecretScalar::as_value).collect::<Vec<_>>(),
        instance,
    )
}

/// Is response - mask a candidate, for a mask from any block that is shown, as it is or as a sub-seed?
fn by_mask(fixture: &Fixture, proof: &Proof, kept: &[u16]) -> Vec<u64> {
    by_mask_from(fixture, proof, kept, &blocks(proof))
}

fn by_mask_from(fixture: &Fixture, proof: &Proof, kept: &[u16], blocks: &[Block]) -> Vec<u64> {
    let (id, mut found) = (id(fixture, proof), Vec::new());
    for (index, kept) in kept.iter().zip(&proof.kept) {
        for (entry, response) in fixture.statement.entries().take(CURVES.len()).zip(kept.responses.chunks(SCALAR_LEN)) {
            with_curve!(entry.curve(), C => {
                let response = C::decode_scalar(response).unwrap();
                let masks = blocks.iter().flat_map(|block| {
                    let mut stream = mask_stream(&id, *index, 0, block);
                    [stream.scalar::<C>(), stream.scalar::<C>(), C::reduce(block)]
                });
                found.extend(masks.filter_map(|mask| as_candidate::<C>(response - mask)));
            });
        }
    }
    found
}

/// Is the sum or the difference of any two scalars that are shown, or follow from a seed that is, a candidate?
fn by_sum_and_difference<C: KeyCurve>(fixture: &Fixture, proof: &Proof, revealed: &[u16]) -> Vec<u64> {
    let responses = proof.kept.iter().flat_map(|kept| kept.responses.chunks(SCALAR_LEN));
    let mut scalars: Vec<C::Scalar> = responses.step_by(CURVES.len()).filter_map(C::decode_scalar).collect();
    scalars.extend(blocks(proof).iter().map(|block| C::reduce(block)));
    let place = fixture.statement.entries().position(|entry| entry.curve() == C::ID).unwrap();
    let instances = revealed_instances(fixture, proof, revealed);
    let layout = Layout::new(fixture.claim());
    let masks = instances.iter().map(|instance| masks(&layout, &id(fixture, proof), instance));
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

/// Is the sum or the difference of two encapsulations a candidate times the generator?
fn by_points(proof: &Proof) -> Vec<u64> {
    let points: Vec<G1> =
        proof.kept.iter().map(|kept| G1::from(G1Affine::decode(&kept.sealed.encapsulation).unwrap())).collect();
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
    assert_eq!(singled_out(&fixture, &proof), []);
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
        let found = singled_out(&fixture, &proof);
        assert!(!found.is_empty() && found.iter().all(|candidate| *candidate == SECRET), "{found:?}");
    }
}

const FLAWS: [fn(&mut Prover<'_>); 4] = [
    // The salt is the seed, which is shown for revealed instances.
    |prover| prover.salts = prover.seeds.iter().map(|seed| seed.bytes).collect(),
    // No salt.
    |prover| prover.salts.fill([0; 16]),
    // One salt for all instances, which kept ones show.
    |prover| prover.salts.fill([7; 16]),
    // The sub-seed of a kept instance is its salt.
    |prover| {
        prover.salts = prover.seeds.iter().map(|seed| seed.sub_seed(&prover.id, 0)).collect();
    },
];

/// The kept instances of a proof.
fn kept_of(prover: &Prover<'_>, proof: &Proof) -> Vec<u16> {
    let kept = kept_instances(prover.parameters(), &proof.challenge);
    (0..).zip(kept).filter_map(|(index, kept)| kept.then_some(index)).collect()
}

/// The recipient of the second compartment has the sub-seeds of its own in all kept instances. Nothing of the first one
/// follows from them; it would if sub-seeds were the same everywhere.
#[test]
fn an_insider_learns_nothing_of_another_compartment() {
    let fixture = Fixture::small(46, SECRET);
    let prover = Prover::new(&fixture, 46);
    let proof = prover.prove();
    let kept = kept_of(&prover, &proof);
    let sub_seeds = |compartment| -> Vec<Block> {
        kept.iter().map(|index| prover.seeds[usize::from(*index)].sub_seed(&prover.id, compartment)).collect()
    };
    assert_eq!(by_mask_from(&fixture, &proof, &kept, &sub_seeds(MEMBER)), []);
    let found = by_mask_from(&fixture, &proof, &kept, &sub_seeds(RECOVERY));
    assert!(found.contains(&SECRET) && found.iter().all(|candidate| *candidate == SECRET));
}

/// With seeds of eight bits, whoever computes the encapsulation of every seed for one kept instance of one proof has that
/// instance, and nothing of another proof of the same statement.
#[test]
fn a_guessed_seed_serves_one_proof_only() {
    let fixture = Fixture::new(47);
    let seed =
        |index, number: u8| Seed { index, bytes: core::array::from_fn(|place| if place == 0 { number } else { 0 }) };
    let table = |prover: &Prover<'_>, index: u16| -> Vec<_> {
        let seeds: Vec<Seed> = (0..=255).map(|number| seed(index, number)).collect();
        let instances = Instance::derive_all::<PublicScalar>(&prover.layout, &prover.id, &seeds).unwrap();
        instances.iter().map(|instance| instance.sealed.encapsulation).collect()
    };
    let weak = |nonce: u64, number: u8| {
        let mut prover = Prover::new(&fixture, nonce);
        prover.seeds = (0..).zip(&prover.instances).map(|(index, _)| seed(index, number)).collect();
        prover.instances = Instance::derive_all::<PublicScalar>(&prover.layout, &prover.id, &prover.seeds).unwrap();
        prover
    };
    // The nonce of a prover comes from its first number here: two proofs have one nonce, the third has another.
    let [one, same, other] = [weak(1, 7), weak(1, 9), weak(2, 7)];
    let guesses = table(&one, 3);
    assert_eq!(
        guesses.iter().position(|encapsulation| *encapsulation == one.instances[3].sealed.encapsulation),
        Some(7)
    );
    assert_eq!(
        guesses.iter().position(|encapsulation| *encapsulation == same.instances[3].sealed.encapsulation),
        Some(9)
    );
    assert_eq!(
        guesses.iter().position(|encapsulation| *encapsulation == other.instances[3].sealed.encapsulation),
        None
    );
}
