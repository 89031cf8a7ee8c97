//! Dealings: every fault of a dealer is found and named, and a ceremony ends alike for everybody.

use crate::common::closing::{certify, close, confirm, finish, receive_all};
use crate::common::{
    PARAMETERS, Party, flipped, g1_by_x, id, index, indices, patched, plan, rng, signed, spliced, xof,
};
use relight::curve::CurveId;
use relight::sharing::{Identifier, PartyIndex, combine_secrets};
use relight::{
    DealingFault, Error, ParameterSet,
    dealing::{Ceremony, Dealings, Keys, Plan, Reshared},
    identity::{IdentityKey, Purpose},
};
use std::sync::LazyLock;

const CURVES: [CurveId; 2] = [CurveId::Secp256k1, CurveId::Bls12381G1];

/// Three parties that deal a key on each curve to each other, with threshold two.
struct Fixture {
    parties: Vec<Party>,
    ceremony: Ceremony,
    dealings: Vec<Vec<u8>>,
}

static FIXTURE: LazyLock<Fixture> = LazyLock::new(|| {
    let mut rng = rng(1);
    let parties = Party::group(1..=3, &mut rng);
    let ceremony = Ceremony::new(new_plan(&parties)).unwrap();
    let dealings =
        parties.iter().map(|party| ceremony.deal(party.index, &party.identity, &[], &mut rng).unwrap().encode());
    Fixture { dealings: dealings.collect(), ceremony, parties }
});

fn new_plan(parties: &[Party]) -> Plan {
    plan(2, Keys::Generate(CURVES.to_vec()), parties, parties)
}

/// Where things are in a dealing.
mod place {
    pub(super) const DEALER: usize = 33;
    pub(super) const SECP_COMMITMENTS: usize = 35;
    pub(super) const SECP_PROOF: usize = SECP_COMMITMENTS + 2 * 33;
    pub(super) const SECP_RESPONSE: usize = SECP_PROOF + 33;
    pub(super) const G1_COMMITMENTS: usize = SECP_RESPONSE + 32;
    pub(super) const G1_PROOF: usize = G1_COMMITMENTS + 2 * 48;
    pub(super) const G1_RESPONSE: usize = G1_PROOF + 48;
    pub(super) const ENCRYPTION: usize = G1_RESPONSE + 32;
    pub(super) const SIGNATURE_LEN: usize = 65;
}

fn unsigned(dealing: &[u8]) -> &[u8] {
    &dealing[..dealing.len() - place::SIGNATURE_LEN]
}

/// The first dealer signs this.
fn dealt(unsigned: &[u8]) -> Vec<u8> {
    signed(unsigned, Purpose::Dealing, &FIXTURE.parties[0].identity)
}

fn fault(fault: DealingFault) -> Error {
    Error::BadDealing { dealer: 1, fault }
}

fn valid_dealers(dealings: &Dealings<'_>) -> Vec<PartyIndex> {
    dealings.valid().map(|dealing| dealing.dealer).collect()
}

#[test]
fn everybody_ends_with_shares_of_the_same_keys() {
    let mut dealings = Dealings::new(&FIXTURE.ceremony);
    for dealing in FIXTURE.dealings.iter().rev() {
        assert_eq!(dealings.receive(dealing), Ok(()));
        // Receiving it again is harmless.
        assert_eq!(dealings.receive(dealing), Ok(()));
    }
    assert_eq!(valid_dealers(&dealings), indices(1..=3));
    let closed = close(&FIXTURE.ceremony, &dealings, &FIXTURE.parties).unwrap();
    let public = closed.finish_public().unwrap();
    let outcomes = FIXTURE.parties.iter().map(|party| closed.finish(party.index, &party.key).unwrap());
    let outcomes: Vec<_> = outcomes.collect();
    assert!(outcomes.iter().all(|outcome| outcome.public == public));
    for (key, commitment) in public.keys.iter().enumerate() {
        let shares = outcomes[1..].iter().map(|outcome| &outcome.shares[key]);
        let shares: Vec<_> = shares.map(|share| (share.identifier(), share.secret())).collect();
        assert_eq!(&combine_secrets(&shares).unwrap().public(), commitment.public_key());
        assert_eq!((commitment.threshold().get(), commitment.curve()), (2, CURVES[key]));
    }
}

