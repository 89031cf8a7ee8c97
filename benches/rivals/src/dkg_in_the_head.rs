//! Verifiable encryption from a distributed key generation in the prover's head, robust variant: the published crate
//! `verifiable_encryption`. It encrypts several secrets of one commitment together, but not those of several public
//! shares: those take a proof each.
//!
//! The crate decrypts with one key. Its hashed ElGamal shares that key like any other: a member multiplies the ephemeral
//! point of a ciphertext. One hidden ciphertext gives the secret if it is good, and at least one of the hidden ones is;
//! here the members answer for the first. Of a dishonest prover they would have to go through all of them.

use crate::group::{Arkworks, Group};
use crate::party::{Answer, Party, weights_at_zero};
use crate::scheme::Scheme;
use ark_ec::{AffineRepr, CurveGroup};
use ark_serialize::{CanonicalDeserialize, CanonicalSerialize};
use blake2::Blake2b512;
use dock_crypto_utils::elgamal::BatchedHashedElgamalCiphertext;
use dock_crypto_utils::transcript::{Transcript, new_merlin_transcript};
use rand_08::SeedableRng;
use rand_08::rngs::StdRng;
use relight::curve::CurveId;
use verifiable_encryption::tz_21::rdkgith::RdkgithProof;

/// As many instances as in Relight's first parameter set, and as few that a cheater could guess.
const PARTIES: usize = 132;
const REVEALED: usize = 64;

type Ciphertext<C> = BatchedHashedElgamalCiphertext<C>;
type Proof<C> = RdkgithProof<C, Ciphertext<C>, PARTIES, REVEALED>;

/// Secrets, each encrypted on its own.
pub struct DkgInTheHead<C: AffineRepr, const POINT: usize> {
    group: Arkworks<C, POINT>,
    secrets: Vec<C::ScalarField>,
    publics: Vec<C>,
    party: Party<Arkworks<C, POINT>>,
}

impl<C: AffineRepr, const POINT: usize> DkgInTheHead<C, POINT> {
    pub fn new(group: Arkworks<C, POINT>, keys: usize) -> Self {
        let rng = &mut StdRng::seed_from_u64(1);
        let secrets: Vec<_> = (0..keys).map(|_| group.random(rng)).collect();
        let publics = secrets.iter().map(|secret| group.generator_times(secret).into_affine()).collect();
        Self { party: Party::new(&group), group, secrets, publics }
    }

    fn key(&self) -> C {
        self.party.key.into_affine()
    }

    fn transcript(&self, public: &C) -> impl Transcript + use<C, POINT> {
        let mut transcript = new_merlin_transcript(b"share");
        transcript.append(b"encryption key", &self.key());
        transcript.append(b"public share", public);
        transcript
    }

    fn prove(&self, secret: &C::ScalarField, public: &C, bytes: &mut Vec<u8>) {
        let (generator, transcript) = (C::generator(), &mut self.transcript(public));
        let (rng, key) = (&mut StdRng::from_entropy(), &self.key());
        let proof = Proof::new::<_, Blake2b512>(rng, vec![*secret], &[generator], key, &generator, transcript);
        proof.expect("valid parameters").serialize_compressed(bytes).expect("memory never fails");
    }

    fn check(&self, public: &C, reader: &mut &[u8]) -> Option<Proof<C>> {
        let proof = Proof::deserialize_compressed(reader).ok()?;
        let (generator, transcript) = (C::generator(), &mut self.transcript(public));
        let verdict = proof.verify::<Blake2b512>(public, &[generator], &self.key(), &generator, transcript);
        verdict.is_ok().then_some(proof)
    }
}

impl<C: AffineRepr, const POINT: usize> Scheme for DkgInTheHead<C, POINT> {
    type Verified = Vec<Proof<C>>;
    type Unlocked = Vec<C::Group>;

    fn name(&self) -> String {
        "DKG in the head".into()
    }

    fn curve(&self) -> CurveId {
        self.group.curve()
    }

    fn encrypt(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.secrets.iter().zip(&self.publics).for_each(|(secret, public)| self.prove(secret, public, &mut bytes));
        bytes
    }

    fn verify(&self, mut bytes: &[u8]) -> Option<Vec<Proof<C>>> {
        self.publics.iter().map(|public| self.check(public, &mut bytes)).collect()
    }

    fn answer(&self, verified: &Vec<Proof<C>>, member: u16) -> Answer {
        self.party.answer(&self.group, member, &ephemeral(verified))
    }

    fn check(&self, verified: &Vec<Proof<C>>, answers: &[Answer]) -> Option<()> {
        let ephemeral = ephemeral(verified);
        answers.iter().try_for_each(|answer| self.party.check(&self.group, answer, &ephemeral))
    }

    fn combine(&self, answers: &[Answer]) -> Option<Vec<C::Group>> {
        self.party.combine(&self.group, answers)
    }

    fn open(&self, verified: &Vec<Proof<C>>, unlocked: &Vec<C::Group>) -> Option<()> {
        let mut keys = verified.iter().zip(unlocked).zip(&self.publics);
        keys.try_for_each(|((proof, unlocked), public)| {
            let secret = secret(&self.group, proof, unlocked.into_affine());
            (self.group.generator_times(&secret).into_affine() == *public).then_some(())
        })
    }
}

/// Of the first ciphertext of each secret.
fn ephemeral<C: AffineRepr>(verified: &[Proof<C>]) -> Vec<C::Group> {
    verified.iter().map(|proof| proof.ciphertexts[0].1.eph_pk.into()).collect()
}

/// From the share in the first ciphertext and the revealed ones.
fn secret<C: AffineRepr, const POINT: usize>(
    group: &Arkworks<C, POINT>,
    proof: &Proof<C>,
    unlocked: C,
) -> C::ScalarField {
    let (place, ciphertext) = &proof.ciphertexts[0];
    let hidden = ciphertext.encrypted[0] - Ciphertext::otp::<Blake2b512>(&unlocked, 0);
    let revealed = proof.shares_and_enc_rands.iter().map(|(place, shares, _)| (*place, shares[0]));
    let shares: Vec<_> = std::iter::once((*place, hidden)).chain(revealed).collect();
    // Parties count from one, their places from zero.
    let weights = weights_at_zero(group, &shares.iter().map(|(place, _)| u64::from(*place) + 1).collect::<Vec<_>>());
    shares.iter().zip(weights).map(|((_, share), weight)| *share * weight).sum()
}
