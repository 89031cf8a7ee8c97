//! A seat at a ceremony: what lies on the board is checked, and a recipient confirms it once.

use super::ceremony::{certificate, place, short_digest};
use super::member;
use super::signer::{self, Signer};
use crate::armour::Kind;
use crate::board::{Board, Ignored};
use crate::console::Console;
use crate::failure::{Failure, Result, While};
use crate::store::Store;
use relight::dealing::{
    AgreedDealing, Ceremony, Confirmation, Confirmations, Dealing, Dealings, Evidence, Recipient, Verdict,
};
use relight::identity::Unsigned;
use relight::sharing::PartyIndex;
use relight::{DealingFault, Digest, Error};
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::ops::ControlFlow;

/// What is known of a ceremony by what lies on the board.
pub struct Seat<'a> {
    ceremony: &'a Ceremony,
    dealings: Dealings<'a>,
    confirmations: Confirmations<'a>,
    /// What was read from the board, by its path.
    seen: BTreeSet<String>,
    /// Dealings that are good in themselves, by dealer and digest.
    held: BTreeMap<(PartyIndex, Digest), Vec<u8>>,
    /// Those of them that count here: the first of each dealer.
    first: BTreeSet<(PartyIndex, Digest)>,
    confirmed: BTreeMap<PartyIndex, Vec<u8>>,
    /// Whose fault something is, with the evidence.
    pub culprits: Vec<Accused>,
    /// What does not count.
    pub ignored: Ignored,
}

/// A party that signed what it should not have.
#[derive(Clone, Debug)]
pub struct Accused {
    /// What is wrong, and whose fault it is.
    pub error: Error,
    /// What convinces others, if anything does.
    pub evidence: Option<Evidence>,
}

impl<'a> Seat<'a> {
    /// Nothing is read yet.
    pub fn new(ceremony: &'a Ceremony) -> Self {
        Self {
            ceremony,
            dealings: Dealings::new(ceremony),
            confirmations: Confirmations::new(ceremony),
            seen: BTreeSet::new(),
            held: BTreeMap::new(),
            first: BTreeSet::new(),
            confirmed: BTreeMap::new(),
            culprits: Vec::new(),
            ignored: Ignored::new(),
        }
    }

    /// Checks what is new on the board, and what the holder has kept. Nothing that is bad is a reason to stop.
    ///
    /// # Errors
    ///
    /// If the board cannot be reached.
    pub fn look(&mut self, store: Option<&Store>, board: &dyn Board, console: &Console) -> Result<()> {
        let dealings = self.new_files(store, board, Kind::Dealing)?;
        self.take_dealings(dealings, console);
        for (path, bytes) in self.new_files(store, board, Kind::Confirmation)? {
            self.take_confirmation(path, bytes);
        }
        Ok(())
    }

    /// Checks dealings that came by another way than the board.
    pub fn take_dealings(&mut self, files: Vec<(String, Vec<u8>)>, console: &Console) {
        let verdicts = verify_all(self.ceremony, &files, console);
        for ((path, bytes), verdict) in files.into_iter().zip(verdicts) {
            self.take_dealing(path, bytes, verdict);
        }
    }

    fn new_files(&mut self, store: Option<&Store>, board: &dyn Board, kind: Kind) -> Result<Vec<(String, Vec<u8>)>> {
        let findings = board.find_new(&place(self.ceremony), kind, &self.seen)?;
        // What is damaged may be whole the next time.
        self.ignored.retain(|(path, _)| findings.damaged.iter().all(|(damaged, _)| damaged != path));
        self.ignored.extend(findings.damaged);
        let mut files: Vec<_> = findings.found.into_iter().map(|found| (found.path, found.bytes)).collect();
        if let (Kind::Dealing, Some(store)) = (kind, store) {
            files.extend(kept(store, self.ceremony, &self.seen)?);
        }
        self.seen.extend(files.iter().map(|(path, _)| path.clone()));
        Ok(files)
    }

