//! What is encrypted to whom (spec §5).
//!
//! ```text
//! struct {
//!     uint8 version = 1;
//!     uint8 parameter_set;
//!     opaque network<0..255>;
//!     uint64 epoch;
//!     opaque node<0..255>;
//!     Compartment compartments<1..2^32-1>;    // 1 to 65535 of them
//! } Statement;
//!
//! struct {
//!     uint8 lock_type;
//!     select (lock_type) {
//!         case recovery(1): opaque recovery_key[48]; opaque blinder[48];
//!         case member(2): opaque member_key[48];
//!     }
//!     Entry entries<1..2^32-1>;               // 1 to 65535 of them
//! } Compartment;
//!
//! struct {
//!     uint16 curve;
//!     opaque public_key[P];              // P: length of a point of the curve
//!     opaque identifier<1..64>;
//!     uint16 threshold;
//!     opaque public_share[P];
//! } Entry;
//! ```

mod compartment;
mod entry;
mod structure;

use compartment::RECOVERY_LOCK;
pub use compartment::{Compartment, Lock};
pub use entry::Entry;
pub(crate) use structure::RawStatement;

use crate::codec::{Reader, Writer, check_short, count};
use crate::curve::{CurveId, CurvePoint};
use crate::digest::StatementDigest;
use crate::encryption::{Claim, ParameterSet, PublicShares};
use crate::error::{Error, Result};
use crate::hash::{Xof, frame};
use crate::keys::{BlinderPublicKey, MemberPublicKey, RecoveryPublicKey};
use crate::sharing::Identifier;
use alloc::vec::Vec;
use compartment::check_circular;
use structure::{RawCompartment, RawEntry};

/// What a statement says about the whole of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The size of the proof against the work it takes.
    pub parameters: ParameterSet,
    /// The application's name for the network, at most 255 bytes.
    pub network: Vec<u8>,
    /// The epoch of the sharing that the secrets belong to.
    pub epoch: u64,
    /// The node whose secrets these are, at most 255 bytes.
    pub node: Vec<u8>,
}

impl StatementDigest {
    /// The message whose BLS signature under the recovery key unlocks the statement.
    ///
    /// ```
    /// let digest = relight::StatementDigest::from_bytes([7; 32]);
    /// assert!(digest.unlock_message().ends_with(&[7; 32]));
    /// ```
    pub fn unlock_message(&self) -> Vec<u8> {
        frame("unlock", &[self.as_bytes()])
    }
}

/// What is encrypted to whom, checked for consistency.
///
/// ```
/// use relight::curve::{CurveId, SecretScalar};
/// use relight::sharing::{Identifier, VssCommitment};
/// use relight::{Compartment, Entry, Header, Lock, MemberKey, ParameterSet, Statement};
///
/// let header = Header {
///     parameters: ParameterSet::Fast,
///     network: b"example network".to_vec(),
///     epoch: 7,
///     node: b"node-1".to_vec(),
/// };
/// let secret = SecretScalar::random(CurveId::Secp256k1, &mut rand::rng());
/// let commitment = VssCommitment::new(vec![secret.public()])?;
/// let entries = vec![Entry::new(&commitment, Identifier::new(1)?)?];
/// let member_key = MemberKey::generate(&mut rand::rng()).public();
/// let statement = Statement::new(header, vec![Compartment { lock: Lock::Member { member_key }, entries }])?;
/// assert_eq!(Statement::decode(&statement.encode())?, statement);
/// # Ok::<(), relight::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    header: Header,
    compartments: Vec<Compartment>,
    digest: StatementDigest,
}

impl Statement {
    /// Checks what a statement says (spec §5.1 to §5.3).
    ///
    /// # Errors
    ///
    /// [`Error::InvalidLength`] if a name is longer than 255 bytes, or a list is empty or has more than 65535 items;
    /// [`Error::WrongCurve`] if an entry mixes curves; [`Error::ZeroIdentifier`]; [`Error::DuplicateEntry`] if a compartment
    /// holds a share twice; [`Error::CircularStatement`] if it locks a key up with that key.
    pub fn new(header: Header, compartments: Vec<Compartment>) -> Result<Self> {
        check_short(&header.network)?;
        check_short(&header.node)?;
        //= spec/5-statement.md#5-1-structure
        //# A decoder MUST refuse a statement with no compartments, or with more than 65535, with InvalidLength.
        count(&compartments)?;
        compartments.iter().zip(0..).try_for_each(|(compartment, index)| compartment.check(index))?;
        check_circular(&compartments)?;
        let digest = Xof::new("statement").part(&encode(&header, &compartments)).output();
        let digest = StatementDigest::from_bytes(digest);
        Ok(Self { header, compartments, digest })
    }

