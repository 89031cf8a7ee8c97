//! Secrets say what they are.
#![allow(missing_docs)]

mod common;

use common::recovery::{CONTEXT, Recovery};
use common::{BLS_ORDER, EPOCH, SECP256K1_ORDER, Sharing, flipped, patched, resealed, rng, spliced};
use relight::curve::CurveId;
use relight::sharing::PartyIndex;
use relight::{Blinder, Error, IdentityKey, KeyShare, MemberKey, MemberRegistration, SecretKind, Session};

type Decode = fn(&[u8]) -> Result<Vec<u8>, Error>;

/// Every kind of secret: its number, its decoder, and one of it.
fn secrets() -> Vec<(u8, SecretKind, Decode, Vec<u8>)> {
    let rng = &mut rng(1);
    let share = Sharing::new(CurveId::Secp256k1, 2, 2, rng).shares.remove(0);
    assert_eq!(share.epoch(), EPOCH);
    let recovery = Recovery::new(2);
    let mut session = recovery.session(3);
    let answer = recovery.answer(&session.request().unwrap(), 1);
    session.receive(&answer, common::recovery::NOW).unwrap();
    let identity: Decode = |bytes| IdentityKey::decode(bytes).map(|key| key.encode().to_vec());
    let member: Decode = |bytes| MemberKey::decode(bytes).map(|key| key.encode().to_vec());
    let blinder: Decode = |bytes| Blinder::decode(bytes).map(|key| key.encode().to_vec());
    let key_share: Decode = |bytes| KeyShare::decode(bytes).map(|share| share.encode().to_vec());
    let stored: Decode = |bytes| Session::decode(CONTEXT, bytes).map(|session| session.encode().to_vec());
    vec![
        (1, SecretKind::IdentityKey, identity, IdentityKey::generate(rng).encode().to_vec()),
        (2, SecretKind::MemberKey, member, MemberKey::generate(rng).encode().to_vec()),
        (3, SecretKind::Blinder, blinder, Blinder::generate(rng).encode().to_vec()),
        (4, SecretKind::KeyShare, key_share, share.encode().to_vec()),
        (5, SecretKind::Session, stored, session.encode().to_vec()),
    ]
}

//= spec/8-keys.md#8-5-secret-objects
//= type=test
//# A decoder MUST refuse a secret object of another kind than the one that is wanted, with an error that names both.
//= spec/8-keys.md#8-3-member-key
//= type=test
//# A member key MUST NOT be used as a Blinder or as an identity key.
#[test]
fn swapped_files_are_refused_and_both_kinds_named() {
    for (_, expected, decode, _) in secrets() {
        for (number, found, _, bytes) in secrets() {
            let error = Error::WrongKind { expected, found };
            assert_eq!(bytes[..2], [1, number]);
            assert_eq!(SecretKind::of(&bytes), Ok(found));
            assert_eq!(decode(&bytes), if found == expected { Ok(bytes.clone()) } else { Err(error.clone()) });
            let text = error.to_string();
            assert!(text.contains(&expected.to_string()) && text.contains(&found.to_string()), "{text}");
        }
    }
}

//= spec/8-keys.md#8-5-secret-objects
//= type=test
//# A decoder MUST refuse a secret whose checksum does not fit, with BadChecksum.
#[test]
fn a_flipped_bit_in_any_secret_object_is_refused() {
    for (_, kind, decode, good) in secrets() {
        assert_eq!(decode(&good).as_ref(), Ok(&good));
        for at in 2..good.len() {
            let bits = (0..8).map(|bit| decode(&flipped(&good, at, 1 << bit)));
            bits.for_each(|refused| assert_eq!(refused, Err(Error::BadChecksum), "{kind}, byte {at}"));
        }
        for bit in 0..8 {
            assert_eq!(decode(&flipped(&good, 0, 1 << bit)), Err(Error::UnsupportedVersion(1 ^ 1 << bit)));
            let refused = decode(&flipped(&good, 1, 1 << bit)).unwrap_err();
            assert!(matches!(refused, Error::UnknownKind(_) | Error::WrongKind { .. }), "{refused}");
        }
    }
}

//= spec/8-keys.md#8-5-secret-objects
//= type=test
//# A decoder MUST refuse a kind that is not in the table, with UnknownKind.
#[test]
fn secret_objects_are_decoded_strictly() {
    for (_, _, decode, good) in secrets() {
        for kind in [0, 6, 255] {
            assert_eq!(decode(&patched(&good, 1, &[kind])), Err(Error::UnknownKind(kind)));
            assert_eq!(SecretKind::of(&[1, kind]), Err(Error::UnknownKind(kind)));
        }
        // A shorter one is too short for a checksum, or has a wrong one.
        for length in 0..good.len() {
            let error = if length < 10 { Error::Truncated } else { Error::BadChecksum };
            assert_eq!(decode(&good[..length]), Err(error));
        }
        assert_eq!(decode(&[&good[..], &[0]].concat()), Err(Error::BadChecksum));
        // With a checksum that fits, what is wrong with the body is said.
        let end = good.len() - 8;
        assert_eq!(decode(&resealed(&good)), Ok(good.clone()));
        assert_eq!(decode(&resealed(&spliced(&good, end..end, &[0]))), Err(Error::TrailingBytes));
        assert_eq!(decode(&resealed(&spliced(&good, end - 1..end, &[]))), Err(Error::Truncated));
    }
    for (number, _, decode, good) in secrets().drain(..3) {
        let order = if number == 1 { SECP256K1_ORDER } else { BLS_ORDER };
        for scalar in [[0; 32], order, [0xff; 32]] {
            assert_eq!(decode(&resealed(&patched(&good, 2, &scalar))), Err(Error::InvalidScalar));
        }
    }
}

/// Before secrets said what they are, 87 of 200 such registrations succeeded.
#[test]
fn identity_key_and_member_key_swapped_register_nothing() {
    let index = PartyIndex::new(1).unwrap();
    let registered = |identity: &[u8], key: &[u8], seed| {
        let (identity, key) = (IdentityKey::decode(identity)?, MemberKey::decode(key)?);
        let unsigned = MemberRegistration::first(b"party", index, &identity.public(), &key, &mut rng(seed))?;
        unsigned.sign(&identity)?.verify(b"party")
    };
    for seed in 0..200 {
        let (identity, key) =
            (IdentityKey::generate(&mut rng(seed)).encode(), MemberKey::generate(&mut rng(seed)).encode());
        if seed == 0 {
            assert_eq!(registered(&identity, &key, seed), Ok(()));
        }
        let wrong = Error::WrongKind { expected: SecretKind::IdentityKey, found: SecretKind::MemberKey };
        assert_eq!(registered(&key, &identity, seed), Err(wrong));
        let wrong = Error::WrongKind { expected: SecretKind::MemberKey, found: SecretKind::IdentityKey };
        assert_eq!(MemberKey::decode(&identity).map(|_| ()), Err(wrong));
    }
}
