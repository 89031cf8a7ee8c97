#!/bin/sh
# Compares the interfaces of the crates with those of the last release, or of a commit: packages/semver.sh [COMMIT]
set -eu
cd "$(dirname "$0")/.."
base=${1:-$(git describe --tags --abbrev=0 --match 'v[0-9]*' 2>/dev/null || true)}
if [ -z "$base" ]; then
    echo "packages/semver.sh: nothing is released yet, so there is nothing to compare with; a commit can be named"
    exit
fi
for crate in relight relight-sealed; do cargo semver-checks -p "$crate" --baseline-rev "$base"; done
