//! Secrets under one lock (spec §5.2, §5.3).

use super::Entry;
use crate::codec::{Writer, count};
use crate::curve::{CurvePoint, KeyCurve, with_curve};
use crate::distinct::repeated;
pub use crate::encryption::Lock;
use crate::error::{Error, Result};
use alloc::collections::BTreeSet;
use alloc::vec::Vec;

pub(crate) const RECOVERY_LOCK: u8 = 1;
pub(super) const MEMBER_LOCK: u8 = 2;

impl Lock {
    pub(crate) fn number(&self) -> u8 {
        match self {
            Self::Recovery { .. } => RECOVERY_LOCK,
            Self::Member { .. } => MEMBER_LOCK,
        }
    }

    fn write(&self, writer: Writer) -> Writer {
        let writer = writer.u8(self.number());
        match self {
            Self::Recovery { recovery_key, blinder } => blinder.write(recovery_key.write(writer)),
            Self::Member { member_key } => member_key.write(writer),
        }
    }
}

/// Secrets under one lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compartment {
    /// Who can open it.
    pub lock: Lock,
    /// What is inside, one to 65535 entries.
    pub entries: Vec<Entry>,
}

impl Compartment {
    pub(super) fn check(&self, compartment: u16) -> Result<()> {
        //= spec/5-statement.md#5-1-structure
        //# A decoder MUST refuse a compartment with no entries, or with more than 65535, with InvalidLength.
        count(&self.entries)?;
        self.entries.iter().try_for_each(Entry::check_curve)?;
        let residues: Vec<(Vec<u8>, &CurvePoint)> = self.entries.iter().map(residue).collect::<Result<_>>()?;
        //= spec/5-statement.md#5-3-entries
        //# A decoder MUST refuse a compartment in which two entries have the same curve and public key, and identifiers
        //# that are equal modulo q_C, with DuplicateEntry.
        match repeated(residues.iter().zip(0..)) {
            Some(entry) => Err(Error::DuplicateEntry { compartment, entry }),
            None => Ok(()),
        }
    }

    pub(super) fn write(&self, writer: Writer) -> Writer {
        self.lock.write(writer).items(&self.entries, |writer, entry| entry.write(writer))
    }

    pub(super) fn public_shares(&self) -> Vec<&CurvePoint> {
        self.entries.iter().map(|entry| &entry.public_share).collect()
    }
}

/// Fails with [`Error::CircularStatement`] if what opens a lock is among what the statement recovers.
pub(super) fn check_circular(compartments: &[Compartment]) -> Result<()> {
    let mut locks = compartments.iter().filter_map(|compartment| match &compartment.lock {
        Lock::Recovery { recovery_key, blinder } => Some([recovery_key.as_point(), blinder.as_point()]),
        Lock::Member { .. } => None,
    });
    let entries = compartments.iter().flat_map(|compartment| &compartment.entries);
    let recovered: BTreeSet<&CurvePoint> = entries.flat_map(|entry| [&entry.public_key, &entry.public_share]).collect();
    //= spec/5-statement.md#5-3-entries
    //# A statement MUST be refused, with CircularStatement, if the recovery key and the Blinder of a recovery lock are
    //# equal, or if one of them is a public key or a public share of the statement.
    let circular = locks.any(|keys| keys[0] == keys[1] || keys.iter().any(|key| recovered.contains(key)));
    if circular { Err(Error::CircularStatement) } else { Ok(()) }
}

/// What tells the share of an entry from all others: where it lies, and on which key's polynomial.
fn residue(entry: &Entry) -> Result<(Vec<u8>, &CurvePoint)> {
    let element = with_curve!(entry.curve(), C => C::scalar_bytes(&entry.identifier.nonzero::<C>()?).to_vec());
    Ok((element, &entry.public_key))
}
