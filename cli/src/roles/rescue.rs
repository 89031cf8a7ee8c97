//! Opening a backup with nothing but files: what can be checked is checked, and what cannot be is said.

use super::backups;
use crate::failure::{Failure, Result, While};
use relight::decryption::{DecryptionShare, RecoveryParty, UnlockKey};
use relight::recovery::{Roster, Session};
use relight::sharing::{Identifier, PartyIndex, VssCommitment};
use relight::{Backup, Blinder, KeyShare, RecoveryPublicKey, Statement, StatementDigest, VerifiedBackup};

/// What takes the place of the recovery party's answers.
pub enum Material {
    /// Members' shares of the recovery key, with the names of their files.
    Shares(Vec<(String, KeyShare)>),
    /// The combined decryption share: a BLS signature, 96 bytes.
    Unlock(Vec<u8>),
    /// A fresh node's session, and answers to it with the names of their files.
    Session(Box<Session>, Vec<(String, Vec<u8>)>),
}

/// What was found out, and what was not.
#[derive(Debug, Default)]
pub struct Findings {
    /// What was checked.
    pub checked: Vec<String>,
    /// What has to be believed.
    pub unchecked: Vec<String>,
    /// Answers that are of no use.
    pub ignored: Vec<(String, Failure)>,
}

/// What else is at hand to check a backup against.
#[derive(Debug, Default)]
pub struct Known {
    /// The statement that the network expects.
    pub statement: Option<Statement>,
    /// The recovery party.
    pub roster: Option<Roster>,
}

impl Known {
    /// Verifies a backup: against what is known, and as far as nothing is, against what it says itself.
    ///
    /// # Errors
    ///
    /// If it is another backup than expected, of another recovery party, or cannot be recovered.
    pub fn verify(&self, bytes: &[u8], material: &Material, findings: &mut Findings) -> Result<VerifiedBackup> {
        let backup = Backup::decode(bytes).at("the backup")?;
        let claimed = backup.claimed_statement().at("the backup")?;
        let what = backups::describe(&claimed);
        match self.statement.as_ref().or_else(|| asked(material, &claimed)) {
            Some(expected) => {
                expected.expect(&claimed).at(&what)?;
                findings.checked.push(format!("this is the statement that is expected of {what}"));
            }
            None => findings
                .unchecked
                .push(format!("that this is {what}, and the shares are those of the network: it says so itself")),
        }
        self.check_party(&claimed, findings)?;
        let verified = backup.verify(&claimed).at(&what)?;
        findings.checked.push("the proof in the backup: what it states can be recovered from it".to_owned());
        Ok(verified)
    }

    fn check_party(&self, claimed: &Statement, findings: &mut Findings) -> Result<()> {
        let (key, _) = backups::lock(claimed)?;
        match &self.roster {
            Some(roster) if roster.party().public_key() == key => {
                findings.checked.push("the backup is for the recovery party of the roster".to_owned());
            }
            Some(_) => {
                return Err(Failure::refused("the backup", "it is for another recovery party than the roster's"));
            }
            None => findings.unchecked.push("who belongs to the recovery party: there is no roster".to_owned()),
        }
        Ok(())
    }
}

impl Material {
    /// The key that unlocks a statement.
    ///
    /// # Errors
    ///
    /// Whose share or answer is wrong, or that there are too few.
    pub fn unlock(self, statement: &Statement, findings: &mut Findings) -> Result<UnlockKey> {
        let ((key, _), digest) = (backups::lock(statement)?, statement.digest());
        let unlock = match self {
            Self::Shares(shares) => from_shares(&shares, key, &digest)?,
            Self::Unlock(sigma) => from_sigma(&sigma, key, &digest)?,
            Self::Session(session, answers) => from_answers(*session, &answers, &digest, findings)?,
        };
        findings.checked.push("the unlock key, against the recovery key that the backup was made for".to_owned());
        Ok(unlock)
    }
}

