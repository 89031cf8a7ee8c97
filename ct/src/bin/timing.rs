//! Times top-level operations with a fixed secret and with random ones, in random order, and prints Welch's t for each:
//! beyond 4.5 either way the times would differ. It gates nothing, as machines are noisy. `timing [SAMPLES]`.

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use relight::curve::{CurveId, SecretScalar};
use relight::{decryption::*, identity::*, registration::*, *};
use relight_ct::statistics::Classes;
use relight_ct::world::{CONTEXT, World};
use std::cell::Cell;
use std::hint::black_box;
use std::time::Instant;

/// What is timed, with its secrets inside.
type Work = Box<dyn Fn()>;

/// Prepares the work with the secrets that follow from a seed.
type Prepare = fn(u64) -> Work;

const OPERATIONS: &[(&str, Prepare)] = &[
    ("secp256k1 public share", |seed| public_share(CurveId::Secp256k1, seed)),
    ("BLS12-381 G1 public share", |seed| public_share(CurveId::Bls12381G1, seed)),
    ("secp256k1 derivation", |seed| derivation(CurveId::Secp256k1, seed)),
    ("BLS12-381 G1 derivation", |seed| derivation(CurveId::Bls12381G1, seed)),
    ("identity signature", signature),
    ("Blinder registration", registration),
    ("decryption share", decryption_share),
    ("combine", combine),
    ("backup create", create),
    ("backup open", open),
    ("re-commitment deal", deal),
];

/// Enough that the place of one in memory means little.
const INPUTS: u64 = 32;

fn main() {
    let samples = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(2000);
    println!("{:<26} {:>8} {:>12} {:>12} {:>8}", "operation", "samples", "fixed ns", "random ns", "t");
    for (name, prepare) in OPERATIONS {
        let classes = measure(*prepare, samples);
        let [fixed, random] = classes.means();
        println!("{name:<26} {samples:>8} {fixed:>12.0} {random:>12.0} {:>8.2}", classes.t());
    }
}

/// The fixed ones are as many as the random ones, each in memory of its own.
fn measure(prepare: Prepare, samples: usize) -> Classes {
    let fixed: Vec<Work> = (0..INPUTS).map(|_| prepare(1)).collect();
    let random: Vec<Work> = (0..INPUTS).map(|seed| prepare(100 + seed)).collect();
    let (mut classes, rng) = (Classes::default(), &mut StdRng::seed_from_u64(2));
    for _ in 0..samples {
        let (class, place) = (rng.next_u64() as usize % 2, rng.next_u64() % INPUTS);
        let work = &[&fixed, &random][class][place as usize];
        let start = Instant::now();
        work();
        classes.add(class, start.elapsed().as_nanos() as f64);
    }
    classes.cropped()
}

/// Randomness that is another one in each call, in both classes: only the secrets are fixed or random.
fn fresh() -> impl Fn() -> StdRng {
    let calls = Cell::new(0);
    move || StdRng::seed_from_u64(calls.replace(calls.get() + 1))
}

fn public_share(curve: CurveId, seed: u64) -> Work {
    let secret = SecretScalar::random(curve, &mut StdRng::seed_from_u64(seed));
    Box::new(move || drop(black_box(secret.public())))
}

fn derivation(curve: CurveId, seed: u64) -> Work {
    let rng = &mut StdRng::seed_from_u64(seed);
    let roots = [(); 3].map(|()| SecretScalar::random(curve, rng));
    let derivation = Derivation::new(curve, b"user").unwrap();
    Box::new(move || drop(black_box(derivation.secret(&roots).unwrap())))
}

fn signature(seed: u64) -> Work {
    let identity = IdentityKey::generate(&mut StdRng::seed_from_u64(seed));
    let (rng, scheme) = (fresh(), SignatureScheme::Sha256);
    Box::new(move || {
        let message = rng().next_u64().to_be_bytes();
        _ = black_box(identity.sign(scheme, Purpose::Response, &message).unwrap());
    })
}

fn registration(seed: u64) -> Work {
    let secrets = &mut StdRng::seed_from_u64(seed);
    let (blinder, operator, rng) = (Blinder::generate(secrets), IdentityKey::generate(secrets).public(), fresh());
    Box::new(move || {
        drop(black_box(BlinderRegistration::first(&blinder, CONTEXT, b"node", &operator, &mut rng()).unwrap()))
    })
}

fn decryption_share(seed: u64) -> Work {
    let (world, digest) = (World::from_seed(seed), StatementDigest::from_bytes([7; 32]));
    Box::new(move || {
        drop(black_box(DecryptionShare::new(world.parties[0].index, &world.shares[0][0], &digest).unwrap()))
    })
}

fn combine(seed: u64) -> Work {
    let world = World::from_seed(seed);
    let shares = world.secret_decryption_shares(&world.statement);
    Box::new(move || drop(black_box(world.party.combine(&world.statement.digest(), &shares).unwrap())))
}

fn create(seed: u64) -> Work {
    let (world, rng) = (World::from_seed(seed), fresh());
    Box::new(move || drop(black_box(Backup::create(&world.statement, &world.shares[0][1..], &mut rng()).unwrap())))
}

fn open(seed: u64) -> Work {
    let world = World::from_seed(seed);
    let unlock = world.secret_unlock_key(&world.statement);
    Box::new(move || drop(black_box(world.backup.open(&unlock, &world.blinder).unwrap())))
}

fn deal(seed: u64) -> Work {
    let (world, rng) = (World::from_seed(seed), fresh());
    let ceremony = world.resharing();
    Box::new(move || {
        let (dealer, shares) = (&world.parties[0], world.shares[0][1..].iter().collect::<Vec<_>>());
        drop(black_box(ceremony.deal(dealer.index, &dealer.identity, &shares, &mut rng()).unwrap()));
    })
}
