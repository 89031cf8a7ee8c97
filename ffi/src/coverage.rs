//! The custodian's audit.

use crate::describe::{describe, field_number};
use crate::details::{Failure, RelightDetails, RelightField};
use crate::entry::{free, produce};
use crate::memory::{
    Output, RelightBuffer, RelightBytes, RelightWatch, array, borrow, byte_strings, free_text, goes_on, leak,
    leak_text, reclaim,
};
use crate::result::RelightResult;
use crate::statement::{RelightNetwork, RelightNode};
use core::ffi::{c_char, c_void};
use core::ops::ControlFlow;
use core::ptr;
use relight::Error;
use relight::coverage::{Coverage, Holding, KeyCoverage, Network, Status};

/// How a node is covered.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelightStatus {
    /// Not at all: no backup names this node.
    Missing = 0,
    /// Only by backups that name the node and state something that nobody expects. That proves nothing.
    Claimed = 1,
    /// Only by a backup that states what is expected and does not verify. That accuses nobody: anyone who knows the
    /// network can write down a statement and put anything after it.
    Bad = 2,
    /// Only by a verified backup of a former epoch.
    Stale = 3,
    /// By a verified backup of the current epoch.
    Covered = 4,
    /// There is nothing to back up: all shares of the node are zero.
    Shareless = 5,
    /// Nobody can tell: its registrations do not hold, or its Blinder is among what the backup is to recover. Whatever
    /// backups there are, the operator registers a Blinder first.
    Unregistered = 6,
}

/// How a node is covered, with the reason. What the status says nothing about is zero.
#[repr(C)]
pub struct RelightNodeCoverage {
    /// How.
    pub status: RelightStatus,
    /// The bad or claimed backup: its place in the list of backups, from zero.
    pub backup: usize,
    /// What is wrong with a bad backup or with the registrations, and success otherwise.
    pub result: RelightResult,
    /// A message in English: what is wrong with a bad or claimed backup, or with the registrations. NULL otherwise.
    pub message: *mut c_char,
    /// The number that the result leaves out: the serial of a registration, for example.
    pub number: u64,
    /// The first field of a claimed backup that is not what a current backup of the node must have, or that of a result
    /// that is a mismatch.
    pub field: RelightField,
    /// The entry, from zero, if the field is one of an entry.
    pub entry: u32,
    /// The latest epoch of a stale backup, or the epoch that a claimed backup claims.
    pub epoch: u64,
}

/// How well a root key is covered.
#[repr(C)]
pub struct RelightKeyCoverage {
    /// The number of shares in the backups of covered nodes.
    pub covered: usize,
    /// The number of shares that recover the key.
    pub threshold: usize,
    /// Whether the key could be restored as it is.
    pub recoverable: bool,
    /// How many of the covered nodes could be lost, whichever they are. Zero if the key cannot be restored as it is.
    pub survives: usize,
}

/// A share that is zero, so that it needs no backup.
#[repr(C)]
pub struct RelightZeroShare {
    /// The node that would hold it, by its place, from zero.
    pub node: usize,
    /// The key, by its place, from zero.
    pub key: u16,
    /// Where the share lies.
    pub identifier: RelightBuffer,
}

/// A backup that belongs to no node of the network.
#[repr(C)]
pub struct RelightStray {
    /// Its place in the list of backups, from zero.
    pub backup: usize,
    /// Why.
    pub result: RelightResult,
    /// Why, as a message in English.
    pub message: *mut c_char,
}

/// Nodes that have one Blinder: who has it can open the backups of all of them.
#[repr(C)]
pub struct RelightSharedBlinder {
    /// The nodes, by their places, ascending.
    pub nodes: *mut usize,
    /// The number of nodes.
    pub nodes_len: usize,
}

