//! The registry: the one place that lists the curves (spec §3.4).

use super::{Bls12381G1, KeyCurve, Secp256k1};
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
        }
    };
}
pub(crate) use with_curve;

impl CurveId {
    /// Every curve of this build, ascending.
    pub const ALL: &[Self] = &[Secp256k1::ID, Bls12381G1::ID];

    /// Length of an encoded scalar.
    pub fn scalar_len(self) -> usize {
        with_curve!(self, C => C::SCALAR_LEN)
    }

    /// Length of an encoded point.
    pub fn point_len(self) -> usize {
        with_curve!(self, C => C::POINT_LEN)
    }

    /// The tag under which networks derive keys on this curve (spec §12).
    pub(crate) fn derivation_tag(self) -> &'static [u8] {
        match self {
            Self::Secp256k1 => b"LIT_HD_KEY_ID_K256_XMD:SHA-256_SSWU_RO_NUL_",
            Self::Bls12381G1 => b"LIT_HD_KEY_ID_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_",
        }
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
        f.write_str(match self {
            Self::Secp256k1 => "secp256k1",
            Self::Bls12381G1 => "BLS12-381 G1",
        })
    }
}
