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

# watch SUPPRESSIONS ARGUMENTS..: leaves 0, 99 for a finding, or another failure in $status.
watch() {
    suppressions=$1
    shift
    status=0
    valgrind -q --error-exitcode=99 --error-limit=no --suppressions="$suppressions" "$memcheck" "$@" \
        >"$reports/last" 2>&1 || status=$?
}

command -v valgrind >/dev/null || fail "missing: valgrind"
cargo test -q --release --locked --features leak --lib >/dev/null
cargo build -q --release --locked --features leak --bins

for operation in $("$memcheck" --list); do
    watch suppressions "$operation"
    [ $status = 0 ] || { cat "$reports/last"; fail "$operation is not constant time, or failed ($status)"; }
    watch /dev/null --strict "$operation"
    [ $status = 99 ] || { cat "$reports/last"; fail "$operation: no secret of it is marked ($status)"; }
    echo "constant time: $operation"
done

for leak in $("$memcheck" --leaks); do
    watch suppressions "$leak"
    [ $status = 99 ] || { cat "$reports/last"; fail "$leak was not found ($status)"; }
    echo "found: $leak"
done
