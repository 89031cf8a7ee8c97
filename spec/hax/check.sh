#!/usr/bin/env bash
# Type-checks the hax contracts of the core, which an ordinary build ignores. Needs no hax.
set -euo pipefail
cd "$(dirname "$0")/../.."
crate_attributes='-Zcrate-attr=feature(register_tool,stmt_expr_attributes,proc_macro_hygiene) -Zcrate-attr=register_tool(_hax)'
export RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=target/hax
export RUSTFLAGS="--cfg hax -Aunexpected_cfgs -Aunused $crate_attributes"
cargo check --quiet --locked -p relight --lib
echo "the contracts type-check"
