//! A changed dealing is refused, or is the honest one, before the ceremony closes and after; it never makes another
//! dealer's fault, nor evidence against an honest one.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use relight::{
    DealingFault, Error, Result,
    dealing::{AgreedDealing, ClosedDealings, Dealings, Evidence},
};
use relight_fuzz::{Mutations, WORLD};
use std::sync::LazyLock;

static RECEIVED: LazyLock<Dealings<'static>> = LazyLock::new(|| WORLD.received());
static CLOSED: LazyLock<ClosedDealings<'static>> = LazyLock::new(|| WORLD.closed());

#[derive(Arbitrary, Debug)]
struct Input {
    dealer: u8,
    dealing: Mutations,
}

fuzz_target!(|input: Input| {
    let honest = &WORLD.dealings[usize::from(input.dealer) % WORLD.dealings.len()];
    let bytes = input.dealing.apply(honest);
    let mut none = Dealings::new(&WORLD.ceremony);
    check(none.receive(&bytes), &bytes);
    assert_eq!(none.bad_dealers().count(), 0);
    let mut all = RECEIVED.clone();
    check_known(all.receive(&bytes), &bytes);
    let valid = |dealings: &Dealings<'_>| dealings.valid().collect::<Vec<AgreedDealing>>();
    assert_eq!(valid(&all), valid(&RECEIVED), "a changed dealing changes the set");
    let mut closed = CLOSED.clone();
    check_known(closed.receive(&bytes), &bytes);
    assert_eq!(closed.bad_dealers().count(), 0);
    for evidence in [Evidence::bad_dealing(&bytes), Evidence::two_dealings(honest, &bytes)] {
        assert_eq!(evidence.verify(&WORLD.ceremony), Err(Error::NoEvidence), "an honest dealer is convicted");
    }
});

fn check(result: Result<()>, bytes: &Vec<u8>) {
    match result {
        Ok(()) => assert!(WORLD.dealings.contains(bytes), "a changed dealing is valid"),
        // Nobody but the dealer can sign: whatever else is wrong, it is not the dealer's fault.
        Err(Error::BadDealing { fault, .. }) => assert_eq!(fault, DealingFault::Signature),
        Err(_) => assert!(!WORLD.dealings.contains(bytes), "an honest dealing is refused"),
    }
}

/// What has the body of a dealing that is there is that dealing, whatever its signature.
fn check_known(result: Result<()>, bytes: &Vec<u8>) {
    match result {
        Ok(()) => {
            let body = &bytes[..bytes.len() - 65];
            assert!(WORLD.dealings.iter().any(|known| known.len() == bytes.len() && known.starts_with(body)));
        }
        other => check(other, bytes),
    }
}
