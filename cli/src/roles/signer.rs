//! Who signs for a party: an identity key in its store, or a wallet.

use crate::console::Console;
use crate::failure::{Failure, Result, While};
use crate::store::Store;
use relight::identity::{Address, IdentityKey, IdentityPublicKey, Signed, Unsigned};

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
        Self::import(store, IdentityKey::generate(&mut rand::rng()))
    }

    /// Uses a key that its holder has.
    ///
    /// # Errors
    ///
    /// If the store has an identity.
    pub fn import(store: &Store, key: IdentityKey) -> Result<Self> {
        if store.kept(PUBLIC)?.is_some() {
            return Err(taken(store));
        }
        store.seal(KEY, &key.encode())?;
        claim(store, &key.public())?;
        Ok(Self::Key(key))
    }

    /// Takes back the key of the identity that the store has; in a store without one it is imported.
    ///
    /// # Errors
    ///
    /// If the store has another identity.
    pub fn restore(store: &Store, key: IdentityKey) -> Result<Self> {
        match store.kept(PUBLIC)? {
            None => Self::import(store, key),
            Some(known) if known == key.public().to_bytes() => {
                store.reseal(KEY, &key.encode())?;
                Ok(Self::Key(key))
            }
            Some(_) => Err(taken(store)),
        }
    }

    fn name_wallet(store: &Store, public: &IdentityPublicKey) -> Result<Self> {
        claim(store, public)?;
        Ok(Self::Wallet(public.clone()))
    }

    /// Uses a wallet that is known by its address: its public key is recovered from what it signs.
    ///
    /// # Errors
    ///
    /// If the store has an identity, or another wallet signs.
    pub fn introduce_wallet(store: &Store, console: &Console, address: Address) -> Result<Self> {
        let context = store.name().as_bytes();
        let returned = console.wallet(address, &IdentityPublicKey::introduction(context))?;
        let public = IdentityPublicKey::introduce(context, Some(address), &returned).at("the wallet")?;
        Self::name_wallet(store, &public)
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

    /// Has the store an identity?
    ///
    /// # Errors
    ///
    /// If the disk refuses.
    pub fn is_named(store: &Store) -> Result<bool> {
        Ok(store.kept(PUBLIC)?.is_some())
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
                let returned = console.wallet(public.address(), &unsigned.wallet_text())?;
                unsigned.complete(&returned).at("the wallet")
            }
        }
    }

    /// Signs what a party does once, under a name in its store: whoever asks again gets the same, whatever came between.
    /// It is recorded before anybody sees it, and what a wallet is to sign waits in the store until it is signed.
    ///
    /// # Errors
    ///
    /// Those of `make` and [`Signer::sign`].
    pub fn sign_once<T: Signed>(
        &self,
        (store, name): (&Store, &str),
        encode: impl Fn(&T) -> Vec<u8>,
        console: &Console,
        make: impl FnOnce() -> Result<Unsigned<T>>,
    ) -> Result<T> {
        if let Some(signed) = store.kept(name)? {
            return T::decode(&signed).at(name);
        }
        let waiting = waiting(name);
        let unsigned = match store.kept(&waiting)? {
            Some(body) => Unsigned::from_body(&body, self.public()),
            None => make()?,
        };
        if matches!(self, Self::Wallet(_)) {
            store.keep(&waiting, unsigned.body())?;
        }
        let signed = self.sign(unsigned, console)?;
        store.keep(name, &encode(&signed))?;
        Ok(signed)
    }

    /// Is something signed under this name, or waiting for a wallet?
    ///
    /// # Errors
    ///
    /// If the disk refuses.
    pub fn has_begun(store: &Store, name: &str) -> Result<bool> {
        Ok(store.kept(name)?.is_some() || store.kept(&waiting(name))?.is_some())
    }
}

fn waiting(name: &str) -> String {
    format!("unsigned/{name}")
}

/// The public half of the store's identity, for which nothing is opened.
pub fn public(store: &Store) -> Result<IdentityPublicKey> {
    let bytes = store.kept(PUBLIC)?.ok_or_else(|| {
        Failure::refused(store.root().display(), "there is no identity").next("make one: relight identity new")
    })?;
    IdentityPublicKey::from_bytes(&bytes).at(PUBLIC)
}

/// An address as people write it, with or without 0x.
pub fn address(text: &str) -> Option<Address> {
    let bytes = hex::decode(text.trim_start_matches("0x")).ok()?;
    bytes.try_into().ok().map(Address)
}

fn claim(store: &Store, public: &IdentityPublicKey) -> Result<()> {
    match store.keep(PUBLIC, &public.to_bytes())? {
        true => Ok(()),
        false => Err(taken(store)),
    }
}

fn taken(store: &Store) -> Failure {
    Failure::refused(store.root().display(), "the store has an identity")
}
