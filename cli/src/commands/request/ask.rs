//! The fresh node: it drafts, sends, takes answers.

use super::{Draft, Send, Take};
use crate::answer::Answer;
use crate::armour::Kind;
use crate::board::Ignored;
use crate::commands::out::Out;
use crate::commands::watch::until_done;
use crate::desk::Desk;
use crate::failure::{Failure, Result, While};
use crate::files;
use crate::roles::backups;
use crate::roles::recovery::{Recovery, Taken};
use crate::store::Store;
use relight::Error;
use relight::recovery::Authorisation;
use relight::sharing::PartyIndex;
use serde_json::json;
use std::path::Path;

impl Draft {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        let (store, now) = (desk.store()?, desk.now()?);
        let known = self.known.read(desk, Some(&store))?;
        let expiry = now.checked_add(self.valid_for).at("--valid-for")?;
        let statements = known.of_nodes(&self.only)?;
        let recovery = Recovery::draft(&store, &known, &statements, &self.requester, [now, expiry])?;
        let draft = recovery.session().draft();
        let answer = Answer::new(format!("Request {} is drafted.", recovery.id()))
            .fact("request", recovery.id())
            .say("short_code", draft.short_code())
            .say("expires", expiry);
        let answer = warn_of_missing(desk, &statements, answer)?;
        let object = (Kind::Draft, &*draft.encode());
        let answer = self.out.deliver(desk, answer, object, |board| recovery.post_draft(board))?;
        Ok(answer.line(
            "Next: every operator authorises it, and compares the short code with you: relight request authorise",
        ))
    }
}

/// What is asked for in vain, as far as the board tells.
fn warn_of_missing(desk: &Desk, statements: &[&relight::Statement], mut answer: Answer) -> Result<Answer> {
    let Some(board) = desk.optional_board()? else { return Ok(answer) };
    let (mut missing, mut all_ignored) = (Vec::new(), Vec::new());
    for statement in statements {
        let (found, ignored) = backups::find(&*board, statement)?;
        if found.is_none() {
            answer = answer.line(format!("warning: no good copy of {} is on the board", backups::describe(statement)));
            missing.push(statement.digest().to_string());
            all_ignored.extend(ignored);
        }
    }
    Ok(answer.fact("missing_backups", missing).ignoring(&all_ignored))
}

impl Send {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        let store = desk.store()?;
        let mut recovery = Recovery::resume(&store, &desk.console, self.request.as_deref())?;
        for path in &self.authorisation {
            let authorisation = desk.object(Kind::Authorisation, path, Authorisation::decode)?;
            recovery.authorise(&authorisation).at(path.display())?;
        }
        let ignored = match desk.optional_board()? {
            Some(board) => recovery.collect_authorisations(&*board)?,
            None => Vec::new(),
        };
        recovery.save()?;
        if let Some(path) = &self.attestation {
            recovery.attest(&files::read(path)?)?;
        }
        let request = recovery.request().map_err(|failure| failure.beside(&ignored))?;
        let answer = Answer::new(format!("Request {} is authorised.", recovery.id()))
            .fact("request", recovery.id())
            .say("short_code", request.draft().short_code());
        let object = (Kind::Request, &*request.encode());
        let answer = self.out.deliver(desk, answer, object, |board| recovery.send(board))?;
        Ok(answer.ignoring(&ignored).line("Next: members answer; then relight request take --watch"))
    }
}

impl Take {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        let store = desk.store()?;
        let mut recovery = Recovery::resume(&store, &desk.console, self.request.as_deref())?;
        let mut bad = self.take_files(desk, &mut recovery)?;
        let (recovery, taken) = watched(desk, &store, recovery, self.watch)?;
        bad.extend(taken);
        Ok(refusals(progress(&recovery), &bad))
    }

    fn take_files(&self, desk: &Desk, recovery: &mut Recovery<'_>) -> Result<Ignored> {
        let (now, mut bad) = (desk.now()?, Vec::new());
        for path in &self.answer {
            let answer = desk.bytes(Kind::Response, path)?;
            if let Err(failure) = recovery.receive(&answer, now).at(path.display()) {
                bad.push((path.display().to_string(), failure));
            }
        }
        recovery.save()?;
        Ok(bad)
    }
}

/// Takes the answers, and if `watching`, waits until there are enough. Gives the recovery as it is then, and what is bad.
fn watched<'a>(
    desk: &Desk,
    store: &'a Store,
    recovery: Recovery<'_>,
    watching: bool,
) -> Result<(Recovery<'a>, Ignored)> {
    let id = recovery.id();
    until_done(desk, "answers", (watching, Some(store)), || {
        let mut recovery = Recovery::resume(store, &desk.console, Some(&id))?;
        let bad = take(desk, &mut recovery)?;
        let missing = needed(desk, &recovery, watching)?;
        Ok(((recovery, bad), missing))
    })
}

