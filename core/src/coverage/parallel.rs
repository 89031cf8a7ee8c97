//! One thing after the other, or on all cores with the feature `parallel`.

use alloc::vec::Vec;

#[cfg(feature = "parallel")]
pub(super) fn for_each<B: Sync, T: Send>(
    items: &[B],
    progress: &(dyn Fn(usize, usize) + Sync),
    work: impl Fn(&B) -> T + Sync,
) -> Vec<T> {
    use core::sync::atomic::{AtomicUsize, Ordering};
    use rayon::prelude::*;
    let done = AtomicUsize::new(0);
    let step = |item| {
        let result = work(item);
        progress(done.fetch_add(1, Ordering::Relaxed).saturating_add(1), items.len());
        result
    };
    items.par_iter().with_max_len(1).map(step).collect()
}

#[cfg(not(feature = "parallel"))]
pub(super) fn for_each<B: Sync, T: Send>(
    items: &[B],
    progress: &(dyn Fn(usize, usize) + Sync),
    work: impl Fn(&B) -> T + Sync,
) -> Vec<T> {
    let step = |(done, item)| {
        let result = work(item);
        progress(done, items.len());
        result
    };
    (1..).zip(items).map(step).collect()
}
