//! What can be asked for, and what cannot.

use super::numbers;
use crate::common::text;
use crate::scene::{Scene, blinder, hex};
use relight::recovery::RequestDraft;
use relight_cli::armour::Kind;
use relight_cli::board::Place;
use std::process::Stdio;
use std::thread::sleep;
use std::time::Duration;

#[test]
fn a_request_that_nobody_authorised_is_not_answered() {
    let scene = Scene::new();
    let node = scene.backed_up("node-1");
    let fresh = scene.drafted("outsider", &[&node], "1h");
    assert!(fresh.person.refused(&["request", "send"]).contains("node-1"));
    let draft = std::fs::read(&fresh.draft).unwrap();
    assert!(RequestDraft::decode(&draft).is_ok());
    scene.post(&Place::Requests, "example", Kind::Request, &[&draft[..], &[0; 80], &[0; 4]].concat());
    let refused = scene.member(1).refused(&scene.knowing(&["request", "review"], &[&node]));
    assert!(refused.contains("none can be answered") && refused.contains("not authorised"), "{refused}");
}

#[test]
fn an_authorisation_is_for_one_draft_and_needs_the_blinder() {
    let scene = Scene::new();
    let [node, neighbour] = ["node-1", "node-2"].map(|name| scene.backed_up(name));
    let [one, other] = ["one", "other"].map(|name| scene.drafted(name, &[&node], "1h"));
    let out = scene.path("authorisation");
    let authorise = ["request", "authorise", &other.draft, "--statement", &node.statement, "--out", &out];
    assert!(node.operator.refused(&authorise).contains("nobody to ask"));
    assert!(neighbour.operator.refused(&authorise).contains("no Blinder of node-1"));
    node.operator.agreed(&authorise);
    assert!(std::fs::read_to_string(&out).unwrap().starts_with("-----BEGIN RELIGHT AUTHORISATION-----"));
    let refused = one.person.refused(&["request", "send", "--authorisation", &out]);
    assert!(refused.contains("another request"), "{refused}");
    other.person.done(&["request", "send", "--authorisation", &out]);
    // What is asked for is what the operator knows.
    let unasked = ["request", "authorise", &other.draft, "--statement", &neighbour.statement, "--yes"];
    assert!(neighbour.operator.refused(&unasked).contains("not asked for"));
}

#[test]
fn an_expired_request_is_over() {
    let scene = Scene::new();
    let node = scene.backed_up("node-1");
    let fresh = scene.drafted("fresh", &[&node], "2s");
    fresh.authorised_by(&scene, &node);
    fresh.person.done(&["request", "send"]);
    sleep(Duration::from_secs(3));
    let refused = scene.member(1).refused(&scene.knowing(&["request", "answer", "--yes"], &[&node]));
    assert!(refused.contains("expired"), "{refused}");
    assert!(fresh.person.refused(&["request", "take", "--watch"]).contains("expired"));
    assert_eq!(fresh.person.done(&["request", "status"])["expired"], true);
    let week = ["request", "draft", "--requester", "x", "--valid-for", "8d"];
    assert!(fresh.person.refused(&scene.knowing(&week, &[&node])).contains("more than a week"));
}

#[test]
fn a_machine_that_is_killed_goes_on() {
    let scene = Scene::new();
    let node = scene.backed_up("node-1");
    let fresh = scene.asked("fresh", &[&node]);
    scene.answer(2, &fresh, &[&node]);
    let mut watching = fresh.person.command(&["request", "take", "--watch"]);
    let mut watching = watching.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    sleep(Duration::from_secs(1));
    assert!(watching.try_wait().unwrap().is_none(), "it waits for one more");
    // Others may use the store meanwhile.
    assert_eq!(numbers(&fresh.person.done(&["request", "status"])["answered"]), [2]);
    assert!(watching.try_wait().unwrap().is_none());
    watching.kill().unwrap();
    watching.wait().unwrap();
    // What it took is not lost with the board.
    std::fs::remove_dir_all(scene.place(&fresh)).unwrap();
    assert_eq!(numbers(&fresh.person.done(&["request", "take"])["answered"]), [2]);
    scene.answer(1, &fresh, &[&node]);
    assert_eq!(numbers(&fresh.person.done(&["request", "take", "--watch"])["answered"]), [1, 2]);
}

#[test]
fn answers_are_waited_for() {
    let scene = Scene::new();
    let node = scene.backed_up("node-1");
    let fresh = scene.asked("fresh", &[&node]);
    let mut watching = fresh.person.command(&["request", "status", "--watch"]);
    let watching = watching.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    [1, 2].iter().for_each(|member| drop(scene.answer(*member, &fresh, &[&node])));
    let said = watching.wait_with_output().unwrap();
    assert!(said.status.success());
    let said: serde_json::Value = serde_json::from_slice(&said.stdout).unwrap();
    assert_eq!(numbers(&said["answered"]), [1, 2]);
}

#[test]
fn another_blinder_opens_nothing() {
    let scene = Scene::new();
    let [node, neighbour] = ["node-1", "node-2"].map(|name| scene.backed_up(name));
    let fresh = scene.asked("fresh", &[&node]);
    [1, 2].iter().for_each(|member| drop(scene.answer(*member, &fresh, &[&node])));
    fresh.person.done(&["request", "take"]);
    assert!(fresh.person.refused(&fresh.open_with(&scene, &neighbour)).contains("Blinder"));
    let mut typo = blinder(&scene, &node);
    typo[9] ^= 1;
    let typo = scene.write("typo", hex(&typo).as_bytes());
    assert!(fresh.person.refused(&["request", "open", "--blinder", &typo]).contains("checksum"));
    // Without a Blinder somebody is asked, and there is nobody.
    fresh.person.refused(&["request", "open"]);
    fresh.person.done(&fresh.open_with(&scene, &node));
}

#[test]
fn one_of_several_requests_is_named() {
    let scene = Scene::new();
    let node = scene.backed_up("node-1");
    let fresh = scene.asked("fresh", &[&node]);
    let again = scene.knowing(&["request", "draft", "--requester", "again"], &[&node]);
    let other = fresh.person.done(&again);
    assert!(fresh.person.refused(&["request", "status"]).contains("which of them"));
    assert_eq!(fresh.person.done(&["request", "status", &fresh.id])["authorised"], true);
    assert_eq!(fresh.person.done(&["request", "status", text(&other, "request")])["authorised"], false);
    scene.asked("somebody else", &[&node]);
    let review = scene.knowing(&["request", "review"], &[&node]);
    assert!(scene.member(1).refused(&review).contains("several"));
    let named = scene.member(1).done(&scene.knowing(&["request", "review", &fresh.id], &[&node]));
    assert_eq!(text(&named, "short_code"), fresh.code);
}

#[test]
fn an_attestation_travels_with_the_request() {
    let scene = Scene::new();
    let node = scene.backed_up("node-1");
    let fresh = scene.drafted("fresh", &[&node], "1h");
    fresh.authorised_by(&scene, &node);
    let quote = scene.write("quote", b"a quote of a platform");
    fresh.person.done(&["request", "send", "--attestation", &quote]);
    assert_eq!(scene.request(&fresh).attestation(), b"a quote of a platform");
    scene.answer(1, &fresh, &[&node]);
    assert_eq!(numbers(&fresh.person.done(&["request", "take"])["answered"]), [1]);
}
