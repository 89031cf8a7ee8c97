#!/usr/bin/env bash
# Runs the library where it was not built: on x86-64 processors down to the baseline that README.md states, and on ARM,
# all of them emulated. Each runs the C examples, and makes, verifies and opens a backup in Rust; the oldest of each kind
# also runs all vectors in C, which reach every curve. The programs are static: the emulator finds no libraries.
#
# Needs, besides Rust and a C compiler, the Debian packages
#   qemu-user gcc-aarch64-linux-gnu libc6-dev-arm64-cross rustc-web cargo-web rust-web-src
# Debian's compiler has the source of the standard library beside it, from which that for ARM is built, unless it is there:
# libstd-rust-web-dev:arm64 has it. On x86-64 the library is the one that ships; only for vectors, which need a feature, and
# on ARM it is built for tests.
set -euo pipefail
exec </dev/null
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-$PWD/target}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
examples=(ffi/examples/{generate,back_up,recover}.c)
vectors=ffi/tests/vectors/vectors.c

fail() {
    echo "ffi/platforms.sh: $1" >&2
    exit 1
}

for tool in qemu-x86_64 qemu-aarch64 aarch64-linux-gnu-gcc; do
    command -v "$tool" >/dev/null || fail "missing: $tool"
done
[ -x /usr/bin/cargo ] && [ -d /usr/lib/rustlib/src ] || fail "missing: rustc-web, cargo-web, rust-web-src"

# programs PLATFORM COMPILER FOLDER SOURCE..: the programs in C, linked with the library that cargo left in the folder.
programs() {
    local programs=$work/$1 compiler=$2 library=$3/librelight_ffi.a source
    mkdir -p "$programs"
    for source in "${@:4}"; do
        # The linker warns of what the standard library of Rust would need to look up hosts and users.
        "$compiler" -static -std=gnu11 -O2 -Iffi/include "$source" "$library" -lpthread -lm -ldl \
            -o "$programs/$(basename "$source" .c)" 2>"$work/log" || { cat "$work/log" >&2; fail "$source"; }
    done
}

# on PLATFORM PROGRAM_IN_RUST EMULATOR..
on() {
    local programs=$work/$1 in_rust=$2 files=$work/files example
    shift 2
    mkdir "$files"
    for example in "${examples[@]}"; do
        example=$(basename "$example" .c)
        "$@" "$programs/$example" "$files" "$work/key" >"$work/log" 2>&1 || { cat "$work/log" >&2; fail "$example on $*"; }
    done
    # The emulator warns of what it does not have of a processor.
    "$@" "$in_rust" "$files" 2>"$work/log" || { cat "$work/log" >&2; fail "a backup in Rust on $*"; }
    "$@" "$in_rust" "$files" veo >"$work/log" 2>&1 || { cat "$work/log" >&2; fail "a backup in Rust on $*"; }
    rm -r "$files" "$work/key"
    echo "platforms: $*"
}

vectors_on() {
    local programs=$work/$1
    shift
    "$@" "$programs/vectors" spec/vectors >"$work/log" || { cat "$work/log" >&2; fail "vectors on $*"; }
    echo "platforms: all vectors, $*"
}

# As ffi/check.sh builds both.
x86_64() {
    cargo build -q --locked --release -p relight-ffi -p relight-cli -p relight-overhead
    programs x86_64 gcc "$target/release" "${examples[@]}"
    for processor in Nehalem IvyBridge Haswell max; do
        on x86_64 "$target/release/overhead" qemu-x86_64 -cpu $processor
    done
    cargo build -q --locked --workspace --features relight-ffi/vectors --lib --test unsafe_code
    programs x86_64 gcc "$target/debug" $vectors
    vectors_on x86_64 qemu-x86_64 -cpu Nehalem
}

# Without assertions, with which a backup takes three times as long to emulate.
aarch64() {
    local name=aarch64-unknown-linux-gnu standard_library=()
    local built=$target/platforms/$name/debug
    [ -e "/usr/lib/rustlib/$name" ] || standard_library=(-Zbuild-std=std,panic_unwind)
    CARGO_TARGET_DIR=$target/platforms RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 \
        CARGO_PROFILE_DEV_OPT_LEVEL=1 CARGO_PROFILE_DEV_DEBUG_ASSERTIONS=false CARGO_PROFILE_DEV_OVERFLOW_CHECKS=false \
        CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER=aarch64-linux-gnu-gcc \
        /usr/bin/cargo build -q --locked --features relight-ffi/vectors -p relight-ffi -p relight-overhead \
        "${standard_library[@]}" --target $name
    programs aarch64 aarch64-linux-gnu-gcc "$built" "${examples[@]}" $vectors
    for processor in cortex-a53 max; do
        on aarch64 "$built/overhead" qemu-aarch64 -L /usr/aarch64-linux-gnu -cpu $processor
    done
    vectors_on aarch64 qemu-aarch64 -cpu cortex-a53
}

[ $# -gt 0 ] || set -- x86_64 aarch64
for platform in "$@"; do $platform; done