    fn take_dealing(&mut self, path: String, bytes: Vec<u8>, verdict: Verdict) {
        let name = Dealing::decode(&bytes).map(|dealing| (dealing.dealer(), dealing.digest()));
        if let (Ok(_), Ok(name)) = (verdict.result(), &name) {
            self.held.insert(*name, bytes.clone());
        }
        let Err(error) = self.dealings.record(verdict) else {
            self.first.extend(name);
            return;
        };
        self.ignore(path, &error);
        let Error::BadDealing { dealer, fault } = error else { return };
        let evidence = match fault {
            // Nobody knows who made it, or it is known already.
            DealingFault::Signature | DealingFault::Expelled => return,
            DealingFault::Equivocation => {
                let other = self.first.iter().find(|(index, _)| index.get() == dealer);
                other.and_then(|name| self.held.get(name)).map(|other| Evidence::two_dealings(other, &bytes))
            }
            _ => Some(Evidence::bad_dealing(&bytes)),
        };
        self.culprits.push(Accused { error, evidence });
    }

    fn take_confirmation(&mut self, path: String, bytes: Vec<u8>) {
        let recipient = Confirmation::decode(&bytes).map(|confirmation| confirmation.recipient());
        match (self.confirmations.receive(&bytes), recipient) {
            (Ok(()), Ok(recipient)) => _ = self.confirmed.entry(recipient).or_insert(bytes),
            (Err(error @ Error::DoubleConfirmation(_)), Ok(recipient)) => {
                let first = self.confirmed.get(&recipient);
                let evidence = first.map(|first| Evidence::two_confirmations(first, &bytes));
                self.ignore(path, &error);
                self.culprits.push(Accused { error, evidence });
            }
            (Err(error), _) | (_, Err(error)) => self.ignore(path, &error),
        }
    }

    fn ignore(&mut self, path: String, error: &Error) {
        self.ignored.push((path.clone(), Failure::protocol(path, error.clone())));
    }

    /// The ceremony.
    pub fn ceremony(&self) -> &'a Ceremony {
        self.ceremony
    }

    /// The dealings, to go on with.
    pub fn dealings(&self) -> &Dealings<'a> {
        &self.dealings
    }

    /// The confirmations.
    pub fn confirmations(&self) -> &Confirmations<'a> {
        &self.confirmations
    }

    /// The bytes of a dealing that is good in itself.
    pub fn held(&self, agreed: &AgreedDealing) -> Option<&[u8]> {
        self.held.get(&(agreed.dealer, agreed.digest)).map(Vec::as_slice)
    }

    /// Is there a certificate on the board, or what makes one?
    ///
    /// # Errors
    ///
    /// If the board cannot be reached.
    pub fn is_closed(&self, board: &dyn Board) -> Result<bool> {
        let (certificate, _) = certificate(board, self.ceremony)?;
        Ok(certificate.is_some() || self.confirmations.certificate().is_ok())
    }

    /// How many confirmations are equal, at most.
    pub fn equal(&self) -> u16 {
        match self.confirmations.certificate() {
            Err(Error::NotClosed { have, .. }) => have,
            _ => self.ceremony.quorum(),
        }
    }

    /// Dealers from whom nothing came, neither good nor bad.
    pub fn awaited(&self) -> Vec<PartyIndex> {
        let heard: BTreeSet<_> =
            self.dealings.valid().map(|one| one.dealer).chain(self.dealings.bad_dealers()).collect();
        let dealers = self.ceremony.plan().dealers.iter().map(|dealer| dealer.index);
        dealers.filter(|dealer| !heard.contains(dealer)).collect()
    }

    /// The dealings that the holder would confirm now: those that most confirmed before, if it has them all.
    pub fn proposed(&self) -> Vec<AgreedDealing> {
        let most = self.confirmations.most_confirmed().map(Confirmation::dealings);
        let counts = |agreed: &AgreedDealing| self.first.contains(&(agreed.dealer, agreed.digest));
        match most.filter(|set| set.iter().all(counts)) {
            Some(set) => set.to_vec(),
            None => self.dealings.valid().collect(),
        }
    }

    /// Confirms what is proposed, after the holder's shares are opened and checked; or posts again what it confirmed before.
    ///
    /// # Errors
    ///
    /// If the holder receives nothing here, a share does not open, or no signature comes.
    pub fn confirm(&mut self, store: &Store, board: &dyn Board, console: &Console) -> Result<(Confirmation, String)> {
        let recipient = holder(store, self.ceremony)?
            .ok_or_else(|| Failure::refused(self.ceremony.short_code(), "you are none of its recipients"))?;
        let signer = Signer::open(store, console)?;
        let name = confirmation_name(self.ceremony);
        let confirmation = signer.sign_once((store, &name), Confirmation::encode, console, || {
            let unsigned = self.unsigned(store, console, recipient)?;
            self.keep_dealings(store)?;
            Ok(unsigned)
        })?;
        let subject = recipient.index.to_string();
        let path = board.post(&place(self.ceremony), subject, Kind::Confirmation, &confirmation.encode())?;
        Ok((confirmation, path))
    }

    fn unsigned(&mut self, store: &Store, console: &Console, recipient: &Recipient) -> Result<Unsigned<Confirmation>> {
        let key = member::key(store, console, &recipient.member_key)?;
        let proposed = self.proposed();
        let most = self.confirmations.most_confirmed().filter(|most| most.dealings() == proposed);
        match most {
            Some(most) => self.dealings.confirm_like(most, recipient.index, &key),
            None => self.dealings.confirm(recipient.index, &key),
        }
        .at("your confirmation")
    }

    /// Who confirms dealings keeps them, for others who lack them.
    fn keep_dealings(&self, store: &Store) -> Result<()> {
        for agreed in self.proposed() {
            if let Some(bytes) = self.held(&agreed) {
                store.keep(&format!("{}/{}", folder(self.ceremony), hex::encode(agreed.digest)), bytes)?;
            }
        }
        Ok(())
    }
}

