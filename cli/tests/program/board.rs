//! The board and the store, by what the specification says of files (spec §16).

use crate::boards::Controlled;
use relight_cli::armour::{Kind, armour, strip};
use relight_cli::board::{Board, Folder, Name, Place};
use relight_cli::console::{Console, Secrets, Wallet};
use relight_cli::files;
use relight_cli::store::{Protection, Store};
use std::fs;
use tempfile::TempDir;

impl Controlled for TempDir {
    fn board(&self) -> Box<dyn Board> {
        Box::new(Folder::new(self.path().to_owned()))
    }

    fn put(&self, path: &str, bytes: &[u8]) {
        fs::write(self.path().join(path), bytes).unwrap();
    }
}

//= spec/16-files.md#16-1-the-board
//= type=test
//# A program MUST write a file whole or not at all, and never over another one.
#[test]
fn a_file_is_never_replaced() {
    let folder = TempDir::new().unwrap();
    crate::boards::a_file_is_never_replaced(&folder);
    assert!(!files::create(&folder.path().join("deep/down"), b"third").unwrap());
    assert_eq!(files::names(&folder.path().join("deep")).unwrap(), ["down"]);
}

#[test]
fn what_is_posted_is_found() {
    crate::boards::what_is_posted_is_found(&TempDir::new().unwrap());
}

//= spec/16-files.md#16-1-the-board
//= type=test
//# A program MUST ignore a file whose name is not one of these, or is not that of its bytes.
#[test]
fn what_is_damaged_or_invented_is_ignored_and_named() {
    crate::boards::what_is_damaged_or_invented_is_ignored_and_named(&TempDir::new().unwrap());
}

#[test]
fn two_names_are_never_one() {
    let names: [&[u8]; 8] = [b"", b"_", b"__", b"A", b"a", b"_41", b"../x", &[b'x'; 300]];
    let mut folders: Vec<String> = names.iter().map(|name| Place::Members(name.to_vec()).folder()).collect();
    assert!(
        folders.iter().all(|folder| folder.matches('/').count() == 1 && folder.len() < 150 && !folder.contains('.'))
    );
    folders.sort();
    folders.dedup();
    assert_eq!(folders.len(), names.len());
}

#[test]
fn a_name_is_read_as_it_is_written() {
    let name = Name::new("node.1", Kind::MemberRegistration, b"bytes");
    assert_eq!(Name::parse(&name.to_string()), Some(name.clone()));
    assert_eq!(Name::parse(&name.to_string().to_uppercase()), None);
    assert_eq!(Name::parse(&format!("{name}.part")), None);
}

//= spec/16-files.md#16-3-objects-as-text
//= type=test
//# A program MUST take an object in either form, and name the kind that it found where another is needed.
#[test]
fn an_object_is_taken_in_either_form() {
    let text = armour(Kind::Draft, &[1, 2, 3]).unwrap();
    assert!(text.starts_with("-----BEGIN RELIGHT REQUEST DRAFT-----\n"));
    assert_eq!(strip(Kind::Draft, text.clone().into_bytes()).unwrap(), [1, 2, 3]);
    assert_eq!(strip(Kind::Draft, vec![1, 2, 3]).unwrap(), [1, 2, 3]);
    let refused = strip(Kind::Request, text.clone().into_bytes()).unwrap_err().to_string();
    assert!(refused.contains("a request is needed") && refused.contains("request draft"));
    for spoilt in [text.replace("END", "BEND"), text.replace("AQID", "AQI!"), text.replace("RELIGHT", "OTHER")] {
        assert!(strip(Kind::Draft, spoilt.into_bytes()).is_err());
    }
}

#[test]
fn every_kind_has_a_name_of_its_own() {
    for kind in Kind::ALL {
        assert_eq!(Kind::ALL.iter().filter(|other| other.extension() == kind.extension()).count(), 1);
        assert_eq!(strip(*kind, armour(*kind, b"x").unwrap().into_bytes()).unwrap(), b"x");
    }
}

//= spec/16-files.md#16-4-secrets-at-rest
//= type=test
//# A program MUST NOT store a secret in the clear.
#[test]
fn a_secret_is_sealed_and_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    let (root, file) = (folder.path().join("store"), folder.path().join("key.txt"));
    let key = age::x25519::Identity::generate();
    fs::write(&file, age::secrecy::ExposeSecret::expose_secret(&key.to_string())).unwrap();
    let protection = Protection::to_recipients(&[key.to_public().to_string()]).unwrap();
    let store = Store::create(&root, "Ada", &protection).unwrap();
    store.seal("member", b"a secret of sixteen").unwrap();
    let stored = fs::read(root.join("member.age")).unwrap();
    assert!(!stored.windows(6).any(|window| window == b"secret"));
    assert_eq!(fs::metadata(root.join("member.age")).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::metadata(&root).unwrap().permissions().mode() & 0o777, 0o700);
    let secrets = Secrets { identity_file: Some(file), ..Secrets::default() };
    let console = Console::new(secrets, Wallet::default(), false, true);
    assert_eq!(&store.secret("member", &console).unwrap()[..], b"a secret of sixteen");
    assert!(store.seal("member", b"another").is_err());
    assert!(Store::open(&root).is_err(), "one command at a time");
    drop(store);
    assert!(Store::create(&root, "Ada", &protection).is_err());
    assert_eq!(Store::open(&root).unwrap().secrets("").unwrap().len(), 2);
}
