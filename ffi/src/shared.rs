//! Objects behind handles that change: calls wait for each other.

use crate::details::Failure;
use crate::result::RelightResult;
use std::sync::{Mutex, MutexGuard};

/// An object that threads may share.
pub(crate) struct Shared<T>(Mutex<T>);

impl<T> Shared<T> {
    pub(crate) fn new(object: T) -> Self {
        Self(Mutex::new(object))
    }

    /// Waits for other calls. Fails if one of them panicked.
    pub(crate) fn lock(&self) -> Result<MutexGuard<'_, T>, Failure> {
        self.0.lock().map_err(|_| Failure::Interface(RelightResult::HandlePoisoned))
    }
}
