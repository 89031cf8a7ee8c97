//! Registrations of Blinders and of members, and identity signatures.

use crate::common::recovery::register;
use crate::common::{Party, flipped, g1_by_x, index, patched, rng};
use relight::{
    Blinder, Error, Field,
    identity::{IdentityKey, Purpose, SignatureScheme},
    registration::{BlinderRegistration, MemberRegistration},
};

fn operator() -> IdentityKey {
    IdentityKey::generate(&mut rng(11))
}

fn blinder_registration() -> (BlinderRegistration, Blinder) {
    let blinder = Blinder::generate(&mut rng(1));
    (register(&blinder, b"network", b"node", &operator()), blinder)
}

fn member_registration() -> (MemberRegistration, Party) {
    let rng = &mut rng(2);
    let party = Party::new(4, rng);
    (party.register(b"party", rng), party)
}

/// Where the fields of the Blinder's registration stand.
mod blinder_place {
    pub(super) const NODE: usize = 10;
    pub(super) const OPERATOR: usize = 14;
    pub(super) const SERIAL: usize = 47;
    pub(super) const PREVIOUS: usize = 55;
    pub(super) const BLINDER: usize = 87;
    pub(super) const PROOF: usize = 135;
    pub(super) const RESPONSE: usize = 183;
    pub(super) const SIGNATURE: usize = 215;
}

/// And those of the member's.
mod member_place {
    pub(super) const INDEX: usize = 7;
    pub(super) const IDENTITY: usize = 9;
    pub(super) const SERIAL: usize = 42;
    pub(super) const PREVIOUS: usize = 50;
    pub(super) const KEY: usize = 82;
    pub(super) const PROOF: usize = 130;
    pub(super) const RESPONSE: usize = 178;
    pub(super) const SIGNATURE: usize = 210;
}

#[test]
fn a_blinder_registration_holds_for_its_network_and_node() {
    let (registration, blinder) = blinder_registration();
    let verify = |context, node| registration.verify(context, node, &operator().public());
    assert_eq!(verify(b"network", b"node"), Ok(&blinder.public()));
    let mismatch = |field| Err(Error::Mismatch(field));
    assert_eq!(verify(b"netwerk", b"node"), mismatch(Field::Network));
    assert_eq!(verify(b"network", b"nod"), mismatch(Field::Node));
    assert_eq!(verify(b"", b""), mismatch(Field::Network));
    // The names move into each other, not the boundary between them.
    assert_eq!(verify(b"networkn", b"ode"), mismatch(Field::Network));
    let accessors = (registration.node(), registration.operator(), registration.serial());
    assert_eq!(accessors, (&b"node"[..], &operator().public(), 1));
}

//= spec/8-keys.md#8-2-blinder-registration
//= type=test
//# A verifier MUST take the operator's identity from its own configuration.
#[test]
fn a_stranger_registers_no_blinder_for_a_node() {
    let (registration, _) = blinder_registration();
    let (stranger, own) = (IdentityKey::generate(&mut rng(12)), Blinder::generate(&mut rng(13)));
    let verify =
        |registration: &BlinderRegistration| registration.verify(b"network", b"node", &operator().public()).map(|_| ());
    assert_eq!(verify(&registration), Ok(()));
    // Its own, with its own identity: a good registration, of somebody else.
    let strange = register(&own, b"network", b"node", &stranger);
    assert_eq!(strange.verify(b"network", b"node", &stranger.public()), Ok(&own.public()));
    assert_eq!(verify(&strange), Err(Error::Mismatch(Field::Operator)));
    // With the operator's identity written in, whoever signs it, and with the operator's own signature of another one.
    let unsigned = BlinderRegistration::first(&own, b"network", b"node", &operator().public(), &mut rng(14)).unwrap();
    let by_stranger = crate::common::signed(unsigned.body(), Purpose::BlinderRegistration, &stranger);
    assert_eq!(verify(&BlinderRegistration::decode(&by_stranger).unwrap()), Err(Error::BadSignature));
    let moved = [unsigned.body(), &registration.encode()[blinder_place::SIGNATURE..]].concat();
    assert_eq!(verify(&BlinderRegistration::decode(&moved).unwrap()), Err(Error::BadSignature));
    assert_eq!(unsigned.clone().sign(&stranger), Err(Error::WrongIdentity));
    assert_eq!(verify(&unsigned.sign(&operator()).unwrap()), Ok(()));
}

