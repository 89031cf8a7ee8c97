//! What the holder of a Blinder says to a request (spec §11.2).

use super::draft::RequestDraft;
use crate::backup::recovery_compartment;
use crate::codec::{Reader, Writer};
use crate::curve::CurveId;
use crate::digest::{Digest, StatementDigest};
use crate::error::{Error, Result};
use crate::keys::Blinder;
use crate::sharing::SchnorrProof;
use crate::statement::Statement;
use alloc::vec::Vec;
use rand_core::CryptoRng;

const PURPOSE: &str = "authorisation";
const PROOF_LEN: usize = 80;

/// A proof of the Blinder, encoded: many of them cost a stranger nothing, so it is decoded when it is verified.
pub(super) type Proof = [u8; PROOF_LEN];

/// The proof, by the holder of a statement's Blinder, that a request may ask for it. It is made on the offline machine
/// that has the Blinder, holds for one draft and one statement, and tells nothing about the Blinder.
///
/// ```text
/// struct {
///     uint8 version = 1;
///     opaque request[32];                 // attested digest
///     opaque statement[32];               // digest
///     SchnorrProof proof;
/// } Authorisation;                        // 145 bytes
/// ```
///
/// See [`RequestDraft`] for an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorisation {
    pub(super) request: Digest,
    pub(super) statement: StatementDigest,
    pub(super) proof: Proof,
}

impl Authorisation {
    /// Authorises a draft to ask for a statement. Show its holder the draft first ([`RequestDraft::display`]). Constant time
    /// in the Blinder.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownStatement`] if the draft does not ask for the statement, [`Error::UnknownLock`] or
    /// [`Error::InvalidLength`] if it is none of a backup, [`Error::WrongBlinder`] if the backup was made for another Blinder.
    pub fn new(
        draft: &RequestDraft,
        statement: &Statement,
        blinder: &Blinder,
        rng: &mut impl CryptoRng,
    ) -> Result<Self> {
        let digest = statement.digest();
        draft.place(&digest)?;
        if *recovery_compartment(statement)?.blinder != blinder.public() {
            return Err(Error::WrongBlinder);
        }
        let request = draft.attested_digest();
        let proof = SchnorrProof::prove(PURPOSE, &binding(request, &digest), blinder.as_secret(), rng)?;
        Ok(Self { request, statement: digest, proof: encode_proof(&proof)? })
    }

    /// The attested digest of the draft that it is for.
    pub fn request(&self) -> Digest {
        self.request
    }

    /// The statement that it is for.
    pub fn statement(&self) -> StatementDigest {
        self.statement
    }

    /// The canonical encoding, 145 bytes.
    pub fn encode(&self) -> Vec<u8> {
        Writer::versioned().bytes(self.request.as_bytes()).bytes(self.statement.as_bytes()).bytes(&self.proof).finish()
    }

    /// Decodes the canonical encoding, and no other.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidPoint`] or [`Error::InvalidScalar`] in the proof.
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        Reader::decode_all(bytes, |reader| {
            reader.version()?;
            let (request, statement) = (reader.array()?.into(), reader.array()?.into());
            let proof = SchnorrProof::read(reader, CurveId::Bls12381G1)?;
            Ok(Self { request, statement, proof: encode_proof(&proof)? })
        })
    }
}

fn encode_proof(proof: &SchnorrProof) -> Result<Proof> {
    proof.write(Writer::default()).finish().try_into().map_err(|_| Error::InvalidLength)
}

fn decode_proof(proof: &Proof) -> Result<SchnorrProof> {
    Reader::decode_all(proof, |reader| SchnorrProof::read(reader, CurveId::Bls12381G1))
}

/// Is this a proof of the Blinder of a statement, which has a place in the draft with this attested digest? Fails with
/// [`Error::Unauthorised`].
pub(super) fn check_authorised(request: Digest, place: u16, statement: &Statement, proof: &Proof) -> Result<()> {
    let blinder = recovery_compartment(statement)?.blinder;
    let binding = binding(request, &statement.digest());
    let verified = decode_proof(proof).and_then(|proof| proof.verify(PURPOSE, &binding, blinder.as_point()));
    verified.map_err(|_| Error::Unauthorised(place))
}

/// What the proof is about.
fn binding(request: Digest, statement: &StatementDigest) -> Vec<u8> {
    Writer::default().bytes(request.as_bytes()).bytes(statement.as_bytes()).finish()
}
