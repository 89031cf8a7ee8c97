//! Confirmations: recipients say which dealings they hold (spec §9.4).

use super::agreement::{AgreedDealing, Agreement};
use super::ceremony::Ceremony;
use super::certificate::Certificate;
use crate::codec::{Reader, Writer};
use crate::digest::Digest;
use crate::error::{Error, Result};
use crate::identity::{Purpose, Signature, Signed};
use crate::sharing::PartyIndex;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;

/// A recipient's word that it holds these dealings and has its shares from them. It gives it once in a ceremony.
///
/// ```text
/// struct {
///     uint8 version = 1;
///     opaque ceremony[32];
///     uint16 recipient;
///     opaque outcome[32];                     // digest of the new VSS commitments
///     AgreedDealing dealings<1..2^32-1>;      // by ascending dealer
///     Signature signature;                    // for "confirmation", over everything before it
/// } Confirmation;
///
/// struct { uint16 dealer; opaque digest[32]; } AgreedDealing;
/// ```
///
/// See [`Ceremony`] for an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmation {
    pub(super) recipient: PartyIndex,
    pub(super) agreement: Agreement,
    pub(super) signature: Signature,
}

impl Confirmation {
    /// The recipient that it says to be of.
    pub fn recipient(&self) -> PartyIndex {
        self.recipient
    }

    /// The dealings, by ascending dealer.
    pub fn dealings(&self) -> &[AgreedDealing] {
        &self.agreement.dealings
    }

    /// The name of the set of dealings, to compare by voice.
    pub fn transcript(&self) -> Digest {
        self.agreement.transcript()
    }

    /// The digest of the VSS commitments that come of it.
    pub fn outcome(&self) -> Digest {
        self.agreement.outcome
    }

    /// Checks it.
    ///
    /// # Errors
    ///
    /// [`Error::CeremonyMismatch`], [`Error::UnknownRecipient`] or [`Error::BadSignature`] if it does not count, no
    /// matter who sent it; [`Error::BadConfirmation`] if the recipient signed what cannot be a set of dealings.
    pub fn verify(&self, ceremony: &Ceremony) -> Result<()> {
        self.check_signature(ceremony)?;
        let possible = self.agreement.is_possible(ceremony);
        if possible { Ok(()) } else { Err(Error::BadConfirmation(self.recipient.get())) }
    }

    pub(super) fn check_signature(&self, ceremony: &Ceremony) -> Result<()> {
        if self.agreement.ceremony != ceremony.digest() {
            return Err(Error::CeremonyMismatch);
        }
        let identity = &ceremony.recipient(self.recipient)?.identity;
        identity.verify(Purpose::Confirmation, &self.body(), &self.signature)
    }

    pub(super) fn body(&self) -> Vec<u8> {
        self.agreement.confirmation_body(self.recipient)
    }

    /// The canonical encoding.
    pub fn encode(&self) -> Vec<u8> {
        self.signature.write(Writer::default().bytes(&self.body())).finish()
    }

    /// Decodes the canonical encoding, and no other.
    ///
    /// # Errors
    ///
    /// [`Error::DuplicateIndex`] or [`Error::InvalidIndex`] if the dealers do not ascend, and what is wrong with a field.
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        Reader::decode_all(bytes, |reader| {
            reader.version()?;
            let ceremony = reader.array()?.into();
            let recipient = PartyIndex::new(reader.u16()?)?;
            let outcome = reader.array()?.into();
            let agreement = Agreement { ceremony, outcome, dealings: AgreedDealing::read_all(reader)? };
            Ok(Self { recipient, agreement, signature: Signature::read(reader)? })
        })
    }
}

impl Signed for Confirmation {
    const PURPOSE: Purpose = Purpose::Confirmation;

    fn decode(bytes: &[u8]) -> Result<Self> {
        Self::decode(bytes)
    }
}

/// The confirmations of a ceremony, as they arrive.
///
/// See [`Ceremony`] for an example.
#[derive(Clone, Debug)]
pub struct Confirmations<'a> {
    ceremony: &'a Ceremony,
    received: BTreeMap<PartyIndex, Confirmation>,
}

impl<'a> Confirmations<'a> {
    /// No confirmations yet.
    pub fn new(ceremony: &'a Ceremony) -> Self {
        Self { ceremony, received: BTreeMap::new() }
    }

    /// Takes a confirmation, if it is valid. Receiving the same again is harmless.
    ///
    /// # Errors
    ///
    /// Those of [`Confirmation::decode`] and [`Confirmation::verify`], and [`Error::DoubleConfirmation`] if the recipient
    /// confirmed something else before: the first one counts, and the two are
    /// [`Evidence`](crate::dealing::Evidence::two_confirmations).
    pub fn receive(&mut self, bytes: &[u8]) -> Result<()> {
        let confirmation = Confirmation::decode(bytes)?;
        let recipient = confirmation.recipient;
        let known = self.received.get(&recipient);
        if known.is_some_and(|known| known.agreement == confirmation.agreement) {
            return Ok(());
        }
        confirmation.verify(self.ceremony)?;
        //= spec/9-dealing.md#9-4-close
        //# A collector MUST count one confirmation per recipient, the first.
        if known.is_some() {
            return Err(Error::DoubleConfirmation(recipient.get()));
        }
        self.received.insert(recipient, confirmation);
        Ok(())
    }

    /// A confirmation of the set that most recipients confirmed; of several, that of the least recipient.
    pub fn most_confirmed(&self) -> Option<&Confirmation> {
        self.most().map(|(confirmation, _)| confirmation)
    }

    /// The same, with the number of equal ones.
    fn most(&self) -> Option<(&Confirmation, u16)> {
        let counted = self.received.values().map(|one| (one, self.equal(one).count() as u16));
        counted.reduce(|best, next| if next.1 > best.1 { next } else { best })
    }

    /// The recipients that have not confirmed, ascending.
    pub fn unconfirmed(&self) -> impl Iterator<Item = PartyIndex> {
        let recipients = self.ceremony.plan().recipients.iter().map(|recipient| recipient.index);
        recipients.filter(|recipient| !self.received.contains_key(recipient))
    }

    /// Can no set close the ceremony any more, by what this party has received? Then it takes another, under a plan with a
    /// new nonce. A recipient that lies may have confirmed something else to others: a certificate that appears later
    /// counts.
    pub fn failed(&self) -> bool {
        let have = self.most().map_or(0, |(_, have)| usize::from(have));
        let open = self.unconfirmed().count();
        have.saturating_add(open) < usize::from(self.ceremony.quorum())
    }

    /// The certificate that the ceremony is closed, with all equal confirmations.
    ///
    /// # Errors
    ///
    /// [`Error::NotClosed`] if too few are equal.
    pub fn certificate(&self) -> Result<Certificate> {
        let need = self.ceremony.quorum();
        match self.most() {
            Some((most, have)) if have >= need => Ok(Certificate::new(most.agreement.clone(), self.equal(most))),
            most => Err(Error::NotClosed { have: most.map_or(0, |(_, have)| have), need }),
        }
    }

    fn equal(&self, to: &Confirmation) -> impl Iterator<Item = &Confirmation> {
        self.received.values().filter(|other| other.agreement == to.agreement)
    }
}
