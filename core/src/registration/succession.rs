//! The order of registrations (spec §8.6).

use crate::codec::{Reader, Writer};
use crate::digest::Digest;
use crate::error::{Error, Result};

const NONE: Digest = Digest::from_bytes([0; 32]);

/// The place of a registration among those of its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Succession {
    serial: u64,
    /// The digest of the registration before it.
    previous: Digest,
}

impl Succession {
    pub(super) const FIRST: Self = Self { serial: 1, previous: NONE };

    /// Fails with [`Error::InvalidSerial`] after the greatest serial.
    pub(super) fn after(self, digest: Digest) -> Result<Self> {
        let serial = self.serial.checked_add(1).ok_or(Error::InvalidSerial(self.serial))?;
        Ok(Self { serial, previous: digest })
    }

    pub(super) fn serial(&self) -> u64 {
        self.serial
    }

    /// Does `next` come right after this, which has the given digest?
    pub(super) fn check_next(self, digest: Digest, next: Self) -> Result<()> {
        //= spec/8-keys.md#8-6-succession
        //# A verifier MUST refuse a registration whose serial is not above the known one's, with RetiredRegistration.
        if next.serial <= self.serial {
            return Err(Error::RetiredRegistration(next.serial));
        }
        //= spec/8-keys.md#8-6-succession
        //# A verifier MUST refuse a registration that does not follow the known one directly, with BrokenSuccession.
        if self.after(digest)? == next { Ok(()) } else { Err(Error::BrokenSuccession(next.serial)) }
    }

    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self> {
        let succession = Self { serial: reader.u64()?, previous: reader.array()?.into() };
        //= spec/8-keys.md#8-2-blinder-registration
        //# A decoder MUST refuse, with InvalidSerial, the serial zero, a first registration that names one before it,
        //# and a later one that names none.
        let fits = match succession.serial {
            0 => false,
            1 => succession.previous == NONE,
            _ => succession.previous != NONE,
        };
        if fits { Ok(succession) } else { Err(Error::InvalidSerial(succession.serial)) }
    }

    pub(super) fn write(self, writer: Writer) -> Writer {
        writer.u64(self.serial).bytes(self.previous.as_bytes())
    }
}
