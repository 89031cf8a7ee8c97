//! What a node operator does. Its Blinder never touches the node, nor any machine that has a network.

use super::claims::ignored;
use super::participant::Participant;
use super::person::Person;
use super::site::{Group, Site};
use super::story::Story;
use crate::armour::Kind;
use crate::board::{Place, segment};
use crate::failure::{Failure, Result};
use crate::roles::{Owner, blinders};
use relight::{Error, Field};

/// The operators of these nodes make their Blinders.
pub(crate) fn make_blinders(story: &mut Story<'_>, site: &Site, group: &Group, nodes: &[Participant]) -> Result<()> {
    let count = nodes.len();
    let what = format!("{count} operators make a Blinder each, keep it offline, and register it under their identity");
    story.work(what, nodes, |node| make_blinder(group, node, &site.operator(node)))?;
    nodes.iter().try_for_each(|node| check_blinder(site, group, node))?;
    story.wrote(&site.root.join("operators"))?;
    let place = Place::Blinders(group.name().to_vec());
    story.wrote(&site.board_path(&place.folder()))?;
    if let Some(node) = nodes.first() {
        let sealed =
            site.operator(node).home().join("blinders").join(format!("{}.age", segment(node.label().as_bytes())));
        story.size("a Blinder, offline, sealed", &sealed)?;
    }
    if let Some(registration) = site.posted(&place, Kind::BlinderRegistration)?.first() {
        story.size("the registration of a Blinder", registration)?;
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
    make_blinder(group, node, &Person::new(&site.root, "stranger"))?;
    let (operator, network) = (site.operator(node).identity()?, group.name());
    let owner = Owner { network, node: node.label().as_bytes(), operator: &operator };
    let judge = |judge: &Person| {
        let (_, beside) = owner.current(&judge.store()?, Some(&site.board()))?;
        ignored(&beside, &Error::Mismatch(Field::Operator))
    };
    let reasons = story.work("every node looks up its own operator's Blinder", nodes, |node| judge(node))?;
    let reason = reasons.first().ok_or_else(|| Failure::because("the network has no nodes"))?;
    story.caught(format!("everybody refuses it, the node first of all: {reason}"))
}

fn make_blinder(group: &Group, node: &Participant, operator: &Person) -> Result<()> {
    operator.set_up()?;
    let (desk, label) = (operator.desk(), node.label().as_bytes());
    let (store, board) = (desk.store()?, desk.board()?);
    blinders::generate(&store, &desk.console, label, false)?;
    let (registration, _) = blinders::register(&store, Some(&*board), &desk.console, [group.name(), label])?;
    blinders::post(&*board, group.name(), &registration).map(drop)
}

fn check_blinder(site: &Site, group: &Group, node: &Participant) -> Result<()> {
    let operator = site.operator(node).identity()?;
    let owner = Owner { network: group.name(), node: node.label().as_bytes(), operator: &operator };
    owner.current(&site.planner().store()?, Some(&site.board())).map(drop)
}
