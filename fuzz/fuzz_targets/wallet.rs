//! What wallets return: a changed signature completes nothing, or to what the honest one does, and whoever it introduces
//! has signed.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use relight::{
    Error,
    dealing::Confirmation,
    identity::{Address, IdentityPublicKey, Purpose, SignatureScheme, Unsigned},
    registration::MemberRegistration,
};
use relight_fuzz::{Mutations, NAME, WORLD};
use std::sync::LazyLock;

#[derive(Arbitrary, Debug)]
enum Input<'a> {
    /// The signature of a registration, with its v.
    Complete { odd: bool, change: Mutations },
    /// That of an introduction.
    Introduce { odd: bool, change: Mutations, address: Option<Address20> },
    /// Anything.
    Noise(&'a [u8]),
}

type Address20 = [u8; 20];

/// The registration of the first member, and what its wallet returned for it, without v.
static BY_WALLET: LazyLock<(MemberRegistration, Vec<u8>)> = LazyLock::new(|| {
    let (unsigned, returned) = (unsigned(), sign(Purpose::MemberRegistration, unsigned().body()));
    (unsigned.complete(&returned).expect("64 bytes are enough"), returned)
});
static INTRODUCTION: LazyLock<Vec<u8>> = LazyLock::new(|| sign(Purpose::Identity, NAME));

fuzz_target!(|input: Input| match input {
    Input::Complete { odd, change } => complete(&change.apply(&with_v(&BY_WALLET.1, odd))),
    Input::Introduce { odd, change, address } => introduce(&change.apply(&with_v(&INTRODUCTION, odd)), address),
    Input::Noise(bytes) => {
        complete(bytes);
        introduce(bytes, None);
    }
});

fn sign(purpose: Purpose, message: &[u8]) -> Vec<u8> {
    let signature = WORLD.identities[0].sign(SignatureScheme::PersonalMessage, purpose, message);
    signature.expect("an identity signs").to_bytes()[1..].to_vec()
}

fn with_v(returned: &[u8], odd: bool) -> Vec<u8> {
    [returned, &[27 + u8::from(odd)]].concat()
}

fn unsigned() -> Unsigned<MemberRegistration> {
    let signed = WORLD.roster.members()[0].registration.encode();
    Unsigned::from_body(&signed[..signed.len() - 65], WORLD.identities[0].public())
}

/// What completes the object is the wallet's signature, in one of its forms.
fn complete(bytes: &[u8]) {
    match unsigned().complete(bytes) {
        Ok(completed) => assert_eq!(completed, BY_WALLET.0),
        Err(error) => assert!(matches!(error, Error::WalletSignature(_)), "{error}"),
    }
}

/// Any bytes may recover some key, whose address a fuzzer can learn; but no other one has the address of the identity.
fn introduce(bytes: &[u8], stranger: Option<Address20>) {
    let identity = WORLD.identities[0].public();
    for address in [None, Some(identity.address()), stranger.map(Address)] {
        match IdentityPublicKey::introduce(NAME, address, bytes) {
            Ok(key) => {
                assert!(address.is_none_or(|address| key.address() == address), "a key of another address");
                assert!(key.address() != identity.address() || key == identity, "an address is taken over");
                let form = Unsigned::<Confirmation>::from_body(NAME, key);
                assert!(form.complete(bytes).is_err(), "an introduction is no confirmation");
            }
            Err(error) => assert!(matches!(error, Error::WalletSignature(_)), "{error}"),
        }
    }
}
