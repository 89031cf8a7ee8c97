//! What the benchmarks measure on. Everything is made from fixed seeds, so that counts of instructions repeat.

mod custody;
pub mod floor;
pub mod heap;
mod network;
mod party;
pub mod primitives;
pub mod timing;

pub use custody::Custody;
pub use network::Circle;
pub use party::Party;

use rand::SeedableRng;
use rand::rngs::StdRng;
use relight::curve::{CurveId, SecretScalar};
use relight::sharing::{Identifier, PartyIndex, VssCommitment};
use relight::{
    Backup, Blinder, Header, KeyShare, ParameterSet, RecoveryPublicKey, Result, Statement, VerifiedBackup,
    decryption::{DecryptionShare, RecoveryParty, UnlockKey},
};

/// The parameter sets of products.
pub fn parameter_sets() -> impl Iterator<Item = ParameterSet> {
    // Those above are for tests.
    ParameterSet::ALL.iter().copied().filter(|set| set.number() < 0xf0)
}

/// A node's shares with the statement of their backup, and the one member of its recovery party.
#[derive(Debug)]
pub struct Fixture {
    /// What the backup must say.
    pub statement: Statement,
    /// The node's shares.
    pub shares: Vec<KeyShare>,
    /// The operator's Blinder.
    pub blinder: Blinder,
    /// The party of one.
    pub party: RecoveryParty,
    /// The recovery key, which is the member's share of it.
    pub recovery_share: KeyShare,
}

impl Fixture {
    /// `secp256k1` and `bls` count the root keys on either curve.
    pub fn new(parameters: ParameterSet, secp256k1: usize, bls: usize) -> Result<Self> {
        Self::on(parameters, &[vec![CurveId::Secp256k1; secp256k1], vec![CurveId::Bls12381G1; bls]].concat())
    }

    /// One root key in ten is on BLS12-381 G1, the others on secp256k1.
    pub fn mixed(parameters: ParameterSet, keys: usize) -> Result<Self> {
        Self::new(parameters, keys - keys / 10, keys / 10)
    }

    /// A root key on each of the curves.
    pub fn on(parameters: ParameterSet, curves: &[CurveId]) -> Result<Self> {
        let rng = &mut StdRng::seed_from_u64(1);
        let shares: Vec<KeyShare> = curves.iter().map(|curve| key_share(*curve, rng)).collect::<Result<_>>()?;
        let recovery_share = key_share(CurveId::Bls12381G1, rng)?;
        let blinder = Blinder::generate(rng);
        let header = Header { parameters, network: b"bench".to_vec(), epoch: 1, node: b"node".to_vec() };
        let recovery_key = RecoveryPublicKey::try_from(recovery_share.public_key().clone())?;
        let entries = shares.iter().map(|share| share.entry().clone()).collect();
        let statement = Statement::backup(header, recovery_key, blinder.public(), entries)?;
        let commitment = VssCommitment::new(vec![recovery_share.public_key().clone()])?;
        let party = RecoveryParty::new(commitment, &[(PartyIndex::new(1)?, recovery_share.identifier())])?;
        Ok(Self { statement, shares, blinder, party, recovery_share })
    }

    /// Makes the backup.
    pub fn backup(&self) -> Result<Backup> {
        Backup::create(&self.statement, &self.shares, &mut StdRng::seed_from_u64(2))
    }

    /// Verifies a backup.
    pub fn verify(&self, backup: &Backup) -> Result<VerifiedBackup> {
        backup.clone().verify(&self.statement)
    }

    /// Unlocks the statement.
    pub fn unlock(&self) -> Result<UnlockKey> {
        let share = DecryptionShare::new(PartyIndex::new(1)?, &self.recovery_share, &self.statement.digest())?;
        self.party.combine(&self.statement.digest(), &[share])
    }
}

fn key_share(curve: CurveId, rng: &mut StdRng) -> Result<KeyShare> {
    let secret = SecretScalar::random(curve, rng);
    let commitment = VssCommitment::new(vec![secret.public()])?;
    KeyShare::new(1, &commitment, Identifier::new(1)?, secret)
}
