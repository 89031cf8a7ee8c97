//! Backups: what opens them, what does not, and mix-ups, each of which is named.

use crate::common::{
    EPOCH, NODE, Sharing, World, g1_by_x, header, id, infinity, members, patched, resealed, rng, same_shares, spliced,
};
use rand::Rng;
use relight::curve::{CurveId, CurvePoint};
use relight::sharing::{Identifier, Threshold};
use relight::{
    Backup, Blinder, BlinderPublicKey, Compartment, Entry, Error, Field, Header, KeyShare, Lock, MemberKey,
    MemberPublicKey, ParameterSet, RecoveryPublicKey, Statement, decryption::RecoveryParty,
};
use std::sync::LazyLock;

static WORLD: LazyLock<World> = LazyLock::new(|| World::new(1));

/// The parts of the expected statement.
fn parts() -> (Header, RecoveryPublicKey, BlinderPublicKey, Vec<Entry>) {
    let entries = WORLD.expected.compartments()[0].entries.clone();
    (header(), WORLD.party.public_key().clone(), WORLD.blinder.public(), entries)
}

#[test]
fn a_backup_opens_with_the_party_and_the_blinder() {
    let restored = WORLD.verified().open(&WORLD.unlock(), &WORLD.blinder).unwrap();
    assert!(same_shares(&restored, &WORLD.shares()));
    assert!(restored.iter().all(|share| share.epoch() == EPOCH && share.identifier() == id(NODE)));
}

#[test]
fn every_parameter_set_works() {
    for parameters in ParameterSet::ALL {
        let (header, key, blinder, entries) = parts();
        let expected = Statement::backup(Header { parameters: *parameters, ..header }, key, blinder, entries).unwrap();
        let bytes = Backup::create(&expected, WORLD.shares(), &mut rng(2)).unwrap().encode();
        let verified = Backup::decode(&bytes).unwrap().verify(&expected).unwrap();
        let shares = WORLD.decryption_shares_for(&expected.digest(), [4, 1, 2]);
        let unlock = WORLD.party.combine(&expected.digest(), &shares).unwrap();
        assert!(same_shares(&verified.open(&unlock, &WORLD.blinder).unwrap(), &WORLD.shares()));
    }
}

/// Packs of every size, on two curves that take turns: what opens has the order of the entries.
#[test]
fn packed_backups_of_any_number_of_keys_open() {
    for (keys, packs) in [(1, 1), (2, 2), (3, 2), (19, 2), (20, 2), (21, 3), (22, 4)] {
        let rng = &mut rng(keys);
        let curves = [CurveId::Secp256k1, CurveId::Bls12381G1].into_iter().cycle().take(keys as usize);
        let roots: Vec<Sharing> = curves.map(|curve| Sharing::new(curve, 1, 1, rng)).collect();
        let own: Vec<&KeyShare> = roots.iter().map(|root| &root.shares[0]).collect();
        let (header, key, blinder, _) = parts();
        let header = Header { parameters: ParameterSet::Packed, ..header };
        let entries = own.iter().map(|share| share.entry().clone()).collect();
        let expected = Statement::backup(header, key, blinder, entries).unwrap();
        let backup = Backup::create(&expected, own.iter().copied(), rng).unwrap();
        assert_eq!(proof_bytes(&backup).len(), 9820 + 2080 * packs, "{keys} keys");
        let verified = Backup::decode(&backup.encode()).unwrap().verify(&expected).unwrap();
        let shares = WORLD.decryption_shares_for(&expected.digest(), [4, 1, 2]);
        let unlock = WORLD.party.combine(&expected.digest(), &shares).unwrap();
        assert!(same_shares(&verified.open(&unlock, &WORLD.blinder).unwrap(), &own), "{keys} keys");
    }
}

/// A statement that differs from the expected one in one respect, and what that is called.
type MixUp = (fn() -> Statement, Field);

