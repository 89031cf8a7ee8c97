//! Hierarchical derivation: user keys from root keys (spec §12).
//!
//! The derived key is the sum of h^i·root_i for i = 0, 1, 2, .., where h is the hash of an info to a scalar. It is the
//! same map on secrets, on shares and on public keys, so that shares of the roots become shares of the derived key
//! without anybody knowing either.

use crate::curve::{CurveId, CurvePoint, KeyCurve, SecretScalar, with_curve};
use crate::error::{Error, Result};
use alloc::vec::Vec;
use zeroize::Zeroizing;

/// The derivation of one key: an info, which says whose key it is, on a curve.
///
/// ```
/// use relight::curve::{CurveId, SecretScalar};
/// use relight::Derivation;
///
/// let roots: Vec<_> = (0..3).map(|_| SecretScalar::random(CurveId::Secp256k1, &mut rand::rng())).collect();
/// let public: Vec<_> = roots.iter().map(SecretScalar::public).collect();
///
/// let user = Derivation::new(CurveId::Secp256k1, b"user 42")?;
/// let secret = user.secret(&roots)?;
/// assert_eq!(user.public(&public)?, secret.public());
/// # Ok::<(), relight::Error>(())
/// ```
///
/// # Linear operations
///
/// Derived keys are linear in the roots. Anyone who learns as many of them as there are roots knows the roots. And anyone
/// who gets the results of a linear operation (a BLS signature, a Diffie-Hellman value, a decryption) on *one* input under
/// as many derived keys as there are roots can compute its result on this input under every derived key. So the input must
/// name the key: see [`Derivation::augmented`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derivation {
    curve: CurveId,
    /// The wide hash of the info, big-endian, not reduced.
    wide: Vec<u8>,
}

impl Derivation {
    /// With the domain separation tag that the curve's networks use (spec §12).
    ///
    /// # Errors
    ///
    /// None: the curves' tags have lengths that [`Derivation::with_tag`] takes.
    pub fn new(curve: CurveId, info: &[u8]) -> Result<Self> {
        Self::with_tag(curve, info, curve.derivation().tag())
    }

    /// With a domain separation tag of 1 to 255 bytes.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidLength`] for any other.
    pub fn with_tag(curve: CurveId, info: &[u8], tag: &[u8]) -> Result<Self> {
        Ok(Self { curve, wide: curve.derivation().wide(info, tag)? })
    }

    /// What a linear operation under a derived key is computed on in place of a message: the derived public key and then
    /// the message, which is the message augmentation of BLS signatures.
    ///
    /// The party that computes takes the public key of the key that it computes with, never one that it is given.
    ///
    /// ```
    /// use relight::curve::{CurveId, SecretScalar};
    /// use relight::{Derivation, pairing::G2Affine};
    ///
    /// let roots = [1, 2].map(|_| SecretScalar::random(CurveId::Bls12381G1, &mut rand::rng()).public());
    /// let public = Derivation::new(CurveId::Bls12381G1, b"user 42")?.public(&roots)?;
    /// let augmented = Derivation::augmented(&public, b"a message to sign");
    /// assert_eq!(augmented, [public.as_bytes(), b"a message to sign"].concat());
    /// let signed = G2Affine::hash(&augmented);
    /// # Ok::<(), relight::Error>(())
    /// ```
    pub fn augmented(public: &CurvePoint, message: &[u8]) -> Vec<u8> {
        //= spec/12-derivation.md#12-1-linear-operations
        //# An application that signs with derived keys by an operation that is linear in the secret MUST sign
        //# Augment(X, message), with the derived public key X, in place of the message.
        [public.as_bytes(), message].concat()
    }

    /// The derived secret from root secrets, or a share of it from shares of the roots. Constant time in them.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidLength`] for fewer than two roots, [`Error::WrongCurve`] for roots on another curve,
    /// [`Error::InvalidScalar`] if the sum is zero.
    pub fn secret<'a>(
        &self,
        roots: impl IntoIterator<Item = &'a SecretScalar, IntoIter: DoubleEndedIterator + Clone>,
    ) -> Result<SecretScalar> {
        let mut roots = roots.into_iter();
        check_count(roots.clone().take(2).count())?;
        self.sum(&mut roots)
    }

    fn sum(&self, roots: &mut dyn DoubleEndedIterator<Item = &SecretScalar>) -> Result<SecretScalar> {
        with_curve!(self.curve, C => {
            let step = C::reduce(&self.wide);
            let mut derived = Zeroizing::new(<C as KeyCurve>::Scalar::from(0u64));
            //= spec/12-derivation.md#12-derivation
            //# An implementation MUST apply the roots in the order that the network fixed, the first with weight one.
            for root in roots.rev() {
                *derived = *derived * step + *root.scalar::<C>()?;
            }
            SecretScalar::from_scalar::<C>(&derived)
        })
    }

    /// The derived public key from root public keys, or its public share from public shares. Everything in it is public.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidLength`] for fewer than two roots, [`Error::WrongCurve`] for roots on another curve,
    /// [`Error::InvalidPoint`] if the sum is the identity.
    pub fn public(&self, roots: &[CurvePoint]) -> Result<CurvePoint> {
        check_count(roots.len())?;
        with_curve!(self.curve, C => {
            let step = C::reduce(&self.wide);
            let scale = |point| C::sum_of_products_vartime(&[(point, step)]);
            let sum = roots.iter().rev().try_fold(C::identity(), |sum, root| Ok(scale(sum) + root.point::<C>()?));
            CurvePoint::from_point::<C>(&sum?)
        })
    }
}

/// A single root would be every derived key.
fn check_count(roots: usize) -> Result<()> {
    //= spec/12-derivation.md#12-1-linear-operations
    //# An implementation MUST refuse to derive from fewer than two roots, with InvalidLength.
    if roots < 2 { Err(Error::InvalidLength) } else { Ok(()) }
}
