//! What a stranger sends costs little more than to read it. Work is counted in points: those of the objects here are no points
//! at all, so that a decoder which looked at a single one would say so, and not what is wrong with the structure.

use crate::common::recovery::register;
use crate::common::{EPOCH, NODE, PARAMETERS, World, header, id, patched, spliced};
use relight::curve::CurveId;
use relight::{
    Backup, Error, Field, Statement, StatementDigest,
    coverage::{Coverage, Network, Node, Status},
    dealing::{Ceremony, Keys},
    identity::IdentityKey,
    recovery::RequestDraft,
};
use std::sync::LazyLock;

static WORLD: LazyLock<World> = LazyLock::new(|| World::new(1));

/// No curve has a point with this encoding.
const NO_POINT: [u8; 48] = [0xff; 48];

fn vector(body: &[u8]) -> Vec<u8> {
    [&(body.len() as u32).to_be_bytes()[..], body].concat()
}

/// A statement of the world's node, with these encoded compartments.
fn statement(compartments: &[u8]) -> Vec<u8> {
    let header = header();
    let [context, node] = [&header.network, &header.node].map(|name| [&[name.len() as u8][..], name].concat());
    let start = [1, PARAMETERS.number()];
    [&start[..], &context, &EPOCH.to_be_bytes(), &node, &vector(compartments)].concat()
}

fn compartment(entries: &[u8]) -> Vec<u8> {
    [&[1][..], &NO_POINT, &NO_POINT, &vector(entries)].concat()
}

/// An entry on JubJub, of which a point costs most.
fn entry(identifier: u32) -> Vec<u8> {
    let [high, .., middle, low] = identifier.to_be_bytes();
    assert_eq!(high, 0);
    let identifier = [3, 1, middle, low];
    let curve = CurveId::JubJub.number().to_be_bytes();
    [&curve[..], &NO_POINT[..32], &identifier, &[0, 1], &NO_POINT[..32]].concat()
}

/// The length of a proof of so many packs of 32 bytes.
fn proof_len(packs: usize) -> usize {
    let (instances, kept) = (usize::from(PARAMETERS.instances()), usize::from(PARAMETERS.kept()));
    48 + 36 * (instances - kept) + kept * (64 + 16 + 32 * packs)
}

fn backup(compartments: &[u8], packs: usize) -> Vec<u8> {
    [statement(compartments), vec![0xff; proof_len(packs)]].concat()
}

fn network() -> Network {
    let (header, operator) = (header(), IdentityKey::generate(&mut crate::common::rng(3)));
    let registration = register(&WORLD.blinder, &header.network, &header.node, &operator);
    let node = Node::new(&header.node, operator.public(), vec![registration], id(NODE), 3);
    Network {
        parameters: header.parameters,
        name: header.network,
        epoch: header.epoch,
        recovery_key: WORLD.party.public_key().clone(),
        keys: WORLD.roots.iter().map(|root| root.public.clone()).collect(),
        nodes: vec![node],
        former: vec![],
    }
}

fn audit(backup: Vec<u8>) -> Coverage {
    network().audit(&[backup]).unwrap()
}

/// Everything that reads backups refuses this with the same error.
fn assert_refused(compartments: &[u8], packs: usize, error: &Error) {
    let bytes = backup(compartments, packs);
    assert_eq!(Backup::decode(&bytes).as_ref(), Err(error));
    let coverage = audit(bytes);
    assert_eq!((coverage.strays, coverage.nodes), (vec![(0, error.clone())], vec![Status::Missing]));
}

fn decode(compartments: &[u8]) -> Error {
    Statement::decode(&statement(compartments)).unwrap_err()
}

//= spec/13-security.md#13-11-denial-of-service
//= type=test
//# A decoder MUST find entries of a compartment that are repeated byte for byte before it decodes a point.
#[test]
fn repeated_entries_cost_no_points() {
    // Two entries that differ: then the points count, for whoever wants to look at them.
    let two = [entry(1), entry(2)].concat();
    assert_eq!(decode(&compartment(&two)), Error::InvalidPoint);
    assert!(Backup::decode(&backup(&compartment(&two), 2)).is_ok());
    let twice = Error::DuplicateEntry { compartment: 0, entry: 1 };
    let many = compartment(&entry(1).repeat(2000));
    assert_eq!(decode(&many), twice);
    assert_refused(&many, 2000, &twice);
    // The last of so many.
    let last = [(1..2000).flat_map(entry).collect(), entry(7)].concat();
    let late = Error::DuplicateEntry { compartment: 0, entry: 1999 };
    assert_eq!(decode(&compartment(&last)), late);
    assert_refused(&compartment(&last), 2000, &late);
    // In a later compartment.
    let other = [compartment(&entry(1)), compartment(&entry(2).repeat(2))].concat();
    assert_eq!(decode(&other), Error::DuplicateEntry { compartment: 1, entry: 1 });
}

//= spec/13-security.md#13-11-denial-of-service
//= type=test
//# A decoder MUST refuse a list at the first item beyond its limit, before it reads that item.
#[test]
fn an_overlong_list_stops_at_its_limit() {
    let most: Vec<u8> = (1..=65535).flat_map(entry).collect();
    assert_eq!(decode(&compartment(&most)), Error::InvalidPoint);
    assert!(Backup::decode(&backup(&compartment(&most), 65535)).is_ok());
    // What follows is no entry, nor are 134,465 of them.
    for rest in [vec![0xff], entry(1), vec![0xff; 134_465 * entry(1).len()]] {
        let overlong = compartment(&[&most[..], &rest].concat());
        assert_eq!(decode(&overlong), Error::InvalidLength);
        assert_refused(&overlong, 65536, &Error::InvalidLength);
    }
    // Nor are repeated ones looked for in a list that is too long.
    let repeated = compartment(&entry(1).repeat(200_000));
    assert_eq!(decode(&repeated), Error::InvalidLength);
    assert_refused(&repeated, 200_000, &Error::InvalidLength);
    let compartments = [compartment(&entry(1)).repeat(65535), vec![9]].concat();
    assert_eq!(decode(&compartments), Error::InvalidLength);
}

