#!/usr/bin/env bash
# The compiler, as cargo calls it for the fuzz targets. AddressSanitizer stays everywhere.
# Other crates than ours are compiled without the tracing of branches and comparisons, unless they read what strangers wrote.
# In hashes and in arithmetic nothing is learnt from it, and it takes most of the time.
# In crates that are traced, AddressSanitizer calls its checks: those that it writes out have branches and comparisons of
# their own, at every access to memory, which are traced as if they were the crate's.
set -euo pipefail
readers=' age age_core base64 base64ct bech32 der hex nom pem_rfc7468 sec1 serde_core serde_json '
tracing=-Cpasses=sancov-module
all=" $* " crate=${all#* --crate-name }
if [[ $all == *' --cap-lints '* && $readers != *" ${crate%% *} "* ]]; then
    for argument; do
        shift
        [[ $argument == "$tracing" || $argument == -Cllvm-args=-sanitizer-coverage-* ]] || set -- "$@" "$argument"
    done
elif [[ $all == *" $tracing "* ]]; then
    set -- "$@" -Cllvm-args=-asan-instrumentation-with-call-threshold=0
fi
exec "$@"
