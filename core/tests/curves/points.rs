//! Encodings of scalars, points and keys: each rejected one is one change away from an accepted one.

use crate::common::{BLS_ORDER, SCALAR, flipped, g1_by_x, g2_by_x, index, infinity, order, patched, resealed, rng};
use proptest::prelude::*;
use relight::curve::{Bls12381G1, CurveId, CurvePoint, KeyCurve, Secp256k1, SecretScalar};
use relight::pairing::{G1, G1Affine, G2Affine, Scalar};
use relight::{
    Blinder, Error, MemberKey, MemberPublicKey,
    decryption::DecryptionShare,
    identity::{IdentityKey, IdentityPublicKey},
};

/// A point of the curve with an even y-coordinate, or a sign bit of zero.
fn point(curve: CurveId) -> Vec<u8> {
    let mut rng = rng(1);
    let mut points = core::iter::repeat_with(|| SecretScalar::random(curve, &mut rng).public().as_bytes().to_vec());
    points.find(|point| point[0] & 0x21 == 0).unwrap()
}

#[test]
fn the_other_sign_is_the_negative_point() {
    for (curve, sign) in [(CurveId::Secp256k1, 1), (CurveId::Bls12381G1, 0x20)] {
        let negative = flipped(&point(curve), 0, sign);
        assert_eq!(CurvePoint::from_bytes(curve, &negative).unwrap().as_bytes(), negative);
    }
    let bytes = point(CurveId::Secp256k1);
    let sum = Secp256k1::decode_point(&bytes).unwrap() + Secp256k1::decode_point(&flipped(&bytes, 0, 1)).unwrap();
    assert_eq!(sum, Secp256k1::identity());
}

//= spec/3-primitives.md#3-5-encodings-of-scalars-and-points
//= type=test
//# A decoder MUST refuse, with InvalidPoint, an encoding of a point that is not the one canonical encoding of it.
#[test]
fn bad_secp256k1_points_are_rejected() {
    let good = point(CurveId::Secp256k1);
    let first_bytes = (0..=u8::MAX).filter(|first| ![2, 3].contains(first)).map(|first| patched(&good, 0, &[first]));
    let others = [
        vec![0; 33],
        // x = 5 is on no point; x = p is not canonical.
        [&[2], &[0; 31][..], &[5]].concat(),
        [&[2], &[0xff; 27][..], &[0xfe, 0xff, 0xff, 0xfc, 0x2f]].concat(),
        good[1..].to_vec(),
        [&good[..], &[0]].concat(),
        vec![],
        vec![0],
    ];
    for bad in first_bytes.chain(others) {
        assert_eq!(CurvePoint::from_bytes(CurveId::Secp256k1, &bad), Err(Error::InvalidPoint), "{bad:02x?}");
        assert_eq!(IdentityPublicKey::from_bytes(&bad).err(), Some(Error::InvalidPoint), "{bad:02x?}");
    }
    assert!(IdentityPublicKey::from_bytes(&good).is_ok());
}

/// The modulus of the field under BLS12-381, with the flag of a compressed point.
const FLAGGED_MODULUS: [u8; 48] = [
    0x9a, 0x01, 0x11, 0xea, 0x39, 0x7f, 0xe6, 0x9a, 0x4b, 0x1b, 0xa7, 0xb6, 0x43, 0x4b, 0xac, 0xd7, 0x64, 0x77, 0x4b,
    0x84, 0xf3, 0x85, 0x12, 0xbf, 0x67, 0x30, 0xd2, 0xa0, 0xf6, 0xb0, 0xf6, 0x24, 0x1e, 0xab, 0xff, 0xfe, 0xb1, 0x53,
    0xff, 0xff, 0xb9, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xaa, 0xab,
];

/// What is wrong with an encoding of a point of G1 or G2, for encodings of 48 or 96 bytes.
fn bad_compressed_points(good: &[u8]) -> Vec<Vec<u8>> {
    let length = good.len();
    let infinity = [&[0xc0], &vec![0; length - 1][..]].concat();
    vec![
        infinity.clone(),
        patched(&infinity, length - 1, &[1]),
        patched(&infinity, 0, &[0xe0]),
        flipped(good, 0, 0x80),
        flipped(good, 0, 0x40),
        patched(good, 0, &FLAGGED_MODULUS),
        vec![0; length],
        vec![0xff; length],
        good[1..].to_vec(),
        [good, &[0]].concat(),
        vec![],
    ]
}

