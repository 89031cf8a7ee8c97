//! Closing a ceremony: whatever dealers and recipients do, the honest end with one outcome or with none.

mod messages;

use crate::common::closing::{certify, close, confirm, finish, receive_all};
use crate::common::{KEY_CURVE, Party, flipped, index, indices, patched, plan, rng, signed};
use crate::watch::allocated;
use rand::{Rng, TryCryptoRng, TryRng};
use relight::{
    DealingFault, Error, KeyShare,
    dealing::{
        AgreedDealing, Ceremony, Certificate, ClosedDealings, Confirmation, Confirmations, Dealing, Dealings, Keys,
        Outcome, Plan, PublicOutcome, VerifiedCertificate,
    },
    identity::{Purpose, Signed, Unsigned},
};
use std::convert::Infallible;
use std::sync::LazyLock;

/// Four parties deal a key to each other, with threshold two: the quorum is three.
struct Fixture {
    parties: Vec<Party>,
    ceremony: Ceremony,
    dealings: Vec<Vec<u8>>,
    /// Another valid dealing of the first dealer.
    second: Vec<u8>,
}

static FIXTURE: LazyLock<Fixture> = LazyLock::new(|| {
    let parties = Party::group(1..=4, &mut rng(1));
    let ceremony = Ceremony::new(new_plan(&parties)).unwrap();
    let deal = |place: usize, seed| {
        let dealer = &parties[place];
        ceremony.deal(dealer.index, &dealer.identity, &[], &mut rng(seed)).unwrap().encode()
    };
    let dealings = (0..4).map(|place| deal(place, 2)).collect();
    Fixture { dealings, second: deal(0, 3), parties, ceremony }
});

fn new_plan(parties: &[Party]) -> Plan {
    plan(2, Keys::Generate(vec![KEY_CURVE]), parties, parties)
}

/// One party's view after the dealings of these dealers.
fn view(dealers: &[usize]) -> Dealings<'static> {
    let dealings: Vec<_> = dealers.iter().map(|dealer| FIXTURE.dealings[dealer - 1].clone()).collect();
    receive_all(&FIXTURE.ceremony, &dealings)
}

/// What a party with this view confirms.
fn confirmed(view: &Dealings<'_>, party: usize) -> Confirmation {
    confirm(view, &FIXTURE.parties[party - 1]).unwrap()
}

fn collected(confirmations: &[Confirmation]) -> Confirmations<'static> {
    let mut collected = Confirmations::new(&FIXTURE.ceremony);
    confirmations.iter().for_each(|one| collected.receive(&one.encode()).unwrap());
    collected
}

/// The dealings of these dealers are closed by the first three parties.
fn certificate(dealers: &[usize]) -> VerifiedCertificate {
    certify(&FIXTURE.ceremony, &view(dealers), &FIXTURE.parties[..3]).unwrap()
}

fn closed(dealers: &[usize]) -> ClosedDealings<'static> {
    view(dealers).close(certificate(dealers)).unwrap()
}

fn finished(closed: &ClosedDealings<'_>, party: usize) -> Outcome {
    let party = &FIXTURE.parties[party - 1];
    closed.finish(party.index, &party.key).unwrap()
}

fn public(closed: &ClosedDealings<'_>) -> PublicOutcome {
    closed.finish_public().unwrap()
}

fn bad(dealer: u16, fault: DealingFault) -> Result<(), Error> {
    Err(Error::BadDealing { dealer, fault })
}

/// The dealing that was asked for by its digest, from one who has them all.
fn asked_for(agreed: &AgreedDealing) -> &'static [u8] {
    let digest = |bytes: &&Vec<u8>| Dealing::decode(bytes).unwrap().digest() == agreed.digest;
    FIXTURE.dealings.iter().find(digest).unwrap()
}

/// Any two of these shares are the key.
fn assert_one_sharing(outcomes: &[Outcome]) {
    for (place, one) in outcomes.iter().enumerate() {
        assert_eq!(one.public, outcomes[0].public);
        for other in &outcomes[..place] {
            let key = KeyShare::combine([&one.shares[0], &other.shares[0]]).unwrap();
            assert_eq!(key.public(), *one.public.keys[0].public_key());
        }
    }
}

