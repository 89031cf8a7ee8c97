//! Runs operations with their secrets marked, each in a process of its own, under valgrind:
//! `valgrind -q --error-exitcode=99 memcheck MODE [OPERATION..]`, or all of them.
//!
//! - `clean`: nothing is to be found in an operation.
//! - `marked`: nothing is declassified, and no suppressions are expected; something is to be found in each operation, or
//!   its secrets are not marked.
//! - `leaks`: something is to be found in what leaks on purpose.

use relight_ct::operations::{ALL, LEAKS, Operation};
use relight_ct::world::World;
use relight_ct::{profile, taint};
use std::process::ExitCode;

/// What valgrind leaves for a process in which it has found something.
const FOUND: i32 = 99;

struct Mode {
    name: &'static str,
    operations: &'static [Operation],
    declassifies: bool,
    /// What the process of an operation is to leave, and what that says.
    expected: i32,
    says: &'static str,
}

const MODES: [Mode; 3] = [
    Mode { name: "clean", operations: ALL, declassifies: true, expected: 0, says: "constant time" },
    Mode { name: "marked", operations: ALL, declassifies: false, expected: FOUND, says: "marked" },
    Mode { name: "leaks", operations: LEAKS, declassifies: true, expected: FOUND, says: "found" },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let named = arguments.split_first().and_then(|(name, rest)| Some((MODES.iter().find(|m| m.name == name)?, rest)));
    let chosen = named.map(|(mode, names)| (mode, choose(mode.operations, names)));
    match (profile::refusal(), chosen) {
        (Some(refusal), _) => usage(&refusal),
        (None, Some((mode, Some(operations)))) if taint::is_watched() => run(mode, &operations),
        (None, Some((_, Some(_)))) => usage("not under valgrind: nothing would be checked"),
        _ => usage("clean, marked or leaks, and names of operations or none"),
    }
}

/// Those with these names, or all. None if one is unknown.
fn choose<'a>(all: &'a [Operation], names: &[String]) -> Option<Vec<&'a Operation>> {
    if names.is_empty() {
        return Some(all.iter().collect());
    }
    names.iter().map(|name| all.iter().find(|(known, _)| known == name)).collect()
}

fn run(mode: &Mode, operations: &[&Operation]) -> ExitCode {
    let world = World::from_seed(1);
    // Here, and not anew in the process of each operation.
    world.ceremonies();
    if mode.declassifies {
        relight::declassify::set_hook(taint::public);
    }
    let mut exit = ExitCode::SUCCESS;
    for operation in operations {
        if !is_as_expected(mode, operation, &world) {
            exit = ExitCode::FAILURE;
        }
    }
    exit
}

fn is_as_expected(mode: &Mode, (name, operation): &Operation, world: &World) -> bool {
    let left = taint::apart(|| operation(world));
    if left == Some(mode.expected) {
        println!("{}: {name}", mode.says);
    } else {
        eprintln!("memcheck: not {}, or failed: {name} ({left:?})", mode.says);
    }
    left == Some(mode.expected)
}

fn usage(error: &str) -> ExitCode {
    eprintln!("memcheck: {error}");
    ExitCode::from(2)
}
