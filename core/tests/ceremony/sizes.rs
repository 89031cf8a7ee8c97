//! Key generation and re-sharing over many sizes and thresholds, with the parameter set that has no security.

use crate::common::closing::{close, confirm};
use crate::common::{KEY_CURVE, Party, cases, generate, plan, rng};
use proptest::prelude::*;
use proptest::sample::subsequence;
use relight::curve::CurveId;
use relight::sharing::{combine_points, combine_secrets};
use relight::{
    Error, KeyShare,
    dealing::{Ceremony, Dealings, Keys, Outcome},
};

/// A size with one of its thresholds.
fn size() -> impl Strategy<Value = (u16, u16)> {
    (1u16..=30).prop_flat_map(|parties| (Just(parties), 1..=parties))
}

fn shares(outcomes: &[Outcome]) -> Vec<&KeyShare> {
    outcomes.iter().map(|outcome| &outcome.shares[0]).collect()
}

/// The public key that these shares determine, in the field and in the exponent.
fn recombine(shares: &[&KeyShare]) -> relight::curve::CurvePoint {
    let secrets: Vec<_> = shares.iter().map(|share| (share.identifier(), share.secret())).collect();
    let points: Vec<_> = shares.iter().map(|share| (share.identifier(), share.public_share())).collect();
    let key = combine_secrets(&secrets).unwrap().public();
    assert_eq!(combine_points(&points).unwrap(), key);
    key
}

proptest! {
    #![proptest_config(cases(4))]

    #[test]
    fn a_key_survives_any_change_of_holders(
        (old, old_threshold) in size(),
        (new, new_threshold) in size(),
        bls: bool,
        seed: u64,
    ) {
        let rng = &mut rng(seed);
        let curve = if bls { CurveId::Bls12381G1 } else { KEY_CURVE };
        let holders = Party::group(1..=old, rng);
        let generated = generate(&holders, old_threshold, &[curve], rng);
        let commitment = generated[0].public.keys[0].clone();
        let key = commitment.public_key().clone();
        prop_assert_eq!(recombine(&shares(&generated)[..usize::from(old_threshold)]), key.clone());

        // The new holders have other places than the old ones.
        let successors = Party::group((1..=new).map(|n| 2 * n + 1), rng);
        let slots = Keys::Reshare(vec![commitment.into()]);
        let plan = plan(new_threshold, slots, &holders, &successors);
        if new_threshold == 1 && old_threshold > 1 {
            prop_assert_eq!(Ceremony::new(plan), Err(Error::InvalidThreshold(1)));
            return Ok(());
        }
        let ceremony = Ceremony::new(plan).unwrap();
        let mut dealings = Dealings::new(&ceremony);
        for (n, (holder, share)) in (1..).zip(holders.iter().zip(shares(&generated))) {
            let dealing = ceremony.deal(holder.index, &holder.identity, &[share], rng).unwrap();
            dealings.receive(&dealing.encode()).unwrap();
            let enough = confirm(&dealings, &successors[0]).map(drop);
            let short = Error::NotEnoughDealings { have: n, need: old_threshold, bad: vec![] };
            prop_assert_eq!(enough, if n < old_threshold { Err(short) } else { Ok(()) });
        }
        let closed = close(&ceremony, &dealings, &successors).unwrap();
        let renewed: Vec<Outcome> =
            successors.iter().map(|party| closed.finish(party.index, &party.key).unwrap()).collect();
        prop_assert_eq!(recombine(&shares(&renewed)[..usize::from(new_threshold)]), key);
    }

    #[test]
    fn any_quorum_recombines_and_nothing_less(
        ((parties, threshold), chosen) in size().prop_flat_map(|(parties, threshold)| {
            let quorum = subsequence((1..=parties).collect::<Vec<u16>>(), usize::from(threshold));
            (Just((parties, threshold)), quorum)
        }),
        seed: u64,
    ) {
        let commitment = crate::common::Sharing::new(KEY_CURVE, threshold, parties, &mut rng(seed));
        let quorum: Vec<&KeyShare> =
            chosen.iter().map(|number| &commitment.shares[usize::from(*number) - 1]).collect();
        prop_assert_eq!(&recombine(&quorum), commitment.public.public_key());
        if threshold > 1 {
            prop_assert_ne!(&recombine(&quorum[1..]), commitment.public.public_key());
        }
    }
}
