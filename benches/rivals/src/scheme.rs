//! What is compared.

use crate::party::Answer;
use relight::curve::CurveId;

/// A way to encrypt secrets verifiably to a recovery party. A scheme without batching does everything once for each
/// secret. Everything refuses with `None`.
pub trait Scheme {
    /// What a verifier knows to be good.
    type Verified;
    /// What the members' answers are together.
    type Unlocked;

    /// For reports.
    fn name(&self) -> String;
    /// Of the secrets.
    fn curve(&self) -> CurveId;
    /// Encrypts all secrets.
    fn encrypt(&self) -> Vec<u8>;
    /// Checks that the secrets are those of the public shares, and can be decrypted.
    fn verify(&self, bytes: &[u8]) -> Option<Self::Verified>;
    /// The decryption share of a member.
    fn answer(&self, verified: &Self::Verified, member: u16) -> Answer;
    /// Checks each answer, so that it is known who lies.
    fn check(&self, verified: &Self::Verified, answers: &[Answer]) -> Option<()>;
    /// Combines as many answers as the threshold, without that.
    fn combine(&self, answers: &[Answer]) -> Option<Self::Unlocked>;
    /// Decrypts all secrets and checks them against the public shares.
    fn open(&self, verified: &Self::Verified, unlocked: &Self::Unlocked) -> Option<()>;
}

/// A way to deal shares of keys to recipients, in one message that anyone can check.
pub trait Dealing {
    /// For reports.
    fn name(&self) -> String;
    /// Of the keys.
    fn curve(&self) -> CurveId;
    fn deal(&self) -> Vec<u8>;
    fn verify(&self, bytes: &[u8]) -> Option<()>;
}
