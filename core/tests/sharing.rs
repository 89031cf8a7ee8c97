//! Sharing: identifiers, thresholds, commitments, and recovery from any sufficient set of shares.

mod common;

use common::{Sharing, id, ids, indices, patched, rng};
use proptest::prelude::*;
use relight::Error;
use relight::curve::{CurveId, CurvePoint, SecretScalar};
use relight::sharing::{PartyIndex, PublicPolynomial, Threshold, combine_points, combine_secrets};

const CURVES: [CurveId; 2] = [CurveId::Secp256k1, CurveId::Bls12381G1];

fn combine(sharing: &Sharing, members: &[usize]) -> relight::Result<SecretScalar> {
    let shares = members.iter().map(|member| &sharing.shares[*member]);
    combine_secrets(&shares.map(|share| (share.identifier(), share.secret())).collect::<Vec<_>>())
}

fn combine_public(sharing: &Sharing, members: &[usize]) -> relight::Result<CurvePoint> {
    let shares = members.iter().map(|member| &sharing.shares[*member]);
    combine_points(&shares.map(|share| (share.identifier(), share.public_share())).collect::<Vec<_>>())
}

/// A size, a threshold for it, and the members in some order.
fn sets() -> impl Strategy<Value = (u16, Vec<usize>)> {
    (1u16..=30).prop_flat_map(|parties| {
        let members: Vec<usize> = (0..usize::from(parties)).collect();
        (1..=parties, Just(members).prop_shuffle())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn any_threshold_many_shares_recover_the_secret_and_fewer_do_not((threshold, order) in sets(), seed in any::<u64>()) {
        for curve in CURVES {
            let sharing = Sharing::new(curve, threshold, order.len() as u16, &mut rng(seed));
            let root = sharing.public.root_public_key();
            let enough = &order[..usize::from(threshold)];
            prop_assert_eq!(&combine(&sharing, enough).unwrap().public(), root);
            prop_assert_eq!(&combine_public(&sharing, enough).unwrap(), root);
            prop_assert_eq!(&combine_public(&sharing, &order).unwrap(), root);
            if threshold > 1 {
                prop_assert_ne!(&combine(&sharing, &enough[1..]).unwrap().public(), root);
                prop_assert_ne!(&combine_public(&sharing, &enough[1..]).unwrap(), root);
            }
        }
    }

    #[test]
    fn a_repeated_identifier_is_refused(member in 0usize..5, other in 0usize..5) {
        let sharing = Sharing::new(CurveId::Secp256k1, 3, 5, &mut rng(1));
        let expected = Err(Error::DuplicateIdentifier(id(member as u64 + 1)));
        prop_assert_eq!(combine(&sharing, &[member, member]).map(|_| ()), expected.clone());
        if member != other {
            prop_assert_eq!(combine(&sharing, &[member, other, member]).map(|_| ()), expected.clone());
            prop_assert_eq!(combine_public(&sharing, &[other, member, member]).map(|_| ()), expected);
        }
    }

    #[test]
    fn indices_and_thresholds_are_in_range(number in any::<u16>(), parties in any::<u16>()) {
        let index = (number != 0).then_some(number).ok_or(Error::InvalidIndex(0));
        prop_assert_eq!(PartyIndex::new(number).map(PartyIndex::get), index);
        let inside = (1..=parties).contains(&number).then_some(number);
        prop_assert_eq!(
            PartyIndex::within(number, parties).map(PartyIndex::get),
            inside.ok_or(Error::InvalidIndex(number)),
        );
        prop_assert_eq!(
            Threshold::new(number, parties).map(Threshold::get),
            inside.ok_or(Error::InvalidThreshold(number)),
        );
    }
}

#[test]
fn supermajorities() {
    let known = [(1, 1), (2, 2), (3, 3), (4, 3), (5, 4), (6, 5), (7, 5), (9, 7), (10, 7), (100, 67), (65535, 43691)];
    for (parties, shares) in known {
        assert_eq!(Threshold::supermajority(parties).unwrap().get(), shares);
    }
    assert_eq!(Threshold::supermajority(0), Err(Error::InvalidThreshold(1)));
    assert_eq!(PartyIndex::all(3).collect::<Vec<_>>(), indices(1..=3));
    assert_eq!(PartyIndex::all(0).count(), 0);
}

#[test]
fn the_identifiers_of_the_greatest_indices_work() {
    let sharing = Sharing::new(CurveId::Secp256k1, 2, 2, &mut rng(2));
    let far = ids([65534, 65535]).into_iter().map(|at| sharing.public.public_share(&at).unwrap());
    let far: Vec<CurvePoint> = far.collect();
    let recovered = combine_points(&[(id(65534), &far[0]), (id(65535), &far[1])]).unwrap();
    assert_eq!(&recovered, sharing.public.root_public_key());
}

#[test]
fn shares_of_two_curves_or_none_do_not_combine() {
    let [one, other] = CURVES.map(|curve| Sharing::new(curve, 1, 2, &mut rng(3)));
    let error = Error::WrongCurve { expected: CurveId::Secp256k1, found: CurveId::Bls12381G1 };
    let mixed = [(id(1), one.shares[0].secret()), (id(2), other.shares[1].secret())];
    assert_eq!(combine_secrets(&mixed).unwrap_err(), error);
    let mixed = [(id(1), one.shares[0].public_share()), (id(2), other.shares[1].public_share())];
    assert_eq!(combine_points(&mixed).unwrap_err(), error);
    assert_eq!(combine_secrets(&[]).unwrap_err(), Error::InvalidLength);
    assert_eq!(combine_points(&[]).unwrap_err(), Error::InvalidLength);
}

#[test]
fn a_wrong_share_gives_another_secret() {
    let sharing = Sharing::new(CurveId::Bls12381G1, 3, 4, &mut rng(4));
    let swapped = [(1, 0), (2, 2), (3, 1)].map(|(at, member)| (id(at), sharing.shares[member].secret()));
    assert_ne!(&combine_secrets(&swapped).unwrap().public(), sharing.public.root_public_key());
}

#[test]
fn commitments_on_two_curves_or_none_are_no_sharing() {
    let [one, other] = CURVES.map(|curve| SecretScalar::random(curve, &mut rng(5)).public());
    let error = Error::WrongCurve { expected: CurveId::Secp256k1, found: CurveId::Bls12381G1 };
    assert_eq!(PublicPolynomial::new(vec![one.clone(), one.clone(), other]), Err(error));
    assert_eq!(PublicPolynomial::new(vec![]), Err(Error::InvalidLength));
    assert_eq!(PublicPolynomial::new(vec![one; 65536]), Err(Error::InvalidLength));
}

/// The polynomial with the commitments X and -X is zero at 1.
#[test]
fn a_share_of_zero_is_refused() {
    let point = SecretScalar::random(CurveId::Secp256k1, &mut rng(6)).public();
    let negative = CurvePoint::from_bytes(CurveId::Secp256k1, &common::flipped(point.as_bytes(), 0, 1)).unwrap();
    let sharing = PublicPolynomial::new(vec![point, negative]).unwrap();
    assert_eq!(sharing.public_share(&id(1)), Err(Error::InvalidPoint));
    assert_eq!(sharing.public_shares(&ids([2, 1])), Err(Error::InvalidPoint));
    assert!(sharing.public_share(&id(2)).is_ok());
}

#[test]
fn commitments_are_read_as_they_were_written_and_no_otherwise() {
    for curve in CURVES {
        let sharing = Sharing::new(curve, 3, 3, &mut rng(7)).public;
        let good = sharing.encode();
        assert_eq!(PublicPolynomial::decode(&good), Ok(sharing));
        for length in 0..good.len() {
            assert_eq!(PublicPolynomial::decode(&good[..length]), Err(Error::Truncated));
        }
        assert_eq!(PublicPolynomial::decode(&[&good[..], &[0]].concat()), Err(Error::TrailingBytes));
        let length = good.len() as u8 - 6;
        let cases = [
            (0, vec![0, 0], Error::UnknownCurve(0)),
            (0, vec![0x80, 1], Error::UnknownCurve(0x8001)),
            (2, vec![0xff], Error::Truncated),
            (5, vec![length - 1], Error::Truncated),
            (5, vec![length + 1], Error::Truncated),
            (6, vec![0], Error::InvalidPoint),
            (6 + curve.point_len(), vec![0xff], Error::InvalidPoint),
        ];
        for (offset, patch, error) in cases {
            assert_eq!(PublicPolynomial::decode(&patched(&good, offset, &patch)), Err(error));
        }
        assert_eq!(PublicPolynomial::decode(&patched(&good[..6], 2, &[0; 4])), Err(Error::InvalidLength));
    }
}
