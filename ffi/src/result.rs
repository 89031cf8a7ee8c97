//! Results: every error of the library has one number, for good.

use core::ffi::{CStr, c_char};
use relight::Error;
use std::collections::BTreeMap;
use std::ffi::CString;
use std::sync::LazyLock;

/// The results: those of this interface say what they mean, the others are the errors of the protocol.
macro_rules! results {
    (own { $($own:ident: $meaning:literal;)* } protocol { $($error:ident),* }) => {
        const OWN: &[(RelightResult, &str)] = &[$((RelightResult::$own, $meaning)),*];
        const ERRORS: &[(RelightResult, &str)] = &[$((RelightResult::$error, stringify!($error))),*];
    };
}

/// The result of a function. Zero is success; numbers keep their meaning for good and are never reused.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelightResult {
    /// Success.
    Ok = 0,
    /// A pointer that must not be NULL is, or it is misaligned.
    NullPointer = 1,
    /// The library panicked, which is a bug. Nothing was returned.
    Panicked = 2,
    /// The operating system has no randomness.
    RandomnessFailed = 3,
    /// The handle was used by a call that panicked. Free it, and make it anew from what you stored.
    HandlePoisoned = 4,
    /// This version of the interface has no number for the error.
    Unknown = 5,
    /// The caller's watch stopped the call.
    Cancelled = 6,
    /// The bytes are no sealed secret, or a damaged one.
    NotSealed = 7,
    /// The passphrase or the key is not the one that the secret is sealed to.
    WrongSealingKey = 8,
    /// The text is no sealing key, no recipient or no passphrase.
    InvalidSealingKey = 9,
    /// The bytes end before the object does.
    Truncated = 10,
    /// Bytes follow the end of the object.
    TrailingBytes = 11,
    /// A length or a count is outside its range.
    InvalidLength = 12,
    /// The version of the format is not supported. Details: number.
    UnsupportedVersion = 13,
    /// The parameter set is unknown, or not enabled. Details: number.
    UnknownParameterSet = 14,
    /// The curve is unknown, or not enabled. Details: number.
    UnknownCurve = 15,
    /// The type of a lock is unknown. Details: number.
    UnknownLock = 16,
    /// The origin of the keys of a ceremony is unknown. Details: number.
    UnknownOrigin = 17,
    /// The signature scheme is unknown. Details: number.
    UnknownScheme = 18,
    /// The kind of a secret, of evidence or of what is signed is unknown. Details: number.
    UnknownKind = 19,
    /// A scalar is not canonical, or is zero.
    InvalidScalar = 20,
    /// A point is not canonical, not in the prime-order group, or the identity.
    InvalidPoint = 21,
    /// A value belongs to another curve. Details: expected and found, both curves.
    WrongCurve = 22,
    /// The secret is of another kind. Details: expected and found, both `RELIGHT_KIND_` numbers.
    WrongKind = 23,
    /// The checksum does not fit, as the secret was damaged or mistyped.
    BadChecksum = 24,
    /// A lock of another type is needed. Details: number, the type.
    WrongLock = 25,
    /// A share identifier is empty, has more than 64 bytes, or begins with a zero byte.
    InvalidIdentifier = 30,
    /// A threshold is out of range. Details: number.
    InvalidThreshold = 31,
    /// Two share identifiers are equal modulo the order of their curve. Details: identifiers, the second one.
    DuplicateIdentifier = 32,
    /// A compartment has a share twice, or a ceremony an old key. Details: compartment and entry.
    DuplicateEntry = 33,
    /// A share identifier is zero modulo the order of its curve. Details: identifiers, that one.
    ZeroIdentifier = 34,
    /// The index of a party, or the number of a key, is out of range or out of order. Details: number.
    InvalidIndex = 35,
    /// A party appears twice, or its name or place does. Details: number, the second one's index.
    DuplicateIndex = 36,
    /// The recovery key or the Blinder is among what it is to recover, or they are equal.
    CircularStatement = 37,
    /// Two parties have one identity or one member key. That does not say which of them is to blame. Details: parties, the two.
    DuplicateKey = 38,
    /// The object is about something else than expected. Details: field, and entry if the field is one of an entry.
    Mismatch = 40,
    /// A secret does not belong to its public share. Details: compartment and entry.
    SecretMismatch = 41,
    /// The proof of encryption does not verify.
    ProofRejected = 42,
    /// Nothing opens with this key.
    NotOpenable = 43,
    /// The share belongs to another sharing of its key, from before or after a refresh. Details: number, the key, from zero.
    OtherSharing = 44,
    /// Too few shares. Details: found and expected, both numbers of shares.
    NotEnoughShares = 50,
    /// The member does not belong to the recovery party. Details: number.
    UnknownMember = 51,
    /// Decryption shares are wrong. Details: parties, the members at fault.
    BadDecryptionShares = 52,
    /// The unlock key belongs to another statement.
    WrongUnlockKey = 53,
    /// The Blinder is not the one the backup was made for.
    WrongBlinder = 54,
    /// The member key is not the one the dealing was made for.
    WrongMemberKey = 55,
    /// Public shares do not fit the others. Details: identifiers, those that do not fit the others.
    InconsistentShares = 56,
    /// The shares combine to another key than theirs.
    CombinedKeyMismatch = 57,
    /// The share of a party is zero, so that it has none. Details: number, the party.
    Shareless = 58,
    /// No member's share lies there. Details: identifiers, that one.
    UnusedIdentifier = 59,
    /// A Schnorr proof does not verify.
    BadSchnorrProof = 60,
    /// A signature does not verify.
    BadSignature = 61,
    /// The object belongs to another ceremony.
    CeremonyMismatch = 62,
    /// The dealer does not take part in the ceremony. Details: number.
    UnknownDealer = 63,
    /// A dealing is bad. Details: number, the dealer; fault.
    BadDealing = 64,
    /// Too few valid dealings, or dealers. Details: found and expected, both numbers of dealings; parties, the dealers of bad ones.
    NotEnoughDealings = 65,
    /// The recipient does not take part in the ceremony. Details: number.
    UnknownRecipient = 66,
    /// Another set of dealings was confirmed before.
    AlreadyConfirmed = 67,
    /// Too few equal confirmations to close the ceremony. Details: found and expected, both numbers of confirmations.
    NotClosed = 68,
    /// A dealing of the agreed set is missing. Ask for it by its digest. Details: number, the dealer.
    MissingDealing = 69,
    /// The statement is not asked for, or not known here.
    UnknownStatement = 70,
    /// The request has expired.
    Expired = 71,
    /// The object belongs to another request.
    WrongRequest = 72,
    /// What the member sealed cannot be read. Details: number, the member.
    BadResponse = 73,
    /// A statement of the request is not authorised with its Blinder. Details: number, the statement's place in the request, from zero.
    Unauthorised = 74,
    /// The request was made for another roster. One of the two is out of date: compare their digests.
    RosterMismatch = 75,
    /// The request expires more than a week from now.
    ExpiryTooFar = 76,
    /// A statement is asked for, or answered, twice.
    DuplicateStatement = 77,
    /// A time is zero, or after the year 9999. It may count milliseconds. Details: number, the time.
    InvalidTime = 78,
    /// The bundle is not the one whose digest is expected. Compare its short code with the other side.
    BundleMismatch = 79,
    /// The ceremony was closed without a dealing of this dealer. Nothing else was checked. Details: number, the dealer.
    LateDealing = 80,
    /// A recipient confirmed what cannot be a set of dealings. Details: number, the recipient.
    BadConfirmation = 81,
    /// A recipient confirmed two sets of dealings. Details: number, the recipient.
    DoubleConfirmation = 82,
    /// The certificate does not fit the outcome of its dealings.
    BadCertificate = 83,
    /// The bytes prove nothing against anyone.
    NoEvidence = 84,
    /// The identity is not the one that is to sign.
    WrongIdentity = 90,
    /// The wallet's signature cannot be used. Details: wallet fault; number, the length or v; address, the signer.
    WalletSignature = 91,
    /// A registration in the roster does not verify. That accuses no member, but the one who put it there. Details: number, the member; registration fault.
    InvalidRegistration = 92,
    /// The serial of a registration does not go with what it says of the one before it. Details: number, the serial.
    InvalidSerial = 93,
    /// The registration is not newer than the known one. Details: number, its serial.
    RetiredRegistration = 94,
    /// The registration does not follow the known one. Details: number, its serial.
    BrokenSuccession = 95,
}

