//! Exponent ElGamal, byte by byte, with an aggregated range proof by the published crate `bulletproofs`: what is in
//! use today for backups of key shares, without the threshold.
//!
//! A secret x is split in 32 bytes b_i. Each is encrypted as R_i = r_i·G, E_i = b_i·G + r_i·Y. The E_i are Pedersen
//! commitments to the bases G and Y, so that one range proof shows that all b_i are bytes. A Schnorr proof over random
//! weights w_i shows that R_i and E_i have the same r_i: sum of w_i·R_i = r·G, sum of w_i·E_i = b·G + r·Y. Another one
//! shows that the bytes are those of x: sum of 256^i·R_i = s·G, sum of 256^i·E_i - X = s·Y. They share a challenge.

use crate::Scheme;
use bulletproofs::{BulletproofGens, PedersenGens, RangeProof};
use curve25519_dalek::constants::{RISTRETTO_BASEPOINT_POINT, RISTRETTO_BASEPOINT_TABLE};
use curve25519_dalek::ristretto::{CompressedRistretto, RistrettoPoint};
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::VartimeMultiscalarMul;
use merlin::Transcript;
use rand_08::rngs::StdRng;
use rand_08::{RngCore, SeedableRng};
use std::collections::HashMap;

const BYTES: usize = 32;
const BITS: usize = 8;

/// Secrets on Ristretto255, each encrypted on its own.
pub struct ExponentElGamal {
    secrets: Vec<Scalar>,
    decryption_key: Scalar,
    bases: PedersenGens,
    range_bases: BulletproofGens,
    /// Which byte a multiple of G stands for.
    bytes: HashMap<CompressedRistretto, u8>,
}

/// One encrypted secret, decoded.
pub struct Encrypted {
    points: [Vec<CompressedRistretto>; 2],
    range: RangeProof,
    challenge: Scalar,
    responses: Responses,
}

/// To the nonces of b, r and s.
struct Responses {
    value: Scalar,
    blinding: Scalar,
    sum: Scalar,
}

impl ExponentElGamal {
    pub fn new(keys: usize) -> Self {
        let rng = &mut StdRng::seed_from_u64(1);
        let decryption_key = Scalar::random(rng);
        let bases =
            PedersenGens { B: RISTRETTO_BASEPOINT_POINT, B_blinding: &decryption_key * RISTRETTO_BASEPOINT_TABLE };
        let bytes = (0..=255u8).map(|byte| ((&Scalar::from(byte) * RISTRETTO_BASEPOINT_TABLE).compress(), byte));
        Self {
            secrets: (0..keys).map(|_| Scalar::random(rng)).collect(),
            decryption_key,
            bases,
            range_bases: BulletproofGens::new(BITS, BYTES),
            bytes: bytes.collect(),
        }
    }

    fn publics(&self) -> impl Iterator<Item = RistrettoPoint> {
        self.secrets.iter().map(|secret| secret * RISTRETTO_BASEPOINT_TABLE)
    }

    fn transcript(&self, public: &RistrettoPoint, kems: &[CompressedRistretto]) -> Transcript {
        let mut transcript = Transcript::new(b"share");
        transcript.append_message(b"encryption key", self.bases.B_blinding.compress().as_bytes());
        transcript.append_message(b"public share", public.compress().as_bytes());
        kems.iter().for_each(|kem| transcript.append_message(b"R", kem.as_bytes()));
        transcript
    }

    fn prove(&self, secret: &Scalar, public: &RistrettoPoint, rng: &mut StdRng) -> Encrypted {
        let blindings: Vec<Scalar> = (0..BYTES).map(|_| Scalar::random(rng)).collect();
        let values: Vec<u64> = secret.as_bytes().iter().map(|byte| u64::from(*byte)).collect();
        let kems: Vec<_> = blindings.iter().map(|r| (r * RISTRETTO_BASEPOINT_TABLE).compress()).collect();
        let transcript = &mut self.transcript(public, &kems);
        let (bases, range_bases) = (&self.bases, &self.range_bases);
        let (range, commitments) =
            RangeProof::prove_multiple_with_rng(range_bases, bases, transcript, &values, &blindings, BITS, rng)
                .expect("bytes");
        let weights = weights(transcript);
        let nonces = Responses { value: random(rng), blinding: random(rng), sum: random(rng) };
        let challenge = challenge(transcript, &self.announce(&nonces));
        let values: Vec<Scalar> = values.into_iter().map(Scalar::from).collect();
        let responses = Responses {
            value: nonces.value + challenge * dot(&weights, &values),
            blinding: nonces.blinding + challenge * dot(&weights, &blindings),
            sum: nonces.sum + challenge * dot(&places(), &blindings),
        };
        Encrypted { points: [kems, commitments], range, challenge, responses }
    }

    /// kr·G, kb·G + kr·Y, ks·G, ks·Y.
    fn announce(&self, nonces: &Responses) -> [RistrettoPoint; 4] {
        [
            &nonces.blinding * RISTRETTO_BASEPOINT_TABLE,
            self.bases.commit(nonces.value, nonces.blinding),
            &nonces.sum * RISTRETTO_BASEPOINT_TABLE,
            nonces.sum * self.bases.B_blinding,
        ]
    }

    fn check(&self, encrypted: &Encrypted, public: &RistrettoPoint) {
        let [kems, commitments] = &encrypted.points;
        let transcript = &mut self.transcript(public, kems);
        let range = &encrypted.range;
        range.verify_multiple(&self.range_bases, &self.bases, transcript, commitments, BITS).expect("an honest proof");
        let weights = weights(transcript);
        let announced = self.announced(encrypted, public, &weights);
        assert_eq!(challenge(transcript, &announced), encrypted.challenge, "an honest proof");
    }

