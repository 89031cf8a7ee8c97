//! What opens a sealed secret, and what does not.
#![allow(missing_docs)]

use relight_sealed::{
    Error, Recipient, SecretString, open, open_with_passphrase, seal, seal_with_passphrase, takes_passphrase, x25519,
};

const SECRET: &[u8] = b"a secret";

fn passphrase(text: &str) -> SecretString {
    text.to_owned().into()
}

#[test]
fn any_recipient_opens_and_nobody_else() {
    let keys = [(); 3].map(|()| x25519::Identity::generate());
    let recipients = [keys[0].to_public(), keys[1].to_public()];
    let sealed = seal(SECRET, recipients.iter().map(|recipient| recipient as &dyn Recipient)).unwrap();
    assert_eq!(*open(&sealed, [&keys[0] as _]).unwrap(), SECRET);
    assert_eq!(*open(&sealed, [&keys[2] as _, &keys[1] as _]).unwrap(), SECRET);
    assert!(matches!(open(&sealed, [&keys[2] as _]), Err(Error::WrongKey)));
    assert!(matches!(open_with_passphrase(&sealed, passphrase("x")), Err(Error::WrongKey)));
    assert!(!takes_passphrase(&sealed).unwrap());
    assert!(matches!(seal(SECRET, []), Err(Error::Sealing(_))));
}

#[test]
fn a_passphrase_opens() {
    let sealed = seal_with_passphrase(SECRET, passphrase("long")).unwrap();
    assert!(takes_passphrase(&sealed).unwrap());
    assert_eq!(*open_with_passphrase(&sealed, passphrase("long")).unwrap(), SECRET);
    assert!(matches!(open_with_passphrase(&sealed, passphrase("lang")), Err(Error::WrongKey)));
    assert!(matches!(open(&sealed, [&x25519::Identity::generate() as _]), Err(Error::WrongKey)));
}

/// Of an attacker's number neither time nor memory is spent.
#[test]
fn what_takes_too_much_work_is_refused() {
    let sealed = seal_with_passphrase(SECRET, passphrase("long")).unwrap();
    let header = b"-> scrypt ";
    let line = sealed.windows(header.len()).position(|window| window == header).unwrap();
    let number = line + sealed[line..].windows(4).position(|window| window == b" 18\n").unwrap() + 1;
    for work in [b"21", b"30", b"63"] {
        let mut hostile = sealed.clone();
        hostile[number..number + 2].copy_from_slice(work);
        assert!(matches!(open_with_passphrase(&hostile, passphrase("long")), Err(Error::TooMuchWork)));
    }
}

#[test]
fn every_damage_is_refused() {
    let key = x25519::Identity::generate();
    let sealed = seal(SECRET, [&key.to_public() as _]).unwrap();
    for place in 0..sealed.len() {
        let mut damaged = sealed.clone();
        damaged[place] ^= 1;
        assert!(open(&damaged, [&key as _]).is_err(), "byte {place}");
        assert!(open(&sealed[..place], [&key as _]).is_err(), "{place} bytes");
    }
    assert!(matches!(open(b"", [&key as _]), Err(Error::Unreadable(_))));
}
