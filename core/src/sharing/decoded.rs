//! Points that were decoded once.

use crate::error::{Error, Result};
use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::any::Any;
use core::fmt::{Debug, Formatter};
use once_cell::race::OnceBox;

/// The points of a commitment on whichever curve, decoded on first use and shared by the clones of the commitment. They
/// say nothing that the encodings do not, so that all are alike.
#[derive(Clone, Default)]
pub(super) struct Decoded(Arc<OnceBox<Box<dyn Any + Send + Sync>>>);

impl Decoded {
    pub(super) fn new<P: Any + Send + Sync>(points: Vec<P>) -> Self {
        Self(Arc::new(OnceBox::with_value(Box::new(Box::new(points)))))
    }

    pub(super) fn get_or_decode<P: Any + Send + Sync>(&self, decode: impl FnOnce() -> Result<Vec<P>>) -> Result<&[P]> {
        let kept = self.0.get_or_try_init(|| -> Result<_> { Ok(Box::new(Box::new(decode()?) as _)) })?;
        kept.downcast_ref::<Vec<P>>().map(Vec::as_slice).ok_or(Error::InvalidPoint)
    }
}

impl PartialEq for Decoded {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Decoded {}

impl Debug for Decoded {
    fn fmt(&self, f: &mut Formatter<'_>) -> core::fmt::Result {
        f.write_str("Decoded")
    }
}
