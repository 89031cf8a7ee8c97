//! What a C program sees of the library: pointers, lengths, outputs that it must free.

use relight_ffi::details::{RelightDetails, relight_details_free};
use relight_ffi::release::relight_buffer_free;
use relight_ffi::result::RelightResult;
use relight_ffi::{RelightBytes, RelightList};
use std::mem::{MaybeUninit, transmute, transmute_copy};

pub use relight_ffi::RelightBuffer;

/// How the header lays out bytes and buffers.
#[repr(C)]
struct Slice(*const u8, usize);

/// How C frees a value.
pub type Free<T> = unsafe extern "C" fn(*mut T);

/// An output that the library wrote; it is freed twice in the end, which must be harmless.
pub struct Owned<T> {
    value: T,
    free: Free<T>,
}

impl<T> Owned<T> {
    /// The value.
    pub fn get(&self) -> &T {
        &self.value
    }
}

impl<T> Drop for Owned<T> {
    fn drop(&mut self) {
        // SAFETY: the library wrote the value, and empties it when it frees it.
        unsafe {
            (self.free)(&mut self.value);
            (self.free)(&mut self.value);
        }
    }
}

/// Frees what owns nothing.
pub unsafe extern "C" fn nothing<T>(_: *mut T) {}

/// Calls a function with an output full of rubbish, which it must overwrite even if it fails: what it leaves is freed.
pub fn call<T>(free: Free<T>, function: impl FnOnce(*mut T, *mut RelightDetails) -> RelightResult) -> Option<Owned<T>> {
    let mut out = rubbish();
    let mut details = rubbish();
    let result = function(out.as_mut_ptr(), details.as_mut_ptr());
    // SAFETY: every function overwrites both, whether it succeeds or fails.
    let (out, details) = unsafe { (out.assume_init(), details.assume_init()) };
    let (out, details) = (Owned { value: out, free }, Owned { value: details, free: relight_details_free });
    assert_ne!(result as i32, RelightResult::Panicked as i32, "the library panicked");
    assert_eq!(result as i32, details.get().result as i32, "the details are of another result");
    (result as i32 == RelightResult::Ok as i32).then_some(out)
}

/// [`call`] for functions that only say yes or no.
pub fn check(function: impl FnOnce(*mut RelightDetails) -> RelightResult) -> bool {
    call(nothing::<()>, |_, details| function(details)).is_some()
}

/// [`call`] for functions that return bytes.
pub fn bytes_of(function: impl FnOnce(*mut RelightBuffer, *mut RelightDetails) -> RelightResult) -> Option<Vec<u8>> {
    let buffer = call(relight_buffer_free, function)?;
    Some(contents(buffer.get()).to_vec())
}

/// The bytes of a buffer.
pub fn contents(buffer: &RelightBuffer) -> &[u8] {
    // SAFETY: a buffer is a pointer and a length, and the library wrote it.
    let Slice(data, len) = unsafe { transmute_copy(buffer) };
    // SAFETY: as above.
    if len == 0 { &[] } else { unsafe { std::slice::from_raw_parts(data, len) } }
}

/// The elements of a list.
pub fn elements(list: &RelightList) -> impl Iterator<Item = &[u8]> {
    // SAFETY: a list is a pointer and a length, and the library wrote it.
    let Slice(items, len) = unsafe { transmute_copy(list) };
    // SAFETY: as above.
    let items = if len == 0 { &[] } else { unsafe { std::slice::from_raw_parts(items.cast::<RelightBuffer>(), len) } };
    items.iter().map(contents)
}

/// An input.
pub fn input(bytes: &[u8]) -> RelightBytes {
    // SAFETY: bytes are a pointer and a length.
    unsafe { transmute(Slice(bytes.as_ptr(), bytes.len())) }
}

/// Several inputs.
pub fn inputs(items: &[Vec<u8>]) -> Vec<RelightBytes> {
    items.iter().map(|item| input(item)).collect()
}

fn rubbish<T>() -> MaybeUninit<T> {
    let mut value = MaybeUninit::uninit();
    // SAFETY: any bytes may stand where nothing is initialised.
    unsafe { std::ptr::write_bytes(value.as_mut_ptr(), 0xa5, 1) };
    value
}
