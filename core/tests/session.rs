//! Recovery sessions: what a member reviews, what the fresh node accepts, and that a restart loses nothing.
#![allow(missing_docs)]

mod common;

use common::{Sharing, flipped, header, patched, rng, spliced};
use proptest::prelude::*;
use rand::rngs::StdRng;
use relight::curve::{CurveId, SecretScalar};
use relight::sharing::{Identifier, PartyIndex, PublicPolynomial};
use relight::{
    Blinder, Compartment, Entry, Error, Header, IdentityKey, KeyShare, Lock, MemberKey, MemberRegistration, Purpose,
    RecoveryPublicKey, Request, Review, Roster, RosterMember, Session, Signature, SignatureScheme, Statement,
    StatementField,
};
use std::collections::BTreeSet;
use std::sync::LazyLock;

const CONTEXT: &[u8] = b"party";
const MEMBERS: u16 = 5;
const THRESHOLD: u16 = 4;
const NOW: u64 = 1_800_000_000;
const EXPIRY: u64 = NOW + 3600;

/// Where the identifier stands in an encoded share of the recovery key, after its length.
const IDENTIFIER: usize = 1 + 8 + 2 + 48 + 1;
/// Where the member, the encapsulated key and the ciphertext stand in an encoded response.
const MEMBER: usize = 1 + 32;
const ENCAPSULATED: usize = 1 + 32 + 2;
const CIPHERTEXT: usize = ENCAPSULATED + 32 + 4;

struct World {
    roster: Roster,
    identities: Vec<IdentityKey>,
    shares: Vec<KeyShare>,
    statements: Vec<Statement>,
}

impl World {
    fn new(seed: u64) -> Self {
        let rng = &mut rng(seed);
        let recovery = Sharing::new(CurveId::Bls12381G1, THRESHOLD, MEMBERS, rng);
        let identities: Vec<IdentityKey> = (0..MEMBERS).map(|_| IdentityKey::generate(rng)).collect();
        let members = (1..).zip(&identities).map(|(index, identity)| {
            let key = MemberKey::generate(rng);
            RosterMember::new(MemberRegistration::new(CONTEXT, common::index(index), identity, &key, rng).unwrap())
        });
        let roster = Roster::new(CONTEXT, recovery.public.clone(), members.collect()).unwrap();
        let statements = [1, 2].map(|node| statement(&roster, node, rng)).to_vec();
        Self { roster, identities, shares: recovery.shares, statements }
    }

    fn session(&self, seed: u64) -> Session {
        let statements = self.statements.clone();
        Session::new(self.roster.clone(), statements, b"fresh node", EXPIRY, &mut rng(seed)).unwrap()
    }

    fn review<'a>(&'a self, request: &'a Request) -> Review<'a> {
        Review::new(request, &self.statements, &self.roster, NOW).unwrap()
    }

    /// What `signer` signs over an answer with this share.
    fn answer(&self, request: &Request, share: &KeyShare, signer: u16) -> Vec<u8> {
        let unsigned = self.review(request).answer(share, &mut rng(9)).unwrap();
        unsigned.sign(self.identity(signer), SignatureScheme::Sha256).unwrap().encode()
    }

    fn identity(&self, member: u16) -> &IdentityKey {
        &self.identities[usize::from(member - 1)]
    }

    fn share(&self, member: u16) -> &KeyShare {
        &self.shares[usize::from(member - 1)]
    }

    /// The share of one member under the identifier of another.
    fn share_as(&self, member: u16, claimed: u8) -> KeyShare {
        KeyShare::decode(&patched(&self.share(member).encode(), IDENTIFIER, &[claimed])).unwrap()
    }

    /// An answer of `member` that is changed before the member signs it.
    fn tampered(&self, request: &Request, member: u16, change: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
        let body = change(&self.review(request).answer(self.share(member), &mut rng(9)).unwrap().encode());
        let signature = self.identity(member).sign(SignatureScheme::Sha256, Purpose::Response, &body).unwrap();
        [body, signature.to_bytes().to_vec()].concat()
    }
}

fn statement(roster: &Roster, node: u16, rng: &mut StdRng) -> Statement {
    let root = SecretScalar::random(CurveId::Secp256k1, rng);
    let sharing = PublicPolynomial::new(vec![root.public()]).unwrap();
    let header = Header { node: format!("node-{node}").into_bytes(), ..header() };
    let entries = vec![Entry::new(&sharing, common::index(node).into()).unwrap()];
    Statement::backup(header, roster.party().public_key().clone(), Blinder::generate(rng).public(), entries).unwrap()
}