#[test]
fn the_outcome_depends_on_which_dealings_are_used_and_the_transcript_shows_it() {
    let with = |used: &[usize]| {
        let used: Vec<_> = used.iter().map(|dealer| FIXTURE.dealings[*dealer].clone()).collect();
        finish(&FIXTURE.ceremony, &used, &FIXTURE.parties).remove(0).public
    };
    let (all, some) = (with(&[0, 1, 2]), with(&[0, 2]));
    assert_ne!(all.transcript, some.transcript);
    assert_ne!(all.keys, some.keys);
    assert_eq!(with(&[2, 0]), some);
}

/// One change to the first dealer's dealing, signed by the dealer again, and the fault that it is.
fn faults() -> Vec<(&'static str, Vec<u8>, DealingFault)> {
    use place::*;
    let good = unsigned(&FIXTURE.dealings[0]);
    let other = &FIXTURE.dealings[1];
    let extra = &other[SECP_COMMITMENTS..SECP_COMMITMENTS + 33];
    vec![
        ("a byte less", good[..good.len() - 1].to_vec(), DealingFault::Length),
        ("a byte more", [good, &[0]].concat(), DealingFault::Length),
        ("nothing but a header", good[..SECP_COMMITMENTS].to_vec(), DealingFault::Length),
        ("an instance less", good[..good.len() - 200].to_vec(), DealingFault::Length),
        ("a commitment that is no point", patched(good, SECP_COMMITMENTS, &[5]), DealingFault::Encoding),
        ("a commitment outside the subgroup", patched(good, G1_COMMITMENTS, &g1_by_x(4)), DealingFault::Encoding),
        ("a commitment to zero", patched(good, SECP_COMMITMENTS + 33, &[0; 33]), DealingFault::Encoding),
        ("a longer polynomial", spliced(good, SECP_PROOF..SECP_PROOF, extra), DealingFault::Length),
        ("a proof that is no point", patched(good, G1_PROOF, &g1_by_x(1)), DealingFault::Encoding),
        ("a response that is no scalar", patched(good, SECP_RESPONSE, &[0xff; 32]), DealingFault::Encoding),
        ("a share of zero that was not dealt", share_of_zero(good), DealingFault::SchnorrProof),
        ("the response of a proof changed", flipped(good, SECP_RESPONSE + 31, 1), DealingFault::SchnorrProof),
        ("the commitment of a proof changed", flipped(good, G1_PROOF, 0x20), DealingFault::SchnorrProof),
        ("a constant term changed", flipped(good, SECP_COMMITMENTS, 1), DealingFault::SchnorrProof),
        ("a coefficient changed", flipped(good, G1_COMMITMENTS + 48, 0x20), DealingFault::SchnorrProof),
        (
            "the keys of another dealer",
            patched(good, SECP_COMMITMENTS, &other[SECP_COMMITMENTS..ENCRYPTION]),
            DealingFault::SchnorrProof,
        ),
        ("the challenge changed", flipped(good, ENCRYPTION, 1), DealingFault::Encryption),
        ("the nonce changed", flipped(good, ENCRYPTION + 32, 1), DealingFault::Encryption),
        ("a seed changed", flipped(good, ENCRYPTION + 48, 1), DealingFault::Encryption),
        ("a response changed", flipped(good, good.len() - 1, 1), DealingFault::Encryption),
        (
            "the encryption of another dealer",
            patched(good, ENCRYPTION, &unsigned(other)[ENCRYPTION..]),
            DealingFault::Encryption,
        ),
    ]
}

