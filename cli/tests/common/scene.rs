//! A recovery party, made by the library, and a network whose nodes have backups.
#![allow(dead_code)]

use crate::common::{INSECURE, Person, World, text};
use relight::curve::{CurveId, KeyCurve, SecretScalar};
use relight::identity::{IdentityKey, Unsigned};
use relight::recovery::{Request, Response, Review, Roster, RosterMember};
use relight::registration::MemberRegistration;
use relight::sharing::{Identifier, PartyIndex, VssCommitment};
use relight::{KeyShare, MemberKey, Statement, Timestamp};
use relight_cli::armour::{Kind, armour, strip};
use relight_cli::board::{Board, Folder, Place};
use relight_cli::console::{Console, Secrets, Wallet};
use relight_cli::store::Store;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

pub const PARTY: &str = "party";
pub const NETWORK: &str = "Example network";
pub const MEMBERS: u16 = 3;
pub const THRESHOLD: u16 = 2;

/// A key that is shared among the parties 1, 2, ..
pub struct Sharing {
    pub commitment: VssCommitment,
    pub shares: Vec<KeyShare>,
}

impl Sharing {
    /// Of a random key, with a threshold of two.
    pub fn new<C: KeyCurve>(epoch: u64) -> Self {
        Self::of::<C>(epoch, &SecretScalar::random(C::ID, &mut rand::rng()))
    }

    /// Of this key, by a new polynomial.
    pub fn of<C: KeyCurve>(epoch: u64, key: &SecretScalar) -> Self {
        let slope = SecretScalar::random(C::ID, &mut rand::rng());
        let commitment = VssCommitment::new(vec![key.public(), slope.public()]).unwrap();
        let [constant, slope] = [key, &slope].map(|secret| C::decode_scalar(secret.expose_bytes()).unwrap());
        let share = |at: u16| {
            let value = C::scalar_bytes(&(slope * C::Scalar::from(u64::from(at)) + constant));
            let secret = SecretScalar::from_bytes(C::ID, &value).unwrap();
            KeyShare::new(epoch, &commitment, Identifier::new(at.into()).unwrap(), secret).unwrap()
        };
        Self { shares: (1..=MEMBERS).map(share).collect(), commitment }
    }

    /// A key as its own only share.
    pub fn whole(key: &SecretScalar) -> KeyShare {
        let secret = SecretScalar::from_bytes(key.curve(), key.expose_bytes()).unwrap();
        let commitment = VssCommitment::new(vec![key.public()]).unwrap();
        KeyShare::new(1, &commitment, Identifier::new(1).unwrap(), secret).unwrap()
    }

    /// What a key generation of the network's own says of the share of a party.
    pub fn foreign(&self, party: u16) -> Value {
        let share = &self.shares[usize::from(party) - 1];
        let public_shares: Vec<Value> = self
            .shares
            .iter()
            .zip(1..)
            .map(|(share, at): (_, u16)| json!([at, hex(share.public_share().as_bytes())]))
            .collect();
        json!({ "epoch": share.epoch(), "curve": share.curve().to_string(), "identifier": party,
            "secret": hex(share.secret().expose_bytes()), "threshold": THRESHOLD, "public_shares": public_shares })
    }
}

pub struct Member {
    pub person: Person,
    pub identity: IdentityKey,
}

/// The party, and where its roster is.
pub struct Scene {
    pub world: World,
    pub key: SecretScalar,
    pub sharing: Sharing,
    pub members: Vec<Member>,
    pub roster: Roster,
}

impl Scene {
    pub fn new() -> Self {
        Self::at(World::new())
    }

    /// At a board.
    pub fn at(world: World) -> Self {
        let key = SecretScalar::random(CurveId::Bls12381G1, &mut rand::rng());
        let sharing = Sharing::of::<relight::curve::Bls12381G1>(1, &key);
        let members: Vec<Member> =
            (1..=MEMBERS).map(|index| member(&world, index, &sharing.shares[usize::from(index) - 1])).collect();
        let roster = roster(&members, &sharing.commitment);
        let scene = Self { world, key, sharing, members, roster };
        scene.write("roster", armour(Kind::Roster, &scene.roster.encode()).unwrap().as_bytes());
        scene
    }

    pub fn member(&self, index: u16) -> &Person {
        &self.members[usize::from(index) - 1].person
    }