//= spec/8-keys.md#8-2-blinder-registration
//= type=test
//# A decoder MUST refuse, with InvalidSerial, the serial zero, a first registration that names one before it, and a
//# later one that names none.
#[test]
fn a_blinder_registration_with_one_change_is_refused() {
    use blinder_place::*;
    let (registration, _) = blinder_registration();
    let good = registration.encode();
    assert_eq!(good.len(), SIGNATURE + 65);
    assert_eq!(BlinderRegistration::decode(&good), Ok(registration));
    (0..good.len()).for_each(|n| assert_eq!(BlinderRegistration::decode(&good[..n]), Err(Error::Truncated)));
    assert_eq!(BlinderRegistration::decode(&[&good[..], &[0]].concat()), Err(Error::TrailingBytes));
    let cases = [
        (0, vec![2], Error::UnsupportedVersion(2)),
        (OPERATOR, vec![4], Error::InvalidPoint),
        (SERIAL + 7, vec![0], Error::InvalidSerial(0)),
        (SERIAL + 7, vec![2], Error::InvalidSerial(2)),
        (SERIAL, vec![1], Error::InvalidSerial(1 << 56 | 1)),
        (PREVIOUS + 31, vec![1], Error::InvalidSerial(1)),
        (BLINDER, g1_by_x(4).to_vec(), Error::InvalidPoint),
        (PROOF, g1_by_x(1).to_vec(), Error::InvalidPoint),
        (PROOF, vec![0xc0], Error::InvalidPoint),
        (RESPONSE, vec![0xff; 32], Error::InvalidScalar),
        (SIGNATURE, vec![3], Error::UnknownScheme(3)),
    ];
    for (offset, patch, error) in cases {
        assert_eq!(BlinderRegistration::decode(&patched(&good, offset, &patch)), Err(error), "{offset}");
    }
    // The signature covers all that still decodes.
    for bad in [
        flipped(&good, OPERATOR, 1),
        patched(&good, SERIAL + 7, &[&[2][..], &[7; 32]].concat()),
        flipped(&good, BLINDER, 0x20),
        flipped(&good, RESPONSE + 31, 1),
        patched(&good, SIGNATURE, &[2]),
        flipped(&good, SIGNATURE + 40, 1),
    ] {
        let decoded = BlinderRegistration::decode(&bad).unwrap();
        assert_eq!(decoded.verify(b"network", b"node", decoded.operator()), Err(Error::BadSignature));
    }
}

/// What the operator signs needs the Blinder: with other points, or another response, it does not verify.
#[test]
fn a_blinder_registration_with_another_key_or_proof_is_refused() {
    use blinder_place::*;
    let good = blinder_registration().0.encode();
    let resigned = |body: &[u8]| {
        let signed = crate::common::signed(&body[..SIGNATURE], Purpose::BlinderRegistration, &operator());
        BlinderRegistration::decode(&signed).unwrap()
    };
    let verify = |registration: &BlinderRegistration, node| {
        registration.verify(b"network", node, &operator().public()).map(|_| ())
    };
    assert_eq!(verify(&resigned(&good), b"node"), Ok(()));
    let other = Blinder::generate(&mut rng(3)).public();
    for bad in [
        flipped(&good, BLINDER, 0x20),
        flipped(&good, PROOF, 0x20),
        flipped(&good, RESPONSE + 31, 1),
        patched(&good, RESPONSE, &[0; 32]),
        patched(&good, BLINDER, other.as_bytes()),
        patched(&good, PROOF, other.as_bytes()),
        // The proof is bound to what comes before it.
        patched(&good, SERIAL + 7, &[&[2][..], &[7; 32]].concat()),
    ] {
        assert_eq!(verify(&resigned(&bad), b"node"), Err(Error::BadSchnorrProof));
    }
    assert_eq!(verify(&resigned(&patched(&good, NODE, b"n0de")), b"n0de"), Err(Error::BadSchnorrProof));
}

#[test]
fn a_member_registration_holds_for_its_party() {
    let (registration, party) = member_registration();
    assert_eq!(registration.verify(b"party"), Ok(()));
    assert_eq!((registration.index(), registration.serial()), (index(4), 1));
    assert_eq!(registration.identity(), &party.identity.public());
    assert_eq!(registration.member_key(), &party.key.public());
    for other in [&b"partY"[..], b"part", b""] {
        assert_eq!(registration.verify(other), Err(Error::Mismatch(Field::Party)));
    }
}

