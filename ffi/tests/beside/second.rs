//! Another static library of Rust, which unwinds: it brings the standard library a second time.

use std::panic::{catch_unwind, resume_unwind};

#[unsafe(no_mangle)]
pub extern "C" fn second_unwinds() -> bool {
    catch_unwind(|| resume_unwind(Box::new(()))).is_err()
}
