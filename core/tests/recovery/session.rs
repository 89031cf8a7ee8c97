//! Recovery sessions: what a member reviews, what the fresh node accepts, and that a restart loses nothing.

use crate::common::recovery::{CONTEXT, EXPIRY, NOW, Recovery, WEEK, at, registered, statement, unseal};
use crate::common::{KEY_CURVE, Party, Sharing, cases, flipped, indices, patched, resealed, rng, spliced};
use proptest::prelude::*;
use relight::curve::{CurveId, SecretScalar};
use relight::sharing::{Identifier, PartyIndex};
use relight::{
    Blinder, Compartment, Error, Field, Header, Lock, MemberKey, RecoveryPublicKey, RegistrationFault, Statement,
    identity::{Purpose, SignatureScheme, Unsigned},
    recovery::{Authorisation, Request, Response, Review, Roster, Session},
};
use std::collections::BTreeSet;
use std::sync::LazyLock;

const MEMBERS: u16 = 5;
const THRESHOLD: u16 = 4;
const STATEMENTS: u16 = 2;

/// Where the member, the encapsulated key and the ciphertext stand in an encoded response.
const MEMBER: usize = 1 + 32;
const ENCAPSULATED: usize = 1 + 32 + 2;
const CIPHERTEXT: usize = ENCAPSULATED + 32 + 4;

static WORLD: LazyLock<Recovery> = LazyLock::new(|| Recovery::of(MEMBERS, THRESHOLD, STATEMENTS, 1));

/// Something that arrives at the node, or happens to it.
#[derive(Clone, Copy, Debug)]
enum Event {
    Good(u16),
    Partial(u16, u16),
    WrongShares(u16),
    Unreadable(u16),
    OtherKey(u16),
    SignedByAnother(u16),
    ForAnotherRequest(u16),
    Late(u16),
    Stranger,
    Garbage,
    Restart,
}

fn events() -> impl Strategy<Value = Event> {
    let member = 1..=MEMBERS;
    prop_oneof![
        3 => member.clone().prop_map(Event::Good),
        3 => (member.clone(), 0..STATEMENTS).prop_map(|(member, place)| Event::Partial(member, place)),
        1 => member.clone().prop_map(Event::WrongShares),
        1 => member.clone().prop_map(Event::Unreadable),
        1 => member.clone().prop_map(Event::OtherKey),
        1 => member.clone().prop_map(Event::SignedByAnother),
        1 => member.clone().prop_map(Event::ForAnotherRequest),
        1 => member.prop_map(Event::Late),
        1 => Just(Event::Stranger),
        1 => Just(Event::Garbage),
        2 => Just(Event::Restart),
    ]
}

/// The members and places that were accepted.
type Accepted = BTreeSet<(u16, u16)>;

impl Event {
    /// The message that arrives, and when.
    fn message(self, request: &Request) -> (Vec<u8>, u64) {
        let world = &WORLD;
        let bytes = match self {
            Self::Good(member) | Self::Late(member) => world.answer(request, member),
            Self::Partial(member, place) => world.answer_to(request, member, &[usize::from(place)]),
            Self::WrongShares(member) => world.wrong_answer(request, member, other(member)),
            Self::Unreadable(member) => world.tampered(request, member, |body| flipped(body, CIPHERTEXT, 1)),
            Self::OtherKey(member) => world.tampered(request, member, |body| flipped(body, ENCAPSULATED, 1)),
            Self::SignedByAnother(member) => {
                let body = world.review(request).respond(world.share(member), &mut rng(9)).unwrap().body().to_vec();
                world.signed(&body, other(member))
            }
            Self::ForAnotherRequest(member) => world.answer(&world.session(77).request().unwrap(), member),
            Self::Stranger => world.tampered(request, 1, |body| patched(body, MEMBER, &(MEMBERS + 1).to_be_bytes())),
            Self::Garbage | Self::Restart => vec![1, 2, 3],
        };
        (bytes, if matches!(self, Self::Late(_)) { EXPIRY + 1 } else { EXPIRY })
    }

