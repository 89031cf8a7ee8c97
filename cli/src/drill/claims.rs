//! What the story claims, and that sabotage is refused.

use crate::board::Ignored;
use crate::failure::{Failure, Result};
use relight::Error;
use std::fmt::Display;

/// Fails unless the claim holds.
pub(crate) fn claim(holds: bool, claim: impl Display) -> Result<()> {
    if holds { Ok(()) } else { Err(Failure::because(format!("this should be true, and is not: {claim}"))) }
}

/// Sabotage must be refused for exactly the expected reason, which this returns in words.
pub(crate) fn refused<T>(result: Result<T>, expected: &Error) -> Result<String> {
    let failure = match result {
        Err(failure) => failure,
        Ok(_) => return Err(Failure::because(format!("sabotage was not noticed; '{expected}' was expected"))),
    };
    match failure.cause() {
        Some(error) if error == expected => Ok(error.to_string()),
        Some(error) => Err(Failure::because(format!("refused with '{error}', where '{expected}' was expected"))),
        None => Err(failure),
    }
}

/// Among what is ignored, something must be for exactly the expected reason, which this returns in words.
pub(crate) fn ignored(ignored: &Ignored, expected: &Error) -> Result<String> {
    let found = ignored.iter().find(|(_, failure)| failure.cause() == Some(expected));
    let unnoticed = || Failure::because(format!("'{expected}' was expected")).beside(ignored);
    found.map(|_| expected.to_string()).ok_or_else(unnoticed)
}
