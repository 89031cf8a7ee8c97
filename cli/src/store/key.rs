//! The key of a store, and what protects it.

use crate::console::Console;
use crate::failure::{Failure, Result};
use age::secrecy::{ExposeSecret, SecretString};
use age::{Decryptor, Encryptor, Identity, IdentityFile, Recipient, scrypt, x25519};
use std::io::{Read, Write};
use std::path::Path;
use zeroize::Zeroizing;

/// What opens a store.
pub enum Protection {
    /// A passphrase.
    Passphrase(SecretString),
    /// The holders of age identities, among them hardware by age's plugins.
    Recipients(Vec<Box<dyn Recipient + Send>>),
}

impl Protection {
    /// Recipients, as age writes them: `age1...`, or those of plugins.
    ///
    /// # Errors
    ///
    /// If one is no recipient, or its plugin is not installed.
    pub fn to_recipients(names: &[String]) -> Result<Self> {
        names.iter().map(|name| recipient(name)).collect::<Result<_>>().map(Self::Recipients)
    }

    pub(super) fn seal(&self, key: &x25519::Identity) -> Result<Vec<u8>> {
        let encryptor = match self {
            Self::Passphrase(passphrase) => Encryptor::with_user_passphrase(passphrase.clone()),
            Self::Recipients(recipients) => {
                let recipients = recipients.iter().map(|recipient| &**recipient as &dyn Recipient);
                Encryptor::with_recipients(recipients).map_err(|error| Failure::refused("sealing the store", error))?
            }
        };
        let mut sealed = Vec::new();
        let write = || {
            let mut writer = encryptor.wrap_output(&mut sealed)?;
            writer.write_all(key.to_string().expose_secret().as_bytes())?;
            writer.finish()
        };
        write().map_err(|error: std::io::Error| Failure::refused("sealing the store", error))?;
        Ok(sealed)
    }
}

/// Opens the key of a store, by the passphrase or by an age identity of the holder.
pub(super) fn open(path: &Path, sealed: &[u8], console: &Console) -> Result<x25519::Identity> {
    let decryptor = Decryptor::new(sealed).map_err(|error| Failure::refused(path.display(), error))?;
    let identities: Vec<Box<dyn Identity>> = if decryptor.is_scrypt() {
        vec![Box::new(scrypt::Identity::new(console.passphrase()?))]
    } else {
        identities(console)?
    };
    let mut text = Zeroizing::new(String::new());
    let opened = decryptor.decrypt(identities.iter().map(|identity| &**identity));
    let mut reader = opened.map_err(|error| {
        Failure::refused(path.display(), error).next("check the passphrase, or the file given by --identity-file")
    })?;
    reader.read_to_string(&mut text).map_err(|error| Failure::file(path, error))?;
    text.parse().map_err(|error| Failure::refused(path.display(), error))
}

fn identities(console: &Console) -> Result<Vec<Box<dyn Identity>>> {
    let path = console.identity_file().ok_or_else(|| {
        Failure::refused("opening the store", "it is sealed to an age identity")
            .next("name its file by --identity-file")
    })?;
    let file = IdentityFile::from_file(path.display().to_string()).map_err(|error| Failure::file(path, error))?;
    let identities = file.into_identities().map_err(|error| Failure::refused(path.display(), error))?;
    Ok(identities.into_iter().map(|identity| identity as Box<dyn Identity>).collect())
}

fn recipient(name: &str) -> Result<Box<dyn Recipient + Send>> {
    if let Ok(native) = name.parse::<x25519::Recipient>() {
        return Ok(Box::new(native));
    }
    let refuse = |error: &dyn std::fmt::Display| Failure::refused(format!("the recipient {name}"), error);
    let plugin: age::plugin::Recipient = name.parse().map_err(|error: &str| refuse(&error))?;
    let (binary, recipients) = (plugin.plugin().to_owned(), vec![plugin]);
    let client = age::plugin::RecipientPluginV1::new(&binary, &recipients, &[], age::NoCallbacks);
    Ok(Box::new(client.map_err(|error| refuse(&error))?))
}
