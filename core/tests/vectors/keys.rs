//! Identities, secrets and registrations: sections 3.6, 3.7 and chapter 8 of the specification.

use crate::input::Input;
use relight::sharing::PartyIndex;
use relight::{
    Blinder, Error, MemberKey,
    identity::{Address, IdentityKey, IdentityPublicKey, Signed, Unsigned},
    registration::{BlinderRegistration, MemberRegistration},
    vectors,
};
use serde_json::{Value, json};

pub(crate) const OPERATIONS: &crate::Table = &[
    ("sign", sign),
    ("signature", signature),
    ("wallet_complete", wallet_complete),
    ("introduce", introduce),
    ("address", address),
    ("secret_key", secret_key),
    ("random_key", random_key),
    ("blinder_register", blinder_register),
    ("blinder_registration", blinder_registration),
    ("blinder_succession", blinder_succession),
    ("member_register", member_register),
    ("member_registration", member_registration),
    ("member_succession", member_succession),
];

fn sign(input: &Input<'_>) -> Result<Value, Error> {
    let (key, message) = (input.identity_key("secret")?, input.bytes("message"));
    let text = input.purpose().wallet_text(&message);
    let (_, digest) = text.split_once("0x").unwrap();
    let signature = key.sign(input.scheme()?, input.purpose(), &message)?;
    Ok(json!({
        "identity": hex::encode(key.public().to_bytes()),
        "digest": digest,
        "wallet_text": text,
        "signature": hex::encode(signature.to_bytes()),
    }))
}

fn signature(input: &Input<'_>) -> Result<Value, Error> {
    let identity = input.identity("identity")?;
    let signature = vectors::decode_signature(&input.bytes("signature"))?;
    identity.verify(input.purpose(), &input.bytes("message"), &signature)?;
    Ok(json!({}))
}

fn wallet_complete(input: &Input<'_>) -> Result<Value, Error> {
    let (identity, body, returned) = (input.identity("identity")?, input.bytes("body"), input.bytes("returned"));
    let signature = vectors::complete(input.purpose(), &body, &identity, &returned)?;
    Ok(json!({"signature": hex::encode(signature.to_bytes())}))
}

fn introduce(input: &Input<'_>) -> Result<Value, Error> {
    let address = input.bytes("address");
    let address = (!address.is_empty()).then(|| Address(address.try_into().unwrap()));
    let identity = IdentityPublicKey::introduce(&input.bytes("party"), address, &input.bytes("returned"))?;
    Ok(json!({"identity": hex::encode(identity.to_bytes())}))
}

fn address(input: &Input<'_>) -> Result<Value, Error> {
    let address = input.identity("identity")?.address();
    Ok(json!({"address": hex::encode(address.0), "text": address.to_string()}))
}

fn secret_key(input: &Input<'_>) -> Result<Value, Error> {
    let key = input.bytes("key");
    let (public, encoded) = match input.u8("kind") {
        1 => IdentityKey::decode(&key).map(|key| (key.public().to_bytes(), key.encode()))?,
        2 => MemberKey::decode(&key).map(|key| (key.public().as_bytes().to_vec(), key.encode()))?,
        3 => Blinder::decode(&key).map(|key| (key.public().as_bytes().to_vec(), key.encode()))?,
        other => panic!("unknown kind {other}"),
    };
    assert_eq!(*encoded, key);
    Ok(json!({"public": hex::encode(public)}))
}

fn random_key(input: &Input<'_>) -> Result<Value, Error> {
    let mut rng = input.randomness();
    let key = Blinder::generate(&mut rng);
    rng.finish();
    Ok(json!({"key": hex::encode(&*key.encode())}))
}

/// What is to be signed, and the object signed.
pub(crate) fn signed<T: Signed>(
    object: &str,
    unsigned: Unsigned<T>,
    identity: &IdentityKey,
    encode: impl FnOnce(&T) -> Vec<u8>,
) -> Result<Value, Error> {
    let (body, text) = (hex::encode(unsigned.body()), unsigned.wallet_text());
    let made = encode(&unsigned.sign(identity)?);
    Ok(json!({"body": body, "wallet_text": text, object: hex::encode(made)}))
}

fn blinder_register(input: &Input<'_>) -> Result<Value, Error> {
    let (blinder, operator, mut rng) =
        (input.blinder("blinder")?, input.identity_key("operator_secret")?, input.randomness());
    let (network, node, previous) = (input.bytes("network"), input.bytes("node"), input.bytes("previous"));
    let unsigned = if previous.is_empty() {
        BlinderRegistration::first(&blinder, &network, &node, &operator.public(), &mut rng)?
    } else {
        BlinderRegistration::decode(&previous)?.successor(&blinder, &mut rng)?
    };
    rng.finish();
    signed("registration", unsigned, &operator, BlinderRegistration::encode)
}

fn blinder_registration(input: &Input<'_>) -> Result<Value, Error> {
    let found = BlinderRegistration::decode(&input.bytes("registration"))?;
    assert_eq!(found.encode(), input.bytes("registration"));
    let blinder = found.verify(&input.bytes("network"), &input.bytes("node"), &input.identity("operator")?)?;
    Ok(json!({
        "blinder": hex::encode(blinder.as_bytes()),
        "serial": found.serial(),
        "digest": hex::encode(found.digest()),
    }))
}

fn blinder_succession(input: &Input<'_>) -> Result<Value, Error> {
    let [known, next] = ["known", "next"].map(|field| BlinderRegistration::decode(&input.bytes(field)));
    known?.check_successor(&next?)?;
    Ok(json!({}))
}

fn member_register(input: &Input<'_>) -> Result<Value, Error> {
    let (identity, key, mut rng) = (input.identity_key("identity_secret")?, input.member_key()?, input.randomness());
    let (party, previous) = (input.bytes("party"), input.bytes("previous"));
    let unsigned = if previous.is_empty() {
        let index: PartyIndex = input.index("index")?;
        MemberRegistration::first(&party, index, &identity.public(), &key, &mut rng)?
    } else {
        MemberRegistration::decode(&previous)?.successor(&key, &mut rng)?
    };
    rng.finish();
    signed("registration", unsigned, &identity, MemberRegistration::encode)
}

fn member_registration(input: &Input<'_>) -> Result<Value, Error> {
    let found = MemberRegistration::decode(&input.bytes("registration"))?;
    assert_eq!(found.encode(), input.bytes("registration"));
    found.verify(&input.bytes("party"))?;
    Ok(json!({
        "index": found.index().get(),
        "identity": hex::encode(found.identity().to_bytes()),
        "member_key": hex::encode(found.member_key().as_bytes()),
        "serial": found.serial(),
        "digest": hex::encode(found.digest()),
    }))
}

fn member_succession(input: &Input<'_>) -> Result<Value, Error> {
    let [known, next] = ["known", "next"].map(|field| MemberRegistration::decode(&input.bytes(field)));
    known?.check_successor(&next?)?;
    Ok(json!({}))
}
