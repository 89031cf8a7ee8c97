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
    let args = numbers.complete()?;
    let workspace = Workspace::new(args.dir.as_deref())?;
    let mut story = Story::new(out, terminal, &workspace.root);
    introduce(&mut story, &args, &workspace)?;
    steps(&mut story, &Site { root: workspace.root.clone(), args })
}

fn steps(story: &mut Story<'_>, site: &Site) -> Result<()> {
    story.step("The recovery party makes its key")?;
    let first = party::make_key(story, site)?;
    story.step("The node operators make their Blinders")?;
    set_up(story, site)?;
    story.step("The nodes make the root keys, and users get keys derived from them")?;
    let root = network::make_root_keys(story, site)?;
    story.step("Every node backs up, and the custodian checks")?;
    let root = vault::live(story, site, &first, root)?;
    story.step("The recovery party changes: a refresh, a repair, and a member more")?;
    let party = party::change(story, site, &first)?;
    vault::refuse_false_roster(story, site, &party)?;
    let party = repair::lose_and_repair(story, site, party)?;
    let party = repair::enrol(story, site, party)?;
    story.step("Disaster")?;
    disaster::strike(story, site)?;
    story.step("New machines ask the recovery party")?;
    rescue::ask_the_party(story, site, &party, &first)?;
    story.step("The backups are opened")?;
    rescue::open_backups(story, site)?;
    story.step("The restored keys are shared anew, in a fresh network of another size")?;
    rebirth::reshare(story, site, &party, &root)?;
    story.step("The same keys")?;
    rebirth::compare(story, site)?;
    story.finish("The network is lit again: the same root public keys, the same user keys.")
}

/// The planner, the custodian, the nodes and their operators.
fn set_up(story: &mut Story<'_>, site: &Site) -> Result<()> {
    let group = site.network();
    let nodes = group.participants(site.args.nodes);
    site.planner().make_store()?;
    site.custodian().make_store()?;
    story.work(format!("{} nodes set up a store and an identity each", nodes.len()), &nodes, |node| node.set_up())?;
    operator::make_blinders(story, site, &group, &nodes)?;
    operator::register_as_stranger(story, site, &group, &nodes)
}

fn introduce(story: &mut Story<'_>, args: &Args, workspace: &Workspace) -> Result<()> {
    let Args { nodes, threshold, members, party_threshold, .. } = args;
    story.scene("Relight: the life of a key")?;
    story.say(format!("network         {nodes} nodes, of which {threshold} are needed"))?;
    story.say(format!("recovery party  {members} members, of which {party_threshold} are needed"))?;
    story.say(format!("root keys       {}", keys_in_words(&args.new_keys())))?;
    story.say(
        "stores          each sealed to an age identity of its own, in place of a passphrase that a person types",
    )?;
    let fate = if workspace.is_temporary() { "removed at the end; --dir keeps it" } else { "kept" };
    story.say(format!("files           {} ({fate})", workspace.root.display()))
}
