//! Section 10.7 of the specification.

use crate::input::Input;
use relight::{
    Digest, Error,
    bundle::{Bundle, Change, VerifiedBundle},
};
use serde_json::{Value, json};

pub(crate) const OPERATIONS: &crate::Table =
    &[("bundle_verify", bundle_verify), ("bundle_successor", bundle_successor)];

fn bundle_verify(input: &Input<'_>) -> Result<Value, Error> {
    let bytes = input.bytes("bundle");
    let bundle = Bundle::decode(&bytes)?;
    assert_eq!(bundle.encode(), bytes);
    let verified = bundle.verify(&Digest::from_bytes(input.array("digest")))?;
    let network = verified.network();
    let statement = |name: &[u8]| verified.statement(name).unwrap().map(|statement| hex::encode(statement.digest()));
    Ok(json!({
        "code": verified.bundle().short_code(),
        "network": hex::encode(&network.name),
        "epoch": network.epoch,
        "party": hex::encode(verified.party()),
        "roster": hex::encode(verified.roster().digest()),
        "statements": network.nodes.iter().map(|node| statement(&node.name)).collect::<Vec<_>>(),
    }))
}

fn bundle_successor(input: &Input<'_>) -> Result<Value, Error> {
    let (known, next) = (own(input, "known")?, own(input, "next")?);
    let changes = known.check_successor(&next)?;
    Ok(json!({"changes": changes.iter().map(change).collect::<Vec<_>>()}))
}

/// By its own digest.
fn own(input: &Input<'_>, field: &str) -> Result<VerifiedBundle, Error> {
    let bundle = Bundle::decode(&input.bytes(field))?;
    let digest = bundle.digest();
    bundle.verify(&digest)
}

fn change(change: &Change) -> Value {
    let subject = match change {
        Change::MemberRemoved(member)
        | Change::MemberReplaced(member)
        | Change::MemberRenewed(member)
        | Change::MemberAdded(member) => json!(member.get()),
        Change::KeySharing(key) | Change::KeyAdded(key) => json!(key),
        Change::NodeRemoved(node)
        | Change::BlinderReplaced(node)
        | Change::SharesMoved(node)
        | Change::NodeAdded(node) => json!(hex::encode(node)),
        _ => Value::Null,
    };
    json!([crate::input::variant(change), subject])
}
