#!/usr/bin/env bash
# Extracts the modules that carry contracts to F*, where the hax toolchain is installed.
set -euo pipefail
cd "$(dirname "$0")/../../core"
command -v cargo-hax >/dev/null || { echo "cargo-hax is not installed: see the hax project for how to" >&2; exit 1; }
modules=(codec hash sharing::identifier sharing::index sharing::threshold sharing::lagrange encryption::subset)
cargo hax into -i "-** $(printf '+relight::%s::** ' "${modules[@]}")" fstar
