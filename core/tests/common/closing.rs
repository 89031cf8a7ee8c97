//! Ceremonies from their dealings to their end, as honest parties run them.

use super::Party;
use rand::CryptoRng;
use relight::{
    Result,
    dealing::{Ceremony, ClosedDealings, Confirmation, Confirmations, Dealings, Outcome, VerifiedCertificate},
    registration::MemberRegistration,
};

/// One party's view after these dealings, which are all valid.
pub fn receive_all<'a>(ceremony: &'a Ceremony, dealings: &[Vec<u8>]) -> Dealings<'a> {
    let mut received = Dealings::new(ceremony);
    dealings.iter().for_each(|dealing| received.receive(dealing).unwrap());
    received
}

/// What a recipient with this view confirms.
pub fn confirm(dealings: &Dealings<'_>, party: &Party) -> Result<Confirmation> {
    dealings.clone().confirm(party.index, &party.key)?.sign(&party.identity)
}

/// All of these recipients have the same view.
pub fn certify<'p>(
    ceremony: &Ceremony,
    dealings: &Dealings<'_>,
    recipients: impl IntoIterator<Item = &'p Party>,
) -> Result<VerifiedCertificate> {
    let mut confirmations = Confirmations::new(ceremony);
    recipients.into_iter().try_for_each(|party| confirmations.receive(&confirm(dealings, party)?.encode()))?;
    confirmations.certificate()?.verify(ceremony)
}

/// The same, and what each of them goes on with.
pub fn close<'a, 'p>(
    ceremony: &'a Ceremony,
    dealings: &Dealings<'a>,
    recipients: impl IntoIterator<Item = &'p Party>,
) -> Result<ClosedDealings<'a>> {
    dealings.clone().close(certify(ceremony, dealings, recipients)?)
}

/// Everyone receives these dealings: the outcome of each recipient, all of which are given.
pub fn finish<'p>(
    ceremony: &Ceremony,
    dealings: &[Vec<u8>],
    recipients: impl IntoIterator<Item = &'p Party, IntoIter: Clone>,
) -> Vec<Outcome> {
    let recipients = recipients.into_iter();
    let closed = close(ceremony, &receive_all(ceremony, dealings), recipients.clone()).unwrap();
    recipients.map(|party| closed.finish(party.index, &party.key).unwrap()).collect()
}

impl Party {
    /// Its registration as a member.
    pub fn register(&self, context: &[u8], rng: &mut impl CryptoRng) -> MemberRegistration {
        let unsigned = MemberRegistration::first(context, self.index, &self.identity.public(), &self.key, rng);
        unsigned.unwrap().sign(&self.identity).unwrap()
    }
}
