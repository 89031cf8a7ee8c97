//! Reading words back: one that is wrong, missing, one too many or two that changed places are found by trying.

use super::{WORDS, Written};
use crate::failure::{Failure, Result};
use bip39::{Language, Mnemonic};
use std::fmt::{Display, Formatter};
use zeroize::{Zeroize, Zeroizing};

/// What was wrong with the words. Places count from one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// A word is another one than was written down.
    Wrong {
        /// Its place.
        place: usize,
        /// The word that belongs there.
        meant: &'static str,
    },
    /// A word is missing.
    Missing {
        /// Its place.
        place: usize,
        /// The word that belongs there.
        meant: &'static str,
    },
    /// A word is too many.
    TooMany {
        /// Its place.
        place: usize,
    },
    /// Two words changed places.
    Swapped {
        /// The place of the first.
        first: usize,
        /// The place of the second.
        second: usize,
    },
}

impl Display for Mistake {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Wrong { place, meant } => write!(f, "word {place} is wrong: it is \"{meant}\""),
            Self::Missing { place, meant } => write!(f, "word {place} is missing: it is \"{meant}\""),
            Self::TooMany { place } => write!(f, "word {place} is one too many"),
            Self::Swapped { first, second } => write!(f, "words {first} and {second} changed places"),
        }
    }
}

/// Words by their numbers in the list; none for one that is not in it.
type Numbers = Zeroizing<Vec<Option<u16>>>;

/// Reads the words of a secret whose public half is known, and says what was wrong with them if exactly one mistake explains
/// them. The first four letters of a word are enough.
///
/// # Errors
///
/// If they are of another secret, or hold more mistakes than one.
pub fn read<S: Written>(words: &str, public: &S::Public) -> Result<(S, Option<Mistake>)> {
    let numbers: Numbers = Zeroizing::new(words.split_whitespace().map(number).collect());
    if let Some(secret) = secret::<S>(&numbers, public) {
        return Ok((secret, None));
    }
    let mut candidates = mended::<S>(&numbers, public);
    match (candidates.pop(), candidates.is_empty()) {
        (Some((secret, mistake)), true) => Ok((secret, Some(mistake))),
        (None, _) => Err(refused::<S>("no single mistake explains them").next(advice(&numbers))),
        (Some(_), false) => Err(refused::<S>("more than one mistake would explain them").next(advice(&numbers))),
    }
}

/// Every single mistake that explains the words. The same secret explained twice, such as by the two of a pair of equal
/// words, counts once.
fn mended<S: Written>(numbers: &Numbers, public: &S::Public) -> Vec<(S, Mistake)> {
    let mut found: Vec<(S, Mistake)> = Vec::new();
    let mut known: Vec<Numbers> = Vec::new();
    for (mistake, candidate) in candidates(numbers) {
        if known.contains(&candidate) {
            continue;
        }
        if let Some(secret) = secret(&candidate, public) {
            found.push((secret, mistake));
            known.push(candidate);
        }
    }
    found
}

fn candidates(numbers: &Numbers) -> Box<dyn Iterator<Item = (Mistake, Numbers)> + '_> {
    match numbers.len() {
        WORDS => Box::new(swapped(numbers).chain(wrong(numbers))),
        few if few + 1 == WORDS => Box::new(missing(numbers)),
        many if many == WORDS + 1 => Box::new(too_many(numbers)),
        _ => Box::new(std::iter::empty()),
    }
}

fn swapped(numbers: &Numbers) -> impl Iterator<Item = (Mistake, Numbers)> {
    let pairs = (0..WORDS).flat_map(|second| (0..second).map(move |first| (first, second)));
    pairs.map(|(first, second)| {
        let mut candidate = numbers.clone();
        candidate.swap(first, second);
        (Mistake::Swapped { first: first + 1, second: second + 1 }, candidate)
    })
}

fn wrong(numbers: &Numbers) -> impl Iterator<Item = (Mistake, Numbers)> {
    every_word(WORDS).map(|(place, number, meant)| {
        let mut candidate = numbers.clone();
        candidate.iter_mut().skip(place).take(1).for_each(|word| *word = Some(number));
        (Mistake::Wrong { place: place + 1, meant }, candidate)
    })
}

fn missing(numbers: &Numbers) -> impl Iterator<Item = (Mistake, Numbers)> {
    every_word(WORDS).map(|(place, number, meant)| {
        let mut candidate = numbers.clone();
        candidate.insert(place, Some(number));
        (Mistake::Missing { place: place + 1, meant }, candidate)
    })
}

fn too_many(numbers: &Numbers) -> impl Iterator<Item = (Mistake, Numbers)> {
    (0..=WORDS).map(|place| {
        let mut candidate = numbers.clone();
        candidate.remove(place);
        (Mistake::TooMany { place: place + 1 }, candidate)
    })
}

/// Every word at every place.
fn every_word(places: usize) -> impl Iterator<Item = (usize, u16, &'static str)> {
    (0..places)
        .flat_map(|place| (0..).zip(Language::English.word_list()).map(move |(number, word)| (place, number, *word)))
}