#[test]
fn other_lists_stop_at_their_limits() {
    let slot = |curve: u16| curve.to_be_bytes().to_vec();
    let parties = crate::common::Party::group(1..=1, &mut crate::common::rng(2));
    let keys = Keys::Generate(vec![CurveId::Secp256k1]);
    let ceremony = Ceremony::new(crate::common::plan(1, keys, &parties, &parties)).unwrap().encode();
    let slots = 1 + 1 + 1 + 8 + 32 + 8 + 2 + 1;
    let with = |body: &[u8]| Ceremony::decode(&spliced(&ceremony, slots..slots + 4 + 2, &vector(body))).map(drop);
    assert_eq!(with(&slot(1).repeat(65535)), Ok(()));
    assert_eq!(with(&[slot(1).repeat(65535), slot(0)].concat()), Err(Error::InvalidLength));
    assert_eq!(with(&[slot(1).repeat(65534), slot(0)].concat()), Err(Error::UnknownCurve(0)));
    // The draft of a request, of which the digests begin after context, requester, roster, nonce and expiry.
    let request = |digests: &[u8]| {
        let start = [&[1, 0, 0][..], &[7; 32], &[8; 32], &[0; 8]].concat();
        let bytes = [&start[..], &vector(digests), &vector(&[9; 32])].concat();
        RequestDraft::decode(&bytes).map(|draft| draft.digests().to_vec())
    };
    let digests = (0u32..65535).flat_map(|n| [&[0; 28][..], &n.to_be_bytes()].concat()).collect::<Vec<u8>>();
    assert_eq!(request(&digests).map(|digests| digests.len()), Ok(65535));
    assert_eq!(request(&digests[..32]), Ok(vec![StatementDigest::from_bytes([0; 32])]));
    assert_eq!(request(&[&digests[..], &[1]].concat()), Err(Error::InvalidLength));
    assert_eq!(request(&[&digests[..32], &[1]].concat()), Err(Error::Truncated));
}

#[test]
fn a_second_compartment_ends_a_backup() {
    let one = compartment(&entry(1));
    assert!(Backup::decode(&backup(&one, 1)).is_ok());
    // Three thousand of them; and a second one that is no compartment, and is not read.
    for rest in [one.repeat(2999), vec![9], vec![0xff; 300_000]] {
        assert_refused(&[&one[..], &rest].concat(), 1, &Error::InvalidLength);
    }
    // The lock of the only one is looked at after the structure; a lock that nobody knows ends the reading.
    let members = [&[2][..], &NO_POINT, &vector(&entry(1))].concat();
    assert_refused(&members, 1, &Error::WrongLock(2));
    assert_refused(&members.repeat(3000), 1, &Error::InvalidLength);
    assert_refused(&patched(&one, 0, &[9]).repeat(3000), 1, &Error::UnknownLock(9));
    // A statement may have so many. They are read before their points are.
    assert_eq!(decode(&one.repeat(3000)), Error::InvalidPoint);
    assert_eq!(decode(&[one.repeat(2999), vec![9]].concat()), Error::UnknownLock(9));
}

//= spec/13-security.md#13-11-denial-of-service
//= type=test
//# A verifier MUST compare the bytes of a statement with those that it expects before it decodes a point of the object.
#[test]
fn a_wrong_statement_costs_a_comparison_of_bytes() {
    // Not a point of it is one, nor a scalar of its proof.
    let entries: Vec<u8> = (1..=2000).flat_map(entry).collect();
    let strange = backup(&compartment(&entries), 2000);
    let mismatch = Error::Mismatch(Field::RecoveryKey);
    assert_eq!(Backup::decode(&strange).unwrap().verify(&WORLD.expected), Err(mismatch));
    let claimed = |field| Status::Claimed { backup: 0, epoch: EPOCH, field };
    assert_eq!(audit(strange).nodes, [claimed(Field::RecoveryKey)]);
    // The expected statement, one field of which is none, and then no scalars.
    let good = WORLD.backup.encode();
    let (lock, entries) = (30, 130);
    let fields = [
        (lock, 48, Field::RecoveryKey),
        (lock + 48, 48, Field::Blinder),
        (entries + 2, 33, Field::PublicKey(0)),
        (entries + 2 + 33 + 2 + 2, 33, Field::PublicShare(0)),
        (entries + 72 + 2, 48, Field::PublicKey(1)),
    ];
    for (place, length, field) in fields {
        let bytes = patched(&good, place, &NO_POINT[..length]);
        let bytes = patched(&bytes, good.len() - 32, &[0xff; 32]);
        let backup = Backup::decode(&bytes).unwrap();
        assert_eq!(backup.clone().verify(&WORLD.expected), Err(Error::Mismatch(field)));
        assert_eq!(backup.claimed_statement(), Err(Error::InvalidPoint));
        assert_eq!(audit(bytes).nodes, [claimed(field)]);
    }
    // Only behind the expected statement are scalars decoded.
    let unreduced = Backup::decode(&patched(&good, good.len() - 32, &[0xff; 32])).unwrap();
    assert_eq!(unreduced.verify(&WORLD.expected), Err(Error::InvalidScalar));
}
