//! Blame that can be shown: what a party signed is evidence by itself, and against nobody else.

use crate::common::closing::{confirm, receive_all};
use crate::common::{KEY_CURVE, Party, Sharing, flipped, index, patched, plan, rng, signed};
use relight::{
    DealingFault, Error,
    dealing::{Ceremony, Culprit, Evidence, Keys, Plan},
    identity::{Purpose, SignatureScheme},
};
use std::sync::LazyLock;

/// Three parties re-share a key, for threshold two.
struct Fixture {
    parties: Vec<Party>,
    commitment: Sharing,
    ceremony: Ceremony,
    dealings: Vec<Vec<u8>>,
    /// Another valid dealing of the first dealer.
    second: Vec<u8>,
}

static FIXTURE: LazyLock<Fixture> = LazyLock::new(|| {
    let parties = Party::group(1..=3, &mut rng(1));
    let commitment = Sharing::new(KEY_CURVE, 2, 3, &mut rng(2));
    let ceremony = Ceremony::new(new_plan(&parties, &commitment)).unwrap();
    let deal = |place: usize, seed| deal(&ceremony, &parties[place], &commitment, place, seed);
    let dealings = (0..3).map(|place| deal(place, 3)).collect();
    Fixture { dealings, second: deal(0, 4), parties, commitment, ceremony }
});

fn new_plan(parties: &[Party], commitment: &Sharing) -> Plan {
    plan(2, Keys::Reshare(vec![commitment.public.clone().into()]), parties, parties)
}

fn deal(ceremony: &Ceremony, dealer: &Party, commitment: &Sharing, place: usize, seed: u64) -> Vec<u8> {
    ceremony.deal(dealer.index, &dealer.identity, &[&commitment.shares[place]], &mut rng(seed)).unwrap().encode()
}

const COMMITMENTS: usize = 35;
const RESPONSE: usize = COMMITMENTS + 3 * 33;
const PROOF: usize = RESPONSE + 32;

fn body(message: &[u8]) -> &[u8] {
    &message[..message.len() - 65]
}

/// Signed by the first party, whatever it is.
fn dealt(body: &[u8]) -> Vec<u8> {
    signed(body, Purpose::Dealing, &FIXTURE.parties[0].identity)
}

fn confirmation(dealings: usize, party: usize) -> Vec<u8> {
    let view = receive_all(&FIXTURE.ceremony, &FIXTURE.dealings[..dealings]);
    confirm(&view, &FIXTURE.parties[party]).unwrap().encode()
}

/// As it reaches one who knows the ceremony and nothing else.
fn verify(evidence: &Evidence) -> Result<Culprit, Error> {
    let ceremony = Ceremony::decode(&FIXTURE.ceremony.encode()).unwrap();
    Evidence::decode(&evidence.encode()).unwrap().verify(&ceremony)
}

fn dealer(fault: DealingFault) -> Result<Culprit, Error> {
    Ok(Culprit::Dealer { index: index(1), fault })
}

const NONE: Result<Culprit, Error> = Err(Error::NoEvidence);

/// One change to a good dealing for each fault.
fn faults() -> Vec<(Vec<u8>, DealingFault)> {
    let good = body(&FIXTURE.dealings[0]);
    let other = &FIXTURE.dealings[1];
    vec![
        (good[..good.len() - 1].to_vec(), DealingFault::Length),
        ([good, &[0]].concat(), DealingFault::Length),
        (patched(good, COMMITMENTS, &[5]), DealingFault::Encoding),
        (patched(good, RESPONSE, &[0xff; 32]), DealingFault::Encoding),
        (patched(good, COMMITMENTS, &other[COMMITMENTS..COMMITMENTS + 33]), DealingFault::OtherKey),
        (flipped(good, RESPONSE + 31, 1), DealingFault::SchnorrProof),
        (flipped(good, PROOF, 1), DealingFault::Encryption),
        (flipped(good, good.len() - 1, 1), DealingFault::Encryption),
    ]
}

