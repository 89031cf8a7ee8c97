//! Finding what comes twice.

use alloc::vec::Vec;

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
