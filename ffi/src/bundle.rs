//! All that is public of a network, in one object that people compare once.

use crate::coverage::{RelightCoverage, audit};
use crate::details::{Argument, Failure, RelightDetails};
use crate::entry::{free, produce};
use crate::memory::{
    Output, RelightBuffer, RelightBytes, RelightList, RelightWatch, array, borrow, byte_strings, leak, reclaim,
    structure_output,
};
use crate::result::RelightResult;
use crate::roster;
use crate::statement::{RelightDigest, RelightNetwork, RelightNode};
use core::ffi::c_void;
use core::ptr;
use relight::bundle::{Bundle, Certified, VerifiedBundle};
use relight::coverage::{FormerEpoch, Holding, Node};
use relight::dealing::{Ceremony, Certificate};
use relight::{Digest, Statement};

/// A ceremony and its certificate, which vouch for its keys. The caller owns what it points to.
#[repr(C)]
pub struct RelightCertified {
    /// The ceremony.
    pub ceremony: RelightBytes,
    /// Its certificate.
    pub certificate: RelightBytes,
}

impl RelightCertified {
    fn read(&self) -> Result<Certified, Failure> {
        Ok(Certified {
            ceremony: self.ceremony.read("ceremony", Ceremony::decode)?,
            certificate: self.certificate.read("certificate", Certificate::decode)?,
        })
    }
}

/// What a bundle is made of. The caller owns everything it points to.
#[repr(C)]
pub struct RelightBundleContents {
    /// The name under which the roster's members registered.
    pub party: RelightBytes,
    /// The roster of the recovery party.
    pub roster: RelightBytes,
    /// The network. Its recovery key is the roster's.
    pub network: RelightNetwork,
    /// Its nodes.
    pub nodes: *const RelightNode,
    /// The number of nodes.
    pub nodes_len: usize,
    /// What vouches for the recovery key, or NULL if nothing does.
    pub recovery_certificate: *const RelightCertified,
    /// What vouches for the root keys, in their order; nothing in a network with a key generation of its own.
    pub key_certificates: *const RelightCertified,
    /// The number of those.
    pub key_certificates_len: usize,
}

impl RelightBundleContents {
    fn read(&self) -> Result<Bundle, Failure> {
        let nodes = array("nodes", self.nodes, self.nodes_len, |node| node.read(self.network.keys_len))?;
        let network = self.network.read(nodes).argument("network")?;
        let bundle = Bundle::new(self.party.get("party")?, &roster::read(&self.party, &self.roster)?, &network)?;
        let certified = array("key_certificates", self.key_certificates, self.key_certificates_len, |one| one.read())?;
        let bundle = bundle.with_key_certificates(certified);
        if self.recovery_certificate.is_null() {
            return Ok(bundle);
        }
        let name = "recovery_certificate";
        Ok(bundle.with_recovery_certificate(borrow(name, self.recovery_certificate)?.read().argument(name)?))
    }
}

/// Puts a bundle together: `bundle` receives it, and the caller owns it. Publish it, and tell everyone its digest or its
/// short code. Fails if an input does not decode, like `relight_bundle_verify`, which this is checked by.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_bundle_new(
    contents: *const RelightBundleContents,
    bundle: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(bundle, details, || {
        let made = borrow("contents", contents)?.read()?;
        let (bytes, digest) = (made.encode(), made.digest());
        made.verify(&digest)?;
        Ok((&*bytes).into())
    })
}

/// What a bundle claims to be, for people to compare before anybody trusts it. Free it with `relight_bundle_claim_free`.
#[repr(C)]
pub struct RelightBundleClaim {
    /// The digest, by which `relight_bundle_verify` knows it.
    pub digest: RelightDigest,
    /// The network that it claims to describe.
    pub network: RelightBuffer,
    /// The epoch that it claims to describe.
    pub epoch: u64,
    /// A code of 40 digits in eight groups, for people to compare by voice.
    pub short_code: RelightBuffer,
}

structure_output!(RelightBundleClaim { digest, network, epoch, short_code });

/// Frees what a claim owns, and empties it. NULL and empty claims are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_bundle_claim_free(claim: *mut RelightBundleClaim) {
    free(claim);
}

/// What a bundle claims to be: `claim` receives it, and the caller owns it. Nothing is verified. Fails if `bundle` does
/// not decode.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_bundle_inspect(
    bundle: RelightBytes,
    claim: *mut RelightBundleClaim,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(claim, details, || {
        let bundle = bundle.read("bundle", Bundle::decode)?;
        Ok(RelightBundleClaim {
            digest: bundle.digest().into(),
            network: bundle.network().into(),
            epoch: bundle.epoch(),
            short_code: bundle.short_code().as_bytes().into(),
        })
    })
}

/// A share that a node of a bundle holds.
#[repr(C)]
pub struct RelightHeldShare {
    /// The key, by its place in the network, from zero.
    pub key: u16,
    /// Where the share lies.
    pub identifier: RelightBuffer,
}

