//! What a fresh node asks of the recovery party (spec §11.2).

use crate::codec::{Reader, Writer, check_short, count};
use crate::distinct::repeated;
use crate::error::{Error, Result};
use crate::hash::Xof;
use crate::statement::StatementDigest;
use alloc::vec::Vec;

/// A fresh node's request: unlock these statements, for the holder of this HPKE key, until then.
///
/// ```text
/// struct {
///     uint8 version = 1;
///     opaque context<0..255>;
///     opaque requester<0..255>;
///     opaque hpke_key[32];
///     opaque nonce[32];
///     uint64 expiry;                      // seconds since 1970-01-01 UTC
///     opaque digests<32..2^32-1>;         // 32 bytes each, no two equal
///     opaque attestation<0..2^32-1>;
/// } Request;
/// ```
///
/// A [`Session`](crate::Session) makes it, a member reviews it: see there for examples.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub(super) context: Vec<u8>,
    pub(super) requester: Vec<u8>,
    pub(super) hpke_key: [u8; 32],
    pub(super) nonce: [u8; 32],
    pub(super) expiry: u64,
    pub(super) digests: Vec<StatementDigest>,
    pub(super) attestation: Vec<u8>,
}

impl Request {
    /// The network it is about.
    pub fn context(&self) -> &[u8] {
        &self.context
    }

    /// Who says to be asking.
    pub fn requester(&self) -> &[u8] {
        &self.requester
    }

    /// The last second, since 1970-01-01 UTC, at which it is valid.
    pub fn expiry(&self) -> u64 {
        self.expiry
    }

    /// The statements that it asks to unlock.
    pub fn digests(&self) -> &[StatementDigest] {
        &self.digests
    }

    /// What the requester attached so that members can check it by their policy: for example a quote of a trusted
    /// platform over [`Request::attested_digest`]. This crate attaches no meaning to it.
    pub fn attestation(&self) -> &[u8] {
        &self.attestation
    }

    /// The digest of everything but the attestation: what an attestation should be about.
    pub fn attested_digest(&self) -> [u8; 32] {
        //= spec/11-recovery.md#11-2-request
        //# An attestation SHOULD vouch for the attested digest, which covers the HPKE key.
        Xof::new("attestation").part(&self.unattested().finish()).output()
    }

    /// The digest that answers are bound to.
    pub fn digest(&self) -> [u8; 32] {
        Xof::new("request").part(&self.encode()).output()
    }

    /// The canonical encoding.
    pub fn encode(&self) -> Vec<u8> {
        self.unattested().long_bytes(&self.attestation).finish()
    }

    /// Decodes, strictly. Fails with [`Error::UnknownDigest`] if a statement is asked for twice.
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        Reader::decode_all(bytes, |reader| {
            reader.version()?;
            let request = Self {
                context: reader.short_bytes()?.to_vec(),
                requester: reader.short_bytes()?.to_vec(),
                hpke_key: reader.array()?,
                nonce: reader.array()?,
                expiry: reader.u64()?,
                digests: reader.items(|reader| reader.array().map(StatementDigest))?,
                attestation: reader.long_bytes()?.to_vec(),
            };
            request.check()?;
            Ok(request)
        })
    }

    pub(super) fn check(&self) -> Result<()> {
        check_short(&self.context)?;
        check_short(&self.requester)?;
        //= spec/11-recovery.md#11-2-request
        //# A decoder MUST refuse a request without digests, with InvalidLength.
        count(&self.digests)?;
        //= spec/11-recovery.md#11-2-request
        //# A decoder MUST refuse a request that has a digest twice, with UnknownDigest.
        match repeated(self.digests.iter().map(|digest| (digest, ()))) {
            Some(()) => Err(Error::UnknownDigest),
            None => Ok(()),
        }
    }

    pub(super) fn check_time(&self, now: u64) -> Result<()> {
        if now <= self.expiry { Ok(()) } else { Err(Error::Expired) }
    }

    fn unattested(&self) -> Writer {
        Writer::versioned()
            .short_bytes(&self.context)
            .short_bytes(&self.requester)
            .bytes(&self.hpke_key)
            .bytes(&self.nonce)
            .u64(self.expiry)
            .items(&self.digests, |writer, digest| writer.bytes(&digest.0))
    }
}
