//! Making a proof (spec §6.3).

use super::batch::Columns;
use super::instance::{Instance, Seed};
use super::pack::{Layout, PackedSecret, evaluation_point};
use super::proof::{Kept, Proof, Revealed};
use super::subset::kept_instances;
use super::transcript::{MaskCommitments, ProofId, challenge, commitments_hash, response_hash};
use super::{Block, Claim, PublicShares, ResponseHash};
use crate::curve::SecretValue;
use crate::declassify;
use crate::digest::StatementDigest;
use crate::erasure::assert_secret;
use crate::error::{Error, Result};
use crate::hash::Xof;
use crate::pairing::SecretScalarUse;
use alloc::boxed::Box;
use alloc::vec::Vec;
use rand_core::CryptoRng;
use zeroize::{ZeroizeOnDrop, Zeroizing};

/// Encrypts the secrets of a claim, given in the order of its entries, verifiably.
///
/// Fails with [`Error::SecretMismatch`] if a secret does not belong to its public share. Draws 32 bytes from the
/// generator, which are hashed together with the secrets and the digest of the claim. Constant time in the secrets.
pub(crate) fn encrypt(claim: &Claim<'_>, secrets: &[&SecretValue], rng: &mut impl CryptoRng) -> Result<Proof> {
    //= spec/6-encryption.md#6-3-encrypt
    //# An encryptor MUST check every secret against its public share before it encrypts.
    check_secrets(claim, secrets)?;
    let layout = Layout::new(claim);
    let prover = Prover::new(&layout, secrets, rng)?;
    let rows = prover.instances.iter().zip(&prover.response_hashes);
    //= spec/6-encryption.md#6-3-encrypt
    //# An encryptor MUST bind the responses of every instance in `a` before the batching coefficients are known.
    let first = commitments_hash(&prover.id, rows.map(|(instance, hash)| (&instance.sealed, hash)));
    let commitments = commit_masks(&prover, &first)?;
    let mut challenge = challenge(claim.parameters.instances(), &first, &commitments);
    declassify::challenge(&mut challenge);
    prover.finish(challenge)
}

fn check_secrets(claim: &Claim<'_>, secrets: &[&SecretValue]) -> Result<()> {
    let entries: usize = (0..claim.locks.len()).map(|compartment| claim.entry_curves(compartment).len()).sum();
    if entries != secrets.len() {
        return Err(Error::InvalidLength);
    }
    // Those of a dealing are values of the polynomials that were committed to: they match by their making.
    let PublicShares::Listed(compartments) = &claim.shares else {
        return Ok(());
    };
    let shares = (0..)
        .zip(compartments)
        .flat_map(|(compartment, shares)| (0..).zip(shares).map(move |(entry, share)| (compartment, entry, share)));
    match shares.zip(secrets).find(|((.., share), secret)| secret.public_bytes() != share.as_bytes()) {
        Some(((compartment, entry, _), _)) => Err(Error::SecretMismatch { compartment, entry }),
        None => Ok(()),
    }
}

/// R_iC = (sum of rho·mask over the packs on the curve)·G, for every instance and curve.
fn commit_masks(prover: &Prover<'_>, first: &[u8; 32]) -> Result<Vec<MaskCommitments>> {
    let mut columns = Columns::new::<SecretScalarUse>(prover.layout, first)?;
    prover.instances.iter().for_each(|instance| columns.add_masks(&prover.id, instance));
    Ok(columns.encode())
}

/// Everything that the prover knows before the challenge.
//= spec/6-encryption.md#6-3-encrypt
//# An encryptor MUST erase the master seed, the seeds, sub-seeds and masks of the kept instances, and the salts of the revealed ones.
#[derive(ZeroizeOnDrop)]
struct Prover<'a> {
    #[zeroize(skip)]
    layout: &'a Layout<'a>,
    #[zeroize(skip)]
    nonce: Block,
    #[zeroize(skip)]
    id: ProofId,
    /// One for each pack. They wipe themselves.
    #[zeroize(skip)]
    packed: Vec<Box<dyn PackedSecret>>,
    seeds: Vec<Seed>,
    salts: Zeroizing<Vec<Block>>,
    instances: Vec<Instance>,
    #[zeroize(skip)]
    response_hashes: Vec<ResponseHash>,
}

