//! Ceremonies up to where an operation begins, with no secret marked.

use crate::world::{Party, World};
use rand::SeedableRng;
use rand::rngs::StdRng;
use relight::KeyShare;
use relight::dealing::*;

/// A ceremony with the dealings of all dealers, and the closed set of them.
pub struct Held {
    pub ceremony: &'static Ceremony,
    pub dealings: Dealings<'static>,
    pub closed: ClosedDealings<'static>,
}

impl Held {
    /// The dealers have the old shares that `old` gives for their place. The ceremony lives on with the process.
    pub fn new<'s>(parties: &[Party], ceremony: Ceremony, old: impl Fn(usize) -> Vec<&'s KeyShare>) -> Self {
        let ceremony: &'static Ceremony = Box::leak(Box::new(ceremony));
        let dealings = dealings(parties, ceremony, old);
        Self { ceremony, closed: closed(parties, ceremony, dealings.clone()), dealings }
    }
}

/// What more than one operation begins with.
pub struct Ceremonies {
    /// All parties make keys on every curve.
    pub generation: Held,
    /// The first two parties make the third one's shares of the root keys again.
    pub repair: Held,
    /// What they have of those shares after it.
    pub parts: Vec<Outcome>,
    /// The second ceremony of that.
    pub hand_over: Held,
}

impl Ceremonies {
    pub fn new(world: &World) -> Self {
        let (parties, repair) = (&world.parties, world.repair());
        let generation = Held::new(parties, world.generation(), |_| Vec::new());
        let first = Held::new(parties, repair.prepare().unwrap(), |place| world.root_shares(place));
        let parts = parties[..2].iter().map(|helper| first.closed.finish(helper.index, &helper.key).unwrap());
        let parts: Vec<Outcome> = parts.collect();
        let second = repair.hand_over(&parts[0].public).unwrap();
        let hand_over = Held::new(parties, second, |place| parts[place].shares.iter().collect());
        Self { generation, repair: first, parts, hand_over }
    }
}

fn dealings<'c, 's>(
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

fn closed<'c>(parties: &[Party], ceremony: &'c Ceremony, dealings: Dealings<'c>) -> ClosedDealings<'c> {
    let mut confirmations = Confirmations::new(ceremony);
    for recipient in &ceremony.plan().recipients {
        let party = parties.iter().find(|party| party.index == recipient.index).unwrap();
        let unsigned = dealings.clone().confirm(party.index, &party.key).unwrap();
        confirmations.receive(&unsigned.sign(&party.identity).unwrap().encode()).unwrap();
    }
    dealings.close(confirmations.certificate().unwrap().verify(ceremony).unwrap()).unwrap()
}
