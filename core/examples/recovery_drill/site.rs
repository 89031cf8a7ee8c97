//! Who keeps what where.

use super::failure::{Failure, Result};
use super::files;
use super::participant::Participant;
use relight::sharing::Identifier;
use std::path::{Path, PathBuf};

/// The directory of the drill.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    pub(crate) root: PathBuf,
}

/// Parties that hold ceremonies together.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    name: &'static str,
    /// What one of them is called.
    noun: &'static str,
    /// Where they post what everybody may read.
    pub(crate) board: PathBuf,
    /// Where each has its own directory.
    pub(crate) homes: PathBuf,
}

impl Site {
    pub(crate) fn party(&self) -> Group {
        self.group("party", "member", "members")
    }

    pub(crate) fn network(&self) -> Group {
        self.group("network", "node", "nodes")
    }

    /// The machines that take over for lost nodes carry the names of those.
    pub(crate) fn rebuilt(&self) -> Group {
        self.group("rebuilt", "node", "rebuilt")
    }

    pub(crate) fn fresh(&self) -> Group {
        self.group("fresh", "fresh", "fresh")
    }

    pub(crate) fn board(&self) -> PathBuf {
        self.root.join("board")
    }

    pub(crate) fn custodian(&self) -> PathBuf {
        self.root.join("custodian")
    }

    /// Where the operator of a node keeps its Blinder, offline.
    pub(crate) fn operator(&self, node: &Participant) -> PathBuf {
        self.root.join("operators").join(node.label())
    }

    fn group(&self, name: &'static str, noun: &'static str, homes: &str) -> Group {
        Group { name, noun, board: self.board().join(name), homes: self.root.join(homes) }
    }
}

impl Group {
    pub(crate) fn noun(&self) -> &'static str {
        self.noun
    }

    /// What registrations and ceremonies of this group are bound to.
    pub(crate) fn context(&self) -> Vec<u8> {
        format!("relight drill, {}", self.name).into_bytes()
    }

    pub(crate) fn participant(&self, index: Identifier) -> Participant {
        Participant::new(self.clone(), index)
    }

    /// The first participants, as many as `count`.
    pub(crate) fn participants(&self, count: u16) -> Vec<Participant> {
        Identifier::all(count).map(|index| self.participant(index)).collect()
    }

    /// Where the ceremony of an epoch takes place.
    pub(crate) fn room(&self, epoch: u64) -> Room {
        Room { path: self.board.join(epoch_name(epoch)) }
    }

    /// The room of the last ceremony.
    pub(crate) fn latest_room(&self) -> Result<Room> {
        latest(&self.board).map(|path| Room { path })
    }
}

/// A place on the board for one ceremony.
#[derive(Clone, Debug)]
pub(crate) struct Room {
    pub(crate) path: PathBuf,
}

impl Room {
    pub(crate) fn ceremony_path(&self) -> PathBuf {
        self.path.join("ceremony")
    }

    pub(crate) fn dealings(&self) -> PathBuf {
        self.path.join("dealings")
    }

    pub(crate) fn outcomes(&self) -> PathBuf {
        self.path.join("outcomes")
    }
}

/// Names of one length, so that epochs sort.
pub(crate) fn epoch_name(epoch: u64) -> String {
    format!("epoch-{epoch:03}")
}

/// The directory of the last epoch.
pub(crate) fn latest(directory: &Path) -> Result<PathBuf> {
    let is_epoch = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("epoch-"));
    let epochs = files::list(directory)?.into_iter().filter(is_epoch);
    epochs.last().ok_or_else(|| Failure::Claim(format!("{} holds no epoch", directory.display())))
}
