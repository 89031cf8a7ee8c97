//! A ceremony that is closed (spec §9.4, §9.5).

use super::agreement::AgreedDealing;
use super::ceremony::Ceremony;
use super::certificate::VerifiedCertificate;
use super::combine::Combination;
use super::dealings::{at_fault, bad, pick};
use super::message::Header;
use super::outcome::{Outcome, PublicOutcome};
use super::verify::VerifiedDealing;
use crate::digest::Digest;
use crate::error::{DealingFault, Error, Result};
use crate::keys::MemberKey;
use crate::sharing::PartyIndex;
use alloc::collections::{BTreeMap, BTreeSet};

/// The dealings of a closed ceremony: those that its certificate names, and no others.
///
/// See [`Ceremony`] for an example.
#[derive(Clone, Debug)]
pub struct ClosedDealings<'a> {
    ceremony: &'a Ceremony,
    certificate: VerifiedCertificate,
    kept: BTreeMap<PartyIndex, VerifiedDealing>,
    expelled: BTreeSet<PartyIndex>,
}

impl<'a> ClosedDealings<'a> {
    pub(super) fn new(
        ceremony: &'a Ceremony,
        certificate: VerifiedCertificate,
        mut kept: BTreeMap<PartyIndex, VerifiedDealing>,
        mut expelled: BTreeSet<PartyIndex>,
    ) -> Result<Self> {
        if certificate.agreement().ceremony != ceremony.digest() {
            return Err(Error::CeremonyMismatch);
        }
        let differs = |dealing: &&VerifiedDealing| {
            agreed_digest(&certificate, dealing.dealer).is_some_and(|agreed| agreed != dealing.digest)
        };
        expelled.extend(kept.values().filter(differs).map(|dealing| dealing.dealer));
        kept.retain(|_, dealing| agreed_digest(&certificate, dealing.dealer) == Some(dealing.digest));
        Ok(Self { ceremony, certificate, kept, expelled })
    }

    /// The certificate, to be kept.
    pub fn certificate(&self) -> &VerifiedCertificate {
        &self.certificate
    }

    /// The dealings of the closed set that are not there yet: ask for them by their digests.
    pub fn missing(&self) -> impl Iterator<Item = AgreedDealing> {
        //= spec/9-dealing.md#9-4-close
        //# A recipient SHOULD keep the dealings of the closed set, and send them to parties that lack them.
        self.certificate.dealings().iter().filter(|agreed| !self.kept.contains_key(&agreed.dealer)).copied()
    }

    /// The dealers that were expelled, ascending: those of the closed set may be among them.
    pub fn bad_dealers(&self) -> impl Iterator<Item = PartyIndex> {
        self.expelled.iter().copied()
    }

    /// Takes a dealing of the closed set. A second dealing of one of its dealers is evidence against that dealer
    /// ([`Evidence`](crate::dealing::Evidence)), and changes nothing else.
    ///
    /// # Errors
    ///
    /// Those of [`Dealings::receive`](crate::dealing::Dealings::receive); [`Error::LateDealing`] if its dealer is not in the set.
    pub fn receive(&mut self, bytes: &[u8]) -> Result<()> {
        let header = self.ceremony.header(bytes)?;
        let result = self.take(&header, bytes);
        self.expelled.extend(result.as_ref().err().and_then(at_fault));
        result
    }

    fn take(&mut self, header: &Header<'_>, bytes: &[u8]) -> Result<()> {
        let dealer = header.dealer;
        let name = header.name();
        if agreed_digest(&self.certificate, dealer) != Some(name.digest) {
            return Err(self.refuse(header));
        }
        if !self.kept.contains_key(&dealer) {
            let dealing = self.ceremony.judge(header, &name, bytes)?;
            self.kept.insert(dealer, dealing);
        }
        Ok(())
    }

    /// What a dealing is that is not in the set.
    fn refuse(&self, header: &Header<'_>) -> Error {
        let dealer = header.dealer;
        if self.expelled.contains(&dealer) {
            return bad(dealer, DealingFault::Expelled);
        }
        if agreed_digest(&self.certificate, dealer).is_none() {
            return Error::LateDealing(dealer.get());
        }
        let signed = self.ceremony.check_signature(header);
        signed.err().unwrap_or(bad(dealer, DealingFault::Equivocation))
    }

    /// The keys, for anyone.
    ///
    /// # Errors
    ///
    /// [`Error::MissingDealing`]; [`Error::BadCertificate`] if other keys come of the dealings than the certificate says.
    pub fn finish_public(&self) -> Result<PublicOutcome> {
        let outcome = self.combination()?.public()?;
        self.certificate.vouch_for(&outcome.keys)?;
        Ok(outcome)
    }

    /// The keys, and the shares of one recipient. Constant time in its secrets.
    ///
    /// # Errors
    ///
    /// Those of [`ClosedDealings::finish_public`], [`Error::UnknownRecipient`] and [`Error::WrongMemberKey`].
    pub fn finish(&self, recipient: PartyIndex, key: &MemberKey) -> Result<Outcome> {
        let combination = self.combination()?;
        let public = combination.public()?;
        let outcome = combination.with_shares(public, self.ceremony.place(recipient, key)?, key)?;
        self.certificate.vouch_for(&outcome.public.keys)?;
        Ok(outcome)
    }

    fn combination(&self) -> Result<Combination<'_>> {
        //= spec/9-dealing.md#9-5-finish
        //# All parties MUST use the same set of dealings.
        Ok(Combination::new(self.ceremony, pick(&self.kept, self.certificate.dealings())?))
    }
}

/// The digest of the agreed dealing of a dealer.
fn agreed_digest(certificate: &VerifiedCertificate, dealer: PartyIndex) -> Option<Digest> {
    let mut dealings = certificate.dealings().iter();
    dealings.find(|agreed| agreed.dealer == dealer).map(|agreed| agreed.digest)
}
