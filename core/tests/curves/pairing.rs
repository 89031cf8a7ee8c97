//! The pairing as the specification fixes it, and fixed-base tables against plain multiplication.

use crate::common::{BLS_ORDER, g2_by_x};
use proptest::prelude::*;
use relight::pairing::{
    G1, G1Table, G2Affine, Gt, GtTable, PublicScalar, Scalar, SecretScalarUse, generator_table, pairing,
};
use std::sync::LazyLock;

/// The absolute value of the curve parameter, to whose powers exponents in GT are split.
const PARAMETER: u64 = 0xd201_0000_0001_0000;

static G1_BASE: LazyLock<G1> = LazyLock::new(|| G1::generator() * Scalar::from(0xdead_beef));
static G1_TABLE: LazyLock<G1Table> = LazyLock::new(|| G1Table::wide(*G1_BASE, 1000));
static G1_NARROW: LazyLock<G1Table> = LazyLock::new(|| G1Table::narrow(*G1_BASE));
/// Of 9 and of 10 bits.
static G1_WIDE: LazyLock<[G1Table; 2]> = LazyLock::new(|| [1_500, 5_000].map(|uses| G1Table::wide(*G1_BASE, uses)));
static POINT: LazyLock<G2Affine> = LazyLock::new(|| G2Affine::hash(b"fixed base"));
static GT_TABLE: LazyLock<GtTable> = LazyLock::new(|| GtTable::new(pairing(&G1_BASE.to_affine(), &POINT)));

fn check(scalar: &Scalar) {
    let product = *G1_BASE * *scalar;
    assert_eq!(G1_TABLE.mul::<SecretScalarUse>(scalar), product, "{:02x?}", scalar.encode());
    assert_eq!(G1_TABLE.mul::<PublicScalar>(scalar), product, "{:02x?}", scalar.encode());
    assert_eq!(G1_NARROW.mul::<SecretScalarUse>(scalar), product, "{:02x?}", scalar.encode());
    assert_eq!(G1_NARROW.mul::<PublicScalar>(scalar), product, "{:02x?}", scalar.encode());
    for table in &*G1_WIDE {
        assert_eq!(table.mul::<SecretScalarUse>(scalar), product, "{:02x?}", scalar.encode());
        assert_eq!(table.mul::<PublicScalar>(scalar), product, "{:02x?}", scalar.encode());
    }
    let power = pairing(&product.to_affine(), &POINT);
    assert_eq!(GT_TABLE.pow::<SecretScalarUse>(scalar), power, "{:02x?}", scalar.encode());
    assert_eq!(GT_TABLE.pow::<PublicScalar>(scalar), power, "{:02x?}", scalar.encode());
}

fn power_of_two(exponent: usize) -> Scalar {
    let mut bytes = [0; 32];
    bytes[31 - exponent / 8] = 1 << (exponent % 8);
    Scalar::reduce(&bytes)
}

/// Windows of `width` bits that all hold the same digit.
fn repeated_digit(width: usize, digit: u64) -> Scalar {
    let unit = power_of_two(width);
    (0..255 / width).fold(Scalar::ZERO, |sum, _| sum * unit + Scalar::from(digit))
}

#[test]
fn edge_scalars() {
    let one = Scalar::from(1);
    (0..70).map(Scalar::from).for_each(|scalar| [scalar, -scalar].iter().for_each(check));
    for exponent in 0..255 {
        let power = power_of_two(exponent);
        [power, power - one, power + one, -power].iter().for_each(check);
    }
    let mut greatest = BLS_ORDER;
    greatest[31] -= 1;
    check(&Scalar::decode(&greatest).unwrap());
    check(&Scalar::reduce(&[0x55; 32]));
    check(&Scalar::reduce(&[0xaa; 32]));
}

#[test]
fn digits_around_the_sign_change() {
    // A digit above half of the window is written as a negative one with a carry.
    for (width, half) in [(6, 32), (8, 128), (9, 256), (10, 512)] {
        for digit in [half - 1, half, half + 1, 2 * half - 1] {
            check(&repeated_digit(width, digit));
        }
    }
}

#[test]
fn digits_to_the_base_of_the_curve_parameter() {
    let base = Scalar::from(PARAMETER);
    let greatest = PARAMETER - 1;
    for digits in [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [1, 1, 1, 1], [0, greatest, 0, greatest]] {
        check(&digits.iter().rev().fold(Scalar::ZERO, |sum, digit| sum * base + Scalar::from(*digit)));
    }
    let powers = [base, base * base, base * base * base];
    for power in powers {
        [power - Scalar::from(1), power, power + Scalar::from(1), -power].iter().for_each(check);
    }
    // The greatest scalar below the order has digits close to the greatest.
    check(&Scalar::from(greatest));
    check(&Scalar::from(u64::MAX));
}

