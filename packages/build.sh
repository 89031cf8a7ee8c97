#!/bin/sh
# Makes the Debian packages from a release that cargo has built: packages/build.sh OUT [FOLDER]
# FOLDER is where cargo put it, target/release unless told, by
#   cargo build --release --locked -p relight-ffi && cargo build --release --locked -p relight-cli
# They have the same bytes each time: the time of every file in them is that of debian/changelog.
#
# Needs cargo with the sources of the dependencies, whose notices go in, and the Debian packages
#   build-essential debhelper python3
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
mkdir -p "${1:?usage: build.sh OUT [FOLDER]}"
out=$(CDPATH= cd -- "$1" && pwd)
RELEASE=$(CDPATH= cd -- "${2:-$root/target/release}" && pwd)
export RELEASE
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir -p "$work/relight/ffi"
cd "$root"
cp -r CHANGELOG.md Cargo.toml packages/debian "$work/relight"
cp -r ffi/install.sh ffi/include "$work/relight/ffi"
packages/notices.py >"$work/relight/NOTICES"
cd "$work/relight"
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
case "$(dpkg-parsechangelog -S Version)" in
"$version"-*) ;;
*) echo "packages/build.sh: debian/changelog is of another version than $version" >&2; exit 1 ;;
esac
dpkg-buildpackage -b -us -uc >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
cp "$work"/*.deb "$out"
