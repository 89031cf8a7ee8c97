//! Coverage audits: what a custodian learns of the backups at hand.

mod registrations;

use crate::common::recovery::register;
use crate::common::{EPOCH, KEY_CURVE, Sharing, flipped, id, patched, resealed, rng, vanishing};
use relight::curve::CurveId;
use relight::{
    Backup, Blinder, Error, Field, KeyShare, RecoveryPublicKey,
    coverage::{Coverage, FormerEpoch, Holding, KeyCoverage, Network, Node, Status},
    identity::{IdentityKey, Purpose},
    registration::BlinderRegistration,
};
use std::ops::ControlFlow;
use std::sync::LazyLock;

const NODES: u16 = 4;

struct World {
    network: Network,
    keys: Vec<Sharing>,
    operators: Vec<IdentityKey>,
    backups: Vec<Vec<u8>>,
}

static WORLD: LazyLock<World> = LazyLock::new(World::new);

impl World {
    /// Four nodes, two root keys with thresholds 3 and 2, and a current backup of every node.
    fn new() -> Self {
        let rng = &mut rng(1);
        let keys = vec![Sharing::new(KEY_CURVE, 3, NODES, rng), Sharing::new(CurveId::Bls12381G1, 2, NODES, rng)];
        let operators: Vec<IdentityKey> = (0..NODES).map(|_| IdentityKey::generate(rng)).collect();
        let nodes = (1..).zip(&operators).map(|(n, operator)| node(n, operator, &Blinder::generate(rng)));
        let nodes = nodes.collect();
        let network = crate::network(keys.iter().map(|key| key.public.clone()).collect(), nodes, rng);
        let backups = (0..usize::from(NODES)).map(|place| backup(&network, &keys, place)).collect();
        Self { network, keys, operators, backups }
    }

    fn statuses(&self, backups: &[Vec<u8>]) -> Vec<Status> {
        audit(&self.network, backups).nodes
    }

    /// The first node's backup, of which the last response is wrong.
    fn spoilt(&self) -> Vec<u8> {
        spoilt(&self.backups[0])
    }
}

fn node(number: u64, operator: &IdentityKey, blinder: &Blinder) -> Node {
    let name = format!("node-{number}").into_bytes();
    let registrations = vec![register(blinder, b"network", &name, operator)];
    Node::new(&name, operator.public(), registrations, id(number), 2)
}

fn audit(network: &Network, backups: &[Vec<u8>]) -> Coverage {
    network.audit(backups).unwrap()
}

fn refusal(network: &Network) -> Error {
    network.audit(&WORLD.backups).unwrap_err()
}

/// The backup of a node in the network's epoch.
fn backup(network: &Network, keys: &[Sharing], place: usize) -> Vec<u8> {
    let node = &network.nodes[place];
    let shares = node.shares.iter().map(|holding| renumbered(network.epoch, &keys[usize::from(holding.key)], holding));
    let shares: Vec<KeyShare> = shares.collect();
    let statement = network.statement(node).unwrap();
    Backup::create(&statement, &shares, &mut rng(2)).unwrap().encode()
}

/// A share in another epoch.
fn renumbered(epoch: u64, key: &Sharing, holding: &Holding) -> KeyShare {
    let share = key.shares.iter().find(|share| share.identifier() == holding.identifier).unwrap();
    KeyShare::decode(&resealed(&patched(&share.encode(), 2, &epoch.to_be_bytes()))).unwrap()
}

fn spoilt(backup: &[u8]) -> Vec<u8> {
    flipped(backup, backup.len() - 1, 1)
}

fn bad(backup: usize) -> Status {
    Status::Bad { backup, error: Error::ProofRejected }
}

/// The network some epochs later, with the epochs before it, of which only the one given had these keys.
fn later(epoch: u64, with: u64) -> Network {
    let rng = &mut rng(3);
    let other = [(KEY_CURVE, 3), (CurveId::Bls12381G1, 2)].map(|(curve, threshold)| {
        let commitment = Sharing::new(curve, threshold, NODES, rng);
        commitment.public
    });
    let keys = |of: u64| if of == with { WORLD.network.keys.clone() } else { other.to_vec() };
    let former = (EPOCH..epoch).map(|epoch| FormerEpoch { epoch, keys: keys(epoch) }).collect();
    Network { epoch, keys: keys(epoch), former, ..WORLD.network.clone() }
}

