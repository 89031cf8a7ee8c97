//! A stand-in for a wallet: it keeps its key to itself, shows an address, and signs texts that people read (EIP-191).
//! It knows nothing of Relight.

use crate::failure::{Failure, Result};
use crate::files;
use k256::ecdsa::SigningKey;
use relight::identity::Address;
use sha3::{Digest, Keccak256};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

const ADDRESS_LEN: usize = 20;
/// What wallets add to the parity.
const V_OFFSET: u8 = 27;

/// An account of a wallet.
pub(crate) struct Wallet {
    folder: PathBuf,
    key: SigningKey,
}

impl Wallet {
    /// A new account, in a folder of its own.
    pub(crate) fn create(folder: &Path) -> Result<Self> {
        let key = loop {
            if let Ok(key) = SigningKey::from_slice(&rand::random::<[u8; 32]>()) {
                break key;
            }
        };
        files::replace(&folder.join("account"), &key.to_bytes())?;
        Ok(Self { folder: folder.to_owned(), key })
    }

    /// The account in a folder, if there is one.
    pub(crate) fn open(folder: &Path) -> Result<Option<Self>> {
        if !folder.exists() {
            return Ok(None);
        }
        let account = Zeroizing::new(files::read(&folder.join("account"))?);
        let key = SigningKey::from_slice(&account).map_err(|_| Failure::because("no account"))?;
        Ok(Some(Self { folder: folder.to_owned(), key }))
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// What a wallet shows of its public key.
    pub(crate) fn address(&self) -> Address {
        let point = self.key.verifying_key().to_sec1_point(false);
        let hash = Keccak256::digest(point.as_bytes().get(1..).unwrap_or_default());
        let mut address = [0; ADDRESS_LEN];
        address.iter_mut().zip(hash.iter().skip(hash.len() - ADDRESS_LEN)).for_each(|(to, from)| *to = *from);
        Address(address)
    }

    /// Shows the text to its owner, who agrees: r || s || v.
    pub(crate) fn sign(&self, text: &str) -> Result<Vec<u8>> {
        let prefixed = format!("\x19Ethereum Signed Message:\n{}{text}", text.len());
        let (signature, parity) = self.key.sign_prehash_recoverable(&Keccak256::digest(prefixed));
        files::replace(&self.history(), [&*self.signed()?, text, "\n"].concat().as_bytes())?;
        Ok([&signature.to_bytes()[..], &[V_OFFSET + parity.to_byte()]].concat())
    }

    /// All texts that it has signed.
    pub(crate) fn signed(&self) -> Result<String> {
        let path = self.history();
        if path.exists() { Ok(String::from_utf8_lossy(&files::read(&path)?).into_owned()) } else { Ok(String::new()) }
    }

    fn history(&self) -> PathBuf {
        self.folder.join("history")
    }
}
