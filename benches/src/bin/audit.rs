//! How much faster an audit of 100 backups is on two threads than on one.

use relight::curve::{CurveId, SecretScalar};
use relight::sharing::{Identifier, PublicPolynomial};
use relight::{Backup, Blinder, Error, KeyShare, Network, Node, ParameterSet, RecoveryPublicKey, Result};
use std::time::{Duration, Instant};

const BACKUPS: u16 = 100;
const ROUNDS: usize = 9;

fn main() -> Result<()> {
    let (network, backups) = covered_network()?;
    let mut ratios = Vec::new();
    println!("100 backups of 11 keys, on one thread and on two");
    for _ in 0..ROUNDS {
        let [one, two] = [audit(&network, &backups, 1)?, audit(&network, &backups, 2)?];
        ratios.push(one.as_secs_f64() / two.as_secs_f64());
        println!("{one:.2?} {two:.2?}");
    }
    ratios.sort_by(f64::total_cmp);
    println!("ratio {:.2} (median of {ROUNDS})", ratios[ROUNDS / 2]);
    Ok(())
}

fn audit(network: &Network, backups: &[Vec<u8>], threads: usize) -> Result<Duration> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().map_err(|_| Error::InvalidLength)?;
    let start = Instant::now();
    let coverage = pool.install(|| network.audit(backups, &|_, _| ()))?;
    assert!(coverage.recoverable(), "the backups are good");
    Ok(start.elapsed())
}

/// Every node holds a share of eleven keys with threshold one, so that a share is the key.
fn covered_network() -> Result<(Network, Vec<Vec<u8>>)> {
    let rng = &mut rand::rng();
    let curves = [[CurveId::Secp256k1; 10].as_slice(), &[CurveId::Bls12381G1]].concat();
    let secrets: Vec<SecretScalar> = curves.into_iter().map(|curve| SecretScalar::random(curve, rng)).collect();
    let keys: Vec<_> =
        secrets.iter().map(|secret| PublicPolynomial::new(vec![secret.public()])).collect::<Result<_>>()?;
    let nodes = Identifier::all(BACKUPS).map(|identifier| Node {
        name: identifier.get().to_be_bytes().to_vec(),
        identifier,
        blinder: Blinder::generate(rng).public(),
    });
    let nodes = nodes.collect();
    let recovery_key = RecoveryPublicKey::try_from(SecretScalar::random(CurveId::Bls12381G1, rng).public())?;
    let context = b"bench".to_vec();
    let network = Network { parameters: ParameterSet::Fast, context, epoch: 1, recovery_key, keys, nodes };
    let backups = network.nodes.iter().map(|node| backup(&network, node, &secrets)).collect::<Result<_>>()?;
    Ok((network, backups))
}

fn backup(network: &Network, node: &Node, secrets: &[SecretScalar]) -> Result<Vec<u8>> {
    let shares = network.keys.iter().zip(secrets).map(|(key, secret)| {
        let secret = SecretScalar::from_bytes(secret.curve(), secret.expose_bytes())?;
        KeyShare::new(network.epoch, key, node.identifier, secret)
    });
    let shares: Vec<KeyShare> = shares.collect::<Result<_>>()?;
    let shares: Vec<&KeyShare> = shares.iter().collect();
    Ok(Backup::create(&network.statement(node)?, &shares, &mut rand::rng())?.encode())
}
