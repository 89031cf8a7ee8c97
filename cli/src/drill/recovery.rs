//! The fresh machines: they ask, take answers, and open what was lost.

use super::bundles::{self, knowledge};
use super::claims::refused;
use super::network::export_path;
use super::offline::Stick;
use super::participant::Participant;
use super::party::Party;
use super::site::Site;
use crate::armour::Kind;
use crate::board::{Board, Ignored, Objects, Place};
use crate::desk::Desk;
use crate::failure::{Failure, Result, While};
use crate::files;
use crate::roles::recovery::{Recovery, Taken};
use crate::roles::{answering, backups, blinders, custodian};
use relight::recovery::{Progress, Request};
use relight::{Blinder, Error, KeyShare, Statement, VerifiedBackup};
use std::ops::Deref;

const VALID_FOR_SECONDS: u64 = 3600;

/// A machine in the place of a lost node.
pub(crate) struct Fresh {
    node: Participant,
    /// The nodes whose backups it asks for: its own, and for the first machine also that of the next.
    pub(crate) asks_for: Vec<Participant>,
}

impl Deref for Fresh {
    type Target = Participant;

    fn deref(&self) -> &Participant {
        &self.node
    }
}

/// Machines, and what they ask for.
pub(crate) fn machines(nodes: &[Participant]) -> Vec<Fresh> {
    let asks_for = |place: usize| {
        let count = if place == 0 { 2 } else { 1 };
        nodes.iter().skip(place).take(count).cloned().collect()
    };
    nodes.iter().enumerate().map(|(place, node)| Fresh { node: node.clone(), asks_for: asks_for(place) }).collect()
}

/// A machine takes the place of a node, with the identity that the node had, and trusts the bundle that all others trust.
pub(crate) fn set_up(site: &Site, machine: &Fresh, code: &str) -> Result<()> {
    machine.import(&files::read(&export_path(site, machine))?)?;
    bundles::trust(machine, &site.network(), code)
}

/// It checks the backups that it will ask for, and drafts its request. For every operator there is a stick with the draft and
/// its statement.
pub(crate) fn draft(site: &Site, machine: &Fresh, party: &Party) -> Result<()> {
    let known = knowledge(machine, &site.network(), party)?;
    let names: Vec<String> = machine.asks_for.iter().map(|node| node.label().to_owned()).collect();
    let statements = known.of_nodes(&names)?;
    statements.iter().try_for_each(|statement| backup(site, statement).map(drop))?;
    let (desk, store) = (machine.desk(), machine.store()?);
    let (now, requester) = (desk.now()?, format!("operator of {}", machine.label()));
    let expiry = now.checked_add(VALID_FOR_SECONDS).at("the expiry")?;
    let recovery = Recovery::draft(&store, &known, &statements, &requester, [now, expiry])?;
    recovery.post_draft(&*desk.board()?)?;
    let (draft, mut pairs) = (recovery.session().draft(), machine.asks_for.iter().zip(statements));
    pairs.try_for_each(|(node, statement)| Stick::new(site, machine, node).load(draft, statement))
}

/// The sticks are back: the machine asks.
pub(crate) fn ask(site: &Site, machine: &Fresh) -> Result<()> {
    with(machine, |desk, recovery| {
        for node in &machine.asks_for {
            recovery.authorise(&Stick::new(site, machine, node).authorisation(desk)?).at(node.label())?;
        }
        recovery.save()?;
        recovery.send(&*desk.board()?).map(drop)
    })
}

/// What a machine asks.
pub(crate) fn request(site: &Site, machine: &Fresh) -> Result<Request> {
    let draft = with(machine, |_, recovery| Ok(recovery.session().draft().attested_digest()))?;
    let found = <dyn Board>::objects(&site.board(), &Place::Requests, Kind::Request, Request::decode)?;
    let own = found.good.into_iter().find(|object| object.value.draft().attested_digest() == draft);
    own.map(|object| object.value).ok_or_else(|| Failure::because(format!("{} has not asked", machine.label())))
}