#[test]
fn a_full_set_covers_every_key_and_says_how_much_can_be_lost() {
    let coverage = audit(&WORLD.network, &WORLD.backups);
    assert_eq!(coverage.nodes, vec![Status::Covered; 4]);
    let keys = [(3, 1), (2, 2)];
    let keys = keys.map(|(threshold, survives)| KeyCoverage { covered: 4, threshold, survives: Some(survives) });
    assert_eq!(coverage.keys, keys);
    assert!(coverage.recoverable() && coverage.survives(1) && !coverage.survives(2));
    assert!(coverage.strays.is_empty() && coverage.shareless.is_empty());
}

#[test]
fn an_audit_is_watched_and_broken_off() {
    let caller = std::thread::current().id();
    let mut steps = Vec::new();
    let mut audit_until = |last| {
        steps.clear();
        let watch = &mut |done, of| {
            assert_eq!(std::thread::current().id(), caller);
            steps.push((done, of));
            if done == last { ControlFlow::Break(done) } else { ControlFlow::Continue(()) }
        };
        (WORLD.network.audit_with(&WORLD.backups, watch).unwrap(), steps.clone())
    };
    let every = [(1, 4), (2, 4), (3, 4), (4, 4)];
    assert_eq!(audit_until(5), (ControlFlow::Continue(audit(&WORLD.network, &WORLD.backups)), every.to_vec()));
    assert_eq!(audit_until(2), (ControlFlow::Break(2), every[..2].to_vec()));
    assert_eq!(audit_until(4), (ControlFlow::Break(4), every.to_vec()));
}

#[test]
fn every_way_not_to_be_covered_is_told_apart() {
    let stale = Status::Stale { epoch: EPOCH };
    assert_eq!(audit(&later(EPOCH + 1, EPOCH), &WORLD.backups).nodes, vec![stale; 4]);

    let mut backups = WORLD.backups.clone();
    backups[1] = spoilt(&backups[1]);
    backups.remove(3);
    assert_eq!(WORLD.statuses(&backups), [Status::Covered, bad(1), Status::Covered, Status::Missing]);
    let coverage = audit(&WORLD.network, &backups);
    assert!(!coverage.recoverable(), "two of four nodes are not three");
    assert_eq!(coverage.keys[0], KeyCoverage { covered: 2, threshold: 3, survives: None });
    assert_eq!(coverage.keys[1], KeyCoverage { covered: 2, threshold: 2, survives: Some(0) });
    let mut exchanged = coverage.clone();
    exchanged.keys.reverse();
    assert!(!exchanged.recoverable(), "whichever key it is");
}

/// The network after the operator of the first node has replaced its Blinder, so many times.
fn replaced(network: &Network, times: u64) -> Network {
    let mut network = network.clone();
    let registrations = &mut network.nodes[0].registrations;
    for time in 0..times {
        let unsigned = registrations.last().unwrap().successor(&Blinder::generate(&mut rng(40 + time)), &mut rng(4));
        registrations.push(unsigned.unwrap().sign(&WORLD.operators[0]).unwrap());
    }
    network
}

fn first_status(network: &Network, backups: &[Vec<u8>]) -> Status {
    audit(network, backups).nodes.remove(0)
}

#[test]
fn a_backup_under_a_former_blinder_is_claimed() {
    let claimed = Status::Claimed { backup: 0, epoch: EPOCH, field: Field::Blinder };
    for times in 1..3 {
        let network = replaced(&WORLD.network, times);
        assert_eq!(network.nodes[0].blinders(b"network").unwrap().len(), 1 + times as usize);
        assert_eq!(first_status(&network, &WORLD.backups), claimed);
        // What the operator has to make is one under the current Blinder.
        assert_eq!(first_status(&network, &[backup(&network, &WORLD.keys, 0)]), Status::Covered);
    }
    // In a later epoch it is as stale as any, under whichever Blinder of the chain it was made.
    let later = |times| replaced(&later(EPOCH + 1, EPOCH), times);
    let stale = Status::Stale { epoch: EPOCH };
    let second = backup(&replaced(&WORLD.network, 1), &WORLD.keys, 0);
    for times in 0..3 {
        assert_eq!(first_status(&later(times), &WORLD.backups), stale);
        assert_eq!(first_status(&later(times), &[spoilt(&WORLD.backups[0])]), bad(0));
        let claimed = Status::Claimed { backup: 0, epoch: EPOCH, field: Field::Epoch };
        let known = if times > 0 { stale.clone() } else { claimed };
        assert_eq!(first_status(&later(times), std::slice::from_ref(&second)), known);
    }
}