#[test]
fn a_member_registration_with_one_change_is_refused() {
    use member_place::*;
    let (registration, _) = member_registration();
    let good = registration.encode();
    assert_eq!(good.len(), SIGNATURE + 65);
    assert_eq!(MemberRegistration::decode(&good), Ok(registration));
    (0..good.len()).for_each(|n| assert_eq!(MemberRegistration::decode(&good[..n]), Err(Error::Truncated)));
    assert_eq!(MemberRegistration::decode(&[&good[..], &[0]].concat()), Err(Error::TrailingBytes));
    let cases = [
        (0, vec![0], Error::UnsupportedVersion(0)),
        (INDEX, vec![0, 0], Error::InvalidIndex(0)),
        (IDENTITY, vec![4], Error::InvalidPoint),
        (IDENTITY, vec![5], Error::InvalidPoint),
        (SERIAL + 7, vec![0], Error::InvalidSerial(0)),
        (SERIAL + 7, vec![2], Error::InvalidSerial(2)),
        (PREVIOUS, vec![1], Error::InvalidSerial(1)),
        (KEY, g1_by_x(4).to_vec(), Error::InvalidPoint),
        (PROOF, vec![0], Error::InvalidPoint),
        (RESPONSE, vec![0xff; 32], Error::InvalidScalar),
        (SIGNATURE, vec![0], Error::UnknownScheme(0)),
        (SIGNATURE, vec![3], Error::UnknownScheme(3)),
    ];
    for (offset, patch, error) in cases {
        assert_eq!(MemberRegistration::decode(&patched(&good, offset, &patch)), Err(error), "{offset}");
    }
    // These decode; the signature covers all of them, and its own scheme.
    for bad in [
        patched(&good, INDEX + 1, &[5]),
        flipped(&good, IDENTITY, 1),
        patched(&good, SERIAL + 7, &[&[2][..], &[7; 32]].concat()),
        flipped(&good, KEY, 0x20),
        flipped(&good, PROOF, 0x20),
        flipped(&good, RESPONSE + 31, 1),
        patched(&good, SIGNATURE, &[2]),
        flipped(&good, SIGNATURE + 32, 1),
        // Out of range.
        patched(&good, SIGNATURE + 1, &[0; 32]),
        patched(&good, SIGNATURE + 33, &[0xff; 32]),
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
    use member_place::{KEY, PROOF, RESPONSE, SIGNATURE};
    for (offset, patch) in [(KEY, stolen.as_bytes()), (PROOF, stolen.as_bytes()), (RESPONSE, &[0; 32][..])] {
        let unsigned = &patched(&good, offset, patch)[..SIGNATURE];
        let resigned = crate::common::signed(unsigned, Purpose::MemberRegistration, &party.identity);
        let decoded = MemberRegistration::decode(&resigned).unwrap();
        assert_eq!(decoded.verify(b"party"), Err(Error::BadSchnorrProof));
    }
    let unchanged = crate::common::signed(&good[..SIGNATURE], Purpose::MemberRegistration, &party.identity);
    assert_eq!(unchanged, good);
    // A signature for another purpose is none.
    for purpose in PURPOSES.into_iter().filter(|purpose| *purpose != Purpose::MemberRegistration) {
        let misused = crate::common::signed(&good[..SIGNATURE], purpose, &party.identity);
        assert_eq!(MemberRegistration::decode(&misused).unwrap().verify(b"party"), Err(Error::BadSignature));
    }
}

#[test]
fn names_that_are_too_long_are_refused() {
    let (party, rng, long) = (Party::new(1, &mut rng(6)), &mut rng(7), [0; 256]);
    let (blinder, operator) = (Blinder::generate(rng), operator().public());
    let mut first = |context, node| BlinderRegistration::first(&blinder, context, node, &operator, rng).map(|_| ());
    assert_eq!(first(&long, b""), Err(Error::InvalidLength));
    assert_eq!(first(b"", &long), Err(Error::InvalidLength));
    assert_eq!(first(&long[1..], &long[1..]), Ok(()));
    let member = MemberRegistration::first(&long, party.index, &party.identity.public(), &party.key, rng);
    assert_eq!(member.unwrap_err(), Error::InvalidLength);
}

const PURPOSES: [Purpose; 6] = [
    Purpose::Identity,
    Purpose::Dealing,
    Purpose::Confirmation,
    Purpose::BlinderRegistration,
    Purpose::MemberRegistration,
    Purpose::Response,
];
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
    let wallet = SigningKey::from_slice(&key.encode()[crate::common::SCALAR]).unwrap();
    let signature: Ecdsa = wallet.sign_prehash(&prehash).unwrap();
    let low = signature.normalize_s();
    let ours = key.sign(SignatureScheme::PersonalMessage, Purpose::Response, b"message").unwrap();
    assert_eq!(ours.to_bytes()[1..], low.to_bytes()[..]);
    assert_eq!(key.public().verify(Purpose::Response, b"message", &ours), Ok(()));
}

/// Registrations end with a signature: its scheme, its range and its s are checked.
#[test]
fn the_same_numbers_make_one_signature() {
    use k256::ecdsa::Signature as Ecdsa;

    let (registration, _) = member_registration();
    let good = registration.encode();
    let rs = member_place::SIGNATURE + 1;
    let low = Ecdsa::from_slice(&good[rs..]).unwrap();
    let high = Ecdsa::from_scalars(low.r(), -*low.s()).unwrap();
    let verify = |bytes: &[u8]| MemberRegistration::decode(bytes).unwrap().verify(b"party");
    assert_eq!(verify(&patched(&good, rs, &low.to_bytes())), Ok(()));
    // The higher s is none, nor are the numbers under the other scheme.
    for bad in [patched(&good, rs, &high.to_bytes()), patched(&good, rs - 1, &[2]), patched(&good, rs, &[0; 64])] {
        assert_eq!(verify(&bad), Err(Error::BadSignature));
    }
}