/// Where the answers to a machine go.
pub(crate) fn place(machine: &Fresh) -> Result<Place> {
    with(machine, |_, recovery| Ok(Place::Request(recovery.session().draft().attested_digest())))
}

/// The answer of a member that is on the board last, in bytes.
pub(crate) fn answer(machine: &Fresh, site: &Site, member: &Participant) -> Result<Vec<u8>> {
    let found = <dyn Board>::find(&site.board(), &place(machine)?, Kind::Response)?.found.into_iter();
    let mut own = found.filter(|found| found.subject == member.index.to_string());
    let answer = own.next().ok_or_else(|| Failure::because(format!("{} has not answered", member.label())))?;
    Ok(answer.bytes)
}

/// A machine starts, takes the answers that are on the board, and stops. It gives back where it stands, and what is wrong with
/// answers.
pub(crate) fn take(machine: &Fresh) -> Result<(Progress, Ignored)> {
    with(machine, |desk, recovery| {
        let Taken { progress, refused } = recovery.take(&*desk.board()?, desk.now()?)?;
        Ok((progress, refused))
    })
}

/// A machine refuses an answer, for the expected reason. The answer is taken off the board then.
pub(crate) fn complaint(site: &Site, machine: &Fresh, path: &str, expected: &Error) -> Result<String> {
    let (_, refusals) = take(machine)?;
    let complaint = refusals.into_iter().find(|(at, _)| at == path);
    files::remove(&site.board_path(path))?;
    refused::<()>(complaint.map_or(Ok(()), |(_, failure)| Err(failure)), expected)
}

/// A machine opens its backup with the answers and a Blinder.
pub(crate) fn open(site: &Site, machine: &Fresh, blinder: &Blinder) -> Result<Vec<KeyShare>> {
    let backup = backup(site, &statement(site, machine)?)?;
    with(machine, |_, recovery| recovery.open(&backup, blinder))
}

/// A machine opens its backup with its operator's Blinder, and keeps the root key shares. The recovery is over then.
pub(crate) fn restore(site: &Site, machine: &Fresh) -> Result<usize> {
    let shares = open(site, machine, &blinder(site, machine)?)?;
    let (desk, store) = (machine.desk(), machine.store()?);
    let statement = custodian::statement(&store, site.network().name(), machine.label().as_bytes())?;
    backups::keep(&store, &desk.console, &statement, &shares)?;
    Recovery::resume(&store, &desk.console, None)?.end()?;
    Ok(shares.len())
}

/// The operator of a lost node fetches the Blinder from where it keeps it.
pub(crate) fn blinder(site: &Site, machine: &Fresh) -> Result<Blinder> {
    let (operator, statement) = (site.operator(machine), statement(site, machine)?);
    let (_, public) = backups::lock(&statement)?;
    blinders::fitting(&operator.store()?, &operator.desk().console, machine.label().as_bytes(), public)
}

/// What the backup of the lost node states, by the bundle that the machine trusts.
pub(crate) fn statement(site: &Site, machine: &Fresh) -> Result<Statement> {
    custodian::statement(&machine.store()?, site.network().name(), machine.label().as_bytes())
}

/// The backup that makes a statement, from the board.
pub(crate) fn backup(site: &Site, statement: &Statement) -> Result<VerifiedBackup> {
    let (found, ignored) = backups::find(&site.board(), statement)?;
    found.ok_or_else(|| Failure::because("no good backup is on the board").beside(&ignored))
}

/// A machine that was switched off goes on.
pub(crate) fn with<T>(machine: &Fresh, deed: impl FnOnce(&Desk, &mut Recovery<'_>) -> Result<T>) -> Result<T> {
    let (desk, store) = (machine.desk(), machine.store()?);
    deed(&desk, &mut Recovery::resume(&store, &desk.console, None)?)
}

/// All requests that a member could answer.
pub(crate) fn requests(site: &Site, member: &Participant, party: &Party) -> Result<Objects<Request>> {
    answering::requests(&site.board(), &knowledge(member, &site.network(), party)?, member.desk().now()?)
}
