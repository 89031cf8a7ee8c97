//! The fresh node's side of a recovery.

use crate::decryption::RelightUnlockKeys;
use crate::details::{Argument, Failure, RelightDetails};
use crate::entry::{check, free, produce};
use crate::memory::{Output, RelightBuffer, RelightBytes, RelightIndices, borrow, handle, leak, objects, reclaim};
use crate::random::OsRandom;
use crate::result::RelightResult;
use crate::roster;
use crate::shared::Shared;
use crate::statement::RelightDigest;
use core::ptr;
use relight::sharing::PartyIndex;
use relight::{
    Statement, Timestamp,
    recovery::{Accusation, Authorisation, Progress, Session},
};

/// A recovery in progress: one request, and the answers accepted so far. Threads may share it: calls wait for each
/// other.
pub struct RelightSession(Shared<Option<Session>>);

impl RelightSession {
    fn open(session: Session) -> *mut Self {
        handle(Self(Shared::new(Some(session))))
    }

    fn with<T>(session: *const Self, work: impl FnOnce(&mut Session) -> Result<T, Failure>) -> Result<T, Failure> {
        let mut held = borrow("session", session)?.0.lock()?;
        work(held.as_mut().ok_or(Failure::Interface(RelightResult::HandlePoisoned))?)
    }
}

/// What a fresh node asks for. The caller owns everything it points to.
#[repr(C)]
pub struct RelightAsk {
    /// The name under which the roster's members registered.
    pub party: RelightBytes,
    /// The roster of the recovery party.
    pub roster: RelightBytes,
    /// The statements to unlock, all of one network and no two equal.
    pub statements: *const RelightBytes,
    /// The number of statements.
    pub statements_len: usize,
    /// Who asks, for people to read, at most 255 bytes.
    pub requester: RelightBytes,
    /// The time, in seconds since 1970-01-01 UTC.
    pub now: u64,
    /// The last second since 1970-01-01 UTC at which answers are taken, at most a week from now.
    pub expiry: u64,
}

/// Begins a recovery: `session` receives a handle, to be freed with `relight_session_free`. Fails if an input does not
/// decode, with `RELIGHT_RESULT_INVALID_LENGTH` without statements or if a name is too long,
/// `RELIGHT_RESULT_DUPLICATE_STATEMENT` if a statement is repeated, `RELIGHT_RESULT_MISMATCH` or
/// `RELIGHT_RESULT_WRONG_LOCK` if one is no backup for this party and network, `RELIGHT_RESULT_INVALID_TIME` if a time
/// is zero or after the year 9999, `RELIGHT_RESULT_EXPIRED` or `RELIGHT_RESULT_EXPIRY_TOO_FAR`, and like
/// `relight_roster_verify`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_session_new(
    ask: *const RelightAsk,
    session: *mut *mut RelightSession,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(session, details, || {
        let ask = borrow("ask", ask)?;
        let roster = roster::read(&ask.party, &ask.roster)?;
        let statements = objects("statements", ask.statements, ask.statements_len, Statement::decode)?;
        let requester = ask.requester.get("requester")?;
        let now = Timestamp::from_unix_seconds(ask.now).argument("now")?;
        let expiry = Timestamp::from_unix_seconds(ask.expiry).argument("expiry")?;
        let opened = Session::new(roster, statements, requester, now, expiry, &mut OsRandom)?;
        Ok(RelightSession::open(opened))
    })
}

/// Frees a session, and sets the pointer to NULL. NULL and a pointer to NULL are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_session_free(session: *mut *mut RelightSession) {
    free(session);
}

/// What the holders of the Blinders are to authorise: `draft` receives it, and the caller owns it.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_session_draft(
    session: *const RelightSession,
    draft: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(draft, details, || RelightSession::with(session, |session| Ok((&*session.draft().encode()).into())))
}

