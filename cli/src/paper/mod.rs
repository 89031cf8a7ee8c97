//! Secrets on paper: 24 words (BIP-39, English) for the 32 bytes of a scalar, and the name of what it is (spec §16.5).

mod mend;
mod page;

pub use mend::{Mistake, read};
pub use page::{page, qr};

use bip39::{Language, Mnemonic};
use relight::identity::{IdentityKey, IdentityPublicKey};
use relight::{Blinder, BlinderPublicKey, MemberKey, MemberPublicKey};
use zeroize::Zeroizing;

/// Words of a secret.
pub const WORDS: usize = 24;

/// A secret that can be written down.
pub trait Written: Sized {
    /// The public half, against which what was read is checked.
    type Public: PartialEq;
    /// What it is, for people.
    const WHAT: &'static str;

    /// The scalar, 32 bytes.
    fn expose(&self) -> Zeroizing<[u8; 32]>;

    /// The secret with this scalar, if it is one.
    fn from_scalar(scalar: &[u8; 32]) -> Option<Self>;

    /// The public half.
    fn half(&self) -> Self::Public;

    /// The words to write down.
    fn words(&self) -> Zeroizing<String> {
        // 32 bytes always have words.
        let words = Mnemonic::from_entropy_in(Language::English, &*self.expose());
        Zeroizing::new(words.map_or_else(|_| String::new(), |words| words.to_string()))
    }
}

macro_rules! written {
    ($secret:ident, $public:ident, $what:literal) => {
        impl Written for $secret {
            type Public = $public;
            const WHAT: &'static str = $what;

            fn expose(&self) -> Zeroizing<[u8; 32]> {
                self.expose_bytes()
            }

            fn from_scalar(scalar: &[u8; 32]) -> Option<Self> {
                Self::from_bytes(scalar).ok()
            }

            fn half(&self) -> $public {
                self.public()
            }
        }
    };
}

written!(Blinder, BlinderPublicKey, "Blinder");
written!(IdentityKey, IdentityPublicKey, "identity key");
written!(MemberKey, MemberPublicKey, "member key");
