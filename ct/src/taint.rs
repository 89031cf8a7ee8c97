//! Marks secrets as undefined for valgrind's memcheck, which then reports every branch and address that depends on
//! them. Outside valgrind marks do nothing.

use rand::rngs::StdRng;
use rand::{SeedableRng, TryCryptoRng, TryRng};
use std::convert::Infallible;
use std::ffi::{c_int, c_void};

unsafe extern "C" {
    fn relight_ct_mark_secret(bytes: *const c_void, length: usize);
    fn relight_ct_mark_public(bytes: *const c_void, length: usize);
    fn relight_ct_under_valgrind() -> c_int;
    fn relight_ct_apart(operation: extern "C" fn(*const c_void), argument: *const c_void) -> c_int;
}

/// Marks bytes as secret.
pub fn secret(bytes: &mut [u8]) {
    // SAFETY: valgrind notes the range and touches nothing.
    unsafe { relight_ct_mark_secret(bytes.as_ptr().cast(), bytes.len()) }
}

/// Marks bytes as public: also what the core calls with all that it declassifies.
pub fn public(bytes: &mut [u8]) {
    // SAFETY: valgrind notes the range and touches nothing.
    unsafe { relight_ct_mark_public(bytes.as_ptr().cast(), bytes.len()) }
}

/// Is anybody watching?
pub fn is_watched() -> bool {
    // SAFETY: takes nothing.
    unsafe { relight_ct_under_valgrind() != 0 }
}

/// A copy of `bytes` whose bytes from `start` on are secret.
pub fn secret_from(bytes: &[u8], start: usize) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    secret(&mut bytes[start..]);
    bytes
}

/// Marks the bytes of a value that are `needle`, or its reverse: for secrets inside types of other crates.
pub fn secret_inside<T>(value: &mut T, needle: &[u8]) {
    // SAFETY: the bytes of a value that is exclusively borrowed, which are marked and left as they are. Padding, which
    // may be undefined, is compared and changes nothing.
    let bytes = unsafe { std::slice::from_raw_parts_mut((&raw mut *value).cast::<u8>(), size_of::<T>()) };
    let reversed: Vec<u8> = needle.iter().rev().copied().collect();
    let places = 0..=bytes.len() - needle.len();
    let mut found = places.filter(|at| [needle, &reversed].contains(&&bytes[*at..at + needle.len()]));
    let at = found.next().expect("the value holds the secret");
    secret(&mut bytes[at..at + needle.len()]);
}

/// Marks a value that is nothing but a secret, of a type of another crate.
pub fn secret_value<T>(value: &T) {
    // SAFETY: valgrind notes the range and touches nothing.
    unsafe { relight_ct_mark_secret((&raw const *value).cast(), size_of::<T>()) }
}

/// Runs `operation` in a process of its own: what it leaves, if it ends by itself.
pub fn apart<F: Fn()>(operation: F) -> Option<i32> {
    extern "C" fn call<F: Fn()>(operation: *const c_void) {
        // SAFETY: it is the pointer below, to a value that lives on in the copy of this process.
        unsafe { (*operation.cast::<F>())() }
    }
    // SAFETY: this process has one thread, so its copy lacks none.
    let status = unsafe { relight_ct_apart(call::<F>, (&raw const operation).cast()) };
    (status >= 0).then_some(status)
}

/// A generator whose output is secret.
pub struct SecretRng(StdRng);

impl SecretRng {
    /// Always the same output: only its marks matter.
    pub fn new(seed: u64) -> Self {
        Self(StdRng::seed_from_u64(seed))
    }
}

impl TryRng for SecretRng {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes).map(|()| u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes).map(|()| u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.0.try_fill_bytes(bytes)?;
        secret(bytes);
        Ok(())
    }
}

impl TryCryptoRng for SecretRng {}
