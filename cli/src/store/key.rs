//! The key of a store, and what protects it.

use crate::console::Console;
use crate::failure::{Failure, Result};
use age::IdentityFile;
use relight_sealed::{
    ExposeSecret, Identity, Recipient, SecretString, open_with_passphrase, seal, seal_with_passphrase,
    takes_passphrase, x25519,
};
use std::path::Path;

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
        let key = key.to_string();
        let secret = key.expose_secret().as_bytes();
        let sealed = match self {
            Self::Passphrase(passphrase) => seal_with_passphrase(secret, passphrase.clone()),
            Self::Recipients(recipients) => seal(secret, recipients.iter().map(|recipient| &**recipient as _)),
        };
        sealed.map_err(|error| Failure::refused("sealing the store", error))
    }
}

/// Opens the key of a store, by the passphrase or by an age identity of the holder.
pub(super) fn open(path: &Path, sealed: &[u8], console: &Console) -> Result<x25519::Identity> {
    let passphrase = takes_passphrase(sealed).map_err(|error| Failure::refused(path.display(), error))?;
    let opened = match passphrase {
        true => open_with_passphrase(sealed, console.passphrase()?),
        false => relight_sealed::open(sealed, identities(console)?.iter().map(|identity| &**identity)),
    };
    let key = opened.map_err(|error| {
        Failure::refused(path.display(), error).next("check the passphrase, or the file given by --identity-file")
    })?;
    let key = std::str::from_utf8(&key).ok().and_then(|text| text.parse().ok());
    key.ok_or_else(|| Failure::refused(path.display(), "there is no age identity in it"))
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
