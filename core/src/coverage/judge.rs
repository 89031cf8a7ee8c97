//! What one backup says of its node.

use super::network::{Holding, Network};
use super::{Status, for_each};
use crate::backup::Backup;
use crate::codec::Reader;
use crate::error::{Error, Result, StatementField};
use crate::statement::{RawStatement, Statement};
use alloc::collections::BTreeMap;
use alloc::vec::Vec;

/// A backup that was looked at: the node it is for, and how it covers that.
pub(super) type Verdict = Result<(usize, Status)>;

/// What backups of the network should state.
pub(super) struct Expected<'a> {
    places: BTreeMap<&'a [u8], usize>,
    /// Of each node, the current statement and then those of former epochs; the first is none for a node without shares.
    nodes: Vec<(Option<Form>, Vec<Form>)>,
    shareless: Vec<(usize, Holding)>,
}

/// A statement, and its encoding to compare with.
struct Form {
    statement: Statement,
    encoded: Vec<u8>,
}

impl Form {
    fn new(statement: Statement) -> Self {
        Self { encoded: statement.encode(), statement }
    }
}

impl<'a> Expected<'a> {
    pub(super) fn new(network: &'a Network) -> Result<Self> {
        let current = network.statements(network.epoch, &network.keys)?;
        let former = for_each(&network.former, &|_, _| (), |former| network.statements(former.epoch, &former.keys));
        let mut nodes: Vec<_> = current.of_nodes.into_iter().map(|form| (form.map(Form::new), Vec::new())).collect();
        for statements in former {
            for ((_, forms), form) in nodes.iter_mut().zip(statements?.of_nodes) {
                forms.extend(form.map(Form::new));
            }
        }
        let places = network.nodes.iter().map(|node| node.name.as_slice()).zip(0..).collect();
        Ok(Self { places, nodes, shareless: current.shareless })
    }

    /// How the nodes are covered before any backup was looked at, and the shares that are zero.
    pub(super) fn start(&self) -> (Vec<Status>, Vec<(usize, Holding)>) {
        let status = |current: &Option<Form>| if current.is_some() { Status::Missing } else { Status::Shareless };
        (self.nodes.iter().map(|(current, _)| status(current)).collect(), self.shareless.clone())
    }

    pub(super) fn judge(&self, place: usize, bytes: &[u8]) -> Verdict {
        let backup = Backup::decode(bytes)?;
        let unknown = Error::StatementMismatch(StatementField::Node);
        let raw = backup.raw_statement()?;
        let node = *self.places.get(raw.node).ok_or(unknown.clone())?;
        let (current, former) = self.nodes.get(node).ok_or(unknown)?;
        let states = |form: &&Form| form.encoded == backup.statement_bytes();
        //= spec/10-backup.md#10-3-verify
        //# A custodian MUST verify a backup before it counts as one.
        let status = if let Some(form) = current.as_ref().filter(states) {
            verified(place, backup, form, Status::Covered)
        //= spec/10-backup.md#10-6-coverage
        //# An audit MUST NOT call a backup stale unless its proof verifies against the statement of a former epoch.
        } else if let Some(form) = former.iter().find(states) {
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
        Err(error) => Status::Bad { backup: place, error },
    }
}

fn claimed(place: usize, raw: &RawStatement<'_>, current: Option<&Form>) -> Result<Status> {
    let field = match current {
        Some(form) => Reader::decode_all(&form.encoded, RawStatement::read)?.difference(raw),
        None => None,
    };
    let field = field.unwrap_or(StatementField::EntryCount);
    Ok(Status::Claimed { backup: place, epoch: raw.epoch, field })
}