/// The answer of an audit. Free it with `relight_coverage_free`.
#[repr(C)]
pub struct RelightCoverage {
    /// Whether every root key could be restored from the backups of covered nodes. Not if there is no root key.
    pub recoverable: bool,
    /// How many of those nodes could be lost, whichever they are. Zero if a key cannot be restored as it is.
    pub survives: usize,
    /// How each node is covered, in the order of the nodes.
    pub nodes: *mut RelightNodeCoverage,
    /// The number of nodes.
    pub nodes_len: usize,
    /// How each root key is covered, in the order of the network's keys.
    pub keys: *mut RelightKeyCoverage,
    /// The number of root keys.
    pub keys_len: usize,
    /// The shares that are zero.
    pub shareless: *mut RelightZeroShare,
    /// The number of those.
    pub shareless_len: usize,
    /// The Blinders that several nodes have. That makes no backup worse than it is, but the operators should know.
    pub shared_blinders: *mut RelightSharedBlinder,
    /// The number of those.
    pub shared_blinders_len: usize,
    /// The backups that belong to no node.
    pub strays: *mut RelightStray,
    /// The number of those.
    pub strays_len: usize,
}

impl Output for RelightCoverage {
    const EMPTY: Self = Self {
        recoverable: false,
        survives: 0,
        nodes: ptr::null_mut(),
        nodes_len: 0,
        keys: ptr::null_mut(),
        keys_len: 0,
        shareless: ptr::null_mut(),
        shareless_len: 0,
        shared_blinders: ptr::null_mut(),
        shared_blinders_len: 0,
        strays: ptr::null_mut(),
        strays_len: 0,
    };

    fn release(self) {
        reclaim(self.nodes, self.nodes_len).into_iter().for_each(|node| free_text(node.message));
        drop(reclaim(self.keys, self.keys_len));
        reclaim(self.shareless, self.shareless_len).into_iter().for_each(|share| share.identifier.release());
        let shared = reclaim(self.shared_blinders, self.shared_blinders_len);
        shared.into_iter().for_each(|group| drop(reclaim(group.nodes, group.nodes_len)));
        reclaim(self.strays, self.strays_len).into_iter().for_each(|stray| free_text(stray.message));
    }
}

/// Frees what a coverage owns, and empties it. NULL and an empty coverage are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_coverage_free(coverage: *mut RelightCoverage) {
    free(coverage);
}

impl RelightNodeCoverage {
    fn because(self, error: &Error) -> Self {
        let details = describe(error);
        let (result, number, field, entry) = (details.result, details.number, details.field, details.entry);
        details.release();
        Self { result, message: leak_text(&error.to_string()), number, field, entry, ..self }
    }
}

impl From<Status> for RelightNodeCoverage {
    fn from(status: Status) -> Self {
        let (result, message, field) = (RelightResult::Ok, ptr::null_mut(), RelightField::None);
        let plain = |status| Self { status, backup: 0, result, message, number: 0, field, entry: 0, epoch: 0 };
        match status {
            Status::Missing => plain(RelightStatus::Missing),
            Status::Claimed { backup, epoch, field } => {
                let message = leak_text(&Error::Mismatch(field).to_string());
                let (field, entry) = field_number(field);
                Self { backup, message, field, entry: entry.into(), epoch, ..plain(RelightStatus::Claimed) }
            }
            Status::Bad { backup, error } => Self { backup, ..plain(RelightStatus::Bad).because(&error) },
            Status::Stale { epoch } => Self { epoch, ..plain(RelightStatus::Stale) },
            Status::Covered => plain(RelightStatus::Covered),
            Status::Shareless => plain(RelightStatus::Shareless),
            Status::Unregistered { error } => plain(RelightStatus::Unregistered).because(&error),
        }
    }
}

impl From<KeyCoverage> for RelightKeyCoverage {
    fn from(key: KeyCoverage) -> Self {
        let KeyCoverage { covered, threshold, survives } = key;
        Self { covered, threshold, recoverable: survives.is_some(), survives: survives.unwrap_or(0) }
    }
}