    /// What a simple model says of it: what was accepted so far is all there is to know.
    fn expected(self, accepted: &mut Accepted) -> Result<(), Error> {
        match self {
            Self::Good(member) => {
                accepted.extend((0..STATEMENTS).map(|place| (member, place)));
                Ok(())
            }
            Self::Partial(member, place) => {
                accepted.insert((member, place));
                Ok(())
            }
            // Nothing in it is looked at.
            Self::WrongShares(member) if all(accepted, member) => Ok(()),
            Self::WrongShares(member) => Err(Error::BadDecryptionShares { members: vec![member] }),
            Self::Unreadable(member) | Self::OtherKey(member) => Err(Error::BadResponse { member }),
            Self::SignedByAnother(_) => Err(Error::BadSignature),
            Self::ForAnotherRequest(_) => Err(Error::WrongRequest),
            Self::Late(_) => Err(Error::Expired),
            Self::Stranger => Err(Error::UnknownMember(MEMBERS + 1)),
            Self::Garbage => Err(Error::Truncated),
            Self::Restart => Ok(()),
        }
    }
}

fn other(member: u16) -> u16 {
    member % MEMBERS + 1
}

fn all(accepted: &Accepted, member: u16) -> bool {
    (0..STATEMENTS).all(|place| accepted.contains(&(member, place)))
}

fn check_progress(session: &Session, accepted: &Accepted) {
    let progress = session.progress();
    let numbers = |members: &[PartyIndex]| members.iter().map(|m| m.get()).collect::<BTreeSet<_>>();
    let (answered, missing) = (1..=MEMBERS).partition(|member| all(accepted, *member));
    assert_eq!((numbers(&progress.answered), numbers(&progress.missing)), (answered, missing));
    let have = |place: u16| accepted.iter().filter(|(_, answered)| *answered == place).count() as u16;
    let needed: Vec<u16> = (0..STATEMENTS).map(|place| THRESHOLD.saturating_sub(have(place))).collect();
    assert_eq!((progress.needed, &progress.statements), (*needed.iter().max().unwrap(), &needed));
    for (place, statement) in (0..).zip(session.statements()) {
        match session.unlock_key(&statement.digest()) {
            Ok(key) => assert!(needed[usize::from(place)] == 0 && key.digest() == statement.digest()),
            Err(error) => assert_eq!(error, Error::NotEnoughShares { have: have(place), need: THRESHOLD }),
        }
    }
    assert_eq!(session.unlock_keys().is_ok(), progress.needed == 0);
}

proptest! {
    #![proptest_config(cases(8))]

    #[test]
    fn the_session_follows_the_model(events in prop::collection::vec(events(), 1..16)) {
        let mut session = WORLD.session(2);
        let request = session.request().unwrap();
        let mut accepted = BTreeSet::new();
        for event in events {
            let expected = event.expected(&mut accepted);
            if let Event::Restart = event {
                session = Session::decode(CONTEXT, &session.encode()).unwrap();
            } else {
                let (message, now) = event.message(&request);
                prop_assert_eq!(session.receive(&message, at(now)).map(|_| ()), expected, "{:?}", event);
            }
            check_progress(&session, &accepted);
        }
    }
}

#[test]
fn a_wallet_can_sign_an_answer() {
    let mut session = WORLD.session(3);
    let request = session.request().unwrap();
    let unsigned = WORLD.review(&request).respond(WORLD.share(2), &mut rng(4)).unwrap();
    let identity = WORLD.identity(2);
    assert_eq!(unsigned.wallet_text(), Purpose::Response.wallet_text(unsigned.body()));
    let signature = identity.sign(SignatureScheme::PersonalMessage, Purpose::Response, unsigned.body()).unwrap();
    let response = unsigned.complete(&signature.to_bytes()[1..]).unwrap().encode();
    assert_eq!(session.receive(&response, at(NOW)).unwrap().answered, [crate::common::index(2)]);
    // The same numbers under the other scheme are no signature.
    let renumbered = patched(&response, response.len() - 65, &[1]);
    assert_eq!(session.receive(&renumbered, at(NOW)), Err(Error::BadSignature));
}

