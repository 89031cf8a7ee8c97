//! From dealings to shares (spec §9.4 to §9.7).

use super::ceremony::Ceremony;
use super::slot::KeySlot;
use super::verify::VerifiedDealing;
use crate::curve::{CurvePoint, KeyCurve, SecretScalar, SecretValue, with_curve};
use crate::encryption::{OpeningKey, open};
use crate::error::{DealingFault, Error, Result};
use crate::hash::Xof;
use crate::key_share::KeyShare;
use crate::keys::MemberKey;
use crate::sharing::{PartyIndex, PublicPolynomial, lagrange_at};
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use zeroize::Zeroizing;

/// What a recipient has after a ceremony.
#[derive(Debug)]
pub struct Outcome {
    /// The recipient's shares, in the order of the ceremony's keys. That of a key of which it is shareless is missing.
    pub shares: Vec<KeyShare>,
    /// What everybody knows.
    pub public: PublicOutcome,
}

/// What everybody knows after a ceremony.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicOutcome {
    /// The commitments of the keys, in the order of the ceremony.
    pub keys: Vec<PublicPolynomial>,
    /// Who has no share of which key, because it would be zero: by key, then by recipient.
    pub shareless: Vec<Shareless>,
    /// Digest of the ceremony and the dealings that were used. Parties must compare it before they use the keys: it
    /// differs if a dealer showed different dealings to different parties.
    pub transcript: [u8; 32],
}

/// A recipient that has no share of a key: its share would be zero. A dealer that speaks last can do that to itself and
/// to as many friends as do not reach the threshold, and to nobody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shareless {
    /// The key, by its place in the ceremony.
    pub key: u16,
    /// The recipient.
    pub party: PartyIndex,
}

/// The dealings of a ceremony, as they arrive.
#[derive(Clone, Debug)]
pub struct Dealings<'a> {
    ceremony: &'a Ceremony,
    valid: BTreeMap<PartyIndex, VerifiedDealing>,
    bad: BTreeSet<u16>,
}

impl<'a> Dealings<'a> {
    /// No dealings yet.
    pub fn new(ceremony: &'a Ceremony) -> Self {
        Self { ceremony, valid: BTreeMap::new(), bad: BTreeSet::new() }
    }

    /// Takes a dealing, if it is valid. Receiving the same again is harmless.
    ///
    /// Fails like [`Ceremony::verify_dealing`]. A dealer that signed a bad dealing, or two different ones
    /// ([`DealingFault::Equivocation`]), is out.
    pub fn receive(&mut self, bytes: &[u8]) -> Result<()> {
        self.record(self.ceremony.verify_dealing(bytes))
    }

    /// Takes what [`Ceremony::verify_dealing`] said of a dealing: for those who verify on several threads.
    ///
    /// Fails like [`Dealings::receive`].
    ///
    /// ```
    /// use relight::{Ceremony, Dealings, Error};
    ///
    /// fn take_all<'a>(ceremony: &'a Ceremony, received: &[Vec<u8>]) -> Result<Dealings<'a>, Error> {
    ///     let verdicts: Vec<_> = std::thread::scope(|scope| {
    ///         let threads = received.iter().map(|bytes| scope.spawn(|| ceremony.verify_dealing(bytes)));
    ///         let threads: Vec<_> = threads.collect();
    ///         threads.into_iter().filter_map(|thread| thread.join().ok()).collect()
    ///     });
    ///     let mut dealings = Dealings::new(ceremony);
    ///     verdicts.into_iter().try_for_each(|verdict| dealings.record(verdict))?;
    ///     Ok(dealings)
    /// }
    /// ```
    pub fn record(&mut self, verdict: Result<VerifiedDealing>) -> Result<()> {
        match verdict.and_then(|dealing| self.accept(dealing)) {
            Err(Error::BadDealing { dealer, fault }) => {
                self.expel(dealer, fault);
                Err(Error::BadDealing { dealer, fault })
            }
            other => other,
        }
    }