fn with_header(change: fn(&mut Header)) -> Statement {
    let (mut header, key, blinder, entries) = parts();
    change(&mut header);
    Statement::backup(header, key, blinder, entries).unwrap()
}

fn with_entries(change: fn(&mut Vec<Entry>)) -> Statement {
    let (header, key, blinder, mut entries) = parts();
    change(&mut entries);
    Statement::backup(header, key, blinder, entries).unwrap()
}

fn with_lock(change: fn(&mut RecoveryPublicKey, &mut BlinderPublicKey)) -> Statement {
    let (header, mut key, mut blinder, entries) = parts();
    change(&mut key, &mut blinder);
    Statement::backup(header, key, blinder, entries).unwrap()
}

/// A point of the curve that has nothing to do with anything.
fn stranger(curve: CurveId) -> CurvePoint {
    Sharing::new(curve, 1, 1, &mut rng(99)).public.public_key().clone()
}

const MIX_UPS: [MixUp; 14] = [
    (|| with_header(|header| header.parameters = ParameterSet::Compact), Field::ParameterSet),
    (|| with_header(|header| header.network.push(b'2')), Field::Network),
    (|| with_header(|header| header.epoch += 1), Field::Epoch),
    (|| with_header(|header| header.node = b"node-3".to_vec()), Field::Node),
    (|| with_lock(|key, _| *key = stranger(CurveId::Bls12381G1).try_into().unwrap()), Field::RecoveryKey),
    (|| with_lock(|_, blinder| *blinder = Blinder::generate(&mut rng(5)).public()), Field::Blinder),
    (|| with_entries(|entries| drop(entries.pop())), Field::EntryCount),
    (|| with_entries(|entries| entries.swap(0, 1)), Field::Curve(0)),
    (|| with_entries(|entries| entries.swap(0, 2)), Field::PublicKey(0)),
    (|| with_entries(|entries| entries[2].public_key = stranger(CurveId::Secp256k1)), Field::PublicKey(2)),
    (|| with_entries(|entries| entries[1].identifier = id(3)), Field::Identifier(1)),
    (|| with_entries(|entries| entries[2].threshold = Threshold::new(2, 4).unwrap()), Field::Threshold(2)),
    (|| with_entries(|entries| entries[0].public_share = stranger(CurveId::Secp256k1)), Field::PublicShare(0)),
    (|| with_entries(|entries| entries[1].public_share = WORLD.roots[1].entry(3).public_share), Field::PublicShare(1)),
];

#[test]
fn every_mix_up_is_named() {
    for (statement, field) in MIX_UPS {
        // The caller expects something else than the backup is.
        assert_eq!(WORLD.backup.clone().verify(&statement()), Err(Error::Mismatch(field)));
        // And the proof of a backup is of no use under another statement.
        let claimed = Statement::encode(&statement());
        let relabelled = [&claimed[..], &proof_bytes(&WORLD.backup)].concat();
        if let Ok(relabelled) = Backup::decode(&relabelled) {
            assert_eq!(relabelled.clone().verify(&WORLD.expected), Err(Error::Mismatch(field)));
            let rejected = relabelled.verify(&statement()).unwrap_err();
            // The scalars of one curve may be none of the other.
            let unreduced = matches!(field, Field::Curve(_)) && rejected == Error::InvalidScalar;
            assert!(unreduced || rejected == Error::ProofRejected, "{field:?}: {rejected}");
        }
    }
}

fn proof_bytes(backup: &Backup) -> Vec<u8> {
    backup.encode().split_off(backup.claimed_statement().unwrap().encode().len())
}

fn member_lock() -> Lock {
    Lock::Member { member_key: MemberKey::generate(&mut rng(6)).public() }
}

