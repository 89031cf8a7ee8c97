//! Share identifiers: small numbers, numbers of 256 bits, hashes of names, all together; and those that are refused, each
//! wherever an identifier stands.

use crate::common::recovery::register;
use crate::common::{
    EPOCH, KEY_CURVE, PARAMETERS, Party, Sharing, cases, header, id, index, patched, plan, resealed, rng, same_shares,
};
use num_bigint::BigUint;
use proptest::prelude::*;
use relight::curve::{CurveId, SecretScalar};
use relight::sharing::{Identifier, Threshold, VssCommitment, combine_points, combine_secrets};
use relight::{
    Backup, Blinder, Entry, Error, KeyShare, RecoveryPublicKey, Statement,
    coverage::{Network, Node},
    dealing::{Ceremony, Keys, Outcome, Plan, Reshared},
    decryption::{DecryptionShare, RecoveryParty},
    identity::IdentityKey,
    recovery::{Roster, RosterMember},
};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

const CURVES: [CurveId; 2] = [KEY_CURVE, CurveId::Bls12381G1];

/// One of each kind that networks use.
fn identifier() -> impl Strategy<Value = Identifier> {
    let from_bytes = |bytes: &[u8]| Identifier::from_bytes(bytes).unwrap();
    let number = |mut bytes: [u8; 32]| {
        bytes[0] |= 1;
        bytes
    };
    prop_oneof![
        (1u64..=10).prop_map(id),
        any::<[u8; 32]>().prop_map(move |bytes| from_bytes(&number(bytes))),
        "[a-z]{1,12}".prop_map(move |name| from_bytes(&number(Sha256::digest(name).into()))),
        prop::collection::vec(1u8.., 1..=64).prop_map(move |bytes| from_bytes(&bytes)),
    ]
}

/// Some in any order.
fn identifiers(most: usize) -> impl Strategy<Value = Vec<Identifier>> {
    let set = prop::collection::btree_set(identifier(), 3..=most);
    set.prop_map(|set| set.into_iter().collect::<Vec<_>>()).prop_shuffle()
}

fn backup_of(party: &RecoveryParty, blinder: &Blinder, shares: &[&KeyShare]) -> (Statement, Backup) {
    let entries = shares.iter().map(|share| share.entry().clone()).collect();
    let expected = Statement::backup(header(), party.public_key().clone(), blinder.public(), entries).unwrap();
    let backup = Backup::create(&expected, shares.iter().copied(), &mut rng(1)).unwrap();
    (Statement::decode(&expected.encode()).unwrap(), Backup::decode(&backup.encode()).unwrap())
}

/// Everybody's outcome of a ceremony in which these deal.
fn play(plan: Plan, parties: &[Party], dealers: &[(&Party, Vec<&KeyShare>)]) -> Vec<Outcome> {
    let ceremony = Ceremony::new(plan).unwrap();
    assert_eq!(Ceremony::decode(&ceremony.encode()).as_ref(), Ok(&ceremony));
    let dealings = dealers
        .iter()
        .map(|(dealer, shares)| ceremony.deal(dealer.index, &dealer.identity, shares, &mut rng(2)).unwrap().encode());
    crate::common::closing::finish(&ceremony, &dealings.collect::<Vec<_>>(), parties)
}

