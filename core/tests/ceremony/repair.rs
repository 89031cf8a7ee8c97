//! Repair and enrolment: one party gets its share, lost or new, and nobody else deals anew or learns anything.

mod view;

use crate::common::closing::{certify, finish};
use crate::common::{
    EPOCH, KEY_CURVE, NONCE, PARAMETERS, Party, SECP256K1_ORDER, Sharing, World, flipped, header, id, index, plan, rng,
    same_shares, signed,
};
use rand::rngs::StdRng;
use relight::curve::CurveId;
use relight::sharing::{Identifier, VssCommitment};
use relight::{
    Backup, DealingFault, Error, KeyShare, Statement,
    dealing::{Ceremony, Dealings, Helper, Keys, Outcome, Plan, Recipient, Repair},
    decryption::DecryptionShare,
    identity::Purpose,
};
use view::{Model, determines, subsets};

/// The holders of a key on each curve, with thresholds 3 and 2.
struct Holders {
    parties: Vec<Party>,
    keys: Vec<Sharing>,
    rng: StdRng,
}

impl Holders {
    fn new(identifiers: &[Identifier], seed: u64) -> Self {
        let mut rng = rng(seed);
        let keys = [(KEY_CURVE, 3), (CurveId::Bls12381G1, 2)];
        let keys = keys.map(|(curve, threshold)| Sharing::at(curve, threshold, identifiers, &mut rng)).into();
        Self { parties: Party::group_at(identifiers, &mut rng), keys, rng }
    }

    fn five(seed: u64) -> Self {
        Self::new(&crate::common::ids(1..=5), seed)
    }

    /// These holders help, by their places.
    fn repair(&self, helpers: &[usize], receiver: Recipient) -> Repair {
        let helper = |place: &usize| {
            let Party { index, identifier, identity, key } = &self.parties[*place];
            let (identity, member_key) = (identity.public(), key.public());
            Helper { index: *index, identity, member_key, identifier: *identifier }
        };
        Repair {
            parameters: PARAMETERS,
            name: b"repair".to_vec(),
            nonce: NONCE,
            epoch: EPOCH,
            keys: self.keys.iter().map(|key| key.public.clone()).collect(),
            helpers: helpers.iter().map(helper).collect(),
            receiver,
        }
    }

    fn shares(&self, place: usize) -> Vec<&KeyShare> {
        self.keys.iter().map(|key| &key.shares[place]).collect()
    }

    fn deal(&mut self, ceremony: &Ceremony, place: usize, shares: &[&KeyShare]) -> Vec<u8> {
        let dealer = &self.parties[place];
        ceremony.deal(dealer.index, &dealer.identity, shares, &mut self.rng).unwrap().encode()
    }

    /// The first ceremony: what each helper has after it.
    fn prepare(&mut self, repair: &Repair, helpers: &[usize]) -> Vec<Outcome> {
        let ceremony = repair.prepare().unwrap();
        let deal = |place: &usize| {
            let own: Vec<KeyShare> = self.shares(*place).into_iter().map(copy).collect();
            self.deal(&ceremony, *place, &own.iter().collect::<Vec<_>>())
        };
        let dealings: Vec<_> = helpers.iter().map(deal).collect();
        finish(&ceremony, &dealings, helpers.iter().map(|place| &self.parties[*place]))
    }

    /// The second ceremony: what the receiver has after it.
    fn hand_over(&mut self, repair: &Repair, helpers: &[usize], between: &[Outcome], receiver: &Party) -> Outcome {
        let ceremony = repair.hand_over(&between[0].public).unwrap();
        let deal = |(place, outcome): (&usize, &Outcome)| {
            self.deal(&ceremony, *place, &outcome.shares.iter().collect::<Vec<_>>())
        };
        let dealings: Vec<_> = helpers.iter().zip(between).map(deal).collect();
        finish(&ceremony, &dealings, [receiver]).remove(0)
    }

