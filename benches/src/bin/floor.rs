//! How close backups come to the cost of their group operations.
//!
//! Operation and floor are timed in turn, many times, and the median of each is taken: what slows the machine down
//! slows both. There are two floors. The first counts the group operations that no implementation of the protocol
//! can avoid, at the price of the backend's own primitives. The second prices the same operations by the tables of
//! this crate, which are faster: it shows what everything else costs (hashing, encoding, building the tables).

use relight::curve::{KeyCurve, Secp256k1};
use relight::pairing::{
    G1, G1Table, G2Affine, GtTable, PublicScalar, Scalar, ScalarExposure, SecretScalarUse, pairing,
};
use relight::{ParameterSet, Result};
use relight_benches::Fixture;
use std::hint::black_box;
use std::time::{Duration, Instant};

const ROUNDS: usize = 21;

fn main() -> Result<()> {
    let fixture = Fixture::new(ParameterSet::Fast, 10, 1)?;
    let backup = fixture.backup()?;
    let verified = fixture.verify(&backup)?;
    let unlock = fixture.unlock()?;
    println!("one backup of 10 secp256k1 keys and 1 BLS12-381 G1 key, parameter set 1, one thread");
    println!("size: {} bytes", backup.encode().len());
    println!("{:10} {:>12} {:>22} {:>22}", "", "time", "of backend's floor", "of tabulated floor");
    let (instances, kept) = (ParameterSet::Fast.instances(), ParameterSet::Fast.kept());
    report(
        "encrypt",
        || drop(black_box(fixture.backup())),
        || work(instances, instances, &Backend),
        || work(instances, instances, &Tables::<SecretScalarUse>::new()),
    );
    let opened = instances - kept;
    report(
        "verify",
        || drop(black_box(fixture.verify(&backup))),
        || work(opened, instances, &Backend),
        || work(opened, instances, &Tables::<PublicScalar>::new()),
    );
    report("open", || drop(black_box(verified.open(&unlock, &fixture.blinder))), opening, opening);
    Ok(())
}

fn report(name: &str, operation: impl Fn(), backend: impl Fn(), tables: impl Fn()) {
    let mut times = [const { Vec::new() }; 3];
    for _ in 0..ROUNDS {
        times[0].push(time(&operation));
        times[1].push(time(&backend));
        times[2].push(time(&tables));
    }
    let [own, backend, tables] = times.map(median);
    let ratio = |floor: Duration| own.as_secs_f64() / floor.as_secs_f64();
    println!("{name:10} {own:>12.2?} {:>22.2} {:>22.2}", ratio(backend), ratio(tables));
}

fn time(operation: impl Fn()) -> Duration {
    let start = Instant::now();
    operation();
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// The group operations of a backup, at somebody's price.
trait Prices {
    /// scalar·g1, scalar·B, and the unlock value to the power of the scalar.
    fn instance(&self, scalar: &Scalar);
    /// scalar·G on both key curves.
    fn commitments(&self, scalar: &Scalar);
}

/// `derived` instances from their seeds, mask commitments for all `instances`, one pairing and one hash to G2.
fn work(derived: u16, instances: u16, prices: &impl Prices) {
    let scalar = Scalar::reduce(&[0x9d; 48]);
    black_box(pairing(&G1::generator().to_affine(), &G2Affine::hash(b"floor")));
    (0..derived).for_each(|_| prices.instance(&scalar));
    (0..instances).for_each(|_| prices.commitments(&scalar));
}

/// One pairing and one multiplication, for the first kept instance, and the eleven public shares.
fn opening() {
    let scalar = Scalar::reduce(&[0x9d; 48]);
    black_box(pairing(&G1::generator().to_affine(), &G2Affine::hash(b"floor")));
    black_box(G1::generator() * scalar);
    black_box(G1::generator() * scalar);
    for _ in 0..10 {
        black_box(k256_generator::<SecretScalarUse>());
    }
}

fn k256_generator<E: ScalarExposure>() -> k256::ProjectivePoint {
    let multiply = if E::PUBLIC { Secp256k1::generator_mul_vartime } else { Secp256k1::generator_mul };
    multiply(&Secp256k1::reduce(&[0x9d; 48]))
}

/// What blst and k256 offer themselves.
struct Backend;

impl Prices for Backend {
    fn instance(&self, scalar: &Scalar) {
        black_box(G1::generator() * *scalar);
        black_box(G1::generator() * *scalar);
        black_box(blst_power());
    }

    fn commitments(&self, scalar: &Scalar) {
        black_box(G1::generator() * *scalar);
        black_box(k256_generator::<SecretScalarUse>());
    }
}

/// A power in GT with nothing but the backend's squarings and multiplications: 255 and 51, as signed windows of 5
/// bits need them.
fn blst_power() -> blst::blst_fp12 {
    let base = blst::blst_fp12::default();
    let mut power = base;
    for n in 0..255 {
        let mut square = base;
        // SAFETY: both are initialised values of the C type.
        unsafe { blst::blst_fp12_cyclotomic_sqr(&mut square, &power) };
        power = if n % 5 == 0 { square * base } else { square };
    }
    power
}

/// What this crate makes of it.
struct Tables<E> {
    generator: G1Table,
    power: GtTable,
    exposure: core::marker::PhantomData<E>,
}

impl<E> Tables<E> {
    fn new() -> Self {
        let base = pairing(&G1::generator().to_affine(), &G2Affine::hash(b"floor"));
        let exposure = core::marker::PhantomData;
        Self { generator: G1Table::new(G1::generator()), power: GtTable::new(base), exposure }
    }
}

impl<E: ScalarExposure> Prices for Tables<E> {
    fn instance(&self, scalar: &Scalar) {
        black_box(self.generator.mul::<E>(scalar));
        black_box(self.generator.mul::<E>(scalar));
        black_box(self.power.pow::<E>(scalar));
    }

    fn commitments(&self, scalar: &Scalar) {
        black_box(self.generator.mul::<E>(scalar));
        black_box(k256_generator::<E>());
    }
}
