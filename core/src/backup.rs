//! Backups: all root key shares of one node, for one epoch, in one object (spec §10).

use crate::codec::{Reader, Writer, check_length};
use crate::curve::SecretScalar;
use crate::decryption::UnlockKey;
use crate::encryption::{OpeningKey, Proof, encrypt, open, responses_len, verify};
use crate::error::{Error, Field, Result};
use crate::key_share::KeyShare;
use crate::keys::{Blinder, BlinderPublicKey, RecoveryPublicKey};
use crate::statement::{Compartment, Entry, Header, Lock, RawStatement, Statement, expect};
use alloc::vec;
use alloc::vec::Vec;
use rand_core::CryptoRng;

impl Statement {
    /// The statement of a backup: these shares, to this recovery party and Blinder. A party that checks a backup makes it
    /// from what it knows *itself*, never from the backup.
    ///
    /// # Errors
    ///
    /// Those of [`Statement::new`].
    pub fn backup(
        header: Header,
        recovery_key: RecoveryPublicKey,
        blinder: BlinderPublicKey,
        entries: Vec<Entry>,
    ) -> Result<Self> {
        Self::new(header, vec![Compartment { lock: Lock::Recovery { recovery_key, blinder }, entries }])
    }
}

/// A backup as it was made or received: nothing about it is verified yet.
///
/// The encoding is that of the statement, followed by the proof.
///
/// ```
/// use relight::curve::{CurveId, SecretScalar};
/// use relight::sharing::{Identifier, VssCommitment};
/// use relight::{Backup, Blinder, Header, KeyShare, ParameterSet, RecoveryPublicKey, Statement};
///
/// let rng = &mut rand::rng();
/// let blinder = Blinder::generate(rng);
/// let recovery_key = RecoveryPublicKey::try_from(SecretScalar::random(CurveId::Bls12381G1, rng).public())?;
/// let secret = SecretScalar::random(CurveId::Secp256k1, rng);
/// let commitment = VssCommitment::new(vec![secret.public()])?;
/// let share = KeyShare::new(7, &commitment, Identifier::new(1)?, secret)?;
///
/// let header = Header {
///     parameters: ParameterSet::Fast,
///     network: b"example network".to_vec(),
///     epoch: 7,
///     node: b"node-1".to_vec(),
/// };
/// let entries = vec![share.entry().clone()];
/// let expected = Statement::backup(header, recovery_key, blinder.public(), entries)?;
/// let bytes = Backup::create(&expected, [&share], rng)?.encode();
///
/// // Anybody who knows what to expect can verify it.
/// let verified = Backup::decode(&bytes)?.verify(&expected)?;
/// assert_eq!(verified.statement(), &expected);
/// # Ok::<(), relight::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// The statement and the proof, of which the structure is known to be right.
    bytes: Vec<u8>,
    statement_len: usize,
}

impl Backup {
    /// Encrypts the shares of a node, given in the order of the statement's entries (spec §10.2). Draws 32 bytes from the
    /// generator. Constant time in the shares.
    ///
    /// # Errors
    ///
    /// [`Error::WrongLock`], or [`Error::InvalidLength`] for several compartments, if the statement is none of a backup;
    /// [`Error::Mismatch`] if a share belongs to another epoch; [`Error::SecretMismatch`] if one is not that which the
    /// statement lists; [`Error::InvalidLength`] if there are more or fewer than it lists.
    pub fn create<'a>(
        statement: &Statement,
        shares: impl IntoIterator<Item = &'a KeyShare>,
        rng: &mut impl CryptoRng,
    ) -> Result<Self> {
        let shares: Vec<&KeyShare> = shares.into_iter().collect();
        let entries = recovery_compartment(statement)?.entries;
        if shares.iter().any(|share| share.epoch() != statement.header().epoch) {
            return Err(Error::Mismatch(Field::Epoch));
        }
        let mut pairs = shares.iter().zip(entries).zip(0..);
        if let Some((_, entry)) = pairs.find(|((share, entry), _)| share.entry() != *entry) {
            return Err(Error::SecretMismatch { compartment: 0, entry });
        }
        let secrets: Vec<_> = shares.iter().map(|share| share.secret().as_value()).collect();
        let proof = encrypt(&statement.claim(), &secrets, rng)?;
        let encoded = statement.encode();
        let statement_len = encoded.len();
        Ok(Self { bytes: proof.write(Writer::default().bytes(&encoded)).finish(), statement_len })
    }

    /// What the backup claims to be, for looking at it: decide nothing by it.
    ///
    /// # Errors
    ///
    /// Those of [`Statement::decode`].
    pub fn claimed_statement(&self) -> Result<Statement> {
        Statement::decode(self.statement_bytes())
    }

    /// Checks that this is the expected backup and that it can be recovered (spec §10.3). Everything in it is public.
    ///
    /// # Errors
    ///
    /// [`Error::WrongLock`], or [`Error::InvalidLength`] for several compartments, if what is expected is no backup;
    /// [`Error::Mismatch`], which says what is mixed up; [`Error::InvalidScalar`] or [`Error::ProofRejected`] if the proof
    /// fails.
    pub fn verify(self, expected: &Statement) -> Result<VerifiedBackup> {
        recovery_compartment(expected)?;
        self.expect(expected)?;
        let claim = expected.claim();
        let proof = Proof::decode(self.proof_bytes(), &claim)?;
        verify(&claim, &proof)?;
        Ok(VerifiedBackup { statement: expected.clone(), proof, backup: self })
    }

    /// Compares bytes: a point of the backup's own statement is never decoded.
    fn expect(&self, expected: &Statement) -> Result<()> {
        //= spec/5-statement.md#5-4-digest
        //# A verifier MUST take the statement it checks against from its own knowledge, never from the object it
        //# verifies.
        //= spec/13-security.md#13-11-denial-of-service
        //# A verifier MUST compare the bytes of a statement with those that it expects before it decodes a point of the
        //# object.
        let expected = expected.encode();
        if self.statement_bytes() == expected { Ok(()) } else { expect(&expected, &self.raw_statement()?) }
    }

    /// The canonical encoding.
    pub fn encode(&self) -> Vec<u8> {
        self.bytes.clone()
    }

    /// Decodes the structure, strictly: lengths, counts and numbers, but no points and scalars. So its costs are those of
    /// reading, whatever the bytes are.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownParameterSet`], [`Error::UnknownLock`], [`Error::UnknownCurve`] or [`Error::InvalidThreshold`] for
    /// a number; [`Error::WrongLock`] or [`Error::InvalidLength`] if the statement is none of a backup;
    /// [`Error::Truncated`] or [`Error::TrailingBytes`] if the proof is not as long as the statement makes it.
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        let mut reader = Reader::new(bytes);
        //= spec/10-backup.md#10-1-structure
        //# A decoder MUST refuse a backup with more than one compartment, with InvalidLength.
        //= spec/10-backup.md#10-1-structure
        //# A decoder MUST refuse a backup whose lock is a member lock, with WrongLock.
        let raw = RawStatement::read_backup(&mut reader)?;
        let proof = reader.rest();
        //= spec/6-encryption.md#6-7-proof-encoding
        //# A decoder MUST refuse a proof of any other length, with Truncated or TrailingBytes.
        let length = proof_len(&raw);
        check_length(proof, length)?;
        Ok(Self { bytes: bytes.to_vec(), statement_len: bytes.len().saturating_sub(length) })
    }

    pub(crate) fn raw_statement(&self) -> Result<RawStatement<'_>> {
        Reader::decode_all(self.statement_bytes(), RawStatement::read)
    }

    pub(crate) fn statement_bytes(&self) -> &[u8] {
        self.bytes.get(..self.statement_len).unwrap_or_default()
    }

    fn proof_bytes(&self) -> &[u8] {
        self.bytes.get(self.statement_len..).unwrap_or_default()
    }
}