//= spec/3-primitives.md#3-5-encodings-of-scalars-and-points
//= type=test
//# A decoder MUST refuse the identity with InvalidPoint.
//= spec/3-primitives.md#3-5-encodings-of-scalars-and-points
//= type=test
//# A decoder MUST refuse, with InvalidPoint, a point of the curve that is outside the subgroup of prime order.
#[test]
fn bad_g1_points_are_rejected() {
    let mut bad = bad_compressed_points(&point(CurveId::Bls12381G1));
    bad.extend((0..=5).map(|x| g1_by_x(x).to_vec()));
    for bad in bad {
        assert_eq!(CurvePoint::from_bytes(CurveId::Bls12381G1, &bad), Err(Error::InvalidPoint), "{bad:02x?}");
        assert_eq!(MemberPublicKey::from_bytes(&bad), Err(Error::InvalidPoint), "{bad:02x?}");
        assert_eq!(G1Affine::decode(&bad), None, "{bad:02x?}");
    }
}

#[test]
fn bad_g2_points_are_rejected() {
    let good = G2Affine::hash(b"message").encode();
    assert!(DecryptionShare::from_sigma(index(1), &good).is_ok());
    let mut bad = bad_compressed_points(&good);
    bad.extend((0..=5).map(|x| g2_by_x(x).to_vec()));
    bad.push(patched(&good, 48, &FLAGGED_MODULUS));
    for bad in bad {
        assert_eq!(DecryptionShare::from_sigma(index(1), &bad), Err(Error::InvalidPoint), "{bad:02x?}");
        assert_eq!(G2Affine::decode(&bad), None, "{bad:02x?}");
    }
    assert_eq!(G2Affine::decode(&infinity::<96>()), None);
}

//= spec/3-primitives.md#3-5-encodings-of-scalars-and-points
//= type=test
//# A decoder MUST refuse a scalar that is not less than the group order, with InvalidScalar.
//= spec/3-primitives.md#3-5-encodings-of-scalars-and-points
//= type=test
//# A decoder MUST refuse the scalar zero with InvalidScalar where a secret key or a secret share is decoded.
#[test]
fn bad_secrets_are_rejected() {
    for curve in [CurveId::Secp256k1, CurveId::Bls12381G1] {
        let mut greatest = order(curve);
        greatest[31] -= 1;
        assert!(SecretScalar::from_bytes(curve, &greatest).is_ok());
        for bad in [vec![0; 32], order(curve).to_vec(), vec![0xff; 32], greatest[1..].to_vec(), vec![1; 33], vec![]] {
            assert_eq!(SecretScalar::from_bytes(curve, &bad).unwrap_err(), Error::InvalidScalar);
        }
    }
    // Optional curves have other orders and lengths; on all of them zero is no secret, and one is.
    for curve in CurveId::ALL.iter().copied() {
        let zero = vec![0; curve.scalar_len()];
        assert_eq!(SecretScalar::from_bytes(curve, &zero).unwrap_err(), Error::InvalidScalar, "{curve}");
        let is_secret = |low: &usize| SecretScalar::from_bytes(curve, &patched(&zero, *low, &[1])).is_ok();
        assert!([0, zero.len() - 1].iter().any(is_secret), "{curve}");
    }
}

/// A type of secret key: how it is decoded, an accepted encoding, and the order of its curve.
type SecretKeyCase = (fn(&[u8]) -> Option<Error>, Vec<u8>, [u8; 32]);

