//! Parties that deal keys to each other.

use crate::party::share_out;
use rand::rngs::StdRng;
use relight::curve::CurveId;
use relight::sharing::{Identifier, PartyIndex};
use relight::{
    Ceremony, Dealer, Dealings, IdentityKey, KeyShare, KeySlot, MemberKey, Outcome, ParameterSet, Plan, Recipient,
    Result,
};

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
        Self::generating_at(curves, &PartyIndex::all(parties).map(Identifier::from).collect::<Vec<_>>(), rng)
    }

    /// The same, by as many parties as there are identifiers, at which their shares will lie.
    pub fn generating_at(curves: &[CurveId], identifiers: &[Identifier], rng: &mut StdRng) -> Result<Self> {
        let old_shares = identifiers.iter().map(|_| Vec::new()).collect();
        Self::new(curves.iter().copied().map(KeySlot::Generate).collect(), old_shares, identifiers, rng)
    }

    /// A key of each curve, which the parties hold, is dealt again.
    pub fn resharing(curves: &[CurveId], parties: u16, rng: &mut StdRng) -> Result<Self> {
        let mut keys = Vec::new();
        let mut old_shares: Vec<Vec<KeyShare>> = (0..parties).map(|_| Vec::new()).collect();
        for curve in curves {
            let (sharing, shares) = share_out(*curve, parties * 2 / 3 + 1, parties, rng)?;
            keys.push(KeySlot::reshare(sharing));
            old_shares.iter_mut().zip(shares).for_each(|(held, share)| held.push(share));
        }
        Self::new(keys, old_shares, &PartyIndex::all(parties).map(Identifier::from).collect::<Vec<_>>(), rng)
    }

    fn new(
        slots: Vec<KeySlot>,
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
        let recipients = parties().zip(&keys).map(|((index, identifier), key)| Recipient {
            index,
            member_key: key.public(),
            identifier,
        });
        let ceremony = Ceremony::new(Plan {
            parameters: ParameterSet::Fast,
            context: b"bench".to_vec(),
            epoch: 2,
            threshold: identifiers.len() as u16 * 2 / 3 + 1,
            keys: slots,
            dealers: dealers.collect(),
            recipients: recipients.collect(),
        })?;
        Ok(Self { ceremony, identities, keys, old_shares })
    }

    /// What one dealer sends; `place` counts from zero.
    pub fn deal(&self, place: u16, rng: &mut StdRng) -> Result<Vec<u8>> {
        let at = usize::from(place);
        let shares: Vec<&KeyShare> = self.old_shares[at].iter().collect();
        self.ceremony.deal(PartyIndex::new(place + 1)?, &self.identities[at], &shares, rng)
    }

    /// As many dealings as it takes, received and verified.
    pub fn dealings(&self, rng: &mut StdRng) -> Result<Dealings<'_>> {
        let mut dealings = Dealings::new(&self.ceremony);
        (0..self.ceremony.needed()).try_for_each(|place| dealings.receive(&self.deal(place, rng)?))?;
        Ok(dealings)
    }

    /// What the first recipient makes of them.
    pub fn finish(&self, dealings: &Dealings<'_>) -> Result<Outcome> {
        dealings.finish(PartyIndex::new(1)?, &self.keys[0])
    }
}
