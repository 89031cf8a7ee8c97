//! Randomness from the operating system, and in the vectors build from the test.

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

    use crate::entry::check;
    use crate::memory::RelightBytes;
    use crate::result::{RelightDetails, RelightResult};
    use core::cell::RefCell;

    thread_local! {
        static PLAYED_BACK: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    }

    /// Only in the vectors build, which is not for use: what this thread draws next are these bytes instead of the
    /// operating system's, until they are used up. A draw longer than what is left fails with
    /// `RELIGHT_RESULT_RANDOMNESS_FAILED`; no bytes at all means the operating system again. Fails with
    /// `RELIGHT_RESULT_NULL_POINTER` or `RELIGHT_RESULT_INVALID_LENGTH`.
    #[unsafe(no_mangle)]
    pub unsafe extern "C" fn relight_vectors_randomness(
        bytes: RelightBytes,
        details: *mut RelightDetails,
    ) -> RelightResult {
        check(details, || {
            let bytes = bytes.get()?.to_vec();
            PLAYED_BACK.set(bytes);
            Ok(())
        })
    }

    /// Whether there were enough bytes, or nothing if none are to be played back.
    pub(super) fn play_back(bytes: &mut [u8]) -> Option<bool> {
        PLAYED_BACK.with_borrow_mut(|left| {
            if left.is_empty() {
                return None;
            }
            let enough = left.len() >= bytes.len();
            if enough {
                let played = left.drain(..bytes.len());
                bytes.iter_mut().zip(played).for_each(|(byte, played)| *byte = played);
            }
            Some(enough)
        })
    }
}
