//! Decryption shares and the unlock keys made from them.

use crate::details::{Argument, Failure, RelightDetails};
use crate::entry::{check, free, produce};
use crate::identifier;
use crate::memory::{RelightBuffer, RelightBytes, RelightIndices, array, borrow, handle, objects};
use crate::result::RelightResult;
use crate::statement::RelightDigest;
use relight::sharing::{Identifier, PartyIndex, VssCommitment};
use relight::{
    Error, KeyShare,
    decryption::{DecryptionShare, RecoveryParty, UnlockKey},
};

/// The keys that unlock one or more statements: secrets that were checked against the recovery key. They never change:
/// threads may share them.
pub struct RelightUnlockKeys(pub(crate) Vec<UnlockKey>);

/// A member of the recovery party. The caller owns what it points to.
#[repr(C)]
pub struct RelightHolder {
    /// Its index in the party.
    pub index: u16,
    /// Where its share of the recovery key lies; at its index if this is empty.
    pub identifier: RelightBytes,
}

impl RelightHolder {
    fn read(&self) -> Result<(PartyIndex, Identifier), Failure> {
        let index = PartyIndex::new(self.index).argument("index")?;
        Ok((index, identifier::read_beside(index, &self.identifier)?))
    }
}

/// The recovery party as everyone sees it. The caller owns everything it points to.
#[repr(C)]
pub struct RelightRecoveryParty {
    /// The VSS commitment of the recovery key: the first of `keys` of the `relight_outcome` that made it.
    pub commitment: RelightBytes,
    /// Its members.
    pub members: *const RelightHolder,
    /// The number of members.
    pub members_len: usize,
}

impl RelightRecoveryParty {
    fn read(&self) -> Result<RecoveryParty, Failure> {
        let members = array("members", self.members, self.members_len, RelightHolder::read)?;
        Ok(RecoveryParty::new(self.commitment.read("commitment", VssCommitment::decode)?, &members)?)
    }
}

/// Which members have no share of the recovery key, because it is zero: `shareless` receives their indices, ascending,
/// and the caller owns them. Fails if `party` is none: if its commitment does not decode, with
/// `RELIGHT_RESULT_WRONG_CURVE`, `RELIGHT_RESULT_INVALID_INDEX`, `RELIGHT_RESULT_DUPLICATE_INDEX`,
/// `RELIGHT_RESULT_INVALID_IDENTIFIER`, `RELIGHT_RESULT_ZERO_IDENTIFIER`, `RELIGHT_RESULT_DUPLICATE_IDENTIFIER`, or
/// `RELIGHT_RESULT_INVALID_THRESHOLD` if the members that have a share are too few.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_recovery_party_shareless(
    party: *const RelightRecoveryParty,
    shareless: *mut RelightIndices,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(shareless, details, || Ok(borrow("party", party)?.read()?.shareless().map(PartyIndex::get).collect()))
}

/// A member's contribution to opening one statement: `decryption_share` receives it (99 bytes), and the caller owns
/// it. `member` is the member's index, `share` its key share of the recovery key, a secret. Fails if `share` does not
/// decode, with `RELIGHT_RESULT_INVALID_INDEX` for index zero, and with `RELIGHT_RESULT_WRONG_CURVE` if the share is
/// of another curve. Make it only for who may open the statement: `relight_respond` seals it to them.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_decryption_share_new(
    member: u16,
    share: RelightBytes,
    digest: *const RelightDigest,
    decryption_share: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(decryption_share, details, || {
        let share = share.read("share", KeyShare::decode)?;
        let made = DecryptionShare::new(
            PartyIndex::new(member).argument("member")?,
            &share,
            &borrow("digest", digest)?.read(),
        )?;
        Ok((&*made.encode()).into())
    })
}

/// Checks decryption shares of one statement, all at once. Fails if an input does not decode, if `party` is none (see
/// `relight_recovery_party_shareless`), with `RELIGHT_RESULT_UNKNOWN_MEMBER`, with `RELIGHT_RESULT_SHARELESS` for a
/// share from a member that has none, or with `RELIGHT_RESULT_BAD_DECRYPTION_SHARES`, whose details name every member
/// at fault.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_decryption_shares_verify(
    party: *const RelightRecoveryParty,
    digest: *const RelightDigest,
    shares: *const RelightBytes,
    shares_len: usize,
    details: *mut RelightDetails,
) -> RelightResult {
    check(details, || {
        let shares = objects("shares", shares, shares_len, DecryptionShare::decode)?;
        Ok(borrow("party", party)?.read()?.verify_batch(&borrow("digest", digest)?.read(), &shares)?)
    })
}

/// Combines at least a threshold of decryption shares of one statement: `unlock_keys` receives a handle, to be freed
/// with `relight_unlock_keys_free`. Uses those of the lowest members. Fails like `relight_decryption_shares_verify`,
/// with `RELIGHT_RESULT_DUPLICATE_INDEX` if a member is repeated, `RELIGHT_RESULT_NOT_ENOUGH_SHARES`, or with
/// `RELIGHT_RESULT_BAD_DECRYPTION_SHARES`: drop the shares of the members that the details name, and try again.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_decryption_shares_combine(
    party: *const RelightRecoveryParty,
    digest: *const RelightDigest,
    shares: *const RelightBytes,
    shares_len: usize,
    unlock_keys: *mut *mut RelightUnlockKeys,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(unlock_keys, details, || {
        let shares = objects("shares", shares, shares_len, DecryptionShare::decode)?;
        let key: Result<UnlockKey, Error> =
            borrow("party", party)?.read()?.combine(&borrow("digest", digest)?.read(), &shares);
        Ok(handle(RelightUnlockKeys(vec![key?])))
    })
}

/// Wipes and frees unlock keys, and sets the pointer to NULL. NULL and a pointer to NULL are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_unlock_keys_free(unlock_keys: *mut *mut RelightUnlockKeys) {
    free(unlock_keys);
}
