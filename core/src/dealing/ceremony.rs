//! What all parties of a ceremony agree on beforehand (spec §9.1).
//!
//! ```text
//! struct {
//!     uint8 version = 1;
//!     uint8 parameter_set;
//!     opaque name<0..255>;
//!     opaque nonce[32];
//!     uint64 epoch;
//!     uint16 threshold;
//!     uint8 origin;
//!     select (origin) {
//!         case generate(0): uint16 curves<1..2^32-1>;
//!         case reshare(1): Reshared keys<1..2^32-1>;
//!         case hand_over(2): VssCommitment keys<1..2^32-1>;
//!     }
//!     Dealer dealers<1..2^32-1>;
//!     Recipient recipients<1..2^32-1>;
//! } Ceremony;
//!
//! struct { uint16 curve; opaque commitments<1..2^32-1>; opaque at<0..64>; } Reshared;
//!
//! struct { uint16 index; opaque identity[33]; opaque identifier<1..64>; } Dealer;
//! struct { uint16 index; opaque identity[33]; opaque member_key[48]; opaque identifier<1..64>; } Recipient;
//! ```

use super::keys::{Keys, Slot};
use crate::codec::{Reader, Writer, check_short, count};
use crate::curve::{CurveId, CurvePoint, with_curve};
use crate::digest::Digest;
use crate::distinct::{check_ascending, check_keys};
use crate::encryption::ParameterSet;
use crate::error::{Error, Result};
use crate::hash::Xof;
use crate::identity::IdentityPublicKey;
use crate::keys::{MemberKey, MemberPublicKey};
use crate::registration::MemberRegistration;
use crate::sharing::{Identifier, PartyIndex, Threshold};
use crate::statement::Lock;
use alloc::string::String;
use alloc::vec::Vec;
use rand_core::CryptoRng;

/// A ceremony as its parties plan it; [`Ceremony::new`] checks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The parameter set of the encryptions.
    pub parameters: ParameterSet,
    /// The application's name for the ceremony, at most 255 bytes.
    pub name: Vec<u8>,
    /// Makes the ceremony another one than all before it: [`Plan::random_nonce`].
    pub nonce: [u8; 32],
    /// The epoch of the new sharing.
    pub epoch: u64,
    /// How many recipients recover a key.
    pub threshold: u16,
    /// The keys that are dealt.
    pub keys: Keys,
    /// Who deals, by ascending index.
    pub dealers: Vec<Dealer>,
    /// Who receives, by ascending index.
    pub recipients: Vec<Recipient>,
}

impl Plan {
    /// A nonce for a new plan.
    pub fn random_nonce(rng: &mut impl CryptoRng) -> [u8; 32] {
        //= spec/9-dealing.md#9-1-ceremony
        //# The planner of a ceremony MUST draw its nonce at random.
        let mut nonce = [0; 32];
        rng.fill_bytes(&mut nonce);
        nonce
    }
}

/// A party that deals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dealer {
    /// Its number in the ceremony.
    pub index: PartyIndex,
    /// The identity that signs its dealing.
    pub identity: IdentityPublicKey,
    /// Where its old share lies, if keys are re-shared.
    pub identifier: Identifier,
}

/// A party that receives a share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// Its number in the ceremony.
    pub index: PartyIndex,
    /// The identity that signs its confirmation.
    pub identity: IdentityPublicKey,
    /// The key that its shares are encrypted to.
    pub member_key: MemberPublicKey,
    /// Where its new share lies.
    pub identifier: Identifier,
}

impl Dealer {
    /// With the identifier that equals the index.
    pub fn new(index: PartyIndex, identity: IdentityPublicKey) -> Self {
        Self { index, identity, identifier: index.into() }
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        Ok(Self {
            index: PartyIndex::new(reader.u16()?)?,
            identity: IdentityPublicKey::read(reader)?,
            identifier: Identifier::read(reader)?,
        })
    }

