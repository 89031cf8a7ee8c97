//! Dealings, until their ceremony is closed.

use crate::agreement::{RelightAgreedDealing, RelightAgreedDealings};
use crate::closed::RelightClosed;
use crate::details::{Argument, RelightDetails};
use crate::entry::{check, free, produce};
use crate::memory::{Beside, RelightBuffer, RelightBytes, RelightIndices, borrow, handle, objects, structure_output};
use crate::random::OsRandom;
use crate::result::RelightResult;
use crate::shared::Shared;
use crate::signing::RelightUnsigned;
use relight::sharing::PartyIndex;
use relight::{
    KeyShare, MemberKey,
    dealing::{Ceremony, Certificate, Confirmation, Dealing, Dealings},
    identity::IdentityKey,
};

/// Makes the dealing of one dealer: `dealing` receives what it broadcasts, and the caller owns it. `identity` is the
/// dealer's secret; `old_shares` are its shares of the old keys in the ceremony's order, and none for new keys. Fails
/// if an input does not decode, with `RELIGHT_RESULT_UNKNOWN_DEALER`, `RELIGHT_RESULT_WRONG_IDENTITY` if the identity
/// is not that dealer's, `RELIGHT_RESULT_INVALID_LENGTH` for too few or too many old shares, `RELIGHT_RESULT_SHARELESS`
/// if the dealer has no share of a key, because it is zero, `RELIGHT_RESULT_MISMATCH` if a share is of
/// another key or lies elsewhere, or `RELIGHT_RESULT_OTHER_SHARING` if it is from before or after a refresh.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_ceremony_deal(
    ceremony: RelightBytes,
    dealer: u16,
    identity: RelightBytes,
    old_shares: *const RelightBytes,
    old_shares_len: usize,
    dealing: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(dealing, details, || {
        let ceremony = ceremony.read("ceremony", Ceremony::decode)?;
        let identity = identity.read("identity", IdentityKey::decode)?;
        let shares = objects("old_shares", old_shares, old_shares_len, KeyShare::decode)?;
        let shares: Vec<&KeyShare> = shares.iter().collect();
        Ok((&*ceremony.deal(PartyIndex::new(dealer).argument("dealer")?, &identity, &shares, &mut OsRandom)?.encode())
            .into())
    })
}

/// Like `relight_ceremony_deal`, for a dealer whose identity lives in a wallet: `dealing` receives the unsigned form,
/// and the caller owns it. `member_key` is the dealer's secret, which stands in for that of its identity as one more
/// thing that randomness is hedged with. Fails like `relight_ceremony_deal`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_ceremony_deal_unsigned(
    ceremony: RelightBytes,
    dealer: u16,
    member_key: RelightBytes,
    old_shares: *const RelightBytes,
    old_shares_len: usize,
    dealing: *mut RelightUnsigned,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(dealing, details, || {
        let ceremony = ceremony.read("ceremony", Ceremony::decode)?;
        let key = member_key.read("member_key", MemberKey::decode)?;
        let shares = objects("old_shares", old_shares, old_shares_len, KeyShare::decode)?;
        let shares: Vec<&KeyShare> = shares.iter().collect();
        Ok(ceremony.deal_unsigned(PartyIndex::new(dealer).argument("dealer")?, &key, &shares, &mut OsRandom)?.into())
    })
}

/// Who a dealing claims to be of, and the digest by which it is confirmed and asked for: `claim` receives it. Nothing
/// is verified. Fails with `RELIGHT_RESULT_TRUNCATED`, `RELIGHT_RESULT_UNSUPPORTED_VERSION` or
/// `RELIGHT_RESULT_INVALID_INDEX`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_dealing_inspect(
    dealing: RelightBytes,
    claim: *mut RelightAgreedDealing,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(claim, details, || {
        let dealing = dealing.read("dealing", Dealing::decode)?;
        Ok(RelightAgreedDealing::new(dealing.dealer(), dealing.digest()))
    })
}

/// Checks a dealing as it was received: `verified` receives who made it, and its digest. Fails if `ceremony` does not
/// decode, with `RELIGHT_RESULT_TRUNCATED`, `RELIGHT_RESULT_UNSUPPORTED_VERSION`, `RELIGHT_RESULT_INVALID_INDEX`,
/// `RELIGHT_RESULT_CEREMONY_MISMATCH` or `RELIGHT_RESULT_UNKNOWN_DEALER` if the dealing does not belong here, and with
/// `RELIGHT_RESULT_BAD_DEALING`, whose details name the dealer and its fault.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_dealing_verify(
    ceremony: RelightBytes,
    dealing: RelightBytes,
    verified: *mut RelightAgreedDealing,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(verified, details, || {
        let verdict = ceremony.read("ceremony", Ceremony::decode)?.verify_dealing(dealing.get("dealing")?);
        let dealing = verdict.result().argument("dealing")?;
        Ok(RelightAgreedDealing::new(dealing.dealer(), dealing.digest()))
    })
}

/// The dealings of a ceremony, as they arrive. Nothing comes of them before the ceremony is closed. Threads may share
/// it: calls wait for each other.
pub struct RelightDealings(Shared<Beside<Ceremony, Dealings<'static>>>);

/// Begins to collect the dealings of a ceremony: `dealings` receives a handle, to be freed with
/// `relight_dealings_free`. Fails if `ceremony` does not decode.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_dealings_new(
    ceremony: RelightBytes,
    dealings: *mut *mut RelightDealings,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(dealings, details, || {
        let ceremony = ceremony.read("ceremony", Ceremony::decode)?;
        Ok(handle(RelightDealings(Shared::new(Beside::new(ceremony, Dealings::new)))))
    })
}

