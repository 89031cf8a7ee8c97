//! The recovery drill, played with small numbers.

use std::path::Path;
use std::process::Command;

/// Plays, and gives the status, the output, and the complaints.
fn play(arguments: &str) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_relight"));
    let output = command.arg("drill").args(arguments.split_whitespace()).output().expect("the program runs");
    let [out, complaints] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).expect("it is UTF-8"));
    (output.status.code().expect("it ends"), out, complaints)
}

/// With the parameter set that has no security: what is played catches nobody by the soundness of a proof.
fn expect_quick_success(arguments: &str) -> String {
    expect_success(&format!("{arguments} --parameters insecure"))
}

fn expect_success(arguments: &str) -> String {
    let (status, out, complaints) = play(arguments);
    assert_eq!((status, complaints.as_str()), (0, ""), "{out}");
    assert!(out.contains("The network is lit again"), "{out}");
    out
}

#[test]
fn names_every_culprit() {
    let out = expect_success("--nodes 4 --members 4 --curves secp256k1:2,bls12381-g1");
    for line in [
        "member-04 keeps its identity in a wallet: 0x",
        "the wallet's signature cannot be used: signed by 0x",
        "everybody drops it: a dealing is bad: dealer 3, shares not verifiably encrypted",
        "everybody refuses it, the node first of all: the object is about something else than expected: other operator",
        "node-01 shows its dealing to node-01, node-02 only, so that sets differ",
        "the others fetch the dealing of node-01 by its digest: all have the same keys",
        "closed: 3 of 4 have confirmed the same, and 3 close it",
        "the custodian checks the keys of the nodes by their certificate, without dealings",
        "the custodian sends back the backup of node-04: the proof of encryption does not verify",
        "the custodian sends back the backups of node-01 and node-02: the object is about something else than expected: other node",
        "the custodian sends back the backup of node-01: the object is about something else than expected: other epoch",
        "no certificate: too few equal confirmations to close the ceremony: 2, where 3 are needed; the two dealings convict member-02",
        "the custodian refuses it: the certificate does not fit the outcome",
        "member-05 has its share again, the same; it has seen no other, and none has changed",
        "the party has 5 members now, and 3 are needed as before",
        "145 bytes come back on each stick; no Blinder has left its machine",
        "no member answers: a statement of the request is not authorised with its Blinder: statement 0",
        "member-04 learns it at home, and takes its new share: the share belongs to another sharing of its key",
        "member-06 learns it at home, and reads its other disk: the seal of the file is broken",
        "member-06 learns it at home: the secret is of another kind: member key, where key share is needed",
        "node-01 takes what is there, and still needs [2, 3] answers",
        "persuaded in the end, member-04 answers",
        "there is nothing to show: the bytes prove nothing against anyone",
        "the wallet of member-04 has signed",
        "not possible yet: too few shares: 2, where 3 are needed; one of them is needed",
        "every machine refuses it: what the member sealed cannot be read: member 1",
        "node-01 shows it, and everybody who checks finds member 1 at fault",
        "member-03 learns it at home: the request was made for another roster",
        "node-01 refuses it: the member does not belong to the recovery party: 3",
        "node-01 refuses it: the object belongs to another request",
        "node-01: the Blinder is not the one the backup was made for",
        "all 6 keys, recomputed from restored shares alone, are the same as before",
        "all 6 keys, recomputed from fresh shares alone, are the same as before",
    ] {
        assert!(out.contains(line), "{line} is missing from\n{out}");
    }
}

#[test]
fn plays_the_smallest_network() {
    for epochs in [1, 2] {
        expect_quick_success(&format!("--nodes 1 --members 1 --curves secp256k1 --epochs {epochs}"));
    }
}

#[test]
fn plays_on_every_curve() {
    expect_quick_success(
        "--nodes 2 --members 1 --epochs 1 --curves \
         secp256k1,bls12381g1,p256,p384,ed25519,ristretto255,ed448,jubjub,jubjub-spend-auth,bls12381g2,\
         pallas,pallas-spend-auth",
    );
}

#[test]
fn plays_without_a_party_to_spare() {
    expect_quick_success(
        "--nodes 2 --members 2 --party-threshold 2 --fresh-nodes 3 --fresh-threshold 2 --curves BLS12-381-G1:2",
    );
}

#[test]
fn plays_with_shares_at_the_hashes_of_names() {
    let out = expect_quick_success(
        "--nodes 2 --members 4 --identifiers names --curves secp256k1,jubjub --epochs 2 --fresh-nodes 3",
    );
    assert!(out.contains("its share will lie at the hash of its name, 0x"), "{out}");
}

#[test]
fn keeps_the_files_and_guards_the_secrets() {
    let dir = std::env::temp_dir().join(format!("relight-drill-test-{}", std::process::id()));
    expect_quick_success(&format!("--nodes 2 --members 1 --curves=secp256k1 --dir {}", dir.display()));
    for file in [
        "keys.txt",
        "custodian/bundles/drill-network-2",
        "wallets/member-01/account",
        "members/member-02/identity.age",
        "operators/fresh-01/blinders/fresh-01.age",
    ] {
        assert!(dir.join(file).is_file(), "{file} is missing");
    }
    let certificates = std::fs::read_dir(dir.join("custodian/certificates")).expect("there are some").count();
    assert_eq!(certificates, 5, "the party and the network twice, the fresh network once");
    assert!(!dir.join("nodes").exists(), "the lost nodes are still there");
    for secret in
        ["operators/fresh-01/blinders/fresh-01.age", "wallets/member-01/account", "members/member-02/identity.age"]
    {
        assert_private(&dir.join(secret));
    }
    assert_private(&dir.join("keys/members/member-02.age-identity"));
    let (status, _, complaints) = play(&format!("--dir {}", dir.display()));
    assert_eq!(status, 2, "{complaints}");
    assert!(complaints.contains("not an empty directory"), "{complaints}");
    std::fs::remove_dir_all(&dir).expect("the files can be removed");
}

#[cfg(unix)]
fn assert_private(file: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(file).expect("the file exists").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[cfg(not(unix))]
fn assert_private(_: &Path) {}

#[test]
fn bad_flags_are_named() {
    for (arguments, message) in [
        ("--planets 9", "unexpected argument '--planets'"),
        ("--nodes", "a value is required for '--nodes <COUNT>'"),
        ("--nodes ten", "invalid value 'ten' for '--nodes <COUNT>'"),
        ("--nodes 0", "invalid value '0' for '--nodes <COUNT>'"),
        ("--nodes 3 --nodes 4", "'--nodes <COUNT>' cannot be used multiple times"),
        ("--nodes 3 --threshold 4", "--threshold 4: there are only 3"),
        ("--nodes 3 --lost-blinders 1", "--lost-blinders 1: only 0 can be borne"),
        ("--nodes 4 --fresh-nodes 2 --fresh-threshold 1", "every fresh node would have the keys themselves"),
        ("--identifiers colours", "invalid value 'colours' for '--identifiers"),
        ("--parameters slow", "\"slow\" is none of fast, compact, broadcast, packed, bulk"),
        ("--curves secp256k2", "\"secp256k2\" is none of secp256k1, bls12-381-g1"),
        ("--curves p256:0", "a whole number of keys is needed"),
        ("--curves p256,", "\"\" is none of"),
    ] {
        let (status, out, complaints) = play(arguments);
        assert_eq!((status, out.as_str()), (2, ""), "{arguments}");
        assert!(complaints.contains(message), "{arguments}: {complaints}");
    }
    assert_eq!(play("--help").0, 0);
}
