//! Who keeps what where.

use super::args::{Args, Identifiers};
use super::participant::Participant;
use super::person::Person;
use crate::armour::Kind;
use crate::board::{Folder, Place};
use crate::failure::Result;
use crate::files;
use relight::sharing::PartyIndex;
use std::path::PathBuf;

/// The directory of the drill, and its numbers.
#[derive(Debug)]
pub(crate) struct Site {
    pub(crate) root: PathBuf,
    pub(crate) args: Args,
}

/// Parties that hold ceremonies together.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    root: PathBuf,
    /// Under which they register.
    name: &'static str,
    /// What one of them is called, and what many are.
    noun: &'static str,
    plural: &'static str,
    /// Where each has its own store.
    homes: &'static str,
    /// Where their shares lie.
    pub(crate) identifiers: Identifiers,
}

impl Site {
    pub(crate) fn party(&self) -> Group {
        self.group("drill-party", ["member", "members"], "members")
    }

    pub(crate) fn network(&self) -> Group {
        self.group("drill-network", ["node", "nodes"], "nodes")
    }

    pub(crate) fn fresh(&self) -> Group {
        self.group("drill-fresh", ["fresh", "fresh nodes"], "fresh")
    }

    /// Whoever writes down what others agree on. It learns nothing and decides nothing.
    pub(crate) fn planner(&self) -> Person {
        Person::new(&self.root, "planner")
    }

    pub(crate) fn custodian(&self) -> Person {
        Person::new(&self.root, "custodian")
    }

    /// The operator of a node has a machine without a network.
    pub(crate) fn operator(&self, node: &Participant) -> Person {
        Person::new(&self.root, &format!("operators/{}", node.label()))
    }

    pub(crate) fn board(&self) -> Folder {
        Folder::new(self.board_path(""))
    }

    /// A path on the board, as one of the disk.
    pub(crate) fn board_path(&self, path: &str) -> PathBuf {
        self.root.join("board").join(path)
    }

    /// The objects of a kind at a place on the board, as paths of the disk.
    pub(crate) fn posted(&self, place: &Place, kind: Kind) -> Result<Vec<PathBuf>> {
        let folder = self.board_path(&place.folder());
        let names = files::names(&folder)?.into_iter().filter(|name| name.ends_with(&format!(".{}", kind.extension())));
        Ok(names.map(|name| folder.join(name)).collect())
    }

    fn group(&self, name: &'static str, [noun, plural]: [&'static str; 2], homes: &'static str) -> Group {
        Group { root: self.root.clone(), name, noun, plural, homes, identifiers: self.args.identifiers }
    }
}

impl Group {
    pub(crate) fn plural(&self) -> &'static str {
        self.plural
    }

    /// What registrations and ceremonies of this group are bound to.
    pub(crate) fn name(&self) -> &'static [u8] {
        self.name.as_bytes()
    }

    pub(crate) fn homes(&self) -> PathBuf {
        self.root.join(self.homes)
    }

    pub(crate) fn mail(&self) -> PathBuf {
        self.root.join("mail")
    }

    pub(crate) fn participant(&self, index: PartyIndex) -> Participant {
        let path = format!("{}/{}-{:02}", self.homes, self.noun, index.get());
        Participant::new(self.clone(), index, Person::new(&self.root, &path))
    }

    /// The first participants, as many as `count`.
    pub(crate) fn participants(&self, count: u16) -> Vec<Participant> {
        PartyIndex::all(count).map(|index| self.participant(index)).collect()
    }
}
