//! The end: the restored keys go to a fresh network of another size, and are the keys they were.

use super::args::Args;
use super::ceremony::{Call, Trick, hold};
use super::claims::claim;
use super::disaster::replacements;
use super::participant::Participant;
use super::public_keys::PublicKeys;
use super::site::{Group, Site};
use super::story::Story;
use super::{network, operator, vault};
use crate::failure::Result;
use relight::dealing::Reshared;

/// The restored keys go to the fresh network.
pub(crate) fn reshare(story: &mut Story<'_>, site: &Site, args: &Args) -> Result<()> {
    let (old, group) = (site.network().latest_room()?.outcome()?, site.fresh());
    let nodes = group.participants(args.fresh_nodes);
    let (count, threshold) = (args.fresh_nodes, args.fresh_threshold);
    story.work(
        format!("{count} fresh nodes register; {threshold} of them will be needed"),
        &nodes,
        Participant::register,
    )?;
    let call = Call {
        epoch: u64::from(args.epochs) + 1,
        parameters: args.parameters,
        threshold,
        keys: old.keys.iter().cloned().map(Reshared::from).collect(),
        dealers: replacements(site, args),
        recipients: nodes.clone(),
        group: group.clone(),
        tricks: &[Trick::WrongShares],
    };
    hold(story, site, &call)?;
    network::check_root_keys(story, &group, &old, &call.keys)?;
    story.scene("The fresh network is backed up like the old one")?;
    operator::make_blinders(story, site, &group, &nodes)?;
    vault::learn(story, site, &group)?;
    vault::deliver(story, site, &group, &nodes)?;
    vault::fill(story, site, &group, &nodes)
}

/// The keys before and after must be the same: those that the restored shares determine, and those that the
/// fresh nodes' shares determine.
pub(crate) fn compare(story: &mut Story<'_>, site: &Site, args: &Args) -> Result<()> {
    let before = PublicKeys::read(&network::keys_path(site))?;
    let restored = recompute(story, site, &site.rebuilt(), &replacements(site, args), args.threshold, args.user_keys)?;
    check_same(story, &before, &restored, "restored")?;
    let nodes = site.fresh().participants(args.fresh_nodes);
    let fresh = recompute(story, site, &site.fresh(), &nodes, args.fresh_threshold, args.user_keys)?;
    check_same(story, &before, &fresh, "fresh")?;
    for ((name, before), (_, after)) in before.0.iter().zip(&fresh.0) {
        let [before, after] = [before, after].map(|key| short(key.as_bytes()));
        story.say(format!("{name:<20} before {before}   after {after}"))?;
    }
    Ok(())
}

/// The nodes post their public shares of every key; anybody can combine them.
fn recompute(
    story: &mut Story<'_>,
    site: &Site,
    group: &Group,
    nodes: &[Participant],
    threshold: u16,
    users: u16,
) -> Result<PublicKeys> {
    let board = group.board.join("public-shares");
    let what = format!("{} machines post their public shares of all keys", nodes.len());
    story.work(what, nodes, |node| {
        let own = PublicKeys::from_shares(&node.shares()?, users)?;
        own.write(&board.join(node.label()))
    })?;
    story.wrote(&site.root, &board)?;
    let chosen = nodes.iter().rev().take(usize::from(threshold));
    let posts = chosen.map(|node| Ok((node.identifier()?, PublicKeys::read(&board.join(node.label()))?)));
    PublicKeys::combine(&posts.collect::<Result<Vec<_>>>()?)
}

fn check_same(story: &mut Story<'_>, before: &PublicKeys, after: &PublicKeys, whose: &str) -> Result<()> {
    let differences = before.differences(after).join(", ");
    claim(differences.is_empty(), format!("the {whose} keys are those from before; these differ: {differences}"))?;
    story.check(format!("all {} keys, recomputed from {whose} shares alone, are the same as before", before.0.len()))
}

fn short(bytes: &[u8]) -> String {
    let hex: String = bytes.iter().take(10).map(|byte| format!("{byte:02x}")).collect();
    format!("{hex}...")
}
