//! Share identifiers (spec §4.1).

use super::PartyIndex;
use crate::codec::{Reader, Writer};
#[cfg(hax)]
use crate::contracts;
use crate::curve::{CurveId, KeyCurve, with_curve};
use crate::digest::Hexadecimal;
use crate::distinct::repeated;
use crate::error::{Error, Result};
pub use crate::id::Identifier;
use alloc::vec::Vec;
use core::fmt::{Debug, Display, Formatter};
use subtle::ConstantTimeEq;

/// An integer of so many bytes is less than the order of every curve.
const BELOW_EVERY_ORDER: usize = 31;

#[hax_lib::attributes]
impl Identifier {
    /// The most bytes that one has.
    pub const MAX_LEN: usize = 64;

    /// A small number.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidIdentifier`] for zero.
    #[hax_lib::ensures(|result| result == contracts::identifier(&contracts::shortest(number)))]
    pub fn new(number: u64) -> Result<Self> {
        let bytes = number.to_be_bytes();
        let (_, significant) = bytes.split_at(number.leading_zeros() as usize / 8);
        Self::from_bytes(significant)
    }

    /// From the integer's big-endian encoding, 1 to 64 bytes.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidIdentifier`] for any other length, and for leading zeros.
    #[hax_lib::ensures(|result| result == contracts::identifier(bytes))]
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        //= spec/4-sharing.md#4-1-identifiers-and-thresholds
        //# A decoder MUST refuse, with InvalidIdentifier, a share identifier that is empty, that has more than 64 bytes, or
        //# that begins with a zero byte.
        if bytes.len() > Self::MAX_LEN || bytes.first().is_none_or(|byte| *byte == 0) {
            return Err(Error::InvalidIdentifier);
        }
        let mut padded = [0; Self::MAX_LEN];
        padded.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
        Ok(Self { length: bytes.len() as u8, bytes: padded })
    }

    /// The integer's big-endian encoding, without leading zeros.
    #[hax_lib::ensures(|result| result == &self.bytes[..usize::from(self.length)])]
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.length)).unwrap_or_default()
    }

    /// The identifier that is a scalar of a curve, from the scalar's encoding: networks that run FROST write theirs so.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidScalar`] unless that is canonical, [`Error::InvalidIdentifier`] for zero.
    ///
    /// ```
    /// use relight::{curve::CurveId, sharing::Identifier};
    ///
    /// let little_endian = Identifier::new(300)?.to_scalar(CurveId::Ed25519)?;
    /// assert_eq!(little_endian[..3], [44, 1, 0]);
    /// assert_eq!(Identifier::from_scalar(CurveId::Ed25519, &little_endian)?, Identifier::new(300)?);
    /// # Ok::<(), relight::Error>(())
    /// ```
    #[hax_lib::ensures(|result| result == contracts::identifier_from_scalar(curve, bytes))]
    pub fn from_scalar(curve: CurveId, bytes: &[u8]) -> Result<Self> {
        let big_endian = with_curve!(curve, C => {
            C::scalar_from_bytes(bytes)?;
            big_endian::<C>(bytes)
        });
        let zeros = big_endian.iter().take_while(|byte| **byte == 0).count();
        Self::from_bytes(big_endian.get(zeros..).unwrap_or_default())
    }

    /// The identifier modulo the order of a curve, in the encoding of a scalar.
    ///
    /// # Errors
    ///
    /// [`Error::ZeroIdentifier`].
    #[hax_lib::ensures(|result| result == contracts::scalar(self, curve))]
    pub fn to_scalar(&self, curve: CurveId) -> Result<Vec<u8>> {
        with_curve!(curve, C => Ok(C::scalar_bytes(&self.nonzero::<C>()?).to_vec()))
    }

    #[hax_lib::ensures(|result| result.map(|identifier| (identifier, future(reader).clone().rest()))
        == contracts::identifier_field(reader.clone().rest()))]
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self> {
        Self::from_bytes(reader.short_bytes()?)
    }

    #[hax_lib::ensures(|result| result.finish() == [writer.finish(), contracts::prefixed(self.as_bytes(), 1)].concat())]
    pub(crate) fn write(&self, writer: Writer) -> Writer {
        writer.short_bytes(self.as_bytes())
    }

    /// The number, if it has at most 16 bits: then multiplications by it are cheap.
    #[hax_lib::ensures(|result| result.map(u64::from)
        == (self.length <= 2).then(|| contracts::integer(self.as_bytes())))]
    pub(super) fn small(&self) -> Option<u16> {
        match *self.as_bytes() {
            [low] => Some(u16::from(low)),
            [high, low] => Some(u16::from_be_bytes([high, low])),
            _ => None,
        }
    }

    /// The identifier as an element of the field.
    #[hax_lib::ensures(|result| contracts::encoding::<C>(result) == contracts::encoding::<C>(contracts::field::<C>(self)))]
    pub(crate) fn field<C: KeyCurve>(&self) -> C::Scalar {
        if let Some(number) = self.small() {
            return C::Scalar::from(u64::from(number));
        }
        // Digits that every curve reduces.
        let digits = self.as_bytes().rchunks(32).rev();
        let base = C::reduce(&core::array::from_fn::<u8, 33, _>(|place| u8::from(place == 0)));
        digits.fold(C::Scalar::from(0), |high, digit| high * base + C::reduce(digit))
    }

    /// Identifiers of one sharing on a curve, as elements of its field. Fails with [`Error::ZeroIdentifier`] or
    /// [`Error::DuplicateIdentifier`].
    #[hax_lib::ensures(|result| contracts::encodings::<C>(result)
        == contracts::encodings::<C>(contracts::identifiers::<C>(identifiers)))]
    pub(crate) fn check<C: KeyCurve>(identifiers: &[Self]) -> Result<Vec<C::Scalar>> {
        let elements: Vec<C::Scalar> = identifiers.iter().map(Self::nonzero::<C>).collect::<Result<_>>()?;
        let short = identifiers.iter().all(|identifier| identifier.as_bytes().len() <= BELOW_EVERY_ORDER);
        let twice = if short {
            repeated(identifiers.iter().zip(0..))
        } else {
            repeated(elements.iter().map(|element| C::scalar_bytes(element).to_vec()).zip(0..))
        };
        //= spec/4-sharing.md#4-1-identifiers-and-thresholds
        //# Two share identifiers of one sharing that are equal modulo q_C MUST fail with DuplicateIdentifier.
        match twice.and_then(|place: usize| identifiers.get(place)) {
            Some(twice) => Err(Error::DuplicateIdentifier(*twice)),
            None => Ok(elements),
        }
    }

    /// The identifier as an element of the field. Fails with [`Error::ZeroIdentifier`].
    #[hax_lib::ensures(|result| result.map(contracts::encoding::<C>)
        == contracts::nonzero::<C>(self).map(contracts::encoding::<C>))]
    pub(crate) fn nonzero<C: KeyCurve>(&self) -> Result<C::Scalar> {
        let element = self.field::<C>();
        //= spec/4-sharing.md#4-1-identifiers-and-thresholds
        //# A share identifier that is zero modulo q_C MUST fail with ZeroIdentifier.
        let zero = self.as_bytes().len() > BELOW_EVERY_ORDER && bool::from(element.ct_eq(&C::Scalar::from(0)));
        if zero { Err(Error::ZeroIdentifier(*self)) } else { Ok(element) }
    }
}

