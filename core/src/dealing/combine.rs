//! From a set of dealings to shares (spec §9.5 to §9.7).

use super::agreement::{AgreedDealing, Agreement, transcript};
use super::ceremony::{Ceremony, Recipient};
use super::keys::Slot;
use super::outcome::{Outcome, PublicOutcome, Shareless};
use super::verify::VerifiedDealing;
use crate::curve::{CurvePoint, KeyCurve, SecretScalar, SecretValue, with_curve};
use crate::encryption::{OpeningKey, open};
use crate::error::{Error, Result};
use crate::key_share::KeyShare;
use crate::keys::MemberKey;
use crate::sharing::{VssCommitment, lagrange_at};
use alloc::vec::Vec;
use zeroize::Zeroizing;

/// Dealings of a ceremony, as many as are needed or more, that are taken together.
pub(super) struct Combination<'a> {
    ceremony: &'a Ceremony,
    /// By ascending dealer.
    dealings: Vec<&'a VerifiedDealing>,
}

impl<'a> Combination<'a> {
    pub(super) fn new(ceremony: &'a Ceremony, dealings: Vec<&'a VerifiedDealing>) -> Self {
        Self { ceremony, dealings }
    }

    /// The keys, for anybody.
    pub(super) fn public(&self) -> Result<PublicOutcome> {
        let slots = self.ceremony.slots().into_iter().zip(self.ceremony.public_keys()).enumerate();
        let keys = slots.map(|(place, (slot, public_key))| {
            let key = with_curve!(slot.curve, C => self.combine_commitments::<C>(place, &slot))?;
            let unchanged = public_key.as_ref().is_none_or(|old| old == key.public_key());
            if unchanged { Ok(key) } else { Err(Error::CeremonyMismatch) }
        });
        let keys: Vec<VssCommitment> = keys.collect::<Result<_>>()?;
        let transcript = transcript(self.ceremony.digest(), &self.names());
        //= spec/9-dealing.md#9-5-finish
        //# Finish MUST list every shareless recipient, and MUST NOT fail because of one.
        Ok(PublicOutcome { shareless: self.shareless(&keys)?, keys, transcript })
    }

    /// That these dealings give these keys.
    pub(super) fn agreement(&self, keys: &[VssCommitment]) -> Agreement {
        Agreement::new(self.ceremony, self.names(), keys)
    }

    fn names(&self) -> Vec<AgreedDealing> {
        self.dealings.iter().map(|dealing| dealing.name()).collect()
    }

    /// With the shares of the recipient at a place, which are checked.
    pub(super) fn with_shares(
        &self,
        public: PublicOutcome,
        (place, recipient): (usize, &Recipient),
        key: &MemberKey,
    ) -> Result<Outcome> {
        let opened = self.open_all(place, key)?;
        let party = recipient.index;
        let keys = self.ceremony.slots().into_iter().zip(&public.keys).zip(0..);
        let keys = keys.filter(|(_, key)| !public.shareless.contains(&Shareless { key: *key, party }));
        let shares = keys.map(|((slot, commitment), index)| {
            let secret = with_curve!(slot.curve, C => self.combine_shares::<C>(usize::from(index), &slot, &opened))?;
            //= spec/9-dealing.md#9-5-finish
            //# A party MUST check its new share against the new VSS commitment before it uses it.
            KeyShare::new(self.ceremony.plan().epoch, commitment, recipient.identifier, secret)
        });
        Ok(Outcome { shares: shares.collect::<Result<_>>()?, public })
    }

    /// The recipient's secrets from every dealing, each in the order of the keys.
    fn open_all(&self, place: usize, key: &MemberKey) -> Result<Vec<Vec<SecretValue>>> {
        let compartment = u16::try_from(place).map_err(|_| Error::InvalidLength)?;
        let scalar = key.scalar()?;
        let key = OpeningKey::Member { key: &scalar };
        let open = |dealing: &&VerifiedDealing| {
            open(&self.ceremony.claim(dealing.dealer, dealing.keys.iter()), &dealing.proof, compartment, &key)
        };
        self.dealings.iter().map(open).collect()
    }

    /// Who has no share of which key.
    fn shareless(&self, keys: &[VssCommitment]) -> Result<Vec<Shareless>> {
        let identifiers = self.ceremony.recipient_identifiers();
        let recipients = &self.ceremony.plan().recipients;
        let of_key = |(commitment, key): (&VssCommitment, u16)| {
            let places = commitment.shareless(&identifiers)?.into_iter();
            let parties = places.filter_map(|place| recipients.get(place));
            Ok(parties.map(|recipient| Shareless { key, party: recipient.index }).collect::<Vec<_>>())
        };
        Ok(keys.iter().zip(0..).map(of_key).collect::<Result<Vec<_>>>()?.concat())
    }

    /// How much each dealing counts: all alike for a new key, by Lagrange for an old one.
    fn weights<C: KeyCurve>(&self, slot: &Slot<'_>) -> Result<Vec<C::Scalar>> {
        if slot.old.is_none() {
            return Ok(self.dealings.iter().map(|_| C::Scalar::from(1)).collect());
        }
        let dealers = self.dealings.iter().map(|dealing| Ok(self.ceremony.dealer(dealing.dealer)?.identifier));
        let at = slot.at.map_or(C::Scalar::from(0), |at| at.field::<C>());
        lagrange_at::<C>(&dealers.collect::<Result<Vec<_>>>()?, at)
    }

    fn combine_commitments<C: KeyCurve>(&self, key: usize, slot: &Slot<'_>) -> Result<VssCommitment> {
        let weights = self.weights::<C>(slot)?;
        let dealt = self.dealings.iter().filter_map(|dealing| dealing.keys.get(key));
        let columns: Vec<&[C::Point]> = dealt.map(VssCommitment::points::<C>).collect::<Result<_>>()?;
        let degrees = 0..usize::from(self.ceremony.threshold().get());
        let sums = degrees.map(|degree| {
            let points = columns.iter().filter_map(|column| column.get(degree).copied());
            match slot.old {
                // All count alike.
                None => points.fold(C::identity(), |sum, point| sum + point),
                Some(_) => C::sum_of_products_vartime(&points.zip(weights.iter().copied()).collect::<Vec<_>>()),
            }
        });
        let points = CurvePoint::from_points::<C>(&sums.collect::<Vec<_>>())?;
        VssCommitment::new(points)
    }

    fn combine_shares<C: KeyCurve>(
        &self,
        key: usize,
        slot: &Slot<'_>,
        opened: &[Vec<SecretValue>],
    ) -> Result<SecretScalar> {
        let mut sum = Zeroizing::new(C::Scalar::from(0));
        for (weight, secrets) in self.weights::<C>(slot)?.iter().zip(opened) {
            let secret = secrets.get(key).ok_or(Error::InvalidLength)?;
            *sum = *sum + *weight * *secret.scalar::<C>()?;
        }
        SecretScalar::from_scalar::<C>(&sum)
    }
}
