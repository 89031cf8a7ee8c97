//! The way into the library: catches panics, writes outputs.

use crate::details::{Failure, RelightDetails};
use crate::memory::{self, Output};
use crate::random::RandomnessFailed;
use crate::result::RelightResult;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Does the work of an exported function, and writes its one output: the value, or the empty value after a failure.
///
/// The work owns nothing that a panic could leave half done, except a session, whose lock is poisoned then.
pub(crate) fn produce<T: Output>(
    out: *mut T,
    details: *mut RelightDetails,
    work: impl FnOnce() -> Result<T, Failure>,
) -> RelightResult {
    if !details.is_null() && memory::check(details).is_err() || memory::check(out).is_err() {
        return report(details, &Failure::Interface(RelightResult::NullPointer).about("output"));
    }
    let outcome = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let randomness = panic.is::<RandomnessFailed>();
        Err(Failure::Interface(if randomness { RelightResult::RandomnessFailed } else { RelightResult::Panicked }))
    });
    match outcome {
        Ok(value) => {
            memory::write(out, value);
            write_details(details, RelightDetails::EMPTY);
            RelightResult::Ok
        }
        Err(failure) => {
            memory::write(out, T::EMPTY);
            report(details, &failure)
        }
    }
}

/// Like [`produce`], for functions that only say yes or no.
pub(crate) fn check(details: *mut RelightDetails, work: impl FnOnce() -> Result<(), Failure>) -> RelightResult {
    produce(&mut (), details, work)
}

/// Frees what a caller held. Nothing to report: freeing never fails.
pub(crate) fn free<T: Output>(out: *mut T) {
    let freed = catch_unwind(AssertUnwindSafe(|| memory::free(out)));
    drop(freed);
}

fn report(details: *mut RelightDetails, failure: &Failure) -> RelightResult {
    let described = RelightDetails::of(failure);
    let result = described.result;
    write_details(details, described);
    result
}

fn write_details(details: *mut RelightDetails, value: RelightDetails) {
    match memory::check(details) {
        Ok(()) => memory::write(details, value),
        Err(_) => value.release(),
    }
}

#[cfg(test)]
#[allow(clippy::panic)]
mod tests {
    use super::*;

    #[test]
    fn panics_become_results() {
        let (mut out, mut details) = (7u16, RelightDetails::EMPTY);
        let result = produce(&mut out, &mut details, || panic!("a bug"));
        assert_eq!((result, details.result, out), (RelightResult::Panicked, RelightResult::Panicked, 0));
        let result = produce(&mut out, &mut details, || std::panic::resume_unwind(Box::new(RandomnessFailed)));
        assert_eq!(result, RelightResult::RandomnessFailed);
        assert_eq!(produce(&mut out, &mut details, || Ok(7)), RelightResult::Ok);
        assert_eq!((details.result, out), (RelightResult::Ok, 7));
    }
}
