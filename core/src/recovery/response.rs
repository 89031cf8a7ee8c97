//! A member's answer (spec §11.4).

use super::request::Request;
use super::seal::{NodeKey, Sealed};
use crate::codec::{Reader, Writer};
use crate::declassify;
use crate::decryption::{DecryptionShare, RecoveryParty};
use crate::digest::Digest;
use crate::error::{Error, Result};
use crate::identity::{IdentityPublicKey, Purpose, Signature, Signed};
use crate::pairing::G2_LEN;
use crate::sharing::PartyIndex;
use alloc::vec::Vec;
use zeroize::Zeroizing;

/// Length of an answer to one statement: its place in the request, and the decryption share.
const ITEM_LEN: usize = 2 + G2_LEN;

/// A member's answer to a request: its decryption shares for some of the statements, sealed to the requester and signed.
///
/// ```text
/// struct {
///     uint8 version = 1;
///     opaque request[32];                 // digest of the request
///     uint16 member;
///     opaque encapsulated_key[32];
///     opaque ciphertext<0..2^32-1>;       // 98 bytes for each statement that is answered, and 16
///     Signature signature;                // for "response", over everything before it
/// } Response;
/// ```
///
/// [`Review`](crate::recovery::Review) makes it, [`Session`](crate::recovery::Session) takes it; see there for an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    request: Digest,
    member: PartyIndex,
    sealed: Sealed,
    signature: Signature,
}

impl Response {
    /// The member that it claims to come from.
    pub fn member(&self) -> PartyIndex {
        self.member
    }

    /// The digest of the request that it answers.
    pub fn request(&self) -> Digest {
        self.request
    }

    /// Did this identity sign the answer?
    ///
    /// # Errors
    ///
    /// [`Error::BadSignature`].
    pub fn verify_signature(&self, identity: &IdentityPublicKey) -> Result<()> {
        identity.verify(Purpose::Response, &self.body().finish(), &self.signature)
    }

    /// The canonical encoding.
    pub fn encode(&self) -> Vec<u8> {
        self.signature.write(self.body()).finish()
    }

    /// Decodes the canonical encoding, and no other.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidIndex`] for the member zero, [`Error::UnknownScheme`] in the signature.
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        Reader::decode_all(bytes, |reader| {
            reader.version()?;
            let (request, member) = (reader.array()?.into(), PartyIndex::new(reader.u16()?)?);
            let sealed = Sealed { encapsulated_key: reader.array()?, ciphertext: reader.long_bytes()?.to_vec() };
            Ok(Self { request, member, sealed, signature: Signature::read(reader)? })
        })
    }

    fn body(&self) -> Writer {
        body(self.request, self.member, &self.sealed)
    }

    /// What the member sealed in its answer to a request. Fails with [`Error::BadResponse`].
    pub(super) fn open(&self, key: &NodeKey, request: &Request) -> Result<Vec<Answer>> {
        let plaintext = key.unseal(self.request, self.member, &self.sealed)?;
        let statements = request.draft.digests.len();
        read_answers(&plaintext, self.member, statements).map_err(|_| Error::BadResponse { member: self.member.get() })
    }
}

impl Signed for Response {
    const PURPOSE: Purpose = Purpose::Response;

    fn decode(bytes: &[u8]) -> Result<Self> {
        Self::decode(bytes)
    }
}

/// What the member signs.
pub(super) fn body(request: Digest, member: PartyIndex, sealed: &Sealed) -> Writer {
    Writer::versioned()
        .bytes(request.as_bytes())
        .u16(member.get())
        .bytes(&sealed.encapsulated_key)
        .long_bytes(&sealed.ciphertext)
}

/// A member's decryption share for the statement at a place in the request.
pub(super) struct Answer {
    pub(super) place: u16,
    /// It wipes itself.
    pub(super) share: DecryptionShare,
}

impl Answer {
    /// Fails with [`Error::Shareless`] or [`Error::BadDecryptionShares`].
    pub(super) fn verify(&self, request: &Request, party: &RecoveryParty) -> Result<()> {
        let digest = request.draft.digests.get(usize::from(self.place)).ok_or(Error::UnknownStatement)?;
        party.verify(digest, &self.share)
    }
}

/// Encodes answers to be sealed.
pub(super) fn write_answers(answers: &[Answer]) -> Zeroizing<Vec<u8>> {
    // A vector that never grows leaves no copies behind.
    let writer = Writer::with_capacity(answers.len().saturating_mul(ITEM_LEN));
    let written = answers
        .iter()
        .fold(writer, |writer, answer| writer.u16(answer.place).bytes(&*Zeroizing::new(answer.share.sigma())));
    Zeroizing::new(written.finish())
}

/// At least one answer, by ascending places below `statements`.
fn read_answers(plaintext: &[u8], member: PartyIndex, statements: usize) -> Result<Vec<Answer>> {
    // As in `write_answers`.
    let mut answers: Vec<Answer> = Vec::with_capacity(plaintext.len() / ITEM_LEN);
    let mut reader = Reader::new(plaintext);
    while answers.is_empty() || !reader.is_empty() {
        let place = read_place(&mut reader)?;
        let ascends = answers.last().is_none_or(|last| last.place < place);
        if !ascends || usize::from(place) >= statements {
            return Err(Error::UnknownStatement);
        }
        answers.push(Answer { place, share: DecryptionShare::from_sigma(member, reader.take(G2_LEN)?)? });
    }
    Ok(answers)
}

fn read_place(reader: &mut Reader<'_>) -> Result<u16> {
    let mut place = reader.array()?;
    declassify::place(&mut place);
    Ok(u16::from_be_bytes(place))
}