/// Something that arrives at the node, or happens to it.
#[derive(Clone, Copy, Debug)]
enum Event {
    Good(u16),
    WrongShares(u16),
    Unreadable(u16),
    ShortShares(u16),
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
        4 => member.clone().prop_map(Event::Good),
        1 => member.clone().prop_map(Event::WrongShares),
        1 => member.clone().prop_map(Event::Unreadable),
        1 => member.clone().prop_map(Event::ShortShares),
        1 => member.clone().prop_map(Event::SignedByAnother),
        1 => member.clone().prop_map(Event::ForAnotherRequest),
        1 => member.prop_map(Event::Late),
        1 => Just(Event::Stranger),
        1 => Just(Event::Garbage),
        2 => Just(Event::Restart),
    ]
}

impl Event {
    /// The message that arrives, and when.
    fn message(self, world: &World, request: &Request) -> (Vec<u8>, u64) {
        let bytes = match self {
            Self::Good(member) | Self::Late(member) => world.answer(request, world.share(member), member),
            Self::WrongShares(member) => world.answer(request, &world.share_as(other(member), member as u8), member),
            Self::Unreadable(member) => world.tampered(request, member, |body| flipped(body, CIPHERTEXT, 1)),
            Self::ShortShares(member) => world.tampered(request, member, |body| flipped(body, ENCAPSULATED, 1)),
            Self::SignedByAnother(member) => world.answer(request, world.share(member), other(member)),
            Self::ForAnotherRequest(member) => world.answer(world.session(77).request(), world.share(member), member),
            Self::Stranger => world.tampered(request, 1, |body| patched(body, MEMBER, &(MEMBERS + 1).to_be_bytes())),
            Self::Garbage | Self::Restart => vec![1, 2, 3],
        };
        (bytes, if matches!(self, Self::Late(_)) { EXPIRY + 1 } else { EXPIRY })
    }

