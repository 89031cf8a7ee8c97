//! What a process gives away without being asked: core dumps, its memory to those who trace it, and pages written to swap.

use rustix::io::Result;
use rustix::mm::{MlockAllFlags, mlockall};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Switches off what can be switched off. What cannot be, [`openings`] names.
pub fn shut() {
    // Nothing that fails here is a reason to stop: the doctor says it.
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    let _ = refuse_tracing();
    if may_lock() {
        let _ = mlockall(MlockAllFlags::CURRENT | MlockAllFlags::FUTURE | MlockAllFlags::ONFAULT);
    }
}

/// What is still open, in words.
pub fn openings() -> Vec<&'static str> {
    let cores = getrlimit(Resource::Core).current != Some(0);
    let swap = !may_lock() && has_swap();
    [
        (cores, "core dumps cannot be switched off: one would hold secrets in the clear"),
        (swap, "memory cannot be locked (see `ulimit -l`), and there is swap: encrypt it, or switch it off"),
    ]
    .into_iter()
    .filter_map(|(open, words)| open.then_some(words))
    .collect()
}

/// Within a limit, locked memory that runs out would end the program in the middle of its work.
fn may_lock() -> bool {
    getrlimit(Resource::Memlock).current.is_none()
}

/// Unknown is as good as yes.
fn has_swap() -> bool {
    std::fs::read_to_string("/proc/swaps").map_or(true, |table| table.lines().count() > 1)
}

#[cfg(target_os = "linux")]
fn refuse_tracing() -> Result<()> {
    use rustix::process::{DumpableBehavior, set_dumpable_behavior};
    set_dumpable_behavior(DumpableBehavior::NotDumpable)
}

#[cfg(not(target_os = "linux"))]
fn refuse_tracing() -> Result<()> {
    Ok(())
}
