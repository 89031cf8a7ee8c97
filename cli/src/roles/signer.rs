//! Who signs for a party: an identity key in its store, or a wallet.

use crate::console::Console;
use crate::failure::{Failure, Result, While};
use crate::store::Store;
use relight::identity::{IdentityKey, IdentityPublicKey, Signed, Unsigned};

const KEY: &str = "identity";
const PUBLIC: &str = "identity.public";

/// The secret half of an identity, wherever it lives.
pub enum Signer {
    /// A key in the store.
    Key(IdentityKey),
    /// A wallet, with which a person signs.
    Wallet(IdentityPublicKey),
}

impl Signer {
    /// Makes an identity key.
    ///
    /// # Errors
    ///
    /// If the store has an identity.
    pub fn generate(store: &Store) -> Result<Self> {
        let key = IdentityKey::generate(&mut rand::rng());
        claim(store, &key.public())?;
        store.seal(KEY, &key.encode())?;
        Ok(Self::Key(key))
    }

    /// Uses a wallet whose public key is known.
    ///
    /// # Errors
    ///
    /// If the store has an identity.
    pub fn name_wallet(store: &Store, public: &IdentityPublicKey) -> Result<Self> {
        claim(store, public)?;
        Ok(Self::Wallet(public.clone()))
    }

    /// The identity of the store. A key is opened, for a wallet nothing is.
    ///
    /// # Errors
    ///
    /// If there is none, or it does not open.
    pub fn open(store: &Store, console: &Console) -> Result<Self> {
        if store.has_secret(KEY) {
            return Ok(Self::Key(IdentityKey::decode(&store.secret(KEY, console)?).at("identity.age")?));
        }
        public(store).map(Self::Wallet)
    }

    /// The public half.
    pub fn public(&self) -> IdentityPublicKey {
        match self {
            Self::Key(key) => key.public(),
            Self::Wallet(public) => public.clone(),
        }
    }

    /// Signs: a key at once; for a wallet a person is shown the text, and brings back what the wallet said.
    ///
    /// # Errors
    ///
    /// If what the wallet gave back is not the signature that was asked for, with what is wrong with it.
    pub fn sign<T: Signed>(&self, unsigned: Unsigned<T>, console: &Console) -> Result<T> {
        match self {
            Self::Key(key) => unsigned.sign(key).at("the signature"),
            Self::Wallet(public) => {
                console.show(format!("Sign this text with {}:\n{}", public.address(), unsigned.wallet_text()));
                let returned = console.prompt("What the wallet gave back")?;
                let returned = hex::decode(returned.trim_start_matches("0x"));
                let returned = returned.map_err(|error| Failure::refused("what the wallet gave back", error))?;
                unsigned.complete(&returned).at("the wallet")
            }
        }
    }
}

/// The public half of the store's identity, for which nothing is opened.
pub fn public(store: &Store) -> Result<IdentityPublicKey> {
    let bytes = store.kept(PUBLIC)?.ok_or_else(|| {
        Failure::refused(store.root().display(), "there is no identity").next("make one: relight identity new")
    })?;
    IdentityPublicKey::from_bytes(&bytes).at(PUBLIC)
}

fn claim(store: &Store, public: &IdentityPublicKey) -> Result<()> {
    match store.keep(PUBLIC, &public.to_bytes())? {
        true => Ok(()),
        false => Err(Failure::refused(store.root().display(), "the store has an identity")),
    }
}
