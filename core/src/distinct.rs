//! Finding what comes twice.

use alloc::vec::Vec;

/// The label of the second of two items with the same key, if there are two.
pub(crate) fn repeated<K: Ord, L: Ord>(items: impl IntoIterator<Item = (K, L)>) -> Option<L> {
    let mut items: Vec<(K, L)> = items.into_iter().collect();
    items.sort_unstable();
    let twice =
        items.windows(2).position(|pair| pair.first().map(|(key, _)| key) == pair.last().map(|(key, _)| key))?;
    items.into_iter().nth(twice.saturating_add(1)).map(|(_, label)| label)
}

#[cfg(test)]
mod tests {
    use super::repeated;

    #[test]
    fn the_later_label_of_a_repeated_key_is_found() {
        assert_eq!(repeated([("a", 1), ("b", 2), ("a", 3)]), Some(3));
        assert_eq!(repeated([("a", 1), ("b", 2), ("c", 3)]), None);
        assert_eq!(repeated([("", 0); 0]), None);
    }
}
