//! Why a command does not do what it was asked for, and what to do next.

use std::fmt::{Display, Formatter};
use std::path::Path;

/// Shorthand for results of this crate.
pub type Result<T> = std::result::Result<T, Failure>;

/// Why a command stops.
#[derive(Debug)]
pub struct Failure {
    doing: Option<Box<str>>,
    why: Why,
    beside: Box<[String]>,
    next: Option<Box<str>>,
}

/// What was in the way.
#[derive(Debug, thiserror::Error)]
enum Why {
    #[error("{0}")]
    Protocol(relight::Error),
    #[error("{0}")]
    File(std::io::Error),
    #[error("{0}")]
    Refused(String),
    #[error("{0}")]
    Misused(String),
}

impl Failure {
    /// The command line makes no sense.
    pub fn usage(why: impl Display) -> Self {
        Self::from(Why::Misused(why.to_string())).next("see --help")
    }

    /// Something is not as it has to be.
    pub fn because(why: impl Display) -> Self {
        Self::from(Why::Refused(why.to_string()))
    }

    /// Something was refused, for a reason in words.
    pub fn refused(doing: impl Display, why: impl Display) -> Self {
        Self::because(why).doing(doing)
    }

    /// A file could not be read or written.
    pub fn file(path: &Path, error: std::io::Error) -> Self {
        Self::from(Why::File(error)).doing(path.display())
    }

    /// The protocol refused, at this.
    pub fn protocol(doing: impl Display, error: relight::Error) -> Self {
        Self::from(error).doing(doing)
    }

    /// Says what was being done.
    fn doing(mut self, doing: impl Display) -> Self {
        self.doing = Some(doing.to_string().into());
        self
    }

    /// Is it the command line that makes no sense?
    pub fn is_usage(&self) -> bool {
        matches!(self.why, Why::Misused(_))
    }

    /// Says what to do next.
    #[must_use]
    pub fn next(mut self, advice: impl Display) -> Self {
        self.next = Some(advice.to_string().into());
        self
    }

    /// Names what was found and is of no use: what is missing may be among it.
    #[must_use]
    pub fn beside(mut self, ignored: &[(String, Self)]) -> Self {
        let reasons = ignored.iter().map(|(_, reason)| reason.to_string());
        self.beside = self.beside.into_iter().chain(reasons).collect();
        self
    }

    /// What to do next.
    pub fn advice(&self) -> Option<&str> {
        self.next.as_deref()
    }

    /// What the protocol refused.
    pub fn cause(&self) -> Option<&relight::Error> {
        match &self.why {
            Why::Protocol(error) => Some(error),
            Why::File(_) | Why::Refused(_) | Why::Misused(_) => None,
        }
    }
}

impl From<Why> for Failure {
    fn from(why: Why) -> Self {
        Self { doing: None, why, beside: Box::default(), next: None }
    }
}

impl From<relight::Error> for Failure {
    fn from(error: relight::Error) -> Self {
        Self::from(Why::Protocol(error))
    }
}

impl Display for Failure {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        match &self.doing {
            Some(doing) => write!(f, "{doing}: {}", self.why)?,
            None => self.why.fmt(f)?,
        }
        self.beside.iter().try_for_each(|reason| write!(f, "; {reason}"))
    }
}

impl std::error::Error for Failure {}

/// Says at what the protocol refused: a file, a party.
pub trait While<T> {
    /// `at` is a file or a party.
    fn at(self, at: impl Display) -> Result<T>;
}

impl<T> While<T> for relight::Result<T> {
    fn at(self, at: impl Display) -> Result<T> {
        self.map_err(|error| Failure::protocol(at, error))
    }
}
