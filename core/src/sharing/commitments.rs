//! Feldman commitments: the public face of a sharing (spec §4.3).

use super::decoded::Decoded;
use super::{Identifier, Threshold};
use crate::codec::{Reader, Writer, count};
use crate::curve::{CurveId, CurvePoint, KeyCurve, with_curve};
use crate::error::{Error, Result};
use alloc::vec::Vec;

/// The commitments A_0..A_{t-1} to the coefficients of a shared secret: its public key, its threshold, and every
/// party's public share.
///
/// ```
/// use relight::curve::{CurveId, SecretScalar};
/// use relight::sharing::{Identifier, VssCommitment};
///
/// let coefficients = [(); 3].map(|()| SecretScalar::random(CurveId::Secp256k1, &mut rand::rng()));
/// let commitment = VssCommitment::new(coefficients.iter().map(SecretScalar::public).collect())?;
/// assert_eq!((commitment.threshold().get(), commitment.public_key()), (3, &coefficients[0].public()));
/// assert_ne!(commitment.public_share(&Identifier::new(1)?)?, commitment.public_share(&Identifier::new(2)?)?);
/// assert_eq!(VssCommitment::decode(&commitment.encode())?, commitment);
/// # Ok::<(), relight::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VssCommitment {
    root: CurvePoint,
    higher: Vec<CurvePoint>,
    decoded: Decoded,
}

impl VssCommitment {
    /// From commitments that are all on one curve, constant term first.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidLength`] for none, or more than 65535; [`Error::WrongCurve`].
    pub fn new(commitments: Vec<CurvePoint>) -> Result<Self> {
        //= spec/4-sharing.md#4-3-vss-commitments
        //# A decoder MUST refuse a VSS commitment with no coefficient commitments, or with more than 65535, with
        //# InvalidLength.
        count(&commitments)?;
        let mut commitments = commitments.into_iter();
        let root = commitments.next().ok_or(Error::InvalidLength)?;
        let higher: Vec<CurvePoint> = commitments.collect();
        match higher.iter().find(|point| point.curve() != root.curve()) {
            Some(stray) => Err(Error::WrongCurve { expected: root.curve(), found: stray.curve() }),
            None => Ok(Self { root, higher, decoded: Decoded::default() }),
        }
    }

    /// The curve.
    pub fn curve(&self) -> CurveId {
        self.root.curve()
    }

    /// The public key of the shared secret: A_0.
    pub fn public_key(&self) -> &CurvePoint {
        &self.root
    }

    /// How many shares recover the secret: the number of commitments.
    pub fn threshold(&self) -> Threshold {
        let shares = (self.higher.len() as u16).saturating_add(1);
        Threshold::at_least_one(shares)
    }

    /// The commitments, constant term first.
    pub fn commitments(&self) -> impl DoubleEndedIterator<Item = &CurvePoint> {
        core::iter::once(&self.root).chain(&self.higher)
    }

    /// The public share of a party.
    ///
    /// # Errors
    ///
    /// [`Error::ZeroIdentifier`]; [`Error::InvalidPoint`] if it is the identity, which means that the share is zero: see
    /// [`VssCommitment::shareless`].
    pub fn public_share(&self, identifier: &Identifier) -> Result<CurvePoint> {
        self.public_shares(core::slice::from_ref(identifier))?.pop().ok_or(Error::InvalidLength)
    }

    /// The public shares of several parties, in their order.
    ///
    /// # Errors
    ///
    /// Those of [`VssCommitment::public_share`].
    pub fn public_shares(&self, identifiers: &[Identifier]) -> Result<Vec<CurvePoint>> {
        self.optional_shares(identifiers)?.into_iter().map(|share| share.ok_or(Error::InvalidPoint)).collect()
    }

    /// Which of these parties have the share zero, and so none: their places in the list. A dealer that speaks last can
    /// do this to itself and its friends, and to nobody else.
    ///
    /// # Errors
    ///
    /// [`Error::ZeroIdentifier`].
    pub fn shareless(&self, identifiers: &[Identifier]) -> Result<Vec<usize>> {
        let shares = self.optional_shares(identifiers)?.into_iter().enumerate();
        Ok(shares.filter_map(|(place, share)| share.is_none().then_some(place)).collect())
    }

