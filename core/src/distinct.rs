//! Finding what is repeated, or out of order.

use crate::error::{Error, Result};
use crate::id::PartyIndex;
use alloc::vec::Vec;
use core::cmp::Ordering;

/// The least label of an item whose key another one with a lesser label has.
pub(crate) fn repeated<K: Ord, L: Ord>(items: impl IntoIterator<Item = (K, L)>) -> Option<L> {
    let mut items: Vec<(K, L)> = items.into_iter().collect();
    items.sort_unstable();
    let mut last: Option<K> = None;
    let later = items.into_iter().filter_map(|(key, label)| {
        let again = last.as_ref() == Some(&key);
        last = Some(key);
        again.then_some(label)
    });
    later.min()
}

/// Indices ascend: then there is one way to write a set of parties. Fails with [`Error::DuplicateIndex`] or
/// [`Error::InvalidIndex`].
pub(crate) fn check_ascending(indices: impl Iterator<Item = PartyIndex> + Clone) -> Result<()> {
    indices.clone().zip(indices.skip(1)).try_for_each(|(before, after)| check_next(&before, &after, after.get()))
}

/// Does the next item, which an error names by its number, come after the one before it? Fails with
/// [`Error::DuplicateIndex`] or [`Error::InvalidIndex`].
pub(crate) fn check_next<T: Ord>(before: &T, next: &T, number: u16) -> Result<()> {
    match before.cmp(next) {
        Ordering::Less => Ok(()),
        Ordering::Equal => Err(Error::DuplicateIndex(number)),
        Ordering::Greater => Err(Error::InvalidIndex(number)),
    }
}

/// Fails with [`Error::DuplicateKey`] if two parties, which ascend, have one key.
pub(crate) fn check_keys(parties: impl Iterator<Item = (PartyIndex, Vec<u8>)> + Clone) -> Result<()> {
    let Some(second) = repeated(parties.clone().map(|(index, key)| (key, index))) else { return Ok(()) };
    let key = parties.clone().find(|(index, _)| *index == second).map(|(_, key)| key);
    let first = parties.clone().find(|(_, other)| Some(other) == key.as_ref()).map_or(second, |(index, _)| index);
    Err(Error::DuplicateKey(first.get(), second.get()))
}

#[cfg(test)]
mod tests {
    use super::repeated;

    #[test]
    fn the_later_label_of_a_repeated_key_is_found() {
        assert_eq!(repeated([("a", 1), ("b", 2), ("a", 3)]), Some(3));
        assert_eq!(repeated([("a", 1), ("b", 2), ("c", 3)]), None);
        // Of several, the first that repeats one before it.
        assert_eq!(repeated([("b", 1), ("b", 2), ("a", 3), ("a", 4)]), Some(2));
        assert_eq!(repeated([("b", 1), ("a", 2), ("a", 3), ("b", 4), ("b", 5)]), Some(3));
        assert_eq!(repeated([("", 0); 0]), None);
    }
}