#[test]
fn bad_secret_keys_are_rejected() {
    let rng = &mut rng(2);
    let cases: [SecretKeyCase; 3] = [
        (|bytes| Blinder::decode(bytes).err(), Blinder::generate(rng).encode().to_vec(), BLS_ORDER),
        (|bytes| MemberKey::decode(bytes).err(), MemberKey::generate(rng).encode().to_vec(), BLS_ORDER),
        (
            |bytes| IdentityKey::decode(bytes).err(),
            IdentityKey::generate(rng).encode().to_vec(),
            crate::common::SECP256K1_ORDER,
        ),
    ];
    for (decode, good, order) in cases {
        assert_eq!(decode(&good), None);
        (0..10).for_each(|length| assert_eq!(decode(&good[..length]), Some(Error::Truncated)));
        (10..good.len()).for_each(|length| assert_eq!(decode(&good[..length]), Some(Error::BadChecksum)));
        assert_eq!(decode(&resealed(&[&good[..], &[0]].concat())), Some(Error::TrailingBytes));
        assert_eq!(decode(&patched(&good, 0, &[2])), Some(Error::UnsupportedVersion(2)));
        assert_eq!(decode(&resealed(&patched(&good, SCALAR.start, &[0; 32]))), Some(Error::InvalidScalar));
        assert_eq!(decode(&resealed(&patched(&good, SCALAR.start, &order))), Some(Error::InvalidScalar));
    }
}

#[test]
fn secrets_do_not_show() {
    let rng = &mut rng(3);
    let secret = SecretScalar::random(CurveId::Secp256k1, rng);
    let hex: String = secret.expose_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    assert!(!format!("{secret:?}").contains(&hex[..8]));
    assert_eq!(format!("{:?}", Blinder::generate(rng)), "Blinder(redacted)");
    assert_eq!(format!("{:?}", MemberKey::generate(rng)), "MemberKey(redacted)");
    assert_eq!(format!("{:?}", IdentityKey::generate(rng)), "IdentityKey(redacted)");
    assert_eq!(format!("{:?}", Scalar::from(5)), "Scalar(redacted)");
}

proptest! {
    #[test]
    fn decoding_any_33_bytes_gives_a_point_that_encodes_to_them(mut bytes in prop::collection::vec(any::<u8>(), 33)) {
        bytes[0] &= 7;
        if let Ok(point) = CurvePoint::from_bytes(CurveId::Secp256k1, &bytes) {
            let decoded = Secp256k1::decode_point(&bytes).unwrap();
            prop_assert_eq!(Secp256k1::encode_point(&decoded), point.as_bytes());
            prop_assert_eq!(point.as_bytes(), bytes);
        }
    }

    #[test]
    fn wide_reduction_is_arithmetic_modulo_the_order(high in any::<u64>(), low in any::<[u8; 16]>()) {
        let bytes = [&high.to_be_bytes()[..], &low].concat();
        check_reduction::<Secp256k1>(high, &low, &bytes);
        check_reduction::<Bls12381G1>(high, &low, &bytes);
    }
}

/// `bytes` is `high` before the 16 bytes of `low`.
fn check_reduction<C: KeyCurve>(high: u64, low: &[u8], bytes: &[u8]) {
    let two_to_64 = C::Scalar::from(1 << 32) * C::Scalar::from(1 << 32);
    let expected = C::Scalar::from(high) * two_to_64 * two_to_64 + C::reduce(low);
    assert!(bool::from(subtle::ConstantTimeEq::ct_eq(&C::reduce(bytes), &expected)));
}

#[test]
fn reducing_the_order_gives_zero() {
    assert_eq!(Scalar::reduce(&BLS_ORDER).encode(), [0; 32]);
    assert_eq!(Scalar::reduce(&[]).encode(), [0; 32]);
    // 2^384 - 1, the greatest wide integer.
    let greatest = Scalar::reduce(&[0xff; 48]) + Scalar::from(1);
    let two_to_192 = Scalar::reduce(&[&[1][..], &[0; 24]].concat());
    assert_eq!(greatest.encode(), (two_to_192 * two_to_192).encode());
}

#[test]
fn a_point_less_itself_is_the_identity() {
    let point = G1::generator() * Scalar::from(99);
    assert!((point - point).is_identity());
    assert_eq!(point - point, G1::IDENTITY);
    assert_eq!(G1::batch_to_affine(&[point - point, point]), [G1::IDENTITY.to_affine(), point.to_affine()]);
    assert_eq!(G1::batch_to_affine(&[]), []);
}
