//! What every board does, a folder or an object store.

use relight_cli::armour::Kind;
use relight_cli::board::{Board, Found, Place};

/// A board, and whoever controls it.
pub trait Controlled {
    fn board(&self) -> Box<dyn Board>;

    /// Puts something there, over what may be there.
    fn put(&self, path: &str, bytes: &[u8]);
}

pub fn what_is_posted_is_found(controlled: &impl Controlled) {
    let (board, place) = (controlled.board(), Place::Backups(b"Example Network".to_vec()));
    assert!(board.find(&place, Kind::Backup).unwrap().found.is_empty());
    let path = board.post(&place, "node 1", Kind::Backup, b"bytes").unwrap();
    let expected = "backups/_45xample_20_4eetwork/node_201.277089d91c0bdf4f2e6862ba7e4a0760.backup";
    assert_eq!(path, expected);
    assert_eq!(board.post(&place, "node 1", Kind::Backup, b"bytes").unwrap(), path);
    // Neither deeper nor beside.
    for other in ["backups/_45xample_20_4eetwork/deep/er", "backups/_45xample_20_4eetwork2/file"] {
        board.create(other, b"other").unwrap();
    }
    let findings = board.find(&place, Kind::Backup).unwrap();
    assert_eq!(findings.found.len(), 1);
    assert_eq!((findings.found[0].subject.as_str(), &findings.found[0].bytes[..]), ("node_201", &b"bytes"[..]));
    assert!(board.find(&place, Kind::Request).unwrap().found.is_empty());
}

pub fn a_file_is_never_replaced(controlled: &impl Controlled) {
    let board = controlled.board();
    for bytes in [b"first".as_slice(), b"second"] {
        board.create("deep/down", bytes).unwrap();
    }
    assert_eq!(board.read("deep/down").unwrap(), b"first");
    assert_eq!(board.names("deep").unwrap(), ["down"]);
    assert!(board.read("deep/other").is_err());
}

pub fn what_is_damaged_or_invented_is_ignored_and_named(controlled: &impl Controlled) {
    let (board, place) = (controlled.board(), Place::Requests);
    let genuine = board.post(&place, "network", Kind::Request, b"genuine").unwrap();
    let damaged = board.post(&place, "network", Kind::Request, b"to be damaged").unwrap();
    controlled.put(&damaged, b"damaged");
    for invented in ["note.txt", "network.request", "network.00.request", ".relight-abc", "x.FF.request"] {
        controlled.put(&format!("requests/{invented}"), b"invented");
    }
    let findings = board.find(&place, Kind::Request).unwrap();
    let paths = |found: &[Found]| found.iter().map(|found| found.path.clone()).collect::<Vec<_>>();
    assert_eq!(paths(&findings.found), [genuine]);
    assert_eq!(findings.damaged.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>(), [damaged]);
    // Nobody takes the place of a file by being there first and damaged.
    assert!(board.post(&place, "network", Kind::Request, b"to be damaged").is_err());
}
