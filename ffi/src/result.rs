//! Results and their details: every error of the library has one number, for good.

use crate::memory::{Output, RelightIndices, RelightList};
use core::ffi::{CStr, c_char};
use relight::sharing::Identifier;
use relight::{DealingFault, Error, Field};

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
    /// The session was used by a call that panicked. Free it, and decode it from its last saved state.
    SessionPoisoned = 4,
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
    /// The type of a lock is unknown, or not the one needed. Details: number.
    UnknownLock = 16,
    /// The origin of a key in a ceremony is unknown, or origins are mixed. Details: number.
    UnknownOrigin = 17,
    /// The signature scheme is unknown. Details: number.
    UnknownScheme = 18,
    /// A scalar is not canonical, or is zero.
    InvalidScalar = 20,
    /// A point is not a canonical encoding of a member of the group, or is the identity.
    InvalidPoint = 21,
    /// A value belongs to another curve. Details: expected and found, both curves.
    WrongCurve = 22,
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
    /// Two parties have the same index, name or key. Details: number, the second one's index.
    DuplicateIndex = 36,
    /// The recovery key is the Blinder's point, or one of the two is among what they are to recover.
    CircularStatement = 37,
    /// The object is about something else than expected. Details: field, and entry if the field is one of an entry.
    Mismatch = 40,
    /// A secret does not belong to its public share. Details: compartment and entry.
    SecretMismatch = 41,
    /// The proof of encryption does not verify.
    ProofRejected = 42,
    /// Nothing opens with this key.
    NotOpenable = 43,
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
    /// A proof of possession or knowledge does not verify.
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
    /// A registration does not belong in the roster. Details: number, the member.
    InvalidRoster = 66,
    /// A request asks for a statement that is not at hand, or for one twice.
    UnknownDigest = 70,
    /// The request has expired.
    Expired = 71,
    /// The response answers another request.
    WrongRequest = 72,
    /// What the member sealed cannot be read. Details: number, the member.
    BadResponse = 73,
}

results! {
    Ok: c"success";
    NullPointer: c"a pointer is NULL or misaligned";
    Panicked: c"the library panicked: a bug";
    RandomnessFailed: c"the operating system has no randomness";
    SessionPoisoned: c"the session was used by a call that panicked";
    Unknown: c"an error that this version of the interface has no number for";
    Truncated: c"the bytes end before the object does";
    TrailingBytes: c"bytes follow the end of the object";
    InvalidLength: c"a length or count is outside its range";
    UnsupportedVersion: c"this version of the format is not supported";
    UnknownParameterSet: c"the parameter set is unknown";
    UnknownCurve: c"the curve is unknown";
    UnknownLock: c"the lock type is unknown here";
    UnknownOrigin: c"the key origin is unknown or mixed with another";
    UnknownScheme: c"the signature scheme is unknown";
    InvalidScalar: c"a scalar is not canonical, or is zero";
    InvalidPoint: c"a point is not canonical, not in the prime-order group, or the identity";
    WrongCurve: c"a value belongs to another curve";
    InvalidIdentifier: c"a share identifier is empty, longer than 64 bytes, or begins with a zero byte";
    InvalidThreshold: c"a threshold is out of range";
    DuplicateIdentifier: c"a share identifier equals another one modulo the order of its curve";
    DuplicateEntry: c"a share or an old key appears twice";
    ZeroIdentifier: c"a share identifier is zero modulo the order of its curve";
    InvalidIndex: c"the index of a party, or the number of a key, is out of range or out of order";
    DuplicateIndex: c"a party appears twice, or its name or key does";
    CircularStatement: c"the recovery key or the Blinder is among what it is to recover, or they are equal";
    Mismatch: c"the statement is not the expected one";
    SecretMismatch: c"a secret does not match its public share";
    ProofRejected: c"the proof of encryption does not verify";
    NotOpenable: c"nothing opens with this key";
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
    BadSchnorrProof: c"a proof of possession does not verify";
    BadSignature: c"a signature does not verify";
    CeremonyMismatch: c"the object belongs to another ceremony";
    UnknownDealer: c"the dealer does not take part in the ceremony";
    BadDealing: c"the dealing is bad";
    NotEnoughDealings: c"too few valid dealings, or too few dealers to make them";
    InvalidRoster: c"a registration does not belong in the roster";
    UnknownDigest: c"the request asks for a statement that is not at hand, or asks for it twice";
    Expired: c"the request has expired";
    WrongRequest: c"the response answers another request";
    BadResponse: c"what the member sealed cannot be read";
}

