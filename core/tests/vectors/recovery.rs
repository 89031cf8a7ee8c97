//! Chapter 11 of the specification.

use crate::input::{Input, hexes, unhex};
use crate::keys::signed;
use relight::{
    Error, KeyShare, Statement, StatementDigest, Timestamp,
    recovery::{Accusation, Authorisation, Request, RequestDraft, Response, Review, Roster, Session},
    vectors,
};
use serde_json::{Value, json};

pub(crate) const OPERATIONS: &crate::Table = &[
    ("roster", roster),
    ("request_create", request_create),
    ("request_draft", request_draft),
    ("authorise", authorise),
    ("request_complete", request_complete),
    ("request", request),
    ("review", review),
    ("respond", respond),
    ("response", response),
    ("session", session),
    ("session_load", session_load),
    ("accuse", accuse),
    ("accusation_verify", accusation_verify),
];

fn decode_roster(input: &Input<'_>) -> Result<Roster, Error> {
    Roster::decode(&input.bytes("party"), &input.bytes("roster"))
}

fn statements(input: &Input<'_>) -> Result<Vec<Statement>, Error> {
    input.byte_strings("statements").iter().map(|statement| Statement::decode(statement)).collect()
}

fn roster(input: &Input<'_>) -> Result<Value, Error> {
    let roster = decode_roster(input)?;
    assert_eq!(roster.encode(), input.bytes("roster"));
    let party = roster.party();
    let members = party.members().map(|member| {
        let identifier = party.identifier(member).unwrap();
        let key = party.commitment().public_share(&identifier).ok().map(|key| hex::encode(key.as_bytes()));
        assert_eq!(key.is_none(), party.shareless().any(|none| none == member));
        json!({
            "index": member.get(),
            "identifier": hex::encode(identifier.as_bytes()),
            "verification_key": key,
        })
    });
    Ok(json!({
        "digest": hex::encode(roster.digest()),
        "recovery_key": hex::encode(party.public_key().as_bytes()),
        "threshold": party.threshold().get(),
        "members": members.collect::<Vec<_>>(),
    }))
}

/// Any number, as the algorithms take it.
fn time(input: &Input<'_>, name: &str) -> Timestamp {
    vectors::timestamp(input.u64(name))
}

fn request_create(input: &Input<'_>) -> Result<Value, Error> {
    let (requester, now, expiry) = (input.bytes("requester"), time(input, "now"), time(input, "expiry"));
    let (roster, statements, mut rng) = (decode_roster(input)?, statements(input)?, input.randomness());
    let session = Session::new(roster, statements, &requester, now, expiry, &mut rng)?;
    rng.finish();
    Ok(json!({"draft": hex::encode(session.draft().encode()), "session": hex::encode(&*session.encode())}))
}

fn request_draft(input: &Input<'_>) -> Result<Value, Error> {
    let draft = RequestDraft::decode(&input.bytes("draft"))?;
    assert_eq!(draft.encode(), input.bytes("draft"));
    Ok(json!({
        "attested_digest": hex::encode(draft.attested_digest()),
        "code": draft.short_code(),
        "digests": hexes(draft.digests()),
    }))
}

fn authorise(input: &Input<'_>) -> Result<Value, Error> {
    let (draft, statement) = (RequestDraft::decode(&input.bytes("draft"))?, input.statement("statement")?);
    let mut rng = input.randomness();
    let made = Authorisation::new(&draft, &statement, &input.blinder("blinder")?, &mut rng)?;
    rng.finish();
    Ok(json!({"authorisation": hex::encode(made.encode())}))
}

fn load_session(input: &Input<'_>) -> Result<Session, Error> {
    Session::decode(&input.bytes("party"), &input.bytes("session"))
}

fn request_complete(input: &Input<'_>) -> Result<Value, Error> {
    let mut session = load_session(input)?;
    for authorisation in input.byte_strings("authorisations") {
        session.authorise(&Authorisation::decode(&authorisation)?)?;
    }
    session.attest(&input.bytes("attestation"))?;
    let request = session.request()?.encode();
    Ok(json!({"request": hex::encode(request), "session": hex::encode(&*session.encode())}))
}

