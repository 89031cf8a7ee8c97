//! Confirmations and certificates on the wire: each that is refused is one change away from an accepted one.

use super::*;

/// Where things stand in a confirmation, and one digest less in a certificate.
const RECIPIENT: usize = 33;
const OUTCOME: usize = 35;
const DEALINGS: usize = 71;
const AGREED: usize = 34;

fn receive(bytes: &[u8]) -> Result<(), Error> {
    Confirmations::new(&FIXTURE.ceremony).receive(bytes)
}

/// A list of dealings with its length.
fn list(dealings: &[u8]) -> Vec<u8> {
    [&(dealings.len() as u32).to_be_bytes(), dealings].concat()
}

/// A confirmation of the first party with other dealings, signed by it.
fn of_dealings(good: &[u8], dealings: &[u8]) -> Vec<u8> {
    sign(1, &[&good[..DEALINGS - 4], &list(dealings)].concat())
}

#[test]
fn a_confirmation_says_what_its_recipient_has() {
    let confirmation = confirmed(&view(&[1, 2, 3]), 2);
    let dealers = confirmation.dealings().iter().map(|agreed| agreed.dealer);
    assert!(dealers.eq(indices(1..=3)) && confirmation.recipient() == index(2));
    let outcome = public(&closed(&[1, 2, 3]));
    assert_eq!(confirmation.transcript(), outcome.transcript);
    assert_eq!(certificate(&[1, 2, 3]).transcript(), outcome.transcript);
    let bytes = confirmation.encode();
    assert_eq!(bytes.len(), 136 + 3 * AGREED);
    assert_eq!(Confirmation::decode(&bytes), Ok(confirmation));
    assert_eq!(receive(&bytes), Ok(()));
    assert_eq!(certificate(&[1, 2, 3]).certificate().encode().len(), 73 + 3 * AGREED + 3 * 67);
}

#[test]
fn a_confirmation_is_read_strictly() {
    let good = confirmed(&view(&[1, 2, 3]), 1).encode();
    for length in 0..good.len() {
        assert_eq!(receive(&good[..length]), Err(Error::Truncated), "{length}");
    }
    assert_eq!(receive(&[&good[..], &[0]].concat()), Err(Error::TrailingBytes));
    let (one, two) = (&good[DEALINGS..][..AGREED], &good[DEALINGS + AGREED..][..AGREED]);
    let cases = [
        (patched(&good, 0, &[2]), Error::UnsupportedVersion(2)),
        (patched(&good, RECIPIENT, &[0, 0]), Error::InvalidIndex(0)),
        (patched(&good, good.len() - 65, &[3]), Error::UnknownScheme(3)),
        (patched(&good, DEALINGS, &[0, 0]), Error::InvalidIndex(0)),
        (of_dealings(&good, &[]), Error::InvalidLength),
        (of_dealings(&good, &[one, one].concat()), Error::DuplicateIndex(1)),
        (of_dealings(&good, &[two, one].concat()), Error::InvalidIndex(1)),
        (of_dealings(&good, &one[1..]), Error::Truncated),
    ];
    for (bytes, error) in cases {
        assert_eq!(Confirmation::decode(&bytes), Err(error));
    }
    assert_eq!(receive(&of_dealings(&good, &[one, two].concat())), Ok(()));
}

#[test]
fn a_confirmation_of_another_ceremony_is_refused() {
    let good = confirmed(&view(&[1, 2]), 1).encode();
    let moved = sign(1, &flipped(body(&good), 1, 1));
    assert_eq!(receive(&moved), Err(Error::CeremonyMismatch));
    let elsewhere = Confirmation::decode(&moved).unwrap();
    let party = &FIXTURE.parties[0];
    let followed = view(&[1, 2]).confirm_like(&elsewhere, party.index, &party.key);
    assert_eq!(followed, Err(Error::CeremonyMismatch));
}

#[test]
fn a_confirmation_with_another_signature_is_refused() {
    let good = confirmed(&view(&[1, 2]), 1).encode();
    let (own, identity) = (body(&good), &FIXTURE.parties[0].identity);
    let forgeries = [
        sign(2, own),
        signed(own, Purpose::Dealing, identity),
        patched(&good, RECIPIENT, &[0, 2]),
        flipped(&good, OUTCOME, 1),
        flipped(&good, DEALINGS + 2, 1),
        flipped(&good, good.len() - 1, 1),
        patched(&good, good.len() - 65, &[2]),
    ];
    for forgery in forgeries {
        assert_eq!(receive(&forgery), Err(Error::BadSignature));
    }
    assert_eq!(receive(&sign(1, &patched(own, RECIPIENT, &[0, 5]))), Err(Error::UnknownRecipient(5)));
    assert_eq!(receive(&sign(1, own)), Ok(()));
}

