//! What the specification says about dealings (chapter 9). Each refused ceremony or dealing is one change away from an
//! accepted one.

use crate::common::closing::{confirm, finish};
use crate::common::{Party, SCALAR, Sharing, flipped, id, patched, plan, rng, spliced, xof};
use rand::Rng;
use relight::curve::{CurveId, KeyCurve, Secp256k1, SecretScalar};
use relight::{
    DealingFault, Error, Field, KeyShare,
    dealing::{Ceremony, Dealings, Keys, Plan, Reshared},
    identity::{IdentityKey, Purpose, SignatureScheme},
};
use std::ops::ControlFlow;

const KEYS: [CurveId; 2] = [CurveId::Secp256k1, CurveId::Bls12381G1];

/// Three parties that generate a key on each curve for threshold two.
struct Generation {
    parties: Vec<Party>,
    ceremony: Ceremony,
}

impl Generation {
    fn new() -> Self {
        let parties = Party::group(1..=3, &mut rng(60));
        let keys = KEYS.into_iter().collect();
        Self { ceremony: Ceremony::new(plan(2, keys, &parties, &parties)).unwrap(), parties }
    }

    fn deal(&self, dealer: u16, seed: u64) -> Vec<u8> {
        let party = &self.parties[usize::from(dealer) - 1];
        self.ceremony.deal(party.index, &party.identity, &[], &mut rng(seed)).unwrap().encode()
    }

    fn verify(&self, dealing: &[u8]) -> Result<u16, Error> {
        self.ceremony.verify_dealing(dealing).result().map(|dealing| dealing.dealer().get())
    }

    fn signed(&self, dealer: u16, body: &[u8]) -> Vec<u8> {
        sign(&self.parties[usize::from(dealer) - 1].identity, body)
    }
}

fn sign(identity: &IdentityKey, body: &[u8]) -> Vec<u8> {
    let signature = identity.sign(SignatureScheme::Sha256, Purpose::Dealing, body).unwrap();
    [body, &signature.to_bytes()].concat()
}

const SIGNATURE: usize = 65;
/// Where the proof begins: after version, digest, index and a dealing of each key.
const PROOF: usize = 35 + 3 * 33 + 32 + 3 * 48 + 32;

fn body(dealing: &[u8]) -> &[u8] {
    &dealing[..dealing.len() - SIGNATURE]
}

fn bad(dealer: u16, fault: DealingFault) -> Result<u16, Error> {
    Err(Error::BadDealing { dealer, fault })
}

/// Where things stand in an encoded ceremony with the name "ceremony".
const THRESHOLD: usize = 2 + 1 + 8 + 32 + 8;
const ORIGIN: usize = THRESHOLD + 2;
const SLOTS: usize = ORIGIN + 1 + 4;

fn read(bytes: &[u8]) -> Result<(), Error> {
    Ceremony::decode(bytes).map(drop)
}

//= spec/9-dealing.md#9-1-ceremony
//= type=test
//# A decoder MUST refuse an origin other than 0, 1 and 2, with UnknownOrigin.
//= spec/9-dealing.md#9-1-ceremony
//= type=test
//# A decoder MUST refuse two old VSS commitments of one curve with the same public key that are re-shared at the same
//# point, with DuplicateEntry.
#[test]
fn keys_are_all_new_or_all_old_and_different() {
    let (parties, rng) = (Party::group(1..=3, &mut rng(61)), &mut rng(61));
    let generate = Generation::new().ceremony.encode();
    assert_eq!(read(&generate), Ok(()));
    assert_eq!(read(&patched(&generate, ORIGIN, &[3])), Err(Error::UnknownOrigin(3)));
    let [one, other] = [0, 1].map(|_| Sharing::new(CurveId::Secp256k1, 2, 3, rng).public);
    let slots = [&one, &other].map(|old| Reshared::from(old.clone()));
    let reshare = Ceremony::new(plan(2, Keys::Reshare(slots.to_vec()), &parties, &parties)).unwrap().encode();
    assert_eq!(read(&reshare), Ok(()));
    // A key: curve, length, two commitments, no point.
    let slot = 2 + 4 + 2 * 33 + 1;
    let (first, second) = (SLOTS..SLOTS + slot, SLOTS + slot..SLOTS + 2 * slot);
    let twice = spliced(&reshare, second.clone(), &reshare[first.clone()]);
    assert_eq!(read(&twice), Err(Error::DuplicateEntry { compartment: 0, entry: 1 }));
    // The same root key with another polynomial is the same key.
    let root = 2 + 4;
    let same_root = patched(&reshare, second.start + root, &reshare[first.start + root..][..33]);
    assert_eq!(read(&same_root), Err(Error::DuplicateEntry { compartment: 0, entry: 1 }));
}