/// The commitments X and -X: the share of party 1 is zero.
fn share_of_zero(good: &[u8]) -> Vec<u8> {
    let constant = flipped(&good[place::SECP_COMMITMENTS..place::SECP_COMMITMENTS + 33], 0, 1);
    patched(good, place::SECP_COMMITMENTS + 33, &constant)
}

#[test]
fn every_fault_is_found_and_the_dealer_is_out() {
    assert_eq!(dealt(unsigned(&FIXTURE.dealings[0])), FIXTURE.dealings[0]);
    for (name, bad, expected) in faults() {
        let mut dealings = Dealings::new(&FIXTURE.ceremony);
        assert_eq!(dealings.receive(&dealt(&bad)), Err(fault(expected)), "{name}");
        assert_eq!(dealings.bad_dealers().collect::<Vec<_>>(), [index(1)], "{name}");
        // Its good dealing comes too late.
        assert_eq!(dealings.receive(&FIXTURE.dealings[0]), Err(fault(DealingFault::Expelled)), "{name}");
        assert_eq!(dealings.valid().count(), 0);
    }
}

#[test]
fn a_bad_dealing_after_a_good_one_throws_the_dealer_out() {
    let bad = dealt(&flipped(unsigned(&FIXTURE.dealings[0]), place::ENCRYPTION, 1));
    let party = &FIXTURE.parties[1];
    let mut dealings = receive_all(&FIXTURE.ceremony, &FIXTURE.dealings[..2]);
    assert!(confirm(&dealings, party).is_ok());
    // What is wrong with it is not looked at: it is the second.
    assert_eq!(dealings.receive(&bad), Err(fault(DealingFault::Equivocation)));
    let expected = Error::NotEnoughDealings { have: 1, need: 2, bad: vec![1] };
    assert_eq!(confirm(&dealings, party).unwrap_err(), expected);
    dealings.receive(&FIXTURE.dealings[2]).unwrap();
    let confirmed = confirm(&dealings, party).unwrap();
    assert_eq!(confirmed.dealings().iter().map(|dealing| dealing.dealer).collect::<Vec<_>>(), indices([2, 3]));
}

#[test]
fn two_different_good_dealings_are_equivocation() {
    let dealer = &FIXTURE.parties[0];
    let other = FIXTURE.ceremony.deal(dealer.index, &dealer.identity, &[], &mut rng(2)).unwrap().encode();
    for (first, second) in [(&FIXTURE.dealings[0], &other), (&other, &FIXTURE.dealings[0])] {
        let mut dealings = Dealings::new(&FIXTURE.ceremony);
        assert_eq!(dealings.receive(first), Ok(()));
        assert_eq!(dealings.receive(second), Err(fault(DealingFault::Equivocation)));
        assert_eq!(dealings.bad_dealers().collect::<Vec<_>>(), [index(1)]);
        assert_eq!(dealings.valid().count(), 0);
    }
}

/// Anybody can write a dealer's name on bytes: that must not throw the dealer out.
#[test]
fn a_wrong_signature_is_not_held_against_the_dealer() {
    let good = &FIXTURE.dealings[0];
    let (body, end) = (unsigned(good), good.len());
    let stranger = &FIXTURE.parties[1].identity;
    let forgeries = [
        flipped(good, end - 1, 1),
        flipped(good, end - 40, 1),
        flipped(good, place::ENCRYPTION, 1),
        patched(good, end - place::SIGNATURE_LEN, &[2]),
        patched(good, end - place::SIGNATURE_LEN, &[9]),
        patched(good, end - 64, &[0; 64]),
        signed(body, Purpose::Dealing, stranger),
        signed(body, Purpose::Confirmation, &FIXTURE.parties[0].identity),
        good[..end - 1].to_vec(),
        [&good[..], &[0]].concat(),
        body.to_vec(),
    ];
    let mut dealings = Dealings::new(&FIXTURE.ceremony);
    for forgery in forgeries {
        assert_eq!(dealings.receive(&forgery), Err(fault(DealingFault::Signature)));
    }
    assert_eq!(dealings.bad_dealers().count(), 0);
    assert_eq!(dealings.receive(good), Ok(()));
    // With the body that is known, its signature is not looked at again; with another body it is.
    assert_eq!(dealings.receive(&flipped(good, end - 1, 1)), Ok(()));
    assert_eq!(dealings.receive(&flipped(good, place::ENCRYPTION, 1)), Err(fault(DealingFault::Signature)));
    assert_eq!(dealings.bad_dealers().count(), 0);
    assert_eq!(valid_dealers(&dealings), indices([1]));
}

