//! Derivation: public vectors of the scheme, the same map on secrets, shares and public keys, and what its linearity
//! gives away.

use crate::common::{Sharing, id, ids, rng};
use num_bigint::BigUint;
use proptest::prelude::*;
use relight::curve::{Bls12381G1, CurveId, CurvePoint, KeyCurve, Secp256k1, SecretScalar};
use relight::pairing::{G1, G1Affine, G2Affine, Scalar, pairing};
use relight::sharing::{combine_points, combine_secrets};
use relight::{Derivation, Error};
use serde_json::Value;

const TAG: &[u8] = b"LIT_HD_KEY_ID_secp256k1_XMD:SHA-256_SSWU_RO_NUL_";

/// Info, derived secret and derived public key for the roots 03.., 05.., 07.., 0b.., 0d.. (32 bytes each).
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

fn secret(curve: CurveId, byte: u8) -> SecretScalar {
    SecretScalar::from_bytes(curve, &[byte; 32]).unwrap()
}

#[test]
fn the_public_vectors_of_the_scheme() {
    let roots = [3, 5, 7, 11, 13].map(|byte| secret(CurveId::Secp256k1, byte));
    let public: Vec<CurvePoint> = roots.iter().map(SecretScalar::public).collect();
    for (info, expected_secret, expected_public) in vectors() {
        let derivation = Derivation::with_tag(CurveId::Secp256k1, &info, TAG).unwrap();
        let derived = derivation.secret(&roots).unwrap();
        assert_eq!(hex::encode(derived.expose_bytes()), expected_secret);
        assert_eq!(hex::encode(derivation.public(&public).unwrap().as_bytes()), expected_public);
    }
}

/// The curves of the scheme that have vectors, as it calls them.
const CURVES: [(&str, CurveId); 9] = [
    ("secp256k1", CurveId::Secp256k1),
    ("bls12381-g1", CurveId::Bls12381G1),
    ("p256", CurveId::P256),
    ("p384", CurveId::P384),
    ("ed25519", CurveId::Ed25519),
    ("ristretto255", CurveId::Ristretto255),
    ("ed448", CurveId::Ed448),
    ("jubjub", CurveId::JubJub),
    ("pallas-spend-auth", CurveId::PallasSpendAuth),
];

/// Cases with integers in hexadecimal, without leading zeros.
fn cases() -> Vec<Value> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/reference/relight_vectors/hd_keys_curves.json");
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
    C::decode_scalar(derivation.secret([&one, &one]).unwrap().expose_bytes()).unwrap() - C::Scalar::from(1)
}

/// One case, under the tag that it says and that the curve has.
fn holds<C: KeyCurve>(case: &Value) {
    let (info, tag) = (hex::decode(case["info"].as_str().unwrap()).unwrap(), case["tag"].as_str().unwrap());
    let derivation = Derivation::new(C::ID, &info).unwrap();
    assert_eq!(derivation, Derivation::with_tag(C::ID, &info, tag.as_bytes()).unwrap());
    assert_eq!(*C::scalar_bytes(&tweak::<C>(&derivation)), *C::scalar_bytes(&integer::<C>(&case["tweak"])));
    let roots = case["roots"].as_array().unwrap().iter().map(|root| secret_of::<C>(integer::<C>(root)));
    let roots: Vec<_> = roots.collect();
    let derived = derivation.secret(&roots).unwrap();
    assert_eq!(*derived.expose_bytes(), *C::scalar_bytes(&integer::<C>(&case["derived"])));
    let public: Vec<_> = roots.iter().map(SecretScalar::public).collect();
    assert_eq!(derivation.public(&public).unwrap(), derived.public());
}

#[test]
fn the_scheme_on_all_its_curves() {
    let cases = cases();
    assert_eq!(cases.len(), 108);
    for (name, curve) in CURVES {
        let own: Vec<_> = cases.iter().filter(|case| case["curve"] == name).collect();
        assert_eq!(own.len(), 12, "{name}");
        own.into_iter().for_each(|case| with_curve!(curve, C => holds::<C>(case)));
    }
}

fn derives_alike<C: KeyCurve, D: KeyCurve<Scalar = C::Scalar>>() {
    assert_eq!(C::DERIVATION.tag(), D::DERIVATION.tag());
    let [one, other] = [C::ID, D::ID].map(|curve| Derivation::new(curve, b"user").unwrap());
    assert_eq!(*C::scalar_bytes(&tweak::<C>(&one)), *D::scalar_bytes(&tweak::<D>(&other)));
}

/// Keys derive on JubJub and on Pallas in the same way under both generators; on G2 under a tag of its own.
#[test]
fn the_curves_beyond_the_scheme() {
    use relight::curve::{Bls12381G2, JubJub, JubJubSpendAuth, Pallas, PallasSpendAuth};
    derives_alike::<JubJub, JubJubSpendAuth>();
    derives_alike::<Pallas, PallasSpendAuth>();

    let own = Derivation::new(CurveId::Bls12381G2, b"user").unwrap();
    assert_eq!(own, Derivation::with_tag(CurveId::Bls12381G2, b"user", b"relight-v1 derivation bls12381-g2").unwrap());
    let tag = Bls12381G2::DERIVATION.tag();
    let first = Derivation::with_tag(CurveId::Bls12381G1, b"user", tag).unwrap();
    assert_eq!(tweak::<Bls12381G2>(&own).encode(), tweak::<Bls12381G1>(&first).encode());
}

