//! Packs: several secrets under one mask, and as many good instances to get them back.

use super::super::instance::Seed;
use super::super::pack::Layout;
use super::super::subset::kept_instances;
use super::super::{ParameterSet, Proof};
use super::prover::{Prover, Source, masks};
use super::{CURVES, Fixture, MEMBER, RECOVERY, encrypt, verify};
use crate::curve::{CurveId, KeyCurve, Secp256k1, SecretScalar};
use crate::error::Error;
use alloc::vec::Vec;
use rand::SeedableRng;
use rand::rngs::StdRng;

fn fixture(parameters: ParameterSet, seed: u64) -> Fixture {
    let secrets = Fixture::new(seed).secrets;
    Fixture::of(parameters, secrets, &mut StdRng::seed_from_u64(!seed))
}

fn honest(fixture: &Fixture) -> Proof {
    encrypt(&fixture.statement, &fixture.secrets(), &mut StdRng::seed_from_u64(1)).unwrap()
}

/// Damages the wrapped sub-seed of the first compartment in so many kept instances, the first ones.
fn spoil(proof: &Proof, number: usize) -> Proof {
    let mut spoiled = proof.clone();
    spoiled.kept.iter_mut().take(number).for_each(|kept| kept.sealed.wrapped_sub_seeds[usize::from(RECOVERY)][0] ^= 1);
    spoiled
}

#[test]
fn entries_of_one_curve_and_compartment_share_a_pack() {
    let fixture = fixture(ParameterSet::Packed, 50);
    let layout = Layout::new(fixture.claim());
    let packs: Vec<_> =
        layout.packs.iter().map(|pack| (pack.compartment, pack.curve, pack.places().collect::<Vec<_>>())).collect();
    let (secp256k1, g1) = (CurveId::Secp256k1, CurveId::Bls12381G1);
    let expected = [
        (RECOVERY, secp256k1, [0, 2].to_vec()),
        (RECOVERY, g1, [1].to_vec()),
        (MEMBER, secp256k1, [3, 5].to_vec()),
        (MEMBER, g1, [4].to_vec()),
    ];
    assert_eq!(packs, expected);
    assert_eq!(Layout::new(Fixture::new(50).claim()).packs.len(), 2 * CURVES.len());
}

#[test]
fn packed_proofs_verify_and_open() {
    let fixture = fixture(ParameterSet::Packed, 51);
    let proof = honest(&fixture);
    assert_eq!(verify(&fixture.statement, &proof), Ok(()));
    assert!(fixture.opens_everywhere(&proof));
}

/// Two secrets in the largest pack: two good instances are needed, and enough.
#[test]
fn as_many_good_instances_open_as_the_largest_pack_has_secrets() {
    let fixture = fixture(ParameterSet::Packed, 52);
    let (proof, kept) = (honest(&fixture), usize::from(ParameterSet::Packed.kept()));
    for spoiled in [1, 10, kept - 2] {
        assert!(fixture.opens_everywhere(&spoil(&proof, spoiled)), "{spoiled}");
    }
    for spoiled in [kept - 1, kept] {
        assert_eq!(fixture.open(&spoil(&proof, spoiled), RECOVERY).unwrap_err(), Error::NotOpenable);
        assert!(fixture.opens(&spoil(&proof, spoiled), MEMBER));
    }
}

#[test]
fn a_wrong_packed_response_in_every_instance_is_refused() {
    let fixture = fixture(ParameterSet::Packed, 53);
    for source in [Source::Masks, Source::Responses] {
        for pack in [0, 2] {
            let mut prover = Prover::new(&fixture, 53);
            prover.indices().for_each(|index| prover.shift::<Secp256k1>(index, pack, Secp256k1::reduce(&[1])));
            prover.sources.fill(source);
            assert_eq!(verify(&fixture.statement, &prover.prove()), Err(Error::ProofRejected));
        }
    }
}

/// The responses of every instance are those that belong to the next one.
#[test]
fn values_at_the_points_of_other_instances_are_refused() {
    let fixture = fixture(ParameterSet::Packed, 54);
    let mut prover = Prover::new(&fixture, 54);
    let honest: Vec<u8> = prover.responses[0].clone();
    for index in prover.indices() {
        let other = (index + 1) % prover.instances.len();
        let secret = |at: usize| value(&prover, at);
        let error = secret(other) - secret(index);
        prover.shift::<Secp256k1>(index, 0, error);
    }
    assert_ne!(prover.responses[0], honest);
    assert_eq!(verify(&fixture.statement, &prover.prove()), Err(Error::ProofRejected));
}

/// The first packed secret of an instance.
fn value(prover: &Prover<'_>, index: usize) -> <Secp256k1 as KeyCurve>::Scalar {
    let response = Secp256k1::decode_scalar(&prover.responses[index][..32]).unwrap();
    let masks = masks(&prover.layout, &prover.id, &prover.instances[index]);
    response - Secp256k1::decode_scalar(&masks[..32]).unwrap()
}

