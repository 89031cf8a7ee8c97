//! The disaster: the nodes are gone, and some operators have not kept their Blinder.

use super::claims::claim;
use super::files::{clear, measure};
use super::participant::Participant;
use super::site::Site;
use super::story::Story;
use crate::failure::Result;

pub(crate) fn strike(story: &mut Story<'_>, site: &Site) -> Result<()> {
    let (network, args) = (site.network(), &site.args);
    let (count, bytes) = measure(&network.homes())?;
    clear(&network.homes())?;
    claim(!network.homes().exists(), "the nodes are gone")?;
    story.say(format!("all {} nodes are lost: {count} files, {bytes} bytes deleted for good", args.nodes))?;
    let nodes = network.participants(args.nodes);
    let lost: Vec<&Participant> = nodes.iter().skip(usize::from(args.nodes - args.lost_blinders)).collect();
    lost.iter().try_for_each(|node| site.operator(node).lose())?;
    if !lost.is_empty() {
        let names: Vec<&str> = lost.iter().map(|node| node.label()).collect();
        story.say(format!("and the operators of {} cannot find their Blinders", names.join(" and ")))?;
    }
    story.say("what is left: the board with the backups, the members' shares, the other Blinders")
}

/// The machines that operators set up in place of lost nodes: one for each Blinder that is left.
pub(crate) fn replacements(site: &Site) -> Vec<Participant> {
    let nodes = site.network().participants(site.args.nodes - site.args.lost_blinders);
    nodes.iter().map(|node| node.moved(&format!("rebuilt/{}", node.label()))).collect()
}