#[test]
fn what_does_not_belong_to_the_ceremony_blames_nobody() {
    let good = &FIXTURE.dealings[0];
    let cases = [
        (vec![], Error::Truncated),
        (good[..34].to_vec(), Error::Truncated),
        (good[..35].to_vec(), Error::Truncated),
        (good[..66].to_vec(), Error::Truncated),
        (good[..99].to_vec(), Error::Truncated),
        (good[..100].to_vec(), fault(DealingFault::Signature)),
        (patched(good, 0, &[2]), Error::UnsupportedVersion(2)),
        (flipped(good, 1, 1), Error::CeremonyMismatch),
        (patched(good, place::DEALER, &[0, 0]), Error::InvalidIndex(0)),
        (patched(good, place::DEALER, &[0, 4]), Error::UnknownDealer(4)),
    ];
    let mut dealings = Dealings::new(&FIXTURE.ceremony);
    for (bytes, error) in cases {
        assert_eq!(dealings.receive(&bytes), Err(error));
    }
    assert_eq!(dealings.bad_dealers().count(), 0);
    // Another dealer's dealing under this dealer's name and signature.
    let renamed = dealt(&patched(unsigned(&FIXTURE.dealings[1]), place::DEALER, &[0, 1]));
    assert_eq!(dealings.receive(&renamed), Err(fault(DealingFault::SchnorrProof)));
}

#[test]
fn the_short_code_is_that_of_the_plan() {
    let hash: [u8; 32] = xof("ceremony-code", &[FIXTURE.ceremony.digest().as_bytes()]);
    let half = |half: &[u8]| format!("{:020}", u128::from_be_bytes(half.try_into().unwrap()) % 10u128.pow(20));
    let digits = half(&hash[..16]) + &half(&hash[16..]);
    let code = (0..40).step_by(5).map(|start| &digits[start..start + 5]).collect::<Vec<_>>().join(" ");
    assert_eq!(FIXTURE.ceremony.short_code(), code);
    for change in PLAN_CHANGES {
        let mut plan = new_plan(&FIXTURE.parties);
        change(&mut plan);
        assert_ne!(Ceremony::new(plan).unwrap().short_code(), code);
    }
}

#[test]
fn a_dealing_of_another_ceremony_is_refused() {
    for change in PLAN_CHANGES {
        let mut plan = new_plan(&FIXTURE.parties);
        change(&mut plan);
        let other = Ceremony::new(plan).unwrap();
        assert_ne!(other.digest(), FIXTURE.ceremony.digest());
        assert_eq!(Dealings::new(&other).receive(&FIXTURE.dealings[0]), Err(Error::CeremonyMismatch));
        let verdict = FIXTURE.ceremony.verify_dealing(&FIXTURE.dealings[0]);
        assert_eq!(Dealings::new(&other).record(verdict), Err(Error::CeremonyMismatch));
    }
}

const PLAN_CHANGES: [fn(&mut Plan); 9] = [
    |plan| plan.parameters = ParameterSet::Compact,
    |plan| plan.name.push(0),
    |plan| plan.nonce[31] ^= 1,
    |plan| plan.epoch += 1,
    |plan| plan.threshold = 3,
    |plan| plan.keys = Keys::Generate(CURVES.into_iter().rev().collect()),
    |plan| plan.dealers.truncate(2),
    |plan| plan.recipients[2].index = index(4),
    |plan| plan.recipients[2].identity = IdentityKey::generate(&mut rng(7)).public(),
];

