#!/usr/bin/env bash
# Two wallet libraries, one of npm and one of PyPI, do all that an identity does: core/tests/identity/wallets.rs.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cp package.json package-lock.json sign.mjs "$work"
(cd "$work" && npm ci --silent --no-fund --no-audit)
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --require-hashes -r requirements.txt
export RELIGHT_NODE_WALLET="node $work/sign.mjs" RELIGHT_PYTHON_WALLET="$work/venv/bin/python $PWD/sign.py"
cd ../../..
cargo test --workspace --locked --test identity wallets:: -- --ignored
