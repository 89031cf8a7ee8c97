#!/bin/bash
# Checks the C and Go interfaces, with a line and the time for each stage. Installs nothing; says what is missing. Go
# fetches the modules that ffi/networks tests with, pip what ffi/python needs, rustup its target for musl.
# Rust's own tests of the crate, the header's among them, and its style are those of the workspace: cargo test, clippy.
#
# The library is built twice, and once more for musl. For tests it has debug assertions, and the feature `vectors`; what
# needs neither runs with the library as it ships.
#
# Needs Rust (see rust-version in Cargo.toml), Go 1.25 or later, Python 3.11 or later, and the Debian packages
#   gcc g++ libc6-dev make cmake pkg-config valgrind binutils musl-tools python3-dev python3-venv
# Set FUZZ_SECONDS for longer fuzzing in Go (default 5 per target).
set -euo pipefail
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-$PWD/target}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Go's cache notices neither that the library moved nor that its header changed: both are in a flag.
prefix=$target/ffi-install
rm -rf "$prefix"
CGO_CFLAGS="-g -O2 -DLIBRARY_$( (echo "$prefix"; cat ffi/include/relight.h) | sha256sum | cut -c1-16)"
export CGO_CFLAGS PKG_CONFIG_PATH=$prefix/lib/pkgconfig LD_LIBRARY_PATH=$prefix/lib
warnings=(-Wall -Wextra -Werror -pedantic)
sanitizers=(-g -fsanitize=address,undefined -fno-sanitize-recover=all)

# A stage ends at its first command that fails. In a condition it would not: bash ignores `set -e` there.
stage() {
  local name=$1 begin=$SECONDS status
  shift
  set +e
  (set -e; "$@") >"$work/log" 2>&1
  status=$?
  set -e
  if [ $status = 0 ]; then
    printf '%-44s ok %4d s\n' "$name" $((SECONDS - begin))
  else
    printf '%-44s FAILED\n' "$name"
    cat "$work/log"
    exit 1
  fi
}

tools() {
  local missing=0
  for tool in cargo go python3 gcc g++ musl-gcc make cmake pkg-config valgrind nm readelf; do
    command -v "$tool" >/dev/null || { echo "missing: $tool" && missing=1; }
  done
  return $missing
}

# Together with what `cargo test` built of the workspace; so it needs no other build of what is below.
library() {
  cargo build --locked --workspace --features relight-ffi/vectors --lib --test unsafe_code
  ffi/install.sh "$prefix" "$target/debug"
}

# Without the crates it needs, the compiler has more to say, but it says this too, and that in no time.
panic_abort_is_refused() {
  if rustc --edition 2024 --crate-type lib -C panic=abort --out-dir "$work" ffi/src/lib.rs 2>"$work/abort"; then
    return 1
  fi
  grep 'build it with panic = "unwind"' "$work/abort"
}

# The library's name carries the version of the binary interface and is found by linkers and loaders; the library gives
# its users what the header declares and nothing else.
installed() {
  local lib=$prefix/lib abi version
  abi=$(sed -n 's/^#define RELIGHT_ABI_VERSION //p' ffi/include/relight.h)
  version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
  readelf -d "$lib/librelight.so" | grep "SONAME.*\[librelight.so.$abi\]"
  [ "$(readlink "$lib/librelight.so")" = "librelight.so.$abi" ]
  [ "$(readlink "$lib/librelight.so.$abi")" = "librelight.so.$abi.$version" ]
  [ "$(pkg-config --modversion relight)" = "$version" ]
  nm -D --defined-only "$lib/librelight.so" | awk '{ print $3 }' | sort >"$work/exported"
  grep -o 'relight_[a-z0-9_]*(' ffi/include/relight.h | tr -d '(' | grep -v vectors | sort -u >"$work/declared"
  diff "$work/declared" "$work/exported"
  nm --defined-only --extern-only "$lib/librelight.a" | awk 'NF == 3 { print $3 }' | sort | diff "$work/declared" -
}