/// A confirmation of this unsigned form, signed whatever it says.
fn sign(party: usize, body: &[u8]) -> Vec<u8> {
    signed(body, Purpose::Confirmation, &FIXTURE.parties[party - 1].identity)
}

fn body(message: &[u8]) -> &[u8] {
    &message[..message.len() - 65]
}

#[test]
fn a_dealing_sent_to_half_of_the_parties_reaches_all_by_its_digest() {
    // The fourth dealer sends its dealing to the first two parties only.
    let (all, some) = (view(&[1, 2, 3, 4]), view(&[1, 2, 3]));
    let split = [confirmed(&all, 1), confirmed(&all, 2), confirmed(&some, 3), confirmed(&some, 4)];
    assert!(collected(&split).failed());
    // The third follows the first two: it asks for what it lacks.
    let (third, mut theirs) = (&FIXTURE.parties[2], some.clone());
    let most = collected(&split[..2]).most_confirmed().unwrap().clone();
    assert_eq!(theirs.confirm_like(&most, third.index, &third.key), Err(Error::MissingDealing(4)));
    theirs.receive(asked_for(&most.dealings()[3])).unwrap();
    let follows = theirs.confirm_like(&most, third.index, &third.key).unwrap().sign(&third.identity).unwrap();
    let certificate = collected(&[split[0].clone(), split[1].clone(), follows]).certificate().unwrap();
    let certificate = certificate.verify(&FIXTURE.ceremony).unwrap();
    // The fourth had confirmed the other set, and goes on with the closed one.
    let mut last = some.close(certificate.clone()).unwrap();
    let missing: Vec<AgreedDealing> = last.missing().collect();
    assert_eq!(missing.iter().map(|agreed| agreed.dealer).collect::<Vec<_>>(), indices([4]));
    assert_eq!(last.finish_public(), Err(Error::MissingDealing(4)));
    last.receive(asked_for(&missing[0])).unwrap();
    assert_eq!(last.missing().count(), 0);
    let others = all.close(certificate).unwrap();
    let outcomes: Vec<Outcome> = (1..=3).map(|party| finished(&others, party)).chain([finished(&last, 4)]).collect();
    assert_one_sharing(&outcomes);
}

/// The other half of it: the closed set goes without that dealing, and those who have it do, too.
#[test]
fn a_dealing_that_few_have_seen_is_left_out_by_all() {
    let (all, some) = (view(&[1, 2, 3, 4]), view(&[1, 2, 3]));
    let certificate = certificate(&[1, 2, 3]);
    let [with, without] = [all, some].map(|view| view.close(certificate.clone()).unwrap());
    assert_eq!((with.missing().count(), without.missing().count()), (0, 0));
    let outcomes: Vec<Outcome> =
        [(&with, 1), (&with, 2), (&without, 3), (&without, 4)].map(|(closed, party)| finished(closed, party)).into();
    assert_one_sharing(&outcomes);
    assert_ne!(outcomes[0].public, public(&closed(&[1, 2, 3, 4])));
}

#[test]
fn a_second_dealing_before_closing_expels_its_dealer() {
    for (first, second) in [(&FIXTURE.dealings[0], &FIXTURE.second), (&FIXTURE.second, &FIXTURE.dealings[0])] {
        let mut dealings = view(&[2, 3]);
        dealings.receive(first).unwrap();
        assert_eq!(dealings.valid().count(), 3);
        assert_eq!(dealings.receive(second), bad(1, DealingFault::Equivocation));
        assert_eq!(dealings.bad_dealers().collect::<Vec<_>>(), indices([1]));
        let set = confirmed(&dealings, 2);
        assert_eq!(set.dealings(), confirmed(&view(&[2, 3]), 2).dealings());
        // Others may close on the first one all the same: it is kept.
        let mut with = view(&[2, 3]);
        with.receive(first).unwrap();
        let follow = dealings.confirm_like(&confirmed(&with, 3), index(2), &FIXTURE.parties[1].key);
        assert_eq!(follow.unwrap().body(), body(&confirmed(&with, 2).encode()));
    }
}

