//! What a fresh node asks of the recovery party (spec §11.2).

use super::authorisation::{Proof, check_authorised};
use super::draft::RequestDraft;
use crate::codec::Reader;
use crate::digest::Digest;
use crate::error::{Error, Result};
use crate::hash::Xof;
use crate::statement::Statement;
use alloc::vec::Vec;

/// A fresh node's request: its draft, an authorisation with the Blinder of every statement that it asks for, and what the
/// requester attached.
///
/// ```text
/// struct {
///     (the fields of RequestDraft)
///     opaque authorisations[80 * number of digests];      // a proof for each digest
///     opaque attestation<0..2^32-1>;
/// } Request;
/// ```
///
/// A [`Session`](crate::recovery::Session) makes it, a member reviews it: see there for examples.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub(super) draft: RequestDraft,
    pub(super) authorisations: Vec<Proof>,
    pub(super) attestation: Vec<u8>,
}

impl Request {
    /// What was authorised.
    pub fn draft(&self) -> &RequestDraft {
        &self.draft
    }

    /// What the requester attached so that members can check it by their policy: for example a quote of a trusted
    /// platform over [`RequestDraft::attested_digest`]. This crate attaches no meaning to it.
    pub fn attestation(&self) -> &[u8] {
        &self.attestation
    }

    /// The digest that answers are bound to.
    pub fn digest(&self) -> Digest {
        Xof::new("request").part(&self.encode()).digest()
    }

    /// The canonical encoding.
    pub fn encode(&self) -> Vec<u8> {
        let writer = self.authorisations.iter().fold(self.draft.write(), |writer, proof| writer.bytes(proof));
        writer.long_bytes(&self.attestation).finish()
    }

    /// Decodes all but the authorisations, which are decoded and verified by [`Review::new`](crate::recovery::Review::new).
    ///
    /// # Errors
    ///
    /// As for [`RequestDraft::decode`].
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        let request = Reader::decode_all(bytes, Self::read)?;
        request.draft.check()?;
        Ok(request)
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        let draft = RequestDraft::read(reader)?;
        let authorisations = draft.digests.iter().map(|_| reader.array()).collect::<Result<_>>()?;
        Ok(Self { draft, authorisations, attestation: reader.long_bytes()?.to_vec() })
    }

    /// The statements that it asks for, in its order, from all that are known. Fails with [`Error::UnknownStatement`].
    pub(super) fn known<'a>(&self, statements: &'a [Statement]) -> Result<Vec<&'a Statement>> {
        let known = |digest| statements.iter().find(|statement| statement.digest() == digest);
        self.draft.digests.iter().map(|digest| known(*digest).ok_or(Error::UnknownStatement)).collect()
    }

    /// Every statement, given in the order of the request, is authorised with its Blinder. Fails with
    /// [`Error::Unauthorised`].
    pub(super) fn check_authorised(&self, statements: &[&Statement]) -> Result<()> {
        //= spec/11-recovery.md#11-2-request
        //# A request MUST have an authorisation for every statement that it asks for, made with that statement's
        //# Blinder.
        let request = self.draft.attested_digest();
        let mut proofs = statements.iter().zip(&self.authorisations).zip(0..);
        proofs.try_for_each(|((statement, proof), place)| check_authorised(request, place, statement, proof))
    }
}
