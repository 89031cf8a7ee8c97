//! Whoever controls the board can withhold, and never mislead.

use super::numbers;
use crate::common::text;
use crate::scene::{NETWORK, Scene, only};
use relight_cli::armour::Kind;
use relight_cli::board::Place;
use std::fs;

#[test]
fn rubbish_beside_everything_changes_nothing() {
    let scene = Scene::new();
    let place = |kind: Kind| match kind {
        Kind::BlinderRegistration => Place::Blinders(NETWORK.into()),
        Kind::Backup => Place::Backups(NETWORK.into()),
        _ => Place::Requests,
    };
    let rubbish = |kind: Kind, subject: &str| drop(scene.post(&place(kind), subject, kind, b"rubbish"));
    rubbish(Kind::BlinderRegistration, "node-1");
    rubbish(Kind::Backup, "node-1");
    rubbish(Kind::Draft, "x");
    rubbish(Kind::Request, "x");
    let node = scene.backed_up("node-1");
    let fresh = scene.asked("fresh", &[&node]);
    let digest = scene.request(&fresh).draft().attested_digest();
    for (kind, subject) in [(Kind::Response, "1"), (Kind::Response, "2"), (Kind::Authorisation, "x")] {
        scene.post(&Place::Request(digest), subject, kind, b"rubbish");
    }
    let review = scene.member(1).done(&scene.knowing(&["request", "review"], &[&node]));
    assert_eq!(review["ignored"].as_array().unwrap().len(), 1);
    [1, 2].iter().for_each(|member| drop(scene.answer(*member, &fresh, &[&node])));
    let taken = fresh.person.done(&["request", "take"]);
    assert_eq!((numbers(&taken["answered"]), taken["ignored"].as_array().unwrap().len()), (vec![1, 2], 2));
    assert_eq!(fresh.person.done(&fresh.open_with(&scene, &node))["ended"], true);
}

#[test]
fn a_name_that_would_move_a_cursor_is_no_name() {
    let scene = Scene::new();
    let node = scene.backed_up("node-1");
    scene.asked("fresh", &[&node]);
    let genuine = &scene.world.posted("requests", ".request")[0];
    let name = genuine.file_name().unwrap().to_string_lossy().into_owned();
    let (_, rest) = name.split_once('.').unwrap();
    for subject in ["\u{1b}[2J", "Upper", "a b", "\u{202e}x"] {
        fs::write(genuine.with_file_name(format!("{subject}.{rest}")), b"rubbish").unwrap();
    }
    let review = scene.member(1).done(&scene.knowing(&["request", "review"], &[&node]));
    assert_eq!(review["ignored"], serde_json::json!([]));
}

#[test]
fn one_of_two_requests_that_differ_in_what_is_attached_is_named_by_its_path() {
    let scene = Scene::new();
    let node = scene.backed_up("node-1");
    let fresh = scene.asked("fresh", &[&node]);
    let genuine = scene.request(&fresh).encode();
    let attached = [&genuine[..genuine.len() - 4], &[0, 0, 0, 1, 7]].concat();
    let path = scene.post(&Place::Requests, NETWORK, Kind::Request, &attached);
    assert!(scene.member(1).refused(&scene.knowing(&["request", "review", &fresh.id], &[&node])).contains("several"));
    let named = ["request", "answer", "--yes", &path];
    scene.member(1).done(&scene.knowing(&named, &[&node]));
    let taken = fresh.person.done(&["request", "take"]);
    assert!(super::only_reason(&taken).contains("another request"));
}

#[test]
fn a_damaged_backup_is_not_opened_and_a_good_one_beside_it_is() {
    let scene = Scene::new();
    let node = scene.backed_up("node-1");
    let fresh = scene.asked("fresh", &[&node]);
    [1, 2].iter().for_each(|member| drop(scene.answer(*member, &fresh, &[&node])));
    fresh.person.done(&["request", "take"]);
    let place = Place::Backups(NETWORK.into());
    let path = only(&scene.world.board().join(place.folder()), ".backup");
    let good = fs::read(&path).unwrap();
    let kept = scene.write("kept", &good);
    let mut spoilt = good.clone();
    *spoilt.last_mut().unwrap() ^= 1;
    fs::write(&path, &spoilt).unwrap();
    let refused = fresh.person.refused(&fresh.open_with(&scene, &node));
    assert!(refused.contains("no good one") && refused.contains("damaged"), "{refused}");
    assert!(node.person.refused(&["backup", "verify", "--statement", &node.statement]).contains("no good one"));
    // The same under the name of its own bytes.
    scene.post(&place, "node-1", Kind::Backup, &spoilt);
    scene.post(&place, "node-1", Kind::Backup, &good[..good.len() - 1]);
    assert!(fresh.person.refused(&fresh.open_with(&scene, &node)).contains("does not verify"));
    fresh.person.done(&[&fresh.open_with(&scene, &node)[..], &["--backup", &kept]].concat());
}

