//! `relight paper`: secrets as words on paper, and back.

use super::out;
use crate::answer::Answer;
use crate::armour::Kind;
use crate::desk::Desk;
use crate::failure::{Failure, Result, While};
use crate::files;
use crate::paper::{self, Written};
use crate::roles::Signer;
use crate::store;
use clap::{Args, Subcommand};
use relight::identity::{IdentityKey, IdentityPublicKey};
use relight::registration::BlinderRegistration;
use relight::{Blinder, BlinderPublicKey};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Secrets as 24 words on paper, and back
#[derive(Debug, Subcommand)]
pub enum Paper {
    /// Show the words of a secret, with a QR code
    #[command(after_help = "Example:\n  relight paper write blinder node-1 --svg page.svg")]
    Write {
        #[command(flatten)]
        what: What,
        /// Write a page to print, instead of showing the words
        #[arg(long, value_name = "FILE")]
        svg: Option<PathBuf>,
    },
    /// Read words back into your store; a single mistake is found and named
    #[command(after_help = "Example:\n  relight paper read blinder node-1 --against node-1.blinder-registration")]
    Read {
        #[command(flatten)]
        what: What,
        /// The registration of the Blinder, or the public half of the identity
        #[arg(long, value_name = "FILE")]
        against: PathBuf,
        /// Read the words from this file; without it you are asked
        #[arg(long, value_name = "FILE")]
        words: Option<PathBuf>,
    },
}

/// A secret of the store.
#[derive(Debug, Args)]
pub struct What {
    /// Which secret
    #[arg(value_enum)]
    what: Secret,
    /// The node whose Blinder it is
    #[arg(required_if_eq("what", "blinder"))]
    node: Option<String>,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Secret {
    Blinder,
    Identity,
}

impl Paper {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::Write { what, svg } => what.write(desk, svg.as_deref()),
            Self::Read { what, against, words } => what.read(desk, &against, words.as_deref()),
        }
    }
}

impl What {
    fn write(&self, desk: &Desk, svg: Option<&Path>) -> Result<Answer> {
        let store = desk.store()?;
        let secret = store.secret(&self.name(), &desk.console)?;
        match self.what {
            Secret::Blinder => self.put(desk, &Blinder::decode(&secret).at(self.name())?, svg),
            Secret::Identity => self.put(desk, &IdentityKey::decode(&secret).at(self.name())?, svg),
        }
    }

    fn put<S: Written>(&self, desk: &Desk, secret: &S, svg: Option<&Path>) -> Result<Answer> {
        let Some(path) = svg else {
            desk.console.show(format!("{}\n{}", *paper::qr(secret)?, *secret.words()));
            return Ok(Answer::new("Write the words down, number them, and read them back once: relight paper read."));
        };
        out::write(path, paper::page(secret, &self.title())?.as_bytes())?;
        let advice = "Print it, then remove the file: it holds the secret in the clear.";
        Ok(Answer::default().say("page", path.display()).line(advice))
    }

    fn read(&self, desk: &Desk, against: &Path, words: Option<&Path>) -> Result<Answer> {
        let words = match words {
            Some(path) => text(path)?,
            None => desk.console.prompt_secret("The words, with spaces between them")?,
        };
        match self.what {
            Secret::Blinder => {
                let (secret, mistake) = paper::read::<Blinder>(&words, &self.blinder(desk, against)?)?;
                desk.store()?.reseal(&self.name(), &secret.encode())?;
                Ok(self.back(mistake))
            }
            Secret::Identity => {
                let public = desk.object(Kind::Identity, against, IdentityPublicKey::from_bytes)?;
                let (secret, mistake) = paper::read::<IdentityKey>(&words, &public)?;
                Signer::restore(&desk.store()?, secret)?;
                Ok(self.back(mistake))
            }
        }
    }

    fn blinder(&self, desk: &Desk, against: &Path) -> Result<BlinderPublicKey> {
        let registration = desk.object(Kind::BlinderRegistration, against, BlinderRegistration::decode)?;
        if registration.node() != self.node.as_deref().unwrap_or_default().as_bytes() {
            return Err(Failure::refused(against.display(), "it registers the Blinder of another node"));
        }
        // A forged one does no harm: no words fit it.
        Ok(registration.claimed_blinder().clone())
    }

    fn back(&self, mistake: Option<paper::Mistake>) -> Answer {
        let answer = Answer::new(format!("The {} is in your store.", self.title()));
        match mistake {
            None => answer.fact("mistake", None::<String>),
            Some(mistake) => answer.say("mistake", mistake).line("Correct the paper."),
        }
    }

    /// Its name in the store.
    fn name(&self) -> String {
        match self.what {
            Secret::Blinder => store::path("blinders", self.node.as_deref().unwrap_or_default().as_bytes()),
            Secret::Identity => "identity".to_owned(),
        }
    }

    fn title(&self) -> String {
        match self.what {
            Secret::Blinder => format!("Blinder of {}", self.node.as_deref().unwrap_or_default()),
            Secret::Identity => "identity key".to_owned(),
        }
    }
}

fn text(path: &Path) -> Result<Zeroizing<String>> {
    let bytes = Zeroizing::new(files::read(path)?);
    let text = std::str::from_utf8(&bytes).map_err(|error| Failure::refused(path.display(), error))?;
    Ok(Zeroizing::new(text.to_owned()))
}
