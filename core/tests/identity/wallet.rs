//! Identities that live in wallets: every form in which a wallet returns a signature, and what is wrong with one.

use crate::common::closing::{confirm, receive_all};
use crate::common::{Party, SCALAR, SECP256K1_ORDER, World, flipped, patched, plan, rng};
use k256::ecdsa::{RecoveryId, Signature as Ecdsa, SigningKey};
use num_bigint::BigUint;
use proptest::prelude::*;
use relight::curve::CurveId;
use relight::{
    Error, MemberKey, WalletFault,
    dealing::{Ceremony, Confirmation, Confirmations, Dealing, Dealings, Evidence, Keys},
    identity::{Address, IdentityKey, IdentityPublicKey, SignatureScheme, Signed, Unsigned},
    recovery::Response,
    registration::{BlinderRegistration, MemberRegistration},
};
use sha3::{Digest, Keccak256};
use std::fmt::Debug;

/// What a wallet signs when it is shown a text (EIP-191): r || s with the lower s, and whether the ordinate is odd.
fn personal_sign(wallet: &IdentityKey, text: &str) -> ([u8; 64], bool) {
    let key = SigningKey::from_slice(&wallet.encode()[SCALAR]).unwrap();
    let prefix = format!("\x19Ethereum Signed Message:\n{}", text.len());
    let prehash: [u8; 32] = Keccak256::new().chain_update(prefix).chain_update(text).finalize().into();
    let (signature, id): (Ecdsa, RecoveryId) = key.sign_prehash_recoverable(&prehash);
    (signature.to_bytes().into(), id.is_y_odd())
}

/// The other signature of the same text: n - s, for the opposite point.
fn with_high_s(rs: &[u8; 64]) -> [u8; 64] {
    let s = BigUint::from_bytes_be(&SECP256K1_ORDER) - BigUint::from_bytes_be(&rs[32..]);
    let mut other = *rs;
    other[32..].copy_from_slice(&[&vec![0; 32 - s.to_bytes_be().len()][..], &s.to_bytes_be()].concat());
    other
}

fn with_v(rs: &[u8; 64], v: u8) -> Vec<u8> {
    [&rs[..], &[v]].concat()
}

/// The form of EIP-2098: the highest bit of s says whether the ordinate is odd.
fn compact(rs: &[u8; 64], odd: bool) -> Vec<u8> {
    flipped(rs, 32, if odd { 0x80 } else { 0 })
}

/// All forms in which wallets return what this one signed.
fn forms(wallet: &IdentityKey, text: &str) -> Vec<Vec<u8>> {
    let (low, odd) = personal_sign(wallet, text);
    let high = with_high_s(&low);
    let full = [(low, odd), (high, !odd)].map(|(rs, odd)| [0, 27].map(|first| with_v(&rs, first + u8::from(odd))));
    [full.concat(), vec![low.to_vec(), high.to_vec(), compact(&low, odd)]].concat()
}

fn registration(wallet: &IdentityKey, seed: u64) -> Unsigned<MemberRegistration> {
    let party = Party::new(4, &mut rng(seed));
    MemberRegistration::first(b"party", party.index, &wallet.public(), &party.key, &mut rng(seed)).unwrap()
}

fn key(seed: u64) -> IdentityKey {
    IdentityKey::generate(&mut rng(seed))
}

fn fault<T>(fault: WalletFault) -> Result<T, Error> {
    Err(Error::WalletSignature(fault))
}

/// All forms complete it to one object, which the identity signed by the scheme of wallets.
fn complete_all<T: Signed + Clone + PartialEq + Debug>(unsigned: &Unsigned<T>, wallet: &IdentityKey) -> T {
    let forms = forms(wallet, &unsigned.wallet_text());
    let mut objects = forms.iter().map(|form| unsigned.clone().complete(form).unwrap());
    let first = objects.next().unwrap();
    objects.for_each(|other| assert_eq!(other, first));
    let signature = wallet.sign(SignatureScheme::PersonalMessage, T::PURPOSE, unsigned.body()).unwrap();
    let expected = T::decode(&[unsigned.body(), &signature.to_bytes()].concat());
    assert_eq!(expected.as_ref(), Ok(&first));
    first
}

