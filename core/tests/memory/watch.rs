//! An allocator that looks for secrets in memory that is freed.
#![allow(dead_code, unreachable_pub)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::sync::Mutex;
use std::sync::atomic::{AtomicPtr, Ordering::SeqCst};

/// Looks for secrets in every block that is freed, and counts what is allocated.
struct Watching;

static NEEDLES: AtomicPtr<Vec<Vec<u8>>> = AtomicPtr::new(std::ptr::null_mut());

// Each thread counts for itself: the tests beside this one allocate too.
thread_local! {
    static FOUND: Cell<usize> = const { Cell::new(0) };
    static ALLOCATED: Cell<usize> = const { Cell::new(0) };
}

#[global_allocator]
static ALLOCATOR: Watching = Watching;

// SAFETY: all memory is the system allocator's.
unsafe impl GlobalAlloc for Watching {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATED.set(ALLOCATED.get() + layout.size());
        // What a test itself left in memory is not to be found in a block that was never written in full.
        // SAFETY: the caller's promise.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        let needles = NEEDLES.load(SeqCst);
        if !needles.is_null() {
            // SAFETY: needles are never freed while they are looked for, and the block is still allocated.
            let (needles, bytes) = unsafe { (&*needles, std::slice::from_raw_parts(block, layout.size())) };
            let found = needles.iter().filter(|needle| contains(bytes, needle)).count();
            FOUND.set(FOUND.get() + found);
        }
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(block, layout) }
    }
}

pub fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    let starts = bytes.iter().enumerate().filter(|(_, byte)| **byte == needle[0]);
    starts.into_iter().any(|(start, _)| bytes[start..].starts_with(needle))
}

/// One test at a time watches.
static TURN: Mutex<()> = Mutex::new(());

/// How many freed blocks hold one of the secrets, either way round, as the work leaves them.
pub fn leaks<T>(secrets: &[Vec<u8>], work: impl FnOnce() -> T) -> usize {
    let _turn = TURN.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let reversed = secrets.iter().map(|secret| secret.iter().rev().copied().collect());
    let needles = Box::into_raw(Box::new(secrets.iter().cloned().chain(reversed).collect()));
    FOUND.set(0);
    NEEDLES.store(needles, SeqCst);
    drop(std::hint::black_box(work()));
    NEEDLES.store(std::ptr::null_mut(), SeqCst);
    FOUND.get()
}

pub fn allocated<T>(work: impl FnOnce() -> T) -> (T, usize) {
    let _turn = TURN.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let before = ALLOCATED.get();
    let result = work();
    (result, ALLOCATED.get() - before)
}

/// The bytes of a value as it lies in memory: what an encoding would not show.
pub fn raw<T: Copy>(value: &T) -> Vec<u8> {
    // SAFETY: used with numbers of curve libraries, which have no padding.
    unsafe { std::slice::from_raw_parts((&raw const *value).cast::<u8>(), size_of::<T>()) }.to_vec()
}
