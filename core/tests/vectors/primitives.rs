//! Chapters 3, 4 and 12 of the specification.

use crate::input::{Input, hexes, pair as both, unhex};
use relight::curve::{CurvePoint, KeyCurve, SecretScalar};
use relight::pairing::{G1Affine, G2Affine, Scalar, pairing};
use relight::sharing::{Identifier, Threshold, VssCommitment};
use relight::{Derivation, Error, vectors};
use serde_json::{Value, json};

pub(crate) const OPERATIONS: &crate::Table = &[
    ("xof", xof),
    ("hash_to_scalar", hash_to_scalar),
    ("point", point),
    ("point_g2", point_g2),
    ("scalar", scalar),
    ("hash_g2", hash_g2),
    ("pair", pair),
    ("threshold", threshold),
    ("supermajority", supermajority),
    ("commit", commit),
    ("feldman", feldman),
    ("lagrange", lagrange),
    ("interpolate", interpolate),
    ("schnorr_prove", schnorr_prove),
    ("schnorr", schnorr),
    ("derive_secret", derive_secret),
    ("derive_public", derive_public),
    ("augment", augment),
];

fn slices(parts: &[Vec<u8>]) -> Vec<&[u8]> {
    parts.iter().map(Vec::as_slice).collect()
}

fn xof(input: &Input<'_>) -> Result<Value, Error> {
    let (label, parts) = (input.text("label"), input.byte_strings("parts"));
    let output = vectors::xof(label, &slices(&parts), input.u16("length").into());
    Ok(json!({"frame": hex::encode(vectors::frame(label, &slices(&parts))), "output": hex::encode(output)}))
}

fn hash_to_scalar(input: &Input<'_>) -> Result<Value, Error> {
    let parts = input.byte_strings("parts");
    let scalar = vectors::hash_to_scalar(input.curve()?, input.text("label"), &slices(&parts));
    Ok(json!({"scalar": hex::encode(scalar)}))
}

fn doubled<C: KeyCurve>(point: &CurvePoint) -> Vec<u8> {
    let point = C::decode_point(point.as_bytes()).unwrap();
    C::encode_point(&(point + point))
}

fn point(input: &Input<'_>) -> Result<Value, Error> {
    let point = input.point("point")?;
    Ok(json!({"doubled": hex::encode(with_curve!(point.curve(), C => doubled::<C>(&point)))}))
}

fn g2(input: &Input<'_>, field: &str) -> Result<G2Affine, Error> {
    G2Affine::decode(&input.bytes(field)).ok_or(Error::InvalidPoint)
}

fn point_g2(input: &Input<'_>) -> Result<Value, Error> {
    let doubled = g2(input, "point")? * Scalar::from(2);
    Ok(json!({"doubled": hex::encode(doubled.encode())}))
}

fn scalar(input: &Input<'_>) -> Result<Value, Error> {
    let secret = input.secret("scalar", input.curve()?)?;
    Ok(json!({"public": hex::encode(secret.public().as_bytes())}))
}

fn hash_g2(input: &Input<'_>) -> Result<Value, Error> {
    Ok(json!({"point": hex::encode(G2Affine::hash(&input.bytes("message")).encode())}))
}

fn pair(input: &Input<'_>) -> Result<Value, Error> {
    let p = G1Affine::decode(&input.bytes("p")).ok_or(Error::InvalidPoint)?;
    Ok(json!({"gt": hex::encode(pairing(&p, &g2(input, "q")?).encode())}))
}

fn threshold(input: &Input<'_>) -> Result<Value, Error> {
    Threshold::new(input.u16("threshold"), input.u16("parties"))?;
    Ok(json!({}))
}

fn supermajority(input: &Input<'_>) -> Result<Value, Error> {
    Ok(json!({"threshold": Threshold::supermajority(input.u16("parties"))?.get()}))
}

fn commit(input: &Input<'_>) -> Result<Value, Error> {
    let coefficients = input.secrets("coefficients", input.curve()?)?;
    let (commitment, shares) = vectors::commit(&coefficients, &input.identifiers("identifiers")?)?;
    let shares = hexes(shares.iter().map(SecretScalar::expose_bytes));
    Ok(json!({"commitment": hex::encode(commitment.encode()), "shares": shares}))
}