/// Takes the authorisation of one of the statements (`relight_authorise`). A second one for the same statement changes
/// nothing. Fails if `authorisation` does not decode, with `RELIGHT_RESULT_WRONG_REQUEST` if it is for another draft,
/// `RELIGHT_RESULT_UNKNOWN_STATEMENT` if for another statement, and with `RELIGHT_RESULT_UNAUTHORISED` if it was not made
/// with the statement's Blinder.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_session_authorise(
    session: *const RelightSession,
    authorisation: RelightBytes,
    details: *mut RelightDetails,
) -> RelightResult {
    check(details, || {
        let authorisation = authorisation.read("authorisation", Authorisation::decode)?;
        RelightSession::with(session, |session| Ok(session.authorise(&authorisation)?))
    })
}

/// Attaches an attestation about the draft's attested digest: once, and before any answer arrives, for it is part of
/// the request. Authorisations hold for any attestation. The same again changes nothing. Fails with
/// `RELIGHT_RESULT_WRONG_REQUEST` if there is another one, or an answer was accepted.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_session_attest(
    session: *const RelightSession,
    attestation: RelightBytes,
    details: *mut RelightDetails,
) -> RelightResult {
    check(details, || {
        let attestation = attestation.get("attestation")?;
        RelightSession::with(session, |session| Ok(session.attest(attestation)?))
    })
}

/// The request, to be published when every statement is authorised: `request` receives it, and the caller owns it.
/// Fails with `RELIGHT_RESULT_UNAUTHORISED`, whose details have the place of the first statement that is not.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_session_request(
    session: *const RelightSession,
    request: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(request, details, || RelightSession::with(session, |session| Ok((&*session.request()?.encode()).into())))
}

/// Where a recovery stands. Free it with `relight_progress_free`.
#[repr(C)]
pub struct RelightProgress {
    /// The members that have answered for every statement.
    pub answered: RelightIndices,
    /// The members that have not, or not for every one.
    pub missing: RelightIndices,
    /// How many more answers it takes for the statement that lacks most. Zero when all backups can be opened.
    pub needed: u16,
    /// How many more answers each statement takes, in the order of the request.
    pub statements: *mut u16,
    /// The number of statements.
    pub statements_len: usize,
}

impl From<Progress> for RelightProgress {
    fn from(progress: Progress) -> Self {
        let (statements, statements_len) = leak(progress.statements);
        Self {
            answered: progress.answered.into_iter().map(PartyIndex::get).collect(),
            missing: progress.missing.into_iter().map(PartyIndex::get).collect(),
            needed: progress.needed,
            statements,
            statements_len,
        }
    }
}

impl Output for RelightProgress {
    const EMPTY: Self = Self {
        answered: RelightIndices::EMPTY,
        missing: RelightIndices::EMPTY,
        needed: 0,
        statements: ptr::null_mut(),
        statements_len: 0,
    };

    fn release(self) {
        [self.answered, self.missing].into_iter().for_each(Output::release);
        drop(reclaim(self.statements, self.statements_len));
    }
}

/// Frees what a progress owns, and empties it. NULL and an empty progress are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_progress_free(progress: *mut RelightProgress) {
    free(progress);
}

/// Where the recovery stands: `progress` receives it, and the caller owns it.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_session_progress(
    session: *const RelightSession,
    progress: *mut RelightProgress,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(progress, details, || RelightSession::with(session, |session| Ok(session.progress().into())))
}

/// Takes an answer that arrives at `now`, in seconds since 1970-01-01 UTC: `progress` receives where the recovery
/// stands then, and the caller owns it. An answer may be for some of the statements; those for which its member was
/// accepted before are skipped. A refused answer changes nothing. Fails if `response` does not decode; with
/// `RELIGHT_RESULT_INVALID_TIME` if `now` is zero or after the year 9999; with
/// `RELIGHT_RESULT_WRONG_REQUEST`, `RELIGHT_RESULT_EXPIRED`, `RELIGHT_RESULT_UNKNOWN_MEMBER` or
/// `RELIGHT_RESULT_BAD_SIGNATURE` for answers that do not count, no matter who sent them; with `RELIGHT_RESULT_BAD_RESPONSE`,
/// `RELIGHT_RESULT_SHARELESS` or `RELIGHT_RESULT_BAD_DECRYPTION_SHARES` for what the member itself did wrong, which the
/// details name, and which `relight_session_accuse` can show.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_session_receive(
    session: *const RelightSession,
    response: RelightBytes,
    now: u64,
    progress: *mut RelightProgress,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(progress, details, || {
        let response = response.get("response")?;
        let now = Timestamp::from_unix_seconds(now).argument("now")?;
        RelightSession::with(session, |session| Ok(session.receive(response, now).argument("response")?.into()))
    })
}

