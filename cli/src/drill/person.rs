//! Somebody with a store of their own, who does what people do with the program: the same functions, at a desk of their own.

use super::wallet::Wallet;
use crate::console::{self, Console, Secrets};
use crate::desk::Desk;
use crate::failure::{Failure, Result};
use crate::files;
use crate::roles::{Signer, own_identity};
use crate::store::{Protection, Store};
use relight::identity::{IdentityPublicKey, Signed, Unsigned};
use relight_sealed::{ExposeSecret, x25519};
use std::path::{Path, PathBuf};

/// A person, or a machine.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    label: String,
    /// The directory of the drill.
    root: PathBuf,
    home: PathBuf,
    /// The age identity that opens the store.
    key: PathBuf,
}

impl Person {
    /// The one with a store at this path in the directory of the drill.
    pub(crate) fn new(root: &Path, path: &str) -> Self {
        let label = path.rsplit('/').next().unwrap_or(path).to_owned();
        let key = root.join("keys").join(path).with_extension("age-identity");
        Self { label, root: root.to_owned(), home: root.join(path), key }
    }

    /// The same person at another store, which the same age identity opens.
    pub(crate) fn at(&self, path: &str) -> Self {
        Self { home: self.root.join(path), ..self.clone() }
    }

    pub(crate) fn label(&self) -> &str {
        &self.label
    }

    pub(crate) fn home(&self) -> &Path {
        &self.home
    }

    /// Makes the store, sealed to a new age identity: no person is there to remember a passphrase.
    pub(crate) fn make_store(&self) -> Result<()> {
        let key = x25519::Identity::generate();
        files::create(&self.key, key.to_string().expose_secret().as_bytes())?;
        let protection = Protection::to_recipients(&[key.to_public().to_string()])?;
        Store::create(&self.home, &self.label, &protection).map(drop)
    }

    /// Makes the store, and in it an identity: a key, or the wallet that the person has.
    pub(crate) fn set_up(&self) -> Result<()> {
        self.make_store()?;
        match self.wallet()? {
            None => Signer::generate(&self.store()?).map(drop),
            Some(wallet) => {
                self.does(|desk| Signer::introduce_wallet(&desk.store()?, &desk.console, wallet.address()).map(drop))
            }
        }
    }

    /// Makes the store of an export, which the same age identity opens.
    pub(crate) fn import(&self, archive: &[u8]) -> Result<()> {
        let folder = self.home.parent().unwrap_or(&self.root);
        files::make_folder(folder).map_err(|error| Failure::file(folder, error))?;
        Store::import(&self.home, archive).map(drop)
    }

    pub(crate) fn store(&self) -> Result<Store> {
        Store::open(&self.home)
    }

    pub(crate) fn identity(&self) -> Result<IdentityPublicKey> {
        own_identity(&self.store()?)
    }

    /// Where the person works, and asks nobody.
    pub(crate) fn desk(&self) -> Desk {
        self.desk_with(console::Wallet::default())
    }

    fn desk_with(&self, wallet: console::Wallet) -> Desk {
        let secrets = Secrets { identity_file: Some(self.key.clone()), ..Secrets::default() };
        let board = self.root.join("board").display().to_string();
        Desk::new(self.home.clone(), Some(board), Console::new(secrets, wallet, true, true))
    }

    /// Does something that is signed. Whoever has a wallet gives the command twice, as people do: for the text that the wallet
    /// is to sign, and with what the wallet gave back.
    pub(crate) fn does<T>(&self, deed: impl FnMut(&Desk) -> Result<T>) -> Result<T> {
        match self.wallet()? {
            None => self.once(deed),
            Some(wallet) => self.with(&wallet, deed),
        }
    }

    fn once<T>(&self, mut deed: impl FnMut(&Desk) -> Result<T>) -> Result<T> {
        deed(&self.desk())
    }

    /// Does something that this wallet signs.
    pub(crate) fn with<T>(&self, wallet: &Wallet, mut deed: impl FnMut(&Desk) -> Result<T>) -> Result<T> {
        let text = wallet.folder().join("to-sign");
        let asked = deed(&self.desk_with(console::Wallet { unsigned: Some(text.clone()), signature: None }));
        if !text.exists() {
            return asked;
        }
        let returned = wallet.sign(&String::from_utf8_lossy(&files::read(&text)?))?;
        files::remove(&text)?;
        deed(&self.desk_with(console::Wallet { unsigned: None, signature: Some(hex::encode(returned)) }))
    }

    /// Signs whatever it is: those who cheat do.
    pub(crate) fn sign<T: Signed>(&self, body: &[u8]) -> Result<T> {
        self.does(|desk| {
            let signer = Signer::open(&desk.store()?, &desk.console)?;
            signer.sign(Unsigned::from_body(body, signer.public()), &desk.console)
        })
    }

    /// The wallet that is the person's identity, if there is one.
    pub(crate) fn wallet(&self) -> Result<Option<Wallet>> {
        Wallet::open(&self.wallet_folder())
    }

    pub(crate) fn wallet_folder(&self) -> PathBuf {
        self.root.join("wallets").join(&self.label)
    }

    /// The store is lost.
    pub(crate) fn lose(&self) -> Result<()> {
        std::fs::remove_dir_all(&self.home).map_err(|error| Failure::file(&self.home, error))
    }
}
