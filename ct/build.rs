//! Compiles the requests to valgrind, which are C macros, and notes what cargo builds with.

use std::env;

/// Variables that change the profile, and that cargo passes on in no other way.
const OVERRIDES: [&str; 2] = ["CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "CARGO_PROFILE_RELEASE_LTO"];

fn main() {
    println!("cargo:rerun-if-changed=src/requests.c");
    OVERRIDES.iter().for_each(|name| println!("cargo:rerun-if-env-changed={name}"));
    println!("cargo:rustc-env=RELIGHT_CT_BUILT={}", built());
    cc::Build::new().file("src/requests.c").compile("requests");
}

fn built() -> String {
    let [profile, level, debug, flags] = ["PROFILE", "OPT_LEVEL", "DEBUG", "CARGO_ENCODED_RUSTFLAGS"].map(variable);
    let flags: Vec<String> =
        [flags].into_iter().chain(OVERRIDES.map(variable)).filter(|flag| !flag.is_empty()).collect();
    let flags = if flags.is_empty() { "none".to_owned() } else { flags.join(" ").replace('\x1f', " ") };
    format!("profile {profile}, opt-level {level}, debug {debug}, flags {flags}")
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_default()
}
