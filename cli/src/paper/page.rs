//! What goes on paper: the words and a code that cameras read, on the terminal and as a page to print.

use super::Written;
use crate::failure::{Failure, Result};
use qrcode::QrCode;
use qrcode::render::{svg, unicode};
use std::fmt::Write;
use zeroize::Zeroizing;

/// Words in a line of the page.
const COLUMNS: usize = 4;

/// The words as a code for a camera, drawn with characters.
///
/// # Errors
///
/// If they do not fit into one.
pub fn qr<S: Written>(secret: &S) -> Result<Zeroizing<String>> {
    let drawn = code(secret)?.render::<unicode::Dense1x2>().build();
    Ok(Zeroizing::new(drawn))
}

/// A page to print: what it is, the words by their numbers, the code.
///
/// # Errors
///
/// If the words do not fit into a code.
pub fn page<S: Written>(secret: &S, title: &str) -> Result<Zeroizing<String>> {
    let code = Zeroizing::new(code(secret)?.render::<svg::Color<'_>>().min_dimensions(240, 240).build());
    // Within another picture it is a picture of its own, without the line that begins a file.
    let code = code.split_once("?>").map_or(code.as_str(), |(_, picture)| picture);
    let mut page = Zeroizing::new(String::new());
    let (what, title) = (S::WHAT, escaped(title));
    let written = write!(
        page,
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="210mm" height="297mm" viewBox="0 0 840 1188" font-family="monospace">
<rect width="840" height="1188" fill="#fff"/>
<text x="60" y="90" font-size="28" font-weight="bold">Relight {what}</text>
<text x="60" y="130" font-size="20">{title}</text>
<text x="60" y="165" font-size="15">Whoever reads this page has the secret. Keep it where only you can get at it.</text>
{}<g transform="translate(300 640)">{code}</g>
</svg>
"##,
        lines(&secret.words()).as_str(),
    );
    written.map_err(|error| Failure::refused("the page", error))?;
    Ok(page)
}

fn lines(words: &str) -> Zeroizing<String> {
    let lines = words.split(' ').enumerate().map(|(place, word)| {
        let (x, y) = (60 + 185 * (place % COLUMNS), 230 + 60 * (place / COLUMNS));
        format!("<text x=\"{x}\" y=\"{y}\" font-size=\"20\">{:2} {word}</text>\n", place + 1)
    });
    Zeroizing::new(lines.collect())
}

fn code<S: Written>(secret: &S) -> Result<QrCode> {
    QrCode::new(secret.words().as_bytes()).map_err(|error| Failure::refused("the code", error))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use relight::Blinder;

    #[test]
    fn a_page_has_the_words_and_what_they_are() {
        let blinder = Blinder::generate(&mut rand::rng());
        let page = page(&blinder, "node-1 of <example>").unwrap();
        assert!(page.contains("Relight Blinder") && page.contains("node-1 of &lt;example&gt;"));
        for (number, word) in (1..).zip(blinder.words().split(' ')) {
            assert!(page.contains(&format!("{number:2} {word}<")));
        }
        assert_eq!(page.matches("<svg").count(), 2);
        assert!(!page.contains("<?xml"));
    }

    #[test]
    fn a_code_is_square() {
        let drawn = qr(&Blinder::generate(&mut rand::rng())).unwrap();
        let widths: Vec<usize> = drawn.lines().map(|line| line.chars().count()).collect();
        assert!(widths.iter().all(|width| *width == widths[0]));
        assert_eq!(widths[0].div_ceil(2), widths.len());
    }
}