/// The key that unlocks one statement: `unlock_keys` receives a handle, to be freed with `relight_unlock_keys_free`.
/// Fails with `RELIGHT_RESULT_UNKNOWN_STATEMENT` if the session does not ask for the statement, and with
/// `RELIGHT_RESULT_NOT_ENOUGH_SHARES`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_session_unlock_key(
    session: *const RelightSession,
    statement: *const RelightDigest,
    unlock_keys: *mut *mut RelightUnlockKeys,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(unlock_keys, details, || {
        let digest = borrow("statement", statement)?.read();
        RelightSession::with(session, |session| Ok(handle(RelightUnlockKeys(vec![session.unlock_key(&digest)?]))))
    })
}

/// The keys that unlock all statements of the session: `unlock_keys` receives a handle, to be freed with
/// `relight_unlock_keys_free`. Fails with `RELIGHT_RESULT_NOT_ENOUGH_SHARES` if any of them lacks answers.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_session_unlock_keys(
    session: *const RelightSession,
    unlock_keys: *mut *mut RelightUnlockKeys,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(unlock_keys, details, || {
        RelightSession::with(session, |session| Ok(handle(RelightUnlockKeys(session.unlock_keys()?))))
    })
}

/// Shows anyone that a member signed a bad answer: `accusation` receives it, and the caller owns it. It publishes
/// the key to that member's answers to this request: who has one of them can read it. Fails if `response` does not
/// decode, with `RELIGHT_RESULT_WRONG_REQUEST` if it answers another request, `RELIGHT_RESULT_UNKNOWN_MEMBER` or
/// `RELIGHT_RESULT_BAD_SIGNATURE` if no member signed it, and with `RELIGHT_RESULT_NO_EVIDENCE` if nothing is wrong
/// with it.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_session_accuse(
    session: *const RelightSession,
    response: RelightBytes,
    accusation: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(accusation, details, || {
        let response = response.get("response")?;
        RelightSession::with(session, |session| Ok((&*session.accuse(response).argument("response")?.encode()).into()))
    })
}

/// Checks an accusation: `member` receives whom it is against. `statements` are those of the backups given; `party`
/// is the name under which the roster's members registered. Fails if an input does not decode, with
/// `RELIGHT_RESULT_ROSTER_MISMATCH`, `RELIGHT_RESULT_UNKNOWN_STATEMENT`, `RELIGHT_RESULT_WRONG_REQUEST`,
/// `RELIGHT_RESULT_UNKNOWN_MEMBER`, `RELIGHT_RESULT_BAD_SIGNATURE`, and with `RELIGHT_RESULT_NO_EVIDENCE` if nothing is
/// wrong with the answer, and like `relight_roster_verify`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_accusation_verify(
    accusation: RelightBytes,
    party: RelightBytes,
    roster: RelightBytes,
    statements: *const RelightBytes,
    statements_len: usize,
    member: *mut u16,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(member, details, || {
        let accusation = accusation.read("accusation", Accusation::decode)?;
        let roster = roster::read(&party, &roster)?;
        let statements = objects("statements", statements, statements_len, Statement::decode)?;
        Ok(accusation.verify(&roster, &statements)?.get())
    })
}

/// The state of a session, to survive a restart: `state` receives it, and the caller owns it. It is a secret.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_session_encode(
    session: *const RelightSession,
    state: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(state, details, || RelightSession::with(session, |session| Ok(RelightBuffer::from(&**session.encode()))))
}

/// Goes on with a session after a restart: everything in `state` is verified again, and `session` receives a handle,
/// to be freed with `relight_session_free`. `party` is that of the roster. Fails if `state` does not decode, and
/// with what is wrong in it.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_session_decode(
    party: RelightBytes,
    state: RelightBytes,
    session: *mut *mut RelightSession,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(session, details, || {
        let party = party.get("party")?;
        Ok(RelightSession::open(state.read("state", |state| Session::decode(party, state))?))
    })
}
