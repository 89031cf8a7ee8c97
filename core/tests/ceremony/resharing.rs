//! Re-sharing and refresh: the key stays, old shares die, and backups stay good.

use crate::common::closing::{certify, finish, receive_all};
use crate::common::{
    EPOCH, KEY_CURVE, Party, Sharing, World, cases, flipped, id, index, patched, plan, rng, same_shares, signed,
};
use proptest::prelude::*;
use rand::rngs::StdRng;
use relight::curve::CurveId;
use relight::sharing::{Identifier, VssCommitment, combine_secrets};
use relight::{
    DealingFault, Error, Field, KeyShare,
    dealing::{Ceremony, Dealings, Keys, Outcome, Plan, Reshared},
    decryption::{DecryptionShare, RecoveryParty},
    identity::Purpose,
};

/// The old holders of a sharing, with their identities.
struct Holders {
    commitment: Sharing,
    parties: Vec<Party>,
}

impl Holders {
    fn new(curve: CurveId, threshold: u16, size: u16, rng: &mut StdRng) -> Self {
        Self { commitment: Sharing::new(curve, threshold, size, rng), parties: Party::group(1..=size, rng) }
    }

    fn plan(&self, threshold: u16, recipients: &[Party]) -> Plan {
        let keys = Keys::Reshare(vec![self.commitment.public.clone().into()]);
        Plan { epoch: EPOCH + 1, ..plan(threshold, keys, &self.parties, recipients) }
    }

    fn deal(&self, ceremony: &Ceremony, dealer: u16, rng: &mut StdRng) -> Vec<u8> {
        let place = usize::from(dealer) - 1;
        let share = &self.commitment.shares[place];
        ceremony.deal(index(dealer), &self.parties[place].identity, &[share], rng).unwrap().encode()
    }

    /// These dealers re-share to the recipients.
    fn reshare(&self, dealers: &[u16], threshold: u16, recipients: &[Party], rng: &mut StdRng) -> Vec<Outcome> {
        let ceremony = Ceremony::new(self.plan(threshold, recipients)).unwrap();
        let dealings: Vec<_> = dealers.iter().map(|dealer| self.deal(&ceremony, *dealer, rng)).collect();
        finish(&ceremony, &dealings, recipients)
    }
}

fn combined(shares: &[&KeyShare]) -> relight::curve::CurvePoint {
    let shares: Vec<_> = shares.iter().map(|share| (share.identifier(), share.secret())).collect();
    combine_secrets(&shares).unwrap().public()
}

/// Old threshold and size, the dealers, new threshold and recipients.
type Change = (u16, u16, &'static [u16], u16, &'static [u16]);

const CHANGES: [Change; 6] = [
    (2, 3, &[1, 3], 2, &[1, 2, 3]),
    (2, 3, &[1, 2, 3], 3, &[1, 2, 3, 4, 5]),
    (3, 4, &[4, 2, 1], 2, &[7, 8]),
    (3, 4, &[1, 2, 3, 4], 2, &[2, 9, 65535]),
    (1, 1, &[1], 2, &[1, 2]),
    (1, 3, &[2], 1, &[1, 2]),
];

#[test]
fn the_key_stays_over_every_change_of_the_set() {
    let mut rng = rng(1);
    for curve in [KEY_CURVE, CurveId::Bls12381G1] {
        for (old_threshold, size, dealers, threshold, recipients) in CHANGES {
            let holders = Holders::new(curve, old_threshold, size, &mut rng);
            let recipients = Party::group(recipients.iter().copied(), &mut rng);
            let outcomes = holders.reshare(dealers, threshold, &recipients, &mut rng);
            let shares: Vec<&KeyShare> = outcomes.iter().map(|outcome| &outcome.shares[0]).collect();
            let root = holders.commitment.public.public_key();
            assert_eq!(&combined(&shares[..usize::from(threshold)]), root);
            assert_eq!(outcomes[0].public.keys[0].public_key(), root);
            assert_eq!(outcomes[0].public.keys[0].threshold().get(), threshold);
            assert!(shares.iter().all(|share| share.epoch() == EPOCH + 1 && share.public_key() == root));
        }
    }
}

