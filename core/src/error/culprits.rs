//! Whose fault it is.

use super::{DealingFault, Error};
use crate::id::PartyIndex;

impl Error {
    /// The parties at fault, ascending: members, dealers or recipients by their index. None if the error proves nothing
    /// against a party, even one that it names: bytes with a wrong signature, a registration that the maker of a roster put
    /// there, a key that two parties share.
    ///
    /// What culprits signed shows their fault to others: [`Evidence`](crate::dealing::Evidence), [`Accusation`](crate::recovery::Accusation).
    ///
    /// ```
    /// use relight::Error;
    ///
    /// let error = Error::BadDecryptionShares { members: vec![2, 5] };
    /// assert_eq!(error.culprits().map(|member| member.get()).collect::<Vec<_>>(), [2, 5]);
    /// ```
    pub fn culprits(&self) -> impl Iterator<Item = PartyIndex> + '_ {
        let (one, many): (Option<u16>, &[u16]) = match self {
            Self::BadDealing { fault: DealingFault::Signature | DealingFault::Expelled, .. } => (None, &[]),
            Self::BadDealing { dealer, .. } => (Some(*dealer), &[]),
            Self::BadResponse { member } => (Some(*member), &[]),
            Self::BadConfirmation(recipient) | Self::DoubleConfirmation(recipient) => (Some(*recipient), &[]),
            Self::BadDecryptionShares { members } => (None, members),
            Self::NotEnoughDealings { bad, .. } => (None, bad),
            _ => (None, &[]),
        };
        one.into_iter().chain(many.iter().copied()).filter_map(|index| PartyIndex::new(index).ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;
    use alloc::vec::Vec;

    fn culprits(error: &Error) -> Vec<u16> {
        error.culprits().map(PartyIndex::get).collect()
    }

    #[test]
    fn who_signed_what_is_wrong_is_a_culprit() {
        assert_eq!(culprits(&Error::BadDealing { dealer: 3, fault: DealingFault::Encryption }), [3]);
        assert_eq!(culprits(&Error::NotEnoughDealings { have: 1, need: 3, bad: vec![2, 4] }), [2, 4]);
        assert_eq!(culprits(&Error::BadResponse { member: 7 }), [7]);
        assert_eq!(culprits(&Error::DoubleConfirmation(1)), [1]);
    }

    #[test]
    fn what_anyone_can_send_accuses_nobody() {
        for fault in [DealingFault::Signature, DealingFault::Expelled] {
            assert_eq!(culprits(&Error::BadDealing { dealer: 3, fault }), []);
        }
        assert_eq!(culprits(&Error::DuplicateKey(1, 2)), []);
        assert_eq!(culprits(&Error::UnknownMember(9)), []);
        assert_eq!(culprits(&Error::Shareless(9)), []);
    }
}
