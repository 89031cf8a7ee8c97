//! Secrets say what they are: a file that is swapped or damaged is refused, and the error says which it is.

use crate::common::recovery::{CONTEXT, NOW, Recovery, at};
use crate::common::{Party, SCALAR, Sharing, flipped, patched, resealed, rng};
use relight::curve::CurveId;
use relight::{
    Blinder, Error, KeyShare, MemberKey, SecretKind, identity::IdentityKey, recovery::Session,
    registration::MemberRegistration,
};

/// Decodes a secret of one kind, and encodes it again.
type Read = fn(&[u8]) -> Result<Vec<u8>, Error>;

const READERS: [(SecretKind, Read); 5] = [
    (SecretKind::IdentityKey, |bytes| Ok(IdentityKey::decode(bytes)?.encode().to_vec())),
    (SecretKind::MemberKey, |bytes| Ok(MemberKey::decode(bytes)?.encode().to_vec())),
    (SecretKind::Blinder, |bytes| Ok(Blinder::decode(bytes)?.encode().to_vec())),
    (SecretKind::KeyShare, |bytes| Ok(KeyShare::decode(bytes)?.encode().to_vec())),
    (SecretKind::Session, |bytes| Ok(Session::decode(CONTEXT, bytes)?.encode().to_vec())),
];

fn reader(kind: SecretKind) -> Read {
    READERS.into_iter().find(|(found, _)| *found == kind).unwrap().1
}

/// One with an answer.
fn session() -> Session {
    let recovery = Recovery::of(1, 1, 1, 4);
    let mut session = recovery.session(4);
    let request = session.request().unwrap();
    session.receive(&recovery.answer(&request, 1), at(NOW)).unwrap();
    session
}

/// One of each kind, and a share on each curve.
fn secrets() -> Vec<(SecretKind, Vec<u8>)> {
    let rng = &mut rng(1);
    let party = Party::new(1, rng);
    let share = |curve: &CurveId| (SecretKind::KeyShare, Sharing::new(*curve, 2, 3, rng).shares[1].encode().to_vec());
    let shares: Vec<_> = CurveId::ALL.iter().map(share).collect();
    let keys = vec![
        (SecretKind::IdentityKey, party.identity.encode().to_vec()),
        (SecretKind::MemberKey, party.key.encode().to_vec()),
        (SecretKind::Blinder, Blinder::generate(rng).encode().to_vec()),
        (SecretKind::Session, session().encode().to_vec()),
    ];
    [keys, shares].concat()
}

//= spec/8-keys.md#8-5-secret-objects
//= type=test
//# A decoder MUST refuse a secret object of another kind than the one that is wanted, with an error that names both.
//= spec/8-keys.md#8-3-member-key
//= type=test
//# A member key MUST NOT be used as a Blinder or as an identity key.
#[test]
fn swapped_files_are_refused_and_both_kinds_named() {
    for (found, bytes) in secrets() {
        assert_eq!(reader(found)(&bytes).as_ref(), Ok(&bytes));
        assert_eq!(SecretKind::of(&bytes), Ok(found));
        for (expected, read) in READERS.into_iter().filter(|(expected, _)| *expected != found) {
            let error = read(&bytes).unwrap_err();
            assert_eq!(error, Error::WrongKind { expected, found });
            let shown = error.to_string();
            assert!(shown.contains(&expected.to_string()) && shown.contains(&found.to_string()), "{shown}");
            // The kind is said before anything else that is wrong.
            assert_eq!(read(&flipped(&bytes, bytes.len() - 1, 1)), Err(error.clone()));
            assert_eq!(read(&bytes[..2]), Err(error));
        }
    }
}

//= spec/8-keys.md#8-5-secret-objects
//= type=test
//# A decoder MUST refuse a secret whose checksum does not fit, with BadChecksum.
//= spec/8-keys.md#8-5-secret-objects
//= type=test
//# A decoder MUST refuse a kind that is not in the table, with UnknownKind.
#[test]
fn a_flipped_bit_in_any_secret_object_is_refused() {
    for (kind, bytes) in secrets() {
        let read = reader(kind);
        for (place, bit) in (0..bytes.len()).flat_map(|place| (0..8).map(move |bit| (place, bit))) {
            let error = read(&flipped(&bytes, place, 1 << bit)).unwrap_err();
            let expected = match place {
                0 => matches!(error, Error::UnsupportedVersion(_)),
                1 => matches!(error, Error::UnknownKind(_) | Error::WrongKind { .. }),
                _ => error == Error::BadChecksum,
            };
            assert!(expected, "{kind}, bit {bit} of byte {place}: {error}");
        }
    }
}

