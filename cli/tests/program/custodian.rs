//! A planner puts the bundle of a network together, and a custodian trusts it and audits backups, with the program.

use crate::common::{INSECURE, Person, World, text};
use relight::curve::CurveId;
use relight::sharing::{PartyIndex, VssCommitment};
use relight::{
    Backup, Blinder, MemberKey, ParameterSet,
    bundle::Bundle,
    coverage::{Network, Node},
    dealing::{Ceremony, Confirmations, Dealer, Dealings, Outcome, Plan, Recipient},
    identity::IdentityKey,
    recovery::{Roster, RosterMember},
    registration::{BlinderRegistration, MemberRegistration},
};
use relight_cli::armour::{Kind, armour};
use relight_cli::board::{Board, Folder, Place};
use relight_cli::roles::outcome;
use serde_json::Value;
use std::path::{Path, PathBuf};

const NETWORK: &str = "Example network";
const PARTY: &str = "Example party";
const NODES: u16 = 3;
const EPOCH: u64 = 7;

/// A party of three and a network of three nodes, both of threshold two, with all that they posted.
struct Site {
    world: World,
    planner: Person,
    custodian: Person,
    operators: Vec<IdentityKey>,
    blinders: Vec<Blinder>,
    registrations: Vec<BlinderRegistration>,
    roster: Roster,
    recovery: Ceremony,
    roots: Ceremony,
    outcomes: Vec<Outcome>,
}

/// Everybody deals and confirms, and posts what came of it.
fn generated(
    board: &dyn Board,
    name: &str,
    curves: &[CurveId],
    epoch: u64,
    parties: &[IdentityKey],
) -> (Ceremony, Vec<Outcome>) {
    let rng = &mut rand::rng();
    let keys: Vec<MemberKey> = parties.iter().map(|_| MemberKey::generate(rng)).collect();
    let indexed = || PartyIndex::all(parties.len() as u16).zip(parties);
    let recipients = indexed().zip(&keys);
    let ceremony = Ceremony::new(Plan {
        parameters: ParameterSet::Insecure,
        name: name.into(),
        nonce: Plan::random_nonce(rng),
        epoch,
        threshold: 2,
        keys: curves.iter().copied().collect(),
        dealers: indexed().map(|(index, identity)| Dealer::new(index, identity.public())).collect(),
        recipients: recipients.map(|((index, one), key)| Recipient::new(index, one.public(), key.public())).collect(),
    });
    let ceremony = ceremony.unwrap();
    let mut dealings = Dealings::new(&ceremony);
    for (index, identity) in indexed() {
        dealings.receive(&ceremony.deal(index, identity, &[], rng).unwrap().encode()).unwrap();
    }
    let mut confirmations = Confirmations::new(&ceremony);
    for ((index, identity), key) in indexed().zip(&keys) {
        let confirmation = dealings.clone().confirm(index, key).unwrap().sign(identity).unwrap();
        confirmations.receive(&confirmation.encode()).unwrap();
    }
    let certificate = confirmations.certificate().unwrap();
    let closed = dealings.close(certificate.clone().verify(&ceremony).unwrap()).unwrap();
    let outcomes: Vec<Outcome> =
        indexed().zip(&keys).map(|((index, _), key)| closed.finish(index, key).unwrap()).collect();
    let place = Place::Ceremony(ceremony.digest());
    let public = outcome::encode(&outcomes[0].public.keys);
    board.post(&Place::Plans, name, Kind::Ceremony, &ceremony.encode()).unwrap();
    board.post(&place, name, Kind::Certificate, &certificate.encode()).unwrap();
    board.post(&place, name, Kind::Outcome, &public).unwrap();
    (ceremony, outcomes)
}

fn roster(board: &dyn Board, commitment: VssCommitment, members: &[IdentityKey]) -> Roster {
    let rng = &mut rand::rng();
    let member = |(index, identity): (PartyIndex, &IdentityKey)| {
        let unsigned =
            MemberRegistration::first(PARTY.as_bytes(), index, &identity.public(), &MemberKey::generate(rng), rng);
        RosterMember::new(unsigned.unwrap().sign(identity).unwrap())
    };
    let members = PartyIndex::all(members.len() as u16).zip(members).map(member).collect();
    let roster = Roster::new(PARTY.as_bytes(), commitment, members).unwrap();
    board.post(&Place::Plans, PARTY, Kind::Roster, &roster.encode()).unwrap();
    roster
}

