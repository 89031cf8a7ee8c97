//! Questions at a terminal, which a person answers.

use crate::scene::Scene;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use std::fs::File;
use std::io::Write;
use std::process::{Command, Output, Stdio};

/// Ends the input, at the beginning of a line.
const END: &[u8] = b"\x04";

/// What a command does in front of which somebody types.
fn typed(mut command: Command, keys: &[u8]) -> Output {
    let person = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&person).and_then(|()| unlockpt(&person)).unwrap();
    let name = ptsname(&person, Vec::new()).unwrap();
    let terminal = File::options().read(true).write(true).open(name.to_str().unwrap()).unwrap();
    command.stdin(terminal.try_clone().unwrap()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().unwrap();
    File::from(person.try_clone().unwrap()).write_all(keys).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn a_request_is_answered_by_yes_alone() {
    let scene = Scene::new();
    let node = scene.backed_up("node-1");
    let fresh = scene.asked("fresh", &[&node]);
    let answers = || {
        let names = std::fs::read_dir(scene.place(&fresh)).unwrap().map(|entry| entry.unwrap().file_name());
        names.filter(|name| name.to_string_lossy().ends_with(".response")).count()
    };
    let command = || scene.member(1).command(&scene.knowing(&["request", "answer"], &[&node]));
    for no in [b"n\n", b"\n".as_slice(), b"ye\n", END] {
        let output = typed(command(), no);
        assert_eq!(output.status.code(), Some(1), "{no:?}");
        let [said, shown] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        assert!(said.contains("do you answer this request?: no"), "{said}");
        assert!(shown.contains("Recovery request") && shown.ends_with("[y/N] "), "{shown}");
        assert_eq!(answers(), 0);
    }
    let output = typed(command(), b"y\n");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(answers(), 1);
}