results! {
    own {
        Ok: "success";
        NullPointer: "a pointer that must not be NULL is, or it is misaligned";
        Panicked: "the library panicked, which is a bug";
        RandomnessFailed: "the operating system has no randomness";
        HandlePoisoned: "the handle was used by a call that panicked";
        Unknown: "this version of the interface has no number for the error";
        Cancelled: "the caller's watch stopped the call";
        NotSealed: "the bytes are no sealed secret, or a damaged one";
        WrongSealingKey: "the passphrase or the key is not the one that the secret is sealed to";
        InvalidSealingKey: "the text is no sealing key, no recipient or no passphrase";
    }
    protocol {
        Truncated, TrailingBytes, InvalidLength, UnsupportedVersion, UnknownParameterSet, UnknownCurve, UnknownLock,
        UnknownOrigin, UnknownScheme, UnknownKind, InvalidScalar, InvalidPoint, WrongCurve, WrongKind, BadChecksum,
        WrongLock, InvalidIdentifier, InvalidThreshold, DuplicateIdentifier, DuplicateEntry, ZeroIdentifier,
        InvalidIndex, DuplicateIndex, CircularStatement, DuplicateKey, Mismatch, SecretMismatch, ProofRejected,
        NotOpenable, OtherSharing, NotEnoughShares, UnknownMember, BadDecryptionShares, WrongUnlockKey, WrongBlinder,
        WrongMemberKey, InconsistentShares, CombinedKeyMismatch, Shareless, UnusedIdentifier, BadSchnorrProof,
        BadSignature, CeremonyMismatch, UnknownDealer, BadDealing, NotEnoughDealings, UnknownRecipient,
        AlreadyConfirmed, NotClosed, MissingDealing, UnknownStatement, Expired, WrongRequest, BadResponse, Unauthorised,
        RosterMismatch, ExpiryTooFar, DuplicateStatement, InvalidTime, BundleMismatch, LateDealing, BadConfirmation, DoubleConfirmation,
        BadCertificate, NoEvidence, WrongIdentity, WalletSignature, InvalidRegistration, InvalidSerial,
        RetiredRegistration, BrokenSuccession
    }
}