impl Site {
    fn new() -> Self {
        let rng = &mut rand::rng();
        let world = World::new();
        let board: Box<dyn Board> = Box::new(Folder::new(world.board()));
        let [members, operators] = [(); 2].map(|()| (0..NODES).map(|_| IdentityKey::generate(rng)).collect::<Vec<_>>());
        let (recovery, party) = generated(&*board, PARTY, &[CurveId::Bls12381G1], 1, &members);
        let (roots, outcomes) =
            generated(&*board, NETWORK, &[CurveId::Secp256k1, CurveId::Bls12381G1], EPOCH, &operators);
        let roster = roster(&*board, party[0].public.keys[0].clone(), &members);
        let (planner, custodian) = (world.person("planner"), world.person("custodian"));
        let blinders = operators.iter().map(|_| Blinder::generate(rng)).collect();
        let mut site = Self {
            world,
            planner,
            custodian,
            operators,
            blinders,
            roster,
            recovery,
            roots,
            outcomes,
            registrations: vec![],
        };
        site.registrations = (0..usize::from(NODES)).map(|place| site.first(place)).collect();
        site.registrations.iter().for_each(|registration| site.register(registration));
        site
    }

    fn board(&self) -> Box<dyn Board> {
        Box::new(Folder::new(self.world.board()))
    }

    fn first(&self, place: usize) -> BlinderRegistration {
        let (operator, node) = (&self.operators[place], format!("node-{}", place + 1));
        let (network, blinder) = (NETWORK.as_bytes(), &self.blinders[place]);
        let unsigned =
            BlinderRegistration::first(blinder, network, node.as_bytes(), &operator.public(), &mut rand::rng());
        unsigned.unwrap().sign(operator).unwrap()
    }

    fn register(&self, registration: &BlinderRegistration) {
        let place = Place::Blinders(NETWORK.into());
        self.board().post(&place, registration.node(), Kind::BlinderRegistration, &registration.encode()).unwrap();
    }

    /// `--node` and its value for every node.
    fn nodes(&self) -> Vec<String> {
        let nodes = self.operators.iter().enumerate();
        let nodes = nodes.map(|(place, operator)| format!("node-{}={}", place + 1, operator.public().address()));
        nodes.flat_map(|node| ["--node".to_owned(), node]).collect()
    }

    fn bundle_command(&self, epoch: &str, more: &[&str]) -> Vec<String> {
        let words = ["network", "bundle", NETWORK, "--epoch", epoch, "--party", PARTY];
        words.iter().chain(more).chain(INSECURE).copied().map(str::to_owned).chain(self.nodes()).collect()
    }

    /// The planner's bundle, with everything certified.
    fn plan(&self) -> Value {
        let (recovery, roots) = (self.recovery.short_code(), self.roots.short_code());
        let command = self.bundle_command("7", &["--recovery-ceremony", &recovery, "--root-ceremony", &roots]);
        self.planner.done(&strs(&command))
    }

    /// What the network is, by the library.
    fn network(&self) -> Network {
        let nodes = self.registrations.iter().zip(&self.operators).zip(1u64..);
        let node = |((registration, operator), number): ((&BlinderRegistration, &IdentityKey), u64)| {
            let identifier = relight::sharing::Identifier::new(number).unwrap();
            Node::new(registration.node(), operator.public(), vec![registration.clone()], identifier, 2)
        };
        Network {
            parameters: ParameterSet::Insecure,
            name: NETWORK.into(),
            epoch: EPOCH,
            recovery_key: self.roster.party().public_key().clone(),
            keys: self.outcomes[0].public.keys.clone(),
            nodes: nodes.map(node).collect(),
            former: vec![],
        }
    }

    fn backup(&self, place: usize) -> Vec<u8> {
        let network = self.network();
        Backup::create(
            &network.statement(&network.nodes[place]).unwrap(),
            &self.outcomes[place].shares,
            &mut rand::rng(),
        )
        .unwrap()
        .encode()
    }

    fn post_backup(&self, place: usize, bytes: &[u8]) -> String {
        let node = format!("node-{}", place + 1);
        self.board().post(&Place::Backups(NETWORK.into()), node, Kind::Backup, bytes).unwrap()
    }

    /// Trusts the bundle of this code.
    fn trust(&self, code: &str) -> Value {
        self.custodian.agreed(&["network", "trust", NETWORK, "--code", code])
    }

