//! Encodings, and everything that is none.

use crate::common::rng;
use crate::known::Known;
use crate::laws::{integer, order};
use num_bigint::BigUint;
use rand::Rng;
use relight::Error;
use relight::curve::{CurvePoint, SecretScalar};
use relight::sharing::Identifier;

/// An integer in the byte order of the curve's scalars, if it fits.
fn encoded<C: Known>(integer: &BigUint) -> Option<Vec<u8>> {
    let mut bytes = integer.to_bytes_le();
    if bytes.len() > C::SCALAR_LEN {
        return None;
    }
    bytes.resize(C::SCALAR_LEN, 0);
    if !C::LITTLE_ENDIAN {
        bytes.reverse();
    }
    Some(bytes)
}

pub(crate) fn scalars<C: Known>() {
    let q = order::<C>();
    for good in [BigUint::from(1u8), BigUint::from(u64::MAX), &q >> 1, &q - 1u8] {
        let bytes = encoded::<C>(&good).unwrap();
        let scalar = C::decode_scalar(&bytes).unwrap();
        assert!(C::is_scalar_vartime(&bytes));
        assert_eq!(integer::<C>(&scalar), good);
        assert_eq!(*C::scalar_bytes(&scalar), bytes);
        assert_eq!(SecretScalar::from_bytes(C::ID, &bytes).unwrap().expose_bytes(), bytes);
        for other in [&bytes[1..], &[&bytes[..], &[0]].concat(), &[&[0], &bytes[..]].concat(), &[]] {
            assert!(C::decode_scalar(other).is_none() && !C::is_scalar_vartime(other));
        }
    }
    // The integers from q on that fit: just above it, multiples, and single bits.
    let bits = (0..C::SCALAR_LEN * 8).map(|bit| BigUint::from(1u8) << bit);
    let near = [q.clone(), &q + 1u8, &q + 2u8, &q * 2u8, &q * 4u8, (BigUint::from(1u8) << (C::SCALAR_LEN * 8)) - 1u8];
    for bad in bits.filter(|power| *power >= q).flat_map(|power| [&power + 1u8, power]).chain(near) {
        let Some(bytes) = encoded::<C>(&bad) else { continue };
        assert!(C::decode_scalar(&bytes).is_none() && !C::is_scalar_vartime(&bytes), "{bytes:02x?}");
        assert_eq!(SecretScalar::from_bytes(C::ID, &bytes).unwrap_err(), Error::InvalidScalar);
    }
    // Zero is a scalar, and no secret.
    let zero = vec![0; C::SCALAR_LEN];
    assert!(C::decode_scalar(&zero).is_some() && C::is_scalar_vartime(&zero));
    assert_eq!(SecretScalar::from_bytes(C::ID, &zero).unwrap_err(), Error::InvalidScalar);
}

/// Where a scalar is an identifier, it is the integer that the scalar encodes.
pub(crate) fn identifiers<C: Known>() {
    let q = order::<C>();
    let identifier = |integer: &BigUint| Identifier::from_bytes(&integer.to_bytes_be()).unwrap();
    for good in [BigUint::from(1u8), BigUint::from(300u16), &q >> 9, &q - 1u8] {
        let bytes = encoded::<C>(&good).unwrap();
        assert_eq!(Identifier::from_scalar(C::ID, &bytes), Ok(identifier(&good)));
        for same in [good.clone(), &good + &q] {
            assert_eq!(identifier(&same).to_scalar(C::ID).as_ref(), Ok(&bytes));
        }
        assert_eq!(Identifier::from_scalar(C::ID, &bytes[1..]), Err(Error::InvalidScalar));
    }
    assert_eq!(identifier(&q).to_scalar(C::ID), Err(Error::ZeroIdentifier(identifier(&q))));
    assert_eq!(Identifier::from_scalar(C::ID, &encoded::<C>(&q).unwrap()), Err(Error::InvalidScalar));
    assert_eq!(Identifier::from_scalar(C::ID, &vec![0; C::SCALAR_LEN]), Err(Error::InvalidIdentifier));
}

fn refused<C: Known>(bytes: &[u8]) {
    assert!(C::decode_point(bytes).is_none(), "{bytes:02x?}");
    assert_eq!(CurvePoint::from_bytes(C::ID, bytes), Err(Error::InvalidPoint));
}

pub(crate) fn points<C: Known>() {
    let rng = &mut rng(7);
    let points: Vec<_> = (0..20).map(|_| C::generator_mul(&C::random_scalar(rng))).collect();
    let encodings = C::encode_points(&points);
    assert_eq!(encodings.len(), points.len() * C::POINT_LEN);
    for (point, bytes) in points.iter().zip(encodings.chunks(C::POINT_LEN)) {
        assert_eq!(C::encode_point(point), bytes);
        assert_eq!(C::decode_point(bytes), Some(*point));
        assert_eq!(C::decode_point(&C::encode_point(&-*point)), Some(-*point));
        for other in [&bytes[1..], &[bytes, &[0]].concat(), &[&[0], bytes].concat(), &[]] {
            refused::<C>(other);
        }
    }
    // The identity is encoded among others, and refused.
    let identity = C::encode_points(&[points[0], C::identity(), points[1]]);
    assert_eq!(identity[..C::POINT_LEN], C::encode_point(&points[0]));
    assert_eq!(identity[2 * C::POINT_LEN..], C::encode_point(&points[1]));
    refused::<C>(&identity[C::POINT_LEN..2 * C::POINT_LEN]);
    refused::<C>(&vec![0; C::POINT_LEN]);
    refused::<C>(&vec![0xff; C::POINT_LEN]);
    C::NO_POINTS.iter().for_each(|bytes| refused::<C>(&hex::decode(bytes).unwrap()));
}

/// What decodes is in the group, and encodes to the same bytes: at random, and one bit away from a point.
pub(crate) fn any_bytes<C: Known>() {
    let rng = &mut rng(8);
    let good = C::encode_point(&C::generator_mul(&C::random_scalar(rng)));
    let flipped = (0..C::POINT_LEN * 8).map(|bit| {
        let mut bytes = good.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        bytes
    });
    let mut random = vec![vec![0; C::POINT_LEN]; 100];
    random.iter_mut().for_each(|bytes| rng.fill_bytes(bytes));
    for bytes in flipped.chain(random) {
        if let Some(point) = C::decode_point(&bytes) {
            assert_eq!(C::encode_point(&point), bytes);
            let last = C::sum_of_products_vartime(&[(point, -C::Scalar::from(1))]);
            assert_eq!(last + point, C::identity());
        }
    }
}