/// One party, whose identity is in the wallet, deals to itself.
fn ceremony(wallet: &IdentityKey, key: &MemberKey) -> Ceremony {
    let identity = IdentityKey::decode(&wallet.encode()).unwrap();
    let party = Party { identity, key: MemberKey::decode(&key.encode()).unwrap(), ..Party::new(1, &mut rng(1)) };
    let parties = [party];
    Ceremony::new(plan(1, Keys::Generate(vec![CurveId::Secp256k1]), &parties, &parties)).unwrap()
}

/// The bytes of an answer, as far as a wallet sees them: it signs what it is shown.
fn answer(wallet: &IdentityKey) -> Unsigned<Response> {
    let body = [&[1][..], &[7; 32], &[0, 4], &[8; 32], &[0, 0, 0, 114], &[9; 114]].concat();
    Unsigned::from_body(&body, wallet.public())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    /// A Blinder's registration, a member's, a dealing, a confirmation and an answer.
    //= spec/3-primitives.md#3-7-wallet-signatures
    //= type=test
    //# A completion MUST accept 64 bytes, 65 bytes with v of 0, 1, 27 or 28, and the compact form of EIP-2098.
    //= spec/3-primitives.md#3-7-wallet-signatures
    //= type=test
    //# A completed signature MUST have `s <= n/2`, whatever the wallet returned.
    #[test]
    fn every_form_of_a_wallets_signature_is_completed(seed: u64) {
        let (wallet, world, own) = (key(seed), World::new(1), MemberKey::generate(&mut rng(seed)));
        let blinder = BlinderRegistration::first(&world.blinder, b"c", b"n", &wallet.public(), &mut rng(seed)).unwrap();
        let registered = complete_all(&blinder, &wallet);
        prop_assert_eq!(registered.verify(b"c", b"n", &wallet.public()), Ok(&world.blinder.public()));
        prop_assert_eq!(complete_all(&registration(&wallet, seed), &wallet).verify(b"party"), Ok(()));

        let ceremony = ceremony(&wallet, &own);
        let party = ceremony.plan().recipients[0].index;
        let dealing = ceremony.deal_unsigned(party, &own, &[], &mut rng(seed)).unwrap();
        let mut dealings = receive_all(&ceremony, &[complete_all(&dealing, &wallet).encode()]);
        let confirmation = complete_all(&dealings.confirm(party, &own).unwrap(), &wallet);
        prop_assert_eq!(Confirmations::new(&ceremony).receive(&confirmation.encode()), Ok(()));
        prop_assert_eq!(complete_all(&answer(&wallet), &wallet).verify_signature(&wallet.public()), Ok(()));
    }
}

//= spec/3-primitives.md#3-7-wallet-signatures
//= type=test
//# A completion MUST refuse, with WalletSignature, bytes from which the identity of the form is not recovered.
//= spec/3-primitives.md#3-7-wallet-signatures
//= type=test
//# The error WalletSignature MUST say which of length, recovery id and signer is wrong, where the bytes show it.
#[test]
fn what_is_wrong_with_a_wallets_signature_is_said() {
    let (wallet, stranger) = (key(2), key(3));
    let unsigned = registration(&wallet, 2);
    let complete = |bytes: &[u8]| unsigned.clone().complete(bytes).map(drop);
    let (rs, odd) = personal_sign(&wallet, &unsigned.wallet_text());
    let good = with_v(&rs, 27 + u8::from(odd));
    assert_eq!(complete(&good), Ok(()));
    for length in (0..200).filter(|length| ![64, 65].contains(length)) {
        let bytes: Vec<u8> = good.iter().copied().cycle().take(length).collect();
        assert_eq!(complete(&bytes), fault(WalletFault::Length(length)));
    }
    for v in (0..=255).filter(|v| ![0, 1, 27, 28].contains(v)) {
        assert_eq!(complete(&with_v(&rs, v)), fault(WalletFault::RecoveryId(v)));
    }
    // The other v of each pair.
    for v in [u8::from(!odd), 27 + u8::from(!odd)] {
        assert_eq!(complete(&with_v(&rs, v)), fault(WalletFault::RecoveryId(v)));
        assert_eq!(complete(&with_v(&with_high_s(&rs), v)), Ok(()));
    }
    let (theirs, parity) = personal_sign(&stranger, &unsigned.wallet_text());
    let signer = WalletFault::Signer(stranger.public().address());
    assert_eq!(complete(&with_v(&theirs, u8::from(parity))), fault(signer));
    assert_eq!(complete(&with_v(&with_high_s(&theirs), 27 + u8::from(!parity))), fault(signer));
    // Of 64 bytes nothing says which key they are of.
    for bytes in [theirs.to_vec(), with_high_s(&theirs).to_vec(), compact(&theirs, parity)] {
        assert_eq!(complete(&bytes), fault(WalletFault::Invalid));
    }
}

