//! Could the network be restored? What a custodian asks of the backups at hand (spec §10.6).

use crate::ParameterSet;
use crate::backup::Backup;
use crate::distinct::repeated;
use crate::error::{Error, Result, StatementField};
use crate::keys::{BlinderPublicKey, RecoveryPublicKey};
use crate::sharing::{Identifier, PublicPolynomial};
use crate::statement::{Entry, Header, Statement};
use alloc::collections::BTreeMap;
use alloc::vec::Vec;

/// The network as its custodian knows it, from the outcome of its key generation and from its operators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network {
    /// The parameter set of its backups.
    pub parameters: ParameterSet,
    /// The application's name for it.
    pub context: Vec<u8>,
    /// The current epoch.
    pub epoch: u64,
    /// The public key of its recovery party.
    pub recovery_key: RecoveryPublicKey,
    /// The commitments of its root keys, in the order of its backups.
    pub keys: Vec<PublicPolynomial>,
    /// Its nodes.
    pub nodes: Vec<Node>,
}

/// A node of the network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its name in statements.
    pub name: Vec<u8>,
    /// The place of its shares.
    pub identifier: Identifier,
    /// The public half of its operator's Blinder.
    pub blinder: BlinderPublicKey,
}

/// How a node is covered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// By a verified backup of the current epoch.
    Covered,
    /// Not at all: no backup names this node.
    Missing,
    /// Only by a backup of another epoch, the latest of which this is.
    Stale {
        /// The epoch of the backup.
        epoch: u64,
    },
    /// Only by a bad backup.
    Bad(Error),
}

/// The answer of an audit.
///
/// ```
/// use relight::curve::{CurveId, SecretScalar};
/// use relight::sharing::{Identifier, PublicPolynomial};
/// use relight::*;
///
/// # let rng = &mut rand::rng();
/// # let recovery_key = RecoveryPublicKey::try_from(SecretScalar::random(CurveId::Bls12381G1, rng).public())?;
/// # let secret = SecretScalar::random(CurveId::Secp256k1, rng);
/// # let sharing = PublicPolynomial::new(vec![secret.public()])?;
/// # let identifier = Identifier::new(1)?;
/// # let share = KeyShare::new(7, &sharing, identifier, secret)?;
/// let network = Network {
///     parameters: ParameterSet::Fast,
///     context: b"example network".to_vec(),
///     epoch: 7,
///     recovery_key,
///     keys: vec![sharing],
///     nodes: vec![Node { name: b"node-1".to_vec(), identifier, blinder: Blinder::generate(rng).public() }],
/// };
/// let backup = Backup::create(&network.statement(&network.nodes[0])?, &[&share], rng)?.encode();
/// let coverage = network.audit(&[backup], &|done, of| println!("{done} of {of} backups verified"))?;
/// assert!(coverage.recoverable() && !coverage.survives(1));
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// How each node is covered, in the order of the network's nodes.
    pub nodes: Vec<Status>,
    /// For each root key how many covered nodes hold a share of it, and how many it takes.
    pub keys: Vec<KeyCoverage>,
    /// The backups that belong to no node of the network, by their place in the list, with the reason.
    pub strays: Vec<(usize, Error)>,
}

/// How well a root key is covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyCoverage {
    /// The number of covered nodes.
    pub covered: usize,
    /// The number of shares that recover the key.
    pub threshold: usize,
}

impl Coverage {
    /// Could every root key be restored from the verified current backups?
    pub fn recoverable(&self) -> bool {
        self.survives(0)
    }

    /// Could it still, if the backups of any `lost` more nodes could not be opened?
    pub fn survives(&self, lost: usize) -> bool {
        self.keys.iter().all(|key| key.covered >= key.threshold.saturating_add(lost))
    }
}

/// A backup that was looked at: the node it is for, and how it covers that.
type Verdict = Result<(usize, Status)>;

impl Network {
    /// The statement that a node's current backup must make.
    pub fn statement(&self, node: &Node) -> Result<Statement> {
        //= spec/10-backup.md#10-3-verify
        //# A custodian MUST form the expected statement from its own knowledge of the network.
        let header = Header {
            parameters: self.parameters,
            context: self.context.clone(),
            epoch: self.epoch,
            node: node.name.clone(),
        };
        let entries = self.keys.iter().map(|key| Entry::new(key, node.identifier));
        Statement::backup(header, self.recovery_key.clone(), node.blinder.clone(), entries.collect::<Result<_>>()?)
    }

