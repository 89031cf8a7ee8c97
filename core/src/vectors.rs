//! What the test vectors of `spec/vectors` reach below the public interface for. No part of that interface: it may
//! change with any release.

use crate::codec::{Reader, Writer};
use crate::curve::{CurveId, CurvePoint, KeyCurve, SecretScalar, with_curve};
use crate::encryption::{self, OpeningKey, Proof};
use crate::error::{Error, Result};
use crate::hash::{self, Xof};
use crate::identity;
use crate::pairing::{G2_LEN, G2Affine};
use crate::sharing::{self, Identifier, PartyIndex, Polynomial, SchnorrProof, VssCommitment};
use crate::statement::{self, RawStatement};
use crate::{
    Blinder, MemberKey, ParameterSet, Statement,
    dealing::{AgreedDealing, Ceremony, Dealings, VerifiedDealing},
    decryption::UnlockKey,
    identity::{IdentityKey, IdentityPublicKey, Purpose, Signature},
    recovery::Session,
    timestamp::Timestamp,
};
use alloc::vec;
use alloc::vec::Vec;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

/// The framing of a label and parts (spec §3.2).
pub fn frame(label: &str, parts: &[&[u8]]) -> Vec<u8> {
    hash::frame(label, parts)
}

/// The first `length` bytes of the hash of a label and parts (spec §3.2).
pub fn xof(label: &str, parts: &[&[u8]], length: usize) -> Vec<u8> {
    let mut output = vec![0; length];
    parts.iter().fold(Xof::new(label), |hash, part| hash.part(part)).fill(&mut output);
    output
}

/// The hash of a label and parts to a scalar, encoded (spec §3.3).
pub fn hash_to_scalar(curve: CurveId, label: &str, parts: &[&[u8]]) -> Vec<u8> {
    with_curve!(curve, C => {
        let hash = parts.iter().fold(Xof::for_scalar::<C>(label), |hash, part| hash.part(part));
        C::scalar_bytes(&hash.scalar::<C>()).to_vec()
    })
}

/// An encoded signature on its own (spec §3.6).
pub fn decode_signature(bytes: &[u8]) -> Result<Signature> {
    Reader::decode_all(bytes, Signature::read)
}

/// The commitments of a polynomial, and its values at the identifiers (spec §4.2, §4.3).
pub fn commit(coefficients: &[SecretScalar], identifiers: &[Identifier]) -> Result<(VssCommitment, Vec<SecretScalar>)> {
    let curve = coefficients.first().ok_or(Error::InvalidLength)?.curve();
    with_curve!(curve, C => {
        let scalars = coefficients.iter().map(|coefficient| Ok(*coefficient.scalar::<C>()?));
        let polynomial = Polynomial::<C>::new(Zeroizing::new(scalars.collect::<Result<_>>()?));
        let shares = identifiers.iter().map(|at| SecretScalar::from_scalar::<C>(&polynomial.evaluate(at)));
        Ok((polynomial.commit()?, shares.collect::<Result<_>>()?))
    })
}

/// The Lagrange weights at a point that is none of theirs, zero if none is given, encoded (spec §4.4).
pub fn lagrange_at(curve: CurveId, identifiers: &[Identifier], at: Option<&Identifier>) -> Result<Vec<Vec<u8>>> {
    with_curve!(curve, C => {
        Identifier::check::<C>(&identifiers.iter().chain(at).copied().collect::<Vec<_>>())?;
        let at = at.map_or(<C as KeyCurve>::Scalar::from(0u64), |at| at.field::<C>());
        let weights = sharing::lagrange_at::<C>(identifiers, at)?;
        Ok(weights.iter().map(|weight| C::scalar_bytes(weight).to_vec()).collect())
    })
}

/// The sum of weight·share, encoded (spec §4.4).
pub fn weighted_sum(curve: CurveId, weights: &[Vec<u8>], shares: &[SecretScalar]) -> Result<Vec<u8>> {
    with_curve!(curve, C => {
        let sum = weights.iter().zip(shares).try_fold(<C as KeyCurve>::Scalar::from(0u64), |sum, (weight, share)| {
            Ok(sum + *C::scalar_from_bytes(weight)? * *share.scalar::<C>()?)
        })?;
        Ok(C::scalar_bytes(&sum).to_vec())
    })
}

/// Compares two encoded statements, of which only the structure is decoded (spec §5.4).
pub fn expect(expected: &[u8], found: &[u8]) -> Result<()> {
    statement::expect(expected, &Reader::decode_all(found, RawStatement::read)?)
}

