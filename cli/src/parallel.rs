//! Independent jobs on all cores.

use std::sync::Mutex;
use std::sync::mpsc;
use std::thread;

/// Does every job, and gives the results in the order of the jobs. `progress` hears after each how many are done.
pub(crate) fn map<'j, J: Sync, T: Send>(
    jobs: &'j [J],
    job: impl Fn(&'j J) -> T + Sync,
    mut progress: impl FnMut(usize),
) -> Vec<T> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let queue = Mutex::new(jobs.iter().enumerate());
    let (sender, receiver) = mpsc::channel();
    let mut results = thread::scope(|scope| {
        for _ in 0..cores.min(jobs.len()) {
            let (sender, queue, job) = (sender.clone(), &queue, &job);
            scope.spawn(move || {
                while let Some((place, next)) = queue.lock().ok().and_then(|mut queue| queue.next()) {
                    if sender.send((place, job(next))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let counted = receiver.into_iter().enumerate();
        counted.inspect(|(done, _)| progress(done + 1)).map(|(_, result)| result).collect::<Vec<_>>()
    });
    results.sort_by_key(|(place, _)| *place);
    results.into_iter().map(|(_, result)| result).collect()
}
