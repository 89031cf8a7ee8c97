//! What a user waits for.

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use relight::{Backup, DecryptionShare, ParameterSet};
use relight_benches::Fixture;

fn backups(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("backup");
    group.sample_size(10);
    for keys in [1, 11, 100] {
        let fixture = Fixture::new(ParameterSet::Fast, keys - keys / 10, keys / 10).expect("a valid fixture");
        let backup = fixture.backup().expect("an honest backup");
        let verified = fixture.verify(&backup).expect("an honest backup");
        let unlock = fixture.unlock().expect("an honest party");
        group.bench_function(BenchmarkId::new("encrypt", keys), |b| b.iter(|| fixture.backup()));
        group.bench_function(BenchmarkId::new("verify", keys), |b| b.iter(|| fixture.verify(&backup)));
        group.bench_function(BenchmarkId::new("open", keys), |b| b.iter(|| verified.open(&unlock, &fixture.blinder)));
        let bytes = backup.encode();
        group.bench_function(BenchmarkId::new("decode", keys), |b| b.iter(|| Backup::decode(&bytes)));
    }
}

fn decryption(criterion: &mut Criterion) {
    let fixture = Fixture::new(ParameterSet::Fast, 1, 0).expect("a valid fixture");
    let digest = fixture.statement.digest();
    let share = DecryptionShare::new(&fixture.recovery_share, &digest).expect("a share on the right curve");
    let mut group = criterion.benchmark_group("decryption share");
    group.bench_function("make", |b| b.iter(|| DecryptionShare::new(&fixture.recovery_share, &digest)));
    group.bench_function("verify", |b| b.iter(|| fixture.party.verify(&digest, &share)));
}

criterion_group!(benches, backups, decryption);
criterion_main!(benches);
