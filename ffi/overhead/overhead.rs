//! The Rust program of the three that `overhead.sh` compares: verifies, makes and opens a backup of eleven keys.
//!
//! ```text
//! overhead FOLDER OPERATIONS
//! ```
//!
//! does one operation for each letter, `v`, `e` or `o`; without them it makes what all three programs work on.

use getrandom::SysRng;
use rand_core::UnwrapErr;
use relight::curve::{CurveId, SecretScalar};
use relight::sharing::{PartyIndex, VssCommitment};
use relight::{
    Backup, Blinder, Header, KeyShare, ParameterSet, RecoveryPublicKey, Statement, VerifiedBackup,
    decryption::{DecryptionShare, RecoveryParty, UnlockKey},
};
use std::error::Error;
use std::path::PathBuf;

type Fallible<T> = Result<T, Box<dyn Error>>;

const KEYS: usize = 11;

fn main() -> Fallible<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [folder] => Files(folder.into()).make(),
        [folder, operations] => {
            let node = Node::load(&Files(folder.into()))?;
            operations.chars().try_for_each(|operation| node.perform(operation))
        }
        _ => Err("usage: overhead FOLDER [OPERATIONS]".into()),
    }
}

/// What all programs work on, under the names that the C example gives to files.
struct Files(PathBuf);

impl Files {
    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn read(&self, name: &str) -> Fallible<Vec<u8>> {
        Ok(std::fs::read(self.path(name))?)
    }

    /// A node with a share of every key, all but one on secp256k1, and a recovery party of one.
    fn make(&self) -> Fallible<()> {
        let curves = [vec![CurveId::Secp256k1; KEYS - 1], vec![CurveId::Bls12381G1]].concat();
        let shares: Vec<KeyShare> = curves.into_iter().map(lone_share).collect::<Fallible<_>>()?;
        let (recovery, blinder) = (lone_share(CurveId::Bls12381G1)?, Blinder::generate(&mut UnwrapErr(SysRng)));
        let header = Header { parameters: ParameterSet::Fast, network: vec![], epoch: 1, node: vec![] };
        let recovery_key = RecoveryPublicKey::try_from(recovery.public_key().clone())?;
        let entries = shares.iter().map(|share| share.entry().clone()).collect();
        let statement = Statement::backup(header, recovery_key, blinder.public(), entries)?;
        let backup = Backup::create(&statement, &shares, &mut UnwrapErr(SysRng))?;
        let commitment = VssCommitment::new(vec![recovery.public_key().clone()])?;
        for (index, share) in shares.iter().enumerate() {
            std::fs::write(self.path(&format!("node-{index}.share")), &*share.encode())?;
        }
        std::fs::write(self.path("member-0.commitment"), commitment.encode())?;
        let index = PartyIndex::new(1)?;
        let decryption_share = DecryptionShare::new(index, &recovery, &statement.digest())?;
        std::fs::write(self.path("member-1.decryption-share"), &*decryption_share.encode())?;
        std::fs::write(self.path("operator-0.blinder"), &**blinder.encode())?;
        std::fs::write(self.path("custodian-0.statement"), statement.encode())?;
        Ok(std::fs::write(self.path("custodian-0.backup"), backup.encode())?)
    }
}

/// The only share of a fresh key.
fn lone_share(curve: CurveId) -> Fallible<KeyShare> {
    let secret = SecretScalar::random(curve, &mut UnwrapErr(SysRng));
    Ok(KeyShare::new(1, &VssCommitment::new(vec![secret.public()])?, PartyIndex::new(1)?.into(), secret)?)
}

/// What the Rust program holds.
struct Node {
    statement: Statement,
    shares: Vec<KeyShare>,
    blinder: Blinder,
    unlock: UnlockKey,
    backup: Vec<u8>,
    verified: VerifiedBackup,
}

impl Node {
    fn load(files: &Files) -> Fallible<Self> {
        let statement = Statement::decode(&files.read("custodian-0.statement")?)?;
        let backup = files.read("custodian-0.backup")?;
        let commitment = VssCommitment::decode(&files.read("member-0.commitment")?)?;
        let share = DecryptionShare::decode(&files.read("member-1.decryption-share")?)?;
        let one = PartyIndex::new(1)?;
        let party = RecoveryParty::new(commitment, &[(one, one.into())])?;
        let shares = (0..KEYS).map(|index| Ok(KeyShare::decode(&files.read(&format!("node-{index}.share"))?)?));
        Ok(Self {
            shares: shares.collect::<Fallible<_>>()?,
            blinder: Blinder::decode(&files.read("operator-0.blinder")?)?,
            unlock: party.combine(&statement.digest(), &[share])?,
            verified: Backup::decode(&backup)?.verify(&statement)?,
            statement,
            backup,
        })
    }

    fn perform(&self, operation: char) -> Fallible<()> {
        match operation {
            'v' => drop(Backup::decode(&self.backup)?.verify(&self.statement)?),
            'e' => drop(Backup::create(&self.statement, &self.shares, &mut UnwrapErr(SysRng))?.encode()),
            'o' => drop(self.verified.open(&self.unlock, &self.blinder)?),
            other => return Err(format!("no operation: {other}").into()),
        }
        Ok(())
    }
}