/// A Schnorr proof of a secret, encoded (spec §4.5).
pub fn prove_possession(
    purpose: &str,
    binding: &[u8],
    secret: &SecretScalar,
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>> {
    Ok(SchnorrProof::prove(purpose, binding, secret, rng)?.write(Writer::default()).finish())
}

/// Checks an encoded Schnorr proof (spec §4.5).
pub fn verify_possession(purpose: &str, binding: &[u8], public: &CurvePoint, proof: &[u8]) -> Result<()> {
    let proof = Reader::decode_all(proof, |reader| SchnorrProof::read(reader, public.curve()))?;
    proof.verify(purpose, binding, public)
}

/// The curves of a statement, ascending (spec §6.3).
pub fn curves(statement: &Statement) -> Vec<CurveId> {
    statement.curves()
}

/// The length of a proof for a statement (spec §6.7).
pub fn proof_length(statement: &Statement) -> usize {
    Proof::length_for(&statement.claim())
}

/// The length of every dealing of a ceremony (spec §9.3).
pub fn dealing_length(ceremony: &Ceremony) -> usize {
    ceremony.dealing_len()
}

/// The kept instances of a challenge, ascending (spec §6.4).
pub fn kept_instances(parameters: ParameterSet, challenge: &[u8; 32]) -> Vec<u16> {
    let kept = encryption::kept_instances(parameters, challenge);
    (0..).zip(kept).filter_map(|(index, kept)| kept.then_some(index)).collect()
}

/// A bare proof for a statement, encoded (spec §6.3).
pub fn encrypt(statement: &Statement, secrets: &[&SecretScalar], rng: &mut impl CryptoRng) -> Result<Vec<u8>> {
    let secrets: Vec<_> = secrets.iter().map(|secret| secret.as_value()).collect();
    Ok(encryption::encrypt(&statement.claim(), &secrets, rng)?.write(Writer::default()).finish())
}

/// Checks a bare proof (spec §6.5).
pub fn verify(statement: &Statement, proof: &[u8]) -> Result<()> {
    encryption::verify(&statement.claim(), &decode_proof(statement, proof)?)
}

/// What opens a compartment.
#[derive(Debug)]
pub enum Opener<'a> {
    /// The recovery party's combined decryption and the Blinder.
    Recovery(&'a G2Affine, &'a Blinder),
    /// The member's key.
    Member(&'a MemberKey),
}

/// Opens a compartment of a bare proof, verified or not (spec §6.6).
pub fn open(statement: &Statement, proof: &[u8], compartment: u16, opener: &Opener<'_>) -> Result<Vec<SecretScalar>> {
    let proof = decode_proof(statement, proof)?;
    let scalar = match opener {
        Opener::Recovery(_, blinder) => blinder.scalar()?,
        Opener::Member(key) => key.scalar()?,
    };
    let key = match opener {
        Opener::Recovery(unlock, _) => OpeningKey::Recovery { unlock, blinder: &scalar },
        Opener::Member(_) => OpeningKey::Member { key: &scalar },
    };
    let secrets = encryption::open(&statement.claim(), &proof, compartment, &key)?;
    secrets.into_iter().map(SecretScalar::try_from).collect()
}

/// The combined decryption in an unlock key, encoded (spec §7.4).
pub fn sigma(key: &UnlockKey) -> [u8; G2_LEN] {
    key.sigma().encode()
}

/// The dealing of chosen polynomials, one for each key, constant term first: what a dealer makes that does not draw them at
/// random (spec §9.2, from step 5).
pub fn deal(
    ceremony: &Ceremony,
    dealer: PartyIndex,
    identity: &IdentityKey,
    polynomials: &[&[SecretScalar]],
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>> {
    Ok(ceremony.deal_chosen(dealer, polynomials, rng)?.sign(identity)?.encode())
}

/// The dealings that a party keeps, also those of dealers that it expelled since (spec §9.4).
pub fn kept(dealings: &Dealings<'_>) -> Vec<AgreedDealing> {
    dealings.kept().collect()
}

/// What a wallet returned, as a signature (spec §3.7).
pub fn complete(purpose: Purpose, body: &[u8], identity: &IdentityPublicKey, returned: &[u8]) -> Result<Signature> {
    identity::complete(purpose, body, identity, returned)
}

/// The commitments that a dealing deals, in the order of the ceremony's keys (spec §9.3).
pub fn dealt_keys(dealing: &VerifiedDealing) -> &[VssCommitment] {
    &dealing.keys
}

/// A time as an algorithm takes it: any number, also one that an interface refuses (spec §2.6).
pub fn timestamp(seconds: u64) -> Timestamp {
    Timestamp::claimed(seconds)
}

/// The answers that a session has accepted, each as member, place and decryption share (spec §11.5).
pub fn accepted(session: &Session) -> Vec<(u16, u16, [u8; G2_LEN])> {
    session.accepted.all().map(|(place, share)| (share.member().get(), place, share.sigma())).collect()
}

/// The places of the statements of a session that are authorised (spec §11.5).
pub fn granted(session: &Session) -> Vec<u16> {
    session.granted.keys().copied().collect()
}

fn decode_proof(statement: &Statement, proof: &[u8]) -> Result<Proof> {
    Proof::decode(proof, &statement.claim())
}
