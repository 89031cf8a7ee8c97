//! Identifiers of any size: which go together, and that shares at them determine their sharing.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use rand::SeedableRng;
use rand::rngs::StdRng;
use relight::Error;
use relight::curve::{CurveId, CurvePoint, SecretScalar};
use relight::sharing::{Identifier, VssCommitment};
use relight_fuzz::CURVES;

#[derive(Arbitrary, Debug)]
enum Number {
    Small(u8),
    /// Near a multiple of the order, where numbers are zero or equal on one curve and not on another.
    NearOrder {
        times: u8,
        less: u8,
    },
    Large(Vec<u8>),
}

#[derive(Arbitrary, Debug)]
struct Input {
    curve: u8,
    threshold: u8,
    identifiers: Vec<Number>,
    wrong: Option<u8>,
}

/// The order of secp256k1.
const ORDER: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe, 0xba, 0xae, 0xdc,
    0xe6, 0xaf, 0x48, 0xa0, 0x3b, 0xbf, 0xd2, 0x5e, 0x8c, 0xd0, 0x36, 0x41, 0x41,
];

fuzz_target!(|input: Input| {
    let curve = CURVES[usize::from(input.curve) % CURVES.len()];
    let threshold = u16::from(input.threshold % 4) + 1;
    let identifiers: Vec<Identifier> = input.identifiers.iter().take(8).filter_map(identifier).collect();
    let commitment = commitment(curve, threshold);
    match commitment.public_shares(&identifiers) {
        Ok(shares) => determine(&commitment, &identifiers, &shares, input.wrong),
        Err(Error::ZeroIdentifier(zero)) => assert!(identifiers.contains(&zero)),
        Err(other) => panic!("{other}"),
    }
});

fn identifier(number: &Number) -> Option<Identifier> {
    match number {
        Number::Small(number) => Identifier::new(u64::from(*number)).ok(),
        Number::NearOrder { times, less } => Identifier::from_bytes(&multiple(*times, *less)).ok(),
        Number::Large(bytes) => Identifier::from_bytes(bytes).ok(),
    }
}

/// times · order - less, without leading zeros.
fn multiple(times: u8, less: u8) -> Vec<u8> {
    let mut carry = -i32::from(less);
    let mut digits: Vec<u8> = Vec::new();
    for digit in ORDER.iter().rev().chain(&[0]) {
        carry += i32::from(*digit) * i32::from(times);
        digits.push(carry.rem_euclid(256) as u8);
        carry = carry.div_euclid(256);
    }
    digits.into_iter().rev().skip_while(|digit| *digit == 0).collect()
}

fn commitment(curve: CurveId, threshold: u16) -> VssCommitment {
    let rng = &mut StdRng::seed_from_u64(u64::from(curve.number()));
    let commitments = (0..threshold).map(|_| SecretScalar::random(curve, rng).public()).collect();
    VssCommitment::new(commitments).expect("they are on one curve")
}

/// Shares at different places give the sharing back; one that is changed is named, if there are two to spare.
fn determine(commitment: &VssCommitment, identifiers: &[Identifier], shares: &[CurvePoint], wrong: Option<u8>) {
    let threshold = commitment.threshold();
    let mut pairs: Vec<_> = identifiers.iter().copied().zip(shares.iter().cloned()).collect();
    // Shares of a polynomial that is not constant differ where the identifiers do: no two of the seed's agree.
    let repeated = threshold.get() > 1 && (1..shares.len()).any(|place| shares[..place].contains(&shares[place]));
    let spare = pairs.len().checked_sub(usize::from(threshold.get()));
    let wrong = wrong.filter(|_| spare.is_some_and(|spare| spare >= 2)).map(|wrong| usize::from(wrong) % pairs.len());
    if let Some(wrong) = wrong {
        pairs[wrong].1 = SecretScalar::random(commitment.curve(), &mut StdRng::seed_from_u64(1000)).public();
    }
    match VssCommitment::from_shares(threshold, &pairs) {
        Ok(found) => assert!(wrong.is_none() && !repeated && found == *commitment),
        Err(Error::DuplicateIdentifier(twice)) => {
            assert!((repeated || threshold.get() == 1) && identifiers.contains(&twice));
        }
        Err(Error::InconsistentShares { identifiers: named }) => {
            assert!(!repeated && wrong.is_some_and(|wrong| named == [identifiers[wrong]]));
        }
        Err(Error::InvalidLength) => assert!(pairs.is_empty()),
        Err(Error::NotEnoughShares { .. }) => assert!(spare.is_none()),
        Err(other) => panic!("{other}"),
    }
}
