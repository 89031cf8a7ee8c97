#!/bin/sh
# Compares the interfaces of the crates with those of the last release, or of a commit: packages/semver.sh [COMMIT]
# Looks at all crates before it fails. One that is newer than the commit has nothing to be compared with.
set -eu
cd "$(dirname "$0")/.."
base=${1:-$(git describe --tags --abbrev=0 --match 'v[0-9]*' 2>/dev/null || true)}
if [ -z "$base" ]; then
    echo "packages/semver.sh: nothing is released yet, so there is nothing to compare with; a commit can be named"
    exit
fi
git rev-parse --quiet --verify "$base^{commit}" >/dev/null || { echo "packages/semver.sh: no commit $base" >&2; exit 2; }
failed=0
for folder in core sealed; do
    crate=$(sed -n 's/^name = "\(.*\)"/\1/p' $folder/Cargo.toml | head -n 1)
    if git cat-file -e "$base:$folder/Cargo.toml" 2>/dev/null; then
        cargo semver-checks -p "$crate" --baseline-rev "$base" || failed=1
    else
        echo "packages/semver.sh: $crate is not in $base"
    fi
done
exit $failed