    /// The public shares of several parties; none for the identity.
    pub(crate) fn optional_shares(&self, identifiers: &[Identifier]) -> Result<Vec<Option<CurvePoint>>> {
        with_curve!(self.curve(), C => {
            let shares = self.evaluate::<C>(identifiers)?;
            Ok(CurvePoint::from_points_or_identity::<C>(&shares))
        })
    }

    /// The public shares as points, which may be the identity.
    pub(crate) fn evaluate<C: KeyCurve>(&self, identifiers: &[Identifier]) -> Result<Vec<C::Point>> {
        let points = self.points::<C>()?;
        let shares = identifiers.iter().map(|identifier| {
            identifier.nonzero::<C>()?;
            Ok(evaluate_points::<C>(points, identifier))
        });
        shares.collect()
    }

    /// Encodes: curve, then the commitments with their length.
    pub fn encode(&self) -> Vec<u8> {
        self.write(Writer::default()).finish()
    }

    /// Decodes what [`VssCommitment::encode`] gives.
    ///
    /// # Errors
    ///
    /// Those of [`VssCommitment::new`]; [`Error::UnknownCurve`]; [`Error::InvalidPoint`].
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        Reader::decode_all(bytes, Self::read_with_curve)
    }

    pub(crate) fn write(&self, writer: Writer) -> Writer {
        writer.u16(self.curve().number()).long_bytes(&self.commitment_bytes())
    }

    pub(crate) fn read_with_curve(reader: &mut Reader<'_>) -> Result<Self> {
        let curve = CurveId::try_from(reader.u16()?)?;
        Self::read(reader, curve)
    }

    /// Reads the length and the commitments, which are all on `curve`.
    pub(crate) fn read(reader: &mut Reader<'_>, curve: CurveId) -> Result<Self> {
        Self::new(reader.items(|reader| CurvePoint::read(reader, curve))?)
    }

    /// The encoded commitments, one after the other.
    pub(crate) fn commitment_bytes(&self) -> Vec<u8> {
        self.commitments().flat_map(CurvePoint::as_bytes).copied().collect()
    }

    /// Reads so many commitments, without a length.
    pub(crate) fn read_commitments(reader: &mut Reader<'_>, curve: CurveId, count: Threshold) -> Result<Self> {
        with_curve!(curve, C => {
            let (encoded, points) = CurvePoint::read_decoded::<C>(reader, count.get())?;
            Ok(Self { decoded: Decoded::new(points), ..Self::new(encoded)? })
        })
    }

    pub(crate) fn points<C: KeyCurve>(&self) -> Result<&[C::Point]> {
        self.decoded.get_or_decode(|| self.commitments().map(CurvePoint::point::<C>).collect())
    }
}

/// The value of a polynomial in the exponent, constant term first. For public data.
pub(crate) fn evaluate_points<C: KeyCurve>(coefficients: &[C::Point], identifier: &Identifier) -> C::Point {
    match identifier.small() {
        Some(number) => evaluate_at_small::<C>(coefficients, number),
        None => {
            let powers = powers::<C>(identifier.field::<C>());
            C::sum_of_products_vartime(&coefficients.iter().copied().zip(powers).collect::<Vec<_>>())
        }
    }
}

/// Horner's rule: each step multiplies by a short number.
fn evaluate_at_small<C: KeyCurve>(coefficients: &[C::Point], number: u16) -> C::Point {
    let scale = |value| C::small_mul_vartime(&value, number);
    match coefficients.split_last() {
        Some((highest, rest)) => rest.iter().rev().fold(*highest, |value, lower| scale(value) + *lower),
        None => C::identity(),
    }
}

/// 1, x, x^2, ..
pub(crate) fn powers<C: KeyCurve>(x: C::Scalar) -> impl Iterator<Item = C::Scalar> {
    core::iter::successors(Some(C::Scalar::from(1)), move |power| Some(*power * x))
}
