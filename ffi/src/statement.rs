//! What a backup must say, from what its checker knows.

use crate::entry::{free, produce};
use crate::memory::{Output, RelightBuffer, RelightBytes, array, borrow, leak, objects, reclaim, structure_output};
use crate::result::{Failure, RelightDetails, RelightResult};
use core::ptr;
use relight::sharing::{Identifier, PublicPolynomial};
use relight::{
    BlinderPublicKey, Compartment, Entry, Error, Lock, Network, Node, ParameterSet, RecoveryPublicKey, Statement,
};

/// Parameter set: fastest to make and to check.
pub const RELIGHT_PARAMETERS_FAST: u8 = 1;
/// Parameter set: the smallest for a single key.
pub const RELIGHT_PARAMETERS_COMPACT: u8 = 2;
/// Parameter set: the smallest where nothing can be packed, as in a dealing of one key to many recipients.
pub const RELIGHT_PARAMETERS_SMALLEST: u8 = 3;
/// Parameter set: the smallest for a backup of two or more keys on one curve, in twice the time of the fastest.
pub const RELIGHT_PARAMETERS_PACKED: u8 = 4;

/// A network, as its nodes and custodians know it. The caller owns everything it points to.
#[repr(C)]
pub struct RelightNetwork {
    /// The parameter set of its backups: a `RELIGHT_PARAMETERS_` number.
    pub parameters: u8,
    /// The application's name for it, at most 255 bytes.
    pub context: RelightBytes,
    /// The epoch of its sharing.
    pub epoch: u64,
    /// The public key of its recovery party, 48 bytes.
    pub recovery_key: RelightBytes,
    /// The commitments of its root keys, in the order of its backups: `keys` of a `relight_outcome`.
    pub keys: *const RelightBytes,
    /// The number of root keys.
    pub keys_len: usize,
}

/// A node of a network. The caller owns everything it points to.
#[repr(C)]
pub struct RelightNode {
    /// Its name, at most 255 bytes.
    pub name: RelightBytes,
    /// The place of its shares.
    pub identifier: u16,
    /// The public half of its operator's Blinder, 48 bytes.
    pub blinder: RelightBytes,
}

impl RelightNetwork {
    pub(crate) fn read(&self, nodes: &[RelightNode]) -> Result<Network, Failure> {
        Ok(Network {
            parameters: ParameterSet::try_from(self.parameters)?,
            context: self.context.get()?.to_vec(),
            epoch: self.epoch,
            recovery_key: RecoveryPublicKey::from_bytes(self.recovery_key.get()?)?,
            keys: objects(self.keys, self.keys_len, PublicPolynomial::decode)?,
            nodes: nodes.iter().map(RelightNode::read).collect::<Result<_, _>>()?,
        })
    }
}

impl RelightNode {
    fn read(&self) -> Result<Node, Failure> {
        Ok(Node {
            name: self.name.get()?.to_vec(),
            identifier: Identifier::new(self.identifier)?,
            blinder: BlinderPublicKey::from_bytes(self.blinder.get()?)?,
        })
    }
}

/// What the backup of a node must say: `statement` receives it, and the caller owns it. Whoever checks a backup makes
/// the statement from what they know, never from the backup. Fails if a key or polynomial does not decode, and with
/// `RELIGHT_RESULT_UNKNOWN_PARAMETER_SET`, `RELIGHT_RESULT_INVALID_IDENTIFIER`, `RELIGHT_RESULT_INVALID_LENGTH` if a
/// name is too long or there are no keys, or `RELIGHT_RESULT_DUPLICATE_ENTRY`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_statement_new(
    network: *const RelightNetwork,
    node: *const RelightNode,
    statement: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(statement, details, || {
        let network = borrow(network)?.read(array(node, 1)?)?;
        let node = network.nodes.first().ok_or(Failure::Interface(RelightResult::NullPointer))?;
        Ok((&*network.statement(node)?.encode()).into())
    })
}

