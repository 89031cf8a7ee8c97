//! How time and size grow with keys, members and nodes: a line for each point of the plots, which `plot.py` draws.

use rand::SeedableRng;
use rand::rngs::StdRng;
use relight::Result;
use relight::curve::CurveId;
use relight_benches::timing::{elapsed_medians, medians};
use relight_benches::{Circle, Custody, Fixture, Party, parameter_sets};
use std::fmt::Display;
use std::hint::black_box;
use std::time::Duration;

const ROUNDS: usize = 7;

fn main() -> Result<()> {
    println!("plot,series,x,y");
    keys()?;
    members()?;
    dealers()?;
    nodes()
}

fn point(plot: &str, series: impl Display, x: impl Display, y: f64) {
    println!("{plot},{series},{x},{y:.3}");
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn keys() -> Result<()> {
    for set in parameter_sets() {
        for keys in [1, 10, 25, 50, 75, 100] {
            let fixture = Fixture::mixed(set, keys)?;
            let backup = fixture.backup()?;
            let verified = fixture.verify(&backup)?;
            let unlock = fixture.unlock()?;
            let times = medians(
                ROUNDS,
                [&|| drop(black_box(fixture.backup())), &|| drop(black_box(fixture.verify(&backup))), &|| {
                    drop(black_box(verified.open(&unlock, &fixture.blinder)))
                }],
            );
            let series = format!("set {}", set.number());
            ["encrypt", "verify", "open"]
                .into_iter()
                .zip(times)
                .for_each(|(plot, time)| point(plot, &series, keys, milliseconds(time)));
            point("size", &series, keys, backup.encode().len() as f64 / 1e3);
        }
    }
    Ok(())
}

fn members() -> Result<()> {
    for members in [5, 10, 20, 50, 75, 100] {
        let party = Party::new(members * 2 / 3 + 1, members, &mut StdRng::seed_from_u64(1))?;
        let shares = party.decryption_shares()?;
        let bad = party.decryption_shares_with_a_bad_one()?;
        let (public, digest) = (&party.public, &party.digest);
        let times = medians(
            ROUNDS,
            [
                &|| drop(black_box(public.combine(digest, &shares))),
                &|| drop(black_box(public.combine(digest, &bad))),
                &|| drop(black_box(public.verify_batch(digest, &shares))),
            ],
        );
        ["combine", "combine, one bad", "verify all in a batch"]
            .into_iter()
            .zip(times)
            .for_each(|(series, time)| point("decryption", series, members, milliseconds(time)));
    }
    Ok(())
}

/// One key on each curve, for as many parties as deal it.
fn dealers() -> Result<()> {
    for parties in [5, 10, 20, 35, 50] {
        let rng = &mut StdRng::seed_from_u64(1);
        let circle = Circle::generating(&[CurveId::Secp256k1, CurveId::Bls12381G1], parties, rng)?;
        let closed = circle.close(circle.dealings(rng)?)?;
        let dealing = circle.deal(0, rng)?;
        let times = medians(
            ROUNDS,
            [
                &|| drop(black_box(circle.deal(0, &mut StdRng::seed_from_u64(1)))),
                &|| drop(black_box(circle.ceremony.verify_dealing(&dealing))),
                &|| drop(black_box(circle.finish(&closed))),
            ],
        );
        ["deal", "verify one dealing", "finish"]
            .into_iter()
            .zip(times)
            .for_each(|(series, time)| point("dealing", series, parties, milliseconds(time)));
        point("dealing-size", "dealing", parties, dealing.len() as f64 / 1e3);
    }
    Ok(())
}

fn nodes() -> Result<()> {
    for nodes in [10, 25, 50, 75, 100] {
        let custody = Custody::new(nodes)?;
        let times = elapsed_medians(3, [&|| drop(custody.audit(1)), &|| drop(custody.audit(2))]);
        ["one thread", "two threads"]
            .into_iter()
            .zip(times)
            .for_each(|(series, time)| point("audit", series, nodes, milliseconds(time)));
    }
    Ok(())
}
