//! Everything that can go wrong, and whose fault it is.

mod culprits;
mod fault;

pub use fault::{DealingFault, Field, RegistrationFault, WalletFault};

use crate::id::{CurveId, Identifier, SecretKind};
use alloc::vec::Vec;
use core::fmt;

/// Shorthand for results of this crate.
//= spec/2-conventions.md#2-2-errors
//# An algorithm that fails MUST NOT return any part of its output.
pub type Result<T> = core::result::Result<T, Error>;

/// The errors: for each its name, what it carries, what it means, and how its message shows what it carries.
macro_rules! errors {
    ($(#[$about:meta])* pub enum Error {$(
        $(#[$more:meta])*
        $name:ident $(($($part:ident: $type:ty),+))? $({$($(#[$what:meta])+ $field:ident: $kind:ty,)+})?:
            $meaning:literal $(, $details:literal)?;
    )+}) => {
        $(#[$about])*
        pub enum Error {$(
            #[doc = concat!("`", $meaning, "`\n")]
            $(#[$more])*
            $name $(($($type),+))? $({$($(#[$what])+ $field: $kind),+})?,
        )+}

        impl Error {
            /// The name of every error with what it means, as Section 2.2 has them.
            pub const MEANINGS: &[(&str, &str)] = &[$((stringify!($name), $meaning)),+];
        }

        impl fmt::Display for Error {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {$(
                    Self::$name $(($($part),+))? $({$($field),+})? => {
                        f.write_str($meaning)?;
                        $(f.write_str(": ")?; write!(f, $details)?;)?
                    }
                )+}
                Ok(())
            }
        }
    };
}

errors! {
    /// What went wrong, and who or what is to blame.
    ///
    /// No variant carries secret data. A message is what the error means, which is the first line of its documentation,
    /// and then what it carries:
    ///
    /// ```
    /// use relight::{Blinder, Error, MemberKey, SecretKind};
    ///
    /// let file = MemberKey::generate(&mut rand::rng()).encode();
    /// let error = Blinder::decode(&file).unwrap_err();
    /// assert_eq!(error, Error::WrongKind { expected: SecretKind::Blinder, found: SecretKind::MemberKey });
    /// assert_eq!(error.to_string(), "the secret is of another kind: member key, where Blinder is needed");
    /// ```
    #[non_exhaustive]
    #[derive(Clone, Debug, PartialEq, Eq)]
    //= spec/2-conventions.md#2-2-errors
    //# An implementation MUST fail with the error that the algorithm names for the first step that fails.
    //= spec/2-conventions.md#2-2-errors
    //# An error MUST NOT carry secret data.
    pub enum Error {
        Truncated: "the bytes end before the object does";
        TrailingBytes: "bytes follow the end of the object";
        InvalidLength: "a length or a count is outside its range";
        UnsupportedVersion(version: u8): "the version of the format is not supported", "{version}";
        UnknownParameterSet(number: u8): "the parameter set is unknown, or not enabled", "{number}";
        UnknownCurve(number: u16): "the curve is unknown, or not enabled", "{number}";
        UnknownLock(number: u8): "the type of a lock is unknown", "{number}";
        UnknownOrigin(number: u8): "the origin of the keys of a ceremony is unknown", "{number}";
        UnknownScheme(number: u8): "the signature scheme is unknown", "{number}";
        UnknownKind(number: u8): "the kind of a secret, of evidence or of what is signed is unknown", "{number}";
        WrongLock(found: u8): "a lock of another type is needed", "found {found}";
        WrongKind {
            /// The kind that is needed.
            expected: SecretKind,
            /// The kind of the secret given.
            found: SecretKind,
        }: "the secret is of another kind", "{found}, where {expected} is needed";
        BadChecksum: "the checksum does not fit, as the secret was damaged or mistyped";
        InvalidScalar: "a scalar is not canonical, or is zero";
        InvalidPoint: "a point is not canonical, not in the prime-order group, or the identity";
        WrongCurve {
            /// The curve that is needed.
            expected: CurveId,
            /// The curve of the value given.
            found: CurveId,
        }: "a value belongs to another curve", "{found}, where {expected} is needed";
        InvalidIndex(index: u16):
            "the index of a party, or the number of a key, is out of range or out of order", "{index}";
        DuplicateIndex(index: u16): "a party appears twice, or its name or place does", "party {index}";
        /// This does not say which of them is to blame.
        DuplicateKey(first: u16, second: u16):
            "two parties have one identity or one member key", "{first} and {second}";
        InvalidIdentifier: "a share identifier is empty, has more than 64 bytes, or begins with a zero byte";
        ZeroIdentifier(identifier: Identifier):
            "a share identifier is zero modulo the order of its curve", "{identifier}";
        /// It carries the second one.
        DuplicateIdentifier(identifier: Identifier):
            "two share identifiers are equal modulo the order of their curve", "{identifier}";
        InvalidThreshold(threshold: u16): "a threshold is out of range", "{threshold}";
        DuplicateEntry {
            /// The compartment.
            compartment: u16,
            /// The second of the two entries.
            entry: u16,
        }: "a compartment has a share twice, or a ceremony an old key", "entry {entry} of compartment {compartment}";
        CircularStatement: "the recovery key or the Blinder is among what it is to recover, or they are equal";
        Mismatch(field: Field): "the object is about something else than expected", "{field}";
        /// The caller gave the wrong secret to encrypt.
        SecretMismatch {
            /// The compartment.
            compartment: u16,
            /// The entry.
            entry: u16,
        }: "a secret does not belong to its public share", "entry {entry} of compartment {compartment}";
        /// Its maker is to blame.
        ProofRejected: "the proof of encryption does not verify";
        /// After verification this means that the key is wrong.
        NotOpenable: "nothing opens with this key";
        NotEnoughShares {
            /// The number of usable shares.
            have: u16,
            /// The threshold.
            need: u16,
        }: "too few shares", "{have}, where {need} are needed";
        InconsistentShares {
            /// The shares that do not fit, in the order given.
            identifiers: Vec<Identifier>,
        }: "public shares do not fit the others", "{identifiers:?}";
        CombinedKeyMismatch: "the shares combine to another key than theirs";
        UnusedIdentifier(identifier: Identifier): "no member's share lies there", "{identifier}";
        /// It dealt itself out.
        Shareless(party: u16): "the share of a party is zero, so that it has none", "party {party}";
        UnknownMember(member: u16): "the member does not belong to the recovery party", "{member}";
        BadDecryptionShares {
            /// The members at fault, ascending.
            members: Vec<u16>,
        }: "decryption shares are wrong", "members {members:?}";
        WrongUnlockKey: "the unlock key belongs to another statement";
        WrongBlinder: "the Blinder is not the one the backup was made for";
        WrongMemberKey: "the member key is not the one the dealing was made for";
        BadSchnorrProof: "a Schnorr proof does not verify";
        BadSignature: "a signature does not verify";
        WrongIdentity: "the identity is not the one that is to sign";
        WalletSignature(fault: WalletFault): "the wallet's signature cannot be used", "{fault}";
        OtherSharing(key: u16):
            "the share belongs to another sharing of its key, from before or after a refresh", "key {key}";
        CeremonyMismatch: "the object belongs to another ceremony";
        UnknownDealer(dealer: u16): "the dealer does not take part in the ceremony", "{dealer}";
        UnknownRecipient(recipient: u16): "the recipient does not take part in the ceremony", "{recipient}";
        /// Everyone drops it.
        BadDealing {
            /// The dealer at fault.
            dealer: u16,
            /// What is wrong with it.
            fault: DealingFault,
        }: "a dealing is bad", "dealer {dealer}, {fault}";
        /// This accuses no member: the maker of the roster let it in.
        InvalidRegistration {
            /// The member that it is listed for.
            member: u16,
            /// What is wrong with it.
            fault: RegistrationFault,
        }: "a registration in the roster does not verify", "member {member}, {fault}";
        /// The first serial is 1 and names no registration before it; nothing follows the greatest.
        InvalidSerial(serial: u64):
            "the serial of a registration does not go with what it says of the one before it", "{serial}";
        /// Its serial is not above the known one's.
        RetiredRegistration(serial: u64): "the registration is not newer than the known one", "serial {serial}";
        /// There are others between them, or it names another registration before it.
        BrokenSuccession(serial: u64): "the registration does not follow the known one", "serial {serial}";
        /// One of the two is out of date: compare their digests.
        RosterMismatch: "the request was made for another roster";
        /// Compare its short code with that of the party which gave the digest.
        BundleMismatch: "the bundle is not the one whose digest is expected";
        /// It carries the place of the statement in the request.
        Unauthorised(place: u16): "a statement of the request is not authorised with its Blinder", "statement {place}";
        UnknownStatement: "the statement is not asked for, or not known here";
        DuplicateStatement: "a statement is asked for, or answered, twice";
        /// It may count milliseconds.
        InvalidTime(time: u64): "a time is zero, or after the year 9999", "{time}";
        Expired: "the request has expired";
        ExpiryTooFar: "the request expires more than a week from now";
        WrongRequest: "the object belongs to another request";
        BadResponse {
            /// The member, which signed the response.
            member: u16,
        }: "what the member sealed cannot be read", "member {member}";
        NotEnoughDealings {
            /// The number of valid dealings.
            have: u16,
            /// The number needed.
            need: u16,
            /// The dealers that made bad ones, ascending.
            bad: Vec<u16>,
        }: "too few valid dealings, or dealers", "{have}, where {need} are needed; bad ones from {bad:?}";
        AlreadyConfirmed: "another set of dealings was confirmed before";
        NotClosed {
            /// The greatest number of equal confirmations.
            have: u16,
            /// The number needed.
            need: u16,
        }: "too few equal confirmations to close the ceremony", "{have}, where {need} are needed";
        /// Ask for it by its digest.
        MissingDealing(dealer: u16): "a dealing of the agreed set is missing", "that of dealer {dealer}";
        /// Nothing else was checked.
        LateDealing(dealer: u16): "the ceremony was closed without a dealing of this dealer", "{dealer}";
        BadConfirmation(recipient: u16):
            "a recipient confirmed what cannot be a set of dealings", "recipient {recipient}";
        DoubleConfirmation(recipient: u16): "a recipient confirmed two sets of dealings", "recipient {recipient}";
        BadCertificate: "the certificate does not fit the outcome of its dealings";
        NoEvidence: "the bytes prove nothing against anyone";
    }
}

impl core::error::Error for Error {}
