//! Chapters 8 and 9 of the specification.

use crate::input::{Input, hexes, lone_share};
use crate::primitives::polynomials;
use relight::curve::CurveId;
use relight::sharing::PartyIndex;
use relight::{
    Blinder, BlinderRegistration, Ceremony, Dealings, Error, KeyShare, KeySlot, MemberKey, MemberRegistration,
    SignatureScheme, vectors,
};
use serde_json::{Value, json};

pub(crate) const OPERATIONS: &crate::Table = &[
    ("secret_key", secret_key),
    ("random_key", random_key),
    ("blinder_register", blinder_register),
    ("blinder_registration", blinder_registration),
    ("member_register", member_register),
    ("member_registration", member_registration),
    ("ceremony", ceremony),
    ("deal", deal),
    ("dealing_verify", dealing_verify),
    ("finish", finish),
];

/// Blinders and member keys have one encoding.
fn secret_key(input: &Input<'_>) -> Result<Value, Error> {
    let public = Blinder::decode(&input.bytes("key")).map(|key| key.public().as_bytes().to_vec());
    let member = MemberKey::decode(&input.bytes("key")).map(|key| key.public().as_bytes().to_vec());
    assert_eq!(public, member);
    Ok(json!({"public": hex::encode(public?)}))
}

fn random_key(input: &Input<'_>) -> Result<Value, Error> {
    let (mut rng, mut again) = (input.randomness(), input.randomness());
    let (key, member) = (Blinder::generate(&mut rng), MemberKey::generate(&mut again));
    rng.finish();
    again.finish();
    assert_eq!(key.encode(), member.encode());
    Ok(json!({"key": hex::encode(&*key.encode())}))
}

fn blinder_register(input: &Input<'_>) -> Result<Value, Error> {
    let (blinder, mut rng) = (input.blinder("blinder")?, input.randomness());
    let made = BlinderRegistration::new(&blinder, &input.bytes("context"), &input.bytes("node"), &mut rng)?;
    rng.finish();
    Ok(json!({"registration": hex::encode(made.encode())}))
}

fn blinder_registration(input: &Input<'_>) -> Result<Value, Error> {
    let found = BlinderRegistration::decode(&input.bytes("registration"))?;
    let blinder = found.verify(&input.bytes("context"), &input.bytes("node"))?;
    Ok(json!({"blinder": hex::encode(blinder.as_bytes())}))
}

/// The only scheme in which this crate registers and deals: wallets make no dealings.
fn check_scheme(input: &Input<'_>) {
    assert_eq!(input.scheme(), Ok(SignatureScheme::Sha256));
}

fn member_register(input: &Input<'_>) -> Result<Value, Error> {
    check_scheme(input);
    let (identity, key, mut rng) = (input.identity_key("identity_secret")?, input.member_key()?, input.randomness());
    let index = input.index("index")?;
    let made = MemberRegistration::new(&input.bytes("context"), index, &identity, &key, &mut rng)?;
    rng.finish();
    Ok(json!({"registration": hex::encode(made.encode())}))
}

fn member_registration(input: &Input<'_>) -> Result<Value, Error> {
    let found = MemberRegistration::decode(&input.bytes("registration"))?;
    found.verify(&input.bytes("context"))?;
    Ok(json!({
        "index": found.index().get(),
        "identity": hex::encode(found.identity().to_bytes()),
        "member_key": hex::encode(found.member_key().as_bytes()),
    }))
}

fn decode_ceremony(input: &Input<'_>) -> Result<Ceremony, Error> {
    Ceremony::decode(&input.bytes("ceremony"))
}

fn ceremony(input: &Input<'_>) -> Result<Value, Error> {
    let found = decode_ceremony(input)?;
    assert_eq!(found.encode(), input.bytes("ceremony"));
    Ok(json!({
        "digest": hex::encode(found.digest()),
        "needed": found.needed(),
        "dealing_length": vectors::dealing_length(&found),
    }))
}

fn deal(input: &Input<'_>) -> Result<Value, Error> {
    check_scheme(input);
    let (ceremony, dealer) = (decode_ceremony(input)?, input.index("dealer")?);
    let curves: Vec<CurveId> = ceremony.plan().keys.iter().map(KeySlot::curve).collect();
    let own =
        ceremony.plan().dealers.iter().find(|own| own.index == dealer).map_or(dealer.into(), |own| own.identifier);
    let old = input.secrets_on("old_shares", &curves)?.into_iter().map(|secret| lone_share(0, own, secret));
    let old: Vec<KeyShare> = old.collect::<Result<_, _>>()?;
    let (identity, mut rng) = (input.identity_key("identity_secret")?, input.randomness());
    let dealing = ceremony.deal(dealer, &identity, &old.iter().collect::<Vec<_>>(), &mut rng)?;
    rng.finish();
    Ok(json!({"dealing": hex::encode(dealing)}))
}

fn dealing_verify(input: &Input<'_>) -> Result<Value, Error> {
    let found = decode_ceremony(input)?.verify_dealing(&input.bytes("dealing"))?;
    Ok(json!({"dealer": found.dealer().get(), "polynomials": polynomials(vectors::dealt_keys(&found))}))
}

/// Dealings that are refused are dropped.
fn finish(input: &Input<'_>) -> Result<Value, Error> {
    let ceremony = decode_ceremony(input)?;
    let mut dealings = Dealings::new(&ceremony);
    input.byte_strings("dealings").iter().for_each(|dealing| drop(dealings.receive(dealing)));
    let outcome = dealings.finish(input.index("recipient")?, &input.member_key()?)?;
    assert_eq!(dealings.finish_public(), Ok(outcome.public.clone()));
    let shareless = outcome.public.shareless.iter().map(|none| json!([none.key, none.party.get()]));
    Ok(json!({
        "shareless": shareless.collect::<Vec<_>>(),
        "valid": dealings.valid_dealers().map(PartyIndex::get).collect::<Vec<_>>(),
        "bad": dealings.bad_dealers().collect::<Vec<_>>(),
        "polynomials": polynomials(&outcome.public.keys),
        "shares": hexes(outcome.shares.iter().map(|share| share.secret().expose_bytes())),
        "transcript": hex::encode(outcome.public.transcript),
    }))
}
