//! One thing after the other, or on all cores with the feature `parallel`.

use alloc::vec::Vec;
use core::convert::Infallible;
use core::ops::ControlFlow;

/// Hears after each item, in the thread of the caller, how many are done of how many, and may break off.
pub type Watch<'w, S> = &'w mut dyn FnMut(usize, usize) -> ControlFlow<S>;

/// What becomes of every item, in their order.
pub fn map<'i, I: Sync, T: Send>(items: &'i [I], work: impl Fn(&'i I) -> T + Sync) -> Vec<T> {
    let ControlFlow::Continue(results) = map_with(items, &mut |_, _| ControlFlow::<Infallible>::Continue(()), work);
    results
}

/// [`map`] until `watch` breaks off.
pub fn map_with<'i, I: Sync, T: Send, S>(
    items: &'i [I],
    watch: Watch<'_, S>,
    work: impl Fn(&'i I) -> T + Sync,
) -> ControlFlow<S, Vec<T>> {
    #[cfg(feature = "parallel")]
    if let Some(results) = threads::map_with(items, watch, &work) {
        return results;
    }
    let mut results = Vec::new();
    for (done, item) in (1..).zip(items) {
        results.push(work(item));
        watch(done, items.len())?;
    }
    ControlFlow::Continue(results)
}

#[cfg(feature = "parallel")]
mod threads {
    use super::{ControlFlow, Vec, Watch};
    use std::sync::{Mutex, mpsc};
    use std::thread::{Builder, available_parallelism, scope};

    /// `None` where no thread starts, or a second one is of no use. No thread outlives the call.
    pub(super) fn map_with<'i, I: Sync, T: Send, S>(
        items: &'i [I],
        watch: Watch<'_, S>,
        work: &(impl Fn(&'i I) -> T + Sync),
    ) -> Option<ControlFlow<S, Vec<T>>> {
        let threads = available_parallelism().map_or(1, usize::from).min(items.len());
        if threads < 2 {
            return None;
        }
        let queue = Mutex::new(items.iter().enumerate());
        let next = || queue.lock().ok()?.next();
        let (sender, receiver) = mpsc::channel();
        scope(|scope| {
            let start = |_: &usize| {
                let (sender, next) = (sender.clone(), &next);
                // Nobody receives after a break: every thread ends with the item that it is at.
                let serve =
                    move || while next().is_some_and(|(place, item)| sender.send((place, work(item))).is_ok()) {};
                Builder::new().spawn_scoped(scope, serve).is_ok()
            };
            let started = (0..threads).filter(start).count();
            drop(sender);
            (started > 0).then(|| collect(receiver, items.len(), watch))
        })
    }

    /// The results, in the order of their places.
    fn collect<T, S>(
        receiver: mpsc::Receiver<(usize, T)>,
        items: usize,
        watch: Watch<'_, S>,
    ) -> ControlFlow<S, Vec<T>> {
        let mut results = Vec::new();
        for (done, result) in (1..).zip(receiver) {
            results.push(result);
            watch(done, items)?;
        }
        results.sort_unstable_by_key(|(place, _)| *place);
        ControlFlow::Continue(results.into_iter().map(|(_, result)| result).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What comes of ten items if the watch breaks off after `last`, and how often it was called.
    fn until(last: usize) -> (ControlFlow<usize, Vec<u64>>, usize) {
        let (items, mut calls): (Vec<u64>, _) = ((0..10).collect(), 0);
        let watch = &mut |done, of| {
            calls += 1;
            assert_eq!((done, of), (calls, 10));
            if done == last { ControlFlow::Break(done) } else { ControlFlow::Continue(()) }
        };
        (map_with(&items, watch, |item| item * item), calls)
    }

    #[test]
    fn results_are_in_order_and_a_watch_breaks_off() {
        let squares = (0..10).map(|item| item * item).collect();
        assert_eq!(until(11), (ControlFlow::Continue(squares), 10));
        assert_eq!(until(3), (ControlFlow::Break(3), 3));
        assert_eq!(until(10), (ControlFlow::Break(10), 10));
    }
}
