//! The real curves: both pairing backends give the same bytes and the same verdicts, and what a key curve accepts encodes to
//! the same bytes.
#![no_main]

#[allow(dead_code)]
#[path = "../../core/tests/common/answers.rs"]
mod answers;

use answers::{default, portable};
use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use relight::curve::CurveId;
use relight_fuzz::decoders;

/// One question at a time: pairings in Rust are slow.
#[derive(Arbitrary, Debug)]
enum Question<'a> {
    Decode { length: u8, bytes: &'a [u8] },
    Scalars(&'a [u8], &'a [u8]),
    G1(&'a [u8], &'a [u8]),
    G2(&'a [u8], &'a [u8]),
    Pairings(&'a [u8], &'a [u8], &'a [u8]),
    KeyCurve { curve: u8, bytes: &'a [u8] },
}

fuzz_target!(|question: Question| match question {
    Question::Decode { length, bytes } => decode(length, bytes),
    Question::Scalars(a, b) => assert_eq!(default::scalars(a, b), portable::scalars(a, b)),
    Question::G1(a, b) => assert_eq!(default::g1(a, b), portable::g1(a, b)),
    Question::G2(message, a) => assert_eq!(default::g2(message, a), portable::g2(message, a)),
    Question::Pairings(message, a, b) =>
        assert_eq!(default::pairings(message, a, b), portable::pairings(message, a, b)),
    Question::KeyCurve { curve, bytes } => key_curve(CurveId::ALL[usize::from(curve) % CurveId::ALL.len()], bytes),
});

fn key_curve(curve: CurveId, bytes: &[u8]) {
    decoders::point(curve, bytes);
    decoders::scalar(curve, bytes);
}

/// As they are, or as what gets past the flags of a compressed point and the length.
fn decode(length: u8, bytes: &[u8]) {
    let Some(length) = [32, 48, 96].get(usize::from(length % 4)) else {
        answers::compare_decoders(bytes);
        return;
    };
    let mut padded: Vec<u8> = bytes.iter().copied().chain([0; 96]).take(*length).collect();
    padded[0] = (padded[0] & 0x3f) | 0x80;
    answers::compare_decoders(&padded);
}
