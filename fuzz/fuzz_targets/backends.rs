//! Both pairing backends give the same bytes and the same verdicts.
#![no_main]

#[path = "../../core/tests/common/answers.rs"]
mod answers;

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
enum Question<'a> {
    Decode(&'a [u8]),
    Compute(&'a [u8], &'a [u8], &'a [u8]),
}

fuzz_target!(|question: Question| match question {
    Question::Decode(bytes) => decode(bytes),
    Question::Compute(message, a, b) => answers::compare_arithmetic(message, a, b),
});

/// As they are, and as what gets past the flags of a compressed point and the length.
fn decode(bytes: &[u8]) {
    answers::compare_decoders(bytes);
    for length in [32, 48, 96] {
        let mut padded: Vec<u8> = bytes.iter().copied().chain([0; 96]).take(length).collect();
        answers::compare_decoders(&padded);
        padded[0] = (padded[0] & 0x3f) | 0x80;
        answers::compare_decoders(&padded);
    }
}
