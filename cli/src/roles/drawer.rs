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
    let expected = commitment.public_share(identifier).at("your share")?;
    let of_key = shares.iter().map(|(_, share)| share).filter(|share| share.public_key() == commitment.public_key());
    let mut of_key = of_key.peekable();
    let none = of_key.peek().is_none();
    of_key.find(|share| *share.public_share() == expected).ok_or_else(|| match none {
        true => Failure::refused("your share", format!("the store has none of this {} key", commitment.curve())),
        false => Failure::refused("your share", "the store has one of another sharing, from before or after a refresh"),
    })
}

/// Removes shares of older sharings of these keys.
///
/// # Errors
///
/// If the disk refuses.
pub fn erase_older(store: &Store, console: &Console, keys: &[VssCommitment]) -> Result<Vec<String>> {
    let replaced = |share: &KeyShare| {
        keys.iter().any(|key| {
            key.public_key() == share.public_key()
                && key.public_share(&share.identifier()).as_ref() != Ok(share.public_share())
        })
    };
    let older: Vec<_> = all(store, console)?.into_iter().filter(|(_, share)| replaced(share)).collect();
    older.iter().try_for_each(|(name, _)| store.remove_secret(name))?;
    Ok(older.into_iter().map(|(name, _)| name).collect())
}
