//! The names of files on the board (spec §16).

use crate::armour::Kind;
use crate::failure::{Failure, Result};
use relight::Digest;
use sha2::{Digest as _, Sha256};
use std::fmt::{Display, Formatter};

/// Bytes of the hash that a name carries.
const HASH_LEN: usize = 16;
/// Longer names are hashed.
const LONGEST_SEGMENT: usize = 100;

/// A folder of the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Identities and registrations of members of a party, or of nodes as parties of ceremonies.
    Members(Vec<u8>),
    /// Registrations of the Blinders of a network.
    Blinders(Vec<u8>),
    /// Plans of ceremonies, rosters and bundles.
    Plans,
    /// A ceremony, by its digest.
    Ceremony(Digest),
    /// The backups of a network.
    Backups(Vec<u8>),
    /// Drafts and requests.
    Requests,
    /// What is said to a request, by its attested digest.
    Request(Digest),
    /// Evidence.
    Evidence,
}

impl Place {
    /// The folder, without a slash at its end.
    pub fn folder(&self) -> String {
        match self {
            Self::Members(party) => format!("members/{}", segment(party)),
            Self::Blinders(network) => format!("blinders/{}", segment(network)),
            Self::Plans => "plans".to_owned(),
            Self::Ceremony(digest) => format!("ceremonies/{}", short(digest)),
            Self::Backups(network) => format!("backups/{}", segment(network)),
            Self::Requests => "requests".to_owned(),
            Self::Request(digest) => format!("requests/{}", short(digest)),
            Self::Evidence => "evidence".to_owned(),
        }
    }

    /// The path of a file there.
    pub fn path(&self, name: &Name) -> String {
        format!("{}/{name}", self.folder())
    }
}

/// `SUBJECT.HASH.KIND`: what the object is about, the first 16 bytes of the SHA-256 of its bytes, and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// What it is about, as a segment of a path.
    pub subject: String,
    /// The first bytes of its hash.
    hash: [u8; HASH_LEN],
    /// What it is.
    pub kind: Kind,
}

impl Name {
    /// The name of an object.
    pub fn new(subject: impl AsRef<[u8]>, kind: Kind, bytes: &[u8]) -> Self {
        Self { subject: segment(subject.as_ref()), hash: hash(bytes), kind }
    }

    /// The name, if it is one.
    pub fn parse(file: &str) -> Option<Self> {
        let mut parts = file.rsplitn(3, '.');
        let (extension, digest, subject) = (parts.next()?, parts.next()?, parts.next()?);
        let kind = *Kind::ALL.iter().find(|kind| kind.extension() == extension)?;
        let mut hash = [0; HASH_LEN];
        hex::decode_to_slice(digest, &mut hash).ok()?;
        // It is shown to people: nothing in it moves a cursor.
        let segment = |byte: u8| is_plain(byte) || byte == b'_';
        let name = subject.bytes().all(segment).then(|| Self { subject: subject.to_owned(), hash, kind })?;
        (name.to_string() == file).then_some(name)
    }

    /// The bytes, if they are those of the name.
    ///
    /// # Errors
    ///
    /// If they are others.
    pub fn check(&self, path: &str, bytes: Vec<u8>) -> Result<Vec<u8>> {
        if hash(&bytes) == self.hash {
            Ok(bytes)
        } else {
            Err(Failure::refused(path, "its bytes are not those that its name promises: damaged on the board"))
        }
    }
}

impl Display for Name {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.subject, hex::encode(self.hash), self.kind.extension())
    }
}

fn hash(bytes: &[u8]) -> [u8; HASH_LEN] {
    let mut first = [0; HASH_LEN];
    first.copy_from_slice(&Sha256::digest(bytes)[..HASH_LEN]);
    first
}

/// A name as part of a path: lower-case letters, digits and dashes as they are, every other byte as `_` and two hexadecimal
/// digits, so that two names are never one and any file system can hold it. A long one is its hash.
pub fn segment(name: &[u8]) -> String {
    let escape = |byte: &u8| if is_plain(*byte) { char::from(*byte).to_string() } else { format!("_{byte:02x}") };
    let escaped: String = name.iter().map(escape).collect();
    match escaped.len() {
        0 => "__".to_owned(),
        1..=LONGEST_SEGMENT => escaped,
        _ => format!("__{}", hex::encode(hash(name))),
    }
}

/// The first bytes of a digest, as part of a path.
pub fn short(digest: &Digest) -> String {
    hex::encode(&digest.as_bytes()[..HASH_LEN])
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'
}