#[test]
fn bytes_that_are_no_signature_are_refused() {
    let wallet = key(4);
    let unsigned = registration(&wallet, 4);
    let complete = |bytes: &[u8]| unsigned.clone().complete(bytes).map(drop);
    let (rs, odd) = personal_sign(&wallet, &unsigned.wallet_text());
    let good = with_v(&rs, u8::from(odd));
    // r and s are from 1 to n - 1, and some r is no abscissa: 5 is none.
    for out_of_range in [[0; 32], SECP256K1_ORDER, [0xff; 32]] {
        for place in [0, 32] {
            assert_eq!(complete(&patched(&good, place, &out_of_range)), fault(WalletFault::Invalid));
            assert_eq!(complete(&patched(&rs, place, &out_of_range)), fault(WalletFault::Invalid));
        }
    }
    let mut five = [0; 32];
    five[31] = 5;
    assert_eq!(complete(&patched(&good, 0, &five)), fault(WalletFault::Invalid));
    // A changed signature is one by a key that no one has.
    for place in [32, 40, 63] {
        let Err(Error::WalletSignature(WalletFault::Signer(address))) = complete(&flipped(&good, place, 1)) else {
            panic!("changed at {place}")
        };
        assert_ne!(address, wallet.public().address());
        assert_eq!(complete(&flipped(&rs, place, 1)), fault(WalletFault::Invalid));
    }
}

/// Signed for another purpose, another object or without the wallet's prefix.
#[test]
fn a_signature_of_another_text_is_refused() {
    let wallet = key(5);
    let unsigned = registration(&wallet, 5);
    let complete = |bytes: &[u8]| unsigned.clone().complete(bytes).map(drop);
    let body = unsigned.body();
    let texts = [
        registration(&wallet, 6).wallet_text(),
        Confirmation::PURPOSE.wallet_text(body),
        BlinderRegistration::PURPOSE.wallet_text(body),
        IdentityPublicKey::introduction(body),
        unsigned.wallet_text() + "\n",
        unsigned.wallet_text().to_uppercase(),
    ];
    for text in texts {
        for form in forms(&wallet, &text) {
            let Err(Error::WalletSignature(found)) = complete(&form) else { panic!("{text}") };
            assert_eq!(matches!(found, WalletFault::Signer(_)), form.len() == 65);
            assert_ne!(found, WalletFault::Signer(wallet.public().address()));
        }
    }
    let scheme_one = wallet.sign(SignatureScheme::Sha256, MemberRegistration::PURPOSE, body).unwrap();
    assert_eq!(complete(&scheme_one.to_bytes()[1..]), fault(WalletFault::Invalid));
    assert_eq!(complete(&forms(&wallet, &unsigned.wallet_text())[0]), Ok(()));
}

//= spec/3-primitives.md#3-6-identity-signatures
//= type=test
//# A signer MUST NOT sign an unsigned form that names another identity than its own.
#[test]
fn a_signer_signs_its_own_forms_only() {
    let (wallet, stranger) = (key(7), key(8));
    let unsigned = registration(&wallet, 7);
    assert_eq!(unsigned.signer(), &wallet.public());
    assert_eq!(unsigned.clone().sign(&stranger), Err(Error::WrongIdentity));
    assert_eq!(answer(&wallet).sign(&stranger), Err(Error::WrongIdentity));
    assert!(unsigned.clone().sign(&wallet).unwrap().verify(b"party").is_ok());
    // A form under another name is completed by that one, and does not verify.
    let renamed = Unsigned::<MemberRegistration>::from_body(unsigned.body(), stranger.public());
    assert_eq!(renamed.clone().sign(&wallet), Err(Error::WrongIdentity));
    assert_eq!(renamed.sign(&stranger).unwrap().verify(b"party"), Err(Error::BadSignature));
    // What is wrong with a body shows when it is signed.
    let short = Unsigned::<MemberRegistration>::from_body(&unsigned.body()[..50], wallet.public());
    assert!(short.clone().sign(&wallet).is_err());
    assert!(short.clone().complete(&forms(&wallet, &short.wallet_text())[0]).is_err());
}