/// What an English message says about a result: a static string, also for numbers that are no result. Never fails.
#[unsafe(no_mangle)]
pub extern "C" fn relight_strerror(result: i32) -> *const c_char {
    message(result).as_ptr()
}

/// In what a statement differs from the expected one.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelightField {
    /// No field: the result is not a mismatch.
    None = 0,
    /// The parameter set.
    ParameterSet = 1,
    /// The application context: another network.
    Context = 2,
    /// The epoch.
    Epoch = 3,
    /// The node.
    Node = 4,
    /// The number of compartments.
    Compartments = 5,
    /// The kind of lock.
    Lock = 6,
    /// The recovery key: another recovery party.
    RecoveryKey = 7,
    /// The Blinder.
    Blinder = 8,
    /// The member key.
    MemberKey = 9,
    /// The number of entries.
    EntryCount = 10,
    /// The curve of an entry.
    Curve = 11,
    /// The root public key of an entry.
    PublicKey = 12,
    /// The share identifier of an entry.
    Identifier = 13,
    /// The threshold of an entry.
    Threshold = 14,
    /// The public share of an entry.
    PublicShare = 15,
    /// A field that this version of the interface has no number for.
    Unknown = 16,
}

/// What is wrong with a dealing.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelightFault {
    /// No fault: the result is not about a dealing.
    None = 0,
    /// The length.
    Length = 1,
    /// An invalid point or scalar.
    Encoding = 2,
    /// The signature. This proves nothing against the dealer: anybody can send such bytes.
    Signature = 3,
    /// The dealer signed two different dealings.
    Equivocation = 4,
    /// It re-shares another key than the dealer's share of the old one.
    OtherKey = 5,
    /// The proof of knowledge.
    SchnorrProof = 6,
    /// The encryption.
    Encryption = 7,
    /// A fault that this version of the interface has no number for.
    Unknown = 8,
}

/// What a result leaves out: which member, which entry. What a result says nothing about is zero.
///
/// A function writes it whenever it is not given NULL for it. It owns the lists: free it with `relight_details_free`.
#[repr(C)]
pub struct RelightDetails {
    /// The result of the function.
    pub result: RelightResult,
    /// In what a statement differs.
    pub field: RelightField,
    /// What is wrong with a dealing.
    pub fault: RelightFault,
    /// The number, index, member or dealer that is wrong.
    pub number: u32,
    /// The compartment, from zero.
    pub compartment: u32,
    /// The entry, from zero.
    pub entry: u32,
    /// What is needed.
    pub expected: u32,
    /// What is there instead.
    pub found: u32,
    /// The members or dealers at fault.
    pub parties: RelightIndices,
    /// The share identifiers at fault.
    pub identifiers: RelightList,
}

/// Frees what the details own and empties them. NULL and empty details are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_details_free(details: *mut RelightDetails) {
    crate::entry::free(details);
}

impl Output for RelightDetails {
    const EMPTY: Self = Self {
        result: RelightResult::Ok,
        field: RelightField::None,
        fault: RelightFault::None,
        number: 0,
        compartment: 0,
        entry: 0,
        expected: 0,
        found: 0,
        parties: RelightIndices::EMPTY,
        identifiers: RelightList::EMPTY,
    };

    fn release(self) {
        self.parties.release();
        self.identifiers.release();
    }
}

/// Why a function fails.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The protocol's reason.
    Protocol(Error),
    /// A reason that only exists at this interface.
    Interface(RelightResult),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Protocol(error)
    }
}

impl From<RelightResult> for RelightDetails {
    fn from(result: RelightResult) -> Self {
        Self { result, ..Self::EMPTY }
    }
}

