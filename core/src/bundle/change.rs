//! What is different in the next bundle (spec §10.7).

use super::VerifiedBundle;
use crate::coverage::{Network, Node};
use crate::error::{Error, Field, Result};
use crate::recovery::RosterMember;
use crate::registration::BlinderRegistration;
use crate::sharing::{PartyIndex, VssCommitment};
use alloc::vec::Vec;
use core::fmt::{Display, Formatter};

/// A difference between a bundle and its successor. It displays as a clause, with what is not plain ASCII in names escaped.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Backups have another parameter set.
    ParameterSet,
    /// The recovery party has another name.
    Party,
    /// Backups are locked to another recovery key.
    RecoveryKey,
    /// The recovery key is the same, and shared anew.
    RecoverySharing,
    /// A member left.
    MemberRemoved(PartyIndex),
    /// The member of this index has another identity, or another share identifier.
    MemberReplaced(PartyIndex),
    /// A member has a new registration.
    MemberRenewed(PartyIndex),
    /// A member joined.
    MemberAdded(PartyIndex),
    /// The root key of this number is the same, and shared anew.
    KeySharing(u16),
    /// There is a new root key, of this number.
    KeyAdded(u16),
    /// A node left.
    NodeRemoved(Vec<u8>),
    /// A node has another Blinder.
    BlinderReplaced(Vec<u8>),
    /// A node holds other shares.
    SharesMoved(Vec<u8>),
    /// A node joined.
    NodeAdded(Vec<u8>),
}

impl Display for Change {
    fn fmt(&self, f: &mut Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::ParameterSet => f.write_str("backups have another parameter set"),
            Self::Party => f.write_str("the recovery party has another name"),
            Self::RecoveryKey => f.write_str("backups are locked to another recovery key"),
            Self::RecoverySharing => f.write_str("the recovery key is the same, and shared anew"),
            Self::MemberRemoved(member) => write!(f, "member {member} has left"),
            Self::MemberReplaced(member) => write!(f, "member {member} is another one, or has its share elsewhere"),
            Self::MemberRenewed(member) => write!(f, "member {member} has a new registration"),
            Self::MemberAdded(member) => write!(f, "member {member} has joined"),
            Self::KeySharing(key) => write!(f, "root key {key} is the same, and shared anew"),
            Self::KeyAdded(key) => write!(f, "root key {key} is new"),
            Self::NodeRemoved(node) => write!(f, "node {} has left", node.escape_ascii()),
            Self::BlinderReplaced(node) => write!(f, "node {} has another Blinder", node.escape_ascii()),
            Self::SharesMoved(node) => write!(f, "node {} holds other shares", node.escape_ascii()),
            Self::NodeAdded(node) => write!(f, "node {} has joined", node.escape_ascii()),
        }
    }
}

/// What must be the same, or follow from what was.
pub(super) fn check_same_network(known: &VerifiedBundle, next: &VerifiedBundle) -> Result<()> {
    let (before, after) = (known.network(), next.network());
    //= spec/10-backup.md#10-7-bundle
    //# A successor of another network MUST be refused, with Mismatch(Network), and one whose epoch is not greater, with
    //# Mismatch(Epoch).
    if before.name != after.name {
        return Err(Error::Mismatch(Field::Network));
    }
    if after.epoch <= before.epoch {
        return Err(Error::Mismatch(Field::Epoch));
    }
    check_keys(before, after)?;
    before.nodes.iter().filter_map(|node| Some((node, find(after, node)?))).try_for_each(check_node)?;
    // Under another name every member registers anew.
    let members = known.roster().members().iter().filter(|_| known.party() == next.party());
    members.filter_map(|member| Some((member, member_of(next, member)?))).try_for_each(check_member)
}

/// Root keys stay, and so does what was said of epochs.
fn check_keys(before: &Network, after: &Network) -> Result<()> {
    let mut places = (0..).zip(&before.keys).zip(after.keys.iter().map(Some).chain(core::iter::repeat(None)));
    //= spec/10-backup.md#10-7-bundle
    //# A successor that lacks a root key of the known bundle in its place MUST be refused, with Mismatch(PublicKey).
    let gone = places.find(|((_, known), next)| next.map(VssCommitment::public_key) != Some(known.public_key()));
    if let Some(((key, _), _)) = gone {
        return Err(Error::Mismatch(Field::PublicKey(key)));
    }
    let mut known = epochs(before);
    let differs =
        |(epoch, keys): (u64, &[VssCommitment])| epochs(after).any(|(other, others)| other == epoch && others != keys);
    if known.any(differs) { Err(Error::Mismatch(Field::Epoch)) } else { Ok(()) }
}

