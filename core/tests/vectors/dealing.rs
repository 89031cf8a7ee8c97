//! Chapter 9 of the specification.

use crate::failure;
use crate::input::{self, Input, hexes};
use crate::keys::signed;
use crate::primitives::commitments;
use relight::sharing::{PartyIndex, VssCommitment};
use relight::{
    Error, KeyShare,
    dealing::{
        AgreedDealing, Ceremony, Certificate, ClosedDealings, Confirmation, Confirmations, Culprit, Dealings, Evidence,
        VerifiedCertificate,
    },
    vectors,
};
use serde_json::{Value, json};

pub(crate) const OPERATIONS: &crate::Table = &[
    ("ceremony", ceremony),
    ("deal", deal),
    ("dealing_verify", dealing_verify),
    ("receive", receive),
    ("confirm", confirm),
    ("confirmation_verify", confirmation_verify),
    ("confirmations", confirmations),
    ("certificate", certificate),
    ("certificate_verify", certificate_verify),
    ("finish", finish),
    ("evidence_verify", evidence_verify),
];

fn decode_ceremony(input: &Input<'_>) -> Result<Ceremony, Error> {
    Ceremony::decode(&input.bytes("ceremony"))
}

fn ceremony(input: &Input<'_>) -> Result<Value, Error> {
    let found = decode_ceremony(input)?;
    assert_eq!(found.encode(), input.bytes("ceremony"));
    Ok(json!({
        "digest": hex::encode(found.digest()),
        "needed": found.needed(),
        "quorum": found.quorum(),
        "dealing_length": vectors::dealing_length(&found),
    }))
}

fn deal(input: &Input<'_>) -> Result<Value, Error> {
    let (ceremony, dealer, mut rng) = (decode_ceremony(input)?, input.index("dealer")?, input.randomness());
    let old: Vec<KeyShare> =
        input.byte_strings("old_shares").iter().map(|share| KeyShare::decode(share)).collect::<Result<_, _>>()?;
    let old: Vec<&KeyShare> = old.iter().collect();
    if input.bytes("identity_secret").is_empty() {
        let unsigned = ceremony.deal_unsigned(dealer, &input.member_key()?, &old, &mut rng)?;
        rng.finish();
        let digest = vectors::xof("dealing", &[unsigned.body()], 32);
        let (body, text) = (hex::encode(unsigned.body()), unsigned.wallet_text());
        return Ok(json!({"digest": hex::encode(digest), "body": body, "wallet_text": text}));
    }
    let dealing = ceremony.deal(dealer, &input.identity_key("identity_secret")?, &old, &mut rng)?;
    rng.finish();
    Ok(json!({"digest": hex::encode(dealing.digest()), "dealing": hex::encode(dealing.encode())}))
}

fn dealing_verify(input: &Input<'_>) -> Result<Value, Error> {
    let verdict = decode_ceremony(input)?.verify_dealing(&input.bytes("dealing"));
    let found = verdict.result()?;
    Ok(json!({
        "dealer": found.dealer().get(),
        "digest": hex::encode(found.digest()),
        "commitments": commitments(vectors::dealt_keys(found)),
    }))
}

/// The outcomes of calls that were made one after the other.
fn results(results: impl IntoIterator<Item = Result<(), Error>>) -> Value {
    results.into_iter().map(|result| result.err().map_or(Value::Null, |error| failure(&error))).collect()
}

fn set(dealings: impl IntoIterator<Item = AgreedDealing>) -> Value {
    dealings.into_iter().map(|dealing| json!([dealing.dealer.get(), hex::encode(dealing.digest)])).collect()
}

fn indices(parties: impl IntoIterator<Item = PartyIndex>) -> Value {
    parties.into_iter().map(PartyIndex::get).collect()
}

fn verified_certificate(input: &Input<'_>, ceremony: &Ceremony) -> Result<VerifiedCertificate, Error> {
    Certificate::decode(&input.bytes("certificate"))?.verify(ceremony)
}

fn receive(input: &Input<'_>) -> Result<Value, Error> {
    let ceremony = decode_ceremony(input)?;
    let mut dealings = Dealings::new(&ceremony);
    let closing = !input.bytes("certificate").is_empty();
    let certificate = if closing { Some(verified_certificate(input, &ceremony)?) } else { None };
    let first = results(input.byte_strings("dealings").iter().map(|dealing| dealings.receive(dealing)));
    let Some(certificate) = certificate else {
        let (kept, bad) = (set(vectors::kept(&dealings)), indices(dealings.bad_dealers()));
        return Ok(json!({"results": first, "kept": kept, "bad": bad}));
    };
    let mut closed = dealings.close(certificate)?;
    let later = results(input.byte_strings("later").iter().map(|dealing| closed.receive(dealing)));
    let missing: Vec<AgreedDealing> = closed.missing().collect();
    let kept = closed.certificate().dealings().iter().filter(|dealing| !missing.contains(dealing)).copied();
    let (kept, bad) = (set(kept), indices(closed.bad_dealers()));
    Ok(json!({"results": first, "later": later, "kept": kept, "bad": bad, "missing": set(missing)}))
}

