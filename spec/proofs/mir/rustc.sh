#!/bin/sh
# What cargo runs instead of the compiler: for the library, the MIR as it is before optimisation, into the file $MIR.
case " $* " in
*" --crate-name relight "*) RUSTC_BOOTSTRAP=1 exec "$@" -Zunpretty=mir -Zmir-opt-level=0 >"$MIR" ;;
*) exec "$@" ;;
esac
