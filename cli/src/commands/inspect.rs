//! What an object says, whatever it is: its claims, of which nothing is verified.

use crate::answer::Answer;
use crate::armour::{Kind, kind_of, strip};
use crate::failure::{Failure, Result, While};
use crate::files;
use crate::names::name;
use crate::roles::backups;
use relight::identity::IdentityPublicKey;
use relight::recovery::{Authorisation, Request, RequestDraft, Response};
use relight::registration::{BlinderRegistration, MemberRegistration};
use relight::{Backup, Statement};
use serde_json::{Value, json};
use std::path::Path;

/// Looks at a file. Without armour, the end of its name says what it is; else it is taken for a backup.
pub(super) fn look(path: &Path) -> Result<Answer> {
    let found = files::read_stranger(path)?;
    let by_name = Kind::ALL.iter().find(|kind| path.extension().is_some_and(|end| end == &*kind.extension()));
    let kind = kind_of(&found).or(by_name.copied()).unwrap_or(Kind::Backup);
    let bytes = strip(kind, found)?;
    let at = format!("{}, read as a {kind}", path.display());
    let told = tell(kind, &bytes)
        .ok_or_else(|| Failure::refused(path.display(), format!("a {kind} is nothing to look at here")))?;
    Ok(told.at(at)?.count("bytes", bytes.len() as u64).fact("kind", kind.to_string()).fact("verified", false))
}

fn tell(kind: Kind, bytes: &[u8]) -> Option<relight::Result<Answer>> {
    Some(match kind {
        Kind::Backup => {
            Backup::decode(bytes).and_then(|backup| Ok(statement(&backup.claimed_statement()?, claims(kind))))
        }
        Kind::Statement => Statement::decode(bytes).map(|one| statement(&one, claims(kind))),
        Kind::Identity => IdentityPublicKey::from_bytes(bytes).map(|one| claims(kind).say("address", one.address())),
        Kind::BlinderRegistration => BlinderRegistration::decode(bytes).map(|one| blinder_registration(&one)),
        Kind::MemberRegistration => MemberRegistration::decode(bytes).map(|one| member_registration(&one)),
        Kind::Draft => RequestDraft::decode(bytes).map(|one| draft(&one, claims(kind))),
        Kind::Request => Request::decode(bytes).map(|one| {
            draft(one.draft(), claims(kind))
                .say("request", one.digest())
                .count("attestation", one.attestation().len() as u64)
        }),
        Kind::Authorisation => Authorisation::decode(bytes)
            .map(|one| claims(kind).say("draft", one.request()).say("statement", one.statement())),
        Kind::Response => Response::decode(bytes)
            .map(|one| claims(kind).count("member", one.member().get()).say("request", one.request())),
        _ => return None,
    })
}

fn claims(kind: Kind) -> Answer {
    Answer::new(format!("A {kind}, by its own words; nothing of it is verified."))
}

fn blinder_registration(registration: &BlinderRegistration) -> Answer {
    claims(Kind::BlinderRegistration)
        .say("node", registration.node().escape_ascii())
        .say("operator", registration.operator().address())
        .count("serial", registration.serial())
        .say("blinder", hex::encode(registration.claimed_blinder().as_bytes()))
}

fn member_registration(registration: &MemberRegistration) -> Answer {
    claims(Kind::MemberRegistration)
        .count("member", registration.index().get())
        .say("identity", registration.identity().address())
        .count("serial", registration.serial())
        .say("member_key", hex::encode(registration.member_key().as_bytes()))
}

fn draft(draft: &RequestDraft, answer: Answer) -> Answer {
    let statements: Vec<String> = draft.digests().iter().map(ToString::to_string).collect();
    let answer = answer
        .say("short_code", draft.short_code())
        .say("requester", draft.requester().escape_ascii())
        .say("network", draft.network().escape_ascii())
        .say("roster", draft.roster())
        .say("expires", draft.expiry());
    let answer = statements.iter().fold(answer, |answer, digest| answer.line(format!("{:14} {digest}", "statement")));
    answer.fact("statements", statements)
}

/// All that a statement says.
pub(super) fn statement(statement: &Statement, answer: Answer) -> Answer {
    let header = statement.header();
    let mut answer = answer
        .say("network", header.network.escape_ascii())
        .say("node", header.node.escape_ascii())
        .count("epoch", header.epoch)
        .say("parameters", name(&header.parameters))
        .say("statement", statement.digest());
    if let Ok((recovery_key, blinder)) = backups::lock(statement) {
        answer = answer.say("recovery_key", hex::encode(recovery_key.as_bytes()));
        answer = answer.say("blinder", hex::encode(blinder.as_bytes()));
    }
    let entries = statement.compartments().iter().flat_map(|compartment| &compartment.entries);
    let mut facts: Vec<Value> = Vec::new();
    for entry in entries {
        let (key, identifier) = (hex::encode(entry.public_key.as_bytes()), entry.identifier.to_string());
        let (curve, threshold) = (entry.curve().to_string(), entry.threshold.get());
        answer = answer.line(format!("share of {curve} key {key}, at {identifier}, of which {threshold} are needed"));
        facts.push(json!({ "curve": curve, "public_key": key, "identifier": identifier, "threshold": threshold,
            "public_share": hex::encode(entry.public_share.as_bytes()) }));
    }
    answer.fact("shares", facts)
}
