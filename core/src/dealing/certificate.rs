//! The certificate that a ceremony is closed (spec §9.4).

use super::agreement::{AgreedDealing, Agreement};
use super::ceremony::Ceremony;
use super::confirmation::Confirmation;
use crate::codec::{Reader, Writer};
use crate::digest::Digest;
use crate::distinct::check_ascending;
use crate::error::{Error, Result};
use crate::identity::{Purpose, Signature};
use crate::sharing::{PartyIndex, VssCommitment};
use alloc::vec::Vec;

/// Equal confirmations of a supermajority of the recipients: the ceremony is closed. Anyone can verify it, at any time,
/// and it is kept with the roster.
///
/// ```text
/// struct {
///     uint8 version = 1;
///     opaque ceremony[32];
///     opaque outcome[32];                     // digest of the new VSS commitments
///     AgreedDealing dealings<1..2^32-1>;      // by ascending dealer
///     Confirmed confirmations<1..2^32-1>;     // by ascending recipient
/// } Certificate;
///
/// struct { uint16 recipient; Signature signature; } Confirmed;
/// ```
///
/// See [`Ceremony`] for an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    agreement: Agreement,
    confirmations: Vec<(PartyIndex, Signature)>,
}

impl Certificate {
    pub(super) fn new<'a>(agreement: Agreement, confirmations: impl Iterator<Item = &'a Confirmation>) -> Self {
        let confirmations = confirmations.map(|one| (one.recipient, one.signature.clone()));
        Self { agreement, confirmations: confirmations.collect() }
    }

    /// Checks it against the ceremony.
    ///
    /// # Errors
    ///
    /// [`Error::CeremonyMismatch`]; [`Error::BadCertificate`] if it names what cannot be a set of dealings;
    /// [`Error::UnknownRecipient`]; [`Error::NotClosed`] if the confirmations are too few; [`Error::BadSignature`].
    pub fn verify(self, ceremony: &Ceremony) -> Result<VerifiedCertificate> {
        if self.agreement.ceremony != ceremony.digest() {
            return Err(Error::CeremonyMismatch);
        }
        if !self.agreement.is_possible(ceremony) {
            return Err(Error::BadCertificate);
        }
        self.recipients().try_for_each(|recipient| ceremony.recipient(recipient).map(|_| ()))?;
        let (have, need) = (self.confirmations.len() as u16, ceremony.quorum());
        //= spec/9-dealing.md#9-4-close
        //# A certificate with fewer confirmations than the quorum MUST be refused, with NotClosed.
        if have < need {
            return Err(Error::NotClosed { have, need });
        }
        //= spec/9-dealing.md#9-4-close
        //# A verifier of a certificate MUST check every signature in it.
        self.confirmations.iter().try_for_each(|(recipient, signature)| {
            let (identity, body) =
                (&ceremony.recipient(*recipient)?.identity, self.agreement.confirmation_body(*recipient));
            identity.verify(Purpose::Confirmation, &body, signature)
        })?;
        Ok(VerifiedCertificate(self))
    }

    /// The recipients that confirmed, ascending.
    fn recipients(&self) -> impl Iterator<Item = PartyIndex> {
        self.confirmations.iter().map(|(recipient, _)| *recipient)
    }

    /// The canonical encoding.
    pub fn encode(&self) -> Vec<u8> {
        let writer =
            Writer::versioned().bytes(self.agreement.ceremony.as_bytes()).bytes(self.agreement.outcome.as_bytes());
        let write = |writer: Writer, (recipient, signature): &(PartyIndex, Signature)| {
            signature.write(writer.u16(recipient.get()))
        };
        self.agreement.write_dealings(writer).items(&self.confirmations, write).finish()
    }

    /// Decodes the canonical encoding, and no other.
    ///
    /// # Errors
    ///
    /// [`Error::DuplicateIndex`] or [`Error::InvalidIndex`] if dealers or recipients do not ascend, and what is wrong with a
    /// field.
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        Reader::decode_all(bytes, |reader| {
            reader.version()?;
            let (ceremony, outcome) = (reader.array()?.into(), reader.array()?.into());
            let agreement = Agreement { ceremony, outcome, dealings: AgreedDealing::read_all(reader)? };
            let confirmations =
                reader.items(|reader| Ok((PartyIndex::new(reader.u16()?)?, Signature::read(reader)?)))?;
            check_ascending(confirmations.iter().map(|(recipient, _)| *recipient))?;
            Ok(Self { agreement, confirmations })
        })
    }
}

/// A certificate that was verified: these dealings are the ceremony's, for everyone and for good.
///
/// See [`Ceremony`] for an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedCertificate(Certificate);

impl VerifiedCertificate {
    /// The closed set, by ascending dealer.
    pub fn dealings(&self) -> &[AgreedDealing] {
        &self.0.agreement.dealings
    }

    /// The recipients that confirmed it, ascending.
    pub fn recipients(&self) -> impl Iterator<Item = PartyIndex> {
        self.0.recipients()
    }

    /// The name of the set of dealings.
    pub fn transcript(&self) -> Digest {
        self.0.agreement.transcript()
    }

    /// The digest of the VSS commitments that came of it.
    pub fn outcome(&self) -> Digest {
        self.0.agreement.outcome
    }

    /// Are these, in the order of the ceremony, the VSS commitments that came of it? That needs no dealings.
    ///
    /// # Errors
    ///
    /// [`Error::BadCertificate`] if not.
    pub fn vouch_for(&self, keys: &[VssCommitment]) -> Result<()> {
        if self.0.agreement.has_outcome(keys) { Ok(()) } else { Err(Error::BadCertificate) }
    }

    /// The certificate, to be kept.
    pub fn certificate(&self) -> &Certificate {
        &self.0
    }

    pub(super) fn agreement(&self) -> &Agreement {
        &self.0.agreement
    }
}
