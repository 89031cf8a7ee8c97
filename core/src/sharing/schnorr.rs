//! Schnorr proofs (spec §4.5).

use crate::codec::{Reader, Writer};
use crate::curve::{CurveId, CurvePoint, KeyCurve, SecretScalar, with_curve};
use crate::error::{Error, Result};
use crate::hash::Xof;
use alloc::vec::Vec;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

/// A proof that its maker knows the discrete logarithm of a point, bound to a purpose and to given bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SchnorrProof {
    commitment: CurvePoint,
    /// A canonical scalar of the same curve.
    response: Vec<u8>,
}

impl SchnorrProof {
    /// The nonce is hedged: it hashes the secret and what is proved together with the randomness, so that a broken
    /// generator does not repeat a nonce over different challenges.
    pub(crate) fn prove(
        purpose: &str,
        binding: &[u8],
        secret: &SecretScalar,
        rng: &mut impl CryptoRng,
    ) -> Result<Self> {
        let mut fresh = Zeroizing::new([0; 32]);
        rng.fill_bytes(&mut *fresh);
        with_curve!(secret.curve(), C => {
            //= spec/4-sharing.md#4-5-schnorr-proof
            //# A prover MUST derive the nonce from fresh randomness and the secret together, as step 2 says.
            //= spec/4-sharing.md#4-5-schnorr-proof
            //# A prover MUST NOT use, as a nonce, any value that is also used elsewhere.
            let transcript = Xof::for_scalar::<C>("schnorr-nonce").part(purpose.as_bytes()).part(binding);
            let nonce = transcript.part(secret.expose_bytes()).part(&*fresh).scalar::<C>();
            prove_with_nonce::<C>(purpose, binding, secret, &Zeroizing::new(nonce))
        })
    }

    /// Fails with [`Error::BadSchnorrProof`].
    pub(crate) fn verify(&self, purpose: &str, binding: &[u8], public: &CurvePoint) -> Result<()> {
        let valid = with_curve!(public.curve(), C => {
            let challenge = challenge::<C>(purpose, binding, public, &self.commitment);
            let response = C::decode_scalar(&self.response).ok_or(Error::InvalidScalar)?;
            let terms = [(public.point::<C>()?, challenge)];
            C::generator_mul_vartime(&response) - C::sum_of_products_vartime(&terms) == self.commitment.point::<C>()?
        });
        if valid { Ok(()) } else { Err(Error::BadSchnorrProof) }
    }

    pub(crate) fn read(reader: &mut Reader<'_>, curve: CurveId) -> Result<Self> {
        let commitment = CurvePoint::read(reader, curve)?;
        let response = reader.take(curve.scalar_len())?;
        with_curve!(curve, C => C::decode_scalar(response).map(|_| ())).ok_or(Error::InvalidScalar)?;
        Ok(Self { commitment, response: response.to_vec() })
    }

    pub(crate) fn write(&self, writer: Writer) -> Writer {
        self.commitment.write(writer).bytes(&self.response)
    }
}

fn prove_with_nonce<C: KeyCurve>(
    purpose: &str,
    binding: &[u8],
    secret: &SecretScalar,
    nonce: &C::Scalar,
) -> Result<SchnorrProof> {
    let commitment = CurvePoint::from_point::<C>(&C::generator_mul(nonce))?;
    let challenge = challenge::<C>(purpose, binding, &secret.public(), &commitment);
    let response = *nonce + challenge * *secret.scalar::<C>()?;
    Ok(SchnorrProof { commitment, response: C::scalar_bytes(&response).to_vec() })
}

fn challenge<C: KeyCurve>(purpose: &str, binding: &[u8], public: &CurvePoint, commitment: &CurvePoint) -> C::Scalar {
    Xof::for_scalar::<C>("schnorr-challenge")
        .part(purpose.as_bytes())
        .part(binding)
        .part(public.as_bytes())
        .part(commitment.as_bytes())
        .scalar::<C>()
}
