//! The network as its custodian knows it (spec §10.6).

use super::node::{Holding, Node};
use crate::ParameterSet;
use crate::codec::{Reader, Writer};
use crate::curve::{CurvePoint, with_curve};
use crate::distinct::repeated;
use crate::error::{Error, Result};
use crate::keys::{BlinderPublicKey, RecoveryPublicKey};
use crate::parallel;
use crate::sharing::{Identifier, VssCommitment};
use crate::statement::{Entry, Header, Statement};
use alloc::vec::Vec;

/// The network, from the outcome of its key generation and from its operators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network {
    /// The parameter set of its backups.
    pub parameters: ParameterSet,
    /// The application's name for it.
    pub name: Vec<u8>,
    /// The current epoch.
    pub epoch: u64,
    /// The public key of its recovery party.
    pub recovery_key: RecoveryPublicKey,
    /// The commitments of its root keys, in the order of its backups.
    pub keys: Vec<VssCommitment>,
    /// Its nodes.
    pub nodes: Vec<Node>,
    /// Epochs of which backups may still be about: what does not differ from today is not said again.
    pub former: Vec<FormerEpoch>,
}

/// An epoch that is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerEpoch {
    /// Its number.
    pub epoch: u64,
    /// The commitments of the root keys at that time.
    pub keys: Vec<VssCommitment>,
}

impl Network {
    /// The statement that a node's current backup must make: with the Blinder of its current registration. Shares that are
    /// zero are left out.
    ///
    /// # Errors
    ///
    /// As for [`Node::blinders`]; [`Error::InvalidIndex`] if the node holds a share of an unknown key; as for
    /// [`Statement::new`].
    pub fn statement(&self, node: &Node) -> Result<Statement> {
        let blinders = node.blinders(&self.name)?;
        let entries = node.shares.iter().map(|holding| {
            let key = self.keys.get(usize::from(holding.key)).ok_or(Error::InvalidIndex(holding.key))?;
            let share = key.optional_shares(&[holding.identifier])?.pop().flatten();
            Ok(share.map(|share| entry(key, holding, share)))
        });
        let entries: Vec<Option<Entry>> = entries.collect::<Result<_>>()?;
        let current = blinders.last().ok_or(Error::InvalidLength)?;
        self.statement_of(self.epoch, node, current, entries.into_iter().flatten().collect())
    }

    /// The statements of all nodes, in their order; none for a node whose shares are all zero.
    ///
    /// # Errors
    ///
    /// What is inconsistent in the network, as for [`Network::audit`]; as for [`Node::blinders`] and
    /// [`Statement::new`] of the first node whose backup could not be told.
    pub fn statements(&self) -> Result<Vec<Option<Statement>>> {
        self.check()?;
        let entries = self.entries(&self.keys)?.of_nodes;
        let statements = self.nodes.iter().zip(entries).map(|(node, entries)| {
            let blinders = node.blinders(&self.name)?;
            let current = blinders.last().ok_or(Error::InvalidLength)?;
            let statement = || self.statement_of(self.epoch, node, current, entries.clone());
            (!entries.is_empty()).then(statement).transpose()
        });
        statements.collect()
    }

    /// What the statement of every node in an epoch lists, with each share that is zero.
    pub(super) fn entries(&self, keys: &[VssCommitment]) -> Result<Entries> {
        let numbered: Vec<(u16, &VssCommitment)> = (0..).zip(keys).collect();
        let shares = parallel::map(&numbered, |(key, commitment)| {
            commitment.optional_shares(&self.identifiers(*key)).map(Vec::into_iter)
        });
        let mut shares: Vec<_> = shares.into_iter().collect::<Result<_>>()?;
        let mut found = Entries::default();
        for (place, node) in self.nodes.iter().enumerate() {
            let mut entries = Vec::new();
            for holding in &node.shares {
                let key = usize::from(holding.key);
                let commitment = keys.get(key).ok_or(Error::InvalidIndex(holding.key))?;
                match shares.get_mut(key).and_then(Iterator::next).flatten() {
                    Some(share) => entries.push(entry(commitment, holding, share)),
                    None => found.shareless.push((place, *holding)),
                }
            }
            found.of_nodes.push(entries);
        }
        Ok(found)
    }

    pub(super) fn statement_of(
        &self,
        epoch: u64,
        node: &Node,
        blinder: &BlinderPublicKey,
        entries: Vec<Entry>,
    ) -> Result<Statement> {
        //= spec/10-backup.md#10-3-verify
        //# A custodian MUST form the expected statement from its own knowledge of the network.
        let header = Header { parameters: self.parameters, network: self.name.clone(), epoch, node: node.name.clone() };
        Statement::backup(header, self.recovery_key.clone(), blinder.clone(), entries)
    }

    /// Where the shares of a key lie, node by node.
    fn identifiers(&self, key: u16) -> Vec<Identifier> {
        let holdings = self.nodes.iter().flat_map(|node| &node.shares);
        holdings.filter(|holding| holding.key == key).map(|holding| holding.identifier).collect()
    }

    /// Names differ, every node has shares, all of them of keys of the network, and no two the same; former epochs have
    /// the same keys.
    pub(super) fn check(&self) -> Result<()> {
        if let Some(place) = repeated(self.nodes.iter().map(|node| &node.name).zip(0u16..)) {
            return Err(Error::DuplicateIndex(place.saturating_add(1)));
        }
        if self.nodes.iter().any(|node| node.shares.is_empty()) {
            return Err(Error::InvalidLength);
        }
        let mut holdings = self.nodes.iter().flat_map(|node| &node.shares);
        if let Some(stray) = holdings.find(|holding| usize::from(holding.key) >= self.keys.len()) {
            return Err(Error::InvalidIndex(stray.key));
        }
        self.former.iter().try_for_each(|former| self.check_former(former))?;
        (0..).zip(&self.keys).try_for_each(|(key, commitment)| {
            with_curve!(commitment.curve(), C => Identifier::check::<C>(&self.identifiers(key)).map(|_| ()))
        })
    }
}

impl Network {
    /// A former epoch has the same keys, by other polynomials.
    fn check_former(&self, former: &FormerEpoch) -> Result<()> {
        if self.keys.len() != former.keys.len() {
            return Err(Error::InvalidLength);
        }
        let mut curves = self.keys.iter().map(VssCommitment::curve).zip(former.keys.iter().map(VssCommitment::curve));
        match curves.find(|(expected, found)| expected != found) {
            Some((expected, found)) => Err(Error::WrongCurve { expected, found }),
            None => Ok(()),
        }
    }
}

impl FormerEpoch {
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self> {
        Ok(Self { epoch: reader.u64()?, keys: reader.items(VssCommitment::read_with_curve)? })
    }

    pub(crate) fn write(&self, writer: Writer) -> Writer {
        writer.u64(self.epoch).items(&self.keys, |writer, key| key.write(writer))
    }
}

/// What the backups of an epoch should contain.
#[derive(Default)]
pub(super) struct Entries {
    /// Of each node; nothing if it has no share.
    pub(super) of_nodes: Vec<Vec<Entry>>,
    /// The shares that are zero, with the place of their node.
    pub(super) shareless: Vec<(usize, Holding)>,
}

fn entry(commitment: &VssCommitment, holding: &Holding, public_share: CurvePoint) -> Entry {
    Entry {
        public_key: commitment.public_key().clone(),
        identifier: holding.identifier,
        threshold: commitment.threshold(),
        public_share,
    }
}
