//! What people pass around as text. An object comes back from its text whole, or the text is refused; anything else is left
//! as it is. A share that a network's own key generation made is taken from JSON if it is the one of its sharing.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use relight::KeyShare;
use relight_cli::armour::{Kind, armour, kind_of, strip};
use relight_cli::foreign;
use relight_fuzz::{Mutations, WORLD};
use std::sync::LazyLock;

#[derive(Arbitrary, Debug)]
enum Input<'a> {
    /// The text of an object, changed or not, where a kind is needed.
    Text { kind: u8, needed: u8, object: &'a [u8], change: Option<Mutations> },
    /// Anything, perhaps after the beginning of a text.
    Noise { begins: bool, bytes: &'a [u8] },
    /// The shares of a key generation, changed or not.
    Shares(Option<Mutations>),
}

/// The first member's share, as a key generation says it.
static SHARES: LazyLock<String> = LazyLock::new(|| {
    let (share, commitment) = (&WORLD.recovery_shares[0], WORLD.roster.party().commitment());
    let points: Vec<String> =
        commitment.commitments().map(|point| format!("{:?}", hexadecimal(point.as_bytes()))).collect();
    format!(
        r#"[{{"epoch": {}, "curve": "{}", "identifier": "{}", "secret": "{}", "commitments": [{}]}}]"#,
        share.epoch(),
        share.curve(),
        hexadecimal(share.identifier().as_bytes()),
        hexadecimal(share.secret().expose_bytes()),
        points.join(", "),
    )
});

fuzz_target!(|input: Input| match input {
    Input::Text { kind, needed, object, change } => text(nth(kind), nth(needed), object, change),
    Input::Noise { begins, bytes } => {
        let beginning: &[u8] = if begins { b"-----BEGIN " } else { b"" };
        Kind::ALL.iter().for_each(|kind| noise(*kind, &[beginning, bytes].concat()));
    }
    Input::Shares(change) => shares(change),
});

fn nth(place: u8) -> Kind {
    Kind::ALL[usize::from(place) % Kind::ALL.len()]
}

fn text(kind: Kind, needed: Kind, object: &[u8], change: Option<Mutations>) {
    // No object is empty: each begins with the version.
    let object = &[&[1], object].concat();
    let honest = armour(kind, object).expect("any bytes have a text").into_bytes();
    assert_eq!(kind_of(&honest), Some(kind));
    match change {
        None => match strip(needed, honest) {
            Ok(found) => assert!(kind == needed && found == *object),
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

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn shares(change: Option<Mutations>) {
    let json = change.map_or_else(|| SHARES.clone().into_bytes(), |change| change.apply(SHARES.as_bytes()));
    let is_honest = json == SHARES.as_bytes();
    match foreign::shares(&json) {
        Ok(found) => {
            assert!(
                found.iter().all(|share| share.secret().public() == *share.public_share()),
                "a share of no sharing"
            );
            assert!(!is_honest || found.iter().map(KeyShare::encode).eq([WORLD.recovery_shares[0].encode()]));
        }
        Err(_) => assert!(!is_honest, "an honest share is refused"),
    }
}
