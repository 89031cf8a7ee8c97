//! The end: the restored keys go to a fresh network of another size, and are the keys they were.

use super::ceremony::{Call, Trick, What, hold};
use super::claims::claim;
use super::disaster::replacements;
use super::participant::Participant;
use super::party::Party;
use super::public_keys::PublicKeys;
use super::site::Site;
use super::story::Story;
use super::{bundles, network, operator, vault};
use crate::failure::Result;
use crate::roles::plan::Sharing;
use std::path::PathBuf;

/// The restored keys go to the fresh network.
pub(crate) fn reshare(story: &mut Story<'_>, site: &Site, party: &Party, old: &Sharing) -> Result<()> {
    let (group, args) = (site.fresh(), &site.args);
    let nodes = group.participants(args.fresh_nodes);
    let (count, threshold) = (args.fresh_nodes, args.fresh_threshold);
    story.work(format!("{count} fresh nodes register; {threshold} of them will be needed"), &nodes, |node| {
        node.set_up()?;
        node.register()
    })?;
    let call = Call {
        group: group.clone(),
        epoch: u64::from(args.epochs) + 1,
        threshold,
        what: What::Reshare(old),
        dealers: replacements(site),
        recipients: nodes.clone(),
        tricks: &[Trick::WrongShares],
    };
    let sharing = hold(story, site, &call)?;
    network::check_root_keys(story, old, &sharing)?;
    story.scene("The fresh network is backed up like the old one")?;
    operator::make_blinders(story, site, &group, &nodes)?;
    vault::learn(story, site, &group, &sharing.ceremony)?;
    bundles::publish(story, site, &group, (&sharing, party), &nodes)?;
    vault::deliver(story, site, &group, &nodes)?;
    vault::audit(story, site, &group, &nodes)
}

/// The keys before and after must be the same: those that the restored shares determine, and those that the
/// fresh nodes' shares determine.
pub(crate) fn compare(story: &mut Story<'_>, site: &Site) -> Result<()> {
    let (before, args) = (PublicKeys::read(&network::keys_path(site))?, &site.args);
    let posts = |whose: &str| site.root.join("public-shares").join(whose);
    let restored = recompute(story, posts("rebuilt"), &replacements(site), (args.threshold, args.user_keys))?;
    check_same(story, &before, &restored, "restored")?;
    let nodes = site.fresh().participants(args.fresh_nodes);
    let fresh = recompute(story, posts("fresh"), &nodes, (args.fresh_threshold, args.user_keys))?;
    check_same(story, &before, &fresh, "fresh")?;
    for ((name, before), (_, after)) in before.0.iter().zip(&fresh.0) {
        let [before, after] = [before, after].map(|key| short(key.as_bytes()));
        story.say(format!("{name:<20} before {before}   after {after}"))?;
    }
    Ok(())
}

/// The nodes say what their public shares of every key are; anybody can combine them.
fn recompute(
    story: &mut Story<'_>,
    folder: PathBuf,
    nodes: &[Participant],
    (threshold, users): (u16, u16),
) -> Result<PublicKeys> {
    let what = format!("{} machines post their public shares of all keys", nodes.len());
    story.work(what, nodes, |node| {
        let own = PublicKeys::from_shares(&node.shares()?, users)?;
        own.write(&folder.join(node.label()))
    })?;
    story.wrote(&folder)?;
    let chosen = nodes.iter().rev().take(usize::from(threshold));
    let posts = chosen.map(|node| Ok((node.identifier()?, PublicKeys::read(&folder.join(node.label()))?)));
    PublicKeys::combine(&posts.collect::<Result<Vec<_>>>()?)
}

fn check_same(story: &mut Story<'_>, before: &PublicKeys, after: &PublicKeys, whose: &str) -> Result<()> {
    let differences = before.differences(after).join(", ");
    claim(differences.is_empty(), format!("the {whose} keys are those from before; these differ: {differences}"))?;
    story.check(format!("all {} keys, recomputed from {whose} shares alone, are the same as before", before.0.len()))
}

fn short(bytes: &[u8]) -> String {
    let hex: String = hex::encode(bytes).chars().take(20).collect();
    format!("{hex}...")
}