    fn write(&self, writer: Writer) -> Writer {
        self.identifier.write(self.identity.write(writer.u16(self.index.get())))
    }
}

impl Recipient {
    /// With the identifier that equals the index.
    pub fn new(index: PartyIndex, identity: IdentityPublicKey, member_key: MemberPublicKey) -> Self {
        Self { index, identity, member_key, identifier: index.into() }
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        Ok(Self {
            index: PartyIndex::new(reader.u16()?)?,
            identity: IdentityPublicKey::read(reader)?,
            member_key: MemberPublicKey::read(reader)?,
            identifier: Identifier::read(reader)?,
        })
    }

    fn write(&self, writer: Writer) -> Writer {
        self.identifier.write(self.member_key.write(self.identity.write(writer.u16(self.index.get()))))
    }
}

impl From<&MemberRegistration> for Dealer {
    fn from(registration: &MemberRegistration) -> Self {
        Self::new(registration.index(), registration.identity().clone())
    }
}

impl From<&MemberRegistration> for Recipient {
    fn from(registration: &MemberRegistration) -> Self {
        Self::new(registration.index(), registration.identity().clone(), registration.member_key().clone())
    }
}

/// A checked plan, under the digest that everything in the ceremony is bound to.
///
/// ```
/// use relight::curve::CurveId;
/// use relight::sharing::PartyIndex;
/// use relight::{dealing::*, identity::*, *};
///
/// let rng = &mut rand::rng();
/// let (identity, key) = (IdentityKey::generate(rng), MemberKey::generate(rng));
/// let index = PartyIndex::new(1)?;
/// let ceremony = Ceremony::new(Plan {
///     parameters: ParameterSet::Fast,
///     name: b"party of one".to_vec(),
///     nonce: Plan::random_nonce(rng),
///     epoch: 1,
///     threshold: 1,
///     keys: Keys::Generate(vec![CurveId::Secp256k1]),
///     dealers: vec![Dealer::new(index, identity.public())],
///     recipients: vec![Recipient::new(index, identity.public(), key.public())],
/// })?;
///
/// // Everyone deals, and takes the dealings of all.
/// let dealing = ceremony.deal(index, &identity, &[], rng)?;
/// let mut dealings = Dealings::new(&ceremony);
/// dealings.receive(&dealing.encode())?;
///
/// // Everyone confirms once, and takes the confirmations of all until they close the ceremony.
/// let confirmation = dealings.confirm(index, &key)?.sign(&identity)?;
/// let mut confirmations = Confirmations::new(&ceremony);
/// confirmations.receive(&confirmation.encode())?;
/// let certificate = confirmations.certificate()?;
///
/// let outcome = dealings.close(certificate.verify(&ceremony)?)?.finish(index, &key)?;
/// assert_eq!(outcome.shares[0].public_key(), outcome.public.keys[0].public_key());
/// # Ok::<(), relight::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ceremony {
    plan: Plan,
    threshold: Threshold,
    digest: Digest,
    /// What the new public key of each slot has to be, unless it is a new key.
    public_keys: Vec<Option<CurvePoint>>,
    /// The lock of each recipient's compartment.
    locks: Vec<Lock>,
}

