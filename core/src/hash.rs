//! The one hash of the protocol: SHAKE256 over an injective framing (spec §3.2, §3.3).

#[cfg(hax)]
use crate::contracts;
use crate::curve::KeyCurve;
use crate::digest::Digest;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use shake::{ExtendableOutput, Shake256, Shake256Reader, Update, XofReader};
use zeroize::Zeroizing;

/// The version string that every hash and every signed message begins with.
pub(crate) const VERSION: &str = "relight-v1";
/// The number of short codes: 20 decimal digits.
const SHORT_CODES: u128 = 100_000_000_000_000_000_000;
/// Bytes of a hash for twenty digits.
const SHORT: usize = 16;

/// SHAKE256 over the protocol version, a label and parts, each with its length before it.
pub(crate) struct Xof(Shake256);

impl Xof {
    //= spec/3-primitives.md#3-2-hash-framing
    //# Every hash of this protocol MUST be computed over a frame, except where this text names another standard's hash.
    //= spec/3-primitives.md#3-2-hash-framing
    //# An implementation MUST NOT use a label of this text for any other purpose.
    pub(crate) fn new(label: &str) -> Self {
        Self(Shake256::default()).part(VERSION.as_bytes()).part(label.as_bytes())
    }

    /// The start of a hash to a scalar of a curve, which [`Xof::scalar`] ends.
    pub(crate) fn for_scalar<C: KeyCurve>(label: &str) -> Self {
        Self::new(label).index(C::ID.number())
    }

    pub(crate) fn part(mut self, part: &[u8]) -> Self {
        self.add(part);
        self
    }

    /// A part that is an index, a count or a curve: two bytes.
    pub(crate) fn index(self, index: u16) -> Self {
        self.part(&index.to_be_bytes())
    }

    /// [`Xof::part`] for loops.
    pub(crate) fn add(&mut self, part: &[u8]) {
        self.0.update(&length_prefix(part));
        self.0.update(part);
    }

    pub(crate) fn output<const N: usize>(self) -> [u8; N] {
        let mut output = [0; N];
        self.fill(&mut output);
        output
    }

    pub(crate) fn digest(self) -> Digest {
        Digest::from_bytes(self.output())
    }

    pub(crate) fn fill(self, output: &mut [u8]) {
        self.stream().0.read(output);
    }

    /// Twenty decimal digits, in groups of five, that people compare by voice.
    pub(crate) fn short_code(self) -> String {
        twenty_digits(self.output())
    }

    /// Forty of them, for what somebody makes who could search for two that share a code.
    pub(crate) fn double_code(self) -> String {
        let hash: [u8; 2 * SHORT] = self.output();
        let halves = hash.as_chunks::<SHORT>().0.iter().map(|half| twenty_digits(*half));
        halves.collect::<Vec<_>>().join(" ")
    }

    /// The first scalar of the output.
    pub(crate) fn scalar<C: KeyCurve>(self) -> C::Scalar {
        self.stream().scalar::<C>()
    }

    pub(crate) fn stream(self) -> XofStream {
        XofStream(self.0.finalize_xof())
    }
}

fn twenty_digits(hash: [u8; SHORT]) -> String {
    let digits = format!("{:020}", u128::from_be_bytes(hash) % SHORT_CODES);
    let groups = [0, 5, 10, 15].map(|start| digits.get(start..start + 5).unwrap_or_default());
    groups.join(" ")
}

/// At least as long as what any curve reduces to a scalar: a buffer of this length needs no heap.
const LONGEST_WIDE: usize = 96;

/// The endless output of an [`Xof`].
pub(crate) struct XofStream(Shake256Reader);

impl XofStream {
    pub(crate) fn next_u16(&mut self) -> u16 {
        let mut bytes = [0; 2];
        self.0.read(&mut bytes);
        u16::from_be_bytes(bytes)
    }

    /// Reduces uniform output that is 128 bits longer than the scalar, so that the bias is negligible.
    pub(crate) fn scalar<C: KeyCurve>(&mut self) -> C::Scalar {
        const { assert!(C::WIDE_LEN <= LONGEST_WIDE) };
        let mut buffer = Zeroizing::new([0; LONGEST_WIDE]);
        let (wide, _) = buffer.split_at_mut(C::WIDE_LEN);
        self.0.read(wide);
        C::reduce(wide)
    }
}

/// The framed bytes themselves, for messages that other algorithms hash.
#[hax_lib::ensures(|result| result == contracts::frame(label, parts))]
pub(crate) fn frame(label: &str, parts: &[&[u8]]) -> Vec<u8> {
    let mut framed = Vec::new();
    for part in [VERSION.as_bytes(), label.as_bytes()].iter().chain(parts) {
        framed.extend_from_slice(&length_prefix(part));
        framed.extend_from_slice(part);
    }
    framed
}

#[hax_lib::ensures(|result| result.to_vec() == contracts::octets(part.len() as u64, 8))]
fn length_prefix(part: &[u8]) -> [u8; 8] {
    (part.len() as u64).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    //= spec/3-primitives.md#3-2-hash-framing
    //= type=test
    //# Every hash of this protocol MUST be computed over a frame, except where this text names another standard's hash.
    #[test]
    fn the_hash_is_shake256_of_the_frame() {
        let parts: [&[u8]; 2] = [b"one", b""];
        let mut expected = [0; 40];
        let mut shake = Shake256::default();
        shake.update(&frame("label", &parts));
        shake.finalize_xof().read(&mut expected);
        assert_eq!(Xof::new("label").part(b"one").part(b"").output::<40>(), expected);
    }

    #[test]
    fn moving_a_boundary_between_parts_changes_the_frame() {
        assert_ne!(frame("l", &[b"ab", b"c"]), frame("l", &[b"a", b"bc"]));
        assert_ne!(frame("l", &[b"ab"]), frame("l", &[b"ab", b""]));
        assert_ne!(frame("la", &[b"b"]), frame("l", &[b"ab"]));
    }
}
