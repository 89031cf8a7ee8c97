//! The registry: the one place that lists the curves (spec §3.4).

use super::{DerivationHash, KeyCurve};
use crate::error::Error;

/// A curve of the registry.
///
/// ```
/// use relight::{Error, curve::CurveId};
///
/// assert_eq!(CurveId::try_from(1), Ok(CurveId::Secp256k1));
/// assert_eq!(CurveId::try_from(999), Err(Error::UnknownCurve(999)));
/// ```
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u16)]
pub enum CurveId {
    /// secp256k1: 32-byte big-endian scalars, 33-byte SEC 1 compressed points.
    Secp256k1 = 1,
    /// BLS12-381 G1: 32-byte big-endian scalars, 48-byte compressed points.
    Bls12381G1 = 2,
    /// P-256: 32-byte big-endian scalars, 33-byte SEC 1 compressed points.
    #[cfg(feature = "p256")]
    P256 = 3,
    /// P-384: 48-byte big-endian scalars, 49-byte SEC 1 compressed points.
    #[cfg(feature = "p384")]
    P384 = 4,
    /// The subgroup of prime order of edwards25519: 32-byte little-endian scalars, 32-byte RFC 8032 points.
    #[cfg(feature = "ed25519")]
    Ed25519 = 5,
    /// Ristretto255: 32-byte little-endian scalars, 32-byte RFC 9496 points.
    #[cfg(feature = "ristretto255")]
    Ristretto255 = 6,
    /// The subgroup of prime order of edwards448: 57-byte little-endian scalars, 57-byte RFC 8032 points.
    #[cfg(feature = "ed448")]
    Ed448 = 7,
    /// The subgroup of prime order of JubJub: 32-byte little-endian scalars, 32-byte points.
    #[cfg(feature = "jubjub")]
    JubJub = 8,
    /// JubJub with the generator under which Zcash Sapling authorizes spends; encodings as for `JubJub`.
    #[cfg(feature = "jubjub")]
    JubJubSpendAuth = 9,
    /// BLS12-381 G2: 32-byte big-endian scalars, 96-byte compressed points.
    #[cfg(feature = "bls12381-g2")]
    Bls12381G2 = 10,
}

/// Evaluates an expression with `$curve` standing for the [`KeyCurve`] of a [`CurveId`].
macro_rules! with_curve {
    ($id:expr, $curve:ident => $body:expr) => {
        match $id {
            $crate::curve::CurveId::Secp256k1 => {
                type $curve = $crate::curve::Secp256k1;
                $body
            }
            $crate::curve::CurveId::Bls12381G1 => {
                type $curve = $crate::curve::Bls12381G1;
                $body
            }
            #[cfg(feature = "p256")]
            $crate::curve::CurveId::P256 => {
                type $curve = $crate::curve::P256;
                $body
            }
            #[cfg(feature = "p384")]
            $crate::curve::CurveId::P384 => {
                type $curve = $crate::curve::P384;
                $body
            }
            #[cfg(feature = "ed25519")]
            $crate::curve::CurveId::Ed25519 => {
                type $curve = $crate::curve::Ed25519;
                $body
            }
            #[cfg(feature = "ristretto255")]
            $crate::curve::CurveId::Ristretto255 => {
                type $curve = $crate::curve::Ristretto255;
                $body
            }
            #[cfg(feature = "ed448")]
            $crate::curve::CurveId::Ed448 => {
                type $curve = $crate::curve::Ed448;
                $body
            }
            #[cfg(feature = "jubjub")]
            $crate::curve::CurveId::JubJub => {
                type $curve = $crate::curve::JubJub;
                $body
            }
            #[cfg(feature = "jubjub")]
            $crate::curve::CurveId::JubJubSpendAuth => {
                type $curve = $crate::curve::JubJubSpendAuth;
                $body
            }
            #[cfg(feature = "bls12381-g2")]
            $crate::curve::CurveId::Bls12381G2 => {
                type $curve = $crate::curve::Bls12381G2;
                $body
            }
        }
    };
}
pub(crate) use with_curve;

impl CurveId {
    /// Every curve of this build, ascending.
    pub const ALL: &[Self] = &[
        Self::Secp256k1,
        Self::Bls12381G1,
        #[cfg(feature = "p256")]
        Self::P256,
        #[cfg(feature = "p384")]
        Self::P384,
        #[cfg(feature = "ed25519")]
        Self::Ed25519,
        #[cfg(feature = "ristretto255")]
        Self::Ristretto255,
        #[cfg(feature = "ed448")]
        Self::Ed448,
        #[cfg(feature = "jubjub")]
        Self::JubJub,
        #[cfg(feature = "jubjub")]
        Self::JubJubSpendAuth,
        #[cfg(feature = "bls12381-g2")]
        Self::Bls12381G2,
    ];

    /// Length of an encoded scalar.
    pub fn scalar_len(self) -> usize {
        with_curve!(self, C => C::SCALAR_LEN)
    }

    /// Length of an encoded point.
    pub fn point_len(self) -> usize {
        with_curve!(self, C => C::POINT_LEN)
    }

    /// The hash by which keys derive on this curve (spec §12).
    pub(crate) fn derivation(self) -> DerivationHash {
        with_curve!(self, C => C::DERIVATION)
    }

    /// The number of the curve on the wire.
    pub fn number(self) -> u16 {
        self as u16
    }
}

impl TryFrom<u16> for CurveId {
    type Error = Error;

    fn try_from(number: u16) -> Result<Self, Error> {
        let curve = Self::ALL.iter().find(|curve| curve.number() == number);
        //= spec/3-primitives.md#3-4-curve-registry
        //# An unknown curve id MUST fail with UnknownCurve.
        curve.copied().ok_or(Error::UnknownCurve(number))
    }
}

impl core::fmt::Display for CurveId {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(with_curve!(*self, C => C::NAME))
    }
}
