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
    /// What one of them is called, and what many are.
    noun: &'static str,
    plural: &'static str,
    /// Where they post what everybody may read.
    pub(crate) board: PathBuf,
    /// Where each has its own directory.
    pub(crate) homes: PathBuf,
}

impl Site {
    pub(crate) fn party(&self) -> Group {
        self.group("party", ["member", "members"], "members")
    }

    pub(crate) fn network(&self) -> Group {
        self.group("network", ["node", "nodes"], "nodes")
    }

    /// The machines that take over for lost nodes carry the names of those.
    pub(crate) fn rebuilt(&self) -> Group {
        self.group("rebuilt", ["node", "machines"], "rebuilt")
    }

    pub(crate) fn fresh(&self) -> Group {
        self.group("fresh", ["fresh", "fresh nodes"], "fresh")
    }

    pub(crate) fn board(&self) -> PathBuf {
        self.root.join("board")
    }

    pub(crate) fn custodian(&self) -> PathBuf {
        self.root.join("custodian")
    }

    /// Where the operators of a network keep their Blinders, offline.
    pub(crate) fn operators(&self, group: &Group) -> PathBuf {
        self.root.join("operators").join(group.name)
    }

    fn group(&self, name: &'static str, [noun, plural]: [&'static str; 2], homes: &str) -> Group {
        Group { name, noun, plural, board: self.board().join(name), homes: self.root.join(homes) }
    }
}

impl Group {
    pub(crate) fn noun(&self) -> &'static str {
        self.noun
    }

    pub(crate) fn plural(&self) -> &'static str {
        self.plural
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

pub(crate) fn epoch_name(epoch: u64) -> String {
    format!("epoch-{epoch}")
}

/// The directory of the last epoch.
pub(crate) fn latest(directory: &Path) -> Result<PathBuf> {
    let is_epoch = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("epoch-"));
    let mut epochs = files::list(directory)?.into_iter().filter(is_epoch);
    epochs.next_back().ok_or_else(|| Failure::Claim(format!("{} holds no epoch", directory.display())))
}
