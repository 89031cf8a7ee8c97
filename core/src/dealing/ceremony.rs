//! What all parties of a ceremony agree on beforehand (spec §9.1).
//!
//! ```text
//! struct {
//!     uint8 version = 1;
//!     uint8 parameter_set;
//!     opaque context<0..255>;
//!     uint64 epoch;
//!     uint16 threshold;
//!     KeySlot keys<1..2^32-1>;
//!     Dealer dealers<1..2^32-1>;
//!     Recipient recipients<1..2^32-1>;
//! } Ceremony;
//!
//! struct {
//!     uint16 curve;
//!     uint8 origin;
//!     select (origin) { case generate(0): ; case reshare(1): opaque commitments<1..2^32-1>; }
//! } KeySlot;
//!
//! struct { uint16 index; opaque identity[33]; } Dealer;
//! struct { uint16 index; opaque member_key[48]; } Recipient;
//! ```

use crate::codec::{Reader, Writer, check_short, count};
use crate::curve::CurveId;
use crate::distinct::repeated;
use crate::encryption::ParameterSet;
use crate::error::{Error, Result};
use crate::hash::Xof;
use crate::identity::IdentityPublicKey;
use crate::keys::MemberPublicKey;
use crate::sharing::{Identifier, PublicPolynomial, Threshold};
use alloc::vec::Vec;
use core::cmp::Ordering;

const GENERATE: u8 = 0;
const RESHARE: u8 = 1;

/// A ceremony as its parties plan it; [`Ceremony::new`] checks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The parameter set of the encryptions.
    pub parameters: ParameterSet,
    /// The application's name for the ceremony, at most 255 bytes. Use a new one each time.
    pub context: Vec<u8>,
    /// The epoch of the new sharing.
    pub epoch: u64,
    /// How many recipients recover a key.
    pub threshold: u16,
    /// The keys that are dealt, all with the same origin.
    pub keys: Vec<KeySlot>,
    /// Who deals, by ascending index.
    pub dealers: Vec<Dealer>,
    /// Who receives, by ascending index.
    pub recipients: Vec<Recipient>,
}

/// A key that is dealt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeySlot {
    /// A new key on this curve.
    Generate(CurveId),
    /// The key with these commitments, shared anew.
    Reshare(PublicPolynomial),
}

/// A party that deals. When re-sharing, its index is that of its old share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dealer {
    /// Its place.
    pub index: Identifier,
    /// The identity that signs its dealing.
    pub identity: IdentityPublicKey,
}

/// A party that receives a share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// The place of its new share.
    pub index: Identifier,
    /// The key that its shares are encrypted to.
    pub member_key: MemberPublicKey,
}

impl KeySlot {
    /// The curve of the key.
    pub fn curve(&self) -> CurveId {
        match self {
            Self::Generate(curve) => *curve,
            Self::Reshare(sharing) => sharing.curve(),
        }
    }

    pub(super) fn old_sharing(&self) -> Option<&PublicPolynomial> {
        match self {
            Self::Generate(_) => None,
            Self::Reshare(sharing) => Some(sharing),
        }
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        let curve = CurveId::try_from(reader.u16()?)?;
        match reader.u8()? {
            GENERATE => Ok(Self::Generate(curve)),
            RESHARE => PublicPolynomial::read(reader, curve).map(Self::Reshare),
            other => Err(Error::UnknownOrigin(other)),
        }
    }

    fn write(&self, writer: Writer) -> Writer {
        let writer = writer.u16(self.curve().number());
        match self {
            Self::Generate(_) => writer.u8(GENERATE),
            Self::Reshare(sharing) => writer.u8(RESHARE).long_bytes(&sharing.commitment_bytes()),
        }
    }
}

impl Dealer {
    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        Ok(Self { index: Identifier::new(reader.u16()?)?, identity: IdentityPublicKey::read(reader)? })
    }

    fn write(&self, writer: Writer) -> Writer {
        self.identity.write(writer.u16(self.index.get()))
    }
}

impl Recipient {
    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        Ok(Self { index: Identifier::new(reader.u16()?)?, member_key: MemberPublicKey::read(reader)? })
    }

    fn write(&self, writer: Writer) -> Writer {
        self.member_key.write(writer.u16(self.index.get()))
    }
}

/// A checked plan, under the digest that everything in the ceremony is bound to.
///
/// ```
/// use relight::curve::CurveId;
/// use relight::sharing::Identifier;
/// use relight::{Ceremony, Dealer, IdentityKey, KeySlot, MemberKey, ParameterSet, Plan, Recipient};
///
/// let rng = &mut rand::rng();
/// let (identity, key) = (IdentityKey::generate(rng), MemberKey::generate(rng));
/// let index = Identifier::new(1)?;
/// let ceremony = Ceremony::new(Plan {
///     parameters: ParameterSet::Fast,
///     context: b"party of one".to_vec(),
///     epoch: 1,
///     threshold: 1,
///     keys: vec![KeySlot::Generate(CurveId::Secp256k1)],
///     dealers: vec![Dealer { index, identity: identity.public() }],
///     recipients: vec![Recipient { index, member_key: key.public() }],
/// })?;
/// let dealing = ceremony.deal(index, &identity, &[], rng)?;
///
/// let mut dealings = relight::Dealings::new(&ceremony);
/// dealings.receive(&dealing)?;
/// let outcome = dealings.finish(index, &key)?;
/// assert_eq!(outcome.shares[0].root_public_key(), outcome.public.keys[0].root_public_key());
/// # Ok::<(), relight::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ceremony {
    plan: Plan,
    threshold: Threshold,
    digest: [u8; 32],
}