    /// A node with an operator of its own, and its backup on the board.
    pub fn node(&self, name: &str) -> Node {
        let (operator, person) = (self.world.person(&format!("operator of {name}")), self.world.person(name));
        let identity = operator.done(&["identity", "new"]);
        let identity = self.write(&format!("{name}.identity"), &hex::decode(text(&identity, "public_key")).unwrap());
        operator.done(&["blinder", "new", "--for", name]);
        operator.done(&["blinder", "register", "--for", name, "--network", NETWORK]);
        let keys = [Sharing::new::<relight::curve::Secp256k1>(7), Sharing::new::<relight::curve::Ed25519>(7)];
        let node = Node {
            name: name.to_owned(),
            operator,
            person,
            identity,
            keys,
            statement: self.path(&format!("{name}.statement")),
        };
        let exported = json!(node.keys.each_ref().map(|key| key.foreign(1)));
        node.person.done(&["node", "shares", "import", &self.write("exported", exported.to_string().as_bytes())]);
        node
    }

    /// The same, and its backup is on the board.
    pub fn backed_up(&self, name: &str) -> Node {
        let node = self.node(name);
        node.person.done(&self.make(&node));
        node
    }

    /// The command that makes the backup of a node.
    pub fn make<'a>(&'a self, node: &'a Node) -> Vec<&'a str> {
        let start = ["backup", "make", "--network", NETWORK, "--node", &node.name, "--operator", &node.identity];
        let end = ["--write-statement", &node.statement, "--party", PARTY, "--roster"];
        [&start[..], &end, &[self.roster_path()], INSECURE].concat()
    }

    /// A command of somebody who knows the party, and what these nodes' backups state.
    pub fn knowing<'a>(&'a self, command: &[&'a str], nodes: &[&'a Node]) -> Vec<&'a str> {
        let statements = nodes.iter().copied().flat_map(|node| ["--statement", &node.statement]);
        [command, &["--party", PARTY, "--roster", self.roster_path()], &statements.collect::<Vec<_>>()].concat()
    }

    /// A fresh node has asked for the backups of nodes, and their operators have authorised it.
    pub fn asked(&self, name: &str, nodes: &[&Node]) -> Fresh {
        let fresh = self.drafted(name, nodes, "1h");
        nodes.iter().for_each(|node| fresh.authorised_by(self, node));
        fresh.person.done(&["request", "send"]);
        fresh
    }

    /// A fresh node is about to ask.
    pub fn drafted(&self, name: &str, nodes: &[&Node], valid_for: &str) -> Fresh {
        let person = self.world.person(name);
        let command = ["request", "draft", "--requester", name, "--valid-for", valid_for];
        let facts = person.done(&self.knowing(&command, nodes));
        let draft = self.world.board().join(text(&facts, "posted")).display().to_string();
        Fresh { person, draft, id: text(&facts, "request").to_owned(), code: text(&facts, "short_code").to_owned() }
    }

    /// A member answers a request.
    pub fn answer(&self, member: u16, fresh: &Fresh, nodes: &[&Node]) -> Value {
        self.member(member).agreed(&self.knowing(&["request", "answer", &fresh.id], nodes))
    }

    /// Where the answers to a request are.
    pub fn place(&self, fresh: &Fresh) -> PathBuf {
        self.world.board().join("requests").join(&fresh.id)
    }

    /// Somebody puts something on the board.
    pub fn post(&self, place: &Place, subject: &str, kind: Kind, bytes: &[u8]) -> String {
        let board: Box<dyn Board> = Box::new(Folder::new(self.world.board()));
        board.post(place, subject, kind, bytes).unwrap()
    }

    /// The request of a fresh node, from the board.
    pub fn request(&self, fresh: &Fresh) -> Request {
        let requests = self.world.posted("requests", ".request");
        let mut requests = requests.iter().map(|path| Request::decode(&std::fs::read(path).unwrap()).unwrap());
        requests.find(|request| request.draft().short_code() == fresh.code).unwrap()
    }

    /// What a member would sign for a request.
    pub fn response(&self, member: u16, fresh: &Fresh, node: &Node) -> Unsigned<Response> {
        let (request, statements) = (self.request(fresh), [node.statement()]);
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
        let now = Timestamp::from_unix_seconds(now).unwrap();
        let review = Review::new(&request, &statements, &self.roster, now).unwrap();
        review.respond(&self.sharing.shares[usize::from(member) - 1], &mut rand::rng()).unwrap()
    }

    /// Somebody posts an answer in the name of a member.
    pub fn post_response(&self, member: u16, fresh: &Fresh, response: &[u8]) -> String {
        let place = Place::Request(self.request(fresh).draft().attested_digest());
        self.post(&place, &member.to_string(), Kind::Response, response)
    }

    pub fn path(&self, name: &str) -> String {
        self.world.root().join(name).display().to_string()
    }

    pub fn write(&self, name: &str, bytes: &[u8]) -> String {
        std::fs::write(self.path(name), bytes).unwrap();
        self.path(name)
    }

    fn roster_path(&self) -> &'static str {
        // Leaked, once for each scene: commands are lists of text that lives as long as the nodes'.
        Box::leak(self.path("roster").into_boxed_str())
    }
}

