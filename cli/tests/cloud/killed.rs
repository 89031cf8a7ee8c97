//! Three processes at once at a board in S3, of which one is killed in the middle, and started again.

use super::Prefix;
use crate::boards::Controlled;
use crate::common::{Person, World, text};
use crate::group::Party;
use crate::scene::Scene;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{scope, spawn};
use std::time::Duration;

/// What becomes of a file whose writer hears no more.
#[derive(Clone, Copy)]
enum Fate {
    Written,
    Lost,
}

/// A line to S3 on which everything can be read, but what is written is never answered: its address, and when that happens.
fn broken_line(fate: Fate) -> (String, Receiver<()>) {
    let (listener, (happens, happened)) = (TcpListener::bind("127.0.0.1:0").unwrap(), channel());
    let address = format!("http://{}", listener.local_addr().unwrap());
    spawn(move || listener.incoming().for_each(|client| pass(&mut client.unwrap(), fate, &happens)));
    (address, happened)
}

/// Passes one request on, and the answer back, unless the request writes.
fn pass(client: &mut TcpStream, fate: Fate, happens: &Sender<()>) {
    let Some(request) = request(client) else { return };
    let is_writing = request.starts_with(b"PUT ");
    if !is_writing || matches!(fate, Fate::Written) {
        let answer = answer(&request);
        if !is_writing {
            // Whoever asked may be dead.
            let _ = client.write_all(&answer);
            return;
        }
    }
    // The line is closed only when the other side is killed.
    let _ = happens.send(());
    let _ = client.read(&mut [0]);
}

/// A request, which wants its line closed after the answer.
fn request(client: &TcpStream) -> Option<Vec<u8>> {
    let (mut reader, mut head, mut length) = (BufReader::new(client), String::new(), 0);
    while !head.ends_with("\r\n\r\n") {
        let from = head.len();
        (reader.read_line(&mut head).ok()? > 0).then_some(())?;
        let line = head[from..].to_ascii_lowercase();
        length = line.strip_prefix("content-length:").map_or(length, |value| value.trim().parse().unwrap());
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let (first, rest) = head.split_once("\r\n")?;
    Some([format!("{first}\r\nConnection: close\r\n{rest}").as_bytes(), &body].concat())
}

fn answer(request: &[u8]) -> Vec<u8> {
    let endpoint = std::env::var("AWS_ENDPOINT").unwrap();
    let mut store = TcpStream::connect(endpoint.strip_prefix("http://").unwrap()).unwrap();
    store.write_all(request).unwrap();
    let mut answer = Vec::new();
    store.read_to_end(&mut answer).unwrap();
    answer
}

/// Somebody's process is killed when it has written to the board, and hears nothing; it gives the command again.
fn killed(person: &Person, arguments: &[&str], fate: Fate) -> Value {
    let (endpoint, happened) = broken_line(fate);
    let mut first = person.command(&[arguments, &["--yes"]].concat());
    let mut first = first.env("AWS_ENDPOINT", endpoint).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    happened.recv_timeout(Duration::from_secs(120)).expect("it writes to the board");
    first.kill().unwrap();
    assert_eq!(first.wait().unwrap().code(), None);
    person.agreed(arguments)
}

/// How many files of a kind are in a folder of the board.
fn count(prefix: &Prefix, folder: &str, kind: &str) -> usize {
    prefix.board().names(folder).unwrap().iter().filter(|name| name.ends_with(kind)).count()
}

#[test]
#[ignore = "needs stores: cli/tests/cloud/check.sh"]
fn a_party_makes_its_key_although_a_process_is_killed() {
    let prefix = Prefix::in_s3("ceremony");
    let party = &Party::at(World::at(&prefix.0));
    let code = party.planned();
    let at_once = |step: &str, fate| {
        let command = ["ceremony", step, &code];
        scope(|scope| {
            _ = [1, 2].map(|member| scope.spawn(move || party.do_as(member, &command)));
            killed(&party.members[0], &command, fate)
        })
    };
    let dealt = at_once("deal", Fate::Written);
    let confirmed = at_once("confirm", Fate::Lost);
    let (folder, _) = text(&dealt, "path").rsplit_once('/').unwrap();
    assert!(text(&confirmed, "path").starts_with(folder));
    let finish = ["ceremony", "finish", &code, "--watch"];
    let keys = scope(|scope| {
        let others = [1, 2].map(|member| scope.spawn(move || party.members[member].agreed(&finish)));
        let first = killed(&party.members[0], &finish, Fate::Written);
        [vec![first], others.map(|other| other.join().unwrap()).to_vec()].concat()
    });
    assert!(keys.iter().all(|outcome| outcome["keys"] == keys[0]["keys"] && outcome["shares"] == 1), "{keys:?}");
    // Nothing else was posted the second time.
    for (kind, number) in [(".dealing", 3), (".confirmation", 3), (".outcome", 1)] {
        assert_eq!(count(&prefix, folder, kind), number, "{kind}");
    }
    party.members.iter().for_each(|member| _ = member.done(&["doctor"]));
}

#[test]
#[ignore = "needs stores: cli/tests/cloud/check.sh"]
fn a_node_is_restored_although_processes_are_killed() {
    let prefix = Prefix::in_s3("recovery");
    let scene = Scene::at(World::at(&prefix.0));
    let node = scene.backed_up("node-1");
    let fresh = scene.drafted("fresh node", &[&node], "1h");
    let draft = fresh.draft.strip_prefix(&format!("{}/", prefix.0)).unwrap();
    node.operator.agreed(&["request", "authorise", draft, "--statement", &node.statement]);
    killed(&fresh.person, &["request", "send"], Fate::Written);
    assert_eq!(count(&prefix, "requests", ".request"), 1);

    let mut waiting = fresh.person.command(&["request", "take", "--watch"]);
    let mut waiting = waiting.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let answer = scene.knowing(&["request", "answer", &fresh.id], &[&node]);
    let taken = scope(|scope| {
        let third = scope.spawn(|| scene.answer(3, &fresh, &[&node]));
        third.join().unwrap();
        assert!(waiting.try_wait().unwrap().is_none(), "one answer is not enough");
        waiting.kill().unwrap();
        let again = scope.spawn(|| fresh.person.done(&["request", "take", "--watch"]));
        killed(scene.member(1), &answer, Fate::Written);
        again.join().unwrap()
    });
    assert_eq!(taken["answered"], json!([1, 3]));
    assert_eq!(count(&prefix, &format!("requests/{}", fresh.id), ".response"), 2);
    assert_eq!(fresh.person.done(&fresh.open_with(&scene, &node))["ended"], true);
    assert_eq!(fresh.person.done(&["node", "shares", "list"])["shares"].as_array().unwrap().len(), 2);
}