/// A generator that gives what it is told first, and then goes on as another.
struct Begins {
    with: Option<[u8; 32]>,
    rng: rand::rngs::StdRng,
}

impl TryRng for Begins {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.rng.try_next_u32()
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.rng.try_next_u64()
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        match self.with.take() {
            Some(first) => bytes.copy_from_slice(&first),
            None => self.rng.fill_bytes(bytes),
        }
        Ok(())
    }
}

impl TryCryptoRng for Begins {}

/// The same commitments, proved and encrypted anew, are another dealing.
#[test]
fn a_second_encryption_of_the_same_keys_is_equivocation() {
    let dealer = &FIXTURE.parties[0];
    let [one, other] = [4, 5].map(|seed| {
        let mut rng = Begins { with: Some([7; 32]), rng: rng(seed) };
        FIXTURE.ceremony.deal(dealer.index, &dealer.identity, &[], &mut rng).unwrap().encode()
    });
    let commitments = 35..35 + 2 * KEY_CURVE.point_len();
    assert_eq!(one[commitments.clone()], other[commitments]);
    for (first, second) in [(&one, &other), (&other, &one)] {
        let mut dealings = view(&[2, 3]);
        assert_eq!((dealings.receive(first), dealings.receive(second)), (Ok(()), bad(1, DealingFault::Equivocation)));
        assert_eq!(dealings.bad_dealers().collect::<Vec<_>>(), indices([1]));
        assert_eq!(dealings.valid().count(), 2);
    }
}

#[test]
fn a_second_dealing_after_closing_does_not_move_the_key() {
    let expected = public(&closed(&[1, 2, 3]));
    // One who has finished is shown the second dealing.
    let mut early = closed(&[1, 2, 3]);
    assert_eq!(early.receive(&FIXTURE.second), bad(1, DealingFault::Equivocation));
    assert_eq!(early.receive(&FIXTURE.second), bad(1, DealingFault::Expelled));
    assert_eq!(public(&early), expected);
    // One who finishes later was shown it alone, or before the first one, or after.
    let (first, second) = (&FIXTURE.dealings[0], &FIXTURE.second);
    for seen in [&[second][..], &[second, first], &[first, second]] {
        let mut late = view(&[2, 3]);
        let _ = seen.iter().map(|dealing| late.receive(dealing)).collect::<Vec<_>>();
        let mut late = late.close(certificate(&[1, 2, 3])).unwrap();
        assert_eq!(late.missing().count(), usize::from(seen[0] == second));
        if seen == [second] {
            // That dealer was expelled when the certificate named another dealing.
            assert_eq!(late.receive(second), bad(1, DealingFault::Expelled));
        }
        assert_eq!(late.receive(first), Ok(()));
        assert_eq!(public(&late), expected);
        assert_eq!(finished(&late, 4).public, expected);
    }
}

//= spec/9-dealing.md#9-1-ceremony
//= type=test
//# The planner of a ceremony MUST draw its nonce at random.
//= spec/9-dealing.md#9-1-ceremony
//= type=test
//# A party MUST NOT take part in a ceremony with the digest of one that it took part in before.
#[test]
fn a_dealing_of_the_first_run_is_refused_in_the_second() {
    let again = |nonce| Ceremony::new(Plan { nonce, ..FIXTURE.ceremony.plan().clone() }).unwrap();
    let first = &FIXTURE.ceremony;
    // The same nonce is the same ceremony, with the digest by which a party knows it.
    assert_eq!(again(first.plan().nonce).digest(), first.digest());
    let nonces = [4, 5].map(|seed| Plan::random_nonce(&mut rng(seed)));
    assert_ne!(nonces[0], nonces[1]);
    let second = again(nonces[0]);
    assert_ne!(second.digest(), first.digest());
    let mut dealings = Dealings::new(&second);
    for dealing in &FIXTURE.dealings {
        assert_eq!(dealings.receive(dealing), Err(Error::CeremonyMismatch));
    }
    assert_eq!((dealings.valid().count(), dealings.bad_dealers().count()), (0, 0));
    let mut confirmations = Confirmations::new(&second);
    let confirmation = confirmed(&view(&[1, 2]), 1);
    assert_eq!(confirmations.receive(&confirmation.encode()), Err(Error::CeremonyMismatch));
    let certificate = certificate(&[1, 2]);
    assert_eq!(certificate.certificate().clone().verify(&second), Err(Error::CeremonyMismatch));
    assert_eq!(dealings.close(certificate).unwrap_err(), Error::CeremonyMismatch);
}

