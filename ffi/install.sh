#!/bin/sh
# Installs the built library under a prefix: ffi/install.sh PREFIX [FOLDER]
# FOLDER is where cargo put it, target/release unless told. Build it with `cargo build --release -p relight-ffi`. Where
# there is no shared library, as for musl, the static one is installed alone. DESTDIR goes before all paths, for
# packages, and LIBDIR is the folder for libraries, PREFIX/lib unless told. LD, NM, OBJCOPY and AR may be those of
# another platform. UNWIND is a static library that unwinds, which goes in too: Rust's for musl, as gcc's wants glibc.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
prefix=${1:?usage: install.sh PREFIX [FOLDER]}
built=${2:-$here/../target/release}
version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$here/../Cargo.toml" | head -n 1)
abi=$(sed -n 's/^#define RELIGHT_ABI_VERSION \(.*\)/\1/p' "$here/include/relight.h")
libdir=${LIBDIR:-$prefix/lib}
include=${DESTDIR:-}$prefix/include
lib=${DESTDIR:-}$libdir

# Cargo's archive shows every name of blst and of Rust's standard library, which others link too. Here it becomes one
# object that shows the library's own names alone. Before, the bitcode goes that the standard library has for linkers:
# their plugins would take it for their own.
static_library() {
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    "${OBJCOPY:-objcopy}" -R .llvmbc -R .llvmcmd "$1" "$work/all.a"
    "${NM:-nm}" --defined-only --extern-only --quiet "$work/all.a" | sed -n 's/^.* T \(relight_.*\)/\1/p' >"$work/names"
    # shellcheck disable=SC2046
    "${LD:-ld}" -r --force-group-allocation $(sed 's/^/-u /' "$work/names") -o "$work/relight.o" \
        "$work/all.a" ${UNWIND:+"$UNWIND"}
    "${OBJCOPY:-objcopy}" --keep-global-symbols="$work/names" "$work/relight.o"
    "${AR:-ar}" rcsD "$work/librelight.a" "$work/relight.o"
    install -m 644 "$work/librelight.a" "$2"
}

shared_library() {
    install -m 644 "$1" "$lib/librelight.so.$abi.$version"
    ln -sf "librelight.so.$abi.$version" "$lib/librelight.so.$abi"
    ln -sf "librelight.so.$abi" "$lib/librelight.so"
}

system='-lutil -lrt -lpthread -lm -ldl -lc'
# It looks for the header of a program's frames, which gcc leaves out of static ones.
[ -z "${UNWIND:-}" ] || system="-Wl,--eh-frame-hdr $system"
mkdir -p "$include" "$lib/pkgconfig"
install -m 644 "$here/include/relight.h" "$include/relight.h"
static_library "$built/librelight_ffi.a" "$lib/librelight.a"
if [ -e "$built/librelight_ffi.so" ]; then
    shared_library "$built/librelight_ffi.so"
    libs='-lrelight' private=$system
else
    libs="-lrelight $system" private=''
fi
cat >"$lib/pkgconfig/relight.pc" <<END
prefix=$prefix
libdir=$libdir
includedir=\${prefix}/include

Name: relight
Description: Publicly verifiable backups of threshold key shares, and their recovery
Version: $version
Cflags: -I\${includedir}
Libs: -L\${libdir} $libs
Libs.private: $private
END
