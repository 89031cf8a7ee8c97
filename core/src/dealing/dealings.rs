//! The dealings of a ceremony until it is closed (spec §9.4).

use super::agreement::AgreedDealing;
use super::ceremony::{Ceremony, Recipient};
use super::certificate::VerifiedCertificate;
use super::closed::ClosedDealings;
use super::combine::Combination;
use super::confirmation::Confirmation;
use super::verify::{Verdict, VerifiedDealing};
use crate::error::{DealingFault, Error, Result};
use crate::identity::Unsigned;
use crate::keys::MemberKey;
use crate::sharing::PartyIndex;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

/// The dealings of a ceremony, as they arrive. Nothing comes of them before the ceremony is closed.
///
/// See [`Ceremony`] for an example.
#[derive(Clone, Debug)]
pub struct Dealings<'a> {
    ceremony: &'a Ceremony,
    /// The first valid dealing of each dealer, also of those that were expelled since: others may close on it.
    kept: BTreeMap<PartyIndex, VerifiedDealing>,
    expelled: BTreeSet<PartyIndex>,
    /// What this party confirmed.
    confirmed: Option<Vec<AgreedDealing>>,
}

impl<'a> Dealings<'a> {
    /// No dealings yet.
    pub fn new(ceremony: &'a Ceremony) -> Self {
        Self { ceremony, kept: BTreeMap::new(), expelled: BTreeSet::new(), confirmed: None }
    }

    /// Takes a dealing, if it is valid. Receiving the same again is harmless, and costs a hash.
    ///
    /// A dealer that signs a bad dealing, or two different ones ([`DealingFault::Equivocation`]), is expelled: the set
    /// that this party confirms goes without it, and what it sends from then on is [`DealingFault::Expelled`], for a hash.
    ///
    /// # Errors
    ///
    /// [`Error::CeremonyMismatch`] or [`Error::UnknownDealer`] if it does not belong here, [`Error::BadDealing`] if it is
    /// bad, and those of [`Dealing::decode`](crate::dealing::Dealing::decode).
    pub fn receive(&mut self, bytes: &[u8]) -> Result<()> {
        let header = self.ceremony.header(bytes)?;
        let name = header.name();
        let result = match self.screen(&name, || self.ceremony.check_signature(&header)) {
            Some(known) => known,
            None => self.ceremony.judge(&header, &name, bytes).map(|dealing| self.keep(dealing)),
        };
        self.expel_for(result)
    }

    /// Takes what [`Ceremony::verify_dealing`] or [`Ceremony::verify_dealings`] found.
    ///
    /// # Errors
    ///
    /// Those of [`Dealings::receive`]; [`Error::CeremonyMismatch`] also for a verdict of another ceremony.
    pub fn record(&mut self, verdict: Verdict) -> Result<()> {
        //= spec/9-dealing.md#9-4-close
        //# A verdict on a dealing MUST count in the ceremony that it was made for only.
        if verdict.ceremony != self.ceremony.digest() {
            return Err(Error::CeremonyMismatch);
        }
        let signed = || match &verdict.result {
            Err(error @ Error::BadDealing { fault: DealingFault::Signature, .. }) => Err(error.clone()),
            _ => Ok(()),
        };
        let known = verdict.dealing.and_then(|name| self.screen(&name, signed));
        let result = known.unwrap_or_else(|| verdict.result.map(|dealing| self.keep(dealing)));
        self.expel_for(result)
    }

    /// What is known of a dealing by its dealer, its digest and its signature, if that decides.
    fn screen(&self, name: &AgreedDealing, signed: impl FnOnce() -> Result<()>) -> Option<Result<()>> {
        let dealer = name.dealer;
        let kept = self.kept.get(&dealer);
        //= spec/13-security.md#13-11-denial-of-service
        //# A party MUST NOT verify again a dealing that it has, or one from a dealer that it expelled, unless a
        //# certificate names it and it is missing.
        if kept.is_some_and(|kept| kept.digest == name.digest) {
            return Some(Ok(()));
        }
        if self.expelled.contains(&dealer) {
            return Some(Err(bad(dealer, DealingFault::Expelled)));
        }
        kept.map(|_| signed().and(Err(bad(dealer, DealingFault::Equivocation))))
    }

    fn keep(&mut self, dealing: VerifiedDealing) {
        self.kept.insert(dealing.dealer, dealing);
    }

    fn expel_for(&mut self, result: Result<()>) -> Result<()> {
        self.expelled.extend(result.as_ref().err().and_then(at_fault));
        result
    }

    /// The first valid dealing of each dealer.
    #[cfg(feature = "vectors")]
    pub(crate) fn kept(&self) -> impl Iterator<Item = AgreedDealing> {
        self.kept.values().map(VerifiedDealing::name)
    }

    /// The valid dealings of dealers that were not expelled, by ascending dealer: what [`Dealings::confirm`] confirms.
    pub fn valid(&self) -> impl Iterator<Item = AgreedDealing> {
        let valid = self.kept.values().filter(|dealing| !self.expelled.contains(&dealing.dealer));
        valid.map(VerifiedDealing::name)
    }

