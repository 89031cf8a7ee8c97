//! Runs one operation, for valgrind to count its instructions: `../../instructions.sh` calls it.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use relight::curve::CurveId;
use relight::sharing::{Identifier, PartyIndex};
use relight::{Derivation, ParameterSet, Result, decryption::DecryptionShare};
use relight_benches::{Circle, Fixture, Party};
use std::hint::black_box;

type Operation = fn(&mut StdRng) -> Result<()>;

const OPERATIONS: &[(&str, Operation)] = &[
    ("encrypt-11", |_| encrypt(11)),
    ("encrypt-100", |_| encrypt(100)),
    ("verify-11", |_| verify(11)),
    ("verify-100", |_| verify(100)),
    ("open-11", |_| open(ParameterSet::Fast, 11)),
    ("open-100", |_| open(ParameterSet::Fast, 100)),
    ("open-packed-100", |_| open(ParameterSet::Packed, 100)),
    ("decryption-share", decryption_share),
    ("verify-decryption-share", verify_share),
    ("verify-100-decryption-shares", verify_shares),
    ("combine-14-of-20", combine),
    ("deal-5", deal),
    ("verify-dealing-5", verify_dealing),
    ("confirm-5", confirm),
    ("close-5", close),
    ("finish-5", |rng| finish(5, rng)),
    ("finish-20", |rng| finish(20, rng)),
    ("verify-dealing-of-11-to-100", |rng| verify_large_dealing(ParameterSet::Fast, rng)),
    ("verify-dealing-of-11-to-100-at-256-bits", verify_scattered_dealing),
    ("verify-dealing-of-1-to-32", |rng| verify_another(&small_circle(rng)?, rng)),
    ("verify-first-dealing-of-1-to-32", |rng| verify_first(&small_circle(rng)?, rng)),
    ("derive", derive),
];

/// What takes minutes under valgrind, and runs the same code: counted only if it is named.
const LARGE: &[(&str, Operation)] = &[
    ("verify-first-dealing-of-11-to-100", |rng| verify_first_dealing(ParameterSet::Fast, rng)),
    ("verify-bulk-dealing-of-11-to-100", |rng| verify_large_dealing(ParameterSet::Bulk, rng)),
    ("verify-first-bulk-dealing-of-11-to-100", |rng| verify_first_dealing(ParameterSet::Bulk, rng)),
    ("verify-packed-dealing-of-11-to-100", |rng| verify_large_dealing(ParameterSet::Packed, rng)),
    ("verify-first-packed-dealing-of-11-to-100", |rng| verify_first_dealing(ParameterSet::Packed, rng)),
];

fn main() -> Result<()> {
    let name = std::env::args().nth(1);
    match OPERATIONS.iter().chain(LARGE).find(|(own, _)| name.as_deref() == Some(own)) {
        Some((_, operation)) => operation(&mut StdRng::seed_from_u64(1)),
        None => {
            OPERATIONS.iter().for_each(|(name, _)| println!("{name}"));
            Ok(())
        }
    }
}

/// What valgrind counts: everything that happens in here.
#[inline(never)]
fn measured<T>(operation: impl FnOnce() -> T) {
    black_box(operation());
}

fn fixture(keys: usize) -> Result<Fixture> {
    Fixture::mixed(ParameterSet::Fast, keys)
}

fn encrypt(keys: usize) -> Result<()> {
    let fixture = fixture(keys)?;
    measured(|| fixture.backup());
    Ok(())
}

fn verify(keys: usize) -> Result<()> {
    let fixture = fixture(keys)?;
    let backup = fixture.backup()?;
    measured(|| backup.verify(&fixture.statement));
    Ok(())
}

fn open(parameters: ParameterSet, keys: usize) -> Result<()> {
    let fixture = Fixture::mixed(parameters, keys)?;
    let verified = fixture.verify(&fixture.backup()?)?;
    let unlock = fixture.unlock()?;
    measured(|| verified.open(&unlock, &fixture.blinder));
    Ok(())
}

fn decryption_share(rng: &mut StdRng) -> Result<()> {
    let party = Party::new(1, 1, rng)?;
    let member = PartyIndex::new(1)?;
    measured(|| DecryptionShare::new(member, &party.key_shares[0], &party.digest));
    Ok(())
}

fn verify_share(rng: &mut StdRng) -> Result<()> {
    let party = Party::new(1, 1, rng)?;
    let shares = party.decryption_shares()?;
    measured(|| party.public.verify(&party.digest, &shares[0]));
    Ok(())
}