/// An encoded scalar of the curve with its most significant byte first.
fn big_endian<C: KeyCurve>(scalar: &[u8]) -> Vec<u8> {
    let little_endian = C::scalar_bytes(&C::Scalar::from(1)).first() == Some(&1);
    if little_endian { scalar.iter().rev().copied().collect() } else { scalar.to_vec() }
}

impl From<PartyIndex> for Identifier {
    fn from(index: PartyIndex) -> Self {
        let [high, low] = index.get().to_be_bytes();
        let (length, first, second) = if high == 0 { (1, low, 0) } else { (2, high, low) };
        let mut bytes = [0; Self::MAX_LEN];
        bytes[0] = first;
        bytes[1] = second;
        Self { length, bytes }
    }
}

/// A small number in decimal, any other in hexadecimal.
impl Display for Identifier {
    fn fmt(&self, f: &mut Formatter<'_>) -> core::fmt::Result {
        if self.as_bytes().len() <= 8 {
            let number = self.as_bytes().iter().fold(0u64, |number, byte| number << 8 | u64::from(*byte));
            return Display::fmt(&number, f);
        }
        write!(f, "0x{}", Hexadecimal(self.as_bytes()))
    }
}

impl Debug for Identifier {
    fn fmt(&self, f: &mut Formatter<'_>) -> core::fmt::Result {
        Display::fmt(self, f)
    }
}
