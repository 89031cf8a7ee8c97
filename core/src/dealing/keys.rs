//! The keys of a ceremony: new ones, or old ones shared anew (spec §9.1).

use crate::codec::{Reader, Writer, count};
use crate::curve::{CurveId, CurvePoint, KeyCurve, with_curve};
use crate::distinct::repeated;
use crate::error::{Error, Result};
use crate::sharing::{Identifier, Threshold, VssCommitment};
use alloc::vec::Vec;
use subtle::ConstantTimeEq;

const GENERATE: u8 = 0;
const RESHARE: u8 = 1;
const HAND_OVER: u8 = 2;

/// The keys that a ceremony deals, and where they come from.
///
/// ```
/// use relight::curve::CurveId;
/// use relight::dealing::Keys;
///
/// let new: Keys = [CurveId::Secp256k1, CurveId::Bls12381G1].into_iter().collect();
/// assert_eq!(new, Keys::Generate(vec![CurveId::Secp256k1, CurveId::Bls12381G1]));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keys {
    /// New keys, one on each of these curves.
    Generate(Vec<CurveId>),
    /// Values of old polynomials, shared anew.
    Reshare(Vec<Reshared>),
    /// The keys with these commitments go to one recipient *whole*.
    HandOver(Vec<VssCommitment>),
}

/// A value of an old polynomial that is shared anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reshared {
    /// The old polynomial.
    pub commitment: VssCommitment,
    /// Where the value is taken; the key itself if nowhere.
    pub at: Option<Identifier>,
}

impl From<VssCommitment> for Reshared {
    /// The key itself, shared anew.
    fn from(commitment: VssCommitment) -> Self {
        Self { commitment, at: None }
    }
}

impl FromIterator<CurveId> for Keys {
    fn from_iter<I: IntoIterator<Item = CurveId>>(curves: I) -> Self {
        Self::Generate(curves.into_iter().collect())
    }
}

impl FromIterator<Reshared> for Keys {
    fn from_iter<I: IntoIterator<Item = Reshared>>(keys: I) -> Self {
        Self::Reshare(keys.into_iter().collect())
    }
}

/// One of the keys.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot<'a> {
    pub(super) curve: CurveId,
    /// The old polynomial, if there is one.
    pub(super) old: Option<&'a VssCommitment>,
    pub(super) at: Option<&'a Identifier>,
}

impl Keys {
    /// The curve of each key.
    pub fn curves(&self) -> Vec<CurveId> {
        self.slots().iter().map(|slot| slot.curve).collect()
    }

    pub(super) fn slots(&self) -> Vec<Slot<'_>> {
        let generated = |curve: &CurveId| Slot { curve: *curve, old: None, at: None };
        match self {
            Self::Generate(curves) => curves.iter().map(generated).collect(),
            Self::Reshare(keys) => keys.iter().map(|key| Slot::old(&key.commitment, key.at.as_ref())).collect(),
            Self::HandOver(keys) => keys.iter().map(|commitment| Slot::old(commitment, None)).collect(),
        }
    }

    /// Nobody gets a whole key who was not to, and old keys differ.
    pub(super) fn check(&self, threshold: Threshold, recipients: u16) -> Result<()> {
        let slots = self.slots();
        count(&slots)?;
        match self {
            Self::Generate(_) => (),
            Self::Reshare(_) => check_not_whole(&slots, threshold)?,
            Self::HandOver(_) => check_hand_over(threshold, recipients)?,
        }
        let old = slots.iter().zip(0..).filter_map(|(slot, entry)| Some(((slot.old?, slot), entry)));
        let old = old.map(|((commitment, slot), entry)| ((commitment.public_key(), slot.point_bytes()), entry));
        //= spec/9-dealing.md#9-1-ceremony
        //# A decoder MUST refuse two old VSS commitments of one curve with the same public key that are re-shared at
        //# the same point, with DuplicateEntry.
        match repeated(old) {
            Some(entry) => Err(Error::DuplicateEntry { compartment: 0, entry }),
            None => Ok(()),
        }
    }

    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self> {
        //= spec/9-dealing.md#9-1-ceremony
        //# A decoder MUST refuse an origin other than 0, 1 and 2, with UnknownOrigin.
        match reader.u8()? {
            GENERATE => reader.items(read_curve).map(Self::Generate),
            RESHARE => reader.items(Reshared::read).map(Self::Reshare),
            HAND_OVER => reader.items(VssCommitment::read_with_curve).map(Self::HandOver),
            other => Err(Error::UnknownOrigin(other)),
        }
    }

    pub(super) fn write(&self, writer: Writer) -> Writer {
        match self {
            Self::Generate(curves) => writer.u8(GENERATE).items(curves, |writer, curve| writer.u16(curve.number())),
            Self::Reshare(keys) => writer.u8(RESHARE).items(keys, |writer, key| key.write(writer)),
            Self::HandOver(keys) => writer.u8(HAND_OVER).items(keys, |writer, key| key.write(writer)),
        }
    }
}

