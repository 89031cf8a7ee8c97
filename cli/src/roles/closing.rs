//! How a ceremony ends for a holder: it is closed by a certificate, and only then are old shares erased.

use super::ceremony::{self, accepted, certificate, kept_certificate, keys, place};
use super::seat::{self, Seat};
use super::{drawer, member, outcome};
use crate::armour::Kind;
use crate::board::Board;
use crate::console::Console;
use crate::failure::{Failure, Result, While};
use crate::store::Store;
use relight::dealing::{
    AgreedDealing, Ceremony, ClosedDealings, Keys, PublicOutcome, Recipient, Repair, VerifiedCertificate,
};
use relight::sharing::VssCommitment;

/// What a holder has after a ceremony.
#[derive(Debug)]
pub struct Finished {
    /// What everybody knows.
    pub public: PublicOutcome,
    /// How many shares the holder has of it.
    pub shares: usize,
    /// The older shares that were erased, by their names.
    pub erased: Vec<String>,
}

/// Closes the ceremony if it can be closed, keeps the holder's shares, the certificate and the outcome, posts the two latter,
/// and erases shares that are replaced.
///
/// # Errors
///
/// If too few have confirmed the same, dealings are missing, or the outcome is not what was certified.
pub fn finish(seat: &Seat<'_>, store: &Store, board: &dyn Board, console: &Console) -> Result<Finished> {
    let ceremony = seat.ceremony();
    let certificate = close(seat, store, board)?;
    help(seat, store, board, &certificate)?;
    let closed = collect(seat, certificate.clone())?;
    let mut replaced = Vec::new();
    let (public, shares) = match seat::holder(store, ceremony)? {
        Some(recipient) => {
            let key = member::key(store, console, &recipient.member_key)?;
            let mut outcome = closed.finish(recipient.index, &key).at("your shares")?;
            if let Some(repair) = repaired(store, board, ceremony, recipient)? {
                outcome.shares = repair.finish(&outcome).at("your shares")?;
                replaced = repair.keys;
            }
            drawer::keep(store, ceremony, recipient.index, &outcome)?;
            (outcome.public, outcome.shares.len())
        }
        None => (closed.finish_public().at("the outcome")?, 0),
    };
    replaced.extend(public.keys.iter().cloned());
    ceremony::keep(store, &certificate, ceremony, &public.keys)?;
    post(board, &certificate, ceremony, &public.keys)?;
    let erased = drawer::erase_older(store, console, &replaced)?;
    Ok(Finished { public, shares, erased })
}

/// Posts what the ceremony came to, for everybody.
fn post(
    board: &dyn Board,
    certificate: &VerifiedCertificate,
    ceremony: &Ceremony,
    keys: &[VssCommitment],
) -> Result<()> {
    let (place, name) = (place(ceremony), &ceremony.plan().name);
    board.post(&place, name, Kind::Certificate, &certificate.certificate().encode())?;
    board.post(&place, name, Kind::Outcome, &outcome::encode(keys)).map(drop)
}

/// The repair whose end a hand-over is, if it is one: of a sharing that the holder knows. What is handed over is a share of
/// it then; otherwise it must be a whole key that the holder knows, and not one that only looks like a key.
fn repaired(store: &Store, board: &dyn Board, ceremony: &Ceremony, to: &Recipient) -> Result<Option<Repair>> {
    let Keys::HandOver(given) = &ceremony.plan().keys else { return Ok(None) };
    let given: Vec<_> = given.iter().map(VssCommitment::public_key).collect();
    for known in accepted(store)? {
        let Ok(keys) = keys(Some(store), board, &known) else { continue };
        let whole = given.iter().all(|given| keys.iter().any(|key| key.public_key() == *given));
        if whole && known.digest() != ceremony.digest() {
            return Ok(None);
        }
        let shares = keys.iter().map(|key| key.public_share(&to.identifier));
        let shares = shares.collect::<relight::Result<Vec<_>>>().at("the repair")?;
        if shares.iter().eq(given.iter().copied()) {
            return Ok(Some(repair(ceremony, known.plan().epoch, keys, to)));
        }
    }
    Err(Failure::refused("what you are handed", "it is of no sharing that you know")
        .next("name the ceremony that the sharing came of by --of CODE"))
}

fn repair(ceremony: &Ceremony, epoch: u64, keys: Vec<VssCommitment>, receiver: &Recipient) -> Repair {
    let plan = ceremony.plan();
    Repair {
        parameters: plan.parameters,
        name: plan.name.clone(),
        nonce: plan.nonce,
        epoch,
        keys,
        helpers: Vec::new(),
        receiver: receiver.clone(),
    }
}

/// The certificate, or the confirmations that make one.
fn close(seat: &Seat<'_>, store: &Store, board: &dyn Board) -> Result<VerifiedCertificate> {
    let ceremony = seat.ceremony();
    if let Some(certificate) = kept_certificate(store, ceremony)? {
        return Ok(certificate);
    }
    if let (Some(certificate), _) = certificate(board, ceremony)? {
        return Ok(certificate);
    }
    let confirmations = seat.confirmations();
    let certificate = confirmations.certificate().and_then(|certificate| certificate.verify(ceremony));
    certificate.at("the ceremony is not closed").map_err(|failure| match confirmations.failed() {
        true => failure.next("no set of dealings can close it any more: plan another one, and erase nothing"),
        false => {
            let awaited: Vec<_> = confirmations.unconfirmed().map(|index| index.to_string()).collect();
            failure.next(format!("wait for confirmations of {}: --watch waits", awaited.join(", ")))
        }
    })
}

/// Posts dealings of the closed set that the board lacks and the holder has.
fn help(seat: &Seat<'_>, store: &Store, board: &dyn Board, certificate: &VerifiedCertificate) -> Result<()> {
    if seat::holder(store, seat.ceremony())?.is_none() {
        return Ok(());
    }
    for agreed in certificate.dealings() {
        if let Some(bytes) = seat.held(agreed) {
            board.post(&place(seat.ceremony()), agreed.dealer.to_string(), Kind::Dealing, bytes)?;
        }
    }
    Ok(())
}

/// The closed set, as far as it is there.
fn collect<'a>(seat: &Seat<'a>, certificate: VerifiedCertificate) -> Result<ClosedDealings<'a>> {
    let mut closed = seat.dealings().clone().close(certificate).at("the certificate")?;
    for agreed in closed.missing().collect::<Vec<_>>() {
        if let Some(bytes) = seat.held(&agreed) {
            closed.receive(bytes).at(format!("the dealing of {}", agreed.dealer))?;
        }
    }
    let missing: Vec<String> = closed.missing().map(describe).collect();
    match missing.is_empty() {
        true => Ok(closed),
        false => Err(Failure::refused("dealings of the closed set are missing on the board", missing.join("; "))
            .next("ask those who confirmed to finish: then they are posted again; or take a file by --dealing FILE")),
    }
}

fn describe(agreed: AgreedDealing) -> String {
    format!("that of dealer {}, with the digest {}", agreed.dealer, hex::encode(agreed.digest))
}
