//! Registrations of Blinders and of members, and identity signatures.

mod common;

use common::{Party, flipped, g1_by_x, index, patched, rng};
use relight::{
    Blinder, BlinderRegistration, Error, IdentityKey, MemberRegistration, Purpose, Signature, SignatureScheme,
    StatementField,
};

fn blinder_registration() -> (BlinderRegistration, Blinder) {
    let rng = &mut rng(1);
    let blinder = Blinder::generate(rng);
    (BlinderRegistration::new(&blinder, b"network", b"node", rng).unwrap(), blinder)
}

fn member_registration() -> (MemberRegistration, Party) {
    let rng = &mut rng(2);
    let party = Party::new(4, rng);
    (MemberRegistration::new(b"party", party.index, &party.identity, &party.key, rng).unwrap(), party)
}

#[test]
fn a_blinder_registration_holds_for_its_network_and_node() {
    let (registration, blinder) = blinder_registration();
    assert_eq!(registration.verify(b"network", b"node"), Ok(&blinder.public()));
    let mismatch = |field| Err(Error::StatementMismatch(field));
    assert_eq!(registration.verify(b"netwerk", b"node"), mismatch(StatementField::Context));
    assert_eq!(registration.verify(b"network", b"nod"), mismatch(StatementField::Node));
    assert_eq!(registration.verify(b"", b""), mismatch(StatementField::Context));
    // The names move into each other, not the boundary between them.
    assert_eq!(registration.verify(b"networkn", b"ode"), mismatch(StatementField::Context));
}

#[test]
fn a_blinder_registration_with_one_change_is_refused() {
    let (registration, _) = blinder_registration();
    let good = registration.encode();
    assert_eq!(good.len(), 1 + 8 + 5 + 48 + 48 + 32);
    assert_eq!(BlinderRegistration::decode(&good), Ok(registration));
    (0..good.len()).for_each(|n| assert_eq!(BlinderRegistration::decode(&good[..n]), Err(Error::Truncated)));
    assert_eq!(BlinderRegistration::decode(&[&good[..], &[0]].concat()), Err(Error::TrailingBytes));
    let cases = [
        (0, vec![2], Error::UnsupportedVersion(2)),
        (14, g1_by_x(4).to_vec(), Error::InvalidPoint),
        (62, g1_by_x(1).to_vec(), Error::InvalidPoint),
        (62, vec![0xc0], Error::InvalidPoint),
        (110, vec![0xff; 32], Error::InvalidScalar),
    ];
    for (offset, patch, error) in cases {
        assert_eq!(BlinderRegistration::decode(&patched(&good, offset, &patch)), Err(error));
    }
}

/// What still decodes does not verify: other points, another response.
#[test]
fn a_blinder_registration_with_another_key_or_proof_is_refused() {
    let good = blinder_registration().0.encode();
    let zero_response = patched(&good, 110, &[0; 32]);
    let other = Blinder::generate(&mut rng(3)).public();
    let other_key = patched(&good, 14, other.as_bytes());
    let other_commitment = patched(&good, 62, other.as_bytes());
    for bad in [
        flipped(&good, 14, 0x20),
        flipped(&good, 62, 0x20),
        flipped(&good, 141, 1),
        zero_response,
        other_key,
        other_commitment,
    ] {
        let decoded = BlinderRegistration::decode(&bad).unwrap();
        assert_eq!(decoded.verify(b"network", b"node"), Err(Error::BadProofOfPossession));
    }
    // The proof is bound to the names.
    let renamed = BlinderRegistration::decode(&patched(&good, 10, b"n0de")).unwrap();
    assert_eq!(renamed.verify(b"network", b"n0de"), Err(Error::BadProofOfPossession));
}

#[test]
fn a_member_registration_holds_for_its_party() {
    let (registration, party) = member_registration();
    assert_eq!(registration.verify(b"party"), Ok(()));
    assert_eq!(registration.index(), index(4));
    assert_eq!(registration.identity(), &party.identity.public());
    assert_eq!(registration.member_key(), &party.key.public());
    for other in [&b"partY"[..], b"part", b""] {
        assert_eq!(registration.verify(other), Err(Error::StatementMismatch(StatementField::Context)));
    }
}

#[test]
fn a_member_registration_with_one_change_is_refused() {
    let (registration, _) = member_registration();
    let good = registration.encode();
    let (place, identity, key, proof, response, signature) = (7, 9, 42, 90, 138, 170);
    assert_eq!(good.len(), signature + 65);
    assert_eq!(MemberRegistration::decode(&good), Ok(registration));
    (0..good.len()).for_each(|n| assert_eq!(MemberRegistration::decode(&good[..n]), Err(Error::Truncated)));
    assert_eq!(MemberRegistration::decode(&[&good[..], &[0]].concat()), Err(Error::TrailingBytes));
    let cases = [
        (0, vec![0], Error::UnsupportedVersion(0)),
        (place, vec![0, 0], Error::InvalidIndex(0)),
        (identity, vec![4], Error::InvalidPoint),
        (identity, vec![5], Error::InvalidPoint),
        (key, g1_by_x(4).to_vec(), Error::InvalidPoint),
        (proof, vec![0], Error::InvalidPoint),
        (response, vec![0xff; 32], Error::InvalidScalar),
        (signature, vec![0], Error::UnknownScheme(0)),
        (signature, vec![3], Error::UnknownScheme(3)),
    ];
    for (offset, patch, error) in cases {
        assert_eq!(MemberRegistration::decode(&patched(&good, offset, &patch)), Err(error), "{offset}");
    }
    // These decode; the signature covers all of them, and its own scheme.
    for bad in [
        patched(&good, place + 1, &[5]),
        flipped(&good, identity, 1),
        flipped(&good, key, 0x20),
        flipped(&good, proof, 0x20),
        flipped(&good, response + 31, 1),
        patched(&good, signature, &[2]),
        flipped(&good, signature + 32, 1),
        // Out of range.
        patched(&good, signature + 1, &[0; 32]),
        patched(&good, signature + 33, &[0xff; 32]),
    ] {
        let decoded = MemberRegistration::decode(&bad).unwrap();
        assert_eq!(decoded.verify(b"party"), Err(Error::BadSignature));
    }
}

