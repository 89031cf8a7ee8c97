//! The nodes make the root keys, and renew their shares.

use super::args::Args;
use super::ceremony::{Call, Trick, hold, keys_in_words};
use super::claims::claim;
use super::participant::Participant;
use super::public_keys::PublicKeys;
use super::site::{Group, Site};
use super::story::Story;
use crate::failure::Result;
use relight::curve::CurvePoint;
use relight::dealing::{Keys, PublicOutcome, Reshared};
use relight::sharing::VssCommitment;
use std::path::PathBuf;

/// The nodes make the root keys; the keys of users are derived from them.
pub(crate) fn make_root_keys(story: &mut Story<'_>, site: &Site, args: &Args) -> Result<()> {
    let group = site.network();
    let nodes = group.participants(args.nodes);
    story.work(format!("{} nodes register", nodes.len()), &nodes, Participant::register)?;
    let call = Call {
        epoch: 1,
        parameters: args.parameters,
        threshold: args.threshold,
        keys: args.new_keys(),
        dealers: nodes.clone(),
        recipients: nodes,
        group,
        tricks: &[Trick::WrongShares, Trick::ShowsToHalf],
    };
    hold(story, site, &call)?;
    publish_keys(story, site, args)
}

/// Everybody can derive the users' public keys from the root public keys.
fn publish_keys(story: &mut Story<'_>, site: &Site, args: &Args) -> Result<()> {
    let roots = root_keys(&site.network().latest_room()?.outcome()?);
    let keys = PublicKeys::from_roots(&roots, args.user_keys)?;
    keys.write(&keys_path(site))?;
    story.check(format!("{} root keys; {} user keys derived from them", roots.len(), keys.0.len() - roots.len()))?;
    story.wrote(&site.root, &keys_path(site))
}

/// The shares of the root keys are renewed among the same nodes: a new epoch.
pub(crate) fn refresh(story: &mut Story<'_>, site: &Site, args: &Args, epoch: u64) -> Result<()> {
    let group = site.network();
    let before = group.latest_room()?.outcome()?;
    let nodes = group.participants(args.nodes);
    let call = Call {
        epoch,
        parameters: args.parameters,
        threshold: args.threshold,
        keys: before.keys.iter().cloned().map(Reshared::from).collect(),
        // As many as it takes: more would add nothing when no one cheats.
        dealers: group.participants(args.threshold),
        recipients: nodes,
        group,
        tricks: &[],
    };
    hold(story, site, &call)?;
    check_root_keys(story, &site.network(), &before, &call.keys)
}

/// A new sharing must be one of the same keys.
pub(crate) fn check_root_keys(story: &mut Story<'_>, group: &Group, before: &PublicOutcome, keys: &Keys) -> Result<()> {
    let same = root_keys(&group.latest_room()?.outcome()?) == root_keys(before);
    claim(same, "the root public keys are the same after the ceremony")?;
    story.check(format!("the same {}, in new shares", keys_in_words(keys)))
}

pub(crate) fn root_keys(outcome: &PublicOutcome) -> Vec<CurvePoint> {
    outcome.keys.iter().map(VssCommitment::public_key).cloned().collect()
}

/// Where the world looks up the network's keys and its users'.
pub(crate) fn keys_path(site: &Site) -> PathBuf {
    site.board().join("keys.txt")
}
