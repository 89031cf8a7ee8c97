#!/bin/sh
# Installs the built library under a prefix: ffi/install.sh PREFIX [FOLDER]
# FOLDER is where cargo put it, target/release unless told. Build it with `cargo build --release -p relight-ffi`.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
prefix=${1:?usage: install.sh PREFIX [FOLDER]}
built=${2:-$here/../target/release}
version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$here/../Cargo.toml" | head -n 1)
abi=$(sed -n 's/^#define RELIGHT_ABI_VERSION \(.*\)/\1/p' "$here/include/relight.h")

mkdir -p "$prefix/include" "$prefix/lib/pkgconfig"
install -m 644 "$here/include/relight.h" "$prefix/include/relight.h"
install -m 644 "$built/librelight_ffi.a" "$prefix/lib/librelight.a"
install -m 755 "$built/librelight_ffi.so" "$prefix/lib/librelight.so.$abi.$version"
ln -sf "librelight.so.$abi.$version" "$prefix/lib/librelight.so.$abi"
ln -sf "librelight.so.$abi" "$prefix/lib/librelight.so"
cat >"$prefix/lib/pkgconfig/relight.pc" <<END
prefix=$prefix
libdir=\${prefix}/lib
includedir=\${prefix}/include

Name: relight
Description: Publicly verifiable backups of threshold key shares, and their recovery
Version: $version
Cflags: -I\${includedir}
Libs: -L\${libdir} -lrelight
Libs.private: -lgcc_s -lutil -lrt -lpthread -lm -ldl -lc
END
