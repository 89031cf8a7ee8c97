//! `relight identity`: who signs, a key in the store or a wallet.

use crate::answer::Answer;
use crate::armour::{Kind, armour};
use crate::desk::Desk;
use crate::failure::{Failure, Result, While};
use crate::roles::Signer;
use clap::Subcommand;
use relight::identity::{Address, IdentityPublicKey};

/// Your identity, which signs all that you say
#[derive(Debug, Subcommand)]
pub enum Identity {
    /// Make an identity key in your store
    #[command(after_help = "Example:\n  relight identity new")]
    New,
    /// Use a wallet: prints a text to sign, and takes what the wallet gives back
    #[command(after_help = "Example:\n  relight identity wallet 0x52908400098527886E0F7030069857D2E4169EE7")]
    Wallet {
        /// The wallet's address
        address: String,
        /// What the wallet gave back, in hexadecimal; without it you are asked
        #[arg(long, value_name = "HEX")]
        signature: Option<String>,
    },
    /// Show who you are
    #[command(after_help = "Example:\n  relight identity show")]
    Show,
}

impl Identity {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::New => show(&Signer::generate(&desk.store()?)?.public()),
            Self::Wallet { address, signature } => wallet(desk, &address, signature),
            Self::Show => show(&Signer::open(&desk.store()?, &desk.console)?.public()),
        }
    }
}

fn wallet(desk: &Desk, address: &str, signature: Option<String>) -> Result<Answer> {
    let store = desk.store()?;
    let bytes = hex::decode(address.trim_start_matches("0x")).ok().and_then(|bytes| bytes.try_into().ok());
    let bytes = bytes.ok_or_else(|| Failure::refused(address, "an address has 40 hexadecimal digits"))?;
    let context = store.name().as_bytes().to_vec();
    let returned = match signature {
        Some(signature) => signature,
        None => {
            desk.console.show(format!("Sign this text with {address}:\n{}", IdentityPublicKey::introduction(&context)));
            desk.console.prompt("What the wallet gave back")?
        }
    };
    let returned = hex::decode(returned.trim().trim_start_matches("0x"));
    let returned = returned.map_err(|error| Failure::refused("what the wallet gave back", error))?;
    let public = IdentityPublicKey::introduce(&context, Some(Address(bytes)), &returned).at("the wallet")?;
    Signer::name_wallet(&store, &public)?;
    show(&public)
}

fn show(public: &IdentityPublicKey) -> Result<Answer> {
    let bytes = public.to_bytes();
    Ok(Answer::default()
        .say("address", public.address())
        .say("public_key", hex::encode(&bytes))
        .line(armour(Kind::Identity, &bytes)?))
}