//= spec/9-dealing.md#9-1-ceremony
//= type=test
//# A decoder MUST refuse indices of dealers or of recipients that descend, with InvalidIndex.
//= spec/9-dealing.md#9-1-ceremony
//= type=test
//# A decoder MUST refuse two dealers or two recipients with the same index, with DuplicateIndex.
//= spec/9-dealing.md#9-1-ceremony
//= type=test
//# A decoder MUST refuse two dealers with the same identity, and two recipients with the same identity or member key,
//# with DuplicateKey.
#[test]
fn parties_ascend_and_differ() {
    let bytes = Generation::new().ceremony.encode();
    // After two curves of two bytes: the dealers, and after three of these the recipients.
    let dealers = SLOTS + 2 * 2 + 4;
    let recipients = dealers + 3 * 37 + 4;
    // After the index: the identity of a dealer, identity and member key of a recipient.
    let keys = [(dealers, 37, 2..35), (recipients, 85, 2..35), (recipients, 85, 35..83)];
    for (start, record, key) in keys {
        let (one, two) = (&bytes[start..start + record], &bytes[start + record..start + 2 * record]);
        let swapped = patched(&bytes, start, &[two, one].concat());
        assert_eq!(read(&swapped), Err(Error::InvalidIndex(1)));
        let same_index = patched(&bytes, start + record, &[0, 1]);
        assert_eq!(read(&same_index), Err(Error::DuplicateIndex(1)));
        let same_key = |place: usize| patched(&bytes, start + place * record + key.start, &one[key.clone()]);
        assert_eq!(read(&same_key(1)), Err(Error::DuplicateKey(1, 2)));
        assert_eq!(read(&same_key(2)), Err(Error::DuplicateKey(1, 3)));
        let no_index = patched(&bytes, start, &[0, 0]);
        assert_eq!(read(&no_index), Err(Error::InvalidIndex(0)));
    }
}

//= spec/9-dealing.md#9-1-ceremony
//= type=test
//# A decoder MUST refuse a threshold that is zero or greater than the number of recipients, with InvalidThreshold.
//= spec/9-dealing.md#9-1-ceremony
//= type=test
//# A decoder MUST refuse a ceremony with fewer dealers than the dealings needed, with NotEnoughDealings.
#[test]
fn the_threshold_fits_recipients_and_dealers() {
    let bytes = Generation::new().ceremony.encode();
    for (threshold, expected) in
        [(0, Err(Error::InvalidThreshold(0))), (3, Ok(())), (4, Err(Error::InvalidThreshold(4)))]
    {
        assert_eq!(read(&patched(&bytes, THRESHOLD, &u16::to_be_bytes(threshold))), expected);
    }
    let dealers = SLOTS + 2 * 2;
    let with_dealers = |count: usize| {
        let vector = [&(count as u32 * 37).to_be_bytes()[..], &bytes[dealers + 4..][..count * 37]].concat();
        read(&spliced(&bytes, dealers..dealers + 4 + 3 * 37, &vector))
    };
    assert_eq!(with_dealers(2), Ok(()));
    assert_eq!(with_dealers(1), Err(Error::NotEnoughDealings { have: 1, need: 2, bad: vec![] }));
}

