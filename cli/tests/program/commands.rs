//! What holds for every command.

use clap::{Command, CommandFactory};
use relight_cli::commands::Relight;

/// Every command, with all that are within it.
fn all(command: &Command) -> Vec<Command> {
    let within = command.get_subcommands().flat_map(all);
    std::iter::once(command.clone()).chain(within).collect()
}

#[test]
fn the_commands_are_well_formed() {
    Relight::command().debug_assert();
}

#[test]
fn every_command_has_help_and_an_example() {
    for command in all(&Relight::command()).iter().filter(|command| !command.has_subcommands()) {
        let name = command.get_name();
        assert!(command.get_about().is_some(), "{name} says what it does");
        let example = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        assert!(example.starts_with("Example") && example.contains("relight "), "{name} has an example");
    }
}

#[test]
fn every_command_has_a_page_and_is_completed() {
    let folder = tempfile::TempDir::new().unwrap();
    let page = folder.path().join("relight-paper-write.1");
    assert!(relight(&["man", &folder.path().display().to_string()]).status.success());
    assert!(std::fs::read_to_string(page).unwrap().contains("relight paper write blinder node\\-1"));
    for shell in ["bash", "zsh", "fish"] {
        let output = relight(&["completions", shell]);
        assert!(output.status.success() && String::from_utf8(output.stdout).unwrap().contains("identity"));
    }
    assert_eq!(relight(&["completions", "tcsh"]).status.code(), Some(2));
    assert_eq!(relight(&["man", "/proc/nowhere"]).status.code(), Some(1));
}

#[test]
fn an_object_goes_through_text_and_comes_back() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(path("a.request-draft"), b"\x01 whatever it holds").unwrap();
    let shown = relight(&["armour", &path("a.request-draft")]);
    assert!(String::from_utf8(shown.stdout).unwrap().starts_with("-----BEGIN RELIGHT REQUEST DRAFT-----\n"));
    assert!(relight(&["armour", &path("a.request-draft"), "--out", &path("a.txt")]).status.success());
    assert!(relight(&["bare", &path("a.txt"), "--out", &path("b")]).status.success());
    assert_eq!(std::fs::read(path("b")).unwrap(), std::fs::read(path("a.request-draft")).unwrap());
    // Nothing is replaced, a kind is not guessed, and another kind is named.
    assert_eq!(relight(&["bare", &path("a.txt"), "--out", &path("b")]).status.code(), Some(1));
    assert_eq!(relight(&["armour", &path("b")]).status.code(), Some(1));
    let other = relight(&["armour", &path("a.txt"), "--kind", "request"]);
    assert!(String::from_utf8(other.stderr).unwrap().contains("a request is needed: this is request draft"));
    assert_eq!(relight(&["armour", &path("b"), "--kind", "letter"]).status.code(), Some(2));
}

fn relight(arguments: &[&str]) -> std::process::Output {
    std::process::Command::new(env!("CARGO_BIN_EXE_relight")).args(arguments).output().unwrap()
}

#[cfg(not(feature = "cloud"))]
#[test]
fn a_build_without_stores_says_so() {
    let output = relight(&["member", "show", "party", "--board", "s3://bucket/prefix"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("this build has no cloud") && said.contains("cargo install --features cloud"), "{said}");
}

//= spec/16-files.md#16-4-secrets-at-rest
//= type=test
//# A program MUST NOT take a secret from its arguments or its environment, where other processes can read it.
#[test]
fn no_secret_is_an_argument() {
    let secret = ["passphrase", "password", "secret", "blinder", "identity", "words", "share", "key"];
    for command in all(&Relight::command()) {
        for argument in command.get_arguments() {
            let id = argument.get_id().as_str();
            let environment = argument.get_env().map(|name| name.to_string_lossy().into_owned());
            assert!(environment.is_none_or(|name| ["RELIGHT_HOME", "RELIGHT_BOARD"].contains(&name.as_str())), "{id}");
            if secret.iter().any(|word| id.contains(word)) {
                let value = argument.get_value_names().unwrap_or_default().first().map(ToString::to_string);
                let public = ["FILE", "FD", "DIR", "NODE", "COUNT"];
                assert!(value.is_none_or(|value| public.contains(&value.as_str())), "{id} of {}", command.get_name());
            }
        }
    }
}
