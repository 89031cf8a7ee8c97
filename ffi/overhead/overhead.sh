#!/bin/bash
# Counts what C and Go cost over Rust, with the library as it ships, in instructions, which repeat on any machine.
# Fails above 3 % for C and 8 % for Go.
# The three programs do the same work on the same files; Rust has decoded everything but the backup before.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=${CARGO_TARGET_DIR:-$PWD/target}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
prefix=$target/ffi-install # stays where it is: Go's cache remembers the place
export PKG_CONFIG_PATH=$prefix/lib/pkgconfig LD_LIBRARY_PATH=$prefix/lib
mkdir "$work/files"

cargo build --release --locked -p relight-ffi -p relight-cli -p relight-overhead
ffi/install.sh "$prefix" "$target/release"
cp "$target/release/overhead" "$work/Rust"
# shellcheck disable=SC2046
gcc -std=gnu11 -O2 ffi/overhead/overhead.c -o "$work/C" $(pkg-config --cflags --libs relight)
(cd ffi/overhead/go && go build -o "$work/Go" .)
"$work/Rust" "$work/files"

# total PROGRAM OPERATIONS: of the whole process. The signals with which Go interrupts itself, callgrind does not survive.
total() {
  GODEBUG=asyncpreemptoff=1 GOGC=off valgrind -q --tool=callgrind --callgrind-out-file="$work/counts" \
    "$work/$1" "$work/files" "$2" >&2
  sed -n 's/^\(summary\|totals\): *//p' "$work/counts" | head -n 1
}

# Each operation is done once before it is counted: some tables are made on first use.
counts() {
  local program=$1 base operation
  base=$(total "$program" veo)
  for operation in v e o; do
    echo "$operation $program $((($(total "$program" "veo$operation$operation") - base) / 2))"
  done
}

for program in Rust C Go; do counts "$program"; done >"$work/all"
awk 'BEGIN { name["v"] = "verify"; name["e"] = "encrypt"; name["o"] = "open"; limit["Rust"] = 0; limit["C"] = 3; limit["Go"] = 8 }
  $2 == "Rust" { rust[$1] = $3 }
  { growth = 100 * ($3 / rust[$1] - 1)
    printf "%-8s %-5s %12d instructions, %+5.1f %%, at most %d %%\n", name[$1], $2, $3, growth, limit[$2]
    if ($3 <= 0 || growth > limit[$2]) bad = 1 }
  END { exit bad || NR != 9 }' "$work/all"
