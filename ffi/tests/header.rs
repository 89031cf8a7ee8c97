//! The committed header is the one that cbindgen makes of the sources.

use std::path::Path;

#[test]
fn header_is_current() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let config = cbindgen::Config::from_file(folder.join("cbindgen.toml")).expect("a configuration");
    let bindings = cbindgen::Builder::new().with_crate(folder).with_config(config).generate().expect("a header");
    let mut generated = Vec::new();
    bindings.write(&mut generated);
    let generated = String::from_utf8(generated).expect("text");
    let path = folder.join("include/relight.h");
    if std::env::var_os("RELIGHT_WRITE_HEADER").is_some() {
        std::fs::write(&path, &generated).expect("a writable header");
    }
    let committed = std::fs::read_to_string(&path).expect("a committed header");
    let hint = "relight.h is out of date: run RELIGHT_WRITE_HEADER=1 cargo test -p relight-ffi --test header";
    assert!(committed == generated, "{hint}");
}

#[test]
fn compilers_warn_of_every_result_that_nobody_looks_at() {
    let header = include_str!("../include/relight.h");
    let lines: Vec<_> = header.lines().collect();
    let fallible = lines.windows(2).filter(|lines| lines[1].starts_with("relight_result relight_"));
    let (with, without): (Vec<_>, Vec<_>) = fallible.partition(|lines| lines[0] == "RELIGHT_MUST_USE");
    assert!(!with.is_empty() && without.is_empty(), "without it: {without:?}");
}