//= spec/9-dealing.md#9-2-deal
//= type=test
//# A dealer MUST derive its coefficients from fresh randomness, a secret key of its own and its old shares together.
#[test]
fn coefficients_come_from_randomness_and_the_dealers_secrets() {
    let generation = Generation::new();
    let commitments = |dealing: &[u8]| dealing[35..35 + 2 * 33].to_vec();
    let dealt = commitments(&generation.deal(1, 62));
    assert_eq!(commitments(&generation.deal(1, 62)), dealt);
    // Another draw, or another dealer with the same draw.
    assert_ne!(commitments(&generation.deal(1, 63)), dealt);
    assert_ne!(commitments(&generation.deal(2, 62)), dealt);
    // The seed hashes the draw and the identity's secret; the first coefficient of the first key hashes the seed.
    let (ceremony, mut fresh) = (generation.ceremony.digest(), [0; 32]);
    rng(62).fill_bytes(&mut fresh);
    let identity = &generation.parties[0].identity.encode()[SCALAR];
    let seed: [u8; 32] = xof("dealing-seed", &[ceremony.as_bytes(), &[0, 1], &fresh, identity]);
    let coefficient: [u8; 48] = xof("coefficient", &[&[0, 1], &seed, &[0, 0], &[0, 0]]);
    let commitment = Secp256k1::encode_point(&Secp256k1::generator_mul(&Secp256k1::reduce(&coefficient)));
    assert_eq!(dealt[..33], commitment);
    // A stuck generator does not repeat the coefficients of one ceremony in the next.
    let plan = Plan { epoch: 2, ..generation.ceremony.plan().clone() };
    let next = Generation { ceremony: Ceremony::new(plan).unwrap(), parties: generation.parties };
    assert_ne!(commitments(&next.deal(1, 62)), dealt);
}

//= spec/9-dealing.md#9-3-verify-a-dealing
//= type=test
//# A verifier MUST check the signature before it blames the dealer for anything.
#[test]
fn only_a_signed_fault_is_the_dealers() {
    let generation = Generation::new();
    let good = generation.deal(1, 64);
    assert_eq!(generation.verify(&good), Ok(1));
    // A byte of each part: commitment, proof of knowledge, proof of encryption.
    for place in [36, 35 + 3 * 33 + 31, PROOF + 40, good.len() - SIGNATURE - 1] {
        let changed = flipped(&good, place, 1);
        assert_eq!(generation.verify(&changed), bad(1, DealingFault::Signature));
        let Err(Error::BadDealing { dealer: 1, fault }) = generation.verify(&generation.signed(1, body(&changed)))
        else {
            panic!("the change at {place} passes")
        };
        assert_ne!(fault, DealingFault::Signature);
        // Signed by another dealer it says nothing about this one.
        assert_eq!(generation.verify(&generation.signed(2, body(&changed))), bad(1, DealingFault::Signature));
    }
    let mut dealings = Dealings::new(&generation.ceremony);
    assert!(dealings.receive(&flipped(&good, 36, 1)).is_err());
    assert_eq!(dealings.bad_dealers().count(), 0);
    assert_eq!(dealings.receive(&good), Ok(()));
}

/// Bodies with one fault each, and what a verifier says of them once the dealer has signed them.
fn faults(dealer: u16, dealing: &[u8]) -> [(Vec<u8>, Result<u16, Error>); 6] {
    let body = body(dealing);
    let (no_point, response, last) = (patched(body, 35, &[9]), 35 + 3 * 33 + 31, body.len() - 1);
    [
        (flipped(body, 1, 1), Err(Error::CeremonyMismatch)),
        (patched(body, 33, &[0, 9]), Err(Error::UnknownDealer(9))),
        (body[..last].to_vec(), bad(dealer, DealingFault::Length)),
        (no_point, bad(dealer, DealingFault::Encoding)),
        (flipped(body, response, 1), bad(dealer, DealingFault::SchnorrProof)),
        (flipped(body, last, 1), bad(dealer, DealingFault::Encryption)),
    ]
}

