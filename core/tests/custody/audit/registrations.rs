//! Blinders that are taken from registrations, or not.

use super::*;

//= spec/10-backup.md#10-6-coverage
//= type=test
//# An audit MUST take a node's Blinder from registrations that it has verified.
#[test]
fn a_strangers_registration_leaves_its_node_unregistered() {
    let rng = &mut rng(50);
    let (stranger, own) = (IdentityKey::generate(rng), Blinder::generate(rng));
    let unregistered = |registrations, error| {
        let mut network = WORLD.network.clone();
        network.nodes[0].registrations = registrations;
        let coverage = audit(&network, &WORLD.backups);
        let status = Status::Unregistered { error };
        assert_eq!(coverage.nodes, [status.clone(), Status::Covered, Status::Covered, Status::Covered]);
        assert!(coverage.strays.is_empty());
        assert_eq!(coverage.keys[0], KeyCoverage { covered: 3, threshold: 3, survives: Some(0) });
        // A backup to the stranger's Blinder, good as it is, covers nothing.
        let mut strange = WORLD.network.clone();
        let name = strange.nodes[0].name.clone();
        strange.nodes[0].operator = stranger.public();
        strange.nodes[0].registrations = vec![register(&own, b"network", &name, &stranger)];
        let strange = backup(&strange, &WORLD.keys, 0);
        assert_eq!(first_status(&network, &[strange, b"rubbish".to_vec()]), status);
    };
    let good = &WORLD.network.nodes[0].registrations[0];
    let strange = register(&own, b"network", b"node-1", &stranger);
    unregistered(vec![strange.clone()], Error::Mismatch(Field::Operator));
    let forged = crate::common::signed(
        &patched(&strange.encode()[..strange.encode().len() - 65], 16, &WORLD.operators[0].public().to_bytes()),
        Purpose::BlinderRegistration,
        &stranger,
    );
    let forged = BlinderRegistration::decode(&forged).unwrap();
    unregistered(vec![forged.clone()], Error::BadSignature);
    unregistered(vec![good.clone(), forged], Error::BadSignature);
    unregistered(vec![good.clone(), strange], Error::Mismatch(Field::Operator));
    unregistered(vec![], Error::InvalidLength);
    let operator = &WORLD.operators[0];
    let of = |context, name| register(&own, context, name, operator);
    unregistered(vec![of(b"network", b"node-2")], Error::Mismatch(Field::Node));
    unregistered(vec![of(b"netwerk", b"node-1")], Error::Mismatch(Field::Network));
    // The chain has no gap, and goes forward.
    let chain = replaced(&WORLD.network, 2).nodes[0].registrations.clone();
    let [one, two, three] = &chain[..] else { panic!("three registrations") };
    unregistered(vec![one.clone(), three.clone()], Error::BrokenSuccession(3));
    unregistered(vec![one.clone(), three.clone(), two.clone()], Error::BrokenSuccession(3));
    unregistered(vec![one.clone(), two.clone(), one.clone()], Error::RetiredRegistration(1));
    // The network says so wherever it is asked for the statement.
    let mut network = WORLD.network.clone();
    network.nodes[0].registrations = vec![one.clone(), three.clone()];
    assert_eq!(network.statement(&network.nodes[0]), Err(Error::BrokenSuccession(3)));
}

/// A Blinder whose point is something else's: only a holder of that secret can register it.
#[test]
fn a_blinder_that_is_the_recovery_key_leaves_its_node_unregistered() {
    let (rng, mut network) = (&mut rng(51), WORLD.network.clone());
    let own = Blinder::generate(rng);
    network.nodes[1].registrations = vec![register(&own, b"network", b"node-2", &WORLD.operators[1])];
    let backups = |network: &Network| (0..4).map(|place| backup(network, &WORLD.keys, place)).collect::<Vec<_>>();
    assert_eq!(audit(&network, &backups(&network)).nodes, vec![Status::Covered; 4]);
    let recovery_key = RecoveryPublicKey::from_bytes(own.public().as_bytes()).unwrap();
    let circular = Network { recovery_key, ..network.clone() };
    assert_eq!(circular.statement(&circular.nodes[1]), Err(Error::CircularStatement));
    let unregistered = Status::Unregistered { error: Error::CircularStatement };
    let coverage = audit(&circular, &backups(&network));
    assert_eq!(coverage.nodes[1], unregistered);
    assert!(coverage.nodes.iter().enumerate().all(|(place, status)| place == 1 || *status != unregistered));
    // A former Blinder that was one is no reason to refuse its successor.
    let mut replaced = circular.clone();
    replaced.former = vec![FormerEpoch { epoch: EPOCH - 1, keys: network.keys.clone() }];
    let next = network.nodes[1].registrations[0].successor(&Blinder::generate(rng), rng).unwrap();
    replaced.nodes[1].registrations.push(next.sign(&WORLD.operators[1]).unwrap());
    assert_eq!(audit(&replaced, &backups(&replaced)).nodes, vec![Status::Covered; 4]);
}

//= spec/10-backup.md#10-6-coverage
//= type=test
//# An audit MUST list the nodes that have one Blinder between them.
#[test]
fn a_blinder_that_four_nodes_share_is_flagged() {
    let (one, other) = (Blinder::generate(&mut rng(52)), Blinder::generate(&mut rng(53)));
    let shared = |blinders: &[Option<&Blinder>; 4]| {
        let mut network = WORLD.network.clone();
        for (place, blinder) in blinders.iter().enumerate() {
            let Some(blinder) = blinder else { continue };
            network.nodes[place] = node(place as u64 + 1, &WORLD.operators[place], blinder);
        }
        let backups: Vec<Vec<u8>> = (0..4).map(|place| backup(&network, &WORLD.keys, place)).collect();
        let coverage = audit(&network, &backups);
        // They are told, and not refused.
        assert_eq!(coverage.nodes, vec![Status::Covered; 4]);
        coverage.shared_blinders
    };
    let (none, one, other) = (None, Some(&one), Some(&other));
    assert_eq!(shared(&[none; 4]), Vec::<Vec<usize>>::new());
    assert_eq!(shared(&[one; 4]), [[0, 1, 2, 3]]);
    assert_eq!(shared(&[none, one, none, one]), [[1, 3]]);
    assert_eq!(shared(&[other, one, one, other]), [[0, 3], [1, 2]]);
    assert_eq!(shared(&[one, other, none, none]), Vec::<Vec<usize>>::new());
    // A Blinder that was replaced is shared no more; nor is one that is only claimed.
    let mut network = WORLD.network.clone();
    for place in 0..4 {
        network.nodes[place] = node(place as u64 + 1, &WORLD.operators[place], one.unwrap());
    }
    let first = replaced(&network, 1);
    assert_eq!(audit(&first, &[]).shared_blinders, [[1, 2, 3]]);
    network.nodes[2].operator = WORLD.operators[3].public();
    assert_eq!(audit(&network, &[]).shared_blinders, [[0, 1, 3]]);
}
