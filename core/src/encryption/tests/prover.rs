//! A prover of which every step can be bent, and a verifier that can be weakened.

use super::super::batch::Columns;
use super::super::instance::{Instance, Sealed, Seed};
use super::super::pack::{Layout, evaluation_point};
use super::super::proof::{Kept, Proof, Revealed};
use super::super::subset::kept_instances;
use super::super::transcript::{ProofId, challenge, commitments_hash, response_hash};
use super::super::{Block, Claim, ParameterSet, ResponseHash};
use super::Fixture;
use crate::curve::{KeyCurve, SecretValue, with_curve};
use crate::pairing::PublicScalar;
use alloc::vec::Vec;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

/// Both curves have scalars of this length.
pub(super) const SCALAR_LEN: usize = 32;

/// What the commitment R_i of an instance is computed from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// The masks, as an honest prover does: right if the instance is revealed.
    Masks,
    /// The responses, as the verifier of a kept instance does: right if it is kept.
    Responses,
}

/// A prover that is honest until a test changes one of its fields.
pub(super) struct Prover<'a> {
    pub(super) layout: Layout<'a>,
    pub(super) nonce: Block,
    pub(super) id: ProofId,
    pub(super) seeds: Vec<Seed>,
    pub(super) salts: Vec<Block>,
    pub(super) instances: Vec<Instance>,
    /// The encoded responses of each instance.
    pub(super) responses: Vec<Vec<u8>>,
    pub(super) sources: Vec<Source>,
}

impl<'a> Prover<'a> {
    pub(super) fn new(fixture: &'a Fixture, seed: u64) -> Self {
        Self::about(fixture.claim(), &fixture.values(), seed)
    }

    pub(super) fn about(claim: &'a Claim<'a>, secrets: &[&SecretValue], seed: u64) -> Self {
        let layout = Layout::new(claim);
        let mut rng = StdRng::seed_from_u64(seed);
        let nonce = block(&mut rng);
        let id = ProofId::new(&layout.claim.digest, &nonce);
        let count = layout.claim.parameters.instances();
        let seeds: Vec<Seed> = (0..count).map(|index| Seed { index, bytes: block(&mut rng) }).collect();
        let instances = Instance::derive_all::<PublicScalar>(&layout, &id, &seeds).unwrap();
        let responses = instances.iter().map(|instance| honest_responses(&layout, &id, secrets, instance)).collect();
        let sources = seeds.iter().map(|_| Source::Masks).collect();
        let salts = seeds.iter().map(|_| block(&mut rng)).collect();
        Self { layout, nonce, id, seeds, salts, instances, responses, sources }
    }

    pub(super) fn parameters(&self) -> ParameterSet {
        self.layout.claim.parameters
    }

    pub(super) fn indices(&self) -> core::ops::Range<usize> {
        0..self.instances.len()
    }

    /// Adds an error to the response of one pack, counted over all compartments.
    pub(super) fn shift<C: KeyCurve>(&mut self, instance: usize, pack: usize, error: C::Scalar) {
        let response = &mut self.responses[instance][pack * SCALAR_LEN..][..SCALAR_LEN];
        let shifted = C::decode_scalar(response).unwrap() + error;
        C::encode_scalar(&shifted, response);
    }

    /// Swaps the responses of two entries, each given by its instance and its place.
    pub(super) fn swap(&mut self, left: (usize, usize), right: (usize, usize)) {
        let place = |(_, entry): (usize, usize)| entry * SCALAR_LEN..(entry + 1) * SCALAR_LEN;
        let (one, other) =
            (self.responses[left.0][place(left)].to_vec(), self.responses[right.0][place(right)].to_vec());
        self.responses[left.0][place(left)].copy_from_slice(&other);
        self.responses[right.0][place(right)].copy_from_slice(&one);
    }

    pub(super) fn response_hashes(&self) -> Vec<ResponseHash> {
        let rows = self.instances.iter().zip(&self.salts).zip(&self.responses);
        rows.map(|((instance, salt), responses)| response_hash(&self.layout, &self.id, instance.index, salt, responses))
            .collect()
    }

    pub(super) fn commitments_hash(&self, response_hashes: &[ResponseHash]) -> [u8; 32] {
        let rows = self.instances.iter().map(|instance| &instance.sealed).zip(response_hashes);
        commitments_hash(&self.id, rows)
    }

    pub(super) fn challenge(&self, first: &[u8; 32]) -> [u8; 32] {
        challenge_over(&self.layout, &self.id, first, self.instances.len(), |index| match self.sources[index] {
            Source::Masks => Row::Revealed(&self.instances[index]),
            Source::Responses => Row::Kept(&self.responses[index]),
        })
    }

