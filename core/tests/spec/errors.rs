//! The errors are one list: the table of the text (Section 2.2), and [`relight::Error`].

use relight::Error;

const TEXT: &str = include_str!("../../../spec/2-conventions.md");

/// The rows of the table: a name, without what it carries, and what it means.
fn table() -> Vec<(&'static str, &'static str)> {
    let table = TEXT.split_once("| error | means |").unwrap().1.split_once("\n\n").unwrap().0;
    let rows = table.lines().skip(2).map(|row| row.trim_matches('|').split_once('|').unwrap());
    rows.map(|(name, means)| (name.split('(').next().unwrap().trim(), means.trim())).collect()
}

/// The text may say more than a message does.
#[test]
fn text_and_code_have_the_same_errors() {
    let table = table();
    assert!(table.len() > 60, "the table was found");
    assert_eq!(table.len(), Error::MEANINGS.len());
    for (row, (name, meaning)) in table.iter().zip(Error::MEANINGS) {
        let more = row.1.strip_prefix(meaning).filter(|more| !more.starts_with(char::is_alphanumeric));
        assert!(row.0 == *name && more.is_some(), "{row:?} in the text, {name}: {meaning} in the code");
    }
}

#[test]
fn messages_say_what_errors_carry() {
    let message = Error::NotEnoughDealings { have: 2, need: 3, bad: vec![7, 9] }.to_string();
    assert_eq!(message, "too few valid dealings, or dealers: 2, where 3 are needed; bad ones from [7, 9]");
    assert_eq!(Error::Expired.to_string(), "the request has expired");
}