//= spec/9-dealing.md#9-9-evidence
//= type=test
//# A party MUST NOT exclude a dealer or a recipient on the word of another, without evidence that verifies.
#[test]
fn a_bad_dealing_is_evidence_by_itself() {
    for (bad, fault) in faults() {
        assert_eq!(verify(&Evidence::bad_dealing(&dealt(&bad))), dealer(fault));
        // The same without the dealer's signature is somebody's word.
        let unsigned = [&bad[..], &FIXTURE.dealings[0][FIXTURE.dealings[0].len() - 65..]].concat();
        let by_another = signed(&bad, Purpose::Dealing, &FIXTURE.parties[1].identity);
        for word in [unsigned, by_another] {
            assert_eq!(verify(&Evidence::bad_dealing(&word)), NONE, "{fault}");
        }
    }
}

#[test]
fn two_dealings_are_evidence_by_themselves() {
    let (first, second) = (&FIXTURE.dealings[0], &FIXTURE.second);
    // Whether they are good does not matter.
    let bad = dealt(&faults()[0].0);
    for (one, other) in [(first, second), (second, first), (first, &bad), (&bad, second)] {
        assert_eq!(verify(&Evidence::two_dealings(one, other)), dealer(DealingFault::Equivocation));
    }
    let renamed = dealt(&patched(body(&FIXTURE.dealings[1]), 33, &[0, 1]));
    assert_eq!(verify(&Evidence::two_dealings(first, &renamed)), dealer(DealingFault::Equivocation));
}

#[test]
fn two_confirmations_are_evidence_by_themselves() {
    let (first, second) = (confirmation(3, 0), confirmation(2, 0));
    let culprit = Ok(Culprit::Recipient { index: index(1) });
    assert_eq!(verify(&Evidence::two_confirmations(&first, &second)), culprit);
    assert_eq!(verify(&Evidence::two_confirmations(&second, &first)), culprit);
    // One of a set that cannot be is a confirmation, too; and so is one of another outcome.
    let sign = |body: &[u8]| signed(body, Purpose::Confirmation, &FIXTURE.parties[0].identity);
    let impossible = sign(&patched(body(&first), 71 + 2 * 34, &[0, 9]));
    assert_eq!(verify(&Evidence::two_confirmations(&first, &impossible)), culprit);
    let other_outcome = sign(&flipped(body(&first), 35, 1));
    assert_eq!(verify(&Evidence::two_confirmations(&first, &other_outcome)), culprit);
}

/// The first dealer signs the same body once more, as wallets do.
fn signed_again(message: &[u8], purpose: Purpose) -> Vec<u8> {
    let identity = &FIXTURE.parties[0].identity;
    let again = identity.sign(SignatureScheme::PersonalMessage, purpose, body(message)).unwrap();
    [body(message), &again.to_bytes()].concat()
}

//= spec/9-dealing.md#9-9-evidence
//= type=test
//# Evidence MUST be refused, with NoEvidence, unless it shows the fault by itself.
#[test]
fn there_is_no_evidence_against_the_honest() {
    let (good, second) = (&FIXTURE.dealings[0], &FIXTURE.second);
    let cases = [
        Evidence::bad_dealing(good),
        Evidence::bad_dealing(&flipped(good, good.len() - 1, 1)),
        Evidence::bad_dealing(&flipped(good, PROOF, 1)),
        Evidence::bad_dealing(&good[..99]),
        Evidence::bad_dealing(&dealt(&flipped(body(good), 1, 1))),
        Evidence::bad_dealing(&dealt(&patched(body(good), 33, &[0, 9]))),
        Evidence::bad_dealing(&confirmation(3, 0)),
        Evidence::two_dealings(good, good),
        Evidence::two_dealings(good, &signed_again(good, Purpose::Dealing)),
        Evidence::two_dealings(good, &FIXTURE.dealings[1]),
        Evidence::two_dealings(good, &flipped(second, second.len() - 1, 1)),
        Evidence::two_dealings(&flipped(good, PROOF, 1), good),
        Evidence::two_dealings(good, &dealt(&flipped(body(second), 1, 1))),
        Evidence::two_dealings(good, &signed(body(second), Purpose::Confirmation, &FIXTURE.parties[0].identity)),
        Evidence::two_dealings(&confirmation(3, 0), &confirmation(2, 0)),
    ];
    for (place, evidence) in cases.iter().enumerate() {
        assert_eq!(verify(evidence), NONE, "case {place}");
    }
}

