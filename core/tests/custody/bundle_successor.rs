//! What may take the place of a bundle, and what is new in it.

use crate::common::recovery::{CONTEXT, register, registered};
use crate::common::{EPOCH, Party, id, index, rng};
use crate::site::{CURVES, NAME, WORLD, blinder, edited, generated, node, verify};
use relight::sharing::VssCommitment;
use relight::{
    Error, Field, MemberKey, Result,
    bundle::{Bundle, Change},
    coverage::{FormerEpoch, Network},
    identity::IdentityKey,
    recovery::{Roster, RosterMember},
};

fn successor(change: impl FnOnce(&mut Network)) -> Result<Vec<Change>> {
    let network = edited(&WORLD.network, |network| {
        network.epoch += 1;
        network.former.push(FormerEpoch { epoch: EPOCH, keys: network.keys.clone() });
        change(network);
    });
    let next = verify(Bundle::new(CONTEXT, &WORLD.roster, &network).unwrap()).unwrap();
    verify(WORLD.bundle()).unwrap().check_successor(&next)
}

#[test]
fn a_successor_says_what_changed() {
    assert_eq!(successor(|_| ()), Ok(vec![]));
    let (_, keys) = generated(&WORLD.nodes, 3, &CURVES[..1], 20);
    assert_eq!(successor(|network| drop(network.nodes.remove(0))), Ok(vec![Change::NodeRemoved(b"node-1".to_vec())]));
    let changes = successor(|network| {
        let operators = [1, 2].map(|place| &WORLD.nodes[place].identity);
        network.nodes[1] = node(2, operators[0], 2);
        network.nodes[2].shares.truncate(1);
        network.nodes.push(node(5, operators[1], 0));
        network.keys.extend(keys);
        network.former.clear();
    });
    let changes = changes.unwrap();
    let [second, third, fifth] = [2, 3, 5].map(|number| format!("node-{number}").into_bytes());
    let expected =
        [Change::KeyAdded(2), Change::BlinderReplaced(second), Change::SharesMoved(third), Change::NodeAdded(fifth)];
    assert_eq!(changes, expected);
    assert_eq!(changes[1].to_string(), "node node-2 has another Blinder");
    assert_eq!(Change::NodeAdded(b"n\x1b[2J".to_vec()).to_string(), "node n\\x1b[2J has joined");
}

/// The next bundle, with another recovery party.
fn with_roster(party: &[u8], commitment: &VssCommitment, members: Vec<RosterMember>) -> Result<Vec<Change>> {
    let roster = Roster::new(party, commitment.clone(), members).unwrap();
    let recovery_key = roster.party().public_key().clone();
    let network = Network { epoch: EPOCH + 1, recovery_key, ..WORLD.network.clone() };
    let next = verify(Bundle::new(party, &roster, &network).unwrap()).unwrap();
    verify(WORLD.bundle()).unwrap().check_successor(&next)
}

#[test]
fn a_successor_says_what_changed_in_the_recovery_party() {
    let same = WORLD.roster.party().commitment();
    let other = generated(&WORLD.members, 2, &CURVES[1..], 3).1.remove(0);
    let members = || registered(&WORLD.members);
    assert_eq!(with_roster(CONTEXT, same, members()), Ok(vec![]));
    assert_eq!(with_roster(CONTEXT, &other, members()), Ok(vec![Change::RecoveryKey]));
    // The constant term stays in a refresh.
    let refreshed = same.commitments().take(1).chain(other.commitments().skip(1)).cloned().collect();
    let refreshed = VssCommitment::new(refreshed).unwrap();
    assert_eq!(with_roster(CONTEXT, &refreshed, members()), Ok(vec![Change::RecoverySharing]));
    let mut changed = members();
    let next = changed[0].registration.successor(&MemberKey::generate(&mut rng(5)), &mut rng(6)).unwrap();
    changed[0].registration = next.sign(&WORLD.members[0].identity).unwrap();
    changed[1] = registered(&Party::group([2], &mut rng(9))).remove(0);
    changed[2] = registered(&Party::group([4], &mut rng(10))).remove(0);
    let [one, two, three, four] = [1, 2, 3, 4].map(index);
    let (renewed, replaced) = (Change::MemberRenewed(one), Change::MemberReplaced(two));
    let expected = vec![renewed, replaced, Change::MemberRemoved(three), Change::MemberAdded(four)];
    assert_eq!(with_roster(CONTEXT, same, changed), Ok(expected));
    let moved = with_roster(CONTEXT, same, {
        let mut moved = members();
        moved[2].identifier = id(8);
        moved
    });
    assert_eq!(moved, Ok(vec![Change::MemberReplaced(three)]));
}

