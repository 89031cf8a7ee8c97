//! Everything that can go wrong, and whose fault it is.

mod culprits;
mod fault;

pub use fault::{DealingFault, Field, RegistrationFault, WalletFault};

use crate::id::{CurveId, Identifier, SecretKind};
use alloc::vec::Vec;
use thiserror::Error;

/// Shorthand for results of this crate.
//= spec/2-conventions.md#2-2-errors
//# An algorithm that fails MUST NOT return any part of its output.
pub type Result<T> = core::result::Result<T, Error>;

/// What went wrong, and who or what is to blame.
///
/// No variant carries secret data.
///
/// ```
/// use relight::{Blinder, Error, MemberKey, SecretKind};
///
/// let file = MemberKey::generate(&mut rand::rng()).encode();
/// let (expected, found) = (SecretKind::Blinder, SecretKind::MemberKey);
/// assert_eq!(Blinder::decode(&file).unwrap_err(), Error::WrongKind { expected, found });
/// ```
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq, Error)]
//= spec/2-conventions.md#2-2-errors
//# An implementation MUST fail with the error that the algorithm names for the first step that fails.
//= spec/2-conventions.md#2-2-errors
//# An error MUST NOT carry secret data.
pub enum Error {
    /// The bytes end before the object does.
    #[error("the bytes end before the object does")]
    Truncated,
    /// Bytes follow the end of the object.
    #[error("bytes follow the end of the object")]
    TrailingBytes,
    /// A length or count is outside the range the format allows.
    #[error("a length or count is outside the range the format allows")]
    InvalidLength,
    /// The version byte names a version this crate does not speak.
    #[error("version {0} of the format is not supported")]
    UnsupportedVersion(u8),
    /// The parameter set is unknown, or not enabled in this build.
    #[error("parameter set {0} is unknown")]
    UnknownParameterSet(u8),
    /// The curve is unknown, or not enabled in this build.
    #[error("curve {0} is unknown")]
    UnknownCurve(u16),
    /// The type of a lock is unknown.
    #[error("lock type {0} is unknown")]
    UnknownLock(u8),
    /// The lock is not of the type that the object needs.
    #[error("a lock of type {0} is not the one that this object needs")]
    WrongLock(u8),
    /// The origin of a key in a ceremony is unknown.
    #[error("key origin {0} is unknown")]
    UnknownOrigin(u8),
    /// The signature scheme is unknown.
    #[error("signature scheme {0} is unknown")]
    UnknownScheme(u8),
    /// The kind of a secret, or of evidence, is unknown.
    #[error("kind {0} is unknown")]
    UnknownKind(u8),
    /// The bytes are a secret of another kind.
    #[error("the file is a {found}, where a {expected} is needed")]
    WrongKind {
        /// The kind that is needed.
        expected: SecretKind,
        /// The kind of the secret given.
        found: SecretKind,
    },
    /// The checksum of a secret does not fit: it was damaged, or mistyped.
    #[error("the checksum does not fit: the secret was damaged or mistyped")]
    BadChecksum,
    /// A scalar is not canonical, or is zero where zero is meaningless.
    #[error("a scalar is not canonical, or is zero")]
    InvalidScalar,
    /// A point is not canonical, not on the curve, not in the prime-order subgroup, or the identity.
    #[error("a point is not a canonical encoding of a member of the prime-order group, or is the identity")]
    InvalidPoint,
    /// A point or scalar of one curve was given where another curve is needed.
    #[error("the value belongs to {found}, where {expected} is needed")]
    WrongCurve {
        /// The curve that is needed.
        expected: CurveId,
        /// The curve of the value given.
        found: CurveId,
    },
    /// The index of a party is zero, greater than the number of parties, or less than the one before it.
    #[error("party index {0} is out of range or out of order")]
    InvalidIndex(u16),
    /// Two parties have the same index or name. The second one's index.
    #[error("party {0} appears twice, or its name does")]
    DuplicateIndex(u16),
    /// Two parties have the same identity or member key. That does not say which of them is to blame.
    #[error("parties {0} and {1} have the same key")]
    DuplicateKey(u16, u16),
    /// The bytes are no share identifier: they are empty, more than 64, or begin with a zero.
    #[error("a share identifier is empty, has more than 64 bytes, or begins with a zero byte")]
    InvalidIdentifier,
    /// A share identifier is zero modulo the order of a curve on which it is used.
    #[error("share identifier {0} is zero modulo the order of its curve")]
    ZeroIdentifier(Identifier),
    /// Two share identifiers of one sharing are equal modulo the order of its curve. The second one.
    #[error("share identifier {0} equals another one modulo the order of its curve")]
    DuplicateIdentifier(Identifier),
    /// A threshold is zero or greater than the number of parties.
    #[error("threshold {0} is out of range")]
    InvalidThreshold(u16),
    /// A compartment holds the same share of a root key twice, or a ceremony the same old key.
    #[error("entry {entry} of compartment {compartment} repeats a share")]
    DuplicateEntry {
        /// The compartment.
        compartment: u16,
        /// The second of the two entries.
        entry: u16,
    },
    /// The recovery key is the Blinder's point, or one of the two is among the keys and shares that it is to recover.
    #[error("the recovery key or the Blinder is among what it is to recover, or they are equal")]
    CircularStatement,
    /// The object is about something else than the caller expects.
    #[error("the object is about something else than expected: {0}")]
    Mismatch(Field),
    /// A secret does not belong to its public share. Whoever encrypts gave the wrong secret.
    #[error("the secret of entry {entry} in compartment {compartment} does not match its public share")]
    SecretMismatch {
        /// The compartment.
        compartment: u16,
        /// The entry.
        entry: u16,
    },
    /// A proof of verifiable encryption does not verify. Its maker is to blame.
    #[error("the proof of encryption does not verify")]
    ProofRejected,
    /// No kept instance opens with this key. After verification this means that the key is wrong.
    #[error("nothing opens with this key")]
    NotOpenable,
    /// Too few shares to reach the threshold.
    #[error("{have} shares are not enough, {need} are needed")]
    NotEnoughShares {
        /// The number of usable shares.
        have: u16,
        /// The threshold.
        need: u16,
    },
    /// Public shares lie on no polynomial of their threshold.
    #[error("the public shares of {identifiers:?} do not fit the others")]
    InconsistentShares {
        /// The shares that do not fit, in the order given.
        identifiers: Vec<Identifier>,
    },
    /// The shares combine to another key than the one that they name.
    #[error("the shares combine to another key than theirs")]
    CombinedKeyMismatch,
    /// No member of the recovery party has its share there.
    #[error("no member's share lies at {0}")]
    UnusedIdentifier(Identifier),
    /// The party's share is zero, so that it has none: it dealt itself out.
    #[error("party {0} has no share: it is zero")]
    Shareless(u16),
    /// The member does not belong to the recovery party.
    #[error("member {0} does not belong to the recovery party")]
    UnknownMember(u16),
    /// The decryption shares of these members are wrong.
    #[error("bad decryption shares from members {members:?}")]
    BadDecryptionShares {
        /// The members at fault, ascending.
        members: Vec<u16>,
    },
    /// The unlock key belongs to another statement.
    #[error("the unlock key belongs to another statement")]
    WrongUnlockKey,
    /// The Blinder is not the one the backup was made for.
    #[error("the Blinder is not the one the backup was made for")]
    WrongBlinder,
    /// The member key is not the one the dealing was made for.
    #[error("the member key is not the one the dealing was made for")]
    WrongMemberKey,
    /// A Schnorr proof does not verify.
    #[error("a Schnorr proof does not verify")]
    BadSchnorrProof,
    /// An identity signature does not verify.
    #[error("a signature does not verify")]
    BadSignature,
    /// The identity is not the one that is to sign.
    #[error("the identity is not the one that is to sign")]
    WrongIdentity,
    /// What a wallet returned is not the signature that was asked for.
    #[error("the wallet's signature cannot be used: {0}")]
    WalletSignature(WalletFault),
    /// The share is of the right key, and not of this sharing of it: from before a refresh, or after. The key's number.
    #[error("the share of key {0} belongs to another commitment of it, from before or after a refresh")]
    OtherSharing(u16),
    /// A dealing or share belongs to another ceremony.
    #[error("the object belongs to another ceremony")]
    CeremonyMismatch,
    /// The dealer does not take part in the ceremony.
    #[error("dealer {0} does not take part in the ceremony")]
    UnknownDealer(u16),
    /// The recipient does not take part in the ceremony.
    #[error("recipient {0} does not take part in the ceremony")]
    UnknownRecipient(u16),
    /// A dealing is bad. Everyone drops it.
    #[error("dealer {dealer} made a bad dealing: {fault}")]
    BadDealing {
        /// The dealer at fault.
        dealer: u16,
        /// What is wrong with it.
        fault: DealingFault,
    },
    /// A registration in a roster does not verify. That accuses no member, but the one who put it into the roster.
    #[error("the registration that the roster has for member {member} does not verify: {fault}")]
    InvalidRegistration {
        /// The member that it is listed for.
        member: u16,
        /// What is wrong with it.
        fault: RegistrationFault,
    },
    /// The serial of a registration is zero, or it is the first and names one before it, or the other way round.
    #[error("the registration's serial {0} does not go with what it says of the one before it")]
    InvalidSerial(u64),
    /// The registration was replaced: its serial is not above the known one's.
    #[error("the registration with serial {0} is not newer than the known one")]
    RetiredRegistration(u64),
    /// The registration does not follow the known one: there are others between them, or it names another one.
    #[error("the registration with serial {0} does not follow the known one")]
    BrokenSuccession(u64),
    /// The roster that the request was made for is another one than the member's. One of the two is out of date.
    #[error("the request was made for another roster: compare its digest with the other side")]
    RosterMismatch,
    /// The request has no valid proof of the Blinder of this statement, by its place in the request.
    #[error("statement {0} of the request is not authorised with its Blinder")]
    Unauthorised(u16),
    /// A statement is not among those that the request asks for, or that are known here.
    #[error("the statement is not asked for, or not known here")]
    UnknownStatement,
    /// A request asks for a statement twice.
    #[error("the request asks for a statement twice")]
    DuplicateStatement,
    /// A time is zero, or after the year 9999. It may count milliseconds.
    #[error("{0} is no time in seconds since 1970")]
    InvalidTime(u64),
    /// The request has expired.
    #[error("the request has expired")]
    Expired,
    /// The request expires more than a week from now.
    #[error("the request expires more than a week from now")]
    ExpiryTooFar,
    /// The response answers another request.
    #[error("the response answers another request")]
    WrongRequest,
    /// What the member sealed cannot be read.
    #[error("the response of member {member} cannot be read")]
    BadResponse {
        /// The member, which signed the response.
        member: u16,
    },
    /// Too few valid dealings to finish the ceremony, or too few dealers to make them.
    #[error("{have} valid dealings are not enough, {need} are needed; bad ones came from {bad:?}")]
    NotEnoughDealings {
        /// The number of valid dealings.
        have: u16,
        /// The number needed.
        need: u16,
        /// The dealers that made bad ones, ascending.
        bad: Vec<u16>,
    },
    /// This recipient confirmed another set of dealings before.
    #[error("another set of dealings was confirmed before")]
    AlreadyConfirmed,
    /// Too few equal confirmations to close the ceremony.
    #[error("{have} equal confirmations do not close the ceremony, {need} are needed")]
    NotClosed {
        /// The greatest number of equal confirmations.
        have: u16,
        /// The number needed.
        need: u16,
    },
    /// A dealing of the set is missing: ask for it by its digest. Its dealer.
    #[error("the agreed dealing of dealer {0} is missing")]
    MissingDealing(u16),
    /// The dealing came after the ceremony was closed without its dealer. Nothing else was checked.
    #[error("the ceremony was closed without a dealing of dealer {0}")]
    LateDealing(u16),
    /// A recipient signed a confirmation of dealings that cannot be a set.
    #[error("recipient {0} confirmed what cannot be a set of dealings")]
    BadConfirmation(u16),
    /// A recipient signed two different confirmations.
    #[error("recipient {0} signed two different confirmations")]
    DoubleConfirmation(u16),
    /// The certificate is about something that is not the outcome of its dealings.
    #[error("the certificate does not fit the outcome")]
    BadCertificate,
    /// The bytes prove nothing against anyone.
    #[error("this proves nothing against anyone")]
    NoEvidence,
}
