//! ECDSA on the transparent curve, for tests: the equations are those of ECDSA, and the order is that of secp256k1. A
//! point k and its opposite n - k have the same abscissa, the even one of the two.
//!
//! The names are those of the crate that it stands for.

use crate::curve::{KeyCurve, Transparent as Curve};
use alloc::vec::Vec;
use k256::elliptic_curve::array::Array;
use k256::elliptic_curve::consts::U64;
use k256::elliptic_curve::scalar::IsHigh;
use k256::{FieldBytes, Scalar};
use sha2::{Digest, Sha512};
use zeroize::ZeroizeOnDrop;

/// Whatever was refused: who asks knows why.
#[derive(Debug)]
pub struct Refused;

/// Only scalars that are not zero.
fn non_zero(bytes: &[u8]) -> Result<Scalar, Refused> {
    Curve::decode_scalar(bytes).filter(|scalar| *scalar != Scalar::ZERO).ok_or(Refused)
}

fn is_odd(scalar: &Scalar) -> bool {
    scalar.to_bytes().last().is_some_and(|byte| byte & 1 == 1)
}

fn abscissa(point: Scalar) -> Scalar {
    if is_odd(&point) { -point } else { point }
}

/// A public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct VerifyingKey(Scalar);

impl VerifyingKey {
    /// Decodes a key.
    pub fn from_sec1_bytes(bytes: &[u8]) -> Result<Self, Refused> {
        Curve::decode_point(bytes).map(Self).ok_or(Refused)
    }

    /// The encoding, or a tag and two coordinates.
    pub fn to_sec1_point(self, compressed: bool) -> Sec1Point {
        let ordinate: &[u8] = if compressed { &[] } else { &[0; 32] };
        Sec1Point([&Curve::encode_point(&self.0), ordinate].concat())
    }

    /// Is this a signature of the digest?
    pub fn verify_prehash(&self, prehash: &[u8; 32], signature: &Ecdsa) -> Result<(), Refused> {
        let Ecdsa { r, s } = signature;
        let nonce = Curve::invert(s) * (Curve::reduce(prehash) + *r * self.0);
        if abscissa(nonce) == *r { Ok(()) } else { Err(Refused) }
    }

    /// The key that made a signature of the digest.
    pub fn recover_from_prehash(prehash: &[u8; 32], signature: &Ecdsa, id: RecoveryId) -> Result<Self, Refused> {
        let Ecdsa { r, s } = *signature;
        let nonce = if id.0 { -r } else { r };
        let key = Curve::invert(&r) * (s * nonce - Curve::reduce(prehash));
        if is_odd(&r) || key == Scalar::ZERO { Err(Refused) } else { Ok(Self(key)) }
    }
}

/// An encoding of a key.
pub struct Sec1Point(Vec<u8>);

impl Sec1Point {
    /// Its bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// A secret key, which is its public key.
#[derive(ZeroizeOnDrop)]
pub struct SigningKey(#[zeroize(skip)] VerifyingKey);

impl SigningKey {
    /// Decodes a key.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, Refused> {
        non_zero(bytes).map(|secret| Self(VerifyingKey(secret)))
    }

    /// The public half.
    pub fn verifying_key(&self) -> &VerifyingKey {
        &self.0
    }

    /// The scalar.
    pub fn to_bytes(&self) -> FieldBytes {
        self.0.0.to_bytes()
    }

    /// Signs a digest.
    pub fn sign_prehash(&self, prehash: &[u8; 32]) -> Result<Ecdsa, Refused> {
        let nonce = Curve::reduce(&Sha512::new().chain_update(self.to_bytes()).chain_update(prehash).finalize());
        let r = abscissa(nonce);
        let s = Curve::invert(&nonce) * (Curve::reduce(prehash) + r * self.0.0);
        Ecdsa::from_slice(&Ecdsa { r, s }.to_bytes())
    }
}

/// A signature: two scalars that are not zero.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Ecdsa {
    r: Scalar,
    s: Scalar,
}

impl Ecdsa {
    /// Decodes r || s.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, Refused> {
        let (r, s) = bytes.split_at_checked(32).ok_or(Refused)?;
        Ok(Self { r: non_zero(r)?, s: non_zero(s)? })
    }

    /// r || s.
    pub fn to_bytes(self) -> Array<u8, U64> {
        self.r.to_bytes().concat(self.s.to_bytes())
    }

    /// With the lower s.
    pub fn normalize_s(&self) -> Self {
        Self { r: self.r, s: if self.s.is_high().into() { -self.s } else { self.s } }
    }
}

/// Whether the point of the nonce is the odd one with its abscissa.
#[derive(Clone, Copy)]
pub struct RecoveryId(bool);

impl RecoveryId {
    /// Abscissas are below n, so the second flag says nothing.
    pub fn new(is_odd: bool, _: bool) -> Self {
        Self(is_odd)
    }
}
