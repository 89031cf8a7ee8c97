//! Runs one operation with its secrets marked: `valgrind -q --error-exitcode=99 memcheck OPERATION`.
//!
//! `--list` prints the operations, `--leaks` those that leak on purpose. With `--strict` before the operation nothing
//! is declassified: then every operation is to fail, or its secrets are not marked.

use relight_ct::operations::{ALL, LEAKS, Operation};
use relight_ct::taint;
use relight_ct::world::World;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--list"] => list(ALL),
        ["--leaks"] => list(LEAKS),
        ["--strict", name] => run(name),
        [name] => {
            relight::declassify::set_hook(taint::public);
            run(name)
        }
        _ => usage("one operation, --list or --leaks"),
    }
}

fn list(operations: &[Operation]) -> ExitCode {
    operations.iter().for_each(|(name, _)| println!("{name}"));
    ExitCode::SUCCESS
}

fn run(name: &str) -> ExitCode {
    let Some((_, operation)) = ALL.iter().chain(LEAKS).find(|(known, _)| *known == name) else {
        return usage("no such operation");
    };
    if !taint::is_watched() {
        return usage("not under valgrind: nothing would be checked");
    }
    operation(&World::from_seed(1));
    ExitCode::SUCCESS
}

fn usage(error: &str) -> ExitCode {
    eprintln!("memcheck: {error}");
    ExitCode::from(2)
}
