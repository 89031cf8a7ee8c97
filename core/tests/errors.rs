//! The errors are one list: those of the text (Section 2.2), and the variants of [`relight::Error`].

use std::collections::BTreeSet;

const TEXT: &str = include_str!("../../spec/2-conventions.md");
const CODE: &str = include_str!("../src/error/mod.rs");

/// The names in the first column of the table, without what they carry.
fn named_in_the_text() -> BTreeSet<String> {
    let table = TEXT.split_once("| error | means |").unwrap().1.split_once("\n\n").unwrap().0;
    let cells = table.lines().skip(2).filter_map(|line| line.split('|').nth(1));
    cells.flat_map(names).collect()
}

/// The names of a cell: `One(detail, detail), Other`.
fn names(cell: &str) -> Vec<String> {
    let mut depth = 0;
    let outside = cell.chars().filter(|letter| {
        depth += i32::from(*letter == '(');
        let outside = depth == 0;
        depth -= i32::from(*letter == ')');
        outside
    });
    outside.collect::<String>().split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

/// The variants, which stand one indentation deep.
fn variants() -> BTreeSet<String> {
    let body = CODE.split_once("pub enum Error {").unwrap().1.split_once("\n}").unwrap().0;
    let lines = body.lines().filter_map(|line| line.strip_prefix("    "));
    let variants = lines.filter(|line| line.starts_with(|first: char| first.is_ascii_uppercase()));
    variants.map(|line| line.split(|end: char| !end.is_alphanumeric()).next().unwrap().to_owned()).collect()
}

#[test]
fn text_and_code_name_the_same_errors() {
    let (text, code) = (named_in_the_text(), variants());
    assert!(code.len() > 60, "the variants were found");
    let missing: Vec<_> = code.symmetric_difference(&text).collect();
    assert!(missing.is_empty(), "only in one of the two: {missing:?}");
}