/// The length of the proof that follows a statement.
fn proof_len(raw: &RawStatement<'_>) -> usize {
    let curves = raw.compartments.iter().flat_map(|compartment| &compartment.entries).map(|entry| entry.curve);
    Proof::length(raw.parameters, raw.compartments.len(), responses_len(raw.parameters, curves))
}

/// A backup that is known to be recoverable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedBackup {
    statement: Statement,
    proof: Proof,
    backup: Backup,
}

//= spec/10-backup.md#10-4-open
//# An implementation MUST NOT open a backup that it has not verified.
impl VerifiedBackup {
    /// What is in it.
    pub fn statement(&self) -> &Statement {
        &self.statement
    }

    /// The backup itself.
    pub fn backup(&self) -> &Backup {
        &self.backup
    }

    /// Is this the Blinder of the backup? An operator can find out without the recovery party. Constant time in the Blinder.
    ///
    /// # Errors
    ///
    /// [`Error::WrongBlinder`] if not.
    pub fn check_blinder(&self, blinder: &Blinder) -> Result<()> {
        let expected = recovery_compartment(self.statement())?.blinder;
        if blinder.public() == *expected { Ok(()) } else { Err(Error::WrongBlinder) }
    }

    /// Opens the backup with the recovery party's unlock key and the operator's Blinder (spec §10.4): the shares, in the
    /// order of the statement's entries, each of which matches its public share. Constant time in all secrets.
    ///
    /// # Errors
    ///
    /// [`Error::WrongUnlockKey`] if the unlock key is for another statement, [`Error::WrongBlinder`],
    /// [`Error::NotOpenable`].
    pub fn open(&self, unlock: &UnlockKey, blinder: &Blinder) -> Result<Vec<KeyShare>> {
        self.check_blinder(blinder)?;
        let statement = self.statement();
        if unlock.digest() != statement.digest() {
            return Err(Error::WrongUnlockKey);
        }
        let key = OpeningKey::Recovery { unlock: unlock.sigma(), blinder: &*blinder.scalar()? };
        let secrets = open(&statement.claim(), &self.proof, 0, &key)?;
        let entries = recovery_compartment(statement)?.entries;
        let shares = entries.iter().cloned().zip(secrets);
        shares
            .map(|(entry, secret)| {
                Ok(KeyShare::opened(statement.header().epoch, entry, SecretScalar::try_from(secret)?))
            })
            .collect()
    }
}

/// The one compartment of a backup.
pub(crate) struct RecoveryCompartment<'a> {
    pub(crate) recovery_key: &'a RecoveryPublicKey,
    pub(crate) blinder: &'a BlinderPublicKey,
    entries: &'a [Entry],
}

/// What a backup states. Fails with [`Error::InvalidLength`] or [`Error::WrongLock`] if the statement is none of a
/// backup.
pub(crate) fn recovery_compartment(statement: &Statement) -> Result<RecoveryCompartment<'_>> {
    match statement.compartments() {
        [Compartment { lock: Lock::Recovery { recovery_key, blinder }, entries }] => {
            Ok(RecoveryCompartment { recovery_key, blinder, entries })
        }
        [Compartment { lock, .. }] => Err(Error::WrongLock(lock.number())),
        _ => Err(Error::InvalidLength),
    }
}