fn optional_confirmation(input: &Input<'_>, field: &str) -> Result<Option<Confirmation>, Error> {
    let bytes = input.bytes(field);
    if bytes.is_empty() { Ok(None) } else { Confirmation::decode(&bytes).map(Some) }
}

fn confirm(input: &Input<'_>) -> Result<Value, Error> {
    let ceremony = decode_ceremony(input)?;
    let (recipient, key, identity) =
        (input.index("recipient")?, input.member_key()?, input.identity_key("identity_secret")?);
    let mut dealings = Dealings::new(&ceremony);
    input.byte_strings("dealings").iter().for_each(|dealing| drop(dealings.receive(dealing)));
    let own = optional_confirmation(input, "confirmed")?;
    let other = optional_confirmation(input, "follow")?;
    if let Some(own) = own {
        dealings.confirm_like(&own, recipient, &key)?;
    }
    let unsigned = match other {
        Some(other) => dealings.confirm_like(&other, recipient, &key)?,
        None => dealings.confirm(recipient, &key)?,
    };
    signed("confirmation", unsigned, &identity, Confirmation::encode)
}

fn confirmation_verify(input: &Input<'_>) -> Result<Value, Error> {
    let found = Confirmation::decode(&input.bytes("confirmation"))?;
    assert_eq!(found.encode(), input.bytes("confirmation"));
    found.verify(&decode_ceremony(input)?)?;
    Ok(json!({
        "recipient": found.recipient().get(),
        "outcome": hex::encode(found.outcome()),
        "dealings": set(found.dealings().iter().copied()),
    }))
}

fn confirmations(input: &Input<'_>) -> Result<Value, Error> {
    let ceremony = decode_ceremony(input)?;
    let mut received = Confirmations::new(&ceremony);
    let results = results(input.byte_strings("confirmations").iter().map(|one| received.receive(one)));
    let most = match received.certificate() {
        Err(Error::NotClosed { have, .. }) => have,
        Err(other) => return Err(other),
        Ok(certificate) => certificate.verify(&ceremony)?.recipients().count() as u16,
    };
    let unconfirmed = indices(received.unconfirmed());
    Ok(json!({"results": results, "most": most, "unconfirmed": unconfirmed, "failed": received.failed()}))
}

fn certificate(input: &Input<'_>) -> Result<Value, Error> {
    let ceremony = decode_ceremony(input)?;
    let mut received = Confirmations::new(&ceremony);
    input.byte_strings("confirmations").iter().for_each(|one| drop(received.receive(one)));
    Ok(json!({"certificate": hex::encode(received.certificate()?.encode())}))
}

fn certificate_verify(input: &Input<'_>) -> Result<Value, Error> {
    let found = verified_certificate(input, &decode_ceremony(input)?)?;
    assert_eq!(found.certificate().encode(), input.bytes("certificate"));
    let keys = input.byte_strings("commitments");
    let keys: Vec<_> = keys.iter().map(|key| VssCommitment::decode(key)).collect::<Result<_, _>>()?;
    if !keys.is_empty() {
        found.vouch_for(&keys)?;
    }
    Ok(json!({
        "recipients": indices(found.recipients()),
        "dealings": set(found.dealings().iter().copied()),
        "transcript": hex::encode(found.transcript()),
        "outcome": hex::encode(found.outcome()),
    }))
}

/// Dealings that are refused are dropped.
fn close<'a>(input: &Input<'_>, ceremony: &'a Ceremony) -> Result<ClosedDealings<'a>, Error> {
    let mut dealings = Dealings::new(ceremony);
    input.byte_strings("dealings").iter().for_each(|dealing| drop(dealings.receive(dealing)));
    let mut closed = dealings.close(verified_certificate(input, ceremony)?)?;
    input.byte_strings("later").iter().for_each(|dealing| drop(closed.receive(dealing)));
    Ok(closed)
}

fn finish(input: &Input<'_>) -> Result<Value, Error> {
    let ceremony = decode_ceremony(input)?;
    let closed = close(input, &ceremony)?;
    let outcome = closed.finish(input.index("recipient")?, &input.member_key()?)?;
    assert_eq!(closed.finish_public(), Ok(outcome.public.clone()));
    let shareless = outcome.public.shareless.iter().map(|none| json!([none.key, none.party.get()]));
    Ok(json!({
        "shareless": shareless.collect::<Vec<_>>(),
        "bad": indices(closed.bad_dealers()),
        "commitments": commitments(&outcome.public.keys),
        "shares": hexes(outcome.shares.iter().map(|share| share.secret().expose_bytes())),
        "transcript": hex::encode(outcome.public.transcript),
        "outcome": hex::encode(closed.certificate().outcome()),
    }))
}

fn evidence_verify(input: &Input<'_>) -> Result<Value, Error> {
    let evidence = Evidence::decode(&input.bytes("evidence"))?;
    assert_eq!(evidence.encode(), input.bytes("evidence"));
    Ok(match evidence.verify(&decode_ceremony(input)?)? {
        Culprit::Dealer { index, fault } => json!({"dealer": index.get(), "fault": input::variant(&fault)}),
        Culprit::Recipient { index } => json!({"recipient": index.get()}),
    })
}
