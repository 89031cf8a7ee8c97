//! The nodes make the root keys, and renew their shares.

use super::ceremony::{Call, Trick, What, hold, keys_in_words};
use super::claims::claim;
use super::participant::Participant;
use super::public_keys::PublicKeys;
use super::site::Site;
use super::story::Story;
use crate::failure::{Failure, Result};
use crate::files;
use crate::roles::plan::Sharing;
use relight::curve::CurvePoint;
use relight::sharing::VssCommitment;
use std::path::PathBuf;

/// The nodes make the root keys; the keys of users are derived from them.
pub(crate) fn make_root_keys(story: &mut Story<'_>, site: &Site) -> Result<Sharing> {
    let (group, args) = (site.network(), &site.args);
    let nodes = group.participants(args.nodes);
    story.work(format!("{} nodes register", nodes.len()), &nodes, |node| node.register().map(drop))?;
    let what = "their operators keep exports of their stores, from before there is any share in them";
    story.work(what, &nodes, |node| export(site, node))?;
    let call = Call {
        group,
        epoch: 1,
        threshold: args.threshold,
        what: What::Generate(args.new_keys()),
        dealers: nodes.clone(),
        recipients: nodes,
        tricks: &[Trick::WrongShares, Trick::ShowsToHalf],
    };
    let sharing = hold(story, site, &call)?;
    publish_keys(story, site, &sharing)?;
    Ok(sharing)
}

/// What brings back the identity of a node that is lost.
fn export(site: &Site, node: &Participant) -> Result<()> {
    match files::create(&export_path(site, node), &node.store()?.export()?)? {
        true => Ok(()),
        false => Err(Failure::because(format!("there is an export of {} already", node.label()))),
    }
}

pub(crate) fn export_path(site: &Site, node: &Participant) -> PathBuf {
    site.root.join("exports").join(format!("{}.relight-store", node.label()))
}

/// Everybody can derive the users' public keys from the root public keys.
fn publish_keys(story: &mut Story<'_>, site: &Site, sharing: &Sharing) -> Result<()> {
    let roots = root_keys(sharing);
    let keys = PublicKeys::from_roots(&roots, site.args.user_keys)?;
    keys.write(&keys_path(site))?;
    story.check(format!("{} root keys; {} user keys derived from them", roots.len(), keys.0.len() - roots.len()))?;
    story.wrote(&keys_path(site))
}

/// The shares of the root keys are renewed among the same nodes: a new epoch.
pub(crate) fn refresh(story: &mut Story<'_>, site: &Site, before: &Sharing, epoch: u64) -> Result<Sharing> {
    let (group, args) = (site.network(), &site.args);
    let call = Call {
        epoch,
        threshold: args.threshold,
        what: What::Reshare(before),
        // As many as it takes: more would add nothing when no one cheats.
        dealers: group.participants(args.threshold),
        recipients: group.participants(args.nodes),
        group,
        tricks: &[],
    };
    let after = hold(story, site, &call)?;
    check_root_keys(story, before, &after)?;
    Ok(after)
}

/// A new sharing must be one of the same keys.
pub(crate) fn check_root_keys(story: &mut Story<'_>, before: &Sharing, after: &Sharing) -> Result<()> {
    claim(root_keys(after) == root_keys(before), "the root public keys are the same after the ceremony")?;
    let curves: Vec<_> = after.keys.iter().map(VssCommitment::curve).collect();
    story.check(format!("the same {}, in new shares", keys_in_words(&curves)))
}

fn root_keys(sharing: &Sharing) -> Vec<CurvePoint> {
    sharing.keys.iter().map(VssCommitment::public_key).cloned().collect()
}

/// Where the world looks up the network's keys and its users'.
pub(crate) fn keys_path(site: &Site) -> PathBuf {
    site.root.join("keys.txt")
}