#[test]
fn an_attestation_makes_another_request_and_is_set_once() {
    let mut session = WORLD.session(5);
    let plain = session.request().unwrap();
    session.attest(b"quote").unwrap();
    let request = session.request().unwrap();
    assert_eq!((request.draft(), request.attestation()), (plain.draft(), &b"quote"[..]));
    assert_eq!(session.receive(&WORLD.answer(&plain, 1), at(NOW)), Err(Error::WrongRequest));
    session.receive(&WORLD.answer(&request, 1), at(NOW)).unwrap();
    // The same again changes nothing, and another one is refused, before an answer as after.
    for mut session in [WORLD.session(5), session] {
        session.attest(b"quote").unwrap();
        session.attest(b"quote").unwrap();
        for other in [&b"other quote"[..], b""] {
            assert_eq!(session.attest(other), Err(Error::WrongRequest));
        }
        assert_eq!(session.request().as_ref(), Ok(&request));
    }
    let mut answered = WORLD.session(5);
    answered.receive(&WORLD.answer(&plain, 1), at(NOW)).unwrap();
    answered.attest(b"").unwrap();
    assert_eq!(answered.attest(b"quote"), Err(Error::WrongRequest));
    assert_eq!(answered.progress().answered, [crate::common::index(1)]);
}

#[test]
fn a_session_has_no_request_before_it_is_authorised() {
    let mut session = WORLD.drafted(6);
    let full = WORLD.session(6).request().unwrap();
    assert_eq!(session.request(), Err(Error::Unauthorised(0)));
    assert_eq!(session.receive(&WORLD.answer(&full, 1), at(NOW)), Err(Error::Unauthorised(0)));
    let [first, second] = [0, 1].map(|place| WORLD.authorisation(session.draft(), place).unwrap());
    session.authorise(&second).unwrap();
    assert_eq!(session.request(), Err(Error::Unauthorised(0)));
    session = Session::decode(CONTEXT, &session.encode()).unwrap();
    session.authorise(&first).unwrap();
    assert_eq!(session.request().as_ref(), Ok(&full));
    // Another proof for a place that has one does not change the request.
    let again = Authorisation::new(session.draft(), &WORLD.statements[0], &WORLD.blinders[0], &mut rng(99)).unwrap();
    assert_ne!(again, first);
    session.authorise(&again).unwrap();
    assert_eq!(session.request(), Ok(full));
}

//= spec/11-recovery.md#11-3-review
//= type=test
//# A name in a request or statement MUST be shown to a person with every byte outside 0x20..0x7e escaped.
#[test]
fn names_are_shown_escaped() {
    let every: Vec<u8> = (0..=254).collect();
    let (one, rng) = (&WORLD.statements[0], &mut rng(10));
    let header = Header { network: every.clone(), node: every.clone(), ..one.header().clone() };
    let statements = vec![Statement::new(header, one.compartments().to_vec()).unwrap()];
    let session = Session::new(WORLD.roster.clone(), statements.clone(), &every, at(NOW), at(EXPIRY), rng);
    let mut session = session.unwrap();
    let draft = session.draft().display(&statements).to_string();
    session.authorise(&Authorisation::new(session.draft(), &statements[0], &WORLD.blinders[0], rng).unwrap()).unwrap();
    let request = session.request().unwrap();
    let names = every.iter().map(|byte| match byte {
        b'\t' => "\\t".to_owned(),
        b'\r' => "\\r".to_owned(),
        b'\n' => "\\n".to_owned(),
        b'\'' | b'"' | b'\\' => format!("\\{}", char::from(*byte)),
        0x20..=0x7e => char::from(*byte).to_string(),
        other => format!("\\x{other:02x}"),
    });
    let name: String = names.collect();
    for text in [draft, Review::new(&request, &statements, &WORLD.roster, at(NOW)).unwrap().to_string()] {
        assert!(text.bytes().all(|byte| byte == b'\n' || (0x20..=0x7e).contains(&byte)));
        assert_eq!(text.matches(&name).count(), 3, "{text}");
    }
}

