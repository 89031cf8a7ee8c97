//! `relight identity`: who signs, a key in the store or a wallet.

use crate::answer::Answer;
use crate::armour::{Kind, armour};
use crate::desk::Desk;
use crate::failure::{Failure, Result, While};
use crate::files;
use crate::roles::{self, Signer};
use clap::Subcommand;
use relight::identity::{IdentityKey, IdentityPublicKey};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Your identity, which signs all that you say
#[derive(Debug, Subcommand)]
pub enum Identity {
    /// Make an identity key in your store
    #[command(after_help = "Example:\n  relight identity new")]
    New,
    /// Use an existing key: a secret object in a file, or in hexadecimal, for which you are asked
    #[command(after_help = "Example:\n  relight identity import ada.identity-key")]
    Import {
        /// The file
        file: Option<PathBuf>,
    },
    /// Use a wallet: you are shown a text to sign, and asked for the signature
    #[command(after_help = "Examples:
  relight identity wallet 0x52908400098527886E0F7030069857D2E4169EE7
  relight identity wallet 0x52908400098527886E0F7030069857D2E4169EE7 --unsigned introduction.txt
  relight identity wallet 0x52908400098527886E0F7030069857D2E4169EE7 --signature 5d99b6f7...1c")]
    Wallet {
        /// The wallet's address
        address: String,
    },
    /// Show who you are
    #[command(after_help = "Example:\n  relight identity show")]
    Show,
}

impl Identity {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::New => show(&Signer::generate(&desk.store()?)?.public()),
            Self::Import { file } => import(desk, file.as_deref()),
            Self::Wallet { address } => wallet(desk, &address),
            Self::Show => show(&Signer::open(&desk.store()?, &desk.console)?.public()),
        }
    }
}

fn import(desk: &Desk, file: Option<&Path>) -> Result<Answer> {
    let (store, name) = (desk.store()?, "the secret");
    let key = match file {
        Some(path) => IdentityKey::decode(&Zeroizing::new(files::read(path)?)).at(path.display())?,
        None => {
            let typed = desk.console.prompt_secret("The identity key, in hexadecimal")?;
            let bytes = hex::decode(typed.trim()).map(Zeroizing::new);
            IdentityKey::decode(&bytes.map_err(|error| Failure::refused(name, error))?).at(name)?
        }
    };
    show(&Signer::import(&store, key)?.public())
}

fn wallet(desk: &Desk, address: &str) -> Result<Answer> {
    let known = roles::address(address);
    let known = known.ok_or_else(|| Failure::refused(address, "an address has 40 hexadecimal digits"))?;
    show(&Signer::introduce_wallet(&desk.store()?, &desk.console, known)?.public())
}

fn show(public: &IdentityPublicKey) -> Result<Answer> {
    let bytes = public.to_bytes();
    Ok(Answer::default()
        .say("address", public.address())
        .say("public_key", hex::encode(&bytes))
        .line(armour(Kind::Identity, &bytes)?))
}
