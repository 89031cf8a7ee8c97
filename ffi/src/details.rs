//! What a result leaves out: who is at fault, which entry, which field.

use crate::memory::{Output, RelightIndices, RelightList, free_text, leak_text};
use crate::result::{RelightResult, meaning};
use crate::signing::RelightAddress;
use core::ffi::c_char;
use core::fmt::{self, Display, Formatter};
use core::ptr;
use relight::Error;
use relight::sharing::Identifier;

/// In what an object differs from the expected one.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelightField {
    /// No field: the result is not a mismatch.
    None = 0,
    /// The parameter set.
    ParameterSet = 1,
    /// The name of the network.
    Network = 2,
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
    /// The public key of an entry.
    PublicKey = 12,
    /// The share identifier of an entry.
    Identifier = 13,
    /// The threshold of an entry.
    Threshold = 14,
    /// The public share of an entry.
    PublicShare = 15,
    /// The operator's identity.
    Operator = 16,
    /// The index of the member.
    Index = 17,
    /// The identity of the member.
    Identity = 18,
    /// The name of the party.
    Party = 19,
    /// A field that this version of the interface has no number for.
    Unknown = 20,
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
    /// The Schnorr proof.
    SchnorrProof = 6,
    /// The encryption.
    Encryption = 7,
    /// It comes from a dealer that was expelled before. Nothing was checked, and it is not held against the dealer.
    Expelled = 8,
    /// A fault that this version of the interface has no number for.
    Unknown = 9,
}

/// What is wrong with the bytes that a wallet returned.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelightWalletFault {
    /// No fault: the result is not about a wallet.
    None = 0,
    /// They are neither 64 nor 65, or 64 from which no key can be recovered. Details: number.
    Length = 1,
    /// The last byte, v, is not 0, 1, 27 or 28, or it belongs to the other of the two possible keys. Details: number,
    /// v.
    RecoveryId = 2,
    /// Another identity signed, or the wallet signed another text, in which case the address is nobody's. Details:
    /// address.
    Signer = 3,
    /// They are no signature of the text by the identity.
    Invalid = 4,
    /// A fault that this version of the interface has no number for.
    Unknown = 5,
}

/// What is wrong with a registration in a roster.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelightRegistrationFault {
    /// No fault: the result is not about a registration in a roster.
    None = 0,
    /// It is for another party or network.
    Party = 1,
    /// The identity did not sign it.
    Signature = 2,
    /// The Schnorr proof of the member key fails.
    SchnorrProof = 3,
    /// A fault that this version of the interface has no number for.
    Unknown = 4,
}

/// What a result leaves out: which member, which entry. What a result says nothing about is zero.
///
/// A function writes it whenever it is not given NULL for it. It owns the message and the lists: free it with
/// `relight_details_free`.
#[repr(C)]
pub struct RelightDetails {
    /// The result of the function.
    pub result: RelightResult,
    /// A message in English, with all of this: what `relight_strerror` says, behind it what was found, and before it
    /// which argument or field it is about, if the input does not decode. NULL after success.
    pub message: *mut c_char,
    /// In what an object differs.
    pub field: RelightField,
    /// What is wrong with a dealing.
    pub fault: RelightFault,
    /// What is wrong with the bytes that a wallet returned.
    pub wallet_fault: RelightWalletFault,
    /// What is wrong with a registration in a roster.
    pub registration_fault: RelightRegistrationFault,
    /// The number, index, member, dealer or serial that is wrong.
    pub number: u64,
    /// The compartment, from zero.
    pub compartment: u32,
    /// The entry, from zero.
    pub entry: u32,
    /// What is needed.
    pub expected: u32,
    /// What is there instead.
    pub found: u32,
    /// The address of the identity that a wallet signed with.
    pub address: RelightAddress,
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
        message: ptr::null_mut(),
        field: RelightField::None,
        fault: RelightFault::None,
        wallet_fault: RelightWalletFault::None,
        registration_fault: RelightRegistrationFault::None,
        number: 0,
        compartment: 0,
        entry: 0,
        expected: 0,
        found: 0,
        address: RelightAddress::EMPTY,
        parties: RelightIndices::EMPTY,
        identifiers: RelightList::EMPTY,
    };

    fn release(self) {
        free_text(self.message);
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
    /// What is wrong with the argument, the element or the field of this name.
    Argument(String, Box<Failure>),
}

impl Display for Failure {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Protocol(error) => error.fmt(f),
            Self::Interface(result) => f.write_str(meaning(*result as i32)),
            Self::Argument(name, failure) => write!(f, "{name}: {failure}"),
        }
    }
}

/// Says which argument is wrong.
pub(crate) trait Argument<T> {
    fn argument(self, name: impl Display) -> Result<T, Failure>;
}

impl<T, E: Into<Failure>> Argument<T> for Result<T, E> {
    fn argument(self, name: impl Display) -> Result<T, Failure> {
        self.map_err(|failure| failure.into().about(name))
    }
}

impl Failure {
    /// What is wrong with the argument of this name.
    pub(crate) fn about(self, name: impl Display) -> Self {
        Self::Argument(name.to_string(), Box::new(self))
    }
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
        Self { message: leak_text(&failure.to_string()), ..Self::without_message(failure) }
    }

    fn without_message(failure: &Failure) -> Self {
        match failure {
            Failure::Protocol(error) => crate::describe::describe(error),
            Failure::Interface(result) => Self::from(*result),
            Failure::Argument(_, failure) => Self::without_message(failure),
        }
    }

    pub(crate) fn number(self, number: impl Into<u64>) -> Self {
        Self { number: number.into(), ..self }
    }

    pub(crate) fn place(self, compartment: u16, entry: u16) -> Self {
        Self { compartment: compartment.into(), entry: entry.into(), ..self }
    }

    pub(crate) fn counts(self, expected: impl Into<u32>, found: impl Into<u32>) -> Self {
        Self { expected: expected.into(), found: found.into(), ..self }
    }

    pub(crate) fn parties(self, parties: &[u16]) -> Self {
        Self { parties: parties.iter().copied().collect(), ..self }
    }

    pub(crate) fn identifiers(self, identifiers: &[Identifier]) -> Self {
        Self { identifiers: identifiers.iter().map(Identifier::as_bytes).collect(), ..self }
    }
}
