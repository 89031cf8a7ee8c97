//! A bad answer, shown to everybody.

use crate::common::recovery::{CONTEXT, NOW, Recovery, at, hpke_keys_at, registered, statement, unseal};
use crate::common::{Party, Sharing, flipped, id, ids, index, patched, rng, spliced, vanishing, xof};
use relight::curve::CurveId;
use relight::{
    Blinder, Error,
    recovery::{Accusation, Request, Roster, Session},
};
use std::sync::LazyLock;

static WORLD: LazyLock<Recovery> = LazyLock::new(|| Recovery::new(1));

/// What others make of an accusation, from its bytes.
fn verdict(accusation: &[u8]) -> Result<u16, Error> {
    let accusation = Accusation::decode(accusation)?;
    accusation.verify(&WORLD.roster, &WORLD.statements).map(|member| member.get())
}

/// An accusation that anyone can put together.
fn forged(request: &Request, response: &[u8], secret: &[u8]) -> Vec<u8> {
    let request = request.encode();
    let [request_len, response_len] = [request.len(), response.len()].map(|length| (length as u32).to_be_bytes());
    [&[1], &request_len[..], &request, &response_len, response, secret].concat()
}

/// The node's secret key for the answers of a member.
fn secret(session: &Session, member: u16) -> Vec<u8> {
    let material: [u8; 32] = xof("session-key", &[&session.encode()[2..34], &member.to_be_bytes()]);
    let (secret, _) = <hpke::kem::X25519HkdfSha256 as hpke::Kem>::derive_keypair(&material);
    hpke::Serializable::to_bytes(&secret).to_vec()
}

#[test]
fn a_bad_answer_is_shown_to_everybody() {
    let mut session = WORLD.session(2);
    let request = session.request().unwrap();
    let ciphertext = 1 + 32 + 2 + 32 + 4;
    let good = WORLD.item(1, WORLD.share(4));
    let bad = [
        (WORLD.tampered(&request, 4, |body| flipped(body, ciphertext, 1)), Error::BadResponse { member: 4 }),
        (WORLD.sealed(&request, 4, &good[..97]), Error::BadResponse { member: 4 }),
        (WORLD.wrong_answer(&request, 4, 3), Error::BadDecryptionShares { members: vec![4] }),
    ];
    // One of two shares is wrong, whichever.
    let items = [4, 3].map(|member| [0, 1].map(|place| WORLD.item(place, WORLD.share(member))));
    let half = [[&items[1][0], &items[0][1]], [&items[0][0], &items[1][1]]];
    let half = half.map(|[one, other]| WORLD.sealed(&request, 4, &[one.as_slice(), other].concat()));
    let half = half.map(|answer| (answer, Error::BadDecryptionShares { members: vec![4] }));
    for (answer, error) in bad.into_iter().chain(half) {
        assert_eq!(session.receive(&answer, at(NOW)), Err(error));
        let accusation = session.accuse(&answer).unwrap();
        assert_eq!(verdict(&accusation.encode()), Ok(4));
        assert_eq!(Accusation::decode(&accusation.encode()), Ok(accusation.clone()));
        assert_eq!(accusation.encode(), forged(&request, &answer, &secret(&session, 4)));
    }
    // A member that dealt itself out, and answers all the same.
    let (session, answer, others) = shareless();
    let accusation = session.accuse(&answer).unwrap();
    assert_eq!(accusation.verify(&others.roster, &others.statements), Ok(index(2)));
}

/// A session of a party whose member 2 has no share, an answer of that member, and the party.
fn shareless() -> (Session, Vec<u8>, Recovery) {
    let rng = &mut rng(4);
    let recovery = Sharing::of(vanishing(CurveId::Bls12381G1, 2, &[id(2)], rng), &ids(1..=4));
    let party = Party::group(1..=4, rng);
    let roster = Roster::new(CONTEXT, recovery.public.clone(), registered(&party)).unwrap();
    let blinders = vec![Blinder::generate(rng)];
    let statements = vec![statement(&roster, 1, &blinders[0], rng)];
    let others = Recovery { party, recovery, roster, blinders, statements };
    let mut session = others.session(3);
    let request = session.request().unwrap();
    let answer = others.sealed(&request, 2, &others.item(0, &others.recovery.shares[0]));
    assert_eq!(session.receive(&answer, at(NOW)), Err(Error::Shareless(2)));
    (session, answer, others)
}

