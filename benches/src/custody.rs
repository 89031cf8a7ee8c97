//! A network whose nodes all have their backups.

use rand::SeedableRng;
use rand::rngs::StdRng;
use relight::curve::{CurveId, SecretScalar};
use relight::sharing::{PartyIndex, VssCommitment};
use relight::{
    Backup, Blinder, KeyShare, ParameterSet, RecoveryPublicKey, Result,
    coverage::{Coverage, Network, Node},
    identity::IdentityKey,
    registration::BlinderRegistration,
};
use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

const CONTEXT: &[u8] = b"bench";

/// What a custodian audits: ten keys on secp256k1 and one on BLS12-381 G1, with threshold one, so that a share is
/// the key.
#[derive(Debug)]
pub struct Custody {
    network: Network,
    backups: Vec<Vec<u8>>,
}

impl Custody {
    /// Of so many nodes.
    pub fn new(nodes: u16) -> Result<Self> {
        let rng = &mut StdRng::seed_from_u64(1);
        let curves = [[CurveId::Secp256k1; 10].as_slice(), &[CurveId::Bls12381G1]].concat();
        let secrets: Vec<SecretScalar> = curves.into_iter().map(|curve| SecretScalar::random(curve, rng)).collect();
        let keys: Vec<_> =
            secrets.iter().map(|secret| VssCommitment::new(vec![secret.public()])).collect::<Result<_>>()?;
        let nodes = PartyIndex::all(nodes).map(|index| node(index, keys.len() as u16, rng)).collect::<Result<_>>()?;
        let recovery_key = RecoveryPublicKey::try_from(SecretScalar::random(CurveId::Bls12381G1, rng).public())?;
        let (parameters, context, former) = (ParameterSet::Fast, CONTEXT.to_vec(), Vec::new());
        let network = Network { parameters, name: context, epoch: 1, recovery_key, keys, nodes, former };
        let backups = network.nodes.iter().map(|node| backup(&network, node, &secrets, rng)).collect::<Result<_>>()?;
        Ok(Self { network, backups })
    }

    /// Verifies all backups on so many threads.
    pub fn audit(&self, threads: usize) -> Result<Coverage> {
        let coverage = on_processors(threads, || self.network.audit(&self.backups))?;
        assert!(coverage.recoverable(), "the backups are good");
        Ok(coverage)
    }
}

/// An audit has as many threads as the processors that it may run on.
fn on_processors<T>(count: usize, work: impl FnOnce() -> T) -> T {
    let all = sched_getaffinity(None).expect("the processors");
    let mut some = CpuSet::new();
    (0..CpuSet::MAX_CPU).filter(|cpu| all.is_set(*cpu)).take(count).for_each(|cpu| some.set(cpu));
    sched_setaffinity(None, &some).expect("fewer processors");
    let result = work();
    sched_setaffinity(None, &all).expect("all processors");
    result
}

/// A node whose operator has registered its Blinder.
fn node(index: PartyIndex, keys: u16, rng: &mut StdRng) -> Result<Node> {
    let (name, operator, blinder) = (index.get().to_be_bytes(), IdentityKey::generate(rng), Blinder::generate(rng));
    let registration = BlinderRegistration::first(&blinder, CONTEXT, &name, &operator.public(), rng)?;
    Ok(Node::new(&name, operator.public(), vec![registration.sign(&operator)?], index.into(), keys))
}

fn backup(network: &Network, node: &Node, secrets: &[SecretScalar], rng: &mut StdRng) -> Result<Vec<u8>> {
    let keys = network.keys.iter().zip(&node.shares).zip(secrets);
    let shares = keys.map(|((key, holding), secret)| {
        let secret = SecretScalar::from_bytes(secret.curve(), secret.expose_bytes())?;
        KeyShare::new(network.epoch, key, holding.identifier, secret)
    });
    let shares: Vec<KeyShare> = shares.collect::<Result<_>>()?;
    Ok(Backup::create(&network.statement(node)?, &shares, rng)?.encode())
}