#[test]
fn the_kinds_of_mix_up_that_backups_cannot_have_are_named_too() {
    let (header, recovery_key, blinder, entries) = parts();
    let lock = Lock::Recovery { recovery_key, blinder };
    let compartments = |locks: &[&Lock]| {
        let compartments = locks.iter().map(|lock| Compartment { lock: (*lock).clone(), entries: entries.clone() });
        Statement::new(header.clone(), compartments.collect()).unwrap()
    };
    let (one, other) = (member_lock(), Lock::Member { member_key: MemberKey::generate(&mut rng(7)).public() });
    let cases = [(compartments(&[&one]), Field::Lock), (compartments(&[&lock, &lock]), Field::Compartments)];
    for (statement, field) in cases {
        assert_eq!(WORLD.expected.expect(&statement), Err(Error::Mismatch(field)));
        assert_eq!(statement.expect(&WORLD.expected), Err(Error::Mismatch(field)));
    }
    let mismatch = compartments(&[&one]).expect(&compartments(&[&other]));
    assert_eq!(mismatch, Err(Error::Mismatch(Field::MemberKey)));
    assert_eq!(WORLD.expected.expect(&WORLD.expected), Ok(()));
    // Of two differences the first is named, as they stand.
    let (header, recovery_key, _, mut entries) = parts();
    entries.pop();
    let both = Statement::backup(header, recovery_key, Blinder::generate(&mut rng(8)).public(), entries).unwrap();
    assert_eq!(WORLD.expected.expect(&both), Err(Error::Mismatch(Field::Blinder)));
}

#[test]
fn only_a_statement_with_one_recovery_lock_is_a_backup() {
    let (header, recovery_key, blinder, entries) = parts();
    let lock = Lock::Recovery { recovery_key, blinder };
    let compartment = |lock: &Lock| Compartment { lock: lock.clone(), entries: entries.clone() };
    let cases = [
        (vec![compartment(&member_lock())], Error::WrongLock(2)),
        (vec![compartment(&lock), compartment(&lock)], Error::InvalidLength),
        (vec![compartment(&lock), compartment(&member_lock())], Error::InvalidLength),
    ];
    for (compartments, error) in cases {
        let statement = Statement::new(header.clone(), compartments).unwrap();
        assert_eq!(Backup::create(&statement, WORLD.shares(), &mut rng(1)), Err(error.clone()));
        assert_eq!(WORLD.backup.clone().verify(&statement), Err(error.clone()));
        let bytes = [statement.encode(), proof_bytes(&WORLD.backup)].concat();
        assert_eq!(Backup::decode(&bytes), Err(error));
    }
}

#[test]
fn no_member_below_the_threshold_no_blinder_no_opening() {
    let verified = WORLD.verified();
    let digest = WORLD.expected.digest();
    for members in [vec![], vec![1], vec![2, 4], vec![3, 4]] {
        let have = members.len() as u16;
        let combined = WORLD.party.combine(&digest, &WORLD.decryption_shares(members));
        assert_eq!(combined.unwrap_err(), Error::NotEnoughShares { have, need: 3 });
    }
    // What two members could combine by themselves, for a party that needs no more, is no key to this backup.
    let smaller = Sharing::new(CurveId::Bls12381G1, 2, 2, &mut rng(8));
    let smaller = RecoveryParty::new(smaller.public, &members(1..=2)).unwrap();
    let combined = smaller.combine(&digest, &WORLD.decryption_shares([1, 2]));
    assert_eq!(combined.unwrap_err(), Error::BadDecryptionShares { members: vec![1, 2] });
    // The whole recovery party without the Blinder.
    let stranger = Blinder::generate(&mut rng(9));
    assert_eq!(verified.open(&WORLD.unlock(), &stranger).unwrap_err(), Error::WrongBlinder);
    assert_eq!(verified.check_blinder(&stranger), Err(Error::WrongBlinder));
    assert_eq!(verified.check_blinder(&WORLD.blinder), Ok(()));
}

