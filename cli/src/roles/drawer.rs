//! The key shares of a holder: one file each, under the ceremony that they came of.

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

/// The names of all shares.
///
/// # Errors
///
/// If the disk refuses.
pub fn names(store: &Store) -> Result<Vec<String>> {
    let folders = store.keepsakes(SHARES)?;
    Ok(folders.iter().map(|folder| store.secrets(folder)).collect::<Result<Vec<_>>>()?.concat())
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
        let older = share.epoch() < self.epoch || self.old.iter().any(|old| is_of(old, share));
        older && self.new.iter().find(same_key).is_some_and(|key| !is_of(key, share))
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
