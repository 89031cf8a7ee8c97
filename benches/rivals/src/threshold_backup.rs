//! Relight itself.

use crate::party::{Answer, MEMBERS, THRESHOLD};
use crate::scheme::Scheme;
use rand::SeedableRng;
use rand::rngs::StdRng;
use relight::curve::CurveId;
use relight::decryption::{DecryptionShare, UnlockKey};
use relight::sharing::PartyIndex;
use relight::{Backup, Blinder, Header, KeyShare, ParameterSet, Result, Statement, VerifiedBackup};
use relight_benches::{Fixture, Party};

/// A backup of so many keys on one curve.
pub struct ThresholdBackup {
    curve: CurveId,
    statement: Statement,
    shares: Vec<KeyShare>,
    blinder: Blinder,
    party: Party,
}

impl ThresholdBackup {
    pub fn new(parameters: ParameterSet, curve: CurveId, keys: usize) -> Result<Self> {
        let Fixture { shares, blinder, .. } = Fixture::on(parameters, &vec![curve; keys])?;
        let mut party = Party::new(THRESHOLD, MEMBERS, &mut StdRng::seed_from_u64(2))?;
        let header = Header { parameters, network: b"bench".to_vec(), epoch: 1, node: b"node".to_vec() };
        let entries = shares.iter().map(|share| share.entry().clone()).collect();
        let statement = Statement::backup(header, party.public.public_key().clone(), blinder.public(), entries)?;
        party.digest = statement.digest();
        Ok(Self { curve, statement, shares, blinder, party })
    }
}

impl Scheme for ThresholdBackup {
    type Verified = VerifiedBackup;
    type Unlocked = UnlockKey;

    fn name(&self) -> String {
        format!("Relight, set {}", self.statement.header().parameters.number())
    }

    fn curve(&self) -> CurveId {
        self.curve
    }

    fn encrypt(&self) -> Vec<u8> {
        let backup = Backup::create(&self.statement, &self.shares, &mut StdRng::seed_from_u64(3));
        backup.expect("matching shares").encode()
    }

    fn verify(&self, bytes: &[u8]) -> Option<VerifiedBackup> {
        Backup::decode(bytes).ok()?.verify(&self.statement).ok()
    }

    fn answer(&self, _: &VerifiedBackup, member: u16) -> Answer {
        let share = &self.party.key_shares[usize::from(member) - 1];
        let index = PartyIndex::new(member).expect("not zero");
        let share = DecryptionShare::new(index, share, &self.party.digest).expect("a share of the recovery key");
        Answer { member, bytes: share.encode() }
    }

    fn check(&self, _: &VerifiedBackup, answers: &[Answer]) -> Option<()> {
        self.party.public.verify_batch(&self.party.digest, &decode(answers)?).ok()
    }

    fn combine(&self, answers: &[Answer]) -> Option<UnlockKey> {
        self.party.public.combine(&self.party.digest, &decode(answers)?).ok()
    }

    fn open(&self, verified: &VerifiedBackup, unlocked: &UnlockKey) -> Option<()> {
        verified.open(unlocked, &self.blinder).ok().map(drop)
    }
}

fn decode(answers: &[Answer]) -> Option<Vec<DecryptionShare>> {
    answers.iter().map(|answer| DecryptionShare::decode(&answer.bytes).ok()).collect()
}
