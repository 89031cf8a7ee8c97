//! The story, as people play it at a board of theirs.

use super::steps::{PEOPLE, Step};
use crate::common::{Person, World, facts};
use relight::curve::{CurveId, SecretScalar};
use relight::sharing::VssCommitment;
use relight_cli::console::{Console, Secrets, Wallet};
use relight_cli::roles::outcome;
use relight_cli::store::Store;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a party and its network are called.
#[derive(Clone, Copy)]
pub struct Names {
    pub party: &'static str,
    pub network: &'static str,
    pub epoch: &'static str,
}

pub struct Play {
    pub world: World,
    people: BTreeMap<&'static str, Person>,
    names: Names,
    /// What every step said.
    pub said: BTreeMap<&'static str, Value>,
    /// That of the network's root key.
    pub public_key: String,
}

impl Play {
    /// Everybody has a store, and the network a root key, which its only node has whole.
    pub fn new(names: Names) -> Self {
        let world = World::new();
        let people = PEOPLE.iter().map(|name| (*name, world.person(name))).collect();
        let key = SecretScalar::random(CurveId::Secp256k1, &mut rand::rng());
        let public_key = hex::encode(key.public().as_bytes());
        let share = json!([{ "epoch": names.epoch.parse::<u64>().unwrap(), "curve": "secp256k1", "identifier": 1,
            "secret": hex::encode(key.expose_bytes()), "commitments": [public_key] }]);
        fs::write(world.root().join("shares"), share.to_string()).unwrap();
        let roots = outcome::encode(&[VssCommitment::new(vec![key.public()]).unwrap()]);
        fs::write(world.root().join("roots"), roots).unwrap();
        Self { world, people, names, said: BTreeMap::new(), public_key }
    }

    /// A step is done.
    pub fn take(&mut self, step: &Step) -> Value {
        let (code, said, aloud) = self.attempt(step);
        assert_eq!(code, Some(0), "{}: {said} {aloud}", step.name);
        self.took(step, &said);
        said
    }

    /// A step was done, and said this.
    pub fn took(&mut self, step: &Step, said: &Value) {
        match step.name {
            "operator" => self.write("operator.public", &hex::decode(said["public_key"].as_str().unwrap()).unwrap()),
            "blinder" => self.write("blinder", hex::encode(self.secret("operator", "blinders/node-1")).as_bytes()),
            _ => {}
        }
        self.said.insert(step.name, said.clone());
    }

    /// Somebody gives a command, and agrees to everything: its exit status, the facts, and what else it said.
    pub fn attempt(&self, step: &Step) -> (Option<i32>, Value, String) {
        outcome_of(&mut self.command(step))
    }

    /// The command of a step.
    pub fn command(&self, step: &Step) -> Command {
        let words: Vec<String> = step.command.split(' ').map(|word| self.resolved(word)).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).chain(["--yes"]).collect();
        self.people[step.who].command(&words)
    }

    /// A fact of a step.
    pub fn fact(&self, step: &str, fact: &str) -> String {
        let value = &self.said.get(step).unwrap_or_else(|| panic!("{step} comes later"))[fact];
        value.as_str().unwrap_or_else(|| panic!("{step} says no {fact}")).to_owned()
    }

    /// A word, with what stands for its names in braces.
    fn resolved(&self, word: &str) -> String {
        let Some((before, rest)) = word.split_once('{') else { return word.to_owned() };
        let (name, after) = rest.split_once('}').unwrap();
        let value = match name.split_once('.') {
            Some((step, fact)) => self.fact(step, fact),
            None => self.named(name),
        };
        format!("{before}{value}{}", self.resolved(after))
    }

    fn named(&self, name: &str) -> String {
        match name {
            "party" => self.names.party.to_owned(),
            "network" => self.names.network.to_owned(),
            "epoch" => self.names.epoch.to_owned(),
            "board" => self.world.board().display().to_string(),
            "root" => self.world.root().display().to_string(),
            other => panic!("nothing is called {other}"),
        }
    }

    /// The names of everything in the store of whoever takes a step.
    pub fn kept(&self, step: &Step) -> Vec<PathBuf> {
        super::saboteur::read(&self.people[step.who].home).into_keys().collect()
    }

    /// Is it about what somebody planned here? By the names that things have in a store.
    pub fn is_ours(&self, path: &Path) -> bool {
        let plans = ["older-plan", "plan"].iter().filter_map(|plan| self.said.get(plan));
        let ceremonies = plans.map(|plan| plan["digest"].as_str().unwrap()[..32].to_owned());
        let bundle = format!("bundles/{}-{}", self.names.network, self.names.epoch);
        // What is kept of registrations was verified with the identity of their operator.
        ceremonies.chain([bundle, "registrations/".to_owned()]).any(|name| path.display().to_string().contains(&name))
    }

    /// Everything that somebody has of ceremonies, and of bundles.
    pub fn relied_on(&self, person: &str) -> Vec<PathBuf> {
        let kept = super::saboteur::read(&self.people[person].home).into_keys();
        let folders = ["ceremonies", "dealt", "confirmed", "certificates", "outcomes", "bundles", "unsigned"];
        kept.filter(|path| folders.iter().any(|folder| path.starts_with(folder))).collect()
    }

    /// A copy of the store of whoever takes a step.
    pub fn put_aside(&self, step: &Step) -> PathBuf {
        let aside = self.world.root().join("aside");
        copy(&self.people[step.who].home, &aside);
        aside
    }

    /// The store is again as it was, and so is what the step writes beside it.
    pub fn put_back(&self, step: &Step, aside: &Path) {
        let home = &self.people[step.who].home;
        fs::remove_dir_all(home).unwrap();
        fs::rename(aside, home).unwrap();
        if step.command.contains("--write-statement") {
            let _ = fs::remove_file(self.world.root().join("statement"));
        }
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        fs::write(self.world.root().join(name), bytes).unwrap();
    }

    /// A secret in somebody's store.
    fn secret(&self, person: &str, name: &str) -> Vec<u8> {
        let identity_file = Some(self.world.root().join(format!("{person}.age-identity")));
        let console = Console::new(Secrets { identity_file, ..Secrets::default() }, Wallet::default(), false, true);
        Store::open(&self.people[person].home).unwrap().secret(name, &console).unwrap().to_vec()
    }
}

/// The exit status of a command, the facts, and what else it said.
pub fn outcome_of(command: &mut Command) -> (Option<i32>, Value, String) {
    let output = command.output().unwrap();
    (output.status.code(), facts(&output), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// The same command in a shell that has prepared something.
pub fn prepared(preparation: &str, command: &Command) -> Command {
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(format!("{preparation}; exec \"$0\" \"$@\"")).stdin(Stdio::null());
    shell.arg(command.get_program()).args(command.get_args());
    shell
}

fn copy(from: &Path, to: &Path) {
    assert!(Command::new("cp").arg("-a").args([from, to]).status().unwrap().success());
}
