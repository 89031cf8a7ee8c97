//! How close each operation comes to the cost of its own primitives.
//!
//! An operation, what it is compared with, and its primitives at the backends' own prices are timed in turn, many
//! times, and the median of each is taken. Mostly an operation is compared with its floor at the prices of this
//! crate's tables, which are lower than the backends': the ratio shows what everything else costs (encoding, scalar
//! arithmetic, building the tables). The last column has the backends' prices.

use rand::SeedableRng;
use rand::rngs::StdRng;
use relight::curve::CurveId;
use relight::pairing::{PublicScalar, SecretScalarUse};
use relight::{ParameterSet, Result, decryption::DecryptionShare};
use relight_benches::floor::{BackupFloor, Floor, Keys, verify_dealing};
use relight_benches::primitives::{Backend, Prices, Primitive, Tables};
use relight_benches::timing::{medians, ratio};
use relight_benches::{Circle, Fixture, Party};
use std::hint::black_box;
use std::time::Duration;

const ROUNDS: usize = 21;

fn main() -> Result<()> {
    println!("one thread, parameter set 1, a key in ten on BLS12-381 G1, the others on secp256k1");
    println!("{:36} {:>10} {:>10} {:>6} {:>7} {:>9}", "", "time", "against", "ratio", "target", "backends'");
    let prices = Makers::default();
    for keys in [1, 11, 100] {
        backup(keys, &prices)?;
    }
    growth()?;
    decryption(&prices)?;
    dealing(&prices)
}

/// The primitives of each maker.
#[derive(Default)]
struct Makers {
    backend: Backend,
    secret: Tables<SecretScalarUse>,
    public: Tables<PublicScalar>,
}

impl Makers {
    fn report(&self, name: &str, target: Option<f64>, operation: &dyn Fn(), floor: &Floor, tables: &impl Prices) {
        let [time, least, backends] = medians(ROUNDS, [operation, &|| floor.run(tables), &|| floor.run(&self.backend)]);
        print(name, time, least, target, Some(ratio(time, backends)));
    }
}

fn print(name: &str, time: Duration, other: Duration, target: Option<f64>, backends: Option<f64>) {
    let [target, backends] = [target, backends].map(|ratio| ratio.map_or(String::new(), |ratio| format!("{ratio:.2}")));
    let ratio = ratio(time, other);
    println!("{name:36} {time:>10.2?} {other:>10.2?} {ratio:>6.2} {target:>7} {backends:>9}");
}

fn backup(keys: usize, prices: &Makers) -> Result<()> {
    let fixture = Fixture::mixed(ParameterSet::Fast, keys)?;
    let backup = fixture.backup()?;
    let verified = fixture.verify(&backup)?;
    let unlock = fixture.unlock()?;
    let floor = BackupFloor::new(ParameterSet::Fast, Keys { secp256k1: keys - keys / 10, bls: keys / 10 });
    let name = |what| format!("{what}, keys: {keys}");
    let [encrypt, verify, open]: [&dyn Fn(); 3] =
        [&|| drop(black_box(fixture.backup())), &|| drop(black_box(fixture.verify(&backup))), &|| {
            drop(black_box(verified.open(&unlock, &fixture.blinder)))
        }];
    // The targets are for a node with eleven keys.
    let target = |ratio| (keys == 11).then_some(ratio);
    prices.report(&name("encrypt"), target(1.25), encrypt, &floor.encrypt(), &prices.secret);
    prices.report(&name("verify"), target(1.15), verify, &floor.verify(), &prices.public);
    prices.report(&name("open"), target(1.20), open, &floor.open(), &prices.secret);
    Ok(())
}

/// What nine times the keys cost.
fn growth() -> Result<()> {
    let fixtures = [Fixture::mixed(ParameterSet::Fast, 100)?, Fixture::mixed(ParameterSet::Fast, 11)?];
    let [many, few] = &fixtures;
    let (all, some) = (many.backup()?, few.backup()?);
    let [many, few] = medians(ROUNDS, [&|| drop(many.verify(&all)), &|| drop(few.verify(&some))]);
    print("verify, 100 keys against 11", many, few, Some(2.0), None);
    Ok(())
}

fn decryption(prices: &Makers) -> Result<()> {
    let party = Party::new(67, 100, &mut StdRng::seed_from_u64(1))?;
    let shares = party.decryption_shares()?;
    let (public, digest) = (&party.public, &party.digest);
    let share = || drop(black_box(DecryptionShare::new(shares[0].member(), &party.key_shares[0], digest)));
    let floor = Floor::new(&[(Primitive::G2Hash, 1), (Primitive::G2Multiplication, 1)]);
    prices.report("decryption share", Some(1.10), &share, &floor, &prices.secret);
    let single = || shares.iter().for_each(|share| drop(black_box(public.verify(digest, share))));
    let [batch, single] = medians(ROUNDS, [&|| drop(black_box(public.verify_batch(digest, &shares))), &single]);
    print("100 shares in a batch against single", batch, single, Some(0.6), None);
    Ok(())
}

fn dealing(prices: &Makers) -> Result<()> {
    let rng = &mut StdRng::seed_from_u64(1);
    let (both, one) = ([CurveId::Secp256k1, CurveId::Bls12381G1], [CurveId::Bls12381G1]);
    for (curves, keys) in [(&one[..], Keys { secp256k1: 0, bls: 1 }), (&both[..], Keys { secp256k1: 1, bls: 1 })] {
        let circle = Circle::generating(curves, 20, rng)?;
        let dealing = circle.deal(0, rng)?;
        let verify = || drop(black_box(circle.ceremony.verify_dealing(&dealing)));
        let name = format!("verify a dealing to 20, keys: {}", curves.len());
        let floor = verify_dealing(ParameterSet::Fast, keys, 20, 14);
        prices.report(&name, Some(1.30), &verify, &floor, &prices.public);
    }
    Ok(())
}
