//! What a party of a ceremony refuses, ignores and names, whoever controls the board.

use crate::common::{World, text};
use crate::group::Party;
use relight::dealing::{Ceremony, Plan};
use relight::{DealingFault, Error};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Puts bytes on the board under the name that they should have.
fn invent(folder: &Path, subject: &str, kind: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(format!("{subject}.{}.{kind}", hex::encode(&Sha256::digest(bytes)[..16])));
    fs::write(&path, bytes).unwrap();
    path
}

fn folder(world: &World, code: &str) -> String {
    let shown = world.stranger("eve").done(&["ceremony", "show", code]);
    format!("ceremonies/{}", &text(&shown, "digest")[..32])
}

#[test]
fn a_wrong_code_names_no_ceremony() {
    let party = Party::registered();
    party.planned();
    for act in ["deal", "confirm", "finish", "check"] {
        let why =
            party.members[0].refused(&["ceremony", act, "00000 00000 00000 00000 00000 00000 00000 00000", "--yes"]);
        assert!(why.contains("has this code"), "{why}");
    }
    let usage = party.members[0].command(&["ceremony", "deal", "12345"]).output().unwrap();
    assert_eq!(usage.status.code(), Some(2));
}

#[test]
fn nobody_deals_or_confirms_without_a_person_or_their_word() {
    let party = Party::registered();
    let code = party.planned();
    let why = party.members[0].refused(&["ceremony", "deal", &code]);
    assert!(why.contains("there is nobody to ask"), "{why}");
    party.deal(&code, &[0, 1, 2]);
    let why = party.members[0].refused(&["ceremony", "confirm", &code]);
    assert!(why.contains("there is nobody to ask"), "{why}");
    assert!(party.world.posted(&folder(&party.world, &code), "confirmation").is_empty());
}

#[test]
fn a_foreign_registration_is_ignored_and_a_rival_one_is_named() {
    let party = Party::registered();
    let members = party.world.board().join("members/party");
    let mallory = party.world.person("mallory");
    mallory.done(&["identity", "new"]);
    mallory.done(&["member", "register", "others", "2"]);
    let foreign = party.world.posted("members/others", "member-registration").remove(0);
    fs::copy(&foreign, members.join(foreign.file_name().unwrap())).unwrap();
    invent(&members, "2", "member-registration", b"garbage");
    let shown = party.members[0].done(&["member", "show", "party"]);
    assert_eq!((shown["members"].as_array().unwrap().len(), shown["ignored"].as_array().unwrap().len()), (3, 2));
    party.planned();
    // It claims the place of another member.
    let rival = party.world.person("rival");
    rival.done(&["identity", "new"]);
    rival.done(&["member", "register", "party", "2"]);
    let plan = ["ceremony", "plan", "generate", "party", "--curves", "bls12-381-g1"];
    let why = party.members[0].refused(&plan);
    assert!(why.contains("member 2: several claim to be it"), "{why}");
    let bob = party.members[1].done(&["identity", "show"]);
    let choice = format!("1,2:{},3", text(&bob, "address"));
    let planned = party.members[0].done(&[&plan[..], &["--members", &choice]].concat());
    assert_eq!(planned["dealers"][1]["address"], bob["address"]);
}

#[test]
fn nobody_deals_to_a_key_that_its_owner_has_not_registered() {
    let party = Party::registered();
    let code = party.planned();
    let plans = party.world.posted("plans", "ceremony");
    let plan = Ceremony::decode(&fs::read(&plans[0]).unwrap()).unwrap().plan().clone();
    let mut recipients = plan.recipients.clone();
    recipients[1].member_key = relight::MemberKey::generate(&mut rand::rng()).public();
    let forged = Ceremony::new(Plan { recipients, ..plan }).unwrap();
    invent(&party.world.board().join("plans"), "party", "ceremony", &forged.encode());
    let why = party.members[0].refused(&["ceremony", "deal", &forged.short_code(), "--yes"]);
    assert!(why.contains("recipient 2") && why.contains("has not registered"), "{why}");
    party.deal(&code, &[0]);
}

/// The same holder at two machines, which does not know of the other one.
fn twin(party: &Party, member: usize, name: &str) -> crate::common::Person {
    let twin = party.world.root().join(name);
    let copied = Command::new("cp").arg("-a").args([&party.members[member].home, &twin]).status().unwrap();
    assert!(copied.success());
    party.members[member].at(twin)
}

#[test]
fn a_dealer_that_deals_twice_is_expelled_and_convicted() {
    let party = Party::registered();
    let code = party.plan(&["generate", "party", "--curves", "bls12-381-g1", "--threshold", "2"]);
    twin(&party, 0, "twin").agreed(&["ceremony", "deal", &code]);
    party.deal(&code, &[0, 1, 2]);
    let checked = party.members[1].done(&["ceremony", "check", &code]);
    assert_eq!((&checked["expelled"], &checked["dealt"]), (&json!([1]), &json!([2, 3])));
    let twice = Error::BadDealing { dealer: 1, fault: DealingFault::Equivocation };
    assert_eq!(checked["at_fault"], json!([twice.to_string()]));
    let accused = party.members[1].done(&["ceremony", "accuse", &code]);
    assert_eq!(accused["convicted"], json!([format!("dealer 1: {}", DealingFault::Equivocation)]));
    // The others go on without it, and it gets its share all the same.
    party.confirm(&code, &[1, 2, 0]);
    assert_eq!(party.finish(&code, &[0, 1, 2])["shares"], 1);
}

