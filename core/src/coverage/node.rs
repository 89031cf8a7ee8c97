//! A node as its custodian knows it (spec §10.6).

use crate::codec::{Reader, Writer};
use crate::error::{Error, Result};
use crate::identity::IdentityPublicKey;
use crate::keys::BlinderPublicKey;
use crate::registration::BlinderRegistration;
use crate::sharing::Identifier;
use alloc::vec::Vec;

/// A node of the network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its name in statements.
    pub name: Vec<u8>,
    /// The identity of its operator, which registers its Blinders.
    pub operator: IdentityPublicKey,
    /// The registrations of its Blinders, each the successor of the one before; the last is current.
    pub registrations: Vec<BlinderRegistration>,
    /// The shares that it holds, in the order of its backup.
    pub shares: Vec<Holding>,
}

/// A share that a node holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holding {
    /// The key, by its place in the network.
    pub key: u16,
    /// Where the share lies. A node of greater weight holds several shares of a key.
    pub identifier: Identifier,
}

impl Node {
    /// A node that holds one share of each of the network's first `keys` keys, all at one identifier.
    pub fn new(
        name: &[u8],
        operator: IdentityPublicKey,
        registrations: Vec<BlinderRegistration>,
        identifier: Identifier,
        keys: u16,
    ) -> Self {
        let shares = (0..keys).map(|key| Holding { key, identifier }).collect();
        Self { name: name.to_vec(), operator, registrations, shares }
    }

    /// The public halves of its Blinders in a network of this name, the current one last, if its registrations hold.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidLength`] if there is none; as for [`BlinderRegistration::verify`] for the first, and as for
    /// [`BlinderRegistration::check_successor`] for the others.
    pub fn blinders(&self, network: &[u8]) -> Result<Vec<&BlinderPublicKey>> {
        let first = self.registrations.first().ok_or(Error::InvalidLength)?;
        //= spec/10-backup.md#10-6-coverage
        //# An audit MUST take a node's Blinder from registrations that it has verified.
        first.verify(network, &self.name, &self.operator)?;
        let mut successions = self.registrations.iter().zip(self.registrations.iter().skip(1));
        successions.try_for_each(|(known, next)| known.check_successor(next))?;
        Ok(self.registrations.iter().map(BlinderRegistration::claimed_blinder).collect())
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self> {
        Ok(Self {
            name: reader.short_bytes()?.to_vec(),
            operator: IdentityPublicKey::read(reader)?,
            registrations: reader.items(BlinderRegistration::read)?,
            shares: reader.items(Holding::read)?,
        })
    }

    pub(crate) fn write(&self, writer: Writer) -> Writer {
        self.operator
            .write(writer.short_bytes(&self.name))
            .items(&self.registrations, |writer, registration| registration.write(writer))
            .items(&self.shares, |writer, holding| holding.write(writer))
    }
}

impl Holding {
    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        Ok(Self { key: reader.u16()?, identifier: Identifier::read(reader)? })
    }

    fn write(&self, writer: Writer) -> Writer {
        self.identifier.write(writer.u16(self.key))
    }
}