//= spec/11-recovery.md#11-6-accusation
//= type=test
//# An accusation MUST be refused, with NoEvidence, if the answer in it is good, or if the key is not that of the request.
#[test]
fn there_is_no_accusation_of_an_honest_member() {
    let session = WORLD.session(2);
    let request = session.request().unwrap();
    let answers = [WORLD.answer(&request, 3), WORLD.answer_to(&request, 3, &[1])];
    for answer in &answers {
        assert_eq!(session.accuse(answer), Err(Error::NoEvidence));
        assert_eq!(verdict(&forged(&request, answer, &secret(&session, 3))), Err(Error::NoEvidence));
        // Another key does not open it, but it is not the one that the request names.
        for other in [secret(&session, 4), secret(&WORLD.session(5), 3), vec![0; 32]] {
            assert_eq!(verdict(&forged(&request, answer, &other)), Err(Error::NoEvidence));
        }
    }
    // Nobody else can sign a bad one for the member, and none signed for another request fits.
    let [bad, good] = [WORLD.wrong_answer(&request, 3, 4), answers[0].clone()];
    let own = secret(&session, 3);
    assert_eq!(verdict(&forged(&request, &bad, &own)), Ok(3));
    let stranger = patched(&bad, bad.len() - 65, &good[good.len() - 65..]);
    assert_eq!(verdict(&forged(&request, &stranger, &own)), Err(Error::BadSignature));
    assert_eq!(session.accuse(&stranger), Err(Error::BadSignature));
    let renamed = patched(&bad, 33, &[0, 9]);
    assert_eq!(verdict(&forged(&request, &renamed, &own)), Err(Error::UnknownMember(9)));
    assert_eq!(session.accuse(&renamed), Err(Error::UnknownMember(9)));
    let elsewhere = WORLD.session(6).request().unwrap();
    assert_eq!(verdict(&forged(&elsewhere, &bad, &own)), Err(Error::WrongRequest));
    assert_eq!(WORLD.session(6).accuse(&bad), Err(Error::WrongRequest));
    // The key of a request cannot be replaced: the answer is for a request with that very key.
    let keys = hpke_keys_at(request.draft()) + 2 * 32;
    let rekeyed = patched(&request.encode(), keys, &crate::common::recovery::hpke_key(elsewhere.draft(), 2));
    let rekeyed = Request::decode(&rekeyed).unwrap();
    assert_eq!(verdict(&forged(&rekeyed, &good, &secret(&WORLD.session(6), 3))), Err(Error::WrongRequest));
}

#[test]
fn who_judges_an_accusation_has_the_roster_and_the_statements() {
    let session = WORLD.session(2);
    let request = session.request().unwrap();
    let bad = session.accuse(&WORLD.wrong_answer(&request, 3, 4)).unwrap();
    let verify = |roster: &Roster, statements| bad.verify(roster, statements).map(|member| member.get());
    assert_eq!(verify(&WORLD.roster, &WORLD.statements), Ok(3));
    assert_eq!(verify(&WORLD.roster, &WORLD.statements[..1]), Err(Error::UnknownStatement));
    assert_eq!(verify(&Recovery::new(7).roster, &WORLD.statements), Err(Error::RosterMismatch));
    // Without a request there is nothing to answer.
    assert_eq!(WORLD.drafted(2).accuse(&WORLD.answer(&request, 1)), Err(Error::Unauthorised(0)));
    let bytes = bad.encode();
    (0..bytes.len()).for_each(|length| assert_eq!(Accusation::decode(&bytes[..length]), Err(Error::Truncated)));
    assert_eq!(Accusation::decode(&[&bytes[..], &[0]].concat()), Err(Error::TrailingBytes));
    assert_eq!(Accusation::decode(&patched(&bytes, 0, &[2])), Err(Error::UnsupportedVersion(2)));
    let response = 1 + 4 + request.encode().len();
    assert_eq!(Accusation::decode(&spliced(&bytes, 1..response, &[0; 4])), Err(Error::InvalidLength));
    let empty = spliced(&bytes, response..bytes.len() - 32, &[0; 4]);
    assert_eq!(Accusation::decode(&empty), Err(Error::InvalidLength));
    // What is inside is decoded when it is judged.
    let cut = spliced(&bytes, response..bytes.len() - 32, &[0, 0, 0, 1, 1]);
    assert_eq!(verdict(&cut), Err(Error::Truncated));
    assert_eq!(verdict(&patched(&bytes, 5, &[9])), Err(Error::UnsupportedVersion(9)));
}

//= spec/11-recovery.md#11-6-accusation
//= type=test
//# A node that accuses MUST publish the secret key of that member only.
//= spec/11-recovery.md#11-2-request
//= type=test
//# The node MUST have an HPKE key pair of its own for each member of the roster.
#[test]
fn an_accusation_opens_the_answers_of_one_member_only() {
    let session = WORLD.session(2);
    let request = session.request().unwrap();
    let accusation = session.accuse(&WORLD.wrong_answer(&request, 4, 3)).unwrap().encode();
    let published = &accusation[accusation.len() - 32..];
    let opened = [1, 2, 3, 4].map(|member| unseal(published, &WORLD.answer(&request, member)).is_some());
    assert_eq!(opened, [false, false, false, true]);
    // Nor its answers to another request of this node.
    let again = WORLD.session(3).request().unwrap();
    assert_eq!(unseal(published, &WORLD.answer(&again, 4)), None);
    // The seed is not in it.
    assert!(!accusation.windows(32).any(|bytes| bytes == &session.encode()[2..34]));
}