/// What is on the board, if there is one; gives what is bad.
fn take(desk: &Desk, recovery: &mut Recovery<'_>) -> Result<Ignored> {
    let Some(board) = desk.optional_board()? else { return Ok(Vec::new()) };
    let Taken { refused, .. } = recovery.take(&*board, desk.now()?)?;
    Ok(refused)
}

/// How many answers are needed. Nobody waits for those that come too late.
fn needed(desk: &Desk, recovery: &Recovery<'_>, watching: bool) -> Result<u16> {
    let (needed, expired) = (recovery.session().progress().needed, desk.now()? > recovery.session().draft().expiry());
    match watching && expired && needed > 0 {
        true => Err(Failure::protocol(format!("request {}", recovery.id()), Error::Expired)
            .next("draft another request, with a later expiry: relight request draft")),
        false => Ok(needed),
    }
}

pub(super) fn status(desk: &Desk, request: Option<&str>, watch: bool) -> Result<Answer> {
    let store = desk.store()?;
    let recovery = Recovery::resume(&store, &desk.console, request)?;
    if recovery.session().request().is_err() {
        return Ok(unsent(&recovery));
    }
    let (recovery, bad) = watched(desk, &store, recovery, watch)?;
    let expiry = recovery.session().draft().expiry();
    let answer = refusals(progress(&recovery), &bad).say("expires", expiry);
    Ok(answer.fact("expired", desk.now()? > expiry))
}

fn unsent(recovery: &Recovery<'_>) -> Answer {
    let draft = recovery.session().draft();
    Answer::new(format!("Request {} is not authorised yet.", recovery.id()))
        .fact("request", recovery.id())
        .fact("authorised", false)
        .say("short_code", draft.short_code())
        .say("expires", draft.expiry())
}

fn progress(recovery: &Recovery<'_>) -> Answer {
    let (session, progress) = (recovery.session(), recovery.session().progress());
    let answer = Answer::new(format!("Request {}", recovery.id()))
        .fact("request", recovery.id())
        .fact("authorised", true)
        .fact("answered", indices(&progress.answered))
        .fact("missing", indices(&progress.missing))
        .line(format!("{:14} {}", "answered", members(&progress.answered)))
        .line(format!("{:14} {}", "missing", members(&progress.missing)))
        .count("needed", progress.needed);
    let pairs = || session.statements().iter().zip(&progress.statements);
    let facts = pairs().map(|(statement, needed)| {
        let mut facts = super::statement_facts(statement);
        facts["needed"] = json!(needed);
        facts
    });
    let answer = answer.fact("statements", facts.collect::<Vec<_>>());
    pairs().fold(answer, |answer, (statement, needed)| {
        answer.line(match needed {
            0 => format!("{}: it can be opened", backups::describe(statement)),
            needed => format!("{}: {needed} more answers are needed", backups::describe(statement)),
        })
    })
}

/// What is wrong with answers; what a member itself did wrong can be shown to everybody.
fn refusals(answer: Answer, bad: &Ignored) -> Answer {
    let guilty = bad.iter().filter(|(_, failure)| {
        matches!(
            failure.cause(),
            Some(Error::BadResponse { .. } | Error::Shareless(_) | Error::BadDecryptionShares { .. })
        )
    });
    let guilty: Vec<&String> = guilty.map(|(path, _)| path).collect();
    let answer = answer.ignoring(bad).fact("accusable", &guilty);
    guilty.iter().fold(answer, |answer, path| answer.line(format!("to show everybody: relight request accuse {path}")))
}

pub(super) fn accuse(desk: &Desk, response: &Path, request: Option<&str>, out: &Out) -> Result<Answer> {
    let store = desk.store()?;
    let recovery = Recovery::resume(&store, &desk.console, request)?;
    let bytes = desk.bytes(Kind::Response, response)?;
    let accusation = recovery.accuse(&bytes)?;
    desk.console.confirm("Publish the key for this member's answers to this request?")?;
    let member = relight::recovery::Response::decode(&bytes).at(response.display())?.member();
    let answer =
        Answer::new(format!("Member {member} answered badly, and everybody can see it.")).fact("member", member.get());
    let object = (Kind::Evidence, &*accusation.encode());
    out.deliver(desk, answer, object, |board| Recovery::post_accusation(board, member, &accusation))
}

fn indices(members: &[PartyIndex]) -> Vec<u16> {
    members.iter().map(|member| member.get()).collect()
}

fn members(members: &[PartyIndex]) -> String {
    let names: Vec<String> = members.iter().map(PartyIndex::to_string).collect();
    if names.is_empty() { "nobody".to_owned() } else { format!("member {}", names.join(", ")) }
}