#[test]
fn there_is_no_evidence_against_who_confirmed_once() {
    let (first, second, another) = (confirmation(3, 0), confirmation(2, 0), confirmation(2, 1));
    let sign = |body: &[u8]| signed(body, Purpose::Confirmation, &FIXTURE.parties[0].identity);
    let cases = [
        (&first, &first),
        (&first, &another),
        (&first, &signed_again(&first, Purpose::Confirmation)),
        (&first, &flipped(&second, second.len() - 1, 1)),
        (&flipped(&first, 40, 1), &first),
        (&first, &sign(&flipped(body(&second), 1, 1))),
        (&first, &signed(body(&second), Purpose::Dealing, &FIXTURE.parties[0].identity)),
        (&first, &signed(body(&second), Purpose::Confirmation, &FIXTURE.parties[1].identity)),
        (&first, &second[..second.len() - 1].to_vec()),
        (&FIXTURE.dealings[0], &FIXTURE.second),
    ];
    for (place, (one, other)) in cases.into_iter().enumerate() {
        assert_eq!(verify(&Evidence::two_confirmations(one, other)), NONE, "case {place}");
    }
}

#[test]
fn evidence_holds_in_its_own_ceremony_only() {
    let other = Plan { nonce: [1; 32], ..new_plan(&FIXTURE.parties, &FIXTURE.commitment) };
    let other = Ceremony::new(other).unwrap();
    let all = [
        Evidence::bad_dealing(&dealt(&faults()[0].0)),
        Evidence::two_dealings(&FIXTURE.dealings[0], &FIXTURE.second),
        Evidence::two_confirmations(&confirmation(3, 0), &confirmation(2, 0)),
    ];
    for evidence in all {
        assert!(verify(&evidence).is_ok());
        assert_eq!(evidence.verify(&other), NONE);
    }
    // A dealing in each of two ceremonies is what honest dealers make.
    let there = deal(&other, &FIXTURE.parties[0], &FIXTURE.commitment, 0, 5);
    assert_eq!(verify(&Evidence::two_dealings(&FIXTURE.dealings[0], &there)), NONE);
}

#[test]
fn evidence_is_read_strictly() {
    let good = [
        Evidence::bad_dealing(b"dealing"),
        Evidence::two_dealings(b"dealing", b"other"),
        Evidence::two_confirmations(b"confirmation", b"other"),
    ];
    for (kind, evidence) in (1..).zip(&good) {
        let bytes = evidence.encode();
        assert_eq!(bytes[..2], [1, kind]);
        assert_eq!(Evidence::decode(&bytes).as_ref(), Ok(evidence));
        for length in 0..bytes.len() {
            assert_eq!(Evidence::decode(&bytes[..length]), Err(Error::Truncated));
        }
        assert_eq!(Evidence::decode(&[&bytes[..], &[0]].concat()), Err(Error::TrailingBytes));
        assert_eq!(Evidence::decode(&patched(&bytes, 0, &[2])), Err(Error::UnsupportedVersion(2)));
        assert_eq!(Evidence::decode(&patched(&bytes, 1, &[0])), Err(Error::UnknownKind(0)));
        assert_eq!(Evidence::decode(&patched(&bytes, 1, &[4])), Err(Error::UnknownKind(4)));
        assert_eq!(verify(evidence), NONE);
    }
    let empty =
        [Evidence::bad_dealing(b""), Evidence::two_dealings(b"", b"other"), Evidence::two_dealings(b"one", b"")];
    for evidence in empty {
        assert_eq!(Evidence::decode(&evidence.encode()), Err(Error::InvalidLength));
    }
}
