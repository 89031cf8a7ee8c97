//! A backup is opened with nothing but files.

use crate::common::Person;
use crate::scene::{Node, Scene, Sharing, blinder, hex, only, secret};
use relight::curve::Bls12381G1;
use relight::decryption::DecryptionShare;
use relight::sharing::PartyIndex;
use serde_json::Value;
use std::fs;

/// The files of somebody who has no board.
struct Files {
    scene: Scene,
    node: Node,
    person: Person,
    backup: String,
    blinder: String,
}

impl Files {
    fn new() -> Self {
        let scene = Scene::new();
        let node = scene.backed_up("node-1");
        let found =
            scene.world.posted(&format!("backups/{}", relight_cli::board::segment(b"Example network")), ".backup");
        let backup = found[0].display().to_string();
        let blinder = scene.write("blinder", &blinder(&scene, &node));
        Self { person: scene.world.person("rescuer"), scene, node, backup, blinder }
    }

    fn share(&self, name: &str, share: &relight::KeyShare) -> String {
        self.scene.write(name, hex(&share.encode()).as_bytes())
    }

    /// The command, with these files.
    fn with<'a>(&'a self, files: &[&'a str]) -> Vec<&'a str> {
        [&["rescue", &self.backup, "--blinder", &self.blinder], files].concat()
    }

    /// Both shares are back, the secrets and all.
    fn check(&self, said: &Value) {
        for (key, sharing) in self.node.keys.iter().enumerate() {
            let name = format!("shares/{}/{key:02}", said["set"].as_str().unwrap());
            assert_eq!(secret(&self.scene, "rescuer", &name), *sharing.shares[0].encode());
        }
    }
}

fn said(facts: &Value, name: &str, what: &str) -> bool {
    facts[name].as_array().unwrap().iter().any(|line| line.as_str().unwrap().contains(what))
}

#[test]
fn by_shares_of_members() {
    let files = Files::new();
    let shares = &files.scene.sharing.shares;
    let [one, three] = [0, 2].map(|place| files.share(&format!("share {place}"), &shares[place]));
    let rescued = files.person.done(&files.with(&["--share", &one, "--share", &three]));
    assert!(said(&rescued, "unchecked", "it says so itself") && said(&rescued, "unchecked", "no roster"));
    assert!(said(&rescued, "checked", "the Blinder") && said(&rescued, "checked", "2 shares"));
    files.check(&rescued);
    let known = ["--statement", &files.node.statement, "--party", "party", "--roster"];
    let roster = files.scene.path("roster");
    let more = files.with(&[&["--share", &one, "--share", &three], &known[..], &[&roster]].concat());
    let rescued = files.person.done(&more);
    assert_eq!(rescued["unchecked"], serde_json::json!([]));
    assert!(said(&rescued, "checked", "the recovery party of the roster"));
}

#[test]
fn not_by_shares_that_do_not_belong_together() {
    let files = Files::new();
    let shares = &files.scene.sharing.shares;
    let old = Sharing::of::<Bls12381G1>(0, &files.scene.key);
    let other = Sharing::new::<Bls12381G1>(1);
    let one = files.share("one", &shares[0]);
    let two = files.share("two", &shares[1]);
    let old = files.share("old", &old.shares[2]);
    let other = files.share("other", &other.shares[1]);
    let refused = |paths: &[&str]| {
        let given: Vec<&str> = paths.iter().flat_map(|path| ["--share", path]).collect();
        files.person.refused(&files.with(&given))
    };
    assert!(refused(&[&one]).contains("too few shares: 1, where 2"));
    assert!(refused(&[&one, &one]).contains("identifier"));
    assert!(refused(&[&one, &old]).contains("before or after a refresh"));
    assert!(refused(&[&one, &two, &old]).contains("do not fit"));
    assert!(refused(&[&one, &other]).contains("other") && refused(&[&one, &other]).contains("no share of the key"));
    assert!(refused(&[&one, &files.blinder]).contains("Blinder"));
    let mut flipped = fs::read(&one).unwrap();
    flipped[40] ^= 1;
    assert!(refused(&[&files.scene.write("flipped", &flipped), &two]).contains("flipped"));
}

#[test]
fn by_an_unlock_key() {
    let files = Files::new();
    let digest = files.node.statement().digest();
    let party = files.scene.roster.party();
    let shares: Vec<DecryptionShare> = PartyIndex::all(2)
        .zip(&files.scene.sharing.shares)
        .map(|(member, share)| DecryptionShare::new(member, share, &digest).unwrap())
        .collect();
    assert!(party.combine(&digest, &shares).is_ok());
    // Alone, a share of a member is no unlock key. With a threshold of one it would be.
    let sigma = files.scene.write("sigma", &shares[0].sigma());
    assert!(files.person.refused(&files.with(&["--unlock-key", &sigma])).contains("the unlock key"));
    let whole = Sharing::whole(&files.scene.key);
    let sigma = DecryptionShare::new(PartyIndex::new(1).unwrap(), &whole, &digest).unwrap().sigma();
    let sigma = files.scene.write("sigma", hex(&sigma).as_bytes());
    files.check(&files.person.done(&files.with(&["--unlock-key", &sigma])));
}

#[test]
fn by_answers_to_a_session() {
    let files = Files::new();
    let fresh = files.scene.asked("fresh", &[&files.node]);
    let session = files.scene.write("session", &secret(&files.scene, "fresh", &format!("sessions/{}", fresh.id)));
    files.scene.answer(1, &fresh, &[&files.node]);
    let one = only(&files.scene.place(&fresh), ".response").display().to_string();
    let base = ["--session", &session, "--party", "party", "--answer", &one];
    assert!(files.person.refused(&files.with(&base)).contains("too few shares: 1, where 2"));
    files.scene.answer(2, &fresh, &[&files.node]);
    let answers = files.scene.world.posted(&format!("requests/{}", fresh.id), ".response");
    let two = answers.iter().map(|path| path.display().to_string()).find(|path| *path != one).unwrap();
    let rubbish = files.scene.write("rubbish", b"rubbish");
    let all = [&base[..], &["--answer", &two, "--answer", &rubbish]].concat();
    let rescued = files.person.done(&files.with(&all));
    assert!(said(&rescued, "checked", "the statement that is expected"));
    assert!(said(&rescued, "unchecked", "still open"));
    assert_eq!(rescued["ignored"].as_array().unwrap().len(), 1);
    files.check(&rescued);
}

#[test]
fn not_with_another_blinder_nor_another_backup() {
    let files = Files::new();
    let neighbour = files.scene.backed_up("node-2");
    let [one, two] = [0, 1].map(|place| files.share(&format!("share {place}"), &files.scene.sharing.shares[place]));
    let wrong = files.scene.write("wrong", &blinder(&files.scene, &neighbour));
    let shares = ["--share", &one, "--share", &two];
    let with_wrong = [&["rescue", &files.backup, "--blinder", &wrong], &shares[..]].concat();
    assert!(files.person.refused(&with_wrong).contains("the Blinder is not the one"));
    let other = files.with(&[&shares[..], &["--statement", &neighbour.statement]].concat());
    assert!(files.person.refused(&other).contains("node"));
    let spoilt = files.scene.write("spoilt", &fs::read(&files.backup).unwrap()[1..]);
    files.person.refused(&[&["rescue", &spoilt, "--blinder", &files.blinder], &shares[..]].concat());
}
