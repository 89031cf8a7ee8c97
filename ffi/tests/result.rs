//! The results: every error has one, and numbers stay what they were.

use relight::ParameterSet;
use relight::curve::CurveId;
use std::collections::BTreeSet;

fn variants<'a>(source: &'a str, name: &str) -> BTreeSet<&'a str> {
    let start = source.find(&format!("pub enum {name} {{")).expect("the enum");
    let body = &source[start..];
    let body = &body[body.find('{').expect("a body") + 1..body.find("\n}").expect("an end")];
    let lines = body.lines().filter(|line| line.starts_with("    ") && !line.starts_with("     "));
    let names = lines.map(|line| line.trim().split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default());
    names.filter(|name| !name.is_empty()).collect()
}

const ERRORS: &str =
    concat!(include_str!("../../core/src/error/mod.rs"), include_str!("../../core/src/error/fault.rs"));
const RESULTS: &str = concat!(include_str!("../src/result.rs"), include_str!("../src/details.rs"));

fn check(core: &str, own: &str, only_here: &[&str]) {
    let (theirs, mut ours) = (variants(ERRORS, core), variants(RESULTS, own));
    assert!(theirs.len() > 2);
    only_here.iter().for_each(|name| assert!(ours.remove(name), "{name}"));
    assert_eq!(theirs, ours);
}

#[test]
fn every_error_has_a_result() {
    check(
        "Error",
        "RelightResult",
        &["Ok", "NullPointer", "Panicked", "RandomnessFailed", "HandlePoisoned", "Unknown"],
    );
    check("Field", "RelightField", &["None", "Unknown"]);
    check("DealingFault", "RelightFault", &["None", "Unknown"]);
    check("WalletFault", "RelightWalletFault", &["None", "Unknown"]);
    check("RegistrationFault", "RelightRegistrationFault", &["None", "Unknown"]);
}

/// What no line describes would be `Unknown`.
#[test]
fn every_error_is_described() {
    let table = include_str!("../src/describe.rs");
    let table = table.split("#[cfg(test)]").next().expect("the code");
    for kind in ["Error", "Field", "DealingFault", "WalletFault", "RegistrationFault"] {
        for name in variants(ERRORS, kind) {
            let line = format!("{kind}::{name}");
            let follows = |text: &str| !text.starts_with(|c: char| c.is_alphanumeric());
            assert!(table.split(&line).skip(1).any(follows), "{line}");
        }
    }
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
    let callers = [include_str!("hostile.c"), include_str!("calls.h"), include_str!("world.h")].concat();
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
