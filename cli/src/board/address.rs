//! The address of an object store, and what it says when it refuses.

use crate::failure::{Failure, Result};
use object_store::path::Path;
use object_store::{Error, ObjectStore, ObjectStoreScheme};
use std::ffi::OsString;
use std::fmt::{Display, Formatter};
use std::str::FromStr;
use url::Url;

/// Of what a store says, people read this much.
const LONGEST_REASON: usize = 400;
/// The largest objects may take this long on slow lines.
const PATIENCE: &str = "15 minutes";
/// What the environment says to the stores' own tools begins so.
const SETTINGS: [&str; 3] = ["AWS_", "AZURE_", "GOOGLE_"];
const ADDRESSES: &str = "name a folder by its path, or a store: s3://BUCKET/PREFIX, gs://BUCKET/PREFIX, \
                         az://CONTAINER/PREFIX, https://HOST/PATH (WebDAV)";

/// An address that people share.
#[derive(Debug)]
pub struct Address {
    url: Url,
    scheme: ObjectStoreScheme,
}

impl FromStr for Address {
    type Err = Failure;

    fn from_str(text: &str) -> Result<Self> {
        let url = Url::parse(text).map_err(|error| Failure::refused("the board", error).next(ADDRESSES))?;
        match ObjectStoreScheme::parse(&url) {
            // The memory of a process is nothing that others reach, and a folder is named by its path.
            Err(_) | Ok((ObjectStoreScheme::Local | ObjectStoreScheme::Memory, _)) => {
                Err(Failure::refused("the board", "no object store has such an address").next(ADDRESSES))
            }
            Ok((scheme, _)) => Ok(Self { url, scheme }),
        }
    }
}

impl Address {
    /// The store, and the prefix of the board there. Nothing is sent.
    pub fn open(&self) -> Result<(Box<dyn ObjectStore>, Path)> {
        let opened = object_store::parse_url_opts(&self.url, self.settings());
        opened.map_err(|error| self.failure(&self.url.path(), &error))
    }

    /// Is a folder there more than a prefix of keys?
    pub fn has_folders(&self) -> bool {
        self.scheme == ObjectStoreScheme::Http
    }

    fn settings(&self) -> impl Iterator<Item = (String, String)> {
        // What lies on a board is public and verified: whoever writes http:// may have it.
        let plain = (self.url.scheme() == "http").then(|| ("allow_http".to_owned(), "true".to_owned()));
        let patience = ("timeout".to_owned(), PATIENCE.to_owned());
        let text = |(name, value): (OsString, OsString)| Some((name.into_string().ok()?, value.into_string().ok()?));
        let environment = std::env::vars_os().filter_map(text);
        let environment = environment.filter(|(name, _)| SETTINGS.iter().any(|start| name.starts_with(start)));
        plain.into_iter().chain([patience]).chain(environment)
    }

    /// Why the store did not do what was asked of it.
    pub fn failure(&self, key: &impl Display, error: &Error) -> Failure {
        // It repeats what a server said, whoever that is.
        let said = self.without_password(&error.to_string());
        let reason: String = said.chars().filter(|char| !char.is_control()).take(LONGEST_REASON).collect();
        Failure::refused(format!("{key} on the board {self}"), reason).next(advice(error))
    }

    fn without_password(&self, text: &str) -> String {
        match self.url.password() {
            Some(password) => text.replace(&format!(":{password}@"), "@"),
            None => text.to_owned(),
        }
    }
}

/// Without the password that may stand in it.
impl Display for Address {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.without_password(self.url.as_str()))
    }
}

fn advice(error: &Error) -> &'static str {
    match error {
        Error::InvalidPath { .. } => "ask the bucket's owner to remove the file with this name",
        _ => {
            "see whether the bucket is there, whether it can be reached from here, and what its owner lets you do: the \
             store's credentials are those of its own tools (AWS_*, GOOGLE_*, AZURE_*); then give the command again"
        }
    }
}