fn request(input: &Input<'_>) -> Result<Value, Error> {
    let request = Request::decode(&input.bytes("request"))?;
    assert_eq!(request.encode(), input.bytes("request"));
    Ok(json!({
        "digest": hex::encode(request.digest()),
        "attested_digest": hex::encode(request.draft().attested_digest()),
        "code": request.draft().short_code(),
        "digests": hexes(request.draft().digests()),
    }))
}

fn review(input: &Input<'_>) -> Result<Value, Error> {
    let (request, statements, roster) =
        (Request::decode(&input.bytes("request"))?, statements(input)?, decode_roster(input)?);
    let review = Review::new(&request, &statements, &roster, time(input, "now"))?;
    let (text, code) = (review.to_string(), request.draft().short_code());
    let date = text.split_once("expires").unwrap().1.split_once(',').unwrap().0.trim();
    assert!(text.contains(&code));
    let nodes = review.statements().iter().map(|statement| &statement.header().node);
    Ok(json!({"nodes": hexes(nodes), "code": code, "date": date}))
}

fn respond(input: &Input<'_>) -> Result<Value, Error> {
    let (request, statements, roster) =
        (Request::decode(&input.bytes("request"))?, statements(input)?, decode_roster(input)?);
    let review = Review::new(&request, &statements, &roster, time(input, "now"))?;
    let (share, digests) = (KeyShare::decode(&input.bytes("key_share"))?, digests(input));
    let (identity, mut rng) = (input.identity_key("identity_secret")?, input.randomness());
    let unsigned = review.respond_to(&digests, &share, &mut rng)?;
    rng.finish();
    signed("response", unsigned, &identity, Response::encode)
}

fn digests(input: &Input<'_>) -> Vec<StatementDigest> {
    let digests = input.list("digests").iter().map(unhex);
    digests.map(|digest| StatementDigest::from_bytes(digest.try_into().unwrap())).collect()
}

fn response(input: &Input<'_>) -> Result<Value, Error> {
    let mut session = load_session(input)?;
    let bytes = input.bytes("response");
    let before = vectors::accepted(&session);
    session.receive(&bytes, time(input, "now"))?;
    let after = vectors::accepted(&session);
    let new = after.iter().filter(|answer| !before.contains(answer));
    let answered = new.map(|(_, place, sigma)| json!([place, hex::encode(sigma)])).collect::<Vec<_>>();
    Ok(json!({
        "member": Response::decode(&bytes)?.member().get(),
        "answered": answered,
        "session": hex::encode(&*session.encode()),
    }))
}

fn session(input: &Input<'_>) -> Result<Value, Error> {
    let mut session = load_session(input)?;
    for response in input.byte_strings("responses") {
        session.receive(&response, time(input, "now"))?;
    }
    let keys = digests(input).iter().map(|digest| session.unlock_key(digest)).collect::<Result<Vec<_>, _>>()?;
    Ok(json!({"missing": session.progress().statements, "unlock_keys": hexes(keys.iter().map(vectors::sigma))}))
}

fn session_load(input: &Input<'_>) -> Result<Value, Error> {
    let session = load_session(input)?;
    assert_eq!(*session.encode(), input.bytes("session"));
    let accepted = vectors::accepted(&session).into_iter().map(|(member, place, _)| json!([member, place]));
    Ok(json!({
        "draft": hex::encode(session.draft().encode()),
        "granted": vectors::granted(&session),
        "accepted": accepted.collect::<Vec<_>>(),
        "missing": session.progress().statements,
        "request": session.request().map(|request| hex::encode(request.encode())).unwrap_or_default(),
    }))
}

fn accuse(input: &Input<'_>) -> Result<Value, Error> {
    let accusation = load_session(input)?.accuse(&input.bytes("response"))?;
    Ok(json!({"accusation": hex::encode(accusation.encode())}))
}

fn accusation_verify(input: &Input<'_>) -> Result<Value, Error> {
    let accusation = Accusation::decode(&input.bytes("accusation"))?;
    assert_eq!(accusation.encode(), input.bytes("accusation"));
    let member = accusation.verify(&decode_roster(input)?, &statements(input)?)?;
    Ok(json!({"member": member.get()}))
}
