//! Confirmations and certificates: how a ceremony is closed.

use crate::agreement::RelightAgreedDealings;
use crate::details::{Argument, RelightDetails};
use crate::entry::{check, free, produce};
use crate::memory::{
    Beside, Output, RelightBuffer, RelightBytes, RelightIndices, borrow, handle, objects, structure_output,
};
use crate::result::RelightResult;
use crate::shared::Shared;
use crate::statement::RelightDigest;
use relight::dealing::{Ceremony, Certificate, Confirmation, Confirmations};
use relight::sharing::{PartyIndex, VssCommitment};

/// What a confirmation says. Free it with `relight_confirmation_free`.
#[repr(C)]
pub struct RelightConfirmation {
    /// The recipient that it says to be of.
    pub recipient: u16,
    /// The name of the set of dealings, to compare by voice.
    pub transcript: RelightDigest,
    /// The dealings, by ascending dealer.
    pub dealings: RelightAgreedDealings,
}

structure_output!(RelightConfirmation { recipient, transcript, dealings });

/// Frees what an inspected confirmation owns, and empties it. NULL and empty ones are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_confirmation_free(fields: *mut RelightConfirmation) {
    free(fields);
}

/// Checks a confirmation: `fields` receives what it says, and the caller owns it. Fails if an input does not decode,
/// with `RELIGHT_RESULT_INVALID_INDEX` or `RELIGHT_RESULT_DUPLICATE_INDEX` if its dealers do not ascend,
/// `RELIGHT_RESULT_CEREMONY_MISMATCH`, `RELIGHT_RESULT_UNKNOWN_RECIPIENT` or `RELIGHT_RESULT_BAD_SIGNATURE` if it does
/// not count, no matter who sent it, and with `RELIGHT_RESULT_BAD_CONFIRMATION` if the recipient signed what cannot be a set
/// of dealings.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_confirmation_verify(
    ceremony: RelightBytes,
    confirmation: RelightBytes,
    fields: *mut RelightConfirmation,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(fields, details, || {
        let ceremony = ceremony.read("ceremony", Ceremony::decode)?;
        let confirmation = confirmation.read("confirmation", Confirmation::decode)?;
        confirmation.verify(&ceremony)?;
        Ok(RelightConfirmation {
            recipient: confirmation.recipient().get(),
            transcript: confirmation.transcript().into(),
            dealings: confirmation.dealings().iter().copied().collect(),
        })
    })
}

/// The confirmations of a ceremony, as they arrive. Threads may share it: calls wait for each other.
pub struct RelightConfirmations(Shared<Beside<Ceremony, Confirmations<'static>>>);

/// Begins to collect the confirmations of a ceremony: `confirmations` receives a handle, to be freed with
/// `relight_confirmations_free`. Fails if `ceremony` does not decode.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_confirmations_new(
    ceremony: RelightBytes,
    confirmations: *mut *mut RelightConfirmations,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(confirmations, details, || {
        let ceremony = ceremony.read("ceremony", Ceremony::decode)?;
        Ok(handle(RelightConfirmations(Shared::new(Beside::new(ceremony, Confirmations::new)))))
    })
}

/// Frees collected confirmations, and sets the pointer to NULL. NULL and a pointer to NULL are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_confirmations_free(confirmations: *mut *mut RelightConfirmations) {
    free(confirmations);
}

/// Takes a confirmation as it was received, if it is valid. The same one again is harmless. Fails like
/// `relight_confirmation_verify`, and with `RELIGHT_RESULT_DOUBLE_CONFIRMATION` if the recipient confirmed something
/// else before: the first one counts, and the two are evidence (`relight_evidence_two_confirmations`).
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_confirmations_receive(
    confirmations: *const RelightConfirmations,
    confirmation: RelightBytes,
    details: *mut RelightDetails,
) -> RelightResult {
    check(details, || {
        let mut held = borrow("confirmations", confirmations)?.0.lock()?;
        held.value().receive(confirmation.get("confirmation")?).argument("confirmation")
    })
}

/// How far a ceremony is from being closed. Free it with `relight_confirmations_status_free`.
#[repr(C)]
pub struct RelightConfirmationsStatus {
    /// A confirmation of the set that most recipients confirmed, for `relight_dealings_confirm_like`. Empty if nobody
    /// has.
    pub most_confirmed: RelightBuffer,
    /// The recipients that have not confirmed.
    pub unconfirmed: RelightIndices,
    /// Whether no set can close the ceremony any more, by what was received here. Then it takes another, under a plan with
    /// a new nonce. A recipient that lies may have confirmed something else to others: a certificate that appears later
    /// counts.
    pub failed: bool,
}

