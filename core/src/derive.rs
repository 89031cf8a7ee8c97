//! Hierarchical derivation: user keys from root keys (spec §12).
//!
//! The derived key is the sum of h^i·root_i for i = 0, 1, 2, .., where h is the hash of an identifier to a scalar.
//! It is the same map on secrets, on shares and on public keys, so that shares of the roots become shares of the
//! derived key without anybody knowing either.

use crate::curve::{CurveId, CurvePoint, KeyCurve, SecretScalar, with_curve};
use crate::error::{Error, Result};
use alloc::vec::Vec;
use zeroize::Zeroizing;

/// The derivation of one key: an identifier on a curve.
///
/// ```
/// use relight::curve::{CurveId, SecretScalar};
/// use relight::Derivation;
///
/// let roots: Vec<_> = (0..3).map(|_| SecretScalar::random(CurveId::Secp256k1, &mut rand::rng())).collect();
/// let public: Vec<_> = roots.iter().map(SecretScalar::public).collect();
///
/// let user = Derivation::new(CurveId::Secp256k1, b"user 42")?;
/// let secret = user.secret(&roots.iter().collect::<Vec<_>>())?;
/// assert_eq!(user.public(&public)?, secret.public());
/// # Ok::<(), relight::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derivation {
    curve: CurveId,
    /// The wide hash of the identifier, big-endian, not reduced.
    wide: Vec<u8>,
}

impl Derivation {
    /// With the domain separation tag that the curve's networks use.
    pub fn new(curve: CurveId, identifier: &[u8]) -> Result<Self> {
        Self::with_tag(curve, identifier, curve.derivation().tag())
    }

    /// With a domain separation tag of 1 to 255 bytes. Fails with [`Error::InvalidLength`] for any other.
    pub fn with_tag(curve: CurveId, identifier: &[u8], tag: &[u8]) -> Result<Self> {
        Ok(Self { curve, wide: curve.derivation().wide(identifier, tag)? })
    }

    /// The derived secret from root secrets, or a share of it from shares of the roots. Constant time in them.
    ///
    /// Fails with [`Error::InvalidLength`] without roots, [`Error::WrongCurve`] for roots on another curve.
    pub fn secret(&self, roots: &[&SecretScalar]) -> Result<SecretScalar> {
        check_not_empty(roots)?;
        with_curve!(self.curve, C => {
            let step = C::reduce(&self.wide);
            let mut derived = Zeroizing::new(<C as KeyCurve>::Scalar::from(0u64));
            //= spec/12-derivation.md#12-derivation
            //# An implementation MUST apply the roots in the order that the network fixed, the first with weight one.
            for root in roots.iter().rev() {
                *derived = *derived * step + *root.scalar::<C>()?;
            }
            SecretScalar::from_scalar::<C>(&derived)
        })
    }

    /// The derived public key from root public keys, or its public share from public shares. Fails like
    /// [`Derivation::secret`].
    pub fn public(&self, roots: &[CurvePoint]) -> Result<CurvePoint> {
        check_not_empty(roots)?;
        with_curve!(self.curve, C => {
            let step = C::reduce(&self.wide);
            let scale = |point| C::sum_of_products_vartime(&[(point, step)]);
            let sum = roots.iter().rev().try_fold(C::identity(), |sum, root| Ok(scale(sum) + root.point::<C>()?));
            CurvePoint::from_point::<C>(&sum?)
        })
    }
}

fn check_not_empty<T>(roots: &[T]) -> Result<()> {
    if roots.is_empty() { Err(Error::InvalidLength) } else { Ok(()) }
}
