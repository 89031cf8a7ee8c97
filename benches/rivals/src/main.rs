//! Relight beside what else encrypts key shares verifiably: the same secrets, one thread, one run.
//!
//! `backups` starts from the secrets and ends with them: a scheme encrypts to bytes, verifies from bytes, and decrypts
//! what it verified with seven members of nine. `dealings` is about shares of new keys for 32 recipients. `plots` prints
//! the points that `plot.py` draws.

mod chunked_dealing;
mod contest;
mod dkg_in_the_head;
mod exponent_elgamal;
mod group;
mod party;
mod plots;
mod relight_dealing;
mod scheme;
#[cfg(test)]
mod tests;
mod threshold_backup;

use ark_ec::AffineRepr;
use ark_ed25519::EdwardsAffine;
use chunked_dealing::ChunkedDealing;
use contest::Contestant;
use dkg_in_the_head::DkgInTheHead;
use exponent_elgamal::ExponentElGamal;
use group::{Arkworks, Ristretto};
use relight::curve::CurveId;
use relight::{ParameterSet, Result};
use relight_benches::parameter_sets;
use relight_dealing::RelightDealing;
use threshold_backup::ThresholdBackup;

const ROUNDS: usize = 7;
const RECIPIENTS: u16 = 32;

/// With curves as arkworks has them.
fn secp256k1() -> Arkworks<ark_secp256k1::Affine, 33> {
    Arkworks::new(CurveId::Secp256k1)
}

fn p256() -> Arkworks<ark_secp256r1::Affine, 33> {
    Arkworks::new(CurveId::P256)
}

fn ed25519() -> Arkworks<EdwardsAffine, 32> {
    Arkworks::new(CurveId::Ed25519)
}

fn bls12381_g1() -> Arkworks<ark_bls12_381::G1Affine, 48> {
    Arkworks::new(CurveId::Bls12381G1)
}

fn main() -> Result<()> {
    match std::env::args().nth(1).as_deref() {
        Some("backups") => [1, 11].into_iter().try_for_each(backups),
        Some("dealings") => [(1, ROUNDS), (11, 3)].into_iter().try_for_each(|(keys, rounds)| dealings(keys, rounds)),
        Some("plots") => plots::print(),
        _ => {
            eprintln!("which of: backups, dealings, plots");
            std::process::exit(2)
        }
    }
}

fn backups(keys: usize) -> Result<()> {
    let mut contestants = vec![Contestant::of_scheme(ExponentElGamal::new(Ristretto, keys))];
    contestants.extend(by_arkworks(secp256k1, keys));
    contestants.extend(by_arkworks(p256, keys));
    contestants.extend(by_arkworks(ed25519, keys));
    contestants.extend(by_arkworks(bls12381_g1, keys));
    let ours = |set, curve| ThresholdBackup::new(set, curve, keys).map(Contestant::of_scheme);
    contest(&title(keys), contest::SCHEME, ROUNDS, with_ours(contestants, ours)?);
    Ok(())
}

/// What is generic over curves.
fn by_arkworks<C: AffineRepr, const POINT: usize>(group: fn() -> Arkworks<C, POINT>, keys: usize) -> [Contestant; 2] {
    [
        Contestant::of_scheme(ExponentElGamal::new(group(), keys)),
        Contestant::of_scheme(DkgInTheHead::new(group(), keys)),
    ]
}

fn dealings(keys: usize, rounds: usize) -> Result<()> {
    let contestants = vec![
        Contestant::of_dealing(ChunkedDealing::new(Ristretto, keys, RECIPIENTS)),
        Contestant::of_dealing(ChunkedDealing::new(secp256k1(), keys, RECIPIENTS)),
        Contestant::of_dealing(ChunkedDealing::new(bls12381_g1(), keys, RECIPIENTS)),
    ];
    let ours = |set, curve| RelightDealing::new(set, curve, keys, RECIPIENTS).map(Contestant::of_dealing);
    contest(&title(keys), contest::DEALING, rounds, with_ours(contestants, ours)?);
    Ok(())
}

/// Before the rivals on each curve, Relight with each parameter set.
fn with_ours(
    rivals: Vec<Contestant>,
    ours: impl Fn(ParameterSet, CurveId) -> Result<Contestant>,
) -> Result<Vec<Contestant>> {
    let mut all: Vec<Contestant> = Vec::new();
    for rival in rivals {
        if all.last().is_none_or(|last| last.curve != rival.curve) {
            let sets = parameter_sets().map(|set| ours(set, rival.curve)).collect::<Result<Vec<_>>>()?;
            all.extend(sets);
        }
        all.push(rival);
    }
    Ok(all)
}

fn contest(title: &str, columns: contest::Columns, rounds: usize, mut contestants: Vec<Contestant>) {
    contest::run(rounds, &mut contestants);
    contest::print(title, columns, &contestants);
}

fn title(keys: usize) -> String {
    if keys == 1 { "one key".into() } else { format!("{keys} keys") }
}
