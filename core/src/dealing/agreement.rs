//! The set of dealings that recipients agree on (spec §9.4).

use super::ceremony::Ceremony;
use crate::codec::{Reader, Writer};
use crate::digest::Digest;
use crate::distinct::check_ascending;
use crate::error::Result;
use crate::hash::Xof;
use crate::sharing::{PartyIndex, VssCommitment};
use alloc::vec::Vec;

/// A dealing that recipients agree on: by its dealer and digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AgreedDealing {
    /// The dealer.
    pub dealer: PartyIndex,
    /// The digest of its dealing, by which to ask for it.
    pub digest: Digest,
}

/// A set of dealings of a ceremony, and what comes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Agreement {
    pub(super) ceremony: Digest,
    /// The digest of the new VSS commitments, so that a certificate vouches for them without the dealings.
    pub(super) outcome: Digest,
    /// By ascending dealer.
    pub(super) dealings: Vec<AgreedDealing>,
}

impl Agreement {
    pub(super) fn new(ceremony: &Ceremony, dealings: Vec<AgreedDealing>, keys: &[VssCommitment]) -> Self {
        let transcript = transcript(ceremony.digest(), &dealings);
        Self { ceremony: ceremony.digest(), outcome: outcome(transcript, keys), dealings }
    }

    pub(super) fn transcript(&self) -> Digest {
        transcript(self.ceremony, &self.dealings)
    }

    /// Do exactly these keys come of it?
    pub(super) fn has_outcome(&self, keys: &[VssCommitment]) -> bool {
        outcome(self.transcript(), keys) == self.outcome
    }

    /// Can these be the dealings of the ceremony?
    pub(super) fn is_possible(&self, ceremony: &Ceremony) -> bool {
        let known = self.dealings.iter().all(|dealing| ceremony.dealer(dealing.dealer).is_ok());
        known && self.dealings.len() >= usize::from(ceremony.needed())
    }

    /// What a recipient signs.
    pub(super) fn confirmation_body(&self, recipient: PartyIndex) -> Vec<u8> {
        let writer =
            Writer::versioned().bytes(self.ceremony.as_bytes()).u16(recipient.get()).bytes(self.outcome.as_bytes());
        self.write_dealings(writer).finish()
    }

    pub(super) fn write_dealings(&self, writer: Writer) -> Writer {
        writer
            .items(&self.dealings, |writer, dealing| writer.u16(dealing.dealer.get()).bytes(dealing.digest.as_bytes()))
    }
}

impl AgreedDealing {
    /// A set of them, by ascending dealer.
    pub(super) fn read_all(reader: &mut Reader<'_>) -> Result<Vec<Self>> {
        let read = |reader: &mut Reader<'_>| {
            Ok(Self { dealer: PartyIndex::new(reader.u16()?)?, digest: reader.array()?.into() })
        };
        let dealings = reader.items(read)?;
        check_ascending(dealings.iter().map(|dealing| dealing.dealer))?;
        Ok(dealings)
    }
}

/// The name of a set of dealings.
pub(super) fn transcript(ceremony: Digest, dealings: &[AgreedDealing]) -> Digest {
    let hash = Xof::new("transcript").part(ceremony.as_bytes());
    let add = |hash: Xof, dealing: &AgreedDealing| hash.index(dealing.dealer.get()).part(dealing.digest.as_bytes());
    dealings.iter().fold(hash, add).digest()
}

fn outcome(transcript: Digest, keys: &[VssCommitment]) -> Digest {
    let hash = Xof::new("outcome").part(transcript.as_bytes());
    keys.iter().fold(hash, |hash, key| hash.part(&key.commitment_bytes())).digest()
}