structure_output!(RelightConfirmationsStatus { most_confirmed, unconfirmed, failed });

/// Frees what a status owns, and empties it. NULL and an empty status are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_confirmations_status_free(status: *mut RelightConfirmationsStatus) {
    free(status);
}

/// How far the ceremony is from being closed: `status` receives it, and the caller owns it.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_confirmations_inspect(
    confirmations: *const RelightConfirmations,
    status: *mut RelightConfirmationsStatus,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(status, details, || {
        let mut held = borrow("confirmations", confirmations)?.0.lock()?;
        let confirmations = held.value();
        let most = confirmations.most_confirmed().map(Confirmation::encode);
        Ok(RelightConfirmationsStatus {
            most_confirmed: most.map_or(RelightBuffer::EMPTY, |bytes| (&*bytes).into()),
            unconfirmed: confirmations.unconfirmed().map(PartyIndex::get).collect(),
            failed: confirmations.failed(),
        })
    })
}

/// The certificate that the ceremony is closed, with all equal confirmations: `certificate` receives it, and the caller
/// owns it. Keep it with the outcome, and give it to who checks backups. Only with a certificate may an old share be
/// erased. Fails with `RELIGHT_RESULT_NOT_CLOSED` if too few are equal.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_confirmations_certificate(
    confirmations: *const RelightConfirmations,
    certificate: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(certificate, details, || {
        let made = borrow("confirmations", confirmations)?.0.lock()?.value().certificate()?;
        Ok((&*made.encode()).into())
    })
}

/// What a certificate says. Free it with `relight_certificate_free`.
#[repr(C)]
pub struct RelightCertificate {
    /// The name of the set of dealings.
    pub transcript: RelightDigest,
    /// The closed set, by ascending dealer.
    pub dealings: RelightAgreedDealings,
    /// The recipients that confirmed it.
    pub recipients: RelightIndices,
}

structure_output!(RelightCertificate { transcript, dealings, recipients });

/// Frees what a verified certificate owns, and empties it. NULL and empty ones are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_certificate_free(fields: *mut RelightCertificate) {
    free(fields);
}

/// Checks a certificate against its ceremony: `fields` receives what it says, and the caller owns it. Fails if an input
/// does not decode, with `RELIGHT_RESULT_INVALID_INDEX` or `RELIGHT_RESULT_DUPLICATE_INDEX` if dealers or recipients do
/// not ascend, `RELIGHT_RESULT_CEREMONY_MISMATCH`, `RELIGHT_RESULT_BAD_CERTIFICATE` if it names what cannot be a set of
/// dealings, `RELIGHT_RESULT_UNKNOWN_RECIPIENT`, `RELIGHT_RESULT_NOT_CLOSED` if the confirmations are too few, or
/// `RELIGHT_RESULT_BAD_SIGNATURE`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_certificate_verify(
    ceremony: RelightBytes,
    certificate: RelightBytes,
    fields: *mut RelightCertificate,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(fields, details, || {
        let ceremony = ceremony.read("ceremony", Ceremony::decode)?;
        let verified = certificate.read("certificate", Certificate::decode)?.verify(&ceremony)?;
        Ok(RelightCertificate {
            transcript: verified.transcript().into(),
            dealings: verified.dealings().iter().copied().collect(),
            recipients: verified.recipients().map(PartyIndex::get).collect(),
        })
    })
}

/// Are these, in the order of the ceremony, the VSS commitments of the keys that came of it? That needs no dealings: a
/// custodian asks it. `keys` are those of a `relight_outcome`. Fails like `relight_certificate_verify`, and with
/// `RELIGHT_RESULT_BAD_CERTIFICATE` if they are not.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_certificate_vouch_for(
    ceremony: RelightBytes,
    certificate: RelightBytes,
    keys: *const RelightBytes,
    keys_len: usize,
    details: *mut RelightDetails,
) -> RelightResult {
    check(details, || {
        let ceremony = ceremony.read("ceremony", Ceremony::decode)?;
        let keys = objects("keys", keys, keys_len, VssCommitment::decode)?;
        Ok(certificate.read("certificate", Certificate::decode)?.verify(&ceremony)?.vouch_for(&keys)?)
    })
}