#[test]
fn of_dealings_that_are_verified_together_exactly_the_bad_ones_are_bad() {
    let generation = Generation::new();
    let dealt = [1, 2, 3].map(|dealer| generation.deal(dealer, 74));
    let together = |dealings: &[Vec<u8>]| -> Vec<Result<u16, Error>> {
        let verdicts = generation.ceremony.verify_dealings(dealings);
        verdicts.iter().map(|verdict| verdict.result().map(|dealing| dealing.dealer().get())).collect()
    };
    assert_eq!(together(&dealt), [Ok(1), Ok(2), Ok(3)]);
    assert_eq!(together(&[]), []);
    let first = faults(1, &dealt[0]).map(|(body, found)| (generation.signed(1, &body), found));
    let last = faults(3, &dealt[2]).map(|(body, found)| (generation.signed(3, &body), found));
    // Two culprits, each with another fault: each fault comes first once, and last once.
    for (one, other) in first.iter().zip(last.iter().cycle().skip(1)) {
        let dealings = [one.0.clone(), dealt[1].clone(), other.0.clone()];
        assert_eq!(together(&dealings), [one.1.clone(), Ok(2), other.1.clone()]);
    }
    // Nobody's fault, between two that are good.
    let unsigned = flipped(&dealt[1], 36, 1);
    assert_eq!(
        together(&[dealt[0].clone(), unsigned, dealt[2].clone()]),
        [Ok(1), bad(2, DealingFault::Signature), Ok(3)]
    );
}

#[test]
fn who_verifies_dealings_together_hears_of_each_and_may_break_off() {
    let generation = Generation::new();
    let dealt = [1, 2].map(|dealer| generation.deal(dealer, 75));
    let until = |last: usize| {
        let mut heard = Vec::new();
        let watch = &mut |done, of| {
            heard.push((done, of));
            if done == last { ControlFlow::Break("enough") } else { ControlFlow::Continue(()) }
        };
        let verdicts = generation.ceremony.verify_dealings_with(&dealt, watch);
        (verdicts.map_continue(|verdicts| verdicts.len()), heard)
    };
    assert_eq!(until(3), (ControlFlow::Continue(2), vec![(1, 2), (2, 2)]));
    assert_eq!(until(1), (ControlFlow::Break("enough"), vec![(1, 2)]));
}

//= spec/13-security.md#13-11-denial-of-service
//= type=test
//# An implementation MUST check the length of an input against what the caller expects before it does expensive work.
#[test]
fn a_dealing_of_another_length_is_refused_before_its_points_are_read() {
    let generation = Generation::new();
    let good = generation.deal(1, 65);
    // No point begins with 9.
    let nonsense = patched(body(&good), 35, &[9]);
    assert_eq!(generation.verify(&generation.signed(1, &nonsense)), bad(1, DealingFault::Encoding));
    for body in [&nonsense[..nonsense.len() - 1], &[&nonsense[..], &[0]].concat()] {
        assert_eq!(generation.verify(&generation.signed(1, body)), bad(1, DealingFault::Length));
    }
}

//= spec/9-dealing.md#9-3-verify-a-dealing
//= type=test
//# The statement of a dealing MUST be formed by the verifier from the ceremony and the commitments.
#[test]
fn a_proof_for_other_commitments_is_refused() {
    let generation = Generation::new();
    let [one, other] = [66, 67].map(|seed| generation.deal(1, seed));
    assert_eq!((generation.verify(&one), generation.verify(&other)), (Ok(1), Ok(1)));
    // Commitments and proof are each right: the statement follows from the commitments.
    let mixed = [&one[..PROOF], &body(&other)[PROOF..]].concat();
    assert_eq!(generation.verify(&generation.signed(1, &mixed)), bad(1, DealingFault::Encryption));
}

//= spec/9-dealing.md#9-5-finish
//= type=test
//# All parties MUST use the same set of dealings.
#[test]
fn a_transcript_tells_the_sets_of_dealings_apart() {
    let generation = Generation::new();
    let dealt = [1, 2, 3].map(|dealer| generation.deal(dealer, 68));
    let transcript = |dealers: &[usize]| {
        let used: Vec<_> = dealers.iter().map(|dealer| dealt[dealer - 1].clone()).collect();
        finish(&generation.ceremony, &used, &generation.parties).remove(0).public.transcript
    };
    assert_eq!(transcript(&[1, 2, 3]), transcript(&[3, 1, 2, 1]));
    assert_ne!(transcript(&[1, 2]), transcript(&[1, 2, 3]));
    assert_ne!(transcript(&[1, 2]), transcript(&[1, 3]));
}

