//! Runs every file of `spec/vectors`: each accepted output is reproduced byte for byte, each rejected case fails with
//! the error that it names. The file of the public scheme of derivation has a form of its own and is run by
//! `derivation.rs`.
// The real bytes.
#![cfg(not(feature = "transparent"))]

#[macro_use]
#[path = "../common/curves.rs"]
mod curves;
mod bundle;
mod dealing;
mod encryption;
mod input;
mod keys;
mod primitives;
mod recovery;

use input::{Input, hexes};
use relight::{Error, SecretKind, WalletFault};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// Runs one case: from its input to its output.
type Operation = fn(&Input<'_>) -> Result<Value, Error>;
type Table = [(&'static str, Operation)];

const TABLES: [&Table; 6] = [
    primitives::OPERATIONS,
    keys::OPERATIONS,
    encryption::OPERATIONS,
    dealing::OPERATIONS,
    bundle::OPERATIONS,
    recovery::OPERATIONS,
];

//= spec/2-conventions.md#2-2-errors
//= type=test
//# An implementation MUST fail with the error that the algorithm names for the first step that fails.
//= spec/3-primitives.md#3-6-identity-signatures
//= type=test
//# A signer MUST derive the nonce by RFC 6979 under scheme 1.
#[test]
fn every_file_of_vectors_holds() {
    let operations: BTreeMap<_, _> = TABLES.into_iter().flatten().copied().collect();
    let files = files();
    let found: BTreeSet<&str> = files.iter().map(|file| operation_of(file)).collect();
    assert!(operations.keys().all(|operation| found.contains(operation)), "only files for {found:?}");
    let failures: Vec<String> = files.iter().flat_map(|file| run_file(&operations, file)).collect();
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

/// `RELIGHT_VECTORS` names another folder than the repository's.
fn files() -> Vec<PathBuf> {
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/vectors");
    let folder = std::env::var("RELIGHT_VECTORS").unwrap_or_else(|_| own.to_owned());
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries.filter(|path| path.extension().is_some_and(|end| end == "json")).collect();
    files.sort();
    files
}

/// What stands before the first dot of its name.
fn operation_of(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap().split('.').next().unwrap()
}

/// The failures of one file. The line of counts goes past the test harness, which would swallow it.
fn run_file(operations: &BTreeMap<&str, Operation>, path: &Path) -> Vec<String> {
    let file: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let (name, operation) = (path.file_stem().unwrap().to_str().unwrap(), operation_of(path));
    assert_eq!((&file["spec"], &file["operation"]), (&json!("relight-v1"), &json!(operation)), "{name}");
    let Some(operation) = operations.get(operation) else {
        return vec![format!("{name}: nothing here runs this file")];
    };
    let cases = |kind: &str| file[kind].as_array().unwrap().clone();
    let (accepted, rejected) = (cases("accepted"), cases("rejected"));
    let counts = format!("{name:26}{:4} accepted{:4} rejected\n", accepted.len(), rejected.len());
    std::io::stdout().write_all(counts.as_bytes()).unwrap();
    let cases = accepted.iter().chain(&rejected);
    let failures = cases.filter_map(|case| run_case(*operation, case).err().map(|why| (case, why)));
    failures.map(|(case, why)| format!("{name}: {}: {why}", case["name"])).collect()
}

fn run_case(operation: Operation, case: &Value) -> Result<(), String> {
    let run = AssertUnwindSafe(|| operation(&Input(&case["input"])));
    let found = catch_unwind(run).map_err(|_| "it panicked".to_owned())?;
    match (case.get("output"), case.get("error"), found) {
        (Some(output), None, Ok(found)) if *output == found => Ok(()),
        (None, Some(error), Err(found)) if is_named(&found, error, &case["detail"]) => Ok(()),
        (_, _, found) => Err(format!("found {found:?}")),
    }
}

fn is_named(found: &Error, name: &Value, expected: &Value) -> bool {
    *name == input::variant(found) && (expected.is_null() || *expected == detail(found))
}

/// What an error says beyond its name.
fn detail(error: &Error) -> Value {
    match error {
        Error::UnsupportedVersion(number)
        | Error::UnknownParameterSet(number)
        | Error::UnknownLock(number)
        | Error::WrongLock(number)
        | Error::UnknownOrigin(number)
        | Error::UnknownKind(number)
        | Error::UnknownScheme(number) => json!(number),
        Error::InvalidSerial(number) | Error::RetiredRegistration(number) | Error::BrokenSuccession(number) => {
            json!(number)
        }
        Error::UnknownCurve(number)
        | Error::InvalidIndex(number)
        | Error::DuplicateIndex(number)
        | Error::InvalidThreshold(number)
        | Error::Shareless(number)
        | Error::UnknownMember(number)
        | Error::UnknownDealer(number)
        | Error::UnknownRecipient(number)
        | Error::OtherSharing(number)
        | Error::MissingDealing(number)
        | Error::LateDealing(number)
        | Error::BadConfirmation(number)
        | Error::DoubleConfirmation(number)
        | Error::Unauthorised(number)
        | Error::BadResponse { member: number } => json!(number),
        Error::ZeroIdentifier(identifier)
        | Error::DuplicateIdentifier(identifier)
        | Error::UnusedIdentifier(identifier) => json!(hex::encode(identifier.as_bytes())),
        Error::InconsistentShares { identifiers } => json!(hexes(identifiers.iter().map(|own| own.as_bytes()))),
        Error::DuplicateKey(first, second) => json!([first, second]),
        Error::NotClosed { have, need } => json!([have, need]),
        Error::InvalidRegistration { member, fault } => json!([member, input::variant(fault)]),
        Error::WrongKind { expected, found } => json!([kind(expected), kind(found)]),
        Error::WalletSignature(WalletFault::Signer(address)) => json!(format!("Signer({address})")),
        Error::WalletSignature(fault) => json!(format!("{fault:?}")),
        Error::Mismatch(field) => json!(input::variant(field)),
        Error::SecretMismatch { compartment, entry } | Error::DuplicateEntry { compartment, entry } => {
            json!([compartment, entry])
        }
        Error::BadDecryptionShares { members } => json!(members),
        Error::BadDealing { fault, .. } => json!(input::variant(fault)),
        _ => Value::Null,
    }
}

fn kind(kind: &SecretKind) -> u8 {
    match kind {
        SecretKind::IdentityKey => 1,
        SecretKind::MemberKey => 2,
        SecretKind::Blinder => 3,
        SecretKind::KeyShare => 4,
        SecretKind::Session => 5,
        other => panic!("unknown kind {other}"),
    }
}

/// An error that is part of an output.
fn failure(error: &Error) -> Value {
    let (mut fields, detail) = (json!({"error": input::variant(error)}), detail(error));
    if !detail.is_null() {
        fields["detail"] = detail;
    }
    fields
}
