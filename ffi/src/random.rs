//! Randomness from the operating system, and in the vectors build from the test.

use crate::details::Failure;
use crate::result::RelightResult;
use core::convert::Infallible;
use rand_core::{TryCryptoRng, TryRng};

/// What a panic carries when the operating system has no randomness.
pub(crate) struct RandomnessFailed;

/// The operating system's generator. It has no failure to return, so it unwinds to the entry, which tells.
pub(crate) struct OsRandom;

impl TryRng for OsRandom {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        if !fill(bytes) {
            std::panic::resume_unwind(Box::new(RandomnessFailed));
        }
        Ok(())
    }
}

impl TryCryptoRng for OsRandom {}

/// For those who draw from the operating system themselves and have no failure for it.
pub(crate) fn check_system() -> Result<(), Failure> {
    getrandom::fill(&mut [0; 16]).map_err(|_| Failure::Interface(RelightResult::RandomnessFailed))
}

#[cfg(not(feature = "vectors"))]
fn fill(bytes: &mut [u8]) -> bool {
    getrandom::fill(bytes).is_ok()
}

#[cfg(feature = "vectors")]
fn fill(bytes: &mut [u8]) -> bool {
    vectors::play_back(bytes).unwrap_or_else(|| getrandom::fill(bytes).is_ok())
}

#[cfg(feature = "vectors")]
pub mod vectors {
    //! Playing back randomness.

    use crate::details::{Failure, RelightDetails};
    use crate::entry::check;
    use crate::memory::{RelightBytes, byte_strings};
    use crate::result::RelightResult;
    use core::cell::RefCell;
    use std::collections::VecDeque;

    thread_local! {
        /// What is left to draw. None stands for the operating system's randomness.
        static DRAWS: RefCell<Option<VecDeque<Vec<u8>>>> = const { RefCell::new(None) };
    }

    /// Only in the vectors build, which is not for use: this thread draws these byte strings next, in their order,
    /// instead of the operating system's randomness. A draw of another length than the next string, or one too many,
    /// fails with `RELIGHT_RESULT_RANDOMNESS_FAILED`. No strings stand for the operating system again. Fails with
    /// `RELIGHT_RESULT_RANDOMNESS_FAILED` if draws that were to be played back before are left: they are forgotten.
    #[must_use]
    #[unsafe(no_mangle)]
    pub unsafe extern "C" fn relight_vectors_randomness(
        draws: *const RelightBytes,
        draws_len: usize,
        details: *mut RelightDetails,
    ) -> RelightResult {
        check(details, || {
            let draws: VecDeque<Vec<u8>> =
                byte_strings("draws", draws, draws_len)?.into_iter().map(<[u8]>::to_vec).collect();
            match DRAWS.replace((!draws.is_empty()).then_some(draws)) {
                Some(left) if !left.is_empty() => Err(Failure::Interface(RelightResult::RandomnessFailed)),
                _ => Ok(()),
            }
        })
    }

    /// Whether the draw was the next one, or nothing if none are played back.
    pub(super) fn play_back(bytes: &mut [u8]) -> Option<bool> {
        DRAWS.with_borrow_mut(|draws| {
            let draw = draws.as_mut()?.pop_front().filter(|draw| draw.len() == bytes.len());
            if let Some(draw) = &draw {
                bytes.copy_from_slice(draw);
            }
            Some(draw.is_some())
        })
    }
}
