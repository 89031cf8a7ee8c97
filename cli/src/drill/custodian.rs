//! The custodian: it takes the word of nobody, checks every backup, and knows whether the network could be restored.

use super::backups;
use super::claims::claim;
use super::files;
use super::outcome;
use super::participant::Participant;
use super::site::{Group, Site, epoch_name, epoch_of, latest};
use crate::failure::{Failure, Result, While};
use relight::sharing::VssCommitment;
use relight::{
    Backup,
    coverage::{Coverage, FormerEpoch, Network},
    dealing::{Ceremony, Certificate},
};
use std::path::PathBuf;

/// The custodian of one network's backups.
pub(crate) struct Custodian<'a> {
    site: &'a Site,
    group: Group,
}

impl<'a> Custodian<'a> {
    pub(crate) fn new(site: &'a Site, group: Group) -> Self {
        Self { site, group }
    }

    /// Takes down what the last ceremony came to, if its certificate vouches for that. It has seen no dealing.
    pub(crate) fn learn(&self) -> Result<()> {
        let (room, ceremony) = (self.group.latest_room()?, self.ceremony()?);
        let (certificate, outcome) = (room.certificate(&ceremony)?, room.outcome()?);
        claim(certificate.transcript() == outcome.transcript, "the outcome is that of the closed set")?;
        let name = epoch_name(ceremony.plan().epoch);
        files::write(&self.certificates().join(&name), &certificate.certificate().encode())?;
        self.check(&outcome.keys)?;
        files::write(&self.knowledge().join(name), &outcome::encode(&outcome))
    }

    /// Does the certificate that it keeps vouch for these keys?
    pub(crate) fn check(&self, keys: &[VssCommitment]) -> Result<()> {
        let certificate = files::decode(&latest(&self.certificates())?, Certificate::decode)?;
        let verified = certificate.verify(&self.ceremony()?).at("the custodian")?;
        verified.vouch_for(keys).at("the custodian")
    }

    fn ceremony(&self) -> Result<Ceremony> {
        files::decode(&self.group.latest_room()?.ceremony_path(), Ceremony::decode)
    }

    /// The network as the custodian knows it.
    pub(crate) fn network(&self) -> Result<Network> {
        let current = latest(&self.knowledge())?;
        let paths = files::list(&self.knowledge())?.into_iter().filter(|path| *path != current);
        let former = paths
            .map(|path| Ok(FormerEpoch { epoch: epoch_of(&path)?, keys: files::decode(&path, outcome::decode)?.keys }));
        let keys = files::decode(&current, outcome::decode)?.keys;
        backups::network(self.site, &self.group, keys, former.collect::<Result<_>>()?)
    }

    /// Takes what was delivered in a node's name: into the vault if it is good, away with it otherwise.
    pub(crate) fn accept(&self, network: &Network, node: &Participant) -> Result<()> {
        let delivered = self.delivered(node);
        let bytes = files::read(&delivered)?;
        files::remove(&delivered)?;
        let expected = backups::statement(network, node)?;
        let epoch = expected.header().epoch;
        Backup::decode(&bytes).and_then(|backup| backup.verify(&expected)).at(node.label())?;
        files::write(&self.vault().join(epoch_name(epoch)).join(node.label()), &bytes)
    }

    /// Audits all backups in the vault.
    pub(crate) fn audit(&self, network: &Network) -> Result<Coverage> {
        let paths = files::list(&self.vault())?.into_iter().map(|epoch| files::list(&epoch));
        let paths = paths.collect::<Result<Vec<_>>>()?.concat();
        let backups = paths.iter().map(|path| files::read(path)).collect::<Result<Vec<_>>>()?;
        let backups: Vec<&[u8]> = backups.iter().map(|backup| &backup[..]).collect();
        network.audit(&backups).at("the audit")
    }

    /// Once the new backups are there, the old ones go.
    pub(crate) fn drop_old(&self) -> Result<()> {
        let current = latest(&self.vault())?;
        files::list(&self.vault())?.iter().filter(|epoch| **epoch != current).try_for_each(|epoch| files::remove(epoch))
    }

    pub(crate) fn delivered(&self, node: &Participant) -> PathBuf {
        self.site.custodian().join("inbox").join(node.label())
    }

    /// The backup of a node in the vault.
    pub(crate) fn stored(&self, node: &Participant) -> Result<PathBuf> {
        let path = latest(&self.vault())?.join(node.label());
        if path.is_file() { Ok(path) } else { Err(Failure::because(format!("no backup of {}", node.label()))) }
    }

    pub(crate) fn vault(&self) -> PathBuf {
        self.site.custodian().join("vault")
    }

    pub(crate) fn certificates(&self) -> PathBuf {
        self.site.custodian().join("certificates").join(self.group.name)
    }

    /// What came out of the network's ceremonies, one file for each epoch.
    fn knowledge(&self) -> PathBuf {
        self.site.custodian().join("knowledge").join(self.group.name)
    }
}
