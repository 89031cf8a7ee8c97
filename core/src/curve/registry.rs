//! The registry: the one place that lists the curves (spec §3.4).

use super::{DerivationHash, KeyCurve};
use crate::error::Error;
pub use crate::id::CurveId;

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