/// Reviews an authorised request for all statements of the world.
fn review_of(request: &Request, known: &[Statement], roster: &Roster, now: u64) -> Result<(), Error> {
    Review::new(request, known, roster, at(now)).map(|_| ())
}

#[test]
fn a_review_refuses_what_does_not_fit() {
    let (world, elsewhere) = (&*WORLD, Recovery::new(8));
    let (statements, request) = (&world.statements, world.session(7).request().unwrap());
    assert_eq!(review_of(&request, statements, &world.roster, EXPIRY), Ok(()));
    assert_eq!(review_of(&request, statements, &world.roster, EXPIRY + 1), Err(Error::Expired));
    assert_eq!(review_of(&request, &statements[..1], &world.roster, NOW), Err(Error::UnknownStatement));
    assert_eq!(review_of(&request, statements, &elsewhere.roster, NOW), Err(Error::RosterMismatch));
    let renamed = Request::decode(&spliced(&request.encode(), 1..9, b"\x07netwerk")).unwrap();
    let mismatch = Err(Error::Mismatch(Field::Network));
    assert_eq!(review_of(&renamed, statements, &world.roster, NOW), mismatch);
    // One HPKE key too few.
    let keys = crate::common::recovery::hpke_keys_at(request.draft());
    let fewer = [&[0, 0, 0, 128], &request.encode()[keys..keys + 128]].concat();
    let fewer = Request::decode(&spliced(&request.encode(), keys - 4..keys + 160, &fewer)).unwrap();
    assert_eq!(review_of(&fewer, statements, &world.roster, NOW), Err(Error::InvalidLength));
}

#[test]
fn a_review_tells_the_time_that_is_left() {
    let request = WORLD.session(7).request().unwrap();
    let text = |now| Review::new(&request, &WORLD.statements, &WORLD.roster, at(now)).unwrap().to_string();
    // 1 800 000 000 is the 15th of January 2027, 08:00:00 UTC.
    for (now, left) in
        [(NOW, "1 h 0 min"), (EXPIRY, "0 h 0 min"), (EXPIRY - 59, "0 h 0 min"), (EXPIRY - WEEK, "168 h 0 min")]
    {
        let expected = format!("  expires      2027-01-15 09:00:00 UTC, in {left}\n");
        assert!(text(now).contains(&expected), "{}", text(now));
    }
}

#[test]
fn a_member_answers_only_with_its_share_of_the_recovery_key() {
    let request = WORLD.session(2).request().unwrap();
    let review = WORLD.review(&request);
    let foreign = Recovery::new(8);
    let error = review.respond(foreign.share(1), &mut rng(1)).unwrap_err();
    assert_eq!(error, Error::Mismatch(Field::RecoveryKey));
    let other_curve = Sharing::new(KEY_CURVE, 1, 1, &mut rng(1));
    let error = review.respond(&other_curve.shares[0], &mut rng(1)).unwrap_err();
    assert_eq!(error, Error::WrongCurve { expected: CurveId::Bls12381G1, found: KEY_CURVE });
}