#[test]
fn old_shares_below_the_old_threshold_are_useless() {
    let mut rng = rng(2);
    let holders = Holders::new(KEY_CURVE, 3, 4, &mut rng);
    let recipients = Party::group(1..=4, &mut rng);
    let outcomes = holders.reshare(&[1, 2, 3], 3, &recipients, &mut rng);
    let (old, root) = (&holders.commitment.shares, holders.commitment.public.public_key());
    let new: Vec<&KeyShare> = outcomes.iter().map(|outcome| &outcome.shares[0]).collect();
    // Two old ones are too few, alone and with new ones.
    assert_ne!(&combined(&[&old[0], &old[1]]), root);
    assert_ne!(&combined(&[&old[0], &old[1], new[2]]), root);
    assert_ne!(&combined(&[&old[0], new[1], new[2]]), root);
    assert_eq!(&combined(&new[1..]), root);
    // A share of one epoch is none of the other.
    for (old, new) in old.iter().zip(&new) {
        assert_ne!(old.public_share(), new.public_share());
        let relabelled = KeyShare::new(EPOCH, &holders.commitment.public, new.identifier(), secret_of(new));
        assert_eq!(relabelled.unwrap_err(), Error::SecretMismatch { compartment: 0, entry: 0 });
    }
}

fn secret_of(share: &KeyShare) -> relight::curve::SecretScalar {
    relight::curve::SecretScalar::from_bytes(share.curve(), share.secret().expose_bytes()).unwrap()
}

#[test]
fn existing_backups_open_with_the_refreshed_party() {
    let (world, mut rng) = (World::new(3), rng(3));
    let World { recovery, .. } = World::new(3);
    let holders = Holders { commitment: recovery, parties: Party::group(1..=4, &mut rng) };
    // A smaller party, with other members.
    let members = Party::group([5, 6, 8], &mut rng);
    let outcomes = holders.reshare(&[4, 1, 2], 2, &members, &mut rng);
    let party = RecoveryParty::new(outcomes[0].public.keys[0].clone(), &crate::common::members([5, 6, 8])).unwrap();
    assert_eq!(party.public_key(), world.party.public_key());

    let digest = world.expected.digest();
    let shares = outcomes
        .iter()
        .zip(&members)
        .map(|(outcome, member)| DecryptionShare::new(member.index, &outcome.shares[0], &digest).unwrap());
    let shares: Vec<_> = shares.collect();
    let unlock = party.combine(&digest, &shares[1..]).unwrap();
    let restored = world.verified().open(&unlock, &world.blinder).unwrap();
    assert!(same_shares(&restored, &world.shares()));

    // Shares of the old party are none of the new one, nor the other way round.
    let stale = DecryptionShare::from_sigma(index(5), &world.decryption_shares([1])[0].sigma()).unwrap();
    let mixed = party.combine(&digest, &[stale, shares[1].clone()]);
    assert_eq!(mixed.unwrap_err(), Error::BadDecryptionShares { members: vec![5] });
    assert_eq!(world.party.verify(&digest, &shares[0]), Err(Error::UnknownMember(5)));
}

#[test]
fn a_dealer_that_deals_another_key_is_out() {
    let mut rng = rng(4);
    let holders = Holders::new(CurveId::Secp256k1, 2, 3, &mut rng);
    let recipients = Party::group(1..=2, &mut rng);
    let ceremony = Ceremony::new(holders.plan(2, &recipients)).unwrap();
    let (one, other) = (holders.deal(&ceremony, 1, &mut rng), holders.deal(&ceremony, 2, &mut rng));
    let commitments = 35..35 + 2 * 33;
    let forgeries = [
        // Another dealer's share, and the negative of its own.
        patched(&one, commitments.start, &other[commitments]),
        flipped(&one, 35, 1),
    ];
    for forgery in forgeries {
        let unsigned = &forgery[..forgery.len() - 65];
        let bad = signed(unsigned, Purpose::Dealing, &holders.parties[0].identity);
        let mut dealings = Dealings::new(&ceremony);
        let expected = Error::BadDealing { dealer: 1, fault: DealingFault::OtherKey };
        assert_eq!(dealings.receive(&bad), Err(expected));
        dealings.receive(&other).unwrap();
        let not_enough = Error::NotEnoughDealings { have: 1, need: 2, bad: vec![1] };
        assert_eq!(certify(&ceremony, &dealings, &recipients), Err(not_enough));
    }
}