/// A liar whose secrets agree with the true ones in one instance: everything is right there, and nowhere else.
#[test]
fn a_polynomial_that_is_right_in_one_instance_only_is_refused() {
    let mut fixture = fixture(ParameterSet::Packed, 55);
    // x_0 - 5·alpha and x_2 + 5: the value at alpha = 1 stays.
    let change = |secret: &SecretScalar, by: <Secp256k1 as KeyCurve>::Scalar| {
        SecretScalar::from_scalar::<Secp256k1>(&(*secret.scalar::<Secp256k1>().unwrap() + by)).unwrap()
    };
    let five = Secp256k1::reduce(&[5]);
    fixture.secrets[0] = change(&fixture.secrets[0], -five);
    fixture.secrets[2] = change(&fixture.secrets[2], five);
    for source in [Source::Masks, Source::Responses] {
        let mut prover = Prover::new(&fixture, 55);
        prover.sources.fill(source);
        assert_eq!(verify(&fixture.statement, &prover.prove()), Err(Error::ProofRejected));
    }
}

/// With sets as small as these the whole soundness error shows: three of four kept instances have to be bad, and a
/// cheat that makes three instances bad passes exactly if all three are kept, for C(5, 1) of C(8, 4) subsets.
#[cfg(feature = "test-parameters")]
#[test]
fn bad_instances_pass_exactly_if_all_are_kept() {
    let fixture = fixture(ParameterSet::InsecurePacked, 56);
    let hits = (0..700).filter(|seed| {
        let (prover, bad) = cheat(&fixture, *seed);
        let proof = prover.prove();
        let kept = kept_instances(prover.parameters(), &proof.challenge);
        let hit = bad.iter().all(|index| kept[*index]);
        assert_eq!(verify(&fixture.statement, &proof), if hit { Ok(()) } else { Err(Error::ProofRejected) });
        assert!(!hit || fixture.open(&proof, RECOVERY).is_err());
        hit
    });
    // 700/14 = 50 are expected, with a standard deviation of 6.8.
    assert!((16..=84).contains(&hits.count()));
}

/// With one bad instance less, what passes opens.
#[cfg(feature = "test-parameters")]
#[test]
fn what_passes_with_enough_good_instances_opens() {
    let fixture = fixture(ParameterSet::InsecurePacked, 57);
    let hits = (0..100).filter(|seed| {
        let (mut prover, bad) = cheat(&fixture, *seed);
        // The last of the three is mended.
        let honest = Prover::new(&fixture, *seed);
        prover.responses[bad[2]] = honest.responses[bad[2]].clone();
        prover.instances[bad[2]].sealed = honest.instances[bad[2]].sealed.clone();
        prover.sources[bad[2]] = Source::Masks;
        let proof = prover.prove();
        verify(&fixture.statement, &proof).is_ok() && {
            assert!(fixture.opens_everywhere(&proof));
            true
        }
    });
    assert!(hits.count() > 0);
}

/// Makes three instances unrecoverable, and hopes that they are kept.
#[cfg(feature = "test-parameters")]
fn cheat<'a>(fixture: &'a Fixture, seed: u64) -> (Prover<'a>, Vec<usize>) {
    let mut prover = Prover::new(fixture, seed);
    let guess = kept_instances(prover.parameters(), &[seed as u8; 32]);
    let bad: Vec<usize> = prover.indices().filter(|index| guess[*index]).take(3).collect();
    for index in &bad {
        prover.instances[*index].sealed.wrapped_sub_seeds.iter_mut().for_each(|wrap| wrap[0] ^= 1);
        prover.shift::<Secp256k1>(*index, 0, Secp256k1::reduce(&[1]));
        prover.sources[*index] = Source::Responses;
    }
    (prover, bad)
}

/// Whoever chooses the secrets can choose roots of their polynomial. The instances there are honest, so that the proof
/// verifies; were they passed over, those that remain could be too few.
//= spec/6-encryption.md#6-6-open
//= type=test
//# An opener MUST NOT pass over an instance because a packed secret is zero.
#[test]
fn packed_secrets_of_zero_open() {
    let mut rng = StdRng::seed_from_u64(159);
    for alpha in 1..=16 {
        let [root, slope] = [Secp256k1::reduce(&[alpha]), Secp256k1::random_scalar(&mut rng)];
        let mut secrets = Fixture::new(59).secrets;
        // -alpha·slope + slope·X is zero at alpha.
        secrets[0] = SecretScalar::from_scalar::<Secp256k1>(&-(root * slope)).unwrap();
        secrets[2] = SecretScalar::from_scalar::<Secp256k1>(&slope).unwrap();
        let fixture = Fixture::of(ParameterSet::Packed, secrets, &mut rng);
        let proof = honest(&fixture);
        let kept = kept_instances(ParameterSet::Packed, &proof.challenge);
        if !kept[usize::from(alpha) - 1] {
            continue;
        }
        // Only the instance with the zero and the last one are good.
        let place = kept[..usize::from(alpha)].iter().filter(|kept| **kept).count() - 1;
        let mut spoiled = spoil(&proof, proof.kept.len() - 1);
        spoiled.kept[place] = proof.kept[place].clone();
        assert!(fixture.opens(&spoiled, RECOVERY));
        return;
    }
    panic!("none of the instances was kept");
}

/// An instance moved to another place carries the value of its old one.
#[test]
fn a_packed_instance_derived_for_another_place_is_refused() {
    let fixture = fixture(ParameterSet::Packed, 58);
    let mut prover = Prover::new(&fixture, 58);
    prover.instances.swap(0, 1);
    prover.responses.swap(0, 1);
    let bytes = [prover.seeds[1].bytes, prover.seeds[0].bytes];
    (0..).zip(bytes).for_each(|(index, bytes)| prover.seeds[usize::from(index)] = Seed { index, bytes });
    assert_eq!(verify(&fixture.statement, &prover.prove()), Err(Error::ProofRejected));
}
