//! The C interface of Relight.

/// The version of the binary interface: it changes whenever a compiled caller would break.
#[unsafe(no_mangle)]
pub extern "C" fn relight_abi_version() -> u32 {
    1
}
