//! Exchanges backups made with real randomness with another implementation, such as `spec/reference`.
//!
//! `interop make FILE` writes a backup and all that opens it; `interop check FILE` verifies and opens one. The file is
//! JSON with hexadecimal strings: `expected` (the statement), `backup`, `commitment` (of the recovery key), `shares`
//! (decryption shares), `blinder` and `key_shares`, all in their encodings; and `members`, the numbers of those whose
//! shares these are, at which their shares of the recovery key lie.

use relight::curve::CurveId;
use relight::sharing::{Identifier, PartyIndex, VssCommitment};
use relight::{
    Backup, Blinder, Header, KeyShare, MemberKey, ParameterSet, RecoveryPublicKey, Statement,
    dealing::{Ceremony, Confirmations, Dealer, Dealings, Outcome, Plan, Recipient},
    decryption::{DecryptionShare, RecoveryParty},
    identity::IdentityKey,
};
use serde_json::{Value, json};
use std::error::Error;

type Result<T> = core::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["make", file] => Ok(std::fs::write(file, format!("{:#}\n", make()?))?),
        ["check", file] => check(&serde_json::from_slice(&std::fs::read(file)?)?),
        _ => Err("usage: interop make|check FILE".into()),
    }
}

/// A node's backup of a key on every curve, for a recovery party of three. The nodes' shares lie at large numbers.
fn make() -> Result<Value> {
    let party = generate(&[CurveId::Bls12381G1], |index| Ok(index.into()))?;
    let nodes = generate(CurveId::ALL, |_| Identifier::from_bytes(&rand::random::<[u8; 32]>().map(|byte| byte | 1)))?;
    let blinder = Blinder::generate(&mut rand::rng());
    let (commitment, own) = (&party[0].public.keys[0], &nodes[0].shares);
    let expected = statement(commitment, &blinder, own)?;
    let backup = Backup::create(&expected, own, &mut rand::rng())?;
    let members = PartyIndex::all(3).zip(&party);
    let answers = members.map(|(index, member)| DecryptionShare::new(index, &member.shares[0], &expected.digest()));
    let answers: Vec<DecryptionShare> = answers.collect::<core::result::Result<_, _>>()?;
    Ok(json!({
        "expected": hex::encode(expected.encode()),
        "backup": hex::encode(backup.encode()),
        "commitment": hex::encode(commitment.encode()),
        "members": answers.iter().map(|answer| answer.member().get()).collect::<Vec<_>>(),
        "shares": answers.iter().map(|answer| hex::encode(answer.encode())).collect::<Vec<_>>(),
        "blinder": hex::encode(&*blinder.encode()),
        "key_shares": encoded(own),
    }))
}

fn statement(commitment: &VssCommitment, blinder: &Blinder, own: &[KeyShare]) -> Result<Statement> {
    let header = Header { parameters: ParameterSet::Fast, network: b"interop".into(), epoch: 1, node: b"node".into() };
    let recovery_key = RecoveryPublicKey::try_from(commitment.public_key().clone())?;
    let entries = own.iter().map(|share| share.entry().clone()).collect();
    Ok(Statement::backup(header, recovery_key, blinder.public(), entries)?)
}

/// Three parties deal new keys to each other; two of them are enough.
fn generate(
    curves: &[CurveId],
    identifier: impl Fn(PartyIndex) -> relight::Result<Identifier>,
) -> Result<Vec<Outcome>> {
    let parties: Vec<_> = PartyIndex::all(3).map(|index| (index, identity(), member_key())).collect();
    let dealers = parties.iter().map(|(index, identity, _)| Dealer::new(*index, identity.public()));
    let recipients = parties.iter().map(|(index, identity, key)| {
        let (identity, member_key) = (identity.public(), key.public());
        Ok(Recipient { index: *index, identity, member_key, identifier: identifier(*index)? })
    });
    let ceremony = Ceremony::new(Plan {
        parameters: ParameterSet::Fast,
        name: b"interop".into(),
        nonce: Plan::random_nonce(&mut rand::rng()),
        epoch: 1,
        threshold: 2,
        keys: curves.iter().copied().collect(),
        dealers: dealers.collect(),
        recipients: recipients.collect::<Result<_>>()?,
    })?;
    let (mut dealings, mut confirmations) = (Dealings::new(&ceremony), Confirmations::new(&ceremony));
    for (index, identity, _) in &parties {
        dealings.receive(&ceremony.deal(*index, identity, &[], &mut rand::rng())?.encode())?;
    }
    for (index, identity, key) in &parties {
        confirmations.receive(&dealings.clone().confirm(*index, key)?.sign(identity)?.encode())?;
    }
    let closed = dealings.close(confirmations.certificate()?.verify(&ceremony)?)?;
    parties.iter().map(|(index, _, key)| Ok(closed.finish(*index, key)?)).collect()
}

fn identity() -> IdentityKey {
    IdentityKey::generate(&mut rand::rng())
}

fn member_key() -> MemberKey {
    MemberKey::generate(&mut rand::rng())
}

/// Fails unless the backup verifies and opens to the key shares in the file.
fn check(file: &Value) -> Result<()> {
    let expected = Statement::decode(&bytes(&file["expected"])?)?;
    let backup = Backup::decode(&bytes(&file["backup"])?)?.verify(&expected)?;
    let members: Vec<u16> = serde_json::from_value(file["members"].clone())?;
    let members: Vec<PartyIndex> = members.into_iter().map(PartyIndex::new).collect::<relight::Result<_>>()?;
    let members: Vec<_> = members.into_iter().map(|member| (member, member.into())).collect();
    let party = RecoveryParty::new(VssCommitment::decode(&bytes(&file["commitment"])?)?, &members)?;
    let answers = file["shares"].as_array().ok_or("no shares")?.iter();
    let answers: Vec<_> = answers.map(|answer| Ok(DecryptionShare::decode(&bytes(answer)?)?)).collect::<Result<_>>()?;
    let unlock = party.combine(&expected.digest(), &answers)?;
    let opened = backup.open(&unlock, &Blinder::decode(&bytes(&file["blinder"])?)?)?;
    if json!(encoded(&opened)) == file["key_shares"] { Ok(()) } else { Err("other key shares".into()) }
}

fn encoded(shares: &[KeyShare]) -> Vec<String> {
    shares.iter().map(|share| hex::encode(&*share.encode())).collect()
}

fn bytes(value: &Value) -> Result<Vec<u8>> {
    Ok(hex::decode(value.as_str().ok_or("no string")?)?)
}
