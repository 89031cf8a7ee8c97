//! Every decoder: nothing panics, and what is accepted encodes to the same bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use relight::sharing::PublicPolynomial;
use relight::{
    Backup, Blinder, BlinderRegistration, Ceremony, DecryptionShare, IdentityKey, KeyShare, MemberKey,
    MemberRegistration, Request, Response, Statement,
};

macro_rules! round_trip {
    ($bytes:expr, $($object:ty),*) => {
        $(if let Ok(object) = <$object>::decode($bytes) {
            assert_eq!(&object.encode()[..], $bytes, "{} is not canonical", stringify!($object));
        })*
    };
}

fuzz_target!(|bytes: &[u8]| {
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
});
