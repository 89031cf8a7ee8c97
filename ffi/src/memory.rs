//! Memory that crosses the interface: the only module with unsafe code.
//!
//! # Safety
//!
//! A pointer that arrives here was given to an exported function, whose caller promises what the header states:
//!
//! - an input pointer is NULL, or points to as many valid elements as its length says, which nobody writes to before
//!   the function returns;
//! - an output pointer is NULL, or may be written to; it is written last, after all inputs are out of use, and never
//!   read, so that it may overlap an input or hold anything before;
//! - what is freed is empty, or came from this library and was not freed before.
//!
//! NULL, misaligned pointers and impossible lengths are refused rather than trusted. References made here do not
//! outlive the call: nothing in this crate stores them. Functions are safe to call only from exported functions,
//! which Rust callers see as `unsafe`; they are private to the crate for that reason.

use crate::details::{Argument, Failure};
use crate::result::RelightResult;
use core::ffi::{c_char, c_void};
use core::ops::Deref;
use core::ptr;
use relight::Error;
use std::ffi::CString;
use std::sync::Arc;
use zeroize::Zeroize;

/// Bytes that the caller owns, for the time of a call. `{NULL, 0}` is empty.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct RelightBytes {
    /// The first byte. May be NULL if there are none.
    data: *const u8,
    /// The number of bytes, below 2^32.
    len: usize,
}

/// Bytes that the library allocated. Free them with `relight_buffer_free`, which wipes them first.
#[repr(C)]
pub struct RelightBuffer {
    /// The first byte, or NULL if there are none.
    data: *mut u8,
    /// The number of bytes.
    len: usize,
}

/// Several buffers that the library allocated. Free them with `relight_list_free`, which wipes them first.
#[repr(C)]
pub struct RelightList {
    /// The first buffer, or NULL if there are none.
    items: *mut RelightBuffer,
    /// The number of buffers.
    len: usize,
}

/// The indices of parties, ascending, in memory that the library allocated. Free them with `relight_indices_free`.
#[repr(C)]
pub struct RelightIndices {
    /// The first index, or NULL if there are none.
    items: *mut u16,
    /// The number of indices.
    len: usize,
}

/// Hears how far a long call is: how many steps are done, and of how many. It returns whether to go on; if not, the call
/// fails with `RELIGHT_RESULT_CANCELLED` as soon as the steps that are being done end. It is called in the thread of the
/// caller, who passes `watcher` to it. It may call the library, and must return: not by `longjmp`, not by an exception.
pub type RelightWatch = Option<unsafe extern "C" fn(watcher: *mut c_void, done: usize, total: usize) -> bool>;

/// Asks the caller whether to go on. Nobody who does not watch breaks off.
pub(crate) fn goes_on(watch: RelightWatch, watcher: *mut c_void, done: usize, total: usize) -> bool {
    // SAFETY: the caller vouches for the function and for what it does with its watcher.
    watch.is_none_or(|watch| unsafe { watch(watcher, done, total) })
}

/// What a function writes when it fails, and how what it wrote when it succeeded is freed.
pub(crate) trait Output: Sized {
    /// The value after a failure.
    const EMPTY: Self;
    /// Frees what the value owns.
    fn release(self) {}
}

impl RelightBytes {
    /// The bytes of the argument of this name.
    pub(crate) fn get(&self, name: &str) -> Result<&[u8], Failure> {
        slice(self.data, self.len).argument(name)
    }

    /// What the argument of this name encodes.
    pub(crate) fn read<T>(&self, name: &str, decode: impl FnOnce(&[u8]) -> Result<T, Error>) -> Result<T, Failure> {
        decode(self.get(name)?).argument(name)
    }
}

/// The elements of an input: the one place where a pointer and a length become a slice.
fn slice<'a, T>(data: *const T, len: usize) -> Result<&'a [T], Failure> {
    if len == 0 {
        return Ok(&[]);
    }
    check(data)?;
    let limit = u32::MAX as usize;
    match len.checked_mul(size_of::<T>()) {
        // SAFETY: not NULL, aligned, no longer than an allocation can be, and the caller vouches for the elements.
        Some(size) if len <= limit && size <= isize::MAX as usize => {
            Ok(unsafe { core::slice::from_raw_parts(data, len) })
        }
        _ => Err(Failure::Interface(RelightResult::InvalidLength)),
    }
}

