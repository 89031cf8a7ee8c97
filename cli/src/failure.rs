//! Why a command does not do what it was asked for, and what to do next.

use std::fmt::Display;
use std::path::Path;

/// Shorthand for results of this crate.
pub type Result<T> = std::result::Result<T, Failure>;

/// Why a command stops.
#[derive(Debug, thiserror::Error)]
#[error("{doing}: {why}")]
pub struct Failure {
    doing: String,
    why: Why,
    next: Option<String>,
}

/// What was in the way.
#[derive(Debug, thiserror::Error)]
enum Why {
    #[error("{0}")]
    Protocol(#[from] relight::Error),
    #[error("{0}")]
    File(#[from] std::io::Error),
    #[error("{0}")]
    Refused(String),
}

impl Failure {
    /// Something was refused, for a reason in words.
    pub fn refused(doing: impl Display, why: impl Display) -> Self {
        Self { doing: doing.to_string(), why: Why::Refused(why.to_string()), next: None }
    }

    /// A file could not be read or written.
    pub fn file(path: &Path, error: std::io::Error) -> Self {
        Self { doing: path.display().to_string(), why: Why::File(error), next: None }
    }

    /// The protocol refused, at this.
    pub fn protocol(doing: impl Display, error: relight::Error) -> Self {
        Self { doing: doing.to_string(), why: Why::Protocol(error), next: None }
    }

    /// Says what to do next.
    #[must_use]
    pub fn next(mut self, advice: impl Display) -> Self {
        self.next = Some(advice.to_string());
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
            Why::File(_) | Why::Refused(_) => None,
        }
    }
}

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