//= spec/10-backup.md#10-6-coverage
//= type=test
//# An audit MUST say of a bad backup which one it is and what is wrong with it.
#[test]
fn a_bad_backup_is_named_with_what_is_wrong() {
    let good = &WORLD.backups;
    let unreduced = [&good[2][..good[2].len() - 32], &[0xff; 32]].concat();
    let backups = [good[3].clone(), spoilt(&good[1]), unreduced, good[0].clone()];
    let rejected = |backup, error| Status::Bad { backup, error };
    let expected =
        [Status::Covered, rejected(1, Error::ProofRejected), rejected(2, Error::InvalidScalar), Status::Covered];
    assert_eq!(WORLD.statuses(&backups), expected);
}

//= spec/10-backup.md#10-6-coverage
//= type=test
//# An audit MUST NOT call a backup stale unless its proof verifies against the statement of a former epoch.
#[test]
fn an_unverified_epoch_is_only_claimed() {
    let network = later(EPOCH + 2, EPOCH);
    assert_eq!(first_status(&network, &[WORLD.backups[0].clone()]), Status::Stale { epoch: EPOCH });
    assert_eq!(first_status(&network, &[WORLD.spoilt()]), bad(0));
    // Nobody said that there was such an epoch, or it had other keys: then it is what the backup claims, and no more.
    let claimed = Status::Claimed { backup: 0, epoch: EPOCH, field: Field::Epoch };
    let forgetful = Network { former: vec![], ..network.clone() };
    for network in [forgetful, later(EPOCH + 2, EPOCH + 1)] {
        assert_eq!(first_status(&network, &[WORLD.backups[0].clone()]), claimed);
        assert_eq!(first_status(&network, &[WORLD.spoilt()]), claimed);
    }
    // A backup that gives itself another epoch's number is for no epoch.
    let renamed = patched(&WORLD.backups[0], 1 + 1 + 8, &(EPOCH + 1).to_be_bytes());
    let claimed = Status::Claimed { backup: 0, epoch: EPOCH + 1, field: Field::Epoch };
    assert_eq!(first_status(&network, &[renamed]), claimed);
}

/// Backups for the first node, each better than those before it, with what they make of the node in a network that is
/// two epochs on. The place of the backup is zero.
fn ladder() -> (Network, Vec<(Vec<u8>, Status)>) {
    let same = |epoch| FormerEpoch { epoch, keys: WORLD.network.keys.clone() };
    let former = vec![same(EPOCH), same(EPOCH + 1)];
    let network = Network { epoch: EPOCH + 2, former, ..WORLD.network.clone() };
    let claimed = patched(&WORLD.backups[0], 1 + 1 + 8, &77u64.to_be_bytes());
    let middle = backup(&Network { epoch: EPOCH + 1, ..network.clone() }, &WORLD.keys, 0);
    let covered = backup(&network, &WORLD.keys, 0);
    let rungs = vec![
        (claimed, Status::Claimed { backup: 0, epoch: 77, field: Field::Epoch }),
        (spoilt(&covered), bad(0)),
        (WORLD.backups[0].clone(), Status::Stale { epoch: EPOCH }),
        (middle, Status::Stale { epoch: EPOCH + 1 }),
        (covered, Status::Covered),
    ];
    (network, rungs)
}

fn placed(status: &Status, place: usize) -> Status {
    match status.clone() {
        Status::Bad { error, .. } => Status::Bad { backup: place, error },
        Status::Claimed { epoch, field, .. } => Status::Claimed { backup: place, epoch, field },
        other => other,
    }
}

#[test]
fn the_best_backup_of_a_node_counts() {
    let (network, rungs) = ladder();
    for (low, (worse, _)) in rungs.iter().enumerate() {
        for (better, status) in &rungs[low..] {
            assert_eq!(first_status(&network, &[better.clone(), worse.clone()]), placed(status, 0));
            let place = usize::from(better != worse);
            assert_eq!(first_status(&network, &[worse.clone(), better.clone()]), placed(status, place));
        }
    }
}

