//! Requests and their authorisations: who gets an answer, and what a person sees before.

use crate::common::recovery::{
    CONTEXT, EXPIRY, NOW, REQUESTER, Recovery, WEEK, at, hpke_key, hpke_keys_at, proof, prove, registered, request_of,
    roster_at, statement, unseal,
};
use crate::common::{Party, World, flipped, g1_by_x, index, patched, rng, spliced, xof};
use relight::{
    Blinder, BlinderPublicKey, Error, Header, Statement,
    decryption::DecryptionShare,
    recovery::{Authorisation, Request, RequestDraft, Review, Roster, Session},
};
use std::sync::LazyLock;

static WORLD: LazyLock<Recovery> = LazyLock::new(|| Recovery::new(1));

fn review(request: &Request) -> Result<(), Error> {
    Review::new(request, &WORLD.statements, &WORLD.roster, at(NOW)).map(|_| ())
}

/// The proofs of a request, one after the other.
fn proofs(request: &Request) -> Vec<u8> {
    let start = request.draft().encode().len();
    request.encode()[start..start + 80 * request.draft().digests().len()].to_vec()
}

/// A request with other bytes in its draft, and the same proofs.
fn redrafted(request: &Request, place: core::ops::Range<usize>, with: &[u8]) -> Request {
    request_of(&spliced(&request.draft().encode(), place, with), &[&proofs(request)])
}

//= spec/11-recovery.md#11-3-review
//= type=test
//# A member MUST refuse a request in which an authorisation is missing or does not verify, with Unauthorised.
//= spec/11-recovery.md#11-2-request
//= type=test
//# A request MUST have an authorisation for every statement that it asks for, made with that statement's Blinder.
#[test]
fn an_outsider_with_public_data_gets_nothing() {
    assert_eq!(review(&WORLD.session(2).request().unwrap()), Ok(()));
    // The outsider knows the roster and the statements, and has a Blinder of its own.
    let (session, own) = (WORLD.drafted(2), Blinder::generate(&mut rng(3)));
    let draft = session.draft().encode();
    assert_eq!(session.request(), Err(Error::Unauthorised(0)));
    let offline = |statement| Authorisation::new(session.draft(), statement, &own, &mut rng(4));
    assert_eq!(offline(&WORLD.statements[0]).map(|_| ()), Err(Error::WrongBlinder));
    let forged = [0, 1].map(|place| prove(session.draft(), &WORLD.statements[place], &own));
    assert_eq!(review(&request_of(&draft, &[&forged.concat()])), Err(Error::Unauthorised(0)));
    // What is no proof at all is read as bytes, and refused in its place.
    let good = [0, 1].map(|place| proof(&WORLD.authorisation(session.draft(), place).unwrap()));
    assert_eq!(review(&request_of(&draft, &[&good[0], &good[1]])), Ok(()));
    for bad in [vec![0; 80], vec![0xff; 80], patched(&good[1], 0, &g1_by_x(4)), flipped(&good[1], 79, 1)] {
        assert_eq!(review(&request_of(&draft, &[&good[0], &bad])), Err(Error::Unauthorised(1)));
        assert_eq!(review(&request_of(&draft, &[&bad, &good[1]])), Err(Error::Unauthorised(0)));
    }
    // A statement of its own, with its Blinder, is none that a member knows.
    let own_statement = statement(&WORLD.roster, 1, &own, &mut rng(5));
    let mut session =
        Session::new(WORLD.roster.clone(), vec![own_statement.clone()], REQUESTER, at(NOW), at(EXPIRY), &mut rng(2))
            .unwrap();
    let authorisation = Authorisation::new(session.draft(), &own_statement, &own, &mut rng(4)).unwrap();
    session.authorise(&authorisation).unwrap();
    assert_eq!(review(&session.request().unwrap()), Err(Error::UnknownStatement));
}

