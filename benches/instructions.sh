#!/bin/sh
# Counts the instructions of the main operations under valgrind, where they repeat on any machine, and fails if one
# grew by more than 3 % over benches/instructions.txt. With --update it writes that file instead; with names of operations
# it counts those, and compares nothing.
set -eu
exec </dev/null
cd "$(dirname -- "$0")"
baseline=instructions.txt
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cargo build -q --release --locked --bin instructions
program=${CARGO_TARGET_DIR:-../target}/release/instructions

count() {
    valgrind -q --tool=callgrind --instr-atstart=yes --collect-atstart=no --toggle-collect='*measured*' \
        --callgrind-out-file="$work/counts" "$program" "$1" >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
    sed -n 's/^\(summary\|totals\): *//p' "$work/counts" | head -n 1
}

counts() {
    for operation; do echo "$operation $(count "$operation")"; done
}

case ${1:-} in
'' | --update) ;;
*) counts "$@"; exit ;;
esac
# shellcheck disable=SC2046
counts $("$program") >"$work/new"
[ -z "${1:-}" ] || { cp "$work/new" "$baseline"; exit 0; }
awk 'NR == FNR { before[$1] = $2; next }
    !($1 in before) || $2 + 0 == 0 { print $1 ": nothing to compare"; bad = 1; next }
    { growth = 100 * ($2 / before[$1] - 1); seen[$1] = 1
      printf "%-40s %14.0f %+7.2f %%\n", $1, $2, growth
      if (growth > 3) { print $1 ": more than 3 % over the baseline"; bad = 1 } }
    END { for (name in before) if (!(name in seen)) { print name ": not measured"; bad = 1 }; exit bad }' \
    "$baseline" "$work/new"