/// The holder among the recipients.
///
/// # Errors
///
/// If the store has no identity.
pub fn holder<'a>(store: &Store, ceremony: &'a Ceremony) -> Result<Option<&'a Recipient>> {
    let own = signer::public(store)?;
    Ok(ceremony.plan().recipients.iter().find(|recipient| recipient.identity == own))
}

/// Has the holder confirmed, or begun to with its wallet? Then it stays with that.
///
/// # Errors
///
/// If the disk refuses.
pub fn has_confirmed(store: &Store, ceremony: &Ceremony) -> Result<bool> {
    Signer::has_begun(store, &confirmation_name(ceremony))
}

fn confirmation_name(ceremony: &Ceremony) -> String {
    format!("confirmed/{}", short_digest(ceremony))
}

fn folder(ceremony: &Ceremony) -> String {
    format!("dealings/{}", short_digest(ceremony))
}

/// The dealings that the holder confirmed, and has not looked at yet.
fn kept(store: &Store, ceremony: &Ceremony, seen: &BTreeSet<String>) -> Result<Vec<(String, Vec<u8>)>> {
    let names = store.keepsakes(&folder(ceremony))?.into_iter().filter(|name| !seen.contains(name));
    names.map(|name| Ok((name.clone(), store.kept(&name)?.unwrap_or_default()))).collect()
}

/// Verifies dealings together.
fn verify_all(ceremony: &Ceremony, files: &[(String, Vec<u8>)], console: &Console) -> Vec<Verdict> {
    let bar = console.progress("Checking dealings", files.len() as u64);
    let watch = &mut |done: usize, _| {
        bar.set_position(done as u64);
        ControlFlow::<Infallible>::Continue(())
    };
    let dealings: Vec<&[u8]> = files.iter().map(|(_, bytes)| bytes.as_slice()).collect();
    let ControlFlow::Continue(verdicts) = ceremony.verify_dealings_with(&dealings, watch);
    bar.finish_and_clear();
    verdicts
}
