//! What an operator does with its Blinders, on the machine that has them: `blinders/NODE`, and `blinders/NODE.1` and so on
//! for those whose place it took.

use super::registrations::Owner;
use super::signer::Signer;
use crate::armour::Kind;
use crate::board::{Board, Ignored, Place, segment};
use crate::console::Console;
use crate::failure::{Failure, Result, While};
use crate::store::{self, Store};
use relight::registration::BlinderRegistration;
use relight::{Blinder, BlinderPublicKey, Error};

/// Makes a Blinder for a node. One that takes the place of another is a `successor`; the other stays, for backups that were
/// made for it.
///
/// # Errors
///
/// If there is one already and this is no successor, or the other way round.
pub fn generate(store: &Store, console: &Console, node: &[u8], successor: bool) -> Result<BlinderPublicKey> {
    let (current, what) = (current(node), format!("the Blinder of {}", node.escape_ascii()));
    match (store.has_secret(&current), successor) {
        (false, true) => return Err(Failure::refused(what, "there is none that another could replace")),
        (true, false) => {
            return Err(Failure::refused(what, "there is one already, and backups are made for it")
                .next("to make one that takes its place, say --successor"));
        }
        (true, true) => store.seal(&former(node, names(store, node).len()), &store.secret(&current, console)?)?,
        (false, false) => {}
    }
    let blinder = Blinder::generate(&mut rand::rng());
    store.reseal(&current, &blinder.encode())?;
    Ok(blinder.public())
}

/// All Blinders of a node, the current one last.
///
/// # Errors
///
/// If there is none, or one does not open.
pub fn of_node(store: &Store, console: &Console, node: &[u8]) -> Result<Vec<Blinder>> {
    let names = names(store, node);
    if names.is_empty() {
        return Err(Failure::refused(store.root().display(), format!("no Blinder of {}", node.escape_ascii()))
            .next("make one: relight blinder new --for NODE"));
    }
    names.iter().map(|name| Blinder::decode(&store.secret(name, console)?).at(name)).collect()
}

/// The Blinder of a node with this public half.
///
/// # Errors
///
/// [`Error::WrongBlinder`] if the store has others only.
pub fn fitting(store: &Store, console: &Console, node: &[u8], public: &BlinderPublicKey) -> Result<Blinder> {
    let found = of_node(store, console, node)?.into_iter().find(|blinder| blinder.public() == *public);
    found.ok_or(Error::WrongBlinder).at(format!("the Blinder of {} in this store", node.escape_ascii()))
}

/// Registers the current Blinder of a node: first, or as the successor of the one that is registered. Once it is registered,
/// this gives the same again.
///
/// # Errors
///
/// If what is registered contradicts itself, or nothing is signed.
pub fn register(
    store: &Store,
    board: Option<&dyn Board>,
    console: &Console,
    [network, node]: [&[u8]; 2],
) -> Result<(BlinderRegistration, Ignored)> {
    let current = of_node(store, console, node)?.pop();
    let current = current.ok_or(Error::WrongBlinder).at("the Blinder")?;
    let signer = Signer::open(store, console)?;
    let owner = Owner { network, node, operator: &signer.public() };
    let (mut chain, ignored) = owner.registrations(store, board)?;
    let last = chain.pop();
    let registration = match last {
        Some(last) if *last.claimed_blinder() == current.public() => last,
        last => sign(store, last, &current, &owner, &signer, console)?,
    };
    Ok((registration, ignored))
}

/// Posts a registration, and gives its path.
///
/// # Errors
///
/// If the board refuses.
pub fn post(board: &dyn Board, network: &[u8], registration: &BlinderRegistration) -> Result<String> {
    let place = Place::Blinders(network.to_vec());
    board.post(&place, registration.node(), Kind::BlinderRegistration, &registration.encode())
}

/// A serial is signed once, and known here before others know it.
fn sign(
    store: &Store,
    last: Option<BlinderRegistration>,
    blinder: &Blinder,
    owner: &Owner<'_>,
    signer: &Signer,
    console: &Console,
) -> Result<BlinderRegistration> {
    let name = owner.name(last.as_ref().map_or(1, |last| last.serial().saturating_add(1)));
    signer.sign_once((store, &name), BlinderRegistration::encode, console, || {
        let rng = &mut rand::rng();
        let unsigned = match last {
            Some(last) => last.successor(blinder, rng),
            None => BlinderRegistration::first(blinder, owner.network, owner.node, owner.operator, rng),
        };
        unsigned.at(owner)
    })
}

/// The names of a node's Blinders in the store, the current one last.
fn names(store: &Store, node: &[u8]) -> Vec<String> {
    let former = (1..).map(|number| former(node, number)).take_while(|name| store.has_secret(name));
    former.chain([current(node)].into_iter().filter(|name| store.has_secret(name))).collect()
}

fn current(node: &[u8]) -> String {
    store::path("blinders", node)
}

/// No segment has a dot.
fn former(node: &[u8], number: usize) -> String {
    format!("blinders/{}.{number}", segment(node))
}