    fn run(&mut self, helpers: &[usize], receiver: &Party) -> Vec<KeyShare> {
        let repair = self.repair(helpers, receiver.recipient());
        let between = self.prepare(&repair, helpers);
        let handed = self.hand_over(&repair, helpers, &between, receiver);
        repair.finish(&handed).unwrap()
    }
}

fn copy(share: &KeyShare) -> KeyShare {
    KeyShare::decode(&share.encode()).unwrap()
}

#[test]
fn a_lost_share_of_several_keys_is_repaired() {
    for helpers in [&[0, 1, 3][..], &[0, 1, 2, 3], &[1, 2, 3]] {
        let mut holders = Holders::five(1);
        let receiver = Party::at(5, id(5), &mut rng(2));
        let repaired = holders.run(helpers, &receiver);
        // The same shares as before, to the byte: epoch, threshold and all.
        assert!(same_shares(&repaired, &holders.shares(4)));
    }
}

#[test]
fn a_new_member_is_enrolled_among_identifiers_of_any_size() {
    let identifiers = [&[0xc5; 32][..], &[7], &[0x31; 64], &[0xfe; 20]].map(|id| Identifier::from_bytes(id).unwrap());
    let mut holders = Holders::new(&identifiers, 3);
    let receiver = Party::at(9, Identifier::from_bytes(&[0x77; 32]).unwrap(), &mut rng(4));
    let enrolled = holders.run(&[0, 2, 3], &receiver);
    for (share, key) in enrolled.iter().zip(&holders.keys) {
        assert_eq!((share.epoch(), share.identifier()), (EPOCH, receiver.identifier));
        assert_eq!(share.public_share(), &key.public.public_share(&receiver.identifier).unwrap());
        let others = usize::from(share.threshold().get()) - 1;
        let enough = key.shares.iter().take(others).chain([share]);
        assert_eq!(KeyShare::combine(enough).unwrap().public(), key.root.public());
    }
}

#[test]
fn a_repaired_share_does_what_the_lost_one_did() {
    let world = World::new(5);
    // The world's recovery party has lost the second member's share, and its node a share of the first root key.
    let mut holders = Holders::new(&crate::common::ids(1..=4), 6);
    let World { mut roots, recovery, .. } = World::new(5);
    holders.keys = vec![roots.swap_remove(0), recovery];
    let receiver = Party::at(2, id(2), &mut rng(7));
    let repaired = holders.run(&[0, 2, 3], &receiver);
    let digest = world.expected.digest();
    let share = DecryptionShare::new(index(2), &repaired[1], &digest).unwrap();
    assert_eq!(world.party.verify(&digest, &share), Ok(()));
    let shares = [world.decryption_shares([1, 4]), vec![share]].concat();
    let unlock = world.party.combine(&digest, &shares).unwrap();
    let opened = world.verified().open(&unlock, &world.blinder).unwrap();
    assert!(same_shares(&opened, &world.shares()));
    let entries = vec![repaired[0].entry().clone()];
    let expected =
        Statement::backup(header(), world.party.public_key().clone(), world.blinder.public(), entries).unwrap();
    let backup = Backup::create(&expected, [&repaired[0]], &mut rng(8)).unwrap();
    assert!(backup.verify(&expected).is_ok());
}

/// A helper's dealing in which it passes off another secret as its share of a key.
fn lie(holders: &mut Holders, ceremony: &Ceremony, place: usize, shares: &[&KeyShare], key: usize) -> Vec<u8> {
    let (dealer, mut keys) = (&holders.parties[place], ceremony.plan().keys.clone());
    let identifiers: Vec<Identifier> = holders.parties.iter().map(|party| party.identifier).collect();
    let threshold = shares[key].threshold().get();
    let other = Sharing::at(shares[key].curve(), threshold, &identifiers, &mut holders.rng);
    match &mut keys {
        Keys::Reshare(keys) => keys[key].commitment = other.public,
        Keys::HandOver(keys) => keys[key] = other.public,
        Keys::Generate(_) => panic!("nothing to lie about"),
    }
    // It deals honestly where that would be the truth, and moves that to the ceremony at hand.
    let elsewhere = Ceremony::new(Plan { keys, ..ceremony.plan().clone() }).unwrap();
    let mut shares = shares.to_vec();
    shares[key] = &other.shares[place];
    let dealing = elsewhere.deal(dealer.index, &dealer.identity, &shares, &mut holders.rng).unwrap().encode();
    let moved = crate::common::patched(&dealing[..dealing.len() - 65], 1, ceremony.digest().as_bytes());
    signed(&moved, Purpose::Dealing, &dealer.identity)
}

