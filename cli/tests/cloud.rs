//! The board in an object store. `cloud/check.sh` brings real ones; a server that misbehaves is a few lines here.
#![cfg(feature = "cloud")]

#[path = "common/boards.rs"]
mod boards;
mod common;
#[path = "common/party.rs"]
mod group;
#[path = "cloud/killed.rs"]
mod killed;
#[path = "common/scene.rs"]
mod scene;
#[path = "common/wallet.rs"]
mod wallet;

use boards::Controlled;
use object_store::{ObjectStore, ObjectStoreExt};
use relight_cli::board::{self, Board};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::process::Command;

/// A prefix of its own in a store.
struct Prefix(String);

impl Prefix {
    /// In every store that `cloud/check.sh` has started, and in no other run.
    fn everywhere(name: &str) -> Vec<Self> {
        let stores = std::env::var("RELIGHT_STORES").expect("run cli/tests/cloud/check.sh");
        stores.split_whitespace().map(|store| Self(format!("{store}/{name}-{}", std::process::id()))).collect()
    }

    /// In S3 alone.
    fn in_s3(name: &str) -> Self {
        Self::everywhere(name).into_iter().find(|prefix| prefix.0.starts_with("s3://")).unwrap()
    }
}

impl Controlled for Prefix {
    fn board(&self) -> Box<dyn Board> {
        board::open(&self.0).unwrap()
    }

    //= spec/16-files.md#16-1-the-board
    //= type=test
    //# In an object store, the key of a file MUST be the board's prefix, a slash, and the path of the file.
    fn put(&self, path: &str, bytes: &[u8]) {
        let url: url::Url = self.0.parse().unwrap();
        let settings = std::env::vars().chain([("allow_http".to_owned(), "true".to_owned())]);
        let (store, prefix): (Box<dyn ObjectStore>, _) = object_store::parse_url_opts(&url, settings).unwrap();
        let key = object_store::path::Path::parse(format!("{prefix}/{path}")).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(store.put(&key, bytes.to_vec().into())).unwrap();
    }
}

#[test]
#[ignore = "needs stores: cli/tests/cloud/check.sh"]
fn a_store_is_a_board() {
    Prefix::everywhere("found").iter().for_each(boards::what_is_posted_is_found);
    Prefix::everywhere("replaced").iter().for_each(boards::a_file_is_never_replaced);
    Prefix::everywhere("damaged").iter().for_each(boards::what_is_damaged_or_invented_is_ignored_and_named);
}

#[test]
#[ignore = "needs stores: cli/tests/cloud/check.sh"]
fn a_bucket_that_is_not_there_is_named() {
    let board = board::open("s3://another-bucket/somewhere").unwrap();
    let failures = [board.create("plans/one", b"1").unwrap_err(), board.names("plans").unwrap_err()];
    for failure in failures {
        assert!(failure.to_string().contains("on the board s3://another-bucket/somewhere: "), "{failure}");
        assert!(failure.advice().unwrap().contains("whether the bucket is there"));
    }
}

/// A server that says the same to whoever asks; its address.
fn server(says: impl Fn() -> String + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let asked = BufReader::new(stream.try_clone().unwrap()).lines();
            assert!(asked.map_while(Result::ok).any(|line| line.is_empty()));
            // Whoever asked may have heard enough.
            let _ = stream.write_all(says().as_bytes());
        }
    });
    address
}

#[test]
fn what_is_too_large_is_not_read() {
    let address = server(|| "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1073741825\r\n\r\nx".to_owned());
    let board = board::open(&format!("http://{address}/board")).unwrap();
    let why = board.read("plans/one").unwrap_err().to_string();
    assert_eq!(
        why,
        format!("board/plans/one on the board http://{address}/board: the file is too large to be anything of Relight")
    );
}

#[test]
fn a_list_that_does_not_end_is_not_read() {
    let file = |at: u32| {
        format!(
            "<Contents><Key>x/members/party/{at}</Key><Size>1</Size><LastModified>2026-01-01T00:00:00Z</LastModified></Contents>"
        )
    };
    let page = format!(
        "<ListBucketResult><NextContinuationToken>more</NextContinuationToken>{}</ListBucketResult>",
        (0..1000).map(file).collect::<String>()
    );
    let address =
        server(move || format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{page}", page.len()));
    let mut relight = Command::new(env!("CARGO_BIN_EXE_relight"));
    relight.args(["member", "show", "party", "--board", "s3://bucket/x"]);
    let settings = [("ENDPOINT", &*format!("http://{address}")), ("ALLOW_HTTP", "true"), ("SKIP_SIGNATURE", "true")];
    settings.iter().for_each(|(name, value)| _ = relight.env(format!("AWS_{name}"), value));
    let output = relight.output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("there are more than 100000 files"), "{said}");
}

#[test]
fn a_password_in_an_address_is_not_shown() {
    let refuses =
        server(|| "HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 9\r\n\r\n\x1b[2Jno no\n".to_owned());
    let board = board::open(&format!("http://ada:hunter2@{refuses}/board")).unwrap();
    let failure = board.names("plans").unwrap_err();
    let said = failure.to_string();
    assert!(said.starts_with(&format!("board/plans on the board http://ada@{refuses}/board: ")), "{said}");
    assert!(!said.contains("hunter2") && !said.contains(char::is_control), "{said}");
    assert!(failure.advice().unwrap().contains("credentials"));
}

#[test]
fn an_address_is_that_of_a_store_which_others_reach() {
    for address in ["ftp://host/board", "memory://board", "file:///tmp/board", "s3://", "://"] {
        let failure = board::open(address).err().unwrap();
        assert!(failure.advice().unwrap().contains("s3://BUCKET/PREFIX"), "{address}: {failure}");
    }
}
