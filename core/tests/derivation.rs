//! Derivation: public vectors of the scheme, and the same map on secrets, shares and public keys.

#[macro_use]
mod common;

use common::{Sharing, id, ids, rng};
use num_bigint::BigUint;
use proptest::prelude::*;
use relight::curve::{Bls12381G1, CurveId, CurvePoint, KeyCurve, SecretScalar};
use relight::sharing::{combine_points, combine_secrets};
use relight::{Derivation, Error};
use serde_json::Value;

const TAG: &[u8] = b"LIT_HD_KEY_ID_secp256k1_XMD:SHA-256_SSWU_RO_NUL_";

/// Identifier, derived secret and derived public key for the roots 03.., 05.., 07.., 0b.., 0d.. (32 bytes each).
fn vectors() -> [(Vec<u8>, &'static str, &'static str); 5] {
    [
        (
            vec![],
            "028b65b2be48d4995b4605fd15d9fe84a8a2aa2844413144e7fd639f02cb3cec",
            "03da91c23e934cfa868670f46f8e984c6ab6b2f72177917ab30f34f842a0e26bd5",
        ),
        (
            b"abc".to_vec(),
            "34be9c0d1df4c55b61bf3a988387ec4cea445f0b3269ec19612f8b73adf52384",
            "038a4f4d11de67b125728db83c8c8d08e62dd4c9af93d8697e3c540287c2775a74",
        ),
        (
            b"abcdef0123456789".to_vec(),
            "5b839258a5f5865db5a18fa17ce49682f6febe4cf47d8f46c996ac85296f8d71",
            "028debebba9542d40dae7845fc063176dce0743bff37dca74ce452952b7ec62f55",
        ),
        (
            [b"q128_", &[b'q'; 128][..]].concat(),
            "df625948f6b7e50f1909765ec8c59e4326681cb4d46ee907e17612f964f2ba6c",
            "038bd9b34d3be3ac6000a29d3ead1010d1017a69f85a11057bfaa6912e8f0f5fdd",
        ),
        (
            [b"a512_", &[b'a'; 512][..]].concat(),
            "9dac6a026edd43d2ad6dc7ebc6ff8632a288bed21a0404c3c725a20c4d45982f",
            "03f57045f267f445992a0f03f6fe7f558e0196ce29f625ba729c98ee2893694ab9",
        ),
    ]
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn secret(curve: CurveId, byte: u8) -> SecretScalar {
    SecretScalar::from_bytes(curve, &[byte; 32]).unwrap()
}

#[test]
fn the_public_vectors_of_the_scheme() {
    let roots = [3, 5, 7, 11, 13].map(|byte| secret(CurveId::Secp256k1, byte));
    let public: Vec<CurvePoint> = roots.iter().map(SecretScalar::public).collect();
    for (identifier, expected_secret, expected_public) in vectors() {
        let derivation = Derivation::with_tag(CurveId::Secp256k1, &identifier, TAG).unwrap();
        let derived = derivation.secret(&roots.iter().collect::<Vec<_>>()).unwrap();
        assert_eq!(hex(derived.expose_bytes()), expected_secret);
        assert_eq!(hex(derivation.public(&public).unwrap().as_bytes()), expected_public);
    }
}

/// The curves of the scheme that have vectors, as it calls them.
const CURVES: [(&str, CurveId); 8] = [
    ("secp256k1", CurveId::Secp256k1),
    ("bls12381-g1", CurveId::Bls12381G1),
    ("p256", CurveId::P256),
    ("p384", CurveId::P384),
    ("ed25519", CurveId::Ed25519),
    ("ristretto255", CurveId::Ristretto255),
    ("ed448", CurveId::Ed448),
    ("jubjub", CurveId::JubJub),
];

/// Cases with integers in hexadecimal, without leading zeros.
fn cases() -> Vec<Value> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/vectors/hd_keys_curves.json");
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn integer<C: KeyCurve>(value: &Value) -> C::Scalar {
    C::reduce(&BigUint::parse_bytes(value.as_str().unwrap().as_bytes(), 16).unwrap().to_bytes_be())
}

fn secret_of<C: KeyCurve>(scalar: C::Scalar) -> SecretScalar {
    SecretScalar::from_bytes(C::ID, &C::scalar_bytes(&scalar)).unwrap()
}

/// The hash of the info, from what derives from the roots 1 and 1: 1 + h.
fn tweak<C: KeyCurve>(derivation: &Derivation) -> C::Scalar {
    let one = secret_of::<C>(C::Scalar::from(1));
    C::decode_scalar(derivation.secret(&[&one, &one]).unwrap().expose_bytes()).unwrap() - C::Scalar::from(1)
}

/// One case, under the tag that it says and that the curve has.
fn holds<C: KeyCurve>(case: &Value) {
    let (info, tag) = (hex::decode(case["identifier"].as_str().unwrap()).unwrap(), case["tag"].as_str().unwrap());
    let derivation = Derivation::new(C::ID, &info).unwrap();
    assert_eq!(derivation, Derivation::with_tag(C::ID, &info, tag.as_bytes()).unwrap());
    assert_eq!(*C::scalar_bytes(&tweak::<C>(&derivation)), *C::scalar_bytes(&integer::<C>(&case["tweak"])));
    let roots = case["roots"].as_array().unwrap().iter().map(|root| secret_of::<C>(integer::<C>(root)));
    let roots: Vec<_> = roots.collect();
    let derived = derivation.secret(&roots.iter().collect::<Vec<_>>()).unwrap();
    assert_eq!(*derived.expose_bytes(), *C::scalar_bytes(&integer::<C>(&case["derived"])));
    let public: Vec<_> = roots.iter().map(SecretScalar::public).collect();
    assert_eq!(derivation.public(&public).unwrap(), derived.public());
}

#[test]
fn the_scheme_on_all_its_curves() {
    let cases = cases();
    assert_eq!(cases.len(), 96);
    for (name, curve) in CURVES {
        let own: Vec<_> = cases.iter().filter(|case| case["curve"] == name).collect();
        assert_eq!(own.len(), 12, "{name}");
        own.into_iter().for_each(|case| with_curve!(curve, C => holds::<C>(case)));
    }
}

/// Keys derive on JubJub in the same way under both generators; on G2 under a tag of its own.
#[test]
fn the_curves_beyond_the_scheme() {
    use relight::curve::{Bls12381G2, JubJub, JubJubSpendAuth};
    assert_eq!(JubJubSpendAuth::DERIVATION.tag(), JubJub::DERIVATION.tag());
    let [one, other] =
        [CurveId::JubJub, CurveId::JubJubSpendAuth].map(|curve| Derivation::new(curve, b"user").unwrap());
    assert_eq!(tweak::<JubJub>(&one), tweak::<JubJubSpendAuth>(&other));

    let own = Derivation::new(CurveId::Bls12381G2, b"user").unwrap();
    assert_eq!(own, Derivation::with_tag(CurveId::Bls12381G2, b"user", b"relight-v1 derivation bls12381-g2").unwrap());
    let tag = Bls12381G2::DERIVATION.tag();
    let first = Derivation::with_tag(CurveId::Bls12381G1, b"user", tag).unwrap();
    assert_eq!(tweak::<Bls12381G2>(&own).encode(), tweak::<Bls12381G1>(&first).encode());
}

#[test]
fn one_root_derives_itself() {
    let root = secret(CurveId::Bls12381G1, 9);
    let derivation = Derivation::new(CurveId::Bls12381G1, b"user").unwrap();
    assert_eq!(derivation.secret(&[&root]).unwrap().public(), root.public());
}

#[test]
fn another_identifier_tag_order_or_number_of_roots_derives_another_key() {
    let roots = [3, 5, 7].map(|byte| secret(CurveId::Secp256k1, byte));
    let [a, b, c] = &roots;
    let with = |identifier: &[u8], tag: &[u8], roots: &[&SecretScalar]| {
        Derivation::with_tag(CurveId::Secp256k1, identifier, tag).unwrap().secret(roots).unwrap().public()
    };
    let derived = with(b"user", TAG, &[a, b, c]);
    for other in [
        with(b"user2", TAG, &[a, b, c]),
        with(b"user", &TAG[1..], &[a, b, c]),
        with(b"user", TAG, &[b, a, c]),
        with(b"user", TAG, &[a, b]),
    ] {
        assert_ne!(derived, other);
    }
}

#[test]
fn bad_input_is_refused() {
    let curve = CurveId::Secp256k1;
    for tag in [vec![], vec![b'x'; 256]] {
        assert_eq!(Derivation::with_tag(curve, b"user", &tag), Err(Error::InvalidLength));
    }
    assert!(Derivation::with_tag(curve, b"user", &[b'x'; 255]).is_ok());
    let derivation = Derivation::new(curve, b"user").unwrap();
    assert_eq!(derivation.secret(&[]).unwrap_err(), Error::InvalidLength);
    assert_eq!(derivation.public(&[]).unwrap_err(), Error::InvalidLength);
    let (root, stranger) = (secret(curve, 3), secret(CurveId::Bls12381G1, 3));
    let error = Error::WrongCurve { expected: curve, found: CurveId::Bls12381G1 };
    assert_eq!(derivation.secret(&[&root, &stranger]).unwrap_err(), error);
    assert_eq!(derivation.public(&[root.public(), stranger.public()]).unwrap_err(), error);
    // Roots chosen to cancel: h·root - (h·root).
    let one = SecretScalar::from_bytes(curve, &[&[0; 31][..], &[1]].concat()).unwrap();
    let negative = negative_of_step(&derivation, &one);
    assert_eq!(derivation.secret(&[&negative, &one]).unwrap_err(), Error::InvalidScalar);
    assert_eq!(derivation.public(&[negative.public(), one.public()]).unwrap_err(), Error::InvalidPoint);
}

/// -h, from 1 + h = derive(1, 1).
fn negative_of_step(derivation: &Derivation, one: &SecretScalar) -> SecretScalar {
    use relight::curve::{KeyCurve, Secp256k1};
    let sum = Secp256k1::decode_scalar(derivation.secret(&[one, one]).unwrap().expose_bytes()).unwrap();
    let negative = Secp256k1::reduce(&[1]) - sum;
    SecretScalar::from_bytes(CurveId::Secp256k1, &Secp256k1::scalar_bytes(&negative)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    /// Shares of the roots become shares of the derived key.
    #[test]
    fn deriving_and_combining_commute(
        seed in any::<u64>(),
        identifier in prop::collection::vec(any::<u8>(), 0..40),
        roots in 1usize..5,
        threshold in 1u16..6,
        is_secp in any::<bool>(),
    ) {
        let curve = if is_secp { CurveId::Secp256k1 } else { CurveId::Bls12381G1 };
        let mut rng = rng(seed);
        let roots: Vec<_> = (0..roots).map(|_| Sharing::new(curve, threshold, threshold, &mut rng)).collect();
        let derivation = Derivation::new(curve, &identifier).unwrap();
        let derived = derivation.secret(&roots.iter().map(|root| &root.root).collect::<Vec<_>>()).unwrap();
        let public: Vec<_> = roots.iter().map(|root| root.public.root_public_key().clone()).collect();
        prop_assert_eq!(derivation.public(&public).unwrap(), derived.public());

        let members = ids(1..=threshold);
        let shares: Vec<SecretScalar> = members.iter().map(|member| {
            let own: Vec<_> = roots.iter().map(|root| root.shares[usize::from(member.get()) - 1].secret()).collect();
            derivation.secret(&own).unwrap()
        }).collect();
        let pairs: Vec<_> = members.iter().copied().zip(&shares).collect();
        prop_assert_eq!(combine_secrets(&pairs).unwrap().public(), derived.public());

        let own: Vec<_> = roots.iter().map(|root| root.public.public_share(id(1)).unwrap()).collect();
        prop_assert_eq!(derivation.public(&own).unwrap(), shares[0].public());
        let points: Vec<_> = shares.iter().map(SecretScalar::public).collect();
        let pairs: Vec<_> = members.into_iter().zip(&points).collect();
        prop_assert_eq!(combine_points(&pairs).unwrap(), derived.public());
    }
}
