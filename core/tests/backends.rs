//! Both pairing backends give the same bytes and the same verdicts, for random inputs and for damaged encodings.

#[path = "common/answers.rs"]
mod answers;
mod common;

use answers::{compare_arithmetic, compare_decoders};
use common::{BLS_ORDER, flipped, g1_by_x, g2_by_x, infinity, patched};
use proptest::prelude::*;
use relight::pairing::{G1, G2Affine, Scalar};

/// A scalar, a point of G1 and a point of G2, encoded.
fn encodings(seed: &[u8]) -> [Vec<u8>; 3] {
    let scalar = Scalar::reduce(seed);
    let point = (G1::generator() * scalar).to_affine();
    [scalar.encode().to_vec(), point.encode().to_vec(), G2Affine::hash(seed).encode().to_vec()]
}

#[test]
fn every_flipped_bit() {
    for (kind, good) in encodings(&[0x4b; 40]).iter().enumerate() {
        let bits = (0..good.len() * 8).map(|bit| flipped(good, bit / 8, 1 << (bit % 8)));
        let accepted: Vec<bool> = bits.map(|bad| compare_decoders(&bad)[kind].is_some()).collect();
        assert_eq!(compare_decoders(good)[kind].as_ref(), Some(good));
        assert!(accepted.contains(&true) && accepted.contains(&false));
    }
}

#[test]
fn edge_encodings() {
    let lengths = (0..=100).flat_map(|length| [vec![0; length], vec![0xff; length], [0xc0; 1].repeat(length)]);
    let small = (0..=u8::MAX).flat_map(|x| [g1_by_x(x).to_vec(), g2_by_x(x).to_vec()]);
    let infinities = [infinity::<48>().to_vec(), infinity::<96>().to_vec()];
    let flagged = infinities.iter().flat_map(|point| (0..=u8::MAX).map(|first| patched(point, 0, &[first])));
    lengths.chain(small).chain(flagged).chain([BLS_ORDER.to_vec()]).for_each(|bytes| {
        compare_decoders(&bytes);
    });
}

#[test]
fn edge_scalars() {
    let mut greatest = BLS_ORDER;
    greatest[31] -= 1;
    let edges = [&[][..], &[1], &[2], &greatest, &BLS_ORDER, &[0xff; 32], &[0xff; 48], &[0xff; 100]];
    for a in edges {
        edges.iter().for_each(|b| compare_arithmetic(b"", a, b));
    }
}

proptest! {
    #[test]
    fn random_arithmetic(
        message in prop::collection::vec(any::<u8>(), 0..300),
        a in prop::collection::vec(any::<u8>(), 0..80),
        b in prop::collection::vec(any::<u8>(), 0..80),
    ) {
        compare_arithmetic(&message, &a, &b);
    }

    #[test]
    fn damaged_encodings(seed in any::<u64>(), place in any::<prop::sample::Index>(), byte in any::<u8>()) {
        for good in encodings(&seed.to_be_bytes()) {
            compare_decoders(&patched(&good, place.index(good.len()), &[byte]));
            compare_decoders(&patched(&good, 0, &[byte]));
        }
    }

    #[test]
    fn random_encodings(mut bytes in prop::collection::vec(any::<u8>(), 96)) {
        // Half of the abscissas below the modulus are on the curve, outside the subgroup.
        bytes[0] = 0x80 | (bytes[0] & 0x2f);
        [32, 48, 96].iter().for_each(|length| { compare_decoders(&bytes[..*length]); });
    }
}