    /// Verifies all backups at hand, given in their encoding, and says how the network is covered.
    ///
    /// `progress` is called after each backup with the number done and the number of all; with the feature `parallel`
    /// from several threads. Bad backups are findings, not errors; this fails only if the network itself is
    /// inconsistent, with [`Error::DuplicateIdentifier`] if two nodes have the same place or name.
    pub fn audit<B: AsRef<[u8]> + Sync>(
        &self,
        backups: &[B],
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<Coverage> {
        self.check_nodes()?;
        let statements = for_each(&self.nodes, &|_, _| (), |node| self.statement(node));
        let statements: Vec<Statement> = statements.into_iter().collect::<Result<_>>()?;
        let places: BTreeMap<&[u8], usize> = self.nodes.iter().map(|node| node.name.as_slice()).zip(0..).collect();
        let verdicts = for_each(backups, progress, |backup| judge(&statements, &places, backup.as_ref()));
        let mut coverage = Coverage { nodes: Vec::new(), keys: Vec::new(), strays: Vec::new() };
        coverage.nodes.resize(self.nodes.len(), Status::Missing);
        verdicts.into_iter().enumerate().for_each(|(place, verdict)| coverage.add(place, verdict));
        let covered = coverage.nodes.iter().filter(|status| **status == Status::Covered).count();
        let thresholds = self.keys.iter().map(|key| usize::from(key.threshold().get()));
        coverage.keys = thresholds.map(|threshold| KeyCoverage { covered, threshold }).collect();
        Ok(coverage)
    }

    fn check_nodes(&self) -> Result<()> {
        let identifiers: Vec<Identifier> = self.nodes.iter().map(|node| node.identifier).collect();
        Identifier::check_distinct(&identifiers)?;
        match repeated(self.nodes.iter().map(|node| (&node.name, node.identifier))) {
            Some(identifier) => Err(Error::DuplicateIdentifier(identifier.get())),
            None => Ok(()),
        }
    }
}

impl Coverage {
    /// The best backup of a node decides.
    fn add(&mut self, place: usize, verdict: Verdict) {
        match verdict {
            Ok((node, status)) => {
                if let Some(known) = self.nodes.get_mut(node).filter(|known| rank(&status) > rank(known)) {
                    *known = status;
                }
            }
            Err(error) => self.strays.push((place, error)),
        }
    }
}

fn rank(status: &Status) -> (u8, u64) {
    match status {
        Status::Missing => (0, 0),
        Status::Bad(_) => (1, 0),
        Status::Stale { epoch } => (2, *epoch),
        Status::Covered => (3, 0),
    }
}

fn judge(statements: &[Statement], places: &BTreeMap<&[u8], usize>, backup: &[u8]) -> Verdict {
    let backup = Backup::decode(backup)?;
    let epoch = backup.statement().header().epoch;
    let place = places.get(backup.statement().header().node.as_slice()).copied();
    let place = place.ok_or(Error::StatementMismatch(StatementField::Node))?;
    let expected = statements.get(place).ok_or(Error::StatementMismatch(StatementField::Node))?;
    Ok((
        place,
        //= spec/10-backup.md#10-3-verify
        //# A custodian MUST verify a backup before it counts as one.
        match backup.verify(expected) {
            Ok(_) => Status::Covered,
            Err(Error::StatementMismatch(StatementField::Epoch)) => Status::Stale { epoch },
            Err(error) => Status::Bad(error),
        },
    ))
}

#[cfg(feature = "parallel")]
fn for_each<B: Sync, T: Send>(
    items: &[B],
    progress: &(dyn Fn(usize, usize) + Sync),
    work: impl Fn(&B) -> T + Sync,
) -> Vec<T> {
    use core::sync::atomic::{AtomicUsize, Ordering};
    use rayon::prelude::*;
    let done = AtomicUsize::new(0);
    let step = |item| {
        let result = work(item);
        progress(done.fetch_add(1, Ordering::Relaxed).saturating_add(1), items.len());
        result
    };
    items.par_iter().with_max_len(1).map(step).collect()
}

#[cfg(not(feature = "parallel"))]
fn for_each<B: Sync, T: Send>(
    items: &[B],
    progress: &(dyn Fn(usize, usize) + Sync),
    work: impl Fn(&B) -> T + Sync,
) -> Vec<T> {
    let step = |(done, item)| {
        let result = work(item);
        progress(done, items.len());
        result
    };
    (1..).zip(items).map(step).collect()
}