#[test]
fn the_unlock_key_of_another_backup_opens_nothing() {
    let other = with_header(|header| header.epoch += 1);
    let shares = WORLD.decryption_shares_for(&other.digest(), 1..=3);
    let unlock = WORLD.party.combine(&other.digest(), &shares).unwrap();
    assert_eq!(WORLD.verified().open(&unlock, &WORLD.blinder).unwrap_err(), Error::WrongUnlockKey);
    // The Blinder is looked at first: an operator with the wrong one learns it in any case.
    let stranger = Blinder::generate(&mut rng(9));
    assert_eq!(WORLD.verified().open(&unlock, &stranger).unwrap_err(), Error::WrongBlinder);
}

#[test]
fn shares_that_are_not_the_statements_are_not_backed_up() {
    let create =
        |shares: &[&KeyShare]| Backup::create(&WORLD.expected, shares.iter().copied(), &mut rng(10)).unwrap_err();
    let shares = WORLD.shares();
    let other_node = &WORLD.roots[1].shares[2];
    let mismatch = |entry| Error::SecretMismatch { compartment: 0, entry };
    assert_eq!(create(&[shares[0], other_node, shares[2]]), mismatch(1));
    assert_eq!(create(&[shares[2], shares[1], shares[0]]), mismatch(0));
    assert_eq!(create(&shares[..2]), Error::InvalidLength);
    assert_eq!(create(&[]), Error::InvalidLength);
    // The right secret under another threshold: the statement would promise what is not so.
    let relabelled = KeyShare::decode(&resealed(&patched(&shares[1].encode(), 62, &[0, 2]))).unwrap();
    assert_eq!(create(&[shares[0], &relabelled, shares[2]]), mismatch(1));
    let old = KeyShare::decode(&resealed(&patched(&shares[1].encode(), 9, &[6]))).unwrap();
    assert_eq!(create(&[shares[0], &old, shares[2]]), Error::Mismatch(Field::Epoch));
}

/// Where things are in the encoded statement.
mod place {
    pub(super) const CONTEXT: usize = 2;
    pub(super) const NODE: usize = 18;
    pub(super) const COMPARTMENTS: usize = 25;
    pub(super) const LOCK: usize = 29;
    pub(super) const RECOVERY_KEY: usize = 30;
    pub(super) const BLINDER: usize = 78;
    pub(super) const ENTRIES: usize = 126;
    pub(super) const ENTRY_0: usize = 130;
    pub(super) const ENTRY_1: usize = 202;
    pub(super) const ENTRY_2: usize = 304;
    pub(super) const END: usize = 376;
}

/// One change to the encoding, at a place, and the error that it leads to.
fn bad_statements() -> Vec<(usize, Vec<u8>, Error)> {
    use place::*;
    let too_long = u32::MAX.to_be_bytes().to_vec();
    vec![
        (0, vec![0], Error::UnsupportedVersion(0)),
        (0, vec![2], Error::UnsupportedVersion(2)),
        (1, vec![0], Error::UnknownParameterSet(0)),
        (1, vec![6], Error::UnknownParameterSet(6)),
        (COMPARTMENTS, vec![0; 4], Error::InvalidLength),
        (COMPARTMENTS, too_long.clone(), Error::Truncated),
        (COMPARTMENTS + 3, vec![0x5a], Error::Truncated),
        (LOCK, vec![0], Error::UnknownLock(0)),
        (LOCK, vec![3], Error::UnknownLock(3)),
        (RECOVERY_KEY, vec![0], Error::InvalidPoint),
        (RECOVERY_KEY, infinity::<48>().to_vec(), Error::InvalidPoint),
        (RECOVERY_KEY, g1_by_x(1).to_vec(), Error::InvalidPoint),
        (BLINDER, g1_by_x(4).to_vec(), Error::InvalidPoint),
        (BLINDER, infinity::<48>().to_vec(), Error::InvalidPoint),
        (ENTRIES, vec![0; 4], Error::InvalidLength),
        (ENTRIES, too_long, Error::Truncated),
        (ENTRY_0, vec![0, 0], Error::UnknownCurve(0)),
        (ENTRY_1, vec![0xff, 0xff], Error::UnknownCurve(0xffff)),
        (ENTRY_0 + 2, vec![4], Error::InvalidPoint),
        (ENTRY_0 + 2, vec![5], Error::InvalidPoint),
        (ENTRY_1 + 2, infinity::<48>().to_vec(), Error::InvalidPoint),
        (ENTRY_1 + 54, g1_by_x(5).to_vec(), Error::InvalidPoint),
        (ENTRY_2 + 39, vec![0; 33], Error::InvalidPoint),
        (ENTRY_0 + 36, vec![0], Error::InvalidIdentifier),
        (ENTRY_2 + 37, vec![0, 0], Error::InvalidThreshold(0)),
    ]
}

