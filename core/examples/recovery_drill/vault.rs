//! Every node backs up, the custodian checks, and what is not in order is sent back.

use super::args::Args;
use super::backups;
use super::custodian::Custodian;
use super::failure::{Failure, Result, claim, refused};
use super::participant::Participant;
use super::sabotage;
use super::site::{Group, Site};
use super::story::Story;
use super::{files, network};
use relight::{Backup, Error, KeyShare, StatementField, Status};

/// All epochs of the network before the disaster.
pub(crate) fn live(story: &mut Story<'_>, site: &Site, args: &Args) -> Result<()> {
    let group = site.network();
    let nodes = group.participants(args.nodes);
    story.scene("Epoch 1")?;
    replay(story, site, &group)?;
    deliver(story, site, &group, &nodes)?;
    measure(story, site, &group, &nodes)?;
    spoil_one(story, site, &group, &nodes)?;
    mix_up_two(story, site, &group, &nodes)?;
    fill(story, site, &group, &nodes)?;
    for epoch in 2..=u64::from(args.epochs) {
        story.scene(format!("Epoch {epoch}: the nodes renew their shares, so new backups are due"))?;
        network::refresh(story, site, args, epoch)?;
        replay(story, site, &group)?;
        audit_stale(story, site, &group, epoch)?;
        deliver(story, site, &group, &nodes)?;
        send_old(story, site, &group, &nodes)?;
        fill(story, site, &group, &nodes)?;
    }
    Ok(())
}

/// The custodian finds out for itself what the ceremony came to.
pub(crate) fn replay(story: &mut Story<'_>, site: &Site, group: &Group) -> Result<()> {
    let custodian = Custodian::new(site, group.clone());
    story.work("the custodian replays the ceremony from the board, and agrees with the nodes", &[()], |()| {
        custodian.learn()
    })?;
    Ok(())
}

/// Every node makes its backup.
pub(crate) fn deliver(story: &mut Story<'_>, site: &Site, group: &Group, nodes: &[Participant]) -> Result<()> {
    let what = format!("{} nodes back up all their root key shares, one file each", nodes.len());
    story.work(what, nodes, |node| backups::back_up(site, group, node))?;
    story.wrote(&site.root, &site.custodian().join("inbox"))
}

/// The custodian checks all that was delivered, audits, and drops what is out of date.
pub(crate) fn fill(story: &mut Story<'_>, site: &Site, group: &Group, nodes: &[Participant]) -> Result<()> {
    let custodian = Custodian::new(site, group.clone());
    let what = format!("the custodian verifies {} backups against what it knows itself", nodes.len());
    let network = custodian.network()?;
    story.work(what, nodes, |node| custodian.accept(&network, node))?;
    custodian.drop_old()?;
    story.wrote(&site.root, &custodian.vault())?;
    let coverage = custodian.audit(&network)?;
    claim(coverage.recoverable() && coverage.strays.is_empty(), "the network could be restored from the vault")?;
    let covered = coverage.nodes.iter().filter(|status| **status == Status::Covered).count();
    let bearable = (0..=covered).rev().find(|lost| coverage.survives(*lost)).unwrap_or(0);
    story.check(format!(
        "audit: {covered} of {} nodes covered; the network could be restored, even if any {bearable} more were lost",
        nodes.len()
    ))
}

/// Between the new shares and the new backups, the network is not covered.
fn audit_stale(story: &mut Story<'_>, site: &Site, group: &Group, epoch: u64) -> Result<()> {
    let custodian = Custodian::new(site, group.clone());
    let coverage = custodian.audit(&custodian.network()?)?;
    let stale = Status::Stale { epoch: epoch - 1 };
    claim(coverage.nodes.iter().all(|status| *status == stale), "every backup in the vault is out of date")?;
    claim(!coverage.recoverable(), "backups of an older epoch do not cover the network")?;
    story.check(format!(
        "audit: every backup is of epoch {}, so the network is NOT covered until new ones come",
        epoch - 1
    ))
}

/// Somebody changes a backup on its way.
fn spoil_one(story: &mut Story<'_>, site: &Site, group: &Group, nodes: &[Participant]) -> Result<()> {
    let Some(node) = nodes.last() else { return Ok(()) };
    let custodian = Custodian::new(site, group.clone());
    story.sabotage(format!("one bit of the backup of {} is flipped on its way", node.label()))?;
    sabotage::tamper(&custodian.delivered(node))?;
    let reason = send_back(site, group, node, &Error::ProofRejected)?;
    story.caught(format!("the custodian sends back the backup of {}: {reason}", node.label()))
}

/// Two backups arrive under each other's name.
fn mix_up_two(story: &mut Story<'_>, site: &Site, group: &Group, nodes: &[Participant]) -> Result<()> {
    let [one, other, ..] = nodes else { return Ok(()) };
    let custodian = Custodian::new(site, group.clone());
    story.sabotage(format!("the backups of {} and {} are exchanged", one.label(), other.label()))?;
    sabotage::swap(&custodian.delivered(one), &custodian.delivered(other))?;
    let expected = Error::StatementMismatch(StatementField::Node);
    send_back(site, group, one, &expected)?;
    let reason = send_back(site, group, other, &expected)?;
    story.caught(format!("the custodian sends back the backups of {} and {}: {reason}", one.label(), other.label()))
}

/// A node sends its backup of the epoch before.
fn send_old(story: &mut Story<'_>, site: &Site, group: &Group, nodes: &[Participant]) -> Result<()> {
    let Some(node) = nodes.first() else { return Ok(()) };
    let custodian = Custodian::new(site, group.clone());
    story.sabotage(format!(
        "{} sends its backup of the epoch before, to hide that it lost its new shares",
        node.label()
    ))?;
    files::copy(&custodian.stored(node)?, &custodian.delivered(node))?;
    let reason = send_back(site, group, node, &Error::StatementMismatch(StatementField::Epoch))?;
    story.caught(format!("the custodian sends back the backup of {}: {reason}", node.label()))
}

/// The custodian refuses a backup for the expected reason, and the node makes it again.
fn send_back(site: &Site, group: &Group, node: &Participant, expected: &Error) -> Result<String> {
    let custodian = Custodian::new(site, group.clone());
    let reason = refused(custodian.accept(&custodian.network()?, node), expected)?;
    backups::back_up(site, group, node)?;
    Ok(reason)
}

/// How long one backup takes, and how large it is.
fn measure(story: &mut Story<'_>, site: &Site, group: &Group, nodes: &[Participant]) -> Result<()> {
    let node = nodes.first().ok_or_else(|| Failure::Claim("the network has no nodes".to_owned()))?;
    let (statement, shares) = (backups::statement_of(site, group, node)?, node.shares()?);
    let what = format!("backup of {} keys", shares.len());
    let shares: Vec<&KeyShare> = shares.iter().collect();
    let make = || Ok(Backup::create(&statement, &shares, &mut rand::rng())?);
    let backup = story.time(format!("making a {what}"), make)?;
    story.time(format!("verifying a {what}"), || Ok(backup.verify(&statement)?))?;
    story.size(format!("a {what}"), &Custodian::new(site, group.clone()).delivered(node))
}
