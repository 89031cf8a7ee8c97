//! Backups as the nodes make them, and what anybody can check them against.

use super::files;
use super::operator::{agreed_operator, registration_of};
use super::participant::Participant;
use super::party::roster;
use super::site::{Group, Site};
use crate::failure::{Failure, Result, While};
use relight::sharing::VssCommitment;
use relight::{
    Backup, Statement,
    coverage::{FormerEpoch, Network, Node},
    dealing::Ceremony,
};

/// The network as the board tells it, with these commitments of its root keys now and formerly.
pub(crate) fn network(
    site: &Site,
    group: &Group,
    keys: Vec<VssCommitment>,
    former: Vec<FormerEpoch>,
) -> Result<Network> {
    let ceremony = files::decode(&group.latest_room()?.ceremony_path(), Ceremony::decode)?;
    let nodes = ceremony.plan().recipients.iter().map(|recipient| {
        let node = group.participant(recipient.index);
        let (operator, registrations) = (agreed_operator(site, group, &node)?, vec![registration_of(group, &node)?]);
        Ok(Node::new(node.label().as_bytes(), operator, registrations, recipient.identifier, keys.len() as u16))
    });
    Ok(Network {
        parameters: ceremony.plan().parameters,
        name: group.context(),
        epoch: ceremony.plan().epoch,
        recovery_key: roster(site)?.party().public_key().clone(),
        nodes: nodes.collect::<Result<_>>()?,
        keys,
        former,
    })
}

/// The statement that the current backup of a node makes, from what all participants posted.
pub(crate) fn statement_of(site: &Site, group: &Group, node: &Participant) -> Result<Statement> {
    let network = network(site, group, group.latest_room()?.outcome()?.keys, Vec::new())?;
    statement(&network, node)
}

/// The statement of one of the network's nodes.
pub(crate) fn statement(network: &Network, node: &Participant) -> Result<Statement> {
    let found = network.nodes.iter().find(|known| known.name == node.label().as_bytes());
    let found = found.ok_or_else(|| Failure::because(format!("{} is no node of the network", node.label())))?;
    network.statement(found).at(node.label())
}

/// A node backs up all its root key shares, and delivers the backup to the custodian.
pub(crate) fn back_up(site: &Site, group: &Group, node: &Participant) -> Result<()> {
    let statement = statement_of(site, group, node)?;
    let backup = Backup::create(&statement, &node.shares()?, &mut rand::rng()).at(node.label())?;
    files::write(&site.custodian().join("inbox").join(node.label()), &backup.encode())
}