#[test]
fn a_statement_with_one_bad_field_is_rejected() {
    let good = WORLD.expected.encode();
    assert_eq!(good.len(), place::END);
    for (offset, patch, error) in bad_statements() {
        let bad = patched(&good, offset, &patch);
        assert_eq!(Statement::decode(&bad).as_ref(), Err(&error), "{patch:02x?} at {offset}");
        let backup = Backup::decode(&[&bad[..], &proof_bytes(&WORLD.backup)].concat());
        if error == Error::InvalidPoint {
            // A backup is compared, and its points are decoded for whoever wants to look at them.
            let backup = backup.unwrap();
            assert_eq!(backup.claimed_statement(), Err(error));
            assert!(matches!(backup.verify(&WORLD.expected), Err(Error::Mismatch(_))));
        } else {
            assert!(backup.is_err(), "{patch:02x?} at {offset}");
        }
    }
}

#[test]
fn repeated_keys_and_long_names_are_rejected() {
    let good = WORLD.expected.encode();
    let root = good[place::ENTRY_0 + 2..place::ENTRY_0 + 35].to_vec();
    let repeated = patched(&good, place::ENTRY_2 + 2, &root);
    assert_eq!(Statement::decode(&repeated), Err(Error::DuplicateEntry { compartment: 0, entry: 2 }));

    let (header, key, blinder, mut entries) = parts();
    let long = vec![0; 256];
    for header in [Header { network: long.clone(), ..header.clone() }, Header { node: long.clone(), ..header.clone() }]
    {
        let statement = Statement::backup(header, key.clone(), blinder.clone(), entries.clone());
        assert_eq!(statement, Err(Error::InvalidLength));
    }
    assert_eq!(Statement::new(header.clone(), vec![]), Err(Error::InvalidLength));
    assert_eq!(Statement::backup(header.clone(), key.clone(), blinder.clone(), vec![]), Err(Error::InvalidLength));
    entries[1].public_key = stranger(CurveId::Secp256k1);
    let error = Error::WrongCurve { expected: CurveId::Secp256k1, found: CurveId::Bls12381G1 };
    assert_eq!(Statement::backup(header, key, blinder, entries), Err(error));
}

