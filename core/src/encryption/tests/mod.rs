//! Tests that need to see inside: provers that cheat, proofs that were tampered with, and what a proof shows.

mod cheating;
mod kept_points;
mod late_preimage;
mod packing;
mod prover;
mod secrecy;
mod tampering;

use super::{Claim, OpeningKey, ParameterSet, Proof, kept_instances, open};
use crate::curve::{Bls12381G1, CurveId, SecretScalar, SecretValue};
use crate::error::Result;
use crate::keys::{Blinder, MemberKey, RecoveryPublicKey};
use crate::pairing::G2Affine;
use crate::sharing::{Identifier, Threshold};
use crate::statement::{Compartment, Entry, Header, Lock, Statement};
use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;
use rand::SeedableRng;
use rand::rngs::StdRng;
use subtle::ConstantTimeEq;

/// The compartments of a fixture: one under each kind of lock.
const RECOVERY: u16 = 0;
const MEMBER: u16 = 1;

/// The curves of the entries, compartment by compartment: each holds two secp256k1 keys and one on G1.
const CURVES: [CurveId; 3] = [CurveId::Secp256k1, CurveId::Bls12381G1, CurveId::Secp256k1];

/// Both kinds of lock over several secrets, and everything that opens them.
struct Fixture {
    statement: Statement,
    secrets: Vec<SecretScalar>,
    recovery: SecretScalar,
    blinder: Blinder,
    member: MemberKey,
}

impl Fixture {
    fn new(seed: u64) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let secrets = [CURVES, CURVES].concat().into_iter().map(|curve| SecretScalar::random(curve, &mut rng));
        Self::of(ParameterSet::Fast, secrets.collect(), &mut rng)
    }

    /// Every secret is the same small number.
    fn small(seed: u64, number: u64) -> Self {
        let bytes = core::array::from_fn::<u8, 32, _>(|i| if i < 24 { 0 } else { number.to_be_bytes()[i - 24] });
        let secrets = [CURVES, CURVES].concat().into_iter().map(|curve| SecretScalar::from_bytes(curve, &bytes));
        Self::of(ParameterSet::Fast, secrets.collect::<Result<_>>().unwrap(), &mut StdRng::seed_from_u64(seed))
    }

    fn of(parameters: ParameterSet, secrets: Vec<SecretScalar>, rng: &mut StdRng) -> Self {
        let recovery = SecretScalar::random(CurveId::Bls12381G1, rng);
        let (blinder, member) = (Blinder::generate(rng), MemberKey::generate(rng));
        let recovery_key = RecoveryPublicKey::try_from(recovery.public()).unwrap();
        let locks =
            [Lock::Recovery { recovery_key, blinder: blinder.public() }, Lock::Member { member_key: member.public() }];
        let compartments = locks.into_iter().zip(secrets.chunks(CURVES.len())).map(|(lock, secrets)| Compartment {
            lock,
            entries: secrets.iter().map(|secret| entry(secret, rng)).collect(),
        });
        let header = Header { parameters, network: b"network".to_vec(), epoch: 5, node: b"node".to_vec() };
        let statement = Statement::new(header, compartments.collect()).unwrap();
        Self { statement, secrets, recovery, blinder, member }
    }

    /// What its proofs are about, for as long as anybody asks.
    fn claim(&self) -> &Claim<'_> {
        Box::leak(Box::new(self.statement.claim()))
    }

    fn secrets(&self) -> Vec<&SecretScalar> {
        self.secrets.iter().collect()
    }

    fn values(&self) -> Vec<&SecretValue> {
        self.secrets.iter().map(SecretScalar::as_value).collect()
    }

    fn open(&self, proof: &Proof, compartment: u16) -> Result<Vec<SecretScalar>> {
        let unlock = G2Affine::hash(&self.statement.digest().unlock_message());
        let unlock = unlock * *self.recovery.scalar::<Bls12381G1>().unwrap();
        let (blinder, member) = (self.blinder.scalar().unwrap(), self.member.scalar().unwrap());
        let key = match compartment {
            RECOVERY => OpeningKey::Recovery { unlock: &unlock, blinder: &blinder },
            _ => OpeningKey::Member { key: &member },
        };
        open(self.claim(), proof, compartment, &key)?.into_iter().map(SecretScalar::try_from).collect()
    }

    /// Does the compartment open to its secrets?
    fn opens(&self, proof: &Proof, compartment: u16) -> bool {
        let expected = self.secrets.chunks(CURVES.len()).nth(usize::from(compartment)).unwrap();
        self.open(proof, compartment).is_ok_and(|secrets| {
            let mut pairs = secrets.iter().zip(expected);
            secrets.len() == expected.len() && pairs.all(|(secret, expected)| secret.ct_eq(expected).into())
        })
    }

    fn opens_everywhere(&self, proof: &Proof) -> bool {
        [RECOVERY, MEMBER].iter().all(|compartment| self.opens(proof, *compartment))
    }
}

/// A proof that verifies although a compartment does not open: of so few instances as the tests have, a prover spoils as
/// many as are kept, and tries until those are.
pub(crate) fn unopenable(claim: &Claim<'_>, secrets: &[&SecretValue], compartment: usize) -> Proof {
    let kept = usize::from(claim.parameters.kept());
    let spoilt = |seed| {
        let mut prover = prover::Prover::about(claim, secrets, seed);
        let instances = prover.instances.iter_mut().take(kept);
        instances.for_each(|instance| instance.sealed.wrapped_sub_seeds[compartment][0] ^= 1);
        prover.prove()
    };
    let all_kept =
        |proof: &Proof| kept_instances(claim.parameters, &proof.challenge).iter().take(kept).all(|kept| *kept);
    let proof = (0..1000).map(spoilt).find(all_kept);
    proof.expect("a proof that keeps what was spoilt")
}

fn encrypt(statement: &Statement, secrets: &[&SecretScalar], rng: &mut StdRng) -> Result<Proof> {
    let secrets: Vec<_> = secrets.iter().map(|secret| secret.as_value()).collect();
    super::encrypt(&statement.claim(), &secrets, rng)
}

fn verify(statement: &Statement, proof: &Proof) -> Result<()> {
    super::verify(&statement.claim(), proof)
}

/// An entry under some root key: the encryption has no use for the relation between share and root.
fn entry(secret: &SecretScalar, rng: &mut StdRng) -> Entry {
    Entry {
        public_key: SecretScalar::random(secret.curve(), rng).public(),
        identifier: Identifier::new(3).unwrap(),
        threshold: Threshold::new(2, 4).unwrap(),
        public_share: secret.public(),
    }
}

/// Compressed G1 points of no use, by their x-coordinate, for which the curve has a point outside the subgroup or no
/// point at all.
fn g1_by_x(x: u8) -> [u8; 48] {
    let mut bytes = vec![0; 48];
    (bytes[0], bytes[47]) = (0x80, x);
    bytes.try_into().unwrap()
}