    /// The dealers of the valid dealings, ascending.
    pub fn valid_dealers(&self) -> impl Iterator<Item = PartyIndex> {
        self.valid.keys().copied()
    }

    /// The dealers that signed bad dealings, ascending.
    pub fn bad_dealers(&self) -> impl Iterator<Item = u16> {
        self.bad.iter().copied()
    }

    /// The keys and the transcript, for anybody. Fails with [`Error::NotEnoughDealings`], which names the dealers of
    /// bad ones.
    pub fn finish_public(&self) -> Result<PublicOutcome> {
        self.check_enough()?;
        let slots = self.ceremony.plan().keys.iter().zip(self.ceremony.public_keys()).enumerate();
        let keys = slots.map(|(place, (slot, public_key))| {
            let key = with_curve!(slot.curve(), C => self.combine_commitments::<C>(place, slot))?;
            let unchanged = public_key.as_ref().is_none_or(|old| old == key.root_public_key());
            if unchanged { Ok(key) } else { Err(Error::CeremonyMismatch) }
        });
        let keys: Vec<PublicPolynomial> = keys.collect::<Result<_>>()?;
        //= spec/9-dealing.md#9-4-finish
        //# Finish MUST list every shareless recipient, and MUST NOT fail because of one.
        Ok(PublicOutcome { shareless: self.shareless(&keys)?, keys, transcript: self.transcript() })
    }

    /// The shares of one recipient. Fails like [`Dealings::finish_public`], and with [`Error::InvalidIndex`] for
    /// a party that is no recipient or [`Error::WrongMemberKey`] for another key than the ceremony's.
    pub fn finish(&self, recipient: PartyIndex, key: &MemberKey) -> Result<Outcome> {
        let public = self.finish_public()?;
        let place = self.place(recipient, key)?;
        let opened = self.open_all(place, key)?;
        let identifier = self.ceremony.recipient_identifiers().get(place).copied().ok_or(Error::InvalidLength)?;
        let keys = self.ceremony.plan().keys.iter().zip(&public.keys).zip(0..);
        let keys = keys.filter(|(_, key)| !public.shareless.contains(&Shareless { key: *key, party: recipient }));
        let shares = keys.map(|((slot, sharing), index)| {
            let secret = with_curve!(slot.curve(), C => self.combine_shares::<C>(usize::from(index), slot, &opened))?;
            //= spec/9-dealing.md#9-4-finish
            //# A party MUST check its new share against the new public polynomial before it uses it.
            KeyShare::new(self.ceremony.plan().epoch, sharing, identifier, secret)
        });
        Ok(Outcome { shares: shares.collect::<Result<_>>()?, public })
    }

    fn accept(&mut self, dealing: VerifiedDealing) -> Result<()> {
        let dealer = dealing.dealer;
        if dealing.ceremony != *self.ceremony.digest() {
            return Err(Error::CeremonyMismatch);
        }
        let equivocates = self.valid.get(&dealer).is_some_and(|known| known.digest != dealing.digest);
        if equivocates || self.bad.contains(&dealer.get()) {
            return Err(Error::BadDealing { dealer: dealer.get(), fault: DealingFault::Equivocation });
        }
        self.valid.insert(dealer, dealing);
        Ok(())
    }

    /// A wrong signature proves nothing against the dealer it names.
    fn expel(&mut self, dealer: u16, fault: DealingFault) {
        if fault != DealingFault::Signature {
            self.bad.insert(dealer);
            self.valid.retain(|known, _| known.get() != dealer);
        }
    }

    fn check_enough(&self) -> Result<()> {
        //= spec/9-dealing.md#9-5-generation
        //# A generation MUST accept dealings from enough dealers that one of them is honest.
        let (have, need) = (self.valid.len() as u16, self.ceremony.needed());
        if have >= need {
            Ok(())
        } else {
            Err(Error::NotEnoughDealings { have, need, bad: self.bad_dealers().collect() })
        }
    }

