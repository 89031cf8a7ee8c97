#!/usr/bin/env bash
# The board in object stores that answer on loopback, S3 (moto) and WebDAV (WsgiDAV), both of PyPI: cli/tests/cloud.rs.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --require-hashes -r requirements.txt

free_port() {
    python3 -c 'import socket; one = socket.socket(); one.bind(("127.0.0.1", 0)); print(one.getsockname()[1])'
}

# Both answer, and the bucket is there.
ready() {
    python3 - "$@" <<'END' 2>/dev/null
import sys, urllib.request as web
bucket, shared = sys.argv[1:]
web.urlopen(web.Request(bucket, method="PUT"))
web.urlopen(shared)
END
}

s3=http://127.0.0.1:$(free_port)
webdav=http://127.0.0.1:$(free_port)
mkdir "$work/shared"
"$work/venv/bin/moto_server" -H 127.0.0.1 -p "${s3##*:}" >"$work/log" 2>&1 &
"$work/venv/bin/wsgidav" --host 127.0.0.1 --port "${webdav##*:}" --root "$work/shared" --auth anonymous \
    >>"$work/log" 2>&1 &
for _ in $(seq 100); do
    ! ready "$s3/board" "$webdav/" || break
    sleep 0.5
done
ready "$s3/board" "$webdav/" || { cat "$work/log"; exit 1; }

export AWS_ENDPOINT=$s3 AWS_ALLOW_HTTP=true AWS_ACCESS_KEY_ID=loopback AWS_SECRET_ACCESS_KEY=loopback
export RELIGHT_STORES="s3://board/relight $webdav/relight"
cd ../../..
export RUSTC_WORKSPACE_WRAPPER=$PWD/.ci/clippy
cargo test -p relight-cli --locked --features cloud --test cloud -- --include-ignored
