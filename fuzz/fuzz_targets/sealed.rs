//! Secrets at rest: an age file that was changed gives its secret, or nothing; so does any other file.
#![no_main]

use age::scrypt;
use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use relight_fuzz::Mutations;
use relight_sealed::{Error, SecretString, open, seal, takes_passphrase, x25519};
use std::sync::LazyLock;

const SECRET: &[u8] = b"what nobody else may know";
const LEAST_WORK: u8 = 1;

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
    /// Made once, as age tries each time how fast the machine is. More than the least work says nothing more.
    passphrase: scrypt::Identity,
    by_passphrase: Vec<u8>,
}

static SEALED: LazyLock<Sealed> = LazyLock::new(|| {
    let holder = x25519::Identity::generate();
    let to_identity = seal(SECRET, [&holder.to_public() as _]).expect("it seals");
    let words: SecretString = "correct horse".to_owned().into();
    let mut cheap = scrypt::Recipient::new(words.clone());
    cheap.set_work_factor(LEAST_WORK);
    let by_passphrase = seal(SECRET, [&cheap as _]).expect("it seals");
    let mut passphrase = scrypt::Identity::new(words);
    passphrase.set_max_work_factor(LEAST_WORK);
    Sealed { holder, to_identity, passphrase, by_passphrase }
});

fuzz_target!(|input: Input| match input {
    Input::ToIdentity(change) => check(&change.apply(&SEALED.to_identity)),
    Input::ByPassphrase(change) => check(&change.apply(&SEALED.by_passphrase)),
    Input::Noise { begins, bytes } => {
        let beginning: &[u8] = if begins { b"age-encryption.org/v1\n-> " } else { b"" };
        check(&[beginning, bytes].concat());
    }
});

fn check(file: &[u8]) {
    let (by_holder, by_passphrase) = (open(file, [&SEALED.holder as _]), open(file, [&SEALED.passphrase as _]));
    compare(file, &SEALED.to_identity, by_holder.as_deref());
    compare(file, &SEALED.by_passphrase, by_passphrase.as_deref());
    let takes_passphrase = takes_passphrase(file).ok();
    assert!(by_holder.is_err() || takes_passphrase == Some(false), "an identity opens what has a passphrase");
    assert!(
        by_passphrase.is_err() || takes_passphrase == Some(true),
        "a passphrase opens what is sealed to an identity"
    );
}

fn compare(file: &[u8], honest: &[u8], opened: Result<&Vec<u8>, &Error>) {
    match opened {
        Ok(found) => assert_eq!(found, SECRET, "another secret"),
        Err(_) => assert_ne!(file, honest, "the honest file is refused"),
    }
}