/// What is read of each element of the argument of this name.
pub(crate) fn array<'a, T: 'a, U>(
    name: &str,
    items: *const T,
    len: usize,
    read: impl Fn(&'a T) -> Result<U, Failure>,
) -> Result<Vec<U>, Failure> {
    let items = slice(items, len).argument(name)?.iter().enumerate();
    items.map(|(place, item)| read(item).argument(format_args!("{name}[{place}]"))).collect()
}

/// Several byte strings.
pub(crate) fn byte_strings<'a>(name: &str, items: *const RelightBytes, len: usize) -> Result<Vec<&'a [u8]>, Failure> {
    array(name, items, len, |item| slice(item.data, item.len))
}

/// Several objects, decoded.
pub(crate) fn objects<T>(
    name: &str,
    items: *const RelightBytes,
    len: usize,
    decode: impl Fn(&[u8]) -> Result<T, Error>,
) -> Result<Vec<T>, Failure> {
    array(name, items, len, |item| Ok(decode(slice(item.data, item.len)?)?))
}

/// What an input structure or a handle, the argument of this name, points to.
pub(crate) fn borrow<'a, T>(name: &str, pointer: *const T) -> Result<&'a T, Failure> {
    check(pointer).argument(name)?;
    // SAFETY: not NULL, aligned, and the caller vouches for it.
    Ok(unsafe { &*pointer })
}

/// Fails with the result for pointers that are NULL or misaligned.
pub(crate) fn check<T>(pointer: *const T) -> Result<(), Failure> {
    if pointer.is_null() || !pointer.is_aligned() {
        return Err(Failure::Interface(RelightResult::NullPointer));
    }
    Ok(())
}

/// Writes an output, which [`check`] accepted.
pub(crate) fn write<T>(out: *mut T, value: T) {
    // SAFETY: not NULL, aligned, and the caller vouches that it may be written.
    unsafe { out.write(value) }
}

/// Frees what an output owns and makes it empty. Freeing twice, or NULL, is harmless.
pub(crate) fn free<T: Output>(out: *mut T) {
    if check(out).is_ok() {
        // SAFETY: not NULL, aligned; by the contract a value that the library wrote, or an empty one.
        unsafe { out.replace(T::EMPTY) }.release();
    }
}

/// Moves a value to where the caller can keep it behind a pointer.
pub(crate) fn handle<T>(value: T) -> *mut T {
    Box::into_raw(Box::new(value))
}

/// Moves a vector to memory that the caller holds.
pub(crate) fn leak<T>(items: Vec<T>) -> (*mut T, usize) {
    if items.is_empty() {
        return (ptr::null_mut(), 0);
    }
    let len = items.len();
    (Box::into_raw(items.into_boxed_slice()).cast(), len)
}

/// Takes back what [`leak`] gave.
pub(crate) fn reclaim<T>(items: *mut T, len: usize) -> Vec<T> {
    if check(items).is_err() || len == 0 {
        return Vec::new();
    }
    // SAFETY: by the contract this came from `leak`, with this length, and was not reclaimed before.
    unsafe { Box::from_raw(ptr::slice_from_raw_parts_mut(items, len)) }.into_vec()
}

/// Moves a text to memory that the caller holds, with the zero that ends it in C. What follows a zero in it is left out.
pub(crate) fn leak_text(text: &str) -> *mut c_char {
    let text = text.split('\0').next().unwrap_or_default();
    CString::new(text).unwrap_or_default().into_raw()
}

/// Frees what [`leak_text`] gave, if it is not NULL.
pub(crate) fn free_text(text: *mut c_char) {
    if check(text).is_ok() {
        // SAFETY: by the contract this came from `leak_text`, and was not freed before.
        drop(unsafe { CString::from_raw(text) });
    }
}

/// A value that borrows from its owner, which it keeps.
pub(crate) struct Beside<O, T> {
    /// Dropped before its owner is.
    value: T,
    owner: Arc<O>,
}

impl<O: 'static, T> Beside<O, T> {
    pub(crate) fn new(owner: O, make: impl FnOnce(&'static O) -> T) -> Self {
        let owner = Arc::new(owner);
        // SAFETY: what an `Arc` owns neither moves nor changes as long as one of it is left, and one stays beside the
        // value, which is all that the reference is given to. Nothing takes the value out, and what is made of it by
        // `map` has an `Arc` of its own.
        let value = make(unsafe { &*Arc::as_ptr(&owner) });
        Self { value, owner }
    }

    pub(crate) fn owner(&self) -> &O {
        &self.owner
    }

    pub(crate) fn value(&mut self) -> &mut T {
        &mut self.value
    }

    /// What is made of the value, beside the same owner.
    pub(crate) fn map<U>(&self, make: impl FnOnce(&T) -> Result<U, Error>) -> Result<Beside<O, U>, Error> {
        Ok(Beside { value: make(&self.value)?, owner: self.owner.clone() })
    }
}

impl<T> Output for *mut T {
    const EMPTY: Self = ptr::null_mut();

    fn release(self) {
        if check(self).is_ok() {
            // SAFETY: by the contract this came from `handle`, and was not released before.
            drop(unsafe { Box::from_raw(self) });
        }
    }
}

impl Output for () {
    const EMPTY: Self = ();
}

impl Output for bool {
    const EMPTY: Self = false;
}

/// Numbers are empty when they are zero, and own nothing.
macro_rules! number_outputs {
    ($($number:ty),+) => {
        $(impl Output for $number {
            const EMPTY: Self = 0;
        })+
    };
}
number_outputs!(u8, u16, u32, u64, usize);

/// A structure is empty when its fields are, and owns what they own.
macro_rules! structure_output {
    ($name:ident { $($field:ident),+ }) => {
        impl $crate::memory::Output for $name {
            const EMPTY: Self = Self { $($field: $crate::memory::Output::EMPTY),+ };

            fn release(self) {
                $($crate::memory::Output::release(self.$field);)+
            }
        }
    };
}
pub(crate) use structure_output;

impl From<&[u8]> for RelightBuffer {
    fn from(bytes: &[u8]) -> Self {
        let (data, len) = leak(bytes.to_vec());
        Self { data, len }
    }
}

impl Output for RelightBuffer {
    const EMPTY: Self = Self { data: ptr::null_mut(), len: 0 };

    fn release(self) {
        reclaim(self.data, self.len).zeroize();
    }
}

#[cfg(test)]
impl RelightList {
    pub(crate) fn get(&self) -> Vec<&[u8]> {
        let items = slice(self.items, self.len).unwrap_or_default().iter();
        items.map(|item| slice(item.data, item.len).unwrap_or_default()).collect()
    }
}

impl<B: Deref<Target: AsRef<[u8]>>> FromIterator<B> for RelightList {
    fn from_iter<I: IntoIterator<Item = B>>(items: I) -> Self {
        let (items, len) = leak(items.into_iter().map(|item| RelightBuffer::from((*item).as_ref())).collect());
        Self { items, len }
    }
}

impl Output for RelightList {
    const EMPTY: Self = Self { items: ptr::null_mut(), len: 0 };

    fn release(self) {
        reclaim(self.items, self.len).into_iter().for_each(Output::release);
    }
}

#[cfg(test)]
impl RelightIndices {
    pub(crate) fn get(&self) -> &[u16] {
        slice(self.items, self.len).unwrap_or_default()
    }
}

impl FromIterator<u16> for RelightIndices {
    fn from_iter<I: IntoIterator<Item = u16>>(indices: I) -> Self {
        let (items, len) = leak(indices.into_iter().collect());
        Self { items, len }
    }
}

impl Output for RelightIndices {
    const EMPTY: Self = Self { items: ptr::null_mut(), len: 0 };

    fn release(self) {
        drop(reclaim(self.items, self.len));
    }
}
