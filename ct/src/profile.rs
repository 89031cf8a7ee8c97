//! The build that `suppressions` were written for: they name functions, and lines, as its inlining leaves them.

/// What this was built with, as build.rs has it from cargo.
pub const BUILT: &str = env!("RELIGHT_CT_BUILT");

/// What it is to be built with.
pub const NEEDED: &str = "profile release, opt-level 3, debug true, flags none";

/// Says what is wrong with the build, if anything is.
pub fn refusal() -> Option<String> {
    (BUILT != NEEDED).then(|| format!("built with {BUILT}; suppressions are for {NEEDED}"))
}
