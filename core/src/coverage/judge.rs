//! What one backup says of its node.

use super::Status;
use super::known::{Form, Known, Zero, known};
use super::network::Network;
use crate::backup::Backup;
use crate::codec::Reader;
use crate::error::{Error, Field, Result};
use crate::statement::RawStatement;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;

/// A backup that was looked at: the node it is for, and how it covers that.
pub(super) type Verdict = Result<(usize, Status)>;

/// What backups of the network should state.
pub(super) struct Expected<'a> {
    places: BTreeMap<&'a [u8], usize>,
    nodes: Vec<Known<'a>>,
    shareless: Vec<Zero>,
}

impl<'a> Expected<'a> {
    pub(super) fn new(network: &'a Network) -> Result<Self> {
        let (nodes, shareless) = known(network)?;
        let places = network.nodes.iter().map(|node| node.name.as_slice()).zip(0..).collect();
        Ok(Self { places, nodes, shareless })
    }

    /// How the nodes are covered before any backup was looked at, and the shares that are zero.
    pub(super) fn start(&self) -> (Vec<Status>, Vec<Zero>) {
        let status = |node: &Known<'_>| match &node.current {
            Ok(Some(_)) => Status::Missing,
            Ok(None) => Status::Shareless,
            Err(error) => Status::Unregistered { error: error.clone() },
        };
        (self.nodes.iter().map(status).collect(), self.shareless.clone())
    }

    /// The places of nodes that have one Blinder, group by group.
    pub(super) fn shared_blinders(&self) -> Vec<Vec<usize>> {
        //= spec/10-backup.md#10-6-coverage
        //# An audit MUST list the nodes that have one Blinder between them.
        let mut groups: BTreeMap<&[u8], Vec<usize>> = BTreeMap::new();
        for (place, node) in self.nodes.iter().enumerate() {
            node.blinder.iter().for_each(|blinder| groups.entry(blinder.as_bytes()).or_default().push(place));
        }
        let mut shared: Vec<Vec<usize>> = groups.into_values().filter(|places| places.len() > 1).collect();
        shared.sort_unstable();
        shared
    }

    pub(super) fn judge(&self, place: usize, bytes: &[u8]) -> Verdict {
        let backup = Backup::decode(bytes)?;
        let unknown = Error::Mismatch(Field::Node);
        let raw = backup.raw_statement()?;
        let node = *self.places.get(raw.node).ok_or(unknown.clone())?;
        let known = self.nodes.get(node).ok_or(unknown)?;
        // Whatever arrives for a node without a registered Blinder, its status stays.
        let Ok(current) = &known.current else { return Ok((node, Status::Missing)) };
        let states = |form: &&Form| form.encoded == backup.statement_bytes();
        //= spec/10-backup.md#10-3-verify
        //# A custodian MUST verify a backup before it counts as one.
        let status = if let Some(form) = current.as_ref().filter(states) {
            verified(place, backup, form, Status::Covered)
        //= spec/10-backup.md#10-6-coverage
        //# An audit MUST NOT call a backup stale unless its proof verifies against the statement of a former epoch.
        } else if let Some(form) = known.former.iter().find(states) {
            let epoch = form.statement.header().epoch;
            verified(place, backup, form, Status::Stale { epoch })
        } else {
            claimed(place, &raw, current.as_ref())?
        };
        Ok((node, status))
    }
}

fn verified(place: usize, backup: Backup, form: &Form, status: Status) -> Status {
    match backup.verify(&form.statement) {
        Ok(_) => status,
        //= spec/10-backup.md#10-6-coverage
        //# An audit MUST say of a bad backup which one it is and what is wrong with it.
        Err(error) => Status::Bad { backup: place, error },
    }
}

fn claimed(place: usize, raw: &RawStatement<'_>, current: Option<&Form>) -> Result<Status> {
    let field = match current {
        Some(form) => Reader::decode_all(&form.encoded, RawStatement::read)?.difference(raw),
        None => None,
    };
    let field = field.unwrap_or(Field::EntryCount);
    Ok(Status::Claimed { backup: place, epoch: raw.epoch, field })
}
