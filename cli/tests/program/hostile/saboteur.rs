//! Whoever controls the board: it damages what is there, and puts beside it whatever it likes.

use crate::common::World;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Files by their paths on a board.
pub type Files = BTreeMap<PathBuf, Vec<u8>>;

/// What it does to the bytes of one of many files, whose name stays.
pub type Damage = fn(&[&Vec<u8>], usize) -> Vec<u8>;

/// Everything that is done to files in place.
pub const DAMAGES: &[(&str, Damage)] = &[
    ("replaced", |all, at| all[(at + 1) % all.len()].clone()),
    ("swapped", |all, at| all.get(at ^ 1).unwrap_or(&all[at.saturating_sub(1)]).to_vec()),
    ("truncated", |all, at| all[at][..all[at].len() - 1].to_vec()),
    ("emptied", |_, _| Vec::new()),
    ("flipped", |all, at| flipped(all[at])),
];

/// What it puts beside one file that is genuine, by folder, subject, kind and bytes.
pub type Invention = fn(&Genuine<'_>) -> Vec<(String, Vec<u8>)>;

/// A file of the board, and all its folders.
pub struct Genuine<'a> {
    folder: &'a str,
    subject: &'a str,
    kind: &'a str,
    bytes: &'a [u8],
    folders: &'a [String],
}

/// Everything that is put beside a file. The names are right for the bytes.
pub const INVENTIONS: &[(&str, Invention)] = &[
    ("under another subject", |file| vec![file.beside("7", file.bytes.to_vec())]),
    ("under no subject", |file| vec![file.beside("__", file.bytes.to_vec())]),
    ("under another folder", |file| file.elsewhere()),
    ("garbage", |file| vec![file.beside(file.subject, b"garbage".to_vec())]),
    ("nothing", |file| vec![file.beside(file.subject, Vec::new())]),
    ("spoilt", |file| vec![file.beside(file.subject, flipped(file.bytes))]),
    ("longer", |file| vec![file.beside(file.subject, [file.bytes, &[0]].concat())]),
    ("the beginning", |file| vec![file.beside(file.subject, file.bytes[..file.bytes.len() / 2].to_vec())]),
];

impl Genuine<'_> {
    fn beside(&self, subject: &str, bytes: Vec<u8>) -> (String, Vec<u8>) {
        (format!("{}/{}", self.folder, name(subject, self.kind, &bytes)), bytes)
    }

    fn elsewhere(&self) -> Vec<(String, Vec<u8>)> {
        let others = self.folders.iter().filter(|folder| *folder != self.folder);
        let path = |folder| format!("{folder}/{}", name(self.subject, self.kind, self.bytes));
        others.map(|folder| (path(folder), self.bytes.to_vec())).collect()
    }
}

/// A saboteur at a board.
pub struct Saboteur {
    board: PathBuf,
    /// What it made itself, with its own keys, as others make it: boards of other parties.
    foreign: Vec<Files>,
    /// What it put there.
    pub invented: Files,
}

impl Saboteur {
    pub fn at(world: &World, foreign: Vec<Files>) -> Self {
        Self { board: world.board(), foreign, invented: Files::new() }
    }

    /// What is on the board and not by its hand.
    pub fn genuine(&self) -> Files {
        let mut files = read(&self.board);
        files.retain(|path, _| !self.invented.contains_key(path));
        files
    }

    /// Damages everything that is genuine; gives what it was.
    pub fn damage(&self, damage: Damage) -> Files {
        let genuine = self.genuine();
        let all: Vec<&Vec<u8>> = genuine.values().collect();
        for (at, path) in genuine.keys().enumerate() {
            fs::write(self.board.join(path), damage(&all, at)).unwrap();
        }
        genuine
    }

    /// Undoes damage, and takes away what somebody posted meanwhile.
    pub fn withdraw(&self, good: &Files) {
        self.genuine().keys().filter(|path| !good.contains_key(*path)).for_each(|path| {
            fs::remove_file(self.board.join(path)).unwrap();
        });
        good.iter().for_each(|(path, bytes)| fs::write(self.board.join(path), bytes).unwrap());
    }

    /// Puts everything beside everything.
    pub fn invent(&mut self) {
        let genuine = self.genuine();
        let folders = folders(&genuine);
        for (path, bytes) in &genuine {
            let (folder, name) = split(path);
            let [subject, _, kind] = parts(&name);
            let file = Genuine { folder: &folder, subject, kind, bytes, folders: &folders };
            INVENTIONS.iter().flat_map(|(_, invent)| invent(&file)).for_each(|(path, bytes)| self.put(&path, bytes));
        }
        for files in self.foreign.clone() {
            files.iter().for_each(|(path, bytes)| self.put_foreign(path, bytes, &folders));
        }
    }

    /// In its own folder, and in all of ours that are for the same.
    fn put_foreign(&mut self, path: &Path, bytes: &[u8], folders: &[String]) {
        let (own, name) = split(path);
        let ours = folders.iter().filter(|folder| first(folder) == first(&own));
        for folder in ours.chain([&own]) {
            self.put(&format!("{folder}/{name}"), bytes.to_vec());
            // In the name of ours.
            let [_, hash, kind] = parts(&name);
            self.put(&format!("{folder}/party.{hash}.{kind}"), bytes.to_vec());
        }
    }

    fn put(&mut self, path: &str, bytes: Vec<u8>) {
        let file = self.board.join(path);
        if !file.exists() {
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, &bytes).unwrap();
            self.invented.insert(path.into(), bytes);
        }
    }

    /// Is something invented of this kind named?
    pub fn is_named(&self, ignored: &str, kind: &str) -> bool {
        let of_kind = self.invented.keys().filter(|path| path.to_string_lossy().ends_with(&format!(".{kind}")));
        of_kind.into_iter().any(|path| ignored.contains(&*path.to_string_lossy()))
    }
}

/// All files of a board.
pub fn read(board: &Path) -> Files {
    let mut files = Files::new();
    let mut folders = vec![board.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => _ = files.insert(path.strip_prefix(board).unwrap().to_owned(), fs::read(&path).unwrap()),
            }
        }
    }
    files
}

/// The name that bytes should have.
pub fn name(subject: &str, kind: &str, bytes: &[u8]) -> String {
    format!("{subject}.{}.{kind}", hex::encode(&Sha256::digest(bytes)[..16]))
}

fn folders(files: &Files) -> Vec<String> {
    let mut folders: Vec<String> = files.keys().map(|path| split(path).0).collect();
    folders.dedup();
    folders
}

fn split(path: &Path) -> (String, String) {
    let text = |part: &Path| part.to_str().unwrap().to_owned();
    (text(path.parent().unwrap()), text(Path::new(path.file_name().unwrap())))
}

fn first(folder: &str) -> (&str, bool) {
    (folder.split('/').next().unwrap(), folder.contains('/'))
}

fn parts(name: &str) -> [&str; 3] {
    name.split('.').collect::<Vec<_>>().try_into().unwrap()
}

fn flipped(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    bytes
}
