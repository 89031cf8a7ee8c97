//! What people read of a ceremony.

use crate::answer::Answer;
use relight::curve::CurveId;
use relight::dealing::{Ceremony, Keys, Recipient, Reshared};
use relight::identity::IdentityPublicKey;
use relight::sharing::{PartyIndex, VssCommitment};
use serde_json::json;

/// Everything that people compare before they take part.
pub fn describe(answer: Answer, ceremony: &Ceremony, holder: Option<&IdentityPublicKey>) -> Answer {
    let plan = ceremony.plan();
    let (dealers, recipients) = (plan.dealers.len(), plan.recipients.len());
    let answer = answer
        .line(format!("Ceremony {}", ceremony.short_code()))
        .line("  Compare this code by voice with everybody who takes part.")
        // Names come from strangers: what is not plain ASCII is escaped.
        .line(format!("  for          {}, epoch {}", plan.name.escape_ascii(), plan.epoch));
    let answer = keys(&plan.keys).into_iter().fold(answer, Answer::line);
    let answer =
        answer.line(format!("  threshold    {} of {recipients} recipients recover a key", ceremony.threshold())).line(
            format!("  takes        {} of {dealers} dealings, {} confirmations", ceremony.needed(), ceremony.quorum()),
        );
    let dealers = plan.dealers.iter().map(|dealer| party("dealer   ", dealer.index, &dealer.identity, holder));
    let recipients = plan.recipients.iter().map(|one| recipient(one, holder));
    facts(dealers.chain(recipients).fold(answer, Answer::line), ceremony)
}

fn recipient(one: &Recipient, holder: Option<&IdentityPublicKey>) -> String {
    let line = party("recipient", one.index, &one.identity, holder);
    format!("{line}, share at {}", one.identifier)
}

fn party(role: &str, index: PartyIndex, identity: &IdentityPublicKey, holder: Option<&IdentityPublicKey>) -> String {
    let you = if holder == Some(identity) { " (you)" } else { "" };
    format!("  {role} {index:<3} {}{you}", identity.address())
}

fn facts(answer: Answer, ceremony: &Ceremony) -> Answer {
    let plan = ceremony.plan();
    let dealers = plan.dealers.iter();
    let dealers = dealers.map(|one| json!({"index": one.index.get(), "address": one.identity.address().to_string()}));
    let recipients = plan.recipients.iter();
    let recipients = recipients.map(|one| {
        let address = one.identity.address().to_string();
        json!({ "index": one.index.get(), "address": address, "identifier": one.identifier.to_string(),
            "member_key": hex::encode(one.member_key.as_bytes()) })
    });
    answer
        .fact("code", ceremony.short_code())
        .fact("digest", hex::encode(ceremony.digest()))
        .fact("name", plan.name.escape_ascii().to_string())
        .fact("epoch", plan.epoch)
        .fact("threshold", plan.threshold)
        .fact("dealers", dealers.collect::<Vec<_>>())
        .fact("recipients", recipients.collect::<Vec<_>>())
}

fn keys(keys: &Keys) -> Vec<String> {
    match keys {
        Keys::Generate(_) => vec![format!("  new keys     {}", in_words(keys))],
        Keys::Reshare(old) => old.iter().map(reshared).collect(),
        Keys::HandOver(old) => old.iter().map(|key| key_line("WHOLE to the recipient:", key)).collect(),
    }
}

fn reshared(key: &Reshared) -> String {
    match &key.at {
        None => key_line("shared anew:", &key.commitment),
        Some(at) => key_line(&format!("the share at {at} of"), &key.commitment),
    }
}

fn key_line(what: &str, key: &VssCommitment) -> String {
    format!("  key          {what} {} {}", key.curve(), hex::encode(key.public_key().as_bytes()))
}

/// Such as "10 secp256k1, 1 BLS12-381 G1".
pub fn in_words(keys: &Keys) -> String {
    let curves = keys.curves();
    let parts = CurveId::ALL.iter().filter_map(|curve| {
        let count = curves.iter().filter(|other| *other == curve).count();
        (count > 0).then(|| format!("{count} {curve}"))
    });
    parts.collect::<Vec<_>>().join(", ")
}

/// Indices, as people list them.
pub fn list(indices: impl IntoIterator<Item = PartyIndex>) -> String {
    let names: Vec<String> = indices.into_iter().map(|index| index.to_string()).collect();
    if names.is_empty() { "nobody".to_owned() } else { names.join(", ") }
}

/// Indices, as programs list them.
pub fn numbers(indices: impl IntoIterator<Item = PartyIndex>) -> Vec<u16> {
    indices.into_iter().map(PartyIndex::get).collect()
}
