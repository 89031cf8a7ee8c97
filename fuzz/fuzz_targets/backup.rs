//! A changed backup is refused, or is the honest one; it opens to the node's shares or not at all.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use relight::{Backup, Blinder, Error, Statement, decryption::DecryptionShare};
use relight_fuzz::{Mutations, WORLD};

#[derive(Arbitrary, Debug)]
struct Input {
    backup: Mutations,
    statement: Mutations,
    blinder: Mutations,
    sigma: Mutations,
}

fuzz_target!(|input: Input| {
    let bytes = input.backup.apply(&WORLD.backup);
    let Ok(verified) = Backup::decode(&bytes).and_then(|backup| backup.verify(&WORLD.statement)) else {
        assert_ne!(bytes, WORLD.backup, "the honest backup is refused");
        return;
    };
    assert_eq!(bytes, WORLD.backup, "a changed backup verifies");
    if let Ok(other) = Statement::decode(&input.statement.apply(&WORLD.statement.encode())) {
        let same = other == WORLD.statement;
        assert_eq!(Backup::decode(&bytes).unwrap().verify(&other).is_ok(), same, "not the backup that is expected");
    }
    let digest = WORLD.statement.digest();
    let Ok(blinder) = Blinder::decode(&input.blinder.apply(&WORLD.blinder.encode())) else { return };
    let honest = WORLD.decryption_shares(&digest);
    let Ok(first) = DecryptionShare::decode(&input.sigma.apply(&honest[0].encode())) else { return };
    let right = first == honest[0];
    match WORLD.roster.party().combine(&digest, &[first, honest[1].clone()]) {
        Ok(unlock) => {
            assert!(right, "a wrong decryption share is combined");
            let opened = verified.open(&unlock, &blinder);
            if blinder.public() == WORLD.blinder.public() {
                let opened = opened.expect("the right keys open");
                assert!(opened.iter().zip(&WORLD.shares).all(|(one, other)| one.encode() == other.encode()));
            } else {
                assert_eq!(opened.unwrap_err(), Error::WrongBlinder);
            }
        }
        Err(_) => assert!(!right, "right decryption shares are refused"),
    }
});
