#!/usr/bin/env bash
# The compiler, as cargo calls it for the fuzz targets: other crates than ours are compiled without the tracing of branches
# and comparisons, unless they read what strangers wrote. In hashes and in arithmetic nothing is learnt from it, and it
# takes most of the time. AddressSanitizer stays everywhere.
set -euo pipefail
readers=' age age_core base64 base64ct bech32 der hex nom pem_rfc7468 sec1 serde_core serde_json '
all=" $* " crate=${all#* --crate-name }
if [[ $all == *' --cap-lints '* && $readers != *" ${crate%% *} "* ]]; then
    for argument; do
        shift
        [[ $argument == -Cpasses=sancov-module || $argument == -Cllvm-args=-sanitizer-coverage-* ]] || set -- "$@" "$argument"
    done
fi
exec "$@"
