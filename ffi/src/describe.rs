//! The results of the errors.

use crate::details::{RelightDetails, RelightFault, RelightField, RelightRegistrationFault, RelightWalletFault};
use crate::keys::kind_number;
use crate::result::RelightResult;
use relight::{DealingFault, Error, Field, RegistrationFault, WalletFault};

/// The one table from errors to results, without the message. A test compares it with the errors.
pub(crate) fn describe(error: &Error) -> RelightDetails {
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
        Error::WrongLock(number) => details(R::WrongLock).number(*number),
        Error::UnknownOrigin(number) => details(R::UnknownOrigin).number(*number),
        Error::UnknownScheme(number) => details(R::UnknownScheme).number(*number),
        Error::UnknownKind(number) => details(R::UnknownKind).number(*number),
        Error::WrongKind { expected, found } => {
            details(R::WrongKind).counts(kind_number(*expected), kind_number(*found))
        }
        Error::BadChecksum => details(R::BadChecksum),
        Error::InvalidScalar => details(R::InvalidScalar),
        Error::InvalidPoint => details(R::InvalidPoint),
        Error::WrongCurve { expected, found } => details(R::WrongCurve).counts(expected.number(), found.number()),
        Error::InvalidIndex(number) => details(R::InvalidIndex).number(*number),
        Error::DuplicateIndex(number) => details(R::DuplicateIndex).number(*number),
        Error::DuplicateKey(first, second) => details(R::DuplicateKey).parties(&[*first, *second]),
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
        Error::WrongIdentity => details(R::WrongIdentity),
        Error::WalletSignature(fault) => wallet_signature(*fault),
        Error::OtherSharing(number) => details(R::OtherSharing).number(*number),
        Error::CeremonyMismatch => details(R::CeremonyMismatch),
        Error::UnknownDealer(number) => details(R::UnknownDealer).number(*number),
        Error::UnknownRecipient(number) => details(R::UnknownRecipient).number(*number),
        Error::BadDealing { dealer, fault } => {
            RelightDetails { fault: fault_number(*fault), ..details(R::BadDealing).number(*dealer) }
        }
        Error::NotEnoughDealings { have, need, bad } => details(R::NotEnoughDealings).counts(*need, *have).parties(bad),
        Error::AlreadyConfirmed => details(R::AlreadyConfirmed),
        Error::NotClosed { have, need } => details(R::NotClosed).counts(*need, *have),
        Error::MissingDealing(number) => details(R::MissingDealing).number(*number),
        Error::LateDealing(number) => details(R::LateDealing).number(*number),
        Error::BadConfirmation(number) => details(R::BadConfirmation).number(*number),
        Error::DoubleConfirmation(number) => details(R::DoubleConfirmation).number(*number),
        Error::BadCertificate => details(R::BadCertificate),
        Error::NoEvidence => details(R::NoEvidence),
        Error::InvalidRegistration { member, fault } => RelightDetails {
            registration_fault: registration_fault_number(*fault),
            ..details(R::InvalidRegistration).number(*member)
        },
        Error::InvalidSerial(serial) => details(R::InvalidSerial).number(*serial),
        Error::RetiredRegistration(serial) => details(R::RetiredRegistration).number(*serial),
        Error::BrokenSuccession(serial) => details(R::BrokenSuccession).number(*serial),
        Error::RosterMismatch => details(R::RosterMismatch),
        Error::Unauthorised(number) => details(R::Unauthorised).number(*number),
        Error::UnknownStatement => details(R::UnknownStatement),
        Error::DuplicateStatement => details(R::DuplicateStatement),
        Error::InvalidTime(time) => details(R::InvalidTime).number(*time),
        Error::BundleMismatch => details(R::BundleMismatch),
        Error::Expired => details(R::Expired),
        Error::ExpiryTooFar => details(R::ExpiryTooFar),
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
        Field::Network => (F::Network, 0),
        Field::Party => (F::Party, 0),
        Field::Epoch => (F::Epoch, 0),
        Field::Node => (F::Node, 0),
        Field::Operator => (F::Operator, 0),
        Field::Index => (F::Index, 0),
        Field::Identity => (F::Identity, 0),
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

pub(crate) fn fault_number(fault: DealingFault) -> RelightFault {
    match fault {
        DealingFault::Length => RelightFault::Length,
        DealingFault::Encoding => RelightFault::Encoding,
        DealingFault::Signature => RelightFault::Signature,
        DealingFault::Equivocation => RelightFault::Equivocation,
        DealingFault::Expelled => RelightFault::Expelled,
        DealingFault::OtherKey => RelightFault::OtherKey,
        DealingFault::SchnorrProof => RelightFault::SchnorrProof,
        DealingFault::Encryption => RelightFault::Encryption,
        _ => RelightFault::Unknown,
    }
}

fn wallet_signature(fault: WalletFault) -> RelightDetails {
    let details = |wallet_fault| RelightDetails { wallet_fault, ..RelightResult::WalletSignature.into() };
    match fault {
        WalletFault::Length(length) => details(RelightWalletFault::Length).number(length as u64),
        WalletFault::RecoveryId(v) => details(RelightWalletFault::RecoveryId).number(v),
        WalletFault::Signer(address) => {
            RelightDetails { address: address.into(), ..details(RelightWalletFault::Signer) }
        }
        WalletFault::Invalid => details(RelightWalletFault::Invalid),
        _ => details(RelightWalletFault::Unknown),
    }
}

fn registration_fault_number(fault: RegistrationFault) -> RelightRegistrationFault {
    match fault {
        RegistrationFault::Party => RelightRegistrationFault::Party,
        RegistrationFault::Signature => RelightRegistrationFault::Signature,
        RegistrationFault::SchnorrProof => RelightRegistrationFault::SchnorrProof,
        _ => RelightRegistrationFault::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::details::Failure;
    use crate::memory::Output;
    use relight::identity::Address;
    use relight::sharing::{Identifier, PartyIndex};

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

    #[test]
    fn details_of_wallets_and_registrations() {
        let signer = Error::WalletSignature(WalletFault::Signer(Address([7; 20])));
        let details = RelightDetails::of(&signer.into());
        assert_eq!((details.wallet_fault, details.address.bytes), (RelightWalletFault::Signer, [7; 20]));
        let details = RelightDetails::of(&Error::BrokenSuccession(u64::MAX).into());
        assert_eq!((details.result, details.number), (RelightResult::BrokenSuccession, u64::MAX));
        let fault = RegistrationFault::Signature;
        let details = RelightDetails::of(&Error::InvalidRegistration { member: 3, fault }.into());
        assert_eq!((details.registration_fault, details.number), (RelightRegistrationFault::Signature, 3));
    }
}