/// Members whose shares lie at numbers of 256 bits.
#[test]
fn members_with_long_identifiers_answer_and_one_who_is_none_does_not() {
    let rng = &mut rng(11);
    let identifiers = [0x11, 0x92, 0xf3].map(|byte| Identifier::from_bytes(&[byte; 32]).unwrap());
    let recovery = Sharing::at(CurveId::Bls12381G1, 2, &identifiers, rng);
    let party = Party::group_at(&identifiers, rng);
    let roster = Roster::new(CONTEXT, recovery.public.clone(), registered(&party)).unwrap();
    assert_eq!(Roster::decode(CONTEXT, &roster.encode()).as_ref(), Ok(&roster));
    assert_eq!(roster.party().identifier(crate::common::index(3)), Ok(identifiers[2]));
    let blinder = Blinder::generate(rng);
    let statements = vec![statement(&roster, 1, &blinder, rng)];
    let ask = |roster: &Roster, rng: &mut rand::rngs::StdRng| {
        let mut session = Session::new(roster.clone(), statements.clone(), b"node", at(NOW), at(EXPIRY), rng).unwrap();
        session.authorise(&Authorisation::new(session.draft(), &statements[0], &blinder, rng).unwrap()).unwrap();
        session
    };
    let mut session = ask(&roster, rng);
    let request = session.request().unwrap();
    let review = Review::new(&request, &statements, &roster, at(NOW)).unwrap();
    for place in [2, 0] {
        let answer = review.respond(&recovery.shares[place], rng).unwrap().sign(&party[place].identity).unwrap();
        assert_eq!(answer.member(), party[place].index);
        session.receive(&answer.encode(), at(NOW)).unwrap();
        session = Session::decode(CONTEXT, &session.encode()).unwrap();
    }
    assert_eq!((session.progress().needed, session.unlock_keys().unwrap().len()), (0, 1));
    // A share where no member's lies: of a party that is gone, or of one that is not in this roster.
    let smaller = Roster::new(CONTEXT, recovery.public.clone(), registered(&party[..2])).unwrap();
    let request = ask(&smaller, rng).request().unwrap();
    let review = Review::new(&request, &statements, &smaller, at(NOW)).unwrap();
    assert_eq!(review.respond(&recovery.shares[2], rng).unwrap_err(), Error::UnusedIdentifier(identifiers[2]));
    assert!(review.respond(&recovery.shares[1], rng).is_ok());
}

fn session_of(statements: Vec<Statement>, requester: &[u8]) -> Result<(), Error> {
    Session::new(WORLD.roster.clone(), statements, requester, at(NOW), at(EXPIRY), &mut rng(7)).map(|_| ())
}

#[test]
fn a_session_asks_only_for_backups_of_its_party_and_network() {
    let [one, two] = [0, 1].map(|n| WORLD.statements[n].clone());
    assert_eq!(session_of(vec![one.clone(), two.clone()], b"node"), Ok(()));
    assert_eq!(session_of(vec![], b"node"), Err(Error::InvalidLength));
    assert_eq!(session_of(vec![one.clone()], &[b'x'; 256]), Err(Error::InvalidLength));
    assert_eq!(session_of(vec![one.clone(), one.clone()], b"node"), Err(Error::DuplicateStatement));
    let rebuilt = |header: Header, compartments| Statement::new(header, compartments).unwrap();
    let abroad = Header { network: b"elsewhere".to_vec(), ..two.header().clone() };
    let abroad = rebuilt(abroad, two.compartments().to_vec());
    let error = Err(Error::Mismatch(Field::Network));
    assert_eq!(session_of(vec![one.clone(), abroad], b"node"), error);
    let Lock::Recovery { blinder, .. } = two.compartments()[0].lock.clone() else { panic!("no recovery lock") };
    let stranger = SecretScalar::random(CurveId::Bls12381G1, &mut rng(99)).public();
    let lock = Lock::Recovery { recovery_key: RecoveryPublicKey::try_from(stranger).unwrap(), blinder };
    let entries = two.compartments()[0].entries.clone();
    let foreign = rebuilt(two.header().clone(), vec![Compartment { lock, entries: entries.clone() }]);
    let error = Err(Error::Mismatch(Field::RecoveryKey));
    assert_eq!(session_of(vec![one.clone(), foreign], b"node"), error);
    let lock = Lock::Member { member_key: MemberKey::generate(&mut rng(1)).public() };
    let dealing = rebuilt(two.header().clone(), vec![Compartment { lock, entries }]);
    assert_eq!(session_of(vec![one.clone(), dealing], b"node"), Err(Error::WrongLock(2)));
    let two_compartments = [one.compartments(), two.compartments()].concat();
    assert_eq!(session_of(vec![rebuilt(one.header().clone(), two_compartments)], b"node"), Err(Error::InvalidLength));
}

/// A stored session of which a part is replaced, with the checksum that it then has.
fn stored(bytes: &[u8], place: core::ops::Range<usize>, with: &[u8]) -> Result<(), Error> {
    Session::decode(CONTEXT, &resealed(&spliced(bytes, place, with))).map(|_| ())
}

