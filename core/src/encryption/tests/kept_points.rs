//! Kept instances that do not open: a proof may have them, as long as they were bad from the start.

use super::super::open::Attempt;
use super::super::pack::Layout;
use super::super::proof::{Kept, Proof};
use super::super::subset::kept_instances;
use super::super::transcript::ProofId;
use super::super::{Block, OpeningKey};
use super::prover::{Prover, Source};
use super::{Fixture, MEMBER, RECOVERY, g1_by_x, verify};
use crate::curve::{KeyCurve, Secp256k1};
use crate::error::Error;
use crate::pairing::{G1, G1_LEN, Scalar};
use alloc::vec;
use alloc::vec::Vec;
use zeroize::Zeroizing;

/// encapsulations that do not open, or not to what was sealed.
fn bad_points() -> Vec<[u8; G1_LEN]> {
    let mut infinity = [0; G1_LEN];
    infinity[0] = 0xc0;
    let stranger = (G1::generator() * Scalar::from(5)).to_affine().encode();
    // Nonsense; on no curve; outside the subgroup; the identity; the point of another instance.
    vec![[0; G1_LEN], [0xff; G1_LEN], g1_by_x(1), g1_by_x(4), infinity, stranger]
}

/// Proves with instances that are bad from the start, of which all have to be kept for the proof to pass. The second
/// part of the result says whether they are.
fn prove_with_bad(
    fixture: &Fixture,
    bad: &[usize],
    seed: u64,
    spoil: impl Fn(&mut Prover<'_>, usize),
) -> (Proof, bool) {
    let mut prover = Prover::new(fixture, seed);
    bad.iter().for_each(|index| spoil(&mut prover, *index));
    let proof = prover.prove();
    let kept = kept_instances(prover.parameters(), &proof.challenge);
    let all_kept = bad.iter().all(|index| kept[*index]);
    (proof, all_kept)
}

/// Tries seeds until both have happened: all bad instances kept, and one of them revealed.
fn check_both_ways(fixture: &Fixture, bad: &[usize], spoil: impl Fn(&mut Prover<'_>, usize)) {
    let mut seen = [false; 2];
    for seed in 0..100 {
        let (proof, all_kept) = prove_with_bad(fixture, bad, seed, &spoil);
        let expected = if all_kept { Ok(()) } else { Err(Error::ProofRejected) };
        assert_eq!(verify(&fixture.statement, &proof), expected);
        assert!(!all_kept || fixture.opens_everywhere(&proof));
        seen[usize::from(all_kept)] = true;
        if seen == [true; 2] {
            return;
        }
    }
    panic!("of a hundred proofs none kept the bad instances, or all did");
}

#[test]
fn a_bad_kem_point_passes_only_in_kept_instances_and_opening_skips_it() {
    let fixture = Fixture::new(20);
    for point in bad_points() {
        check_both_ways(&fixture, &[1], |prover, index| prover.instances[index].sealed.encapsulation = point);
    }
}

/// What comes of a kept instance for the member, before its responses are looked at.
fn sub_seed(fixture: &Fixture, proof: &Proof, kept: &Kept) -> Option<Zeroizing<Block>> {
    let (layout, id) = (Layout::new(fixture.claim()), ProofId::new(&fixture.claim().digest, &proof.nonce));
    let key = OpeningKey::Member { key: &fixture.member.scalar().unwrap() };
    key.sub_seed(&Attempt { layout: &layout, id: &id, compartment: MEMBER, index: 0, kept })
}

//= spec/6-encryption.md#6-6-open
//= type=test
//# An opener MUST check that C_i is in the subgroup before a secret touches it.
#[test]
fn no_secret_touches_what_is_no_point_of_the_subgroup() {
    let fixture = Fixture::new(28);
    let proof = Prover::new(&fixture, 28).prove();
    let mut kept = proof.kept[0].clone();
    assert!(sub_seed(&fixture, &proof, &kept).is_some());
    let mut points = bad_points();
    // The last one is in the subgroup.
    points.pop();
    for point in points {
        kept.sealed.encapsulation = point;
        assert_eq!(sub_seed(&fixture, &proof, &kept), None);
    }
}

#[test]
fn a_bad_wrap_spoils_one_compartment_of_an_instance() {
    let fixture = Fixture::new(21);
    check_both_ways(&fixture, &[2], |prover, index| prover.instances[index].sealed.wrapped_sub_seeds[0][15] ^= 1);
}

#[test]
fn a_bad_response_passes_only_in_kept_instances_and_opening_skips_it() {
    let fixture = Fixture::new(22);
    check_both_ways(&fixture, &[5], |prover, index| {
        prover.shift::<Secp256k1>(index, 0, Secp256k1::reduce(&[1]));
        prover.instances[index].sealed.wrapped_sub_seeds.iter_mut().for_each(|wrap| wrap[0] ^= 1);
        prover.sources[index] = Source::Responses;
    });
}

/// Verification makes sure of one good instance, and one is enough wherever it is.
#[test]
fn one_good_instance_is_enough_to_open() {
    let fixture = Fixture::new(23);
    let honest = Prover::new(&fixture, 23).prove();
    for good in [0, 31, 63] {
        for point in bad_points() {
            let mut proof = honest.clone();
            let others = proof.kept.iter_mut().enumerate().filter(|(place, _)| *place != good);
            others.for_each(|(_, kept)| kept.sealed.encapsulation = point);
            assert!(fixture.opens_everywhere(&proof));
        }
    }
}

//= spec/6-encryption.md#6-6-open
//= type=test
//# An opener MUST try the kept instances until as many opened as the largest pack has entries, or none is left.
#[test]
fn nothing_opens_without_a_good_instance() {
    let fixture = Fixture::new(24);
    let honest = Prover::new(&fixture, 24).prove();
    for point in bad_points() {
        let mut proof = honest.clone();
        proof.kept.iter_mut().for_each(|kept| kept.sealed.encapsulation = point);
        for compartment in [RECOVERY, MEMBER] {
            assert_eq!(fixture.open(&proof, compartment).unwrap_err(), Error::NotOpenable);
        }
    }
}

//= spec/6-encryption.md#6-6-open
//= type=test
//# An opener MUST NOT return a secret that it has not checked against its public share.
//= spec/2-conventions.md#2-2-errors
//= type=test
//# An algorithm that fails MUST NOT return any part of its output.
#[test]
fn nothing_unchecked_is_returned() {
    // One wrong response in every instance spoils its compartment as a whole, and no other.
    let fixture = Fixture::new(25);
    let mut prover = Prover::new(&fixture, 25);
    prover.indices().for_each(|index| prover.shift::<Secp256k1>(index, 5, Secp256k1::reduce(&[1])));
    let proof = prover.prove();
    assert!(fixture.opens(&proof, RECOVERY));
    assert_eq!(fixture.open(&proof, MEMBER).unwrap_err(), Error::NotOpenable);
}

#[test]
fn the_wrong_key_opens_nothing() {
    let (fixture, other) = (Fixture::new(26), Fixture::new(27));
    let proof = Prover::new(&fixture, 26).prove();
    let strangers = [
        Fixture { blinder: other.blinder, ..Fixture::new(26) },
        Fixture { recovery: other.recovery, ..Fixture::new(26) },
        Fixture { statement: other.statement, ..Fixture::new(26) },
    ];
    for stranger in strangers {
        assert_eq!(stranger.open(&proof, RECOVERY).unwrap_err(), Error::NotOpenable);
    }
    let stranger = Fixture { member: other.member, ..Fixture::new(26) };
    assert_eq!(stranger.open(&proof, MEMBER).unwrap_err(), Error::NotOpenable);
    assert!(stranger.opens(&proof, RECOVERY));
    // There is no third compartment.
    assert_eq!(fixture.open(&proof, 2).unwrap_err(), Error::NotOpenable);
}