/// Frees collected dealings, and sets the pointer to NULL. NULL and a pointer to NULL are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_dealings_free(dealings: *mut *mut RelightDealings) {
    free(dealings);
}

/// Takes a dealing as it was received, if it is valid. The same one again costs a hash. A dealer that signs a bad
/// dealing, or two different ones, is expelled: what this party confirms goes without it, and what it sends from then
/// on fails with the fault `RELIGHT_FAULT_EXPELLED`, for a hash. Fails like `relight_dealing_verify`. Keep the bytes of
/// valid dealings: others may ask for them by their digest.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_dealings_receive(
    dealings: *const RelightDealings,
    dealing: RelightBytes,
    details: *mut RelightDetails,
) -> RelightResult {
    check(details, || {
        borrow("dealings", dealings)?.0.lock()?.value().receive(dealing.get("dealing")?).argument("dealing")
    })
}

/// Which dealings were taken. Free it with `relight_dealings_status_free`.
#[repr(C)]
pub struct RelightDealingsStatus {
    /// The valid dealings of dealers that were not expelled, by ascending dealer: what `relight_dealings_confirm`
    /// confirms.
    pub valid: RelightAgreedDealings,
    /// The dealers that were expelled.
    pub bad_dealers: RelightIndices,
}

structure_output!(RelightDealingsStatus { valid, bad_dealers });

/// Frees what a status owns, and empties it. NULL and an empty status are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_dealings_status_free(status: *mut RelightDealingsStatus) {
    free(status);
}

/// Which dealings were taken: `status` receives it, and the caller owns it.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_dealings_inspect(
    dealings: *const RelightDealings,
    status: *mut RelightDealingsStatus,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(status, details, || {
        let mut held = borrow("dealings", dealings)?.0.lock()?;
        let dealings = held.value();
        Ok(RelightDealingsStatus {
            valid: dealings.valid().collect(),
            bad_dealers: dealings.bad_dealers().map(PartyIndex::get).collect(),
        })
    })
}

/// Confirms the valid dealings that were taken: `confirmation` receives the unsigned form, for the recipient's identity
/// to sign, and the caller owns it. `member_key` is the recipient's secret: its shares are opened and checked first.
///
/// A recipient confirms once: from then on this gives the same set, whatever arrives. Store the signed confirmation
/// before you send it, and after a restart take it with `relight_dealings_confirm_like`. Fails if `member_key` does not
/// decode, with `RELIGHT_RESULT_NOT_ENOUGH_DEALINGS`, whose details name the dealers of bad ones,
/// `RELIGHT_RESULT_UNKNOWN_RECIPIENT`, or `RELIGHT_RESULT_WRONG_MEMBER_KEY`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_dealings_confirm(
    dealings: *const RelightDealings,
    recipient: u16,
    member_key: RelightBytes,
    confirmation: *mut RelightUnsigned,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(confirmation, details, || {
        let key = member_key.read("member_key", MemberKey::decode)?;
        let recipient = PartyIndex::new(recipient).argument("recipient")?;
        Ok(borrow("dealings", dealings)?.0.lock()?.value().confirm(recipient, &key)?.into())
    })
}

/// Confirms the same dealings as another confirmation: the recipient's own from before a restart, or that of most
/// others (see `relight_confirmations_inspect`), so that the ceremony can close. Otherwise it is like
/// `relight_dealings_confirm`. Fails like that, if `other` does not decode, with `RELIGHT_RESULT_CEREMONY_MISMATCH`,
/// `RELIGHT_RESULT_BAD_CONFIRMATION` if it names what cannot be a set of dealings, `RELIGHT_RESULT_MISSING_DEALING`, or
/// `RELIGHT_RESULT_ALREADY_CONFIRMED` if this party confirmed another set. The signature of `other` is not checked
/// here: `relight_confirmations_receive` does that.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_dealings_confirm_like(
    dealings: *const RelightDealings,
    other: RelightBytes,
    recipient: u16,
    member_key: RelightBytes,
    confirmation: *mut RelightUnsigned,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(confirmation, details, || {
        let other = other.read("other", Confirmation::decode)?;
        let key = member_key.read("member_key", MemberKey::decode)?;
        let recipient = PartyIndex::new(recipient).argument("recipient")?;
        Ok(borrow("dealings", dealings)?.0.lock()?.value().confirm_like(&other, recipient, &key)?.into())
    })
}

/// Goes on with the closed set alone: `closed` receives a handle, to be freed with `relight_closed_free`. The collected
/// dealings stay as they are, and are to be freed. Fails like `relight_certificate_verify`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_dealings_close(
    dealings: *const RelightDealings,
    certificate: RelightBytes,
    closed: *mut *mut RelightClosed,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(closed, details, || {
        let certificate = certificate.read("certificate", Certificate::decode)?;
        let held = borrow("dealings", dealings)?.0.lock()?;
        let certificate = certificate.verify(held.owner())?;
        Ok(handle(RelightClosed::new(held.map(|dealings| dealings.clone().close(certificate))?)))
    })
}
