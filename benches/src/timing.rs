//! Times of operations that are compared.

use rustix::time::{ClockId, clock_gettime};
use std::time::{Duration, Instant};

/// The median time that each operation takes of the processor, on this thread. They run in turn, so that what slows
/// the machine down slows all of them.
pub fn medians<const N: usize>(rounds: usize, operations: [&dyn Fn(); N]) -> [Duration; N] {
    medians_by(processor_time, rounds, operations)
}

/// The median time until each operation is done, for those that take several threads.
pub fn elapsed_medians<const N: usize>(rounds: usize, operations: [&dyn Fn(); N]) -> [Duration; N] {
    medians_by(elapsed, rounds, operations)
}

/// How long an operation takes of the processor. What else runs on the machine does not count: it would interrupt
/// long operations more often than short ones.
pub fn processor_time(operation: &dyn Fn()) -> Duration {
    let start = thread_clock();
    operation();
    thread_clock() - start
}

/// The time in the middle.
pub fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// The first time as a multiple of the second.
pub fn ratio(time: Duration, other: Duration) -> f64 {
    time.as_secs_f64() / other.as_secs_f64()
}

fn medians_by<const N: usize>(
    clock: fn(&dyn Fn()) -> Duration,
    rounds: usize,
    operations: [&dyn Fn(); N],
) -> [Duration; N] {
    let mut times = [const { Vec::new() }; N];
    for _ in 0..rounds {
        times.iter_mut().zip(operations).for_each(|(times, operation)| times.push(clock(operation)));
    }
    times.map(median)
}

fn elapsed(operation: &dyn Fn()) -> Duration {
    let start = Instant::now();
    operation();
    start.elapsed()
}

fn thread_clock() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.cast_unsigned(), time.tv_nsec as u32)
}
