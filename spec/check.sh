#!/bin/sh
# Shows that text, reference, vectors and the Rust crate agree. Installs nothing; says what is missing.
set -eu
exec </dev/null

spec=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
root=$(dirname -- "$spec")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python=${PYTHON:-python3}

fail() {
    echo "spec/check.sh: $1" >&2
    exit 1
}

# stage NAME COMMAND..: runs the command quietly and prints one line with its time; on failure, its output too.
stage() {
    name=$1
    shift
    started=$(date +%s)
    if "$@" >"$work/log" 2>&1; then
        printf '%-34s ok   %4d s\n' "$name" "$(($(date +%s) - started))"
    else
        cat "$work/log" >&2
        fail "$name failed"
    fi
}

requirements() {
    command -v "$python" >/dev/null || fail "missing: Python 3.11 as '$python' (or set PYTHON)"
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || fail "missing: Python 3.11 or later"
    for module in py_ecc cryptography pyhpke Crypto mypy pytest; do
        "$python" -c "import $module" 2>/dev/null ||
            fail "missing: the Python package that has '$module'; see reference/requirements.txt"
    done
}

in_reference() {
    cd "$spec/reference" && "$@"
}

same_vectors() {
    in_reference "$python" -m relight_vectors "$work/vectors" &&
        diff -r --exclude=README.md "$spec/vectors" "$work/vectors"
}

interop() {
    in_reference "$python" -m relight_ref.interop make "$work/backup.json" &&
        in_reference "$python" -m relight_ref.interop check "$work/backup.json"
}

rust_vectors() {
    cd "$root" && cargo test --locked --workspace --test vectors
}

# Accepted cases with random damage: the crate comes to the reference's outputs and errors. `SAMPLE` says how many.
rust_sample() {
    mkdir "$work/sample" &&
        in_reference "$python" -m relight_vectors.sample "$spec/vectors" "$work/sample" "${SEED:-1}" "${SAMPLE:-100}" &&
        RELIGHT_VECTORS="$work/sample" rust_vectors
}

rust_interop() {
    cd "$root" && cargo build --locked --workspace --example interop &&
        "${CARGO_TARGET_DIR:-target}/debug/examples/interop" "$@"
}

# The backup that the reference made for itself is still there.
both_ways() {
    rust_interop check "$work/backup.json" &&
        rust_interop make "$work/crate.json" &&
        in_reference "$python" -m relight_ref.interop check "$work/crate.json"
}

requirements
stage "text: terms" "$python" "$spec/terms.py"
stage "text: lines" "$python" "$spec/wrap.py" --check
stage "frozen: wire format and vectors" "$spec/freeze.sh"
stage "reference: types" in_reference "$python" -m mypy
stage "reference: tests" in_reference "$python" -m pytest -q -p no:cacheprovider
stage "vectors: made again, no difference" same_vectors
stage "text: examples" "$python" "$spec/examples.py" --check
stage "reference: a backup, made and opened" interop
if [ -e "$root/core/tests/vectors/main.rs" ]; then
    command -v cargo >/dev/null || fail "missing: cargo"
    stage "crate: vectors" rust_vectors
    stage "crate: a sample of random damage" rust_sample
    stage "crate: backups, both ways" both_ways
else
    echo "crate: vectors                     not there: core/tests/vectors/main.rs"
fi
