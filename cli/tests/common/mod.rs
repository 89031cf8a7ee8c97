//! People who use the program: each has a store of their own, and all share a board.
#![allow(dead_code)]

use age::secrecy::ExposeSecret;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A place where people share a board.
pub struct World {
    root: tempfile::TempDir,
    board: PathBuf,
}

impl World {
    /// An empty board in a folder.
    pub fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        Self { board: root.path().join("board"), root }
    }

    /// A board at an address.
    pub fn at(board: &str) -> Self {
        Self { board: board.into(), ..Self::new() }
    }

    /// Where everything is.
    pub fn root(&self) -> &Path {
        self.root.path()
    }

    /// The folder of the board, or its address.
    pub fn board(&self) -> PathBuf {
        self.board.clone()
    }

    /// Somebody without a store.
    pub fn stranger(&self, name: &str) -> Person {
        let key = self.root().join(format!("{name}.age-identity"));
        Person { home: self.root().join(name), board: self.board(), key }
    }

    /// Somebody with a store, sealed to an age identity in a file, so that no second is spent on each passphrase.
    pub fn person(&self, name: &str) -> Person {
        let person = self.stranger(name);
        let key = age::x25519::Identity::generate();
        std::fs::write(&person.key, key.to_string().expose_secret()).unwrap();
        person.done(&["init", name, "--recipient", &key.to_public().to_string()]);
        person
    }

    /// The files in a folder of the board whose names end so.
    pub fn posted(&self, folder: &str, end: &str) -> Vec<PathBuf> {
        let files = std::fs::read_dir(self.board().join(folder)).into_iter().flatten();
        let mut files: Vec<PathBuf> = files.map(|entry| entry.unwrap().path()).collect();
        files.retain(|path| path.to_string_lossy().ends_with(end));
        files.sort();
        files
    }

    /// Everything on the board, by its path.
    pub fn everything(&self) -> Vec<(PathBuf, Vec<u8>)> {
        fn walk(folder: &Path, found: &mut Vec<(PathBuf, Vec<u8>)>) {
            for entry in std::fs::read_dir(folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                match path.is_dir() {
                    true => walk(&path, found),
                    false => found.push((path.clone(), std::fs::read(&path).unwrap())),
                }
            }
        }
        let mut found = Vec::new();
        walk(&self.board(), &mut found);
        found.sort();
        found
    }
}

/// What is made with this costs little. Nothing that is tested rests on the soundness of proofs.
pub const INSECURE: &[&str] = &["--parameters", "insecure"];

/// Somebody with a store of their own.
pub struct Person {
    pub home: PathBuf,
    board: PathBuf,
    key: PathBuf,
}

impl Person {
    /// The same person at another store.
    pub fn at(&self, home: PathBuf) -> Self {
        Self { home, board: self.board.clone(), key: self.key.clone() }
    }

    /// The program, as this person calls it, with nobody at the terminal.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_relight"));
        command.args(arguments).arg("--json").stdin(Stdio::null());
        command.arg("--home").arg(&self.home).arg("--board").arg(&self.board).arg("--identity-file").arg(&self.key);
        command
    }

    fn run(&self, arguments: &[&str]) -> (Output, Value) {
        let output = self.command(arguments).output().unwrap();
        let facts = facts(&output);
        (output, facts)
    }

    /// It is done; what was said.
    pub fn done(&self, arguments: &[&str]) -> Value {
        let (output, facts) = self.run(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {facts} {}", String::from_utf8_lossy(&output.stderr));
        facts
    }

    /// The same, for whoever answers every question with yes.
    pub fn agreed(&self, arguments: &[&str]) -> Value {
        self.done(&[arguments, &["--yes"]].concat())
    }

    /// It is refused; why.
    pub fn refused(&self, arguments: &[&str]) -> String {
        let (output, facts) = self.run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {facts} {}", String::from_utf8_lossy(&output.stderr));
        facts["refused"].as_str().unwrap().to_owned()
    }
}

/// The facts that a command says, if it says any.
pub fn facts(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or(Value::Null)
}

/// A text fact.
pub fn text<'a>(facts: &'a Value, name: &str) -> &'a str {
    facts[name].as_str().unwrap_or_else(|| panic!("{name} is a text of {facts}"))
}
