//! A ceremony as a holder sees it: found by its code, accepted once, and what lies on the board for it.

use super::members::Members;
use super::outcome;
use crate::armour::Kind;
use crate::board::{Board, Ignored, Objects, Place, short};
use crate::failure::{Failure, Result, While};
use crate::store::Store;
use relight::dealing::{Ceremony, Certificate, Keys, VerifiedCertificate};
use relight::sharing::VssCommitment;
use std::fmt::{Display, Formatter};
use std::str::FromStr;

/// How people name a ceremony: by its short code, or by its digest or the first half of it in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Code {
    /// The forty digits, as [`Ceremony::short_code`] gives them.
    Short(String),
    /// The digest, or its first bytes.
    Digest(Vec<u8>),
}

const DIGITS: usize = 40;
const LEAST_BYTES: usize = 16;

impl Code {
    /// Is it the code of this ceremony?
    pub fn fits(&self, ceremony: &Ceremony) -> bool {
        match self {
            Self::Short(code) => *code == ceremony.short_code(),
            Self::Digest(bytes) => ceremony.digest().as_bytes().starts_with(bytes),
        }
    }
}

impl FromStr for Code {
    type Err = &'static str;

    fn from_str(text: &str) -> std::result::Result<Self, &'static str> {
        let plain: String = text.chars().filter(|one| !matches!(one, ' ' | '-')).collect();
        if plain.len() == DIGITS && plain.bytes().all(|digit| digit.is_ascii_digit()) {
            let groups: Vec<&str> = (0..DIGITS).step_by(5).map(|start| &plain[start..start + 5]).collect();
            return Ok(Self::Short(groups.join(" ")));
        }
        let bytes = hex::decode(&plain).ok().filter(|bytes| bytes.len() >= LEAST_BYTES);
        bytes.map(Self::Digest).ok_or("a ceremony has a code of 40 digits, or 32 or 64 hexadecimal digits")
    }
}

impl Display for Code {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Short(code) => f.write_str(code),
            Self::Digest(bytes) => f.write_str(&hex::encode(bytes)),
        }
    }
}

/// The name of a ceremony in stores and on boards.
pub fn short_digest(ceremony: &Ceremony) -> String {
    short(&ceremony.digest())
}

/// The place of a ceremony on the board.
pub fn place(ceremony: &Ceremony) -> Place {
    Place::Ceremony(ceremony.digest())
}

/// Every plan on the board.
///
/// # Errors
///
/// If the board cannot be reached.
pub fn planned(board: &dyn Board) -> Result<(Vec<Ceremony>, Ignored)> {
    let Objects { good, ignored } = board.objects(&Place::Plans, Kind::Ceremony, Ceremony::decode)?;
    Ok((good.into_iter().map(|object| object.value).collect(), ignored))
}

/// The ceremony with a code: from the store if the holder accepted it, otherwise from the board.
///
/// # Errors
///
/// If there is none.
pub fn find(store: Option<&Store>, board: &dyn Board, code: &Code) -> Result<Ceremony> {
    let mine = store.map(accepted).transpose()?.unwrap_or_default();
    if let Some(ceremony) = mine.into_iter().find(|ceremony| code.fits(ceremony)) {
        return Ok(ceremony);
    }
    let (mut ceremonies, ignored) = planned(board)?;
    ceremonies.retain(|ceremony| code.fits(ceremony));
    ceremonies.sort_by_key(Ceremony::digest);
    ceremonies.dedup_by_key(|ceremony| ceremony.digest());
    match (ceremonies.pop(), ceremonies.is_empty()) {
        (Some(ceremony), true) => Ok(ceremony),
        (Some(_), false) => {
            Err(Failure::refused(code, "several ceremonies have this code: whoever planned them cheats")
                .next("compare whole digests with the others, and name the ceremony by its digest"))
        }
        (None, _) => Err(Failure::refused(code, format!("no ceremony on {} has this code", board.describe()))
            .beside(&ignored)
            .next("compare the code with the others; `relight ceremony show` lists what is on the board")),
    }
}

/// The ceremonies that the holder accepted.
///
/// # Errors
///
/// If the disk refuses, or one is damaged.
pub fn accepted(store: &Store) -> Result<Vec<Ceremony>> {
    let read = |name: String| Ceremony::decode(&store.kept(&name)?.unwrap_or_default()).at(&name);
    store.keepsakes("ceremonies")?.into_iter().map(read).collect()
}

/// Has the holder accepted it?
///
/// # Errors
///
/// If the disk refuses.
pub fn is_accepted(store: &Store, ceremony: &Ceremony) -> Result<bool> {
    Ok(store.kept(&plan_name(ceremony))?.is_some_and(|plan| plan == ceremony.encode()))
}

/// Keeps a ceremony that the holder has compared with the others.
///
/// # Errors
///
/// If the disk refuses.
pub fn accept(store: &Store, ceremony: &Ceremony) -> Result<()> {
    store.keep(&plan_name(ceremony), &ceremony.encode()).map(drop)
}