structure_output!(RelightHeldShare { key, identifier });

impl From<&Holding> for RelightHeldShare {
    fn from(holding: &Holding) -> Self {
        Self { key: holding.key, identifier: holding.identifier.as_bytes().into() }
    }
}

/// A node of a bundle.
#[repr(C)]
pub struct RelightBundleNode {
    /// Its name.
    pub name: RelightBuffer,
    /// The public half of its operator's identity, 33 bytes.
    pub operator_identity: RelightBuffer,
    /// The registrations of its operator's Blinders; the last is current.
    pub registrations: RelightList,
    /// The shares that it holds, in the order of its backup.
    pub shares: *mut RelightHeldShare,
    /// The number of shares.
    pub shares_len: usize,
    /// What its current backup must state. Empty if all its shares are zero.
    pub statement: RelightBuffer,
}

impl Output for RelightBundleNode {
    const EMPTY: Self = Self {
        name: RelightBuffer::EMPTY,
        operator_identity: RelightBuffer::EMPTY,
        registrations: RelightList::EMPTY,
        shares: ptr::null_mut(),
        shares_len: 0,
        statement: RelightBuffer::EMPTY,
    };

    fn release(self) {
        [self.name, self.operator_identity, self.statement].into_iter().for_each(Output::release);
        self.registrations.release();
        reclaim(self.shares, self.shares_len).into_iter().for_each(Output::release);
    }
}

impl RelightBundleNode {
    fn new(node: &Node, statement: Option<&Statement>) -> Self {
        let (shares, shares_len) = leak(node.shares.iter().map(RelightHeldShare::from).collect());
        Self {
            name: (&*node.name).into(),
            operator_identity: (&*node.operator.to_bytes()).into(),
            registrations: node.registrations.iter().map(|registration| registration.encode()).collect(),
            shares,
            shares_len,
            statement: statement.map_or(RelightBuffer::EMPTY, |statement| (&*statement.encode()).into()),
        }
    }
}

/// An epoch of a bundle that is over.
#[repr(C)]
pub struct RelightBundleEpoch {
    /// Its number.
    pub epoch: u64,
    /// The VSS commitments of the root keys at that time.
    pub keys: RelightList,
}

structure_output!(RelightBundleEpoch { epoch, keys });

impl From<&FormerEpoch> for RelightBundleEpoch {
    fn from(former: &FormerEpoch) -> Self {
        Self { epoch: former.epoch, keys: former.keys.iter().map(|key| key.encode()).collect() }
    }
}

/// What vouches for keys of a bundle.
#[repr(C)]
pub struct RelightBundleCertificate {
    /// The ceremony.
    pub ceremony: RelightBuffer,
    /// Its certificate.
    pub certificate: RelightBuffer,
}

structure_output!(RelightBundleCertificate { ceremony, certificate });

impl From<&Certified> for RelightBundleCertificate {
    fn from(certified: &Certified) -> Self {
        let Certified { ceremony, certificate } = certified;
        Self { ceremony: (&*ceremony.encode()).into(), certificate: (&*certificate.encode()).into() }
    }
}

/// What a verified bundle says. Free it with `relight_bundle_free`.
#[repr(C)]
pub struct RelightBundle {
    /// The parameter set of the network's backups.
    pub parameters: u8,
    /// The name of the network.
    pub network: RelightBuffer,
    /// The epoch.
    pub epoch: u64,
    /// The name of the recovery party.
    pub party: RelightBuffer,
    /// The roster of the recovery party.
    pub roster: RelightBuffer,
    /// The public recovery key, 48 bytes.
    pub recovery_key: RelightBuffer,
    /// The VSS commitments of the root keys, in the order of the backups.
    pub keys: RelightList,
    /// The nodes.
    pub nodes: *mut RelightBundleNode,
    /// The number of nodes.
    pub nodes_len: usize,
    /// Former epochs, ascending.
    pub former: *mut RelightBundleEpoch,
    /// The number of former epochs.
    pub former_len: usize,
    /// What vouches for the recovery key. Empty if nothing does.
    pub recovery_certificate: RelightBundleCertificate,
    /// What vouches for the root keys, in their order.
    pub key_certificates: *mut RelightBundleCertificate,
    /// The number of those.
    pub key_certificates_len: usize,
}

impl Output for RelightBundle {
    const EMPTY: Self = Self {
        parameters: 0,
        network: RelightBuffer::EMPTY,
        epoch: 0,
        party: RelightBuffer::EMPTY,
        roster: RelightBuffer::EMPTY,
        recovery_key: RelightBuffer::EMPTY,
        keys: RelightList::EMPTY,
        nodes: ptr::null_mut(),
        nodes_len: 0,
        former: ptr::null_mut(),
        former_len: 0,
        recovery_certificate: RelightBundleCertificate::EMPTY,
        key_certificates: ptr::null_mut(),
        key_certificates_len: 0,
    };

