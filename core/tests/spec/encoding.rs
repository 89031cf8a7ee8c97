//! What the specification says about decoders: canonical, strict, complete (chapters 2 to 5, 10, 11 and 15). Each
//! rejected encoding is one change away from an accepted one.

use crate::common::closing::{certify, confirm, receive_all};
use crate::common::recovery::{CONTEXT, NOW, Recovery, at, register};
use crate::common::{PARAMETERS, Party, Sharing, World, flipped, header, patched, plan, resealed, rng, spliced};
use proptest::prelude::*;
use relight::curve::{CurveId, SecretScalar};
use relight::sharing::{Identifier, PartyIndex, Threshold, VssCommitment};
use relight::{
    Backup, Blinder, Compartment, Error, KeyShare, Lock, MemberKey, ParameterSet, Statement,
    dealing::{Ceremony, Certificate, Confirmation, Evidence, Keys, Reshared},
    decryption::DecryptionShare,
    identity::IdentityKey,
    recovery::{Accusation, Authorisation, Request, RequestDraft, Response, Roster, Session},
    registration::{BlinderRegistration, MemberRegistration},
};
use std::sync::LazyLock;

/// Decodes, and encodes again.
type Read = fn(&[u8]) -> Result<Vec<u8>, Error>;

/// An accepted encoding of every kind of object, all but the public polynomial with a version byte.
static OBJECTS: LazyLock<Vec<(&str, Read, Vec<u8>)>> = LazyLock::new(|| {
    let (world, rng) = (World::new(50), &mut rng(50));
    let party = Party::group(1..=4, rng);
    let (recovery, _) = Recovery::around(World::new(50));
    let (mut session, roster) = (recovery.session(51), &recovery.roster);
    let authorisation = recovery.authorisation(session.draft(), 0).unwrap();
    let request = session.request().unwrap();
    let response = recovery.answer(&request, 1);
    session.receive(&response, at(NOW)).unwrap();
    let accusation = session.accuse(&recovery.wrong_answer(&request, 2, 1)).unwrap();
    let member = party[0].register(CONTEXT, rng);
    let [old, whole] = [2, 3].map(|threshold| Sharing::new(CurveId::Bls12381G1, threshold, 3, rng).public);
    let at = Some(Identifier::from_bytes(&[9; 64]).unwrap());
    let elsewhere = Reshared { commitment: old.clone(), at };
    let generate = Keys::Generate(vec![CurveId::Secp256k1, CurveId::Bls12381G1]);
    let generate = Ceremony::new(plan(2, generate, &party, &party)).unwrap();
    let reshare = Ceremony::new(plan(2, Keys::Reshare(vec![Reshared::from(old), elsewhere]), &party, &party)).unwrap();
    let hand_over = Ceremony::new(plan(1, Keys::HandOver(vec![whole]), &party, &party[..1])).unwrap();
    let blinder = register(&world.blinder, CONTEXT, b"node", &party[0].identity);
    let dealing = generate.deal(party[0].index, &party[0].identity, &[], rng).unwrap().encode();
    let dealings =
        party.iter().take(2).map(|dealer| generate.deal(dealer.index, &dealer.identity, &[], rng).unwrap().encode());
    let received = receive_all(&generate, &dealings.collect::<Vec<_>>());
    let confirmation = confirm(&received, &party[0]).unwrap();
    let certificate = certify(&generate, &received, &party).unwrap();
    let evidence = Evidence::two_dealings(&dealing, b"another");
    let share = world.decryption_shares([1]).remove(0);
    vec![
        ("statement", |bytes| Ok(Statement::decode(bytes)?.encode()), world.expected.encode()),
        ("backup", |bytes| Ok(Backup::decode(bytes)?.encode()), world.backup.encode()),
        ("decryption share", |bytes| Ok(DecryptionShare::decode(bytes)?.encode()), share.encode()),
        ("Blinder", |bytes| Ok(Blinder::decode(&fitting(bytes))?.encode().to_vec()), world.blinder.encode().to_vec()),
        (
            "member key",
            |bytes| Ok(MemberKey::decode(&fitting(bytes))?.encode().to_vec()),
            party[0].key.encode().to_vec(),
        ),
        (
            "identity",
            |bytes| Ok(IdentityKey::decode(&fitting(bytes))?.encode().to_vec()),
            party[0].identity.encode().to_vec(),
        ),
        ("Blinder registration", |bytes| Ok(BlinderRegistration::decode(bytes)?.encode()), blinder.encode()),
        ("registration", |bytes| Ok(MemberRegistration::decode(bytes)?.encode()), member.encode()),
        ("generation", |bytes| Ok(Ceremony::decode(bytes)?.encode()), generate.encode()),
        ("re-commitment", |bytes| Ok(Ceremony::decode(bytes)?.encode()), reshare.encode()),
        ("hand-over", |bytes| Ok(Ceremony::decode(bytes)?.encode()), hand_over.encode()),
        ("secp256k1 share", |bytes| Ok(KeyShare::decode(&fitting(bytes))?.encode().to_vec()), key_share(&world, 0)),
        ("BLS share", |bytes| Ok(KeyShare::decode(&fitting(bytes))?.encode().to_vec()), key_share(&world, 1)),
        ("roster", |bytes| Ok(Roster::decode(CONTEXT, bytes)?.encode()), roster.encode()),
        ("request", |bytes| Ok(Request::decode(bytes)?.encode()), request.encode()),
        ("response", |bytes| Ok(Response::decode(bytes)?.encode()), response),
        (
            "session",
            |bytes| Ok(Session::decode(CONTEXT, &fitting(bytes))?.encode().to_vec()),
            session.encode().to_vec(),
        ),
        ("draft", |bytes| Ok(RequestDraft::decode(bytes)?.encode()), session.draft().encode()),
        ("authorisation", |bytes| Ok(Authorisation::decode(bytes)?.encode()), authorisation.encode()),
        ("accusation", |bytes| Ok(Accusation::decode(bytes)?.encode()), accusation.encode()),
        ("confirmation", |bytes| Ok(Confirmation::decode(bytes)?.encode()), confirmation.encode()),
        ("certificate", |bytes| Ok(Certificate::decode(bytes)?.encode()), certificate.certificate().encode()),
        ("evidence", |bytes| Ok(Evidence::decode(bytes)?.encode()), evidence.encode()),
        ("polynomial", |bytes| Ok(VssCommitment::decode(bytes)?.encode()), world.recovery.public.encode()),
    ]
});