    fn place(&self, recipient: PartyIndex, key: &MemberKey) -> Result<usize> {
        let recipients = &self.ceremony.plan().recipients;
        let found = recipients.iter().enumerate().find(|(_, candidate)| candidate.index == recipient);
        let (place, party) = found.ok_or(Error::InvalidIndex(recipient.get()))?;
        if party.member_key == key.public() { Ok(place) } else { Err(Error::WrongMemberKey) }
    }

    /// The recipient's secrets from every dealing, each in the order of the keys.
    fn open_all(&self, place: usize, key: &MemberKey) -> Result<Vec<Vec<SecretValue>>> {
        let compartment = u16::try_from(place).map_err(|_| Error::InvalidLength)?;
        let scalar = key.scalar()?;
        let key = OpeningKey::Member { key: &scalar };
        let open = |(dealer, dealing): (&PartyIndex, &VerifiedDealing)| {
            open(&self.ceremony.claim(*dealer, dealing.keys.iter()), &dealing.proof, compartment, &key)
        };
        self.valid.iter().map(open).collect()
    }

    /// Who has no share of which key.
    fn shareless(&self, keys: &[PublicPolynomial]) -> Result<Vec<Shareless>> {
        let identifiers = self.ceremony.recipient_identifiers();
        let recipients = &self.ceremony.plan().recipients;
        let of_key = |(sharing, key): (&PublicPolynomial, u16)| {
            let places = sharing.shareless(&identifiers)?.into_iter();
            let parties = places.filter_map(|place| recipients.get(place));
            Ok(parties.map(|recipient| Shareless { key, party: recipient.index }).collect::<Vec<_>>())
        };
        Ok(keys.iter().zip(0..).map(of_key).collect::<Result<Vec<_>>>()?.concat())
    }

    /// How much each dealing counts: all alike for a new key, by Lagrange for an old one.
    fn weights<C: KeyCurve>(&self, slot: &KeySlot) -> Result<Vec<C::Scalar>> {
        if slot.old_sharing().is_none() {
            return Ok(self.valid.keys().map(|_| C::Scalar::from(1)).collect());
        }
        let dealers = self.valid.keys().map(|dealer| Ok(self.ceremony.dealer(*dealer)?.identifier));
        let at = slot.at().map_or(C::Scalar::from(0), |at| at.field::<C>());
        lagrange_at::<C>(&dealers.collect::<Result<Vec<_>>>()?, at)
    }

    fn combine_commitments<C: KeyCurve>(&self, key: usize, slot: &KeySlot) -> Result<PublicPolynomial> {
        let weights = self.weights::<C>(slot)?;
        let dealt = self.valid.values().filter_map(|dealing| dealing.keys.get(key));
        let columns: Vec<Vec<C::Point>> = dealt.map(PublicPolynomial::points::<C>).collect::<Result<_>>()?;
        let degrees = 0..usize::from(self.ceremony.threshold().get());
        let sums = degrees.map(|degree| {
            let points = columns.iter().filter_map(|column| column.get(degree).copied());
            C::sum_of_products_vartime(&points.zip(weights.iter().copied()).collect::<Vec<_>>())
        });
        let points = CurvePoint::from_points::<C>(&sums.collect::<Vec<_>>())?;
        PublicPolynomial::new(points)
    }

    fn combine_shares<C: KeyCurve>(
        &self,
        key: usize,
        slot: &KeySlot,
        opened: &[Vec<SecretValue>],
    ) -> Result<SecretScalar> {
        let mut sum = Zeroizing::new(C::Scalar::from(0));
        for (weight, secrets) in self.weights::<C>(slot)?.iter().zip(opened) {
            let secret = secrets.get(key).ok_or(Error::InvalidLength)?;
            *sum = *sum + *weight * *secret.scalar::<C>()?;
        }
        SecretScalar::from_scalar::<C>(&sum)
    }

    fn transcript(&self) -> [u8; 32] {
        //= spec/9-dealing.md#9-4-finish
        //# All parties MUST use the same set of dealings.
        let mut hash = Xof::new("transcript").part(self.ceremony.digest());
        for (dealer, dealing) in &self.valid {
            hash = hash.index(dealer.get()).part(&dealing.digest);
        }
        hash.output()
    }
}
