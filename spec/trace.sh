#!/bin/sh
# Shows that the core and its tests cite every requirement of this folder, or that an exception says why they cannot.
# Installs nothing; says what is missing. `trace.sh --update` writes the snapshot instead of checking it.
set -eu
exec </dev/null

root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
python=${PYTHON:-python3}
cd "$root"

fail() {
    echo "spec/trace.sh: $1" >&2
    exit 1
}

# report WHAT ARGUMENTS..: runs duvet quietly; on failure, shows what it said.
report() {
    what=$1
    shift
    said=$(duvet report "$@" 2>&1) || {
        echo "$said" >&2
        fail "$what"
    }
}

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || fail "missing: Python 3.11 or later"
command -v duvet >/dev/null || fail "missing: duvet (cargo install duvet --locked --version 0.4.3)"

# Word for word: duvet forgives a wrong letter.
"$python" spec/trace.py || fail "a requirement lacks code or a test, or a quote is not exact"

# A citation is a claim; a mutant that a test notices is proof of it.
"$python" core/mutants/broken.py || fail "a MUST has neither a mutant nor a reason, or a reason does not hold"

# duvet extracts the requirements anew at each run; those of sections that are gone would stay.
rm -rf .duvet/requirements .duvet/require.toml

# It wants citations and tests only from a configuration without a snapshot.
sed '/^\[report\.snapshot\]/,/^$/d' .duvet/config.toml >.duvet/require.toml
report "duvet finds a requirement without code or test" --config-path .duvet/require.toml --ci \
    --require-citations true --require-tests true

if [ "${1:-}" = --update ]; then
    report "duvet cannot write the snapshot" --config-path .duvet/config.toml --ci false
else
    report "the snapshot differs: see it, then run spec/trace.sh --update" --config-path .duvet/config.toml --ci true
fi
echo "traceability: report in .duvet/reports/report.html"