//= spec/9-dealing.md#9-5-finish
//= type=test
//# A party MUST check its new share against the new VSS commitment before it uses it.
//= spec/9-dealing.md#9-6-generation
//= type=test
//# A generation MUST accept dealings from enough dealers that one of them is honest.
#[test]
fn a_generation_needs_as_many_dealings_as_its_threshold() {
    let generation = Generation::new();
    let mut dealings = Dealings::new(&generation.ceremony);
    dealings.receive(&generation.deal(2, 69)).unwrap();
    let too_few = Error::NotEnoughDealings { have: 1, need: 2, bad: vec![] };
    assert_eq!(confirm(&dealings, &generation.parties[0]).unwrap_err(), too_few);
    let dealt = [2, 3].map(|dealer| generation.deal(dealer, 69));
    dealings.receive(&dealt[1]).unwrap();
    assert!(confirm(&dealings, &generation.parties[0]).is_ok());
    let outcome = finish(&generation.ceremony, &dealt, &generation.parties).remove(0);
    // The new shares fit the new polynomials.
    for (share, commitment) in outcome.shares.iter().zip(&outcome.public.keys) {
        assert_eq!(share.secret().public(), commitment.public_share(&id(1)).unwrap());
    }
}

//= spec/4-sharing.md#4-3-vss-commitments
//= type=test
//# A receiver of a share x of identifier i MUST check `x · G_C = X_i` before using it.
#[test]
fn a_share_that_does_not_fit_is_none() {
    let commitment = Sharing::new(CurveId::Secp256k1, 2, 3, &mut rng(70));
    let own = |identifier| {
        let secret =
            SecretScalar::from_bytes(CurveId::Secp256k1, commitment.shares[0].secret().expose_bytes()).unwrap();
        KeyShare::new(1, &commitment.public, id(identifier), secret).map(drop)
    };
    assert_eq!(own(1), Ok(()));
    assert_eq!(own(2), Err(Error::SecretMismatch { compartment: 0, entry: 0 }));
}

//= spec/9-dealing.md#9-7-re-sharing-and-refresh
//= type=test
//# Shares of different sharings MUST NOT be combined.
#[test]
fn shares_of_another_sharing_are_not_dealt() {
    let (parties, rng) = (Party::group(1..=2, &mut rng(71)), &mut rng(71));
    let [old, other] = [0, 1].map(|_| Sharing::new(CurveId::Secp256k1, 2, 2, rng));
    let ceremony = Ceremony::new(plan(2, Keys::Reshare(vec![old.public.clone().into()]), &parties, &parties)).unwrap();
    let deal = |share, rng: &mut _| ceremony.deal(parties[0].index, &parties[0].identity, &[share], rng);
    let dealing = deal(&old.shares[0], rng).unwrap();
    assert!(ceremony.verify_dealing(&dealing.encode()).result().is_ok());
    let mismatch = |field| Error::Mismatch(field);
    assert_eq!(deal(&other.shares[0], rng).unwrap_err(), mismatch(Field::PublicKey(0)));
    assert_eq!(deal(&old.shares[1], rng).unwrap_err(), mismatch(Field::Identifier(0)));
    // A dealer that does so all the same is found out.
    let slot = Reshared::from(other.public.clone());
    let elsewhere = Ceremony::new(plan(2, Keys::Reshare(vec![slot]), &parties, &parties)).unwrap();
    let wrong = elsewhere.deal(parties[0].index, &parties[0].identity, &[&other.shares[0]], rng).unwrap().encode();
    let moved = patched(body(&wrong), 1, ceremony.digest().as_bytes());
    let verdicts = ceremony.verify_dealings(&[sign(&parties[0].identity, &moved), dealing.encode()]);
    let found = verdicts.iter().map(|verdict| verdict.result().map(|dealing| dealing.dealer().get()));
    assert_eq!(found.collect::<Vec<_>>(), [bad(1, DealingFault::OtherKey), Ok(1)]);
}
