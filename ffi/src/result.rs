//! Results: every error of the library has one number, for good.

use core::ffi::{CStr, c_char};

/// The messages of the results, and their list.
macro_rules! results {
    ($($name:ident: $message:literal;)*) => {
        /// The message of a result.
        fn message(result: i32) -> &'static CStr {
            match result {
                $(x if x == RelightResult::$name as i32 => $message,)*
                _ => c"not a result of this version of the library",
            }
        }

        /// Every result with its name.
        #[cfg(test)]
        const ALL: &[(&str, RelightResult)] = &[$((stringify!($name), RelightResult::$name)),*];
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
    /// The library panicked: a bug. Nothing was returned.
    Panicked = 2,
    /// The operating system has no randomness.
    RandomnessFailed = 3,
    /// The handle was used by a call that panicked. Free it, and make it anew from what you stored.
    HandlePoisoned = 4,
    /// An error that this version of the interface has no number for.
    Unknown = 5,
    /// The bytes end before the object does.
    Truncated = 10,
    /// Bytes follow the end of the object.
    TrailingBytes = 11,
    /// A length or count is outside its range.
    InvalidLength = 12,
    /// The format has a version that is not supported. Details: number.
    UnsupportedVersion = 13,
    /// The parameter set is unknown. Details: number.
    UnknownParameterSet = 14,
    /// The curve is unknown. Details: number.
    UnknownCurve = 15,
    /// The type of a lock is unknown. Details: number.
    UnknownLock = 16,
    /// The origin of the keys of a ceremony is unknown. Details: number.
    UnknownOrigin = 17,
    /// The signature scheme is unknown. Details: number.
    UnknownScheme = 18,
    /// The kind of a secret or of evidence, or the purpose of a signature, is unknown. Details: number.
    UnknownKind = 19,
    /// A scalar is not canonical, or is zero.
    InvalidScalar = 20,
    /// A point is not a canonical encoding of a member of the group, or is the identity.
    InvalidPoint = 21,
    /// A value belongs to another curve. Details: expected and found, both curves.
    WrongCurve = 22,
    /// The bytes are a secret of another kind. Details: expected and found, both `RELIGHT_KIND_` numbers.
    WrongKind = 23,
    /// The checksum of a secret does not fit: it was damaged, or mistyped.
    BadChecksum = 24,
    /// A lock of this type is not the one that the object needs. Details: number, the type.
    WrongLock = 25,
    /// The bytes are no share identifier: they are empty, more than 64, or begin with a zero.
    InvalidIdentifier = 30,
    /// A threshold is zero or too great. Details: number.
    InvalidThreshold = 31,
    /// A share identifier equals another one of its sharing modulo the order of the curve. Details: identifiers, the second one.
    DuplicateIdentifier = 32,
    /// A statement has the same share of a root key twice, or a ceremony the same old key. Details: compartment and entry.
    DuplicateEntry = 33,
    /// A share identifier is zero modulo the order of a curve on which it is used. Details: identifiers, that one.
    ZeroIdentifier = 34,
    /// The index of a party, or the number of a key, is out of range or out of order. Details: number.
    InvalidIndex = 35,
    /// Two parties have the same index or name. Details: number, the second one's index.
    DuplicateIndex = 36,
    /// The recovery key is the Blinder's point, or one of the two is among what they are to recover.
    CircularStatement = 37,
    /// Two parties have the same identity or member key. That does not say which of them is to blame. Details: parties, the two.
    DuplicateKey = 38,
    /// The object is about something else than expected. Details: field, and entry if the field is one of an entry.
    Mismatch = 40,
    /// A secret does not belong to its public share. Details: compartment and entry.
    SecretMismatch = 41,
    /// The proof of encryption does not verify.
    ProofRejected = 42,
    /// Nothing opens with this key.
    NotOpenable = 43,
    /// The share is of the right key, and not of this sharing of it: from before a refresh, or after. Details: number, the key, from zero.
    OtherSharing = 44,
    /// Too few shares. Details: found and expected, both numbers of shares.
    NotEnoughShares = 50,
    /// The member does not belong to the recovery party. Details: number.
    UnknownMember = 51,
    /// Decryption shares are wrong. Details: parties, the members at fault.
    BadDecryptionShares = 52,
    /// The unlock keys belong to other statements.
    WrongUnlockKey = 53,
    /// The Blinder is not the one the backup was made for.
    WrongBlinder = 54,
    /// The member key is not the one the dealing was made for.
    WrongMemberKey = 55,
    /// Public shares lie on no polynomial of their threshold. Details: identifiers, those that do not fit the others.
    InconsistentShares = 56,
    /// The shares combine to another key than the one that they name.
    CombinedKeyMismatch = 57,
    /// The party has no share: it would be zero. Details: number, the party.
    Shareless = 58,
    /// No member of the recovery party has its share there. Details: identifiers, that one.
    UnusedIdentifier = 59,
    /// A Schnorr proof does not verify.
    BadSchnorrProof = 60,
    /// A signature does not verify.
    BadSignature = 61,
    /// The object belongs to another ceremony.
    CeremonyMismatch = 62,
    /// The dealer does not take part. Details: number.
    UnknownDealer = 63,
    /// A dealing is bad. Details: number, the dealer; fault.
    BadDealing = 64,
    /// Too few valid dealings, or too few dealers to make them. Details: found and expected, both numbers of dealings; parties, the dealers of bad ones.
    NotEnoughDealings = 65,
    /// The recipient does not take part. Details: number.
    UnknownRecipient = 66,
    /// This recipient confirmed another set of dealings before.
    AlreadyConfirmed = 67,
    /// Too few equal confirmations to close the ceremony. Details: found and expected, both numbers of confirmations.
    NotClosed = 68,
    /// A dealing of the agreed set is missing: ask for it by its digest. Details: number, the dealer.
    MissingDealing = 69,
    /// A statement is not asked for, or not known here.
    UnknownStatement = 70,
    /// The request has expired.
    Expired = 71,
    /// The response answers another request.
    WrongRequest = 72,
    /// What the member sealed cannot be read. Details: number, the member.
    BadResponse = 73,
    /// The request has no valid proof of the Blinder of a statement. Details: number, the statement's place in the request, from zero.
    Unauthorised = 74,
    /// The request was made for another roster. One of the two is out of date: compare their digests.
    RosterMismatch = 75,
    /// The request expires more than a week from now.
    ExpiryTooFar = 76,
    /// A request asks for a statement twice.
    DuplicateStatement = 77,
    /// A time is zero, or after the year 9999: it may count milliseconds. Details: number, the time.
    InvalidTime = 78,
    /// The ceremony was closed without a dealing of this dealer. Nothing else was checked. Details: number, the dealer.
    LateDealing = 80,
    /// A recipient signed a confirmation of what cannot be a set of dealings. Details: number, the recipient.
    BadConfirmation = 81,
    /// A recipient signed two different confirmations. Details: number, the recipient.
    DoubleConfirmation = 82,
    /// The certificate does not fit the outcome of its dealings.
    BadCertificate = 83,
    /// The bytes prove nothing against anyone.
    NoEvidence = 84,
    /// The identity is not the one that is to sign.
    WrongIdentity = 90,
    /// What a wallet returned is not the signature that was asked for. Details: wallet fault; number, the length or v; address, the signer.
    WalletSignature = 91,
    /// A registration in a roster does not verify. That accuses no member, but the one who put it there. Details: number, the member; registration fault.
    InvalidRegistration = 92,
    /// The serial of a registration does not go with what it says of the one before it. Details: number, the serial.
    InvalidSerial = 93,
    /// The registration is not newer than the known one. Details: number, its serial.
    RetiredRegistration = 94,
    /// The registration does not follow the known one. Details: number, its serial.
    BrokenSuccession = 95,
}

