//! Parties with weights hold several shares of a key, and back them all up together.

use crate::common::recovery::register;
use crate::common::{Sharing, World, header, ids, rng, same_shares};
use proptest::prelude::*;
use relight::curve::CurveId;
use relight::sharing::Identifier;
use relight::{
    Backup, Blinder, Compartment, Entry, KeyShare, Lock, MemberKey, Statement,
    coverage::{Coverage, Holding, KeyCoverage, Node, Status},
    identity::IdentityKey,
};
use std::collections::BTreeSet;

/// A node that has three shares of one key and two of another, in one compartment.
#[test]
fn several_shares_of_a_key_are_backed_up_together() {
    let (world, rng) = (World::new(1), &mut rng(2));
    for (one, other) in [(CurveId::Secp256k1, CurveId::Secp256k1), (CurveId::Bls12381G1, CurveId::Ed25519)] {
        let far = Identifier::from_bytes(&[0xcc; 32]).unwrap();
        let (one, other) =
            (Sharing::at(one, 4, &[ids(1..=5), vec![far]].concat(), rng), Sharing::new(other, 2, 3, rng));
        let own = [&one.shares[1], &other.shares[0], &one.shares[5], &one.shares[3], &other.shares[2]];
        let entries: Vec<Entry> = own.iter().map(|share| share.entry().clone()).collect();
        let (party, blinder) = (world.party.public_key().clone(), world.blinder.public());
        let expected = Statement::backup(header(), party, blinder, entries).unwrap();
        let bytes = Backup::create(&expected, own, rng).unwrap().encode();
        let verified = Backup::decode(&bytes).unwrap().verify(&expected).unwrap();
        let shares = world.decryption_shares_for(&expected.digest(), [4, 2, 1]);
        let unlock = world.party.combine(&expected.digest(), &shares).unwrap();
        let opened = verified.open(&unlock, &world.blinder).unwrap();
        assert!(same_shares(&opened, &own));
        // With one share of somebody else's they are enough.
        let enough = [&opened[0], &opened[2], &opened[3], &one.shares[0]];
        assert_eq!(KeyShare::combine(enough).unwrap().public(), one.root.public());
        assert_eq!(KeyShare::combine([&opened[1], &opened[4]]).unwrap().public(), other.root.public());
    }
}

/// Compartments may name the same share, and root keys with the same bytes on two curves are two keys.
#[test]
fn what_is_no_repetition_is_allowed() {
    let rng = &mut rng(3);
    let commitment = Sharing::new(CurveId::JubJub, 2, 3, rng);
    let lock = |seed| Lock::Member { member_key: MemberKey::generate(&mut crate::common::rng(seed)).public() };
    let entry = commitment.entry(1);
    // The two JubJub curves have the same points, and a generator each.
    let on_other = |point: &relight::curve::CurvePoint| {
        relight::curve::CurvePoint::from_bytes(CurveId::JubJubSpendAuth, point.as_bytes()).unwrap()
    };
    let twin =
        Entry { public_key: on_other(&entry.public_key), public_share: on_other(&entry.public_share), ..entry.clone() };
    let compartments = [4, 5].map(|seed| Compartment { lock: lock(seed), entries: vec![entry.clone(), twin.clone()] });
    let statement = Statement::new(header(), compartments.to_vec()).unwrap();
    assert_eq!(Statement::decode(&statement.encode()), Ok(statement));
}

/// Nodes with so many shares of a key each, the first of them covered.
fn audited(weights: &[usize], threshold: u16, covered: &BTreeSet<usize>) -> Coverage {
    let rng = &mut rng(6);
    let key = Sharing::new(CurveId::Secp256k1, threshold, weights.iter().sum::<usize>() as u16, rng);
    let mut rest = key.shares.as_slice();
    let nodes = weights.iter().enumerate().map(|(place, weight)| {
        let (own, others) = rest.split_at(*weight);
        rest = others;
        let shares = own.iter().map(|share| Holding { key: 0, identifier: share.identifier() }).collect();
        let (name, operator) = (vec![place as u8], IdentityKey::generate(rng));
        let registrations = vec![register(&Blinder::generate(rng), b"network", &name, &operator)];
        Node { name, operator: operator.public(), registrations, shares }
    });
    let nodes: Vec<Node> = nodes.collect();
    let network = crate::network(vec![key.public.clone()], nodes, rng);
    let backups = covered.iter().map(|place| {
        let node = &network.nodes[*place];
        let own =
            key.shares.iter().filter(|share| node.shares.iter().any(|held| held.identifier == share.identifier()));
        Backup::create(&network.statement(node).unwrap(), own, rng).unwrap().encode()
    });
    network.audit(&backups.collect::<Vec<_>>()).unwrap()
}

#[test]
fn the_loss_of_the_heaviest_is_the_worst() {
    let all = |weights: &[usize], threshold| audited(weights, threshold, &(0..weights.len()).collect()).keys.remove(0);
    let key = |covered, threshold, survives| KeyCoverage { covered, threshold, survives };
    assert_eq!(all(&[3, 1, 1, 1], 3), key(6, 3, Some(1)));
    assert_eq!(all(&[1, 1, 1, 1, 1, 1], 3), key(6, 3, Some(3)));
    assert_eq!(all(&[1, 4, 1], 3), key(6, 3, Some(0)));
    assert_eq!(all(&[6], 6), key(6, 6, Some(0)));
    // Two of three nodes, but not enough shares; one of three, but enough.
    let partly = |covered: &[usize]| audited(&[1, 4, 1], 3, &covered.iter().copied().collect());
    let light = partly(&[0, 2]);
    assert_eq!(light.keys, [key(2, 3, None)]);
    assert!(!light.recoverable());
    let heavy = partly(&[1]);
    assert_eq!((&heavy.keys[..], &heavy.nodes[0]), (&[key(4, 3, Some(0))][..], &Status::Missing));
    assert!(heavy.recoverable());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// An audit says that a loss is survived if it is, whichever nodes are lost.
    #[test]
    fn survival_is_that_of_every_loss(weights in prop::collection::vec(1usize..7, 1..6), share: u8, covered: u16) {
        // A node is covered with a chance of three in four, and the threshold is mostly within reach.
        let covered: BTreeSet<usize> = (0..weights.len()).filter(|place| covered >> (2 * place) & 3 > 0).collect();
        let shares: usize = covered.iter().map(|place| weights[*place]).sum();
        let threshold = (1 + usize::from(share) % (shares + 1)).min(weights.iter().sum());
        let coverage = audited(&weights, threshold as u16, &covered);
        for lost in 0..=weights.len() {
            let sets = (0u32..1 << weights.len()).filter(|set| set.count_ones() as usize == lost);
            let survives = sets.into_iter().all(|set| {
                let left = covered.iter().filter(|place| set >> **place & 1 == 0).map(|place| weights[*place]);
                left.sum::<usize>() >= threshold
            });
            prop_assert_eq!(coverage.survives(lost), survives, "{} of {:?} for {}", lost, weights, threshold);
        }
    }
}