//= spec/9-dealing.md#9-4-close
//= type=test
//# A verdict on a dealing MUST count in the ceremony that it was made for only.
#[test]
fn a_verdict_of_another_ceremony_is_refused() {
    let other = Ceremony::new(Plan { nonce: [9; 32], ..FIXTURE.ceremony.plan().clone() }).unwrap();
    let (dealer, first) = (&FIXTURE.parties[0], &FIXTURE.dealings[0]);
    let elsewhere = other.deal(dealer.index, &dealer.identity, &[], &mut rng(6)).unwrap().encode();
    let (own, strange) = (FIXTURE.ceremony.verify_dealing(first), other.verify_dealing(&elsewhere));
    assert!(own.result().is_ok() && strange.result().is_ok());
    let worthless = FIXTURE.ceremony.verify_dealing(&elsewhere);
    assert_eq!(worthless.result().unwrap_err(), Error::CeremonyMismatch);
    let mut dealings = Dealings::new(&FIXTURE.ceremony);
    assert_eq!(dealings.record(strange), Err(Error::CeremonyMismatch));
    assert_eq!(dealings.record(worthless), Err(Error::CeremonyMismatch));
    // A bad dealing there expels nobody here.
    let bad_elsewhere = signed(&flipped(body(&elsewhere), 40, 1), Purpose::Dealing, &dealer.identity);
    assert_eq!(dealings.record(other.verify_dealing(&bad_elsewhere)), Err(Error::CeremonyMismatch));
    assert_eq!((dealings.valid().count(), dealings.bad_dealers().count()), (0, 0));
    assert_eq!(dealings.record(own), Ok(()));
}

/// To receive a verdict is to receive its dealing.
#[test]
fn a_verdict_counts_like_the_dealing_that_it_is_about() {
    let first = &FIXTURE.dealings[0];
    let dealer = &FIXTURE.parties[0].identity;
    let wrong = signed(&flipped(body(first), 40, 1), Purpose::Dealing, dealer);
    let messages =
        [first.clone(), FIXTURE.second.clone(), wrong, flipped(first, 40, 1), patched(first, first.len() - 1, &[0])];
    for one in &messages {
        for other in &messages {
            let [mut received, mut recorded] = [(); 2].map(|()| view(&[2]));
            for bytes in [one, other, first] {
                let verdict = FIXTURE.ceremony.verify_dealing(bytes);
                assert_eq!(received.receive(bytes), recorded.record(verdict));
            }
            assert!(received.valid().eq(recorded.valid()) && received.bad_dealers().eq(recorded.bad_dealers()));
        }
    }
}

/// A thousand times this dealing, of which nothing is decoded, copied or verified: memory would show it. Only its hash says
/// that it is the same.
fn assert_cheap(dealing: &[u8], mut receive: impl FnMut(&[u8]) -> Result<(), Error>, expected: Result<(), Error>) {
    let (results, taken) = allocated(|| {
        let mut same = true;
        (0..1000).for_each(|_| same &= receive(dealing) == expected);
        same
    });
    assert!(results);
    assert_eq!(taken, 0);
}