results! {
    Ok: c"success";
    NullPointer: c"a pointer is NULL or misaligned";
    Panicked: c"the library panicked: a bug";
    RandomnessFailed: c"the operating system has no randomness";
    HandlePoisoned: c"the handle was used by a call that panicked";
    Unknown: c"an error that this version of the interface has no number for";
    Truncated: c"the bytes end before the object does";
    TrailingBytes: c"bytes follow the end of the object";
    InvalidLength: c"a length or count is outside its range";
    UnsupportedVersion: c"this version of the format is not supported";
    UnknownParameterSet: c"the parameter set is unknown";
    UnknownCurve: c"the curve is unknown";
    UnknownLock: c"the lock type is unknown";
    UnknownOrigin: c"the key origin is unknown";
    UnknownScheme: c"the signature scheme is unknown";
    UnknownKind: c"the kind of a secret or of evidence, or the purpose of a signature, is unknown";
    InvalidScalar: c"a scalar is not canonical, or is zero";
    InvalidPoint: c"a point is not canonical, not in the prime-order group, or the identity";
    WrongCurve: c"a value belongs to another curve";
    WrongKind: c"the secret is of another kind";
    BadChecksum: c"the checksum does not fit: the secret was damaged or mistyped";
    WrongLock: c"a lock of this type is not the one that the object needs";
    InvalidIdentifier: c"a share identifier is empty, longer than 64 bytes, or begins with a zero byte";
    InvalidThreshold: c"a threshold is out of range";
    DuplicateIdentifier: c"a share identifier equals another one modulo the order of its curve";
    DuplicateEntry: c"a share or an old key appears twice";
    ZeroIdentifier: c"a share identifier is zero modulo the order of its curve";
    InvalidIndex: c"the index of a party, or the number of a key, is out of range or out of order";
    DuplicateIndex: c"a party appears twice, or its name does";
    CircularStatement: c"the recovery key or the Blinder is among what it is to recover, or they are equal";
    DuplicateKey: c"two parties have the same key";
    Mismatch: c"the object is about something else than expected";
    SecretMismatch: c"a secret does not match its public share";
    ProofRejected: c"the proof of encryption does not verify";
    NotOpenable: c"nothing opens with this key";
    OtherSharing: c"the share belongs to another commitment of its key, from before or after a refresh";
    NotEnoughShares: c"too few shares";
    UnknownMember: c"the member does not belong to the recovery party";
    BadDecryptionShares: c"decryption shares are wrong";
    WrongUnlockKey: c"the unlock keys belong to other statements";
    WrongBlinder: c"the Blinder is not the one the backup was made for";
    WrongMemberKey: c"the member key is not the one the dealing was made for";
    InconsistentShares: c"public shares do not fit the others";
    CombinedKeyMismatch: c"the shares combine to another key than theirs";
    Shareless: c"the party has no share: it is zero";
    UnusedIdentifier: c"no member's share lies there";
    BadSchnorrProof: c"a Schnorr proof does not verify";
    BadSignature: c"a signature does not verify";
    CeremonyMismatch: c"the object belongs to another ceremony";
    UnknownDealer: c"the dealer does not take part in the ceremony";
    BadDealing: c"the dealing is bad";
    NotEnoughDealings: c"too few valid dealings, or too few dealers to make them";
    UnknownRecipient: c"the recipient does not take part in the ceremony";
    AlreadyConfirmed: c"another set of dealings was confirmed before";
    NotClosed: c"too few equal confirmations to close the ceremony";
    MissingDealing: c"an agreed dealing is missing";
    UnknownStatement: c"the statement is not asked for, or not known here";
    Expired: c"the request has expired";
    WrongRequest: c"the response answers another request";
    BadResponse: c"what the member sealed cannot be read";
    Unauthorised: c"a statement of the request is not authorised with its Blinder";
    RosterMismatch: c"the request was made for another roster";
    ExpiryTooFar: c"the request expires more than a week from now";
    DuplicateStatement: c"the request asks for a statement twice";
    InvalidTime: c"a time is zero, or after the year 9999";
    LateDealing: c"the ceremony was closed without a dealing of this dealer";
    BadConfirmation: c"a recipient confirmed what cannot be a set of dealings";
    DoubleConfirmation: c"a recipient signed two different confirmations";
    BadCertificate: c"the certificate does not fit the outcome";
    NoEvidence: c"this proves nothing against anyone";
    WrongIdentity: c"the identity is not the one that is to sign";
    WalletSignature: c"the wallet's signature cannot be used";
    InvalidRegistration: c"a registration in the roster does not verify";
    InvalidSerial: c"the registration's serial does not go with what it says of the one before it";
    RetiredRegistration: c"the registration is not newer than the known one";
    BrokenSuccession: c"the registration does not follow the known one";
}

/// What an English message says about a result: a static string, also for numbers that are no result. Never fails.
#[unsafe(no_mangle)]
pub extern "C" fn relight_strerror(result: i32) -> *const c_char {
    message(result).as_ptr()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_result_has_a_text_of_its_own() {
        let texts: BTreeSet<&CStr> = ALL.iter().map(|(_, result)| message(*result as i32)).collect();
        assert_eq!(texts.len(), ALL.len());
        assert!(!texts.contains(message(-1)));
    }
}