/// Four helpers deal, of which the second lies about one of the keys.
fn dealings_with_a_liar<'a>(
    holders: &mut Holders,
    ceremony: &'a Ceremony,
    shares: &[Vec<KeyShare>],
    key: usize,
) -> Dealings<'a> {
    let mut dealings = Dealings::new(ceremony);
    for (place, own) in shares.iter().enumerate() {
        let own: Vec<&KeyShare> = own.iter().collect();
        if place == 1 {
            let fault = Error::BadDealing { dealer: 2, fault: DealingFault::OtherKey };
            let lie = lie(holders, ceremony, place, &own, key);
            assert_eq!(dealings.receive(&lie), Err(fault));
        } else {
            dealings.receive(&holders.deal(ceremony, place, &own)).unwrap();
        }
    }
    assert_eq!(dealings.bad_dealers().collect::<Vec<_>>(), [index(2)]);
    dealings
}

/// The outcome of each recipient, all of which are given.
fn finish_all<'p>(
    ceremony: &Ceremony,
    dealings: &Dealings<'_>,
    recipients: impl IntoIterator<Item = &'p Party, IntoIter: Clone>,
) -> Vec<Outcome> {
    let recipients = recipients.into_iter();
    let certificate = certify(ceremony, dealings, recipients.clone()).unwrap();
    let closed = dealings.clone().close(certificate).unwrap();
    recipients.map(|party| closed.finish(party.index, &party.key).unwrap()).collect()
}

#[test]
fn a_lying_helper_is_named_and_the_others_repair() {
    for key in [0, 1] {
        let mut holders = Holders::five(9);
        let receiver = Party::at(5, id(5), &mut rng(10));
        let repair = holders.repair(&[0, 1, 2, 3], receiver.recipient());
        let first = repair.prepare().unwrap();
        let own: Vec<Vec<KeyShare>> =
            (0..4).map(|place| holders.shares(place).into_iter().map(copy).collect()).collect();
        let dealings = dealings_with_a_liar(&mut holders, &first, &own, key);
        let between = finish_all(&first, &dealings, &holders.parties[..4]);
        // In the second ceremony it lies again, about its share of the sum.
        let second = repair.hand_over(&between[0].public).unwrap();
        let own: Vec<Vec<KeyShare>> = between.into_iter().map(|outcome| outcome.shares).collect();
        let dealings = dealings_with_a_liar(&mut holders, &second, &own, key);
        let handed = finish_all(&second, &dealings, [&receiver]).remove(0);
        assert!(same_shares(&repair.finish(&handed).unwrap(), &holders.shares(4)));
    }
}

#[test]
fn with_too_few_helpers_left_nothing_is_repaired() {
    let mut holders = Holders::five(11);
    let receiver = Party::at(5, id(5), &mut rng(12));
    let two = holders.repair(&[0, 1], receiver.recipient());
    assert_eq!(two.prepare(), Err(Error::InvalidThreshold(3)));
    let repair = holders.repair(&[0, 1, 2], receiver.recipient());
    let ceremony = repair.prepare().unwrap();
    let mut dealings = Dealings::new(&ceremony);
    let shares: Vec<KeyShare> = holders.shares(1).into_iter().map(copy).collect();
    let lie = lie(&mut holders, &ceremony, 1, &shares.iter().collect::<Vec<_>>(), 0);
    let fault = Error::BadDealing { dealer: 2, fault: DealingFault::OtherKey };
    assert_eq!(dealings.receive(&lie), Err(fault));
    let not_enough = Error::NotEnoughDealings { have: 0, need: 3, bad: vec![2] };
    assert_eq!(certify(&ceremony, &dealings, &holders.parties[..3]), Err(not_enough));
}

