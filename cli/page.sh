#!/bin/sh
# Looks at the page of an audit in headless Chromium, in light and dark: the facts are there, and nothing is drawn outside.
# Installs nothing; says what is missing.
set -eu
exec </dev/null

root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    echo "cli/page.sh: $1" >&2
    exit 1
}

browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) ||
    fail "missing: chromium"

# look FLAG..: the document as the browser has it.
look() {
    "$browser" --headless --no-sandbox --disable-gpu --user-data-dir="$work/profile" "$@" "file://$page" 2>"$work/log" ||
        { cat "$work/log" >&2; fail "the browser fails"; }
}

cd "$root"
target=${CARGO_TARGET_DIR:-target}
cargo test --quiet --locked --workspace --test program shows_what_is_new >"$work/log" 2>&1 ||
    { cat "$work/log" >&2; fail "the page was not made"; }
page=$(CDPATH= cd -- "$target/tmp" && pwd)/audit.html
[ -s "$page" ] || fail "there is no page"

look --dump-dom >"$work/dom"
for fact in "It could not be restored." "node-1, node-3" "key 0" "key 1" "stale" "<polyline\|<circle" \
    "epoch 7: 1" "epoch 8: not restorable"; do
    grep -q "$fact" "$work/dom" || fail "the page does not show: $fact"
done
if grep -q "<script\|src=\|href=" "$work/dom"; then fail "the page needs something else"; fi

# The colours follow the reader's: the same page is another picture.
look --screenshot="$work/light.png" --window-size=1000,1400
look --screenshot="$work/dark.png" --window-size=1000,1400 --blink-settings=preferredColorScheme=0
[ -s "$work/light.png" ] && [ -s "$work/dark.png" ] || fail "nothing was drawn"
if cmp -s "$work/light.png" "$work/dark.png"; then fail "light and dark look alike"; fi
if [ -n "${KEEP:-}" ]; then cp "$work"/*.png "$KEEP"; fi
echo "the page shows its facts, in light and dark"
