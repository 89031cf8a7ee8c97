//! What vouches for keys (spec §10.7).

use crate::codec::{Reader, Writer};
use crate::dealing::{Ceremony, Certificate, Recipient};
use crate::error::{Error, Result};
use crate::sharing::VssCommitment;

/// A ceremony and its certificate: together they vouch for the keys that resulted from it.
///
/// ```text
/// struct { opaque ceremony<1..2^32-1>; opaque certificate<1..2^32-1>; } Certified;
/// ```
///
/// See [`Bundle`](crate::bundle::Bundle) for what it is part of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certified {
    /// The ceremony.
    pub ceremony: Ceremony,
    /// Its certificate.
    pub certificate: Certificate,
}

impl Certified {
    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self> {
        Ok(Self {
            ceremony: Ceremony::decode(reader.nonempty_bytes()?)?,
            certificate: Certificate::decode(reader.nonempty_bytes()?)?,
        })
    }

    pub(super) fn write(&self, writer: Writer) -> Writer {
        writer.long_bytes(&self.ceremony.encode()).long_bytes(&self.certificate.encode())
    }

    /// Checks the certificate, that it vouches for these keys, and that each recipient that confirmed holds what it should.
    fn verify(&self, keys: &[VssCommitment], holds: &impl Fn(&Recipient) -> Result<()>) -> Result<()> {
        let certificate = self.certificate.clone().verify(&self.ceremony)?;
        //= spec/10-backup.md#10-7-bundle
        //# A verifier MUST refuse a bundle whose certificates vouch for other keys than it lists, with BadCertificate.
        certificate.vouch_for(keys)?;
        let confirmed = |recipient: &&Recipient| certificate.recipients().any(|index| index == recipient.index);
        self.ceremony.plan().recipients.iter().filter(confirmed).try_for_each(holds)
    }
}

/// Either nobody vouches for the keys, or all of them are vouched for, in their order.
pub(super) fn verify_all(
    certified: &[Certified],
    keys: &[VssCommitment],
    holds: impl Fn(&Recipient) -> Result<()>,
) -> Result<()> {
    if certified.is_empty() {
        return Ok(());
    }
    let rest = certified.iter().try_fold(keys, |rest, one| {
        let number = one.ceremony.plan().keys.curves().len();
        let (these, rest) = rest.split_at_checked(number).ok_or(Error::InvalidLength)?;
        one.verify(these, &holds)?;
        Ok(rest)
    })?;
    if rest.is_empty() { Ok(()) } else { Err(Error::InvalidLength) }
}