/// Two digits that are exchanged, a digit that is left out, and one that comes twice.
#[test]
fn typing_errors_are_found() {
    let bytes = Blinder::generate(&mut rng(2)).encode();
    let digits = hex::encode(&*bytes);
    let read = |digits: &str| hex::decode(digits).ok().map(|bytes| Blinder::decode(&bytes).map(drop));
    assert_eq!(read(&digits), Some(Ok(())));
    for place in 4..digits.len() - 1 {
        let (before, after) = digits.split_at(place);
        let (one, two) = (&after[..1], &after[1..2]);
        let swapped = format!("{before}{two}{one}{}", &after[2..]);
        assert_eq!(read(&swapped), Some(if one == two { Ok(()) } else { Err(Error::BadChecksum) }));
        assert_eq!(read(&format!("{before}{}", &after[1..])), None);
        assert_eq!(read(&format!("{before}{one}{one}{after}")), Some(Err(Error::BadChecksum)));
    }
}

#[test]
fn a_secret_that_is_cut_or_longer_is_refused() {
    for (kind, bytes) in secrets() {
        let read = reader(kind);
        for length in 0..bytes.len() {
            // Up to a checksum after version and kind; from there on, what looks like one does not fit.
            let expected = if length < 10 { Error::Truncated } else { Error::BadChecksum };
            assert_eq!(read(&bytes[..length]), Err(expected), "{kind}, {length} bytes");
        }
        assert_eq!(read(&[&bytes[..], &[0]].concat()), Err(Error::BadChecksum));
        // With a checksum that fits, the body decides.
        assert_eq!(read(&resealed(&bytes)).as_ref(), Ok(&bytes));
        assert_eq!(read(&resealed(&[&bytes[..], &[0]].concat())), Err(Error::TrailingBytes));
        for length in 10..bytes.len() {
            assert_eq!(read(&resealed(&bytes[..length])), Err(Error::Truncated), "{kind}, {length} bytes");
        }
    }
}

#[test]
fn kinds_are_told_by_two_bytes() {
    let good = Blinder::generate(&mut rng(3)).encode();
    assert_eq!(good.len(), 42);
    assert_eq!(SecretKind::of(&good[..2]), Ok(SecretKind::Blinder));
    assert_eq!(SecretKind::of(&[]), Err(Error::Truncated));
    assert_eq!(SecretKind::of(&good[..1]), Err(Error::Truncated));
    assert_eq!(SecretKind::of(&patched(&good, 0, &[0])), Err(Error::UnsupportedVersion(0)));
    let kinds: Vec<_> = (0..=255).filter_map(|number| SecretKind::of(&[1, number]).ok()).collect();
    assert_eq!(kinds, READERS.map(|(kind, _)| kind));
    for number in [0, 6, 255] {
        assert_eq!(SecretKind::of(&[1, number]), Err(Error::UnknownKind(number)));
    }
}

/// A member registers with the files of its identity key and its member key exchanged.
fn register(identity: &[u8], key: &[u8], seed: u64) -> Result<MemberRegistration, Error> {
    let (identity, key) = (IdentityKey::decode(identity)?, MemberKey::decode(key)?);
    MemberRegistration::first(b"party", crate::common::index(1), &identity.public(), &key, &mut rng(seed))?
        .sign(&identity)
}

/// The scalar of one secret under the name of another: what files without a kind would be.
fn renamed(secret: &[u8], like: &[u8]) -> Vec<u8> {
    resealed(&patched(like, SCALAR.start, &secret[SCALAR]))
}

#[test]
fn identity_key_and_member_key_swapped_register_nothing() {
    let mut without_kinds = 0;
    for seed in 0..200 {
        let party = Party::new(1, &mut rng(seed));
        let (identity, key) = (party.identity.encode(), party.key.encode());
        assert!(register(&identity, &key, seed).is_ok());
        let (expected, found) = (SecretKind::IdentityKey, SecretKind::MemberKey);
        assert_eq!(register(&key, &identity, seed), Err(Error::WrongKind { expected, found }));
        // One file given twice.
        assert_eq!(register(&key, &key, seed), Err(Error::WrongKind { expected, found }));
        let (expected, found) = (found, expected);
        assert_eq!(register(&identity, &identity, seed), Err(Error::WrongKind { expected, found }));
        let swapped = (renamed(&key, &identity), renamed(&identity, &key));
        without_kinds += usize::from(register(&swapped.0, &swapped.1, seed).is_ok());
    }
    // The order of BLS12-381 is 0.45 of that of secp256k1.
    assert!((60..130).contains(&without_kinds), "{without_kinds}");
}