/// Posts a plan.
///
/// # Errors
///
/// If the board refuses.
pub fn post(board: &dyn Board, ceremony: &Ceremony) -> Result<String> {
    board.post(&Place::Plans, &ceremony.plan().name, Kind::Ceremony, &ceremony.encode())
}

/// Every recipient's keys are those that it registered, in the party that gave the ceremony its name: otherwise somebody else
/// could read its shares. Whoever deals new keys is registered, too.
///
/// # Errors
///
/// If somebody is not, or with another key.
pub fn check_registrations(board: &dyn Board, ceremony: &Ceremony) -> Result<()> {
    let (plan, members) = (ceremony.plan(), Members::find(board, &ceremony.plan().name)?);
    if let Keys::Generate(_) = plan.keys {
        plan.dealers.iter().try_for_each(|dealer| members.of(dealer.index, &dealer.identity).map(drop))?;
    }
    let stranger = plan.recipients.iter().find(|one| !members.knows(one.index, &one.identity, &one.member_key));
    stranger.map_or(Ok(()), |one| {
        let why = format!("{} has not registered the member key of the plan", one.identity.address());
        Err(Failure::refused(format!("recipient {}", one.index), why).beside(&members.ignored))
    })
}

/// A certificate of the ceremony on the board.
///
/// # Errors
///
/// If the board cannot be reached.
pub fn certificate(board: &dyn Board, ceremony: &Ceremony) -> Result<(Option<VerifiedCertificate>, Ignored)> {
    let read = |bytes: &[u8]| verified(bytes, ceremony);
    let Objects { good, ignored } = board.objects(&place(ceremony), Kind::Certificate, read)?;
    Ok((good.into_iter().next().map(|object| object.value), ignored))
}

/// The certificate that the holder has kept.
///
/// # Errors
///
/// If it is damaged.
pub fn kept_certificate(store: &Store, ceremony: &Ceremony) -> Result<Option<VerifiedCertificate>> {
    let name = certificate_name(ceremony);
    let Some(bytes) = store.kept(&name)? else { return Ok(None) };
    verified(&bytes, ceremony).map(Some).at(name)
}

fn verified(certificate: &[u8], ceremony: &Ceremony) -> relight::Result<VerifiedCertificate> {
    Certificate::decode(certificate)?.verify(ceremony)
}

/// The keys of a closed ceremony, as the holder has kept them with its certificate.
///
/// # Errors
///
/// If something is damaged.
pub fn certified(store: &Store, ceremony: &Ceremony) -> Result<Option<Vec<VssCommitment>>> {
    let (Some(certificate), Some(bytes)) = (kept_certificate(store, ceremony)?, store.kept(&outcome_name(ceremony))?)
    else {
        return Ok(None);
    };
    let keys = outcome::decode(&bytes).at(outcome_name(ceremony))?;
    certificate.vouch_for(&keys).at(outcome_name(ceremony))?;
    Ok(Some(keys))
}

/// Keeps what a ceremony came to.
///
/// # Errors
///
/// If the disk refuses.
pub fn keep(
    store: &Store,
    certificate: &VerifiedCertificate,
    ceremony: &Ceremony,
    keys: &[VssCommitment],
) -> Result<()> {
    store.keep(&outcome_name(ceremony), &outcome::encode(keys))?;
    store.keep(&certificate_name(ceremony), &certificate.certificate().encode()).map(drop)
}

/// The keys that came of a closed ceremony, for which its certificate vouches. If the holder has accepted it, it keeps them.
///
/// # Errors
///
/// If it is not closed, or nobody posted its outcome.
pub fn keys(store: Option<&Store>, board: &dyn Board, ceremony: &Ceremony) -> Result<Vec<VssCommitment>> {
    if let Some(keys) = store.map(|store| certified(store, ceremony)).transpose()?.flatten() {
        return Ok(keys);
    }
    let code = format!("the ceremony {}", ceremony.short_code());
    let (certificate, ignored) = certificate(board, ceremony)?;
    let certificate = certificate.ok_or_else(|| {
        Failure::refused(&code, "there is no certificate that it is closed")
            .beside(&ignored)
            .next("wait for its recipients to finish")
    })?;
    let vouched = |bytes: &[u8]| {
        let keys = outcome::decode(bytes)?;
        certificate.vouch_for(&keys).map(|()| keys)
    };
    let Objects { good, ignored } = board.objects(&place(ceremony), Kind::Outcome, vouched)?;
    let posted = good.into_iter().next().ok_or_else(|| {
        Failure::refused(code, "its outcome is not on the board")
            .beside(&ignored)
            .next("ask one that has finished to finish again")
    });
    let keys = posted?.value;
    if let Some(store) = store.filter(|store| is_accepted(store, ceremony).unwrap_or(false)) {
        keep(store, &certificate, ceremony, &keys)?;
    }
    Ok(keys)
}

fn certificate_name(ceremony: &Ceremony) -> String {
    format!("certificates/{}", short_digest(ceremony))
}

fn outcome_name(ceremony: &Ceremony) -> String {
    format!("outcomes/{}", short_digest(ceremony))
}

fn plan_name(ceremony: &Ceremony) -> String {
    format!("ceremonies/{}", short_digest(ceremony))
}
