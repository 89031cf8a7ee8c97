//! The member whose identity is an account of a wallet.

use super::claims::{claim, refused};
use super::participant::Participant;
use super::story::Story;
use super::wallet::Wallet;
use crate::failure::{Failure, Result};
use relight::{Error, WalletFault, identity::IdentityPublicKey};

/// What a wallet is shown when it signs.
const PURPOSE: &str = "purpose: ";

/// The member has no identity key in its store. Its wallet is asked for what every signature begins with.
pub(crate) fn open(story: &mut Story<'_>, member: &Participant) -> Result<()> {
    let wallet = Wallet::create(&member.wallet_folder())?;
    story.say(format!("{} keeps its identity in a wallet: {}", member.label(), wallet.address()))
}

/// No other account can sign for it.
pub(crate) fn sign_with_another(story: &mut Story<'_>, member: &Participant) -> Result<()> {
    story.mishap(format!("the wallet of {} is set to another account when it is to sign", member.label()))?;
    let other = Wallet::create(&member.wallet_folder().join("another"))?;
    let expected = Error::WalletSignature(WalletFault::Signer(other.address()));
    let reason = refused(member.register_with(&other), &expected)?;
    story.caught(format!("{}: {reason}", member.label()))
}

/// The public key that was recovered belongs to the account.
pub(crate) fn compare(story: &mut Story<'_>, member: &Participant) -> Result<()> {
    let wallet = account(member)?;
    claim(member.identity()?.address() == wallet.address(), "the identity in the store is that of the wallet")?;
    story.say("for its registration, as for all that follows, the wallet has shown it a text:")?;
    let text = IdentityPublicKey::introduction(member.label().as_bytes());
    let last = wallet.signed()?.replacen(&text, "", 1);
    last.trim().lines().try_for_each(|line| story.say(format!("│ {line}")))
}

/// A wallet is enough for everything that a member signs.
pub(crate) fn review(story: &mut Story<'_>, member: &Participant) -> Result<()> {
    let signed = account(member)?.signed()?;
    let purposes: Vec<&str> = signed.lines().filter_map(|line| line.strip_prefix(PURPOSE)).collect();
    let texts = purposes.len();
    let all = ["member-registration", "dealing", "confirmation", "response"];
    claim(all.iter().all(|purpose| purposes.contains(purpose)), "the wallet has signed for every purpose")?;
    story.check(format!("the wallet of {} has signed {texts} texts, for {}", member.label(), all.join(", ")))
}

fn account(member: &Participant) -> Result<Wallet> {
    member.wallet()?.ok_or_else(|| Failure::because(format!("{} has no wallet", member.label())))
}