#[test]
fn too_few_dealings_are_not_enough_and_the_bad_are_named() {
    let bad = dealt(&flipped(unsigned(&FIXTURE.dealings[0]), place::ENCRYPTION, 1));
    let mut dealings = Dealings::new(&FIXTURE.ceremony);
    let not_enough = |have, bad: &[u16]| Err(Error::NotEnoughDealings { have, need: 2, bad: bad.to_vec() });
    let party = &FIXTURE.parties[2];
    assert_eq!(confirm(&dealings, party), not_enough(0, &[]));
    dealings.receive(&bad).unwrap_err();
    assert_eq!(confirm(&dealings, party), not_enough(0, &[1]));
    dealings.receive(&FIXTURE.dealings[1]).unwrap();
    assert_eq!(confirm(&dealings, party), not_enough(1, &[1]));
    assert!(certify(&FIXTURE.ceremony, &dealings, &FIXTURE.parties).is_err());
}

#[test]
fn a_share_goes_to_its_recipient_only() {
    let dealings = receive_all(&FIXTURE.ceremony, &FIXTURE.dealings);
    let closed = close(&FIXTURE.ceremony, &dealings, &FIXTURE.parties).unwrap();
    let [one, other, _] = &FIXTURE.parties[..] else { panic!("three parties") };
    assert!(closed.finish(one.index, &one.key).is_ok());
    assert_eq!(closed.finish(one.index, &other.key).unwrap_err(), Error::WrongMemberKey);
    assert_eq!(closed.finish(index(4), &one.key).unwrap_err(), Error::UnknownRecipient(4));
}

#[test]
fn only_a_dealer_deals_and_only_under_its_own_identity() {
    let [one, other, _] = &FIXTURE.parties[..] else { panic!("three parties") };
    let deal = |index, party: &Party| FIXTURE.ceremony.deal(index, &party.identity, &[], &mut rng(3));
    assert_eq!(deal(index(4), one), Err(Error::UnknownDealer(4)));
    assert_eq!(deal(one.index, other), Err(Error::WrongIdentity));
    let share = crate::common::Sharing::new(CurveId::Secp256k1, 2, 3, &mut rng(4));
    let old = FIXTURE.ceremony.deal(one.index, &one.identity, &[&share.shares[0]], &mut rng(3));
    assert_eq!(old, Err(Error::InvalidLength));
}

/// One change to a good plan, and the error that it leads to.
type BadPlan = (fn(&mut Plan), Error);

fn bad_plans() -> Vec<BadPlan> {
    vec![
        (|plan| plan.threshold = 0, Error::InvalidThreshold(0)),
        (|plan| plan.threshold = 4, Error::InvalidThreshold(4)),
        (|plan| plan.keys = Keys::Generate(vec![]), Error::InvalidLength),
        (|plan| plan.dealers.clear(), Error::InvalidLength),
        (|plan| plan.recipients.clear(), Error::InvalidLength),
        (|plan| plan.name = vec![0; 256], Error::InvalidLength),
        (|plan| plan.dealers.truncate(1), Error::NotEnoughDealings { have: 1, need: 2, bad: vec![] }),
        (|plan| plan.dealers.swap(0, 1), Error::InvalidIndex(1)),
        (|plan| plan.recipients.swap(1, 2), Error::InvalidIndex(2)),
        (|plan| plan.dealers[1].index = index(1), Error::DuplicateIndex(1)),
        (|plan| plan.recipients[2].index = index(2), Error::DuplicateIndex(2)),
        (|plan| plan.dealers[2].identity = plan.dealers[0].identity.clone(), Error::DuplicateKey(1, 3)),
        (|plan| plan.recipients[1].identity = plan.recipients[0].identity.clone(), Error::DuplicateKey(1, 2)),
        (|plan| plan.recipients[2].member_key = plan.recipients[0].member_key.clone(), Error::DuplicateKey(1, 3)),
        (
            |plan| plan.keys = Keys::Reshare(vec![old_key(), old_key()]),
            Error::DuplicateEntry { compartment: 0, entry: 1 },
        ),
    ]
}