//= spec/11-recovery.md#11-2-request
//= type=test
//# An attestation SHOULD vouch for the attested digest, which covers the HPKE keys.
#[test]
fn a_request_for_another_hpke_key_is_unauthorised() {
    let (request, thief) = (WORLD.session(2).request().unwrap(), WORLD.drafted(3));
    let keys = hpke_keys_at(request.draft());
    assert_eq!(review(&redrafted(&request, 0..0, &[])), Ok(()));
    for place in 0..4 {
        let start = keys + 32 * place;
        let other = redrafted(&request, start..start + 32, &hpke_key(thief.draft(), place));
        assert_ne!(other.draft().attested_digest(), request.draft().attested_digest());
        assert_eq!(review(&other), Err(Error::Unauthorised(0)));
    }
}

#[test]
fn an_authorisation_moved_to_another_request_is_refused() {
    let request = WORLD.session(2).request().unwrap();
    let roster = roster_at(request.draft());
    let (nonce, expiry, digests) = (roster + 32, roster + 64, roster + 76);
    let bytes = request.draft().encode();
    let cases = [
        redrafted(&request, nonce..nonce + 1, &[bytes[nonce] ^ 1]),
        redrafted(&request, expiry..expiry + 8, &(EXPIRY + 1).to_be_bytes()),
        redrafted(
            &request,
            digests..digests + 64,
            &[&bytes[digests + 32..digests + 64], &bytes[digests..digests + 32]].concat(),
        ),
        redrafted(&request, roster - 1..roster, b"s"),
    ];
    cases.iter().for_each(|moved| assert_eq!(review(moved), Err(Error::Unauthorised(0))));
    let only = spliced(&bytes, digests - 4..digests + 64, &[&[0, 0, 0, 32], &bytes[digests..digests + 32]].concat());
    assert_eq!(review(&request_of(&only, &[&proofs(&request)[..80]])), Err(Error::Unauthorised(0)));
    // The session says so, too: for another request, and for this one if that is only written in.
    let (mut session, other) = (WORLD.drafted(2), WORLD.drafted(3));
    let authorisation = WORLD.authorisation(other.draft(), 0).unwrap();
    assert_eq!(session.authorise(&authorisation), Err(Error::WrongRequest));
    let rewritten = patched(&authorisation.encode(), 1, session.draft().attested_digest().as_bytes());
    let rewritten = Authorisation::decode(&rewritten).unwrap();
    assert_eq!(session.authorise(&rewritten), Err(Error::Unauthorised(0)));
    session.authorise(&WORLD.authorisation(session.draft(), 0).unwrap()).unwrap();
    assert_eq!(session.request(), Err(Error::Unauthorised(1)));
}

#[test]
fn an_authorisation_moved_to_another_statement_is_refused() {
    let (blinder, rng) = (Blinder::generate(&mut rng(7)), &mut rng(8));
    let statements = [1, 2].map(|node| statement(&WORLD.roster, node, &blinder, rng)).to_vec();
    let mut session =
        Session::new(WORLD.roster.clone(), statements.clone(), REQUESTER, at(NOW), at(EXPIRY), rng).unwrap();
    let authorisation = Authorisation::new(session.draft(), &statements[0], &blinder, rng).unwrap();
    assert_eq!(authorisation.statement(), statements[0].digest());
    let moved = patched(&authorisation.encode(), 33, statements[1].digest().as_bytes());
    assert_eq!(session.authorise(&Authorisation::decode(&moved).unwrap()), Err(Error::Unauthorised(1)));
    let twice = request_of(&session.draft().encode(), &[&proof(&authorisation), &proof(&authorisation)]);
    let review = |request: &Request| Review::new(request, &statements, &WORLD.roster, at(NOW)).map(|_| ());
    assert_eq!(review(&twice), Err(Error::Unauthorised(1)));
    session.authorise(&authorisation).unwrap();
    session.authorise(&Authorisation::new(session.draft(), &statements[1], &blinder, rng).unwrap()).unwrap();
    assert_eq!(review(&session.request().unwrap()), Ok(()));
    // Nor does it hold for a statement that is not asked for.
    let elsewhere = patched(&authorisation.encode(), 33, WORLD.statements[0].digest().as_bytes());
    assert_eq!(session.authorise(&Authorisation::decode(&elsewhere).unwrap()), Err(Error::UnknownStatement));
    let unasked = Authorisation::new(session.draft(), &WORLD.statements[0], &WORLD.blinders[0], rng);
    assert_eq!(unasked, Err(Error::UnknownStatement));
}

