#!/bin/sh
# Compares the wire format and the vectors with their digests in frozen.sha256; `--write` writes that file.
set -eu

cd "$(dirname -- "$0")"
found=$(sha256sum 15-wire.md vectors/*.json)
if [ "${1:-}" = --write ]; then
    echo "$found" >frozen.sha256
elif [ "$found" != "$(cat frozen.sha256)" ]; then
    echo "$found" | diff frozen.sha256 - >&2 || true
    echo "spec/freeze.sh: what is frozen has changed; CONTRIBUTING.md says what may" >&2
    exit 1
fi
