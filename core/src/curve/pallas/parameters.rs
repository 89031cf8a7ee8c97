//! Pallas for `primeorder`: `y^2 = x^3 + 5` over the integers modulo p, a group of order q.

pub use coordinate::Coordinate;
use primefield::bigint::{Odd, U256};
use primefield::subtle::{Choice, ConstantTimeGreater};
use primeorder::elliptic_curve::consts::U32;
use primeorder::elliptic_curve::hazmat::FieldArithmetic;
use primeorder::elliptic_curve::ops::BatchInvert;
use primeorder::elliptic_curve::point::AffineCoordinates;
use primeorder::elliptic_curve::scalar::{FromUintUnchecked, IsHigh};
use primeorder::elliptic_curve::{self, Curve, CurveArithmetic, PrimeCurveArithmetic};
use primeorder::{AffinePoint, PrimeCurve, PrimeCurveParams, PrimeField, ProjectivePoint};
use primeorder::{mul_backend, point_arithmetic, wnaf};
pub use scalar::Scalar;
use zeroize::Zeroizing;

const P: &str = "40000000000000000000000000000000224698fc094cf91b992d30ed00000001";
const Q: &str = "40000000000000000000000000000000224698fc0994a8dd8c46eb2100000001";

/// The integers modulo a prime of which 5 is a generator, encoded in little-endian order.
macro_rules! field {
    ($module:ident: $name:ident modulo $modulus:ident, $about:literal) => {
        mod $module {
            use primefield::bigint::U256;
            use primefield::ff::PrimeField;
            use primefield::subtle::{Choice, ConstantTimeEq, CtOption};

            primefield::monty_field_params! {
                name: Parameters, modulus: super::$modulus, uint: U256,
                byte_order: primefield::ByteOrder::LittleEndian, multiplicative_generator: 5, doc: $about
            }
            primefield::monty_field_element! { name: $name, params: Parameters, uint: U256, doc: $about }
            primefield::monty_field_arithmetic! { name: $name, params: Parameters, uint: U256 }
            primefield::monty_field_reduce! { name: $name, params: Parameters, uint: U256, }
        }
    };
}

field! { coordinate: Coordinate modulo P, "An integer modulo p." }
field! { scalar: Scalar modulo Q, "An integer modulo q." }

impl BatchInvert for Coordinate {}

/// The curve, with the generator (-1, 2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Equation;

impl Curve for Equation {
    type FieldBytesSize = U32;
    type Uint = U256;
    const ORDER: Odd<U256> = Odd::<U256>::from_be_hex(Q);
}

impl PrimeCurve for Equation {}

impl FieldArithmetic for Equation {
    type FieldElement = Coordinate;
}

impl CurveArithmetic for Equation {
    type AffinePoint = AffinePoint<Self>;
    type ProjectivePoint = ProjectivePoint<Self>;
    type Scalar = Scalar;
}

impl PrimeCurveArithmetic for Equation {
    type CurveGroup = ProjectivePoint<Self>;
}

impl PrimeCurveParams for Equation {
    type PointArithmetic = point_arithmetic::EquationAIsZero;
    type Backend = mul_backend::VariableOnly;
    const EQUATION_A: Coordinate = Coordinate::ZERO;
    const EQUATION_B: Coordinate = Coordinate::from_u64(5);
    const GENERATOR: (Coordinate, Coordinate) = (Coordinate::ONE.neg(), Coordinate::from_u64(2));
}

/// The point that the group hash of Zcash, with the domain `z.cash:Orchard`, takes "G" to.
pub fn spend_auth_generator() -> ProjectivePoint<Equation> {
    const X: Coordinate =
        Coordinate::from_hex_vartime("63c975b884721a8d0ca1707be30c7f0c5f445f3e7c188d3b06d6f128b3235537");
    const Y: Coordinate =
        Coordinate::from_hex_vartime("c93b0c7b813ee34cd8bd05c0fe14c9dffb24d6fefcbc107bdb661adf7f35d01a");
    let point = AffinePoint::<Equation>::from_coordinates(&X.to_repr(), &Y.to_repr());
    point.unwrap_or(AffinePoint::IDENTITY).into()
}

impl Scalar {
    /// Of 48 bytes in little-endian order: of two halves, both below q.
    pub(super) fn from_wide(bytes: &[u8; 48]) -> Self {
        const SHIFT: Scalar = Scalar::from_uint_unchecked(U256::ONE.shl_vartime(192));
        let (low, high) = bytes.split_at(24);
        Self::from_half(low) + Self::from_half(high) * SHIFT
    }

    fn from_half(bytes: &[u8]) -> Self {
        let mut padded = Zeroizing::new([0; 32]);
        for (to, from) in padded.iter_mut().zip(bytes) {
            *to = *from;
        }
        Self::from_repr((*padded).into()).unwrap_or(Self::ZERO)
    }
}

// What `CurveArithmetic` asks of scalars beyond their arithmetic.
elliptic_curve::scalar_impls!(Equation, Scalar);
wnaf::impl_wnaf_size_for_scalar!(Scalar);

impl AsRef<Self> for Scalar {
    fn as_ref(&self) -> &Self {
        self
    }
}

impl FromUintUnchecked for Scalar {
    type Uint = U256;

    fn from_uint_unchecked(uint: U256) -> Self {
        Self::from_uint_unchecked(uint)
    }
}

impl IsHigh for Scalar {
    fn is_high(&self) -> Choice {
        self.to_canonical().ct_gt(&Equation::ORDER.as_ref().shr_vartime(1))
    }
}