#[test]
fn a_table_of_the_identity_gives_the_identity() {
    let table = G1Table::narrow(G1::IDENTITY);
    for scalar in [0, 1, 17, u64::MAX].map(Scalar::from) {
        assert_eq!(table.mul::<SecretScalarUse>(&scalar), G1::IDENTITY);
        assert_eq!(table.mul::<PublicScalar>(&-scalar), G1::IDENTITY);
        assert_eq!(table.mul_all_vartime(&[scalar, -scalar]), [G1::IDENTITY.to_affine(); 2]);
        assert_eq!(GtTable::new(Gt::identity()).pow::<SecretScalarUse>(&scalar), Gt::identity());
    }
}

/// The products of many scalars are those of each.
fn check_all(scalars: &[Scalar]) {
    let products: Vec<_> = scalars.iter().map(|scalar| (*G1_BASE * *scalar).to_affine()).collect();
    assert_eq!(G1_TABLE.mul_all_vartime(scalars), products);
    assert_eq!(G1_NARROW.mul_all_vartime(scalars), products);
    G1_WIDE.iter().for_each(|table| assert_eq!(table.mul_all_vartime(scalars), products));
}

#[test]
fn products_of_edge_scalars() {
    let powers = (0..255).map(power_of_two).flat_map(|power| [power, -power, power - Scalar::from(1)]);
    let small = (0..300).map(Scalar::from).flat_map(|scalar| [scalar, -scalar, scalar]);
    check_all(&powers.chain(small).collect::<Vec<_>>());
    check_all(&[]);
    check_all(&[Scalar::ZERO; 3]);
}

proptest! {
    #[test]
    fn random_scalars(bytes in any::<[u8; 32]>()) {
        check(&Scalar::reduce(&bytes));
    }

    #[test]
    fn products_of_many_scalars(scalars in prop::collection::vec(any::<[u8; 32]>(), 0..70)) {
        check_all(&scalars.iter().map(|bytes| Scalar::reduce(bytes)).collect::<Vec<_>>());
    }

    #[test]
    fn the_generator_table(bytes in any::<[u8; 32]>()) {
        let scalar = Scalar::reduce(&bytes);
        prop_assert_eq!(generator_table::<SecretScalarUse>().mul::<SecretScalarUse>(&scalar), G1::generator() * scalar);
    }
}

/// The generator of G2, compressed, as the curve's definition gives it.
const G2_GENERATOR: &str = "93e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e\
                            024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8";

/// e(g1, g2) as spec §3.1 encodes it: ascending powers of w, each coefficient as c0 then c1.
const PAIRING_OF_GENERATORS: &str = include_str!("../common/pairing_of_generators.hex");

fn unhex(hex: &str) -> Vec<u8> {
    let hex = hex.trim();
    (0..hex.len()).step_by(2).map(|i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap()).collect()
}

//= spec/3-primitives.md#3-1-groups-and-pairing
//= type=test
//# An implementation MUST compute the pairing with exactly this exponent and this sign.
#[test]
fn the_pairing_and_its_encoding_are_those_of_the_specification() {
    let generator = G2Affine::decode(&unhex(G2_GENERATOR)).unwrap();
    let value = pairing(&G1::generator().to_affine(), &generator);
    assert_eq!(value.encode().to_vec(), unhex(PAIRING_OF_GENERATORS));
    assert_ne!(value, Gt::identity());
    assert_eq!(value * &value.invert(), Gt::identity());
    assert_eq!(G2Affine::decode(&g2_by_x(2)), None);
}

proptest! {
    #[test]
    fn the_pairing_is_bilinear(a in 1u64.., b in 1u64..) {
        let (a, b) = (Scalar::from(a), Scalar::from(b));
        let left = pairing(&(G1::generator() * a).to_affine(), &(*POINT * b));
        prop_assert_eq!(left, pairing(&(G1::generator() * (a * b)).to_affine(), &POINT));
    }
}

/// So many scalars: short ones, or any.
fn factors(size: u64, short: bool) -> Vec<Scalar> {
    let any = |n: u64| power_of_two(253) - Scalar::from(n * n + 1) * power_of_two(40);
    (0..size).map(|n| if short { Scalar::from(n % 3) } else { any(n) }).collect()
}

/// Sizes on both sides of where the backend changes its method; points that come twice, and the identity.
#[test]
fn sums_of_products_are_those_of_single_products() {
    let point = G2Affine::hash(b"base");
    for (size, short) in [0, 1, 2, 3, 8, 31, 32, 33, 100].into_iter().flat_map(|size| [(size, false), (size, true)]) {
        let (scalars, bases) = (factors(size, short), factors(size, true));
        let expected = scalars.iter().zip(&bases).fold(Scalar::ZERO, |sum, (scalar, base)| sum + *scalar * *base);
        let terms: Vec<_> = bases.iter().zip(&scalars).map(|(base, scalar)| (*G1_BASE * *base, *scalar)).collect();
        assert_eq!(G1::sum_of_products_vartime(&terms), *G1_BASE * expected, "{size}");
        let terms: Vec<_> = bases.iter().zip(&scalars).map(|(base, scalar)| (point * *base, *scalar)).collect();
        assert_eq!(G2Affine::sum_of_products_vartime(&terms), point * expected, "{size}");
    }
}