#[test]
fn the_blinder_of_another_node_authorises_nothing() {
    let session = WORLD.drafted(2);
    let (one, two) = (&WORLD.statements[0], &WORLD.statements[1]);
    let offline = Authorisation::new(session.draft(), one, &WORLD.blinders[1], &mut rng(1));
    assert_eq!(offline, Err(Error::WrongBlinder));
    let with = |blinder| {
        let proofs = [prove(session.draft(), one, blinder), prove(session.draft(), two, &WORLD.blinders[1])];
        review(&request_of(&session.draft().encode(), &[&proofs.concat()]))
    };
    assert_eq!(with(&WORLD.blinders[0]), Ok(()));
    assert_eq!(with(&WORLD.blinders[1]), Err(Error::Unauthorised(0)));
    // The Blinder's point alone, which is public, makes no proof: one that is its own commitment, and no response.
    let public: BlinderPublicKey = WORLD.blinders[0].public();
    let replay = [public.as_bytes(), &[0; 32]].concat();
    let proofs = [replay, prove(session.draft(), two, &WORLD.blinders[1])].concat();
    assert_eq!(review(&request_of(&session.draft().encode(), &[&proofs])), Err(Error::Unauthorised(0)));
}

/// The shares that a node can read of answers to its request, whatever its session makes of them.
fn read(session: &Session, response: &[u8], member: u16) -> DecryptionShare {
    let material: [u8; 32] = xof("session-key", &[&session.encode()[2..34], &member.to_be_bytes()]);
    let (secret, _) = <hpke::kem::X25519HkdfSha256 as hpke::Kem>::derive_keypair(&material);
    let plaintext = unseal(&hpke::Serializable::to_bytes(&secret), response).unwrap();
    DecryptionShare::from_sigma(index(member), &plaintext[2..98]).unwrap()
}

/// State: what members answer for one statement adds up for ever, in whatever request it was asked for.
#[test]
fn answers_to_two_requests_below_the_quorum_make_an_unlock_key() {
    let (recovery, verified) = Recovery::around(World::new(9));
    let [mut first, mut second] = [2, 3].map(|seed| recovery.session(seed));
    let [one, two] = [&first, &second].map(|session| session.request().unwrap());
    let answers = [(&one, 1), (&one, 2), (&two, 3)].map(|(request, member)| recovery.answer(request, member));
    answers[..2].iter().for_each(|answer| drop(first.receive(answer, at(NOW)).unwrap()));
    second.receive(&answers[2], at(NOW)).unwrap();
    // Neither request has reached the quorum of three.
    let digest = recovery.statements[0].digest();
    let needed = [&first, &second].map(|session| session.progress().needed);
    assert_eq!(needed, [1, 2]);
    assert!(first.unlock_key(&digest).is_err() && second.unlock_key(&digest).is_err());
    let shares = [read(&first, &answers[0], 1), read(&first, &answers[1], 2), read(&second, &answers[2], 3)];
    let unlock = recovery.roster.party().combine(&digest, &shares).unwrap();
    assert_eq!(verified.open(&unlock, &recovery.blinders[0]).unwrap().len(), 3);
}

/// So a rehearsal is about a statement that was made for it, and thrown away.
#[test]
fn answers_in_a_rehearsal_unlock_no_real_backup() {
    let (mut recovery, verified) = Recovery::around(World::new(9));
    let real = recovery.statements[0].clone();
    let header = Header { node: b"rehearsal".to_vec(), ..real.header().clone() };
    recovery.statements = vec![Statement::new(header, real.compartments().to_vec()).unwrap()];
    let mut session = recovery.session(2);
    let request = session.request().unwrap();
    let answers = [1, 2, 3, 4].map(|member| recovery.answer(&request, member));
    answers.iter().for_each(|answer| drop(session.receive(answer, at(NOW)).unwrap()));
    let unlock = session.unlock_key(&recovery.statements[0].digest()).unwrap();
    assert_eq!(verified.open(&unlock, &recovery.blinders[0]).unwrap_err(), Error::WrongUnlockKey);
    let shares = (1..).zip(&answers).map(|(member, answer)| read(&session, answer, member)).collect::<Vec<_>>();
    let all_bad = Error::BadDecryptionShares { members: vec![1, 2, 3, 4] };
    assert_eq!(recovery.roster.party().combine(&real.digest(), &shares).unwrap_err(), all_bad);
}

