//! The results: every error has one, and numbers stay what they were.

use relight::curve::CurveId;
use relight::{Error, ParameterSet};
use std::collections::BTreeSet;

fn variants<'a>(source: &'a str, name: &str) -> BTreeSet<&'a str> {
    let start = source.find(&format!("pub enum {name} {{")).expect("the enum");
    let body = &source[start..];
    let body = &body[body.find('{').expect("a body") + 1..body.find("\n}").expect("an end")];
    let lines = body.lines().filter(|line| line.starts_with("    ") && !line.starts_with("     "));
    let names = lines.map(|line| line.trim().split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default());
    names.filter(|name| !name.is_empty()).collect()
}

const FAULTS: &str = include_str!("../../core/src/error/fault.rs");
const RESULTS: &str = include_str!("../src/result.rs");
const DETAILS: &str = include_str!("../src/details.rs");

fn errors() -> BTreeSet<&'static str> {
    Error::MEANINGS.iter().map(|(name, _)| *name).collect()
}

fn check<'a>(theirs: &BTreeSet<&str>, mut ours: BTreeSet<&'a str>, only_here: &[&'a str]) {
    assert!(theirs.len() > 2);
    only_here.iter().for_each(|name| assert!(ours.remove(name), "{name}"));
    assert_eq!(*theirs, ours);
}

#[test]
fn every_error_has_a_result() {
    let only_here = [
        "Ok",
        "NullPointer",
        "Panicked",
        "RandomnessFailed",
        "HandlePoisoned",
        "Unknown",
        "Cancelled",
        "NotSealed",
        "WrongSealingKey",
        "InvalidSealingKey",
    ];
    check(&errors(), variants(RESULTS, "RelightResult"), &only_here);
    for (theirs, ours) in [
        ("Field", "RelightField"),
        ("DealingFault", "RelightFault"),
        ("WalletFault", "RelightWalletFault"),
        ("RegistrationFault", "RelightRegistrationFault"),
    ] {
        check(&variants(FAULTS, theirs), variants(DETAILS, ours), &["None", "Unknown"]);
    }
}

/// What no line describes would be `Unknown`.
#[test]
fn every_error_is_described() {
    let table = include_str!("../src/describe.rs");
    let table = table.split("#[cfg(test)]").next().expect("the code");
    let kinds =
        ["Field", "DealingFault", "WalletFault", "RegistrationFault"].map(|kind| (kind, variants(FAULTS, kind)));
    for (kind, names) in kinds.into_iter().chain([("Error", errors())]) {
        for name in names {
            let line = format!("{kind}::{name}");
            let follows = |text: &str| !text.starts_with(|c: char| c.is_alphanumeric());
            assert!(table.split(&line).skip(1).any(follows), "{line}");
        }
    }
}

/// The header says of every result what its message says.
#[test]
fn every_result_is_documented_by_its_meaning() {
    let own = RESULTS.lines().filter_map(|line| line.trim().strip_suffix("\";")?.split_once(": \""));
    let meanings: Vec<(&str, &str)> = own.chain(Error::MEANINGS.iter().copied()).collect();
    let declared = RESULTS.split_once("pub enum RelightResult {").expect("the enum").1;
    for (name, meaning) in &meanings {
        let documented = declared.split_once(&format!("\n    {name} = ")).expect(name).0;
        let documentation = documented.rsplit_once("/// ").expect(name).1;
        let (first, rest) = meaning.split_at(1);
        let sentence = format!("{}{rest}.", first.to_uppercase());
        assert!(documentation.starts_with(&sentence), "{name}: {documentation} does not begin with: {sentence}");
    }
    assert_eq!(meanings.len(), variants(RESULTS, "RelightResult").len());
}

/// A message names the argument that is wrong.
#[test]
fn arguments_are_called_by_their_names() {
    let mut called = 0;
    for file in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src")).expect("the sources") {
        let source = std::fs::read_to_string(file.expect("a file").path()).expect("text");
        for (before, name) in source.split("(\"").zip(source.split("(\"").skip(1)) {
            let Some(bytes) = before.strip_suffix(".get").or(before.strip_suffix(".read")) else { continue };
            let called_on = bytes.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next();
            assert_eq!(called_on, name.split('"').next());
            called += 1;
        }
    }
    assert!(called > 100, "{called}");
}

/// `tests/codes.inc` is the record of the numbers that were given out.
#[test]
fn numbers_stay() {
    let record = include_str!("codes.inc").lines().filter_map(|line| line.strip_prefix("CODE("));
    let record: BTreeSet<(String, i32)> = record.map(parse).collect();
    let lines = RESULTS.split("pub enum RelightResult {").nth(1).expect("the enum");
    let lines = lines.split("\n}").next().expect("an end").lines().filter(|line| line.contains(" = "));
    let declared = lines.map(|line| parse(&line.replacen(" =", ",", 1)));
    assert_eq!(record, declared.map(|(name, number)| (screaming(&name), number)).collect());
}

fn parse(line: &str) -> (String, i32) {
    let (name, number) = line.trim().split_once(", ").expect("a name and a number");
    (name.to_owned(), number.trim_end_matches([')', ',']).parse().expect("a number"))
}

/// The header has a number for every parameter set but those for tests, and for every curve.
#[test]
fn every_number_has_a_name() {
    let sets = ParameterSet::ALL.iter().filter(|set| set.number() < 0xf0);
    check_numbers("PARAMETERS", sets.map(|set| (format!("{set:?}"), set.number().into())).collect());
    check_numbers("CURVE", CurveId::ALL.iter().map(|curve| (format!("{curve:?}"), curve.number().into())).collect());
}

/// Names are compared as one word: `JubJub` is `JUBJUB`, and `Bls12381G1` is `BLS12381_G1`.
fn check_numbers(kind: &str, named: Vec<(String, i32)>) {
    let lines = include_str!("../include/relight.h").lines();
    let lines = lines.filter_map(|line| line.strip_prefix(&format!("#define RELIGHT_{kind}_")));
    let defined = lines.map(|line| parse(&line.replacen(' ', ", ", 1))).map(|(name, n)| (name.replace('_', ""), n));
    let named = named.into_iter().map(|(name, number)| (name.to_uppercase(), number));
    assert_eq!(defined.collect::<BTreeSet<_>>(), named.collect());
}

fn screaming(name: &str) -> String {
    let step = |text: String, c: char| {
        if c.is_uppercase() && !text.is_empty() { text + "_" } else { text }.to_owned()
            + &c.to_ascii_uppercase().to_string()
    };
    name.chars().fold(String::new(), step)
}

/// The hostile callers call every function that there is.
#[test]
fn every_function_has_a_hostile_caller() {
    let callers = ["hostile.c", "rows.h", "calls.h", "world.h", "refused.h"]
        .map(|name| std::fs::read_to_string(format!("{}/tests/{name}", env!("CARGO_MANIFEST_DIR"))).expect("a caller"));
    let callers = callers.concat();
    let functions = include_str!("../include/relight.h").split("relight_").skip(1).filter_map(|text| {
        let name = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next()?;
        text[name.len()..].starts_with('(').then_some(name)
    });
    let missing: BTreeSet<&str> = functions
        .filter(|name| !name.starts_with("vectors"))
        .filter(|name| {
            let release = name.strip_suffix("_free").map(|kind| format!("RELEASE({kind},"));
            let calls = [Some(format!("CALL({name},")), Some(format!("relight_{name}(")), release];
            !calls.into_iter().flatten().any(|call| callers.contains(&call))
        })
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
