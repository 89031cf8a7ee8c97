//! The board of the program, in the hands of a stranger: what was posted is found as it was, whatever is put beside it,
//! and what is found has the bytes that its name promises.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use relight::bundle::Bundle;
use relight::dealing::Dealing;
use relight_cli::armour::Kind;
use relight_cli::board::{Board, Name, Place};
use relight_cli::failure::{Failure, Result};
use relight_fuzz::{Mutations, WORLD};
use std::cell::RefCell;
use std::collections::BTreeMap;

#[derive(Arbitrary, Debug)]
enum Event {
    /// Somebody posts an object, honest or not.
    Post { subject: Vec<u8>, kind: u8, object: Option<Vec<u8>> },
    /// A stranger writes a file under any name.
    Write { name: String, bytes: Vec<u8> },
    /// Or under a changed name of a file that is there.
    Rename { place: u8, change: Mutations },
    /// Or other bytes under its name.
    Damage { place: u8, change: Mutations },
}

/// All files are in one folder.
#[derive(Default)]
struct Memory(RefCell<BTreeMap<String, Vec<u8>>>);

impl Board for Memory {
    fn names(&self, folder: &str) -> Result<Vec<String>> {
        let files = self.0.borrow();
        Ok(files.keys().filter_map(|path| path.strip_prefix(folder)?.strip_prefix('/')).map(str::to_owned).collect())
    }

    fn read(&self, path: &str) -> Result<Vec<u8>> {
        self.0.borrow().get(path).cloned().ok_or_else(|| Failure::refused(path, "there is no such file"))
    }

    fn create(&self, path: &str, bytes: &[u8]) -> Result<()> {
        self.0.borrow_mut().entry(path.to_owned()).or_insert_with(|| bytes.to_vec());
        Ok(())
    }

    fn describe(&self) -> String {
        "memory".to_owned()
    }
}

impl Memory {
    fn nth(&self, place: u8) -> Option<(String, Vec<u8>)> {
        let files = self.0.borrow();
        let place = usize::from(place).checked_rem(files.len())?;
        files.iter().nth(place).map(|(path, bytes)| (path.clone(), bytes.clone()))
    }

    fn put(&self, path: String, bytes: Vec<u8>) {
        self.0.borrow_mut().insert(path, bytes);
    }
}

/// What was posted: its path, and its bytes.
type Posted = BTreeMap<String, Vec<u8>>;

fuzz_target!(|events: Vec<Event>| {
    let (memory, mut posted, place) = (Memory::default(), Posted::new(), Place::Plans);
    for event in events.into_iter().take(16) {
        run(event, &memory, &mut posted, &place);
    }
    Kind::ALL.iter().for_each(|kind| look(&memory, &posted, &place, *kind));
    decode(&memory, &place);
});

fn run(event: Event, memory: &Memory, posted: &mut Posted, place: &Place) {
    let board: &dyn Board = memory;
    match event {
        Event::Post { subject, kind, object } => {
            let object = object.unwrap_or_else(|| WORLD.dealings[0].clone());
            let kind = Kind::ALL[usize::from(kind) % Kind::ALL.len()];
            match board.post(place, &subject, kind, &object) {
                Ok(path) => drop(posted.insert(path, object)),
                Err(_) => assert!(!memory.0.borrow().is_empty(), "nothing was in the way"),
            }
        }
        Event::Write { name, bytes } => memory.put(format!("{}/{name}", place.folder()), bytes),
        Event::Rename { place, change } => {
            let Some((path, bytes)) = memory.nth(place) else { return };
            memory.put(String::from_utf8_lossy(&change.apply(path.as_bytes())).into_owned(), bytes);
        }
        Event::Damage { place, change } => {
            let Some((path, bytes)) = memory.nth(place) else { return };
            memory.put(path, change.apply(&bytes));
        }
    }
}

/// What is found is what its name promises; what was posted is found, unless its own file was damaged.
fn look(memory: &Memory, posted: &Posted, place: &Place, kind: Kind) {
    let findings = (memory as &dyn Board).find(place, kind).expect("memory is always there");
    for found in &findings.found {
        let name = Name::new(&found.subject, kind, &found.bytes).to_string();
        let hash = name.rsplit('.').nth(1).expect("a name has three parts");
        assert!(found.path.contains(hash), "the bytes are not those of the name");
        assert!(found.path.is_ascii() && !found.path.contains(['\n', '\u{1b}']), "a path is for people to read");
    }
    let suffix = format!(".{}", kind.extension());
    for (path, bytes) in posted.iter().filter(|(path, _)| path.ends_with(&suffix)) {
        let is_found = findings.found.iter().any(|found| found.path == *path && found.bytes == *bytes);
        let is_damaged = findings.damaged.iter().any(|(damaged, _)| damaged == path);
        assert!(is_found || is_damaged, "what was posted is gone");
        assert_eq!(is_found, memory.read(path).is_ok_and(|there| there == *bytes));
    }
}

/// Whatever decodes is looked at further.
fn decode(memory: &Memory, place: &Place) {
    let board: &dyn Board = memory;
    let dealings = board.objects(place, Kind::Dealing, Dealing::decode).expect("memory is always there");
    assert!(dealings.good.iter().all(|dealing| dealing.path.starts_with(&place.folder())));
    let bundles = board.objects(place, Kind::Bundle, Bundle::decode).expect("memory is always there");
    drop(bundles.check(|bundle| bundle.value.clone().verify(&bundle.value.digest()).map(drop)));
}