/// The secret of these words, if their checksum holds and it has the public half.
fn secret<S: Written>(numbers: &Numbers, public: &S::Public) -> Option<S> {
    let list = Language::English.word_list();
    let words = numbers.iter().map(|number| list.get(usize::from((*number)?)).copied());
    let text = Zeroizing::new(words.collect::<Option<Vec<_>>>()?.join(" "));
    let mnemonic = Mnemonic::parse_in_normalized(Language::English, &text).ok()?;
    let (mut entropy, length) = mnemonic.to_entropy_array();
    let scalar = Zeroizing::new(<[u8; 32]>::try_from(entropy.get(..length)?).ok()?);
    entropy.zeroize();
    //= spec/16-files.md#16-5-secrets-on-paper
    //# A program MUST refuse words whose secret has another public half than the one that is registered.
    S::from_scalar(&scalar).filter(|secret| secret.half() == *public)
}

/// The number of a word, of which the first four letters are enough: no two words of the list share them.
fn number(word: &str) -> Option<u16> {
    let word = Zeroizing::new(word.to_ascii_lowercase());
    let found = Language::English.find_word(&word);
    found.or_else(|| {
        let mut longer = Language::English.words_by_prefix_iter(&word).filter(|_| word.len() >= 4);
        longer.next().and_then(|word| Language::English.find_word(word))
    })
}

fn advice(numbers: &Numbers) -> String {
    let unknown: Vec<String> = (1..)
        .zip(numbers.iter())
        .filter(|(_, word)| word.is_none())
        .map(|(place, _): (usize, _)| place.to_string())
        .collect();
    match unknown.is_empty() {
        true => format!(
            "there are {} of {WORDS} words; check each against the paper, and that it is the right paper",
            numbers.len()
        ),
        false => format!("words {} are not in the list; check them against the paper", unknown.join(", ")),
    }
}

fn refused<S: Written>(why: &str) -> Failure {
    Failure::refused(format!("the words of the {}", S::WHAT), why)
}

#[cfg(test)]
mod tests {
    use super::*;
    use relight::Blinder;

    fn words(blinder: &Blinder) -> Vec<String> {
        blinder.words().split(' ').map(str::to_owned).collect()
    }

    fn read_back(blinder: &Blinder, words: &[String]) -> Result<Option<Mistake>> {
        let (found, mistake) = read::<Blinder>(&words.join(" "), &blinder.public())?;
        assert_eq!(found.public(), blinder.public());
        Ok(mistake)
    }

    #[test]
    fn what_was_written_is_read() {
        let blinder = Blinder::generate(&mut rand::rng());
        let words = words(&blinder);
        assert_eq!(words.len(), WORDS);
        assert_eq!(read_back(&blinder, &words).unwrap(), None);
        let short: Vec<String> =
            words.iter().map(|word| word.chars().take(4).collect::<String>().to_uppercase()).collect();
        assert_eq!(read_back(&blinder, &short).unwrap(), None);
    }

    #[test]
    fn one_wrong_word_is_named() {
        let blinder = Blinder::generate(&mut rand::rng());
        for place in [0, 11, 23] {
            let mut words = words(&blinder);
            let meant = words[place].clone();
            let other = if meant == "zoo" { "abandon" } else { "zoo" };
            for wrong in [other, "relight"] {
                words[place] = wrong.to_owned();
                let mistake = read_back(&blinder, &words).unwrap();
                assert!(
                    matches!(mistake, Some(Mistake::Wrong { place: found, meant: word }) if found == place + 1 && word == meant)
                );
            }
        }
    }

    #[test]
    fn one_missing_or_added_word_is_named() {
        let blinder = Blinder::generate(&mut rand::rng());
        let mut fewer = words(&blinder);
        let meant = fewer.remove(7);
        let mistake = read_back(&blinder, &fewer).unwrap();
        assert!(matches!(mistake, Some(Mistake::Missing { meant: word, .. }) if word == meant));
        let mut more = words(&blinder);
        more.insert(3, "relight".to_owned());
        assert_eq!(read_back(&blinder, &more).unwrap(), Some(Mistake::TooMany { place: 4 }));
    }

    #[test]
    fn two_swapped_words_are_named() {
        let blinder = Blinder::generate(&mut rand::rng());
        let mut words = words(&blinder);
        let last = (1..WORDS).rev().find(|place| words[*place] != words[2] && *place != 2).unwrap();
        words.swap(2, last);
        assert_eq!(read_back(&blinder, &words).unwrap(), Some(Mistake::Swapped { first: 3, second: last + 1 }));
    }

    //= spec/16-files.md#16-5-secrets-on-paper
    //= type=test
    //# A program MUST refuse words whose secret has another public half than the one that is registered.
    #[test]
    fn two_mistakes_and_other_papers_are_refused() {
        let blinder = Blinder::generate(&mut rand::rng());
        let mut words = words(&blinder);
        (words[0], words[23]) = ("zoo".to_owned(), "zoo".to_owned());
        assert!(read_back(&blinder, &words).is_err());
        let other = Blinder::generate(&mut rand::rng());
        assert!(read::<Blinder>(&other.words(), &blinder.public()).is_err());
        assert!(read::<Blinder>("", &blinder.public()).is_err());
    }
}