impl From<(usize, Holding)> for RelightZeroShare {
    fn from((node, holding): (usize, Holding)) -> Self {
        Self { node, key: holding.key, identifier: holding.identifier.as_bytes().into() }
    }
}

impl From<Vec<usize>> for RelightSharedBlinder {
    fn from(nodes: Vec<usize>) -> Self {
        let (nodes, nodes_len) = leak(nodes);
        Self { nodes, nodes_len }
    }
}

impl From<(usize, Error)> for RelightStray {
    fn from((backup, error): (usize, Error)) -> Self {
        let details = describe(&error);
        let result = details.result;
        details.release();
        Self { backup, result, message: leak_text(&error.to_string()) }
    }
}

impl From<Coverage> for RelightCoverage {
    fn from(coverage: Coverage) -> Self {
        let recoverable = coverage.recoverable();
        let survives = coverage.keys.iter().map(|key| key.survives.unwrap_or(0)).min().unwrap_or(0);
        let (nodes, nodes_len) = leak(coverage.nodes.into_iter().map(RelightNodeCoverage::from).collect());
        let (keys, keys_len) = leak(coverage.keys.into_iter().map(RelightKeyCoverage::from).collect());
        let (shareless, shareless_len) = leak(coverage.shareless.into_iter().map(RelightZeroShare::from).collect());
        let shared = coverage.shared_blinders.into_iter().map(RelightSharedBlinder::from);
        let (shared_blinders, shared_blinders_len) = leak(shared.collect());
        let (strays, strays_len) = leak(coverage.strays.into_iter().map(RelightStray::from).collect());
        Self {
            recoverable,
            survives,
            nodes,
            nodes_len,
            keys,
            keys_len,
            shareless,
            shareless_len,
            shared_blinders,
            shared_blinders_len,
            strays,
            strays_len,
        }
    }
}

/// Audits backups, and says so after each.
pub(crate) fn audit(
    network: &Network,
    backups: &[&[u8]],
    watch: RelightWatch,
    watcher: *mut c_void,
) -> Result<RelightCoverage, Failure> {
    let step = &mut |done, total| match goes_on(watch, watcher, done, total) {
        true => ControlFlow::Continue(()),
        false => ControlFlow::Break(Failure::Interface(RelightResult::Cancelled)),
    };
    match network.audit_with(backups, step)? {
        ControlFlow::Continue(coverage) => Ok(coverage.into()),
        ControlFlow::Break(cancelled) => Err(cancelled),
    }
}

/// Verifies all backups given, on all processors, and the registrations of the nodes: `coverage` receives how the network
/// is covered, and the caller owns it. `watch`, which may be NULL, hears after each backup how many are done; `watcher` is
/// passed to it. Bad backups and registrations are findings, not failures. Fails if the network or a node is
/// not well formed (see `relight_statement_new`), with `RELIGHT_RESULT_DUPLICATE_INDEX` if two nodes have the same
/// name, whose details have the second one's place from one, `RELIGHT_RESULT_DUPLICATE_IDENTIFIER` if two shares of a
/// key lie at the same identifier, and with `RELIGHT_RESULT_WRONG_CURVE` or `RELIGHT_RESULT_INVALID_LENGTH` if a former
/// epoch has other keys.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_coverage_audit(
    network: *const RelightNetwork,
    nodes: *const RelightNode,
    nodes_len: usize,
    backups: *const RelightBytes,
    backups_len: usize,
    watch: RelightWatch,
    watcher: *mut c_void,
    coverage: *mut RelightCoverage,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(coverage, details, || {
        let network = borrow("network", network)?;
        let network = network.read(array("nodes", nodes, nodes_len, |node| node.read(network.keys_len))?)?;
        let backups = byte_strings("backups", backups, backups_len)?;
        audit(&network, &backups, watch, watcher)
    })
}