/// The digest that names a statement.
#[repr(C)]
pub struct RelightDigest {
    /// The digest.
    pub bytes: [u8; 32],
}

impl Output for RelightDigest {
    const EMPTY: Self = Self { bytes: [0; 32] };
}

/// The public face of one share in a statement.
#[repr(C)]
pub struct RelightEntry {
    /// The curve of the key.
    pub curve: u16,
    /// The place of the share.
    pub identifier: u16,
    /// How many shares recover the key.
    pub threshold: u16,
    /// The root public key.
    pub root_public_key: RelightBuffer,
    /// The public share.
    pub public_share: RelightBuffer,
}

impl From<&Entry> for RelightEntry {
    fn from(entry: &Entry) -> Self {
        Self {
            curve: entry.curve().number(),
            identifier: entry.identifier.get(),
            threshold: entry.threshold.get(),
            root_public_key: entry.root_public_key.as_bytes().into(),
            public_share: entry.public_share.as_bytes().into(),
        }
    }
}

structure_output!(RelightEntry { curve, identifier, threshold, root_public_key, public_share });

/// What the statement of a backup says. Free it with `relight_statement_free`.
#[repr(C)]
pub struct RelightStatement {
    /// The digest that names the statement.
    pub digest: RelightDigest,
    /// The parameter set.
    pub parameters: u8,
    /// The epoch.
    pub epoch: u64,
    /// The network.
    pub context: RelightBuffer,
    /// The node.
    pub node: RelightBuffer,
    /// The recovery party's public key.
    pub recovery_key: RelightBuffer,
    /// The public half of the Blinder.
    pub blinder: RelightBuffer,
    /// The shares.
    pub entries: *mut RelightEntry,
    /// The number of shares.
    pub entries_len: usize,
}

impl Output for RelightStatement {
    const EMPTY: Self = Self {
        digest: RelightDigest::EMPTY,
        parameters: 0,
        epoch: 0,
        context: RelightBuffer::EMPTY,
        node: RelightBuffer::EMPTY,
        recovery_key: RelightBuffer::EMPTY,
        blinder: RelightBuffer::EMPTY,
        entries: ptr::null_mut(),
        entries_len: 0,
    };

    fn release(self) {
        [self.context, self.node, self.recovery_key, self.blinder].into_iter().for_each(Output::release);
        reclaim(self.entries, self.entries_len).into_iter().for_each(Output::release);
    }
}

/// Frees what an inspected statement owns, and empties it. NULL and empty statements are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_statement_free(statement: *mut RelightStatement) {
    free(statement);
}

/// What the statement of a backup says: `fields` receives it, and the caller owns it. Fails if `statement` does not
/// decode, and with `RELIGHT_RESULT_UNKNOWN_LOCK` or `RELIGHT_RESULT_INVALID_LENGTH` if it is not one of a backup.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_statement_inspect(
    statement: RelightBytes,
    fields: *mut RelightStatement,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(fields, details, || Ok(inspect(&Statement::decode(statement.get()?)?)?))
}

/// The other type of lock than that of a backup (Section 5.2 of the specification).
const MEMBER_LOCK: u8 = 2;

fn inspect(statement: &Statement) -> Result<RelightStatement, Error> {
    let (recovery_key, blinder, entries) = match statement.compartments() {
        [Compartment { lock: Lock::Recovery { recovery_key, blinder }, entries }] => (recovery_key, blinder, entries),
        [_] => return Err(Error::UnknownLock(MEMBER_LOCK)),
        _ => return Err(Error::InvalidLength),
    };
    let (entries, entries_len) = leak(entries.iter().map(RelightEntry::from).collect());
    Ok(RelightStatement {
        digest: RelightDigest { bytes: statement.digest().0 },
        parameters: statement.header().parameters.number(),
        epoch: statement.header().epoch,
        context: (&*statement.header().context).into(),
        node: (&*statement.header().node).into(),
        recovery_key: recovery_key.as_bytes().into(),
        blinder: blinder.as_bytes().into(),
        entries,
        entries_len,
    })
}