impl Ceremony {
    /// Checks a plan (spec §9.1).
    ///
    /// # Errors
    ///
    /// - [`Error::InvalidLength`]: the name is longer than 255 bytes, or there are no keys, dealers or recipients, or more
    ///   than 65535;
    /// - [`Error::InvalidThreshold`]: zero, more than the recipients, or one that would give a whole key away (see
    ///   [`Keys`]);
    /// - [`Error::DuplicateEntry`]: an old key is listed twice;
    /// - [`Error::InvalidIndex`], [`Error::DuplicateIndex`]: indices descend, or are equal;
    /// - [`Error::DuplicateKey`]: two dealers or recipients have one identity or member key;
    /// - [`Error::ZeroIdentifier`], [`Error::DuplicateIdentifier`]: identifiers do not go together on the curve of a key;
    /// - [`Error::InvalidPoint`]: a key would be re-shared at a point where it is zero;
    /// - [`Error::NotEnoughDealings`]: the dealers are too few to finish.
    pub fn new(plan: Plan) -> Result<Self> {
        check_short(&plan.name)?;
        let (dealers, recipients) = (count(&plan.dealers)?, count(&plan.recipients)?);
        //= spec/9-dealing.md#9-1-ceremony
        //# A decoder MUST refuse a threshold that is zero or greater than the number of recipients, with
        //# InvalidThreshold.
        let threshold = Threshold::new(plan.threshold, recipients)?;
        plan.keys.check(threshold, recipients)?;
        let identifiers = check_dealers(&plan)?;
        check_recipients(&plan)?;
        let public_keys = plan.keys.slots().iter().map(|slot| slot.public_key(&identifiers)).collect::<Result<_>>()?;
        let lock = |recipient: &Recipient| Lock::Member { member_key: recipient.member_key.clone() };
        let locks = plan.recipients.iter().map(lock).collect();
        let digest = Xof::new("ceremony").part(&encode(&plan)).digest();
        let ceremony = Self { plan, threshold, digest, public_keys, locks };
        let (have, need) = (dealers, ceremony.needed());
        //= spec/9-dealing.md#9-1-ceremony
        //# A decoder MUST refuse a ceremony with fewer dealers than the dealings needed, with NotEnoughDealings.
        if have < need { Err(Error::NotEnoughDealings { have, need, bad: Vec::new() }) } else { Ok(ceremony) }
    }

    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// How many recipients recover a key.
    pub fn threshold(&self) -> Threshold {
        self.threshold
    }

    /// The digest that everything in the ceremony is bound to.
    pub fn digest(&self) -> Digest {
        //= spec/9-dealing.md#9-1-ceremony
        //# A party MUST NOT take part in a ceremony with the digest of one that it took part in before.
        self.digest
    }

    /// Forty digits, in groups of five: all parties compare them by voice before anybody deals. A planner cannot find two
    /// plans that share them.
    pub fn short_code(&self) -> String {
        Xof::new("ceremony-code").part(self.digest.as_bytes()).double_code()
    }

    /// How many valid dealings it takes: the threshold for new keys, so that one dealer at least is honest; the
    /// greatest old threshold for old ones.
    pub fn needed(&self) -> u16 {
        let slots = self.plan.keys.slots();
        let old = slots.iter().filter_map(|slot| slot.old);
        old.map(|commitment| commitment.threshold().get()).max().unwrap_or(self.threshold.get())
    }

    /// How many recipients must confirm the same to close it: more than two thirds, and no fewer than the threshold.
    pub fn quorum(&self) -> u16 {
        let recipients = self.plan.recipients.len() as u16;
        Threshold::supermajority(recipients).map_or(recipients, Threshold::get).max(self.threshold.get())
    }

    /// The canonical encoding.
    pub fn encode(&self) -> Vec<u8> {
        encode(&self.plan)
    }