# static_examples FOLDER CC..: the examples without the shared library, run.
static_examples() {
  local folder=$1 example flags
  shift
  flags=$(pkg-config --cflags --libs --static relight | sed 's/-lrelight/-l:librelight.a/')
  mkdir "$folder"
  for example in generate back_up recover; do
    # shellcheck disable=SC2086
    "$@" -std=gnu11 "ffi/examples/$example.c" -o "$folder/$example" $flags
    if readelf -d "$folder/$example" | grep librelight; then return 1; fi
  done
  run_examples "$folder"
}

# A program may have another static library of Rust, which brings another blst: each side has its own, and each is right.
beside_others() {
  local built=$target/beside/debug/librelight_beside.a
  CARGO_TARGET_DIR=$target/beside cargo build --locked --manifest-path ffi/tests/beside/Cargo.toml
  gcc -c ffi/tests/beside/second.c -o "$work/second.o"
  static_examples "$work/beside" gcc "$work/second.o" -Wl,--whole-archive "$built" -Wl,--no-whole-archive
  [ "$(nm "$work/beside/recover" | grep -c ' [tT] blst_p1_mult$')" = 2 ]
}

# With musl there is no shared library, and a program says no more than pkg-config does. Without the header of its frames
# nothing unwinds. It runs for seconds, so optimisation would take longer.
musl() {
  local name=x86_64-unknown-linux-musl rust folder=$work/musl
  rust=$(rustc --print sysroot)/lib/rustlib/$name/lib
  [ -e "$rust" ] || rustup target add $name
  CC_x86_64_unknown_linux_musl=musl-gcc CARGO_PROFILE_DEV_OPT_LEVEL=0 \
    cargo build --locked -p relight-ffi --target $name \
    --config profile.dev.package.relight.opt-level=0 --config profile.dev.package.relight-ffi.opt-level=0
  UNWIND=$rust/self-contained/libunwind.a ffi/install.sh "$folder" "$target/$name/debug"
  [ ! -e "$folder/lib/librelight.so" ]
  mkdir "$folder/programs"
  PKG_CONFIG_PATH=$folder/lib/pkgconfig make -C ffi/examples CC='musl-gcc -static' OUT="$folder/programs"
  readelf -lW "$folder/programs/recover" >"$folder/segments"
  grep GNU_EH_FRAME "$folder/segments"
  if grep INTERP "$folder/segments"; then return 1; fi
  run_examples "$folder/programs"
}

must_use() {
  printf '#include <relight.h>\nvoid f(relight_buffer *b) { relight_identity_generate(b, NULL); }\n' >"$work/unused.c"
  if gcc -Werror -Iffi/include -c "$work/unused.c" -o /dev/null 2>"$work/unused"; then return 1; fi
  grep -e -Werror=unused-result "$work/unused"
}

header() {
  echo '#include <relight.h>' >"$work/header.c"
  gcc -std=c11 "${warnings[@]}" -Iffi/include -fsyntax-only "$work/header.c"
  g++ -std=c++17 "${warnings[@]}" -Iffi/include -x c++ -fsyntax-only "$work/header.c"
}

compile() {
  local flags
  flags=$(pkg-config --cflags --libs relight)
  # shellcheck disable=SC2086
  gcc -std=gnu11 "${warnings[@]}" "$@" $flags -lpthread
}

# The examples are short: none has more lines than this that call something.
longest=25
examples_are_short() {
  local example calls
  for example in generate back_up recover; do
    calls=$(grep -c 'relight_[a-z_]*(' "ffi/examples/$example.c")
    echo "$example.c: $calls"
    [ "$calls" -le $longest ] || return 1
  done
  awk -v longest=$longest '
    /^func Example_/ { name = $2; calls = 0; found++ }
    name && /\(/ && !/^\t*\/\// { calls++ }
    name && /^}/ { print name ": " calls; long += calls > longest; name = "" }
    END { exit long || found != 3 }' ffi/go/example_test.go
}

