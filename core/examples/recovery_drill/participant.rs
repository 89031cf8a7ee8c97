//! One party of ceremonies, a member or a node: its secrets, and what it does with them.

use super::args::Identifiers;
use super::failure::{Result, While};
use super::files;
use super::outcome;
use super::parallel;
use super::site::{Group, Room, epoch_name, latest};
use relight::sharing::{Identifier, PartyIndex};
use relight::{
    Ceremony, Dealer, Dealings, Error, IdentityKey, KeyShare, KeySlot, MemberKey, MemberRegistration, Recipient,
};
use sha2::{Digest, Sha256};
use std::path::PathBuf;

/// The drawer in which a participant keeps its shares.
pub(crate) const SHARES: &str = "shares";

/// A participant knows its group and its place in it; the rest is in its directory and on the board.
#[derive(Clone, Debug)]
pub(crate) struct Participant {
    group: Group,
    pub(crate) index: PartyIndex,
}

impl Participant {
    pub(crate) fn new(group: Group, index: PartyIndex) -> Self {
        Self { group, index }
    }

    /// Its name, which its files also carry.
    pub(crate) fn label(&self) -> String {
        format!("{}-{:02}", self.group.noun(), self.index.get())
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
        Identifier::from_bytes(&digits).doing(self.label())
    }

    /// Its secret directory.
    pub(crate) fn home(&self) -> PathBuf {
        self.group.homes.join(self.label())
    }

    /// Makes its keys, and posts the public halves with proofs that it holds the secret ones.
    pub(crate) fn register(&self) -> Result<()> {
        let rng = &mut rand::rng();
        let (identity, key) = (IdentityKey::generate(rng), MemberKey::generate(rng));
        let registration = MemberRegistration::new(&self.group.context(), self.index, &identity, &key, rng)?;
        files::write_secret(&self.home().join("identity.key"), &identity.encode())?;
        files::write_secret(&self.home().join("member.key"), &key.encode())?;
        files::write(&self.registration_path(), &registration.encode())
    }

    /// Its registration, which anybody can check.
    pub(crate) fn registration(&self) -> Result<MemberRegistration> {
        let registration = files::decode(&self.registration_path(), MemberRegistration::decode)?;
        registration.verify(&self.group.context()).doing(format!("the registration of {}", self.label()))?;
        Ok(registration)
    }

    pub(crate) fn as_dealer(&self) -> Result<Dealer> {
        let identity = self.registration()?.identity().clone();
        Ok(Dealer { index: self.index, identity, identifier: self.identifier()? })
    }

    pub(crate) fn as_recipient(&self) -> Result<Recipient> {
        let member_key = self.registration()?.member_key().clone();
        Ok(Recipient { index: self.index, member_key, identifier: self.identifier()? })
    }

    /// Deals its part of every key of the ceremony. What it has in the drawer, if keys are not new, is what it re-shares.
    pub(crate) fn deal(&self, room: &Room, drawer: &str) -> Result<()> {
        let ceremony = files::decode(&room.ceremony_path(), Ceremony::decode)?;
        let new = ceremony.plan().keys.iter().all(|key| matches!(key, KeySlot::Generate(_)));
        let old = if new { Vec::new() } else { self.shares_in(drawer)? };
        let old: Vec<&KeyShare> = old.iter().collect();
        let dealing = ceremony.deal(self.index, &self.identity()?, &old, &mut rand::rng()).doing(self.label())?;
        files::write(&self.dealing_path(room), &dealing)
    }

    /// Checks every dealing, keeps its own shares of the sum in the drawer, drops its older ones, and posts what it makes
    /// of the ceremony. Gives back what was wrong with bad dealings.
    pub(crate) fn receive(&self, room: &Room, drawer: &str) -> Result<Vec<Error>> {
        let ceremony = files::decode(&room.ceremony_path(), Ceremony::decode)?;
        let (dealings, complaints) = take_all(&ceremony, room)?;
        let key = files::decode(&self.home().join("member.key"), MemberKey::decode)?;
        let outcome = dealings.finish(self.index, &key).doing(self.label())?;
        self.empty(drawer)?;
        self.keep_in(drawer, &outcome.shares)?;
        files::write(&room.outcomes().join(self.label()), &outcome::encode(&outcome.public))?;
        Ok(complaints)
    }

    /// Keeps shares, one file each.
    pub(crate) fn keep(&self, shares: &[KeyShare]) -> Result<()> {
        self.keep_in(SHARES, shares)
    }

    fn keep_in(&self, drawer: &str, shares: &[KeyShare]) -> Result<()> {
        shares.iter().enumerate().try_for_each(|(place, share)| {
            let path = self.home().join(drawer).join(epoch_name(share.epoch()));
            files::write_secret(&path.join(format!("key-{:02}.share", place + 1)), &share.encode())
        })
    }

    /// Its shares of the latest epoch, in the order of the keys.
    pub(crate) fn shares(&self) -> Result<Vec<KeyShare>> {
        self.shares_in(SHARES)
    }

    pub(crate) fn shares_in(&self, drawer: &str) -> Result<Vec<KeyShare>> {
        let paths = files::list(&latest(&self.home().join(drawer))?)?;
        paths.iter().map(|path| files::decode(path, KeyShare::decode)).collect()
    }

    pub(crate) fn empty(&self, drawer: &str) -> Result<()> {
        files::remove(&self.home().join(drawer))
    }

    pub(crate) fn identity(&self) -> Result<IdentityKey> {
        files::decode(&self.home().join("identity.key"), IdentityKey::decode)
    }

    pub(crate) fn registration_path(&self) -> PathBuf {
        self.group.board.join("registrations").join(self.label())
    }

    pub(crate) fn dealing_path(&self, room: &Room) -> PathBuf {
        room.dealings().join(self.label())
    }
}

/// Checks all dealings that are posted, and takes the good ones. Bad ones are no reason to stop: what was wrong with
/// them comes second.
pub(crate) fn take_all<'a>(ceremony: &'a Ceremony, room: &Room) -> Result<(Dealings<'a>, Vec<Error>)> {
    let paths = files::list(&room.dealings())?;
    let verdicts = parallel::map(&paths, |path| Ok(ceremony.verify_dealing(&files::read(path)?)), |_| ())?;
    let (mut dealings, mut complaints) = (Dealings::new(ceremony), Vec::new());
    for (path, verdict) in paths.iter().zip(verdicts) {
        match dealings.record(verdict) {
            Err(error @ Error::BadDealing { .. }) => complaints.push(error),
            other => other.doing(path.display())?,
        }
    }
    Ok((dealings, complaints))
}