//= spec/5-statement.md#5-3-entries
//= type=test
//# A statement MUST be refused, with CircularStatement, if the recovery key and the Blinder of a recovery lock are
//# equal, or if one of them is a public key or a public share of the statement.
#[test]
fn a_circular_statement_is_refused() {
    let (header, recovery_key, blinder, entries) = parts();
    let (root, share) = (&entries[1].public_key, &entries[1].public_share);
    let points: Vec<&CurvePoint> = vec![root, share];
    let statement = |recovery_key: &[u8], blinder: &[u8]| {
        let (recovery_key, blinder) =
            (RecoveryPublicKey::from_bytes(recovery_key), BlinderPublicKey::from_bytes(blinder));
        Statement::backup(header.clone(), recovery_key.unwrap(), blinder.unwrap(), entries.clone())
    };
    let (y, b) = (recovery_key.as_bytes(), blinder.as_bytes());
    assert!(statement(y, b).is_ok());
    assert_eq!(statement(y, y), Err(Error::CircularStatement));
    let good = statement(y, b).unwrap().encode();
    for point in points.into_iter().map(CurvePoint::as_bytes) {
        assert_eq!(statement(point, b), Err(Error::CircularStatement));
        assert_eq!(statement(y, point), Err(Error::CircularStatement));
        // In an encoding as well: a backup is compared first, and refused as another one.
        let encoded = patched(&good, place::RECOVERY_KEY, point);
        assert_eq!(Statement::decode(&encoded), Err(Error::CircularStatement));
        let backup = Backup::decode(&[&encoded[..], &proof_bytes(&WORLD.backup)].concat()).unwrap();
        assert_eq!(backup.claimed_statement(), Err(Error::CircularStatement));
        let mismatch = Error::Mismatch(Field::RecoveryKey);
        assert_eq!(backup.verify(&WORLD.expected), Err(mismatch));
    }
    // An entry in any compartment counts; a member's lock is none that could be circular.
    let own = |lock, entries: &[Entry]| Compartment { lock, entries: entries.to_vec() };
    let lock = |blinder: &[u8]| Lock::Recovery {
        recovery_key: recovery_key.clone(),
        blinder: BlinderPublicKey::from_bytes(blinder).unwrap(),
    };
    let two = |first, second| Statement::new(header.clone(), vec![first, second]).map(drop);
    let members = own(member_lock(), &entries[1..2]);
    assert_eq!(two(own(lock(b), &entries[..1]), members.clone()), Ok(()));
    assert_eq!(two(own(lock(share.as_bytes()), &entries[..1]), members.clone()), Err(Error::CircularStatement));
    assert_eq!(two(members.clone(), own(lock(root.as_bytes()), &entries[..1])), Err(Error::CircularStatement));
    let member_key = MemberPublicKey::from_bytes(share.as_bytes()).unwrap();
    assert_eq!(two(own(lock(b), &entries[..1]), own(Lock::Member { member_key }, &entries[1..2])), Ok(()));
}

/// As many compartments as the format can number: the last one, and nothing after it, is still counted.
#[test]
fn the_greatest_number_of_compartments_is_counted() {
    let mut entries = parts().3;
    entries.truncate(1);
    let compartment = Compartment { lock: member_lock(), entries };
    let statement = Statement::new(header(), vec![compartment.clone(); 65535]).unwrap();
    let mut others = statement.compartments().to_vec();
    others[65534].entries[0].identifier = id(9);
    let other = Statement::new(header(), others).unwrap();
    let mismatch = Error::Mismatch(Field::Identifier(0));
    assert_eq!(statement.expect(&other), Err(mismatch));
    assert_eq!(Statement::new(header(), vec![compartment; 65536]), Err(Error::InvalidLength));
}

#[test]
fn names_of_any_length_are_read_as_they_were_written() {
    for (context, node) in [(0, 0), (255, 255), (1, 254)] {
        let (header, key, blinder, entries) = parts();
        let header = Header { network: vec![1; context], node: vec![2; node], ..header };
        let statement = Statement::backup(header, key, blinder, entries).unwrap();
        assert_eq!(Statement::decode(&statement.encode()), Ok(statement));
    }
    // A byte moved from one name to the other is another statement, not the same bytes.
    let good = WORLD.expected.encode();
    assert_eq!((good[place::CONTEXT], good[place::NODE]), (7, 6));
    let longer = spliced(&patched(&good, place::CONTEXT, &[8]), place::NODE..place::NODE + 1, &[6]);
    assert!(Statement::decode(&longer).is_err());
}

