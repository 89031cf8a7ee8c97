//! One decoder for each input, which its first byte chooses.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| relight_fuzz::decoders::decode(bytes));
