//! Secrets at rest: age files for the holders of age keys. What age draws by itself is not marked, but for the key of
//! the file, from where it is wrapped on.

use crate::taint::{secret_from, secret_value};
use crate::world::{BODY, World};
use age::EncryptError;
use age_core::format::{FileKey, Stanza};
use age_core::secrecy::ExposeSecret;
use relight_sealed::{Error, Identity, Recipient, x25519};
use std::collections::HashSet;
use std::hint::black_box;
use std::ops::Deref;

/// A recipient to whom the key of a file is marked before it is wrapped.
pub struct Marking<R>(pub R);

impl<R: Recipient> Recipient for Marking<R> {
    fn wrap_file_key(&self, key: &FileKey) -> Result<(Vec<Stanza>, HashSet<String>), EncryptError> {
        secret_value(key.expose_secret());
        self.0.wrap_file_key(key)
    }
}

/// The keys of two holders, not marked.
pub fn holders() -> [x25519::Identity; 2] {
    [(); 2].map(|()| x25519::Identity::generate())
}

/// A Blinder to two holders, its encoding marked.
pub fn seal(world: &World) {
    let [one, other] = holders().map(|key| Marking(key.to_public()));
    let blinder = secret_from(&world.blinder.encode(), BODY);
    black_box(relight_sealed::seal(&blinder, [&one as _, &other as _]).unwrap());
}

/// A file that is sealed to both, by the second of them.
pub fn open(world: &World) {
    black_box(opened(world));
}

/// What is in it.
pub fn opened(world: &World) -> impl Deref<Target = Vec<u8>> {
    let [one, other] = holders();
    let recipients = [&one.to_public() as _, &other.to_public() as _];
    let sealed = relight_sealed::seal(&world.blinder.encode(), recipients).unwrap();
    secret_value(&other);
    relight_sealed::open(&sealed, [&other as &dyn Identity]).unwrap()
}

/// One that is sealed to another.
pub fn open_others(world: &World) {
    let [one, other] = holders();
    let sealed = relight_sealed::seal(&world.blinder.encode(), [&one.to_public() as _]).unwrap();
    secret_value(&other);
    assert!(matches!(relight_sealed::open(&sealed, [&other as _]), Err(Error::WrongKey)));
}