fn verify_shares(rng: &mut StdRng) -> Result<()> {
    let party = Party::new(67, 100, rng)?;
    let shares = party.decryption_shares()?;
    measured(|| party.public.verify_batch(&party.digest, &shares));
    Ok(())
}

fn combine(rng: &mut StdRng) -> Result<()> {
    let party = Party::new(14, 20, rng)?;
    let shares = party.decryption_shares()?;
    measured(|| party.public.combine(&party.digest, &shares));
    Ok(())
}

fn circle(rng: &mut StdRng) -> Result<Circle> {
    Circle::generating(&[CurveId::Secp256k1, CurveId::Bls12381G1], 5, rng)
}

fn deal(rng: &mut StdRng) -> Result<()> {
    let circle = circle(rng)?;
    measured(|| circle.deal(0, rng));
    Ok(())
}

fn verify_dealing(rng: &mut StdRng) -> Result<()> {
    verify_another(&circle(rng)?, rng)
}

/// What every dealing of a ceremony costs but the first, with which the tables of the recipients are made.
fn verify_another(circle: &Circle, rng: &mut StdRng) -> Result<()> {
    let dealing = circle.deal(0, rng)?;
    circle.ceremony.verify_dealing(&dealing).result()?;
    measured(|| circle.ceremony.verify_dealing(&dealing));
    Ok(())
}

/// With the tables of the recipients, which all dealings of a ceremony share.
fn verify_first(circle: &Circle, rng: &mut StdRng) -> Result<()> {
    let dealing = circle.deal(0, rng)?;
    measured(|| circle.ceremony.verify_dealing(&dealing));
    Ok(())
}

fn small_circle(rng: &mut StdRng) -> Result<Circle> {
    Circle::generating(&[CurveId::Secp256k1], 32, rng)
}

/// Ten keys on secp256k1 and one on BLS12-381 G1, to 100 recipients of which 67 are needed.
fn large_circle(parameters: ParameterSet, identifiers: &[Identifier], rng: &mut StdRng) -> Result<Circle> {
    let curves = [[CurveId::Secp256k1; 10].as_slice(), &[CurveId::Bls12381G1]].concat();
    Circle::generating_at(parameters, &curves, identifiers, rng)
}

fn numbered_circle(parameters: ParameterSet, rng: &mut StdRng) -> Result<Circle> {
    large_circle(parameters, &PartyIndex::all(100).map(Identifier::from).collect::<Vec<_>>(), rng)
}

fn verify_large_dealing(parameters: ParameterSet, rng: &mut StdRng) -> Result<()> {
    verify_another(&numbered_circle(parameters, rng)?, rng)
}

/// The shares lie at random identifiers of 256 bits.
fn verify_scattered_dealing(rng: &mut StdRng) -> Result<()> {
    let scattered = |rng: &mut StdRng| Identifier::from_bytes(&rng.random::<[u8; 32]>().map(|byte| byte | 1));
    let identifiers = (0..100).map(|_| scattered(rng)).collect::<Result<Vec<_>>>()?;
    verify_another(&large_circle(ParameterSet::Fast, &identifiers, rng)?, rng)
}

fn verify_first_dealing(parameters: ParameterSet, rng: &mut StdRng) -> Result<()> {
    verify_first(&numbered_circle(parameters, rng)?, rng)
}

fn confirm(rng: &mut StdRng) -> Result<()> {
    let circle = circle(rng)?;
    let dealings = circle.dealings(rng)?;
    measured(|| circle.confirm(&dealings));
    Ok(())
}

/// Everyone's confirmations, verified.
fn close(rng: &mut StdRng) -> Result<()> {
    let circle = circle(rng)?;
    let certificate = circle.certificate(&circle.dealings(rng)?)?;
    measured(|| certificate.verify(&circle.ceremony));
    Ok(())
}

fn finish(parties: u16, rng: &mut StdRng) -> Result<()> {
    let circle = Circle::generating_insecurely(&[CurveId::Secp256k1, CurveId::Bls12381G1], parties, rng)?;
    let closed = circle.close(circle.dealings(rng)?)?;
    measured(|| circle.finish(&closed));
    Ok(())
}

fn derive(_: &mut StdRng) -> Result<()> {
    let fixture = Fixture::new(ParameterSet::Fast, 10, 0)?;
    let roots: Vec<_> = fixture.shares.iter().map(|share| share.secret()).collect();
    let derivation = Derivation::new(CurveId::Secp256k1, b"user")?;
    measured(|| derivation.secret(roots.iter().copied()));
    Ok(())
}
