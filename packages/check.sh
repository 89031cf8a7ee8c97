#!/usr/bin/env bash
# Makes the Debian packages of a release that cargo has built, twice with the same bytes; installs them into a clean
# Debian; uses them there from C, Go and the shell; removes them, and nothing may be left: packages/check.sh [FOLDER]
# FOLDER is as for build.sh. What is installed is of the suite, and from the mirror, that this machine has.
#
# Needs root, Go, and the Debian packages build-essential debhelper lintian mmdebstrap pkg-config
set -euo pipefail
exec </dev/null
cd "$(dirname "$0")/.."
release=${1:-${CARGO_TARGET_DIR:-target}/release}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
debs=$work/debs root=$work/root
used=/tmp/used
abi=$(sed -n 's/^#define RELIGHT_ABI_VERSION //p' ffi/include/relight.h)

step() {
    local name=$1 start=$SECONDS
    shift
    # As in ffi/check.sh: in a condition, bash would go on after a command that fails.
    set +e
    (set -e; "$@") >"$work/log" 2>&1
    local status=$?
    set -e
    [ $status = 0 ] || { cat "$work/log" >&2; echo "packages/check.sh: FAILED $name" >&2; exit 1; }
    echo "packages: $name, $((SECONDS - start)) s"
}

inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=$used LC_ALL=C.UTF-8 "$@"; }

make_packages() {
    packages/build.sh "$debs" "$release" &
    packages/build.sh "$work/again" "$release"
    wait $!
    diff -r "$debs" "$work/again"
    ls "$debs"/librelight"$abi"_*.deb "$debs"/librelight-dev_*.deb "$debs"/relight_*.deb
    [ "$(ls "$debs" | wc -l)" = 3 ]
    lintian --fail-on error --allow-root "$debs"/*.deb
}

clean_debian() {
    local suite sources
    suite=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
    mapfile -t sources < <(find /etc/apt -name 'sources.list' -o -name '*.list' -o -name '*.sources' |
        xargs grep -l "^[^#].*\b$suite\b")
    mmdebstrap --mode=root --variant=essential "$suite" "$root" "${sources[@]}"
    inside ldconfig # as every installation of a library leaves a cache
}

files() { find "$root" -xdev -not -path "$root/var/lib/dpkg/*-old" -not -path "$root/var/log/dpkg.log" | sort; }

install_packages() {
    files >"$work/before"
    mkdir "$root$used"
    cp "$debs"/*.deb "$root$used"
    inside sh -c "dpkg --install $used/*.deb"
    [ "$(inside dpkg-query -W -f '${db:Status-Status} ' librelight"$abi" librelight-dev relight)" = \
        'installed installed installed ' ]
    inside dpkg --verify >"$work/changed"
    [ ! -s "$work/changed" ]
}

# The header and the libraries of the clean Debian, through the file for pkg-config there.
lib=/lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH)
export PKG_CONFIG_LIBDIR=$root/usr$lib/pkgconfig PKG_CONFIG_SYSROOT_DIR=$root
export PKG_CONFIG_ALLOW_SYSTEM_CFLAGS=1 PKG_CONFIG_ALLOW_SYSTEM_LIBS=1

takes_shared_library() { inside ldd "$used/$1" | grep "librelight.so.$abi => .*$lib/librelight.so.$abi "; }

run_examples() {
    local example
    mkdir "$root$used/files"
    for example in generate back_up recover; do inside "$used/$example" "$used/files" "$used/key"; done
    rm -r "$root$used/files" "$root$used/key"
}

from_c() {
    make -C ffi/examples OUT="$root$used"
    takes_shared_library recover
    run_examples
}

from_c_static() {
    local example
    for example in generate back_up recover; do
        # shellcheck disable=SC2046
        gcc -std=gnu11 "ffi/examples/$example.c" -o "$root$used/$example" \
            $(pkg-config --cflags --libs --static relight | sed 's/-lrelight/-l:librelight.a/')
        if takes_shared_library "$example"; then return 1; fi
    done
    nm --defined-only --extern-only "$root/usr$lib/librelight.a" | awk 'NF == 3 && $3 !~ /^relight_/' >"$work/others"
    [ ! -s "$work/others" ]
    run_examples
}

from_go() {
    # Go's cache does not notice that the library moved, except by a flag.
    (cd ffi/go && CGO_CFLAGS="-g -O2 -DCLEAN_$(basename "$work" | tr . _)" go test -c -o "$root$used/go-examples" .)
    takes_shared_library go-examples
    inside "$used/go-examples" -test.run '^Example' -test.v | tee "$work/examples"
    [ "$(grep -c '^--- PASS' "$work/examples")" -ge 8 ]
}

from_the_shell() {
    echo "correct horse" >"$root$used/passphrase"
    relight() { inside relight --passphrase-file $used/passphrase "$@"; }
    relight drill --help
    relight init Ada
    relight identity new
    relight doctor
    inside test -s /usr/share/man/man1/relight-doctor.1.gz
    inside bash -c '. /usr/share/bash-completion/completions/relight && complete -p relight'
}

remove() {
    inside dpkg --purge relight librelight-dev "librelight$abi"
    rm -r "$root$used"
    files | diff "$work/before" -
}

step "made twice, lintian" make_packages
step "a clean Debian" clean_debian
step "installed" install_packages
step "used from C" from_c
step "used from C, static" from_c_static
step "used from Go" from_go
step "used from the shell" from_the_shell
step "removed" remove
