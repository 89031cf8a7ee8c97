//! A member of a party, or a node of a network: its member keys and registrations.

use super::Signer;
use crate::armour::Kind;
use crate::board::{Board, Place};
use crate::console::Console;
use crate::failure::{Failure, Result, While};
use crate::store::Store;
use relight::registration::MemberRegistration;
use relight::sharing::PartyIndex;
use relight::{MemberKey, MemberPublicKey};

const KEYS: &str = "member";
const REGISTRATIONS: &str = "registered";

/// Registers the holder in a party, once; and posts what it registered before, if that is missing on the board.
///
/// # Errors
///
/// If the holder is registered as somebody else, or no signature comes.
pub fn register(
    store: &Store,
    board: &dyn Board,
    console: &Console,
    (party, index): (&[u8], PartyIndex),
) -> Result<MemberRegistration> {
    let signer = Signer::open(store, console)?;
    let first = with_key(store, console, &signer, 1, |key| {
        MemberRegistration::first(party, index, &signer.public(), key, &mut rand::rng()).at("the registration")
    })?;
    first.verify(party).at("the store is registered elsewhere")?;
    if first.index() != index {
        return Err(Failure::refused("the registration", format!("the store is member {}", first.index())));
    }
    post(store, board, party)
}

/// Replaces the member key, by a registration that succeeds the last one.
///
/// # Errors
///
/// If there is none, or no signature comes.
pub fn renew(store: &Store, board: &dyn Board, console: &Console, party: &[u8]) -> Result<MemberRegistration> {
    let last = registrations(store)?.pop().ok_or_else(unregistered)?;
    last.verify(party).at("the store is registered elsewhere")?;
    let signer = Signer::open(store, console)?;
    with_key(store, console, &signer, last.serial() + 1, |key| {
        last.successor(key, &mut rand::rng()).at("the registration")
    })?;
    post(store, board, party)
}

/// What the holder registered, in order.
///
/// # Errors
///
/// If the disk refuses.
pub fn registrations(store: &Store) -> Result<Vec<MemberRegistration>> {
    let read = |name: String| {
        let bytes = store.kept(&name)?.unwrap_or_default();
        MemberRegistration::decode(&bytes).at(&name)
    };
    store.keepsakes(REGISTRATIONS)?.into_iter().map(read).collect()
}

/// The member key with this public half: a ceremony may have been planned before the last one.
///
/// # Errors
///
/// If the holder has none.
pub fn key(store: &Store, console: &Console, public: &MemberPublicKey) -> Result<MemberKey> {
    for name in store.secrets(KEYS)?.into_iter().rev() {
        let key = MemberKey::decode(&store.secret(&name, console)?).at(&name)?;
        if key.public() == *public {
            return Ok(key);
        }
    }
    Err(Failure::protocol("the member key", relight::Error::WrongMemberKey))
}

/// Posts all of them, and gives the last one.
fn post(store: &Store, board: &dyn Board, party: &[u8]) -> Result<MemberRegistration> {
    let all = registrations(store)?;
    for one in &all {
        let place = Place::Members(party.to_vec());
        board.post(&place, one.index().to_string(), Kind::MemberRegistration, &one.encode())?;
    }
    all.into_iter().next_back().ok_or_else(unregistered)
}

/// Registers the member key of a serial, which is made unless it was before.
fn with_key(
    store: &Store,
    console: &Console,
    signer: &Signer,
    serial: u64,
    make: impl FnOnce(&MemberKey) -> Result<relight::identity::Unsigned<MemberRegistration>>,
) -> Result<MemberRegistration> {
    let (secret, name) = (format!("{KEYS}/{serial:04}"), format!("{REGISTRATIONS}/{serial:04}"));
    if !store.has_secret(&secret) {
        store.seal(&secret, &MemberKey::generate(&mut rand::rng()).encode())?;
    }
    signer.sign_once((store, &name), MemberRegistration::encode, console, || {
        make(&MemberKey::decode(&store.secret(&secret, console)?).at(&secret)?)
    })
}

fn unregistered() -> Failure {
    Failure::refused("your registration", "there is none").next("register: relight member register PARTY INDEX")
}
