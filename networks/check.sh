#!/usr/bin/env bash
# Relight under the keys of other libraries, as they are published.
set -euo pipefail
cd "$(dirname "$0")"

./excerpts.py
cargo fmt --check
cargo clippy --all-targets --locked -- -D warnings
cargo test --locked
cargo run --locked --example frost