    fn release(self) {
        [self.network, self.party, self.roster, self.recovery_key].into_iter().for_each(Output::release);
        self.keys.release();
        reclaim(self.nodes, self.nodes_len).into_iter().for_each(Output::release);
        reclaim(self.former, self.former_len).into_iter().for_each(Output::release);
        self.recovery_certificate.release();
        reclaim(self.key_certificates, self.key_certificates_len).into_iter().for_each(Output::release);
    }
}

impl RelightBundle {
    fn new(bundle: &VerifiedBundle) -> Result<Self, Failure> {
        let network = bundle.network();
        let node = |node: &Node| Ok(RelightBundleNode::new(node, bundle.statement(&node.name)?));
        let (nodes, nodes_len) = leak(network.nodes.iter().map(node).collect::<Result<_, Failure>>()?);
        let (former, former_len) = leak(network.former.iter().map(RelightBundleEpoch::from).collect());
        let certificates = bundle.key_certificates().iter().map(RelightBundleCertificate::from);
        let (key_certificates, key_certificates_len) = leak(certificates.collect());
        Ok(Self {
            parameters: network.parameters.number(),
            network: (&*network.name).into(),
            epoch: network.epoch,
            party: bundle.party().into(),
            roster: (&*bundle.roster().encode()).into(),
            recovery_key: network.recovery_key.as_bytes().into(),
            keys: network.keys.iter().map(|key| key.encode()).collect(),
            nodes,
            nodes_len,
            former,
            former_len,
            recovery_certificate: bundle.recovery_certificate().map_or(RelightBundleCertificate::EMPTY, Into::into),
            key_certificates,
            key_certificates_len,
        })
    }
}

/// Frees what a bundle owns, and empties it. NULL and empty bundles are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_bundle_free(fields: *mut RelightBundle) {
    free(fields);
}

/// Verifies all of a bundle at once: `fields` receives what it says, and the caller owns it. `digest` is the one that
/// the caller has from a party that it trusts, not from where it found the bundle. That backups exist is for an audit to
/// say. Fails with `RELIGHT_RESULT_BUNDLE_MISMATCH` for another digest, before anything else is looked at, if something
/// in it does not decode, like `relight_roster_verify`, `relight_coverage_audit`, `relight_blinder_registration_verify`
/// and `relight_certificate_verify`, and with `RELIGHT_RESULT_BAD_CERTIFICATE` if certificates vouch for other keys,
/// `RELIGHT_RESULT_INVALID_LENGTH` if for more or fewer, `RELIGHT_RESULT_UNUSED_IDENTIFIER` if nobody has the share of a
/// recipient that confirmed, or `RELIGHT_RESULT_MISMATCH` if another member has it, or keys are of another epoch.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_bundle_verify(
    bundle: RelightBytes,
    digest: *const RelightDigest,
    fields: *mut RelightBundle,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(fields, details, || RelightBundle::new(&verified(&bundle, digest)?))
}

/// Verifies a bundle, like `relight_bundle_verify`, and audits its network, like `relight_coverage_audit`: `coverage`
/// receives how it is covered by these backups, and the caller owns it.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_bundle_audit(
    bundle: RelightBytes,
    digest: *const RelightDigest,
    backups: *const RelightBytes,
    backups_len: usize,
    watch: RelightWatch,
    watcher: *mut c_void,
    coverage: *mut RelightCoverage,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(coverage, details, || {
        let backups = byte_strings("backups", backups, backups_len)?;
        audit(verified(&bundle, digest)?.network(), &backups, watch, watcher)
    })
}

/// May `next` take the place of `known`? `changes` receives what is different in it, a clause in English for each
/// change, and the caller owns it: whoever trusts `known` has to look at nothing else. The caller verified both
/// (`relight_bundle_verify`). Fails like that, and with `RELIGHT_RESULT_MISMATCH` if `next` is of another network, of no
/// later epoch, has another root key in the place of a known one, another operator of a known node, or other keys in an
/// epoch that both know, `RELIGHT_RESULT_BROKEN_SUCCESSION` if the current registration of a known node is not among
/// those of `next`, or `RELIGHT_RESULT_RETIRED_REGISTRATION` if a member's registration is older than the known one.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_bundle_check_successor(
    known: RelightBytes,
    next: RelightBytes,
    changes: *mut RelightList,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(changes, details, || {
        let known = trusted("known", &known)?;
        let changes = known.check_successor(&trusted("next", &next)?)?;
        Ok(changes.iter().map(|change| change.to_string().into_bytes()).collect())
    })
}

fn verified(bundle: &RelightBytes, digest: *const RelightDigest) -> Result<VerifiedBundle, Failure> {
    let digest = Digest::from_bytes(borrow("digest", digest)?.bytes);
    bundle.read("bundle", |bytes| Bundle::decode(bytes)?.verify(&digest))
}

/// A bundle whose digest the caller compared.
fn trusted(name: &str, bytes: &RelightBytes) -> Result<VerifiedBundle, Failure> {
    let bundle = bytes.read(name, Bundle::decode)?;
    let digest = bundle.digest();
    bundle.verify(&digest).argument(name)
}
