//! Repair and enrolment: one party gets its share, lost or new, and nobody else deals anew.

use crate::ceremony::{RelightRecipient, read_nonce};
use crate::details::{Argument, Failure, RelightDetails};
use crate::entry::produce;
use crate::identifier;
use crate::memory::{RelightBuffer, RelightBytes, RelightList, array, borrow, objects};
use crate::result::RelightResult;
use relight::sharing::{PartyIndex, VssCommitment};
use relight::{
    Digest, KeyShare, MemberPublicKey, ParameterSet,
    dealing::{Helper, Outcome, PublicOutcome, Repair},
    identity::IdentityPublicKey,
};

/// A party that helps: it holds a share. The caller owns everything it points to.
#[repr(C)]
pub struct RelightHelper {
    /// Its index.
    pub index: u16,
    /// The public half of the identity that signs its dealings and confirmations, 33 bytes.
    pub identity: RelightBytes,
    /// The public half of the member key with which it receives its part, 48 bytes.
    pub member_key: RelightBytes,
    /// Where its share lies; at its index if this is empty.
    pub identifier: RelightBytes,
}

/// How one party gets a share of each of some keys, from parties that hold other shares. The helpers first share the
/// receiver's share among themselves (`relight_repair_prepare`), and then hand that over to the receiver
/// (`relight_repair_hand_over`), so that it learns its own share and no other, and helpers fewer than the threshold
/// learn nothing. The caller owns everything it points to.
#[repr(C)]
pub struct RelightRepair {
    /// The parameter set of both ceremonies: a `RELIGHT_PARAMETERS_` number.
    pub parameters: u8,
    /// The application's name for them, at most 255 bytes.
    pub name: RelightBytes,
    /// What makes them others than all ceremonies before them: 32 random bytes, `relight_nonce_generate`.
    pub nonce: RelightBytes,
    /// The epoch of the sharings, which stays.
    pub epoch: u64,
    /// The VSS commitments of the keys of which the receiver gets a share: `keys` of the `relight_outcome` that made
    /// them.
    pub keys: *const RelightBytes,
    /// The number of keys.
    pub keys_len: usize,
    /// Holders of other shares, as many as the greatest threshold or more, by ascending index.
    pub helpers: *const RelightHelper,
    /// The number of helpers.
    pub helpers_len: usize,
    /// Who gets the shares, and where they lie.
    pub receiver: RelightRecipient,
}

impl RelightRepair {
    fn read(&self) -> Result<Repair, Failure> {
        Ok(Repair {
            parameters: ParameterSet::try_from(self.parameters).argument("parameters")?,
            name: self.name.get("name")?.to_vec(),
            nonce: read_nonce(&self.nonce)?,
            epoch: self.epoch,
            keys: objects("keys", self.keys, self.keys_len, VssCommitment::decode)?,
            helpers: array("helpers", self.helpers, self.helpers_len, helper)?,
            receiver: self.receiver.read().argument("receiver")?,
        })
    }
}

fn helper(helper: &RelightHelper) -> Result<Helper, Failure> {
    let index = PartyIndex::new(helper.index).argument("index")?;
    Ok(Helper {
        index,
        identity: helper.identity.read("identity", IdentityPublicKey::from_bytes)?,
        member_key: helper.member_key.read("member_key", MemberPublicKey::from_bytes)?,
        identifier: identifier::read_beside(index, &helper.identifier)?,
    })
}

/// The first ceremony of a repair: `ceremony` receives it, and the caller owns it. The helpers deal in it with their
/// shares of the keys, and each finishes it. Fails like `relight_ceremony_new`: with
/// `RELIGHT_RESULT_NOT_ENOUGH_DEALINGS` if the helpers are too few, `RELIGHT_RESULT_DUPLICATE_IDENTIFIER` if one of
/// them has the receiver's share, and `RELIGHT_RESULT_INVALID_POINT` if that is zero: then the receiver needs another
/// identifier.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_repair_prepare(
    repair: *const RelightRepair,
    ceremony: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(ceremony, details, || Ok((&*borrow("repair", repair)?.read()?.prepare()?.encode()).into()))
}

/// The second ceremony of a repair: `ceremony` receives it, and the caller owns it. The helpers deal in it with the
/// shares that they have from the first, and the receiver finishes it. `keys` are those of the outcome of the first.
/// Fails if an input does not decode, and with `RELIGHT_RESULT_CEREMONY_MISMATCH` if they are not of this repair.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_repair_hand_over(
    repair: *const RelightRepair,
    keys: *const RelightBytes,
    keys_len: usize,
    ceremony: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(ceremony, details, || {
        let outcome = public_outcome(objects("keys", keys, keys_len, VssCommitment::decode)?);
        Ok((&*borrow("repair", repair)?.read()?.hand_over(&outcome)?.encode()).into())
    })
}

/// What the receiver has after the second ceremony: `shares` receives a share of each of the keys, in their order, and
/// the caller owns them. `handed_over` are the shares of the outcome of the second ceremony. Fails if an input does
/// not decode, and with `RELIGHT_RESULT_CEREMONY_MISMATCH` if they are not what the receiver was to get.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_repair_finish(
    repair: *const RelightRepair,
    handed_over: *const RelightBytes,
    handed_over_len: usize,
    shares: *mut RelightList,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(shares, details, || {
        let handed_over = objects("handed_over", handed_over, handed_over_len, KeyShare::decode)?;
        // What is handed over has the threshold one: a share says all about its key.
        let keys = handed_over.iter().map(|share| VssCommitment::new(vec![share.public_key().clone()]));
        let public = public_outcome(keys.collect::<Result<_, _>>()?);
        let outcome = Outcome { shares: handed_over, public };
        Ok(borrow("repair", repair)?.read()?.finish(&outcome)?.iter().map(KeyShare::encode).collect())
    })
}

/// An outcome of which only the keys are looked at.
fn public_outcome(keys: Vec<VssCommitment>) -> PublicOutcome {
    PublicOutcome { keys, shareless: Vec::new(), transcript: Digest::from_bytes([0; 32]) }
}
