//! Coverage audits: what a custodian learns of the backups at hand.
#![allow(missing_docs)]

mod common;

use common::{PARAMETERS, Sharing, flipped, id, rng};
use relight::curve::{CurveId, SecretScalar};
use relight::{
    Backup, Blinder, Error, KeyCoverage, KeyShare, Network, Node, RecoveryPublicKey, StatementField, Status,
};
use std::sync::Mutex;

const NODES: u16 = 4;

struct World {
    network: Network,
    keys: Vec<Sharing>,
    backups: Vec<Vec<u8>>,
}

impl World {
    /// Four nodes, two root keys with thresholds 3 and 2, and a current backup of every node.
    fn new() -> Self {
        let rng = &mut rng(1);
        let keys =
            vec![Sharing::new(CurveId::Secp256k1, 3, NODES, rng), Sharing::new(CurveId::Bls12381G1, 2, NODES, rng)];
        let nodes = (1..=NODES).map(|n| Node {
            name: format!("node-{n}").into_bytes(),
            identifier: id(n),
            blinder: Blinder::generate(rng).public(),
        });
        let nodes = nodes.collect();
        let recovery_key = SecretScalar::random(CurveId::Bls12381G1, rng).public();
        let network = Network {
            parameters: PARAMETERS,
            context: b"network".to_vec(),
            epoch: common::EPOCH,
            recovery_key: RecoveryPublicKey::try_from(recovery_key).unwrap(),
            keys: keys.iter().map(|key| key.public.clone()).collect(),
            nodes,
        };
        let mut world = Self { network, keys, backups: Vec::new() };
        world.backups = (0..usize::from(NODES)).map(|place| world.backup(place)).collect();
        world
    }

    fn backup(&self, place: usize) -> Vec<u8> {
        let shares: Vec<&KeyShare> = self.keys.iter().map(|key| &key.shares[place]).collect();
        let statement = self.network.statement(&self.network.nodes[place]).unwrap();
        Backup::create(&statement, &shares, &mut rng(2)).unwrap().encode()
    }

    fn statuses(&self, backups: &[Vec<u8>]) -> Vec<Status> {
        self.network.audit(backups, &|_, _| ()).unwrap().nodes
    }
}

#[test]
fn a_full_set_covers_every_key_and_says_how_much_can_be_lost() {
    let world = World::new();
    let steps = Mutex::new(Vec::new());
    let coverage = world.network.audit(&world.backups, &|done, of| steps.lock().unwrap().push((done, of))).unwrap();
    assert_eq!(coverage.nodes, vec![Status::Covered; 4]);
    let keys = [(4, 3), (4, 2)].map(|(covered, threshold)| KeyCoverage { covered, threshold });
    assert_eq!(coverage.keys, keys);
    assert!(coverage.recoverable() && coverage.survives(1) && !coverage.survives(2));
    assert!(coverage.strays.is_empty());
    let mut steps = steps.into_inner().unwrap();
    steps.sort_unstable();
    assert_eq!(steps, [(1, 4), (2, 4), (3, 4), (4, 4)]);
}

#[test]
fn every_way_not_to_be_covered_is_told_apart() {
    let world = World::new();
    let mut later = world.network.clone();
    later.epoch += 1;
    let stale = Status::Stale { epoch: common::EPOCH };
    assert_eq!(later.audit(&world.backups, &|_, _| ()).unwrap().nodes, vec![stale; 4]);

    let mut backups = world.backups.clone();
    let last = backups[1].len() - 1;
    backups[1] = flipped(&backups[1], last, 1);
    backups.remove(3);
    let expected = [Status::Covered, Status::Bad(Error::ProofRejected), Status::Covered, Status::Missing];
    assert_eq!(world.statuses(&backups), expected);
    let coverage = world.network.audit(&backups, &|_, _| ()).unwrap();
    assert!(!coverage.recoverable(), "two of four nodes are not three");

    let mut moved = world.network.clone();
    moved.nodes[0].blinder = Blinder::generate(&mut rng(3)).public();
    let bad = Status::Bad(Error::StatementMismatch(StatementField::Blinder));
    assert_eq!(moved.audit(&world.backups, &|_, _| ()).unwrap().nodes[0], bad);
}

#[test]
fn the_best_backup_of_a_node_counts() {
    let world = World::new();
    let bad = flipped(&world.backups[0], world.backups[0].len() - 1, 1);
    for backups in [[bad.clone(), world.backups[0].clone()], [world.backups[0].clone(), bad]] {
        assert_eq!(world.statuses(&backups)[0], Status::Covered);
    }
}

#[test]
fn strays_are_reported_and_cover_nobody() {
    let world = World::new();
    let mut smaller = world.network.clone();
    smaller.nodes.pop();
    let backups = [world.backups[3].clone(), b"rubbish".to_vec(), Vec::new()];
    let coverage = smaller.audit(&backups, &|_, _| ()).unwrap();
    let node = Error::StatementMismatch(StatementField::Node);
    let rubbish = Error::UnsupportedVersion(b'r');
    assert_eq!(coverage.strays, [(0, node), (1, rubbish), (2, Error::Truncated)]);
    assert_eq!(coverage.nodes, vec![Status::Missing; 3]);
}

#[test]
fn an_inconsistent_network_is_refused() {
    let world = World::new();
    let mut places = world.network.clone();
    places.nodes[2].identifier = id(1);
    assert_eq!(places.audit(&world.backups, &|_, _| ()), Err(Error::DuplicateIdentifier(1)));
    let mut names = world.network.clone();
    names.nodes[2].name = names.nodes[0].name.clone();
    assert_eq!(names.audit(&world.backups, &|_, _| ()), Err(Error::DuplicateIdentifier(3)));
}
