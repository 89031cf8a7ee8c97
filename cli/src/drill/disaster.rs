//! The disaster: the nodes are gone, and some operators have not kept their Blinder.

use super::args::Args;
use super::claims::claim;
use super::files;
use super::participant::Participant;
use super::site::Site;
use super::story::Story;
use crate::failure::Result;

pub(crate) fn strike(story: &mut Story<'_>, site: &Site, args: &Args) -> Result<()> {
    let network = site.network();
    let (count, bytes) = files::measure(&network.homes)?;
    files::remove(&network.homes)?;
    claim(!network.homes.exists(), "the nodes are gone")?;
    story.say(format!("all {} nodes are lost: {count} files, {bytes} bytes deleted for good", args.nodes))?;
    let nodes = network.participants(args.nodes);
    let lost: Vec<&Participant> = nodes.iter().skip(usize::from(args.nodes - args.lost_blinders)).collect();
    for node in &lost {
        files::remove(&site.operators(&network).join(node.label()))?;
    }
    if !lost.is_empty() {
        let names: Vec<String> = lost.iter().map(|node| node.label()).collect();
        story.say(format!("and the operators of {} cannot find their Blinders", names.join(" and ")))?;
    }
    story.say("what is left: the board, the vault, the members' shares, the other Blinders")
}

/// The machines that operators set up in place of lost nodes: one for each Blinder that is left.
pub(crate) fn replacements(site: &Site, args: &Args) -> Vec<Participant> {
    site.rebuilt().participants(args.nodes - args.lost_blinders)
}
