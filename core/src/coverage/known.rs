//! What the custodian knows that backups of each node should state.

use super::network::Network;
use super::node::{Holding, Node};
use crate::error::{Error, Result};
use crate::keys::BlinderPublicKey;
use crate::parallel;
use crate::statement::{Entry, Statement};
use alloc::vec::Vec;

/// What backups of a node should state.
pub(super) struct Known<'a> {
    /// The current one, if the node's registrations hold.
    pub(super) blinder: Option<&'a BlinderPublicKey>,
    /// The current statement, none for a node without shares; or why there is no Blinder for it.
    pub(super) current: Result<Option<Form>>,
    /// The statements of former epochs, under each Blinder that the node has had.
    pub(super) former: Vec<Form>,
}

/// A statement, and its encoding to compare with.
pub(super) struct Form {
    pub(super) statement: Statement,
    pub(super) encoded: Vec<u8>,
}

impl Form {
    fn new(statement: Statement) -> Self {
        Self { encoded: statement.encode(), statement }
    }
}

/// A share that is zero, with the place of its node.
pub(super) type Zero = (usize, Holding);

/// What is known of each node, and the shares that are zero. Fails only if the network is inconsistent.
pub(super) fn known(network: &Network) -> Result<(Vec<Known<'_>>, Vec<Zero>)> {
    let current = network.entries(&network.keys)?;
    let former = parallel::map(&network.former, |former| {
        Ok(Epoch { number: former.epoch, entries: network.entries(&former.keys)?.of_nodes })
    });
    let former = former.into_iter().collect::<Result<_>>()?;
    let epochs = Epochs { network, current: Epoch { number: network.epoch, entries: current.of_nodes }, former };
    let nodes: Vec<(usize, &Node)> = network.nodes.iter().enumerate().collect();
    let known = parallel::map(&nodes, |(place, node)| epochs.known(*place, node));
    Ok((known.into_iter().collect::<Result<_>>()?, current.shareless))
}

/// What each node has to back up, now and formerly.
struct Epochs<'n> {
    network: &'n Network,
    current: Epoch,
    former: Vec<Epoch>,
}

struct Epoch {
    number: u64,
    entries: Vec<Vec<Entry>>,
}

impl Epochs<'_> {
    fn known<'a>(&self, place: usize, node: &'a Node) -> Result<Known<'a>> {
        let blinders = match node.blinders(&self.network.name) {
            Ok(blinders) => blinders,
            Err(error) => return Ok(Known { blinder: None, current: Err(error), former: Vec::new() }),
        };
        let blinder = blinders.last().copied();
        let current = blinder.map(|blinder| self.form(&self.current, place, node, blinder));
        let current = match current.unwrap_or(Err(Error::InvalidLength)) {
            Err(Error::CircularStatement) => Err(Error::CircularStatement),
            formed => Ok(formed?),
        };
        Ok(Known { blinder, current, former: self.former(place, node, &blinders)? })
    }

    fn former(&self, place: usize, node: &Node, blinders: &[&BlinderPublicKey]) -> Result<Vec<Form>> {
        let times = self.former.iter().flat_map(|epoch| blinders.iter().map(move |blinder| (epoch, *blinder)));
        let forms = times.map(|(epoch, blinder)| match self.form(epoch, place, node, blinder) {
            // There never was such a backup.
            Err(Error::CircularStatement) => Ok(None),
            formed => formed,
        });
        forms.filter_map(Result::transpose).collect()
    }

    /// None for a node without shares.
    fn form(&self, epoch: &Epoch, place: usize, node: &Node, blinder: &BlinderPublicKey) -> Result<Option<Form>> {
        match epoch.entries.get(place) {
            Some(entries) if !entries.is_empty() => {
                let statement = self.network.statement_of(epoch.number, node, blinder, entries.clone())?;
                Ok(Some(Form::new(statement)))
            }
            _ => Ok(None),
        }
    }
}
