//! The scalars that Ed25519 and Ristretto255 share, over the `curve25519-dalek` crate: integers modulo the order of
//! the basepoint, 32 bytes, little-endian.

use super::little_endian;
use crate::declassify;
use curve25519_dalek::Scalar;

pub(super) const LEN: usize = 32;

pub(super) fn reduce(bytes: &[u8]) -> Scalar {
    Scalar::from_bytes_mod_order_wide(&little_endian(bytes))
}

pub(super) fn decode(bytes: &[u8]) -> Option<Scalar> {
    let scalar = Scalar::from_canonical_bytes(bytes.try_into().ok()?);
    declassify::is_canonical(scalar.is_some().into()).then(|| scalar.unwrap_or(Scalar::ZERO))
}
