//! A bundle that was verified (spec §10.7).

use super::Bundle;
use super::certified::{Certified, verify_all};
use super::change::{Change, changes, check_same_network};
use crate::coverage::Network;
use crate::dealing::Recipient;
use crate::digest::Digest;
use crate::error::{Error, Field, Result};
use crate::recovery::Roster;
use crate::statement::Statement;
use alloc::vec::Vec;
use core::slice;

/// A bundle with the digest that its holder expected, in which everything fits together.
///
/// See [`Bundle`] for an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedBundle {
    bundle: Bundle,
    roster: Roster,
    network: Network,
    statements: Vec<Option<Statement>>,
}

impl Bundle {
    /// Checks everything that can be checked: that the bundle has the expected digest; the roster; that the network can be
    /// audited; every registration; the certificates, if there are any, what they vouch for, and who confirmed it.
    ///
    /// `expected` is the digest that the caller has from a party that it trusts, not from where it found the bundle. A
    /// verified bundle does not say that backups exist: that is what an audit is for.
    ///
    /// # Errors
    ///
    /// [`Error::BundleMismatch`] before anything else is looked at; as for [`Roster::decode`]; as for
    /// [`Network::statements`]; as for [`Certificate::verify`](crate::dealing::Certificate::verify);
    /// [`Error::BadCertificate`] if certificates vouch for other keys, [`Error::InvalidLength`] if for more or fewer;
    /// [`Error::UnusedIdentifier`] if nobody in the bundle has the share of a recipient that confirmed;
    /// [`Error::Mismatch`] if a member with another identity has it, or if root keys are of another epoch.
    pub fn verify(self, expected: &Digest) -> Result<VerifiedBundle> {
        //= spec/10-backup.md#10-7-bundle
        //# A verifier MUST take the digest of the bundle from a party that it trusts, and MUST refuse a bundle of another
        //# digest, with BundleMismatch, before it looks at anything else.
        if self.digest() != *expected {
            return Err(Error::BundleMismatch);
        }
        let roster = Roster::decode(&self.party, &self.roster)?;
        let network = self.to_network(&roster);
        //= spec/10-backup.md#10-7-bundle
        //# A verifier MUST refuse a bundle in which the registrations of a node do not hold.
        let statements = network.statements()?;
        let commitment = slice::from_ref(roster.party().commitment());
        verify_all(&self.recovery_certificates, commitment, |recipient| check_member(&roster, recipient))?;
        self.key_certificates.iter().try_for_each(|certified| check_epoch(&network, certified))?;
        verify_all(&self.key_certificates, &network.keys, |recipient| check_holder(&network, recipient))?;
        Ok(VerifiedBundle { bundle: self, roster, network, statements })
    }

    fn to_network(&self, roster: &Roster) -> Network {
        Network {
            parameters: self.parameters,
            name: self.network.clone(),
            epoch: self.epoch,
            recovery_key: roster.party().public_key().clone(),
            keys: self.keys.clone(),
            nodes: self.nodes.clone(),
            former: self.former.clone(),
        }
    }
}

/// A recipient that confirmed the recovery key is a member, with the share that it was dealt.
fn check_member(roster: &Roster, recipient: &Recipient) -> Result<()> {
    let mut members = roster.members().iter();
    let member = members.find(|member| member.identifier == recipient.identifier);
    //= spec/10-backup.md#10-7-bundle
    //# A verifier MUST refuse a bundle in which a recipient confirmed the recovery key and no member has its identifier,
    //# with UnusedIdentifier, or one of another identity has, with Mismatch(Identity).
    let member = member.ok_or(Error::UnusedIdentifier(recipient.identifier))?;
    if *member.registration.identity() == recipient.identity { Ok(()) } else { Err(Error::Mismatch(Field::Identity)) }
}

/// The share of a recipient that confirmed root keys is held by a node. Nodes may sign with identities of their own.
fn check_holder(network: &Network, recipient: &Recipient) -> Result<()> {
    let mut holdings = network.nodes.iter().flat_map(|node| &node.shares);
    //= spec/10-backup.md#10-7-bundle
    //# A verifier MUST refuse a bundle in which a recipient confirmed root keys and no node holds a share at its
    //# identifier, with UnusedIdentifier.
    let held = holdings.any(|holding| holding.identifier == recipient.identifier);
    if held { Ok(()) } else { Err(Error::UnusedIdentifier(recipient.identifier)) }
}

fn check_epoch(network: &Network, certified: &Certified) -> Result<()> {
    if certified.ceremony.plan().epoch == network.epoch { Ok(()) } else { Err(Error::Mismatch(Field::Epoch)) }
}

impl VerifiedBundle {
    /// The bundle, for storage.
    pub fn bundle(&self) -> &Bundle {
        &self.bundle
    }

    /// The name of the recovery party.
    pub fn party(&self) -> &[u8] {
        &self.bundle.party
    }

    /// The recovery party.
    pub fn roster(&self) -> &Roster {
        &self.roster
    }

    /// The network, for audits.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// The ceremony that vouches for the recovery key, if one does.
    pub fn recovery_certificate(&self) -> Option<&Certified> {
        self.bundle.recovery_certificates.first()
    }

    /// The ceremonies that vouch for the root keys, in the order of the keys; empty for a network with a key generation of
    /// its own.
    pub fn key_certificates(&self) -> &[Certified] {
        &self.bundle.key_certificates
    }

    /// What the current backup of a node must state; `None` for a node whose shares are all zero.
    ///
    /// # Errors
    ///
    /// [`Error::Mismatch`] if the network has no node of this name.
    pub fn statement(&self, node: &[u8]) -> Result<Option<&Statement>> {
        let mut statements = self.network.nodes.iter().zip(&self.statements);
        let found = statements.find(|(known, _)| known.name == node);
        found.map(|(_, statement)| statement.as_ref()).ok_or(Error::Mismatch(Field::Node))
    }

    /// The statements of all current backups, in the order of the nodes.
    pub fn statements(&self) -> impl Iterator<Item = &Statement> {
        self.statements.iter().flatten()
    }

    /// Checks that `next` may take the place of this bundle, and lists what is different in it. A person who trusts this
    /// bundle has to look at nothing else.
    ///
    /// # Errors
    ///
    /// [`Error::Mismatch`] if it is of another network, of no later epoch, has another root key in the place of a known
    /// one, another operator of a known node, or other keys in an epoch that both know;
    /// [`Error::BrokenSuccession`] if the current registration of a known node is not among that node's in `next`;
    /// [`Error::RetiredRegistration`] if a member's registration is older than the known one.
    pub fn check_successor(&self, next: &Self) -> Result<Vec<Change>> {
        check_same_network(self, next)?;
        Ok(changes(self, next))
    }
}