#[test]
fn every_truncation_and_every_longer_encoding_is_rejected() {
    let statement = WORLD.expected.encode();
    for length in 0..statement.len() {
        assert_eq!(Statement::decode(&statement[..length]), Err(Error::Truncated), "{length}");
    }
    assert_eq!(Statement::decode(&[&statement[..], &[0]].concat()), Err(Error::TrailingBytes));
    let backup = WORLD.backup.encode();
    assert_eq!(Backup::decode(&backup).as_ref(), Ok(&WORLD.backup));
    for length in (0..backup.len()).step_by(37).chain([backup.len() - 1]) {
        assert_eq!(Backup::decode(&backup[..length]), Err(Error::Truncated), "{length}");
    }
    assert_eq!(Backup::decode(&[&backup[..], &[0]].concat()), Err(Error::TrailingBytes));
}

fn refused(bytes: &[u8]) -> bool {
    Backup::decode(bytes).and_then(|backup| backup.verify(&WORLD.expected)).is_err()
}

#[test]
fn a_sample_of_flipped_bytes_is_refused() {
    let good = WORLD.backup.encode();
    assert!(!refused(&good));
    let mut rng = rng(11);
    let proof = (place::END..good.len()).step_by(good.len() / 100);
    for offset in (0..place::END).chain(proof) {
        let mask = 1 << (rng.next_u32() % 8);
        assert!(refused(&crate::common::flipped(&good, offset, mask)), "byte {offset}, bits {mask:02x}");
    }
}

/// Slow: `cargo test --release -- --ignored`.
#[test]
#[ignore = "checks a backup for each of its bytes"]
fn every_flipped_byte_is_refused() {
    let good = WORLD.backup.encode();
    for offset in 0..good.len() {
        for mask in [0x01, 0xff] {
            assert!(refused(&crate::common::flipped(&good, offset, mask)), "byte {offset}, bits {mask:02x}");
        }
    }
}

#[test]
fn key_shares_are_read_as_they_were_written_and_no_otherwise() {
    for share in WORLD.shares() {
        let good = share.encode();
        let point = share.curve().point_len();
        assert_eq!(KeyShare::decode(&good).unwrap().encode(), good);
        let cases = [
            (0, vec![3], Error::UnsupportedVersion(3)),
            (10, vec![3, 9], Error::UnknownCurve(0x309)),
            (12, vec![0xff], Error::InvalidPoint),
            (13 + point, vec![0], Error::InvalidIdentifier),
            (14 + point, vec![0, 0], Error::InvalidThreshold(0)),
            (16 + point, vec![0; 32], Error::InvalidScalar),
            (16 + point, vec![0xff; 32], Error::InvalidScalar),
        ];
        for (offset, patch, error) in cases {
            assert_eq!(KeyShare::decode(&resealed(&patched(&good, offset, &patch))).unwrap_err(), error);
        }
        // The body ends where the checksum begins.
        let body = good.len() - 8;
        let cut = |length: usize| KeyShare::decode(&resealed(&spliced(&good, length..body, &[]))).unwrap_err();
        (2..body).for_each(|length| assert_eq!(cut(length), Error::Truncated));
        assert_eq!(KeyShare::decode(&resealed(&spliced(&good, body..body, &[0]))).unwrap_err(), Error::TrailingBytes);
    }
}

#[test]
fn a_key_share_is_not_made_of_another_secret() {
    let root = &WORLD.roots[0];
    let other = Sharing::new(CurveId::Secp256k1, 1, 1, &mut rng(12));
    let share = |at: Identifier, secret| KeyShare::new(EPOCH, &root.public, at, secret).map(|_| ()).unwrap_err();
    let mismatch = Error::SecretMismatch { compartment: 0, entry: 0 };
    assert_eq!(share(id(1), other.root), mismatch);
    let secret = relight::curve::SecretScalar::from_bytes(CurveId::Secp256k1, root.shares[0].secret().expose_bytes());
    assert_eq!(share(id(2), secret.unwrap()), mismatch);
}
