//! All that is public of a network, in one object that people compare once (spec §10.7).

mod certified;
mod change;
mod verified;

pub use certified::Certified;
pub use change::Change;
pub use verified::VerifiedBundle;

use crate::ParameterSet;
use crate::codec::{Reader, Writer, check_short, count};
use crate::coverage::{FormerEpoch, Network, Node};
use crate::digest::Digest;
use crate::error::{Error, Field, Result};
use crate::hash::Xof;
use crate::recovery::Roster;
use crate::sharing::VssCommitment;
use alloc::string::String;
use alloc::vec::Vec;

/// What a custodian, a node or a member has to know about a network: who can recover it, what its root keys are, and who holds
/// which shares under which Blinders. Nothing in it is verified before [`Bundle::verify`], and nothing in it is secret.
///
/// ```text
/// struct {
///     uint8 version = 1;
///     uint8 parameter_set;                                // of its backups
///     opaque network<0..255>;
///     uint64 epoch;
///     opaque party<0..255>;                               // the recovery party's name
///     opaque roster<1..2^32-1>;                           // a Roster
///     opaque recovery_certificates<0..2^32-1>;            // Certified, one after the other
///     VssCommitment keys<1..2^32-1>;                      // of the root keys, in the order of the backups
///     opaque key_certificates<0..2^32-1>;                 // Certified, one after the other
///     Node nodes<1..2^32-1>;
///     opaque former<0..2^32-1>;                           // FormerEpoch, one after the other, ascending
/// } Bundle;
///
/// struct {
///     opaque name<0..255>;
///     opaque operator[33];                                // identity
///     BlinderRegistration registrations<1..2^32-1>;
///     Holding shares<1..2^32-1>;
/// } Node;
///
/// struct { uint16 key; opaque identifier<1..64>; } Holding;
/// struct { uint64 epoch; VssCommitment keys<1..2^32-1>; } FormerEpoch;
/// ```
///
/// ```
/// use relight::{bundle::Bundle, coverage::*};
/// # use relight::{identity::*, recovery::*, registration::*, sharing::*, curve::*, *};
/// # let rng = &mut rand::rng();
/// # let single = |curve, rng: &mut _| VssCommitment::new(vec![SecretScalar::random(curve, rng).public()]);
/// # let (identity, key, index) = (IdentityKey::generate(rng), MemberKey::generate(rng), PartyIndex::new(1)?);
/// # let member = MemberRegistration::first(b"party", index, &identity.public(), &key, rng)?.sign(&identity)?;
/// # let roster = Roster::new(b"party", single(CurveId::Bls12381G1, rng)?, vec![RosterMember::new(member)])?;
/// # let operator = IdentityKey::generate(rng);
/// # let registration = BlinderRegistration::first(&Blinder::generate(rng), b"net", b"node-1", &operator.public(), rng)?;
/// # let registrations = vec![registration.sign(&operator)?];
/// # let network = Network {
/// #     parameters: ParameterSet::Fast,
/// #     name: b"net".to_vec(),
/// #     epoch: 7,
/// #     recovery_key: roster.party().public_key().clone(),
/// #     keys: vec![single(CurveId::Secp256k1, rng)?],
/// #     nodes: vec![Node::new(b"node-1", operator.public(), registrations, Identifier::new(1)?, 1)],
/// #     former: vec![],
/// # };
/// // The planner puts it together, and tells everyone its digest, or reads them its short code.
/// let bundle = Bundle::new(b"party", &roster, &network)?;
/// let (bytes, digest) = (bundle.encode(), bundle.digest());
///
/// // Everyone else checks all of it in one call.
/// let verified = Bundle::decode(&bytes)?.verify(&digest)?;
/// assert_eq!(verified.network(), &network);
/// let statement = verified.statement(b"node-1")?.expect("the node has a share");
/// assert_eq!(statement.header().epoch, 7);
///
/// // In the next epoch only what is new has to be looked at.
/// let next = Network { epoch: 8, ..network };
/// let next = Bundle::new(b"party", &roster, &next)?;
/// let digest = next.digest();
/// assert_eq!(verified.check_successor(&next.verify(&digest)?)?, []);
/// # Ok::<(), relight::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    parameters: ParameterSet,
    network: Vec<u8>,
    epoch: u64,
    party: Vec<u8>,
    roster: Vec<u8>,
    recovery_certificates: Vec<Certified>,
    keys: Vec<VssCommitment>,
    key_certificates: Vec<Certified>,
    nodes: Vec<Node>,
    former: Vec<FormerEpoch>,
}