//= spec/9-dealing.md#9-8-repair-and-enrolment
//= type=test
//# A receiver MUST check what it is handed against the old VSS commitment at its identifier before it keeps it.
#[test]
fn the_outcome_of_another_repair_is_refused() {
    let mut holders = Holders::five(13);
    let receiver = Party::at(5, id(5), &mut rng(14));
    let helpers = [0, 1, 2];
    let repair = holders.repair(&helpers, receiver.recipient());
    let elsewhere = holders.repair(&helpers, Recipient { identifier: id(6), ..receiver.recipient() });
    let mut fewer = repair.clone();
    fewer.keys.pop();
    let mut reversed = repair.clone();
    reversed.keys.reverse();
    let between = holders.prepare(&repair, &helpers);
    let handed = holders.hand_over(&repair, &helpers, &between, &receiver);
    assert!(repair.finish(&handed).is_ok());
    for other in [&elsewhere, &fewer, &reversed] {
        assert_eq!(other.hand_over(&between[0].public), Err(Error::CeremonyMismatch));
        assert_eq!(other.finish(&handed).unwrap_err(), Error::CeremonyMismatch);
    }
    // What a helper has between the ceremonies is a share of the receiver's share, and none of the key.
    assert_eq!(repair.finish(&between[0]).unwrap_err(), Error::CeremonyMismatch);
}

//= spec/9-dealing.md#9-1-ceremony
//= type=test
//# A decoder MUST refuse a point of re-sharing that is zero modulo the order of its curve, with ZeroIdentifier, or
//# equal modulo that order to a dealer's identifier, with DuplicateIdentifier.
#[test]
fn a_repair_at_a_helpers_identifier_is_refused() {
    let holders = Holders::five(15);
    let receiver = Party::new(5, &mut rng(16));
    let at = |identifier| holders.repair(&[0, 1, 2], Recipient { identifier, ..receiver.recipient() }).prepare();
    assert!(at(id(4)).is_ok());
    for own in [id(1), id(2), id(3)] {
        assert_eq!(at(own), Err(Error::DuplicateIdentifier(own)));
    }
    // The orders are those of secp256k1 and of BLS12-381: good on one of the curves is not enough.
    for order in [SECP256K1_ORDER, crate::common::BLS_ORDER] {
        let zero = Identifier::from_bytes(&order).unwrap();
        assert_eq!(at(zero), Err(Error::ZeroIdentifier(zero)));
        let one = Identifier::from_bytes(&flipped(&order, 31, 3)).unwrap();
        assert_eq!(at(one), Err(Error::DuplicateIdentifier(one)));
    }
}

//= spec/9-dealing.md#9-1-ceremony
//= type=test
//# A decoder MUST refuse a re-sharing with the threshold 1 of a polynomial with a greater one, with InvalidThreshold.
//= spec/9-dealing.md#9-1-ceremony
//= type=test
//# A decoder MUST refuse a hand-over with a threshold other than 1, with InvalidThreshold, and with more than one
//# recipient, with InvalidLength.
#[test]
fn the_whole_key_goes_to_one_recipient_by_hand_over_only() {
    let mut holders = Holders::five(17);
    let recipients = Party::group(1..=2, &mut rng(18));
    let old = holders.keys[0].public.clone();
    let one = VssCommitment::new(vec![old.public_key().clone()]).unwrap();
    let at = |threshold, keys: &Keys, to: usize| {
        Ceremony::new(plan(threshold, keys.clone(), &holders.parties, &recipients[..to]))
    };
    let reshare = Keys::Reshare(vec![old.clone().into()]);
    for to in [1, 2] {
        assert_eq!(at(1, &reshare, to), Err(Error::InvalidThreshold(1)));
        // Nothing is given away where everybody has the whole key already.
        assert!(at(1, &Keys::Reshare(vec![one.clone().into()]), to).is_ok());
    }
    assert!(at(2, &reshare, 2).is_ok());
    let whole = Keys::HandOver(vec![old.clone()]);
    assert_eq!(at(2, &whole, 2), Err(Error::InvalidThreshold(2)));
    assert_eq!(at(1, &whole, 2), Err(Error::InvalidLength));
    let ceremony = at(1, &whole, 1).unwrap();
    assert_eq!(Ceremony::decode(&ceremony.encode()), Ok(ceremony.clone()));
    let dealings = [0, 2, 4].map(|place: usize| {
        let share = copy(&holders.keys[0].shares[place]);
        holders.deal(&ceremony, place, &[&share])
    });
    let outcome = finish(&ceremony, &dealings, &recipients[..1]).remove(0);
    assert_eq!(&outcome.shares[0].secret().public(), old.public_key());
    assert_eq!(outcome.shares[0].secret().expose_bytes(), holders.keys[0].root.expose_bytes());
}

