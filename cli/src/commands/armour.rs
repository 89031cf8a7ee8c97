//! `relight armour` and `relight bare`: an object as text, and as it is.

use super::out;
use crate::answer::Answer;
use crate::armour::{Kind, armour, kind_of, strip};
use crate::desk::Desk;
use crate::failure::{Failure, Result};
use crate::files;
use clap::Args;
use std::path::{Path, PathBuf};

/// Show a public object as text, which survives mail and chat
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  relight armour board/requests/network.0f1e.request-draft\n  \
                        relight armour roster.bin --kind roster --out roster.txt")]
pub struct Armour {
    /// The object, in either form
    file: PathBuf,
    /// What it is, if the end of its name does not say so
    #[arg(long, value_parser = kind)]
    kind: Option<Kind>,
    /// Write the text to this file
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Write an object that came as text to a file, as it is
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  relight bare roster.txt --out roster.bin")]
pub struct Bare {
    /// The text
    file: PathBuf,
    /// The file to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl Armour {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        let kind = match self.kind.or_else(|| by_name(&self.file)) {
            Some(kind) => kind,
            None => text_kind(&self.file)?,
        };
        let text = armour(kind, &desk.bytes(kind, &self.file)?)?;
        match self.out {
            Some(path) => out::write(&path, &text).map(|()| Answer::default().say("written", path.display())),
            None => Ok(Answer::new(text.trim_end()).fact("armour", text)),
        }
    }
}

impl Bare {
    pub(super) fn run(self) -> Result<Answer> {
        let kind = text_kind(&self.file)?;
        out::write(&self.out, strip(kind, files::read(&self.file)?)?)?;
        Ok(Answer::default().say("kind", kind).say("written", self.out.display()))
    }
}

fn text_kind(path: &Path) -> Result<Kind> {
    kind_of(&files::read(path)?).ok_or_else(|| {
        Failure::refused(path.display(), "it does not say what it is").next("say it: --kind request, for example")
    })
}

fn by_name(path: &Path) -> Option<Kind> {
    path.extension().and_then(|end| kind(end.to_str()?).ok())
}

fn kind(name: &str) -> std::result::Result<Kind, String> {
    let found = Kind::ALL.iter().find(|kind| kind.extension() == name);
    found.copied().ok_or_else(|| {
        let names: Vec<String> = Kind::ALL.iter().map(|kind| kind.extension()).collect();
        format!("there are {}", names.join(", "))
    })
}
