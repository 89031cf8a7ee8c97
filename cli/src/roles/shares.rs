//! Shares of keys in a store: `shares/SET/KEY`, where a set comes from one ceremony, one backup, or one key generation of
//! the network's own.

use crate::console::Console;
use crate::failure::{Failure, Result, While};
use crate::store::Store;
use relight::KeyShare;
use relight::curve::CurvePoint;

const FOLDER: &str = "shares";

/// The names of the sets in the store.
///
/// # Errors
///
/// If the store cannot be read.
pub fn sets(store: &Store) -> Result<Vec<String>> {
    let paths = store.keepsakes(FOLDER)?;
    Ok(paths.iter().filter_map(|path| path.rsplit('/').next().map(str::to_owned)).collect())
}

/// The set of this name; without a name, the only set that there is.
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
        (_, sets) => {
            Err(Failure::refused("the shares", "which of them?").next(format!("say --set {}", sets.join(" or "))))
        }
    }
}

/// The shares of a set, in the order of its keys.
///
/// # Errors
///
/// If one of them does not open, or is damaged.
pub fn load(store: &Store, console: &Console, set: &str) -> Result<Vec<KeyShare>> {
    let mut names = store.secrets(&format!("{FOLDER}/{set}"))?;
    // Two digits, and three after the hundredth.
    names.sort_by_key(|name| (name.len(), name.clone()));
    names.iter().map(|name| KeyShare::decode(&store.secret(name, console)?).at(name)).collect()
}

/// Seals a set of shares. Those that are there already stay.
///
/// # Errors
///
/// If there is another share in the place of one of them.
pub fn keep(store: &Store, console: &Console, set: &str, shares: &[KeyShare]) -> Result<()> {
    shares.iter().enumerate().try_for_each(|(key, share)| {
        let name = format!("{FOLDER}/{set}/{key:02}");
        if !store.has_secret(&name) {
            return store.seal(&name, &share.encode());
        }
        let known = KeyShare::decode(&store.secret(&name, console)?).at(&name)?;
        match (known.epoch(), known.entry()) == (share.epoch(), share.entry()) {
            true => Ok(()),
            false => Err(Failure::refused(name, "the store has another share of this name")),
        }
    })
}

/// Every share of a key that the store has, of whatever sharing.
///
/// # Errors
///
/// If one of them does not open, or is damaged.
pub fn of_key(store: &Store, console: &Console, public_key: &CurvePoint) -> Result<Vec<KeyShare>> {
    let all = sets(store)?.into_iter().map(|set| load(store, console, &set)).collect::<Result<Vec<_>>>()?;
    Ok(all.into_iter().flatten().filter(|share| share.public_key() == public_key).collect())
}