    /// Decodes, and checks like [`Ceremony::new`].
    ///
    /// # Errors
    ///
    /// Those of [`Ceremony::new`]; [`Error::UnknownParameterSet`], [`Error::UnknownOrigin`], [`Error::UnknownCurve`],
    /// [`Error::InvalidPoint`] or [`Error::InvalidIdentifier`] for a field.
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        Reader::decode_all(bytes, |reader| {
            reader.version()?;
            Self::new(Plan {
                parameters: ParameterSet::try_from(reader.u8()?)?,
                name: reader.short_bytes()?.to_vec(),
                nonce: reader.array()?,
                epoch: reader.u64()?,
                threshold: reader.u16()?,
                keys: Keys::read(reader)?,
                dealers: reader.items(Dealer::read)?,
                recipients: reader.items(Recipient::read)?,
            })
        })
    }

    /// The keys, one by one.
    pub(super) fn slots(&self) -> Vec<Slot<'_>> {
        self.plan.keys.slots()
    }

    pub(super) fn dealer(&self, index: PartyIndex) -> Result<&Dealer> {
        let found = self.plan.dealers.iter().find(|dealer| dealer.index == index);
        found.ok_or(Error::UnknownDealer(index.get()))
    }

    pub(super) fn recipient(&self, index: PartyIndex) -> Result<&Recipient> {
        let found = self.plan.recipients.iter().find(|recipient| recipient.index == index);
        found.ok_or(Error::UnknownRecipient(index.get()))
    }

    /// A recipient and its place, if this is its key.
    pub(super) fn place(&self, index: PartyIndex, key: &MemberKey) -> Result<(usize, &Recipient)> {
        let mut recipients = self.plan.recipients.iter().enumerate();
        let found = recipients.find(|(_, recipient)| recipient.index == index);
        let (place, recipient) = found.ok_or(Error::UnknownRecipient(index.get()))?;
        if recipient.member_key == key.public() { Ok((place, recipient)) } else { Err(Error::WrongMemberKey) }
    }

    /// What the new public key of each slot has to be, unless it is a new key.
    pub(super) fn public_keys(&self) -> &[Option<CurvePoint>] {
        &self.public_keys
    }

    /// The lock of each recipient's compartment.
    pub(super) fn locks(&self) -> &[Lock] {
        &self.locks
    }

    /// Where the recipients' shares lie.
    pub(super) fn recipient_identifiers(&self) -> Vec<Identifier> {
        self.plan.recipients.iter().map(|recipient| recipient.identifier).collect()
    }
}

/// Where the old shares lie.
fn check_dealers(plan: &Plan) -> Result<Vec<Identifier>> {
    let dealers = plan.dealers.iter();
    //= spec/9-dealing.md#9-1-ceremony
    //# A decoder MUST refuse indices of dealers or of recipients that descend, with InvalidIndex.
    check_ascending(dealers.clone().map(|dealer| dealer.index))?;
    //= spec/9-dealing.md#9-1-ceremony
    //# A decoder MUST refuse two dealers with the same identity, and two recipients with the same identity or member key,
    //# with DuplicateKey.
    check_keys(dealers.clone().map(|dealer| (dealer.index, dealer.identity.to_bytes())))?;
    let identifiers: Vec<Identifier> = dealers.map(|dealer| dealer.identifier).collect();
    check_identifiers(plan, &identifiers)?;
    Ok(identifiers)
}

fn check_recipients(plan: &Plan) -> Result<()> {
    let recipients = plan.recipients.iter();
    //= spec/9-dealing.md#9-1-ceremony
    //# A decoder MUST refuse two dealers or two recipients with the same index, with DuplicateIndex.
    check_ascending(recipients.clone().map(|recipient| recipient.index))?;
    check_keys(recipients.clone().map(|recipient| (recipient.index, recipient.identity.to_bytes())))?;
    check_keys(recipients.clone().map(|recipient| (recipient.index, recipient.member_key.as_bytes().to_vec())))?;
    check_identifiers(plan, &recipients.map(|recipient| recipient.identifier).collect::<Vec<_>>())
}

/// On the curve of every key they differ and are not zero.
fn check_identifiers(plan: &Plan, identifiers: &[Identifier]) -> Result<()> {
    let mut curves: Vec<CurveId> = plan.keys.curves();
    curves.sort_unstable();
    curves.dedup();
    curves.into_iter().try_for_each(|curve| with_curve!(curve, C => Identifier::check::<C>(identifiers).map(|_| ())))
}

fn encode(plan: &Plan) -> Vec<u8> {
    let writer = Writer::versioned()
        .u8(plan.parameters.number())
        .short_bytes(&plan.name)
        .bytes(&plan.nonce)
        .u64(plan.epoch)
        .u16(plan.threshold);
    plan.keys
        .write(writer)
        .items(&plan.dealers, |writer, dealer| dealer.write(writer))
        .items(&plan.recipients, |writer, recipient| recipient.write(writer))
        .finish()
}
