//! The life of a network, each command a process of its own, as people would give them: three members, one of them with a
//! wallet, two operators of two nodes, and a custodian.

use crate::common::{INSECURE, Person, text};
use crate::group::Party;
use serde_json::{Value, json};
use std::fs;

const NETWORK: &str = "Example network";
const NEXT: &str = "Example network, rebuilt";
const NODES: [&str; 2] = ["node-1", "node-2"];
const NUMBERS: [&str; 2] = ["1", "2"];

struct Network {
    party: Party,
    nodes: Vec<Person>,
    operators: Vec<Person>,
    custodian: Person,
    /// The code of the ceremony of its root keys.
    code: String,
    keys: Value,
}

impl Network {
    /// The nodes generate two root keys, the operators register their Blinders.
    fn of(party: Party) -> Self {
        let world = &party.world;
        let nodes = NODES.map(|name| with_identity(world.person(name)));
        nodes.iter().zip(NUMBERS).for_each(|(node, number)| register(node, NETWORK, number));
        let operators = NODES.map(|node| {
            let operator = with_identity(world.person(&format!("operator of {node}")));
            operator.done(&["blinder", "new", "--for", node]);
            operator.done(&["blinder", "register", "--for", node, "--network", NETWORK]);
            operator.done(&["blinder", "check", "--for", node, "--network", NETWORK]);
            operator
        });
        let code = party.plan(&["generate", NETWORK, "--curves", "secp256k1,ed25519"]);
        let keys = held(&code, &nodes, &nodes);
        let custodian = world.person("custodian");
        Self { nodes: nodes.into(), operators: operators.into(), custodian, code, keys, party }
    }

    /// The custodian puts the bundle together; everybody else compares its code and trusts it.
    fn bundled(&self, recovery: &str) -> String {
        let seat = |(node, operator): (&&str, &Person)| {
            format!("{node}={}", text(&operator.done(&["identity", "show"]), "address"))
        };
        let seats: Vec<String> = NODES.iter().zip(&self.operators).map(seat).collect();
        let certified = ["--recovery-ceremony", recovery, "--root-ceremony", &self.code];
        let nodes = ["--node", &seats[0], "--node", &seats[1]];
        let command = ["network", "bundle", NETWORK, "--epoch", "1", "--party", "party"];
        let code = self.custodian.done(&[&command[..], &certified, &nodes, INSECURE].concat())["code"].clone();
        let everybody = self.party.members.iter().chain(&self.nodes).chain(&self.operators).chain([&self.custodian]);
        everybody.for_each(|person| trust(person, code.as_str().unwrap()));
        code.as_str().unwrap().to_owned()
    }

    fn audit(&self) -> Value {
        self.custodian.done(&["audit", NETWORK])["audit"].clone()
    }

    /// A fresh machine asks for the backup of a node, the operator authorises, all members answer.
    fn asked(&self, place: usize, code: &str) -> Person {
        let (node, world) = (NODES[place], &self.party.world);
        let fresh = world.person(&format!("fresh {node}"));
        let [draft, authorisation] = ["draft", "authorisation"].map(|what| self.path(&format!("{node}.{what}")));
        trust(&fresh, code);
        let ask = ["request", "draft", "--requester", "an operator", "--network", NETWORK, "--only", node];
        let drafted = fresh.done(&[&ask[..], &["--out", &draft]].concat());
        let authorise = ["request", "authorise", &draft, "--network", NETWORK, "--out", &authorisation];
        let authorised = self.operators[place].agreed(&authorise);
        assert_eq!((&authorised["nodes"], &authorised["short_code"]), (&json!([node]), &drafted["short_code"]));
        fresh.done(&["request", "send", "--authorisation", &authorisation]);
        for member in 0..self.party.members.len() {
            let answer = ["request", "answer", text(&drafted, "request"), "--network", NETWORK];
            assert_eq!(self.party.do_as(member, &answer)["short_code"], drafted["short_code"]);
        }
        fresh
    }