/// A changed secret with a checksum that fits, so that what is within decides.
fn fitting(bytes: &[u8]) -> Vec<u8> {
    if bytes.len() < 10 { bytes.to_vec() } else { resealed(bytes) }
}

fn key_share(world: &World, key: usize) -> Vec<u8> {
    world.shares()[key].encode().to_vec()
}

fn object(name: &str) -> (Read, &'static [u8]) {
    let (_, read, bytes) = OBJECTS.iter().find(|(found, ..)| *found == name).unwrap();
    (*read, bytes)
}

//= spec/15-wire.md#15-1-decoding
//= type=test
//# Decoding and encoding again MUST give the same bytes.
#[test]
fn encoding_again_gives_the_same_bytes() {
    for (name, read, bytes) in OBJECTS.iter() {
        assert_eq!(read(bytes).as_ref(), Ok(bytes), "{name}");
    }
}

//= spec/15-wire.md#15-1-decoding
//= type=test
//# A decoder MUST consume all bytes of its input, and fail with TrailingBytes otherwise.
#[test]
fn bytes_that_are_left_over_are_refused() {
    for (name, read, bytes) in OBJECTS.iter() {
        assert_eq!(read(&[&bytes[..], &[0]].concat()), Err(Error::TrailingBytes), "{name}");
    }
}

//= spec/15-wire.md#15-1-decoding
//= type=test
//# A decoder MUST fail with Truncated when a field needs more bytes than its input, or the vector around it, has.
#[test]
fn bytes_that_end_too_soon_are_refused() {
    for (name, read, bytes) in OBJECTS.iter() {
        // All lengths of the short ones, some of the long ones.
        let lengths = (0..bytes.len()).step_by(bytes.len() / 150 + 1).chain([bytes.len() - 1]);
        lengths.for_each(|length| assert_eq!(read(&bytes[..length]), Err(Error::Truncated), "{name} of {length}"));
    }
    // A vector that ends within its last item.
    let (read, request) = object("request");
    // Version, context, requester, roster, nonce and expiry.
    let place = 1 + 1 + 7 + 1 + 10 + 32 + 32 + 8;
    assert_eq!(request[place..place + 4], [0, 0, 0, 32]);
    assert_eq!(read(&patched(request, place, &[0, 0, 0, 31])), Err(Error::Truncated));
}

//= spec/15-wire.md#15-1-decoding
//= type=test
//# A decoder MUST fail with UnsupportedVersion when the version byte is not 1.
#[test]
fn other_versions_are_refused() {
    for (name, read, bytes) in OBJECTS.iter().filter(|(name, ..)| *name != "polynomial") {
        for version in [0, 2, 255] {
            assert_eq!(read(&patched(bytes, 0, &[version])), Err(Error::UnsupportedVersion(version)), "{name}");
        }
    }
}

