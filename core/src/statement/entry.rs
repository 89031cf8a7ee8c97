//! What a statement says of one secret (spec §5.3).

use crate::codec::Writer;
use crate::curve::{CurveId, CurvePoint};
use crate::error::{Error, Result};
use crate::sharing::{Identifier, Threshold, VssCommitment};

/// One secret: a party's share of a root key, by its public face.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The public key of the shared root key.
    pub public_key: CurvePoint,
    /// Where the share lies in its sharing.
    pub identifier: Identifier,
    /// How many shares recover the root key.
    pub threshold: Threshold,
    /// The public share X = x·G: what the secret is checked against.
    pub public_share: CurvePoint,
}

impl Entry {
    /// The share of a sharing at `identifier`.
    ///
    /// # Errors
    ///
    /// Those of [`VssCommitment::public_share`].
    pub fn new(commitment: &VssCommitment, identifier: Identifier) -> Result<Self> {
        Ok(Self {
            public_key: commitment.public_key().clone(),
            identifier,
            threshold: commitment.threshold(),
            public_share: commitment.public_share(&identifier)?,
        })
    }

    /// The curve of the key.
    pub fn curve(&self) -> CurveId {
        self.public_share.curve()
    }

    pub(super) fn check_curve(&self) -> Result<()> {
        let (expected, found) = (self.public_key.curve(), self.curve());
        if expected == found { Ok(()) } else { Err(Error::WrongCurve { expected, found }) }
    }

    pub(super) fn write(&self, writer: Writer) -> Writer {
        let writer = self.public_key.write(writer.u16(self.curve().number()));
        self.public_share.write(self.identifier.write(writer).u16(self.threshold.get()))
    }
}
