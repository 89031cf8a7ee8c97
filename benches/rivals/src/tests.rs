//! Every scheme opens what is honest, and refuses what is damaged.

use super::*;
use crate::party::{ANSWERING, Answer};
use crate::scheme::{Dealing, Scheme};

/// Two secrets.
fn check_scheme(scheme: &impl Scheme) {
    let bytes = scheme.encrypt();
    let verified = scheme.verify(&bytes).expect("an honest proof");
    let answers: Vec<Answer> = ANSWERING.map(|member| scheme.answer(&verified, member)).collect();
    scheme.check(&verified, &answers).expect("honest answers");
    assert!(opens(scheme, &verified, &answers));
    let half = bytes.len() / 2;
    let exchanged = [&bytes[half..], &bytes[..half]].concat();
    assert!(scheme.verify(&exchanged).is_none(), "each secret as the other");
    refuses_damage(&bytes, |damaged| scheme.verify(damaged).is_some());
    refuses_bad_answers(scheme, &verified, &answers);
}

fn opens<S: Scheme>(scheme: &S, verified: &S::Verified, answers: &[Answer]) -> bool {
    scheme.combine(answers).is_some_and(|unlocked| scheme.open(verified, &unlocked).is_some())
}

/// A bit flipped, here and there: the highest of a byte, because arkworks does not look at the lowest ones of flags.
fn refuses_damage(bytes: &[u8], accepts: impl Fn(&[u8]) -> bool) {
    for place in (0..bytes.len()).step_by(bytes.len() / 30) {
        let mut damaged = bytes.to_vec();
        damaged[place] ^= 0x80;
        assert!(!accepts(&damaged), "byte {place} of {}", bytes.len());
    }
}

fn refuses_bad_answers<S: Scheme>(scheme: &S, verified: &S::Verified, answers: &[Answer]) {
    let mut exchanged = answers.to_vec();
    (exchanged[0].bytes, exchanged[1].bytes) = (answers[1].bytes.clone(), answers[0].bytes.clone());
    assert!(scheme.check(verified, &exchanged).is_none(), "each member's as the other's");
    assert!(!opens(scheme, verified, &exchanged));
    let mut damaged = answers.to_vec();
    *damaged[6].bytes.last_mut().expect("not empty") ^= 1;
    assert!(scheme.check(verified, &damaged).is_none(), "one proof");
}

/// To four recipients.
fn check_dealing(dealing: &impl Dealing) {
    let bytes = dealing.deal();
    dealing.verify(&bytes).expect("an honest dealing");
    refuses_damage(&bytes, |damaged| dealing.verify(damaged).is_some());
}

#[test]
fn exponent_elgamal() {
    check_scheme(&ExponentElGamal::new(Ristretto, 2));
    check_scheme(&ExponentElGamal::new(secp256k1(), 2));
    check_scheme(&ExponentElGamal::new(p256(), 2));
    check_scheme(&ExponentElGamal::new(ed25519(), 2));
    check_scheme(&ExponentElGamal::new(bls12381_g1(), 2));
}

#[test]
fn dkg_in_the_head() {
    check_scheme(&DkgInTheHead::new(secp256k1(), 2));
    check_scheme(&DkgInTheHead::new(p256(), 2));
    check_scheme(&DkgInTheHead::new(ed25519(), 2));
    check_scheme(&DkgInTheHead::new(bls12381_g1(), 2));
}

#[test]
fn chunked_dealing() {
    check_dealing(&ChunkedDealing::new(Ristretto, 1, 4));
    check_dealing(&ChunkedDealing::new(secp256k1(), 1, 4));
    check_dealing(&ChunkedDealing::new(bls12381_g1(), 1, 4));
}
