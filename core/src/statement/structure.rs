//! The structure of an encoded statement: lengths, counts and numbers, before a single point is decoded (spec §13.11).

use super::compartment::{MEMBER_LOCK, RECOVERY_LOCK};
use crate::codec::Reader;
use crate::curve::CurveId;
use crate::distinct::repeated;
use crate::encryption::ParameterSet;
use crate::error::{Error, Field, Result};
use crate::pairing::G1_LEN;
use crate::sharing::{Identifier, Threshold};
use alloc::vec::Vec;

/// A statement of which only the structure is known to be right.
#[derive(Clone, Debug)]
pub(crate) struct RawStatement<'a> {
    pub(crate) parameters: ParameterSet,
    pub(crate) network: &'a [u8],
    pub(crate) epoch: u64,
    pub(crate) node: &'a [u8],
    pub(crate) compartments: Vec<RawCompartment<'a>>,
}

#[derive(Clone, Debug)]
pub(crate) struct RawCompartment<'a> {
    pub(crate) lock_type: u8,
    /// The points of the lock.
    pub(crate) keys: &'a [u8],
    pub(crate) entries: Vec<RawEntry<'a>>,
}

#[derive(Clone, Debug)]
pub(crate) struct RawEntry<'a> {
    pub(crate) curve: CurveId,
    pub(crate) public_key: &'a [u8],
    pub(crate) identifier: &'a [u8],
    pub(crate) threshold: Threshold,
    pub(crate) public_share: &'a [u8],
}

impl<'a> RawStatement<'a> {
    pub(crate) fn read(reader: &mut Reader<'a>) -> Result<Self> {
        Self::read_up_to(reader, u16::MAX)
    }

    /// The statement of a backup: one compartment, with a recovery lock.
    pub(crate) fn read_backup(reader: &mut Reader<'a>) -> Result<Self> {
        let raw = Self::read_up_to(reader, 1)?;
        match raw.compartments.iter().find(|compartment| compartment.lock_type != RECOVERY_LOCK) {
            Some(other) => Err(Error::WrongLock(other.lock_type)),
            None => Ok(raw),
        }
    }

    fn read_up_to(reader: &mut Reader<'a>, compartments: u16) -> Result<Self> {
        reader.version()?;
        //= spec/15-wire.md#15-1-decoding
        //# A decoder SHOULD check fields in the order in which they stand, and relations between them after the
        //# structure that holds them.
        let raw = Self {
            parameters: ParameterSet::try_from(reader.u8()?)?,
            network: reader.short_bytes()?,
            epoch: reader.u64()?,
            node: reader.short_bytes()?,
            compartments: reader.items_up_to(compartments, RawCompartment::read)?,
        };
        raw.compartments.iter().zip(0..).try_for_each(|(compartment, index)| compartment.check(index))?;
        Ok(raw)
    }

    /// The first field in which `found` differs from this statement, which the caller expects.
    pub(crate) fn difference(&self, found: &Self) -> Option<Field> {
        let header = first_difference([
            (self.parameters != found.parameters, Field::ParameterSet),
            (self.network != found.network, Field::Network),
            (self.epoch != found.epoch, Field::Epoch),
            (self.node != found.node, Field::Node),
            (self.compartments.len() != found.compartments.len(), Field::Compartments),
        ]);
        let mut compartments = self.compartments.iter().zip(&found.compartments);
        header.or_else(|| compartments.find_map(|(own, found)| own.difference(found)))
    }
}

impl<'a> RawCompartment<'a> {
    fn read(reader: &mut Reader<'a>) -> Result<Self> {
        let lock_type = reader.u8()?;
        let keys = match lock_type {
            RECOVERY_LOCK => reader.take(2 * G1_LEN)?,
            MEMBER_LOCK => reader.take(G1_LEN)?,
            //= spec/5-statement.md#5-2-locks
            //# A decoder MUST refuse any other lock type with UnknownLock.
            other => return Err(Error::UnknownLock(other)),
        };
        Ok(Self { lock_type, keys, entries: reader.items(RawEntry::read)? })
    }

    /// Entries that repeat each other byte by byte cost no arithmetic.
    fn check(&self, compartment: u16) -> Result<()> {
        //= spec/13-security.md#13-11-denial-of-service
        //# A decoder MUST find entries of a compartment that are repeated byte for byte before it decodes a point.
        let shares = self.entries.iter().map(|entry| (entry.curve, entry.public_key, entry.identifier));
        match repeated(shares.zip(0..)) {
            Some(entry) => Err(Error::DuplicateEntry { compartment, entry }),
            None => Ok(()),
        }
    }

    fn difference(&self, found: &Self) -> Option<Field> {
        let lock = (self.lock_type != found.lock_type).then_some(Field::Lock);
        let counts = (self.entries.len() != found.entries.len()).then_some(Field::EntryCount);
        let mut entries = self.entries.iter().zip(&found.entries).zip(0..);
        let entry = || entries.find_map(|((own, found), index)| own.difference(found, index));
        lock.or_else(|| self.key_difference(found)).or(counts).or_else(entry)
    }

    fn key_difference(&self, found: &Self) -> Option<Field> {
        let names = match self.lock_type {
            RECOVERY_LOCK => [Field::RecoveryKey, Field::Blinder].as_slice(),
            _ => &[Field::MemberKey],
        };
        let mut keys = self.keys.chunks(G1_LEN).zip(found.keys.chunks(G1_LEN)).zip(names);
        keys.find_map(|((own, found), name)| (own != found).then_some(*name))
    }
}

impl<'a> RawEntry<'a> {
    fn read(reader: &mut Reader<'a>) -> Result<Self> {
        let curve = CurveId::try_from(reader.u16()?)?;
        Ok(Self {
            curve,
            public_key: reader.take(curve.point_len())?,
            identifier: read_identifier(reader)?,
            //= spec/5-statement.md#5-3-entries
            //# A decoder MUST refuse the identifier zero with InvalidIdentifier and the threshold zero with
            //# InvalidThreshold.
            threshold: Threshold::new(reader.u16()?, u16::MAX)?,
            public_share: reader.take(curve.point_len())?,
        })
    }

    fn difference(&self, found: &Self, index: u16) -> Option<Field> {
        first_difference([
            (self.curve != found.curve, Field::Curve(index)),
            (self.public_key != found.public_key, Field::PublicKey(index)),
            (self.identifier != found.identifier, Field::Identifier(index)),
            (self.threshold != found.threshold, Field::Threshold(index)),
            (self.public_share != found.public_share, Field::PublicShare(index)),
        ])
    }
}

/// Only the bytes: an identifier takes more memory than it has on the wire.
fn read_identifier<'a>(reader: &mut Reader<'a>) -> Result<&'a [u8]> {
    let bytes = reader.short_bytes()?;
    Identifier::from_bytes(bytes).map(|_| bytes)
}

fn first_difference<const N: usize>(fields: [(bool, Field); N]) -> Option<Field> {
    fields.into_iter().find_map(|(differs, field)| differs.then_some(field))
}
