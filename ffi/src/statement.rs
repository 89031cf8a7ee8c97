//! What a backup must say, from what its checker knows.

use crate::details::{Argument, Failure, RelightDetails};
use crate::entry::{free, produce};
use crate::identifier;
use crate::memory::{Output, RelightBuffer, RelightBytes, array, borrow, leak, objects, reclaim, structure_output};
use crate::result::RelightResult;
use core::ptr;
use relight::sharing::{Identifier, VssCommitment};
use relight::{
    Compartment, Digest, Entry, Error, Lock, ParameterSet, RecoveryPublicKey, Statement, StatementDigest,
    coverage::{FormerEpoch, Holding, Network, Node},
    identity::IdentityPublicKey,
    registration::BlinderRegistration,
};

/// Parameter set: fastest to make and to check.
pub const RELIGHT_PARAMETERS_FAST: u8 = 1;
/// Parameter set: the smallest for a backup of one or two keys.
pub const RELIGHT_PARAMETERS_COMPACT: u8 = 2;
/// Parameter set: the smallest where nothing can be packed, as in a dealing of one key to many recipients.
pub const RELIGHT_PARAMETERS_BROADCAST: u8 = 3;
/// Parameter set: the smallest for a backup of three or more keys on one curve, in twice the time of the fastest.
pub const RELIGHT_PARAMETERS_PACKED: u8 = 4;
/// Parameter set: the fastest to check for many keys at once, as in a dealing of many keys to many recipients.
pub const RELIGHT_PARAMETERS_BULK: u8 = 5;

/// An epoch that is over, of which there may still be backups. The caller owns everything it points to.
#[repr(C)]
pub struct RelightFormerEpoch {
    /// Its number.
    pub epoch: u64,
    /// The VSS commitments of the root keys at that time, in the same order.
    pub keys: *const RelightBytes,
    /// The number of root keys.
    pub keys_len: usize,
}

/// A network, as its nodes and custodians know it. The caller owns everything it points to.
#[repr(C)]
pub struct RelightNetwork {
    /// The parameter set of its backups: a `RELIGHT_PARAMETERS_` number.
    pub parameters: u8,
    /// The application's name for it, at most 255 bytes.
    pub name: RelightBytes,
    /// The epoch of its sharing.
    pub epoch: u64,
    /// The public key of its recovery party, 48 bytes.
    pub recovery_key: RelightBytes,
    /// The VSS commitments of its root keys, in the order of its backups: `keys` of a `relight_outcome`.
    pub keys: *const RelightBytes,
    /// The number of root keys.
    pub keys_len: usize,
    /// Former epochs, of which an audit knows backups. What does not differ from today is not said again.
    pub former: *const RelightFormerEpoch,
    /// The number of former epochs.
    pub former_len: usize,
}

/// A share that a node holds. The caller owns what it points to.
#[repr(C)]
pub struct RelightHolding {
    /// The key, by its place in the network, from zero.
    pub key: u16,
    /// Where the share lies. A node of greater weight holds several shares of a key.
    pub identifier: RelightBytes,
}

/// A node of a network: it holds a share of every root key at `identifier`, or what `shares` lists, and not both. The
/// caller owns everything it points to.
#[repr(C)]
pub struct RelightNode {
    /// Its name, at most 255 bytes.
    pub name: RelightBytes,
    /// The public half of its operator's identity, 33 bytes.
    pub operator_identity: RelightBytes,
    /// The registrations of its operator's Blinders, each the successor of the one before; the last is current.
    pub registrations: *const RelightBytes,
    /// The number of registrations.
    pub registrations_len: usize,
    /// Where its share of every root key lies. Empty if `shares` lists them.
    pub identifier: RelightBytes,
    /// The shares that it holds, in the order of its backup.
    pub shares: *const RelightHolding,
    /// The number of shares. Zero for a share of every root key.
    pub shares_len: usize,
}

impl RelightNetwork {
    pub(crate) fn read(&self, nodes: Vec<Node>) -> Result<Network, Failure> {
        Ok(Network {
            parameters: ParameterSet::try_from(self.parameters).argument("parameters")?,
            name: self.name.get("name")?.to_vec(),
            epoch: self.epoch,
            recovery_key: self.recovery_key.read("recovery_key", RecoveryPublicKey::from_bytes)?,
            keys: objects("keys", self.keys, self.keys_len, VssCommitment::decode)?,
            nodes,
            former: array("former", self.former, self.former_len, RelightFormerEpoch::read)?,
        })
    }
}

impl RelightFormerEpoch {
    fn read(&self) -> Result<FormerEpoch, Failure> {
        let keys = objects("keys", self.keys, self.keys_len, VssCommitment::decode)?;
        Ok(FormerEpoch { epoch: self.epoch, keys })
    }
}

impl RelightHolding {
    fn read(&self) -> Result<Holding, Failure> {
        Ok(Holding { key: self.key, identifier: self.identifier.read("identifier", Identifier::from_bytes)? })
    }
}

impl RelightNode {
    /// A node of a network that has this number of keys.
    pub(crate) fn read(&self, keys: usize) -> Result<Node, Failure> {
        let name = self.name.get("name")?;
        let operator = self.operator_identity.read("operator_identity", IdentityPublicKey::from_bytes)?;
        let decode = BlinderRegistration::decode;
        let registrations = objects("registrations", self.registrations, self.registrations_len, decode)?;
        let shares: Vec<Holding> = array("shares", self.shares, self.shares_len, RelightHolding::read)?;
        match identifier::read_optional("identifier", &self.identifier)? {
            None => Ok(Node { name: name.to_vec(), operator, registrations, shares }),
            Some(identifier) if shares.is_empty() => {
                let keys = u16::try_from(keys).map_err(|_| Error::InvalidLength)?;
                Ok(Node::new(name, operator, registrations, identifier, keys))
            }
            Some(_) => Err(Error::InvalidLength.into()),
        }
    }
}

