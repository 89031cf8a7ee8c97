//! Sharing: identifiers, thresholds, commitments, and recovery from any sufficient set of shares.

use crate::common::{KEY_CURVE, Sharing, cases, flipped, id, ids, indices, patched, resealed, rng};
use proptest::prelude::*;
use relight::curve::{CurveId, CurvePoint, SecretScalar};
use relight::sharing::{Identifier, PartyIndex, Threshold, VssCommitment, combine_points, combine_secrets};
use relight::{Error, Field, KeyShare};

const CURVES: [CurveId; 2] = [KEY_CURVE, CurveId::Bls12381G1];

fn combine(commitment: &Sharing, members: &[usize]) -> relight::Result<SecretScalar> {
    let shares = members.iter().map(|member| &commitment.shares[*member]);
    combine_secrets(&shares.map(|share| (share.identifier(), share.secret())).collect::<Vec<_>>())
}

fn combine_public(commitment: &Sharing, members: &[usize]) -> relight::Result<CurvePoint> {
    let shares = members.iter().map(|member| &commitment.shares[*member]);
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
    #![proptest_config(cases(16))]
    #[test]
    fn any_threshold_many_shares_recover_the_secret_and_fewer_do_not((threshold, order) in sets(), seed in any::<u64>()) {
        for curve in CURVES {
            let commitment = Sharing::new(curve, threshold, order.len() as u16, &mut rng(seed));
            let root = commitment.public.public_key();
            let enough = &order[..usize::from(threshold)];
            prop_assert_eq!(&combine(&commitment, enough).unwrap().public(), root);
            prop_assert_eq!(&combine_public(&commitment, enough).unwrap(), root);
            prop_assert_eq!(&combine_public(&commitment, &order).unwrap(), root);
            if threshold > 1 {
                prop_assert_ne!(&combine(&commitment, &enough[1..]).unwrap().public(), root);
                prop_assert_ne!(&combine_public(&commitment, &enough[1..]).unwrap(), root);
            }
        }
    }

    #[test]
    fn a_repeated_identifier_is_refused(member in 0usize..5, other in 0usize..5) {
        let commitment = Sharing::new(KEY_CURVE, 3, 5, &mut rng(1));
        let expected = Err(Error::DuplicateIdentifier(id(member as u64 + 1)));
        prop_assert_eq!(combine(&commitment, &[member, member]).map(|_| ()), expected.clone());
        if member != other {
            prop_assert_eq!(combine(&commitment, &[member, other, member]).map(|_| ()), expected.clone());
            prop_assert_eq!(combine_public(&commitment, &[other, member, member]).map(|_| ()), expected);
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
    let commitment = Sharing::new(KEY_CURVE, 2, 2, &mut rng(2));
    let far = ids([65534, 65535]).into_iter().map(|at| commitment.public.public_share(&at).unwrap());
    let far: Vec<CurvePoint> = far.collect();
    let recovered = combine_points(&[(id(65534), &far[0]), (id(65535), &far[1])]).unwrap();
    assert_eq!(&recovered, commitment.public.public_key());
}

#[test]
fn shares_of_two_curves_or_none_do_not_combine() {
    let [one, other] = CURVES.map(|curve| Sharing::new(curve, 1, 2, &mut rng(3)));
    let error = Error::WrongCurve { expected: KEY_CURVE, found: CurveId::Bls12381G1 };
    let mixed = [(id(1), one.shares[0].secret()), (id(2), other.shares[1].secret())];
    assert_eq!(combine_secrets(&mixed).unwrap_err(), error);
    let mixed = [(id(1), one.shares[0].public_share()), (id(2), other.shares[1].public_share())];
    assert_eq!(combine_points(&mixed).unwrap_err(), error);
    assert_eq!(combine_secrets(&[]).unwrap_err(), Error::InvalidLength);
    assert_eq!(combine_points(&[]).unwrap_err(), Error::InvalidLength);
}

#[test]
fn a_wrong_share_gives_another_secret() {
    let commitment = Sharing::new(CurveId::Bls12381G1, 3, 4, &mut rng(4));
    let swapped = [(1, 0), (2, 2), (3, 1)].map(|(at, member)| (id(at), commitment.shares[member].secret()));
    assert_ne!(&combine_secrets(&swapped).unwrap().public(), commitment.public.public_key());
}

#[test]
fn commitments_on_two_curves_or_none_are_no_sharing() {
    let [one, other] = CURVES.map(|curve| SecretScalar::random(curve, &mut rng(5)).public());
    let error = Error::WrongCurve { expected: KEY_CURVE, found: CurveId::Bls12381G1 };
    assert_eq!(VssCommitment::new(vec![one.clone(), one.clone(), other]), Err(error));
    assert_eq!(VssCommitment::new(vec![]), Err(Error::InvalidLength));
    assert_eq!(VssCommitment::new(vec![one; 65536]), Err(Error::InvalidLength));
}

/// The polynomial with the commitments X and -X is zero at 1.
#[test]
fn a_share_of_zero_is_refused() {
    let point = SecretScalar::random(CurveId::Secp256k1, &mut rng(6)).public();
    let negative = CurvePoint::from_bytes(CurveId::Secp256k1, &flipped(point.as_bytes(), 0, 1)).unwrap();
    let commitment = VssCommitment::new(vec![point, negative]).unwrap();
    assert_eq!(commitment.public_share(&id(1)), Err(Error::InvalidPoint));
    assert_eq!(commitment.public_shares(&ids([2, 1])), Err(Error::InvalidPoint));
    assert!(commitment.public_share(&id(2)).is_ok());
}

#[test]
fn commitments_are_read_as_they_were_written_and_no_otherwise() {
    for curve in CURVES {
        let commitment = Sharing::new(curve, 3, 3, &mut rng(7)).public;
        let good = commitment.encode();
        assert_eq!(VssCommitment::decode(&good), Ok(commitment));
        for length in 0..good.len() {
            assert_eq!(VssCommitment::decode(&good[..length]), Err(Error::Truncated));
        }
        assert_eq!(VssCommitment::decode(&[&good[..], &[0]].concat()), Err(Error::TrailingBytes));
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
            assert_eq!(VssCommitment::decode(&patched(&good, offset, &patch)), Err(error));
        }
        assert_eq!(VssCommitment::decode(&patched(&good[..6], 2, &[0; 4])), Err(Error::InvalidLength));
    }
}

/// The public shares of a sharing, as another key generation publishes them.
fn published(commitment: &Sharing) -> Vec<(Identifier, CurvePoint)> {
    commitment.shares.iter().map(|share| (share.identifier(), share.public_share().clone())).collect()
}

fn threshold(shares: u16) -> Threshold {
    Threshold::new(shares, u16::MAX).unwrap()
}

fn odd(identifiers: &[Identifier]) -> Result<VssCommitment, Error> {
    Err(Error::InconsistentShares { identifiers: identifiers.to_vec() })
}

//= spec/4-sharing.md#4-6-sharings-from-elsewhere
//= type=test
//# If exactly one of t + 2 or more shares is wrong, the error MUST name that share and no other.
#[test]
fn the_odd_share_from_elsewhere_is_named() {
    for curve in CURVES {
        for (t, extra) in [(1, 2), (2, 2), (3, 2), (4, 3)] {
            let commitment = Sharing::at(curve, t, &ids((1..=u64::from(t) + extra).map(|n| n * n)), &mut rng(8));
            let good = published(&commitment);
            assert_eq!(VssCommitment::from_shares(threshold(t), &good).as_ref(), Ok(&commitment.public));
            for place in 0..good.len() {
                // Another point, the negative one, or that of another party.
                let stranger = SecretScalar::random(curve, &mut rng(9)).public();
                let neighbour = good[(place + 1) % good.len()].1.clone();
                let wrong = if t == 1 { vec![stranger] } else { vec![stranger, neighbour] };
                for point in wrong {
                    let mut shares = good.clone();
                    shares[place].1 = point;
                    assert_eq!(VssCommitment::from_shares(threshold(t), &shares), odd(&[good[place].0]));
                }
            }
        }
    }
}

//= spec/4-sharing.md#4-6-sharings-from-elsewhere
//= type=test
//# A VSS commitment that any of the given shares contradicts MUST be refused with InconsistentShares.
#[test]
fn shares_from_elsewhere_lie_on_one_polynomial() {
    let commitment = Sharing::new(KEY_CURVE, 3, 6, &mut rng(10));
    let good = published(&commitment);
    let from = |t, shares: &[(Identifier, CurvePoint)]| VssCommitment::from_shares(threshold(t), shares);
    // Exactly enough are never contradicted, whatever they are; so the caller looks at the key.
    assert_eq!(from(3, &good[2..5]).as_ref(), Ok(&commitment.public));
    let mut wrong = good.clone();
    wrong[2].1 = SecretScalar::random(KEY_CURVE, &mut rng(11)).public();
    assert_ne!(from(3, &wrong[2..5]).unwrap().public_key(), commitment.public.public_key());
    // One more shows that one of them is wrong, but not which: the last of those that would do is taken.
    assert_eq!(from(3, &wrong[..4]), odd(&[id(4)]));
    // Two wrong ones of six are named, in the order of the list, if the first four have only one of them.
    wrong[4].1 = SecretScalar::random(KEY_CURVE, &mut rng(12)).public();
    wrong.swap(2, 4);
    assert_eq!(from(3, &wrong), odd(&[id(5), id(3)]));
    // A threshold that is too small is contradicted as well, and one that is too great ends with a commitment to zero.
    assert!(matches!(from(2, &good), Err(Error::InconsistentShares { .. })));
    assert_eq!(from(4, &good), Err(Error::InvalidPoint));
}

#[test]
fn too_few_or_mixed_shares_from_elsewhere_are_refused() {
    let [one, other] = CURVES.map(|curve| published(&Sharing::new(curve, 3, 4, &mut rng(13))));
    let from = |shares: &[(Identifier, CurvePoint)]| VssCommitment::from_shares(threshold(3), shares).map(drop);
    assert_eq!(from(&one), Ok(()));
    assert_eq!(from(&[]), Err(Error::InvalidLength));
    for have in 1..3 {
        assert_eq!(from(&one[..have]), Err(Error::NotEnoughShares { have: have as u16, need: 3 }));
    }
    let repeated = [&one[..], &one[1..2]].concat();
    assert_eq!(from(&repeated), Err(Error::DuplicateIdentifier(id(2))));
    let error = Error::WrongCurve { expected: KEY_CURVE, found: CurveId::Bls12381G1 };
    for place in 1..4 {
        let mut mixed = one.clone();
        mixed[place].1 = other[place].1.clone();
        assert_eq!(from(&mixed), Err(error.clone()));
    }
    // Of several faults the first in order is named.
    assert_eq!(from(&[one[0].clone(), one[0].clone()]), Err(Error::DuplicateIdentifier(id(1))));
    assert_eq!(from(&[one[0].clone(), one[0].clone(), other[0].clone()]), Err(error));
}

/// A key share with another number in one of its fields.
fn changed(share: &KeyShare, offset: usize, patch: &[u8]) -> KeyShare {
    KeyShare::decode(&resealed(&patched(&share.encode(), offset, patch))).unwrap()
}

fn combined(shares: &[&KeyShare]) -> Result<CurvePoint, Error> {
    KeyShare::combine(shares.iter().copied()).map(|key| key.public())
}

#[test]
fn key_shares_of_one_sharing_combine() {
    for curve in CURVES {
        let (commitment, other) = (Sharing::new(curve, 3, 6, &mut rng(14)), Sharing::new(curve, 3, 6, &mut rng(15)));
        let shares: Vec<&KeyShare> = commitment.shares.iter().collect();
        let root = commitment.public.public_key().clone();
        // As many as the threshold, and more.
        for some in [&shares[..3], &shares[1..5], &shares[..]] {
            assert_eq!(combined(some), Ok(root.clone()));
        }
        let mismatch = |field| Err(Error::Mismatch(field));
        let with = |place: usize, share: &KeyShare| {
            let mut shares = shares.clone();
            shares[place] = share;
            combined(&shares)
        };
        for place in [1, 2, 5] {
            let number = place as u16;
            assert_eq!(with(place, &other.shares[place]), mismatch(Field::PublicKey(number)));
            assert_eq!(with(place, &changed(shares[place], 9, &[9])), mismatch(Field::Epoch));
            let lower = changed(shares[place], 2 + 8 + 2 + curve.point_len() + 2, &[0, 2]);
            assert_eq!(with(place, &lower), mismatch(Field::Threshold(number)));
            assert_eq!(with(place, shares[0]), Err(Error::DuplicateIdentifier(id(1))));
        }
        assert_eq!(combined(&shares[..2]), Err(Error::NotEnoughShares { have: 2, need: 3 }));
        assert_eq!(combined(&[]), Err(Error::InvalidLength));
    }
    let [one, other] = CURVES.map(|curve| Sharing::new(curve, 1, 1, &mut rng(16)));
    let mixed = combined(&[&one.shares[0], &other.shares[0]]);
    assert_eq!(mixed, Err(Error::Mismatch(Field::PublicKey(1))));
}

//= spec/10-backup.md#10-5-key-share
//= type=test
//# A secret that is combined from key shares MUST NOT be returned before it is compared with their public key.
#[test]
fn key_shares_that_combine_to_another_key_are_refused() {
    for curve in CURVES {
        let commitment = Sharing::new(curve, 3, 5, &mut rng(17));
        let good: Vec<&KeyShare> = commitment.shares.iter().collect();
        assert!(combined(&good[..3]).is_ok());
        for place in 0..4 {
            // The secret is before the checksum of eight bytes. What it is changed to is a secret, of which nothing is known to be wrong.
            let bytes = good[place].encode();
            let wrong = KeyShare::decode(&resealed(&flipped(&bytes, bytes.len() - 9, 1))).unwrap();
            let mut shares = good[..4].to_vec();
            shares[place] = &wrong;
            assert_eq!(combined(&shares), Err(Error::CombinedKeyMismatch));
            // A share of another party's in its place.
            let at = 2 + 8 + 2 + curve.point_len() + 1;
            let moved = changed(good[4], at, &[place as u8 + 1]);
            shares[place] = &moved;
            assert_eq!(combined(&shares), Err(Error::CombinedKeyMismatch));
        }
        // That threshold was not theirs: too few shares are found out by the key.
        let lowered: Vec<KeyShare> =
            good.iter().map(|share| changed(share, 2 + 8 + 2 + curve.point_len() + 2, &[0, 2])).collect();
        assert_eq!(combined(&[&lowered[0], &lowered[1]]), Err(Error::CombinedKeyMismatch));
    }
}