/// One verification allocates, and so does one check of a signature: it hashes a copy.
#[test]
fn what_is_verified_shows_in_memory() {
    let mut fresh = Dealings::new(&FIXTURE.ceremony);
    let (result, taken) = allocated(|| fresh.receive(&FIXTURE.dealings[0]));
    assert!(result.is_ok() && taken > FIXTURE.dealings[0].len());
    let (result, taken) = allocated(|| fresh.receive(&flipped(&FIXTURE.second, 40, 1)));
    assert_eq!(result, bad(1, DealingFault::Signature));
    assert!(taken > 2 * FIXTURE.second.len());
}

//= spec/13-security.md#13-11-denial-of-service
//= type=test
//# A party MUST NOT verify again a dealing that it has, or one from a dealer that it expelled, unless a certificate
//# names it and it is missing.
#[test]
fn a_dealing_replayed_a_thousand_times_costs_a_hash_each() {
    let mut open = view(&[1, 2, 3]);
    let first = &FIXTURE.dealings[0];
    assert_cheap(first, |bytes| open.receive(bytes), Ok(()));
    // Its signature is not part of what is known.
    assert_cheap(&flipped(first, first.len() - 1, 1), |bytes| open.receive(bytes), Ok(()));
    let mut closed = closed(&[1, 2, 3]);
    assert_cheap(first, |bytes| closed.receive(bytes), Ok(()));
}

#[test]
fn dealings_of_an_expelled_dealer_cost_a_hash_each() {
    let expelled = bad(1, DealingFault::Expelled);
    let mut open = view(&[2, 3]);
    let wrong = signed(&flipped(body(&FIXTURE.second), 40, 1), Purpose::Dealing, &FIXTURE.parties[0].identity);
    assert!(open.receive(&wrong).is_err());
    for dealing in [&FIXTURE.dealings[0], &FIXTURE.second, &wrong] {
        assert_cheap(dealing, |bytes| open.receive(bytes), expelled.clone());
    }
    assert_eq!(open.bad_dealers().collect::<Vec<_>>(), indices([1]));
    let mut closed = open.close(certificate(&[1, 2, 3])).unwrap();
    assert_cheap(&FIXTURE.second, |bytes| closed.receive(bytes), expelled);
    // What the others closed on is taken from it all the same.
    assert_eq!(closed.receive(&FIXTURE.dealings[0]), Ok(()));
    assert_eq!(public(&closed), public(&self::closed(&[1, 2, 3])));
}

#[test]
fn a_dealing_that_is_not_in_the_closed_set_costs_a_hash() {
    let mut closed = closed(&[2, 3, 4]);
    for late in [&FIXTURE.dealings[0], &FIXTURE.second, &flipped(&FIXTURE.second, 40, 1)] {
        assert_cheap(late, |bytes| closed.receive(bytes), Err(Error::LateDealing(1)));
    }
    assert_eq!(public(&closed), public(&self::closed(&[2, 3, 4])));
}

//= spec/9-dealing.md#9-4-close
//= type=test
//# A recipient MUST NOT sign two different confirmations in one ceremony.
//= spec/9-dealing.md#9-4-close
//= type=test
//# A recipient MUST store its confirmation before it sends it.
#[test]
fn a_recipient_confirms_once() {
    let party = &FIXTURE.parties[0];
    let mut dealings = view(&[1, 2, 3]);
    let first = dealings.confirm(party.index, &party.key).unwrap();
    dealings.receive(&FIXTURE.dealings[3]).unwrap();
    // There is more to confirm, for one that did not.
    let other = confirmed(&view(&[1, 2, 3, 4]), 2);
    assert_ne!(body(&confirmed(&view(&[1, 2, 3, 4]), 1).encode()), first.body());
    assert_eq!(dealings.confirm(party.index, &party.key), Ok(first.clone()));
    assert_eq!(dealings.confirm_like(&other, party.index, &party.key), Err(Error::AlreadyConfirmed));
    // After a restart it goes on from what it stored.
    let stored = first.clone().sign(&party.identity).unwrap();
    let mut again = view(&[1, 2, 3, 4]);
    assert_eq!(again.confirm_like(&stored, party.index, &party.key), Ok(first.clone()));
    assert_eq!(again.confirm(party.index, &party.key), Ok(first));
    assert_eq!(again.confirm_like(&other, party.index, &party.key), Err(Error::AlreadyConfirmed));
    // Another set of as many.
    let other = confirmed(&view(&[2, 3, 4]), 2);
    assert_eq!(again.confirm_like(&other, party.index, &party.key), Err(Error::AlreadyConfirmed));
}

