//! Whoever controls the board can withhold, and never mislead: a party makes its key, a network its backups, and a node is
//! restored, while somebody changes the board before every command.

mod files;
mod full;
mod play;
mod saboteur;
mod steps;

use play::{Names, Play};
use saboteur::{DAMAGES, Files, Saboteur};
use serde_json::Value;
use std::path::Path;
use steps::{PEOPLE, STEPS, Step};

const OURS: Names = Names { party: "party", network: "network", epoch: "7" };
/// The saboteur has parties of its own: of the names that ours have, and of others.
const FOREIGN: [Names; 3] =
    [OURS, Names { epoch: "8", ..OURS }, Names { party: "others", network: "another", epoch: "7" }];
/// What shows everything that is there, whosever it is.
const LISTS: [&str; 2] = ["plans", "rosters"];

//= spec/16-files.md#16-1-the-board
//= type=test
//# A program MUST verify what it finds against what its holder knows, for a folder and a subject are only claims.
#[test]
fn whoever_controls_the_board_misleads_nobody() {
    let foreign = FOREIGN.map(|names| std::thread::spawn(move || played(names))).map(|thread| thread.join().unwrap());
    let marks: Vec<String> = foreign.iter().flat_map(marks).collect();
    let mut play = Play::new(OURS);
    let mut saboteur =
        Saboteur::at(&play.world, foreign.iter().map(|play| saboteur::read(&play.world.board())).collect());
    for step in STEPS {
        if step.public {
            saboteur.invent();
            DAMAGES.iter().for_each(|(how, damage)| {
                let good = saboteur.damage(*damage);
                under_damage(&play, step, &format!("{}, everything {how}", step.name), &good, &marks);
                saboteur.withdraw(&good);
            });
        }
        let said = play.take(step);
        goes_on(step, &said, &saboteur, &marks);
    }
    ends_well(&play, &foreign);
}

fn played(names: Names) -> Play {
    let mut play = Play::new(names);
    STEPS.iter().for_each(|step| drop(play.take(step)));
    play
}

/// What tells a play from others: whoever says it was misled.
fn marks(play: &Play) -> Vec<String> {
    let facts = [
        ("plan", "code"),
        ("plan", "digest"),
        ("bundle", "code"),
        ("bundle", "digest"),
        ("roster", "path"),
        ("send", "short_code"),
    ];
    let key = play.said["finish-ada"]["keys"][0].as_str().unwrap().to_owned();
    facts.iter().map(|(step, fact)| play.fact(step, fact)).chain([key]).collect()
}

/// With everything damaged that is genuine, a step is refused with the name of a file, and keeps nothing but what is
/// genuine; or it needs none of it.
fn under_damage(play: &Play, step: &Step, what: &str, good: &Files, marks: &[String]) {
    let (before, aside) = (play.kept(step), play.put_aside(step));
    let (code, said, said_aloud) = play.attempt(step);
    assert!(!said_aloud.contains("panicked"), "{what}: {said_aloud}");
    match code {
        Some(0) => {
            assert!(!good.keys().any(|path| reads(step, path)) || names_any(&said, good), "{what}: {said}");
            tells_nothing_foreign(what, &said, marks);
        }
        Some(1) => {
            assert!(names_any(&said, good), "{what}: {said}");
            let new: Vec<_> = play.kept(step).into_iter().filter(|path| !before.contains(path)).collect();
            assert!(new.iter().all(|path| play.is_ours(path)), "{what}: {new:?}");
        }
        other => panic!("{what}: {other:?} {said} {said_aloud}"),
    }
    play.put_back(step, &aside);
}

fn reads(step: &Step, path: &Path) -> bool {
    step.reads.iter().any(|kind| path.extension() == Some(kind.as_ref()))
}

fn names_any(said: &Value, files: &Files) -> bool {
    let text = said.to_string();
    files.keys().any(|path| text.contains(&*path.to_string_lossy()))
}

/// What is invented is ignored, and named; nothing that is genuine is.
fn goes_on(step: &Step, said: &Value, saboteur: &Saboteur, marks: &[String]) {
    let (ignored, genuine) = (said["ignored"].to_string(), saboteur.genuine());
    let wronged = genuine.keys().find(|path| ignored.contains(&*path.to_string_lossy()));
    assert_eq!(wronged, None, "{}: {ignored}", step.name);
    for kind in step.reads {
        assert!(saboteur.is_named(&ignored, kind), "{}: no {kind} in {ignored}", step.name);
    }
    if !LISTS.contains(&step.name) {
        tells_nothing_foreign(step.name, said, marks);
    }
}

fn tells_nothing_foreign(what: &str, said: &Value, marks: &[String]) {
    let mut said = said.clone();
    said.as_object_mut().map(|facts| facts.remove("ignored"));
    let text = said.to_string();
    assert!(
        LISTS.iter().any(|list| what.starts_with(list)) || !marks.iter().any(|mark| text.contains(mark)),
        "{what}: {text}"
    );
}

/// All have the same key, which nobody else has; one bundle is trusted, and the restored share is the one that was lost.
fn ends_well(play: &Play, foreign: &[Play]) {
    let finished = ["finish-ada", "finish-bob", "finish-cyn"].map(|step| &play.said[step]);
    assert!(finished.iter().all(|one| one["keys"] == finished[0]["keys"] && one["shares"] == 1));
    assert!(foreign.iter().all(|other| other.said["finish-ada"]["keys"] != finished[0]["keys"]));
    assert_eq!(play.said["check"]["at_fault"], serde_json::json!([]));
    assert_eq!(play.said["trust"]["bundle"]["code"], play.said["bundle"]["code"]);
    assert_eq!(play.said["roster"]["roster"]["recovery_key"], finished[0]["keys"][0]);
    assert_eq!(play.said["restored"]["shares"][0]["public_key"], play.public_key);
    // Whoever registers in the party is listed, and nobody else.
    let registered = 3 + 3 * FOREIGN.iter().filter(|names| names.party == OURS.party).count();
    assert_eq!(play.said["members"]["members"].as_array().unwrap().len(), registered);
    for person in PEOPLE {
        let relied_on = play.relied_on(person);
        assert!(relied_on.iter().all(|path| play.is_ours(path)), "{person}: {relied_on:?}");
    }
    let asked = &play.said["send"]["request"];
    assert!(["answer-ada", "answer-cyn", "take"].iter().all(|step| play.said[step]["request"] == *asked));
}
