#!/usr/bin/env bash
# Checks the builds of the core that nobody makes by default: its features by pairs, each curve, no pairing backend,
# the oldest dependencies that core/Cargo.toml allows, and the pairing backend in Rust, alone and against the default
# one.
# Needs cargo-hack. `core/features.sh NAME..` runs only these of the checks below.
set -euo pipefail
exec </dev/null
cd "$(dirname "$0")/.."

curves=bls12381-g2,ed25519,ed448,jubjub,p256,p384,pallas,ristretto255

fail() {
    echo "core/features.sh: $1" >&2
    exit 1
}

hack() {
    command -v cargo-hack >/dev/null || fail "missing: cargo-hack (cargo install cargo-hack --locked --version 0.6.46)"
    cargo hack clippy --locked -p relight --lib "$@" -- -D warnings
}

pairs() {
    hack --feature-powerset --depth 2 --exclude-features "default,$curves" --at-least-one-of blst,portable
}

each_curve() {
    hack --each-feature --include-features "$curves" --exclude-no-default-features --features blst
}

# It must say what is missing.
no_backend() {
    local said
    ! said=$(cargo check --locked -p relight --lib --no-default-features 2>&1) || fail "it builds without a backend"
    grep -q 'enable its feature `blst`, the default, or `portable`' <<<"$said" || fail "$said"
}

# In a copy, so that Cargo.lock stays.
oldest_dependencies() (
    export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target}/oldest RUSTC_BOOTSTRAP=1
    copy=$(mktemp -d)
    trap 'rm -rf "$copy"' EXIT
    git ls-files -z | xargs -0 cp --parents -t "$copy"
    cd "$copy"
    rm Cargo.lock
    # Those of tests are nobody else's concern.
    cargo hack --quiet --workspace --remove-dev-deps
    cargo update --quiet -Zdirect-minimal-versions
    cargo check --quiet -p relight -p relight-ffi --lib --features relight/portable,relight/parallel
)

portable() {
    cargo test --locked -p relight --no-default-features --features std,portable,vectors
    cargo test --locked -p relight --features portable --test backends
}

checks=("$@")
[ $# -gt 0 ] || checks=(pairs each_curve no_backend oldest_dependencies portable)
for check in "${checks[@]}"; do
    "$check"
    echo "features: $check"
done
