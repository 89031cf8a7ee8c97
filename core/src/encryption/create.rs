//! Making a proof (spec §6.3).

use super::Block;
use super::batch::Columns;
use super::instance::{Instance, Seed};
use super::pack::{Layout, PackedSecret, evaluation_point};
use super::proof::{Kept, Opened, Proof};
use super::subset::kept_instances;
use super::transcript::{MaskCommitments, challenge, first_hash, response_hash};
use crate::curve::SecretScalar;
use crate::declassify;
use crate::erasure::assert_secret;
use crate::error::{Error, Result};
use crate::hash::Xof;
use crate::pairing::SecretScalarUse;
use crate::statement::Statement;
use alloc::boxed::Box;
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
    let layout = Layout::new(statement);
    let prover = Prover::new(&layout, secrets, rng)?;
    let rows = prover.instances.iter().zip(&prover.response_hashes);
    //= spec/6-encryption.md#6-3-encrypt
    //# An encryptor MUST bind the responses of every instance in `a` before the batching coefficients are known.
    let first = first_hash(&statement.digest(), rows.map(|(instance, hash)| (&instance.sealed, hash)));
    let commitments = commit_masks(&layout, &first, &prover.instances)?;
    let mut challenge = challenge(statement.header().parameters.instances(), &first, &commitments);
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

/// R_iC = (sum of rho·mask over the packs on the curve)·G, for every instance and curve.
fn commit_masks(layout: &Layout<'_>, first: &[u8; 32], instances: &[Instance]) -> Result<Vec<MaskCommitments>> {
    let mut columns = Columns::new::<SecretScalarUse>(layout, first)?;
    instances.iter().for_each(|instance| columns.add_masks(instance));
    Ok(columns.encode())
}

/// Everything that the prover knows before the challenge.
//= spec/6-encryption.md#6-3-encrypt
//# An encryptor MUST erase the master seed, the seeds, sub-seeds and masks of the kept instances, and the salts of the opened ones.
#[derive(ZeroizeOnDrop)]
struct Prover<'a> {
    #[zeroize(skip)]
    layout: &'a Layout<'a>,
    /// One for each pack. They wipe themselves.
    #[zeroize(skip)]
    packed: Vec<Box<dyn PackedSecret>>,
    seeds: Vec<Seed>,
    salts: Zeroizing<Vec<Block>>,
    instances: Vec<Instance>,
    #[zeroize(skip)]
    response_hashes: Vec<Block>,
}

assert_secret!(Prover<'_>, Instance, Seed);

impl<'a> Prover<'a> {
    fn new(layout: &'a Layout<'a>, secrets: &[&SecretScalar], rng: &mut impl CryptoRng) -> Result<Self> {
        let statement = layout.statement;
        let master = master_seed(statement, secrets, rng);
        let block = |label, index| Xof::new(label).part(&statement.digest().0).index(index).part(&*master).output();
        let indices = 0..statement.header().parameters.instances();
        let seeds: Vec<Seed> = indices.clone().map(|index| Seed { index, bytes: block("seed", index) }).collect();
        //= spec/6-encryption.md#6-3-encrypt
        //# The salt of an instance MUST NOT be derivable from its seed.
        let salts = Zeroizing::new(indices.map(|index| block("salt", index)).collect::<Vec<Block>>());
        let instances = Instance::derive_all::<SecretScalarUse>(layout, &seeds)?;
        let packed = layout.packs.iter().map(|pack| pack.packed(secrets)).collect::<Result<_>>()?;
        let mut prover = Self { layout, packed, seeds, salts, instances, response_hashes: Vec::new() };
        prover.response_hashes = prover.hash_responses()?;
        Ok(prover)
    }

    fn hash_responses(&self) -> Result<Vec<Block>> {
        let rows = self.instances.iter().zip(self.salts.iter());
        rows.map(|(instance, salt)| {
            let responses = self.responses(instance)?;
            Ok(response_hash(self.layout, instance.index, salt, &responses))
        })
        .collect()
    }

    /// mask + packed secret for every pack, encoded. Secret until the challenge keeps the instance.
    fn responses(&self, instance: &Instance) -> Result<Zeroizing<Vec<u8>>> {
        let at = evaluation_point(instance.index)?;
        // A vector that never grows leaves no copies behind.
        let mut responses = Zeroizing::new(Vec::with_capacity(self.layout.scalars_len()));
        instance.take_masks(self.layout, |pack, masks| {
            self.packed.get(pack).into_iter().for_each(|secrets| secrets.respond(at, masks, &mut responses));
        });
        Ok(responses)
    }

    fn finish(self, challenge: [u8; 32]) -> Result<Proof> {
        let kept = kept_instances(self.layout.statement.header().parameters, &challenge);
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
