//! One party of ceremonies, a member or a node: its secrets, and what it does with them.

use super::failure::{Result, While};
use super::files;
use super::outcome;
use super::parallel;
use super::site::{Group, Room, epoch_name, latest};
use relight::sharing::Identifier;
use relight::{Ceremony, Dealings, Error, IdentityKey, KeyShare, KeySlot, MemberKey, MemberRegistration};
use std::path::PathBuf;

/// A participant knows its group and its place in it; the rest is in its directory and on the board.
#[derive(Clone, Debug)]
pub(crate) struct Participant {
    group: Group,
    pub(crate) index: Identifier,
}

impl Participant {
    pub(crate) fn new(group: Group, index: Identifier) -> Self {
        Self { group, index }
    }

    /// Its name, which its files also carry.
    pub(crate) fn label(&self) -> String {
        format!("{}-{:02}", self.group.noun(), self.index.get())
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

    /// Deals its part of every key of the ceremony. Its old shares are what it re-shares.
    pub(crate) fn deal(&self, room: &Room) -> Result<()> {
        let ceremony = files::decode(&room.ceremony_path(), Ceremony::decode)?;
        let reshares = ceremony.plan().keys.iter().any(|key| matches!(key, KeySlot::Reshare(_)));
        let old = if reshares { self.shares()? } else { Vec::new() };
        let old: Vec<&KeyShare> = old.iter().collect();
        let dealing = ceremony.deal(self.index, &self.identity()?, &old, &mut rand::rng()).doing(self.label())?;
        files::write(&self.dealing_path(room), &dealing)
    }

    /// Checks every dealing, keeps its own shares of the sum, drops its older ones, and posts what it makes of the
    /// ceremony. Gives back what was wrong with bad dealings.
    pub(crate) fn receive(&self, room: &Room) -> Result<Vec<Error>> {
        let ceremony = files::decode(&room.ceremony_path(), Ceremony::decode)?;
        let (dealings, complaints) = take_all(&ceremony, room)?;
        let key = files::decode(&self.home().join("member.key"), MemberKey::decode)?;
        let outcome = dealings.finish(self.index, &key).doing(self.label())?;
        files::remove(&self.home().join("shares"))?;
        self.keep(&outcome.shares)?;
        files::write(&room.outcomes().join(self.label()), &outcome::encode(&outcome.public))?;
        Ok(complaints)
    }

    /// Keeps shares, one file each.
    pub(crate) fn keep(&self, shares: &[KeyShare]) -> Result<()> {
        shares.iter().enumerate().try_for_each(|(place, share)| {
            let path = self.home().join("shares").join(epoch_name(share.epoch()));
            files::write_secret(&path.join(format!("key-{:02}.share", place + 1)), &share.encode())
        })
    }

    /// Its shares of the latest epoch, in the order of the keys.
    pub(crate) fn shares(&self) -> Result<Vec<KeyShare>> {
        let paths = files::list(&latest(&self.home().join("shares"))?)?;
        paths.iter().map(|path| files::decode(path, KeyShare::decode)).collect()
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