/// Opens a verified backup, and says what that shows.
///
/// # Errors
///
/// If the Blinder is not the one of the backup.
pub fn open(
    backup: &VerifiedBackup,
    unlock: &UnlockKey,
    blinder: &Blinder,
    findings: &mut Findings,
) -> Result<Vec<KeyShare>> {
    let shares = backup.open(unlock, blinder).at(backups::describe(backup.statement()))?;
    findings.checked.push("the Blinder, against its public half in the backup".to_owned());
    findings.checked.push(format!("{} shares, each against its public share in the backup", shares.len()));
    Ok(shares)
}

/// What the fresh node knew when it asked.
fn asked<'a>(material: &'a Material, claimed: &Statement) -> Option<&'a Statement> {
    let Material::Session(session, _) = material else { return None };
    session.statements().iter().find(|statement| statement.header().node == claimed.header().node)
}

/// The polynomial of the recovery key follows from the shares themselves: it has the right key at zero, or they do not
/// belong together.
fn from_shares(shares: &[(String, KeyShare)], key: &RecoveryPublicKey, digest: &StatementDigest) -> Result<UnlockKey> {
    let (_, first) =
        shares.first().ok_or_else(|| Failure::refused("the shares of the recovery key", "there are none"))?;
    shares.iter().try_for_each(|(file, share)| check_share(file, share, first, key))?;
    let points: Vec<_> = shares.iter().map(|(_, share)| (share.identifier(), share.public_share().clone())).collect();
    let commitment = VssCommitment::from_shares(first.threshold(), &points).at("the shares of the recovery key")?;
    if commitment.public_key() != first.public_key() {
        let why = "together they do not make the recovery key: one is from before or after a refresh";
        return Err(Failure::refused("the shares of the recovery key", why));
    }
    let members = places(shares)?;
    let holders: Vec<(PartyIndex, Identifier)> =
        members.iter().zip(shares).map(|(member, (_, share))| (*member, share.identifier())).collect();
    let party = RecoveryParty::new(commitment, &holders).at("the shares of the recovery key")?;
    let made =
        members.iter().zip(shares).map(|(member, (file, share))| DecryptionShare::new(*member, share, digest).at(file));
    party.combine(digest, &made.collect::<Result<Vec<_>>>()?).at("the shares of the recovery key")
}

fn check_share(file: &str, share: &KeyShare, first: &KeyShare, key: &RecoveryPublicKey) -> Result<()> {
    if share.public_key().as_bytes() != key.as_bytes() {
        return Err(Failure::refused(file, "it is no share of the key that the backup was made for"));
    }
    match share.threshold() == first.threshold() {
        true => Ok(()),
        false => Err(Failure::refused(file, "it is of another sharing than the first: their thresholds differ")),
    }
}

/// Who the members are does not matter here: they are numbered.
fn places(shares: &[(String, KeyShare)]) -> Result<Vec<PartyIndex>> {
    let count = u16::try_from(shares.len()).map_err(|_| Failure::refused("the shares", "there are too many"))?;
    Ok(PartyIndex::all(count).collect())
}

/// A combined signature is the only decryption share of a party of one, whose share is the key itself.
fn from_sigma(sigma: &[u8], key: &RecoveryPublicKey, digest: &StatementDigest) -> Result<UnlockKey> {
    let check = || {
        let only = PartyIndex::new(1)?;
        let point = relight::curve::CurvePoint::from_bytes(relight::curve::CurveId::Bls12381G1, key.as_bytes())?;
        let party = RecoveryParty::new(VssCommitment::new(vec![point])?, &[(only, only.into())])?;
        party.combine(digest, &[DecryptionShare::from_sigma(only, sigma)?])
    };
    check().at("the unlock key")
}

fn from_answers(
    mut session: Session,
    answers: &[(String, Vec<u8>)],
    digest: &StatementDigest,
    findings: &mut Findings,
) -> Result<UnlockKey> {
    // They were good while the request was open, and are checked as they were then.
    let then = session.draft().expiry();
    for (file, answer) in answers {
        if let Err(failure) = session.receive(answer, then).at(file) {
            findings.ignored.push((file.clone(), failure));
        }
    }
    findings.unchecked.push("that the request was still open when the answers came".to_owned());
    session.unlock_key(digest).at("the answers")
}
