//! The recovery, role by role: a machine asks, members answer, the machine opens its backup.

use super::backups::{network, statement, statement_of};
use super::custodian::Custodian;
use super::failure::{Result, While};
use super::files;
use super::participant::Participant;
use super::party::roster;
use super::site::Site;
use relight::{
    Backup, Blinder, Error, KeyShare, Progress, Request, Review, Roster, Session, SignatureScheme, Statement,
    UnlockKey, VerifiedBackup,
};
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

const VALID_FOR_SECONDS: u64 = 3600;

/// A machine takes the place of a node: it fetches the backup, checks it, and asks the party to unlock it.
pub(crate) fn ask(site: &Site, node: &Participant) -> Result<()> {
    let statement = fetch_backup(site, node)?.statement().clone();
    let expiry = now().saturating_add(VALID_FOR_SECONDS);
    let requester = format!("operator of {}", node.label());
    let session = Session::new(roster(site)?, vec![statement], requester.as_bytes(), expiry, &mut rand::rng())?;
    files::write(&request_path(site, node), &session.request().encode())?;
    save(node, &session)
}

/// What a member sees when it looks at a request.
pub(crate) fn review(site: &Site, node: &Participant, statements: &[Statement]) -> Result<String> {
    let request = files::decode(&request_path(site, node), Request::decode)?;
    let roster = roster(site)?;
    Ok(Review::new(&request, statements, &roster, now()).doing("the review")?.to_string())
}

/// A member answers the requests of these machines.
pub(crate) fn answer(site: &Site, member: &Participant, nodes: &[Participant]) -> Result<()> {
    answer_by(site, &roster(site)?, member, nodes)
}

/// The same, by a roster that may be out of date.
pub(crate) fn answer_by(site: &Site, roster: &Roster, member: &Participant, nodes: &[Participant]) -> Result<()> {
    let statements = statements_at_hand(site, nodes)?;
    let (share, identity) = (recovery_share(member)?, member.identity()?);
    for node in nodes {
        let request = files::decode(&request_path(site, node), Request::decode)?;
        let review = Review::new(&request, &statements, roster, now()).doing(member.label())?;
        let unsigned = review.answer(&share, &mut rand::rng()).doing(member.label())?;
        let response = unsigned.sign(&identity, SignatureScheme::Sha256)?;
        files::write(&answer_path(site, node, member), &response.encode())?;
    }
    Ok(())
}

/// The statements that members may be asked to unlock, from the board.
pub(crate) fn statements_at_hand(site: &Site, nodes: &[Participant]) -> Result<Vec<Statement>> {
    let group = site.network();
    let network = network(site, &group, group.latest_room()?.outcome()?.keys, Vec::new())?;
    nodes.iter().map(|node| statement(&network, node)).collect()
}

/// A machine starts, takes the answers that have arrived, and stops. It gives back where it stands, and what was
/// wrong with answers.
pub(crate) fn collect(site: &Site, node: &Participant) -> Result<(Progress, Vec<Error>)> {
    let mut session = resume(site, node)?;
    let mut complaints = Vec::new();
    for path in files::list(&answers_path(site, node))? {
        if let Err(error) = session.receive(&files::read(&path)?, now()) {
            complaints.push(error);
        }
        save(node, &session)?;
        files::remove(&path)?;
    }
    Ok((session.progress(), complaints))
}

/// The unlock key of the machine's backup, if enough members have answered.
pub(crate) fn unlock(site: &Site, node: &Participant) -> Result<Vec<UnlockKey>> {
    resume(site, node)?.unlock_keys().doing(node.label())
}

/// A machine opens its backup with the answers and its operator's Blinder, and keeps the root key shares.
pub(crate) fn open(site: &Site, node: &Participant, blinder: &Blinder) -> Result<()> {
    let backup = fetch_backup(site, node)?;
    let keys = unlock(site, node)?;
    let unlock = keys.first().ok_or(Error::WrongStatement)?;
    node.keep(&backup.open(unlock, blinder).doing(node.label())?)?;
    files::remove(&session_path(node))
}

/// The backup of the node whose place the machine takes, checked against what the board says.
pub(crate) fn fetch_backup(site: &Site, node: &Participant) -> Result<VerifiedBackup> {
    let path = Custodian::new(site, site.network()).stored(node)?;
    let expected = statement_of(site, &site.network(), node)?;
    files::decode(&path, Backup::decode)?.verify(&expected).doing(path.display())
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

fn resume(site: &Site, node: &Participant) -> Result<Session> {
    files::decode(&session_path(node), |bytes| Session::decode(&site.party().context(), bytes))
}

fn recovery_share(member: &Participant) -> Result<KeyShare> {
    Ok(member.shares()?.into_iter().next().ok_or(Error::Truncated)?)
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())
}
