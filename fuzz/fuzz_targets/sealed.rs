//! Secrets at rest: an age file that was changed gives its secret, or nothing; so does any other file.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use relight_fuzz::Mutations;
use relight_sealed::{Error, SecretString, open, open_with_passphrase, seal, takes_passphrase, x25519};
use std::sync::LazyLock;

const SECRET: &[u8] = b"what nobody else may know";

#[derive(Arbitrary, Debug)]
enum Input<'a> {
    /// A file that is sealed to an identity.
    ToIdentity(Mutations),
    /// A file that a passphrase opens.
    ByPassphrase(Mutations),
    /// Anything, perhaps after the beginning of an age file.
    Noise { begins: bool, bytes: &'a [u8] },
}

struct Sealed {
    holder: x25519::Identity,
    to_identity: Vec<u8>,
    by_passphrase: Vec<u8>,
}

static SEALED: LazyLock<Sealed> = LazyLock::new(|| {
    let (holder, mut cheap) = (x25519::Identity::generate(), age::scrypt::Recipient::new(passphrase()));
    cheap.set_work_factor(1);
    let to_identity = seal(SECRET, [&holder.to_public() as _]).expect("it seals");
    Sealed { to_identity, by_passphrase: seal(SECRET, [&cheap as _]).expect("it seals"), holder }
});

fuzz_target!(|input: Input| match input {
    Input::ToIdentity(change) => check(&change.apply(&SEALED.to_identity)),
    Input::ByPassphrase(change) => check(&change.apply(&SEALED.by_passphrase)),
    Input::Noise { begins, bytes } => {
        let beginning: &[u8] = if begins { b"age-encryption.org/v1\n-> " } else { b"" };
        check(&[beginning, bytes].concat());
    }
});

fn passphrase() -> SecretString {
    "correct horse".to_owned().into()
}

fn check(file: &[u8]) {
    let opened = open(file, [&SEALED.holder as _]);
    compare(file, &SEALED.to_identity, opened.as_deref());
    match takes_passphrase(file) {
        Ok(true) if is_dear(file) => (),
        Ok(by_passphrase) => {
            let opened = open_with_passphrase(file, passphrase());
            assert!(by_passphrase || opened.is_err(), "a passphrase opens what is sealed to an identity");
            compare(file, &SEALED.by_passphrase, opened.as_deref());
        }
        Err(_) => assert!(open_with_passphrase(file, passphrase()).is_err()),
    }
}

fn compare(file: &[u8], honest: &[u8], opened: Result<&Vec<u8>, &Error>) {
    match opened {
        Ok(found) => assert_eq!(found, SECRET, "another secret"),
        Err(_) => assert_ne!(file, honest, "the honest file is refused"),
    }
}

/// More than the least work says nothing more, and takes up to seconds.
fn is_dear(file: &[u8]) -> bool {
    let line = file.split(|byte| *byte == b'\n').find(|line| line.starts_with(b"-> scrypt "));
    let work = line.and_then(|line| line.rsplit(|byte| *byte == b' ').next());
    work.is_some_and(|work| work != b"1")
}
