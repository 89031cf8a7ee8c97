//! A member's answer (spec §11.4).

use crate::codec::{Reader, Writer};
use crate::error::Result;
use crate::identity::{IdentityKey, IdentityPublicKey, Purpose, Signature, SignatureScheme};
use crate::sharing::PartyIndex;
use alloc::vec::Vec;

/// What the member signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sealed {
    pub(super) request: [u8; 32],
    pub(super) member: PartyIndex,
    pub(super) encapsulated_key: [u8; 32],
    pub(super) ciphertext: Vec<u8>,
}

impl Sealed {
    fn write(&self) -> Writer {
        Writer::versioned()
            .bytes(&self.request)
            .u16(self.member.get())
            .bytes(&self.encapsulated_key)
            .long_bytes(&self.ciphertext)
    }
}

/// An answer that lacks the signature of the member's identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsignedResponse(pub(super) Sealed);

impl UnsignedResponse {
    /// Signs with the member's identity key.
    pub fn sign(self, identity: &IdentityKey, scheme: SignatureScheme) -> Result<Response> {
        let signature = identity.sign(scheme, Purpose::Response, &self.0.write().finish())?;
        Ok(self.with_signature(signature))
    }

    /// The text that the member's wallet signs as a personal message, if that is where its identity lives.
    pub fn wallet_text(&self) -> alloc::string::String {
        Purpose::Response.wallet_text(&self.0.write().finish())
    }

    /// The encoding of the response up to its signature.
    pub fn encode(&self) -> Vec<u8> {
        self.0.write().finish()
    }

    /// With a signature made elsewhere, over [`UnsignedResponse::wallet_text`].
    pub fn with_signature(self, signature: Signature) -> Response {
        Response { sealed: self.0, signature }
    }
}

/// A member's answer to a request: its decryption shares, sealed to the requester and signed.
///
/// ```text
/// struct {
///     uint8 version = 1;
///     opaque request[32];                 // digest of the request
///     uint16 member;
///     opaque encapsulated_key[32];
///     opaque ciphertext<0..2^32-1>;       // 96 bytes for each statement, and 16
///     Signature signature;                // for "response", over everything before it
/// } Response;
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    pub(super) sealed: Sealed,
    signature: Signature,
}

impl Response {
    /// The member that it claims to come from.
    pub fn member(&self) -> PartyIndex {
        self.sealed.member
    }

    /// The digest of the request that it answers.
    pub fn request(&self) -> &[u8; 32] {
        &self.sealed.request
    }

    /// Fails with [`Error::BadSignature`](crate::Error::BadSignature) unless this identity signed the answer.
    pub fn verify_signature(&self, identity: &IdentityPublicKey) -> Result<()> {
        identity.verify(Purpose::Response, &self.sealed.write().finish(), &self.signature)
    }

    /// The canonical encoding.
    pub fn encode(&self) -> Vec<u8> {
        self.signature.write(self.sealed.write()).finish()
    }

    /// Decodes, strictly.
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        Reader::decode_all(bytes, |reader| {
            reader.version()?;
            let sealed = Sealed {
                request: reader.array()?,
                member: PartyIndex::new(reader.u16()?)?,
                encapsulated_key: reader.array()?,
                ciphertext: reader.long_bytes()?.to_vec(),
            };
            Ok(Self { sealed, signature: Signature::read(reader)? })
        })
    }
}