#[test]
fn of_two_bad_backups_the_first_is_kept() {
    let unreduced = [&WORLD.backups[0][..WORLD.backups[0].len() - 32], &[0xff; 32]].concat();
    let (rejected, invalid) = (bad(0), Status::Bad { backup: 0, error: Error::InvalidScalar });
    assert_eq!(WORLD.statuses(&[WORLD.spoilt(), unreduced.clone()])[0], rejected);
    assert_eq!(WORLD.statuses(&[unreduced, WORLD.spoilt()])[0], invalid);
}

//= spec/10-backup.md#10-6-coverage
//= type=test
//# An audit MUST NOT change the status of a node because of a backup that names no node or does not decode.
#[test]
fn strays_are_reported_and_cover_nobody() {
    let mut smaller = WORLD.network.clone();
    smaller.nodes.pop();
    let cut = WORLD.backups[0][..WORLD.backups[0].len() - 1].to_vec();
    let backups = [WORLD.backups[3].clone(), b"rubbish".to_vec(), Vec::new(), cut];
    let strays = [Error::Mismatch(Field::Node), Error::UnsupportedVersion(b'r'), Error::Truncated, Error::Truncated];
    let strays: Vec<(usize, Error)> = strays.into_iter().enumerate().collect();
    let coverage = audit(&smaller, &backups);
    assert_eq!(coverage.strays, strays);
    assert_eq!(coverage.nodes, vec![Status::Missing; 3]);
    // Nor do they take anything away.
    let coverage = audit(&smaller, &[&backups[..], &WORLD.backups[..3]].concat());
    assert_eq!((coverage.nodes, coverage.strays), (vec![Status::Covered; 3], strays));
}

/// What a third party sends cannot be told from an unknown epoch's backup. It is a claim, and nobody's fault.
#[test]
fn a_third_partys_rubbish_changes_no_status_for_the_worse() {
    let good = &WORLD.backups[0];
    // The points of the lock, and those of an entry: no points at all.
    let lock = 2 + 7 + 1 + 8 + 1 + 6 + 4 + 1;
    let rubbish = [
        (patched(good, lock, &[0; 48]), Field::RecoveryKey),
        (patched(good, lock + 48, &[0xff; 48]), Field::Blinder),
        (patched(good, lock + 96 + 4 + 2, &[9; 33]), Field::PublicKey(0)),
        (patched(good, 1 + 1 + 1, b"NETWORK"), Field::Network),
    ];
    for (bytes, field) in rubbish {
        let claimed = Status::Claimed { backup: 0, epoch: EPOCH, field };
        let statuses = WORLD.statuses(std::slice::from_ref(&bytes));
        assert_eq!(statuses, [claimed, Status::Missing, Status::Missing, Status::Missing]);
        assert_eq!(WORLD.statuses(&[bytes, good.clone()])[0], Status::Covered);
    }
    // Behind the statement that is expected, anything at all is bad. It harms nobody who sent a good one.
    let statement = WORLD.network.statement(&WORLD.network.nodes[0]).unwrap().encode();
    let copied = [&statement[..], &vec![0; good.len() - statement.len()]].concat();
    assert_eq!(WORLD.statuses(std::slice::from_ref(&copied))[0], bad(0));
    for backups in [[copied.clone(), good.clone()], [good.clone(), copied]] {
        assert_eq!(WORLD.statuses(&backups)[0], Status::Covered);
    }
}

//= spec/10-backup.md#10-6-coverage
//= type=test
//# An audit MUST NOT call a network without root keys recoverable.
#[test]
fn an_empty_network_is_not_recoverable() {
    let nothing = Network { keys: vec![], nodes: vec![], ..WORLD.network.clone() };
    let coverage = audit(&nothing, &[]);
    assert!(!coverage.recoverable() && !coverage.survives(0));
    // Neither is one without nodes.
    let deserted = Network { nodes: vec![], ..WORLD.network.clone() };
    let coverage = audit(&deserted, &WORLD.backups);
    assert!(!coverage.recoverable());
    assert_eq!(coverage.keys[0], KeyCoverage { covered: 0, threshold: 3, survives: None });
    assert_eq!(coverage.strays.len(), 4);
}