/// A member cannot register a key that it does not hold, even under its own signature.
#[test]
fn a_member_registration_needs_the_member_key() {
    let (registration, party) = member_registration();
    let good = registration.encode();
    let stolen = Party::new(4, &mut rng(5)).key.public();
    for (offset, patch) in [(42, stolen.as_bytes()), (90, stolen.as_bytes()), (138, &[0; 32][..])] {
        let unsigned = &patched(&good, offset, patch)[..170];
        let resigned = common::signed(unsigned, Purpose::Registration, &party.identity);
        let decoded = MemberRegistration::decode(&resigned).unwrap();
        assert_eq!(decoded.verify(b"party"), Err(Error::BadProofOfPossession));
    }
    let unchanged = common::signed(&good[..170], Purpose::Registration, &party.identity);
    assert_eq!(unchanged, good);
    // A signature for another purpose is none.
    let misused = common::signed(&good[..170], Purpose::Dealing, &party.identity);
    assert_eq!(MemberRegistration::decode(&misused).unwrap().verify(b"party"), Err(Error::BadSignature));
}

#[test]
fn names_that_are_too_long_are_refused() {
    let (party, rng, long) = (Party::new(1, &mut rng(6)), &mut rng(7), [0; 256]);
    let blinder = Blinder::generate(rng);
    assert_eq!(BlinderRegistration::new(&blinder, &long, b"", rng).unwrap_err(), Error::InvalidLength);
    assert_eq!(BlinderRegistration::new(&blinder, b"", &long, rng).unwrap_err(), Error::InvalidLength);
    let member = MemberRegistration::new(&long, party.index, &party.identity, &party.key, rng);
    assert_eq!(member.unwrap_err(), Error::InvalidLength);
    assert!(BlinderRegistration::new(&blinder, &long[1..], &long[1..], rng).is_ok());
}

const PURPOSES: [Purpose; 3] = [Purpose::Dealing, Purpose::Registration, Purpose::Response];
const SCHEMES: [SignatureScheme; 2] = [SignatureScheme::Sha256, SignatureScheme::PersonalMessage];

#[test]
fn a_signature_holds_for_its_key_purpose_message_and_scheme() {
    let (key, stranger) = (IdentityKey::generate(&mut rng(8)), IdentityKey::generate(&mut rng(9)));
    for scheme in SCHEMES {
        for purpose in PURPOSES {
            let signature = key.sign(scheme, purpose, b"message").unwrap();
            for other in PURPOSES {
                let valid = key.public().verify(other, b"message", &signature);
                assert_eq!(valid, if other == purpose { Ok(()) } else { Err(Error::BadSignature) });
            }
            assert_eq!(key.public().verify(purpose, b"massage", &signature), Err(Error::BadSignature));
            assert_eq!(stranger.public().verify(purpose, b"message", &signature), Err(Error::BadSignature));
        }
    }
}

/// What a wallet or any other signer makes of the same digest is the same signature.
#[test]
fn signatures_are_plain_ecdsa_over_the_digest() {
    use k256::ecdsa::{Signature as Ecdsa, SigningKey, signature::hazmat::PrehashSigner};
    use sha3::{Digest, Keccak256};

    let key = IdentityKey::generate(&mut rng(10));
    let text = Purpose::Response.wallet_text(b"message");
    let prehash = Keccak256::digest(format!("\x19Ethereum Signed Message:\n{}{text}", text.len()));
    let wallet = SigningKey::from_slice(&key.encode()[1..]).unwrap();
    let signature: Ecdsa = wallet.sign_prehash(&prehash).unwrap();
    let low = signature.normalize_s();
    let ours = Signature::from_bytes(SignatureScheme::PersonalMessage, &low.to_bytes()).unwrap();
    assert_eq!(key.public().verify(Purpose::Response, b"message", &ours), Ok(()));
    assert_eq!(key.sign(SignatureScheme::PersonalMessage, Purpose::Response, b"message"), Ok(ours));
    // The same under the other scheme is none, and neither is the higher s.
    let misused = Signature::from_bytes(SignatureScheme::Sha256, &low.to_bytes()).unwrap();
    assert_eq!(key.public().verify(Purpose::Response, b"message", &misused), Err(Error::BadSignature));
    let high = Ecdsa::from_scalars(low.r(), -*low.s()).unwrap();
    let refused = Signature::from_bytes(SignatureScheme::PersonalMessage, &high.to_bytes());
    assert_eq!(refused, Err(Error::BadSignature));
}

#[test]
fn bytes_that_are_no_signature_are_refused() {
    for bad in [vec![0; 64], vec![0xff; 64], vec![1; 63], vec![1; 65], vec![]] {
        assert_eq!(Signature::from_bytes(SignatureScheme::Sha256, &bad), Err(Error::BadSignature));
    }
}
