#!/usr/bin/env bash
# Compiles the core, short of machine code, for targets that have neither a standard library nor a C compiler: bare metal,
# and WebAssembly.
# Needs Debian's packages rustc-web, cargo-web and rust-web-src: their compiler has the source of `core` and `alloc`
# beside it, and nothing else is built, so that a dependency on `std` fails.
set -euo pipefail
exec </dev/null
cd "$(dirname "$0")/.."

fail() {
    echo "core/no_std.sh: $1" >&2
    exit 1
}

[ -x /usr/bin/cargo ] && [ -d /usr/lib/rustlib/src ] || fail "missing: rustc-web, cargo-web, rust-web-src"

# Whoever calls a C compiler is to fail.
export CC=/bin/false RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-target}/no_std

for target in thumbv7em-none-eabihf wasm32-unknown-unknown; do
    /usr/bin/cargo check --quiet --locked -p relight --no-default-features --features portable \
        -Zbuild-std=core,alloc --target "$target" || fail "relight does not compile for $target"
    echo "no_std: relight compiles for $target"
done
