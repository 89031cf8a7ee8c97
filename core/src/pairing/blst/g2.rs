//! G2 as a group of its own: what a key curve needs of it. The parent module's Safety section holds here, too.

use super::*;

/// A point of G2, in Jacobian coordinates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(transparent)]
pub struct G2(blst_p2);

impl G2 {
    /// The neutral element.
    pub const IDENTITY: Self = {
        let zero = blst_fp2 { fp: [blst_fp { l: [0; 6] }; 2] };
        Self(blst_p2 { x: zero, y: zero, z: zero })
    };

    /// The generator g2.
    pub fn generator() -> Self {
        // SAFETY: blst returns a pointer to a static constant.
        Self(unsafe { *blst_p2_generator() })
    }

    /// Affine coordinates of many points, for little more than the price of one inversion.
    pub fn batch_to_affine(points: &[Self]) -> Vec<G2Affine> {
        let mut affine = vec![G2Affine(blst_p2_affine::default()); points.len()];
        if let Some(first) = points.first() {
            let contiguous = [&raw const first.0, core::ptr::null()];
            // SAFETY: `G2` and `G2Affine` are transparent over the C types, blst walks `points.len()` of them from
            // `first` on (that is what a null second pointer means), and `affine` has the same length.
            unsafe { blst_p2s_to_affine(affine.as_mut_ptr().cast(), contiguous.as_ptr(), points.len()) };
        }
        affine
    }

    /// Sum of `scalar * point` over the terms. For public data only: the time depends on the scalars.
    pub fn sum_of_products_vartime(terms: &[(Self, Scalar)]) -> Self {
        let (points, scalars): (Vec<_>, Vec<_>) = terms.iter().copied().unzip();
        let points = Self::batch_to_affine(&points);
        Self(msm::g2(points.into_iter().map(|point| point.0).zip(scalars)))
    }
}

impl Add for G2 {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(ffi!(blst_p2_add_or_double(&self.0, &other.0)))
    }
}

impl Neg for G2 {
    type Output = Self;
    fn neg(mut self) -> Self {
        // SAFETY: see the module's Safety section.
        unsafe { blst_p2_cneg(&mut self.0, true) };
        self
    }
}

impl Sub for G2 {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul<Scalar> for G2 {
    type Output = Self;
    fn mul(self, scalar: Scalar) -> Self {
        let mut bytes = scalar.to_le_bytes();
        let product = Self(ffi!(blst_p2_mult(&self.0, bytes.as_ptr(), SCALAR_BITS)));
        bytes.zeroize();
        product
    }
}

impl From<G2Affine> for G2 {
    fn from(point: G2Affine) -> Self {
        Self(ffi!(blst_p2_from_affine(&point.0)))
    }
}
