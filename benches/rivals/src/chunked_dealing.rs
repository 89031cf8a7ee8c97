//! A dealing by chunked exponent ElGamal: like the non-interactive key generations in use, but with exact range proofs
//! by a published crate.
//!
//! The polynomial has the coefficient commitments A_n. The share x_j of recipient j, whose key is Y_j, is split in 16
//! chunks c_ji of 16 bits. Chunk i of all recipients is encrypted with one r_i: R_i = r_i·G, E_ji = c_ji·G + r_i·Y_j.
//! One range proof is about commitments V_ji = c_ji·G + p_ji·H to the chunks of all recipients. Over random weights w_i
//! and v_j, with Y = sum of v_j·Y_j, all sums of w_i·v_j·.., and place_i = 2^(16·i), one proof shows
//!
//! - that chunks encrypted and committed are the same: sum of w_i·R_i = r·G, sum of E_ji = c·G + r·Y,
//!   sum of V_ji = c·G + p·H;
//! - that they are those of the shares: sum of place_i·R_i = s·G, sum of v_j·(sum of place_i·E_ji - X_j) = s·Y, where
//!   X_j = sum of j^n·A_n.

use crate::group::{Decoded, Group, SCALAR, dot, powers, scaled};
use crate::party::{evaluate, weights};
use crate::scheme::Dealing;
use merlin::Transcript;
use rand_08::SeedableRng;
use rand_08::rngs::StdRng;
use relight::curve::CurveId;

const CHUNKS: usize = 16;
const BITS: usize = 16;

/// Of keys one after the other, to a power of two of recipients.
pub struct ChunkedDealing<G: Group> {
    group: G,
    keys: usize,
    threshold: usize,
    recipients: Vec<G::Point>,
    /// H, of which nobody would know the logarithm in earnest.
    blinding: G::Point,
    bases: G::Bases,
}

/// One key's part of a dealing, decoded.
struct Dealt<G: Group> {
    coefficients: Decoded<G>,
    ephemeral: Decoded<G>,
    encrypted: Decoded<G>,
    commitments: Decoded<G>,
    challenge: G::Scalar,
    responses: Responses<G>,
    range: Vec<u8>,
}

/// To the nonces of r, c, p and s.
struct Responses<G: Group> {
    randomness: G::Scalar,
    chunks: G::Scalar,
    blinding: G::Scalar,
    sum: G::Scalar,
}

/// w_i, v_j, and what does not depend on the proof.
struct Weights<G: Group> {
    chunks: Vec<G::Scalar>,
    recipients: Vec<G::Scalar>,
    /// w_i·v_j, recipient by recipient.
    both: Vec<G::Scalar>,
    /// Y.
    key: G::Point,
}

/// What the dealer keeps to itself.
struct Secrets<G: Group> {
    coefficients: Vec<G::Scalar>,
    randomness: Vec<G::Scalar>,
    /// Recipient by recipient.
    chunks: Vec<u64>,
    blindings: Vec<G::Scalar>,
}

impl<G: Group> ChunkedDealing<G> {
    pub fn new(group: G, keys: usize, recipients: u16) -> Self {
        let rng = &mut StdRng::seed_from_u64(1);
        let blinding = group.generator_times(&group.random(rng));
        let secrets = secret_keys(&group, recipients);
        let recipients: Vec<_> = secrets.iter().map(|secret| group.generator_times(secret)).collect();
        let bases = group.bases(&blinding, BITS, recipients.len() * CHUNKS);
        Self { threshold: recipients.len() * 2 / 3 + 1, group, keys, recipients, blinding, bases }
    }

    fn secrets(&self, rng: &mut StdRng) -> Secrets<G> {
        let mut random = |count| (0..count).map(|_| self.group.random(rng)).collect::<Vec<_>>();
        let coefficients = random(self.threshold);
        let shares = (1..).take(self.recipients.len()).map(|recipient| evaluate(&coefficients, recipient));
        let chunks = shares.flat_map(|share| chunks(&self.group.little_endian(&share))).collect();
        let blindings = random(self.recipients.len() * CHUNKS);
        Secrets { coefficients, randomness: random(CHUNKS), chunks, blindings }
    }

    fn multiples(&self, scalars: &[G::Scalar]) -> Vec<u8> {
        let points: Vec<_> = scalars.iter().map(|scalar| self.group.generator_times(scalar)).collect();
        self.group.encode(&points)
    }

    /// E_ji, recipient by recipient.
    fn encrypt(&self, secrets: &Secrets<G>) -> Vec<u8> {
        let pads = |key| secrets.randomness.iter().map(move |randomness| self.group.times(key, randomness));
        let chunks = secrets.chunks.iter().map(|chunk| self.group.generator_times(&G::Scalar::from(*chunk)));
        let points: Vec<_> =
            self.recipients.iter().flat_map(pads).zip(chunks).map(|(pad, chunk)| pad + chunk).collect();
        self.group.encode(&points)
    }