//= spec/15-wire.md#15-1-decoding
//= type=test
//# A decoder SHOULD check fields in the order in which they stand, and relations between them after the structure that
//# holds them.
#[test]
fn the_first_field_that_is_wrong_is_named() {
    let (read, statement) = object("statement");
    let set = patched(statement, 1, &[99]);
    assert_eq!(read(&set), Err(Error::UnknownParameterSet(99)));
    assert_eq!(read(&patched(&set, 0, &[2])), Err(Error::UnsupportedVersion(2)));
    assert_eq!(read(&set[..statement.len() - 1]), Err(Error::UnknownParameterSet(99)));
    // That a root key comes twice is found after every field has been read.
    let twice = patched(statement, SECOND_ENTRY + ENTRY_48, &statement[FIRST_ENTRY..FIRST_ENTRY + ENTRY_33]);
    assert_eq!(read(&twice), Err(Error::DuplicateEntry { compartment: 0, entry: 2 }));
    let broken = patched(&twice, SECOND_ENTRY, &[3, 9]);
    assert_eq!(read(&broken), Err(Error::UnknownCurve(0x309)));
}

/// Where things stand in the statement of these tests: version, set, context, epoch, node, the length of the
/// compartments; the lock with its two keys; the length of the entries.
const COMPARTMENTS: usize = 2 + 1 + 7 + 8 + 1 + 6;
const LOCK: usize = COMPARTMENTS + 4;
const ENTRIES: usize = LOCK + 1 + 48 + 48;
const FIRST_ENTRY: usize = ENTRIES + 4;
const ENTRY_33: usize = 6 + 2 * 33;
const ENTRY_48: usize = 6 + 2 * 48;
const SECOND_ENTRY: usize = FIRST_ENTRY + ENTRY_33;

//= spec/5-statement.md#5-1-structure
//= type=test
//# A decoder MUST refuse a statement with no compartments, or with more than 65535, with InvalidLength.
//= spec/5-statement.md#5-1-structure
//= type=test
//# A decoder MUST refuse a compartment with no entries, or with more than 65535, with InvalidLength.
#[test]
fn empty_and_overlong_statements_are_refused() {
    let (read, bytes) = object("statement");
    let end = bytes.len();
    assert_eq!(read(&spliced(bytes, COMPARTMENTS..end, &[0; 4])), Err(Error::InvalidLength));
    let without_entries = [&101u32.to_be_bytes()[..], &bytes[LOCK..ENTRIES], &[0; 4]].concat();
    assert_eq!(read(&spliced(bytes, COMPARTMENTS..end, &without_entries)), Err(Error::InvalidLength));
    let statement = Statement::decode(bytes).unwrap();
    let Compartment { lock, entries } = statement.compartments()[0].clone();
    let entry = entries[0].clone();
    let one = Compartment { lock: lock.clone(), entries: vec![entry.clone()] };
    assert!(Statement::new(header(), vec![one.clone()]).is_ok());
    assert_eq!(Statement::new(header(), vec![one; 65536]), Err(Error::InvalidLength));
    let overlong = Compartment { lock, entries: vec![entry; 65536] };
    assert_eq!(Statement::new(header(), vec![overlong]), Err(Error::InvalidLength));
}

//= spec/3-primitives.md#3-4-curve-registry
//= type=test
//# An unknown curve id MUST fail with UnknownCurve.
//= spec/5-statement.md#5-1-structure
//= type=test
//# A decoder MUST refuse an unknown parameter set with UnknownParameterSet.
//= spec/5-statement.md#5-2-locks
//= type=test
//# A decoder MUST refuse any other lock type with UnknownLock.
//= spec/5-statement.md#5-3-entries
//= type=test
//# A decoder MUST refuse the identifier zero with InvalidIdentifier and the threshold zero with InvalidThreshold.
#[test]
fn what_a_statement_names_must_be_known() {
    let (read, bytes) = object("statement");
    for set in [0, 6, 255] {
        assert_eq!(read(&patched(bytes, 1, &[set])), Err(Error::UnknownParameterSet(set)));
    }
    for lock in [0, 3, 255] {
        assert_eq!(read(&patched(bytes, LOCK, &[lock])), Err(Error::UnknownLock(lock)));
    }
    for curve in [0, 13, 256] {
        let curve_bytes = u16::to_be_bytes(curve);
        assert_eq!(read(&patched(bytes, FIRST_ENTRY, &curve_bytes)), Err(Error::UnknownCurve(curve)));
    }
    // The identifier's length, its only byte, the threshold.
    let identifier = FIRST_ENTRY + 2 + 33;
    assert_eq!(read(&patched(bytes, identifier + 1, &[0])), Err(Error::InvalidIdentifier));
    assert_eq!(read(&patched(bytes, identifier + 2, &[0, 0])), Err(Error::InvalidThreshold(0)));
    assert!(read(&patched(bytes, identifier + 1, &[0xff, 0xff, 0xff])).is_ok());
}

