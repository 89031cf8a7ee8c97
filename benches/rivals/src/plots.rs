//! The points of the plots, which `plot.py` draws.

use crate::chunked_dealing::ChunkedDealing;
use crate::contest::{self, Contestant};
use crate::dkg_in_the_head::DkgInTheHead;
use crate::exponent_elgamal::ExponentElGamal;
use crate::group::Ristretto;
use crate::relight_dealing::RelightDealing;
use crate::threshold_backup::ThresholdBackup;
use relight::curve::CurveId;
use relight::{ParameterSet, Result};

const ROUNDS: usize = 5;

/// The curve on which each does best.
const CURVE: CurveId = CurveId::Ristretto255;

pub fn print() -> Result<()> {
    println!("plot,series,x,y");
    [1, 2, 4, 8, 12, 16].into_iter().try_for_each(backups)?;
    [8, 16, 32, 64].into_iter().try_for_each(dealings)
}

fn backups(keys: usize) -> Result<()> {
    let ours = |set| ThresholdBackup::new(set, CURVE, keys).map(Contestant::of_scheme);
    let mut contestants = [
        ours(ParameterSet::Fast)?,
        ours(ParameterSet::Packed)?,
        Contestant::of_scheme(ExponentElGamal::new(Ristretto, keys)),
        Contestant::of_scheme(DkgInTheHead::new(crate::secp256k1(), keys)),
    ];
    contest::run(ROUNDS, &mut contestants);
    for (series, contestant) in
        ["Relight, set 1", "Relight, set 4", "exponent ElGamal", "DKG in the head"].iter().zip(contestants)
    {
        let times = contestant.medians();
        let recovery = times[4] + times[5];
        let figures = [("make", times[0]), ("verify", times[1]), ("recover", recovery)];
        figures.iter().for_each(|(plot, time)| println!("beside-{plot},\"{series}\",{keys},{time:.3}"));
        println!("beside-size,\"{series}\",{keys},{:.3}", contestant.sizes[0] as f64 / 1e3);
    }
    Ok(())
}

fn dealings(recipients: u16) -> Result<()> {
    let ours = |set| RelightDealing::new(set, CURVE, 1, recipients).map(Contestant::of_dealing);
    let mut contestants = [
        ours(ParameterSet::Fast)?,
        ours(ParameterSet::Broadcast)?,
        Contestant::of_dealing(ChunkedDealing::new(Ristretto, 1, recipients)),
    ];
    contest::run(ROUNDS, &mut contestants);
    for (series, contestant) in ["Relight, set 1", "Relight, set 3", "chunked ElGamal"].iter().zip(contestants) {
        let plots = ["make", "verify"].iter().zip(contestant.medians());
        plots.for_each(|(plot, time)| println!("beside-dealing-{plot},\"{series}\",{recipients},{time:.3}"));
        println!("beside-dealing-size,\"{series}\",{recipients},{:.3}", contestant.sizes[0] as f64 / 1e3);
    }
    Ok(())
}