//= spec/9-dealing.md#9-4-close
//= type=test
//# A collector MUST count one confirmation per recipient, the first.
#[test]
fn a_second_confirmation_of_another_set_does_not_count() {
    let (some, all) = (view(&[1, 2, 3]), view(&[1, 2, 3, 4]));
    for (first, second) in [(&some, &all), (&all, &some)] {
        let mut confirmations = collected(&[confirmed(first, 1), confirmed(first, 2)]);
        let twice = confirmed(second, 2).encode();
        assert_eq!(confirmations.receive(&twice), Err(Error::DoubleConfirmation(2)));
        // The same again, and a forged second one, change nothing.
        assert_eq!(confirmations.receive(&confirmed(first, 2).encode()), Ok(()));
        assert_eq!(confirmations.receive(&flipped(&twice, 40, 1)), Err(Error::BadSignature));
        confirmations.receive(&confirmed(second, 3).encode()).unwrap();
        assert_eq!(confirmations.certificate(), Err(Error::NotClosed { have: 2, need: 3 }));
        assert_eq!(confirmations.most_confirmed(), Some(&confirmed(first, 1)));
        confirmations.receive(&confirmed(first, 4).encode()).unwrap();
        let closed = confirmations.certificate().unwrap().verify(&FIXTURE.ceremony).unwrap();
        assert!(closed.recipients().eq(indices([1, 2, 4])));
    }
}

#[test]
fn a_silent_third_keeps_a_ceremony_open_and_a_new_nonce_closes_it() {
    let view = view(&[1, 2, 3]);
    let two = collected(&[confirmed(&view, 1), confirmed(&view, 2)]);
    assert_eq!(two.certificate(), Err(Error::NotClosed { have: 2, need: 3 }));
    assert!(!two.failed() && two.unconfirmed().eq(indices([3, 4])));
    // They may still speak, and if they disagree, it has failed.
    let other = self::view(&[1, 2]);
    let three = [confirmed(&view, 1), confirmed(&view, 2), confirmed(&other, 3)];
    assert!(!collected(&three).failed());
    let [one, two, three] = three;
    assert!(collected(&[one, two, three, confirmed(&other, 4)]).failed());
    // The next plan goes without the silent ones.
    let mut next = FIXTURE.ceremony.plan().clone();
    next.nonce = [7; 32];
    next.recipients.truncate(2);
    let next = Ceremony::new(next).unwrap();
    let dealers = &FIXTURE.parties[..2];
    let dealings =
        dealers.iter().map(|party| next.deal(party.index, &party.identity, &[], &mut rng(8)).unwrap().encode());
    assert_one_sharing(&finish(&next, &dealings.collect::<Vec<_>>(), dealers));
}

#[test]
fn public_polynomials_are_checked_against_a_certificate_alone() {
    let keys = public(&closed(&[1, 2, 3])).keys;
    let stored = certificate(&[1, 2, 3]).certificate().encode();
    let certificate = Certificate::decode(&stored).unwrap().verify(&FIXTURE.ceremony).unwrap();
    assert_eq!(certificate.vouch_for(&keys), Ok(()));
    let other = public(&closed(&[1, 2, 3, 4])).keys;
    for wrong in [&other[..], &[], &[&keys[..], &keys].concat()] {
        assert_eq!(certificate.vouch_for(wrong), Err(Error::BadCertificate));
    }
    assert_eq!(self::certificate(&[1, 2, 3, 4]).vouch_for(&other), Ok(()));
}
