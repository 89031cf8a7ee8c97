//! Members and operators with wallets: they are given a text to sign, and come back with what the wallet said.

use super::numbers;
use crate::common::Person;
use crate::scene::{MEMBERS, NETWORK, PARTY, Scene};
use crate::wallet::Wallet;
use relight::MemberKey;
use relight::identity::IdentityPublicKey;
use relight::recovery::{Roster, RosterMember};
use relight::registration::MemberRegistration;
use relight::sharing::PartyIndex;
use relight_cli::armour::{Kind, armour};
use relight_cli::store::Store;
use serde_json::Value;
use std::fs;

/// A command of somebody with a wallet, given twice.
fn twice(scene: &Scene, person: &Person, wallet: &Wallet, command: &[&str]) -> Value {
    let text = scene.path("text to sign");
    assert!(person.refused(&[command, &["--unsigned", &text]].concat()).contains("the text to sign"));
    let signature = wallet.sign(&fs::read_to_string(&text).unwrap());
    fs::remove_file(&text).unwrap();
    person.done(&[command, &["--signature", &signature]].concat())
}

fn introduced(wallet: &Wallet) -> IdentityPublicKey {
    let signature = wallet.sign(&IdentityPublicKey::introduction(b"test"));
    let signature = hex::decode(signature.trim_start_matches("0x")).unwrap();
    IdentityPublicKey::introduce(b"test", None, &signature).unwrap()
}

/// The last member has a wallet in place of its key.
fn with_wallet(scene: &Scene, wallet: &Wallet) {
    let (public, key, rng) = (introduced(wallet), MemberKey::generate(&mut rand::rng()), &mut rand::rng());
    let index = PartyIndex::new(MEMBERS).unwrap();
    let unsigned = MemberRegistration::first(PARTY.as_bytes(), index, &public, &key, rng).unwrap();
    let signature = hex::decode(wallet.sign(&unsigned.wallet_text()).trim_start_matches("0x")).unwrap();
    let mut members = scene.roster.members().to_vec();
    *members.last_mut().unwrap() = RosterMember::new(unsigned.complete(&signature).unwrap());
    let roster = Roster::new(PARTY.as_bytes(), scene.sharing.commitment.clone(), members).unwrap();
    scene.write("roster", armour(Kind::Roster, &roster.encode()).unwrap().as_bytes());
    let home = &scene.member(MEMBERS).home;
    Store::open(home).unwrap().remove_secret("identity").unwrap();
    fs::write(home.join("identity.public"), public.to_bytes()).unwrap();
}

#[test]
fn a_member_answers_with_its_wallet() {
    let (scene, wallet) = (Scene::new(), Wallet::new([7; 32]));
    with_wallet(&scene, &wallet);
    let node = scene.backed_up("node-1");
    let fresh = scene.asked("fresh", &[&node]);
    let answer = scene.knowing(&["request", "answer", "--yes"], &[&node]);
    let member = scene.member(MEMBERS);
    let text = scene.path("text");
    member.refused(&[&answer[..], &["--unsigned", &text]].concat());
    let other = Wallet::new([8; 32]).sign(&fs::read_to_string(&text).unwrap());
    assert!(member.refused(&[&answer[..], &["--signature", &other]].concat()).contains("wallet"));
    let answered = twice(&scene, member, &wallet, &answer);
    assert_eq!(member.done(&answer)["posted"], answered["posted"], "once");
    let taken = fresh.person.done(&["request", "take"]);
    assert_eq!((numbers(&taken["answered"]), &taken["ignored"]), (vec![u64::from(MEMBERS)], &serde_json::json!([])));
}

#[test]
fn an_operator_registers_its_blinders_with_its_wallet() {
    let (scene, wallet) = (Scene::new(), Wallet::new([7; 32]));
    let operator = scene.world.person("operator");
    let signature = wallet.sign(&IdentityPublicKey::introduction(b"operator"));
    operator.done(&["identity", "wallet", &wallet.address(), "--signature", &signature]);
    let register = ["blinder", "register", "--for", "node-1", "--network", NETWORK];
    for (serial, successor) in [(1, &[][..]), (2, &["--successor"])] {
        operator.done(&[&["blinder", "new", "--for", "node-1"], successor].concat());
        assert_eq!(twice(&scene, &operator, &wallet, &register)["serial"], serial);
        assert_eq!(operator.done(&register)["serial"], serial);
    }
    assert_eq!(operator.done(&["blinder", "check", "--for", "node-1", "--network", NETWORK])["serial"], 2);
}
