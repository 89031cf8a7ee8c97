//! What lies on a board and is no file, or none that anybody could read.

use super::play::prepared;
use super::saboteur::name;
use crate::common::{World, text};
use std::ffi::OsStr;
use std::fs::{self, File, Permissions};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Kilobytes: less than the largest of the files.
const MEMORY: u64 = 1_500_000;
const HUGE: u64 = 2 << 30;
const PATIENCE: Duration = Duration::from_secs(60);

/// How something comes to a path.
type Put = fn(&Path);

/// Everything that is put where a file is expected, and whether its name is one of the board.
const OBSTACLES: &[(&str, Put)] = &[
    ("folder", |path| fs::create_dir(path).unwrap()),
    ("loop", |path| symlink(path.file_name().unwrap(), path).unwrap()),
    ("nowhere", |path| symlink("nowhere", path).unwrap()),
    ("endless", |path| symlink("/dev/zero", path).unwrap()),
    ("pipe", |path| assert!(Command::new("mkfifo").arg(path).status().unwrap().success())),
    ("huge", |path| File::create(path).unwrap().set_len(HUGE).unwrap()),
    ("unreadable", |path| {
        fs::write(path, b"unreadable").unwrap();
        fs::set_permissions(path, Permissions::from_mode(0o000)).unwrap();
    }),
];

/// Names that are none of the board: nobody looks at them.
const NAMELESS: &[&[u8]] = &[b"\xff\xfe.00.dealing", b"a\nb.00.dealing", b"..dealing", b"dealing"];

/// The commands that look everywhere.
const COMMANDS: &[&str] =
    &["member show party", "ceremony show", "ceremony status CODE", "ceremony check CODE", "roster show party"];

fn fill(folder: &Path, kind: &str) {
    fs::create_dir_all(folder).unwrap();
    for (what, put) in OBSTACLES {
        put(&folder.join(name(what, kind, b"what it should be")));
    }
    let longest = 255 - name("", kind, b"").len();
    fs::write(folder.join(name(&"x".repeat(longest), kind, b"")), b"not empty").unwrap();
    NAMELESS.iter().for_each(|name| fs::write(folder.join(OsStr::from_bytes(name)), b"nameless").unwrap());
}

/// What comes of a command that has little memory, and no time to wait.
fn finished(command: &Command) -> Output {
    let mut shell = prepared(&format!("ulimit -v {MEMORY}"), command);
    shell.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = shell.spawn().unwrap();
    let start = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if start.elapsed() > PATIENCE {
            child.kill().unwrap();
            panic!("{command:?}: it hangs");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    child.wait_with_output().unwrap()
}

/// What it says, and its exit status is this.
fn said(command: &Command, code: i32) -> String {
    let Output { status, stdout, stderr } = finished(command);
    assert_eq!(status.code(), Some(code), "{command:?}: {}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).unwrap()
}

#[test]
fn what_is_no_file_is_named_and_nothing_waits_for_it() {
    let party = crate::group::Party::registered();
    let code = party.planned();
    let shown = party.members[0].done(&["ceremony", "show", &code]);
    let ceremony = format!("ceremonies/{}", &text(&shown, "digest")[..32]);
    let places =
        [("members/party", "member-registration"), ("plans", "ceremony"), ("plans", "roster"), (&ceremony, "dealing")];
    places.iter().for_each(|(folder, kind)| fill(&party.world.board().join(folder), kind));
    for command in COMMANDS {
        let words: Vec<&str> = command.split(' ').map(|word| if word == "CODE" { &code } else { word }).collect();
        let said = said(&party.members[0].command(&words), 0);
        let unnamed = OBSTACLES.iter().find(|(what, _)| !said.contains(&format!("/{what}.")));
        assert_eq!(unnamed.map(|(what, _)| what), None, "{command}: {said}");
        assert!(said.contains("/xxxxx") && !said.contains("nameless"), "{command}: {said}");
    }
    // Nobody is kept from going on.
    party.hold(&code, &[0, 1, 2], &[0, 1, 2]);
}

#[test]
fn a_file_of_the_board_is_what_its_name_promises_whoever_names_it() {
    let (world, name) = (World::new(), name("party", "roster", b"what it should be"));
    let (ada, file) = (world.person("ada"), world.board().join(name));
    fs::create_dir(world.board()).unwrap();
    for (what, put) in OBSTACLES {
        put(&file);
        for path in [&file, Path::new(file.file_name().unwrap())] {
            let command = ada.command(&["request", "authorise", path.to_str().unwrap(), "--statement", "none"]);
            let why = said(&command, 1);
            assert!(why.contains(file.file_name().unwrap().to_str().unwrap()), "{what}: {why}");
        }
        fs::remove_file(&file).or_else(|_| fs::remove_dir(&file)).unwrap();
    }
    // Something else that is good.
    let public = hex::decode(text(&ada.done(&["identity", "new"]), "public_key")).unwrap();
    ada.done(&["blinder", "new", "--for", "node"]);
    fs::write(&file, public).unwrap();
    let check = ["blinder", "check", "--for", "node", "--network", "network", "--operator", file.to_str().unwrap()];
    let why = ada.refused(&check);
    assert!(why.contains("its bytes are not those that its name promises"), "{why}");
}

#[test]
fn a_place_that_is_no_folder_is_named() {
    let world = World::new();
    fs::create_dir(world.board()).unwrap();
    fs::write(world.board().join("plans"), b"no folder").unwrap();
    assert!(world.person("ada").refused(&["ceremony", "show"]).contains("plans"));
    fs::remove_file(world.board().join("plans")).unwrap();
    symlink("plans", world.board().join("plans")).unwrap();
    assert!(world.person("bob").refused(&["ceremony", "show"]).contains("plans"));
}
