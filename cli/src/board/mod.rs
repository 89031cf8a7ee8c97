//! The board: everything public, in one place that nobody has to trust.
//!
//! Those who control it can withhold, never mislead. A file is named by what it is about and by the hash of its bytes, so
//! that it cannot be replaced, and what is invented stands next to what is genuine, never in its place.

#[cfg(feature = "cloud")]
mod address;
#[cfg(feature = "cloud")]
mod cloud;
mod folder;
mod name;

#[cfg(feature = "cloud")]
pub use cloud::Cloud;
pub use folder::Folder;
pub use name::{Name, Place, segment, short};

use crate::armour::Kind;
use crate::failure::{Failure, Result, While};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Where files are kept.
pub trait Board {
    /// The names of the files in a folder, in order; none if there is no such folder.
    ///
    /// # Errors
    ///
    /// If the board cannot be reached.
    fn names(&self, folder: &str) -> Result<Vec<String>>;

    /// The bytes of a file.
    ///
    /// # Errors
    ///
    /// If there is no such file, or the board cannot be reached.
    fn read(&self, path: &str) -> Result<Vec<u8>>;

    /// Writes a file whole, unless it is there, and never over another one.
    ///
    /// # Errors
    ///
    /// If the board cannot be reached, or refuses.
    fn create(&self, path: &str, bytes: &[u8]) -> Result<()>;

    /// Where it is, for people.
    fn describe(&self) -> String;
}

/// A file as it was found: its bytes are those that its name promises.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its path on the board.
    pub path: String,
    /// What it is about: an index, a node.
    pub subject: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Files of a place, and what is wrong with others there.
#[derive(Debug, Default)]
pub struct Findings {
    /// Files that are whole.
    pub found: Vec<Found>,
    /// Files that are not what their names promise, by their paths.
    pub damaged: Vec<(String, Failure)>,
}

/// What was found and is of no use, by its path, and why.
pub type Ignored = Vec<(String, Failure)>;

/// An object as it was found, decoded.
#[derive(Clone, Debug)]
pub struct Object<T> {
    /// Its path on the board.
    pub path: String,
    /// What it says to be about.
    pub subject: String,
    /// What it is.
    pub value: T,
}

/// Objects of one kind, and what was found beside them that is of no use.
#[derive(Debug)]
pub struct Objects<T> {
    /// Those that have passed every check so far.
    pub good: Vec<Object<T>>,
    /// The others.
    pub ignored: Ignored,
}

impl<T> Objects<T> {
    /// Goes on with what comes of those of which something comes, and remembers why nothing does of the others.
    #[must_use]
    pub fn then<U>(self, make: impl Fn(Object<T>) -> relight::Result<U>) -> Objects<U> {
        let Self { good: all, mut ignored } = self;
        let mut good = Vec::new();
        for object in all {
            let (path, subject) = (object.path.clone(), object.subject.clone());
            match make(object).at(&path) {
                Ok(value) => good.push(Object { path, subject, value }),
                Err(failure) => ignored.push((path, failure)),
            }
        }
        Objects { good, ignored }
    }

    /// Goes on with those that pass a check, and remembers why the others do not.
    #[must_use]
    pub fn check(self, check: impl Fn(&Object<T>) -> relight::Result<()>) -> Self {
        self.then(|object| check(&object).map(|()| object.value))
    }

    /// Those that say to be about this subject, and what is of no use in its name.
    #[must_use]
    pub fn about(mut self, place: &Place, subject: &[u8]) -> Self {
        let subject = segment(subject);
        self.good.retain(|object| object.subject == subject);
        self.ignored.retain(|(path, _)| path.starts_with(&format!("{}/{subject}.", place.folder())));
        self
    }
}

/// The board of this name: the path of a folder, or the address of an object store, which has `://`.
///
/// # Errors
///
/// If it is an address, and of no store, or this build has none.
pub fn open(name: &str) -> Result<Box<dyn Board>> {
    match name.contains("://") {
        true => in_store(name),
        false => Ok(Box::new(Folder::new(PathBuf::from(name)))),
    }
}

#[cfg(feature = "cloud")]
fn in_store(address: &str) -> Result<Box<dyn Board>> {
    Ok(Box::new(Cloud::new(address)?))
}

#[cfg(not(feature = "cloud"))]
fn in_store(_: &str) -> Result<Box<dyn Board>> {
    Err(Failure::refused("the board", "this build has no cloud").next("cargo install --features cloud"))
}

impl dyn Board + '_ {
    /// Puts an object at its place, and gives its path.
    ///
    /// # Errors
    ///
    /// If the board cannot be reached, or refuses.
    pub fn post(&self, place: &Place, subject: impl AsRef<[u8]>, kind: Kind, bytes: &[u8]) -> Result<String> {
        let name = Name::new(subject, kind, bytes);
        let path = place.path(&name);
        self.create(&path, bytes)?;
        // What was there before it may be damaged.
        name.check(&path, self.read(&path)?)?;
        Ok(path)
    }

    /// All objects of a kind at a place. Nobody can make a genuine one disappear by putting others beside it.
    ///
    /// # Errors
    ///
    /// If the board cannot be reached.
    pub fn find(&self, place: &Place, kind: Kind) -> Result<Findings> {
        self.find_new(place, kind, &BTreeSet::new())
    }

    /// The same, without files that were read before.
    ///
    /// # Errors
    ///
    /// If the board cannot be reached.
    pub fn find_new(&self, place: &Place, kind: Kind, seen: &BTreeSet<String>) -> Result<Findings> {
        let mut findings = Findings::default();
        for file in self.names(&place.folder())? {
            //= spec/16-files.md#16-1-the-board
            //# A program MUST ignore a file whose name is not one of these, or is not that of its bytes.
            let Some(name) = Name::parse(&file).filter(|name| name.kind == kind) else { continue };
            let path = place.path(&name);
            if seen.contains(&path) {
                continue;
            }
            match self.read(&path).and_then(|bytes| name.check(&path, bytes)) {
                Ok(bytes) => findings.found.push(Found { path, subject: name.subject, bytes }),
                Err(failure) => findings.damaged.push((path, failure)),
            }
        }
        Ok(findings)
    }

    /// All objects of a kind at a place that decode.
    ///
    /// # Errors
    ///
    /// If the board cannot be reached.
    pub fn objects<T>(
        &self,
        place: &Place,
        kind: Kind,
        decode: impl Fn(&[u8]) -> relight::Result<T>,
    ) -> Result<Objects<T>> {
        let Findings { found, damaged: ignored } = self.find(place, kind)?;
        let good = found.into_iter().map(|Found { path, subject, bytes }| Object { path, subject, value: bytes });
        Ok(Objects { good: good.collect(), ignored }.then(|object: Object<Vec<u8>>| decode(&object.value)))
    }
}
