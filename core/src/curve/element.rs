//! Points and secret scalars of any curve, as canonical encodings.

use super::{CurveId, KeyCurve, with_curve};
use crate::codec::{Reader, Writer};
use crate::declassify;
use crate::digest::Hexadecimal;
use crate::error::{Error, Result};
use alloc::vec::Vec;
use rand_core::CryptoRng;
use subtle::{Choice, ConstantTimeEq};
use zeroize::{ZeroizeOnDrop, Zeroizing};

/// A member of the group of a curve, never the identity: a public key, public share or commitment.
///
/// ```
/// use relight::curve::{CurveId, CurvePoint, SecretScalar};
///
/// let secret = SecretScalar::random(CurveId::Secp256k1, &mut rand::rng());
/// let public = secret.public();
/// assert_eq!(CurvePoint::from_bytes(CurveId::Secp256k1, public.as_bytes()), Ok(public));
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CurvePoint {
    curve: CurveId,
    bytes: Vec<u8>,
}

impl CurvePoint {
    /// Decodes a point, [`CurveId::point_len`] bytes.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidPoint`] unless it is canonical, in the group of prime order, and not the identity.
    pub fn from_bytes(curve: CurveId, bytes: &[u8]) -> Result<Self> {
        with_curve!(curve, C => C::decode_point(bytes).map(|_| ())).ok_or(Error::InvalidPoint)?;
        Ok(Self { curve, bytes: bytes.to_vec() })
    }

    /// The curve.
    pub fn curve(&self) -> CurveId {
        self.curve
    }

    /// The canonical encoding, [`CurveId::point_len`] bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// So many points, with what they decode to. Fails with [`Error::InvalidPoint`].
    pub(crate) fn read_decoded<C: KeyCurve>(reader: &mut Reader<'_>, count: u16) -> Result<(Vec<Self>, Vec<C::Point>)> {
        let read = |_| {
            let bytes = reader.take(C::POINT_LEN)?;
            let point = C::decode_point(bytes).ok_or(Error::InvalidPoint)?;
            Ok((Self { curve: C::ID, bytes: bytes.to_vec() }, point))
        };
        (0..count).map(read).collect()
    }

    pub(crate) fn read(reader: &mut Reader<'_>, curve: CurveId) -> Result<Self> {
        Self::from_bytes(curve, reader.take(curve.point_len())?)
    }

    pub(crate) fn write(&self, writer: Writer) -> Writer {
        writer.bytes(&self.bytes)
    }

    /// Fails with [`Error::InvalidPoint`] if a point is the identity.
    pub(crate) fn from_points<C: KeyCurve>(points: &[C::Point]) -> Result<Vec<Self>> {
        let points = Self::from_points_or_identity::<C>(points).into_iter();
        points.map(|point| point.ok_or(Error::InvalidPoint)).collect()
    }

    /// None for the identity.
    pub(crate) fn from_points_or_identity<C: KeyCurve>(points: &[C::Point]) -> Vec<Option<Self>> {
        let mut encodings = C::encode_points(points);
        declassify::public_point(&mut encodings);
        // Encodings are compared, which are public: the coordinates of a point may tell more of its making.
        let identity = C::encode_point(&C::identity());
        let point = |bytes: &[u8]| (bytes != identity).then(|| Self { curve: C::ID, bytes: bytes.to_vec() });
        encodings.chunks_exact(C::POINT_LEN).map(point).collect()
    }

    /// Fails with [`Error::InvalidPoint`] if the point is the identity.
    pub(crate) fn from_point<C: KeyCurve>(point: &C::Point) -> Result<Self> {
        Self::from_points::<C>(core::slice::from_ref(point))?.pop().ok_or(Error::InvalidPoint)
    }

    pub(crate) fn point<C: KeyCurve>(&self) -> Result<C::Point> {
        expect_curve(C::ID, self.curve)?;
        // The bytes were checked, or encoded here, when this value was made.
        C::decode_known_point(&self.bytes).ok_or(Error::InvalidPoint)
    }
}

impl core::fmt::Debug for CurvePoint {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{}:{}", self.curve, Hexadecimal(&self.bytes))
    }
}

/// A secret of a curve, never zero: a key, or a share of one. Wiped when dropped, compared in constant time.
///
/// ```
/// use relight::curve::{CurveId, SecretScalar};
///
/// let secret = SecretScalar::random(CurveId::Bls12381G1, &mut rand::rng());
/// assert_eq!(format!("{secret:?}"), "SecretScalar(BLS12-381 G1, redacted)");
/// ```
#[derive(ZeroizeOnDrop)]
//= spec/2-conventions.md#2-4-secrets
//# A secret MUST be erased from memory when it is no longer needed, as far as the platform allows.
pub struct SecretScalar(SecretValue);

