//! Could the network be restored? What a custodian asks of the backups that it has (spec §10.6).

mod judge;
mod known;
mod network;
mod node;

pub use network::{FormerEpoch, Network};
pub use node::{Holding, Node};

use crate::error::{Error, Field, Result};
use crate::parallel;
use alloc::vec::Vec;
use core::convert::Infallible;
use core::ops::ControlFlow;
use judge::{Expected, Verdict};

/// How a node is covered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// By a verified backup of the current epoch.
    Covered,
    /// Not at all: no backup names this node.
    Missing,
    /// All shares of the node are zero: it has nothing to back up.
    Shareless,
    /// Nobody can tell: its registrations do not hold, or its Blinder is among what the backup is to recover. Whatever
    /// backups there are, the operator registers a Blinder first.
    Unregistered {
        /// What is wrong: as for [`Node::blinders`], or [`Error::CircularStatement`].
        error: Error,
    },
    /// Only by a backup of a former epoch, the latest of which this is. It verifies.
    Stale {
        /// The epoch of the backup.
        epoch: u64,
    },
    /// There is a backup with the statement that is expected, but it does not verify. That accuses nobody: anyone who
    /// knows the network can write down a statement and put anything after it.
    Bad {
        /// The backup, by its place in the list.
        backup: usize,
        /// What is wrong with it.
        error: Error,
    },
    /// There are only backups that name the node and state something that nobody expects. That proves nothing.
    Claimed {
        /// The first of them, by its place in the list.
        backup: usize,
        /// The epoch that it claims.
        epoch: u64,
        /// The first field that is not what the current backup of the node must have.
        field: Field,
    },
}

/// The answer of an audit.
///
/// ```
/// use relight::curve::{CurveId, SecretScalar};
/// use relight::sharing::{Identifier, VssCommitment};
/// use relight::{coverage::*, identity::*, registration::*, *};
///
/// # let rng = &mut rand::rng();
/// # let recovery_key = RecoveryPublicKey::try_from(SecretScalar::random(CurveId::Bls12381G1, rng).public())?;
/// # let secret = SecretScalar::random(CurveId::Secp256k1, rng);
/// # let commitment = VssCommitment::new(vec![secret.public()])?;
/// # let identifier = Identifier::new(1)?;
/// # let share = KeyShare::new(7, &commitment, identifier, secret)?;
/// # let (operator, blinder) = (IdentityKey::generate(rng), Blinder::generate(rng));
/// let name = b"example network";
/// let registration = BlinderRegistration::first(&blinder, name, b"node-1", &operator.public(), rng)?;
/// let registrations = vec![registration.sign(&operator)?];
/// let network = Network {
///     parameters: ParameterSet::Fast,
///     name: name.to_vec(),
///     epoch: 7,
///     recovery_key,
///     keys: vec![commitment],
///     nodes: vec![Node::new(b"node-1", operator.public(), registrations, identifier, 1)],
///     former: vec![],
/// };
/// let backup = Backup::create(&network.statement(&network.nodes[0])?, [&share], rng)?.encode();
/// let coverage = network.audit(&[backup])?;
/// assert!(coverage.recoverable() && !coverage.survives(1));
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// How each node is covered, in the order of the network's nodes.
    pub nodes: Vec<Status>,
    /// For each root key how many shares of it are covered, and how many it takes.
    pub keys: Vec<KeyCoverage>,
    /// Shares that are zero and so need no backup, with the place of their node.
    pub shareless: Vec<(usize, Holding)>,
    /// Nodes that have one Blinder, by their places, group by group: who has it can open the backups of all of them. That
    /// makes no backup worse than it is, but the operators should know.
    pub shared_blinders: Vec<Vec<usize>>,
    /// The backups that belong to no node of the network, by their place in the list, with the reason.
    pub strays: Vec<(usize, Error)>,
}

/// How well a root key is covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyCoverage {
    /// The number of shares in the backups of covered nodes.
    pub covered: usize,
    /// The number of shares that recover the key.
    pub threshold: usize,
    /// How many of the covered nodes could be lost, whichever they are; none if the key cannot be restored as it is.
    pub survives: Option<usize>,
}

impl Coverage {
    /// Could every root key be restored from the verified current backups? Not if there is none.
    pub fn recoverable(&self) -> bool {
        self.survives(0)
    }

    /// Could it still, if the backups of any `lost` more nodes could not be opened?
    pub fn survives(&self, lost: usize) -> bool {
        //= spec/10-backup.md#10-6-coverage
        //# An audit MUST NOT call a network without root keys recoverable.
        !self.keys.is_empty() && self.keys.iter().all(|key| key.survives.is_some_and(|most| most >= lost))
    }