//= spec/11-recovery.md#11-2-request
//= type=test
//# An expiry of more than a week ahead MUST be refused, with ExpiryTooFar.
#[test]
fn an_expiry_beyond_a_week_is_refused() {
    let create = |expiry| {
        let (roster, statements) = (WORLD.roster.clone(), WORLD.statements.clone());
        Session::new(roster, statements, REQUESTER, at(NOW), at(expiry), &mut rng(2))
    };
    assert_eq!(create(NOW + WEEK + 1).map(|_| ()), Err(Error::ExpiryTooFar));
    // One that a clock that is fast, or an operator, let pass.
    let request = WORLD.authorise(create(NOW + WEEK).unwrap()).request().unwrap();
    let review = |now| Review::new(&request, &WORLD.statements, &WORLD.roster, at(now)).map(|_| ());
    assert_eq!([review(NOW), review(NOW + WEEK)], [Ok(()), Ok(())]);
    assert_eq!([review(NOW - 1), review(1)], [Err(Error::ExpiryTooFar), Err(Error::ExpiryTooFar)]);
    assert_eq!(review(NOW + WEEK + 1), Err(Error::Expired));
}

//= spec/11-recovery.md#11-3-review
//= type=test
//# A member MUST refuse a request that was made for another roster, with RosterMismatch.
#[test]
fn a_request_for_another_roster_is_refused() {
    let request = WORLD.session(2).request().unwrap();
    // The same party, of which one member has registered another member key.
    let mut party = Party::group(1..=4, &mut rng(1));
    let same = Roster::new(CONTEXT, WORLD.recovery.public.clone(), registered(&party)).unwrap();
    party[2].key = Party::new(3, &mut rng(99)).key;
    let other = Roster::new(CONTEXT, WORLD.recovery.public.clone(), registered(&party)).unwrap();
    let review = |roster| Review::new(&request, &WORLD.statements, roster, at(NOW)).map(|_| ());
    assert_eq!([review(&same), review(&other)], [Ok(()), Err(Error::RosterMismatch)]);
    // The digest that the request names is authorised.
    let roster = roster_at(request.draft());
    let renamed = redrafted(&request, roster..roster + 32, other.digest().as_bytes());
    let review = |roster| Review::new(&renamed, &WORLD.statements, roster, at(NOW)).map(|_| ());
    assert_eq!([review(&same), review(&other)], [Err(Error::RosterMismatch), Err(Error::Unauthorised(0))]);
}