# The examples, one after the other in one folder: the first argument has the programs, the others run them.
run_examples() {
  local programs=$1 folder=$work/run.$$ example
  shift
  mkdir "$folder"
  for example in generate back_up recover; do "$@" "$programs/$example" "$folder" "$folder.key"; done
  rm -r "$folder" "$folder.key"
}
examples() {
  local example
  mkdir -p "$work/examples"
  for example in generate back_up recover; do
    compile "ffi/examples/$example.c" -o "$work/examples/$example" "$@"
  done
}
examples_with_sanitizers() { examples "${sanitizers[@]}"; run_examples "$work/examples"; }
# No secret is on the disk as it is, no file is for others, and without its key the folder is worth nothing.
examples_at_rest() {
  local folder=$work/rest key=$work/rest.key example
  mkdir "$folder" "$work/other"
  for example in generate back_up recover; do "$work/examples/$example" "$folder" "$key"; done
  compile ffi/tests/at_rest.c -o "$work/at_rest" "${sanitizers[@]}"
  "$work/at_rest" "$folder" "$key"
  [ -z "$(find "$folder" "$key" -type f -not -perm 600)" ]
  "$work/examples/generate" "$work/other" "$work/other.key"
  if "$work/examples/recover" "$folder" "$work/other.key" 2>"$work/refused"; then return 1; fi
  grep 'the key is not the one that the secret is sealed to' "$work/refused"
}
# The tables of the generators stay reachable: they are made once.
memcheck() {
  valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite,indirect,possible \
    --suppressions=ffi/tests/valgrind.suppressions "$@"
}
hostile() { compile ffi/tests/hostile.c -o "$work/hostile" "${sanitizers[@]}" && "$work/hostile" "$@"; }
hostile_valgrind() { compile ffi/tests/hostile.c -g -o "$work/hostile" && memcheck "$work/hostile" quick; }
examples_valgrind() { examples -g; run_examples "$work/examples" memcheck; }

# Without randomness, without memory: that of a system which has them is taken away.
faults() { compile ffi/tests/faults.c -o "$work/faults" && "$work/faults"; }

vectors() { compile ffi/tests/vectors/vectors.c -o "$work/vectors" "${sanitizers[@]}" && "$work/vectors" spec/vectors; }

# As the README says: build for release, install, and link from make, CMake and Go. Together with the program: so what it
# builds on is built once.
release() {
  cargo build --release --locked -p relight-ffi -p relight-cli -p relight-overhead
  ffi/install.sh "$prefix" "$target/release"
}

# The program's store, opened by the library and given another identity and passphrase, and opened by the program again.
program() {
  local store=$work/store.folder passphrase=$work/passphrase
  run() { "$target/release/relight" --home "$store" --passphrase-file "$passphrase" "$@"; }
  public() { run --json identity show | grep -o '"public_key": *"[0-9a-f]*"' | cut -d'"' -f4; }
  compile ffi/tests/store.c -o "$work/store"
  echo "correct horse" >"$passphrase"
  run init "Ada"
  run identity new
  public >"$work/wanted"
  "$work/store" "$store" "correct horse" "battery staple" >"$work/found"
  echo "battery staple" >"$passphrase"
  public >>"$work/wanted"
  [ "$(wc -l <"$work/wanted")" = 2 ] && diff "$work/wanted" "$work/found"
  # Without randomness it says so, and the store stays as it was.
  cp -r "$store" "$work/store.before"
  if "$work/faults" "$target/release/relight" --home "$store" --passphrase-file "$passphrase" identity new \
    2>"$work/deprived"; then return 1; fi
  grep 'the operating system has no randomness' "$work/deprived"
  diff -r "$work/store.before" "$store"
}

# As its README says, in an environment of its own; what it is tested on, the library in C makes.
python_package() {
  python3 -m venv "$work/venv"
  cp -r ffi/python "$work/python"
  "$work/venv/bin/pip" install -q "$work/python" mypy==2.4.1
  (cd "$work/python" && "$work/venv/bin/mypy" relight tests)
  compile ffi/tests/custody.c -o "$work/custody"
  mkdir -p "$work/custody.folder/backups"
  "$work/custody" "$work/custody.folder"
  CUSTODY=$work/custody.folder "$work/venv/bin/python" -B ffi/python/tests/test_custody.py
}

