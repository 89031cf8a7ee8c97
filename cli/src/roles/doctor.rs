//! Whether a store is in order: what belongs together fits, and nobody else can read it.

use super::ceremony::{accepted, certified, short_digest};
use super::{Signer, drawer, member, own_identity};
use crate::armour::Kind;
use crate::board::{Board, Place, segment};
use crate::console::Console;
use crate::failure::{Failure, Result, While};
use crate::files;
use crate::store::Store;
use relight::identity::{IdentityKey, IdentityPublicKey};
use relight::registration::BlinderRegistration;
use relight::sharing::VssCommitment;
use relight::{Blinder, BlinderPublicKey, KeyShare, MemberKey};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::{Duration, SystemTime};

/// How far two clocks may be apart.
const SLACK: Duration = Duration::from_secs(24 * 60 * 60);

/// What was looked at.
#[derive(Debug)]
pub struct Finding {
    /// What it is about.
    pub about: String,
    /// What is wrong; nothing if all is well.
    pub wrong: Option<String>,
}

/// Looks at everything in a store. With a board and a network, Blinders are compared with their registrations there, and
/// otherwise with those that the store has seen.
///
/// # Errors
///
/// If the store cannot be read: then nothing can be said of it.
pub fn examine(store: &Store, console: &Console, network: Option<(&dyn Board, &[u8])>) -> Result<Vec<Finding>> {
    let mut findings = vec![finding("permissions", permissions(store)), finding("clock", clock(store))];
    findings.push(finding("identity", identity(store, console)));
    let mut sharings = Vec::new();
    for ceremony in accepted(store)? {
        let code = short_digest(&ceremony);
        match certified(store, &ceremony) {
            Ok(keys) => sharings.push((code, keys)),
            Err(failure) => findings.push(finding(&format!("ceremony {code}"), Err(failure))),
        }
    }
    for registration in member::registrations(store)? {
        let about = format!("member key {}", registration.serial());
        findings.push(finding(&about, member::key(store, console, registration.member_key()).map(drop)));
    }
    for name in store.secrets("member")? {
        let opened = store.secret(&name, console).and_then(|secret| MemberKey::decode(&secret).at(&name));
        findings.push(finding(&name, opened.map(drop)));
    }
    for name in drawer::names(store)? {
        let share = drawer::open(store, console, &name);
        findings.push(finding(&name, share.and_then(|share| fits(&sharings, &name, &share))));
    }
    for name in store.secrets("blinders")? {
        findings.push(finding(&name, blinder(store, console, network, &name)));
    }
    Ok(findings)
}

fn finding(about: &str, checked: Result<()>) -> Finding {
    Finding { about: about.to_owned(), wrong: checked.err().map(|failure| failure.to_string()) }
}

/// For the owner alone: files 0600, folders 0700.
fn permissions(store: &Store) -> Result<()> {
    let check = |path: &Path| {
        let metadata = path.metadata().map_err(|error| Failure::file(path, error))?;
        let (mode, allowed) = (metadata.permissions().mode() & 0o777, if metadata.is_dir() { 0o700 } else { 0o600 });
        match mode & !allowed {
            0 => Ok(()),
            _ => Err(Failure::refused(path.display(), format!("others can read it: its mode is {mode:o}"))),
        }
    };
    check(store.root())?;
    for name in files::walk(store.root())? {
        let path = store.root().join(name);
        check(&path)?;
        path.parent().map_or(Ok(()), check)?;
    }
    Ok(())
}

/// Nothing in the store is from the future.
fn clock(store: &Store) -> Result<()> {
    let now = SystemTime::now();
    for name in files::walk(store.root())? {
        let path = store.root().join(&name);
        let written =
            path.metadata().and_then(|metadata| metadata.modified()).map_err(|error| Failure::file(&path, error))?;
        if written.duration_since(now).is_ok_and(|ahead| ahead > SLACK) {
            return Err(Failure::refused(name, "it is from the future, or the clock is wrong"));
        }
    }
    Ok(())
}

/// Its two halves fit. A store in which nothing is signed yet needs none.
fn identity(store: &Store, console: &Console) -> Result<()> {
    let has_key = store.has_secret("identity");
    if !has_key && !Signer::is_named(store)? && member::registrations(store)?.is_empty() {
        return Ok(());
    }
    let public = own_identity(store)?;
    if !has_key {
        // A wallet has it.
        return Ok(());
    }
    let key = IdentityKey::decode(&store.secret("identity", console)?).at("identity.age")?;
    match key.public() == public {
        true => Ok(()),
        false => Err(Failure::refused("identity.age", "it is not that of identity.public")),
    }
}

/// A share of a ceremony is what its certificate vouches for. Of every ceremony there is its name, and its keys if it is closed.
fn fits(sharings: &[(String, Option<Vec<VssCommitment>>)], name: &str, share: &KeyShare) -> Result<()> {
    // Shares that were made elsewhere have no certificate.
    let Some((_, keys)) = sharings.iter().find(|(code, _)| name.contains(code)) else { return Ok(()) };
    if keys.is_none() {
        return Err(Failure::refused(name, "there is no certificate of its ceremony")
            .next("finish the ceremony again: relight ceremony finish"));
    }
    match sharings.iter().filter_map(|(_, keys)| keys.as_ref()).flatten().any(|key| drawer::is_of(key, share)) {
        true => Ok(()),
        false => Err(Failure::refused(name, "it is not the share that was certified")),
    }
}

/// A Blinder is the one that its operator registered.
fn blinder(store: &Store, console: &Console, network: Option<(&dyn Board, &[u8])>, name: &str) -> Result<()> {
    let blinder = Blinder::decode(&store.secret(name, console)?).at(name)?;
    // Those that were replaced have a number after the name of their node.
    let node = name.strip_prefix("blinders/").unwrap_or(name).split('.').next().unwrap_or_default();
    let registered = match network {
        Some((board, network)) => registered(board, network, node, &own_identity(store)?)?,
        None => seen(store, node)?,
    };
    match registered.contains(&blinder.public()) {
        true => Ok(()),
        false => Err(Failure::refused(name, "it is compared with no registration that has it")
            .next("name the board, and its network by --network")),
    }
}

/// The Blinders that an operator registered for a node, on the board.
fn registered(
    board: &dyn Board,
    network: &[u8],
    node: &str,
    operator: &IdentityPublicKey,
) -> Result<Vec<BlinderPublicKey>> {
    let place = Place::Blinders(network.to_vec());
    let found = board.objects(&place, Kind::BlinderRegistration, BlinderRegistration::decode)?.good.into_iter();
    let of_node = found.map(|object| object.value).filter(|one| segment(one.node()) == node);
    Ok(of_node.filter_map(|one| one.verify(network, one.node(), operator).ok().cloned()).collect())
}

/// The Blinders of a node in registrations that the store has verified and kept.
fn seen(store: &Store, node: &str) -> Result<Vec<BlinderPublicKey>> {
    let mut blinders = Vec::new();
    for network in store.keepsakes("registrations")? {
        for name in store.keepsakes(&format!("{network}/{node}"))? {
            let registration = BlinderRegistration::decode(&store.kept(&name)?.unwrap_or_default()).at(&name)?;
            blinders.push(registration.claimed_blinder().clone());
        }
    }
    Ok(blinders)
}