impl RelightDetails {
    pub(crate) fn of(failure: &Failure) -> Self {
        match failure {
            Failure::Protocol(error) => describe(error),
            Failure::Interface(result) => Self::from(*result),
        }
    }

    fn number(self, number: impl Into<u32>) -> Self {
        Self { number: number.into(), ..self }
    }

    fn place(self, compartment: u16, entry: u16) -> Self {
        Self { compartment: compartment.into(), entry: entry.into(), ..self }
    }

    fn counts(self, expected: u16, found: u16) -> Self {
        Self { expected: expected.into(), found: found.into(), ..self }
    }

    fn parties(self, parties: &[u16]) -> Self {
        Self { parties: parties.iter().copied().collect(), ..self }
    }

    fn identifiers(self, identifiers: &[Identifier]) -> Self {
        Self { identifiers: identifiers.iter().map(Identifier::as_bytes).collect(), ..self }
    }
}

/// The one table from errors to results. A test compares it with the variants of the error.
fn describe(error: &Error) -> RelightDetails {
    use RelightResult as R;
    let details = RelightDetails::from;
    match error {
        Error::Truncated => details(R::Truncated),
        Error::TrailingBytes => details(R::TrailingBytes),
        Error::InvalidLength => details(R::InvalidLength),
        Error::UnsupportedVersion(number) => details(R::UnsupportedVersion).number(*number),
        Error::UnknownParameterSet(number) => details(R::UnknownParameterSet).number(*number),
        Error::UnknownCurve(number) => details(R::UnknownCurve).number(*number),
        Error::UnknownLock(number) => details(R::UnknownLock).number(*number),
        Error::UnknownOrigin(number) => details(R::UnknownOrigin).number(*number),
        Error::UnknownScheme(number) => details(R::UnknownScheme).number(*number),
        Error::InvalidScalar => details(R::InvalidScalar),
        Error::InvalidPoint => details(R::InvalidPoint),
        Error::WrongCurve { expected, found } => details(R::WrongCurve).counts(expected.number(), found.number()),
        Error::InvalidIndex(number) => details(R::InvalidIndex).number(*number),
        Error::DuplicateIndex(number) => details(R::DuplicateIndex).number(*number),
        Error::InvalidIdentifier => details(R::InvalidIdentifier),
        Error::ZeroIdentifier(identifier) => details(R::ZeroIdentifier).identifiers(&[*identifier]),
        Error::DuplicateIdentifier(identifier) => details(R::DuplicateIdentifier).identifiers(&[*identifier]),
        Error::InvalidThreshold(number) => details(R::InvalidThreshold).number(*number),
        Error::DuplicateEntry { compartment, entry } => details(R::DuplicateEntry).place(*compartment, *entry),
        Error::CircularStatement => details(R::CircularStatement),
        Error::Mismatch(field) => mismatch(*field),
        Error::SecretMismatch { compartment, entry } => details(R::SecretMismatch).place(*compartment, *entry),
        Error::ProofRejected => details(R::ProofRejected),
        Error::NotOpenable => details(R::NotOpenable),
        Error::NotEnoughShares { have, need } => details(R::NotEnoughShares).counts(*need, *have),
        Error::InconsistentShares { identifiers } => details(R::InconsistentShares).identifiers(identifiers),
        Error::CombinedKeyMismatch => details(R::CombinedKeyMismatch),
        Error::UnusedIdentifier(identifier) => details(R::UnusedIdentifier).identifiers(&[*identifier]),
        Error::Shareless(number) => details(R::Shareless).number(*number),
        Error::UnknownMember(number) => details(R::UnknownMember).number(*number),
        Error::BadDecryptionShares { members } => details(R::BadDecryptionShares).parties(members),
        Error::WrongUnlockKey => details(R::WrongUnlockKey),
        Error::WrongBlinder => details(R::WrongBlinder),
        Error::WrongMemberKey => details(R::WrongMemberKey),
        Error::BadSchnorrProof => details(R::BadSchnorrProof),
        Error::BadSignature => details(R::BadSignature),
        Error::CeremonyMismatch => details(R::CeremonyMismatch),
        Error::UnknownDealer(number) => details(R::UnknownDealer).number(*number),
        Error::BadDealing { dealer, fault } => {
            RelightDetails { fault: fault_number(*fault), ..details(R::BadDealing).number(*dealer) }
        }
        Error::NotEnoughDealings { have, need, bad } => details(R::NotEnoughDealings).counts(*need, *have).parties(bad),
        Error::InvalidRoster { member } => details(R::InvalidRoster).number(*member),
        Error::UnknownDigest => details(R::UnknownDigest),
        Error::Expired => details(R::Expired),
        Error::WrongRequest => details(R::WrongRequest),
        Error::BadResponse { member } => details(R::BadResponse).number(*member),
        _ => details(R::Unknown),
    }
}

