//! The ten steps, in order.

use super::args::{Args, Numbers};
use super::ceremony::keys_in_words;
use super::files::Workspace;
use super::site::Site;
use super::story::Story;
use super::{disaster, network, operator, party, rebirth, repair, rescue, vault};
use crate::failure::Result;
use std::io::Write;

/// Plays the drill, and tells it. Colours and progress bars are for terminals only.
///
/// # Errors
///
/// If the numbers do not go together, or anything is not as the story claims.
pub fn play(numbers: Numbers, out: &mut dyn Write, terminal: bool) -> Result<()> {
    steps(&numbers.complete()?, &mut Story::new(out, terminal))
}

fn steps(args: &Args, story: &mut Story<'_>) -> Result<()> {
    let workspace = Workspace::new(args.dir.as_deref())?;
    let site = &Site { root: workspace.root.clone(), identifiers: args.identifiers };
    introduce(story, args, &workspace)?;
    story.step("The recovery party makes its key")?;
    party::make_key(story, site, args)?;
    story.step("The node operators make their Blinders")?;
    let network = site.network();
    let nodes = network.participants(args.nodes);
    operator::make_blinders(story, site, &network, &nodes)?;
    operator::register_as_stranger(story, site, &network, &nodes)?;
    story.step("The nodes make the root keys, and users get keys derived from them")?;
    network::make_root_keys(story, site, args)?;
    story.step("Every node backs up, and the custodian checks")?;
    vault::live(story, site, args)?;
    story.step("The recovery party changes: a refresh, a repair, and a member more")?;
    party::change(story, site, args)?;
    repair::lose_and_repair(story, site, args)?;
    repair::enrol(story, site, args)?;
    story.step("Disaster")?;
    disaster::strike(story, site, args)?;
    story.step("New machines ask the recovery party")?;
    rescue::ask_the_party(story, site, args)?;
    story.step("The backups are opened")?;
    rescue::open_backups(story, site, args)?;
    story.step("The restored keys are shared anew, in a fresh network of another size")?;
    rebirth::reshare(story, site, args)?;
    story.step("The same keys")?;
    rebirth::compare(story, site, args)?;
    story.finish("The network is lit again: the same root public keys, the same user keys.")
}

fn introduce(story: &mut Story<'_>, args: &Args, workspace: &Workspace) -> Result<()> {
    let Args { nodes, threshold, members, party_threshold, .. } = args;
    story.scene("Relight: the life of a key")?;
    story.say(format!("network         {nodes} nodes, of which {threshold} are needed"))?;
    story.say(format!("recovery party  {members} members, of which {party_threshold} are needed"))?;
    story.say(format!("root keys       {}", keys_in_words(&args.new_keys())))?;
    let fate = if workspace.is_temporary() { "removed at the end; --dir keeps it" } else { "kept" };
    story.say(format!("files           {} ({fate})", workspace.root.display()))
}