assert_secret!(Prover<'_>, Instance, Seed, MasterSeed);

impl<'a> Prover<'a> {
    fn new(layout: &'a Layout<'a>, secrets: &[&SecretValue], rng: &mut impl CryptoRng) -> Result<Self> {
        let Claim { digest, parameters, .. } = layout.claim;
        let master = MasterSeed::new(layout.claim, secrets, rng);
        let nonce = master.nonce(digest);
        let id = ProofId::new(digest, &nonce);
        let indices = 0..parameters.instances();
        let seeds = indices.clone().map(|index| Seed { index, bytes: master.block("seed", digest, index) });
        let seeds: Vec<Seed> = seeds.collect();
        //= spec/6-encryption.md#6-3-encrypt
        //# The salt of an instance MUST NOT be derivable from its seed.
        let salts = Zeroizing::new(indices.map(|index| master.block("salt", digest, index)).collect::<Vec<Block>>());
        let instances = Instance::derive_all::<SecretScalarUse>(layout, &id, &seeds)?;
        let packed = layout.packs.iter().map(|pack| pack.packed(secrets)).collect::<Result<_>>()?;
        let mut prover = Self { layout, nonce, id, packed, seeds, salts, instances, response_hashes: Vec::new() };
        prover.response_hashes = prover.hash_responses()?;
        Ok(prover)
    }

    fn hash_responses(&self) -> Result<Vec<ResponseHash>> {
        let rows = self.instances.iter().zip(self.salts.iter());
        rows.map(|(instance, salt)| {
            let responses = self.responses(instance)?;
            Ok(response_hash(self.layout, &self.id, instance.index, salt, &responses))
        })
        .collect()
    }

    /// mask + packed secret for every pack, encoded. Secret until the challenge keeps the instance.
    fn responses(&self, instance: &Instance) -> Result<Zeroizing<Vec<u8>>> {
        let at = evaluation_point(instance.index)?;
        // A vector that never grows leaves no copies behind.
        let mut responses = Zeroizing::new(Vec::with_capacity(self.layout.scalars_len()));
        instance.take_masks(self.layout, &self.id, |pack, masks| {
            self.packed.get(pack).into_iter().for_each(|secrets| secrets.respond(at, masks, &mut responses));
        });
        Ok(responses)
    }

    fn finish(self, challenge: [u8; 32]) -> Result<Proof> {
        let kept = kept_instances(self.layout.claim.parameters, &challenge);
        let mut proof = Proof { challenge, nonce: self.nonce, revealed: Vec::new(), kept: Vec::new() };
        let rows = self.instances.iter().zip(&self.seeds).zip(self.salts.iter()).zip(&self.response_hashes);
        for ((((instance, seed), salt), response_hash), kept) in rows.zip(kept) {
            if kept {
                let responses = self.responses(instance)?.to_vec();
                proof.kept.push(Kept { sealed: instance.sealed.clone(), salt: *salt, responses });
            } else {
                proof.revealed.push(Revealed { seed: seed.bytes, response_hash: *response_hash });
            }
        }
        Ok(proof)
    }
}

/// The root of all seeds and salts, and of the nonce. It hashes the secrets together with the randomness, so that a broken
/// generator repeats seeds only where it repeats the whole proof.
#[derive(ZeroizeOnDrop)]
struct MasterSeed([u8; 32]);

impl MasterSeed {
    fn new(claim: &Claim<'_>, secrets: &[&SecretValue], rng: &mut impl CryptoRng) -> Self {
        let mut fresh = Zeroizing::new([0; 32]);
        //= spec/2-conventions.md#2-3-randomness
        //# An implementation MUST draw from `rng` exactly the lengths, and in exactly the order, that an algorithm states.
        rng.fill_bytes(&mut *fresh);
        //= spec/6-encryption.md#6-3-encrypt
        //# An encryptor MUST derive the master seed from fresh randomness, the statement and all secrets together.
        let mut hash = Xof::new("master-seed").part(claim.digest.as_bytes()).part(&*fresh);
        secrets.iter().for_each(|secret| hash.add(secret.expose_bytes()));
        Self(hash.output())
    }

    /// Public: it is in the proof.
    fn nonce(&self, digest: &StatementDigest) -> Block {
        //= spec/6-encryption.md#6-3-encrypt
        //# An encryptor MUST derive the nonce of a proof from its master seed.
        let mut nonce = Xof::new("nonce").part(digest.as_bytes()).part(&self.0).output();
        declassify::nonce(&mut nonce);
        nonce
    }

    fn block(&self, label: &str, digest: &StatementDigest, index: u16) -> Block {
        Xof::new(label).part(digest.as_bytes()).index(index).part(&self.0).output()
    }
}