fn epochs(network: &Network) -> impl Iterator<Item = (u64, &[VssCommitment])> {
    let former = network.former.iter().map(|former| (former.epoch, former.keys.as_slice()));
    former.chain([(network.epoch, network.keys.as_slice())])
}

fn check_node((known, next): (&Node, &Node)) -> Result<()> {
    //= spec/10-backup.md#10-7-bundle
    //# A successor in which a known node has another operator MUST be refused, with Mismatch(Operator).
    if known.operator != next.operator {
        return Err(Error::Mismatch(Field::Operator));
    }
    let current = current(known).map(BlinderRegistration::digest);
    //= spec/10-backup.md#10-7-bundle
    //# A successor in which the current registration of a known node is not among that node's MUST be refused, with
    //# BrokenSuccession.
    let among = next.registrations.iter().any(|registration| Some(registration.digest()) == current);
    let last = next.registrations.last().map_or(0, BlinderRegistration::serial);
    if among { Ok(()) } else { Err(Error::BrokenSuccession(last)) }
}

fn check_member((known, next): (&RosterMember, &RosterMember)) -> Result<()> {
    let (known, next) = (&known.registration, &next.registration);
    //= spec/8-keys.md#8-6-succession
    //# A verifier MUST refuse a registration whose serial is not above the known one's, with RetiredRegistration.
    let retired = next.serial() <= known.serial() && next.digest() != known.digest();
    let same = next.identity() == known.identity();
    if same && retired { Err(Error::RetiredRegistration(next.serial())) } else { Ok(()) }
}

/// The differences, in the order of the variants, and of the known bundle's lists.
pub(super) fn changes(known: &VerifiedBundle, next: &VerifiedBundle) -> Vec<Change> {
    let (before, after) = (known.network(), next.network());
    let mut changes = Vec::new();
    changes.extend((before.parameters != after.parameters).then_some(Change::ParameterSet));
    changes.extend((known.party() != next.party()).then_some(Change::Party));
    changes.extend(recovery_key(known, next));
    changes.extend(known.roster().members().iter().filter_map(|member| member_change(member, member_of(next, member))));
    let joined = next.roster().members().iter().filter(|member| member_of(known, member).is_none());
    changes.extend(joined.map(|member| Change::MemberAdded(member.registration.index())));
    changes.extend((0..).zip(&after.keys).filter_map(|(key, own)| key_change(key, before, own)));
    changes.extend(before.nodes.iter().flat_map(|node| node_changes(node, find(after, node))));
    let joined = after.nodes.iter().filter(|node| find(before, node).is_none());
    changes.extend(joined.map(|node| Change::NodeAdded(node.name.clone())));
    changes
}

fn recovery_key(known: &VerifiedBundle, next: &VerifiedBundle) -> Option<Change> {
    let [before, after] = [known, next].map(|bundle| bundle.roster().party().commitment());
    match (before == after, before.public_key() == after.public_key()) {
        (true, _) => None,
        (false, true) => Some(Change::RecoverySharing),
        (false, false) => Some(Change::RecoveryKey),
    }
}

fn member_change(known: &RosterMember, next: Option<&RosterMember>) -> Option<Change> {
    let index = known.registration.index();
    let Some(next) = next else { return Some(Change::MemberRemoved(index)) };
    if next.identifier != known.identifier || next.registration.identity() != known.registration.identity() {
        return Some(Change::MemberReplaced(index));
    }
    (next.registration.digest() != known.registration.digest()).then_some(Change::MemberRenewed(index))
}

fn key_change(key: u16, before: &Network, next: &VssCommitment) -> Option<Change> {
    match before.keys.get(usize::from(key)) {
        None => Some(Change::KeyAdded(key)),
        Some(known) => (known != next).then_some(Change::KeySharing(key)),
    }
}

fn node_changes(known: &Node, next: Option<&Node>) -> Vec<Change> {
    let name = || known.name.clone();
    let Some(next) = next else { return Vec::from([Change::NodeRemoved(name())]) };
    let blinder = current(known).map(BlinderRegistration::claimed_blinder)
        != current(next).map(BlinderRegistration::claimed_blinder);
    let blinder = blinder.then(|| Change::BlinderReplaced(name()));
    let shares = (known.shares != next.shares).then(|| Change::SharesMoved(name()));
    blinder.into_iter().chain(shares).collect()
}

fn current(node: &Node) -> Option<&BlinderRegistration> {
    node.registrations.last()
}

fn find<'a>(network: &'a Network, node: &Node) -> Option<&'a Node> {
    network.nodes.iter().find(|other| other.name == node.name)
}

fn member_of<'a>(bundle: &'a VerifiedBundle, member: &RosterMember) -> Option<&'a RosterMember> {
    let mut members = bundle.roster().members().iter();
    members.find(|other| other.registration.index() == member.registration.index())
}
