//! How a ceremony ends for a holder: it is closed by a certificate, and only then are old shares erased.

use super::ceremony::{self, accepted, certificate, kept_certificate, keys, place};
use super::dealer::old_commitments;
use super::drawer::{self, Renewal};
use super::seat::{self, Seat};
use super::{member, outcome};
use crate::armour::Kind;
use crate::board::Board;
use crate::console::Console;
use crate::failure::{Failure, Result, While};
use crate::store::Store;
use relight::curve::CurvePoint;
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

/// Closes the ceremony if it can be closed, keeps the holder's shares, the certificate and the outcome, erases shares that are
/// replaced, and posts the certificate and the outcome.
///
/// # Errors
///
/// If too few have confirmed the same, dealings are missing, or the outcome is not what was certified.
pub fn finish(seat: &Seat<'_>, store: &Store, board: &dyn Board, console: &Console) -> Result<Finished> {
    let ceremony = seat.ceremony();
    let certificate = close(seat, store, board)?;
    help(seat, board, &certificate);
    let closed = collect(seat, certificate.clone())?;
    let (public, shares, repair) = take(store, board, console, &closed, ceremony)?;
    ceremony::keep(store, &certificate, ceremony, &public.keys)?;
    let old = old_commitments(ceremony);
    let mut erased =
        Renewal { epoch: ceremony.plan().epoch, new: &public.keys, old: &old }.erase_older(store, console)?;
    if let Some(Repair { epoch, keys: new, .. }) = &repair {
        erased.extend(Renewal { epoch: *epoch, new, old: &[] }.erase_older(store, console)?);
    }
    // The last of all: a board that refuses keeps no old share alive.
    post(board, &certificate, ceremony, &public.keys)?;
    Ok(Finished { public, shares, erased })
}

/// Keeps the shares of the holder, if it receives any: of a sharing that was repaired, if this is how.
fn take(
    store: &Store,
    board: &dyn Board,
    console: &Console,
    closed: &ClosedDealings<'_>,
    ceremony: &Ceremony,
) -> Result<(PublicOutcome, usize, Option<Repair>)> {
    let Some(recipient) = seat::holder(store, ceremony)? else {
        return Ok((closed.finish_public().at("the outcome")?, 0, None));
    };
    let key = member::key(store, console, &recipient.member_key)?;
    let mut outcome = closed.finish(recipient.index, &key).at("your shares")?;
    let repair = repaired(store, board, ceremony, recipient)?;
    if let Some(repair) = &repair {
        outcome.shares = repair.finish(&outcome).at("your shares")?;
    }
    drawer::keep(store, ceremony, recipient.index, &outcome)?;
    Ok((outcome.public, outcome.shares.len(), repair))
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
    let given: Vec<&CurvePoint> = given.iter().map(VssCommitment::public_key).collect();
    let others = accepted(store)?.into_iter().filter(|other| other.digest() != ceremony.digest());
    let known: Vec<_> = others.filter_map(|other| Some((keys(Some(store), board, &other).ok()?, other))).collect();
    for (keys, of) in &known {
        let shares = keys.iter().map(|key| key.public_share(&to.identifier)).collect::<relight::Result<Vec<_>>>();
        if shares.at("the repair")?.iter().eq(given.iter().copied()) {
            return Ok(Some(repair(ceremony, of.plan().epoch, keys.clone(), to)));
        }
    }
    match known.iter().any(|(keys, _)| keys.iter().map(VssCommitment::public_key).eq(given.iter().copied())) {
        true => Ok(None),
        false => Err(Failure::refused("what you are handed", "it is of no sharing that you know")
            .next("name the ceremony that the sharing came of by --of CODE")),
    }
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
    let (posted, ignored) = certificate(board, ceremony)?;
    if let Some(certificate) = posted {
        return Ok(certificate);
    }
    let confirmations = seat.confirmations();
    let certificate = confirmations.certificate().and_then(|certificate| certificate.verify(ceremony));
    let failed = |failure: Failure| failure.beside(&seat.ignored).beside(&ignored);
    certificate.at("the ceremony is not closed").map_err(failed).map_err(|failure| match confirmations.failed() {
        true => failure.next("no set of dealings can close it any more: plan another one, and erase nothing"),
        false => {
            let awaited: Vec<_> = confirmations.unconfirmed().map(|index| index.to_string()).collect();
            failure.next(format!("wait for confirmations of {}: --watch waits", awaited.join(", ")))
        }
    })
}

/// Posts dealings of the closed set that the board lacks and the holder has.
fn help(seat: &Seat<'_>, board: &dyn Board, certificate: &VerifiedCertificate) {
    for agreed in certificate.dealings() {
        if let Some(bytes) = seat.held(agreed) {
            // What is damaged there stays so, and whoever lacks it gets it by another way.
            let _ = board.post(&place(seat.ceremony()), agreed.dealer.to_string(), Kind::Dealing, bytes);
        }
    }
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
            .beside(&seat.ignored)
            .next("ask those who confirmed to finish: then they are posted again; or take a file by --dealing FILE")),
    }
}

fn describe(agreed: AgreedDealing) -> String {
    format!("that of dealer {}, with the digest {}", agreed.dealer, hex::encode(agreed.digest))
}
