//! Every node backs up, the custodian checks, and what is not in order is sent back.

use super::bundles;
use super::claims::{claim, ignored};
use super::network;
use super::participant::Participant;
use super::party::Party;
use super::sabotage::{Delivery, replace, swap, tamper};
use super::site::{Group, Site};
use super::story::Story;
use crate::armour::Kind;
use crate::board::Place;
use crate::failure::{Failure, Result};
use crate::report;
use crate::roles::custodian::{self, Audit};
use crate::roles::plan::Sharing;
use crate::roles::{backups, ceremony, planner};
use relight::bundle::Bundle;
use relight::coverage::Status;
use relight::curve::SecretScalar;
use relight::dealing::Ceremony;
use relight::recovery::Roster;
use relight::sharing::VssCommitment;
use relight::{Error, Field};

/// All epochs of the network before the disaster. Gives the sharing of the last one.
pub(crate) fn live(story: &mut Story<'_>, site: &Site, party: &Party, root: Sharing) -> Result<Sharing> {
    let (group, args) = (site.network(), &site.args);
    let nodes = group.participants(args.nodes);
    story.scene("Epoch 1")?;
    learn(story, site, &site.party(), party.ceremony())?;
    learn(story, site, &group, &root.ceremony)?;
    bundles::publish(story, site, &group, (&root, party), &nodes)?;
    deliver(story, site, &group, &nodes)?;
    measure(story, site, &group, &nodes)?;
    spoil_one(story, site, &group, &nodes)?;
    mix_up_two(story, site, &group, &nodes)?;
    audit(story, site, &group, &nodes)?;
    let mut sharing = root;
    for epoch in 2..=u64::from(args.epochs) {
        story.scene(format!("Epoch {epoch}: the nodes renew their shares, so new backups are due"))?;
        let old = nodes.first().map(|node| delivery(site, &group, node)).transpose()?;
        sharing = network::refresh(story, site, &sharing, epoch)?;
        learn(story, site, &group, &sharing.ceremony)?;
        bundles::publish(story, site, &group, (&sharing, party), &nodes)?;
        audit_stale(story, site, &group, epoch)?;
        deliver(story, site, &group, &nodes)?;
        old.map_or(Ok(()), |old| send_old(story, site, &group, &nodes, &old))?;
        audit(story, site, &group, &nodes)?;
    }
    Ok(sharing)
}

/// The custodian keeps the certificate of the last ceremony, and checks against it what the others say. It has seen no
/// dealing.
pub(crate) fn learn(story: &mut Story<'_>, site: &Site, group: &Group, told: &Ceremony) -> Result<()> {
    let (custodian, board) = (site.custodian(), site.board());
    let what =
        format!("the custodian checks the keys of the {} by their certificate, without dealings", group.plural());
    story.work(what, &[()], |()| {
        let store = custodian.store()?;
        ceremony::accept(&store, told)?;
        planner::certified(&store, &board, told.clone())
    })?;
    story.wrote(&custodian.home().join("certificates"))
}

/// The certificate of the recovery party vouches for the polynomial in its roster, and for no other.
pub(crate) fn refuse_false_roster(story: &mut Story<'_>, site: &Site, party: &Party) -> Result<()> {
    let (custodian, board, group) = (site.custodian(), site.board(), site.network());
    story.sabotage("the custodian is sent a bundle whose roster has another key, and the true certificate")?;
    let store = custodian.store()?;
    let (certified, _) = planner::certified(&store, &board, party.ceremony().clone())?;
    let roster = false_roster(site, party)?;
    let mut network = custodian::current(&store, group.name())?.network().clone();
    network.recovery_key = roster.party().public_key().clone();
    let bundle = Bundle::new(site.party().name(), &roster, &network)?.with_recovery_certificate(certified);
    planner::post(&board, &bundle)?;
    let (_, beside) = custodian::posted(&board, group.name())?;
    let reason = ignored(&beside, &Error::BadCertificate)?;
    story.caught(format!("the custodian refuses it: {reason}"))
}

fn false_roster(site: &Site, party: &Party) -> Result<Roster> {
    let commitment = party.roster.party().commitment();
    let false_key = SecretScalar::random(commitment.curve(), &mut rand::rng()).public();
    let commitments = vec![false_key; usize::from(commitment.threshold().get())];
    let members = party.roster.members().to_vec();
    Ok(Roster::new(site.party().name(), VssCommitment::new(commitments)?, members)?)
}

/// Every node makes its backup, as the bundle that it trusts says.
pub(crate) fn deliver(story: &mut Story<'_>, site: &Site, group: &Group, nodes: &[Participant]) -> Result<()> {
    let what = format!("{} nodes back up all their root key shares, one file each", nodes.len());
    story.work(what, nodes, |node| back_up(group, node))?;
    story.wrote(&site.board_path(&place(group).folder()))
}

fn back_up(group: &Group, node: &Participant) -> Result<String> {
    let statement = custodian::statement(&node.store()?, group.name(), node.label().as_bytes())?;
    let backup = backups::make(&statement, &node.shares()?)?;
    backups::post(&*node.desk().board()?, &statement, &backup)
}

