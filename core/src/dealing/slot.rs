//! The keys of a ceremony: new ones, or old ones shared anew (spec §9.1).

use crate::codec::{Reader, Writer};
use crate::curve::{CurveId, CurvePoint, KeyCurve, with_curve};
use crate::distinct::repeated;
use crate::error::{Error, Result};
use crate::sharing::{Identifier, Threshold, VssCommitment};
use alloc::vec::Vec;
use subtle::ConstantTimeEq;

const GENERATE: u8 = 0;
const RESHARE: u8 = 1;
const HAND_OVER: u8 = 2;

/// A key that is dealt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeySlot {
    /// A new key on this curve.
    Generate(CurveId),
    /// A value of an old polynomial, shared anew.
    Reshare {
        /// The old sharing.
        commitment: VssCommitment,
        /// Where the value is taken; the key itself if nowhere.
        at: Option<Identifier>,
    },
    /// The key with these commitments goes to one recipient *whole*.
    HandOver(VssCommitment),
}

impl KeySlot {
    /// The key with these commitments, shared anew.
    pub fn reshare(commitment: VssCommitment) -> Self {
        Self::Reshare { commitment, at: None }
    }

    /// The curve of the key.
    pub fn curve(&self) -> CurveId {
        match self {
            Self::Generate(curve) => *curve,
            Self::Reshare { commitment, .. } | Self::HandOver(commitment) => commitment.curve(),
        }
    }

    pub(super) fn old_sharing(&self) -> Option<&VssCommitment> {
        match self {
            Self::Generate(_) => None,
            Self::Reshare { commitment, .. } | Self::HandOver(commitment) => Some(commitment),
        }
    }

    pub(super) fn at(&self) -> Option<&Identifier> {
        match self {
            Self::Reshare { at, .. } => at.as_ref(),
            _ => None,
        }
    }

    /// The point at which the old polynomial is shared anew, as an element of the field.
    fn point_bytes(&self) -> Vec<u8> {
        with_curve!(self.curve(), C => {
            let zero = <C as KeyCurve>::Scalar::from(0u64);
            C::scalar_bytes(&self.at().map_or(zero, Identifier::field::<C>)).to_vec()
        })
    }

    /// The public key that the new sharing must have; none for a new key. Fails with [`Error::ZeroIdentifier`],
    /// [`Error::DuplicateIdentifier`] or [`Error::InvalidPoint`] if the old one cannot be shared anew at its point.
    pub(super) fn public_key(&self, dealers: &[Identifier]) -> Result<Option<CurvePoint>> {
        match (self.old_sharing(), self.at()) {
            (Some(commitment), Some(at)) => {
                with_curve!(self.curve(), C => check_point::<C>(at, dealers))?;
                commitment.public_share(at).map(Some)
            }
            (old, _) => Ok(old.map(|commitment| commitment.public_key().clone())),
        }
    }

    fn origin(&self) -> u8 {
        match self {
            Self::Generate(_) => GENERATE,
            Self::Reshare { .. } => RESHARE,
            Self::HandOver(_) => HAND_OVER,
        }
    }

    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self> {
        let curve = CurveId::try_from(reader.u16()?)?;
        match reader.u8()? {
            GENERATE => Ok(Self::Generate(curve)),
            RESHARE => Ok(Self::Reshare { commitment: VssCommitment::read(reader, curve)?, at: read_point(reader)? }),
            HAND_OVER => VssCommitment::read(reader, curve).map(Self::HandOver),
            other => Err(Error::UnknownOrigin(other)),
        }
    }

    pub(super) fn write(&self, writer: Writer) -> Writer {
        let writer = writer.u16(self.curve().number()).u8(self.origin());
        let writer = match self.old_sharing() {
            Some(commitment) => writer.long_bytes(&commitment.commitment_bytes()),
            None => writer,
        };
        match self {
            Self::Reshare { at, .. } => writer.short_bytes(at.as_ref().map_or(&[], Identifier::as_bytes)),
            _ => writer,
        }
    }
}

/// An identifier, or nothing.
fn read_point(reader: &mut Reader<'_>) -> Result<Option<Identifier>> {
    let bytes = reader.short_bytes()?;
    if bytes.is_empty() { Ok(None) } else { Identifier::from_bytes(bytes).map(Some) }
}

//= spec/9-dealing.md#9-1-ceremony
//# A decoder MUST refuse a point of re-sharing that is zero modulo the order of its curve, with ZeroIdentifier, or
//# equal modulo that order to a dealer's identifier, with DuplicateIdentifier.
/// The point is nobody's who deals: the weight of all others would be zero.
fn check_point<C: KeyCurve>(at: &Identifier, dealers: &[Identifier]) -> Result<()> {
    let element = at.nonzero::<C>()?;
    let taken = |dealer: &Identifier| bool::from(dealer.field::<C>().ct_eq(&element));
    if dealers.iter().any(taken) { Err(Error::DuplicateIdentifier(*at)) } else { Ok(()) }
}

/// All keys have one origin.
pub(super) fn check_origins(keys: &[KeySlot]) -> Result<()> {
    //= spec/9-dealing.md#9-1-ceremony
    //# A decoder MUST refuse an origin other than 0, 1 and 2, and keys of different origins in one ceremony, with
    //# UnknownOrigin.
    let origin = keys.first().map_or(GENERATE, KeySlot::origin);
    match keys.iter().find(|slot| slot.origin() != origin) {
        Some(other) => Err(Error::UnknownOrigin(other.origin())),
        None => Ok(()),
    }
}

/// Nobody gets a whole key who was not to, and old keys differ.
pub(super) fn check_slots(keys: &[KeySlot], threshold: Threshold, recipients: u16) -> Result<()> {
    match keys.first().map_or(GENERATE, KeySlot::origin) {
        RESHARE => check_not_whole(keys, threshold)?,
        HAND_OVER => check_hand_over(threshold, recipients)?,
        _ => (),
    }
    let old = keys.iter().zip(0..).filter_map(|(slot, entry)| Some(((slot.old_sharing()?, slot), entry)));
    let old = old.map(|((commitment, slot), entry)| ((commitment.public_key(), slot.point_bytes()), entry));
    //= spec/9-dealing.md#9-1-ceremony
    //# A decoder MUST refuse two old polynomials of one curve with the same root public key that are re-shared at the same
    //# point, with DuplicateEntry.
    match repeated(old) {
        Some(entry) => Err(Error::DuplicateEntry { compartment: 0, entry }),
        None => Ok(()),
    }
}

/// With the threshold one every recipient has the whole key, unless every holder had it before.
fn check_not_whole(keys: &[KeySlot], threshold: Threshold) -> Result<()> {
    let mut old = keys.iter().filter_map(KeySlot::old_sharing);
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
