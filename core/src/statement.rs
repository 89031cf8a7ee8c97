//! What is encrypted to whom (spec §5).
//!
//! ```text
//! struct {
//!     uint8 version = 1;
//!     uint8 parameter_set;
//!     opaque context<0..255>;
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
//!     opaque root_public_key[P];              // P: length of a point of the curve
//!     uint16 identifier;
//!     uint16 threshold;
//!     opaque public_share[P];
//! } Entry;
//! ```

use crate::codec::{Reader, Writer, check_short, count};
use crate::curve::{CurveId, CurvePoint};
use crate::distinct::repeated;
use crate::encryption::ParameterSet;
use crate::error::{Error, Result, StatementField};
use crate::hash::{Xof, frame};
use crate::keys::{BlinderPublicKey, MemberPublicKey, RecoveryPublicKey};
use crate::sharing::{Identifier, PublicPolynomial, Threshold};
use alloc::vec::Vec;

const RECOVERY_LOCK: u8 = 1;
const MEMBER_LOCK: u8 = 2;

/// What a statement says about the whole of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The size of the proof against the work it takes.
    pub parameters: ParameterSet,
    /// The application's name for the network, at most 255 bytes.
    pub context: Vec<u8>,
    /// The epoch of the sharing that the secrets belong to.
    pub epoch: u64,
    /// The node whose secrets these are, at most 255 bytes.
    pub node: Vec<u8>,
}

/// Who can open a compartment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lock {
    /// The recovery party and the holder of the Blinder, together.
    Recovery {
        /// The party's public key Y.
        recovery_key: RecoveryPublicKey,
        /// The public half B of the Blinder.
        blinder: BlinderPublicKey,
    },
    /// One member.
    Member {
        /// The member's public key E.
        member_key: MemberPublicKey,
    },
}

impl Lock {
    pub(crate) fn number(&self) -> u8 {
        match self {
            Self::Recovery { .. } => RECOVERY_LOCK,
            Self::Member { .. } => MEMBER_LOCK,
        }
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        match reader.u8()? {
            RECOVERY_LOCK => Ok(Self::Recovery {
                recovery_key: RecoveryPublicKey::read(reader)?,
                blinder: BlinderPublicKey::read(reader)?,
            }),
            MEMBER_LOCK => Ok(Self::Member { member_key: MemberPublicKey::read(reader)? }),
            //= spec/5-statement.md#5-2-locks
            //# A decoder MUST refuse any other lock type with UnknownLock.
            other => Err(Error::UnknownLock(other)),
        }
    }

    fn write(&self, writer: Writer) -> Writer {
        let writer = writer.u8(self.number());
        match self {
            Self::Recovery { recovery_key, blinder } => blinder.write(recovery_key.write(writer)),
            Self::Member { member_key } => member_key.write(writer),
        }
    }

    fn difference(&self, other: &Self) -> Option<StatementField> {
        match (self, other) {
            (Self::Recovery { recovery_key, blinder }, Self::Recovery { recovery_key: key, blinder: b }) => {
                first_difference([
                    (recovery_key != key, StatementField::RecoveryKey),
                    (blinder != b, StatementField::Blinder),
                ])
            }
            (Self::Member { member_key }, Self::Member { member_key: key }) => {
                first_difference([(member_key != key, StatementField::MemberKey)])
            }
            _ => Some(StatementField::Lock),
        }
    }
}

/// One secret: a party's share of a root key, by its public face.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The public key of the shared root key.
    pub root_public_key: CurvePoint,
    /// The place of the share in its sharing.
    pub identifier: Identifier,
    /// How many shares recover the root key.
    pub threshold: Threshold,
    /// The public share X = x·G: what the secret is checked against.
    pub public_share: CurvePoint,
}

impl Entry {
    /// The share of the party `identifier` in a sharing.
    pub fn new(sharing: &PublicPolynomial, identifier: Identifier) -> Result<Self> {
        Ok(Self {
            root_public_key: sharing.root_public_key().clone(),
            identifier,
            threshold: sharing.threshold(),
            public_share: sharing.public_share(identifier)?,
        })
    }