//= spec/5-statement.md#5-3-entries
//= type=test
//# A decoder MUST refuse a compartment in which two entries have the same curve and public key, and identifiers that
//# are equal modulo q_C, with DuplicateEntry.
#[test]
fn a_share_twice_in_a_compartment_is_refused() {
    let (read, bytes) = object("statement");
    let third = SECOND_ENTRY + ENTRY_48;
    let twice = patched(bytes, third + 2, &bytes[FIRST_ENTRY + 2..FIRST_ENTRY + 2 + 33]);
    assert_eq!(read(&twice), Err(Error::DuplicateEntry { compartment: 0, entry: 2 }));
    // In another compartment it is allowed.
    let statement = Statement::decode(bytes).unwrap();
    assert!(Statement::new(header(), [statement.compartments(), statement.compartments()].concat()).is_ok());
}

//= spec/3-primitives.md#3-4-curve-registry
//= type=test
//# An implementation MUST refuse curve ids from 0xF000 on with UnknownCurve unless a build option meant for tests
//# enables them.
#[cfg(not(feature = "transparent"))]
#[test]
fn the_curves_of_tests_are_unknown() {
    let (read, bytes) = object("statement");
    for curve in [0xf000_u16, 0xffff] {
        assert_eq!(read(&patched(bytes, FIRST_ENTRY, &curve.to_be_bytes())), Err(Error::UnknownCurve(curve)));
        assert_eq!(CurveId::try_from(curve), Err(Error::UnknownCurve(curve)));
    }
    assert!(CurveId::ALL.iter().all(|curve| curve.number() < 0xf000));
}

#[cfg(feature = "transparent")]
#[test]
fn the_curves_of_tests_need_a_build_option() {
    assert_eq!(CurveId::try_from(0xf000), Ok(CurveId::Transparent));
    assert_eq!(CurveId::try_from(0xf001), Err(Error::UnknownCurve(0xf001)));
}

//= spec/6-encryption.md#6-1-parameter-sets
//= type=test
//# An implementation MUST refuse sets 0xF0 and 0xF1 with UnknownParameterSet unless a build option meant for tests
//# enables them.
// That a product refuses them is tested where one is built: in networks/tests/product.rs.
#[test]
fn the_insecure_parameter_sets_need_a_build_option() {
    assert_eq!(ParameterSet::try_from(0xf0), Ok(PARAMETERS));
    assert_eq!(ParameterSet::try_from(0xf1), Ok(ParameterSet::InsecurePacked));
}

//= spec/10-backup.md#10-1-structure
//= type=test
//# A decoder MUST refuse a backup with more than one compartment, with InvalidLength.
//= spec/10-backup.md#10-1-structure
//= type=test
//# A decoder MUST refuse a backup whose lock is a member lock, with WrongLock.
#[test]
fn a_backup_is_one_compartment_under_a_recovery_lock() {
    let (read, bytes) = object("backup");
    let statement = Backup::decode(bytes).unwrap().claimed_statement().unwrap();
    let proof = &bytes[statement.encode().len()..];
    let with = |compartments| [&Statement::new(header(), compartments).unwrap().encode()[..], proof].concat();
    let compartment = statement.compartments()[0].clone();
    assert!(read(&with(vec![compartment.clone()])).is_ok());
    assert_eq!(read(&with(vec![compartment.clone(), compartment.clone()])), Err(Error::InvalidLength));
    let lock = Lock::Member { member_key: MemberKey::generate(&mut rng(52)).public() };
    assert_eq!(read(&with(vec![Compartment { lock, ..compartment }])), Err(Error::WrongLock(2)));
}

//= spec/10-backup.md#10-5-key-share
//= type=test
//# A decoder MUST refuse a secret that is zero or not canonical, with InvalidScalar.
#[test]
fn a_key_share_that_is_no_secret_is_refused() {
    for (name, order) in [("secp256k1 share", crate::common::SECP256K1_ORDER), ("BLS share", crate::common::BLS_ORDER)]
    {
        let (read, bytes) = object(name);
        for bad in [[0; 32], order, [0xff; 32]] {
            assert_eq!(read(&patched(bytes, bytes.len() - 8 - 32, &bad)), Err(Error::InvalidScalar), "{name}");
        }
    }
}