#[test]
fn a_backup_of_another_node_is_no_backup_of_this_one() {
    let scene = Scene::new();
    let [one, two] = ["node-1", "node-2"].map(|name| scene.backed_up(name));
    let folder = scene.world.board().join(Place::Backups(NETWORK.into()).folder());
    let files: Vec<_> = scene.world.posted(&Place::Backups(NETWORK.into()).folder(), ".backup");
    let of_two = files.iter().find(|path| path.file_name().unwrap().to_string_lossy().starts_with("node-2")).unwrap();
    let (at, bytes) = (of_two.display().to_string(), fs::read(of_two).unwrap());
    let verify = ["backup", "verify", &at, "--statement", &one.statement];
    assert!(one.person.refused(&verify).contains("node"));
    fs::remove_dir_all(&folder).unwrap();
    let swapped = scene.post(&Place::Backups(NETWORK.into()), "node-1", Kind::Backup, &bytes);
    let refused = one.person.refused(&["backup", "verify", "--statement", &one.statement]);
    assert!(refused.contains(&swapped), "{refused}");
    assert!(two.person.refused(&["backup", "verify", "--statement", &two.statement]).contains("no good one"));
}

#[test]
fn a_backup_says_what_it_claims_and_what_is_verified() {
    let scene = Scene::new();
    let [one, two] = ["node-1", "node-2"].map(|name| scene.backed_up(name));
    let files = scene.world.posted(&Place::Backups(NETWORK.into()).folder(), ".backup");
    let path = files[0].display().to_string();
    let claimed = one.person.done(&["backup", "inspect", &path]);
    assert_eq!((text(&claimed, "node"), &claimed["verified"]), ("node-1", &serde_json::json!(false)));
    assert_eq!(claimed["shares"].as_array().unwrap().len(), 2);
    let known = one.person.done(&["backup", "inspect", &path, "--statement", &one.statement]);
    assert_eq!(known["verified"], true);
    assert_eq!(text(&known, "statement"), one.statement().digest().to_string());
    assert!(one.person.refused(&["backup", "inspect", &path, "--statement", &two.statement]).contains("node"));
    assert_eq!(text(&one.person.done(&["backup", "inspect", &one.statement]), "node"), "node-1");
    let fresh = scene.asked("fresh", &[&one]);
    scene.answer(3, &fresh, &[&one]);
    let folders = ["requests".to_owned(), format!("requests/{}", fresh.id), Place::Blinders(NETWORK.into()).folder()];
    let posted: Vec<_> = folders.iter().flat_map(|folder| scene.world.posted(folder, "")).collect();
    let mut kinds = Vec::new();
    for path in posted.iter().filter(|path| path.is_file()) {
        let told = one.person.done(&["backup", "inspect", &path.display().to_string()]);
        assert_eq!(told["verified"], false);
        kinds.push(text(&told, "kind").to_owned());
    }
    kinds.sort();
    kinds.dedup();
    assert_eq!(kinds, ["authorisation", "blinder registration", "request", "request draft", "response", "statement"]);
    assert!(one.person.refused(&["backup", "inspect", &scene.write("rubbish", b"rubbish")]).contains("backup"));
}

#[test]
fn a_request_for_what_the_board_lacks_is_warned_of() {
    let scene = Scene::new();
    let node = scene.backed_up("node-1");
    fs::remove_dir_all(scene.world.board().join(Place::Backups(NETWORK.into()).folder())).unwrap();
    let fresh = scene.world.person("fresh");
    let draft = scene.knowing(&["request", "draft", "--requester", "fresh"], &[&node]);
    let output = fresh.command(&draft).output().unwrap();
    let said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(said["missing_backups"].as_array().unwrap().len(), 1);
}
