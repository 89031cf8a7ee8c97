//! A changed dealing is refused, or is the honest one; it never makes another dealer's fault.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use relight::{DealingFault, Dealings, Error};
use relight_fuzz::{Mutations, WORLD};

#[derive(Arbitrary, Debug)]
struct Input {
    dealer: u8,
    dealing: Mutations,
}

fuzz_target!(|input: Input| {
    let honest = &WORLD.dealings[usize::from(input.dealer) % WORLD.dealings.len()];
    let bytes = input.dealing.apply(honest);
    let mut dealings = Dealings::new(&WORLD.ceremony);
    match dealings.receive(&bytes) {
        Ok(()) => assert!(WORLD.dealings.contains(&bytes), "a changed dealing is valid"),
        // Nobody but the dealer can sign: whatever else is wrong, it is not the dealer's fault.
        Err(Error::BadDealing { fault, .. }) => assert_eq!(fault, DealingFault::Signature),
        Err(_) => assert!(!WORLD.dealings.contains(&bytes), "an honest dealing is refused"),
    }
    assert_eq!(dealings.bad_dealers().count(), 0);
});
