//! Who keeps what where.

use super::args::Identifiers;
use super::files;
use super::participant::Participant;
use crate::failure::{Failure, Result};
use relight::sharing::PartyIndex;
use std::path::{Path, PathBuf};

/// The directory of the drill.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    pub(crate) root: PathBuf,
    pub(crate) identifiers: Identifiers,
}

/// Parties that hold ceremonies together.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) name: &'static str,
    /// What one of them is called, and what many are.
    noun: &'static str,
    plural: &'static str,
    /// Where they post what everybody may read.
    pub(crate) board: PathBuf,
    /// Where each has its own directory.
    pub(crate) homes: PathBuf,
    /// Where their shares lie.
    pub(crate) identifiers: Identifiers,
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

    /// What everybody has in its configuration: the identity of each operator of a network.
    pub(crate) fn agreed_operators(&self, group: &Group) -> PathBuf {
        self.root.join("agreed").join("operators").join(group.name)
    }

    fn group(&self, name: &'static str, [noun, plural]: [&'static str; 2], homes: &str) -> Group {
        let (board, homes) = (self.board().join(name), self.root.join(homes));
        Group { name, noun, plural, board, homes, identifiers: self.identifiers }
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

    pub(crate) fn participant(&self, index: PartyIndex) -> Participant {
        Participant::new(self.clone(), index)
    }

    /// The first participants, as many as `count`.
    pub(crate) fn participants(&self, count: u16) -> Vec<Participant> {
        PartyIndex::all(count).map(|index| self.participant(index)).collect()
    }

    /// Where the ceremony of an epoch takes place.
    pub(crate) fn room(&self, epoch: u64) -> Room {
        Room { path: self.board.join(epoch_name(epoch)) }
    }

    /// Where a ceremony for that epoch takes place that will fail.
    pub(crate) fn failing_room(&self, epoch: u64) -> Room {
        Room { path: self.board.join(format!("{}-failed", epoch_name(epoch))) }
    }

    /// The room of the last ceremony that closed.
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

    pub(crate) fn confirmations(&self) -> PathBuf {
        self.path.join("confirmations")
    }

    pub(crate) fn certificate_path(&self) -> PathBuf {
        self.path.join("certificate")
    }

    /// The digests of the dealings that somebody asks for.
    pub(crate) fn wanted(&self) -> PathBuf {
        self.path.join("wanted")
    }

    /// The dealings that somebody asked for, by digest.
    pub(crate) fn handed_over(&self) -> PathBuf {
        self.path.join("handed-over")
    }

    /// Where shares of this sharing are made for one party after another: a directory for each.
    pub(crate) fn repairs(&self) -> PathBuf {
        self.path.join("repairs")
    }
}

pub(crate) fn epoch_name(epoch: u64) -> String {
    format!("epoch-{epoch}")
}

pub(crate) fn epoch_of(path: &Path) -> Result<u64> {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let number = name.strip_prefix("epoch-").and_then(|number| number.parse().ok());
    number.ok_or_else(|| Failure::because(format!("{} is no epoch", path.display())))
}

/// What belongs to the last epoch.
pub(crate) fn latest(directory: &Path) -> Result<PathBuf> {
    let mut epochs = files::list(directory)?.into_iter().filter(|path| epoch_of(path).is_ok());
    epochs.next_back().ok_or_else(|| Failure::because(format!("{} holds no epoch", directory.display())))
}
