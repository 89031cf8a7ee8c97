//! A dealer: it deals once in a ceremony.

use super::ceremony::{check_registrations, place, short_digest};
use super::signer::{self, Signer};
use super::{drawer, member};
use crate::armour::Kind;
use crate::board::Board;
use crate::console::Console;
use crate::failure::{Failure, Result, While};
use crate::store::Store;
use relight::dealing::{Ceremony, Dealer, Dealing, Keys};
use relight::sharing::VssCommitment;
use relight::{KeyShare, MemberKey};

/// The holder among the dealers.
///
/// # Errors
///
/// If the store has no identity.
pub fn holder<'a>(store: &Store, ceremony: &'a Ceremony) -> Result<Option<&'a Dealer>> {
    let own = signer::public(store)?;
    Ok(ceremony.plan().dealers.iter().find(|dealer| dealer.identity == own))
}

/// Deals, in a ceremony that the holder accepted, and posts the dealing; or posts again what it dealt before.
///
/// # Errors
///
/// If the holder does not deal here, lacks an old share, or no signature comes.
pub fn deal(store: &Store, board: &dyn Board, console: &Console, ceremony: &Ceremony) -> Result<(Dealing, String)> {
    let dealer = holder(store, ceremony)?
        .ok_or_else(|| Failure::refused(ceremony.short_code(), "you are none of its dealers"))?;
    let name = format!("dealt/{}", short_digest(ceremony));
    let signer = Signer::open(store, console)?;
    let dealing = signer.sign_once((store, &name), Dealing::encode, console, || {
        check_registrations(board, ceremony)?;
        let (key, kept) = (hedge(store, console)?, drawer::all(store, console)?);
        let old = old_shares(ceremony, dealer, &kept)?;
        ceremony.deal_unsigned(dealer.index, &key, &old, &mut rand::rng()).at("your dealing")
    })?;
    let path = board.post(&place(ceremony), dealer.index.to_string(), Kind::Dealing, &dealing.encode())?;
    Ok((dealing, path))
}

/// A member key is one more thing that randomness is hedged with.
fn hedge(store: &Store, console: &Console) -> Result<MemberKey> {
    let last = member::registrations(store)?.pop();
    let last = last.ok_or_else(|| Failure::refused("your member key", "you have not registered"))?;
    member::key(store, console, last.member_key())
}

/// The holder's shares of the keys that are dealt anew, in their order.
fn old_shares<'a>(ceremony: &Ceremony, dealer: &Dealer, kept: &'a [(String, KeyShare)]) -> Result<Vec<&'a KeyShare>> {
    let old = old_commitments(ceremony).into_iter();
    old.map(|commitment| drawer::find(kept, commitment, &dealer.identifier)).collect()
}

/// The sharings that a ceremony deals anew.
pub fn old_commitments(ceremony: &Ceremony) -> Vec<&VssCommitment> {
    match &ceremony.plan().keys {
        Keys::Generate(_) => Vec::new(),
        Keys::Reshare(keys) => keys.iter().map(|key| &key.commitment).collect(),
        Keys::HandOver(keys) => keys.iter().collect(),
    }
}