    fn transcript(&self, parts: [&[u8]; 3]) -> Transcript {
        let mut transcript = Transcript::new(b"dealing");
        self.group.append(&mut transcript, b"recipients", &self.recipients);
        self.group.append(&mut transcript, b"H", &[self.blinding]);
        parts.iter().for_each(|part| transcript.append_message(b"part", part));
        transcript
    }

    fn weights(&self, transcript: &mut Transcript) -> Weights<G> {
        let mut draw = |count| weights(&self.group, transcript, count);
        let (chunks, recipients) = (draw(CHUNKS), draw(self.recipients.len()));
        let both = recipients.iter().flat_map(|factor| scaled(*factor, &chunks)).collect();
        Weights { key: self.group.sum_vartime(&recipients, &self.recipients), chunks, recipients, both }
    }

    fn deal_key(&self, rng: &mut StdRng) -> Vec<u8> {
        let (group, secrets) = (&self.group, self.secrets(rng));
        let (coefficients, ephemeral) = (self.multiples(&secrets.coefficients), self.multiples(&secrets.randomness));
        let encrypted = self.encrypt(&secrets);
        let transcript = &mut self.transcript([&coefficients, &ephemeral, &encrypted]);
        let (range, commitments) = group.prove_range(&self.bases, transcript, &secrets.chunks, &secrets.blindings, rng);
        let proof = self.prove(transcript, &secrets, rng);
        [coefficients, ephemeral, encrypted, commitments, proof, range].concat()
    }

    fn prove(&self, transcript: &mut Transcript, secrets: &Secrets<G>, rng: &mut StdRng) -> Vec<u8> {
        let weights = self.weights(transcript);
        let mut random = || self.group.random(rng);
        let nonces = Responses { randomness: random(), chunks: random(), blinding: random(), sum: random() };
        let challenge = self.challenge(transcript, &self.announce(&nonces, &weights.key));
        let chunks: Vec<_> = secrets.chunks.iter().map(|chunk| G::Scalar::from(*chunk)).collect();
        let responses = [
            nonces.randomness + challenge * dot(&weights.chunks, &secrets.randomness),
            nonces.chunks + challenge * dot(&weights.both, &chunks),
            nonces.blinding + challenge * dot(&weights.both, &secrets.blindings),
            nonces.sum + challenge * dot(&places::<G>(), &secrets.randomness),
        ];
        std::iter::once(&challenge).chain(&responses).flat_map(|scalar| self.group.little_endian(scalar)).collect()
    }

    /// kr·G, kc·G + kr·Y, kc·G + kp·H, ks·G, ks·Y.
    fn announce(&self, nonces: &Responses<G>, key: &G::Point) -> [G::Point; 5] {
        let group = &self.group;
        let chunks = group.generator_times(&nonces.chunks);
        [
            group.generator_times(&nonces.randomness),
            chunks + group.times(key, &nonces.randomness),
            chunks + group.times(&self.blinding, &nonces.blinding),
            group.generator_times(&nonces.sum),
            group.times(key, &nonces.sum),
        ]
    }

    fn check_key(&self, bytes: &[u8]) -> Option<Dealt<G>> {
        let dealt = self.decode(bytes)?;
        let parts = [&dealt.coefficients, &dealt.ephemeral, &dealt.encrypted].map(|part| &part.bytes[..]);
        let transcript = &mut self.transcript(parts);
        self.group.verify_range(&self.bases, transcript, &dealt.commitments, &dealt.range)?;
        let weights = self.weights(transcript);
        let announced = self.announced(&dealt, &weights);
        (self.challenge(transcript, &announced) == dealt.challenge).then_some(dealt)
    }

    /// What the dealer announced if the responses are right.
    fn announced(&self, dealt: &Dealt<G>, weights: &Weights<G>) -> [G::Point; 5] {
        let Responses { randomness, chunks, blinding, sum } = dealt.responses;
        let (generator, key, places) = (self.group.generator(), weights.key, places::<G>());
        let less = |weights: &[G::Scalar], points: &[G::Point], terms: &[(G::Scalar, G::Point)]| {
            let (factors, more): (Vec<_>, Vec<_>) = terms.iter().copied().unzip();
            let scalars: Vec<_> = scaled(-dealt.challenge, weights).chain(factors).collect();
            self.group.sum_vartime(&scalars, &[points, &more].concat())
        };
        let (ephemeral, encrypted) = (&dealt.ephemeral.points, &dealt.encrypted.points);
        let shares: Vec<_> = weights.recipients.iter().flat_map(|factor| scaled(*factor, &places)).collect();
        let shares = [shares, self.coefficient_weights(&weights.recipients)].concat();
        let share_points = [&encrypted[..], &dealt.coefficients.points].concat();
        [
            less(&weights.chunks, ephemeral, &[(randomness, generator)]),
            less(&weights.both, encrypted, &[(chunks, generator), (randomness, key)]),
            less(&weights.both, &dealt.commitments.points, &[(chunks, generator), (blinding, self.blinding)]),
            less(&places, ephemeral, &[(sum, generator)]),
            less(&shares, &share_points, &[(sum, key)]),
        ]
    }