#[test]
fn a_recipient_that_confirms_twice_is_convicted() {
    let party = Party::registered();
    let code = party.plan(&["generate", "party", "--curves", "bls12-381-g1", "--threshold", "2"]);
    let confirm = ["ceremony", "confirm", &code, "--without-missing"];
    party.deal(&code, &[0, 1]);
    let twin = twin(&party, 0, "twin");
    party.members[0].agreed(&confirm);
    let posted = party.world.posted(&folder(&party.world, &code), "confirmation").remove(0);
    let aside = party.world.root().join("aside");
    fs::rename(&posted, &aside).unwrap();
    party.deal(&code, &[2]);
    twin.agreed(&confirm);
    fs::rename(&aside, &posted).unwrap();
    let accused = party.members[1].done(&["ceremony", "accuse", &code]);
    assert_eq!(accused["convicted"], json!(["recipient 1: two different confirmations"]));
}

#[test]
fn what_is_done_once_stays_the_same_after_a_restart() {
    let party = Party::registered();
    let code = party.planned();
    let place = folder(&party.world, &code);
    // Killed after it was recorded, and before it was posted.
    for (act, kind) in [("deal", "dealing"), ("confirm", "confirmation")] {
        for member in [0, 1, 2] {
            let first = party.do_as(member, &["ceremony", act, &code]);
            let posted = party.world.board().join(text(&first, "path"));
            let bytes = fs::read(&posted).unwrap();
            fs::remove_file(&posted).unwrap();
            let again = party.members[member].done(&["ceremony", act, &code]);
            assert_eq!((&again["path"], fs::read(&posted).unwrap()), (&first["path"], bytes));
        }
        assert_eq!(party.world.posted(&place, kind).len(), 3);
    }
    party.finish(&code, &[0, 1, 2]);
}

#[test]
fn a_damaged_dealing_counts_as_missing_until_it_comes_by_another_way() {
    let party = Party::registered();
    let code = party.planned();
    party.deal(&code, &[0, 1, 2]);
    let posted = party.world.posted(&folder(&party.world, &code), "dealing");
    let good = fs::read(&posted[0]).unwrap();
    let mut bad = good.clone();
    bad[100] ^= 1;
    fs::write(&posted[0], &bad).unwrap();
    let why = party.members[1].refused(&["ceremony", "confirm", &code, "--yes"]);
    assert!(why.contains("nothing has come from dealers 1"), "{why}");
    let status = party.members[1].done(&["ceremony", "status", &code]);
    assert_eq!((&status["to_deal"], status["ignored"].as_array().unwrap().len()), (&json!([1]), 1));
    let why = party.members[0].refused(&["ceremony", "deal", &code]);
    assert!(why.contains("damaged on the board"), "{why}");
    // It comes by mail, as text.
    let mail = party.world.root().join("mail");
    fs::write(&mail, relight_cli::armour::armour(relight_cli::armour::Kind::Dealing, &good).unwrap()).unwrap();
    let mail = mail.to_str().unwrap();
    [0, 1, 2].iter().for_each(|member| _ = party.do_as(*member, &["ceremony", "confirm", &code, "--dealing", mail]));
    // Whoever confirmed it has kept it.
    assert_eq!(party.finish(&code, &[0])["shares"], 1);
    fs::remove_file(&posted[0]).unwrap();
    party.finish(&code, &[1, 2]);
    assert_eq!(fs::read(&posted[0]).unwrap(), good);
}

#[test]
fn garbage_beside_everything_changes_nothing() {
    let party = Party::registered();
    let code = party.planned();
    let place = party.world.board().join(folder(&party.world, &code));
    party.deal(&code, &[0, 1, 2]);
    let dealing = fs::read(&party.world.posted(&folder(&party.world, &code), "dealing")[0]).unwrap();
    let mut forged = dealing.clone();
    forged[100] ^= 1;
    let garbage = ["dealing", "confirmation", "certificate", "outcome"];
    let mut invented: Vec<PathBuf> = garbage.iter().map(|kind| invent(&place, "1", kind, b"garbage")).collect();
    invented.push(invent(&place, "1", "dealing", &forged));
    invented.push(invent(&place, "2", "confirmation", &dealing));
    fs::write(place.join("note.txt"), "hello").unwrap();
    party.confirm(&code, &[0, 1, 2]);
    let checked = party.members[0].done(&["ceremony", "check", &code]);
    assert_eq!((&checked["at_fault"], &checked["expelled"]), (&json!([]), &json!([])));
    let ignored = checked["ignored"].to_string();
    let named = invented.iter().filter(|path| ignored.contains(path.file_name().unwrap().to_str().unwrap()));
    assert_eq!(named.count(), invented.len() - 1, "{ignored}");
    party.finish(&code, &[0, 1, 2]);
    party.members[0].done(&["roster", "make", &code]);
}

#[test]
fn nothing_comes_of_a_ceremony_that_is_not_closed() {
    let party = Party::registered();
    let code = party.planned();
    party.deal(&code, &[0, 1, 2]);
    party.confirm(&code, &[0, 1]);
    let why = party.members[0].refused(&["ceremony", "finish", &code]);
    assert!(why.contains(&Error::NotClosed { have: 2, need: 3 }.to_string()), "{why}");
    let why = party.members[0].refused(&["roster", "make", &code]);
    assert!(why.contains("no certificate"), "{why}");
    let why = party.members[0].refused(&["ceremony", "plan", "reshare", &code]);
    assert!(why.contains("no certificate"), "{why}");
    assert!(party.shares(0).is_empty());
}
