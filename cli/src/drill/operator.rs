//! What a node operator does. Its Blinder never touches the node, nor any machine that has a network.

use super::claims::refused;
use super::files;
use super::participant::Participant;
use super::sabotage;
use super::signer::Signer;
use super::site::{Group, Site};
use super::story::Story;
use crate::failure::{Result, While};
use relight::{Blinder, Error, Field, identity::IdentityPublicKey, registration::BlinderRegistration};
use std::path::PathBuf;

/// The operators of these nodes make their Blinders.
pub(crate) fn make_blinders(story: &mut Story<'_>, site: &Site, group: &Group, nodes: &[Participant]) -> Result<()> {
    let count = nodes.len();
    let what = format!("{count} operators make a Blinder each, keep it offline, and register it under their identity");
    story.work(what, nodes, |node| make_blinder(site, group, node))?;
    nodes.iter().try_for_each(|node| check_blinder(site, group, node))?;
    story.wrote(&site.root, &site.operators(group))?;
    story.wrote(&site.root, &group.board.join("blinders"))?;
    if let Some(node) = nodes.first() {
        story.size("a Blinder, offline", &blinder_path(site, group, node))?;
        story.size("the registration of a Blinder", &registration_path(group, node))?;
    }
    story.check(format!("{count} registrations hold: each Blinder is that of its node's operator"))
}

/// Somebody who operates nothing registers a Blinder for a node.
pub(crate) fn register_as_stranger(
    story: &mut Story<'_>,
    site: &Site,
    group: &Group,
    nodes: &[Participant],
) -> Result<()> {
    let Some(node) = nodes.first() else { return Ok(()) };
    story.sabotage(format!("a stranger puts a Blinder of its own on the board for {}", node.label()))?;
    let (path, stranger) = (registration_path(group, node), site.root.join("stranger"));
    let genuine = files::read(&path)?;
    files::write(&path, &sabotage::strange_registration(&stranger, &group.context(), &node.label())?)?;
    let expected = Error::Mismatch(Field::Operator);
    let reason = refused(check_blinder(site, group, node), &expected)?;
    files::write(&path, &genuine)?;
    files::remove(&stranger)?;
    story.caught(format!("everybody refuses it, the node first of all: {reason}"))
}

fn make_blinder(site: &Site, group: &Group, node: &Participant) -> Result<()> {
    let (rng, context, label) = (&mut rand::rng(), group.context(), node.label());
    let signer = Signer::set_up(&offline_machine(site, group, node), &context)?;
    files::write(&site.agreed_operators(group).join(&label), &signer.public().to_bytes())?;
    let blinder = Blinder::generate(rng);
    files::write_secret(&blinder_path(site, group, node), &blinder.encode())?;
    let unsigned = BlinderRegistration::first(&blinder, &context, label.as_bytes(), &signer.public(), rng)?;
    files::write(&registration_path(group, node), &signer.sign(unsigned)?.encode())
}

/// The registration of a node's Blinder, which anybody can check who knows its operator.
pub(crate) fn registration_of(group: &Group, node: &Participant) -> Result<BlinderRegistration> {
    files::decode(&registration_path(group, node), BlinderRegistration::decode)
}

/// Who operates a node: everybody has that in its configuration.
pub(crate) fn agreed_operator(site: &Site, group: &Group, node: &Participant) -> Result<IdentityPublicKey> {
    files::decode(&site.agreed_operators(group).join(node.label()), IdentityPublicKey::from_bytes)
}

fn check_blinder(site: &Site, group: &Group, node: &Participant) -> Result<()> {
    let (registration, operator) = (registration_of(group, node)?, agreed_operator(site, group, node)?);
    let verified = registration.verify(&group.context(), node.label().as_bytes(), &operator);
    verified.map(drop).at(format!("the Blinder of {}", node.label()))
}

/// The operator of a lost node fetches the Blinder from where it keeps it.
pub(crate) fn fetch_blinder(site: &Site, node: &Participant) -> Result<Blinder> {
    files::decode(&blinder_path(site, &site.network(), node), Blinder::decode)
}

/// A machine without a network, for the operator of one node.
fn offline_machine(site: &Site, group: &Group, node: &Participant) -> PathBuf {
    site.operators(group).join(node.label())
}

fn blinder_path(site: &Site, group: &Group, node: &Participant) -> PathBuf {
    offline_machine(site, group, node).join("blinder.key")
}

fn registration_path(group: &Group, node: &Participant) -> PathBuf {
    group.board.join("blinders").join(node.label())
}