impl Bundle {
    /// The bundle of a network whose recovery party has this name and this roster.
    ///
    /// # Errors
    ///
    /// [`Error::Mismatch`] if the recovery key is not the roster's, or former epochs do not ascend and end before the
    /// network's; [`Error::InvalidLength`] if a name is too long, or a list is empty or too long.
    pub fn new(party: &[u8], roster: &Roster, network: &Network) -> Result<Self> {
        if network.recovery_key != *roster.party().public_key() {
            return Err(Error::Mismatch(Field::RecoveryKey));
        }
        let bundle = Self {
            parameters: network.parameters,
            network: network.name.clone(),
            epoch: network.epoch,
            party: party.to_vec(),
            roster: roster.encode(),
            recovery_certificates: Vec::new(),
            keys: network.keys.clone(),
            key_certificates: Vec::new(),
            nodes: network.nodes.clone(),
            former: network.former.clone(),
        };
        bundle.check_lengths()?;
        bundle.check_epochs()?;
        Ok(bundle)
    }

    /// Adds what vouches for the recovery key: the ceremony that generated or re-shared it.
    #[must_use]
    pub fn with_recovery_certificate(self, certified: Certified) -> Self {
        Self { recovery_certificates: Vec::from([certified]), ..self }
    }

    /// Adds what vouches for the root keys: the ceremonies that generated or re-shared them, in the order of the keys.
    #[must_use]
    pub fn with_key_certificates(self, certified: Vec<Certified>) -> Self {
        Self { key_certificates: certified, ..self }
    }

    /// The name of the network that it claims to describe.
    pub fn network(&self) -> &[u8] {
        &self.network
    }

    /// The epoch that it claims to describe.
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// The digest, which people compare.
    pub fn digest(&self) -> Digest {
        Xof::new("bundle").part(&self.encode()).digest()
    }

    /// A code of 40 digits in eight groups, for people to compare by voice. A planner cannot find two bundles that share it.
    pub fn short_code(&self) -> String {
        Xof::new("bundle-code").part(self.digest().as_bytes()).double_code()
    }

    /// The canonical encoding.
    pub fn encode(&self) -> Vec<u8> {
        Writer::versioned()
            .u8(self.parameters.number())
            .short_bytes(&self.network)
            .u64(self.epoch)
            .short_bytes(&self.party)
            .long_bytes(&self.roster)
            .items(&self.recovery_certificates, |writer, certified| certified.write(writer))
            .items(&self.keys, |writer, key| key.write(writer))
            .items(&self.key_certificates, |writer, certified| certified.write(writer))
            .items(&self.nodes, |writer, node| node.write(writer))
            .items(&self.former, |writer, former| former.write(writer))
            .finish()
    }

    /// Decodes a bundle. Nothing in it is verified yet.
    ///
    /// # Errors
    ///
    /// [`Error::Mismatch`] if former epochs do not ascend, or the last is not before the bundle's, and what is wrong with a
    /// field.
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        let bundle = Reader::decode_all(bytes, Self::read)?;
        bundle.check_epochs()?;
        Ok(bundle)
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        reader.version()?;
        Ok(Self {
            parameters: ParameterSet::try_from(reader.u8()?)?,
            network: reader.short_bytes()?.to_vec(),
            epoch: reader.u64()?,
            party: reader.short_bytes()?.to_vec(),
            roster: reader.nonempty_bytes()?.to_vec(),
            recovery_certificates: reader.any_items(Certified::read)?,
            keys: reader.items(VssCommitment::read_with_curve)?,
            key_certificates: reader.any_items(Certified::read)?,
            nodes: reader.items(Node::read)?,
            former: reader.any_items(FormerEpoch::read)?,
        })
    }

    /// Every name and list fits its length field on the wire.
    fn check_lengths(&self) -> Result<()> {
        check_short(&self.network)?;
        check_short(&self.party)?;
        count(&self.keys)?;
        count(&self.nodes)?;
        self.former.iter().try_for_each(|former| count(&former.keys).map(|_| ()))?;
        self.nodes.iter().try_for_each(|node| {
            check_short(&node.name)?;
            count(&node.registrations)?;
            count(&node.shares).map(|_| ())
        })
    }

    fn check_epochs(&self) -> Result<()> {
        let former = self.former.iter().map(|former| former.epoch);
        //= spec/10-backup.md#10-7-bundle
        //# A decoder MUST refuse former epochs that do not ascend, or of which the last is not before the bundle's, with
        //# Mismatch(Epoch).
        let ascends = former.clone().zip(former.skip(1).chain([self.epoch])).all(|(before, after)| before < after);
        if ascends { Ok(()) } else { Err(Error::Mismatch(Field::Epoch)) }
    }
}