/// The custodian verifies all backups, and knows whether the network could be restored.
pub(crate) fn audit(story: &mut Story<'_>, site: &Site, group: &Group, nodes: &[Participant]) -> Result<()> {
    let what = "the custodian verifies all backups against the bundle that it trusts";
    let audit = story.work(what, &[()], |()| look(site, group))?;
    let coverage = &audit.first().ok_or_else(|| Failure::because("there is no audit"))?.coverage;
    claim(coverage.recoverable(), "the network could be restored from the backups on the board")?;
    claim(coverage.shared_blinders.is_empty(), "no two nodes have one Blinder")?;
    let covered = coverage.nodes.iter().filter(|status| **status == Status::Covered).count();
    story.check(format!(
        "audit: {covered} of {} nodes covered; the network could be restored, even if any {} more were lost",
        nodes.len(),
        report::survivable(coverage).unwrap_or(0)
    ))
}

fn look(site: &Site, group: &Group) -> Result<Audit> {
    let bundle = custodian::current(&site.custodian().store()?, group.name())?;
    let (found, _) = custodian::on_board(&site.board(), group.name())?;
    custodian::audit(&bundle, &found, |_| ())
}

/// Between the new shares and the new backups, the network is not covered.
fn audit_stale(story: &mut Story<'_>, site: &Site, group: &Group, epoch: u64) -> Result<()> {
    let coverage = look(site, group)?.coverage;
    let stale = Status::Stale { epoch: epoch - 1 };
    claim(coverage.nodes.iter().all(|status| *status == stale), "every backup on the board is out of date")?;
    claim(!coverage.recoverable(), "backups of an older epoch do not cover the network")?;
    story.check(format!(
        "audit: every backup is of epoch {}, so the network is NOT covered until new ones come",
        epoch - 1
    ))
}

/// Somebody changes a backup on its way.
fn spoil_one(story: &mut Story<'_>, site: &Site, group: &Group, nodes: &[Participant]) -> Result<()> {
    let Some(node) = nodes.last() else { return Ok(()) };
    story.sabotage(format!("one bit of the backup of {} is flipped on its way", node.label()))?;
    tamper(site, &delivery(site, group, node)?)?;
    let reason = send_back(site, group, node, &Error::ProofRejected)?;
    story.caught(format!("the custodian sends back the backup of {}: {reason}", node.label()))
}

/// Two backups arrive under each other's name.
fn mix_up_two(story: &mut Story<'_>, site: &Site, group: &Group, nodes: &[Participant]) -> Result<()> {
    let [one, other, ..] = nodes else { return Ok(()) };
    story.sabotage(format!("the backups of {} and {} are exchanged", one.label(), other.label()))?;
    swap(site, &delivery(site, group, one)?, &delivery(site, group, other)?)?;
    let expected = Error::Mismatch(Field::Node);
    send_back(site, group, one, &expected)?;
    let reason = send_back(site, group, other, &expected)?;
    story.caught(format!("the custodian sends back the backups of {} and {}: {reason}", one.label(), other.label()))
}

/// A node sends its backup of the epoch before.
fn send_old(story: &mut Story<'_>, site: &Site, group: &Group, nodes: &[Participant], old: &Delivery) -> Result<()> {
    let Some(node) = nodes.first() else { return Ok(()) };
    story.sabotage(format!(
        "{} sends its backup of the epoch before, to hide that it lost its new shares",
        node.label()
    ))?;
    replace(site, &delivery(site, group, node)?, &old.bytes)?;
    let reason = send_back(site, group, node, &Error::Mismatch(Field::Epoch))?;
    story.caught(format!("the custodian sends back the backup of {}: {reason}", node.label()))
}

/// The custodian finds no good backup of a node, for the expected reason, and the node makes it again.
fn send_back(site: &Site, group: &Group, node: &Participant, expected: &Error) -> Result<String> {
    let statement = custodian::statement(&site.custodian().store()?, group.name(), node.label().as_bytes())?;
    let (found, beside) = backups::find(&site.board(), &statement)?;
    claim(found.is_none(), format!("there is no good backup of {}", node.label()))?;
    let reason = ignored(&beside, expected)?;
    back_up(group, node)?;
    Ok(reason)
}

/// The backup that a node has delivered, and that is good.
fn delivery(site: &Site, group: &Group, node: &Participant) -> Result<Delivery> {
    let statement = custodian::statement(&node.store()?, group.name(), node.label().as_bytes())?;
    let at = |path: &str| path.starts_with(&format!("{}/{}.", place(group).folder(), node.label()));
    let (found, _) = custodian::on_board(&site.board(), group.name())?;
    let of_node = found.into_iter().filter(|found| at(&found.path));
    let mut good = of_node.filter(|found| backups::verify(&found.bytes, std::slice::from_ref(&statement), "").is_ok());
    let good = good.next().ok_or_else(|| Failure::because(format!("no backup of {}", node.label())))?;
    Ok(Delivery {
        place: place(group),
        subject: node.label().to_owned(),
        kind: Kind::Backup,
        path: good.path,
        bytes: good.bytes,
    })
}

fn place(group: &Group) -> Place {
    Place::Backups(group.name().to_vec())
}

/// How long one backup takes, and how large it is.
fn measure(story: &mut Story<'_>, site: &Site, group: &Group, nodes: &[Participant]) -> Result<()> {
    let node = nodes.first().ok_or_else(|| Failure::because("the network has no nodes"))?;
    let statement = custodian::statement(&node.store()?, group.name(), node.label().as_bytes())?;
    let shares = node.shares()?;
    let what = format!("backup of {} keys", shares.len());
    let backup = story.time(format!("making a {what}"), || backups::make(&statement, &shares))?;
    story.time(format!("verifying a {what}"), || Ok(backup.verify(&statement).map(drop)?))?;
    story.size(format!("a {what}"), &site.board_path(&delivery(site, group, node)?.path))
}