fn mismatch(field: Field) -> RelightDetails {
    let (field, entry) = field_number(field);
    RelightDetails { field, ..RelightDetails::from(RelightResult::Mismatch).place(0, entry) }
}

/// The number of a field, and the entry that it is one of.
pub(crate) fn field_number(field: Field) -> (RelightField, u16) {
    use RelightField as F;
    match field {
        Field::ParameterSet => (F::ParameterSet, 0),
        Field::Network => (F::Context, 0),
        Field::Epoch => (F::Epoch, 0),
        Field::Node => (F::Node, 0),
        Field::Compartments => (F::Compartments, 0),
        Field::Lock => (F::Lock, 0),
        Field::RecoveryKey => (F::RecoveryKey, 0),
        Field::Blinder => (F::Blinder, 0),
        Field::MemberKey => (F::MemberKey, 0),
        Field::EntryCount => (F::EntryCount, 0),
        Field::Curve(entry) => (F::Curve, entry),
        Field::PublicKey(entry) => (F::PublicKey, entry),
        Field::Identifier(entry) => (F::Identifier, entry),
        Field::Threshold(entry) => (F::Threshold, entry),
        Field::PublicShare(entry) => (F::PublicShare, entry),
        _ => (F::Unknown, 0),
    }
}

fn fault_number(fault: DealingFault) -> RelightFault {
    match fault {
        DealingFault::Length => RelightFault::Length,
        DealingFault::Encoding => RelightFault::Encoding,
        DealingFault::Signature => RelightFault::Signature,
        DealingFault::Equivocation => RelightFault::Equivocation,
        DealingFault::OtherKey => RelightFault::OtherKey,
        DealingFault::SchnorrProof => RelightFault::SchnorrProof,
        DealingFault::Encryption => RelightFault::Encryption,
        _ => RelightFault::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use relight::sharing::PartyIndex;
    use std::collections::BTreeSet;

    #[test]
    fn every_result_has_a_text_of_its_own() {
        let texts: BTreeSet<&CStr> = ALL.iter().map(|(_, result)| message(*result as i32)).collect();
        assert_eq!(texts.len(), ALL.len());
        assert!(!texts.contains(message(-1)));
    }

    #[test]
    fn details_name_the_culprits() {
        let error = Error::NotEnoughDealings { have: 2, need: 3, bad: vec![7, 9] };
        let details = RelightDetails::of(&Failure::Protocol(error));
        assert_eq!((details.result, details.expected, details.found), (RelightResult::NotEnoughDealings, 3, 2));
        assert_eq!(details.parties.get(), [7, 9]);
        details.release();
        let details = RelightDetails::of(&Error::Mismatch(Field::Threshold(4)).into());
        assert_eq!((details.field, details.entry), (RelightField::Threshold, 4));
        let fault = DealingFault::OtherKey;
        let details = RelightDetails::of(&Error::BadDealing { dealer: 5, fault }.into());
        assert_eq!((details.fault, details.number), (RelightFault::OtherKey, 5));
        let identifiers = PartyIndex::all(2).map(Identifier::from).collect();
        let details = RelightDetails::of(&Error::InconsistentShares { identifiers }.into());
        assert_eq!(details.identifiers.get(), [[1], [2]]);
        details.release();
    }
}
