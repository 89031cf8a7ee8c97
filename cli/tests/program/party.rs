//! A recovery party of three, each with the program as processes of their own; one has a wallet.

use crate::group::Party;
use serde_json::{Value, json};
use std::fs;
use std::process::Stdio;

#[test]
fn a_party_of_three_makes_its_recovery_key() {
    let party = Party::registered();
    let (code, key) = party.with_key();
    let roster = party.members[1].done(&["roster", "make", &code])["roster"].clone();
    assert_eq!((&roster["recovery_key"], &roster["members"]), (&json!(key), &json!([1, 2, 3])));
    let status = party.members[2].done(&["ceremony", "status", &code]);
    assert_eq!((&status["closed"], &status["to_confirm"]), (&json!(true), &json!([])));
    // Whoever comes to the board from outside sees the same roster.
    let seen = party.world.stranger("eve").done(&["roster", "show", "party"]);
    assert_eq!(seen["rosters"], json!([roster]));
    party.members.iter().for_each(|member| _ = member.done(&["doctor"]));
}

#[test]
fn a_refresh_keeps_the_key_and_erases_old_shares() {
    let mut party = Party::registered();
    let (code, key) = party.with_key();
    party.join("dan", "4");
    let old = party.shares(0);
    // The second member leaves, a fourth one comes.
    let next = party.plan(&["reshare", &code, "--members", "1,3,4", "--threshold", "2"]);
    party.deal(&next, &[0, 1, 2]);
    party.confirm(&next, &[0, 2, 3]);
    assert_eq!(party.shares(0), old, "without a certificate nothing is erased");
    let outcome = party.finish(&next, &[0, 2, 3]);
    assert_eq!((&outcome["keys"], outcome["erased"].as_array().unwrap().len()), (&json!([key]), 1));
    assert!(party.shares(0).len() == 1 && party.shares(0) != old);
    // The one who leaves finishes too, and has nothing left.
    assert_eq!(party.members[1].done(&["ceremony", "finish", &next])["shares"], 0);
    assert!(party.shares(1).is_empty());
    let roster = party.members[0].done(&["roster", "make", &next])["roster"].clone();
    let expected = json!({"recovery_key": key, "threshold": 2, "members": [1, 3, 4], "digest": roster["digest"]});
    assert_eq!(roster, expected);
}

/// The first and the second ceremony of a repair; the code of the second.
fn give_share(party: &Party, of: &str, helpers: &[usize], receiver: usize, choice: &[&str]) -> String {
    let index = (receiver + 1).to_string();
    let first = party.plan(&[&["repair", of, &index][..], choice].concat());
    party.hold(&first, helpers, helpers);
    let second = party.plan(&["repair", of, &index, "--after", &first]);
    party.deal(&second, helpers);
    party.confirm(&second, &[receiver]);
    let outcome = party.members[receiver].agreed(&["ceremony", "finish", &second, "--of", of]);
    assert_eq!(outcome["shares"], 1);
    helpers.iter().for_each(|helper| _ = party.members[*helper].done(&["ceremony", "finish", &second]));
    second
}

#[test]
fn a_lost_share_is_repaired_and_a_member_enrolled() {
    let mut party = Party::registered();
    let code = party.plan(&["generate", "party", "--curves", "bls12-381-g1", "--threshold", "2"]);
    let key = party.hold(&code, &[0, 1, 2], &[0, 1, 2])["keys"][0].clone();
    let before: Vec<_> = (0..3).map(|member| party.shares(member)).collect();
    fs::remove_dir_all(party.members[0].home.join("shares")).unwrap();
    give_share(&party, &code, &[1, 2], 0, &[]);
    party.members[0].done(&["doctor"]);
    assert_eq!((party.shares(0).len(), party.shares(1), party.shares(2)), (1, before[1].clone(), before[2].clone()));
    // A fourth one gets a share that nobody had, from the first and the third.
    party.join("dan", "4");
    let enrolled = give_share(&party, &code, &[0, 2], 3, &["--dealers", "1,3"]);
    party.members[3].done(&["doctor"]);
    let roster = party.members[0].done(&["roster", "make", &code, "--enrolled", &enrolled])["roster"].clone();
    assert_eq!((&roster["recovery_key"], &roster["members"]), (&key, &json!([1, 2, 3, 4])));
    // The repaired and the new share deal the key anew.
    let next = party.plan(&["reshare", &code, "--enrolled", &enrolled, "--dealers", "1,4"]);
    assert_eq!(party.hold(&next, &[0, 3], &[0, 1, 2, 3])["keys"], json!([key]));
}