    /// The exit status of an audit, and what it says.
    fn audit(&self, more: &[&str]) -> (i32, Value) {
        let output = self.custodian.command(&[&["audit", NETWORK], more].concat()).output().unwrap();
        let facts = serde_json::from_slice(&output.stdout);
        (output.status.code().unwrap(), facts.unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr))))
    }

    /// The same for people.
    fn report(&self) -> String {
        let mut command = self.custodian.command(&["audit", NETWORK]);
        let arguments: Vec<_> = command.get_args().filter(|one| *one != "--json").map(ToOwned::to_owned).collect();
        command = std::process::Command::new(env!("CARGO_BIN_EXE_relight"));
        String::from_utf8(command.args(arguments).output().unwrap().stdout).unwrap()
    }
}

fn strs(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}

fn statuses(facts: &Value) -> Vec<&str> {
    facts["audit"]["nodes"].as_array().unwrap().iter().map(|node| node["status"].as_str().unwrap()).collect()
}

fn write(path: PathBuf, bytes: &[u8]) -> PathBuf {
    std::fs::write(&path, bytes).unwrap();
    path
}

#[test]
fn a_planner_posts_a_bundle_and_a_custodian_audits_by_it() {
    let site = Site::new();
    let planned = site.plan();
    let code = text(&planned, "code");

    // Nothing is audited before a person has compared the bundle.
    assert!(site.custodian.refused(&["audit", NETWORK]).contains("you trust no bundle of this network"));
    assert!(site.custodian.refused(&["network", "trust", NETWORK]).contains("there is nobody to ask"));
    let wrong = site.custodian.refused(&["network", "trust", NETWORK, "--code", "00000 00000 00000 00000", "--yes"]);
    assert!(wrong.contains("there is none such"), "{wrong}");
    assert!(site.custodian.refused(&["audit", NETWORK]).contains("you trust no bundle"));
    let trusted = &site.trust(code)["bundle"];
    assert_eq!((text(trusted, "code"), text(trusted, "digest")), (code, text(&planned, "digest")));
    assert_eq!((&trusted["recovery_key_certified"], &trusted["keys_certified"]), (&true.into(), &true.into()));
    site.trust(code);

    let (status, facts) = site.audit(&[]);
    assert_eq!((status, statuses(&facts)), (1, vec!["missing"; 3]));
    assert_eq!(facts["audit"]["recoverable"], false);
    let backups: Vec<Vec<u8>> = (0..3).map(|place| site.backup(place)).collect();
    let survives = |place: usize| {
        site.post_backup(place, &backups[place]);
        let (status, facts) = site.audit(&[]);
        (status, facts["audit"]["survives"].clone())
    };
    assert_eq!(survives(0), (1, Value::Null));
    assert_eq!(survives(2), (0, 0.into()));
    assert_eq!(survives(1), (0, 1.into()));
    let report = site.report();
    assert!(report.contains("It could be restored, even if 1 more backup were lost."), "{report}");
    assert!(report.contains("node-2  1      1      covered"), "{report}");

    hostile(&site, &backups);
    folder(&site, &backups);
}

//= spec/16-files.md#16-1-the-board
//= type=test
//# A program MUST verify what it finds against what its holder knows, for a folder and a subject are only claims.
/// What strangers put on the board is named, and changes nothing.
fn hostile(site: &Site, backups: &[Vec<u8>]) {
    let stray = site.post_backup(0, b"no backup at all");
    let path = site.post_backup(1, &[&backups[1][..], b"!"].concat());
    std::fs::write(site.world.board().join(&path), b"damaged").unwrap();
    let mut bad = backups[2].clone();
    *bad.last_mut().unwrap() ^= 1;
    site.post_backup(2, &bad);
    let (status, facts) = site.audit(&[]);
    assert_eq!((status, statuses(&facts), &facts["audit"]["survives"]), (0, vec!["covered"; 3], &1.into()));
    assert_eq!(facts["audit"]["strays"][0]["path"], stray.as_str());
    assert_eq!(facts["ignored"][0]["path"], path.as_str());
}