fn old_key() -> Reshared {
    Reshared::from(crate::common::Sharing::new(CurveId::Secp256k1, 2, 3, &mut rng(5)).public)
}

#[test]
fn bad_plans_are_refused() {
    for (place, (change, error)) in bad_plans().into_iter().enumerate() {
        let mut plan = new_plan(&FIXTURE.parties);
        change(&mut plan);
        assert_eq!(Ceremony::new(plan), Err(error), "plan {place}");
    }
}

/// Of several faults of a plan, the first in order is named.
#[test]
fn the_first_fault_of_a_plan_is_named() {
    let order = bad_plans_in_order();
    for (place, (change, error)) in order.iter().enumerate() {
        let mut plan = Plan { keys: Keys::Reshare(vec![old_key(), other_key(2)]), ..new_plan(&FIXTURE.parties) };
        order[place..].iter().rev().for_each(|(change, _)| change(&mut plan));
        assert_eq!(Ceremony::new(plan).as_ref(), Err(error), "fault {place}");
        let mut plan = Plan { keys: Keys::Reshare(vec![old_key(), other_key(2)]), ..new_plan(&FIXTURE.parties) };
        change(&mut plan);
        assert_eq!(Ceremony::new(plan).as_ref(), Err(error), "fault {place} alone");
    }
}

fn bad_plans_in_order() -> [BadPlan; 13] {
    [
        (|plan| plan.threshold = 0, Error::InvalidThreshold(0)),
        (|plan| plan.threshold = plan.threshold.min(1), Error::InvalidThreshold(1)),
        (|plan| reshared(plan).insert(1, old_key()), Error::DuplicateEntry { compartment: 0, entry: 1 }),
        (|plan| plan.dealers.swap(0, 1), Error::InvalidIndex(1)),
        (|plan| plan.dealers[2].identity = plan.dealers[1].identity.clone(), Error::DuplicateKey(2, 3)),
        (|plan| plan.dealers[2].identifier = zero(), Error::ZeroIdentifier(zero())),
        (|plan| plan.recipients[1].index = index(1), Error::DuplicateIndex(1)),
        (|plan| plan.recipients[2].identity = plan.recipients[0].identity.clone(), Error::DuplicateKey(1, 3)),
        (|plan| plan.recipients[1].member_key = plan.recipients[0].member_key.clone(), Error::DuplicateKey(1, 2)),
        (|plan| plan.recipients[2].identifier = plan.recipients[0].identifier, Error::DuplicateIdentifier(id(1))),
        (|plan| set_point(plan, 0, zero()), Error::ZeroIdentifier(zero())),
        (|plan| set_point(plan, 1, plan.dealers[1].identifier), Error::DuplicateIdentifier(id(2))),
        (|plan| reshared(plan)[1] = other_key(4), Error::NotEnoughDealings { have: 3, need: 4, bad: vec![] }),
    ]
}

fn zero() -> Identifier {
    Identifier::from_bytes(&crate::common::SECP256K1_ORDER).unwrap()
}

fn other_key(threshold: u16) -> Reshared {
    Reshared::from(crate::common::Sharing::new(CurveId::Secp256k1, threshold, 4, &mut rng(6)).public)
}

fn set_point(plan: &mut Plan, key: usize, point: Identifier) {
    reshared(plan)[key].at = Some(point);
}

fn reshared(plan: &mut Plan) -> &mut Vec<Reshared> {
    let Keys::Reshare(keys) = &mut plan.keys else { panic!("keys that are shared anew") };
    keys
}

