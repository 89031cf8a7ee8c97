//! Verifiable encryption from a distributed key generation in the prover's head, robust variant: the published crate
//! `verifiable_encryption`. It encrypts several secrets of one commitment together, but not those of several public
//! shares: those take a proof each.

use crate::Scheme;
use ark_ec::{AffineRepr, CurveGroup};
use ark_secp256k1::{Affine, Fr};
use ark_serialize::{CanonicalDeserialize, CanonicalSerialize};
use blake2::Blake2b512;
use dock_crypto_utils::elgamal::{BatchedHashedElgamalCiphertext, SecretKey, keygen};
use dock_crypto_utils::transcript::{Transcript, new_merlin_transcript};
use rand_08::SeedableRng;
use rand_08::rngs::StdRng;
use verifiable_encryption::tz_21::rdkgith::RdkgithProof;

/// As many instances as in Relight's first parameter set, and as few that a cheater could guess.
const PARTIES: usize = 132;
const REVEALED: usize = 64;

type Proof = RdkgithProof<Affine, BatchedHashedElgamalCiphertext<Affine>, PARTIES, REVEALED>;

/// Secrets on secp256k1, each encrypted on its own.
pub struct DkgInTheHead {
    secrets: Vec<Fr>,
    publics: Vec<Affine>,
    decryption_key: SecretKey<Fr>,
    encryption_key: Affine,
}

impl DkgInTheHead {
    pub fn new(keys: usize) -> Self {
        let rng = &mut StdRng::seed_from_u64(1);
        let secrets: Vec<Fr> = (0..keys).map(|_| SecretKey::new(rng).0).collect();
        let publics = secrets.iter().map(|secret| (Affine::generator() * secret).into_affine()).collect();
        let (decryption_key, encryption_key) = keygen(rng, &Affine::generator());
        Self { secrets, publics, decryption_key, encryption_key: encryption_key.0 }
    }

    fn transcript(&self, public: &Affine) -> impl Transcript + use<> {
        let mut transcript = new_merlin_transcript(b"share");
        transcript.append(b"encryption key", &self.encryption_key);
        transcript.append(b"public share", public);
        transcript
    }

    fn prove(&self, secret: &Fr, public: &Affine, bytes: &mut Vec<u8>) {
        let (generator, transcript) = (Affine::generator(), &mut self.transcript(public));
        let (rng, key) = (&mut StdRng::from_entropy(), &self.encryption_key);
        let proof = Proof::new::<_, Blake2b512>(rng, vec![*secret], &[generator], key, &generator, transcript);
        proof.expect("valid parameters").serialize_compressed(bytes).expect("memory never fails");
    }

    fn check(&self, public: &Affine, reader: &mut &[u8]) -> Proof {
        let proof = Proof::deserialize_compressed(reader).expect("an honest encoding");
        let (generator, transcript) = (Affine::generator(), &mut self.transcript(public));
        let verdict = proof.verify::<Blake2b512>(public, &[generator], &self.encryption_key, &generator, transcript);
        verdict.expect("an honest proof");
        proof
    }
}

impl Scheme for DkgInTheHead {
    type Verified = Vec<Proof>;

    fn name(&self) -> String {
        format!("DKG in the head ({PARTIES}, {REVEALED}), secp256k1")
    }

    fn encrypt(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.secrets.iter().zip(&self.publics).for_each(|(secret, public)| self.prove(secret, public, &mut bytes));
        bytes
    }

    fn verify(&self, mut bytes: &[u8]) -> Vec<Proof> {
        self.publics.iter().map(|public| self.check(public, &mut bytes)).collect()
    }

    fn decrypt(&self, verified: &Vec<Proof>) {
        for (proof, public) in verified.iter().zip(&self.publics) {
            // Anybody can compress; one ciphertext is enough if the prover was honest.
            let compressed = proof.compress::<1, Blake2b512>().expect("valid parameters");
            let secret = compressed.decrypt::<Blake2b512>(&self.decryption_key.0, public, &[Affine::generator()]);
            secret.expect("an honest proof");
        }
    }
}