pub struct Node {
    pub name: String,
    pub operator: Person,
    pub person: Person,
    /// The files of the operator's identity, and of what the backup states.
    pub identity: String,
    pub statement: String,
    pub keys: [Sharing; 2],
}

impl Node {
    pub fn statement(&self) -> Statement {
        let bytes = strip(Kind::Statement, std::fs::read(&self.statement).unwrap()).unwrap();
        Statement::decode(&bytes).unwrap()
    }
}

/// A machine that takes the place of a node.
pub struct Fresh {
    pub person: Person,
    pub draft: String,
    pub id: String,
    pub code: String,
}

impl Fresh {
    /// The operator of a node authorises what it asks.
    pub fn authorised_by(&self, scene: &Scene, node: &Node) {
        let command = ["request", "authorise", &self.draft, "--statement", &node.statement];
        let facts = node.operator.agreed(&command);
        assert_eq!(text(&facts, "short_code"), self.code);
        assert!(scene.place(self).is_dir());
    }

    /// It opens with the Blinder that the operator brings.
    pub fn open_with(&self, scene: &Scene, node: &Node) -> [&'static str; 4] {
        let blinder = scene.write("blinder.hex", hex(&blinder(scene, node)).as_bytes());
        ["request", "open", "--blinder", Box::leak(blinder.into_boxed_str())]
    }
}

/// The Blinder of a node, read from its operator's store.
pub fn blinder(scene: &Scene, node: &Node) -> Vec<u8> {
    let name = format!("blinders/{}", relight_cli::board::segment(node.name.as_bytes()));
    secret(scene, &format!("operator of {}", node.name), &name)
}

/// A secret in the store of somebody.
pub fn secret(scene: &Scene, person: &str, name: &str) -> Vec<u8> {
    let identity_file = Some(PathBuf::from(scene.path(&format!("{person}.age-identity"))));
    let console = Console::new(Secrets { identity_file, ..Secrets::default() }, Wallet::default(), false, true);
    let store = Store::open(Path::new(&scene.path(person))).unwrap();
    store.secret(name, &console).unwrap().to_vec()
}

/// A member with its identity, and its share of the recovery key.
fn member(world: &World, index: u16, share: &KeyShare) -> Member {
    let (person, identity) = (world.person(&format!("member {index}")), IdentityKey::generate(&mut rand::rng()));
    let store = Store::open(&person.home).unwrap();
    store.seal("identity", &identity.encode()).unwrap();
    store.keep("identity.public", &identity.public().to_bytes()).unwrap();
    store.seal("shares/epoch-1/00", &share.encode()).unwrap();
    Member { person, identity }
}

pub fn roster(members: &[Member], commitment: &VssCommitment) -> Roster {
    let (rng, key) = (&mut rand::rng(), || MemberKey::generate(&mut rand::rng()));
    let listed = members.iter().zip(PartyIndex::all(MEMBERS)).map(|(member, index)| {
        let public = member.identity.public();
        let unsigned = MemberRegistration::first(PARTY.as_bytes(), index, &public, &key(), rng).unwrap();
        RosterMember::new(unsigned.sign(&member.identity).unwrap())
    });
    let listed: Vec<RosterMember> = listed.collect();
    Roster::new(PARTY.as_bytes(), commitment.clone(), listed).unwrap()
}

pub fn hex(bytes: &[u8]) -> String {
    hex::encode(bytes)
}

/// The only file in a folder whose name ends so.
pub fn only(folder: &Path, end: &str) -> PathBuf {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<PathBuf> = files.filter(|path| path.to_string_lossy().ends_with(end)).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    files[0].clone()
}
