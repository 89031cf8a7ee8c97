#!/bin/sh
# Explores both models in full: no property breaks, every step is taken, every witness is reached, and each fault, which
# leaves one rule out, breaks the property that its line names. Needs spin and gcc.
set -eu
exec </dev/null
models=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() {
    echo "spec/model/check.sh: $1" >&2
    [ ! -e found ] || tail -n 40 found >&2
    exit 1
}

# marked MODEL WORD: the names whose line in the model says WORD, each with what follows that.
marked() {
    sed -n "s|^#define \([A-Z_]*\) *[0-9]* */\* $2:* *\([A-Z_]*\).*|\1 \2|p" "$models/$1.pml"
}

properties() {
    sed -n '/^\/\* Properties/,/^$/s/^#define \([A-Z_]*\) .*/\1/p' "$models/$1.pml"
}

# explore OPTIMISATION MODEL FLAG..: what the checker says is in `found`.
explore() {
    optimisation=$1 model=$2
    shift 2
    spin "$@" -a "$models/$model.pml" >found 2>&1 || fail "$model $*: the model does not compile"
    gcc -w "$optimisation" -DSAFETY -DNOREDUCE -DMEMLIM=2000 -o pan pan.c >found 2>&1 || fail "$model $*: gcc"
    (ulimit -t 60 && ./pan -m500000 -w20 >found 2>&1) || fail "$model $*: the checker stopped"
    ! grep -E '^pan:[0-9]+: |^error|out of memory' found | grep -qv 'assertion violated' || fail "$model $*: not whole"
}

# A search that finds nothing.
holds() {
    explore -O2 "$@"
    grep -q 'errors: 0' found || fail "$*: a property breaks"
    echo "$*: $(awk '/states, stored/ { print $1 }' found) states, no property breaks"
}

# The same, and only the ends of the endless loops are not reached. With -o3 no step hides in the one before it.
every_step_of() {
    holds "$@" -o3
    ! grep ', state [0-9]*, ' found | grep -qv '"-end-"' || fail "a step that no run takes"
}

violates() {
    explore -O0 "$@"
    grep -q 'assertion violated' found
}

for model in closing recovery; do
    properties $model | while read -r property; do
        marked $model violates | grep -q " $property\$" || fail "$model: no fault breaks $property"
    done
    marked $model violates >faults
    marked $model reached >witnesses
    [ -s witnesses ] || fail "$model: no witnesses"
    while read -r fault property; do
        properties $model | grep -qx "$property" || fail "$model: there is no property $property"
        violates $model "-DFAULT=$fault" "-DCHECKED=$property" || fail "$model: without $fault, $property holds"
    done <faults
    while read -r witness _; do
        violates $model "-DCHECKED=$witness" || fail "$model: no run reaches $witness"
    done <witnesses
    echo "$model: $(wc -l <faults) faults found, $(wc -l <witnesses) witnesses reached"
done
every_step_of closing
holds closing -DN=5 -DLIARS=2
every_step_of recovery -DREQUESTS=1
holds recovery
holds recovery -DHONEST=2 -DLIARS=1 -DTHRESHOLD=2 -DREQUESTS=1 -DVARIANTS=1