/// Two keys with different old thresholds, and four holders of both.
fn two_keys(rng: &mut StdRng) -> ([Sharing; 2], Vec<Party>) {
    let keys = [(KEY_CURVE, 2), (CurveId::Bls12381G1, 3)];
    (keys.map(|(curve, threshold)| Sharing::new(curve, threshold, 4, rng)), Party::group(1..=4, rng))
}

fn slots(keys: &[Sharing; 2], at: Option<Identifier>) -> Keys {
    keys.iter().map(|key| Reshared { commitment: key.public.clone(), at }).collect()
}

fn deal_both(ceremony: &Ceremony, keys: &[Sharing; 2], dealer: &Party, rng: &mut StdRng) -> Vec<u8> {
    let place = usize::from(dealer.index.get()) - 1;
    let shares = keys.each_ref().map(|key| &key.shares[place]);
    ceremony.deal(dealer.index, &dealer.identity, &shares, rng).unwrap().encode()
}

/// The greatest of the old thresholds counts; more dealings than that do no harm; a point other than zero gives that value.
#[test]
fn keys_with_different_old_thresholds_are_re_shared_together() {
    let rng = &mut rng(8);
    let (keys, parties) = two_keys(rng);
    for at in [None, Some(id(77)), Some(Identifier::from_bytes(&[0xee; 48]).unwrap())] {
        let ceremony = Ceremony::new(plan(2, slots(&keys, at), &parties, &parties)).unwrap();
        assert_eq!(ceremony.needed(), 3);
        let dealt: Vec<_> = parties.iter().map(|dealer| deal_both(&ceremony, &keys, dealer, rng)).collect();
        for have in 0..4 {
            let enough = certify(&ceremony, &receive_all(&ceremony, &dealt[..have]), &parties).map(drop);
            let short = Error::NotEnoughDealings { have: have as u16, need: 3, bad: vec![] };
            assert_eq!(enough, if have < 3 { Err(short) } else { Ok(()) });
        }
        let outcomes = finish(&ceremony, &dealt, &parties);
        for (place, key) in keys.iter().enumerate() {
            let value = at.map_or(key.root.public(), |at| key.public.public_share(&at).unwrap());
            for pair in [[0, 1], [3, 2]] {
                assert_eq!(combined(&pair.map(|party: usize| &outcomes[party].shares[place])), value);
            }
        }
    }
}

/// What a dealing deals is compared with the old shares of all keys before any proof of knowledge.
#[test]
fn another_second_key_is_named_before_a_proof_that_fails() {
    let rng = &mut rng(9);
    let (keys, parties) = two_keys(rng);
    let ceremony = Ceremony::new(plan(2, slots(&keys, None), &parties, &parties)).unwrap();
    let [one, other] = [0, 1].map(|dealer: usize| deal_both(&ceremony, &keys, &parties[dealer], rng));
    let (response, second) = (35 + 3 * 33 + 31, 35 + 3 * 33 + 32);
    let verdict = |dealing: Vec<u8>| {
        let dealing = signed(&dealing[..dealing.len() - 65], Purpose::Dealing, &parties[0].identity);
        ceremony.verify_dealing(&dealing).result().map(drop)
    };
    let bad = |fault| Err(Error::BadDealing { dealer: 1, fault });
    assert_eq!(verdict(one.clone()), Ok(()));
    let unproved = flipped(&one, response, 1);
    assert_eq!(verdict(unproved.clone()), bad(DealingFault::SchnorrProof));
    for dealing in [one, unproved] {
        assert_eq!(verdict(patched(&dealing, second, &other[second..second + 48])), bad(DealingFault::OtherKey));
    }
}