/// Five holders at 1..=5 of a key with the threshold 3; all sets of helpers that are enough, for each receiver: one of the
/// holders, which does not help, or a new one.
fn models() -> Vec<Model> {
    let holders = [1, 2, 3, 4, 5];
    let sets = subsets(&holders, 5).into_iter().filter(|helpers| helpers.len() >= 3);
    let with_receivers = sets.flat_map(|helpers| [1, 2, 3, 4, 5, 60].map(|at| (helpers.clone(), at)));
    let distinct = with_receivers.filter(|(helpers, at)| !helpers.contains(at));
    distinct.map(|(helpers, at)| Model { old: 3, new: 3, helpers, at }).collect()
}

fn together(model: &Model, coalition: &[u64]) -> Vec<Vec<u64>> {
    coalition.iter().flat_map(|x| model.holder(*x)).collect()
}

#[test]
fn helpers_below_the_threshold_learn_nothing() {
    for model in models() {
        let holders: Vec<u64> = [1, 2, 3, 4, 5].into_iter().filter(|x| *x != model.at).collect();
        for coalition in subsets(&holders, 2) {
            let view = together(&model, &coalition);
            assert!(!determines(&view, &model.share(model.at)), "{coalition:?} at {}", model.at);
            assert!(!determines(&view, &model.share(0)));
            // Of f they know the shares that they had before.
            assert_eq!(model.learned(&view), coalition.len());
        }
        // That the argument sees what is learned: the threshold is enough, and for less if the sum is shared for less.
        let view = together(&model, &model.helpers[..3]);
        assert!(determines(&view, &model.share(model.at)) && model.learned(&view) == 3);
        let weaker = Model { new: 2, ..model };
        assert!(determines(&together(&weaker, &weaker.helpers[..2]), &weaker.share(weaker.at)));
    }
}

#[test]
fn the_receiver_learns_its_share_only() {
    for model in models() {
        let view = model.receiver();
        assert!(determines(&view, &model.share(model.at)));
        assert_eq!(model.learned(&view), 1);
        // With a holder beside it, it has two shares of three: not the key, and not a third share.
        for holder in [1, 2, 3, 4, 5].into_iter().filter(|x| *x != model.at) {
            let view = [view.clone(), model.holder(holder)].concat();
            assert_eq!(model.learned(&view), 2);
            let others = [0, 1, 2, 3, 4, 5, 60].into_iter().filter(|x| ![model.at, holder].contains(x));
            others.for_each(|x| assert!(!determines(&view, &model.share(x))));
        }
        // Were it sent the helpers' own shares, it would know the key.
        let plain: Vec<_> = model.helpers.iter().map(|x| model.share(*x)).collect();
        assert!(determines(&plain, &model.share(0)));
    }
}

/// The model is that of the ceremonies: the weighted sum of what is dealt is a sharing of the receiver's share.
#[test]
fn the_model_repairs() {
    for model in models() {
        assert_eq!(model.sum(0), model.share(model.at));
    }
}
