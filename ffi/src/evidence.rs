//! Evidence against a party of a ceremony, which anyone can check.

use crate::describe::fault_number;
use crate::details::{RelightDetails, RelightFault};
use crate::entry::produce;
use crate::memory::{Output, RelightBuffer, RelightBytes};
use crate::result::RelightResult;
use relight::dealing::{Ceremony, Culprit, Evidence};

/// Evidence of a dealing that is signed and bad: `evidence` receives it, and the caller owns it. Nothing is verified.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_evidence_bad_dealing(
    dealing: RelightBytes,
    evidence: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(evidence, details, || Ok((&*Evidence::bad_dealing(dealing.get("dealing")?).encode()).into()))
}

/// Evidence of two different dealings of one dealer: `evidence` receives it, and the caller owns it. Nothing is
/// verified.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_evidence_two_dealings(
    dealing: RelightBytes,
    other: RelightBytes,
    evidence: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(evidence, details, || {
        Ok((&*Evidence::two_dealings(dealing.get("dealing")?, other.get("other")?).encode()).into())
    })
}

/// Evidence of two different confirmations of one recipient: `evidence` receives it, and the caller owns it. Nothing is
/// verified.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_evidence_two_confirmations(
    confirmation: RelightBytes,
    other: RelightBytes,
    evidence: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(evidence, details, || {
        Ok((&*Evidence::two_confirmations(confirmation.get("confirmation")?, other.get("other")?).encode()).into())
    })
}

/// The party that evidence is against: a dealer, or a recipient that signed two confirmations. It owns nothing.
#[repr(C)]
pub struct RelightCulprit {
    /// The dealer, or zero if it is a recipient.
    pub dealer: u16,
    /// The recipient, or zero if it is a dealer.
    pub recipient: u16,
    /// What is wrong with the dealing, or with the two.
    pub fault: RelightFault,
}

impl Output for RelightCulprit {
    const EMPTY: Self = Self { dealer: 0, recipient: 0, fault: RelightFault::None };
}

impl From<Culprit> for RelightCulprit {
    fn from(culprit: Culprit) -> Self {
        match culprit {
            Culprit::Dealer { index, fault } => Self { dealer: index.get(), fault: fault_number(fault), ..Self::EMPTY },
            Culprit::Recipient { index } => Self { recipient: index.get(), ..Self::EMPTY },
        }
    }
}

/// Checks evidence against the ceremony that it is about: `culprit` receives whom it is against. Fails if an input does
/// not decode, with `RELIGHT_RESULT_UNKNOWN_KIND` for evidence of an unknown kind, and with
/// `RELIGHT_RESULT_NO_EVIDENCE` if it proves nothing against anyone.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_evidence_verify(
    ceremony: RelightBytes,
    evidence: RelightBytes,
    culprit: *mut RelightCulprit,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(culprit, details, || {
        let ceremony = ceremony.read("ceremony", Ceremony::decode)?;
        Ok(evidence.read("evidence", Evidence::decode)?.verify(&ceremony)?.into())
    })
}
