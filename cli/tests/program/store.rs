//! A store moves as one file, is examined, and opens to its holder alone.

use crate::common::{World, text};
use crate::group::Party;
use relight::{Error, SecretKind};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

#[test]
fn a_store_moves_as_one_file() {
    let world = World::new();
    let ada = world.person("ada");
    let address = ada.done(&["identity", "new"])["address"].clone();
    let (file, damaged) = (world.root().join("ada.store"), world.root().join("damaged.store"));
    let (file, damaged) = (file.to_str().unwrap(), damaged.to_str().unwrap());
    ada.done(&["export", file]);
    let why = ada.refused(&["export", file]);
    assert!(why.contains("not overwritten"), "{why}");
    let bytes = fs::read(file).unwrap();
    let elsewhere = ada.at(world.root().join("elsewhere"));
    let flipped = |at: usize| bytes.iter().enumerate().map(|(place, byte)| byte ^ u8::from(place == at)).collect();
    let cases: [Vec<u8>; 4] =
        [bytes[..bytes.len() - 1].to_vec(), bytes[..20].to_vec(), flipped(3), flipped(bytes.len() / 2)];
    for bad in cases {
        fs::write(damaged, bad).unwrap();
        let why = elsewhere.refused(&["import", damaged]);
        assert!(why.contains("it is damaged, incomplete or none"), "{why}");
        assert!(!elsewhere.home.exists());
    }
    elsewhere.done(&["import", file]);
    assert_eq!(elsewhere.done(&["identity", "show"])["address"], address);
    let why = elsewhere.refused(&["import", file]);
    assert!(why.contains("nothing is overwritten"), "{why}");
    elsewhere.done(&["doctor"]);
}

#[test]
fn a_store_in_which_nothing_is_yet_is_in_order() {
    World::new().person("ada").done(&["doctor"]);
}

#[test]
fn the_doctor_finds_what_does_not_belong_together() {
    let party = Party::registered();
    party.with_key();
    let ada = &party.members[0];
    let [share, other] = [0, 1].map(|member| party.shares(member).remove(0));
    fs::set_permissions(&share, Permissions::from_mode(0o644)).unwrap();
    let why = ada.refused(&["doctor"]);
    assert!(why.contains("others can read it: its mode is 644"), "{why}");
    fs::set_permissions(&share, Permissions::from_mode(0o600)).unwrap();
    ada.done(&["doctor"]);
    // The share of another member, as if it were this one's.
    let stolen = share.replace("ada", "mixed");
    let mixed = ada.at(party.world.root().join("mixed"));
    assert!(Command::new("cp").arg("-a").args([&ada.home, &mixed.home]).status().unwrap().success());
    fs::copy(&other, &stolen).unwrap();
    let why = mixed.refused(&["doctor"]);
    assert!(why.contains("shares/"), "{why}");
    fs::copy(&share, &stolen).unwrap();
    for folder in ["certificates", "identity.public"] {
        let path = mixed.home.join(folder);
        let aside = mixed.home.join("aside");
        fs::rename(&path, &aside).unwrap();
        mixed.refused(&["doctor"]);
        fs::rename(&aside, &path).unwrap();
    }
    mixed.done(&["doctor"]);
}

#[test]
fn the_doctor_compares_blinders_with_their_registrations() {
    let world = World::new();
    let ada = world.person("ada");
    ada.done(&["identity", "new"]);
    ada.done(&["blinder", "new", "--for", "Node 1"]);
    let why = ada.refused(&["doctor"]);
    assert!(why.contains("it is compared with no registration that has it"), "{why}");
    for successor in [false, true] {
        if successor {
            ada.done(&["blinder", "new", "--for", "Node 1", "--successor"]);
            ada.refused(&["doctor", "--network", "network"]);
        }
        ada.done(&["blinder", "register", "--for", "Node 1", "--network", "network"]);
        ada.done(&["doctor"]);
        ada.done(&["doctor", "--network", "network"]);
        let why = ada.refused(&["doctor", "--network", "other"]);
        assert!(why.contains("blinders/"), "{why}");
    }
}

#[test]
fn an_identity_is_imported_and_named_if_it_is_something_else() {
    let world = World::new();
    let ada = world.person("ada");
    let file = world.root().join("secret");
    let path = file.to_str().unwrap();
    let key = relight::identity::IdentityKey::generate(&mut rand::rng());
    fs::write(&file, &*relight::Blinder::generate(&mut rand::rng()).encode()).unwrap();
    let why = ada.refused(&["identity", "import", path]);
    let kinds = Error::WrongKind { expected: SecretKind::IdentityKey, found: SecretKind::Blinder };
    assert!(why.contains(&kinds.to_string()), "{why}");
    let mut damaged = key.encode().to_vec();
    damaged[10] ^= 1;
    fs::write(&file, damaged).unwrap();
    let why = ada.refused(&["identity", "import", path]);
    assert!(why.contains(&Error::BadChecksum.to_string()), "{why}");
    fs::write(&file, &*key.encode()).unwrap();
    let shown = ada.done(&["identity", "import", path]);
    assert_eq!(text(&shown, "address"), key.public().address().to_string());
    ada.refused(&["identity", "new"]);
}

#[test]
fn a_passphrase_opens_a_store() {
    let world = World::new();
    let (right, wrong) = (world.root().join("right"), world.root().join("wrong"));
    fs::write(&right, "correct horse\n").unwrap();
    fs::write(&wrong, "correct house\n").unwrap();
    let home = world.root().join("ada");
    let run = |arguments: &[&str], passphrase| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_relight"));
        command.args(arguments).arg("--home").arg(&home).arg("--passphrase-file").arg(passphrase);
        command.stdin(Stdio::null()).stderr(Stdio::null()).stdout(Stdio::null()).status().unwrap().code()
    };
    assert_eq!(run(&["init", "ada"], &right), Some(0));
    assert_eq!(run(&["identity", "new"], &right), Some(0));
    assert_eq!((run(&["identity", "show"], &right), run(&["identity", "show"], &wrong)), (Some(0), Some(1)));
}
