//! What a user waits for.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use rand::SeedableRng;
use rand::rngs::StdRng;
use relight::curve::CurveId;
use relight::{Backup, ParameterSet, decryption::DecryptionShare};
use relight_benches::{Circle, Custody, Fixture, Party, parameter_sets};

const CURVES: [CurveId; 2] = [CurveId::Secp256k1, CurveId::Bls12381G1];

/// One group for each parameter set and curve; time over the number of keys.
fn backups(criterion: &mut Criterion) {
    for set in parameter_sets() {
        for curve in CURVES {
            backups_of(criterion, set, curve, &format!("backup, set {}, {curve}", set.number()));
        }
    }
}

fn backups_of(criterion: &mut Criterion, set: ParameterSet, curve: CurveId, name: &str) {
    let mut group = criterion.benchmark_group(name);
    group.sample_size(10);
    for keys in [1, 11, 100] {
        let fixture = Fixture::on(set, &vec![curve; keys]).expect("a valid fixture");
        let backup = fixture.backup().expect("an honest backup");
        let verified = fixture.verify(&backup).expect("an honest backup");
        let unlock = fixture.unlock().expect("an honest party");
        let bytes = backup.encode();
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function(BenchmarkId::new("encrypt", keys), |b| b.iter(|| fixture.backup()));
        group.bench_function(BenchmarkId::new("verify", keys), |b| b.iter(|| fixture.verify(&backup)));
        group.bench_function(BenchmarkId::new("open", keys), |b| b.iter(|| verified.open(&unlock, &fixture.blinder)));
        group.bench_function(BenchmarkId::new("decode", keys), |b| b.iter(|| Backup::decode(&bytes)));
    }
}

fn decryption(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("decryption");
    group.sample_size(20);
    for (threshold, members) in [(14, 20), (67, 100)] {
        let party = Party::new(threshold, members, &mut StdRng::seed_from_u64(1)).expect("a valid party");
        let shares = party.decryption_shares().expect("shares on the right curve");
        let bad = party.decryption_shares_with_a_bad_one().expect("shares on the right curve");
        let (public, digest, member) = (&party.public, &party.digest, shares[0].member());
        let name = |what| BenchmarkId::new(what, format!("{threshold} of {members}"));
        group.bench_function(name("share"), |b| b.iter(|| DecryptionShare::new(member, &party.key_shares[0], digest)));
        group.bench_function(name("verify one"), |b| b.iter(|| public.verify(digest, &shares[0])));
        group.bench_function(name("verify all"), |b| b.iter(|| public.verify_batch(digest, &shares)));
        group.bench_function(name("combine"), |b| b.iter(|| public.combine(digest, &shares)));
        group.bench_function(name("combine, one bad"), |b| b.iter(|| public.combine(digest, &bad)));
    }
}

/// One key on each curve, made and dealt again.
fn dealings(criterion: &mut Criterion) {
    for parties in [5, 20, 50] {
        let rng = &mut StdRng::seed_from_u64(1);
        ceremony(criterion, "generation", parties, &Circle::generating(&CURVES, parties, rng).expect("a valid plan"));
        ceremony(criterion, "re-commitment", parties, &Circle::resharing(&CURVES, parties, rng).expect("a valid plan"));
    }
}

fn ceremony(criterion: &mut Criterion, name: &str, parties: u16, circle: &Circle) {
    let rng = &mut StdRng::seed_from_u64(1);
    let dealings = circle.dealings(rng).expect("honest dealers");
    let dealing = circle.deal(0, rng).expect("an honest dealer");
    let mut group = criterion.benchmark_group(name);
    group.sample_size(10);
    group.throughput(Throughput::Bytes(dealing.len() as u64));
    group.bench_function(BenchmarkId::new("deal", parties), |b| b.iter(|| circle.deal(0, rng)));
    group.bench_function(BenchmarkId::new("verify", parties), |b| b.iter(|| circle.ceremony.verify_dealing(&dealing)));
    group.bench_function(BenchmarkId::new("confirm", parties), |b| b.iter(|| circle.confirm(&dealings)));
    let certificate = circle.certificate(&dealings).expect("honest recipients");
    let verify = || certificate.clone().verify(&circle.ceremony);
    group.bench_function(BenchmarkId::new("verify a certificate", parties), |b| b.iter(verify));
    let closed = circle.close(dealings).expect("honest recipients");
    group.bench_function(BenchmarkId::new("finish", parties), |b| b.iter(|| circle.finish(&closed)));
}

/// What a custodian checks for a whole network.
fn coverage(criterion: &mut Criterion) {
    let custody = Custody::new(100).expect("a valid network");
    let mut group = criterion.benchmark_group("coverage of 100 backups");
    group.sample_size(10);
    for threads in [1, 2] {
        group.bench_function(BenchmarkId::new("threads", threads), |b| b.iter(|| custody.audit(threads)));
    }
}

criterion_group!(benches, backups, decryption, dealings, coverage);
criterion_main!(benches);
