//! One party of ceremonies, a member or a node: who it is, and where its things are.

use super::args::Identifiers;
use super::claims::claim;
use super::person::Person;
use super::site::Group;
use super::wallet::Wallet;
use crate::desk::Desk;
use crate::failure::{Result, While};
use crate::files;
use crate::roles::ceremony::{self, Code};
use crate::roles::members::Seat;
use crate::roles::plan::Sharing;
use crate::roles::{drawer, member};
use relight::KeyShare;
use relight::dealing::Ceremony;
use relight::registration::MemberRegistration;
use relight::sharing::{Identifier, PartyIndex};
use sha2::{Digest, Sha256};
use std::ops::Deref;
use std::path::PathBuf;
use zeroize::Zeroizing;

/// A dealing that did not come by the board: by what name it came, and its bytes.
pub(crate) type Letter = (String, Vec<u8>);

/// A participant is a person with a place in a group.
#[derive(Clone, Debug)]
pub(crate) struct Participant {
    group: Group,
    pub(crate) index: PartyIndex,
    person: Person,
}

impl Deref for Participant {
    type Target = Person;

    fn deref(&self) -> &Person {
        &self.person
    }
}

impl Participant {
    pub(crate) fn new(group: Group, index: PartyIndex, person: Person) -> Self {
        Self { group, index, person }
    }

    /// The same one at another store.
    pub(crate) fn moved(&self, path: &str) -> Self {
        Self { person: self.person.at(path), ..self.clone() }
    }

    /// What many like it are called.
    pub(crate) fn plural(&self) -> &'static str {
        self.group.plural()
    }

    /// Where its shares lie, unless it joined later.
    pub(crate) fn identifier(&self) -> Result<Identifier> {
        match self.group.identifiers {
            Identifiers::Numbers => Ok(self.index.into()),
            Identifiers::Names => self.identifier_from_name(),
        }
    }

    /// The hash of its name, a number of 256 bits.
    pub(crate) fn identifier_from_name(&self) -> Result<Identifier> {
        let hash = Sha256::digest(self.label());
        let digits: Vec<u8> = hash.iter().copied().skip_while(|byte| *byte == 0).collect();
        Identifier::from_bytes(&digits).at(self.label())
    }

    /// How a planner names it.
    pub(crate) fn seat(&self) -> Result<Seat> {
        Ok(Seat::new(self.index, Some(self.identifier()?)))
    }

    /// Registers with its group.
    pub(crate) fn register(&self) -> Result<MemberRegistration> {
        self.does(|desk| self.sign_up(desk))
    }

    /// Tries to register with a wallet that may not be its own.
    pub(crate) fn register_with(&self, wallet: &Wallet) -> Result<MemberRegistration> {
        self.with(wallet, |desk| self.sign_up(desk))
    }

    fn sign_up(&self, desk: &Desk) -> Result<MemberRegistration> {
        let place = (self.group.name(), self.index);
        member::register(&desk.store()?, &*desk.board()?, &desk.console, place)
    }

    /// Finds a plan by the code that it was told, checks it, and accepts it.
    pub(crate) fn accept(&self, told: &Ceremony) -> Result<()> {
        let (desk, code) = (self.desk(), Code::Short(told.short_code()));
        let (store, board) = (desk.store()?, desk.board()?);
        let ceremony = ceremony::find(Some(&store), &*board, &code)?;
        claim(ceremony.digest() == told.digest(), "the plan on the board is the one that all agreed on")?;
        ceremony::check_registrations(&*board, &ceremony)?;
        ceremony::accept(&store, &ceremony)
    }

    /// Its shares, in the order of the keys.
    pub(crate) fn shares(&self) -> Result<Vec<KeyShare>> {
        let (desk, store) = (self.desk(), self.store()?);
        drawer::of_set(&store, &desk.console, &drawer::choose(&store, None)?)
    }

    /// Its shares of a sharing in their encoding, to see whether they have changed.
    pub(crate) fn holding(&self, sharing: &Sharing) -> Result<Vec<Zeroizing<Vec<u8>>>> {
        let [holder] = &sharing.choose(Some(&[self.index]))?[..] else { return Ok(Vec::new()) };
        let kept = drawer::all(&self.store()?, &self.desk().console)?;
        let shares = sharing.keys.iter().map(|key| drawer::find(&kept, key, &holder.identifier));
        shares.map(|share| Ok(share?.encode())).collect()
    }

    /// The dealings that were sent to it alone.
    pub(crate) fn letters(&self) -> Result<Vec<Letter>> {
        let names = files::names(&self.mail())?.into_iter().map(|name| self.mail().join(name));
        names.map(|path| Ok((path.display().to_string(), files::read(&path)?))).collect()
    }

    /// Where they lie.
    pub(crate) fn mail(&self) -> PathBuf {
        self.group.mail().join(self.label())
    }
}

/// What all of them hold of a sharing.
pub(crate) fn holdings(parties: &[Participant], sharing: &Sharing) -> Result<Vec<Vec<Zeroizing<Vec<u8>>>>> {
    parties.iter().map(|one| one.holding(sharing)).collect()
}
