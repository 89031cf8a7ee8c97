#!/bin/sh
# Builds the release library twice, in two folders and without network, and compares the bytes. Cargo fetches before;
# `unshare -n`, which needs root, then takes the network away from every build script.
set -eu
exec </dev/null
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cargo_home=${CARGO_HOME:-$HOME/.cargo}

build() {
    mkdir -p "$1"
    git -C "$root" archive HEAD | tar -x -C "$1"
    cd "$1"
    CARGO_TARGET_DIR=target RUSTFLAGS="--remap-path-prefix=$1=relight --remap-path-prefix=$cargo_home=cargo" \
        CFLAGS="-ffile-prefix-map=$1=relight -ffile-prefix-map=$cargo_home=cargo" \
        unshare -n cargo build -q --release --locked --offline -p relight-ffi
    sha256sum target/release/librelight_ffi.so target/release/librelight_ffi.a
}

cargo fetch -q --locked --manifest-path "$root/Cargo.toml"
(build "$work/first") >"$work/one"
(build "$work/second/deeper") >"$work/other"
cat "$work/one"
cmp "$work/one" "$work/other" || { echo "ffi/reproducible.sh: two builds differ" >&2; exit 1; }
