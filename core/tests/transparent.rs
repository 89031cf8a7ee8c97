//! The transparent backend: what it refuses, that it is a pairing, and that nothing of it is anything to a real one.
#![allow(missing_docs)]

mod common;

use common::{BLS_ORDER, flipped, infinity, patched, rng};
use proptest::prelude::*;
use relight::identity::{IdentityKey, IdentityPublicKey, Purpose, SignatureScheme};
use relight::pairing::{
    G1, G1Affine, G1Table, G2Affine, Gt, GtTable, PublicScalar, Scalar, generator_table, pairing,
    pairings_cancel_vartime, real,
};

fn g1(logarithm: u64) -> G1 {
    G1::generator() * Scalar::from(logarithm)
}

/// A point of each group, encoded.
fn encodings(logarithm: u64) -> [Vec<u8>; 2] {
    let scalar = Scalar::from(logarithm);
    [g1(logarithm).to_affine().encode().to_vec(), (G2Affine::generator() * scalar).encode().to_vec()]
}

fn decodes(bytes: &[u8]) -> [bool; 2] {
    [G1Affine::decode(bytes).is_some(), G2Affine::decode(bytes).is_some()]
}

fn decodes_for_real(bytes: &[u8]) -> bool {
    real::G1Affine::decode_known(bytes).is_some() || real::G2Affine::decode(bytes).is_some()
}

#[test]
fn a_point_has_one_encoding_in_one_group() {
    for (group, good) in encodings(0x1234).iter().enumerate() {
        assert_eq!(decodes(good), [group == 0, group == 1]);
        let logarithm = good.len() - 32;
        for place in 0..logarithm {
            (0..8).for_each(|bit| assert_eq!(decodes(&flipped(good, place, 1 << bit)), [false; 2], "{place} {bit}"));
        }
        for bad in [patched(good, logarithm, &BLS_ORDER), patched(good, logarithm, &[0; 32]), good[1..].to_vec()] {
            assert_eq!(decodes(&bad), [false; 2]);
        }
    }
    for identity in [G1::IDENTITY.to_affine().encode().to_vec(), (G2Affine::hash(b"") * Scalar::ZERO).encode().to_vec()]
    {
        assert_eq!(decodes(&identity), [false; 2]);
    }
    assert_eq!(decodes(&infinity::<48>()), [false; 2]);
}

#[test]
fn a_point_outside_the_subgroup_is_known_and_refused() {
    let [good, _] = encodings(5);
    let (outside, nowhere) = (patched(&good, 1, &[1]), patched(&good, 1, &[2]));
    assert!(G1Affine::decode(&outside).is_none() && G1Affine::decode_known(&outside).is_some());
    assert!(G1Affine::decode_known(&nowhere).is_none());
    assert_eq!(G1Affine::decode_known(&good), G1Affine::decode(&good));
}

#[test]
fn no_product_decodes_a_point_of_it_nor_the_other_way_round() {
    let scalar = Scalar::from(9);
    let real = [
        (real::G1::generator() * scalar).to_affine().encode().to_vec(),
        (real::G2Affine::hash(b"") * scalar).encode().to_vec(),
    ];
    for (real, transparent) in real.iter().zip(&encodings(9)) {
        assert!(decodes_for_real(real) && !decodes_for_real(transparent));
        assert_eq!(decodes(real), [false; 2]);
        assert_eq!(real.len(), transparent.len());
    }
    assert_eq!(Gt::identity().encode().len(), real::Gt::identity().encode().len());
}

#[test]
fn no_product_decodes_an_identity_of_it() {
    let identity = IdentityKey::generate(&mut rng(1)).public().to_bytes();
    assert!(k256::PublicKey::from_sec1_bytes(&identity).is_err());
    assert!(IdentityPublicKey::from_bytes(&identity).is_ok());
    assert!(IdentityPublicKey::from_bytes(&patched(&identity, 0, &[2])).is_err());
}

proptest! {
    /// One of the two readings of a wallet's bytes gives the key, with either s.
    #[test]
    fn signatures_are_of_one_key_and_message(seed: u64, message: [u8; 8], other: [u8; 8]) {
        let key = IdentityKey::generate(&mut rng(seed));
        let signature = key.sign(SignatureScheme::PersonalMessage, Purpose::Identity, &message).unwrap();
        let verifies = |key: &IdentityKey, message: &[u8]| key.public().verify(Purpose::Identity, message, &signature).is_ok();
        prop_assert!(verifies(&key, &message) && !verifies(&IdentityKey::generate(&mut rng(seed ^ 1)), &message));
        prop_assert_eq!(verifies(&key, &other), message == other);
        let introduced = [27, 28].map(|v| {
            let returned = [&signature.to_bytes()[1..], &[v]].concat();
            IdentityPublicKey::introduce(&message, None, &returned).ok()
        });
        prop_assert_eq!(introduced.iter().flatten().filter(|one| **one == key.public()).count(), 1);
    }

    #[test]
    fn it_is_a_pairing(a in any::<u64>(), b in any::<u64>(), c in any::<u64>(), message in any::<[u8; 8]>()) {
        let [x, y] = [a, b].map(Scalar::from);
        let q = G2Affine::hash(&message);
        let left = pairing(&g1(a).to_affine(), &(q * y));
        prop_assert_eq!(left, pairing(&(g1(b) * x).to_affine(), &q));
        prop_assert_eq!(left, GtTable::new(pairing(&g1(a).to_affine(), &q)).pow::<PublicScalar>(&y));
        prop_assert_eq!(left * &left.invert(), Gt::identity());
        let cancel = |factor| pairings_cancel_vartime(&[((g1(a) * y).to_affine(), q), ((-g1(a)).to_affine(), q * factor)]);
        prop_assert!(cancel(y));
        prop_assert_eq!(cancel(Scalar::from(c)), a == 0 || b == c);
    }

    #[test]
    fn tables_and_sums_are_products(a in any::<u64>(), b in any::<u64>()) {
        let [x, y] = [a, b].map(Scalar::from);
        prop_assert_eq!(generator_table::<PublicScalar>().mul::<PublicScalar>(&x), g1(a));
        prop_assert_eq!(G1Table::narrow(g1(b)).mul::<PublicScalar>(&x), G1Table::wide(g1(a), 1000).mul::<PublicScalar>(&y));
        prop_assert_eq!(G1Table::wide(g1(b), 1000).mul_all_vartime(&[x, y]), [g1(b) * x, g1(b) * y].map(|point| point.to_affine()));
        prop_assert_eq!(G1::sum_of_products_vartime(&[(g1(a), y), (g1(b), -x)]), G1::IDENTITY);
    }
}
