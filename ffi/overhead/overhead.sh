#!/bin/bash
# Measures what C and Go cost over Rust, with the library as it ships: ffi/overhead/overhead.sh [ROUNDS]
# Fails above 3 % for C and 8 % for Go. See overhead.rs.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=${CARGO_TARGET_DIR:-$PWD/target}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
prefix=$target/ffi-install # stays where it is: Go's cache remembers the place
export PKG_CONFIG_PATH=$prefix/lib/pkgconfig LD_LIBRARY_PATH=$prefix/lib
mkdir "$work/files"

cargo build --release --locked -p relight-overhead
cargo build --release --locked -p relight-ffi
ffi/install.sh "$prefix" "$target/release"
# shellcheck disable=SC2046
gcc -std=gnu11 -O2 ffi/overhead/overhead.c -o "$work/c" $(pkg-config --cflags --libs relight)
(cd ffi/overhead/go && go build -o "$work/go" .)
"$target/release/overhead" "$work/files" "${1:-100}" "$work/c" "$work/go"
