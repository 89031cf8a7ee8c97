//! Sums of public points in affine coordinates: every addition needs an inversion, and all of a pass share one. That is
//! half the multiplications of an addition in Jacobian coordinates. blst adds up a single long list in this way; here
//! many short ones are added side by side. The parent module's Safety section holds here, too.

use super::*;

/// A cube root of unity, in Montgomery form: the one for which (x, y) ↦ (root · x, -y) multiplies by z^2.
const ROOT: blst_fp = blst_fp {
    l: [
        0x30f1_361b_798a_64e8,
        0xf3b8_ddab_7ece_5a2a,
        0x16a8_ca3a_c615_77f7,
        0xc26a_2ff8_74fd_029b,
        0x3636_b766_6070_1c6e,
        0x051b_a4ab_241b_6160,
    ],
};

impl G1 {
    /// Into how many parts tables cut a scalar.
    pub(in crate::pairing) const PARTS: usize = 2;

    /// The point times z^2, z being the parameter of BLS12-381. It takes one multiplication.
    pub(in crate::pairing) fn shift(&self) -> Self {
        let blst_p1 { x, y, z } = self.0;
        let (x, y) = shifted(&x, &y);
        Self(blst_p1 { x, y, z })
    }
}

impl G1Affine {
    /// [`G1::shift`].
    pub(in crate::pairing) fn shift(&self) -> Self {
        let (x, y) = shifted(&self.0.x, &self.0.y);
        Self(blst_p1_affine { x, y })
    }

    /// The sums of the points that are at one place in all rows. For public data only: the time depends on the points.
    pub fn sum_rows_vartime(mut rows: Vec<Vec<Self>>) -> Vec<Self> {
        while rows.len() > 1 {
            let addends = rows.split_off(rows.len().div_ceil(2));
            let pairs = rows.iter_mut().zip(&addends).flat_map(|(sums, addends)| sums.iter_mut().zip(addends));
            add_pairs(&mut pairs.collect::<Vec<_>>());
        }
        rows.pop().unwrap_or_default()
    }

    fn is_identity(&self) -> bool {
        // No point of the curve has the coordinates zero.
        self.0.x == blst_fp::default() && self.0.y == blst_fp::default()
    }
}

/// Replaces the first of every pair by the sum.
fn add_pairs(pairs: &mut [(&mut G1Affine, &G1Affine)]) {
    let mut product: blst_fp = ffi!(blst_fp_from_uint64([1, 0, 0, 0, 0, 0].as_ptr()));
    // The denominator of every slope, with the product of those before it.
    let mut denominators = Vec::with_capacity(pairs.len());
    for (sum, addend) in pairs.iter() {
        let denominator = denominator(sum, addend);
        denominators.push(denominator.map(|denominator| (denominator, product)));
        product = denominator.map_or(product, |denominator| mul(&product, &denominator));
    }
    let mut inverse: blst_fp = ffi!(blst_fp_inverse(&product));
    for ((sum, addend), denominator) in pairs.iter_mut().zip(&denominators).rev() {
        **sum = match denominator {
            Some((denominator, product)) => {
                let slope = mul(&numerator(sum, addend), &mul(&inverse, product));
                inverse = mul(&inverse, denominator);
                third_point(sum, addend, &slope)
            }
            None if sum.is_identity() => **addend,
            None if addend.is_identity() => **sum,
            None => G1Affine::default(),
        };
    }
}

/// That of the slope of the line through two points, or of the tangent. None if one of them is the identity, or the sum.
fn denominator(p: &G1Affine, q: &G1Affine) -> Option<blst_fp> {
    if p.is_identity() || q.is_identity() {
        None
    } else if p.0.x != q.0.x {
        Some(sub(&q.0.x, &p.0.x))
    } else {
        // No point of odd order has the ordinate zero.
        (p.0.y == q.0.y).then(|| ffi!(blst_fp_add(&p.0.y, &p.0.y)))
    }
}

fn numerator(p: &G1Affine, q: &G1Affine) -> blst_fp {
    if p.0.x != q.0.x {
        return sub(&q.0.y, &p.0.y);
    }
    let square: blst_fp = ffi!(blst_fp_sqr(&p.0.x));
    ffi!(blst_fp_mul_by_3(&square))
}

/// The sum of two points, from the slope of the line through them.
fn third_point(p: &G1Affine, q: &G1Affine, slope: &blst_fp) -> G1Affine {
    let square: blst_fp = ffi!(blst_fp_sqr(slope));
    let x = sub(&sub(&square, &p.0.x), &q.0.x);
    let y = sub(&mul(slope, &sub(&p.0.x, &x)), &p.0.y);
    G1Affine(blst_p1_affine { x, y })
}

/// The coordinates of a point times z^2, affine or Jacobian.
fn shifted(x: &blst_fp, y: &blst_fp) -> (blst_fp, blst_fp) {
    (mul(x, &ROOT), ffi!(blst_fp_cneg(y, true)))
}

fn mul(a: &blst_fp, b: &blst_fp) -> blst_fp {
    ffi!(blst_fp_mul(a, b))
}

fn sub(a: &blst_fp, b: &blst_fp) -> blst_fp {
    ffi!(blst_fp_sub(a, b))
}