#[test]
fn another_info_tag_order_or_number_of_roots_derives_another_key() {
    let roots = [3, 5, 7].map(|byte| secret(CurveId::Secp256k1, byte));
    let [a, b, c] = &roots;
    let with = |info: &[u8], tag: &[u8], roots: &[&SecretScalar]| {
        Derivation::with_tag(CurveId::Secp256k1, info, tag).unwrap().secret(roots.iter().copied()).unwrap().public()
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
fn tags_have_1_to_255_bytes() {
    for &curve in CurveId::ALL {
        for length in [0, 256, 1000] {
            let refused = Derivation::with_tag(curve, b"user", &vec![b'x'; length]);
            assert_eq!(refused, Err(Error::InvalidLength), "{curve}, {length}");
        }
        for length in [1, 255] {
            assert!(Derivation::with_tag(curve, b"user", &vec![b'x'; length]).is_ok(), "{curve}, {length}");
        }
    }
}

//= spec/12-derivation.md#12-1-linear-operations
//= type=test
//# An implementation MUST refuse to derive from fewer than two roots, with InvalidLength.
#[test]
fn there_are_at_least_two_roots() {
    for &curve in CurveId::ALL {
        let (derivation, rng) = (Derivation::new(curve, b"user").unwrap(), &mut rng(3));
        let roots: Vec<_> = (0..2).map(|_| SecretScalar::random(curve, rng)).collect();
        let public: Vec<_> = roots.iter().map(SecretScalar::public).collect();
        for count in 0..2 {
            assert_eq!(derivation.secret(&roots[..count]).unwrap_err(), Error::InvalidLength, "{curve}");
            assert_eq!(derivation.public(&public[..count]).unwrap_err(), Error::InvalidLength, "{curve}");
        }
        assert_eq!(derivation.secret(&roots).unwrap().public(), derivation.public(&public).unwrap());
    }
}

#[test]
fn roots_on_another_curve_are_refused() {
    let expected = CurveId::Secp256k1;
    let derivation = Derivation::new(expected, b"user").unwrap();
    for &found in CurveId::ALL.iter().filter(|curve| **curve != expected) {
        let [root, stranger] = [expected, found].map(|curve| SecretScalar::random(curve, &mut rng(4)));
        let error = Error::WrongCurve { expected, found };
        for roots in [[&root, &stranger], [&stranger, &root]] {
            assert_eq!(derivation.secret(roots).unwrap_err(), error);
            assert_eq!(derivation.public(&roots.map(SecretScalar::public)).unwrap_err(), error);
        }
    }
}

#[test]
fn a_derived_key_that_vanishes_is_refused() {
    let derivation = Derivation::new(CurveId::Secp256k1, b"user").unwrap();
    // -h + h·1
    let one = secret_of::<Secp256k1>(Secp256k1::reduce(&[1]));
    let negative = secret_of::<Secp256k1>(-tweak::<Secp256k1>(&derivation));
    assert_eq!(derivation.secret([&negative, &one]).unwrap_err(), Error::InvalidScalar);
    assert_eq!(derivation.public(&[negative.public(), one.public()]).unwrap_err(), Error::InvalidPoint);
}

/// A BLS signature: a point of G2, under a key of G1.
fn sign(secret: &SecretScalar, message: &[u8]) -> G2Affine {
    G2Affine::hash(message) * Bls12381G1::decode_scalar(secret.expose_bytes()).unwrap()
}

fn verifies(public: &CurvePoint, message: &[u8], signature: &G2Affine) -> bool {
    let public = G1Affine::decode(public.as_bytes()).unwrap();
    pairing(&public, &G2Affine::hash(message)) == pairing(&G1::generator().to_affine(), signature)
}

/// The keys of users, which derive from the same roots.
struct Users {
    secrets: Vec<SecretScalar>,
    public: Vec<CurvePoint>,
    tweaks: Vec<Scalar>,
}

impl Users {
    fn new(count: usize, roots: usize) -> Self {
        let rng = &mut rng(5);
        let roots: Vec<_> = (0..roots).map(|_| SecretScalar::random(CurveId::Bls12381G1, rng)).collect();
        let info = |user: usize| format!("user {user}").into_bytes();
        let derivations: Vec<_> =
            (0..count).map(|user| Derivation::new(CurveId::Bls12381G1, &info(user)).unwrap()).collect();
        let secrets: Vec<_> = derivations.iter().map(|derivation| derivation.secret(&roots).unwrap()).collect();
        let public = secrets.iter().map(SecretScalar::public).collect();
        Self { secrets, public, tweaks: derivations.iter().map(tweak::<Bls12381G1>).collect() }
    }

    /// What everybody can compute from signatures of the first users: the signature of the victim if they signed the
    /// same. A derived key is the value, at the hash of its info, of the polynomial whose coefficients are the roots:
    /// so these are the solutions of a Vandermonde system, which Lagrange's weights are.
    fn combined(&self, signatures: &[G2Affine], victim: usize) -> G2Affine {
        let (nodes, at) = (&self.tweaks[..signatures.len()], self.tweaks[victim]);
        let weight = |own: usize| {
            let others = nodes.iter().enumerate().filter(|(place, _)| *place != own);
            others.fold(Scalar::from(1), |weight, (_, other)| weight * (at - *other) * (nodes[own] - *other).invert())
        };
        let terms = signatures.iter().enumerate().map(|(place, signature)| (*signature, weight(place)));
        G2Affine::sum_of_products_vartime(&terms.collect::<Vec<_>>())
    }

    /// The signatures of the first users, each on what `input` makes of its public key.
    fn signatures(&self, count: usize, input: impl Fn(&CurvePoint) -> Vec<u8>) -> Vec<G2Affine> {
        let own = self.secrets.iter().zip(&self.public).take(count);
        own.map(|(secret, public)| sign(secret, &input(public))).collect()
    }
}

const MESSAGE: &[u8] = b"a message";

#[test]
fn signatures_on_one_message_under_as_many_keys_as_roots_give_all_others() {
    for roots in 2..5 {
        let users = Users::new(roots + 3, roots);
        let signatures = users.signatures(roots, |_| MESSAGE.to_vec());
        for victim in roots..users.public.len() {
            let forged = users.combined(&signatures, victim);
            assert_eq!(forged, sign(&users.secrets[victim], MESSAGE));
            assert!(verifies(&users.public[victim], MESSAGE, &forged));
            // One signature less does not do.
            let short = users.combined(&signatures[1..], victim);
            assert!(!verifies(&users.public[victim], MESSAGE, &short));
        }
    }
}

//= spec/12-derivation.md#12-1-linear-operations
//= type=test
//# An application that signs with derived keys by an operation that is linear in the secret MUST sign Augment(X,
//# message), with the derived public key X, in place of the message.
#[test]
fn augmented_messages_stop_that() {
    for roots in 2..5 {
        let users = Users::new(roots + 3, roots);
        let augmented = |public: &CurvePoint| Derivation::augmented(public, MESSAGE);
        let signatures = users.signatures(roots, augmented);
        for (public, signature) in users.public.iter().zip(&signatures) {
            assert!(verifies(public, &augmented(public), signature));
        }
        for (victim, public) in users.public.iter().enumerate().skip(roots) {
            let combined = users.combined(&signatures, victim);
            assert!(!verifies(public, &augmented(public), &combined));
            assert!(!verifies(public, MESSAGE, &combined));
        }
    }
}

#[test]
fn an_augmented_message_is_the_public_key_and_the_message() {
    for &curve in CurveId::ALL {
        let public = SecretScalar::random(curve, &mut rng(6)).public();
        assert_eq!(Derivation::augmented(&public, b""), public.as_bytes());
        let augmented = Derivation::augmented(&public, MESSAGE);
        assert_eq!(augmented.split_at(curve.point_len()), (public.as_bytes(), MESSAGE));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    /// Shares of the roots become shares of the derived key.
    #[test]
    fn deriving_and_combining_commute(
        seed in any::<u64>(),
        info in prop::collection::vec(any::<u8>(), 0..40),
        roots in 2usize..5,
        threshold in 1u16..6,
        is_secp in any::<bool>(),
    ) {
        let curve = if is_secp { CurveId::Secp256k1 } else { CurveId::Bls12381G1 };
        let mut rng = rng(seed);
        let roots: Vec<_> = (0..roots).map(|_| Sharing::new(curve, threshold, threshold, &mut rng)).collect();
        let derivation = Derivation::new(curve, &info).unwrap();
        let derived = derivation.secret(roots.iter().map(|root| &root.root)).unwrap();
        let public: Vec<_> = roots.iter().map(|root| root.public.public_key().clone()).collect();
        prop_assert_eq!(derivation.public(&public).unwrap(), derived.public());

        let members = ids(1..=u64::from(threshold));
        let shares: Vec<SecretScalar> = members.iter().map(|member| {
            let place = members.iter().position(|other| other == member).unwrap();
            derivation.secret(roots.iter().map(|root| root.shares[place].secret())).unwrap()
        }).collect();
        let pairs: Vec<_> = members.iter().copied().zip(&shares).collect();
        prop_assert_eq!(combine_secrets(&pairs).unwrap().public(), derived.public());

        let own: Vec<_> = roots.iter().map(|root| root.public.public_share(&id(1)).unwrap()).collect();
        prop_assert_eq!(derivation.public(&own).unwrap(), shares[0].public());
        let points: Vec<_> = shares.iter().map(SecretScalar::public).collect();
        let pairs: Vec<_> = members.into_iter().zip(&points).collect();
        prop_assert_eq!(combine_points(&pairs).unwrap(), derived.public());
    }
}
