//! Every node backs up, the custodian checks, and what is not in order is sent back.

use super::args::Args;
use super::backups;
use super::claims::{claim, refused};
use super::custodian::Custodian;
use super::participant::Participant;
use super::sabotage;
use super::site::{Group, Site};
use super::story::Story;
use super::{files, network, party};
use crate::failure::{Failure, Result};
use relight::curve::SecretScalar;
use relight::sharing::VssCommitment;
use relight::{Backup, Error, Field, coverage::Status};
use std::slice::from_ref;

/// All epochs of the network before the disaster.
pub(crate) fn live(story: &mut Story<'_>, site: &Site, args: &Args) -> Result<()> {
    let group = site.network();
    let nodes = group.participants(args.nodes);
    story.scene("Epoch 1")?;
    learn(story, site, &site.party())?;
    learn(story, site, &group)?;
    deliver(story, site, &group, &nodes)?;
    measure(story, site, &group, &nodes)?;
    spoil_one(story, site, &group, &nodes)?;
    mix_up_two(story, site, &group, &nodes)?;
    fill(story, site, &group, &nodes)?;
    for epoch in 2..=u64::from(args.epochs) {
        story.scene(format!("Epoch {epoch}: the nodes renew their shares, so new backups are due"))?;
        network::refresh(story, site, args, epoch)?;
        learn(story, site, &group)?;
        audit_stale(story, site, &group, epoch)?;
        deliver(story, site, &group, &nodes)?;
        send_old(story, site, &group, &nodes)?;
        fill(story, site, &group, &nodes)?;
    }
    Ok(())
}

/// The custodian keeps the certificate of the last ceremony, and checks against it what the others say.
pub(crate) fn learn(story: &mut Story<'_>, site: &Site, group: &Group) -> Result<()> {
    let custodian = Custodian::new(site, group.clone());
    let what =
        format!("the custodian checks the keys of the {} by their certificate, without dealings", group.plural());
    story.work(what, &[()], |()| custodian.learn())?;
    story.wrote(&site.root, &custodian.certificates())
}

/// The certificate of the recovery party vouches for the polynomial in its roster, and for no other.
pub(crate) fn refuse_false_roster(story: &mut Story<'_>, site: &Site) -> Result<()> {
    let custodian = Custodian::new(site, site.party());
    let commitment = party::roster(site)?.party().commitment().clone();
    custodian.check(from_ref(&commitment))?;
    story.sabotage("the custodian is sent a roster with another key, and the true certificate")?;
    let false_key = SecretScalar::random(commitment.curve(), &mut rand::rng()).public();
    let commitments = vec![false_key; usize::from(commitment.threshold().get())];
    let reason = refused(custodian.check(&[VssCommitment::new(commitments)?]), &Error::BadCertificate)?;
    story.caught(format!("the custodian refuses it: {reason}"))
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
    claim(coverage.shared_blinders.is_empty(), "no two nodes have one Blinder")?;
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
    let expected = Error::Mismatch(Field::Node);
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
    let reason = send_back(site, group, node, &Error::Mismatch(Field::Epoch))?;
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
    let node = nodes.first().ok_or_else(|| Failure::because("the network has no nodes".to_owned()))?;
    let (statement, shares) = (backups::statement_of(site, group, node)?, node.shares()?);
    let what = format!("backup of {} keys", shares.len());
    let make = || Ok(Backup::create(&statement, &shares, &mut rand::rng())?);
    let backup = story.time(format!("making a {what}"), make)?;
    story.time(format!("verifying a {what}"), || Ok(backup.verify(&statement)?))?;
    story.size(format!("a {what}"), &Custodian::new(site, group.clone()).delivered(node))
}
