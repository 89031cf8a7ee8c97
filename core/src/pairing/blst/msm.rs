//! Sums of products of public points and scalars, by blst's implementation of Pippenger's method. The parent module's
//! Safety section holds here, too.

use super::*;

/// Little-endian scalars one after the other, each of as many bytes as the greatest needs, and that number.
fn packed(scalars: &[[u8; SCALAR_LEN]]) -> (Vec<u8>, usize) {
    let bytes = |scalar: &[u8; SCALAR_LEN]| SCALAR_LEN - scalar.iter().rev().take_while(|byte| **byte == 0).count();
    let width = scalars.iter().map(bytes).max().unwrap_or(0).max(1);
    (scalars.iter().flat_map(|scalar| scalar.iter().take(width)).copied().collect(), width)
}

macro_rules! sum_of_products {
    ($(#[$documentation:meta])* $name:ident, $affine:ty, $sum:ty, $is_identity:ident, $scratch_len:ident, $sum_up:ident) => {
        $(#[$documentation])*
        pub(super) fn $name(terms: impl Iterator<Item = ($affine, Scalar)>) -> $sum {
            // SAFETY: see the parent module's Safety section.
            let terms = terms.filter(|(point, _)| !unsafe { $is_identity(point) });
            let (points, scalars): (Vec<_>, Vec<_>) = terms.map(|(point, scalar)| (point, scalar.to_le_bytes())).unzip();
            let (scalars, width) = packed(&scalars);
            let mut sum = <$sum>::default();
            if !points.is_empty() {
                let (first, scalar) = ([points.as_ptr(), core::ptr::null()], [scalars.as_ptr(), core::ptr::null()]);
                // SAFETY: a null second pointer means that blst walks `points.len()` points, and as many scalars of
                // `width` bytes, from the first on. The scratch space, which it writes before it reads, has the length
                // that it asks for, in limbs of 8 bytes.
                unsafe {
                    let mut scratch = vec![0u64; $scratch_len(points.len()).div_ceil(8)];
                    $sum_up(&mut sum, first.as_ptr(), points.len(), scalar.as_ptr(), 8 * width, scratch.as_mut_ptr());
                }
            }
            sum
        }
    };
}

sum_of_products!(
    /// In G1.
    g1, blst_p1_affine, blst_p1, blst_p1_affine_is_inf, blst_p1s_mult_pippenger_scratch_sizeof, blst_p1s_mult_pippenger
);
#[cfg(feature = "bls12381-g2")]
sum_of_products!(
    /// In G2.
    g2, blst_p2_affine, blst_p2, blst_p2_affine_is_inf, blst_p2s_mult_pippenger_scratch_sizeof, blst_p2s_mult_pippenger
);
