//! What exactly is wrong, where an error can have several causes.

use crate::id::Address;
use thiserror::Error;

/// In what an object differs from what the caller expects.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Field {
    /// The parameter set.
    #[error("other parameter set")]
    ParameterSet,
    /// The name of the network.
    #[error("other network")]
    Network,
    /// The name of the party.
    #[error("other party")]
    Party,
    /// The epoch.
    #[error("other epoch")]
    Epoch,
    /// The node.
    #[error("other node")]
    Node,
    /// The operator's identity.
    #[error("other operator")]
    Operator,
    /// The index of the member.
    #[error("other member")]
    Index,
    /// The identity of the member.
    #[error("other identity")]
    Identity,
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
    PublicKey(u16),
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
    /// The signature is not the dealer's. This proves nothing against it: anyone can send such bytes.
    #[error("wrong signature, so perhaps not from this dealer at all")]
    Signature,
    /// The dealer signed two different dealings, or a bad one before this.
    #[error("more than one signed dealing")]
    Equivocation,
    /// It comes from a dealer that was expelled before. Nothing was checked, and it is not held against the dealer.
    #[error("from a dealer that was expelled before")]
    Expelled,
    /// It re-shares another key than the dealer's share of the old one.
    #[error("it does not re-share the dealer's share")]
    OtherKey,
    /// The Schnorr proof of the dealt secret fails.
    #[error("no Schnorr proof of the dealt secret")]
    SchnorrProof,
    /// The shares are not verifiably encrypted to their recipients.
    #[error("shares not verifiably encrypted")]
    Encryption,
}

/// What is wrong with the bytes that a wallet returned.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum WalletFault {
    /// They are neither 64 nor 65, or 64 from which no key can be recovered.
    #[error("{0} bytes, where 65 are needed, or 64")]
    Length(usize),
    /// The last byte, v, is not 0, 1, 27 or 28, or it belongs to the other of the two possible keys.
    #[error("the last byte, v = {0}, is wrong")]
    RecoveryId(u8),
    /// Another identity signed, or the wallet signed another text, in which case the address is nobody's.
    #[error("signed by {0} and not by the identity that was to sign, or not over this text")]
    Signer(Address),
    /// They are no signature of the text by the identity.
    #[error("no signature of the text by the identity that was to sign")]
    Invalid,
}

/// What is wrong with a registration in a roster.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RegistrationFault {
    /// It is for another party or network.
    #[error("for another party")]
    Party,
    /// The identity did not sign it.
    #[error("not signed by its identity")]
    Signature,
    /// The proof of the member key fails.
    #[error("no proof of its member key")]
    SchnorrProof,
}
