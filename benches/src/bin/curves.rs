//! What a backup of 90 keys on all curves costs, beside one of 90 keys on secp256k1.

use relight::curve::CurveId;
use relight::{ParameterSet, Result};
use relight_benches::timing::medians;
use relight_benches::{Fixture, parameter_sets};
use std::time::Duration;

const KEYS: usize = 90;
const ROUNDS: usize = 9;

fn main() -> Result<()> {
    let every: Vec<CurveId> = CurveId::ALL.iter().copied().cycle().take(KEYS).collect();
    println!("{KEYS} keys on {} curves, on secp256k1 alone, and the ratio (medians of {ROUNDS})", CurveId::ALL.len());
    for parameters in parameter_sets() {
        let all = Cost::of(&Fixture::on(parameters, &every)?)?;
        let one = Cost::of(&Fixture::new(parameters, KEYS, 0)?)?;
        println!("set {}", parameters.number());
        print("  encrypt, ms", all.encrypt.as_secs_f64() * 1e3, one.encrypt.as_secs_f64() * 1e3);
        print("  verify, ms", all.verify.as_secs_f64() * 1e3, one.verify.as_secs_f64() * 1e3);
        print("  size, bytes", all.size as f64, one.size as f64);
    }
    for curve in CurveId::ALL {
        let cost = Cost::of(&Fixture::on(ParameterSet::Fast, &[*curve])?)?;
        println!("one key on {curve}: encrypt {:.2?}, verify {:.2?}, {} bytes", cost.encrypt, cost.verify, cost.size);
    }
    Ok(())
}

fn print(what: &str, all: f64, one: f64) {
    println!("{what:14}{all:10.1}{one:10.1}{:8.2}", all / one);
}

struct Cost {
    encrypt: Duration,
    verify: Duration,
    size: usize,
}

impl Cost {
    fn of(fixture: &Fixture) -> Result<Self> {
        let backup = fixture.backup()?;
        let [encrypt, verify] = medians(ROUNDS, [&|| drop(fixture.backup()), &|| drop(fixture.verify(&backup))]);
        Ok(Self { encrypt, verify, size: backup.encode().len() })
    }
}
