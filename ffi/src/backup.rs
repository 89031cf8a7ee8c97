//! Backups.

use crate::decryption::RelightUnlockKeys;
use crate::details::RelightDetails;
use crate::entry::{check, free, produce};
use crate::memory::{RelightBuffer, RelightBytes, RelightList, borrow, handle, objects};
use crate::random::OsRandom;
use crate::result::RelightResult;
use relight::{Backup, Blinder, Error, KeyShare, Statement, VerifiedBackup};

/// A backup that was verified. It never changes: threads may share it.
pub struct RelightBackup(VerifiedBackup);

/// Makes a backup: `backup` receives it, and the caller owns it. `shares` are the node's key shares in the order of
/// the statement. Fails if an input does not decode, with `RELIGHT_RESULT_SECRET_MISMATCH` if a share is not the one
/// that the statement lists, `RELIGHT_RESULT_MISMATCH` if it is of another epoch,
/// `RELIGHT_RESULT_INVALID_LENGTH` if their numbers differ, `RELIGHT_RESULT_WRONG_LOCK` if the statement is not one
/// of a backup.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_backup_create(
    statement: RelightBytes,
    shares: *const RelightBytes,
    shares_len: usize,
    backup: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(backup, details, || {
        let statement = statement.read("statement", Statement::decode)?;
        let shares = objects("shares", shares, shares_len, KeyShare::decode)?;
        let made = Backup::create(&statement, &shares, &mut OsRandom)?;
        Ok((&*made.encode()).into())
    })
}

/// What a backup claims to be: `statement` receives its statement, and the caller owns it. Nothing is verified: look
/// at it, decide nothing by it. Fails if `backup` or its statement does not decode.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_backup_claim(
    backup: RelightBytes,
    statement: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(statement, details, || Ok((&*backup.read("backup", Backup::decode)?.claimed_statement()?.encode()).into()))
}

/// Checks that this is the expected backup and that it can be recovered: `verified` receives a handle, to be freed
/// with `relight_backup_free`. Fails if an input does not decode, with `RELIGHT_RESULT_MISMATCH`, whose
/// details say in what, or with `RELIGHT_RESULT_PROOF_REJECTED`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_backup_verify(
    backup: RelightBytes,
    expected_statement: RelightBytes,
    verified: *mut *mut RelightBackup,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(verified, details, || {
        let expected = expected_statement.read("expected_statement", Statement::decode)?;
        Ok(handle(RelightBackup(backup.read("backup", Backup::decode)?.verify(&expected)?)))
    })
}

/// Frees a verified backup, and sets the pointer to NULL. NULL and a pointer to NULL are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_backup_free(verified: *mut *mut RelightBackup) {
    free(verified);
}

/// Is this the Blinder of the backup? An operator finds out without the recovery party. `blinder` is the secret. Fails
/// if it does not decode, and with `RELIGHT_RESULT_WRONG_BLINDER`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_backup_check_blinder(
    verified: *const RelightBackup,
    blinder: RelightBytes,
    details: *mut RelightDetails,
) -> RelightResult {
    check(details, || Ok(borrow("verified", verified)?.0.check_blinder(&blinder.read("blinder", Blinder::decode)?)?))
}

/// Opens a backup: `shares` receives the node's key shares in the order of the statement, and the caller owns them.
/// Each was checked against its public share. `blinder` is the secret. Fails if it does not decode, with
/// `RELIGHT_RESULT_WRONG_BLINDER`, `RELIGHT_RESULT_WRONG_UNLOCK_KEY` if none of the unlock keys is for this backup, or
/// `RELIGHT_RESULT_NOT_OPENABLE`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_backup_open(
    verified: *const RelightBackup,
    unlock_keys: *const RelightUnlockKeys,
    blinder: RelightBytes,
    shares: *mut RelightList,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(shares, details, || {
        let (backup, keys) = (&borrow("verified", verified)?.0, &borrow("unlock_keys", unlock_keys)?.0);
        let digest = backup.statement().digest();
        // If none is for this backup, opening fails with what is wrong first.
        let key = keys.iter().find(|key| key.digest() == digest).or(keys.first()).ok_or(Error::WrongUnlockKey)?;
        let opened = backup.open(key, &blinder.read("blinder", Blinder::decode)?)?;
        Ok(opened.iter().map(KeyShare::encode).collect())
    })
}