#[test]
fn an_unfounded_confirmation_names_its_recipient() {
    let good = confirmed(&view(&[1, 2, 3]), 1).encode();
    let dealings = &good[DEALINGS..good.len() - 65];
    let (too_few, enough) = (&dealings[..AGREED], &dealings[..2 * AGREED]);
    assert_eq!(receive(&of_dealings(&good, enough)), Ok(()));
    let party = &FIXTURE.parties[1];
    for wrong in [too_few.to_vec(), patched(dealings, 2 * AGREED, &[0, 5])] {
        let confirmation = of_dealings(&good, &wrong);
        assert_eq!(receive(&confirmation), Err(Error::BadConfirmation(1)));
        let confirmation = Confirmation::decode(&confirmation).unwrap();
        let followed = view(&[1, 2, 3]).confirm_like(&confirmation, party.index, &party.key);
        assert_eq!(followed, Err(Error::BadConfirmation(1)));
    }
}

//= spec/9-dealing.md#9-4-close
//= type=test
//# A recipient MUST open and check its shares before it confirms.
//= spec/9-dealing.md#9-4-close
//= type=test
//# A recipient SHOULD confirm the set that most recipients before it confirmed, if it has those dealings.
#[test]
fn who_cannot_open_its_shares_does_not_confirm() {
    let [one, other, third, _] = &FIXTURE.parties[..] else { panic!("four parties") };
    let mut dealings = view(&[1, 2, 3]);
    let like = confirmed(&view(&[1, 2]), 2);
    assert_eq!(dealings.confirm(one.index, &other.key), Err(Error::WrongMemberKey));
    assert_eq!(dealings.confirm(index(5), &one.key), Err(Error::UnknownRecipient(5)));
    assert_eq!(dealings.confirm_like(&like, one.index, &other.key), Err(Error::WrongMemberKey));
    assert_eq!(dealings.confirm_like(&like, index(5), &one.key), Err(Error::UnknownRecipient(5)));
    assert_eq!(view(&[1]).confirm_like(&like, one.index, &one.key), Err(Error::MissingDealing(2)));
    let unsigned = dealings.confirm_like(&like, one.index, &one.key).unwrap();
    assert_eq!(unsigned.signer(), &one.identity.public());
    assert_eq!(unsigned.clone().sign(&third.identity), Err(Error::WrongIdentity));
    // Of those that confirmed, most have two dealings.
    let own = unsigned.sign(&one.identity).unwrap();
    let most = collected(&[own.clone(), like, confirmed(&view(&[1, 2, 3]), 3)]);
    assert_eq!(most.most_confirmed(), Some(&own));
}

/// It says what comes of the dealings by its own account, whatever the other confirmed.
#[test]
fn who_follows_a_liar_does_not_repeat_the_lie() {
    let (one, good) = (&FIXTURE.parties[0], confirmed(&view(&[1, 2, 3]), 2).encode());
    let lie = Confirmation::decode(&sign(2, &flipped(body(&good), OUTCOME, 1))).unwrap();
    let followed = view(&[1, 2, 3]).confirm_like(&lie, one.index, &one.key).unwrap();
    assert_eq!(followed.body(), body(&confirmed(&view(&[1, 2, 3]), 1).encode()));
}

/// One dealing less than the certificate has, as in a confirmation without recipient.
const SET: usize = 69;

fn verify(bytes: &[u8]) -> Result<(), Error> {
    Certificate::decode(bytes)?.verify(&FIXTURE.ceremony).map(drop)
}

/// The certificate in its parts: up to the dealings, these, and the confirmations.
fn parts(good: &[u8]) -> [Vec<u8>; 3] {
    let end = SET + 3 * AGREED;
    [good[..SET - 4].to_vec(), good[SET..end].to_vec(), good[end + 4..].to_vec()]
}

fn with(good: &[u8], dealings: &[u8], confirmations: &[u8]) -> Vec<u8> {
    [parts(good)[0].clone(), list(dealings), list(confirmations)].concat()
}

fn good() -> Vec<u8> {
    certificate(&[1, 2, 3]).certificate().encode()
}

//= spec/9-dealing.md#9-4-close
//= type=test
//# A certificate with fewer confirmations than the quorum MUST be refused, with NotClosed.
#[test]
fn a_certificate_with_one_confirmation_too_few_is_refused() {
    let good = good();
    let [_, dealings, confirmations] = parts(&good);
    assert_eq!(verify(&with(&good, &dealings, &confirmations)), Ok(()));
    for (count, have) in [(2, 2), (1, 1)] {
        let less = with(&good, &dealings, &confirmations[..count * 67]);
        assert_eq!(verify(&less), Err(Error::NotClosed { have, need: 3 }));
    }
    let view = view(&[1, 2, 3]);
    let two = collected(&[confirmed(&view, 1), confirmed(&view, 2)]);
    assert_eq!(two.certificate(), Err(Error::NotClosed { have: 2, need: 3 }));
    assert_eq!(collected(&[]).certificate(), Err(Error::NotClosed { have: 0, need: 3 }));
    assert_eq!(collected(&[]).most_confirmed(), None);
}