/// What the results mean, as C has texts: the errors of the protocol say it themselves.
static MEANINGS: LazyLock<BTreeMap<i32, CString>> = LazyLock::new(|| {
    let protocol: BTreeMap<&str, &str> = Error::MEANINGS.iter().copied().collect();
    let errors = ERRORS.iter().filter_map(|(result, name)| Some((*result, *protocol.get(name)?)));
    let all = OWN.iter().copied().chain(errors);
    all.map(|(result, meaning)| (result as i32, CString::new(meaning).unwrap_or_default())).collect()
});

fn text(result: i32) -> &'static CStr {
    MEANINGS.get(&result).map_or(c"not a result of this version of the library", CString::as_c_str)
}

/// What a result means.
pub(crate) fn meaning(result: i32) -> &'static str {
    text(result).to_str().unwrap_or_default()
}

/// What a result means, in English: a static string, also for numbers that are no result. The message of a
/// `relight_details` says more. Never fails.
#[unsafe(no_mangle)]
pub extern "C" fn relight_strerror(result: i32) -> *const c_char {
    text(result).as_ptr()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_result_has_a_text_of_its_own() {
        let texts: BTreeSet<&CStr> = OWN.iter().chain(ERRORS).map(|(result, _)| text(*result as i32)).collect();
        assert_eq!(texts.len(), OWN.len() + Error::MEANINGS.len());
        assert!(!texts.contains(text(-1)));
    }
}
