//! Everything that can go wrong, and whose fault it is.

use crate::curve::CurveId;
use crate::sharing::Identifier;
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
/// use relight::{Blinder, Error};
///
/// assert_eq!(Blinder::decode(&[1, 2, 3]).unwrap_err(), Error::Truncated);
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
    /// The type of a lock is unknown, or not the one this object needs.
    #[error("lock type {0} is unknown here")]
    UnknownLock(u8),
    /// The origin of a key in a ceremony is unknown.
    #[error("key origin {0} is unknown")]
    UnknownOrigin(u8),
    /// The signature scheme is unknown.
    #[error("signature scheme {0} is unknown")]
    UnknownScheme(u8),
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
    /// Two parties have the same index, name or key. The second one's index.
    #[error("party {0} appears twice, or its name or key does")]
    DuplicateIndex(u16),
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
    #[error("the statement is not the expected one: {0}")]
    StatementMismatch(StatementField),
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
    WrongStatement,
    /// The Blinder is not the one the backup was made for.
    #[error("the Blinder is not the one the backup was made for")]
    WrongBlinder,
    /// The member key is not the one the dealing was made for.
    #[error("the member key is not the one the dealing was made for")]
    WrongMemberKey,
    /// A proof of possession or knowledge does not verify.
    #[error("a proof of possession does not verify")]
    BadProofOfPossession,
    /// An identity signature does not verify.
    #[error("a signature does not verify")]
    BadSignature,
    /// A dealing or share belongs to another ceremony.
    #[error("the object belongs to another ceremony")]
    CeremonyMismatch,
    /// The dealer does not take part in the ceremony.
    #[error("dealer {0} does not take part in the ceremony")]
    UnknownDealer(u16),
    /// A dealing is bad. Everyone drops it.
    #[error("dealer {dealer} made a bad dealing: {fault}")]
    BadDealing {
        /// The dealer at fault.
        dealer: u16,
        /// What is wrong with it.
        fault: DealingFault,
    },
    /// A member's registration does not belong in the roster: a proof in it fails, it is for another context, it is
    /// out of order, or it repeats a key.
    #[error("the registration of member {member} does not belong in the roster")]
    InvalidRoster {
        /// The member.
        member: u16,
    },
    /// A request asks for a statement that is not at hand, or asks for one twice.
    #[error("the request asks for a statement that is not at hand, or asks for it twice")]
    UnknownDigest,
    /// The request has expired.
    #[error("the request has expired")]
    Expired,
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
}

/// What a statement says differently from what the caller expects.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum StatementField {
    /// The parameter set.
    #[error("other parameter set")]
    ParameterSet,
    /// The application context: another network.
    #[error("other context (another network)")]
    Context,
    /// The epoch.
    #[error("other epoch")]
    Epoch,
    /// The node.
    #[error("other node")]
    Node,
    /// The number of compartments.
    #[error("other number of compartments")]
    Compartments,
    /// The kind of lock.
    #[error("other kind of lock")]
    Lock,
    /// The recovery key: another recovery party.
    #[error("other recovery key (another recovery party)")]
    RecoveryKey,
    /// The Blinder's public half.
    #[error("other Blinder")]
    Blinder,
    /// The member key.
    #[error("other member key")]
    MemberKey,
    /// The number of entries.
    #[error("other number of entries")]
    EntryCount,
    /// The curve of this entry.
    #[error("other curve in entry {0}")]
    Curve(u16),
    /// The root public key of this entry.
    #[error("other root public key in entry {0}")]
    RootPublicKey(u16),
    /// The share identifier of this entry.
    #[error("other share identifier in entry {0}")]
    Identifier(u16),
    /// The threshold of this entry.
    #[error("other threshold in entry {0}")]
    Threshold(u16),
    /// The public share of this entry.
    #[error("other public share in entry {0}")]
    PublicShare(u16),
}

/// What is wrong with a dealing.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum DealingFault {
    /// It has another length than its ceremony fixes, for example a longer polynomial.
    #[error("wrong length")]
    Length,
    /// A commitment is not a valid point, or a scalar is not canonical.
    #[error("invalid point or scalar")]
    Encoding,
    /// The signature is not the dealer's. This proves nothing against it: anybody can send such bytes.
    #[error("wrong signature, so perhaps not from this dealer at all")]
    Signature,
    /// The dealer signed two different dealings, or a bad one before this.
    #[error("more than one signed dealing")]
    Equivocation,
    /// It re-shares another key than the dealer's share of the old one.
    #[error("it does not re-share the dealer's share")]
    OtherKey,
    /// The proof of knowledge of the dealt secret fails.
    #[error("no proof of knowledge")]
    ProofOfKnowledge,
    /// The shares are not verifiably encrypted to their recipients.
    #[error("shares not verifiably encrypted")]
    Encryption,
}