    /// The dealers that were expelled, ascending.
    pub fn bad_dealers(&self) -> impl Iterator<Item = PartyIndex> {
        self.expelled.iter().copied()
    }

    /// Confirms the valid dealings received, for the recipient's identity to sign. Its shares are opened and checked first.
    ///
    /// A recipient confirms once: from then on this gives the same set, whatever arrives. The confirmation is to be stored
    /// before it is sent; after a restart, [`Dealings::confirm_like`] takes it.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownRecipient`], [`Error::WrongMemberKey`], or [`Error::NotEnoughDealings`], which names the dealers of
    /// bad ones.
    pub fn confirm(&mut self, recipient: PartyIndex, key: &MemberKey) -> Result<Unsigned<Confirmation>> {
        let recipient = self.ceremony.place(recipient, key)?;
        let set = self.confirmed.clone().unwrap_or_else(|| self.valid().collect());
        let (have, need) = (set.len() as u16, self.ceremony.needed());
        //= spec/9-dealing.md#9-6-generation
        //# A generation MUST accept dealings from enough dealers that one of them is honest.
        if have < need {
            let bad = self.bad_dealers().map(PartyIndex::get).collect();
            return Err(Error::NotEnoughDealings { have, need, bad });
        }
        self.confirm_set(set, recipient, key)
    }

    /// Confirms the same dealings as another confirmation: the recipient's own from before a restart, or that of most
    /// others, so that the ceremony can close.
    ///
    /// # Errors
    ///
    /// Those of [`Dealings::confirm`]; [`Error::CeremonyMismatch`]; [`Error::BadConfirmation`] if it names what cannot be a
    /// set of dealings; [`Error::MissingDealing`]; [`Error::AlreadyConfirmed`] if this party confirmed another set.
    pub fn confirm_like(
        &mut self,
        other: &Confirmation,
        recipient: PartyIndex,
        key: &MemberKey,
    ) -> Result<Unsigned<Confirmation>> {
        //= spec/9-dealing.md#9-4-close
        //# A recipient SHOULD confirm the set that most recipients before it confirmed, if it has those dealings.
        let recipient = self.ceremony.place(recipient, key)?;
        if other.agreement.ceremony != self.ceremony.digest() {
            return Err(Error::CeremonyMismatch);
        }
        if !other.agreement.is_possible(self.ceremony) {
            return Err(Error::BadConfirmation(other.recipient.get()));
        }
        self.confirm_set(other.agreement.dealings.clone(), recipient, key)
    }

    fn confirm_set(
        &mut self,
        set: Vec<AgreedDealing>,
        recipient: (usize, &Recipient),
        key: &MemberKey,
    ) -> Result<Unsigned<Confirmation>> {
        //= spec/9-dealing.md#9-4-close
        //# A recipient MUST NOT sign two different confirmations in one ceremony.
        if self.confirmed.as_ref().is_some_and(|confirmed| *confirmed != set) {
            return Err(Error::AlreadyConfirmed);
        }
        let combination = Combination::new(self.ceremony, pick(&self.kept, &set)?);
        //= spec/9-dealing.md#9-4-close
        //# A recipient MUST open and check its shares before it confirms.
        let outcome = combination.with_shares(combination.public()?, recipient, key)?;
        let (_, recipient) = recipient;
        let body = combination.agreement(&outcome.public.keys).confirmation_body(recipient.index);
        //= spec/9-dealing.md#9-4-close
        //# A recipient MUST store its confirmation before it sends it.
        self.confirmed = Some(set);
        Ok(Unsigned::new(body, recipient.identity.clone()))
    }

    /// Goes on with the closed set alone.
    ///
    /// # Errors
    ///
    /// [`Error::CeremonyMismatch`] for a certificate of another ceremony.
    pub fn close(self, certificate: VerifiedCertificate) -> Result<ClosedDealings<'a>> {
        //= spec/9-dealing.md#9-5-finish
        //# A party MUST NOT finish without a certificate that verifies.
        ClosedDealings::new(self.ceremony, certificate, self.kept, self.expelled)
    }
}

/// The dealings of a set, if all are there.
pub(super) fn pick<'d>(
    kept: &'d BTreeMap<PartyIndex, VerifiedDealing>,
    set: &[AgreedDealing],
) -> Result<Vec<&'d VerifiedDealing>> {
    let find = |agreed: &AgreedDealing| kept.get(&agreed.dealer).filter(|dealing| dealing.digest == agreed.digest);
    set.iter().map(|agreed| find(agreed).ok_or(Error::MissingDealing(agreed.dealer.get()))).collect()
}

pub(super) fn bad(dealer: PartyIndex, fault: DealingFault) -> Error {
    Error::BadDealing { dealer: dealer.get(), fault }
}

/// The dealer that is to be expelled for a fault.
pub(super) fn at_fault(error: &Error) -> Option<PartyIndex> {
    match error {
        Error::BadDealing { fault: DealingFault::Signature | DealingFault::Expelled, .. } => None,
        Error::BadDealing { dealer, .. } => PartyIndex::new(*dealer).ok(),
        _ => None,
    }
}
