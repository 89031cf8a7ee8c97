//! The person in front of the program: what they are told, and what they are asked.

use crate::failure::{Failure, Result};
use crate::files;
use indicatif::{ProgressBar, ProgressStyle};
use relight_sealed::SecretString;
use std::fs::File;
use std::io::{IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;
use zeroize::Zeroizing;

//= spec/16-files.md#16-4-secrets-at-rest
//# A program MUST NOT take a secret from its arguments or its environment, where other processes can read it.
/// Where passphrases come from: never from arguments or the environment, which other processes can read.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Secrets {
    /// Read the passphrase from this open file descriptor
    #[arg(long, global = true, value_name = "FD", conflicts_with = "passphrase_file", help_heading = "Global options")]
    pub passphrase_fd: Option<i32>,
    /// Read the passphrase from the first line of this file
    #[arg(long, global = true, value_name = "FILE", help_heading = "Global options")]
    pub passphrase_file: Option<PathBuf>,
    /// Open the store with the age identity in this file
    #[arg(long, global = true, value_name = "FILE", help_heading = "Global options")]
    pub identity_file: Option<PathBuf>,
}

/// Says something beside the output.
pub(crate) fn aside(text: impl std::fmt::Display) {
    // If nobody can be told, the exit status still says it.
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// How the signature of a wallet comes, if nobody sits at the terminal: the same command is given twice.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Wallet {
    /// Write the text for your wallet to sign to this file, and stop
    #[arg(long, global = true, value_name = "FILE", help_heading = "Global options")]
    pub unsigned: Option<PathBuf>,
    /// The signature of your wallet for that text: give the same command again, with this, to finish it
    #[arg(long, global = true, value_name = "HEX", conflicts_with = "unsigned", help_heading = "Global options")]
    pub signature: Option<String>,
}

/// The terminal, if there is one.
#[derive(Clone, Debug)]
pub struct Console {
    secrets: Secrets,
    wallet: Wallet,
    /// Questions are answered with yes, and nobody is asked.
    yes: bool,
    /// Progress and colours would be in the way.
    quiet: bool,
}

impl Console {
    /// With `yes`, questions are not asked. With `quiet`, progress is not shown.
    pub fn new(secrets: Secrets, wallet: Wallet, yes: bool, quiet: bool) -> Self {
        Self { secrets, wallet, yes, quiet }
    }

    /// May what is written there be coloured? Not in a file, and not if the person asks for none.
    pub fn has_colours(&self, out: &impl IsTerminal) -> bool {
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        out.is_terminal() && !unwanted && std::env::var_os("TERM").is_none_or(|terminal| terminal != "dumb")
    }

    /// Is a program at the other end?
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Shows something to a person, beside the output that may be read by a program.
    pub fn show(&self, text: impl std::fmt::Display) {
        aside(text);
    }

    /// Asks a person. Without one, the answer is never yes.
    ///
    /// # Errors
    ///
    /// If the answer is no, or there is nobody to ask.
    pub fn confirm(&self, question: &str) -> Result<()> {
        if self.yes {
            return Ok(());
        }
        if !std::io::stdin().is_terminal() {
            return Err(Failure::refused(question, "there is nobody to ask").next("look at it, then say --yes"));
        }
        let _ = write!(std::io::stderr(), "{question} [y/N] ");
        match self.line()?.trim() {
            "y" | "Y" | "yes" => Ok(()),
            _ => Err(Failure::refused(question, "no")),
        }
    }