//= spec/9-dealing.md#9-4-close
//= type=test
//# A verifier of a certificate MUST check every signature in it.
#[test]
fn a_certificate_with_one_change_is_refused() {
    let good = good();
    let [_, dealings, confirmations] = parts(&good);
    let end = good.len();
    let swapped =
        [&confirmations[..2], &confirmations[69..134], &confirmations[67..69], &confirmations[2..67]].concat();
    let swapped = [&swapped[..], &confirmations[134..]].concat();
    let cases = [
        (flipped(&good, 1, 1), Error::CeremonyMismatch),
        (flipped(&good, 33, 1), Error::BadSignature),
        (flipped(&good, SET + 2, 1), Error::BadSignature),
        (flipped(&good, end - 1, 1), Error::BadSignature),
        (patched(&good, end - 67, &[0, 4]), Error::BadSignature),
        (patched(&good, end - 67, &[0, 5]), Error::UnknownRecipient(5)),
        (patched(&good, SET + 2 * AGREED, &[0, 4]), Error::BadSignature),
        (patched(&good, SET + 2 * AGREED, &[0, 5]), Error::BadCertificate),
        (with(&good, &dealings[..2 * AGREED], &confirmations), Error::BadSignature),
        (with(&good, &dealings[..AGREED], &confirmations), Error::BadCertificate),
        (with(&good, &dealings, &swapped), Error::BadSignature),
    ];
    for (place, (bytes, error)) in cases.into_iter().enumerate() {
        assert_eq!(verify(&bytes), Err(error), "change {place}");
    }
    assert_eq!(verify(&good), Ok(()));
}

#[test]
fn a_certificate_is_read_strictly() {
    let good = good();
    for length in 0..good.len() {
        assert_eq!(verify(&good[..length]), Err(Error::Truncated), "{length}");
    }
    let [_, dealings, confirmations] = parts(&good);
    let (one, two) = (&confirmations[..67], &confirmations[67..134]);
    let cases = [
        ([&good[..], &[0]].concat(), Error::TrailingBytes),
        (patched(&good, 0, &[0]), Error::UnsupportedVersion(0)),
        (with(&good, &[], &confirmations), Error::InvalidLength),
        (with(&good, &dealings, &[]), Error::InvalidLength),
        (with(&good, &[&dealings[..AGREED], &dealings].concat(), &confirmations), Error::DuplicateIndex(1)),
        (with(&good, &[&dealings[AGREED..], &dealings].concat(), &confirmations), Error::InvalidIndex(1)),
        (with(&good, &dealings, &[one, one, two].concat()), Error::DuplicateIndex(1)),
        (with(&good, &dealings, &[two, one].concat()), Error::InvalidIndex(1)),
        (with(&good, &dealings, &patched(&confirmations, 0, &[0, 0])), Error::InvalidIndex(0)),
        (with(&good, &dealings, &patched(&confirmations, 2, &[7])), Error::UnknownScheme(7)),
    ];
    for (place, (bytes, error)) in cases.into_iter().enumerate() {
        assert_eq!(Certificate::decode(&bytes), Err(error), "change {place}");
    }
    let read = Certificate::decode(&good).unwrap();
    assert_eq!(read.encode(), good);
}

//= spec/9-dealing.md#9-5-finish
//= type=test
//# A party MUST NOT finish without a certificate that verifies.
#[test]
fn a_certificate_of_another_outcome_is_refused_when_finishing() {
    // Three liars certify an outcome that does not come of the dealings.
    let lie = |party: usize| {
        let honest = confirmed(&view(&[1, 2, 3]), party).encode();
        Confirmation::decode(&sign(party, &flipped(body(&honest), OUTCOME, 1))).unwrap()
    };
    let certificate = collected(&[lie(1), lie(2), lie(3)]).certificate().unwrap();
    let certificate = certificate.verify(&FIXTURE.ceremony).unwrap();
    let closed = view(&[1, 2, 3, 4]).close(certificate).unwrap();
    let last = &FIXTURE.parties[3];
    assert_eq!(closed.finish_public(), Err(Error::BadCertificate));
    assert_eq!(closed.finish(last.index, &last.key).unwrap_err(), Error::BadCertificate);
    let honest = public(&super::closed(&[1, 2, 3])).keys;
    assert_eq!(closed.certificate().vouch_for(&honest), Err(Error::BadCertificate));
}