/// What the backup of a node must say: `statement` receives it, and the caller owns it. A party that checks a backup makes
/// the statement from what they know, never from the backup. It is for the Blinder of the current registration. Shares
/// that are zero are left out. Fails if a key, commitment or registration does not decode, if the registrations do not
/// hold (like `relight_blinder_registration_verify` for the first, like `relight_blinder_registration_check_successor`
/// for the others, and with `RELIGHT_RESULT_INVALID_LENGTH` if there are none), and with
/// `RELIGHT_RESULT_UNKNOWN_PARAMETER_SET`, `RELIGHT_RESULT_INVALID_INDEX` for a share of a key that is not there,
/// `RELIGHT_RESULT_INVALID_IDENTIFIER`, `RELIGHT_RESULT_ZERO_IDENTIFIER`, `RELIGHT_RESULT_INVALID_LENGTH` if a name is
/// too long or there are no shares, `RELIGHT_RESULT_DUPLICATE_ENTRY` if a share is repeated, or
/// `RELIGHT_RESULT_CIRCULAR_STATEMENT`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_statement_new(
    network: *const RelightNetwork,
    node: *const RelightNode,
    statement: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(statement, details, || {
        let network = borrow("network", network)?;
        let node = borrow("node", node)?.read(network.keys_len).argument("node")?;
        let network = network.read(vec![]).argument("network")?;
        Ok((&*network.statement(&node)?.encode()).into())
    })
}

/// The digest that names a statement, a ceremony, a request or something else.
#[repr(C)]
pub struct RelightDigest {
    /// The digest.
    pub bytes: [u8; 32],
}

impl RelightDigest {
    pub(crate) fn read(&self) -> StatementDigest {
        StatementDigest::from_bytes(self.bytes)
    }
}

impl From<[u8; 32]> for RelightDigest {
    fn from(bytes: [u8; 32]) -> Self {
        Self { bytes }
    }
}

impl From<Digest> for RelightDigest {
    fn from(digest: Digest) -> Self {
        digest.to_bytes().into()
    }
}

impl Output for RelightDigest {
    const EMPTY: Self = Self { bytes: [0; 32] };
}

/// The public face of one share in a statement.
#[repr(C)]
pub struct RelightEntry {
    /// The curve of the key.
    pub curve: u16,
    /// Where the share lies: its share identifier.
    pub identifier: RelightBuffer,
    /// How many shares recover the key.
    pub threshold: u16,
    /// The root public key.
    pub public_key: RelightBuffer,
    /// The public share.
    pub public_share: RelightBuffer,
}

impl From<&Entry> for RelightEntry {
    fn from(entry: &Entry) -> Self {
        Self {
            curve: entry.curve().number(),
            identifier: entry.identifier.as_bytes().into(),
            threshold: entry.threshold.get(),
            public_key: entry.public_key.as_bytes().into(),
            public_share: entry.public_share.as_bytes().into(),
        }
    }
}

structure_output!(RelightEntry { curve, identifier, threshold, public_key, public_share });

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
    pub network: RelightBuffer,
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
        network: RelightBuffer::EMPTY,
        node: RelightBuffer::EMPTY,
        recovery_key: RelightBuffer::EMPTY,
        blinder: RelightBuffer::EMPTY,
        entries: ptr::null_mut(),
        entries_len: 0,
    };

    fn release(self) {
        [self.network, self.node, self.recovery_key, self.blinder].into_iter().for_each(Output::release);
        reclaim(self.entries, self.entries_len).into_iter().for_each(Output::release);
    }
}

/// Frees what an inspected statement owns, and empties it. NULL and empty statements are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_statement_free(statement: *mut RelightStatement) {
    free(statement);
}

/// What the statement of a backup says: `fields` receives it, and the caller owns it. Fails if `statement` does not
/// decode, and with `RELIGHT_RESULT_WRONG_LOCK` or `RELIGHT_RESULT_INVALID_LENGTH` if it is not one of a backup.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_statement_inspect(
    statement: RelightBytes,
    fields: *mut RelightStatement,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(fields, details, || Ok(inspect(&statement.read("statement", Statement::decode)?)?))
}

/// The other type of lock than that of a backup (Section 5.2 of the specification).
const MEMBER_LOCK: u8 = 2;

fn inspect(statement: &Statement) -> Result<RelightStatement, Error> {
    let (recovery_key, blinder, entries) = match statement.compartments() {
        [Compartment { lock: Lock::Recovery { recovery_key, blinder }, entries }] => (recovery_key, blinder, entries),
        [_] => return Err(Error::WrongLock(MEMBER_LOCK)),
        _ => return Err(Error::InvalidLength),
    };
    let (entries, entries_len) = leak(entries.iter().map(RelightEntry::from).collect());
    Ok(RelightStatement {
        digest: statement.digest().to_bytes().into(),
        parameters: statement.header().parameters.number(),
        epoch: statement.header().epoch,
        network: (&*statement.header().network).into(),
        node: (&*statement.header().node).into(),
        recovery_key: recovery_key.as_bytes().into(),
        blinder: blinder.as_bytes().into(),
        entries,
        entries_len,
    })
}
