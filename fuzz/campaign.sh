#!/bin/sh
# Runs every target for its part of the given time, one after the other: fuzz/campaign.sh SECONDS [OPTION OF CARGO FUZZ..]
# With the option --no-default-features it does so on the real curves.
# Prints a line for each with what libFuzzer says at the end, and stops at the first crash. What a target finds it
# keeps in fuzz/corpus; it begins with fuzz/seeds.
set -eu
cd "$(dirname -- "$0")/.."
seconds=${1:?the number of seconds for all targets together}
targets=$(sed -n '/^\[\[bin\]\]/{n;s/^name = "\(.*\)"/\1/p}' fuzz/Cargo.toml)
shift
share=$((seconds / $(echo "$targets" | wc -l)))
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export RUSTC_BOOTSTRAP=1
for target in $targets; do
    mkdir -p "fuzz/corpus/$target" "fuzz/seeds/$target"
    dictionary=
    [ ! -e "fuzz/$target.dict" ] || dictionary=-dict=fuzz/$target.dict
    cargo fuzz run "$@" "$target" "fuzz/corpus/$target" "fuzz/seeds/$target" -- \
        -max_total_time="$share" -len_control=0 -timeout=60 -print_final_stats=1 $dictionary >"$log" 2>&1 || {
        cat "$log"
        exit 1
    }
    printf '%-10s %s s, %s executions, %s\n' "$target" "$share" \
        "$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")" \
        "$(grep -o 'cov: [0-9]* ft: [0-9]* corp: [0-9]*' "$log" | tail -n 1)"
done