/// Backups in a folder, in either form.
fn folder(site: &Site, backups: &[Vec<u8>]) {
    let folder = site.world.root().join("kept");
    std::fs::create_dir(&folder).unwrap();
    let named = folder.to_str().unwrap();
    write(folder.join("one"), &backups[0]);
    let (status, facts) = site.audit(&["--backups", named]);
    assert_eq!((status, statuses(&facts)), (1, vec!["covered", "missing", "missing"]));
    write(folder.join("two.txt"), armour(Kind::Backup, &backups[1]).unwrap().as_bytes());
    let roster = write(folder.join("three"), armour(Kind::Roster, &site.roster.encode()).unwrap().as_bytes());
    let mut bad = backups[2].clone();
    *bad.last_mut().unwrap() ^= 1;
    let bad = write(folder.join("bad"), &bad);
    let (status, facts) = site.audit(&["--backups", named]);
    assert_eq!((status, statuses(&facts)), (0, vec!["covered", "covered", "bad"]));
    assert!(text(&facts["audit"]["nodes"][2], "remark").contains(bad.to_str().unwrap()));
    assert_eq!(facts["ignored"][0]["path"], roster.to_str().unwrap());
    assert!(text(&facts["ignored"][0], "why").contains("this is roster"), "{facts}");
    assert!(site.custodian.refused(&["audit", NETWORK, "--backups", "/nowhere"]).contains("there is no such folder"));
}

#[test]
fn the_next_bundle_shows_what_is_new_and_audits_name_shared_blinders() {
    let site = Site::new();
    site.trust(text(&site.plan(), "code"));
    (0..3).for_each(|place| drop(site.post_backup(place, &site.backup(place))));

    // The operator of the third node takes the Blinder of the first one, and the planner bundles again.
    let next = site.registrations[2].successor(&site.blinders[0], &mut rand::rng()).unwrap();
    site.register(&next.sign(&site.operators[2]).unwrap());
    let keys = write(site.world.root().join("keys"), &outcome::encode(&site.outcomes[0].public.keys));
    let command = site.bundle_command("8", &["--roots", keys.to_str().unwrap()]);
    site.planner.agreed(&["network", "trust", NETWORK]);
    let planned = site.planner.agreed(&strs(&command));
    let shown = site.custodian.done(&["network", "show", NETWORK]);
    let trusted: Vec<_> = shown["bundles"].as_array().unwrap().iter().map(|bundle| bundle["trusted"].clone()).collect();
    assert_eq!(trusted, [true, false]);
    let output = site.custodian.command(&["network", "trust", NETWORK, "--yes"]).output().unwrap();
    let review = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{review}");
    assert!(review.contains("from epoch 7 to 8") && review.contains(text(&planned, "code")), "{review}");
    assert!(review.contains("node node-3 has another Blinder") && !review.contains("node-1"), "{review}");

    let page = Path::new(env!("CARGO_TARGET_TMPDIR")).join("audit.html");
    let _ = std::fs::remove_file(&page);
    let (status, facts) = site.audit(&["--html", page.to_str().unwrap()]);
    assert_eq!((status, statuses(&facts)), (1, vec!["stale"; 3]));
    assert_eq!(facts["audit"]["shared_blinders"], serde_json::json!([["node-1", "node-3"]]));
    let html = std::fs::read_to_string(&page).unwrap();
    let facts = [
        "It could not be restored.",
        "node-1, node-3",
        "epoch 7: 1",
        "epoch 8: not restorable",
        text(&planned, "code"),
    ];
    for fact in facts {
        assert!(html.contains(fact), "{fact}: {html}");
    }
    assert!(
        !html.contains("http://") && !html.contains("https://") && !html.contains("<script"),
        "it needs nothing else"
    );
    let again = site.custodian.refused(&["audit", NETWORK, "--html", page.to_str().unwrap()]);
    assert!(again.contains("not replaced"), "{again}");
}

