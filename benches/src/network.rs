//! Parties that deal keys to each other.

use crate::party::share_out;
use rand::rngs::StdRng;
use relight::curve::CurveId;
use relight::sharing::{Identifier, PartyIndex};
use relight::{
    KeyShare, MemberKey, ParameterSet, Result,
    dealing::{
        Ceremony, Certificate, ClosedDealings, Confirmation, Confirmations, Dealer, Dealings, Keys, Outcome, Plan,
        Recipient, Reshared,
    },
    identity::{IdentityKey, Unsigned},
};

/// Where a confirmation names its recipient: after the version and the digest of the ceremony.
const RECIPIENT_AT: usize = 1 + 32;

/// A ceremony whose dealers are its recipients, and what they know.
#[derive(Debug)]
pub struct Circle {
    /// What all agreed on.
    pub ceremony: Ceremony,
    identities: Vec<IdentityKey>,
    keys: Vec<MemberKey>,
    /// What each dealer holds of the old keys, if keys are dealt again.
    old_shares: Vec<Vec<KeyShare>>,
}

impl Circle {
    /// A key of each curve is made by `parties`, more than two thirds of which will hold it.
    pub fn generating(curves: &[CurveId], parties: u16, rng: &mut StdRng) -> Result<Self> {
        Self::generating_at(ParameterSet::Fast, curves, &numbered(parties), rng)
    }

    /// The same, with any parameters, by as many parties as there are identifiers, at which their shares will lie.
    pub fn generating_at(
        parameters: ParameterSet,
        curves: &[CurveId],
        identifiers: &[Identifier],
        rng: &mut StdRng,
    ) -> Result<Self> {
        let old_shares = identifiers.iter().map(|_| Vec::new()).collect();
        Self::new(parameters, curves.iter().copied().collect(), old_shares, identifiers, rng)
    }

    /// For what dealings cost once they are verified, which their parameter set has no part in: with few instances they
    /// are made in little time.
    pub fn generating_insecurely(curves: &[CurveId], parties: u16, rng: &mut StdRng) -> Result<Self> {
        Self::generating_at(ParameterSet::Insecure, curves, &numbered(parties), rng)
    }

    /// A key of each curve, which the parties hold, is dealt again.
    pub fn resharing(curves: &[CurveId], parties: u16, rng: &mut StdRng) -> Result<Self> {
        let mut keys = Vec::new();
        let mut old_shares: Vec<Vec<KeyShare>> = (0..parties).map(|_| Vec::new()).collect();
        for curve in curves {
            let (commitment, shares) = share_out(*curve, parties * 2 / 3 + 1, parties, rng)?;
            keys.push(Reshared::from(commitment));
            old_shares.iter_mut().zip(shares).for_each(|(held, share)| held.push(share));
        }
        Self::new(ParameterSet::Fast, Keys::Reshare(keys), old_shares, &numbered(parties), rng)
    }

    fn new(
        parameters: ParameterSet,
        dealt: Keys,
        old_shares: Vec<Vec<KeyShare>>,
        identifiers: &[Identifier],
        rng: &mut StdRng,
    ) -> Result<Self> {
        let parties = old_shares.len() as u16;
        let identities: Vec<_> = PartyIndex::all(parties).map(|_| IdentityKey::generate(rng)).collect();
        let keys: Vec<_> = PartyIndex::all(parties).map(|_| MemberKey::generate(rng)).collect();
        let parties = || PartyIndex::all(parties).zip(identifiers.iter().copied());
        let dealers = parties().zip(&identities).map(|((index, identifier), identity)| Dealer {
            index,
            identity: identity.public(),
            identifier,
        });
        let recipients = parties().zip(identities.iter().zip(&keys)).map(|((index, identifier), (identity, key))| {
            Recipient { index, identity: identity.public(), member_key: key.public(), identifier }
        });
        let ceremony = Ceremony::new(Plan {
            parameters,
            name: b"bench".to_vec(),
            nonce: Plan::random_nonce(rng),
            epoch: 2,
            threshold: identifiers.len() as u16 * 2 / 3 + 1,
            keys: dealt,
            dealers: dealers.collect(),
            recipients: recipients.collect(),
        })?;
        Ok(Self { ceremony, identities, keys, old_shares })
    }

    /// What one dealer sends; `place` counts from zero.
    pub fn deal(&self, place: u16, rng: &mut StdRng) -> Result<Vec<u8>> {
        let at = usize::from(place);
        let shares: Vec<&KeyShare> = self.old_shares[at].iter().collect();
        Ok(self.ceremony.deal(PartyIndex::new(place + 1)?, &self.identities[at], &shares, rng)?.encode())
    }

    /// As many dealings as it takes, received and verified.
    pub fn dealings(&self, rng: &mut StdRng) -> Result<Dealings<'_>> {
        let mut dealings = Dealings::new(&self.ceremony);
        (0..self.ceremony.needed()).try_for_each(|place| dealings.receive(&self.deal(place, rng)?))?;
        Ok(dealings)
    }

    /// What the first recipient confirms of them.
    pub fn confirm(&self, dealings: &Dealings<'_>) -> Result<Unsigned<Confirmation>> {
        dealings.clone().confirm(PartyIndex::new(1)?, &self.keys[0])
    }

    /// The certificate of all recipients. All say the same: one looks, and the others put their numbers to it.
    pub fn certificate(&self, dealings: &Dealings<'_>) -> Result<Certificate> {
        let first = self.confirm(dealings)?;
        let mut confirmations = Confirmations::new(&self.ceremony);
        for (place, identity) in (1u16..).zip(&self.identities) {
            let mut body = first.body().to_vec();
            body[RECIPIENT_AT..RECIPIENT_AT + 2].copy_from_slice(&place.to_be_bytes());
            let unsigned = Unsigned::<Confirmation>::from_body(&body, identity.public());
            confirmations.receive(&unsigned.sign(identity)?.encode())?;
        }
        confirmations.certificate()
    }

    /// The closed set.
    pub fn close<'a>(&self, dealings: Dealings<'a>) -> Result<ClosedDealings<'a>> {
        let certificate = self.certificate(&dealings)?.verify(&self.ceremony)?;
        dealings.close(certificate)
    }

    /// What the first recipient makes of it.
    pub fn finish(&self, closed: &ClosedDealings<'_>) -> Result<Outcome> {
        closed.finish(PartyIndex::new(1)?, &self.keys[0])
    }
}

/// The identifiers of parties at which their own numbers are.
fn numbered(parties: u16) -> Vec<Identifier> {
    PartyIndex::all(parties).map(Identifier::from).collect()
}