fn key_of(outcomes: &[Outcome], key: usize) -> relight::curve::CurvePoint {
    KeyShare::combine(outcomes.iter().map(|outcome| &outcome.shares[key])).unwrap().public()
}

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn shares_at_any_identifiers_combine_and_interpolate(
        identifiers in identifiers(8), curve in prop::sample::select(CurveId::ALL), seed: u64,
    ) {
        let threshold = 1 + (seed % identifiers.len() as u64) as u16;
        let commitment = Sharing::at(curve, threshold, &identifiers, &mut rng(seed));
        let enough = &commitment.shares[..usize::from(threshold)];
        let secrets: Vec<_> = enough.iter().map(|share| (share.identifier(), share.secret())).collect();
        let points: Vec<_> = enough.iter().map(|share| (share.identifier(), share.public_share())).collect();
        let root = commitment.public.public_key();
        prop_assert_eq!(&combine_secrets(&secrets).unwrap().public(), root);
        prop_assert_eq!(&combine_points(&points).unwrap(), root);
        prop_assert_eq!(&KeyShare::combine(&commitment.shares).unwrap().public(), root);
        let published: Vec<_> =
            commitment.shares.iter().map(|share| (share.identifier(), share.public_share().clone())).collect();
        let threshold = Threshold::new(threshold, u16::MAX).unwrap();
        let found = VssCommitment::from_shares(threshold, &published);
        prop_assert_eq!(found.as_ref(), Ok(&commitment.public));
        let decoded: Vec<_> = commitment.shares.iter().map(|share| KeyShare::decode(&share.encode()).unwrap()).collect();
        prop_assert!(same_shares(&decoded, &commitment.shares.iter().collect::<Vec<_>>()));
        let at: Vec<Identifier> = decoded.iter().map(KeyShare::identifier).collect();
        prop_assert_eq!(at, identifiers);
    }

    #[test]
    fn identifiers_are_ordered_as_integers(one in identifier(), other in identifier()) {
        let integers = [one, other].map(|identifier| BigUint::from_bytes_be(identifier.as_bytes()));
        prop_assert_eq!(one.cmp(&other), integers[0].cmp(&integers[1]));
        prop_assert_eq!(Identifier::from_bytes(&integers[0].to_bytes_be()), Ok(one));
    }
}

proptest! {
    #![proptest_config(cases(3))]

    /// From a generation to a re-sharing at other identifiers, with a backup in between.
    #[test]
    fn ceremonies_and_backups_go_with_any_identifiers(old in identifiers(5), new in identifiers(5), seed: u64) {
        let rng = &mut rng(seed);
        let (parties, successors) = (Party::group_at(&old, rng), Party::group_at(&new, rng));
        let generate = plan(2, Keys::Generate(CURVES.to_vec()), &parties, &parties);
        let dealers: Vec<_> = parties.iter().map(|party| (party, vec![])).collect();
        let generated = play(Plan { epoch: EPOCH, ..generate }, &parties, &dealers);
        let keys = generated[0].public.keys.clone();
        for (key, commitment) in keys.iter().enumerate() {
            prop_assert_eq!(&key_of(&generated, key), commitment.public_key());
        }

        // The second key is the recovery key too: a backup of the first opens with shares at these identifiers.
        let members: Vec<_> = parties.iter().map(|party| (party.index, party.identifier)).collect();
        let party = RecoveryParty::new(keys[1].clone(), &members).unwrap();
        let blinder = Blinder::generate(rng);
        let own = &generated[2].shares[0];
        let (expected, backup) = backup_of(&party, &blinder, &[own]);
        let digest = expected.digest();
        let share = |place: usize| DecryptionShare::new(members[place].0, &generated[place].shares[1], &digest).unwrap();
        let shares = [share(2), share(0)];
        prop_assert_eq!(party.verify_batch(&digest, &shares), Ok(()));
        let unlock = party.combine(&digest, &shares).unwrap();
        let opened = backup.verify(&expected).unwrap().open(&unlock, &blinder).unwrap();
        prop_assert!(same_shares(&opened, &[own]));

        let slots = keys.iter().cloned().map(Reshared::from).collect();
        let dealers = [1, 2].map(|place| (&parties[place], generated[place].shares.iter().collect()));
        let renewed = play(plan(3, slots, &parties, &successors), &successors, &dealers);
        for (key, commitment) in keys.iter().enumerate() {
            prop_assert_eq!(&key_of(&renewed, key), commitment.public_key());
        }
    }

    #[test]
    fn audits_go_with_any_identifiers(one in identifiers(5), seed: u64) {
        let (rng, mut other) = (&mut rng(seed), one.clone());
        // Nodes have other identifiers on the other key.
        other.rotate_left(1);
        let keys = [Sharing::at(CURVES[0], 2, &one, rng), Sharing::at(CURVES[1], 2, &other, rng)];
        let blinders: Vec<_> = one.iter().map(|_| Blinder::generate(rng)).collect();
        let network = network(&keys.each_ref().map(|key| key.public.clone()), &[one, other], &blinders);
        let backups = network.nodes.iter().enumerate().map(|(place, node)| {
            let own = keys.each_ref().map(|key| &key.shares[place]);
            Backup::create(&network.statement(node).unwrap(), own, rng).unwrap().encode()
        });
        let backups: Vec<_> = backups.collect();
        let coverage = network.audit(&backups).unwrap();
        prop_assert!(coverage.survives(network.nodes.len() - 2) && !coverage.survives(network.nodes.len() - 1));
    }
}

