//! Exponent ElGamal, byte by byte, with an aggregated range proof by a published crate: what is in use today for backups
//! of key shares. Decryption by threshold is ElGamal's own.
//!
//! A secret x is split in 32 bytes b_i. Each is encrypted as R_i = r_i·G, E_i = b_i·G + r_i·Y. The E_i are Pedersen
//! commitments to the bases G and Y, so that one range proof shows that all b_i are bytes. A Schnorr proof over random
//! weights w_i shows that R_i and E_i have the same r_i: sum of w_i·R_i = r·G, sum of w_i·E_i = b·G + r·Y. Another one
//! shows that the bytes are those of x: sum of 256^i·R_i = s·G, sum of 256^i·E_i - X = s·Y. They share a challenge.

use crate::group::{Decoded, Group, SCALAR, dot, powers, scaled};
use crate::party::{Answer, Party, weights};
use crate::scheme::Scheme;
use merlin::Transcript;
use rand_08::SeedableRng;
use rand_08::rngs::StdRng;
use relight::curve::CurveId;
use std::collections::HashMap;

const BYTES: usize = 32;
const BITS: usize = 8;

/// Secrets, each encrypted on its own.
pub struct ExponentElGamal<G: Group> {
    group: G,
    secrets: Vec<G::Scalar>,
    publics: Vec<G::Point>,
    party: Party<G>,
    bases: G::Bases,
    /// Which byte a multiple of G stands for.
    bytes: HashMap<Vec<u8>, u8>,
}

/// One encrypted secret, decoded.
pub struct Encrypted<G: Group> {
    ephemeral: Decoded<G>,
    commitments: Decoded<G>,
    challenge: G::Scalar,
    responses: Responses<G>,
    range: Vec<u8>,
}

/// To the nonces of b, r and s.
struct Responses<G: Group> {
    value: G::Scalar,
    blinding: G::Scalar,
    sum: G::Scalar,
}

impl<G: Group> ExponentElGamal<G> {
    pub fn new(group: G, keys: usize) -> Self {
        let rng = &mut StdRng::seed_from_u64(1);
        let secrets: Vec<_> = (0..keys).map(|_| group.random(rng)).collect();
        let multiple = |byte: u8| group.generator_times(&u64::from(byte).into());
        let bytes = (0..=u8::MAX).map(|byte| (group.encode(&[multiple(byte)]), byte)).collect();
        let party = Party::new(&group);
        let publics = secrets.iter().map(|secret| group.generator_times(secret)).collect();
        Self { bases: group.bases(&party.key, BITS, BYTES), group, secrets, publics, party, bytes }
    }

    fn transcript(&self, public: &G::Point, ephemeral: &[u8]) -> Transcript {
        let mut transcript = Transcript::new(b"share");
        self.group.append(&mut transcript, b"keys", &[self.party.key, *public]);
        transcript.append_message(b"R", ephemeral);
        transcript
    }

    fn prove(&self, secret: &G::Scalar, public: &G::Point, rng: &mut StdRng) -> Vec<u8> {
        let group = &self.group;
        let blindings: Vec<_> = (0..BYTES).map(|_| group.random(rng)).collect();
        let values = group.little_endian(secret).map(u64::from);
        let points: Vec<_> = blindings.iter().map(|blinding| group.generator_times(blinding)).collect();
        let ephemeral = group.encode(&points);
        let transcript = &mut self.transcript(public, &ephemeral);
        let (range, commitments) = group.prove_range(&self.bases, transcript, &values, &blindings, rng);
        let weights = weights(group, transcript, BYTES);
        let nonces = Responses { value: group.random(rng), blinding: group.random(rng), sum: group.random(rng) };
        let challenge = self.challenge(transcript, &self.announce(&nonces));
        let responses = Responses {
            value: nonces.value + challenge * dot(&weights, &values.map(G::Scalar::from)),
            blinding: nonces.blinding + challenge * dot(&weights, &blindings),
            sum: nonces.sum + challenge * dot(&places::<G>(), &blindings),
        };
        [ephemeral, commitments, self.encode(&challenge, &responses), range].concat()
    }

    /// kr·G, kb·G + kr·Y, ks·G, ks·Y.
    fn announce(&self, nonces: &Responses<G>) -> [G::Point; 4] {
        let (group, key) = (&self.group, &self.party.key);
        [
            group.generator_times(&nonces.blinding),
            group.generator_times(&nonces.value) + group.times(key, &nonces.blinding),
            group.generator_times(&nonces.sum),
            group.times(key, &nonces.sum),
        ]
    }

    fn check(&self, bytes: &[u8], public: &G::Point) -> Option<Encrypted<G>> {
        let encrypted = self.decode(bytes)?;
        let Encrypted { ephemeral, commitments, range, .. } = &encrypted;
        let transcript = &mut self.transcript(public, &ephemeral.bytes);
        self.group.verify_range(&self.bases, transcript, commitments, range)?;
        let weights = weights(&self.group, transcript, BYTES);
        let announced = self.announced(&encrypted, public, &weights);
        (self.challenge(transcript, &announced) == encrypted.challenge).then_some(encrypted)
    }