/// Wallets choose their nonces: here the two schemes stand for two signatures of one body.
#[test]
fn a_wallet_that_signs_twice_does_not_equivocate() {
    let (wallet, own) = (key(9), MemberKey::generate(&mut rng(9)));
    let unsigned = registration(&wallet, 9);
    let [one, other] = [unsigned.clone().sign(&wallet).unwrap(), complete_all(&unsigned, &wallet)];
    assert!(one != other && one.digest() == other.digest());
    assert_eq!((one.check_successor(&other), other.check_successor(&one)), (Ok(()), Ok(())));

    let ceremony = ceremony(&wallet, &own);
    let party = ceremony.plan().recipients[0].index;
    let dealing = ceremony.deal_unsigned(party, &own, &[], &mut rng(10)).unwrap();
    let twice: [Dealing; 2] = [dealing.clone().sign(&wallet).unwrap(), complete_all(&dealing, &wallet)];
    let mut dealings = Dealings::new(&ceremony);
    twice.iter().for_each(|dealing| dealings.receive(&dealing.encode()).unwrap());
    assert_eq!((dealings.valid().count(), dealings.bad_dealers().count()), (1, 0));
    let [one, other] = twice.map(|dealing| dealing.encode());
    assert_ne!(one, other);
    assert_eq!(Evidence::two_dealings(&one, &other).verify(&ceremony), Err(Error::NoEvidence));

    let confirmation = dealings.confirm(party, &own).unwrap();
    let twice = [confirmation.clone().sign(&wallet).unwrap(), complete_all(&confirmation, &wallet)];
    let [one, other] = twice.map(|confirmation| confirmation.encode());
    let mut confirmations = Confirmations::new(&ceremony);
    assert_eq!((confirmations.receive(&one), confirmations.receive(&other)), (Ok(()), Ok(())));
    assert_eq!(Evidence::two_confirmations(&one, &other).verify(&ceremony), Err(Error::NoEvidence));
}

/// The member key stands in for the identity's secret: two dealers with one generator do not deal the same.
#[test]
fn a_dealing_for_a_wallet_is_hedged_with_the_member_key() {
    let (wallet, keys) = (key(11), [12, 13].map(|seed| MemberKey::generate(&mut rng(seed))));
    let ceremony = ceremony(&wallet, &keys[0]);
    let party = ceremony.plan().recipients[0].index;
    let deal = |key| ceremony.deal_unsigned(party, key, &[], &mut rng(14)).unwrap();
    assert_eq!(deal(&keys[0]), deal(&keys[0]));
    assert_ne!(deal(&keys[0]).body()[35..68], deal(&keys[1]).body()[35..68]);
    let signed = ceremony.deal(party, &wallet, &[], &mut rng(14)).unwrap();
    assert_ne!(signed.encode()[35..68], deal(&keys[0]).body()[35..68]);
    // A confirmation by a wallet is the same as any.
    let dealt = deal(&keys[0]).sign(&wallet).unwrap().encode();
    let member =
        Party { identity: wallet, key: MemberKey::decode(&keys[0].encode()).unwrap(), ..Party::new(1, &mut rng(1)) };
    assert!(confirm(&receive_all(&ceremony, &[dealt]), &member).unwrap().verify(&ceremony).is_ok());
}

