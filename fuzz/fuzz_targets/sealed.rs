//! Secrets at rest: a store whose age files were changed gives its secret, or nothing.
#![no_main]

use age::secrecy::ExposeSecret;
use libfuzzer_sys::fuzz_target;
use relight_cli::console::{Console, Secrets, Wallet};
use relight_cli::store::{Protection, Store};
use relight_fuzz::Mutations;
use std::path::PathBuf;

const SECRET: &[u8] = b"what nobody else may know";

/// A store, open, with one secret in it, and what protects it.
struct Home {
    store: Store,
    console: Console,
    path: PathBuf,
    sealed: Vec<u8>,
}

thread_local! {
    static HOME: Home = home().expect("a new store");
}

fn home() -> Result<Home, Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?.keep();
    let holder = age::x25519::Identity::generate();
    let file = folder.join("holder");
    std::fs::write(&file, holder.to_string().expose_secret())?;
    let root = folder.join("store");
    let protection = Protection::to_recipients(&[holder.to_public().to_string()]).map_err(|error| error.to_string())?;
    let store = Store::create(&root, "party", &protection).map_err(|error| error.to_string())?;
    store.seal("secret", SECRET).map_err(|error| error.to_string())?;
    let secrets = Secrets { identity_file: Some(file), ..Secrets::default() };
    let console = Console::new(secrets, Wallet::default(), true, true);
    let path = root.join("secret.age");
    let sealed = std::fs::read(&path)?;
    store.secret("secret", &console).map_err(|error| error.to_string())?;
    Ok(Home { store, console, path, sealed })
}

fuzz_target!(|change: Mutations| HOME.with(|home| check(home, &change)));

fn check(home: &Home, change: &Mutations) {
    let changed = change.apply(&home.sealed);
    std::fs::write(&home.path, &changed).expect("the disk has room");
    match home.store.secret("secret", &home.console) {
        Ok(found) => assert_eq!(&found[..], SECRET, "another secret"),
        Err(_) => assert_ne!(changed, home.sealed, "the honest file is refused"),
    }
}
