//! What goes wrong on purpose. Saboteurs have nothing but files either.

use super::failure::{Failure, Result};
use super::files;
use super::participant::Participant;
use super::site::Room;
use relight::{Purpose, SignatureScheme};
use std::fs;
use std::path::Path;

const SIGNATURE_LEN: usize = 65;

/// A dealer changes the last share in its dealing, and signs the result: the signature is good, the share is not.
pub(crate) fn deal_wrong_shares(dealer: &Participant, room: &Room) -> Result<()> {
    let path = dealer.dealing_path(room);
    let mut dealing = files::read(&path)?.to_vec();
    dealing.truncate(dealing.len().saturating_sub(SIGNATURE_LEN));
    flip_last_bit(&mut dealing);
    let signature = dealer.identity()?.sign(SignatureScheme::Sha256, Purpose::Dealing, &dealing)?;
    dealing.extend_from_slice(&signature.to_bytes());
    files::write(&path, &dealing)
}

/// One bit of a file changes.
pub(crate) fn tamper(path: &Path) -> Result<()> {
    let mut bytes = files::read(path)?.to_vec();
    flip_last_bit(&mut bytes);
    files::write(path, &bytes)
}

/// Two files change places.
pub(crate) fn swap(one: &Path, other: &Path) -> Result<()> {
    let kept = files::read(one)?;
    fs::copy(other, one).map_err(|error| Failure::file(other, error))?;
    files::write(other, &kept)
}

fn flip_last_bit(bytes: &mut [u8]) {
    if let Some(last) = bytes.last_mut() {
        *last ^= 1;
    }
}
