#!/bin/sh
# How much of the crate its tests run: prints a line for each file, and fails below 95 % of the lines. Needs
# cargo-llvm-cov, and LLVM's tools in the version of the compiler.
# Left out is what does one thing over and over, to see how it is distributed or that it is right at every width, and what
# measures memory.
set -eu
cd "$(dirname -- "$0")/.."
target=${CARGO_TARGET_DIR:-$PWD/target}
llvm=/usr/lib/llvm-$(rustc -vV | sed -n 's/^LLVM version: \([0-9]*\).*/\1/p')/bin
export LLVM_COV="$llvm/llvm-cov" LLVM_PROFDATA="$llvm/llvm-profdata" CARGO_TARGET_DIR="$target"

# Other crates are not counted: they are what `cargo test` has built, if it has. Nothing builds while they are copied.
others=$target/llvm-cov-target/debug
if [ -d "$target/debug/deps" ] && [ ! -e "$others" ]; then
    mkdir -p "$others"
    (cd "$target/debug" && flock .cargo-lock cp -a deps build .fingerprint "$others")
    rm -rf "$others"/.fingerprint/relight*
fi

tests=$(cd core/tests && for test in */main.rs; do echo "--test ${test%/*}"; done | grep -vx -e '--test memory')
# shellcheck disable=SC2086
exec cargo llvm-cov --locked --workspace --lib $tests \
    --ignore-filename-regex '(^|/)(tests|examples|benches|cli|ffi|sealed)/|/tests\.rs$' --summary-only --fail-under-lines 95 \
    -- --skip encryption::tests::secrecy --skip tables_of_every_width
