//! Every decoder: nothing panics, and what is accepted encodes to the same bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use relight::curve::{CurveId, CurvePoint, SecretScalar};
use relight::sharing::{Identifier, PublicPolynomial};
use relight::{
    Backup, Blinder, BlinderRegistration, Ceremony, DecryptionShare, IdentityKey, KeyShare, MemberKey,
    MemberRegistration, Request, Response, Result, Roster, Session, Statement,
};

const CONTEXT: &[u8] = b"network";

macro_rules! round_trip {
    ($bytes:expr, $($object:ty),*) => {
        $(if let Ok(object) = <$object>::decode($bytes) {
            assert_eq!(&object.encode()[..], $bytes, "{} is not canonical", stringify!($object));
        })*
    };
}

fuzz_target!(|bytes: &[u8]| {
    claimed_statement(bytes);
    round_trip_of(bytes, |bytes| Identifier::from_bytes(bytes).map(|identifier| identifier.as_bytes().to_vec()));
    round_trip!(
        bytes,
        Backup,
        Blinder,
        BlinderRegistration,
        Ceremony,
        DecryptionShare,
        IdentityKey,
        KeyShare,
        MemberKey,
        MemberRegistration,
        PublicPolynomial,
        Request,
        Response,
        Statement
    );
    if let Ok(roster) = Roster::decode(CONTEXT, bytes) {
        assert_eq!(roster.encode(), bytes);
    }
    if let Ok(session) = Session::decode(CONTEXT, bytes) {
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

fn round_trip_of(bytes: &[u8], again: impl Fn(&[u8]) -> Result<Vec<u8>>) {
    if let Ok(encoded) = again(bytes) {
        assert_eq!(encoded, bytes);
    }
}