//= spec/4-sharing.md#4-3-vss-commitments
//= type=test
//# A decoder MUST refuse a VSS commitment with no coefficient commitments, or with more than 65535, with InvalidLength.
#[test]
fn a_public_polynomial_has_commitments_but_not_too_many() {
    let (read, bytes) = object("polynomial");
    assert_eq!(read(&[&bytes[..2], &[0; 4]].concat()), Err(Error::InvalidLength));
    let point = SecretScalar::random(CurveId::Secp256k1, &mut rng(53)).public();
    assert_eq!(VssCommitment::new(vec![]), Err(Error::InvalidLength));
    assert!(VssCommitment::new(vec![point.clone(); 65535]).is_ok());
    assert_eq!(VssCommitment::new(vec![point; 65536]), Err(Error::InvalidLength));
}

//= spec/11-recovery.md#11-2-request
//= type=test
//# A decoder MUST refuse a request without digests, with InvalidLength.
//= spec/11-recovery.md#11-2-request
//= type=test
//# A decoder MUST refuse a request that has a digest twice, with DuplicateStatement.
//= spec/15-wire.md#15-1-decoding
//= type=test
//# A decoder MUST refuse, with InvalidLength, a vector of structures that is empty or that has more than 65535 of them.
#[test]
fn a_request_has_digests_each_once() {
    let (read, bytes) = object("draft");
    let digests = 1 + 1 + 7 + 1 + 10 + 32 + 32 + 8;
    let with = |digests_bytes: &[u8]| {
        let vector = [&(digests_bytes.len() as u32).to_be_bytes()[..], digests_bytes].concat();
        read(&spliced(bytes, digests..digests + 4 + 32, &vector)).map(drop)
    };
    let many = |count: u32| (0..count).flat_map(|n| [[0; 28].to_vec(), n.to_be_bytes().to_vec()].concat());
    assert_eq!(with(&many(65535).collect::<Vec<_>>()), Ok(()));
    assert_eq!(with(&many(65536).collect::<Vec<_>>()), Err(Error::InvalidLength));
    assert_eq!(with(&[]), Err(Error::InvalidLength));
    assert_eq!(with(&[[1; 32], [2; 32]].concat()), Ok(()));
    assert_eq!(with(&[[1; 32], [1; 32]].concat()), Err(Error::DuplicateStatement));
}

//= spec/4-sharing.md#4-1-identifiers-and-thresholds
//= type=test
//# An index outside 1..65535, or outside 1..n where the number of parties n is known, MUST fail with InvalidIndex.
//= spec/4-sharing.md#4-1-identifiers-and-thresholds
//= type=test
//# A threshold outside 1..n MUST fail with InvalidThreshold.
//= spec/7-decryption.md#7-1-recovery-key
//= type=test
//# A recovery party SHOULD use `t = supermajority(n)`.
#[test]
fn indices_and_thresholds_are_in_range() {
    assert_eq!(PartyIndex::within(5, 5).map(PartyIndex::get), Ok(5));
    assert_eq!(PartyIndex::within(6, 5), Err(Error::InvalidIndex(6)));
    assert_eq!(PartyIndex::within(0, 5), Err(Error::InvalidIndex(0)));
    assert_eq!(PartyIndex::new(0), Err(Error::InvalidIndex(0)));
    assert_eq!(Threshold::new(5, 5).map(Threshold::get), Ok(5));
    assert_eq!(Threshold::new(6, 5), Err(Error::InvalidThreshold(6)));
    assert_eq!(Threshold::new(0, 5), Err(Error::InvalidThreshold(0)));
    for (parties, least) in [(1, 1), (2, 2), (3, 3), (4, 3), (10, 7), (65535, 43691)] {
        assert_eq!(Threshold::supermajority(parties).map(Threshold::get), Ok(least));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever comes of it, it comes to an end.
    //= spec/2-conventions.md#2-2-errors
    //= type=test
    //# A decoder or verifier MUST terminate without a crash on every input.
    #[test]
    fn decoders_survive_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400), versioned: bool) {
        for (_, read, _) in OBJECTS.iter() {
            let start = if versioned { &[1][..] } else { &[] };
            let _ = read(&[start, &bytes].concat());
        }
    }

    #[test]
    fn decoders_survive_any_change(place: prop::sample::Index, mask in 1u8.., object: prop::sample::Index) {
        let (_, read, bytes) = object.get(&OBJECTS);
        let changed = flipped(bytes, place.index(bytes.len()), mask);
        if let Ok(again) = read(&changed) {
            // A secret has the checksum that fits.
            prop_assert!(again == changed || again == fitting(&changed));
        }
    }
}
