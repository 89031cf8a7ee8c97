#!/usr/bin/env bash
# Builds every target at once, then runs each for its part of the given time, one after the other:
# fuzz/campaign.sh SECONDS [OPTION OF CARGO FUZZ..]
# With the option --no-default-features it does so on the real curves.
# `decode`, which is the fastest by far and has thirty decoders, gets two thirds of the time, but every target at least five
# seconds. Inputs that take long are changed less often, and fast ones more.
# Prints a line for each with what libFuzzer says at the end, and the executions for each second of the processor, and stops
# at the first crash. What a target finds it keeps in fuzz/corpus; it begins with fuzz/seeds.
set -euo pipefail
# Here cargo finds `.cargo`, and with it `rustc.sh`.
cd "$(dirname -- "$0")"
seconds=${1:?the number of seconds for all targets together}
shift
targets=$(sed -n '/^\[\[bin\]\]/{n;s/^name = "\(.*\)"/\1/p}' Cargo.toml)
others=$(($(echo "$targets" | wc -l) - 1))
share=$((seconds / (3 * others)))
[ "$share" -ge 5 ] || share=5
rest=$((seconds - others * share))
[ "$rest" -ge 5 ] || rest=5
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export RUSTC_BOOTSTRAP=1 TIMEFORMAT='%U'
# What AddressSanitizer does for its reports, and for the use of a stack that is gone, takes a third of the time.
export ASAN_OPTIONS=detect_stack_use_after_return=0:malloc_context_size=1:quarantine_size_mb=16

run() {
    local dictionary='' time=$share
    mkdir -p "corpus/$1" "seeds/$1"
    [ "$1" != decode ] || time=$rest
    [ ! -e "$1.dict" ] || dictionary=-dict=$1.dict
    cargo fuzz run --release "${@:2}" "$1" "corpus/$1" "seeds/$1" -- \
        -max_total_time="$time" -len_control=0 -entropic_scale_per_exec_time=1 -timeout=60 -print_final_stats=1 \
        $dictionary >"$log" 2>&1
}

cargo fuzz build --release "$@" >"$log" 2>&1 || { cat "$log"; exit 1; }
for target in $targets; do
    used=$( { time run "$target" "$@" || exit 1; } 2>&1) || { cat "$log"; exit 1; }
    executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    printf '%-10s %9d executions, %7.1f s of the processor, %7d a second, %s\n' "$target" "$executions" "$used" \
        "$(awk "BEGIN { print int($executions / $used) }")" \
        "$(grep -o 'cov: [0-9]* ft: [0-9]* corp: [0-9]*' "$log" | tail -n 1)"
done