/// A network with a node for each place of the lists: the identifiers on each key.
fn network(keys: &[VssCommitment], identifiers: &[Vec<Identifier>], blinders: &[Blinder]) -> Network {
    let nodes = blinders.iter().enumerate().map(|(place, blinder)| {
        let (name, operator) = ([place as u8], IdentityKey::generate(&mut rng(18)));
        let registrations = vec![register(blinder, &header().network, &name, &operator)];
        let node = Node::new(&name, operator.public(), registrations, identifiers[0][place], keys.len() as u16);
        let shares = node.shares.iter().zip(identifiers);
        let shares = shares
            .map(|(holding, of_key)| relight::coverage::Holding { identifier: of_key[place], ..*holding })
            .collect();
        Node { shares, ..node }
    });
    let recovery_key = SecretScalar::random(CurveId::Bls12381G1, &mut rng(3)).public();
    Network {
        parameters: PARAMETERS,
        name: header().network,
        epoch: EPOCH,
        recovery_key: RecoveryPublicKey::try_from(recovery_key).unwrap(),
        keys: keys.to_vec(),
        nodes: nodes.collect(),
        former: vec![],
    }
}

/// Uses three identifiers together for keys on these curves, and says what comes of it.
type Place = (&'static str, fn(&[Identifier], &[CurveId]) -> Result<(), Error>);

const PLACES: [Place; 7] = [
    ("Lagrange weights", |ids, curves| {
        let point = SecretScalar::random(*curves.last().unwrap(), &mut rng(4)).public();
        combine_points(&ids.iter().map(|id| (*id, &point)).collect::<Vec<_>>()).map(drop)
    }),
    ("shares from elsewhere", |ids, curves| {
        let point = SecretScalar::random(*curves.last().unwrap(), &mut rng(4)).public();
        let shares: Vec<_> = ids.iter().map(|id| (*id, point.clone())).collect();
        VssCommitment::from_shares(Threshold::new(1, 1).unwrap(), &shares).map(drop)
    }),
    ("dealers", |ids, curves| {
        let (dealers, recipients) = (Party::group_at(ids, &mut rng(5)), Party::group(1..=3, &mut rng(6)));
        let keys = curves.iter().copied().collect();
        Ceremony::new(plan(2, keys, &dealers, &recipients)).map(drop)
    }),
    ("recipients", |ids, curves| {
        let (dealers, recipients) = (Party::group(1..=3, &mut rng(5)), Party::group_at(ids, &mut rng(6)));
        let keys = curves.iter().copied().collect();
        Ceremony::new(plan(2, keys, &dealers, &recipients)).map(drop)
    }),
    ("a network", |ids, curves| {
        let keys: Vec<_> = curves.iter().map(|curve| Sharing::new(*curve, 2, 3, &mut rng(7)).public).collect();
        let blinders: Vec<_> = ids.iter().map(|_| Blinder::generate(&mut rng(8))).collect();
        network(&keys, &vec![ids.to_vec(); keys.len()], &blinders).audit::<Vec<u8>>(&[]).map(drop)
    }),
    ("a recovery party", |ids, _| {
        let commitment = Sharing::new(CurveId::Bls12381G1, 2, 3, &mut rng(9)).public;
        let members: Vec<_> = (1..).zip(ids).map(|(number, id)| (index(number), *id)).collect();
        RecoveryParty::new(commitment, &members).map(drop)
    }),
    ("a roster", |ids, _| {
        let commitment = Sharing::new(CurveId::Bls12381G1, 2, 3, &mut rng(9)).public;
        Roster::new(b"party", commitment, roster_members(ids)).map(drop)
    }),
];

fn roster_members(ids: &[Identifier]) -> Vec<RosterMember> {
    let members = Party::group_at(ids, &mut rng(10)).into_iter().map(|party| RosterMember {
        registration: party.register(b"party", &mut rng(11)),
        identifier: party.identifier,
    });
    members.collect()
}

fn big(curve: CurveId) -> BigUint {
    BigUint::from_bytes_be(&crate::common::order(curve))
}

fn number(value: &BigUint) -> Identifier {
    Identifier::from_bytes(&value.to_bytes_be()).unwrap()
}

/// Multiples of an order, up to the longest.
fn multiples(curve: CurveId) -> [BigUint; 4] {
    let order = big(curve);
    let longest = (BigUint::from(1u8) << 512) / &order * &order;
    [order.clone(), &order * 2u8, &order * &order, longest]
}

/// The curves of one key and of two: what is refused on one curve is good on another, which comes first or last.
const SETS: [&[CurveId]; 3] = [
    &[CurveId::Bls12381G1],
    &[CurveId::Secp256k1, CurveId::Bls12381G1],
    &[CurveId::P256, CurveId::Ed25519, CurveId::Bls12381G1],
];

//= spec/4-sharing.md#4-1-identifiers-and-thresholds
//= type=test
//# A share identifier that is zero modulo q_C MUST fail with ZeroIdentifier.
#[test]
fn identifiers_that_are_zero_modulo_one_order_are_refused() {
    for (name, place) in PLACES {
        for curves in SETS {
            for zero in multiples(CurveId::Bls12381G1).iter().map(number) {
                for at in 0..3 {
                    let mut ids = crate::common::ids(3..=5);
                    assert_eq!(place(&ids, curves), Ok(()), "{name}");
                    ids[at] = zero;
                    assert_eq!(place(&ids, curves), Err(Error::ZeroIdentifier(zero)), "{name}");
                }
            }
        }
    }
    // On the other curve alone it is an identifier like any other.
    let other = [number(&big(CurveId::Bls12381G1)), id(4), id(5)];
    for (name, place) in &PLACES[..5] {
        assert_eq!(place(&other, &[CurveId::Secp256k1]), Ok(()), "{name}");
    }
}

//= spec/4-sharing.md#4-1-identifiers-and-thresholds
//= type=test
//# Two share identifiers of one sharing that are equal modulo q_C MUST fail with DuplicateIdentifier.
#[test]
fn identifiers_equal_modulo_one_order_are_refused() {
    for (name, place) in PLACES {
        for curves in SETS {
            for multiple in multiples(CurveId::Bls12381G1).iter().take(3) {
                let far = number(&(multiple + 3u8));
                // The later of the two is named.
                for (ids, named) in
                    [([id(3), id(4), far], far), ([far, id(4), id(3)], id(3)), ([id(3), id(4), id(3)], id(3))]
                {
                    assert_eq!(place(&ids, curves), Err(Error::DuplicateIdentifier(named)), "{name}");
                }
                assert_eq!(place(&[number(&(multiple + 6u8)), id(4), id(5)], curves), Ok(()), "{name}");
            }
        }
    }
    let far = number(&(big(CurveId::Bls12381G1) + 3u8));
    for (name, place) in &PLACES[..5] {
        assert_eq!(place(&[id(3), id(4), far], &[CurveId::Secp256k1]), Ok(()), "{name}");
    }
}

/// Of several faults, the first in order is named: by curve, zeros before equals, and those by their place.
#[test]
fn the_first_fault_among_identifiers_is_named() {
    let (_, dealers) = PLACES[2];
    let curves = [CurveId::Secp256k1, CurveId::Bls12381G1];
    let [secp, bls] = curves.map(|curve| number(&big(curve)));
    assert_eq!(dealers(&[bls, secp, id(3)], &curves), Err(Error::ZeroIdentifier(secp)));
    assert_eq!(dealers(&[id(3), id(3), bls], &curves), Err(Error::DuplicateIdentifier(id(3))));
    assert_eq!(dealers(&[id(3), id(3), secp], &curves), Err(Error::ZeroIdentifier(secp)));
    assert_eq!(dealers(&[id(9), id(3), id(9), id(3)], &curves), Err(Error::DuplicateIdentifier(id(9))));
    assert_eq!(dealers(&[id(9), id(3), id(3), id(9)], &curves), Err(Error::DuplicateIdentifier(id(3))));
}

#[test]
fn shares_at_zero_or_at_one_place_twice_are_refused_in_entries_and_key_shares() {
    for curve in CURVES {
        let far = number(&(big(curve) + 3u8));
        let commitment = Sharing::at(curve, 2, &[id(3), id(4), far], &mut rng(12));
        let [near, other, equal] = commitment.shares.as_slice() else { panic!("three shares") };
        // The same share by two names.
        assert_eq!(near.secret().expose_bytes(), equal.secret().expose_bytes());
        assert_eq!(KeyShare::combine([near, equal]).unwrap_err(), Error::DuplicateIdentifier(far));
        assert_eq!(KeyShare::combine([equal, near]).unwrap_err(), Error::DuplicateIdentifier(id(3)));
        assert!(KeyShare::combine([equal, other]).is_ok());
        let statement = |entries: Vec<Entry>| {
            let [recovery_key, blinder] = [13, 14].map(|seed| Blinder::generate(&mut rng(seed)).public());
            let recovery_key = RecoveryPublicKey::from_bytes(recovery_key.as_bytes()).unwrap();
            Statement::backup(header(), recovery_key, blinder, entries)
        };
        let entries = [near, other, equal].map(|share| share.entry().clone());
        assert!(statement(entries[..2].to_vec()).is_ok());
        assert_eq!(statement(entries.to_vec()), Err(Error::DuplicateEntry { compartment: 0, entry: 2 }));
        // Under another root key it is another share.
        let mut foreign = entries.to_vec();
        foreign[2].public_key = SecretScalar::random(curve, &mut rng(15)).public();
        assert!(statement(foreign).is_ok());
        for zero in multiples(curve).iter().map(number) {
            let mut zeroed = entries[..2].to_vec();
            zeroed[1].identifier = zero;
            assert_eq!(statement(zeroed), Err(Error::ZeroIdentifier(zero)));
            let secret = SecretScalar::from_bytes(curve, near.secret().expose_bytes()).unwrap();
            let made = KeyShare::new(EPOCH, &commitment.public, zero, secret).map(drop);
            assert_eq!(made, Err(Error::ZeroIdentifier(zero)));
            assert_eq!(commitment.public.public_share(&zero), Err(Error::ZeroIdentifier(zero)));
        }
    }
}

#[test]
fn small_identifiers_are_shown_in_decimal_and_others_in_hexadecimal() {
    let shown = |identifier: Identifier| format!("{identifier} {identifier:?}");
    assert_eq!(shown(id(300)), "300 300");
    assert_eq!(shown(id(u64::MAX)), format!("{0} {0}", u64::MAX));
    assert_eq!(shown(Identifier::from_bytes(&[0x0a; 9]).unwrap()), format!("0x{0} 0x{0}", "0a".repeat(9)));
}

/// As long as can be, so that its length and its first byte can be changed in place.
const LONGEST: [u8; 64] = [0xa7; 64];

/// An encoding that has the longest identifier, and what reads it.
type Encoded = (&'static str, fn(&[u8]) -> Result<(), Error>, Vec<u8>);

static ENCODED: LazyLock<Vec<Encoded>> = LazyLock::new(|| {
    let (rng, longest) = (&mut rng(16), Identifier::from_bytes(&LONGEST).unwrap());
    let commitment = Sharing::at(CurveId::Bls12381G1, 2, &[id(3), longest], rng);
    let (far, near) = (Party::group_at(&[longest, id(3)], rng), Party::group(1..=2, rng));
    let party = RecoveryParty::new(commitment.public.clone(), &crate::common::members(1..=2)).unwrap();
    let root = Sharing::at(CurveId::Secp256k1, 2, &[id(3), longest], rng);
    let (expected, backup) = backup_of(&party, &Blinder::generate(rng), &[&root.shares[1]]);
    let ceremony = |keys, dealers: &[Party], recipients: &[Party]| {
        Ceremony::new(plan(2, keys, dealers, recipients)).unwrap().encode()
    };
    let new = || Keys::Generate(vec![CurveId::Secp256k1]);
    let at = Reshared { commitment: commitment.public.clone(), at: Some(longest) };
    let at = Keys::Reshare(vec![at, Reshared::from(commitment.public.clone())]);
    let roster = Roster::new(b"party", commitment.public.clone(), roster_members(&[longest, id(3)])).unwrap();
    vec![
        ("key share", |bytes| KeyShare::decode(&resealed(bytes)).map(drop), commitment.shares[1].encode().to_vec()),
        ("statement", |bytes| Statement::decode(bytes).map(drop), expected.encode()),
        ("backup", |bytes| Backup::decode(bytes).map(drop), backup.encode()),
        ("dealer", |bytes| Ceremony::decode(bytes).map(drop), ceremony(new(), &far, &near)),
        ("recipient", |bytes| Ceremony::decode(bytes).map(drop), ceremony(new(), &near, &far)),
        ("point", |bytes| Ceremony::decode(bytes).map(drop), ceremony(at, &near, &near)),
        ("roster", |bytes| Roster::decode(b"party", bytes).map(drop), roster.encode()),
    ]
});

//= spec/4-sharing.md#4-1-identifiers-and-thresholds
//= type=test
//# A decoder MUST refuse, with InvalidIdentifier, a share identifier that is empty, that has more than 64 bytes, or
//# that begins with a zero byte.
#[test]
fn identifiers_have_one_encoding() {
    for (name, read, bytes) in ENCODED.iter() {
        let start = bytes.windows(64).position(|window| window == LONGEST).unwrap();
        assert_eq!((read(bytes), bytes[start - 1]), (Ok(()), 64), "{name}");
        let refused = |bytes: Vec<u8>| assert_eq!(read(&bytes), Err(Error::InvalidIdentifier), "{name}");
        refused(patched(bytes, start, &[0]));
        refused(patched(bytes, start - 1, &[65]));
        if *name != "point" {
            // No point is the key itself.
            refused(patched(bytes, start - 1, &[0]));
        }
    }
    for bad in [&[][..], &[0], &[0, 1], &[0; 64], &[1; 65], &[255; 300]] {
        assert_eq!(Identifier::from_bytes(bad), Err(Error::InvalidIdentifier));
    }
    assert_eq!(Identifier::new(0), Err(Error::InvalidIdentifier));
    for good in [1, 255, 256, 65535, 65536, u64::MAX] {
        let bytes = BigUint::from(good).to_bytes_be();
        assert_eq!((Identifier::new(good), id(good).as_bytes()), (Identifier::from_bytes(&bytes), &bytes[..]));
    }
    let all = (1..=u16::MAX).all(|number| Identifier::from(index(number)) == id(number.into()));
    assert!(all);
}

//= spec/10-backup.md#10-5-key-share
//= type=test
//# A decoder MUST refuse the threshold zero with InvalidThreshold, and an identifier that is zero modulo q_C with
//# ZeroIdentifier.
#[test]
fn a_key_share_of_no_threshold_or_at_zero_is_refused() {
    for curve in CURVES {
        let order = crate::common::order(curve);
        let near = Identifier::from_bytes(&crate::common::flipped(&order, 31, 0x10)).unwrap();
        let share = Sharing::at(curve, 1, &[near], &mut rng(17)).shares.remove(0).encode();
        let start = 2 + 8 + 2 + curve.point_len() + 1;
        assert_eq!(KeyShare::decode(&share).map(|share| share.identifier()), Ok(near));
        let zero = Identifier::from_bytes(&order).unwrap();
        assert_eq!(
            KeyShare::decode(&resealed(&patched(&share, start, &order))).unwrap_err(),
            Error::ZeroIdentifier(zero)
        );
        let threshold = resealed(&patched(&share, start + 32, &[0, 0]));
        assert_eq!(KeyShare::decode(&threshold).unwrap_err(), Error::InvalidThreshold(0));
    }
}
