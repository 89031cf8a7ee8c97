//! Secrets that people bring from elsewhere: in a file, by standard input, or typed.

use crate::desk::Desk;
use crate::failure::{Failure, Result, While};
use crate::files;
use crate::paper;
use crate::roles::{backups, blinders};
use crate::store::Store;
use relight::{Blinder, BlinderPublicKey, Statement};
use std::io::Read;
use std::path::Path;
use zeroize::Zeroizing;

/// More than any secret has.
const LONGEST: u64 = 1 << 20;

/// The contents of a file, or for `-` of standard input.
pub(super) fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>> {
    if path != Path::new("-") {
        return files::read(path).map(Zeroizing::new);
    }
    // Reserved at once: a buffer that grows leaves copies behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST as usize));
    let read = std::io::stdin().take(LONGEST).read_to_end(&mut bytes);
    read.map_err(|error| Failure::refused("standard input", error))?;
    Ok(bytes)
}

/// A secret object from a file: as it is, or in hexadecimal.
pub(super) fn secret_object(path: &Path) -> Result<Zeroizing<Vec<u8>>> {
    let bytes = read(path)?;
    Ok(std::str::from_utf8(&bytes).ok().and_then(from_hex).unwrap_or(bytes))
}

/// The Blinder that a backup was made for: from the file, if one is named; from the store, if it has one of the node; else
/// a person types the words.
pub(super) fn blinder(desk: &Desk, store: &Store, file: Option<&Path>, statement: &Statement) -> Result<Blinder> {
    let (node, (_, public)) = (&statement.header().node, backups::lock(statement)?);
    if let Some(path) = file {
        return blinder_in(&read(path)?, public).map_err(|failure| Failure::refused(path.display(), failure));
    }
    if let Ok(blinder) = blinders::fitting(store, &desk.console, node, public) {
        return Ok(blinder);
    }
    let question = format!("The words of the Blinder of {}, with spaces between them", node.escape_ascii());
    blinder_in(desk.console.prompt_secret(&question)?.as_bytes(), public)
}

/// A Blinder as a secret object, in hexadecimal, or in words. One mistake in words is mended.
fn blinder_in(bytes: &[u8], public: &BlinderPublicKey) -> Result<Blinder> {
    let what = "the Blinder";
    match std::str::from_utf8(bytes) {
        Err(_) => Blinder::decode(bytes).at(what),
        Ok(text) => match from_hex(text) {
            Some(object) => Blinder::decode(&object).at(what),
            None => paper::read(text, public).map(|(blinder, _)| blinder),
        },
    }
}

/// Bytes from hexadecimal digits, among which there may be spaces.
fn from_hex(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let digits: Zeroizing<Vec<u8>> = Zeroizing::new(text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect());
    let mut bytes = Zeroizing::new(vec![0; digits.len() / 2]);
    hex::decode_to_slice(&*digits, &mut bytes).ok()?;
    (!bytes.is_empty()).then_some(bytes)
}
