//! The key shares of a holder: one file each, in sets. A set came of a ceremony, of a backup, or of a key generation of the
//! network's own.

use super::ceremony::short_digest;
use crate::console::Console;
use crate::failure::{Failure, Result, While};
use crate::store::Store;
use relight::KeyShare;
use relight::dealing::{Ceremony, Outcome};
use relight::sharing::{Identifier, PartyIndex, VssCommitment};

const SHARES: &str = "shares";

/// Keeps the shares of an outcome. Doing it again changes nothing.
///
/// # Errors
///
/// If the disk refuses.
pub fn keep(store: &Store, ceremony: &Ceremony, party: PartyIndex, outcome: &Outcome) -> Result<()> {
    let shareless = |key: &u16| outcome.public.shareless.iter().any(|one| one.key == *key && one.party == party);
    let keys = (0..).filter(|key| !shareless(key));
    keys.zip(&outcome.shares).try_for_each(|(key, share)| {
        store.reseal(&format!("{SHARES}/{}/{key:02}", short_digest(ceremony)), &share.encode())
    })
}

/// Keeps a set of shares. Those that are there already stay.
///
/// # Errors
///
/// If there is another share in the place of one of them.
pub fn keep_set(store: &Store, console: &Console, set: &str, shares: &[KeyShare]) -> Result<()> {
    shares.iter().enumerate().try_for_each(|(key, share)| {
        let name = format!("{SHARES}/{set}/{key:02}");
        if !store.has_secret(&name) {
            return store.seal(&name, &share.encode());
        }
        let known = open(store, console, &name)?;
        match (known.epoch(), known.entry()) == (share.epoch(), share.entry()) {
            true => Ok(()),
            false => Err(Failure::refused(name, "the store has another share of this name")),
        }
    })
}

/// The names of the sets. One whose shares are all erased is none.
///
/// # Errors
///
/// If the disk refuses.
pub fn sets(store: &Store) -> Result<Vec<String>> {
    let folders = store.keepsakes(SHARES)?;
    let mut sets: Vec<String> = folders.iter().filter_map(|path| path.rsplit('/').next().map(str::to_owned)).collect();
    let filled = sets.iter().map(|set| Ok(!in_order(store, set)?.is_empty())).collect::<Result<Vec<_>>>()?;
    let mut filled = filled.into_iter();
    sets.retain(|_| filled.next().unwrap_or(false));
    Ok(sets)
}

/// The set of this name; without a name, the only one.
///
/// # Errors
///
/// If there is no such set, or more than one.
pub fn choose(store: &Store, name: Option<&str>) -> Result<String> {
    let sets = sets(store)?;
    match (name, &sets[..]) {
        (None, [only]) => Ok(only.clone()),
        (Some(name), sets) if sets.iter().any(|set| set == name) => Ok(name.to_owned()),
        (_, []) => Err(Failure::refused("the shares", "there are none in the store")
            .next("finish a ceremony, or bring those of another key generation: relight node shares import")),
        (_, sets) => Err(Failure::refused("the shares", "there are several sets")
            .next(format!("say which: --set {}", sets.join(" or --set ")))),
    }
}

/// The shares of a set, in the order of its keys.
///
/// # Errors
///
/// If one does not open, or is damaged.
pub fn of_set(store: &Store, console: &Console, set: &str) -> Result<Vec<KeyShare>> {
    in_order(store, set)?.iter().map(|name| open(store, console, name)).collect()
}

/// The names of all shares.
///
/// # Errors
///
/// If the disk refuses.
pub fn names(store: &Store) -> Result<Vec<String>> {
    Ok(sets(store)?.iter().map(|set| in_order(store, set)).collect::<Result<Vec<_>>>()?.concat())
}

fn in_order(store: &Store, set: &str) -> Result<Vec<String>> {
    let mut names = store.secrets(&format!("{SHARES}/{set}"))?;
    // Two digits, and three after the hundredth.
    names.sort_by_key(String::len);
    Ok(names)
}

/// The share of a name.
///
/// # Errors
///
/// If it does not open, or is damaged.
pub fn open(store: &Store, console: &Console, name: &str) -> Result<KeyShare> {
    KeyShare::decode(&store.secret(name, console)?).at(name)
}

/// Every share, by its name.
///
/// # Errors
///
/// If one does not open, or is damaged.
pub fn all(store: &Store, console: &Console) -> Result<Vec<(String, KeyShare)>> {
    names(store)?.into_iter().map(|name| Ok((name.clone(), open(store, console, &name)?))).collect()
}

/// The share of a sharing at an identifier.
///
/// # Errors
///
/// If the holder has none, with what it has instead.
pub fn find<'a>(
    shares: &'a [(String, KeyShare)],
    commitment: &VssCommitment,
    identifier: &Identifier,
) -> Result<&'a KeyShare> {
    let of_key = || shares.iter().map(|(_, share)| share).filter(|share| share.public_key() == commitment.public_key());
    let found = of_key().find(|share| share.identifier() == *identifier && is_of(commitment, share));
    found.ok_or_else(|| match of_key().next() {
        None => Failure::refused("your share", format!("the store has none of this {} key", commitment.curve())),
        Some(_) => {
            Failure::refused("your share", "the store has one of another sharing, from before or after a refresh")
        }
    })
}

/// Is it a share of this sharing?
pub fn is_of(commitment: &VssCommitment, share: &KeyShare) -> bool {
    share.public_key() == commitment.public_key()
        && commitment.public_share(&share.identifier()).as_ref() == Ok(share.public_share())
}

/// Keys that are shared anew: what their older shares are is decided by this.
pub struct Renewal<'a> {
    /// The epoch of the new sharing.
    pub epoch: u64,
    /// The new sharing.
    pub new: &'a [VssCommitment],
    /// The sharings that were dealt anew.
    pub old: &'a [&'a VssCommitment],
}

impl Renewal<'_> {
    fn replaces(&self, share: &KeyShare) -> bool {
        let same_key = |key: &&VssCommitment| key.public_key() == share.public_key();
        let Some(new) = self.new.iter().find(same_key) else { return false };
        share.epoch() < self.epoch || (self.old.iter().any(|old| is_of(old, share)) && !is_of(new, share))
    }

    /// Removes the shares that are replaced, and gives their names.
    ///
    /// # Errors
    ///
    /// If the disk refuses.
    pub fn erase_older(&self, store: &Store, console: &Console) -> Result<Vec<String>> {
        let older: Vec<_> = all(store, console)?.into_iter().filter(|(_, share)| self.replaces(share)).collect();
        older.iter().try_for_each(|(name, _)| store.remove_secret(name))?;
        Ok(older.into_iter().map(|(name, _)| name).collect())
    }
}
