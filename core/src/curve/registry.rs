//! What the registry says of a curve (spec §3.4).

use super::{DerivationHash, KeyCurve};
use crate::error::Error;
pub use crate::id::CurveId;

/// Evaluates an expression with `$name` standing for the [`KeyCurve`] of a [`CurveId`].
macro_rules! with_curve {
    ($id:expr, $name:ident => $body:expr) => {
        curves! { with_curve! @among $id, $name => $body; }
    };
    (
        @among $id:expr, $name:ident => $body:expr;
        $($about:literal, $gate:meta, $curve:ident = $number:literal in $module:ident;)*
    ) => {
        match $id {
            $(
                #[cfg($gate)]
                $crate::curve::CurveId::$curve => {
                    type $name = $crate::curve::$curve;
                    $body
                }
            )*
        }
    };
}
pub(crate) use with_curve;

impl CurveId {
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
        //= spec/3-primitives.md#3-4-curve-registry
        //# An implementation MUST refuse curve ids from 0xF000 on with UnknownCurve unless a build option meant for tests
        //# enables them.
        curve.copied().ok_or(Error::UnknownCurve(number))
    }
}

impl core::fmt::Display for CurveId {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(with_curve!(*self, C => C::NAME))
    }
}
