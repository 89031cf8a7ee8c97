//! A recovery party for ElGamal: nine members, seven of which decrypt.
//!
//! A member with the share d of the key answers for the ephemeral points R_i with D_i = d·R_i, and one proof that all of
//! them have the logarithm of its public share: of log_G Y = log_R D, where R and D are sums with random weights.

use crate::group::{Group, SCALAR, Scalar, powers, scaled};
use merlin::Transcript;
use rand_08::SeedableRng;
use rand_08::rngs::StdRng;

pub const MEMBERS: u16 = 9;
pub const THRESHOLD: u16 = 7;

/// Who answers.
pub const ANSWERING: std::ops::RangeInclusive<u16> = MEMBERS - THRESHOLD + 1..=MEMBERS;

/// What a member sends.
#[derive(Clone)]
pub struct Answer {
    pub member: u16,
    pub bytes: Vec<u8>,
}

pub struct Party<G: Group> {
    /// The recovery key.
    pub key: G::Point,
    shares: Vec<G::Scalar>,
    public_shares: Vec<G::Point>,
}

impl<G: Group> Party<G> {
    pub fn new(group: &G) -> Self {
        let rng = &mut StdRng::seed_from_u64(2);
        let coefficients: Vec<_> = (0..THRESHOLD).map(|_| group.random(rng)).collect();
        let shares: Vec<_> = (1..=MEMBERS).map(|member| evaluate(&coefficients, u64::from(member))).collect();
        let public_shares = shares.iter().map(|share| group.generator_times(share)).collect();
        Self { key: group.generator_times(&coefficients[0]), shares, public_shares }
    }

    /// What a member answers for ephemeral points.
    pub fn answer(&self, group: &G, member: u16, ephemeral: &[G::Point]) -> Answer {
        let share = &self.shares[usize::from(member) - 1];
        let points: Vec<_> = ephemeral.iter().map(|point| group.times(point, share)).collect();
        let mut bytes = group.encode(&points);
        let transcript = &mut self.transcript(group, member, ephemeral, &bytes);
        let base = group.sum_vartime(&weights(group, transcript, points.len()), ephemeral);
        let nonce = group.random(&mut StdRng::from_entropy());
        let challenge = challenge(group, transcript, [group.generator_times(&nonce), group.times(&base, &nonce)]);
        let response = nonce + challenge * *share;
        bytes.extend([challenge, response].iter().flat_map(|scalar| group.little_endian(scalar)));
        Answer { member, bytes }
    }

    /// Whether an answer is right.
    pub fn check(&self, group: &G, answer: &Answer, ephemeral: &[G::Point]) -> Option<()> {
        let (bytes, scalars) = answer.bytes.split_at_checked(ephemeral.len() * G::POINT)?;
        let (claimed, response) = scalars.split_at_checked(SCALAR)?;
        let (claimed, response) = (group.scalar(claimed)?, group.scalar(response)?);
        let transcript = &mut self.transcript(group, answer.member, ephemeral, bytes);
        let weights = weights(group, transcript, ephemeral.len());
        let public = self.public_shares[usize::from(answer.member) - 1];
        let announced = group.sum_vartime(&[response, -claimed], &[group.generator(), public]);
        let scalars: Vec<_> = scaled(response, &weights).chain(scaled(-claimed, &weights)).collect();
        let points = [ephemeral, &group.decode(bytes)?].concat();
        let announced = [announced, group.sum_vartime(&scalars, &points)];
        (challenge(group, transcript, announced) == claimed).then_some(())
    }

    /// The recovery key's private half times each ephemeral point, if the answers are right.
    pub fn combine(&self, group: &G, answers: &[Answer]) -> Option<Vec<G::Point>> {
        let weights =
            weights_at_zero(group, &answers.iter().map(|answer| u64::from(answer.member)).collect::<Vec<_>>());
        let decode = |answer: &Answer| group.decode(answer.bytes.split_last_chunk::<{ 2 * SCALAR }>()?.0);
        let points: Vec<Vec<G::Point>> = answers.iter().map(decode).collect::<Option<_>>()?;
        let at = |place| points.iter().map(|points| points[place]).collect::<Vec<_>>();
        Some((0..points[0].len()).map(|place| group.sum_vartime(&weights, &at(place))).collect())
    }

    fn transcript(&self, group: &G, member: u16, ephemeral: &[G::Point], bytes: &[u8]) -> Transcript {
        let mut transcript = Transcript::new(b"answer");
        group.append(&mut transcript, b"public share", &self.public_shares[usize::from(member) - 1..][..1]);
        group.append(&mut transcript, b"R", ephemeral);
        transcript.append_message(b"D", bytes);
        transcript
    }
}

/// The value of the polynomial.
pub fn evaluate<S: Scalar>(coefficients: &[S], at: u64) -> S {
    coefficients.iter().zip(powers(S::from(at), coefficients.len())).map(|(a, b)| *a * b).sum()
}

/// Of 128 bits, from a transcript that has all that they weigh.
pub fn weights<G: Group>(group: &G, transcript: &mut Transcript, count: usize) -> Vec<G::Scalar> {
    let weight = |_| {
        let mut wide = [0; 2 * SCALAR];
        transcript.challenge_bytes(b"weight", &mut wide[..16]);
        group.reduce(&wide)
    };
    (0..count).map(weight).collect()
}

/// Lagrange's.
pub fn weights_at_zero<G: Group>(group: &G, points: &[u64]) -> Vec<G::Scalar> {
    let weight = |point: &u64| {
        let others = || points.iter().filter(move |other| *other != point);
        let numerator = others().fold(G::Scalar::from(1), |product, other| product * G::Scalar::from(*other));
        let difference = |other: &u64| G::Scalar::from(*other) - G::Scalar::from(*point);
        let denominator = others().fold(G::Scalar::from(1), |product, other| product * difference(other));
        numerator * group.invert(&denominator)
    };
    points.iter().map(weight).collect()
}

fn challenge<G: Group>(group: &G, transcript: &mut Transcript, announced: [G::Point; 2]) -> G::Scalar {
    group.append(transcript, b"announced", &announced);
    group.challenge(transcript)
}
