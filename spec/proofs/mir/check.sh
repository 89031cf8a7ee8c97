#!/usr/bin/env bash
# Compiles the core to MIR and translates it again: bodies.v, which the proofs are about, is what the code is now.
# With --write it becomes that.
set -euo pipefail
cd "$(dirname "$0")/../../.."
export MIR=${CARGO_TARGET_DIR:-$PWD/target}/relight.mir RUSTC_WORKSPACE_WRAPPER=$PWD/spec/proofs/mir/rustc.sh
bodies=spec/proofs/bodies.v
cargo check --quiet --locked -p relight --lib
translated=$(mktemp)
trap 'rm -f "$translated"' EXIT
python3 spec/proofs/mir/translate.py <"$MIR" >"$translated"
if [ "${1:-}" = --write ]; then
    cp "$translated" "$bodies"
fi
diff "$bodies" "$translated" || { echo "mir: the code is not what $bodies says: --write, and prove code.v again" >&2; exit 1; }
echo "mir: $(grep -c '_body : body' "$bodies") functions are as proved"
