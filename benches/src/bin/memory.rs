//! How much heap backups take at their peak, beyond what is there before: output included.

use relight::Result;
use relight_benches::{Fixture, parameter_sets};
use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

#[global_allocator]
static COUNTED: Counted = Counted;
static HELD: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

/// The limit for 100 keys.
const LIMIT: usize = 4 << 20;

fn main() -> Result<()> {
    println!("{:>4} {:>6} {:>12} {:>12} {:>12}", "set", "keys", "size", "encrypt", "verify");
    for set in parameter_sets() {
        for keys in [1, 11, 100] {
            let fixture = Fixture::mixed(set, keys)?;
            let backup = fixture.backup()?;
            let encrypt = peak(|| fixture.backup());
            let bytes = backup.encode().len();
            let verify = peak(|| backup.verify(&fixture.statement));
            println!("{:>4} {keys:>6} {bytes:>12} {encrypt:>12} {verify:>12}", set.number());
            assert!(encrypt.max(verify) <= LIMIT, "more than {LIMIT} bytes of heap");
        }
    }
    Ok(())
}

/// The most that an operation holds at once, in bytes.
fn peak<T>(operation: impl FnOnce() -> T) -> usize {
    let before = HELD.load(Relaxed);
    PEAK.store(before, Relaxed);
    black_box(operation());
    PEAK.load(Relaxed) - before
}

/// The system's allocator, which tells what it holds.
struct Counted;

// SAFETY: every call goes to the system's allocator as it came.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let held = HELD.fetch_add(layout.size(), Relaxed) + layout.size();
        PEAK.fetch_max(held, Relaxed);
        // SAFETY: as above.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Relaxed);
        // SAFETY: as above.
        unsafe { System.dealloc(pointer, layout) }
    }
}
