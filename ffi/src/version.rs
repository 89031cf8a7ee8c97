//! Which library this is.

use core::ffi::{CStr, c_char};

/// The version of the binary interface that this header describes.
pub const RELIGHT_ABI_VERSION: u32 = 1;
/// The major version of the library.
pub const RELIGHT_VERSION_MAJOR: u32 = 0;
/// The minor version of the library.
pub const RELIGHT_VERSION_MINOR: u32 = 1;
/// The patch version of the library.
pub const RELIGHT_VERSION_PATCH: u32 = 0;

const VERSION: &CStr = match CStr::from_bytes_with_nul(concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes()) {
    Ok(version) => version,
    Err(_) => c"",
};

/// The version of the binary interface of the library that is loaded. It changes whenever a compiled caller would
/// break: compare it with `RELIGHT_ABI_VERSION`. Never fails.
#[unsafe(no_mangle)]
pub extern "C" fn relight_abi_version() -> u32 {
    RELIGHT_ABI_VERSION
}

/// The version of the library that is loaded, for people: a static string. Never fails.
#[unsafe(no_mangle)]
pub extern "C" fn relight_version() -> *const c_char {
    VERSION.as_ptr()
}

#[cfg(test)]
mod tests {
    #[test]
    fn macros_say_the_version_of_the_crate() {
        let macros = [super::RELIGHT_VERSION_MAJOR, super::RELIGHT_VERSION_MINOR, super::RELIGHT_VERSION_PATCH];
        assert_eq!(macros.map(|number| number.to_string()).join("."), env!("CARGO_PKG_VERSION"));
        assert_eq!(super::VERSION.to_bytes(), env!("CARGO_PKG_VERSION").as_bytes());
    }
}