impl Reshared {
    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        let commitment = VssCommitment::read_with_curve(reader)?;
        let bytes = reader.short_bytes()?;
        Ok(Self { commitment, at: if bytes.is_empty() { None } else { Some(Identifier::from_bytes(bytes)?) } })
    }

    fn write(&self, writer: Writer) -> Writer {
        self.commitment.write(writer).short_bytes(self.at.as_ref().map_or(&[], Identifier::as_bytes))
    }
}

fn read_curve(reader: &mut Reader<'_>) -> Result<CurveId> {
    CurveId::try_from(reader.u16()?)
}

impl<'a> Slot<'a> {
    fn old(commitment: &'a VssCommitment, at: Option<&'a Identifier>) -> Self {
        Self { curve: commitment.curve(), old: Some(commitment), at }
    }

    /// The point at which the old polynomial is shared anew, as an element of the field.
    fn point_bytes(&self) -> Vec<u8> {
        with_curve!(self.curve, C => {
            let zero = <C as KeyCurve>::Scalar::from(0u64);
            C::scalar_bytes(&self.at.map_or(zero, Identifier::field::<C>)).to_vec()
        })
    }

    /// The public key that the new sharing must have; none for a new key. Fails with [`Error::ZeroIdentifier`],
    /// [`Error::DuplicateIdentifier`] or [`Error::InvalidPoint`] if the old one cannot be shared anew at its point.
    pub(super) fn public_key(&self, dealers: &[Identifier]) -> Result<Option<CurvePoint>> {
        match (self.old, self.at) {
            (Some(commitment), Some(at)) => {
                with_curve!(self.curve, C => check_point::<C>(at, dealers))?;
                commitment.public_share(at).map(Some)
            }
            (old, _) => Ok(old.map(|commitment| commitment.public_key().clone())),
        }
    }
}

/// The point is nobody's who deals: the weight of all others would be zero.
fn check_point<C: KeyCurve>(at: &Identifier, dealers: &[Identifier]) -> Result<()> {
    //= spec/9-dealing.md#9-1-ceremony
    //# A decoder MUST refuse a point of re-sharing that is zero modulo the order of its curve, with ZeroIdentifier, or
    //# equal modulo that order to a dealer's identifier, with DuplicateIdentifier.
    let element = at.nonzero::<C>()?;
    let taken = |dealer: &Identifier| bool::from(dealer.field::<C>().ct_eq(&element));
    if dealers.iter().any(taken) { Err(Error::DuplicateIdentifier(*at)) } else { Ok(()) }
}

/// With the threshold one every recipient has the whole key, unless every holder had it before.
fn check_not_whole(slots: &[Slot<'_>], threshold: Threshold) -> Result<()> {
    let mut old = slots.iter().filter_map(|slot| slot.old);
    //= spec/9-dealing.md#9-1-ceremony
    //# A decoder MUST refuse a re-sharing with the threshold 1 of a polynomial with a greater one, with InvalidThreshold.
    let whole = threshold.get() == 1 && old.any(|commitment| commitment.threshold().get() > 1);
    if whole { Err(Error::InvalidThreshold(1)) } else { Ok(()) }
}

fn check_hand_over(threshold: Threshold, recipients: u16) -> Result<()> {
    //= spec/9-dealing.md#9-1-ceremony
    //# A decoder MUST refuse a hand-over with a threshold other than 1, with InvalidThreshold, and with more than one
    //# recipient, with InvalidLength.
    match (threshold.get(), recipients) {
        (1, 1) => Ok(()),
        (1, _) => Err(Error::InvalidLength),
        (other, _) => Err(Error::InvalidThreshold(other)),
    }
}
