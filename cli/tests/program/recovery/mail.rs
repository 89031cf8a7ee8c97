//! Without a board, everything travels as text.

use super::numbers;
use crate::scene::{NETWORK, Scene};
use serde_json::Value;
use std::process::{Command, Stdio};

/// The program, as somebody calls it who has a store and no board.
fn call(scene: &Scene, person: &str, arguments: &[&str]) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_relight"));
    command.args(arguments).args(["--json", "--yes", "--home", &scene.path(person)]);
    command.args(["--identity-file", &scene.path(&format!("{person}.age-identity"))]).stdin(Stdio::null());
    let output = command.output().unwrap();
    let (said, told) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{arguments:?}: {said} {told}");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_recovery_by_mail() {
    let scene = Scene::new();
    let node = scene.node("node-1");
    scene.world.person("fresh");
    let [backup, draft, authorisation, request] =
        ["backup", "draft", "authorisation", "request"].map(|name| scene.path(&format!("by mail.{name}")));
    let registration = scene.path("registration");
    let register = ["blinder", "register", "--for", "node-1", "--network", NETWORK, "--out", &registration];
    call(&scene, "operator of node-1", &register);
    node.person.done(&[&scene.make(&node)[..], &["--out", &backup]].concat());

    let asked = scene.knowing(&["request", "draft", "--requester", "by mail", "--out", &draft], &[&node]);
    call(&scene, "fresh", &asked);
    let authorise = ["request", "authorise", &draft, "--statement", &node.statement, "--out", &authorisation];
    call(&scene, "operator of node-1", &authorise);
    call(&scene, "fresh", &["request", "send", "--authorisation", &authorisation, "--out", &request]);
    let answers = [1, 2].map(|member| {
        let answer = scene.path(&format!("answer of {member}"));
        let command = scene.knowing(&["request", "answer", &request, "--out", &answer], &[&node]);
        call(&scene, &format!("member {member}"), &command);
        answer
    });
    let taken = call(&scene, "fresh", &["request", "take", "--answer", &answers[0], "--answer", &answers[1]]);
    assert_eq!(numbers(&taken["answered"]), [1, 2]);
    let fresh = crate::scene::blinder(&scene, &node);
    let blinder = scene.write("blinder.hex", crate::scene::hex(&fresh).as_bytes());
    let opened = call(&scene, "fresh", &["request", "open", "--blinder", &blinder, "--backup", &backup]);
    assert_eq!(opened["ended"], true);
    for text in [&backup, &draft, &authorisation, &request, &registration] {
        assert!(std::fs::read_to_string(text).unwrap().starts_with("-----BEGIN RELIGHT "));
    }
    // Where there is neither a board nor a file, the text is in the answer.
    let again = call(&scene, "operator of node-1", &register[..6]);
    assert!(again["armour"].as_str().unwrap().starts_with("-----BEGIN RELIGHT BLINDER REGISTRATION-----"));
}

#[test]
fn words_on_paper_open_a_backup() {
    use relight_cli::paper::Written;
    let scene = Scene::new();
    let node = scene.backed_up("node-1");
    let fresh = scene.asked("fresh", &[&node]);
    [1, 3].iter().for_each(|member| drop(scene.answer(*member, &fresh, &[&node])));
    fresh.person.done(&["request", "take"]);
    let blinder = relight::Blinder::decode(&crate::scene::blinder(&scene, &node)).unwrap();
    let words = scene.write("words", format!("{}\n", *blinder.words()).as_bytes());
    fresh.person.done(&["request", "open", "--blinder", &words]);
}

#[test]
fn a_blinder_is_compared_with_files() {
    let scene = Scene::new();
    let [node, neighbour] = ["node-1", "node-2"].map(|name| scene.backed_up(name));
    let folder = format!("backups/{}", relight_cli::board::segment(NETWORK.as_bytes()));
    let backups = scene.world.posted(&folder, ".backup");
    let registrations = scene.world.posted(&folder.replace("backups", "blinders"), ".blinder-registration");
    let [[own, other], [registered, strange]] =
        [backups, registrations].map(|paths| [0, 1].map(|place| paths[place].display().to_string()));
    let check = |what: &str, path: &str| {
        vec!["blinder", "check", "--for", "node-1"]
            .into_iter()
            .map(str::to_owned)
            .chain([what.to_owned(), path.to_owned()])
            .collect::<Vec<_>>()
    };
    let run = |arguments: Vec<String>, more: &[&str]| {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).chain(more.iter().copied()).collect();
        let output = node.operator.command(&arguments).output().unwrap();
        (output.status.success(), String::from_utf8(output.stdout).unwrap())
    };
    assert!(run(check("--backup", &own), &[]).0);
    let (fits, why) = run(check("--backup", &other), &[]);
    assert!(!fits && why.contains("the Blinder is not the one"), "{why}");
    let network = ["--network", NETWORK];
    assert!(run(check("--registration", &registered), &network).0);
    let (fits, why) = run(check("--registration", &strange), &network);
    assert!(!fits && why.contains("node"), "{why}");
    let operator = [&network[..], &["--operator", &neighbour.identity]].concat();
    let (fits, why) = run(check("--registration", &registered), &operator);
    assert!(!fits && why.contains("operator"), "{why}");
    assert_eq!(
        node.operator.command(&["blinder", "check", "--for", "node-1"]).output().unwrap().status.code(),
        Some(2)
    );
}