    /// What it says about the whole of it.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The compartments.
    pub fn compartments(&self) -> &[Compartment] {
        &self.compartments
    }

    /// The digest S that names the statement.
    pub fn digest(&self) -> StatementDigest {
        self.digest
    }

    /// The canonical encoding.
    pub fn encode(&self) -> Vec<u8> {
        encode(&self.header, &self.compartments)
    }

    /// Decodes the structure first, then the points, then checks like [`Statement::new`].
    ///
    /// # Errors
    ///
    /// Those of [`Statement::new`]; [`Error::UnknownParameterSet`], [`Error::UnknownLock`], [`Error::UnknownCurve`],
    /// [`Error::InvalidThreshold`], [`Error::InvalidIdentifier`] or [`Error::InvalidPoint`] for a field.
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        Reader::decode_all(bytes, Self::read)
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self> {
        Self::from_raw(&RawStatement::read(reader)?)
    }

    pub(crate) fn from_raw(raw: &RawStatement<'_>) -> Result<Self> {
        let header = Header {
            parameters: raw.parameters,
            network: raw.network.to_vec(),
            epoch: raw.epoch,
            node: raw.node.to_vec(),
        };
        Self::new(header, raw.compartments.iter().map(decode_compartment).collect::<Result<_>>()?)
    }

    /// Is `found` this statement?
    ///
    /// # Errors
    ///
    /// [`Error::Mismatch`], which names the first field in which it differs.
    pub fn expect(&self, found: &Self) -> Result<()> {
        let [own, found] = [self, found].map(Self::encode);
        let found = Reader::decode_all(&found, RawStatement::read)?;
        expect(&own, &found)
    }

    /// What a proof for the statement is about.
    pub(crate) fn claim(&self) -> Claim<'_> {
        Claim {
            digest: self.digest,
            parameters: self.header.parameters,
            locks: self.compartments.iter().map(|compartment| &compartment.lock).collect(),
            multiples: self.header.parameters.revealed(),
            shares: PublicShares::Listed(self.compartments.iter().map(Compartment::public_shares).collect()),
        }
    }

    /// The curves that occur, ascending.
    pub(crate) fn curves(&self) -> Vec<CurveId> {
        let mut curves: Vec<CurveId> = self.entries().map(Entry::curve).collect();
        curves.sort_unstable();
        curves.dedup();
        curves
    }

    pub(crate) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.compartments.iter().flat_map(|compartment| &compartment.entries)
    }
}

/// Fails with [`Error::Mismatch`] unless `found` is the statement that is encoded in `expected`.
pub(crate) fn expect(expected: &[u8], found: &RawStatement<'_>) -> Result<()> {
    match Reader::decode_all(expected, RawStatement::read)?.difference(found) {
        Some(field) => Err(Error::Mismatch(field)),
        None => Ok(()),
    }
}

fn decode_compartment(raw: &RawCompartment<'_>) -> Result<Compartment> {
    let mut keys = Reader::new(raw.keys);
    let lock = if raw.lock_type == RECOVERY_LOCK {
        let (recovery_key, blinder) = (RecoveryPublicKey::read(&mut keys)?, BlinderPublicKey::read(&mut keys)?);
        Lock::Recovery { recovery_key, blinder }
    } else {
        Lock::Member { member_key: MemberPublicKey::read(&mut keys)? }
    };
    Ok(Compartment { lock, entries: raw.entries.iter().map(decode_entry).collect::<Result<_>>()? })
}

fn decode_entry(raw: &RawEntry<'_>) -> Result<Entry> {
    Ok(Entry {
        public_key: CurvePoint::from_bytes(raw.curve, raw.public_key)?,
        identifier: Identifier::from_bytes(raw.identifier)?,
        threshold: raw.threshold,
        public_share: CurvePoint::from_bytes(raw.curve, raw.public_share)?,
    })
}

fn encode(header: &Header, compartments: &[Compartment]) -> Vec<u8> {
    Writer::versioned()
        .u8(header.parameters.number())
        .short_bytes(&header.network)
        .u64(header.epoch)
        .short_bytes(&header.node)
        .items(compartments, |writer, compartment| compartment.write(writer))
        .finish()
}
