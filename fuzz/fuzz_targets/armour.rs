//! Objects as text: an object comes back from its text whole, or the text is refused; anything else is left as it is.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use relight_cli::armour::{Kind, armour, kind_of, strip};
use relight_fuzz::Mutations;

#[derive(Arbitrary, Debug)]
enum Input<'a> {
    /// The text of an object, changed or not, where a kind is needed.
    Text { kind: u8, needed: u8, object: &'a [u8], change: Option<Mutations> },
    /// Anything, perhaps after the beginning of a text.
    Noise { begins: bool, bytes: &'a [u8] },
}

fuzz_target!(|input: Input| match input {
    Input::Text { kind, needed, object, change } => text(nth(kind), nth(needed), object, change),
    Input::Noise { begins, bytes } => {
        let beginning: &[u8] = if begins { b"-----BEGIN " } else { b"" };
        Kind::ALL.iter().for_each(|kind| noise(*kind, &[beginning, bytes].concat()));
    }
});

fn nth(place: u8) -> Kind {
    Kind::ALL[usize::from(place) % Kind::ALL.len()]
}

fn text(kind: Kind, needed: Kind, object: &[u8], change: Option<Mutations>) {
    let honest = armour(kind, object).expect("any bytes have a text").into_bytes();
    assert_eq!(kind_of(&honest), Some(kind));
    match change {
        None => match strip(needed, honest) {
            Ok(found) => assert!(kind == needed && found == object),
            Err(_) => assert_ne!(kind, needed, "an honest text is refused"),
        },
        Some(change) => noise(needed, &change.apply(&honest)),
    }
}

fn noise(kind: Kind, bytes: &[u8]) {
    let is_text = bytes.starts_with(b"-----BEGIN ");
    match strip(kind, bytes.to_vec()) {
        Ok(found) if !is_text => assert_eq!(found, bytes),
        Ok(_) => assert_eq!(kind_of(bytes), Some(kind), "the text of another kind"),
        Err(_) => assert!(is_text, "what is no text is refused"),
    }
}
