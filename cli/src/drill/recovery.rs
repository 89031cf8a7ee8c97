//! The recovery, role by role: a machine asks, members answer, the machine opens its backup.

use super::backups::{network, statement_of};
use super::claims::{claim, refused};
use super::custodian::Custodian;
use super::files;
use super::offline::Stick;
use super::participant::Participant;
use super::party::roster;
use super::site::Site;
use crate::failure::{Result, While};
use relight::{
    Backup, Blinder, Error, Statement, Timestamp, VerifiedBackup,
    decryption::UnlockKey,
    recovery::{Progress, Request, Session},
};
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

const VALID_FOR_SECONDS: u64 = 3600;

/// The nodes whose backups a machine asks for: its own, and for the first machine also that of the next.
pub(crate) fn asked_by<'a>(machine: &Participant, machines: &'a [Participant]) -> &'a [Participant] {
    let own = machines.iter().position(|one| one.index == machine.index).unwrap_or_default();
    let count = if own == 0 { machines.len().min(2) } else { 1 };
    machines.get(own..own + count).unwrap_or_default()
}

/// A machine takes the place of a node: it fetches the backup, checks it, and drafts what it will ask. For every operator
/// there is a stick with the draft and its statement.
pub(crate) fn draft(site: &Site, machine: &Participant, machines: &[Participant]) -> Result<()> {
    let nodes = asked_by(machine, machines);
    let statements = nodes.iter().map(|node| Ok(fetch_backup(site, node)?.statement().clone()));
    let statements = statements.collect::<Result<Vec<_>>>()?;
    let (requester, now) = (format!("operator of {}", machine.label()), clock()?);
    let expiry = now.checked_add(VALID_FOR_SECONDS)?;
    let session = Session::new(roster(site)?, statements, requester.as_bytes(), now, expiry, &mut rand::rng())?;
    for (node, statement) in nodes.iter().zip(session.statements()) {
        Stick::new(site, machine, node).load(session.draft(), statement)?;
    }
    save(machine, &session)
}

/// The sticks are back: the machine asks.
pub(crate) fn ask(site: &Site, machine: &Participant, machines: &[Participant]) -> Result<()> {
    let mut session = resume(site, machine)?;
    for node in asked_by(machine, machines) {
        session.authorise(&Stick::new(site, machine, node).authorisation()?).at(node.label())?;
    }
    files::write(&request_path(site, machine), &session.request()?.encode())?;
    save(machine, &session)
}

/// What a machine asks.
pub(crate) fn request(site: &Site, node: &Participant) -> Result<Request> {
    files::decode(&request_path(site, node), Request::decode)
}

/// The statements of all backups, from the board.
pub(crate) fn statements_at_hand(site: &Site) -> Result<Vec<Statement>> {
    let group = site.network();
    let network = network(site, &group, group.latest_room()?.outcome()?.keys, Vec::new())?;
    Ok(network.nodes.iter().map(|node| network.statement(node)).collect::<relight::Result<_>>()?)
}

/// A machine starts, takes the answers that have arrived, and stops. It gives back where it stands, and what was
/// wrong with answers.
pub(crate) fn collect(site: &Site, node: &Participant) -> Result<(Progress, Vec<Error>)> {
    let mut session = resume(site, node)?;
    let mut complaints = Vec::new();
    for path in files::list(&answers_path(site, node))? {
        if let Err(error) = session.receive(&files::read(&path)?, clock()?) {
            complaints.push(error);
        }
        save(node, &session)?;
        files::remove(&path)?;
    }
    Ok((session.progress(), complaints))
}

pub(crate) fn progress(site: &Site, node: &Participant) -> Result<Progress> {
    Ok(resume(site, node)?.progress())
}

/// A machine refuses the one answer that has arrived, for the expected reason.
pub(crate) fn only_complaint(site: &Site, node: &Participant, expected: &Error) -> Result<String> {
    let (_, complaints) = collect(site, node)?;
    claim(complaints.len() == 1, "one answer, and only one, is refused")?;
    refused::<()>(complaints.into_iter().next().map_or(Ok(()), |error| Err(error.into())), expected)
}

/// The unlock key of the machine's backup, if enough members have answered.
pub(crate) fn unlock(site: &Site, node: &Participant) -> Result<UnlockKey> {
    resume(site, node)?.unlock_key(&statement_asked(site, node)?.digest()).at(node.label())
}

/// A machine opens its backup with the answers and its operator's Blinder, and keeps the root key shares.
pub(crate) fn open(site: &Site, node: &Participant, blinder: &Blinder) -> Result<()> {
    let backup = fetch_backup(site, node)?;
    node.keep(&backup.open(&unlock(site, node)?, blinder).at(node.label())?)?;
    files::remove(&session_path(node))
}

/// The backup of the node whose place the machine takes, checked against what the board says.
pub(crate) fn fetch_backup(site: &Site, node: &Participant) -> Result<VerifiedBackup> {
    let path = Custodian::new(site, site.network()).stored(node)?;
    let expected = statement_of(site, &site.network(), node)?;
    files::decode(&path, Backup::decode)?.verify(&expected).at(path.display())
}

/// What the backup of a node states, as the board tells it.
pub(crate) fn statement_asked(site: &Site, node: &Participant) -> Result<Statement> {
    statement_of(site, &site.network(), node)
}

pub(crate) fn answer_path(site: &Site, node: &Participant, member: &Participant) -> PathBuf {
    answers_path(site, node).join(member.label())
}

pub(crate) fn request_path(site: &Site, node: &Participant) -> PathBuf {
    site.board().join("recovery").join("requests").join(node.label())
}

fn answers_path(site: &Site, node: &Participant) -> PathBuf {
    site.board().join("recovery").join("answers").join(node.label())
}

fn session_path(node: &Participant) -> PathBuf {
    node.home().join("session")
}

fn save(node: &Participant, session: &Session) -> Result<()> {
    files::write_secret(&session_path(node), &session.encode())
}

pub(crate) fn resume(site: &Site, node: &Participant) -> Result<Session> {
    files::decode(&session_path(node), |bytes| Session::decode(&site.party().context(), bytes))
}

/// The time. A clock that was never set is refused.
pub(crate) fn clock() -> relight::Result<Timestamp> {
    Timestamp::from_unix_seconds(SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs()))
}