    /// Asks for a line.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub fn prompt(&self, question: &str) -> Result<String> {
        let _ = write!(std::io::stderr(), "{question}: ");
        Ok(self.line()?.trim().to_owned())
    }

    /// What a wallet gives back for a text: from the command line, or from the person who holds it.
    ///
    /// # Errors
    ///
    /// If the text was written to a file instead, nobody holds the wallet, or they type what is not hexadecimal.
    pub fn wallet(&self, address: impl std::fmt::Display, text: &str) -> Result<Vec<u8>> {
        let returned = match (&self.wallet.signature, &self.wallet.unsigned) {
            (Some(signature), _) => signature.clone(),
            (None, Some(path)) => return Err(leave(path, &address, text)),
            (None, None) if !std::io::stdin().is_terminal() => {
                return Err(Failure::refused(format!("a signature of {address}"), "there is nobody to ask")
                    .next("have the text written by --unsigned FILE, then come back with --signature HEX"));
            }
            (None, None) => {
                self.show(format!("Sign this text with {address}:\n{text}"));
                self.prompt("What the wallet gave back")?
            }
        };
        let returned = hex::decode(returned.trim().trim_start_matches("0x"));
        returned.map_err(|error| Failure::refused("what the wallet gave back", error))
    }

    /// Asks for something secret, that does not show.
    ///
    /// # Errors
    ///
    /// If there is nobody to ask.
    pub fn prompt_secret(&self, question: &str) -> Result<Zeroizing<String>> {
        let read = rpassword::prompt_password(format!("{question}: "));
        read.map(Zeroizing::new).map_err(|error| Failure::refused(question, error))
    }

    /// The passphrase of the store.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub fn passphrase(&self) -> Result<SecretString> {
        match self.given()? {
            Some(passphrase) => Ok(passphrase),
            None => {
                self.prompt_secret("Passphrase of the store").map(|text| SecretString::from(text.as_str().to_owned()))
            }
        }
    }

    /// A passphrase for a new store, asked for twice.
    ///
    /// # Errors
    ///
    /// If it cannot be read, is empty, or differs.
    pub fn new_passphrase(&self) -> Result<SecretString> {
        if let Some(passphrase) = self.given()? {
            return Ok(passphrase);
        }
        let first = self.prompt_secret("Passphrase for the new store")?;
        if first.is_empty() || *first != *self.prompt_secret("Once more")? {
            return Err(Failure::refused("the passphrase", "it is empty, or the two are not the same"));
        }
        Ok(SecretString::from(first.as_str().to_owned()))
    }

    /// Where the age identity is, for stores that are sealed to one.
    pub fn identity_file(&self) -> Option<&Path> {
        self.secrets.identity_file.as_deref()
    }

    /// A bar that shows itself if the work takes longer than a blink.
    pub fn progress(&self, what: &str, length: u64) -> ProgressBar {
        if self.quiet || !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new(length).with_message(what.to_owned());
        let style = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len} {eta}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.enable_steady_tick(Duration::from_millis(200));
        bar
    }

    fn given(&self) -> Result<Option<SecretString>> {
        let mut text = Zeroizing::new(String::new());
        let named = match (&self.secrets.passphrase_file, self.secrets.passphrase_fd) {
            (Some(path), _) => File::open(path).map_err(|error| Failure::file(path, error))?,
            (None, Some(descriptor)) => File::open(format!("/dev/fd/{descriptor}"))
                .map_err(|error| Failure::refused("the descriptor", error))?,
            (None, None) => return Ok(None),
        };
        let read = named.take(4096).read_to_string(&mut text);
        read.map_err(|error| Failure::refused("the passphrase", error))?;
        match text.lines().next().unwrap_or_default() {
            "" => Err(Failure::refused("the passphrase", "it is empty")),
            line => Ok(Some(SecretString::from(line.to_owned()))),
        }
    }

    fn line(&self) -> Result<String> {
        let mut line = String::new();
        let read = std::io::stdin().read_line(&mut line);
        read.map_err(|error| Failure::refused("the answer", error))?;
        Ok(line)
    }
}

/// Leaves the text for a wallet in a file.
fn leave(path: &Path, address: &dyn std::fmt::Display, text: &str) -> Failure {
    let doing = format!("a signature of {address}");
    match files::create(path, text.as_bytes()) {
        Ok(true) => Failure::refused(doing, format!("the text to sign is in {}", path.display()))
            .next("sign it with your wallet, then give the same command with --signature HEX"),
        Ok(false) => Failure::refused(path.display(), "there is such a file, and it is not overwritten"),
        Err(failure) => failure,
    }
}
