//! The proof and its encoding (spec §6.7).
//!
//! ```text
//! struct {
//!     opaque challenge[32];
//!     opaque nonce[16];
//!     Revealed revealed[M - T];           // by ascending instance
//!     Kept kept[T];                   // by ascending instance
//! } Proof;
//!
//! struct { opaque seed[16]; opaque response_hash[20]; } Revealed;
//!
//! struct {
//!     opaque encapsulation[48];
//!     opaque wrapped_sub_seeds[16 * compartments];
//!     opaque salt[16];
//!     opaque responses[...];          // a scalar for each pack, compartment by compartment
//! } Kept;
//! ```
//!
//! Every length follows from what the proof is about.

use super::instance::Sealed;
use super::pack::Layout;
use super::{Block, Claim, ParameterSet, ResponseHash};
use crate::codec::{Reader, Writer, check_length};
use crate::curve::{KeyCurve, with_curve};
use crate::error::{Error, Result};
use crate::pairing::G1_LEN;
use alloc::vec::Vec;

/// A proof that secrets are encrypted as a claim says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Proof {
    pub(super) challenge: [u8; 32],
    pub(super) nonce: Block,
    pub(super) revealed: Vec<Revealed>,
    pub(super) kept: Vec<Kept>,
}

/// What a proof shows of an revealed instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Revealed {
    pub(super) seed: Block,
    pub(super) response_hash: ResponseHash,
}

/// What a proof shows of a kept instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kept {
    /// Any bytes will do for the encapsulation: if they are no point, the instance does not open.
    pub(super) sealed: Sealed,
    pub(super) salt: Block,
    /// Canonical scalars, one after the other.
    pub(super) responses: Vec<u8>,
}

impl Proof {
    /// The length of an encoded proof for so many compartments, whose responses of one instance have so many bytes.
    pub(crate) fn length(parameters: ParameterSet, compartments: usize, responses: usize) -> usize {
        let (kept, block) = (usize::from(parameters.kept()), size_of::<Block>());
        let revealed = usize::from(parameters.instances()) - kept;
        let blocks = compartments.saturating_add(1).saturating_mul(block);
        let row = G1_LEN.saturating_add(blocks).saturating_add(responses);
        kept.saturating_mul(row).saturating_add(32 + block + revealed * (block + size_of::<ResponseHash>()))
    }

    /// The length of an encoded proof for a claim.
    pub(crate) fn length_for(claim: &Claim<'_>) -> usize {
        Self::length(claim.parameters, claim.locks.len(), Layout::new(claim).scalars_len())
    }

    /// Decodes a proof for a claim, its length first.
    pub(crate) fn decode(bytes: &[u8], claim: &Claim<'_>) -> Result<Self> {
        //= spec/6-encryption.md#6-7-proof-encoding
        //# A decoder MUST refuse a proof of any other length, with Truncated or TrailingBytes.
        check_length(bytes, Self::length_for(claim))?;
        Reader::decode_all(bytes, |reader| Self::read(reader, claim))
    }

    fn read(reader: &mut Reader<'_>, claim: &Claim<'_>) -> Result<Self> {
        let (parameters, layout) = (claim.parameters, Layout::new(claim));
        let (challenge, nonce) = (reader.array()?, reader.array()?);
        let revealed = parameters.kept()..parameters.instances();
        Ok(Self {
            challenge,
            nonce,
            revealed: revealed.map(|_| Revealed::read(reader)).collect::<Result<_>>()?,
            kept: (0..parameters.kept()).map(|_| Kept::read(reader, &layout)).collect::<Result<_>>()?,
        })
    }

    pub(crate) fn write(&self, writer: Writer) -> Writer {
        let writer = writer.bytes(&self.challenge).bytes(&self.nonce);
        let writer = self.revealed.iter().fold(writer, |writer, revealed| revealed.write(writer));
        self.kept.iter().fold(writer, |writer, kept| kept.write(writer))
    }
}

impl Revealed {
    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        Ok(Self { seed: reader.array()?, response_hash: reader.array()? })
    }

    fn write(&self, writer: Writer) -> Writer {
        writer.bytes(&self.seed).bytes(&self.response_hash)
    }
}

impl Kept {
    fn read(reader: &mut Reader<'_>, layout: &Layout<'_>) -> Result<Self> {
        let encapsulation = reader.array()?;
        let wrapped_sub_seeds = layout.claim.locks.iter().map(|_| reader.array()).collect::<Result<_>>()?;
        let salt = reader.array()?;
        let responses = reader.take(layout.scalars_len())?;
        //= spec/6-encryption.md#6-7-proof-encoding
        //# A decoder MUST refuse a response that is not canonical, with InvalidScalar.
        for (pack, response) in layout.split(responses) {
            if !with_curve!(pack.curve, C => C::is_scalar_vartime(response)) {
                return Err(Error::InvalidScalar);
            }
        }
        Ok(Self { sealed: Sealed { encapsulation, wrapped_sub_seeds }, salt, responses: responses.to_vec() })
    }

    fn write(&self, writer: Writer) -> Writer {
        let writer = writer.bytes(&self.sealed.encapsulation);
        let writer = self.sealed.wrapped_sub_seeds.iter().fold(writer, |writer, wrap| writer.bytes(wrap));
        writer.bytes(&self.salt).bytes(&self.responses)
    }
}