    /// What the prover announced if the responses are right.
    fn announced(&self, encrypted: &Encrypted<G>, public: &G::Point, weights: &[G::Scalar]) -> [G::Point; 4] {
        let Encrypted { ephemeral, commitments, challenge, responses, .. } = encrypted;
        let Responses { value, blinding, sum } = *responses;
        let (generator, key, places) = (self.group.generator(), self.party.key, places::<G>());
        let less = |weights: &[G::Scalar], points: &[G::Point], terms: &[(G::Scalar, G::Point)]| {
            let (factors, more): (Vec<_>, Vec<_>) = terms.iter().copied().unzip();
            let scalars: Vec<_> = scaled(-*challenge, weights).chain(factors).collect();
            self.group.sum_vartime(&scalars, &[points, &more].concat())
        };
        [
            less(weights, &ephemeral.points, &[(blinding, generator)]),
            less(weights, &commitments.points, &[(value, generator), (blinding, key)]),
            less(&places, &ephemeral.points, &[(sum, generator)]),
            less(&places, &commitments.points, &[(sum, key), (*challenge, *public)]),
        ]
    }

    fn challenge(&self, transcript: &mut Transcript, announced: &[G::Point; 4]) -> G::Scalar {
        self.group.append(transcript, b"announced", announced);
        self.group.challenge(transcript)
    }

    fn encode(&self, challenge: &G::Scalar, responses: &Responses<G>) -> Vec<u8> {
        let Responses { value, blinding, sum } = responses;
        [challenge, value, blinding, sum].into_iter().flat_map(|scalar| self.group.little_endian(scalar)).collect()
    }

    fn decode(&self, bytes: &[u8]) -> Option<Encrypted<G>> {
        let (ephemeral, rest) = bytes.split_at_checked(BYTES * G::POINT)?;
        let (commitments, rest) = rest.split_at_checked(BYTES * G::POINT)?;
        let (scalars, range) = rest.split_at_checked(4 * SCALAR)?;
        let scalars = scalars.chunks(SCALAR).map(|word| self.group.scalar(word)).collect::<Option<Vec<_>>>()?;
        let [challenge, value, blinding, sum] = scalars.try_into().ok()?;
        Some(Encrypted {
            ephemeral: self.group.decode_with_bytes(ephemeral)?,
            commitments: self.group.decode_with_bytes(commitments)?,
            challenge,
            responses: Responses { value, blinding, sum },
            range: range.to_vec(),
        })
    }

    fn open_one(&self, encrypted: &Encrypted<G>, unlocked: &[G::Point], public: &G::Point) -> Option<()> {
        let pairs = encrypted.commitments.points.iter().zip(unlocked);
        let multiples: Vec<_> = pairs.map(|(commitment, unlocked)| *commitment - *unlocked).collect();
        let encodings = self.group.encode(&multiples);
        let bytes = encodings.chunks(G::POINT).map(|multiple| self.bytes.get(multiple).copied());
        let secret = self.group.scalar(&bytes.collect::<Option<Vec<u8>>>()?)?;
        (self.group.generator_times(&secret) == *public).then_some(())
    }
}

impl<G: Group> Scheme for ExponentElGamal<G> {
    type Verified = Vec<Encrypted<G>>;
    type Unlocked = Vec<G::Point>;

    fn name(&self) -> String {
        format!("exponent ElGamal by bytes, {}", self.group.range_proof())
    }

    fn curve(&self) -> CurveId {
        self.group.curve()
    }

    fn encrypt(&self) -> Vec<u8> {
        let rng = &mut StdRng::from_entropy();
        let pairs = self.secrets.iter().zip(&self.publics);
        pairs.flat_map(|(secret, public)| self.prove(secret, public, rng)).collect()
    }

    fn verify(&self, bytes: &[u8]) -> Option<Vec<Encrypted<G>>> {
        let pieces = bytes.chunks_exact(bytes.len() / self.publics.len());
        pieces.zip(&self.publics).map(|(piece, public)| self.check(piece, public)).collect()
    }

    fn answer(&self, verified: &Vec<Encrypted<G>>, member: u16) -> Answer {
        self.party.answer(&self.group, member, &ephemeral(verified))
    }

    fn check(&self, verified: &Vec<Encrypted<G>>, answers: &[Answer]) -> Option<()> {
        let ephemeral = ephemeral(verified);
        answers.iter().try_for_each(|answer| self.party.check(&self.group, answer, &ephemeral))
    }

    fn combine(&self, answers: &[Answer]) -> Option<Vec<G::Point>> {
        self.party.combine(&self.group, answers)
    }

    fn open(&self, verified: &Vec<Encrypted<G>>, unlocked: &Vec<G::Point>) -> Option<()> {
        let mut keys = verified.iter().zip(unlocked.chunks(BYTES)).zip(&self.publics);
        keys.try_for_each(|((encrypted, unlocked), public)| self.open_one(encrypted, unlocked, public))
    }
}

/// Of all secrets.
fn ephemeral<G: Group>(verified: &[Encrypted<G>]) -> Vec<G::Point> {
    verified.iter().flat_map(|encrypted| encrypted.ephemeral.points.iter().copied()).collect()
}

/// 256^i.
fn places<G: Group>() -> Vec<G::Scalar> {
    powers(G::Scalar::from(256), BYTES)
}