    /// The best backup of a node decides, and of two alike the first.
    fn add(&mut self, place: usize, verdict: Verdict) {
        match verdict {
            Ok((node, status)) => {
                if let Some(known) = self.nodes.get_mut(node).filter(|known| rank(&status) > rank(known)) {
                    *known = status;
                }
            }
            //= spec/10-backup.md#10-6-coverage
            //# An audit MUST NOT change the status of a node because of a backup that names no node or does not decode.
            Err(error) => self.strays.push((place, error)),
        }
    }
}

fn rank(status: &Status) -> (u8, u64) {
    match status {
        Status::Missing => (0, 0),
        Status::Claimed { .. } => (1, 0),
        Status::Bad { .. } => (2, 0),
        Status::Stale { epoch } => (3, *epoch),
        Status::Covered => (4, 0),
        Status::Shareless => (5, 0),
        Status::Unregistered { .. } => (6, 0),
    }
}

impl Network {
    /// Verifies all backups, given in their encoding, and says how the network is covered (spec §10.6). Everything
    /// in it is public.
    ///
    /// # Errors
    ///
    /// Bad backups and registrations are findings, not errors. Errors say that the network itself is inconsistent:
    /// [`Error::DuplicateIndex`] if two nodes have the same name; [`Error::InvalidLength`] if one holds no share, or a former
    /// epoch has more or fewer keys; [`Error::InvalidIndex`] if one holds a share of an unknown key;
    /// [`Error::WrongCurve`] if a former epoch has its keys on other curves; [`Error::ZeroIdentifier`] or
    /// [`Error::DuplicateIdentifier`]; those of [`Statement::new`](crate::Statement::new).
    pub fn audit<B: AsRef<[u8]>>(&self, backups: &[B]) -> Result<Coverage> {
        let unwatched = &mut |_, _| ControlFlow::<Infallible>::Continue(());
        let ControlFlow::Continue(coverage) = self.audit_with(backups, unwatched)?;
        Ok(coverage)
    }

    /// [`Network::audit`] that can be watched and broken off: `watch` hears after each backup how many are done of how many,
    /// in the thread of the caller. If it breaks, that is the result.
    ///
    /// # Errors
    ///
    /// Those of [`Network::audit`].
    pub fn audit_with<B: AsRef<[u8]>, S>(
        &self,
        backups: &[B],
        watch: &mut dyn FnMut(usize, usize) -> ControlFlow<S>,
    ) -> Result<ControlFlow<S, Coverage>> {
        self.check()?;
        let expected = Expected::new(self)?;
        let numbered: Vec<(usize, &[u8])> = backups.iter().map(AsRef::as_ref).enumerate().collect();
        let verdicts = parallel::map_with(&numbered, watch, |(place, backup)| expected.judge(*place, backup));
        Ok(verdicts.map_continue(|verdicts| self.coverage(&expected, verdicts)))
    }

    fn coverage(&self, expected: &Expected<'_>, verdicts: Vec<Verdict>) -> Coverage {
        let (nodes, shareless) = expected.start();
        let shared_blinders = expected.shared_blinders();
        let mut coverage = Coverage { nodes, keys: Vec::new(), shareless, shared_blinders, strays: Vec::new() };
        verdicts.into_iter().enumerate().for_each(|(place, verdict)| coverage.add(place, verdict));
        coverage.keys = (0..)
            .zip(&self.keys)
            .map(|(key, commitment)| {
                let threshold = usize::from(commitment.threshold().get());
                KeyCoverage::new(self.covered_shares(key, &coverage), threshold)
            })
            .collect();
        coverage
    }

    /// How many shares of a key each covered node has.
    fn covered_shares(&self, key: u16, coverage: &Coverage) -> Vec<usize> {
        let nodes = self.nodes.iter().zip(&coverage.nodes).enumerate();
        let covered = nodes.filter(|(_, (_, status))| **status == Status::Covered);
        let counted = covered.map(|(place, (node, _))| {
            let holdings = node.shares.iter().filter(|holding| holding.key == key);
            holdings.filter(|holding| !coverage.shareless.contains(&(place, **holding))).count()
        });
        counted.collect()
    }
}

impl KeyCoverage {
    fn new(mut shares: Vec<usize>, threshold: usize) -> Self {
        // The worst that can happen is the loss of those that have most.
        shares.sort_unstable_by_key(|count| core::cmp::Reverse(*count));
        let covered = shares.iter().sum();
        let left = shares.iter().scan(covered, |left: &mut usize, count| {
            *left = left.saturating_sub(*count);
            Some(*left)
        });
        let survivable = left.take_while(|left| *left >= threshold).count();
        Self { covered, threshold, survives: (covered >= threshold).then_some(survivable) }
    }
}
