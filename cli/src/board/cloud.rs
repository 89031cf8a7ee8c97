//! A board in an object store, such as a bucket that people share (spec §16.1).

use super::Board;
use super::address::Address;
use crate::failure::{Failure, Result};
use crate::files;
use futures_util::{StreamExt, TryStreamExt};
use object_store::path::Path;
use object_store::{Error, ObjectMeta, ObjectStore, ObjectStoreExt, PutMode, PutPayload};
use tokio::runtime::{Builder, Runtime};

/// No folder of a board has more files.
const LONGEST_LIST: usize = 100_000;

/// A folder of an object store: everything beneath a prefix.
pub struct Cloud {
    store: Box<dyn ObjectStore>,
    prefix: Path,
    runtime: Runtime,
    address: Address,
}

impl Cloud {
    /// The board at an address: `s3://`, `gs://`, `az://` or `https://` (S3, Google Cloud, Azure, WebDAV).
    ///
    /// Who may read and write there is between its owner and the store, whose settings and credentials are those that
    /// the store's own tools take from the environment. They are no secrets of Relight.
    ///
    /// # Errors
    ///
    /// If the address is that of no such store, or the store's settings make no sense.
    pub fn new(address: &str) -> Result<Self> {
        let address: Address = address.parse()?;
        let (store, prefix) = address.open()?;
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| Failure::refused(&address, error))?;
        Ok(Self { store, prefix, runtime, address })
    }

    fn run<T>(&self, key: &Path, work: impl Future<Output = object_store::Result<T>>) -> Result<T> {
        self.runtime.block_on(work).map_err(|error| self.address.failure(key, &error))
    }

    fn refused(&self, key: &Path, why: impl std::fmt::Display) -> Failure {
        Failure::refused(format!("{key} on the board {}", self.address), why)
    }

    //= spec/16-files.md#16-1-the-board
    //# In an object store, the key of a file MUST be the board's prefix, a slash, and the path of the file.
    fn key(&self, path: &str) -> Path {
        path.split('/').fold(self.prefix.clone(), Path::join)
    }

    async fn list(&self, folder: &Path) -> object_store::Result<Vec<ObjectMeta>> {
        // WebDAV has folders, and few servers list all that is beneath one; elsewhere a folder is only a prefix.
        match self.address.has_folders() {
            true => Ok(self.store.list_with_delimiter(Some(folder)).await?.objects),
            false => self.store.list(Some(folder)).take(LONGEST_LIST + 1).try_collect().await,
        }
    }

    async fn put(&self, key: &Path, bytes: &[u8]) -> object_store::Result<()> {
        let payload = PutPayload::from(bytes.to_vec());
        match self.store.put_opts(key, payload.clone(), PutMode::Create.into()).await {
            Ok(_) | Err(Error::AlreadyExists { .. }) => Ok(()),
            Err(Error::NotImplemented { .. } | Error::NotSupported { .. }) => self.put_if_missing(key, payload).await,
            Err(error) => Err(error),
        }
    }

    /// For stores that know no condition. Whoever comes between writes the same bytes, for the name carries their hash.
    async fn put_if_missing(&self, key: &Path, payload: PutPayload) -> object_store::Result<()> {
        match self.store.head(key).await {
            Err(Error::NotFound { .. }) => self.store.put(key, payload).await.map(drop),
            found => found.map(drop),
        }
    }
}

impl Board for Cloud {
    fn names(&self, folder: &str) -> Result<Vec<String>> {
        let folder = self.key(folder);
        let found = self.run(&folder, self.list(&folder))?;
        if found.len() > LONGEST_LIST {
            let why = format!("there are more than {LONGEST_LIST} files: somebody fills it");
            return Err(self.refused(&folder, why).next("remove what is of no use, or agree on another board"));
        }
        let mut names: Vec<String> = found.iter().filter_map(|file| name_in(&folder, &file.location)).collect();
        names.sort();
        Ok(names)
    }

    fn read(&self, path: &str) -> Result<Vec<u8>> {
        let key = self.key(path);
        let found = self.run(&key, self.store.get(&key))?;
        if found.meta.size > files::LARGEST {
            return Err(self.refused(&key, "the file is too large to be anything of Relight"));
        }
        Ok(self.run(&key, found.bytes())?.to_vec())
    }

    fn create(&self, path: &str, bytes: &[u8]) -> Result<()> {
        let key = self.key(path);
        self.run(&key, self.put(&key, bytes))
    }

    fn describe(&self) -> String {
        self.address.to_string()
    }
}

/// The name of a file that lies in a folder, not deeper.
fn name_in(folder: &Path, file: &Path) -> Option<String> {
    let mut parts = file.prefix_match(folder)?;
    let name = parts.next()?;
    parts.next().is_none().then(|| name.as_ref().to_owned())
}
