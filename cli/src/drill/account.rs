//! The member whose identity is an account of a wallet.

use super::claims::{claim, refused};
use super::participant::Participant;
use super::site::Group;
use super::story::Story;
use super::wallet::Wallet;
use crate::failure::{Failure, Result, While};
use relight::{
    Error, MemberKey, WalletFault,
    identity::{Address, IdentityPublicKey},
    registration::MemberRegistration,
};

/// What a wallet is shown when it signs.
const PURPOSE: &str = "purpose: ";

/// The member has no identity key in a file. Its wallet is asked for what every signature begins with.
pub(crate) fn open(story: &mut Story<'_>, member: &Participant) -> Result<()> {
    let wallet = Wallet::create(&member.home())?;
    let address = Address(wallet.address());
    story.say(format!("{} keeps its identity in a wallet: {address}", member.label()))
}

/// The public key that was recovered belongs to the account, and no other account can sign for it.
pub(crate) fn compare(story: &mut Story<'_>, group: &Group, member: &Participant) -> Result<()> {
    let (wallet, identity) = (account(member)?, member.registration()?.identity().clone());
    claim(identity.address() == Address(wallet.address()), "the registered identity is that of the wallet")?;
    story.say("for its registration, as for all that follows, the wallet has shown it a text:")?;
    let text = IdentityPublicKey::introduction(&group.context());
    let last = wallet.signed()?.replacen(&text, "", 1);
    last.trim().lines().try_for_each(|line| story.say(format!("│ {line}")))?;
    sign_with_another(story, group, member, &identity)
}

fn sign_with_another(
    story: &mut Story<'_>,
    group: &Group,
    member: &Participant,
    identity: &IdentityPublicKey,
) -> Result<()> {
    story.mishap(format!("the wallet of {} is set to another account when it is to sign", member.label()))?;
    let other = Wallet::create(&member.home().join("another"))?;
    let key = MemberKey::generate(&mut rand::rng());
    let unsigned = MemberRegistration::first(&group.context(), member.index, identity, &key, &mut rand::rng())?;
    let returned = other.sign(&unsigned.wallet_text())?;
    let expected = Error::WalletSignature(WalletFault::Signer(Address(other.address())));
    let reason = refused(unsigned.complete(&returned).at(member.label()), &expected)?;
    story.caught(format!("{}: {reason}", member.label()))
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
    Wallet::open(&member.home())?.ok_or_else(|| Failure::because(format!("{} has no wallet", member.label())))
}
