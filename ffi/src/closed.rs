//! Closed ceremonies, and what comes of them.

use crate::agreement::RelightAgreedDealings;
use crate::details::{Argument, RelightDetails};
use crate::entry::{check, free, produce};
use crate::memory::{
    Beside, Output, RelightBytes, RelightIndices, RelightList, borrow, leak, reclaim, structure_output,
};
use crate::result::RelightResult;
use crate::shared::Shared;
use crate::statement::RelightDigest;
use core::ptr;
use relight::sharing::{PartyIndex, VssCommitment};
use relight::{
    KeyShare, MemberKey,
    dealing::{Ceremony, ClosedDealings, PublicOutcome, Shareless},
};

/// The dealings of a closed ceremony: those that its certificate names, and no others. Threads may share it: calls wait
/// for each other.
pub struct RelightClosed(Shared<Beside<Ceremony, ClosedDealings<'static>>>);

impl RelightClosed {
    pub(crate) fn new(closed: Beside<Ceremony, ClosedDealings<'static>>) -> Self {
        Self(Shared::new(closed))
    }
}

/// Frees a closed ceremony, and sets the pointer to NULL. NULL and a pointer to NULL are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_closed_free(closed: *mut *mut RelightClosed) {
    free(closed);
}

/// What a closed ceremony lacks. Free it with `relight_closed_status_free`.
#[repr(C)]
pub struct RelightClosedStatus {
    /// The dealings of the closed set that are not there yet. Ask the other parties for them, by their digests.
    pub missing: RelightAgreedDealings,
    /// The dealers that were expelled.
    pub bad_dealers: RelightIndices,
}

structure_output!(RelightClosedStatus { missing, bad_dealers });

/// Frees what a status owns, and empties it. NULL and an empty status are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_closed_status_free(status: *mut RelightClosedStatus) {
    free(status);
}

/// What the closed ceremony lacks: `status` receives it, and the caller owns it.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_closed_inspect(
    closed: *const RelightClosed,
    status: *mut RelightClosedStatus,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(status, details, || {
        let mut held = borrow("closed", closed)?.0.lock()?;
        let closed = held.value();
        Ok(RelightClosedStatus {
            missing: closed.missing().collect(),
            bad_dealers: closed.bad_dealers().map(PartyIndex::get).collect(),
        })
    })
}

/// Takes a dealing of the closed set. A second dealing of one of its dealers is evidence against that dealer
/// (`relight_evidence_two_dealings`), and changes nothing else. Fails like `relight_dealings_receive`, and with
/// `RELIGHT_RESULT_LATE_DEALING` if its dealer is not in the set.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_closed_receive(
    closed: *const RelightClosed,
    dealing: RelightBytes,
    details: *mut RelightDetails,
) -> RelightResult {
    check(details, || borrow("closed", closed)?.0.lock()?.value().receive(dealing.get("dealing")?).argument("dealing"))
}

/// A recipient that has no share of a key, because it would be zero. A dealer that speaks last can do that to itself
/// and to as many friends as do not reach the threshold, and to nobody else.
#[repr(C)]
pub struct RelightShareless {
    /// The key, from zero.
    pub key: u16,
    /// The recipient.
    pub party: u16,
}

impl From<&Shareless> for RelightShareless {
    fn from(shareless: &Shareless) -> Self {
        Self { key: shareless.key, party: shareless.party.get() }
    }
}

/// The outcome of a ceremony. Free it with `relight_outcome_free`.
#[repr(C)]
pub struct RelightOutcome {
    /// The recipient's key shares, in the order of the ceremony's keys: secrets. Where it is listed as shareless there
    /// is none. None for the public outcome.
    pub shares: RelightList,
    /// The VSS commitments of the keys, in the order of the ceremony.
    pub keys: RelightList,
    /// Who has no share of which key, by key and then by recipient.
    pub shareless: *mut RelightShareless,
    /// The number of those.
    pub shareless_len: usize,
    /// The name of the set of dealings that they came of.
    pub transcript: RelightDigest,
}

impl Output for RelightOutcome {
    const EMPTY: Self = Self {
        shares: RelightList::EMPTY,
        keys: RelightList::EMPTY,
        shareless: ptr::null_mut(),
        shareless_len: 0,
        transcript: RelightDigest::EMPTY,
    };

    fn release(self) {
        [self.shares, self.keys].into_iter().for_each(Output::release);
        drop(reclaim(self.shareless, self.shareless_len));
    }
}

impl RelightOutcome {
    fn new(shares: &[KeyShare], public: &PublicOutcome) -> Self {
        let (shareless, shareless_len) = leak(public.shareless.iter().map(RelightShareless::from).collect());
        Self {
            shares: shares.iter().map(KeyShare::encode).collect(),
            keys: public.keys.iter().map(VssCommitment::encode).collect(),
            shareless,
            shareless_len,
            transcript: public.transcript.into(),
        }
    }
}

/// Wipes and frees what an outcome owns, and empties it. NULL and empty outcomes are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_outcome_free(outcome: *mut RelightOutcome) {
    free(outcome);
}

/// Finishes a ceremony for one recipient: `outcome` receives its key shares and what everyone knows, and the caller
/// owns it. `member_key` is the recipient's secret. Fails if it does not decode, with `RELIGHT_RESULT_MISSING_DEALING`,
/// `RELIGHT_RESULT_UNKNOWN_RECIPIENT`, `RELIGHT_RESULT_WRONG_MEMBER_KEY`, or `RELIGHT_RESULT_BAD_CERTIFICATE` if other
/// keys come of the dealings than the certificate says.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_closed_finish(
    closed: *const RelightClosed,
    recipient: u16,
    member_key: RelightBytes,
    outcome: *mut RelightOutcome,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(outcome, details, || {
        let key = member_key.read("member_key", MemberKey::decode)?;
        let finished = borrow("closed", closed)?
            .0
            .lock()?
            .value()
            .finish(PartyIndex::new(recipient).argument("recipient")?, &key)?;
        Ok(RelightOutcome::new(&finished.shares, &finished.public))
    })
}

/// Finishes a ceremony for anyone: `outcome` receives what everyone knows and no shares, and the caller owns it. Fails
/// with `RELIGHT_RESULT_MISSING_DEALING`, and with `RELIGHT_RESULT_BAD_CERTIFICATE` if other keys come of the dealings
/// than the certificate says.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_closed_finish_public(
    closed: *const RelightClosed,
    outcome: *mut RelightOutcome,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(outcome, details, || {
        let finished = borrow("closed", closed)?.0.lock()?.value().finish_public()?;
        Ok(RelightOutcome::new(&[], &finished))
    })
}
