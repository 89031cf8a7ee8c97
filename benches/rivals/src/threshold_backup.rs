//! Relight itself, with a recovery party of one: the others have no threshold.

use crate::Scheme;
use relight::curve::CurveId;
use relight::{Backup, ParameterSet, VerifiedBackup};
use relight_benches::Fixture;

/// A backup of so many keys on one curve.
pub struct ThresholdBackup {
    name: String,
    fixture: Fixture,
}

impl ThresholdBackup {
    pub fn new(set: ParameterSet, curve: CurveId, keys: usize) -> Self {
        let fixture = Fixture::on(set, &vec![curve; keys]).expect("a valid fixture");
        Self { name: format!("Relight, set {}, {curve}", set.number()), fixture }
    }
}

impl Scheme for ThresholdBackup {
    type Verified = VerifiedBackup;

    fn name(&self) -> String {
        self.name.clone()
    }

    fn encrypt(&self) -> Vec<u8> {
        self.fixture.backup().expect("matching shares").encode()
    }

    fn verify(&self, bytes: &[u8]) -> VerifiedBackup {
        let backup = Backup::decode(bytes).expect("an honest encoding");
        backup.verify(&self.fixture.statement).expect("an honest proof")
    }

    /// From the decryption share on.
    fn decrypt(&self, verified: &VerifiedBackup) {
        let unlock = self.fixture.unlock().expect("an honest party");
        verified.open(&unlock, &self.fixture.blinder).expect("an honest backup");
    }
}
