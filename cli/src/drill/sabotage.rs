//! What goes wrong on purpose. Saboteurs have their own stores, and the run of the board: they may put there what they like,
//! and take away what they do not.

use super::ceremony::{Stage, deal_once};
use super::participant::Participant;
use super::site::Site;
use crate::armour::Kind;
use crate::board::{Board, Place};
use crate::failure::Result;
use crate::files;
use crate::roles::ceremony::short_digest;
use relight::dealing::Dealing;
use relight::identity::Signed;
use relight::recovery::{Request, Response};

const SIGNATURE_LEN: usize = 65;
/// About as long as one sealed answer.
const SEALED_LEN: u32 = 114;

/// An object on the board.
pub(crate) struct Delivery {
    pub(crate) place: Place,
    pub(crate) subject: String,
    pub(crate) kind: Kind,
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
}

/// Other bytes arrive in its place. Gives where they lie.
pub(crate) fn replace(site: &Site, delivery: &Delivery, bytes: &[u8]) -> Result<String> {
    files::remove(&site.board_path(&delivery.path))?;
    <dyn Board>::post(&site.board(), &delivery.place, &delivery.subject, delivery.kind, bytes)
}

/// One bit of it changes on its way.
pub(crate) fn tamper(site: &Site, delivery: &Delivery) -> Result<String> {
    let mut bytes = delivery.bytes.clone();
    flip_last_bit(&mut bytes);
    replace(site, delivery, &bytes)
}

/// Two of them change places.
pub(crate) fn swap(site: &Site, one: &Delivery, other: &Delivery) -> Result<()> {
    replace(site, one, &other.bytes)?;
    replace(site, other, &one.bytes).map(drop)
}

/// A dealer changes the last share in its dealing, and signs the result: the signature is good, the share is not.
pub(crate) fn deal_wrong_shares(stage: &Stage<'_>, dealer: &Participant, posted: &str) -> Result<()> {
    let changed: Dealing = sign_changed(dealer, &stage.site.board().read(posted)?)?;
    let (place, subject) = (stage.place(), dealer.index.to_string());
    let delivery = Delivery { place, subject, kind: Kind::Dealing, path: posted.to_owned(), bytes: Vec::new() };
    replace(stage.site, &delivery, &changed.encode()).map(drop)
}

/// A dealer that has dealt takes from its store what it remembers of that, and deals once more. Gives where its second
/// dealing lies.
pub(crate) fn deal_again(stage: &Stage<'_>, dealer: &Participant) -> Result<String> {
    let name = format!("dealt/{}", short_digest(&stage.ceremony));
    files::remove(&dealer.home().join(&name))?;
    files::remove(&dealer.home().join("unsigned").join(&name))?;
    deal_once(stage, dealer)
}

/// A member changes what it sealed, and signs the result.
pub(crate) fn answer_unreadably(member: &Participant, answer: &[u8]) -> Result<Vec<u8>> {
    Ok(sign_changed::<Response>(member, answer)?.encode())
}

fn sign_changed<T: Signed>(signer: &Participant, object: &[u8]) -> Result<T> {
    let mut body = object.to_vec();
    body.truncate(body.len().saturating_sub(SIGNATURE_LEN));
    flip_last_bit(&mut body);
    signer.sign(&body)
}

/// A party writes an answer by hand, with nothing in it that anybody could open, and signs it.
pub(crate) fn answer_by_hand(party: &Participant, request: &Request) -> Result<Vec<u8>> {
    let sealed: Vec<u8> = (0..SEALED_LEN).map(|_| rand::random()).collect();
    let index = party.index.get().to_be_bytes();
    let digest = request.digest();
    let parts: [&[u8]; 6] =
        [&[1], digest.as_bytes(), &index, &rand::random::<[u8; 32]>(), &SEALED_LEN.to_be_bytes(), &sealed];
    Ok(party.sign::<Response>(&parts.concat())?.encode())
}

pub(crate) fn flip_last_bit(bytes: &mut [u8]) {
    if let Some(last) = bytes.last_mut() {
        *last ^= 1;
    }
}
