//! What is done about the requests of fresh nodes: an operator authorises, a member reviews and answers, everybody judges.

use super::knowledge::Knowledge;
use super::signer::{self, Signer};
use super::{backups, blinders, drawer};
use crate::armour::Kind;
use crate::board::{Board, Objects, Place, short};
use crate::console::Console;
use crate::failure::{Failure, Result, While};
use crate::store::{self, Store};
use relight::decryption::RecoveryParty;
use relight::identity::Unsigned;
use relight::recovery::{Accusation, Authorisation, Request, RequestDraft, Response, Review};
use relight::sharing::PartyIndex;
use relight::{Error, Statement, StatementDigest, Timestamp};

/// Authorises a draft to ask for a statement, with its Blinder, which is in this store.
///
/// # Errors
///
/// If the draft does not ask for it, or the store has not got its Blinder.
pub fn authorise(
    store: &Store,
    console: &Console,
    draft: &RequestDraft,
    statement: &Statement,
) -> Result<Authorisation> {
    let (_, public) = backups::lock(statement)?;
    let blinder = blinders::fitting(store, console, &statement.header().node, public)?;
    Authorisation::new(draft, statement, &blinder, &mut rand::rng()).at("the authorisation")
}

/// Posts an authorisation, and gives its path.
///
/// # Errors
///
/// If the board refuses.
pub fn post_authorisation(board: &dyn Board, authorisation: &Authorisation) -> Result<String> {
    let place = Place::Request(authorisation.request());
    let subject = authorisation.statement().to_string();
    board.post(&place, subject, Kind::Authorisation, &authorisation.encode())
}

/// The requests on the board that are made for this roster, authorised, and open now.
///
/// # Errors
///
/// If the board cannot be reached.
pub fn requests(board: &dyn Board, known: &Knowledge, now: Timestamp) -> Result<Objects<Request>> {
    let found = board.objects(&Place::Requests, Kind::Request, Request::decode)?;
    Ok(found.check(|object| Review::new(&object.value, &known.statements, &known.roster, now).map(drop)))
}

/// What this member would sign: for all statements, or for some. Its own share and identity are checked first, against the
/// roster, so that it learns itself what would be wrong with its answer.
///
/// # Errors
///
/// If the store has no share of the recovery key, or an old one, or another identity than the roster has for its member.
pub fn respond(
    store: &Store,
    console: &Console,
    review: &Review<'_>,
    party: &RecoveryParty,
    only: &[StatementDigest],
) -> Result<Unsigned<Response>> {
    let unsigned = with_own_share(store, console, review, party, only)?;
    if *unsigned.signer() != signer::public(store)? {
        return Err(Failure::protocol("the identity in this store", Error::WrongIdentity)
            .next("the roster has another identity for the holder of this share: compare them"));
    }
    Ok(unsigned)
}

/// Signs an answer for all statements, or for some, once: whoever answers again gives the same answer.
///
/// # Errors
///
/// If the identity does not open, or the wallet signs something else.
pub fn sign(
    store: &Store,
    console: &Console,
    request: &Request,
    only: &[StatementDigest],
    unsigned: Unsigned<Response>,
) -> Result<Response> {
    let statements: Vec<u8> = only.iter().flat_map(|digest| digest.to_bytes()).collect();
    let name = store::path(&format!("responses/{}", short(&request.digest())), &statements);
    Signer::open(store, console)?.sign_once((store, &name), Response::encode, console, || Ok(unsigned))
}

/// Posts an answer, and gives its path.
///
/// # Errors
///
/// If the board refuses.
pub fn post(board: &dyn Board, request: &Request, response: &Response) -> Result<String> {
    let place = Place::Request(request.draft().attested_digest());
    board.post(&place, response.member().to_string(), Kind::Response, &response.encode())
}

/// The member that an accusation shows to have answered badly.
///
/// # Errors
///
/// If it shows nothing.
pub fn judge(accusation: &Accusation, known: &Knowledge) -> Result<PartyIndex> {
    accusation.verify(&known.roster, &known.statements).at("the accusation")
}

fn with_own_share(
    store: &Store,
    console: &Console,
    review: &Review<'_>,
    party: &RecoveryParty,
    only: &[StatementDigest],
) -> Result<Unsigned<Response>> {
    let key = party.commitment().public_key();
    let mut wrong = None;
    let shares = drawer::all(store, console)?.into_iter().map(|(_, share)| share);
    for share in shares.filter(|share| share.public_key() == key) {
        let tried = match only {
            [] => review.respond(&share, &mut rand::rng()),
            some => review.respond_to(some, &share, &mut rand::rng()),
        };
        match tried {
            Ok(unsigned) => return Ok(unsigned),
            Err(error) => wrong = Some(error),
        }
    }
    Err(match wrong {
        Some(error) => Failure::protocol("your share of the recovery key", error),
        None => Failure::refused(store.root().display(), "there is no share of this recovery key in the store"),
    })
}
