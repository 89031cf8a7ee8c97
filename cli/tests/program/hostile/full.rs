//! Disks that are full, and an output that takes nothing.

use super::play::{Play, outcome_of, prepared};
use super::saboteur::read;
use super::steps::{STEPS, Step};
use super::{OURS, played};
use crate::common::World;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The longest file that there is room for, in blocks of 512 bytes: nothing, a beginning of anything, and so on.
const ROOM: [u32; 6] = [0, 1, 2, 4, 16, 64];

/// A step with so little room that it fails, and then with more, until it succeeds.
fn take_when_there_is_room(play: &mut Play, step: &Step) -> usize {
    for (failures, blocks) in ROOM.iter().enumerate() {
        // Without the signal, whoever writes too much is told.
        let mut full = prepared(&format!("trap '' XFSZ; ulimit -f {blocks}"), &play.command(step));
        let (code, said, aloud) = outcome_of(&mut full);
        match code {
            Some(0) => {
                play.took(step, &said);
                return failures;
            }
            Some(1) => names_the_file(&said, step, *blocks),
            other => panic!("{} with {blocks} blocks: {other:?} {aloud}", step.name),
        }
        assert_eq!(unfinished(play.world.root()), Vec::<PathBuf>::new(), "{} with {blocks} blocks", step.name);
    }
    play.take(step);
    ROOM.len()
}

fn names_the_file(said: &Value, step: &Step, blocks: u32) {
    let why = said["refused"].as_str().unwrap_or_else(|| panic!("{} with {blocks} blocks: {said}", step.name));
    assert!(why.starts_with('/') && why.contains("File too large"), "{} with {blocks} blocks: {why}", step.name);
}

/// Files that somebody began to write.
fn unfinished(folder: &Path) -> Vec<PathBuf> {
    let begun = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().starts_with(".relight-");
    read(folder).into_keys().filter(begun).collect()
}

//= spec/16-files.md#16-1-the-board
//= type=test
//# A program MUST write a file whole or not at all, and never over another one.
#[test]
fn nothing_is_lost_when_disks_are_full() {
    let mut play = Play::new(OURS);
    let failures: usize = STEPS.iter().map(|step| take_when_there_is_room(&mut play, step)).sum();
    // Every step that writes has failed.
    assert!(failures > STEPS.len(), "{failures}");
    assert_eq!(play.said["restored"]["shares"][0]["public_key"], play.public_key);
}

#[test]
fn whoever_cannot_be_told_is_told_so() {
    let (play, world) = (played(OURS), World::new());
    let step = STEPS.iter().find(|step| step.name == "status").unwrap();
    let refused = world.stranger("nobody").command(&["member", "register", "party", "1"]);
    for command in [play.command(step), refused] {
        let (code, _, aloud) = outcome_of(&mut prepared("exec >/dev/full", &command));
        assert_eq!(code, Some(1), "{aloud}");
        assert!(aloud.contains("standard output takes nothing: No space left on device"), "{aloud}");
        let (code, _, _) = outcome_of(&mut prepared("exec >/dev/full 2>/dev/full", &command));
        assert_eq!(code, Some(1));
    }
}