#[test]
fn a_key_is_handed_over_whole_if_it_is_asked_for_by_name() {
    let party = Party::registered();
    let (code, key) = party.with_key();
    let next = party.plan(&["hand-over", &code, "2"]);
    party.deal(&next, &[0, 1, 2]);
    party.confirm(&next, &[1]);
    assert_eq!(party.finish(&next, &[1, 0, 2])["keys"], json!([key]));
    assert_eq!((party.shares(0).len(), party.shares(1).len(), party.shares(2).len()), (0, 1, 0));
}

#[test]
fn a_member_key_is_replaced_by_a_successor() {
    let party = Party::registered();
    let (code, key) = party.with_key();
    for (member, index) in [(0, "1"), (2, "3")] {
        let next = party.do_as(member, &["member", "register", "party", index, "--replace"]);
        assert_eq!(next["serial"], "2");
    }
    let shown = party.members[0].done(&["member", "show", "party"]);
    let serials: Vec<_> = shown["members"].as_array().unwrap().iter().map(|one| one["serial"].clone()).collect();
    assert_eq!((serials, &shown["ignored"]), (vec![json!(2), json!(1), json!(2)], &json!([])));
    let next = party.plan(&["reshare", &code]);
    assert_eq!(party.hold(&next, &[0, 1, 2], &[0, 1, 2])["keys"], json!([key]));
}

#[test]
fn a_newcomer_receives_only_if_it_is_named() {
    let mut party = Party::registered();
    let (code, _) = party.with_key();
    party.join("dan", "4");
    let address = party.members[3].done(&["identity", "show"])["address"].clone();
    let plan = |more: &[&str]| party.members[0].done(&[&["ceremony", "plan", "reshare", &code], more].concat());
    let indices =
        |plan: &Value| Value::from_iter(plan["recipients"].as_array().unwrap().iter().map(|one| one["index"].clone()));
    let all = plan(&[]);
    assert_eq!(
        (indices(&all), &all["new"]),
        (json!([1, 2, 3]), &json!([{ "index": 4, "address": address, "taken": false }]))
    );
    // It may be named, and its share may lie anywhere.
    let named = plan(&["--members", "1,2,4@0x0a51"]);
    assert_eq!((indices(&named), &named["new"][0]["taken"]), (json!([1, 2, 4]), &json!(true)));
    assert_eq!(named["recipients"][2]["identifier"], "2641");
    let why = party.members[0].refused(&["ceremony", "plan", "reshare", &code, "--to", "others"]);
    assert!(why.contains("none of those who registered holds a share so far"), "{why}");
    for wrong in ["4@", "4@0x", "@7", "4@zero"] {
        let command = ["ceremony", "plan", "reshare", &code, "--members", wrong];
        assert_eq!(party.members[0].command(&command).output().unwrap().status.code(), Some(2), "{wrong}");
    }
}

#[test]
fn watching_waits_for_what_is_missing() {
    let party = Party::registered();
    let code = party.planned();
    party.deal(&code, &[0, 1, 2]);
    let mut status =
        party.members[0].command(&["ceremony", "status", &code, "--watch"]).stdout(Stdio::null()).spawn().unwrap();
    let mut finish =
        party.members[0].command(&["ceremony", "finish", &code, "--watch"]).stdout(Stdio::null()).spawn().unwrap();
    party.confirm(&code, &[1, 2]);
    assert!(finish.try_wait().unwrap().is_none() && status.try_wait().unwrap().is_none());
    party.confirm(&code, &[0]);
    assert!(finish.wait().unwrap().success() && status.wait().unwrap().success());
    assert_eq!(party.shares(0).len(), 1);
}
