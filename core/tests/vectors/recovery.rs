//! Chapter 11 of the specification.

use crate::input::{Input, hexes};
use relight::curve::CurveId;
use relight::pairing::G2_LEN;
use relight::{Error, KeyShare, Request, Review, Roster, Session, Statement, vectors};
use serde_json::{Value, json};

pub(crate) const OPERATIONS: &crate::Table = &[
    ("roster", roster),
    ("request_create", request_create),
    ("request", request),
    ("review", review),
    ("respond", respond),
    ("response", response),
    ("session", session),
];

fn decode_roster(input: &Input<'_>) -> Result<Roster, Error> {
    Roster::decode(&input.bytes("context"), &input.bytes("roster"))
}

fn statements(input: &Input<'_>) -> Result<Vec<Statement>, Error> {
    input.byte_strings("statements").iter().map(|statement| Statement::decode(statement)).collect()
}

fn decode_request(input: &Input<'_>) -> Result<Request, Error> {
    Request::decode(&input.bytes("request"))
}

fn roster(input: &Input<'_>) -> Result<Value, Error> {
    let roster = decode_roster(input)?;
    assert_eq!(roster.encode(), input.bytes("roster"));
    let party = roster.party();
    let members = party.members().map(|member| {
        let identifier = party.identifier(member).unwrap();
        let key = party.sharing().public_share(&identifier).ok().map(|key| hex::encode(key.as_bytes()));
        assert_eq!(key.is_none(), party.shareless().any(|none| none == member));
        json!({
            "index": member.get(),
            "identifier": hex::encode(identifier.as_bytes()),
            "verification_key": key,
        })
    });
    Ok(json!({
        "recovery_key": hex::encode(party.public_key().as_bytes()),
        "threshold": party.threshold().get(),
        "members": members.collect::<Vec<_>>(),
    }))
}

fn request_create(input: &Input<'_>) -> Result<Value, Error> {
    let (requester, expiry, mut rng) = (input.bytes("requester"), input.u64("expiry"), input.randomness());
    let session = Session::new(decode_roster(input)?, statements(input)?, &requester, expiry, &mut rng)?;
    rng.finish();
    let session = session.with_attestation(&input.bytes("attestation"));
    let request = session.request();
    Ok(json!({
        "request": hex::encode(request.encode()),
        "digest": hex::encode(request.digest()),
        "attested_digest": hex::encode(request.attested_digest()),
        // A session begins with its version and this key.
        "hpke_secret": hex::encode(&session.encode()[1..33]),
    }))
}

fn request(input: &Input<'_>) -> Result<Value, Error> {
    let request = decode_request(input)?;
    assert_eq!(request.encode(), input.bytes("request"));
    Ok(json!({
        "digest": hex::encode(request.digest()),
        "attested_digest": hex::encode(request.attested_digest()),
        "digests": hexes(request.digests().iter().map(|digest| digest.0)),
    }))
}

fn review(input: &Input<'_>) -> Result<Value, Error> {
    let (request, statements, roster) = (decode_request(input)?, statements(input)?, decode_roster(input)?);
    let review = Review::new(&request, &statements, &roster, input.u64("now"))?;
    let nodes = review.statements().iter().map(|statement| &statement.header().node);
    Ok(json!({"nodes": hexes(nodes)}))
}

fn respond(input: &Input<'_>) -> Result<Value, Error> {
    let (request, statements, roster) = (decode_request(input)?, statements(input)?, decode_roster(input)?);
    let review = Review::new(&request, &statements, &roster, input.u64("now"))?;
    let (member, secret) = (input.index("member")?, input.secret("secret", CurveId::Bls12381G1)?);
    let share = KeyShare::new(0, &input.polynomial()?, roster.party().identifier(member)?, secret)?;
    let (identity, mut rng) = (input.identity_key("identity_secret")?, input.randomness());
    let response = review.answer(&share, &mut rng)?.sign(&identity, input.scheme()?)?;
    rng.finish();
    Ok(json!({"response": hex::encode(response.encode())}))
}

fn open_session(input: &Input<'_>) -> Result<Session, Error> {
    let (request, hpke_secret) = (decode_request(input)?, input.array("hpke_secret"));
    vectors::session(decode_roster(input)?, statements(input)?, request, hpke_secret)
}

/// A session ends with the decryption shares of the last member that answered.
fn response(input: &Input<'_>) -> Result<Value, Error> {
    let mut session = open_session(input)?;
    let progress = session.receive(&input.bytes("response"), input.u64("now"))?;
    let [member] = progress.answered[..] else { panic!("one member answered") };
    let encoded = session.encode();
    let sigmas = &encoded[encoded.len() - session.statements().len() * G2_LEN..];
    Ok(json!({"member": member.get(), "sigmas": hexes(sigmas.chunks(G2_LEN))}))
}

fn session(input: &Input<'_>) -> Result<Value, Error> {
    let mut session = open_session(input)?;
    for response in input.byte_strings("responses") {
        session.receive(&response, input.u64("now"))?;
    }
    Ok(json!({"unlock_keys": hexes(session.unlock_keys()?.iter().map(vectors::sigma))}))
}