    /// Of each A_n in the sum of all v_j·X_j, negated.
    fn coefficient_weights(&self, recipients: &[G::Scalar]) -> Vec<G::Scalar> {
        let powers: Vec<_> = (1..).take(recipients.len()).map(|at: u64| powers(at.into(), self.threshold)).collect();
        let weight = |n| recipients.iter().zip(&powers).map(|(factor, powers)| -*factor * powers[n]).sum();
        (0..self.threshold).map(weight).collect()
    }

    fn challenge(&self, transcript: &mut Transcript, announced: &[G::Point; 5]) -> G::Scalar {
        self.group.append(transcript, b"announced", announced);
        self.group.challenge(transcript)
    }

    fn decode(&self, bytes: &[u8]) -> Option<Dealt<G>> {
        let mut rest = bytes;
        let mut points = |count: usize| {
            let points;
            (points, rest) = rest.split_at_checked(count * G::POINT)?;
            self.group.decode_with_bytes(points)
        };
        let each = self.recipients.len() * CHUNKS;
        let (coefficients, ephemeral) = (points(self.threshold)?, points(CHUNKS)?);
        let (encrypted, commitments) = (points(each)?, points(each)?);
        let (scalars, range) = rest.split_at_checked(5 * SCALAR)?;
        let scalars = scalars.chunks(SCALAR).map(|word| self.group.scalar(word)).collect::<Option<Vec<_>>>()?;
        let [challenge, randomness, chunks, blinding, sum] = scalars.try_into().ok()?;
        let responses = Responses { randomness, chunks, blinding, sum };
        Some(Dealt { coefficients, ephemeral, encrypted, commitments, challenge, responses, range: range.to_vec() })
    }
}

impl<G: Group> Dealing for ChunkedDealing<G> {
    fn name(&self) -> String {
        format!("chunked ElGamal, {}", self.group.range_proof())
    }

    fn curve(&self) -> CurveId {
        self.group.curve()
    }

    fn deal(&self) -> Vec<u8> {
        let rng = &mut StdRng::from_entropy();
        (0..self.keys).flat_map(|_| self.deal_key(rng)).collect()
    }

    fn verify(&self, bytes: &[u8]) -> Option<()> {
        bytes.chunks(bytes.len() / self.keys).try_for_each(|piece| self.check_key(piece).map(drop))
    }
}

/// Of the recipients.
fn secret_keys<G: Group>(group: &G, recipients: u16) -> Vec<G::Scalar> {
    let rng = &mut StdRng::seed_from_u64(2);
    (0..recipients).map(|_| group.random(rng)).collect()
}

/// Of 16 bits, the lowest first.
fn chunks(little_endian: &[u8; SCALAR]) -> impl Iterator<Item = u64> + use<> {
    let pairs: Vec<u64> =
        little_endian.chunks(2).map(|pair| u64::from(u16::from_le_bytes([pair[0], pair[1]]))).collect();
    pairs.into_iter()
}

/// 2^(16·i).
fn places<G: Group>() -> Vec<G::Scalar> {
    powers(G::Scalar::from(1 << BITS), CHUNKS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::group::Ristretto;
    use std::collections::HashMap;

    #[test]
    fn every_recipient_opens_the_share_that_the_commitments_say() {
        let dealing = ChunkedDealing::new(Ristretto, 1, 4);
        let dealt = dealing.check_key(&dealing.deal()).expect("an honest dealing");
        let multiple = |chunk: u64| Ristretto.generator_times(&chunk.into()).compress();
        let table: HashMap<_, u64> = (0..1 << BITS).map(|chunk| (multiple(chunk), chunk)).collect();
        let secrets = secret_keys(&Ristretto, 4);
        for ((secret, encrypted), at) in secrets.iter().zip(dealt.encrypted.points.chunks(CHUNKS)).zip(1u64..) {
            let pairs = encrypted.iter().zip(&dealt.ephemeral.points);
            let chunks = pairs.map(|(encrypted, ephemeral)| table[&(encrypted - secret * ephemeral).compress()]);
            let share = dot(&chunks.map(Into::into).collect::<Vec<_>>(), &places::<Ristretto>());
            let public = Ristretto.sum_vartime(&powers(at.into(), dealing.threshold), &dealt.coefficients.points);
            assert_eq!(Ristretto.generator_times(&share), public);
        }
    }
}
