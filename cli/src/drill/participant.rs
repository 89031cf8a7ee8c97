//! One party of ceremonies, a member or a node: its secrets, and what it does with them.

use super::args::Identifiers;
use super::claims::claim;
use super::files;
use super::signer::Signer;
use super::site::{Group, Room, epoch_name, latest};
use crate::failure::{Result, While};
use relight::sharing::{Identifier, PartyIndex};
use relight::{
    KeyShare, MemberKey,
    dealing::{Ceremony, Dealer, Dealing, Keys, Recipient},
    registration::MemberRegistration,
};
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use zeroize::Zeroizing;

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
        Identifier::from_bytes(&digits).at(self.label())
    }

    /// Its secret directory.
    pub(crate) fn home(&self) -> PathBuf {
        self.group.homes.join(self.label())
    }

    /// Makes its keys, and posts the public halves with proofs that it holds the secret ones.
    pub(crate) fn register(&self) -> Result<()> {
        let (rng, context) = (&mut rand::rng(), self.group.context());
        let (signer, key) = (Signer::set_up(&self.home(), &context)?, MemberKey::generate(rng));
        files::write_secret(&self.key_path(), &key.encode())?;
        let unsigned = MemberRegistration::first(&context, self.index, &signer.public(), &key, rng)?;
        files::write(&self.registration_path(), &signer.sign(unsigned)?.encode())
    }

    /// Its registration, which anybody can check.
    pub(crate) fn registration(&self) -> Result<MemberRegistration> {
        let registration = files::decode(&self.registration_path(), MemberRegistration::decode)?;
        registration.verify(&self.group.context()).at(format!("the registration of {}", self.label()))?;
        Ok(registration)
    }

    pub(crate) fn as_dealer(&self) -> Result<Dealer> {
        let identity = self.registration()?.identity().clone();
        Ok(Dealer { index: self.index, identity, identifier: self.identifier()? })
    }

    pub(crate) fn as_recipient(&self) -> Result<Recipient> {
        let registration = self.registration()?;
        let (identity, member_key) = (registration.identity().clone(), registration.member_key().clone());
        Ok(Recipient { index: self.index, identity, member_key, identifier: self.identifier()? })
    }

    /// Deals its part of every key of the ceremony, and posts that for everybody. It deals once in a ceremony.
    pub(crate) fn deal(&self, room: &Room, drawer: &str) -> Result<()> {
        let ceremony = files::decode(&room.ceremony_path(), Ceremony::decode)?;
        let seen = self.home().join("ceremonies").join(ceremony.digest().to_string());
        claim(!seen.exists(), format!("{} has never seen this ceremony", self.label()))?;
        files::write(&seen, &[])?;
        files::write(&self.dealing_path(room), &self.make_dealing(&ceremony, drawer)?.encode())
    }

    /// What it has in the drawer, if keys are not new, is what it re-shares.
    pub(crate) fn make_dealing(&self, ceremony: &Ceremony, drawer: &str) -> Result<Dealing> {
        let new = matches!(ceremony.plan().keys, Keys::Generate(_));
        let old = if new { Vec::new() } else { self.shares_in(drawer)? };
        self.signer()?.deal(ceremony, self.index, &self.member_key()?, &old.iter().collect::<Vec<_>>())
    }

    /// Keeps shares, one file each.
    pub(crate) fn keep(&self, shares: &[KeyShare]) -> Result<()> {
        self.keep_in(SHARES, shares)
    }

    pub(crate) fn keep_in(&self, drawer: &str, shares: &[KeyShare]) -> Result<()> {
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

    /// The files of its shares, to see whether they have changed.
    pub(crate) fn encoded_shares(&self) -> Result<Vec<Zeroizing<Vec<u8>>>> {
        Ok(self.shares()?.iter().map(KeyShare::encode).collect())
    }

    pub(crate) fn empty(&self, drawer: &str) -> Result<()> {
        files::remove(&self.home().join(drawer))
    }

    pub(crate) fn signer(&self) -> Result<Signer> {
        Signer::open(&self.home())
    }

    pub(crate) fn member_key(&self) -> Result<MemberKey> {
        files::decode(&self.key_path(), MemberKey::decode)
    }

    fn key_path(&self) -> PathBuf {
        self.home().join("member.key")
    }

    pub(crate) fn registration_path(&self) -> PathBuf {
        self.group.board.join("registrations").join(self.label())
    }

    pub(crate) fn dealing_path(&self, room: &Room) -> PathBuf {
        room.dealings().join(self.label())
    }

    /// Where dealings lie that were sent to it alone.
    pub(crate) fn mail(&self) -> PathBuf {
        self.home().join("mail")
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
