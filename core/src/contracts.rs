//! The `hax_lib` contracts of the codec, the framing, the subset, the thresholds and Lagrange, run as property tests:
//! a contract is otherwise only type-checked here, and proved nowhere (see `spec/hax/README.md`).

use crate::codec::{Reader, VERSION, Writer, check_short, count};
use crate::curve::{Bls12381G1, CurveId, CurvePoint, KeyCurve, Secp256k1, SecretScalar};
use crate::encryption::{ParameterSet, kept_instances};
use crate::hash::frame;
use crate::sharing::{Identifier, PartyIndex, Threshold, combine_points, combine_secrets, lagrange_at_zero};
use alloc::vec;
use alloc::vec::Vec;
use proptest::collection::vec as vector;
use proptest::prelude::*;
use rand::SeedableRng;
use subtle::ConstantTimeEq;

type Read<'a> = &'a dyn Fn(&mut Reader<'_>) -> bool;
type Write<'a> = &'a dyn Fn(Writer) -> Writer;

/// What is left of a reader.
fn left(reader: &Reader<'_>) -> usize {
    reader.clone().rest().len()
}

proptest! {
    #[test]
    fn taking_consumes_what_it_returns(bytes in vector(any::<u8>(), 0..40), length in 0usize..50) {
        let mut reader = Reader::new(&bytes);
        prop_assert_eq!(left(&reader), bytes.len());
        prop_assert_eq!(reader.is_empty(), bytes.is_empty());
        match reader.take(length) {
            Ok(taken) => prop_assert!(taken.len() == length && left(&reader) + length == bytes.len()),
            Err(_) => prop_assert!(bytes.len() < length),
        }
        let rest = left(&reader);
        prop_assert_eq!(reader.rest().len(), rest);
        prop_assert!(reader.is_empty());
    }

    #[test]
    fn integers_need_exactly_their_bytes(bytes in vector(any::<u8>(), 0..12)) {
        let array = |reader: &mut Reader<'_>| reader.array::<5>().is_ok();
        let reads: [(usize, Read<'_>); 4] = [
            (1, &|reader| reader.u8().is_ok()),
            (2, &|reader| reader.u16().is_ok()),
            (5, &array),
            (8, &|reader| reader.u64().is_ok()),
        ];
        for (length, read) in reads {
            let mut reader = Reader::new(&bytes);
            prop_assert_eq!(read(&mut reader), bytes.len() >= length);
            let consumed = if bytes.len() >= length { length } else { 0 };
            prop_assert_eq!(left(&reader) + consumed, bytes.len());
        }
        let version = Reader::new(&bytes).version().is_ok();
        prop_assert_eq!(version, bytes.first() == Some(&VERSION));
    }

    #[test]
    fn prefixed_bytes_consume_their_prefix_too(bytes in vector(0u8..6, 0..12)) {
        let mut reader = Reader::new(&bytes);
        if let Ok(taken) = reader.short_bytes() {
            prop_assert!(taken.len() <= 255 && left(&reader) + taken.len() + 1 == bytes.len());
        }
        let mut reader = Reader::new(&bytes);
        if let Ok(taken) = reader.long_bytes() {
            prop_assert_eq!(left(&reader) + taken.len() + 4, bytes.len());
        }
    }

    #[test]
    fn items_are_between_one_and_65535(number in prop_oneof![0usize..5, 65530usize..65540]) {
        let bytes = Writer::default().long_bytes(&vec![7; number]).finish();
        let items = Reader::new(&bytes).items(|reader| reader.u8());
        prop_assert_eq!(items.map(|items| items.len()).ok(), Some(number).filter(|n| (1..=65535).contains(n)));
        let counted = count(&vec![(); number]).ok().map(usize::from);
        prop_assert_eq!(counted, Some(number).filter(|n| (1..=65535).contains(n)));
    }

    #[test]
    fn writers_grow_by_what_is_written(bytes in vector(any::<u8>(), 0..300), long in vector(any::<u8>(), 0..300)) {
        prop_assert_eq!(check_short(&bytes).is_ok(), bytes.len() <= 255);
        prop_assert!(Writer::with_capacity(bytes.len()).finish().is_empty());
        let short = if bytes.len() <= 255 { bytes.as_slice() } else { &[] };
        let steps: [(usize, Write<'_>); 6] = [
            (bytes.len(), &|writer| writer.bytes(&bytes)),
            (1, &|writer| writer.u8(9)),
            (2, &|writer| writer.u16(9)),
            (8, &|writer| writer.u64(9)),
            (1 + short.len(), &|writer| writer.short_bytes(short)),
            (4 + long.len(), &|writer| writer.long_bytes(&long)),
        ];
        for (growth, step) in steps {
            for start in [Writer::versioned(), Writer::versioned_with_capacity(40)] {
                let written = step(start).finish();
                prop_assert_eq!(written.len(), 1 + growth);
                prop_assert_eq!(written[0], VERSION);
            }
        }
    }

    #[test]
    fn frames_hold_every_part_and_its_length(label in "[a-z]{0,12}", parts in vector(vector(any::<u8>(), 0..20), 0..5)) {
        let slices: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
        let framed = frame(&label, &slices);
        let contents: usize = parts.iter().map(Vec::len).sum();
        prop_assert_eq!(framed.len(), 8 + crate::hash::VERSION.len() + 8 + label.len() + 8 * parts.len() + contents);
        let last = parts.last().map_or(label.as_bytes(), Vec::as_slice);
        let (_, tail) = framed.split_at(framed.len() - last.len() - 8);
        prop_assert_eq!(tail, [&(last.len() as u64).to_be_bytes()[..], last].concat());
    }

    #[test]
    fn identifiers_and_thresholds_are_in_range(number: u16, parties: u16) {
        prop_assert_eq!(PartyIndex::new(number).ok().map(PartyIndex::get), Some(number).filter(|n| *n >= 1));
        prop_assert_eq!(PartyIndex::within(number, parties).is_ok(), (1..=parties).contains(&number));
        prop_assert_eq!(Identifier::new(number.into()).is_ok(), number >= 1);
        let threshold = Threshold::new(number, parties).ok().map(Threshold::get);
        prop_assert_eq!(threshold, Some(number).filter(|n| (1..=parties).contains(n)));
        let least = Threshold::at_least_one(number).get();
        prop_assert!(least >= 1 && least >= number);
    }

    #[test]
    fn identifiers_repeat_only_if_they_are_two(numbers in vector(1u64..4, 0..4)) {
        let identifiers: Vec<Identifier> = numbers.iter().map(|number| Identifier::new(*number).unwrap()).collect();
        match Identifier::check::<Secp256k1>(&identifiers) {
            Ok(elements) => prop_assert_eq!(elements.len(), identifiers.len()),
            Err(_) => prop_assert!(identifiers.len() >= 2),
        }
    }

    #[test]
    fn identifiers_are_their_bytes(bytes in vector(0u8..3, 0..70)) {
        let valid = (1..=64).contains(&bytes.len()) && bytes[0] != 0;
        let identifier = Identifier::from_bytes(&bytes).ok();
        prop_assert_eq!(identifier.map(|identifier| identifier.as_bytes().to_vec()), Some(bytes).filter(|_| valid));
    }

    #[test]
    fn items_have_a_prefix(items in vector(any::<u16>(), 0..20)) {
        let written = Writer::versioned().items(&items, |writer, item| writer.u16(*item)).finish();
        prop_assert!(written.len() >= 5);
    }

    #[test]
    fn what_is_combined_stays_on_its_curve(numbers in vector(1u64..5, 0..4), seed: u64) {
        let rng = &mut rand::rngs::StdRng::seed_from_u64(seed);
        for curve in CurveId::ALL {
            let secrets: Vec<SecretScalar> = numbers.iter().map(|_| SecretScalar::random(*curve, rng)).collect();
            let points: Vec<CurvePoint> = secrets.iter().map(SecretScalar::public).collect();
            let identifiers = || numbers.iter().map(|number| Identifier::new(*number).unwrap());
            let secret = combine_secrets(&identifiers().zip(&secrets).collect::<Vec<_>>());
            let point = combine_points(&identifiers().zip(&points).collect::<Vec<_>>());
            prop_assert!(secret.is_ok_and(|secret| secret.curve() == *curve) || numbers.len() != 1);
            prop_assert!(point.is_ok_and(|point| point.curve() == *curve) || numbers.len() != 1);
        }
    }

    #[test]
    fn the_only_party_counts_once(number in 1u64..) {
        let own = [Identifier::new(number).unwrap()];
        let one = lagrange_at_zero::<Secp256k1>(&own).unwrap();
        prop_assert!(bool::from(one[0].ct_eq(&k256::Scalar::ONE)));
    }

    #[test]
    fn a_supermajority_is_the_least_number_above_two_thirds(parties: u16) {
        match Threshold::supermajority(parties) {
            Ok(threshold) => {
                let (shares, parties) = (u32::from(threshold.get()), u32::from(parties));
                prop_assert!(3 * shares > 2 * parties && 3 * (shares - 1) <= 2 * parties);
            }
            Err(_) => prop_assert_eq!(parties, 0),
        }
    }

    #[test]
    fn a_subset_marks_every_instance(challenge: [u8; 32]) {
        for parameters in ParameterSet::ALL {
            let kept = kept_instances(*parameters, &challenge);
            prop_assert_eq!(kept.len(), usize::from(parameters.instances()));
            prop_assert_eq!(kept.iter().filter(|kept| **kept).count(), usize::from(parameters.kept()));
        }
    }

    #[test]
    fn there_is_a_coefficient_for_each_identifier_unless_one_repeats(numbers in vector(1u64..20, 0..8)) {
        let identifiers: Vec<Identifier> = numbers.iter().map(|number| Identifier::new(*number).unwrap()).collect();
        let repeats = (1..numbers.len()).any(|n| numbers[..n].contains(&numbers[n]));
        check_coefficients::<Secp256k1>(&identifiers, repeats)?;
        check_coefficients::<Bls12381G1>(&identifiers, repeats)?;
    }
}

fn check_coefficients<C: KeyCurve>(identifiers: &[Identifier], repeats: bool) -> Result<(), TestCaseError> {
    let coefficients = lagrange_at_zero::<C>(identifiers).ok().map(|coefficients| coefficients.len());
    prop_assert_eq!(coefficients, Some(identifiers.len()).filter(|number| *number > 0 && !repeats));
    Ok(())
}
