//! The README of the program: its commands do, as they stand, what it says, and it names all commands that there are.
//! Tests begin in the order of their names: this one takes longest, as a passphrase takes a second each time.

use clap::{Command, CommandFactory};
use relight_cli::commands::Relight;
use std::path::Path;
use std::process::Stdio;

const README: &str = include_str!("../../README.md");
const END_OF_STEP: &str = "=== end of step";

/// Commands, and lines of what comes out, in which `...` stands for anything.
struct Step<'a> {
    commands: &'a str,
    said: Vec<&'a str>,
}

/// Every block of `sh`, with the block of `text` that follows it.
fn steps() -> Vec<Step<'static>> {
    let mut steps: Vec<Step<'_>> = Vec::new();
    for block in README.split("\n```").skip(1).step_by(2) {
        match (block.split_once('\n').unwrap(), steps.last_mut()) {
            (("sh", commands), _) => steps.push(Step { commands, said: Vec::new() }),
            (("text", said), Some(step)) => step.said.extend(said.lines()),
            _ => {}
        }
    }
    steps
}

fn matches(pattern: &str, line: &str) -> bool {
    let (first, rest) = pattern.split_once("...").map_or((pattern, None), |(first, rest)| (first, Some(rest)));
    match (line.strip_prefix(first), rest) {
        (Some(left), None) => left.is_empty(),
        (Some(left), Some(rest)) => (0..=left.len()).any(|at| left.get(at..).is_some_and(|tail| matches(rest, tail))),
        (None, _) => false,
    }
}

/// What a newcomer sees, who copies all commands into one shell: step by step.
fn followed(steps: &[Step<'_>]) -> Vec<String> {
    let home = tempfile::tempdir().unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_relight")).parent().unwrap();
    let commands = steps.iter().map(|step| format!("{}\necho '{END_OF_STEP}'\n", step.commands));
    let script = format!("exec 2>&1\n{}", commands.collect::<String>());
    let mut shell = std::process::Command::new("sh");
    shell.env_clear().env("HOME", home.path()).current_dir(home.path()).stdin(Stdio::null());
    shell.env("PATH", format!("{}:{}", program.display(), std::env::var("PATH").unwrap()));
    let output = shell.args(["-e", "-c", &script]).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{said}");
    said.split(&format!("{END_OF_STEP}\n")).map(str::to_owned).collect()
}

#[test]
fn gets_what_the_readme_says() {
    let steps = steps();
    let outputs = followed(&steps);
    assert!(README.contains("It is back") && outputs.len() == steps.len() + 1);
    for (step, output) in steps.iter().zip(&outputs) {
        let mut lines = output.lines();
        for said in &step.said {
            assert!(lines.any(|line| matches(said, line)), "{said:?} does not come of\n{}{output}", step.commands);
        }
    }
}

/// The names of all commands that do something, such as `ceremony plan generate`.
fn commands(command: &Command, path: &str) -> Vec<String> {
    let within = command.get_subcommands().flat_map(|one| commands(one, &format!("{path} {}", one.get_name())));
    if command.has_subcommands() { within.collect() } else { vec![path.trim_start().to_owned()] }
}

#[test]
fn reads_of_every_command_and_no_other() {
    let rows = README.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` |"));
    let mut named: Vec<String> = rows.map(|(name, _)| name.to_owned()).collect();
    let mut all = commands(&Relight::command(), "");
    named.sort();
    all.sort();
    assert_eq!(named, all);
}
