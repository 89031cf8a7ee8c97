//! What a node operator does. Its Blinder never touches the node.

use super::failure::{Result, While};
use super::files;
use super::participant::Participant;
use super::site::{Group, Site};
use super::story::Story;
use relight::{Blinder, BlinderPublicKey, BlinderRegistration};
use std::path::PathBuf;

/// The operators of these nodes make their Blinders.
pub(crate) fn make_blinders(story: &mut Story<'_>, site: &Site, group: &Group, nodes: &[Participant]) -> Result<()> {
    let count = nodes.len();
    let what = format!("{count} operators make a Blinder each, keep it offline, post its public half with a proof");
    story.work(what, nodes, |node| make_blinder(site, group, node))?;
    nodes.iter().try_for_each(|node| blinder_of(group, node).map(drop))?;
    story.wrote(&site.root, &site.operators(group))?;
    story.wrote(&site.root, &group.board.join("blinders"))?;
    if let Some(node) = nodes.first() {
        story.size("a Blinder, offline", &blinder_path(site, group, node))?;
        story.size("the registration of a Blinder", &registration_path(group, node))?;
    }
    story.check(format!("{count} proofs of possession hold: every Blinder on the board has an owner"))
}

fn make_blinder(site: &Site, group: &Group, node: &Participant) -> Result<()> {
    let rng = &mut rand::rng();
    let blinder = Blinder::generate(rng);
    let registration = BlinderRegistration::new(&blinder, &group.context(), node.label().as_bytes(), rng)?;
    files::write_secret(&blinder_path(site, group, node), &blinder.encode())?;
    files::write(&registration_path(group, node), &registration.encode())
}

/// The public half of a node's Blinder, which anybody can check.
pub(crate) fn blinder_of(group: &Group, node: &Participant) -> Result<BlinderPublicKey> {
    let registration = files::decode(&registration_path(group, node), BlinderRegistration::decode)?;
    let verified = registration.verify(&group.context(), node.label().as_bytes());
    Ok(verified.doing(format!("the Blinder of {}", node.label()))?.clone())
}

/// The operator of a lost node fetches the Blinder from where it keeps it.
pub(crate) fn fetch_blinder(site: &Site, node: &Participant) -> Result<Blinder> {
    files::decode(&blinder_path(site, &site.network(), node), Blinder::decode)
}

fn blinder_path(site: &Site, group: &Group, node: &Participant) -> PathBuf {
    site.operators(group).join(node.label()).join("blinder.key")
}

fn registration_path(group: &Group, node: &Participant) -> PathBuf {
    group.board.join("blinders").join(node.label())
}
