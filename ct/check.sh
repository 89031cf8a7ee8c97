#!/bin/sh
# Runs every operation under valgrind with its secrets marked, which is to find no branch and no address that depends
# on one; then the same with nothing declassified and nothing suppressed, and code that leaks: there it is to find some.
# Needs cargo, a C compiler and Debian's package valgrind.
set -eu
exec </dev/null
cd "$(dirname "$0")"

fail() {
    echo "ct/check.sh: $1" >&2
    exit 1
}

reports=$(mktemp -d)
trap 'rm -rf "$reports"' EXIT
memcheck=${CARGO_TARGET_DIR:-target}/release/memcheck

# watch MODE OPTIONS..: what valgrind reports is in $reports/MODE.
watch() {
    mode=$1
    shift
    valgrind -q --error-exitcode=99 "$@" "$memcheck" "$mode" 2>"$reports/$mode"
}

# sought MODE OPTIONS..: as the first finding is enough, each operation ends there.
sought() {
    watch "$@" --exit-on-first-error=yes || { cat "$reports/$1"; fail "not everything that was to be found is"; }
}

command -v valgrind >/dev/null || fail "missing: valgrind"

# Suppressions are for one way to build, so any other is refused: here this crate alone is not optimised.
cargo build -q --release --locked --features leak --bin memcheck --config profile.release.package.relight-ct.opt-level=0
! watch clean || fail "another build than that of the suppressions is not refused"
grep -q 'opt-level 0.*suppressions are for profile release' "$reports/clean" || { cat "$reports/clean"; fail "no reason"; }
echo "refused: another build"

cargo test -q --release --locked --features leak --lib >/dev/null
cargo build -q --release --locked --features leak --bins
watch clean --error-limit=no --suppressions=suppressions || { cat "$reports/clean"; fail "not constant time"; }
sought marked
sought leaks --suppressions=suppressions
