//! What goes wrong on purpose. Saboteurs have nothing but files either.

use super::files;
use super::participant::Participant;
use super::signer::Signer;
use super::site::Room;
use crate::failure::{Failure, Result};
use relight::{
    Blinder,
    dealing::Dealing,
    identity::{Signed, Unsigned},
    recovery::{Request, Response},
    registration::BlinderRegistration,
};
use std::fs;
use std::path::Path;

const SIGNATURE_LEN: usize = 65;
/// About as long as one sealed answer.
const SEALED_LEN: u32 = 114;

/// A dealer changes the last share in its dealing, and signs the result: the signature is good, the share is not.
pub(crate) fn deal_wrong_shares(dealer: &Participant, room: &Room) -> Result<()> {
    let path = dealer.dealing_path(room);
    files::write(&path, &sign_changed::<Dealing>(&dealer.signer()?, &path)?.encode())
}

/// A member changes what it sealed, and signs the result.
pub(crate) fn answer_unreadably(member: &Participant, path: &Path) -> Result<()> {
    files::write(path, &sign_changed::<Response>(&member.signer()?, path)?.encode())
}

fn sign_changed<T: Signed>(signer: &Signer, path: &Path) -> Result<T> {
    let mut body = files::read(path)?.to_vec();
    body.truncate(body.len().saturating_sub(SIGNATURE_LEN));
    flip_last_bit(&mut body);
    signer.sign(Unsigned::from_body(&body, signer.public()))
}

/// A party writes an answer by hand, with nothing in it that anybody could open, and signs it.
pub(crate) fn answer_by_hand(party: &Participant, request: &Request) -> Result<Vec<u8>> {
    let signer = party.signer()?;
    let sealed: Vec<u8> = (0..SEALED_LEN).map(|_| rand::random()).collect();
    let index = party.index.get().to_be_bytes();
    let digest = request.digest();
    let parts: [&[u8]; 6] =
        [&[1], digest.as_bytes(), &index, &rand::random::<[u8; 32]>(), &SEALED_LEN.to_be_bytes(), &sealed];
    Ok(signer.sign(Unsigned::<Response>::from_body(&parts.concat(), signer.public()))?.encode())
}

/// The registration of a stranger's Blinder, for a node that it does not operate.
pub(crate) fn strange_registration(home: &Path, context: &[u8], node: &str) -> Result<Vec<u8>> {
    let (signer, rng) = (Signer::set_up(home, context)?, &mut rand::rng());
    let unsigned =
        BlinderRegistration::first(&Blinder::generate(rng), context, node.as_bytes(), &signer.public(), rng)?;
    Ok(signer.sign(unsigned)?.encode())
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

pub(crate) fn flip_last_bit(bytes: &mut [u8]) {
    if let Some(last) = bytes.last_mut() {
        *last ^= 1;
    }
}