//= spec/9-dealing.md#9-2-deal
//= type=test
//# A dealer MUST check its old shares against the ceremony before it deals.
#[test]
fn only_the_holder_of_a_share_re_shares_it() {
    let mut rng = rng(5);
    let holders = Holders::new(KEY_CURVE, 2, 3, &mut rng);
    let stranger = Sharing::new(KEY_CURVE, 2, 3, &mut rng);
    let recipients = Party::group(1..=2, &mut rng);
    let ceremony = Ceremony::new(holders.plan(2, &recipients)).unwrap();
    let mut deal = |shares: &[&KeyShare]| ceremony.deal(index(1), &holders.parties[0].identity, shares, &mut rng);
    let mismatch = |field| Err(Error::Mismatch(field));
    assert_eq!(deal(&[&holders.commitment.shares[1]]), mismatch(Field::Identifier(0)));
    assert_eq!(deal(&[&stranger.shares[0]]), mismatch(Field::PublicKey(0)));
    assert_eq!(deal(&[]), Err(Error::InvalidLength));
    let twice = [&holders.commitment.shares[0], &holders.commitment.shares[0]];
    assert_eq!(deal(&twice), Err(Error::InvalidLength));
    // Of two keys, the other's share is another party's.
    let (keys, parties) = two_keys(&mut rng);
    let ceremony = Ceremony::new(plan(2, slots(&keys, None), &parties, &parties)).unwrap();
    let shares = [&keys[0].shares[0], &keys[1].shares[1]];
    let dealt = ceremony.deal(index(1), &parties[0].identity, &shares, &mut rng);
    assert_eq!(dealt, mismatch(Field::Identifier(1)));
}

#[test]
fn fewer_dealers_than_the_old_threshold_are_not_enough() {
    let mut rng = rng(6);
    let holders = Holders::new(CurveId::Bls12381G1, 3, 4, &mut rng);
    let recipients = Party::group(1..=2, &mut rng);
    let mut too_few = holders.plan(2, &recipients);
    too_few.dealers.truncate(2);
    let error = |have| Error::NotEnoughDealings { have, need: 3, bad: vec![] };
    assert_eq!(Ceremony::new(too_few), Err(error(2)));
    let ceremony = Ceremony::new(holders.plan(2, &recipients)).unwrap();
    let dealings = [1, 4].map(|dealer| holders.deal(&ceremony, dealer, &mut rng));
    assert_eq!(certify(&ceremony, &receive_all(&ceremony, &dealings), &recipients), Err(error(2)));
}

/// Commitments that are not those of the shares: whoever planned this fooled somebody, and it is found in the end.
#[test]
fn an_old_sharing_that_nobody_holds_is_found_out() {
    let mut rng = rng(7);
    let holders = Holders::new(KEY_CURVE, 2, 2, &mut rng);
    let longer: Vec<_> = holders.commitment.public.commitments().cloned().collect();
    let longer = VssCommitment::new([&longer[..], &longer[..1]].concat()).unwrap();
    let recipients = Party::group(1..=2, &mut rng);
    let plan = Plan { keys: Keys::Reshare(vec![longer.into()]), ..holders.plan(2, &recipients) };
    assert_eq!(Ceremony::new(plan), Err(Error::NotEnoughDealings { have: 2, need: 3, bad: vec![] }));
}

proptest! {
    #![proptest_config(cases(4))]
    #[test]
    fn re_sharing_again_and_again_keeps_the_key(seed in any::<u64>(), sizes in prop::collection::vec(2u16..5, 1..4)) {
        let mut rng = rng(seed);
        let mut holders = Holders::new(KEY_CURVE, 2, 3, &mut rng);
        let root = holders.commitment.public.public_key().clone();
        for size in sizes {
            let next = Party::group(1..=size, &mut rng);
            let dealers: Vec<u16> = (1..=holders.parties.len() as u16).collect();
            let threshold = size / 2 + 1;
            let outcomes = holders.reshare(&dealers, threshold, &next, &mut rng);
            let public = outcomes[0].public.keys[0].clone();
            let shares: Vec<_> = outcomes.into_iter().map(|mut outcome| outcome.shares.remove(0)).collect();
            let root = secret_of(&shares[0]);
            holders = Holders { commitment: Sharing { public, root, shares }, parties: next };
        }
        let needed = usize::from(holders.commitment.public.threshold().get());
        prop_assert_eq!(combined(&holders.commitment.shares[..needed].iter().collect::<Vec<_>>()), root);
    }
}
