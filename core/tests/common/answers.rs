//! What a pairing backend answers, in bytes. The same code asks both.

macro_rules! answers_of {
    ($name:ident, $($backend:tt)+) => {
        pub mod $name {
            use $($backend)+::{G1, G1Affine, G2Affine, Gt, Scalar, pairing, pairings_cancel_vartime};
            use subtle::ConstantTimeEq;

            /// What each decoder accepts, encoded again.
            pub fn decoded(bytes: &[u8]) -> [Option<Vec<u8>>; 3] {
                [
                    Scalar::decode(bytes).map(|scalar| scalar.encode().to_vec()),
                    G1Affine::decode(bytes).map(|point| point.encode().to_vec()),
                    G2Affine::decode(bytes).map(|point| point.encode().to_vec()),
                ]
            }

            /// Arithmetic with integers of any length, modulo the group order.
            pub fn scalars(a: &[u8], b: &[u8]) -> Vec<Vec<u8>> {
                let (a, b) = (Scalar::reduce(a), Scalar::reduce(b));
                let word = Scalar::from(a.encode().iter().fold(0, |word, byte| (word << 8) | u64::from(*byte)));
                let scalars = [a, b, word, a + b, a - b, a * b, -a, a.invert(), Scalar::ZERO];
                let equal = vec![a.ct_eq(&b).unwrap_u8(), a.ct_eq(&(a + b - b)).unwrap_u8()];
                scalars.iter().map(|scalar| scalar.encode().to_vec()).chain([equal]).collect()
            }

            pub fn g1(a: &[u8], b: &[u8]) -> Vec<Vec<u8>> {
                let (a, b) = (Scalar::reduce(a), Scalar::reduce(b));
                let (p, q) = (G1::generator() * a, G1::generator() * b);
                let sum = G1::sum_of_products_vartime(&[(p, b), (q, a)]);
                let points = [p, p + q, p - q, p + p, p + &q.to_affine(), -p, p.double(), p * b, sum, p - p];
                let affine = G1::batch_to_affine(&points);
                let same = points.iter().zip(&affine).map(|(point, affine)| {
                    [*point == G1::from(*affine), point.to_affine() == *affine, point.is_identity(), *point == q]
                });
                let verdicts = same.flatten().map(u8::from).collect();
                let negated = affine.iter().map(|point| -*point).collect();
                // Opposite points meet, equal ones, others, and the identity.
                let reversed = affine.iter().rev().copied().collect();
                let [one, two, three, four] = [(); 4].map(|()| affine.clone());
                let sums = G1Affine::sum_rows_vartime(vec![one, two, three, negated, four, reversed]);
                let points = affine.iter().flat_map(|point| [*point, -*point]).chain(sums);
                points.map(|point| point.encode().to_vec()).chain([verdicts]).collect()
            }

            pub fn g2(message: &[u8], a: &[u8]) -> Vec<Vec<u8>> {
                let (point, a) = (G2Affine::hash(message), Scalar::reduce(a));
                let sum = G2Affine::sum_of_products_vartime(&[(point, a), (point * a, Scalar::from(5))]);
                [point, point * a, sum, point * Scalar::ZERO].iter().map(|point| point.encode().to_vec()).collect()
            }

            pub fn pairings(message: &[u8], a: &[u8], b: &[u8]) -> Vec<Vec<u8>> {
                let (a, b) = (Scalar::reduce(a), Scalar::reduce(b));
                let (p, q) = ((G1::generator() * a).to_affine(), G2Affine::hash(message) * b);
                let (other, value) = (pairing(&-p, &G2Affine::hash(b"")), pairing(&p, &q));
                let powers = [value.square(), value.invert(), value.pow_parameter(), value * &other, Gt::identity()];
                let twice = (G1::generator() * (a + a)).to_affine();
                let products = [vec![], vec![(p, q), (-p, q)], vec![(p, q), (p, q)], vec![(p, q), (p, q), (-twice, q)]];
                let verdicts = products.iter().map(|product| u8::from(pairings_cancel_vartime(product))).collect();
                let equal = vec![u8::from(value == other), u8::from(value == value.invert().invert())];
                [value, other].iter().chain(&powers).map(|value| value.encode().to_vec()).chain([verdicts, equal]).collect()
            }
        }
    };
}

answers_of!(default, relight::pairing::real);
answers_of!(portable, relight::pairing::portable);

/// Panics where the backends differ.
pub fn compare_decoders(bytes: &[u8]) -> [Option<Vec<u8>>; 3] {
    let decoded = default::decoded(bytes);
    assert_eq!(decoded, portable::decoded(bytes), "{bytes:02x?}");
    decoded
}

/// Panics where the backends differ.
pub fn compare_arithmetic(message: &[u8], a: &[u8], b: &[u8]) {
    assert_eq!(default::scalars(a, b), portable::scalars(a, b));
    assert_eq!(default::g1(a, b), portable::g1(a, b));
    assert_eq!(default::g2(message, a), portable::g2(message, a));
    assert_eq!(default::pairings(message, a, b), portable::pairings(message, a, b));
}
