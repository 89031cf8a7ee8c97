//! Every decoder: nothing panics, and what is accepted encodes to the same bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use relight::curve::{CurveId, CurvePoint, SecretScalar};
use relight::sharing::{Identifier, VssCommitment};
use relight::{
    Backup, Blinder, KeyShare, MemberKey, Result, SecretKind, Statement,
    bundle::Bundle,
    dealing::{Ceremony, Certificate, Confirmation, Dealing, Evidence},
    decryption::DecryptionShare,
    identity::{IdentityKey, IdentityPublicKey, Unsigned},
    recovery::{Accusation, Authorisation, Request, RequestDraft, Response, Roster, Session},
    registration::{BlinderRegistration, MemberRegistration},
};

const NAME: &[u8] = b"network";

macro_rules! round_trip {
    ($bytes:expr, $($object:ty),*) => {
        $(if let Ok(object) = <$object>::decode($bytes) {
            assert_eq!(&object.encode()[..], $bytes, "{} is not canonical", stringify!($object));
        })*
    };
}

fuzz_target!(|bytes: &[u8]| {
    claimed_statement(bytes);
    kind(bytes);
    wallet(bytes);
    round_trip_of(bytes, |bytes| IdentityPublicKey::from_bytes(bytes).map(|identity| identity.to_bytes()));
    round_trip_of(bytes, |bytes| Identifier::from_bytes(bytes).map(|identifier| identifier.as_bytes().to_vec()));
    round_trip!(
        bytes,
        Accusation,
        Authorisation,
        Backup,
        Blinder,
        BlinderRegistration,
        Bundle,
        Ceremony,
        Certificate,
        Confirmation,
        Dealing,
        DecryptionShare,
        Evidence,
        IdentityKey,
        KeyShare,
        MemberKey,
        MemberRegistration,
        VssCommitment,
        Request,
        RequestDraft,
        Response,
        Statement
    );
    bundle(bytes);
    if let Ok(roster) = Roster::decode(NAME, bytes) {
        assert_eq!(roster.encode(), bytes);
    }
    if let Ok(session) = Session::decode(NAME, bytes) {
        assert_eq!(&session.encode()[..], bytes);
    }
    for curve in CurveId::ALL {
        round_trip_of(bytes, |bytes| CurvePoint::from_bytes(*curve, bytes).map(|point| point.as_bytes().to_vec()));
        round_trip_of(bytes, |bytes| SecretScalar::from_bytes(*curve, bytes).map(|key| key.expose_bytes().to_vec()));
    }
});

/// The structure of a backup is read first, and its points only by who asks for its statement: no other order of the two
/// may let more through.
fn claimed_statement(bytes: &[u8]) {
    let Ok(backup) = Backup::decode(bytes) else { return };
    if let Ok(statement) = backup.claimed_statement() {
        assert!(bytes.starts_with(&statement.encode()), "another statement");
        assert!(backup.verify(&statement).is_err() || statement.compartments().len() == 1);
    }
}

/// Whatever is in it, it is verified by its own digest.
fn bundle(bytes: &[u8]) {
    let Ok(found) = Bundle::decode(bytes) else { return };
    let digest = found.digest();
    if let Ok(verified) = found.verify(&digest) {
        assert_eq!(verified.bundle().encode(), bytes);
    }
}

/// No secret is taken for one of another kind.
fn kind(bytes: &[u8]) {
    let kinds = [
        (SecretKind::IdentityKey, IdentityKey::decode(bytes).is_ok()),
        (SecretKind::MemberKey, MemberKey::decode(bytes).is_ok()),
        (SecretKind::Blinder, Blinder::decode(bytes).is_ok()),
        (SecretKind::KeyShare, KeyShare::decode(bytes).is_ok()),
        (SecretKind::Session, Session::decode(NAME, bytes).is_ok()),
    ];
    let found = SecretKind::of(bytes);
    assert!(kinds.into_iter().all(|(kind, decodes)| !decodes || found == Ok(kind)));
}

/// As what a wallet returned, and as the body of an object that it signs.
fn wallet(bytes: &[u8]) {
    let Ok(identity) = IdentityPublicKey::introduce(NAME, None, bytes) else { return };
    assert_eq!(IdentityPublicKey::introduce(NAME, Some(identity.address()), bytes), Ok(identity.clone()));
    assert!(Unsigned::<Confirmation>::from_body(bytes, identity).complete(bytes).is_err());
}

fn round_trip_of(bytes: &[u8], again: impl Fn(&[u8]) -> Result<Vec<u8>>) {
    if let Ok(encoded) = again(bytes) {
        assert_eq!(encoded, bytes);
    }
}