    /// The curve of the key.
    pub fn curve(&self) -> CurveId {
        self.public_share.curve()
    }

    fn check(&self) -> Result<()> {
        let (expected, found) = (self.root_public_key.curve(), self.curve());
        if expected == found { Ok(()) } else { Err(Error::WrongCurve { expected, found }) }
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        let curve = CurveId::try_from(reader.u16()?)?;
        Ok(Self {
            root_public_key: CurvePoint::read(reader, curve)?,
            //= spec/5-statement.md#5-3-entries
            //# A decoder MUST refuse the identifier zero with InvalidIdentifier and the threshold zero with
            //# InvalidThreshold.
            identifier: Identifier::new(reader.u16()?)?,
            threshold: Threshold::new(reader.u16()?, u16::MAX)?,
            public_share: CurvePoint::read(reader, curve)?,
        })
    }

    fn write(&self, writer: Writer) -> Writer {
        let writer = self.root_public_key.write(writer.u16(self.curve().number()));
        self.public_share.write(writer.u16(self.identifier.get()).u16(self.threshold.get()))
    }

    fn difference(&self, other: &Self, index: u16) -> Option<StatementField> {
        first_difference([
            (self.curve() != other.curve(), StatementField::Curve(index)),
            (self.root_public_key != other.root_public_key, StatementField::RootPublicKey(index)),
            (self.identifier != other.identifier, StatementField::Identifier(index)),
            (self.threshold != other.threshold, StatementField::Threshold(index)),
            (self.public_share != other.public_share, StatementField::PublicShare(index)),
        ])
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
    fn check(&self, compartment: u16) -> Result<()> {
        //= spec/5-statement.md#5-1-structure
        //# A decoder MUST refuse a compartment with no entries, or with more than 65535, with InvalidLength.
        count(&self.entries)?;
        self.entries.iter().try_for_each(Entry::check)?;
        //= spec/5-statement.md#5-3-entries
        //# A decoder MUST refuse a compartment in which two entries have the same curve and root public key, with
        //# DuplicateEntry.
        match repeated(self.entries.iter().map(|entry| &entry.root_public_key).zip(0..)) {
            Some(entry) => Err(Error::DuplicateEntry { compartment, entry }),
            None => Ok(()),
        }
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        Ok(Self { lock: Lock::read(reader)?, entries: reader.items(Entry::read)? })
    }

    fn write(&self, writer: Writer) -> Writer {
        self.lock.write(writer).items(&self.entries, |writer, entry| entry.write(writer))
    }

    fn difference(&self, other: &Self) -> Option<StatementField> {
        let counts = (self.entries.len() != other.entries.len()).then_some(StatementField::EntryCount);
        let mut entries = self.entries.iter().zip(&other.entries).zip(0..);
        let entry = || entries.find_map(|((own, other), index)| own.difference(other, index));
        self.lock.difference(&other.lock).or(counts).or_else(entry)
    }
}

/// The name of a statement: everything made for it is bound to this.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementDigest(pub [u8; 32]);

impl StatementDigest {
    /// The message whose BLS signature under the recovery key unlocks the statement.
    ///
    /// ```
    /// let digest = relight::StatementDigest([7; 32]);
    /// assert!(digest.unlock_message().ends_with(&[7; 32]));
    /// ```
    pub fn unlock_message(&self) -> Vec<u8> {
        frame("unlock", &[&self.0])
    }
}

impl core::fmt::Debug for StatementDigest {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// What is encrypted to whom, checked for consistency.
///
/// ```
/// use relight::curve::{CurveId, SecretScalar};
/// use relight::sharing::{Identifier, PublicPolynomial};
/// use relight::{Compartment, Entry, Header, Lock, MemberKey, ParameterSet, Statement};
///
/// let header = Header {
///     parameters: ParameterSet::Fast,
///     context: b"example network".to_vec(),
///     epoch: 7,
///     node: b"node-1".to_vec(),
/// };
/// let secret = SecretScalar::random(CurveId::Secp256k1, &mut rand::rng());
/// let sharing = PublicPolynomial::new(vec![secret.public()])?;
/// let entries = vec![Entry::new(&sharing, Identifier::new(1)?)?];
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
    /// Fails with [`Error::InvalidLength`] if a field or a count is too long, [`Error::WrongCurve`] if an entry
    /// mixes curves, [`Error::DuplicateEntry`] if a compartment holds a root key twice.
    pub fn new(header: Header, compartments: Vec<Compartment>) -> Result<Self> {
        check_short(&header.context)?;
        check_short(&header.node)?;
        //= spec/5-statement.md#5-1-structure
        //# A decoder MUST refuse a statement with no compartments, or with more than 65535, with InvalidLength.
        count(&compartments)?;
        compartments.iter().zip(0..).try_for_each(|(compartment, index)| compartment.check(index))?;
        let digest = Xof::new("statement").part(&encode(&header, &compartments)).output();
        Ok(Self { header, compartments, digest: StatementDigest(digest) })
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

    /// Decodes, strictly.
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        Reader::decode_all(bytes, Self::read)
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self> {
        reader.version()?;
        let header = Header {
            parameters: ParameterSet::try_from(reader.u8()?)?,
            context: reader.short_bytes()?.to_vec(),
            epoch: reader.u64()?,
            node: reader.short_bytes()?.to_vec(),
        };
        //= spec/15-wire.md#15-1-decoding
        //# A decoder SHOULD check fields in the order in which they stand, and relations between them after the
        //# structure that holds them.
        Self::new(header, reader.items(Compartment::read)?)
    }

    /// Fails with [`Error::StatementMismatch`], which names the first field in which `found` differs.
    pub fn expect(&self, found: &Self) -> Result<()> {
        match self.difference(found) {
            Some(field) => Err(Error::StatementMismatch(field)),
            None => Ok(()),
        }
    }

    fn difference(&self, other: &Self) -> Option<StatementField> {
        let (own, found) = (&self.header, &other.header);
        let header = first_difference([
            (own.parameters != found.parameters, StatementField::ParameterSet),
            (own.context != found.context, StatementField::Context),
            (own.epoch != found.epoch, StatementField::Epoch),
            (own.node != found.node, StatementField::Node),
            (self.compartments.len() != other.compartments.len(), StatementField::Compartments),
        ]);
        let mut compartments = self.compartments.iter().zip(&other.compartments);
        header.or_else(|| compartments.find_map(|(own, other)| own.difference(other)))
    }

    /// Every entry with its place, compartment by compartment.
    pub(crate) fn slots(&self) -> impl Iterator<Item = Slot<'_>> + Clone {
        // The numbers come second: before them, they would be counted one further than u16 can.
        self.compartments.iter().zip(0..).flat_map(|(body, compartment)| {
            body.entries.iter().zip(0..).map(move |(entry, index)| Slot { compartment, index, entry })
        })
    }

    /// The curves that occur, ascending.
    pub(crate) fn curves(&self) -> Vec<CurveId> {
        let mut curves: Vec<CurveId> = self.slots().map(|slot| slot.entry.curve()).collect();
        curves.sort_unstable();
        curves.dedup();
        curves
    }
}

/// An entry and its place in the statement.
#[derive(Clone, Copy)]
pub(crate) struct Slot<'a> {
    pub(crate) compartment: u16,
    pub(crate) index: u16,
    pub(crate) entry: &'a Entry,
}

fn encode(header: &Header, compartments: &[Compartment]) -> Vec<u8> {
    Writer::versioned()
        .u8(header.parameters.number())
        .short_bytes(&header.context)
        .u64(header.epoch)
        .short_bytes(&header.node)
        .items(compartments, |writer, compartment| compartment.write(writer))
        .finish()
}

fn first_difference<const N: usize>(fields: [(bool, StatementField); N]) -> Option<StatementField> {
    fields.into_iter().find_map(|(differs, field)| differs.then_some(field))
}
