//! What is signed, and how it is hashed (spec §3.6).

use crate::error::{Error, Result};
use crate::hash::frame;
use alloc::format;
use alloc::string::String;
use sha2::{Digest, Sha256};
use sha3::Keccak256;

/// What an identity signs for: a signature for one purpose is none for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The introduction of an identity that lives in a wallet.
    Identity,
    /// The dealing of a dealer.
    Dealing,
    /// The confirmation of a recipient.
    Confirmation,
    /// The registration of a Blinder, by its operator.
    BlinderRegistration,
    /// The registration of a member.
    MemberRegistration,
    /// The answer of a member to a recovery request.
    Response,
}

impl Purpose {
    fn name(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Dealing => "dealing",
            Self::Confirmation => "confirmation",
            Self::BlinderRegistration => "blinder-registration",
            Self::MemberRegistration => "member-registration",
            Self::Response => "response",
        }
    }

    fn digest(self, message: &[u8]) -> [u8; 32] {
        Sha256::digest(frame("signature", &[self.name().as_bytes(), message])).into()
    }

    /// The text that a wallet signs as an EIP-191 personal message, instead of an [`IdentityKey`](super::IdentityKey).
    ///
    /// ```
    /// let text = relight::identity::Purpose::Response.wallet_text(b"message");
    /// assert!(text.starts_with("relight-v1 signature\npurpose: response\ndigest: 0x"));
    /// ```
    pub fn wallet_text(self, message: &[u8]) -> String {
        let digest = self.digest(message);
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("relight-v1 signature\npurpose: {}\ndigest: 0x{hex}", self.name())
    }

    pub(super) fn prehash(self, scheme: SignatureScheme, message: &[u8]) -> [u8; 32] {
        match scheme {
            SignatureScheme::Sha256 => self.digest(message),
            SignatureScheme::PersonalMessage => {
                let text = self.wallet_text(message);
                let prefix = format!("\x19Ethereum Signed Message:\n{}", text.len());
                Keccak256::new().chain_update(prefix).chain_update(text).finalize().into()
            }
        }
    }
}

/// How the message of a signature is hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignatureScheme {
    /// SHA-256 over the framed message.
    Sha256,
    /// EIP-191 personal message, as wallets sign it, over [`Purpose::wallet_text`].
    PersonalMessage,
}

impl SignatureScheme {
    pub(super) fn number(self) -> u8 {
        match self {
            Self::Sha256 => 1,
            Self::PersonalMessage => 2,
        }
    }
}

impl TryFrom<u8> for SignatureScheme {
    type Error = Error;

    fn try_from(number: u8) -> Result<Self> {
        let known = [Self::Sha256, Self::PersonalMessage];
        known.into_iter().find(|scheme| scheme.number() == number).ok_or(Error::UnknownScheme(number))
    }
}
