//! The bare primitives that every operation is made of.

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use relight::pairing::{PublicScalar, SecretScalarUse};
use relight_benches::primitives::{Backend, Prices, Primitive, Tables};

fn primitives(criterion: &mut Criterion) {
    maker(criterion, "backends", &Backend::default());
    maker(criterion, "tables, secret scalars", &Tables::<SecretScalarUse>::default());
    maker(criterion, "tables, public scalars", &Tables::<PublicScalar>::default());
}

fn maker(criterion: &mut Criterion, name: &str, prices: &impl Prices) {
    let mut group = criterion.benchmark_group("floor");
    for primitive in Primitive::ALL {
        group.bench_function(BenchmarkId::new(primitive.name(), name), |b| b.iter(|| prices.run(primitive)));
    }
}

criterion_group!(benches, primitives);
criterion_main!(benches);
