#!/bin/sh
# How much of the crate its tests run: prints a line for each file, and fails below 95 % of the lines. Needs
# cargo-llvm-cov, and LLVM's tools in the version of the compiler.
set -eu
cd "$(dirname -- "$0")"
llvm=/usr/lib/llvm-$(rustc -vV | sed -n 's/^LLVM version: \([0-9]*\).*/\1/p')/bin
export LLVM_COV="$llvm/llvm-cov" LLVM_PROFDATA="$llvm/llvm-profdata"
exec cargo llvm-cov --locked --features parallel,vectors --lib --tests \
    --ignore-filename-regex '(^|/)(tests|examples)/|/tests\.rs$' --summary-only --fail-under-lines 95
