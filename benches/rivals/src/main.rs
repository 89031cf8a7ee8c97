//! Relight beside what else encrypts key shares verifiably: the same secrets, one thread, one run.
//!
//! Every scheme starts from the secrets and ends with them: it encrypts to bytes, verifies from bytes, and decrypts
//! what it verified. A scheme without batching does it once for each key.

mod dkg_in_the_head;
mod exponent_elgamal;
mod threshold_backup;

use dkg_in_the_head::DkgInTheHead;
use exponent_elgamal::ExponentElGamal;
use relight::curve::CurveId;
use relight_benches::parameter_sets;
use relight_benches::timing::{median, processor_time};
use std::hint::black_box;
use std::time::Duration;
use threshold_backup::ThresholdBackup;

const ROUNDS: usize = 11;

fn main() {
    println!("one thread, medians of {ROUNDS} rounds in turn; times in milliseconds");
    for keys in [1, 11] {
        println!("\nkeys: {keys}\n{:58} {:>9} {:>9} {:>9} {:>9}", "", "encrypt", "verify", "decrypt", "bytes");
        let mut contestants: Vec<Contestant> = parameter_sets()
            .map(|set| Contestant::new(ThresholdBackup::new(set, CurveId::Ristretto255, keys)))
            .chain(parameter_sets().map(|set| Contestant::new(ThresholdBackup::new(set, CurveId::Secp256k1, keys))))
            .collect();
        contestants.push(Contestant::new(ExponentElGamal::new(keys)));
        contestants.push(Contestant::new(DkgInTheHead::new(keys)));
        (0..ROUNDS).for_each(|_| contestants.iter_mut().for_each(Contestant::run));
        contestants.into_iter().for_each(Contestant::print);
    }
}

/// A way to encrypt secrets verifiably.
trait Scheme {
    /// What a verifier knows to be good.
    type Verified;

    /// For reports.
    fn name(&self) -> String;
    /// Encrypts all secrets.
    fn encrypt(&self) -> Vec<u8>;
    /// Checks that the secrets are those of the public shares, and can be decrypted.
    fn verify(&self, bytes: &[u8]) -> Self::Verified;
    /// Decrypts all secrets and checks them against the public shares.
    fn decrypt(&self, verified: &Self::Verified);
}

/// A scheme and what was measured of it.
struct Contestant {
    name: String,
    size: usize,
    operations: [Box<dyn Fn()>; 3],
    times: [Vec<Duration>; 3],
}

impl Contestant {
    fn new<S: Scheme + 'static>(scheme: S) -> Self {
        let scheme = std::rc::Rc::new(scheme);
        let bytes = scheme.encrypt();
        let (size, name, verified) = (bytes.len(), scheme.name(), scheme.verify(&bytes));
        let [encrypting, verifying, decrypting] = [scheme.clone(), scheme.clone(), scheme];
        let operations: [Box<dyn Fn()>; 3] = [
            Box::new(move || drop(black_box(encrypting.encrypt()))),
            Box::new(move || drop(black_box(verifying.verify(&bytes)))),
            Box::new(move || decrypting.decrypt(&verified)),
        ];
        Self { name, size, operations, times: Default::default() }
    }

    fn run(&mut self) {
        self.times
            .iter_mut()
            .zip(&self.operations)
            .for_each(|(times, operation)| times.push(processor_time(operation)));
    }

    fn print(self) {
        let [encrypt, verify, decrypt] = self.times.map(|times| median(times).as_secs_f64() * 1e3);
        println!("{:58} {encrypt:>9.2} {verify:>9.2} {decrypt:>9.2} {:>9}", self.name, self.size);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Verifies the encryption of two secrets, each as the other's.
    fn verify_exchanged(scheme: &impl Scheme) {
        let mut bytes = scheme.encrypt();
        scheme.decrypt(&scheme.verify(&bytes));
        let half = bytes.len() / 2;
        bytes.rotate_left(half);
        scheme.verify(&bytes);
    }

    #[test]
    #[should_panic(expected = "an honest proof")]
    fn exponent_elgamal_refuses_the_encryption_of_another_secret() {
        verify_exchanged(&ExponentElGamal::new(2));
    }

    #[test]
    #[should_panic(expected = "an honest proof")]
    fn dkg_in_the_head_refuses_the_encryption_of_another_secret() {
        verify_exchanged(&DkgInTheHead::new(2));
    }
}
