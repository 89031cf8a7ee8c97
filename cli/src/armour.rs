//! Public objects as text that survives mail and chat (RFC 7468), and what kind a file is of.

use crate::failure::{Failure, Result};
use pem_rfc7468::LineEnding;
use std::fmt::{Display, Formatter};

/// The kinds of public objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The public half of an identity.
    Identity,
    /// A member's registration.
    MemberRegistration,
    /// The registration of a Blinder.
    BlinderRegistration,
    /// The plan of a ceremony.
    Ceremony,
    /// A dealing.
    Dealing,
    /// A confirmation of dealings.
    Confirmation,
    /// The certificate of a ceremony.
    Certificate,
    /// The public outcome of a ceremony: one VSS commitment for each key.
    Outcome,
    /// A recovery party.
    Roster,
    /// What a network is made of.
    Bundle,
    /// What a backup is about.
    Statement,
    /// A backup.
    Backup,
    /// A request that nobody has authorised yet.
    Draft,
    /// An authorisation with a Blinder.
    Authorisation,
    /// A request.
    Request,
    /// A member's response.
    Response,
    /// Evidence against a party.
    Evidence,
    /// An object that a wallet is to sign.
    Unsigned,
}

impl Kind {
    /// Every kind.
    pub const ALL: &[Self] = &[
        Self::Identity,
        Self::MemberRegistration,
        Self::BlinderRegistration,
        Self::Ceremony,
        Self::Dealing,
        Self::Confirmation,
        Self::Certificate,
        Self::Outcome,
        Self::Roster,
        Self::Bundle,
        Self::Statement,
        Self::Backup,
        Self::Draft,
        Self::Authorisation,
        Self::Request,
        Self::Response,
        Self::Evidence,
        Self::Unsigned,
    ];

    /// What stands in the armour's first line after BEGIN.
    fn label(self) -> String {
        format!("RELIGHT {}", self.to_string().to_ascii_uppercase())
    }

    /// The end of the names of its files.
    pub fn extension(self) -> String {
        self.to_string().replace(' ', "-")
    }
}

impl Display for Kind {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Identity => "identity",
            Self::MemberRegistration => "member registration",
            Self::BlinderRegistration => "blinder registration",
            Self::Ceremony => "ceremony",
            Self::Dealing => "dealing",
            Self::Confirmation => "confirmation",
            Self::Certificate => "certificate",
            Self::Outcome => "outcome",
            Self::Roster => "roster",
            Self::Bundle => "bundle",
            Self::Statement => "statement",
            Self::Backup => "backup",
            Self::Draft => "request draft",
            Self::Authorisation => "authorisation",
            Self::Request => "request",
            Self::Response => "response",
            Self::Evidence => "evidence",
            Self::Unsigned => "unsigned object",
        })
    }
}

/// The object as text.
pub fn armour(kind: Kind, bytes: &[u8]) -> Result<String> {
    let text = pem_rfc7468::encode_string(&kind.label(), LineEnding::LF, bytes);
    text.map_err(|error| Failure::refused(format!("the {kind} as text"), error))
}

/// What text says that it is; nothing if it is no text, or nothing of Relight.
pub fn kind_of(found: &[u8]) -> Option<Kind> {
    let label = found.strip_prefix(b"-----BEGIN ")?;
    Kind::ALL.iter().copied().find(|kind| label.starts_with(format!("{}-----", kind.label()).as_bytes()))
}

/// The object in either form: as it is, or as text. Text says what it is of, and anything else is refused by its name.
pub fn strip(kind: Kind, found: Vec<u8>) -> Result<Vec<u8>> {
    //= spec/16-files.md#16-3-objects-as-text
    //# A program MUST take an object in either form, and name the kind that it found where another is needed.
    if !found.starts_with(b"-----BEGIN ") {
        return Ok(found);
    }
    let decoded = pem_rfc7468::decode_vec(&found);
    let (label, bytes) = decoded.map_err(|error| Failure::refused(format!("the {kind} as text"), error))?;
    if label == kind.label() {
        return Ok(bytes);
    }
    let found = Kind::ALL.iter().find(|kind| kind.label() == label);
    let found = found.map_or_else(|| format!("{label:?}, nothing of Relight"), |kind| format!("{kind}"));
    Err(Failure::refused(format!("a {kind} is needed"), format!("this is {found}")))
}