type Change = fn(&mut Network);

#[test]
fn an_inconsistent_network_is_refused() {
    let with = |change: fn(&mut Network)| {
        let mut network = WORLD.network.clone();
        change(&mut network);
        refusal(&network)
    };
    let cases: [(Change, Error); 8] = [
        (|network| network.nodes[2].shares[1].identifier = id(1), Error::DuplicateIdentifier(id(1))),
        (|network| network.nodes[2].shares[1].identifier = id(4), Error::DuplicateIdentifier(id(4))),
        (|network| network.nodes[2].name = network.nodes[0].name.clone(), Error::DuplicateIndex(3)),
        (|network| network.nodes[3].name = network.nodes[2].name.clone(), Error::DuplicateIndex(4)),
        (|network| network.nodes[1].shares.clear(), Error::InvalidLength),
        (|network| network.nodes[1].shares[0].key = 2, Error::InvalidIndex(2)),
        (|network| drop(network.keys.pop()), Error::InvalidIndex(1)),
        (|network| network.keys.clear(), Error::InvalidIndex(0)),
    ];
    for (change, error) in cases {
        assert_eq!(with(change), error);
    }
    // What was said of the current epoch goes for those before it.
    let short = FormerEpoch { epoch: EPOCH - 1, keys: WORLD.network.keys[..1].to_vec() };
    let network = Network { former: vec![short], ..WORLD.network.clone() };
    assert_eq!(refusal(&network), Error::InvalidLength);
    let unknown = Node { shares: vec![Holding { key: 9, identifier: id(1) }], ..WORLD.network.nodes[0].clone() };
    assert_eq!(WORLD.network.statement(&unknown), Err(Error::InvalidIndex(9)));
}

/// Nodes whose shares are zero have nothing to back up, and are named.
#[test]
fn shareless_nodes_are_named_and_left_out() {
    let rng = &mut rng(5);
    let identifiers = crate::common::ids(1..=4);
    let [one, two] = [(KEY_CURVE, 2), (CurveId::Bls12381G1, 1)]
        .map(|(curve, roots)| Sharing::of(vanishing(curve, 3, &identifiers[..roots], rng), &identifiers));
    let network = Network { keys: vec![one.public.clone(), two.public.clone()], ..WORLD.network.clone() };
    let keys = [one, two];
    // Node 2 has a share of the second key only; node 1 has none.
    let second = Node { shares: network.nodes[1].shares[1..].to_vec(), ..network.nodes[1].clone() };
    let second = backup(&Network { nodes: vec![second], ..network.clone() }, &keys, 0);
    let backups = [second, backup(&network, &keys, 2), backup(&network, &keys, 3)];
    let coverage = audit(&network, &backups);
    assert_eq!(coverage.nodes, [Status::Shareless, Status::Covered, Status::Covered, Status::Covered]);
    let holding = |node: usize, key: u16| (node, Holding { key, identifier: id(node as u64 + 1) });
    assert_eq!(coverage.shareless, [holding(0, 0), holding(0, 1), holding(1, 0)]);
    let covered: Vec<_> = coverage.keys.iter().map(|key| (key.covered, key.survives)).collect();
    assert_eq!(covered, [(2, None), (3, Some(0))]);
    // Whatever somebody claims to be its backup, a node without shares has none.
    let claimed = audit(&network, &[WORLD.backups[0].clone()]);
    assert_eq!((&claimed.nodes[0], claimed.strays.len()), (&Status::Shareless, 0));
    // Registrations that do not hold come first, and then the lack of shares.
    let first = |change: &dyn Fn(&mut Network)| {
        let mut network = network.clone();
        change(&mut network);
        let coverage = audit(&network, &backups);
        assert_eq!(coverage.shareless, [holding(0, 0), holding(0, 1), holding(1, 0)]);
        coverage.nodes[0].clone()
    };
    let broken = Status::Unregistered { error: Error::InvalidLength };
    assert_eq!(first(&|network| network.nodes[0].registrations.clear()), broken);
    let blinder = network.nodes[0].registrations[0].claimed_blinder().as_bytes();
    let circular = |network: &mut Network| network.recovery_key = RecoveryPublicKey::from_bytes(blinder).unwrap();
    assert_eq!(first(&circular), Status::Shareless);
}
