//! The key curves: groups of prime order that root keys live in (spec §3.4, §3.5).
//!
//! [`KeyCurve`] is the one small interface behind which a curve stands; [`CurveId`] is its number in the registry.
//! Objects that may belong to any curve carry canonical encodings: [`CurvePoint`] is public, [`SecretScalar`] is
//! wiped when dropped.

mod bls12381_g1;
#[cfg(feature = "bls12381-g2")]
mod bls12381_g2;
mod buckets;
#[cfg(any(feature = "ed25519", feature = "ristretto255"))]
mod curve25519;
mod derivation;
#[cfg(feature = "ed448")]
mod ed448;
mod element;
#[cfg(feature = "jubjub")]
mod jubjub;
#[cfg(feature = "p256")]
mod p256;
#[cfg(feature = "p384")]
mod p384;
#[cfg(feature = "pallas")]
mod pallas;
mod registry;
mod sec1;
mod secp256k1;
#[cfg(feature = "transparent")]
mod transparent;

pub use derivation::DerivationHash;
pub(crate) use element::SecretValue;
pub use element::{CurvePoint, SecretScalar};
pub use registry::CurveId;
pub(crate) use registry::with_curve;

macro_rules! curve_names {
    ($($about:literal, $gate:meta, $curve:ident = $number:literal in $module:ident;)*) => {
        $(#[cfg($gate)] pub use $module::$curve;)*
    };
}
curves! { curve_names! }

use crate::declassify;
use crate::error::{Error, Result};
use alloc::vec;
use alloc::vec::Vec;
use core::fmt::Debug;
use core::ops::{Add, Mul, Neg, Sub};
use rand_core::CryptoRng;
use subtle::{ConditionallySelectable, ConstantTimeEq, CtOption};
use zeroize::{Zeroize, Zeroizing};

pub(crate) mod sealed {
    pub trait Sealed {}
}

/// A group of prime order q with generator G, its scalar field and their canonical encodings.
///
/// Everything is constant time unless its name says `vartime`.
///
/// ```
/// use relight::curve::{KeyCurve, Secp256k1};
///
/// let x = Secp256k1::reduce(&[7; Secp256k1::WIDE_LEN]);
/// let encoded = Secp256k1::encode_point(&Secp256k1::generator_mul(&x));
/// assert_eq!(Secp256k1::decode_point(&encoded), Some(Secp256k1::generator_mul(&x)));
/// ```
pub trait KeyCurve: sealed::Sealed + Sized + 'static {
    /// Number of the curve in the registry.
    const ID: CurveId;
    /// Name of the curve, as [`CurveId`] displays it.
    const NAME: &'static str;
    /// The hash by which keys derive on this curve (spec §12).
    const DERIVATION: DerivationHash;
    /// Length of an encoded scalar.
    const SCALAR_LEN: usize;
    /// Length of an encoded point.
    const POINT_LEN: usize;
    /// Length of a uniform string that reduces to a scalar with a bias below 2^-128.
    const WIDE_LEN: usize;

    /// An integer modulo q.
    type Scalar: Copy
        + From<u64>
        + Add<Output = Self::Scalar>
        + Sub<Output = Self::Scalar>
        + Mul<Output = Self::Scalar>
        + Neg<Output = Self::Scalar>
        + ConstantTimeEq
        + Zeroize;
    /// A member of the group.
    type Point: Copy
        + Debug
        + PartialEq
        + Add<Output = Self::Point>
        + Sub<Output = Self::Point>
        + Neg<Output = Self::Point>
        + Send
        + Sync
        + 'static;

    /// A big-endian integer of at most [`KeyCurve::WIDE_LEN`] bytes, or [`DerivationHash::wide_len`], modulo q.
    fn reduce(bytes: &[u8]) -> Self::Scalar;
    /// The scalar that these bytes encode canonically. Zero is a scalar.
    fn decode_scalar(bytes: &[u8]) -> Option<Self::Scalar>;
    /// Is this the canonical encoding of a scalar? For public bytes.
    fn is_scalar_vartime(bytes: &[u8]) -> bool {
        Self::decode_scalar(bytes).is_some()
    }
    /// Writes the canonical encoding over `out`, which has [`KeyCurve::SCALAR_LEN`] bytes.
    fn encode_scalar(scalar: &Self::Scalar, out: &mut [u8]);
    /// The multiplicative inverse; zero has none and gives zero.
    fn invert(scalar: &Self::Scalar) -> Self::Scalar;

    /// The neutral element.
    fn identity() -> Self::Point;
    /// scalar·G.
    fn generator_mul(scalar: &Self::Scalar) -> Self::Point;
    /// scalar·G, for public scalars.
    fn generator_mul_vartime(scalar: &Self::Scalar) -> Self::Point {
        Self::generator_mul(scalar)
    }
    /// Sum of scalar·point, for public data.
    fn sum_of_products_vartime(terms: &[(Self::Point, Self::Scalar)]) -> Self::Point;
    /// The point that these bytes encode canonically, unless it is the identity or outside the group.
    fn decode_point(bytes: &[u8]) -> Option<Self::Point>;
    /// The same for bytes that [`KeyCurve::decode_point`] has accepted, or that encode a point: membership of the group is
    /// not checked again. Never for bytes from elsewhere.
    #[doc(hidden)]
    fn decode_known_point(bytes: &[u8]) -> Option<Self::Point> {
        Self::decode_point(bytes)
    }
    /// The canonical encodings of the points, one after the other. The identity, which no decoder accepts, has an
    /// encoding of its own: it can appear in hashes.
    fn encode_points(points: &[Self::Point]) -> Vec<u8>;

    /// The canonical encoding of a point.
    fn encode_point(point: &Self::Point) -> Vec<u8> {
        Self::encode_points(core::slice::from_ref(point))
    }

    /// The encoding of a scalar, in memory that is wiped.
    fn scalar_bytes(scalar: &Self::Scalar) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(vec![0; Self::SCALAR_LEN]);
        Self::encode_scalar(scalar, &mut bytes);
        bytes
    }

    /// [`KeyCurve::decode_scalar`], in memory that is wiped.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidScalar`].
    fn scalar_from_bytes(bytes: &[u8]) -> Result<Zeroizing<Self::Scalar>> {
        Self::decode_scalar(bytes).map(Zeroizing::new).ok_or(Error::InvalidScalar)
    }

    /// A uniformly random scalar, from [`KeyCurve::WIDE_LEN`] bytes of the generator.
    fn random_scalar(rng: &mut impl CryptoRng) -> Self::Scalar {
        let mut wide = Zeroizing::new(vec![0; Self::WIDE_LEN]);
        rng.fill_bytes(&mut wide);
        Self::reduce(&wide)
    }

    /// point·number, for a public number, by doubling and adding: cheap because the number is short.
    fn small_mul_vartime(point: &Self::Point, number: u16) -> Self::Point {
        let bits = (0..u16::BITS - number.leading_zeros()).rev();
        bits.fold(Self::identity(), |product, bit| {
            let doubled = product + product;
            if (number >> bit) & 1 == 1 { doubled + *point } else { doubled }
        })
    }
}

/// The scalar that was decoded, if its encoding is canonical.
fn canonical<S: ConditionallySelectable + From<u64>>(decoded: CtOption<S>) -> Option<S> {
    declassify::is_canonical(decoded.is_some().into()).then(|| decoded.unwrap_or(S::from(0)))
}

/// A big-endian integer as a little-endian one of `N` bytes.
#[cfg(any(feature = "ed25519", feature = "ristretto255", feature = "jubjub", feature = "pallas"))]
fn little_endian<const N: usize>(bytes: &[u8]) -> Zeroizing<[u8; N]> {
    let mut reversed = Zeroizing::new([0; N]);
    for (to, from) in reversed.iter_mut().zip(bytes.iter().rev()) {
        *to = *from;
    }
    reversed
}