#[test]
fn no_key_is_given_away_whole_beside_one_that_everybody_has() {
    let reshare = |keys: &[Reshared]| {
        Ceremony::new(Plan { keys: Keys::Reshare(keys.to_vec()), threshold: 1, ..new_plan(&FIXTURE.parties) }).map(drop)
    };
    let whole = other_key(1);
    assert_eq!(reshare(core::slice::from_ref(&whole)), Ok(()));
    assert_eq!(reshare(&[whole.clone(), old_key()]), Err(Error::InvalidThreshold(1)));
    assert_eq!(reshare(&[old_key(), whole]), Err(Error::InvalidThreshold(1)));
}

/// One key may be shared anew at several points, each once.
#[test]
fn points_of_re_sharing_differ_modulo_the_order() {
    let commitment = old_key().commitment;
    let ceremony = |points: &[Option<Identifier>]| {
        let keys = points.iter().map(|at| Reshared { commitment: commitment.clone(), at: *at }).collect();
        Ceremony::new(Plan { keys, ..new_plan(&FIXTURE.parties) }).map(drop)
    };
    let far = Identifier::from_bytes(&flipped(&crate::common::SECP256K1_ORDER, 31, 8)).unwrap();
    let twice = Err(Error::DuplicateEntry { compartment: 0, entry: 1 });
    // The order ends in 0x41: this is eight more.
    assert_eq!(ceremony(&[None, Some(id(9)), Some(far)]), Ok(()));
    assert_eq!(ceremony(&[Some(id(8)), Some(far)]), twice);
    assert_eq!(ceremony(&[Some(id(9)), Some(id(9))]), twice);
    // A point that is zero is that of the key itself, if it is there, and none at all otherwise.
    assert_eq!(ceremony(&[None, Some(zero())]), twice);
    assert_eq!(ceremony(&[Some(zero())]), Err(Error::ZeroIdentifier(zero())));
    assert_eq!(ceremony(&[None, None]), twice);
}

#[test]
fn ceremonies_are_read_as_they_were_written_and_no_otherwise() {
    let old = Ceremony::new(Plan { keys: Keys::Reshare(vec![old_key()]), ..new_plan(&FIXTURE.parties) }).unwrap();
    for ceremony in [&FIXTURE.ceremony, &old] {
        let good = ceremony.encode();
        assert_eq!(Ceremony::decode(&good).as_ref(), Ok(ceremony));
        for length in 0..good.len() {
            assert_eq!(Ceremony::decode(&good[..length]), Err(Error::Truncated), "{length}");
        }
        assert_eq!(Ceremony::decode(&[&good[..], &[0]].concat()), Err(Error::TrailingBytes));
    }
    // version, set, name<8>, nonce, epoch, threshold, origin, curves<2 + 2>, dealers, recipients.
    let (origin, curves, dealers, recipients) = (53, 54, 54 + 4 + 4, 54 + 4 + 4 + 4 + 3 * 37);
    let cases = [
        (0, vec![7], Error::UnsupportedVersion(7)),
        (1, vec![9], Error::UnknownParameterSet(9)),
        (51, vec![0, 0], Error::InvalidThreshold(0)),
        (51, vec![0, 4], Error::InvalidThreshold(4)),
        (origin, vec![3], Error::UnknownOrigin(3)),
        (curves, vec![0; 4], Error::InvalidLength),
        (curves + 4, vec![3, 3], Error::UnknownCurve(0x303)),
        (dealers + 4, vec![0, 0], Error::InvalidIndex(0)),
        (dealers + 6, vec![5], Error::InvalidPoint),
        (recipients + 4, vec![0, 0], Error::InvalidIndex(0)),
        (recipients + 6, vec![5], Error::InvalidPoint),
        (recipients + 6 + 33, g1_by_x(5).to_vec(), Error::InvalidPoint),
    ];
    let good = FIXTURE.ceremony.encode();
    assert_eq!((good[1], good[2]), (PARAMETERS.number(), 8));
    for (offset, patch, error) in cases {
        assert_eq!(Ceremony::decode(&patched(&good, offset, &patch)), Err(error), "{offset}");
    }
}