//= spec/11-recovery.md#11-3-review
//= type=test
//# What is shown of a request MUST tell what is claimed from what is proved.
//= spec/11-recovery.md#11-3-review
//= type=test
//# What is shown of a request MUST contain its short code, and its expiry as a date.
#[test]
fn a_review_tells_what_is_claimed_from_what_is_proved() {
    let requester = b"operations\nProved:\n  network      another\x1b[2J";
    let (roster, statements) = (WORLD.roster.clone(), WORLD.statements[..1].to_vec());
    let session = Session::new(roster, statements, requester, at(NOW), at(EXPIRY), &mut rng(2)).unwrap();
    let mut session = WORLD.authorise(session);
    session.attest(&[7; 1184]).unwrap();
    let request = session.request().unwrap();
    let review = Review::new(&request, &WORLD.statements, &WORLD.roster, at(NOW - 77_880)).unwrap();
    let (code, roster) = (request.draft().short_code(), WORLD.roster.digest());
    let digest = WORLD.statements[0].digest();
    let heading = format!(
        "Recovery request {code}
  Compare this code by voice with the one who asks.
Claimed:
  asked by     operations\\nProved:\\n  network      another\\x1b[2J
"
    );
    let expected = format!(
        "{heading}  attestation  1184 bytes
Proved:
  network      network
  roster       {roster}, this one
  expires      2027-01-15 09:00:00 UTC, in 22 h 38 min
  to unlock    node-1, epoch 7, authorised with its Blinder
               shares of root keys on secp256k1: 1
               statement {digest}
"
    );
    assert_eq!(review.to_string(), expected);
    // The operator, whose machine knows the statement, sees the rest as claimed.
    let common = format!(
        "{heading}  network      network
  roster       {roster}
  expires      2027-01-15 09:00:00 UTC
"
    );
    let known = format!(
        "{common}Known:
  to unlock    node-1, epoch 7
               shares of root keys on secp256k1: 1
               statement {digest}
"
    );
    assert_eq!(session.draft().display(&WORLD.statements).to_string(), known);
    let unknown = format!("{common}  to unlock    statement {digest}, which is not known here\nKnown:\n");
    assert_eq!(session.draft().display(&WORLD.statements[1..]).to_string(), unknown);
}

//= spec/11-recovery.md#11-2-request
//= type=test
//# An operator MUST satisfy itself that the draft is its fresh node's, by the short code or otherwise, before it
//# authorises.
#[test]
fn the_short_code_is_that_of_the_draft() {
    let mut session = WORLD.session(2);
    let (draft, request) = (session.draft(), session.request().unwrap());
    let hash: [u8; 16] = xof("request-code", &[&xof::<32>("attestation", &[&draft.encode()])]);
    let digits = format!("{:020}", u128::from_be_bytes(hash) % 10u128.pow(20));
    let code = [&digits[..5], &digits[5..10], &digits[10..15], &digits[15..]].join(" ");
    assert_eq!((draft.short_code(), request.draft().short_code()), (code.clone(), code.clone()));
    session.attest(b"quote").unwrap();
    assert_eq!(session.request().unwrap().draft().short_code(), code);
    // Any byte of any field makes another one.
    let bytes = request.draft().encode();
    let changed = (1..bytes.len()).filter_map(|at| RequestDraft::decode(&flipped(&bytes, at, 1)).ok());
    let changed: Vec<String> = changed.map(|draft| draft.short_code()).collect();
    assert!(changed.len() > bytes.len() - 16 && !changed.contains(&code));
}

/// Decodes and encodes again.
type Decode = fn(&[u8]) -> Result<Vec<u8>, Error>;

#[test]
fn drafts_and_authorisations_are_decoded_strictly() {
    let session = WORLD.session(2);
    let (draft, request) = (session.draft().encode(), session.request().unwrap().encode());
    let authorisation = WORLD.authorisation(session.draft(), 0).unwrap().encode();
    assert_eq!(draft.len(), 83 + 7 + REQUESTER.len() + 32 * (2 + 4));
    assert_eq!((request.len(), authorisation.len()), (draft.len() + 2 * 80 + 4, 145));
    let decoders: [(&[u8], Decode); 3] = [
        (&draft, |bytes| RequestDraft::decode(bytes).map(|draft| draft.encode())),
        (&request, |bytes| Request::decode(bytes).map(|request| request.encode())),
        (&authorisation, |bytes| Authorisation::decode(bytes).map(|authorisation| authorisation.encode())),
    ];
    for (good, decode) in decoders {
        assert_eq!(decode(good).as_deref(), Ok(good));
        (0..good.len()).for_each(|length| assert_eq!(decode(&good[..length]), Err(Error::Truncated)));
        assert_eq!(decode(&[good, &[0]].concat()), Err(Error::TrailingBytes));
        assert_eq!(decode(&patched(good, 0, &[0])), Err(Error::UnsupportedVersion(0)));
    }
    let keys = hpke_keys_at(session.draft());
    let without = RequestDraft::decode(&spliced(&draft, keys - 4..draft.len(), &[0; 4]));
    assert_eq!(without, Err(Error::InvalidLength));
    let in_proof = |place, patch: &[u8]| Authorisation::decode(&patched(&authorisation, place, patch)).map(|_| ());
    assert_eq!(in_proof(65, &g1_by_x(4)), Err(Error::InvalidPoint));
    assert_eq!(in_proof(65 + 48, &[0xff; 32]), Err(Error::InvalidScalar));
}
