//! Ceremonies up to where an operation begins, with no secret marked.

use crate::world::Party;
use rand::SeedableRng;
use rand::rngs::StdRng;
use relight::KeyShare;
use relight::dealing::*;

/// The dealings of all dealers, who have the old shares that `old` gives for their place.
pub fn dealings<'c, 's>(
    parties: &[Party],
    ceremony: &'c Ceremony,
    old: impl Fn(usize) -> Vec<&'s KeyShare>,
) -> Dealings<'c> {
    let rng = &mut StdRng::seed_from_u64(4);
    let mut dealings = Dealings::new(ceremony);
    for (place, dealer) in parties.iter().enumerate().take(ceremony.plan().dealers.len()) {
        let dealing = ceremony.deal(dealer.index, &dealer.identity, &old(place), rng).unwrap();
        dealings.receive(&dealing.encode()).unwrap();
    }
    dealings
}

/// The closed set of all of them.
pub fn closed<'c, 's>(
    parties: &[Party],
    ceremony: &'c Ceremony,
    old: impl Fn(usize) -> Vec<&'s KeyShare>,
) -> ClosedDealings<'c> {
    let dealings = dealings(parties, ceremony, old);
    let mut confirmations = Confirmations::new(ceremony);
    for recipient in &ceremony.plan().recipients {
        let party = parties.iter().find(|party| party.index == recipient.index).unwrap();
        let unsigned = dealings.clone().confirm(party.index, &party.key).unwrap();
        confirmations.receive(&unsigned.sign(&party.identity).unwrap().encode()).unwrap();
    }
    dealings.close(confirmations.certificate().unwrap().verify(ceremony).unwrap()).unwrap()
}