    /// What the prover announced if the responses are right.
    fn announced(&self, encrypted: &Encrypted, public: &RistrettoPoint, weights: &[Scalar]) -> [RistrettoPoint; 4] {
        let Encrypted { points, challenge, responses, .. } = encrypted;
        let [kems, commitments] = points.each_ref().map(|points| decompress(points));
        let Responses { value, blinding, sum } = responses;
        let (generator, key) = (self.bases.B, self.bases.B_blinding);
        let places = places();
        let less = |weights: &[Scalar], points: &[RistrettoPoint], terms: &[(Scalar, RistrettoPoint)]| {
            let scalars = weights.iter().map(|weight| -challenge * weight).chain(terms.iter().map(|term| term.0));
            RistrettoPoint::vartime_multiscalar_mul(scalars, points.iter().chain(terms.iter().map(|term| &term.1)))
        };
        [
            less(weights, &kems, &[(*blinding, generator)]),
            less(weights, &commitments, &[(*value, generator), (*blinding, key)]),
            less(&places, &kems, &[(*sum, generator)]),
            less(&places, &commitments, &[(*sum, key), (*challenge, *public)]),
        ]
    }
}

impl Scheme for ExponentElGamal {
    type Verified = Vec<Encrypted>;

    fn name(&self) -> String {
        "exponent ElGamal by bytes with Bulletproofs, Ristretto255".into()
    }

    fn encrypt(&self) -> Vec<u8> {
        let rng = &mut StdRng::from_entropy();
        let pairs = self.secrets.iter().zip(self.publics());
        pairs.flat_map(|(secret, public)| self.prove(secret, &public, rng).encode()).collect()
    }

    fn verify(&self, bytes: &[u8]) -> Vec<Encrypted> {
        let encrypted: Vec<Encrypted> =
            bytes.chunks_exact(bytes.len() / self.secrets.len()).map(Encrypted::decode).collect();
        encrypted.iter().zip(self.publics()).for_each(|(encrypted, public)| self.check(encrypted, &public));
        encrypted
    }

    fn decrypt(&self, verified: &Vec<Encrypted>) {
        for (encrypted, public) in verified.iter().zip(self.publics()) {
            let [kems, commitments] = encrypted.points.each_ref().map(|points| decompress(points));
            let multiples = kems.iter().zip(commitments).map(|(kem, value)| value - self.decryption_key * kem);
            let bytes: Vec<u8> = multiples.map(|multiple| self.bytes[&multiple.compress()]).collect();
            let secret = Scalar::from_bytes_mod_order(bytes.try_into().expect("32 bytes"));
            assert_eq!(&secret * RISTRETTO_BASEPOINT_TABLE, public);
        }
    }
}

impl Encrypted {
    fn encode(&self) -> Vec<u8> {
        let Responses { value, blinding, sum } = &self.responses;
        let points = self.points.iter().flatten().map(CompressedRistretto::to_bytes);
        let scalars = [&self.challenge, value, blinding, sum].map(Scalar::to_bytes);
        points.chain(scalars).flatten().chain(self.range.to_bytes()).collect()
    }

    fn decode(bytes: &[u8]) -> Self {
        let (points, rest) = bytes.split_at(2 * BYTES * 32);
        let (scalars, range) = rest.split_at(4 * 32);
        let points = points.chunks_exact(32).map(|word| CompressedRistretto::from_slice(word).expect("32 bytes"));
        let points: Vec<CompressedRistretto> = points.collect();
        let (kems, commitments) = points.split_at(BYTES);
        let mut scalars = scalars.chunks_exact(32).map(|word| {
            let scalar = Scalar::from_canonical_bytes(word.try_into().expect("32 bytes"));
            scalar.expect("an honest encoding")
        });
        let [challenge, value, blinding, sum] = std::array::from_fn(|_| scalars.next().expect("four scalars"));
        Self {
            points: [kems.to_vec(), commitments.to_vec()],
            range: RangeProof::from_bytes(range).expect("an honest encoding"),
            challenge,
            responses: Responses { value, blinding, sum },
        }
    }
}

/// Of which a cheater knows none before the points are fixed.
fn weights(transcript: &mut Transcript) -> Vec<Scalar> {
    (0..BYTES).map(|_| challenge_scalar(transcript)).collect()
}

/// 256^i.
fn places() -> Vec<Scalar> {
    let base = Scalar::from(256u64);
    std::iter::successors(Some(Scalar::ONE), |place| Some(place * base)).take(BYTES).collect()
}

fn challenge(transcript: &mut Transcript, announced: &[RistrettoPoint; 4]) -> Scalar {
    announced.iter().for_each(|point| transcript.append_message(b"announced", point.compress().as_bytes()));
    challenge_scalar(transcript)
}

fn challenge_scalar(transcript: &mut Transcript) -> Scalar {
    let mut wide = [0; 64];
    transcript.challenge_bytes(b"scalar", &mut wide);
    Scalar::from_bytes_mod_order_wide(&wide)
}

fn random(rng: &mut StdRng) -> Scalar {
    let mut wide = [0; 64];
    rng.fill_bytes(&mut wide);
    Scalar::from_bytes_mod_order_wide(&wide)
}

fn dot(left: &[Scalar], right: &[Scalar]) -> Scalar {
    left.iter().zip(right).map(|(a, b)| a * b).sum()
}

fn decompress(points: &[CompressedRistretto]) -> Vec<RistrettoPoint> {
    points.iter().map(|point| point.decompress().expect("an honest encoding")).collect()
}