consumers() {
  mkdir "$work/make"
  make -C ffi/examples OUT="$work/make"
  run_examples "$work/make"
  cmake -S ffi/examples -B "$work/cmake"
  cmake --build "$work/cmake"
  run_examples "$work/cmake"
  (cd ffi/overhead/go && go build -o "$work/go" .)
}

go_style() {
  local unformatted
  unformatted=$(gofmt -l ffi)
  [ -z "$unformatted" ]
  (cd ffi/go && go vet -tags vectors ./...)
  (cd ffi/overhead/go && go vet ./...)
  (cd ffi/networks && go vet ./...)
}
# The first thing that Go says without cgo is what is missing.
go_without_cgo() {
  local said
  said=$(cd ffi/go && CGO_ENABLED=0 go build . 2>&1) && return 1
  echo "$said"
  grep 'needs-cgo: build constraints exclude all Go files' <<<"$said"
  ! grep undefined <<<"$said"
}
go_test() { cd ffi/go && go test -count=1 "$@" .; }
# Six processes, killed over and over.
go_service() { cd ffi/go && go test -count=1 ./examples/service; }
# The race detector and cgocheck2 each want the standard library compiled anew: together it is once. cgocheck2 looks at
# what cgocheck=1 does, too.
go_test_checked() { GOEXPERIMENT=cgocheck2 go_test -race; }
# Key generations and signatures of others, on the modules that they publish.
go_networks() { cd ffi/networks && go test -count=1 ./...; }
# On groups that hide nothing, with a library of its own, of which the gate's tests have built what is below.
go_fuzz() {
  cargo build --locked --workspace --features relight/transparent --lib --test unsafe_code
  ffi/install.sh "$target/ffi-transparent" "$target/debug"
  export PKG_CONFIG_PATH=$target/ffi-transparent/lib/pkgconfig LD_LIBRARY_PATH=$target/ffi-transparent/lib
  cd ffi/go
  local targets target
  targets=$(grep -ho '^func Fuzz[A-Za-z]*' -- *_test.go | cut -d' ' -f2)
  for target in $targets; do
    go test -tags transparent -run '^$' -fuzz "^$target\$" -fuzztime "${FUZZ_SECONDS:-5}s" .
  done
}

stage "tools" tools
stage "panic=abort is refused" panic_abort_is_refused
stage "library: build and install" library
stage "header: C11 and C++17" header
stage "header: no result is ignored" must_use
stage "examples: at most $longest lines of calls" examples_are_short
stage "C: examples, sanitizers" examples_with_sanitizers
stage "C: examples, what they leave on the disk" examples_at_rest
stage "C: hostile callers, sanitizers" hostile
stage "C: hostile callers, 8 threads, sanitizers" hostile threads
stage "C: vectors, sanitizers" vectors
stage "Go: format, vet" go_style
stage "Go: without cgo" go_without_cgo
stage "Go: tests, race detector, cgocheck2" go_test_checked
stage "Go: vectors" go_test -tags vectors -run Vectors
stage "Go: fuzzing" go_fuzz
stage "release: build and install" release
stage "release: names and symbols" installed
stage "release: C examples, valgrind" examples_valgrind
stage "release: C hostile callers, valgrind" hostile_valgrind
stage "release: C without randomness, without memory" faults
stage "release: Go tests" go_test
stage "release: Go, a service that is killed" go_service
stage "release: Go, networks that exist" go_networks
stage "release: the program's store" program
stage "release: Python" python_package
stage "release: make, CMake, Go" consumers
stage "release: static" static_examples "$work/static" gcc
stage "release: static, libc too" static_examples "$work/static-libc" gcc -static
stage "release: static, beside other libraries" beside_others
stage "musl: static alone" musl
stage "release: cost of C and Go" ffi/overhead/overhead.sh
cat "$work/log"