//= spec/11-recovery.md#11-5-session
//= type=test
//# A fresh node that reads a stored session MUST verify the roster, the request and every share in it again.
#[test]
fn a_stored_session_is_verified_again() {
    let mut session = WORLD.session(2);
    let request = session.request().unwrap();
    session.receive(&WORLD.answer(&request, 2), at(NOW)).unwrap();
    session.receive(&WORLD.answer_to(&request, 4, &[1]), at(NOW)).unwrap();
    let bytes = session.encode().to_vec();
    assert_eq!(Session::decode(CONTEXT, &bytes).map(|session| session.encode().to_vec()), Ok(bytes.clone()));
    let patch = |at: usize, with: &[u8]| stored(&bytes, at..at + with.len(), with);
    // Three accepted answers of 2 + 2 + 96 bytes, before the checksum.
    let [first, second, third, end] = [308, 208, 108, 8].map(|back| bytes.len() - back);
    assert_eq!(patch(0, &[1]), Ok(()));
    assert_eq!(patch(2 + 5, &[bytes[7] ^ 1]), Err(Error::WrongRequest));
    assert_eq!(stored(&bytes, end - 1..end, &[]), Err(Error::Truncated));
    assert_eq!(stored(&bytes, end..end, &[0]), Err(Error::TrailingBytes));
    assert_eq!(patch(third, &[0, 3]), Err(Error::BadDecryptionShares { members: vec![3] }));
    assert_eq!(patch(third + 2, &[0, 0]), Err(Error::BadDecryptionShares { members: vec![4] }));
    assert_eq!(patch(third + 2, &[0, 2]), Err(Error::UnknownStatement));
    assert_eq!(stored(&bytes, second..third, &bytes[first..second]), Err(Error::DuplicateIndex(2)));
    let swapped = [&bytes[second..third], &bytes[first..second]].concat();
    assert_eq!(stored(&bytes, first..third, &swapped), Err(Error::InvalidIndex(2)));
    let swapped = [&bytes[third..end], &bytes[first..third]].concat();
    assert_eq!(stored(&bytes, first..end, &swapped), Err(Error::InvalidIndex(2)));
    assert_eq!(patch(third, &[0, 9]), Err(Error::UnknownMember(9)));
    assert_eq!(patch(third, &[0, 0]), Err(Error::InvalidIndex(0)));
    assert_eq!(patch(third + 4, &[0]), Err(Error::InvalidPoint));
    let registration = Error::InvalidRegistration { member: 1, fault: RegistrationFault::Party };
    assert_eq!(Session::decode(b"another party", &bytes).map(|_| ()), Err(registration));
}

/// The same for what was asked.
#[test]
fn a_stored_request_is_verified_again() {
    let mut session = WORLD.session(2);
    let request = session.request().unwrap();
    session.receive(&WORLD.answer(&request, 2), at(NOW)).unwrap();
    let bytes = session.encode().to_vec();
    let patch = |at: usize, with: &[u8]| stored(&bytes, at..at + with.len(), with);
    // Version, kind, seed and the length of the draft come before it.
    let draft = 2 + 32 + 4;
    let roster = draft + crate::common::recovery::roster_at(request.draft());
    assert_eq!(patch(roster, &[7]), Err(Error::RosterMismatch));
    // The request is for the statements that are stored, in this order.
    let digests: Vec<u8> = request.draft().digests().iter().flat_map(|digest| digest.to_bytes()).collect();
    let place = roster + 32 + 32 + 8 + 4;
    assert_eq!(patch(place, &[&digests[32..], &digests[..32]].concat()), Err(Error::UnknownStatement));
    assert_eq!(patch(place, &digests[32..]), Err(Error::DuplicateStatement));
    // The proofs are for this request, each in its place. An empty attestation comes before them.
    let granted = draft + request.draft().encode().len() + 4 + 4;
    let [one, two] = [0, 82].map(|start| bytes[granted + start..granted + start + 82].to_vec());
    assert_eq!(patch(roster + 32, &[bytes[roster + 32] ^ 1]), Err(Error::Unauthorised(0)));
    assert_eq!(patch(granted, &[0, 1]), Err(Error::Unauthorised(1)));
    assert_eq!(patch(granted, &[0, 2]), Err(Error::UnknownStatement));
    assert_eq!(patch(granted + 82, &one), Err(Error::DuplicateIndex(0)));
    assert_eq!(patch(granted, &[two.clone(), one.clone()].concat()), Err(Error::InvalidIndex(0)));
    assert_eq!(patch(granted + 2, &[0]), Err(Error::Unauthorised(0)));
    // Nothing can be accepted before all are authorised.
    let only = |proof: &[u8]| stored(&bytes, granted - 4..granted + 164, &[&[0, 0, 0, 82], proof].concat());
    assert_eq!([only(&one), only(&two)], [Err(Error::Unauthorised(1)), Err(Error::Unauthorised(0))]);
}

