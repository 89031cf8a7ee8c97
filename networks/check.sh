#!/usr/bin/env bash
# Relight under the keys of other libraries, as they are published.
set -euo pipefail
cd "$(dirname "$0")"

./excerpts.py
cargo fmt --check
export RUSTC_WORKSPACE_WRAPPER=$PWD/../.ci/clippy
cargo test --locked
cargo run --locked --example frost