    /// What the prover sends, given the challenge.
    pub(super) fn answer(&self, challenge: [u8; 32], response_hashes: &[ResponseHash]) -> Proof {
        let kept = kept_instances(self.parameters(), &challenge);
        let (kept, revealed): (Vec<usize>, Vec<usize>) = self.indices().partition(|index| kept[*index]);
        let revealed = revealed
            .into_iter()
            .map(|index| Revealed { seed: self.seeds[index].bytes, response_hash: response_hashes[index] });
        let kept = kept.into_iter().map(|index| Kept {
            sealed: self.instances[index].sealed.clone(),
            salt: self.salts[index],
            responses: self.responses[index].clone(),
        });
        Proof { challenge, nonce: self.nonce, revealed: revealed.collect(), kept: kept.collect() }
    }

    /// Goes through the protocol in its order.
    pub(super) fn prove(&self) -> Proof {
        let hashes = self.response_hashes();
        self.answer(self.challenge(&self.commitments_hash(&hashes)), &hashes)
    }
}

/// What is known of an instance.
enum Row<'a> {
    Revealed(&'a Instance),
    Kept(&'a [u8]),
}

fn challenge_over<'a>(
    layout: &Layout<'_>,
    id: &ProofId,
    first: &[u8; 32],
    instances: usize,
    row: impl Fn(usize) -> Row<'a>,
) -> [u8; 32] {
    let mut columns = Columns::new::<PublicScalar>(layout, first).unwrap();
    for index in 0..instances {
        match row(index) {
            Row::Revealed(instance) => columns.add_masks(id, instance),
            Row::Kept(responses) => columns.add_responses_vartime(index as u16, responses).unwrap(),
        }
    }
    challenge(instances as u16, first, &columns.encode())
}

pub(super) fn honest_responses(
    layout: &Layout<'_>,
    id: &ProofId,
    secrets: &[&SecretValue],
    instance: &Instance,
) -> Vec<u8> {
    let (at, mut responses) = (evaluation_point(instance.index).unwrap(), Vec::new());
    instance.take_masks(layout, id, |pack, masks| {
        layout.packs[pack].packed(secrets).unwrap().respond(at, masks, &mut responses);
    });
    responses
}

/// The mask of each pack, encoded, one after the other.
pub(super) fn masks(layout: &Layout<'_>, id: &ProofId, instance: &Instance) -> Vec<u8> {
    let mut encoded = Vec::new();
    instance.take_masks(layout, id, |pack, masks| {
        with_curve!(layout.packs[pack].curve, C => encoded.extend_from_slice(&C::scalar_bytes(&masks.scalar::<C>())));
    });
    encoded
}

/// A verifier that binds only what `cut` leaves of the response hashes: does it accept?
pub(super) fn verifier_accepts(fixture: &Fixture, proof: &Proof, cut: impl Fn(ResponseHash) -> ResponseHash) -> bool {
    let layout = Layout::new(fixture.claim());
    let id = ProofId::new(&layout.claim.digest, &proof.nonce);
    let kept = kept_instances(layout.claim.parameters, &proof.challenge);
    let unkept = (0..).zip(&kept).filter_map(|(index, kept)| (!kept).then_some(index));
    let seeds: Vec<Seed> =
        unkept.zip(&proof.revealed).map(|(index, revealed)| Seed { index, bytes: revealed.seed }).collect();
    let revealed = Instance::derive_all::<PublicScalar>(&layout, &id, &seeds).unwrap();
    let nth = |index: usize| kept[..index].iter().filter(|other| **other == kept[index]).count();
    let rows: Vec<(&Sealed, ResponseHash)> = (0..kept.len())
        .map(|index| match (kept[index], nth(index)) {
            (true, nth) => {
                let Kept { sealed, salt, responses } = &proof.kept[nth];
                (sealed, cut(response_hash(&layout, &id, index as u16, salt, responses)))
            }
            (false, nth) => (&revealed[nth].sealed, cut(proof.revealed[nth].response_hash)),
        })
        .collect();
    let first = commitments_hash(&id, rows.iter().map(|(sealed, hash)| (*sealed, hash)));
    let row = |index: usize| {
        if kept[index] { Row::Kept(&proof.kept[nth(index)].responses) } else { Row::Revealed(&revealed[nth(index)]) }
    };
    challenge_over(&layout, &id, &first, kept.len(), row) == proof.challenge
}

/// One that leaves them out.
pub(super) fn weak_verifier_accepts(fixture: &Fixture, proof: &Proof) -> bool {
    verifier_accepts(fixture, proof, |_| [0; 20])
}

/// The first hash without the response hashes.
pub(super) fn weak_first_hash<'a>(id: &ProofId, sealed: impl Iterator<Item = &'a Sealed>) -> [u8; 32] {
    commitments_hash(id, sealed.map(|sealed| (sealed, &[0; 20])))
}

fn block(rng: &mut StdRng) -> Block {
    let mut block = [0; 16];
    rng.fill_bytes(&mut block);
    block
}