    /// What a simple model says of it: the members accepted so far are all there is to know.
    fn expected(self, accepted: &mut BTreeSet<u16>) -> Result<(), Error> {
        match self {
            Self::Good(member) => {
                accepted.insert(member);
                Ok(())
            }
            // Whoever was accepted before can send what he likes.
            Self::WrongShares(m) | Self::Unreadable(m) | Self::ShortShares(m) if accepted.contains(&m) => Ok(()),
            Self::WrongShares(member) => Err(Error::BadDecryptionShares { members: vec![member] }),
            Self::Unreadable(member) | Self::ShortShares(member) => Err(Error::BadResponse { member }),
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

fn check_progress(session: &Session, accepted: &BTreeSet<u16>) {
    let progress = session.progress();
    let numbers = |members: &[PartyIndex]| members.iter().map(|m| m.get()).collect::<BTreeSet<_>>();
    assert_eq!(&numbers(&progress.answered), accepted);
    assert_eq!(numbers(&progress.missing), (1..=MEMBERS).filter(|m| !accepted.contains(m)).collect());
    assert_eq!(usize::from(progress.needed), usize::from(THRESHOLD).saturating_sub(accepted.len()));
    match session.unlock_keys() {
        Ok(keys) => assert!(progress.needed == 0 && keys.len() == session.statements().len()),
        Err(error) => {
            assert_eq!(error, Error::NotEnoughShares { have: accepted.len() as u16, need: THRESHOLD });
        }
    }
}

static WORLD: LazyLock<World> = LazyLock::new(|| World::new(1));

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_session_follows_the_model(events in prop::collection::vec(events(), 1..14)) {
        let mut session = WORLD.session(2);
        let request = session.request().clone();
        let mut accepted = BTreeSet::new();
        for event in events {
            let expected = event.expected(&mut accepted);
            if let Event::Restart = event {
                session = Session::decode(CONTEXT, &session.encode()).unwrap();
            } else {
                let (message, now) = event.message(&WORLD, &request);
                prop_assert_eq!(session.receive(&message, now).map(|_| ()), expected, "{:?}", event);
            }
            check_progress(&session, &accepted);
        }
    }
}

#[test]
fn a_wallet_can_sign_an_answer() {
    let mut session = WORLD.session(3);
    let request = session.request().clone();
    let unsigned = WORLD.review(&request).answer(WORLD.share(2), &mut rng(4)).unwrap();
    let identity = WORLD.identity(2);
    let signature = identity.sign(SignatureScheme::PersonalMessage, Purpose::Response, &unsigned.encode()).unwrap();
    let rs = signature.to_bytes()[1..].to_vec();
    let signature = Signature::from_bytes(SignatureScheme::PersonalMessage, &rs).unwrap();
    let response = unsigned.clone().with_signature(signature).encode();
    assert_eq!(session.receive(&response, NOW).unwrap().answered, [common::index(2)]);
    // The same numbers under the other scheme are no signature.
    let signature = Signature::from_bytes(SignatureScheme::Sha256, &rs).unwrap();
    let response = unsigned.with_signature(signature).encode();
    assert_eq!(session.receive(&response, NOW), Err(Error::BadSignature));
}

#[test]
fn an_attestation_makes_another_request() {
    let session = WORLD.session(5);
    let plain = session.request().clone();
    let mut session = session.with_attestation(b"quote");
    assert_eq!(session.request().attested_digest(), plain.attested_digest());
    assert_eq!(session.request().attestation(), b"quote");
    assert_eq!(session.receive(&WORLD.answer(&plain, WORLD.share(1), 1), NOW), Err(Error::WrongRequest));
    let request = session.request().clone();
    session.receive(&WORLD.answer(&request, WORLD.share(1), 1), NOW).unwrap();
}

//= spec/11-recovery.md#11-3-review
//= type=test
//# A name in a request or statement MUST be shown to a person with every byte outside 0x20..0x7e escaped.
#[test]
fn names_are_shown_escaped() {
    let every: Vec<u8> = (0..=254).collect();
    let (one, rng) = (&WORLD.statements[0], &mut rng(10));
    let header = Header { context: every.clone(), node: every.clone(), ..one.header().clone() };
    let statements = vec![Statement::new(header, one.compartments().to_vec()).unwrap()];
    let session = Session::new(WORLD.roster.clone(), statements.clone(), &every, EXPIRY, rng).unwrap();
    let text = Review::new(session.request(), &statements, &WORLD.roster, NOW).unwrap().to_string();
    assert!(text.bytes().all(|byte| byte == b'\n' || (0x20..=0x7e).contains(&byte)));
    let names = every.iter().map(|byte| match byte {
        b'\t' => "\\t".to_owned(),
        b'\r' => "\\r".to_owned(),
        b'\n' => "\\n".to_owned(),
        b'\'' | b'"' | b'\\' => format!("\\{}", char::from(*byte)),
        0x20..=0x7e => char::from(*byte).to_string(),
        other => format!("\\x{other:02x}"),
    });
    let name: String = names.collect();
    assert_eq!(text.matches(&name).count(), 3, "{text}");
}

#[test]
fn a_review_tells_a_person_what_is_asked() {
    let session =
        Session::new(WORLD.roster.clone(), WORLD.statements.clone(), b"evil\x1b[2J\nnode", EXPIRY, &mut rng(6));
    let session = session.unwrap();
    let text = WORLD.review(session.request()).to_string();
    for expected in ["evil\\x1b[2J\\nnode", "network", "node-1, epoch 7", "node-2, epoch 7", "3600 s", "secp256k1"] {
        assert!(text.contains(expected), "{expected} is missing in\n{text}");
    }
    assert!(!text.contains('\x1b'));
}

/// Reviews a request for `statements`, made by a session of the same roster.
fn review_of(statements: &[Statement], known: &[Statement], roster: &Roster, now: u64) -> Result<(), Error> {
    let session = Session::new(WORLD.roster.clone(), statements.to_vec(), b"node", EXPIRY, &mut rng(7)).unwrap();
    Review::new(session.request(), known, roster, now).map(|_| ())
}

#[test]
fn a_review_refuses_what_does_not_fit() {
    let (world, elsewhere) = (&*WORLD, World::new(8));
    let statements = &world.statements;
    assert_eq!(review_of(statements, statements, &world.roster, EXPIRY), Ok(()));
    assert_eq!(review_of(statements, statements, &world.roster, EXPIRY + 1), Err(Error::Expired));
    assert_eq!(review_of(statements, &statements[..1], &world.roster, NOW), Err(Error::UnknownDigest));
    let mismatch = Err(Error::StatementMismatch(StatementField::RecoveryKey));
    assert_eq!(review_of(statements, statements, &elsewhere.roster, NOW), mismatch);
    let session = world.session(2);
    let request = Request::decode(&spliced(&session.request().encode(), 1..9, b"\x07netwerk")).unwrap();
    let review = Review::new(&request, statements, &world.roster, NOW).map(|_| ());
    assert_eq!(review, Err(Error::StatementMismatch(StatementField::Context)));
}

#[test]
fn a_member_answers_only_with_its_share_of_the_recovery_key() {
    let session = WORLD.session(2);
    let review = WORLD.review(session.request());
    let foreign = World::new(8);
    let error = review.answer(foreign.share(1), &mut rng(1)).unwrap_err();
    assert_eq!(error, Error::StatementMismatch(StatementField::RecoveryKey));
    let other_curve = Sharing::new(CurveId::Secp256k1, 1, 1, &mut rng(1));
    let error = review.answer(&other_curve.shares[0], &mut rng(1)).unwrap_err();
    assert_eq!(error, Error::WrongCurve { expected: CurveId::Bls12381G1, found: CurveId::Secp256k1 });
}

/// Members whose shares lie at numbers of 256 bits.
#[test]
fn members_with_long_identifiers_answer_and_one_who_is_none_does_not() {
    let rng = &mut rng(11);
    let identifiers = [0x11, 0x92, 0xf3].map(|byte| Identifier::from_bytes(&[byte; 32]).unwrap());
    let recovery = Sharing::at(CurveId::Bls12381G1, 2, &identifiers, rng);
    let members = (1..).zip(&identifiers).map(|(number, identifier)| {
        let (member, key) = (common::index(number), MemberKey::generate(rng));
        let registration = MemberRegistration::new(CONTEXT, member, WORLD.identity(number), &key, rng);
        RosterMember { registration: registration.unwrap(), identifier: *identifier }
    });
    let members: Vec<RosterMember> = members.collect();
    let roster = Roster::new(CONTEXT, recovery.public.clone(), members.clone()).unwrap();
    assert_eq!(Roster::decode(CONTEXT, &roster.encode()).as_ref(), Ok(&roster));
    assert_eq!(roster.party().identifier(common::index(3)), Ok(identifiers[2]));
    let statements = vec![statement(&roster, 1, rng)];
    let mut session = Session::new(roster.clone(), statements.clone(), b"node", EXPIRY, rng).unwrap();
    let request = session.request().clone();
    let review = Review::new(&request, &statements, &roster, NOW).unwrap();
    for (number, share) in [(3, &recovery.shares[2]), (1, &recovery.shares[0])] {
        let answer = review.answer(share, rng).unwrap();
        let answer = answer.sign(WORLD.identity(number), SignatureScheme::Sha256).unwrap();
        assert_eq!(answer.member(), common::index(number));
        session.receive(&answer.encode(), NOW).unwrap();
        session = Session::decode(CONTEXT, &session.encode()).unwrap();
    }
    assert_eq!((session.progress().needed, session.unlock_keys().unwrap().len()), (0, 1));
    // A share where no member's lies: of a party that is gone, or of one that is not in this roster.
    let smaller = Roster::new(CONTEXT, recovery.public.clone(), members[..2].to_vec()).unwrap();
    let review = Review::new(&request, &statements, &smaller, NOW).unwrap();
    assert_eq!(review.answer(&recovery.shares[2], rng).unwrap_err(), Error::UnusedIdentifier(identifiers[2]));
    assert!(review.answer(&recovery.shares[1], rng).is_ok());
}

fn session_of(statements: Vec<Statement>, requester: &[u8]) -> Result<(), Error> {
    Session::new(WORLD.roster.clone(), statements, requester, EXPIRY, &mut rng(7)).map(|_| ())
}

#[test]
fn a_session_asks_only_for_backups_of_its_party_and_network() {
    let [one, two] = [0, 1].map(|n| WORLD.statements[n].clone());
    assert_eq!(session_of(vec![one.clone(), two.clone()], b"node"), Ok(()));
    assert_eq!(session_of(vec![], b"node"), Err(Error::InvalidLength));
    assert_eq!(session_of(vec![one.clone()], &[b'x'; 256]), Err(Error::InvalidLength));
    assert_eq!(session_of(vec![one.clone(), one.clone()], b"node"), Err(Error::UnknownDigest));
    let rebuilt = |header: Header, compartments| Statement::new(header, compartments).unwrap();
    let abroad = Header { context: b"elsewhere".to_vec(), ..two.header().clone() };
    let abroad = rebuilt(abroad, two.compartments().to_vec());
    let error = Err(Error::StatementMismatch(StatementField::Context));
    assert_eq!(session_of(vec![one.clone(), abroad], b"node"), error);
    let Lock::Recovery { blinder, .. } = two.compartments()[0].lock.clone() else { panic!("no recovery lock") };
    let stranger = SecretScalar::random(CurveId::Bls12381G1, &mut rng(99)).public();
    let lock = Lock::Recovery { recovery_key: RecoveryPublicKey::try_from(stranger).unwrap(), blinder };
    let entries = two.compartments()[0].entries.clone();
    let foreign = rebuilt(two.header().clone(), vec![Compartment { lock, entries: entries.clone() }]);
    let error = Err(Error::StatementMismatch(StatementField::RecoveryKey));
    assert_eq!(session_of(vec![one.clone(), foreign], b"node"), error);
    let lock = Lock::Member { member_key: MemberKey::generate(&mut rng(1)).public() };
    let dealing = rebuilt(two.header().clone(), vec![Compartment { lock, entries }]);
    assert_eq!(session_of(vec![one.clone(), dealing], b"node"), Err(Error::UnknownLock(2)));
    let two_compartments = [one.compartments(), two.compartments()].concat();
    assert_eq!(session_of(vec![rebuilt(one.header().clone(), two_compartments)], b"node"), Err(Error::InvalidLength));
}

//= spec/11-recovery.md#11-5-session
//= type=test
//# A fresh node that reads a stored session MUST verify the roster, the request and every share in it again.
#[test]
fn a_stored_session_is_verified_again() {
    let mut session = WORLD.session(2);
    let request = session.request().clone();
    for member in [2, 4] {
        session.receive(&WORLD.answer(&request, WORLD.share(member), member), NOW).unwrap();
    }
    let bytes = session.encode().to_vec();
    let decode = |bytes: &[u8]| Session::decode(CONTEXT, bytes).map(|_| ());
    assert_eq!(decode(&bytes), Ok(()));
    // Two accepted answers of 2 + 2·96 bytes each are the last that is written.
    let answer = 2 + 2 * 96;
    let (first, second) = (bytes.len() - 2 * answer, bytes.len() - answer);
    assert_eq!(decode(&flipped(&bytes, 1 + 5, 1)), Err(Error::InvalidScalar));
    assert_eq!(decode(&bytes[..bytes.len() - 1]), Err(Error::Truncated));
    assert_eq!(decode(&spliced(&bytes, bytes.len()..bytes.len(), &[0])), Err(Error::TrailingBytes));
    assert_eq!(decode(&patched(&bytes, second, &[0, 3])), Err(Error::BadDecryptionShares { members: vec![3] }));
    let twice = spliced(&bytes, second..bytes.len(), &bytes[first..second]);
    assert_eq!(decode(&twice), Err(Error::DuplicateIndex(2)));
    let swapped = [&bytes[..first], &bytes[second..], &bytes[first..second]].concat();
    assert_eq!(decode(&swapped), Err(Error::InvalidIndex(2)));
    assert_eq!(decode(&patched(&bytes, second, &[0, 9])), Err(Error::UnknownMember(9)));
    assert_eq!(decode(&patched(&bytes, second, &[0, 0])), Err(Error::InvalidIndex(0)));
    assert_eq!(decode(&patched(&bytes, second + 2, &[0])), Err(Error::InvalidPoint));
    let other_roster = Session::decode(b"another party", &bytes).map(|_| ());
    assert_eq!(other_roster, Err(Error::InvalidRoster { member: 1 }));
    // The request is for the statements that are stored, in this order.
    let digests: Vec<u8> = request.digests().iter().flat_map(|digest| digest.0).collect();
    let place = bytes.windows(64).position(|window| window == digests).unwrap();
    let reversed = [&digests[32..], &digests[..32]].concat();
    assert_eq!(decode(&patched(&bytes, place, &reversed)), Err(Error::UnknownDigest));
    assert_eq!(decode(&patched(&bytes, place, &digests[32..])), Err(Error::UnknownDigest));
}