#[test]
fn a_stranger_s_bundle_is_shown_for_what_it_is() {
    let site = Site::new();
    let code = text(&site.plan(), "code").to_owned();
    site.trust(&code);
    let (rng, stranger) = (&mut rand::rng(), IdentityKey::generate(&mut rand::rng()));
    let mut network = site.network();
    let blinder =
        BlinderRegistration::first(&Blinder::generate(rng), NETWORK.as_bytes(), b"node-1", &stranger.public(), rng);
    network.nodes[0].registrations = vec![blinder.unwrap().sign(&stranger).unwrap()];
    network.nodes[0].operator = stranger.public();
    let post = |network: &Network| {
        let bundle = Bundle::new(PARTY.as_bytes(), &site.roster, network).unwrap();
        site.board().post(&Place::Plans, NETWORK, Kind::Bundle, &bundle.encode()).unwrap();
        bundle.short_code()
    };
    // Another one of the same epoch: which, a person has to say; and what is trusted is not replaced.
    let other = post(&network);
    assert!(site.planner.refused(&["network", "trust", NETWORK, "--yes"]).contains("several of the latest epoch"));
    assert_eq!(text(&site.planner.agreed(&["network", "trust", NETWORK, "--code", &code])["bundle"], "code"), code);
    let replaced = site.custodian.refused(&["network", "trust", NETWORK, "--code", &other, "--yes"]);
    assert!(replaced.contains("you trust another bundle of epoch 7"), "{replaced}");
    // A later one: it does not follow, and the reason is shown before the question.
    network.epoch = 9;
    post(&network);
    let output = site.custodian.command(&["network", "trust", NETWORK]).output().unwrap();
    let review = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(review.contains("It does not follow the bundle of epoch 7 that you trust"), "{review}");
    assert!(review.contains("other operator") && review.contains(&stranger.public().address().to_string()), "{review}");
    // What does not fit together is ignored, and named.
    let mut broken = network.clone();
    broken.nodes[1].operator = stranger.public();
    post(&broken);
    let shown = site.custodian.done(&["network", "show", NETWORK]);
    assert_eq!(shown["bundles"].as_array().unwrap().len(), 3);
    assert!(text(&shown["ignored"][0], "why").contains("other operator"), "{shown}");
}

#[test]
fn a_bundle_in_a_file_is_taken_in_either_form() {
    let site = Site::new();
    let planned = site.plan();
    let bytes = std::fs::read(site.world.board().join(text(&planned, "path"))).unwrap();
    let file = write(site.world.root().join("bundle.txt"), armour(Kind::Bundle, &bytes).unwrap().as_bytes());
    let shown = site.custodian.done(&["network", "show", "--file", file.to_str().unwrap()]);
    assert_eq!(shown["bundles"][0]["code"], planned["code"]);
    site.custodian.agreed(&["network", "trust", "--file", file.to_str().unwrap()]);
    let damaged = write(site.world.root().join("damaged"), &bytes[..bytes.len() - 1]);
    assert!(
        site.custodian.refused(&["network", "show", "--file", damaged.to_str().unwrap()]).contains("the bytes end")
    );
}

#[test]
fn what_a_planner_lacks_is_named() {
    let site = Site::new();
    let roots = site.roots.short_code();
    let with = |more: &[&str], node: &str| {
        let mut command = site.bundle_command("7", more);
        command.extend(["--node".to_owned(), node.to_owned()]);
        command.push("--yes".to_owned());
        site.planner.refused(&strs(&command))
    };
    let stranger = IdentityKey::generate(&mut rand::rng()).public().address();
    let refused = with(&["--root-ceremony", &roots], &format!("node-4={stranger}"));
    assert!(refused.contains("node-4") && refused.contains(&stranger.to_string()), "{refused}");
    let operator = site.operators[0].public().address();
    let refused = with(&["--root-ceremony", &roots], &format!("node-1={operator}"));
    assert!(refused.contains("party 4"), "{refused}");
    let unvouched = site.bundle_command("7", &["--root-ceremony", &roots]);
    let why = site.planner.refused(&strs(&unvouched));
    assert!(why.contains(&hex::encode(site.roster.digest())) && why.contains("nobody to ask"), "{why}");
    let epoch = site.bundle_command("8", &["--yes", "--root-ceremony", &roots]);
    assert!(site.planner.refused(&strs(&epoch)).contains("other epoch"));
    let unknown =
        site.bundle_command("7", &["--yes", "--root-ceremony", "00000 00000 00000 00000 00000 00000 00000 00000"]);
    assert!(site.planner.refused(&strs(&unknown)).contains("no ceremony"));
    let other = site.bundle_command("7", &["--yes", "--root-ceremony", &site.recovery.short_code()]);
    assert!(site.planner.refused(&strs(&other)).contains("is among what it is to recover"));
    let output =
        site.planner.command(&["network", "bundle", NETWORK, "--epoch", "7", "--party", PARTY]).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "no nodes are a matter of usage");
    let nobody: Vec<String> = site.bundle_command("7", &["--root-ceremony", &roots]);
    let nobody: Vec<&str> = nobody.iter().map(|word| if word == PARTY { "nobody" } else { word }).collect();
    assert!(site.planner.refused(&nobody).contains("there is no roster of it"));
}
