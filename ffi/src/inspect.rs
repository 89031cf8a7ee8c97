//! Looking at key shares and VSS commitments.

use crate::details::RelightDetails;
use crate::entry::{free, produce};
use crate::memory::{RelightBuffer, RelightBytes, RelightList, structure_output};
use crate::result::RelightResult;
use crate::statement::RelightEntry;
use relight::KeyShare;
use relight::curve::CurvePoint;
use relight::sharing::{Identifier, Threshold, VssCommitment};

/// The public face of a key share. Free it with `relight_key_share_free`.
#[repr(C)]
pub struct RelightKeyShare {
    /// The epoch of the sharing.
    pub epoch: u64,
    /// The public face of the share.
    pub entry: RelightEntry,
}

structure_output!(RelightKeyShare { epoch, entry });

/// Frees what an inspected key share owns, and empties it. NULL and empty key shares are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_key_share_free(fields: *mut RelightKeyShare) {
    free(fields);
}

/// What is public about a key share: `fields` receives it, and the caller owns it. Fails if `share` does not decode.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_key_share_inspect(
    share: RelightBytes,
    fields: *mut RelightKeyShare,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(fields, details, || {
        let share = share.read("share", KeyShare::decode)?;
        Ok(RelightKeyShare { epoch: share.epoch(), entry: share.entry().into() })
    })
}

/// The secret scalar of a key share, for the network's own protocols: `secret` receives it, and the caller owns it.
/// Fails if `share` does not decode.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_key_share_secret(
    share: RelightBytes,
    secret: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(secret, details, || Ok(share.read("share", KeyShare::decode)?.secret().expose_bytes().into()))
}

/// A shared key, as its VSS commitment says. Free it with `relight_vss_commitment_free`.
#[repr(C)]
pub struct RelightVssCommitment {
    /// The curve.
    pub curve: u16,
    /// How many shares recover the key.
    pub threshold: u16,
    /// The public key.
    pub public_key: RelightBuffer,
    /// The coefficient commitments, constant term first, which is the public key.
    pub coefficient_commitments: RelightList,
}

structure_output!(RelightVssCommitment { curve, threshold, public_key, coefficient_commitments });

/// Frees what an inspected VSS commitment owns, and empties it. NULL and empty ones are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_vss_commitment_free(fields: *mut RelightVssCommitment) {
    free(fields);
}

/// What a VSS commitment says: `fields` receives it, and the caller owns it. Fails if `commitment` does not
/// decode.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_vss_commitment_inspect(
    commitment: RelightBytes,
    fields: *mut RelightVssCommitment,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(fields, details, || {
        let commitment = commitment.read("commitment", VssCommitment::decode)?;
        Ok(RelightVssCommitment {
            curve: commitment.curve().number(),
            threshold: commitment.threshold().get(),
            public_key: commitment.public_key().as_bytes().into(),
            coefficient_commitments: commitment.commitments().map(CurvePoint::as_bytes).collect(),
        })
    })
}

/// The public share at a share identifier: `public_share` receives it, and the caller owns it. Fails if `commitment`
/// does not decode, with `RELIGHT_RESULT_INVALID_IDENTIFIER` or `RELIGHT_RESULT_ZERO_IDENTIFIER`, and with
/// `RELIGHT_RESULT_INVALID_POINT` where nobody has a share, because it is zero.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_vss_commitment_public_share(
    commitment: RelightBytes,
    identifier: RelightBytes,
    public_share: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(public_share, details, || {
        let commitment = commitment.read("commitment", VssCommitment::decode)?;
        let identifier = identifier.read("identifier", Identifier::from_bytes)?;
        Ok(commitment.public_share(&identifier)?.as_bytes().into())
    })
}

/// More than two thirds of the parties: `threshold` receives the number. Fails with
/// `RELIGHT_RESULT_INVALID_THRESHOLD` for no parties.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_supermajority(
    parties: u16,
    threshold: *mut u16,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(threshold, details, || Ok(Threshold::supermajority(parties)?.get()))
}