fn feldman(input: &Input<'_>) -> Result<Value, Error> {
    let commitment = input.commitment()?;
    let shares = commitment.public_shares(&input.identifiers("identifiers")?)?;
    Ok(json!({
        "curve": commitment.curve().number(),
        "threshold": commitment.threshold().get(),
        "public_key": hex::encode(commitment.public_key().as_bytes()),
        "public_shares": hexes(shares.iter().map(CurvePoint::as_bytes)),
    }))
}

fn lagrange(input: &Input<'_>) -> Result<Value, Error> {
    let (curve, at) = (input.curve()?, input.bytes("at"));
    let at = if at.is_empty() { None } else { Some(Identifier::from_bytes(&at)?) };
    let (identifiers, shares) = (input.identifiers("identifiers")?, input.secrets("shares", curve)?);
    let weights = vectors::lagrange_at(curve, &identifiers, at.as_ref())?;
    let secret = vectors::weighted_sum(curve, &weights, &shares)?;
    Ok(json!({"weights": hexes(weights), "secret": hex::encode(secret)}))
}

fn interpolate(input: &Input<'_>) -> Result<Value, Error> {
    let curve = input.curve()?;
    let threshold = Threshold::new(input.u16("threshold"), u16::MAX)?;
    let share = |value: &Value| {
        let (identifier, point) = both(value);
        Ok((Identifier::from_bytes(&unhex(identifier))?, CurvePoint::from_bytes(curve, &unhex(point))?))
    };
    let shares: Vec<_> = input.list("shares").iter().map(share).collect::<Result<_, Error>>()?;
    Ok(json!({"commitment": hex::encode(VssCommitment::from_shares(threshold, &shares)?.encode())}))
}

fn augment(input: &Input<'_>) -> Result<Value, Error> {
    let augmented = Derivation::augmented(&input.point("public")?, &input.bytes("message"));
    Ok(json!({"augmented": hex::encode(augmented)}))
}

fn schnorr_prove(input: &Input<'_>) -> Result<Value, Error> {
    let (secret, mut rng) = (input.secret("secret", input.curve()?)?, input.randomness());
    let proof = vectors::prove_possession(input.text("purpose"), &input.bytes("binding"), &secret, &mut rng)?;
    rng.finish();
    Ok(json!({"public": hex::encode(secret.public().as_bytes()), "proof": hex::encode(proof)}))
}

fn schnorr(input: &Input<'_>) -> Result<Value, Error> {
    let (binding, proof) = (input.bytes("binding"), input.bytes("proof"));
    vectors::verify_possession(input.text("purpose"), &binding, &input.point("public")?, &proof)?;
    Ok(json!({}))
}

fn derivation(input: &Input<'_>) -> Result<Derivation, Error> {
    Derivation::with_tag(input.curve()?, &input.bytes("info"), &input.bytes("dst"))
}

/// The hash of the identifier, h: what derives from two roots of one is 1 + h.
fn tweak<C: KeyCurve>(derivation: &Derivation) -> Result<Vec<u8>, Error> {
    let one = SecretScalar::from_bytes(C::ID, &C::scalar_bytes(&C::Scalar::from(1)))?;
    let derived = derivation.secret([&one, &one])?;
    let derived = C::decode_scalar(derived.expose_bytes()).unwrap();
    Ok(C::scalar_bytes(&(derived - C::Scalar::from(1))).to_vec())
}

fn derive_secret(input: &Input<'_>) -> Result<Value, Error> {
    let (derivation, roots) = (derivation(input)?, input.secrets("roots", input.curve()?)?);
    let derived = derivation.secret(&roots)?;
    let tweak = with_curve!(input.curve()?, C => tweak::<C>(&derivation))?;
    Ok(json!({"tweak": hex::encode(tweak), "derived": hex::encode(derived.expose_bytes())}))
}

fn derive_public(input: &Input<'_>) -> Result<Value, Error> {
    let roots = input.byte_strings("roots");
    let roots = roots.iter().map(|root| CurvePoint::from_bytes(input.curve()?, root));
    let derived = derivation(input)?.public(&roots.collect::<Result<Vec<_>, _>>()?)?;
    Ok(json!({"derived": hex::encode(derived.as_bytes())}))
}

/// The encodings of VSS commitments.
pub(crate) fn commitments<'a>(commitments: impl IntoIterator<Item = &'a VssCommitment>) -> Vec<String> {
    hexes(commitments.into_iter().map(VssCommitment::encode))
}
