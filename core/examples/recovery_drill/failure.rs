//! How the drill fails: with a message that says where, and a status that says whose mistake it was.

use std::fmt::{self, Display, Formatter};
use std::io;
use std::path::{Path, PathBuf};

pub(crate) type Result<T> = std::result::Result<T, Failure>;

#[derive(Debug)]
pub(crate) enum Failure {
    /// The command line makes no sense.
    Usage(String),
    /// A file cannot be read or written.
    File { path: PathBuf, error: io::Error },
    /// The library refuses.
    Refused { doing: String, error: relight::Error },
    /// The story claims something that is not so.
    Claim(String),
}

impl Failure {
    pub(crate) fn file(path: &Path, error: io::Error) -> Self {
        Self::File { path: path.to_owned(), error }
    }
}

impl Display for Failure {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(message) | Self::Claim(message) => f.write_str(message),
            Self::File { path, error } => write!(f, "{}: {error}", path.display()),
            Self::Refused { doing, error } if doing.is_empty() => error.fmt(f),
            Self::Refused { doing, error } => write!(f, "{doing}: {error}"),
        }
    }
}

impl From<relight::Error> for Failure {
    fn from(error: relight::Error) -> Self {
        Self::Refused { doing: String::new(), error }
    }
}

/// Says what was going on when the library refused.
pub(crate) trait While<T> {
    fn doing(self, doing: impl Display) -> Result<T>;
}

impl<T> While<T> for relight::Result<T> {
    fn doing(self, doing: impl Display) -> Result<T> {
        self.map_err(|error| Failure::Refused { doing: doing.to_string(), error })
    }
}

/// Fails unless the claim holds.
pub(crate) fn claim(holds: bool, claim: impl Display) -> Result<()> {
    if holds { Ok(()) } else { Err(Failure::Claim(format!("this should be true, and is not: {claim}"))) }
}

/// Sabotage must be refused for exactly the expected reason, which this returns in words.
pub(crate) fn refused<T>(result: Result<T>, expected: &relight::Error) -> Result<String> {
    match result {
        Err(Failure::Refused { error, .. }) if error == *expected => Ok(error.to_string()),
        Err(Failure::Refused { error, .. }) => {
            Err(Failure::Claim(format!("refused with '{error}', where '{expected}' was expected")))
        }
        Err(other) => Err(other),
        Ok(_) => Err(Failure::Claim(format!("sabotage was not noticed; '{expected}' was expected"))),
    }
}