#[test]
fn a_closed_ceremony_finishes_for_its_recipients_only() {
    let [one, other, ..] = &FIXTURE.parties[..] else { panic!("four parties") };
    let closed = closed(&[1, 2, 3]);
    assert_eq!(closed.finish(one.index, &other.key).unwrap_err(), Error::WrongMemberKey);
    assert_eq!(closed.finish(index(5), &one.key).unwrap_err(), Error::UnknownRecipient(5));
    assert!(closed.finish(one.index, &one.key).is_ok());
    // The first of the dealings that are missing is named.
    let early = view(&[2]).close(certificate(&[1, 2, 3])).unwrap();
    assert_eq!(early.finish(one.index, &one.key).unwrap_err(), Error::MissingDealing(1));
    assert!(early.missing().map(|agreed| agreed.dealer).eq(indices([1, 3])));
}

/// After closing, as before.
#[test]
fn a_closed_ceremony_refuses_what_does_not_belong_to_it() {
    let mut closed = closed(&[1, 2, 3]);
    let (good, second) = (&FIXTURE.dealings[0], &FIXTURE.second);
    let cases = [
        (good[..99].to_vec(), Err(Error::Truncated)),
        (patched(good, 0, &[2]), Err(Error::UnsupportedVersion(2))),
        (flipped(good, 1, 1), Err(Error::CeremonyMismatch)),
        (patched(good, 33, &[0, 0]), Err(Error::InvalidIndex(0))),
        (patched(good, 33, &[0, 5]), Err(Error::UnknownDealer(5))),
        (flipped(second, 40, 1), bad(1, DealingFault::Signature)),
        (flipped(second, second.len() - 1, 1), bad(1, DealingFault::Signature)),
        (good.clone(), Ok(())),
    ];
    for (bytes, expected) in cases {
        assert_eq!(closed.receive(&bytes), expected);
    }
    // An agreed dealing with a wrong signature is not kept, and nobody is expelled for it.
    let mut early = view(&[2, 3]).close(certificate(&[1, 2, 3])).unwrap();
    assert_eq!(early.receive(&flipped(good, good.len() - 1, 1)), bad(1, DealingFault::Signature));
    assert_eq!(early.receive(good), Ok(()));
}

//= spec/9-dealing.md#9-4-close
//= type=test
//# A recipient SHOULD keep the dealings of the closed set, and send them to parties that lack them.
#[test]
fn a_party_without_any_dealing_gets_the_closed_ones_from_another() {
    let mut late = Dealings::new(&FIXTURE.ceremony).close(certificate(&[1, 2, 4])).unwrap();
    let missing: Vec<AgreedDealing> = late.missing().collect();
    assert_eq!(missing.len(), 3);
    missing.iter().for_each(|agreed| late.receive(asked_for(agreed)).unwrap());
    assert_eq!(public(&late), public(&closed(&[1, 2, 4])));
}

/// A wallet may sign the form of a confirmation twice: the signatures differ, and the confirmation is one.
#[test]
fn a_form_signed_twice_is_one_confirmation() {
    let good = confirmed(&view(&[1, 2]), 1);
    let form = Unsigned::<Confirmation>::from_body(body(&good.encode()), FIXTURE.parties[0].identity.public());
    assert_eq!(form.wallet_text(), Confirmation::PURPOSE.wallet_text(form.body()));
    let wallet = relight::identity::SignatureScheme::PersonalMessage;
    let again = FIXTURE.parties[0].identity.sign(wallet, Purpose::Confirmation, form.body()).unwrap();
    let again = form.complete(&again.to_bytes()[1..]).unwrap();
    assert_ne!(again, good);
    let mut confirmations = collected(std::slice::from_ref(&good));
    assert_eq!(confirmations.receive(&again.encode()), Ok(()));
    assert_eq!(confirmations.most_confirmed(), Some(&good));
}

/// Close with all four, of which two would be too few by the quorum and enough by the threshold.
#[test]
fn all_equal_confirmations_are_in_the_certificate() {
    let closed = close(&FIXTURE.ceremony, &view(&[1, 2, 3]), &FIXTURE.parties).unwrap();
    assert!(closed.certificate().recipients().eq(indices(1..=4)));
    assert_eq!(closed.certificate().dealings().len(), 3);
    assert_eq!((FIXTURE.ceremony.quorum(), FIXTURE.ceremony.threshold().get()), (3, 2));
}

/// The same dealings with another outcome are another confirmation: the certificate would not verify.
#[test]
fn a_confirmation_of_another_outcome_does_not_count() {
    let all = view(&[1, 2, 3]);
    let lie = sign(3, &flipped(body(&confirmed(&all, 3).encode()), OUTCOME, 1));
    let lie = Confirmation::decode(&lie).unwrap();
    let confirmations = collected(&[confirmed(&all, 1), confirmed(&all, 2), lie]);
    assert_eq!(confirmations.certificate().unwrap_err(), Error::NotClosed { have: 2, need: 3 });
}
