//! The custodian's audit.

use crate::entry::{free, produce};
use crate::memory::{Output, RelightBytes, array, borrow, byte_strings, leak, reclaim};
use crate::result::{Failure, RelightDetails, RelightResult};
use crate::statement::{RelightNetwork, RelightNode};
use core::ptr;
use relight::{Coverage, KeyCoverage, Status};

/// How a node is covered.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelightStatus {
    /// Not at all: no backup names this node.
    Missing = 0,
    /// Only by a bad backup.
    Bad = 1,
    /// Only by a backup of another epoch.
    Stale = 2,
    /// By a verified backup of the current epoch.
    Covered = 3,
}

/// How a node is covered, with the reason.
#[repr(C)]
pub struct RelightNodeCoverage {
    /// How.
    pub status: RelightStatus,
    /// What is wrong with a bad backup, and success otherwise.
    pub result: RelightResult,
    /// The latest epoch of a stale backup, and zero otherwise.
    pub epoch: u64,
}

/// How well a root key is covered.
#[repr(C)]
pub struct RelightKeyCoverage {
    /// The number of covered nodes.
    pub covered: usize,
    /// The number of shares that recover the key.
    pub threshold: usize,
}

/// A backup that belongs to no node of the network.
#[repr(C)]
pub struct RelightStray {
    /// Its place in the list of backups, from zero.
    pub place: usize,
    /// Why.
    pub result: RelightResult,
}

/// The answer of an audit. Free it with `relight_coverage_free`.
#[repr(C)]
pub struct RelightCoverage {
    /// Whether every root key could be restored.
    pub recoverable: bool,
    /// How many more nodes' backups could be lost before one could not. Zero if it cannot be now.
    pub spare: usize,
    /// How each node is covered, in the order of the nodes.
    pub nodes: *mut RelightNodeCoverage,
    /// The number of nodes.
    pub nodes_len: usize,
    /// How each root key is covered, in the order of the network's keys.
    pub keys: *mut RelightKeyCoverage,
    /// The number of root keys.
    pub keys_len: usize,
    /// The backups that belong to no node.
    pub strays: *mut RelightStray,
    /// The number of those.
    pub strays_len: usize,
}

impl Output for RelightCoverage {
    const EMPTY: Self = Self {
        recoverable: false,
        spare: 0,
        nodes: ptr::null_mut(),
        nodes_len: 0,
        keys: ptr::null_mut(),
        keys_len: 0,
        strays: ptr::null_mut(),
        strays_len: 0,
    };

    fn release(self) {
        drop(reclaim(self.nodes, self.nodes_len));
        drop(reclaim(self.keys, self.keys_len));
        drop(reclaim(self.strays, self.strays_len));
    }
}

/// Frees what a coverage owns, and empties it. NULL and an empty coverage are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_coverage_free(coverage: *mut RelightCoverage) {
    free(coverage);
}

fn result_of(error: relight::Error) -> RelightResult {
    let details = RelightDetails::of(&Failure::Protocol(error));
    let result = details.result;
    details.release();
    result
}

impl From<Status> for RelightNodeCoverage {
    fn from(status: Status) -> Self {
        let (status, result, epoch) = match status {
            Status::Missing => (RelightStatus::Missing, RelightResult::Ok, 0),
            Status::Bad(error) => (RelightStatus::Bad, result_of(error), 0),
            Status::Stale { epoch } => (RelightStatus::Stale, RelightResult::Ok, epoch),
            Status::Covered => (RelightStatus::Covered, RelightResult::Ok, 0),
        };
        Self { status, result, epoch }
    }
}

impl From<KeyCoverage> for RelightKeyCoverage {
    fn from(key: KeyCoverage) -> Self {
        Self { covered: key.covered, threshold: key.threshold }
    }
}

impl From<Coverage> for RelightCoverage {
    fn from(coverage: Coverage) -> Self {
        let spare = coverage.keys.iter().map(|key| key.covered.saturating_sub(key.threshold)).min();
        let recoverable = coverage.recoverable();
        let (nodes, nodes_len) = leak(coverage.nodes.into_iter().map(RelightNodeCoverage::from).collect());
        let (keys, keys_len) = leak(coverage.keys.into_iter().map(RelightKeyCoverage::from).collect());
        let strays = coverage.strays.into_iter();
        let strays = strays.map(|(place, error)| RelightStray { place, result: result_of(error) });
        let (strays, strays_len) = leak(strays.collect());
        Self { recoverable, spare: spare.unwrap_or(0), nodes, nodes_len, keys, keys_len, strays, strays_len }
    }
}

/// Verifies all backups at hand: `coverage` receives how the network is covered, and the caller owns it. Bad backups
/// are findings, not failures. Fails if the network or a node is not well formed (see `relight_statement_new`), and
/// with `RELIGHT_RESULT_DUPLICATE_IDENTIFIER` if two nodes have the same place or name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_coverage_audit(
    network: *const RelightNetwork,
    nodes: *const RelightNode,
    nodes_len: usize,
    backups: *const RelightBytes,
    backups_len: usize,
    coverage: *mut RelightCoverage,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(coverage, details, || {
        let network = borrow(network)?.read(array(nodes, nodes_len)?)?;
        let backups = byte_strings(backups, backups_len)?;
        Ok(network.audit(&backups, &|_, _| ())?.into())
    })
}
