//! What everybody relies on: the bundle of a network, which the planner puts together, and which all compare and trust.

use super::participant::Participant;
use super::party::Party;
use super::person::Person;
use super::site::{Group, Site};
use super::story::Story;
use crate::failure::{Failure, Result};
use crate::roles::plan::Sharing;
use crate::roles::planner::{self, Blueprint, Keys, Seat};
use crate::roles::{Knowledge, custodian};

/// The planner posts the bundle of a network; the nodes and the custodian compare its code, and trust it.
pub(crate) fn publish(
    story: &mut Story<'_>,
    site: &Site,
    group: &Group,
    (sharing, party): (&Sharing, &Party),
    nodes: &[Participant],
) -> Result<()> {
    let code = make(site, group, (sharing, party), nodes)?;
    story.say(format!("the planner posts all that is public of the network, and reads its code aloud: {code}"))?;
    let custodian = site.custodian();
    let all: Vec<&Person> = nodes.iter().map(|node| &**node).chain([&custodian]).collect();
    let what = format!("{} parties check the bundle, compare its code, and trust it", all.len());
    story.work(what, &all, |one| trust(one, group, &code)).map(drop)
}

fn make(site: &Site, group: &Group, (sharing, party): (&Sharing, &Party), nodes: &[Participant]) -> Result<String> {
    let (planner, board) = (site.planner(), site.board());
    let store = planner.store()?;
    let (recovery, _) = planner::certified(&store, &board, party.ceremony().clone())?;
    let (certified, commitments) = planner::certified(&store, &board, sharing.ceremony.clone())?;
    let blueprint = Blueprint {
        network: group.name().to_vec(),
        epoch: sharing.ceremony.plan().epoch,
        parameters: site.args.parameters,
        party: site.party().name().to_vec(),
        roster: party.roster.clone(),
        recovery: Some(recovery),
        keys: Keys { commitments, certified: vec![certified] },
        nodes: nodes.iter().map(|node| seat(site, node)).collect::<Result<_>>()?,
    };
    let known = custodian::trusted(&store, group.name())?.pop();
    let (bundle, _) = planner::bundle(&store, &board, blueprint, known.as_ref())?;
    planner::post(&board, &bundle)?;
    drop(store);
    trust(&planner, group, &bundle.short_code())?;
    Ok(bundle.short_code())
}

/// As a planner names a node: with the address of its operator, and where its shares lie.
fn seat(site: &Site, node: &Participant) -> Result<Seat> {
    let operator = site.operator(node).identity()?.address();
    format!("{}={operator}@{}", node.label(), node.identifier()?).parse().map_err(Failure::because)
}

/// Trusts the bundle with this code.
pub(crate) fn trust(person: &Person, group: &Group, code: &str) -> Result<()> {
    let (desk, store) = (person.desk(), person.store()?);
    let (bundles, ignored) = custodian::posted(&*desk.board()?, group.name())?;
    let bundle = bundles.into_iter().find(|bundle| bundle.bundle().short_code() == code);
    let bundle = bundle.ok_or_else(|| Failure::because("there is no bundle with this code").beside(&ignored))?;
    custodian::trust(&store, &bundle).map(drop)
}

/// The code of the bundle that somebody trusts, which others may ask for.
pub(crate) fn code(person: &Person, group: &Group) -> Result<String> {
    custodian::current(&person.store()?, group.name()).map(|bundle| bundle.bundle().short_code())
}

/// What somebody knows of the backups by the bundle that it trusts, and of the recovery party by its members, who may have
/// changed since.
pub(crate) fn knowledge(person: &Person, group: &Group, party: &Party) -> Result<Knowledge> {
    let bundle = custodian::current(&person.store()?, group.name())?;
    Ok(Knowledge { roster: party.roster.clone(), ..Knowledge::of_bundle(&bundle) })
}