impl SecretScalar {
    /// A uniformly random secret.
    pub fn random(curve: CurveId, rng: &mut impl CryptoRng) -> Self {
        loop {
            let secret = with_curve!(curve, C => Self::from_scalar::<C>(&C::random_scalar(rng)));
            if let Ok(secret) = secret {
                return secret;
            }
        }
    }

    /// Decodes a secret, [`CurveId::scalar_len`] bytes. Constant time in it.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidScalar`] unless it is canonical and not zero.
    pub fn from_bytes(curve: CurveId, bytes: &[u8]) -> Result<Self> {
        with_curve!(curve, C => {
            //= spec/3-primitives.md#3-5-encodings-of-scalars-and-points
            //# A decoder MUST refuse a scalar that is not less than the group order, with InvalidScalar.
            let scalar = C::scalar_from_bytes(bytes)?;
            Self::from_scalar::<C>(&scalar)
        })
    }

    /// The curve.
    pub fn curve(&self) -> CurveId {
        self.0.curve
    }

    /// The public key or public share: the secret times the generator.
    pub fn public(&self) -> CurvePoint {
        CurvePoint { curve: self.curve(), bytes: self.0.public_bytes() }
    }

    /// The canonical encoding, [`CurveId::scalar_len`] bytes: the secret itself, handle with care.
    pub fn expose_bytes(&self) -> &[u8] {
        self.0.expose_bytes()
    }

    pub(crate) fn from_scalar<C: KeyCurve>(scalar: &C::Scalar) -> Result<Self> {
        Self::try_from(SecretValue::new::<C>(scalar))
    }

    pub(crate) fn scalar<C: KeyCurve>(&self) -> Result<Zeroizing<C::Scalar>> {
        self.0.scalar::<C>()
    }

    pub(crate) fn as_value(&self) -> &SecretValue {
        &self.0
    }
}

impl TryFrom<SecretValue> for SecretScalar {
    type Error = Error;

    fn try_from(value: SecretValue) -> Result<Self> {
        //= spec/3-primitives.md#3-5-encodings-of-scalars-and-points
        //# A decoder MUST refuse the scalar zero with InvalidScalar where a secret key or a secret share is decoded.
        if declassify::is_zero(value.is_zero()) { Err(Error::InvalidScalar) } else { Ok(Self(value)) }
    }
}

//= spec/2-conventions.md#2-4-secrets
//# Secrets MUST be compared in constant time.
impl ConstantTimeEq for SecretScalar {
    fn ct_eq(&self, other: &Self) -> Choice {
        Choice::from(u8::from(self.curve() == other.curve())) & self.0.bytes.ct_eq(&other.0.bytes)
    }
}

impl core::fmt::Debug for SecretScalar {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "SecretScalar({}, redacted)", self.curve())
    }
}

/// A secret of a curve that may be zero: a share as it is dealt. Wiped when dropped.
#[derive(ZeroizeOnDrop)]
pub(crate) struct SecretValue {
    #[zeroize(skip)]
    curve: CurveId,
    bytes: Zeroizing<Vec<u8>>,
}

impl SecretValue {
    pub(crate) fn new<C: KeyCurve>(scalar: &C::Scalar) -> Self {
        Self { curve: C::ID, bytes: C::scalar_bytes(scalar) }
    }

    /// The canonical encoding.
    pub(crate) fn expose_bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(crate) fn scalar<C: KeyCurve>(&self) -> Result<Zeroizing<C::Scalar>> {
        expect_curve(C::ID, self.curve)?;
        C::scalar_from_bytes(&self.bytes)
    }

    /// The encoding of its multiple of the generator, which may be the identity.
    pub(crate) fn public_bytes(&self) -> Vec<u8> {
        with_curve!(self.curve, C => {
            let bytes = self.scalar::<C>().map(|scalar| C::encode_point(&C::generator_mul(&scalar)));
            let mut bytes = bytes.unwrap_or_default();
            declassify::public_point(&mut bytes);
            bytes
        })
    }

    fn is_zero(&self) -> Choice {
        let folded = self.bytes.iter().fold(0, |folded, byte| folded | byte);
        folded.ct_eq(&0)
    }
}

fn expect_curve(expected: CurveId, found: CurveId) -> Result<()> {
    if expected == found { Ok(()) } else { Err(Error::WrongCurve { expected, found }) }
}
