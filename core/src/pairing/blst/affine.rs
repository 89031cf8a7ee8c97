//! Sums of public points in affine coordinates: every addition needs an inversion, and all of a pass share one. That is
//! half the multiplications of an addition in Jacobian coordinates. blst adds up a single long list in this way; here
//! many short ones are added side by side. The parent module's Safety section holds here, too.

use super::*;

impl G1Affine {
    /// The sums of the points that are at one place in all rows. For public data only: the time depends on the points.
    pub(in crate::pairing) fn sum_rows_vartime(mut rows: Vec<Vec<Self>>) -> Vec<Self> {
        while rows.len() > 1 {
            let addends = rows.split_off(rows.len().div_ceil(2));
            let pairs = rows.iter_mut().zip(&addends).flat_map(|(sums, addends)| sums.iter_mut().zip(addends));
            add_pairs(&mut pairs.collect::<Vec<_>>());
        }
        rows.pop().unwrap_or_default()
    }

    fn is_identity(&self) -> bool {
        // SAFETY: see the parent module's Safety section.
        unsafe { blst_p1_affine_is_inf(&self.0) }
    }
}

/// Replaces the first of every pair by the sum.
fn add_pairs(pairs: &mut [(&mut G1Affine, &G1Affine)]) {
    let one: blst_fp = ffi!(blst_fp_from_uint64([1, 0, 0, 0, 0, 0].as_ptr()));
    let mut product = one;
    let mut products = Vec::with_capacity(pairs.len());
    for (sum, addend) in pairs.iter() {
        products.push(product);
        if let Addition::Slope { denominator, .. } = Addition::new(sum, addend) {
            product = mul(&product, &denominator);
        }
    }
    let mut inverse: blst_fp = ffi!(blst_fp_inverse(&product));
    for ((sum, addend), product) in pairs.iter_mut().zip(&products).rev() {
        **sum = match Addition::new(sum, addend) {
            Addition::Done(done) => done,
            Addition::Slope { numerator, denominator } => {
                let slope = mul(&numerator, &mul(&inverse, product));
                inverse = mul(&inverse, &denominator);
                third_point(sum, addend, &slope)
            }
        };
    }
}

/// The addition of two points.
enum Addition {
    /// One of them is the identity, or the sum is.
    Done(G1Affine),
    /// The slope of the line through them.
    Slope { numerator: blst_fp, denominator: blst_fp },
}

impl Addition {
    fn new(p: &G1Affine, q: &G1Affine) -> Self {
        if p.is_identity() {
            Self::Done(*q)
        } else if q.is_identity() {
            Self::Done(*p)
        } else if p.0.x != q.0.x {
            Self::Slope { numerator: sub(&q.0.y, &p.0.y), denominator: sub(&q.0.x, &p.0.x) }
        } else if p.0.y == q.0.y {
            // A tangent. No point of odd order has the ordinate zero.
            let square: blst_fp = ffi!(blst_fp_sqr(&p.0.x));
            Self::Slope { numerator: ffi!(blst_fp_mul_by_3(&square)), denominator: ffi!(blst_fp_add(&p.0.y, &p.0.y)) }
        } else {
            Self::Done(G1Affine::default())
        }
    }
}

/// The sum of two points, from the slope of the line through them.
fn third_point(p: &G1Affine, q: &G1Affine, slope: &blst_fp) -> G1Affine {
    let square: blst_fp = ffi!(blst_fp_sqr(slope));
    let x = sub(&sub(&square, &p.0.x), &q.0.x);
    let y = sub(&mul(slope, &sub(&p.0.x, &x)), &p.0.y);
    G1Affine(blst_p1_affine { x, y })
}

fn mul(a: &blst_fp, b: &blst_fp) -> blst_fp {
    ffi!(blst_fp_mul(a, b))
}

fn sub(a: &blst_fp, b: &blst_fp) -> blst_fp {
    ffi!(blst_fp_sub(a, b))
}