#[test]
fn a_member_does_not_go_back_to_a_retired_registration() {
    let mut members = registered(&WORLD.members);
    let first = members[0].registration.clone();
    let next = first.successor(&MemberKey::generate(&mut rng(5)), &mut rng(6)).unwrap();
    members[0].registration = next.sign(&WORLD.members[0].identity).unwrap();
    let commitment = WORLD.roster.party().commitment();
    let roster = Roster::new(CONTEXT, commitment.clone(), members).unwrap();
    let known = verify(Bundle::new(CONTEXT, &roster, &WORLD.network).unwrap()).unwrap();
    let later = Network { epoch: EPOCH + 1, ..WORLD.network.clone() };
    let next = verify(Bundle::new(CONTEXT, &WORLD.roster, &later).unwrap()).unwrap();
    assert_eq!(known.check_successor(&next), Err(Error::RetiredRegistration(1)));
}

//= spec/10-backup.md#10-7-bundle
//= type=test
//# A successor of another network MUST be refused, with Mismatch(Network), and one whose epoch is not greater, with
//# Mismatch(Epoch).
#[test]
fn a_successor_is_of_the_same_network_and_later() {
    let known = verify(WORLD.bundle()).unwrap();
    assert_eq!(known.check_successor(&known), Err(Error::Mismatch(Field::Epoch)));
    let earlier = edited(&WORLD.network, |network| {
        network.epoch -= 1;
        network.former.pop();
    });
    let earlier = verify(Bundle::new(CONTEXT, &WORLD.roster, &earlier).unwrap()).unwrap();
    assert_eq!(known.check_successor(&earlier), Err(Error::Mismatch(Field::Epoch)));
    let other = successor(|network| {
        network.name = b"other".to_vec();
        for (node, party) in network.nodes.iter_mut().zip(&WORLD.nodes) {
            node.registrations = vec![register(&blinder(1, 0), b"other", &node.name, &party.identity)];
        }
    });
    assert_eq!(other, Err(Error::Mismatch(Field::Network)));
    let rewritten = successor(|network| network.former[2].keys = network.former[1].keys.clone());
    assert_eq!(rewritten, Err(Error::Mismatch(Field::Epoch)));
    let rewritten = successor(|network| network.former[0].keys = network.former[1].keys.clone());
    assert_eq!(rewritten, Err(Error::Mismatch(Field::Epoch)));
}

//= spec/10-backup.md#10-7-bundle
//= type=test
//# A successor that lacks a root key of the known bundle in its place MUST be refused, with Mismatch(PublicKey).
#[test]
fn root_keys_stay() {
    let (_, others) = generated(&WORLD.nodes, 3, &CURVES, EPOCH + 1);
    let replaced = |place: usize| successor(|network| network.keys[place] = others[place].clone());
    assert_eq!(replaced(0), Err(Error::Mismatch(Field::PublicKey(0))));
    assert_eq!(replaced(1), Err(Error::Mismatch(Field::PublicKey(1))));
    let gone = successor(|network| {
        network.keys.truncate(1);
        network.former.clear();
        network.nodes.iter_mut().for_each(|node| node.shares.truncate(1));
    });
    assert_eq!(gone, Err(Error::Mismatch(Field::PublicKey(1))));
    let shared = |place: usize| {
        let (known, other) = (&WORLD.network.keys[place], &others[place]);
        VssCommitment::new(known.commitments().take(1).chain(other.commitments().skip(1)).cloned().collect()).unwrap()
    };
    assert_eq!(successor(|network| network.keys[1] = shared(1)), Ok(vec![Change::KeySharing(1)]));
}

//= spec/10-backup.md#10-7-bundle
//= type=test
//# A successor in which a known node has another operator MUST be refused, with Mismatch(Operator).
#[test]
fn a_node_keeps_its_operator() {
    let stranger = IdentityKey::generate(&mut rng(8));
    assert_eq!(successor(|network| network.nodes[0] = node(1, &stranger, 0)), Err(Error::Mismatch(Field::Operator)));
}

//= spec/10-backup.md#10-7-bundle
//= type=test
//# A successor in which the current registration of a known node is not among that node's MUST be refused, with
//# BrokenSuccession.
#[test]
fn blinders_follow_one_another() {
    let own = &WORLD.nodes[0].identity;
    let another = vec![register(&blinder(9, 0), NAME, b"node-1", own)];
    assert_eq!(successor(|network| network.nodes[0].registrations = another), Err(Error::BrokenSuccession(1)));
    let shortened = successor(|network| network.nodes[0].registrations = node(1, own, 2).registrations.split_off(1));
    assert_eq!(shortened, Err(Error::BrokenSuccession(3)));
}
