//! Who signs for a party: an identity key in a file, or a wallet.

use super::files;
use super::wallet::Wallet;
use crate::failure::{Result, While};
use relight::sharing::PartyIndex;
use relight::{
    KeyShare, MemberKey,
    dealing::{Ceremony, Dealing},
    identity::{Address, IdentityKey, IdentityPublicKey, Signed, Unsigned},
};
use std::path::{Path, PathBuf};

/// The secret half of an identity, wherever it lives.
pub(crate) enum Signer {
    Key(IdentityKey),
    Wallet { wallet: Wallet, identity: IdentityPublicKey },
}

impl Signer {
    /// A party that has a wallet introduces it; others make an identity key.
    pub(crate) fn set_up(home: &Path, context: &[u8]) -> Result<Self> {
        if let Some(wallet) = Wallet::open(home)? {
            return Self::introduce(wallet, home, context);
        }
        let key = IdentityKey::generate(&mut rand::rng());
        files::write_secret(&key_path(home), &key.encode())?;
        Ok(Self::Key(key))
    }

    /// The public key of a wallet is recovered from its first signature.
    fn introduce(wallet: Wallet, home: &Path, context: &[u8]) -> Result<Self> {
        let returned = wallet.sign(&IdentityPublicKey::introduction(context))?;
        let address = Some(Address(wallet.address()));
        let identity = IdentityPublicKey::introduce(context, address, &returned).at("the wallet")?;
        files::write(&public_path(home), &identity.to_bytes())?;
        Ok(Self::Wallet { wallet, identity })
    }

    pub(crate) fn open(home: &Path) -> Result<Self> {
        match Wallet::open(home)? {
            Some(wallet) => {
                let identity = files::decode(&public_path(home), IdentityPublicKey::from_bytes)?;
                Ok(Self::Wallet { wallet, identity })
            }
            None => files::decode(&key_path(home), IdentityKey::decode).map(Self::Key),
        }
    }

    pub(crate) fn public(&self) -> IdentityPublicKey {
        match self {
            Self::Key(key) => key.public(),
            Self::Wallet { identity, .. } => identity.clone(),
        }
    }

    /// A wallet signs the text of the object, and what it gives back completes that.
    pub(crate) fn sign<T: Signed>(&self, unsigned: Unsigned<T>) -> Result<T> {
        let signed = match self {
            Self::Key(key) => unsigned.sign(key),
            Self::Wallet { wallet, .. } => {
                let returned = wallet.sign(&unsigned.wallet_text())?;
                unsigned.complete(&returned)
            }
        };
        Ok(signed?)
    }

    /// The member key is what a dealer with a wallet hedges its randomness with.
    pub(crate) fn deal(
        &self,
        ceremony: &Ceremony,
        dealer: PartyIndex,
        key: &MemberKey,
        old: &[&KeyShare],
    ) -> Result<Dealing> {
        let rng = &mut rand::rng();
        match self {
            Self::Key(identity) => Ok(ceremony.deal(dealer, identity, old, rng)?),
            Self::Wallet { .. } => self.sign(ceremony.deal_unsigned(dealer, key, old, rng)?),
        }
    }
}

fn key_path(home: &Path) -> PathBuf {
    home.join("identity.key")
}

fn public_path(home: &Path) -> PathBuf {
    home.join("identity.public")
}