    /// The fresh machine opens what it asked for, with the operator's Blinder from paper.
    fn opened(&self, place: usize, fresh: &Person) {
        let taken = fresh.done(&["request", "take"]);
        assert_eq!((&taken["answered"], &taken["ignored"]), (&json!([1, 2, 3]), &json!([])));
        let blinder = self.path("blinder");
        fs::write(&blinder, words(&self.operators[place], &["blinder", NODES[place]])).unwrap();
        assert_eq!(fresh.done(&["request", "open", "--blinder", &blinder])["ended"], true);
        let shares = fresh.done(&["node", "shares", "list"])["shares"].clone();
        let keys = shares.as_array().unwrap().iter().map(|share| share["public_key"].clone());
        assert_eq!(Value::Array(keys.collect()), self.keys);
    }

    fn path(&self, name: &str) -> String {
        self.party.world.root().join(name).display().to_string()
    }
}

fn with_identity(person: Person) -> Person {
    person.done(&["identity", "new"]);
    person
}

fn register(person: &Person, party: &str, number: &str) {
    person.done(&["member", "register", party, number]);
}

fn trust(person: &Person, code: &str) {
    person.agreed(&["network", "trust", NETWORK, "--code", code]);
}

/// A ceremony from the first dealing to the keys that came of it, which are the same for everybody.
fn held(code: &str, dealers: &[Person], recipients: &[Person]) -> Value {
    dealers.iter().for_each(|dealer| _ = dealer.agreed(&["ceremony", "deal", code]));
    recipients.iter().for_each(|one| _ = one.agreed(&["ceremony", "confirm", code]));
    let keys: Vec<Value> =
        recipients.iter().map(|one| one.agreed(&["ceremony", "finish", code])["keys"].clone()).collect();
    assert!(keys.windows(2).all(|pair| pair[0] == pair[1]));
    keys[0].clone()
}

/// The words that somebody writes down.
fn words(person: &Person, what: &[&str]) -> String {
    let output = person.command(&[&["paper", "write"], what].concat()).output().unwrap();
    String::from_utf8(output.stderr).unwrap().trim().lines().next_back().unwrap().to_owned()
}

/// An identity on paper: its words, and its public half.
fn on_paper(person: &Person) -> (String, Vec<u8>) {
    let public = person.done(&["identity", "show"]);
    (words(person, &["identity"]), hex::decode(text(&public, "public_key")).unwrap())
}

#[test]
fn a_network_loses_all_nodes_and_gets_its_keys_back() {
    let party = Party::registered();
    let (recovery, _) = party.with_key();
    party.members[0].done(&["roster", "make", &recovery]);
    let network = Network::of(party);
    let bundle = network.bundled(&recovery);
    let roster = &network.party.world.posted("plans", ".roster")[0];
    for (node, name) in network.nodes.iter().zip(NODES) {
        let make = ["backup", "make", "--network", NETWORK, "--node", name];
        let without_operator = ["--roster", roster.to_str().unwrap(), "--party", "party"];
        let misused = node.command(&[&make[..], &without_operator].concat()).output().unwrap();
        assert_eq!(misused.status.code(), Some(2));
        node.done(&make);
    }
    assert_eq!(network.audit()["recoverable"], true);
    let papers: Vec<_> = network.nodes.iter().map(on_paper).collect();

    network.nodes.iter().for_each(|node| fs::remove_dir_all(&node.home).unwrap());
    assert_eq!(network.audit()["recoverable"], true);
    let fresh: Vec<Person> = (0..NODES.len()).map(|place| network.asked(place, &bundle)).collect();
    fresh.iter().enumerate().for_each(|(place, one)| network.opened(place, one));

    // As the nodes that they replace, they share the keys anew, and the keys are what they were.
    for ((one, (words, public)), number) in fresh.iter().zip(&papers).zip(NUMBERS) {
        let [read, against] = ["words", "public"].map(|name| network.path(name));
        fs::write(&read, words).unwrap();
        fs::write(&against, public).unwrap();
        let restore = ["paper", "read", "identity", "--against", &against, "--words", &read];
        (0..2).for_each(|_| _ = one.done(&restore));
        assert!(network.operators[0].refused(&restore).contains("the store has an identity"));
        register(one, NEXT, number);
    }
    let next = network.party.plan(&["reshare", &network.code, "--to", NEXT]);
    assert_eq!(held(&next, &fresh, &fresh), network.keys);
    fresh.iter().for_each(|one| _ = one.done(&["doctor"]));
}
