//! The fresh node's side of a recovery.

use crate::decryption::RelightUnlockKeys;
use crate::entry::{check, free, produce};
use crate::memory::{RelightBuffer, RelightBytes, RelightIndices, borrow, handle, objects, structure_output};
use crate::random::OsRandom;
use crate::details::{Failure, RelightDetails};
use crate::result::RelightResult;
use relight::sharing::PartyIndex;
use relight::{Progress, Roster, Session, Statement};
use std::sync::{Mutex, MutexGuard};

/// A recovery in progress: one request, and the answers accepted so far. Threads may share it: calls wait for each
/// other.
pub struct RelightSession(Mutex<Session>);

impl RelightSession {
    fn lock<'a>(session: *const Self) -> Result<MutexGuard<'a, Session>, Failure> {
        borrow(session)?.0.lock().map_err(|_| Failure::Interface(RelightResult::SessionPoisoned))
    }

    fn open(session: Session) -> *mut Self {
        handle(Self(Mutex::new(session)))
    }
}

/// What a fresh node asks for. The caller owns everything it points to.
#[repr(C)]
pub struct RelightAsk {
    /// The name under which the roster's members registered.
    pub context: RelightBytes,
    /// The roster of the recovery party.
    pub roster: RelightBytes,
    /// The statements to unlock, all of one network and no two equal.
    pub statements: *const RelightBytes,
    /// The number of statements.
    pub statements_len: usize,
    /// Who asks, for people to read, at most 255 bytes.
    pub requester: RelightBytes,
    /// The last second since 1970-01-01 UTC at which answers are taken.
    pub expiry: u64,
}

/// Begins a recovery: `session` receives a handle, to be freed with `relight_session_free`. Fails if an input does not
/// decode, with `RELIGHT_RESULT_INVALID_LENGTH` without statements or if a name is too long,
/// `RELIGHT_RESULT_UNKNOWN_DIGEST` if a statement comes twice, `RELIGHT_RESULT_STATEMENT_MISMATCH` or
/// `RELIGHT_RESULT_UNKNOWN_LOCK` if one is no backup for this party and network, and like `relight_roster_verify`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_session_new(
    ask: *const RelightAsk,
    session: *mut *mut RelightSession,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(session, details, || {
        let ask = borrow(ask)?;
        let roster = Roster::decode(ask.context.get()?, ask.roster.get()?)?;
        let statements = objects(ask.statements, ask.statements_len, Statement::decode)?;
        let opened = Session::new(roster, statements, ask.requester.get()?, ask.expiry, &mut OsRandom)?;
        Ok(RelightSession::open(opened))
    })
}

/// Frees a session, and sets the pointer to NULL. NULL and a pointer to NULL are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_session_free(session: *mut *mut RelightSession) {
    free(session);
}

/// Attaches an attestation about the request's attested digest. This makes another request: answers to the one before
/// are forgotten. `context` is that of the roster. Fails with `RELIGHT_RESULT_INVALID_ROSTER` if it is not.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_session_attest(
    session: *const RelightSession,
    context: RelightBytes,
    attestation: RelightBytes,
    details: *mut RelightDetails,
) -> RelightResult {
    check(details, || {
        let mut session = RelightSession::lock(session)?;
        let copy = Session::decode(context.get()?, &session.encode())?;
        *session = copy.with_attestation(attestation.get()?);
        Ok(())
    })
}

/// The request, to be published: `request` receives it, and the caller owns it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_session_request(
    session: *const RelightSession,
    request: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(request, details, || Ok((&*RelightSession::lock(session)?.request().encode()).into()))
}

/// Where a recovery stands. Free it with `relight_progress_free`.
#[repr(C)]
pub struct RelightProgress {
    /// The members whose answers were accepted.
    pub answered: RelightIndices,
    /// The members that have not answered.
    pub missing: RelightIndices,
    /// How many more answers it takes. Zero when the backups can be opened.
    pub needed: u16,
}

impl From<Progress> for RelightProgress {
    fn from(progress: Progress) -> Self {
        Self {
            answered: progress.answered.into_iter().map(PartyIndex::get).collect(),
            missing: progress.missing.into_iter().map(PartyIndex::get).collect(),
            needed: progress.needed,
        }
    }
}

structure_output!(RelightProgress { answered, missing, needed });

/// Frees what a progress owns, and empties it. NULL and an empty progress are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_progress_free(progress: *mut RelightProgress) {
    free(progress);
}

/// Where the recovery stands: `progress` receives it, and the caller owns it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_session_progress(
    session: *const RelightSession,
    progress: *mut RelightProgress,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(progress, details, || Ok(RelightSession::lock(session)?.progress().into()))
}

/// Takes an answer that arrives at `now`, in seconds since 1970-01-01 UTC: `progress` receives where the recovery
/// stands then, and the caller owns it. The same answer twice is harmless, and a refused one changes nothing. Fails if
/// `response` does not decode; with `RELIGHT_RESULT_WRONG_REQUEST`, `RELIGHT_RESULT_EXPIRED`,
/// `RELIGHT_RESULT_UNKNOWN_MEMBER` or `RELIGHT_RESULT_BAD_SIGNATURE` for answers that do not count, whoever sent them;
/// with `RELIGHT_RESULT_BAD_RESPONSE` or `RELIGHT_RESULT_BAD_DECRYPTION_SHARES` for what the member itself did wrong,
/// which the details name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_session_receive(
    session: *const RelightSession,
    response: RelightBytes,
    now: u64,
    progress: *mut RelightProgress,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(progress, details, || Ok(RelightSession::lock(session)?.receive(response.get()?, now)?.into()))
}

/// The keys that unlock all statements of the session: `unlock_keys` receives a handle, to be freed with
/// `relight_unlock_keys_free`. Fails with `RELIGHT_RESULT_NOT_ENOUGH_SHARES`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_session_unlock_keys(
    session: *const RelightSession,
    unlock_keys: *mut *mut RelightUnlockKeys,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(unlock_keys, details, || {
        let keys = RelightSession::lock(session)?.unlock_keys()?;
        Ok(handle(RelightUnlockKeys(keys)))
    })
}

/// The state of a session, to survive a restart: `state` receives it, and the caller owns it. It is a secret.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_session_encode(
    session: *const RelightSession,
    state: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(state, details, || Ok(RelightBuffer::from(&**RelightSession::lock(session)?.encode())))
}

/// Goes on with a session after a restart: everything in `state` is verified again, and `session` receives a handle,
/// to be freed with `relight_session_free`. `context` is that of the roster. Fails if `state` does not decode, and
/// with what is wrong in it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_session_decode(
    context: RelightBytes,
    state: RelightBytes,
    session: *mut *mut RelightSession,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(session, details, || Ok(RelightSession::open(Session::decode(context.get()?, state.get()?)?)))
}
