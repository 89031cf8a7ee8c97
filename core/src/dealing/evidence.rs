//! Evidence against a party of a ceremony (spec §9.9).

use super::ceremony::Ceremony;
use super::confirmation::Confirmation;
use super::dealings::at_fault;
use crate::codec::{Reader, Writer};
use crate::error::{DealingFault, Error, Result};
use crate::sharing::PartyIndex;
use alloc::vec::Vec;

const BAD_DEALING: u8 = 1;
const TWO_DEALINGS: u8 = 2;
const TWO_CONFIRMATIONS: u8 = 3;

/// What a party signed and should not have. Anyone who knows the ceremony can verify it.
///
/// ```text
/// struct {
///     uint8 version = 1;
///     uint8 kind;
///     select (kind) {
///         case bad_dealing(1): opaque dealing<1..2^32-1>;
///         case two_dealings(2): opaque dealing<1..2^32-1>; opaque other<1..2^32-1>;
///         case two_confirmations(3): opaque confirmation<1..2^32-1>; opaque other<1..2^32-1>;
///     };
/// } Evidence;
/// ```
///
/// ```
/// use relight::{DealingFault, Result, dealing::{Ceremony, Culprit, Evidence}};
///
/// /// A dealer has sent two dealings.
/// fn accuse(ceremony: &Ceremony, first: &[u8], second: &[u8]) -> Result<Vec<u8>> {
///     let evidence = Evidence::two_dealings(first, second);
///     assert!(matches!(evidence.verify(ceremony)?, Culprit::Dealer { fault: DealingFault::Equivocation, .. }));
///     Ok(evidence.encode())
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    kind: u8,
    first: Vec<u8>,
    /// Empty if one message is enough.
    second: Vec<u8>,
}

/// The party that evidence is against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Culprit {
    /// A dealer signed a bad dealing, or two.
    Dealer {
        /// The dealer.
        index: PartyIndex,
        /// What is wrong.
        fault: DealingFault,
    },
    /// A recipient signed two different confirmations.
    Recipient {
        /// The recipient.
        index: PartyIndex,
    },
}

impl Evidence {
    /// A dealing that is signed and bad.
    pub fn bad_dealing(dealing: &[u8]) -> Self {
        Self { kind: BAD_DEALING, first: dealing.to_vec(), second: Vec::new() }
    }

    /// Two dealings of one dealer.
    pub fn two_dealings(dealing: &[u8], other: &[u8]) -> Self {
        Self { kind: TWO_DEALINGS, first: dealing.to_vec(), second: other.to_vec() }
    }

    /// Two confirmations of one recipient.
    pub fn two_confirmations(confirmation: &[u8], other: &[u8]) -> Self {
        Self { kind: TWO_CONFIRMATIONS, first: confirmation.to_vec(), second: other.to_vec() }
    }

    /// Whom it is against.
    ///
    /// # Errors
    ///
    /// [`Error::NoEvidence`] if it proves nothing against anyone.
    pub fn verify(&self, ceremony: &Ceremony) -> Result<Culprit> {
        //= spec/9-dealing.md#9-9-evidence
        //# Evidence MUST be refused, with NoEvidence, unless it shows the fault by itself.
        //= spec/9-dealing.md#9-9-evidence
        //# A party MUST NOT exclude a dealer or a recipient on the word of another, without evidence that verifies.
        match self.kind {
            BAD_DEALING => self.verify_bad_dealing(ceremony),
            TWO_DEALINGS => self.verify_two_dealings(ceremony),
            _ => self.verify_two_confirmations(ceremony),
        }
        .ok_or(Error::NoEvidence)
    }

    fn verify_bad_dealing(&self, ceremony: &Ceremony) -> Option<Culprit> {
        let error = ceremony.verify_dealing(&self.first).result.err()?;
        match (&error, at_fault(&error)) {
            (Error::BadDealing { fault, .. }, Some(index)) => Some(Culprit::Dealer { index, fault: *fault }),
            _ => None,
        }
    }

    fn verify_two_dealings(&self, ceremony: &Ceremony) -> Option<Culprit> {
        let [first, second] = [&self.first, &self.second].map(|bytes| ceremony.header(bytes).ok());
        let (first, second) = (first?, second?);
        let signed = [&first, &second].into_iter().all(|header| ceremony.check_signature(header).is_ok());
        let differ = first.dealer == second.dealer && first.body != second.body;
        let fault = DealingFault::Equivocation;
        (signed && differ).then_some(Culprit::Dealer { index: first.dealer, fault })
    }

    fn verify_two_confirmations(&self, ceremony: &Ceremony) -> Option<Culprit> {
        let [first, second] = [&self.first, &self.second].map(|bytes| Confirmation::decode(bytes).ok());
        let (first, second) = (first?, second?);
        let signed = [&first, &second].into_iter().all(|one| one.check_signature(ceremony).is_ok());
        let differ = first.recipient == second.recipient && first.body() != second.body();
        (signed && differ).then_some(Culprit::Recipient { index: first.recipient })
    }

    /// The canonical encoding.
    pub fn encode(&self) -> Vec<u8> {
        let writer = Writer::versioned().u8(self.kind).long_bytes(&self.first);
        let writer = if self.kind == BAD_DEALING { writer } else { writer.long_bytes(&self.second) };
        writer.finish()
    }

    /// Decodes the frame, not what is in it.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownKind`], [`Error::InvalidLength`] if a message is empty, and what is wrong with a field.
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        Reader::decode_all(bytes, |reader| {
            reader.version()?;
            let kind = reader.u8()?;
            if !(BAD_DEALING..=TWO_CONFIRMATIONS).contains(&kind) {
                return Err(Error::UnknownKind(kind));
            }
            let first = reader.nonempty_bytes()?.to_vec();
            let second = if kind == BAD_DEALING { Vec::new() } else { reader.nonempty_bytes()?.to_vec() };
            Ok(Self { kind, first, second })
        })
    }
}