/// The key for a member opens nothing of the others.
#[test]
fn answers_are_sealed_to_a_key_for_each_member() {
    let mut session = WORLD.session(2);
    let request = session.request().unwrap();
    let keys = (0..5).map(|place| crate::common::recovery::hpke_key(request.draft(), place)).collect::<BTreeSet<_>>();
    assert_eq!(keys.len(), 5);
    session.receive(&WORLD.answer(&request, 2), at(NOW)).unwrap();
    assert_eq!(session.progress().answered, indices([2]));
    // One whose request digest and signature are right, sealed to the key of another member.
    let (key, digest) = (crate::common::recovery::hpke_key(request.draft(), 0), request.digest());
    let (encapsulated, ciphertext) =
        crate::common::recovery::seal(&key, digest.as_bytes(), 3, &WORLD.item(0, WORLD.share(3)));
    let length = (ciphertext.len() as u32).to_be_bytes();
    let body = [&[1], digest.as_ref(), &[0, 3], &encapsulated, &length, &ciphertext].concat();
    assert_eq!(session.receive(&WORLD.signed(&body, 3), at(NOW)), Err(Error::BadResponse { member: 3 }));
}

/// A response is what the text says: the test's own HPKE makes and opens it.
#[test]
fn the_plaintext_is_a_place_and_a_share_for_each_statement() {
    let mut session = WORLD.session(2);
    let request = session.request().unwrap();
    let items = [WORLD.item(0, WORLD.share(3)), WORLD.item(1, WORLD.share(3))].concat();
    let made = WORLD.sealed(&request, 3, &items);
    assert_eq!(made.len(), 152 + 2 * 98);
    session.receive(&made, at(NOW)).unwrap();
    // The seed comes after version and kind.
    let material: [u8; 32] = crate::common::xof("session-key", &[&session.encode()[2..34], &[0, 3]]);
    let (secret, _) = <hpke::kem::X25519HkdfSha256 as hpke::Kem>::derive_keypair(&material);
    let secret = hpke::Serializable::to_bytes(&secret);
    assert_eq!(unseal(&secret, &WORLD.answer(&request, 3)), Some(items));
    assert_eq!(unseal(&secret, &WORLD.answer(&request, 2)), None);
}

#[test]
fn a_response_is_decoded_strictly() {
    let request = WORLD.session(2).request().unwrap();
    let good = WORLD.answer(&request, 1);
    let decode = |bytes: &[u8]| Response::decode(bytes).map(|_| ());
    assert_eq!(decode(&good), Ok(()));
    (0..good.len()).for_each(|length| assert_eq!(decode(&good[..length]), Err(Error::Truncated)));
    assert_eq!(decode(&[&good[..], &[0]].concat()), Err(Error::TrailingBytes));
    assert_eq!(decode(&patched(&good, 0, &[2])), Err(Error::UnsupportedVersion(2)));
    assert_eq!(decode(&patched(&good, MEMBER, &[0, 0])), Err(Error::InvalidIndex(0)));
    assert_eq!(decode(&patched(&good, good.len() - 65, &[3])), Err(Error::UnknownScheme(3)));
    // A body that is cut is found when it is signed.
    let cut = Unsigned::<Response>::from_body(&good[..CIPHERTEXT], WORLD.identity(1).public());
    assert_eq!(cut.sign(WORLD.identity(1)).map(|_| ()), Err(Error::Truncated));
}
