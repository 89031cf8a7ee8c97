//! Making a proof (spec §6.3).

use super::Block;
use super::batch::Batch;
use super::instance::{Instance, Seed};
use super::proof::{Kept, Opened, Proof, split_scalars};
use super::subset::kept_instances;
use super::transcript::{MaskCommitments, challenge, first_hash, response_hash};
use crate::curve::{KeyCurve, SecretScalar, with_curve};
use crate::declassify;
use crate::erasure::assert_secret;
use crate::error::{Error, Result};
use crate::hash::Xof;
use crate::pairing::SecretScalarUse;
use crate::statement::Statement;
use alloc::vec::Vec;
use rand_core::CryptoRng;
use zeroize::{ZeroizeOnDrop, Zeroizing};

/// Encrypts the secrets of a statement, given in the order of its entries, verifiably.
///
/// Fails with [`Error::SecretMismatch`] if a secret does not belong to its public share. Draws 32 bytes from the
/// generator, which are hashed together with the secrets and the statement. Constant time in the secrets.
pub(crate) fn encrypt(statement: &Statement, secrets: &[&SecretScalar], rng: &mut impl CryptoRng) -> Result<Proof> {
    //= spec/6-encryption.md#6-3-encrypt
    //# An encryptor MUST check every secret against its public share before it encrypts.
    check_secrets(statement, secrets)?;
    let prover = Prover::new(statement, secrets, rng)?;
    let rows = prover.instances.iter().zip(&prover.response_hashes);
    //= spec/6-encryption.md#6-3-encrypt
    //# An encryptor MUST bind the responses of every instance in `a` before the batching coefficients are known.
    let first = first_hash(&statement.digest(), rows.map(|(instance, hash)| (&instance.sealed, hash)));
    let curves = statement.curves().into_iter();
    let commitments: Result<Vec<_>> =
        curves.map(|curve| with_curve!(curve, C => commit_masks::<C>(statement, &first, &prover.instances))).collect();
    let mut challenge = challenge(statement.header().parameters.instances(), &first, &commitments?);
    declassify::challenge(&mut challenge);
    prover.finish(challenge)
}

fn check_secrets(statement: &Statement, secrets: &[&SecretScalar]) -> Result<()> {
    if statement.slots().count() != secrets.len() {
        return Err(Error::InvalidLength);
    }
    match statement.slots().zip(secrets).find(|(slot, secret)| secret.public() != slot.entry.public_share) {
        Some((slot, _)) => Err(Error::SecretMismatch { compartment: slot.compartment, entry: slot.index }),
        None => Ok(()),
    }
}

/// R_iC = (sum of rho·mask over the entries on the curve)·G, for every instance.
fn commit_masks<C: KeyCurve>(
    statement: &Statement,
    first: &[u8; 32],
    instances: &[Instance],
) -> Result<MaskCommitments> {
    let batch = Batch::<C>::new(statement, first);
    let points = instances.iter().map(|instance| Ok(C::generator_mul(&*batch.masks(instance)?)));
    Ok(MaskCommitments::new::<C>(&points.collect::<Result<Vec<_>>>()?))
}

/// Everything that the prover knows before the challenge.
//= spec/6-encryption.md#6-3-encrypt
//# An encryptor MUST erase the master seed, the seeds, sub-seeds and masks of the kept instances, and the salts of the opened ones.
#[derive(ZeroizeOnDrop)]
struct Prover<'a> {
    #[zeroize(skip)]
    statement: &'a Statement,
    #[zeroize(skip)]
    secrets: &'a [&'a SecretScalar],
    seeds: Vec<Seed>,
    salts: Zeroizing<Vec<Block>>,
    instances: Vec<Instance>,
    #[zeroize(skip)]
    response_hashes: Vec<Block>,
}

assert_secret!(Prover<'_>, Instance, Seed);

impl<'a> Prover<'a> {
    fn new(statement: &'a Statement, secrets: &'a [&'a SecretScalar], rng: &mut impl CryptoRng) -> Result<Self> {
        let master = master_seed(statement, secrets, rng);
        let block = |label, index| Xof::new(label).part(&statement.digest().0).index(index).part(&*master).output();
        let indices = 0..statement.header().parameters.instances();
        let seeds: Vec<Seed> = indices.clone().map(|index| Seed { index, bytes: block("seed", index) }).collect();
        //= spec/6-encryption.md#6-3-encrypt
        //# The salt of an instance MUST NOT be derivable from its seed.
        let salts = Zeroizing::new(indices.map(|index| block("salt", index)).collect::<Vec<Block>>());
        let instances = Instance::derive_all::<SecretScalarUse>(statement, &seeds)?;
        let mut prover = Self { statement, secrets, seeds, salts, instances, response_hashes: Vec::new() };
        prover.response_hashes = prover.hash_responses()?;
        Ok(prover)
    }

    fn hash_responses(&self) -> Result<Vec<Block>> {
        let rows = self.instances.iter().zip(self.salts.iter());
        rows.map(|(instance, salt)| {
            let responses = self.responses(instance)?;
            Ok(response_hash(self.statement, instance.index, salt, &responses))
        })
        .collect()
    }

    /// mask + secret for every entry, encoded. Secret until the challenge keeps the instance.
    fn responses(&self, instance: &Instance) -> Result<Zeroizing<Vec<u8>>> {
        let mut responses = Zeroizing::new(Vec::with_capacity(instance.masks.len()));
        for (mask, secret) in split_scalars(self.statement, &instance.masks).zip(self.secrets) {
            with_curve!(secret.curve(), C => {
                let mask = C::scalar_from_bytes(mask)?;
                responses.extend_from_slice(&C::scalar_bytes(&Zeroizing::new(*mask + *secret.scalar::<C>()?)));
            });
        }
        Ok(responses)
    }

    fn finish(self, challenge: [u8; 32]) -> Result<Proof> {
        let kept = kept_instances(self.statement.header().parameters, &challenge);
        let mut proof = Proof { challenge, opened: Vec::new(), kept: Vec::new() };
        let rows = self.instances.iter().zip(&self.seeds).zip(self.salts.iter()).zip(&self.response_hashes);
        for ((((instance, seed), salt), response_hash), kept) in rows.zip(kept) {
            if kept {
                let responses = self.responses(instance)?.to_vec();
                proof.kept.push(Kept { sealed: instance.sealed.clone(), salt: *salt, responses });
            } else {
                proof.opened.push(Opened { seed: seed.bytes, response_hash: *response_hash });
            }
        }
        Ok(proof)
    }
}

/// The root of all seeds and salts. It hashes the secrets together with the randomness, so that a broken generator
/// repeats seeds only where it repeats the whole proof.
fn master_seed(statement: &Statement, secrets: &[&SecretScalar], rng: &mut impl CryptoRng) -> Zeroizing<[u8; 32]> {
    let mut fresh = Zeroizing::new([0; 32]);
    //= spec/2-conventions.md#2-3-randomness
    //# An implementation MUST draw from `rng` exactly the lengths, and in exactly the order, that an algorithm states.
    rng.fill_bytes(&mut *fresh);
    //= spec/6-encryption.md#6-3-encrypt
    //# An encryptor MUST derive the master seed from fresh randomness, the statement and all secrets together.
    let mut hash = Xof::new("master-seed").part(&statement.digest().0).part(&*fresh);
    secrets.iter().for_each(|secret| hash.add(secret.expose_bytes()));
    Zeroizing::new(hash.output())
}