impl Ceremony {
    /// Fails with [`Error::InvalidLength`], [`Error::InvalidThreshold`], [`Error::UnknownOrigin`] if new and old keys
    /// are mixed, [`Error::DuplicateEntry`] if an old key comes twice, [`Error::DuplicateIdentifier`] if an index, an
    /// identity or a member key does, [`Error::InvalidIdentifier`] if indices descend, or
    /// [`Error::NotEnoughDealings`] if the dealers are too few to finish.
    pub fn new(plan: Plan) -> Result<Self> {
        check_short(&plan.context)?;
        count(&plan.keys)?;
        let dealers = count(&plan.dealers)?;
        //= spec/9-dealing.md#9-1-ceremony
        //# A decoder MUST refuse a threshold that is zero or greater than the number of recipients, with
        //# InvalidThreshold.
        let threshold = Threshold::new(plan.threshold, count(&plan.recipients)?)?;
        check_keys(&plan.keys)?;
        check_parties(plan.dealers.iter().map(|dealer| (dealer.index, dealer.identity.to_bytes())))?;
        let recipients = plan.recipients.iter();
        check_parties(recipients.map(|recipient| (recipient.index, recipient.member_key.as_bytes().to_vec())))?;
        let digest = Xof::new("ceremony").part(&encode(&plan)).output();
        let ceremony = Self { plan, threshold, digest };
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
    pub fn digest(&self) -> &[u8; 32] {
        &self.digest
    }

    /// How many valid dealings it takes: the threshold for new keys, so that one dealer at least is honest; the
    /// greatest old threshold for old ones.
    pub fn needed(&self) -> u16 {
        let old = self.plan.keys.iter().filter_map(KeySlot::old_sharing);
        old.map(|sharing| sharing.threshold().get()).max().unwrap_or(self.threshold.get())
    }

    /// The canonical encoding.
    pub fn encode(&self) -> Vec<u8> {
        encode(&self.plan)
    }

    /// Decodes, strictly.
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        Reader::decode_all(bytes, |reader| {
            reader.version()?;
            Self::new(Plan {
                parameters: ParameterSet::try_from(reader.u8()?)?,
                context: reader.short_bytes()?.to_vec(),
                epoch: reader.u64()?,
                threshold: reader.u16()?,
                keys: reader.items(KeySlot::read)?,
                dealers: reader.items(Dealer::read)?,
                recipients: reader.items(Recipient::read)?,
            })
        })
    }

    pub(super) fn dealer(&self, index: Identifier) -> Result<&Dealer> {
        let found = self.plan.dealers.iter().find(|dealer| dealer.index == index);
        found.ok_or(Error::UnknownDealer(index.get()))
    }
}

/// Indices must ascend and keys must differ: then there is one way to write a set of parties.
fn check_parties(parties: impl Iterator<Item = (Identifier, Vec<u8>)>) -> Result<()> {
    let parties: Vec<_> = parties.collect();
    //= spec/9-dealing.md#9-1-ceremony
    //# A decoder MUST refuse indices of dealers or of recipients that descend, with InvalidIdentifier.
    let mut neighbours = parties.iter().zip(parties.iter().skip(1));
    neighbours.try_for_each(|((before, _), (after, _))| check_ascending(before, after))?;
    //= spec/9-dealing.md#9-1-ceremony
    //# A decoder MUST refuse two dealers with the same index or identity, and two recipients with the same index or
    //# member key, with DuplicateIdentifier.
    match repeated(parties.iter().map(|(index, key)| (key, index))) {
        Some(index) => Err(Error::DuplicateIdentifier(index.get())),
        None => Ok(()),
    }
}

fn check_ascending(before: &Identifier, after: &Identifier) -> Result<()> {
    match before.cmp(after) {
        Ordering::Less => Ok(()),
        Ordering::Equal => Err(Error::DuplicateIdentifier(after.get())),
        Ordering::Greater => Err(Error::InvalidIdentifier(after.get())),
    }
}

/// All keys are new, or all are old and different: else the statement of a dealing would repeat a root key.
fn check_keys(keys: &[KeySlot]) -> Result<()> {
    let old = keys.iter().filter_map(KeySlot::old_sharing).map(PublicPolynomial::root_public_key);
    //= spec/9-dealing.md#9-1-ceremony
    //# A decoder MUST refuse an origin other than 0 and 1, and keys of both origins in one ceremony, with
    //# UnknownOrigin.
    //= spec/9-dealing.md#9-1-ceremony
    //# A decoder MUST refuse two old polynomials of one curve with the same root public key, with DuplicateEntry.
    match old.clone().count() {
        0 => Ok(()),
        count if count != keys.len() => Err(Error::UnknownOrigin(GENERATE)),
        _ => match repeated(old.zip(0..)) {
            Some(entry) => Err(Error::DuplicateEntry { compartment: 0, entry }),
            None => Ok(()),
        },
    }
}

fn encode(plan: &Plan) -> Vec<u8> {
    Writer::versioned()
        .u8(plan.parameters.number())
        .short_bytes(&plan.context)
        .u64(plan.epoch)
        .u16(plan.threshold)
        .items(&plan.keys, |writer, key| key.write(writer))
        .items(&plan.dealers, |writer, dealer| dealer.write(writer))
        .items(&plan.recipients, |writer, recipient| recipient.write(writer))
        .finish()
}