//= spec/3-primitives.md#3-7-wallet-signatures
//= type=test
//# A party MUST compare the address of an introduced identity with one that it knows from elsewhere, before it relies on
//# that identity.
#[test]
fn an_introduction_shows_the_address() {
    for seed in 20..40 {
        let (wallet, stranger) = (key(seed), key(seed + 100));
        let [own, other] = [&wallet, &stranger].map(|key| key.public().address());
        let introduce = |address, bytes: &[u8]| IdentityPublicKey::introduce(b"network", address, bytes);
        let text = IdentityPublicKey::introduction(b"network");
        let (low, odd) = personal_sign(&wallet, &text);
        // With the address, all forms do.
        for form in forms(&wallet, &text) {
            assert_eq!(introduce(Some(own), &form), Ok(wallet.public()));
            let expected = if form.len() == 65 { WalletFault::Signer(own) } else { WalletFault::Invalid };
            assert_eq!(introduce(Some(other), &form), fault(expected));
        }
        // Without it, those that say which key.
        for (rs, odd) in [(low, odd), (with_high_s(&low), !odd)] {
            for v in [0, 27].map(|first| first + u8::from(odd)) {
                assert_eq!(introduce(None, &with_v(&rs, v)), Ok(wallet.public()));
            }
        }
        let short = introduce(None, &compact(&low, odd));
        assert_eq!(short, if odd { Ok(wallet.public()) } else { fault(WalletFault::Length(64)) });
        // The other v is the signature of another key, and another context that of a third.
        let turned = introduce(None, &with_v(&low, u8::from(!odd))).unwrap();
        assert_ne!(turned.address(), own);
        let elsewhere = IdentityPublicKey::introduce(b"another", None, &with_v(&low, u8::from(odd))).unwrap();
        assert_ne!(elsewhere.address(), own);
        assert!(IdentityPublicKey::introduce(b"another", Some(own), &with_v(&low, u8::from(odd))).is_err());
    }
}

#[test]
fn an_introduction_that_is_none_is_refused() {
    let (wallet, text) = (key(50), IdentityPublicKey::introduction(b"network"));
    let introduce = |bytes: &[u8]| IdentityPublicKey::introduce(b"network", None, bytes);
    let (rs, odd) = personal_sign(&wallet, &text);
    let good = with_v(&rs, u8::from(odd));
    assert_eq!(introduce(&good), Ok(wallet.public()));
    for length in [0, 1, 63, 66, 130] {
        let bytes: Vec<u8> = good.iter().copied().cycle().take(length).collect();
        assert_eq!(introduce(&bytes), fault(WalletFault::Length(length)));
        let address = Some(wallet.public().address());
        assert_eq!(IdentityPublicKey::introduce(b"network", address, &bytes), fault(WalletFault::Length(length)));
    }
    assert_eq!(introduce(&with_v(&rs, 2)), fault(WalletFault::RecoveryId(2)));
    for place in [0, 32] {
        assert_eq!(introduce(&patched(&good, place, &[0; 32])), fault(WalletFault::Invalid));
        assert_eq!(introduce(&patched(&good, place, &SECP256K1_ORDER)), fault(WalletFault::Invalid));
    }
    // The compact form with r out of range.
    let odd = flipped(&patched(&rs, 0, &SECP256K1_ORDER), 32, 0x80);
    assert_eq!(introduce(&odd), fault(WalletFault::Invalid));
}

/// The test vectors of EIP-55, and the addresses of the secret keys 1 and 2, which are well known.
#[test]
fn addresses_are_shown_as_in_eip_55() {
    let vectors = [
        "0x52908400098527886E0F7030069857D2E4169EE7",
        "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
        "0xde709f2102306220921060314715629080e2fb77",
        "0x27b1fdb04752bbc536007a920d24acb045561c26",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
        "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
    ];
    for shown in vectors {
        let bytes = hex::decode(&shown[2..]).unwrap().try_into().unwrap();
        assert_eq!(Address(bytes).to_string(), shown);
    }
    let known = [(1, "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf"), (2, "0x2B5AD5c4795c026514f8317c7a215E218DcCD6cF")];
    for (secret, shown) in known {
        let mut bytes = [0; 32];
        bytes[31] = secret;
        let point = SigningKey::from_slice(&bytes).unwrap().verifying_key().to_sec1_point(true);
        assert_eq!(IdentityPublicKey::from_bytes(point.as_bytes()).unwrap().address().to_string(), shown);
    }
}
