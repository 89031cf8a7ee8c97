//! Key generation and re-sharing.

use crate::entry::{free, produce};
use crate::identifier;
use crate::memory::{
    Output, RelightBuffer, RelightBytes, RelightIndices, RelightList, array, borrow, byte_strings, leak, objects,
    reclaim, structure_output,
};
use crate::random::OsRandom;
use crate::result::{Failure, RelightDetails, RelightResult};
use crate::statement::RelightDigest;
use core::ptr;
use relight::curve::CurveId;
use relight::sharing::{PartyIndex, VssCommitment};
use relight::{
    Error, KeyShare, MemberKey, MemberPublicKey, ParameterSet,
    dealing::{Ceremony, Dealer, Dealings, KeySlot, Plan, PublicOutcome, Recipient, Shareless},
    identity::{IdentityKey, IdentityPublicKey},
};

/// Curve: secp256k1, with 32-byte scalars and 33-byte points.
pub const RELIGHT_CURVE_SECP256K1: u16 = 1;
/// Curve: BLS12-381 G1, with 32-byte scalars and 48-byte points.
pub const RELIGHT_CURVE_BLS12381_G1: u16 = 2;
/// Curve: P-256, with 32-byte scalars and 33-byte points.
pub const RELIGHT_CURVE_P256: u16 = 3;
/// Curve: P-384, with 48-byte scalars and 49-byte points.
pub const RELIGHT_CURVE_P384: u16 = 4;
/// Curve: Ed25519, with 32-byte scalars and 32-byte points.
pub const RELIGHT_CURVE_ED25519: u16 = 5;
/// Curve: Ristretto255, with 32-byte scalars and 32-byte points.
pub const RELIGHT_CURVE_RISTRETTO255: u16 = 6;
/// Curve: Ed448, with 57-byte scalars and 57-byte points.
pub const RELIGHT_CURVE_ED448: u16 = 7;
/// Curve: JubJub, with 32-byte scalars and 32-byte points.
pub const RELIGHT_CURVE_JUBJUB: u16 = 8;
/// Curve: JubJub with the generator of Sapling spend authorization, with 32-byte scalars and 32-byte points.
pub const RELIGHT_CURVE_JUBJUB_SPEND_AUTH: u16 = 9;
/// Curve: BLS12-381 G2, with 32-byte scalars and 96-byte points.
pub const RELIGHT_CURVE_BLS12381_G2: u16 = 10;

/// Origin of a key in a ceremony: a new key.
pub const RELIGHT_ORIGIN_GENERATE: u8 = 0;
/// Origin of a key in a ceremony: an old key, or another value of its polynomial, shared anew.
pub const RELIGHT_ORIGIN_RESHARE: u8 = 1;
/// Origin of a key in a ceremony: an old key that one recipient receives *whole*.
pub const RELIGHT_ORIGIN_HAND_OVER: u8 = 2;

/// A key that is dealt. What its origin does not need is zero or empty. The caller owns everything it points to.
#[repr(C)]
pub struct RelightKeySlot {
    /// Where it comes from: a `RELIGHT_ORIGIN_` number.
    pub origin: u8,
    /// The curve of a new key: a `RELIGHT_CURVE_` number. Zero, or its curve, for an old key.
    pub curve: u16,
    /// The commitments of an old key: of `keys` of the `relight_outcome` before.
    pub old_key: RelightBytes,
    /// Where the value of an old polynomial is taken that is shared anew: a share identifier. Empty for the key
    /// itself.
    pub at: RelightBytes,
}

impl RelightKeySlot {
    fn read(&self) -> Result<KeySlot, Failure> {
        let at = identifier::read_optional(&self.at)?;
        match (self.origin, at) {
            (RELIGHT_ORIGIN_GENERATE, None) if self.old_key.get()?.is_empty() => {
                Ok(KeySlot::Generate(CurveId::try_from(self.curve)?))
            }
            (RELIGHT_ORIGIN_RESHARE, at) => Ok(KeySlot::Reshare { commitment: self.read_old_key()?, at }),
            (RELIGHT_ORIGIN_HAND_OVER, None) => Ok(KeySlot::HandOver(self.read_old_key()?)),
            // Somebody expects what the origin does not do.
            (RELIGHT_ORIGIN_GENERATE | RELIGHT_ORIGIN_HAND_OVER, _) => Err(Error::InvalidLength.into()),
            (other, _) => Err(Error::UnknownOrigin(other).into()),
        }
    }

    fn read_old_key(&self) -> Result<VssCommitment, Failure> {
        let old_key = VssCommitment::decode(self.old_key.get()?)?;
        let found = if self.curve == 0 { old_key.curve() } else { CurveId::try_from(self.curve)? };
        if found == old_key.curve() {
            return Ok(old_key);
        }
        Err(Error::WrongCurve { expected: old_key.curve(), found }.into())
    }
}

/// A dealer or a recipient of a ceremony. The caller owns everything it points to.
#[repr(C)]
pub struct RelightParty {
    /// Its index in the ceremony.
    pub index: u16,
    /// The public half of a dealer's identity (33 bytes), or of a recipient's member key (48 bytes).
    pub key: RelightBytes,
    /// Where a dealer's old share lies, or a recipient's new one; at its index if this is empty.
    pub identifier: RelightBytes,
}

/// A ceremony as its parties plan it. The caller owns everything it points to.
#[repr(C)]
pub struct RelightPlan {
    /// The parameter set of the encryptions: a `RELIGHT_PARAMETERS_` number.
    pub parameters: u8,
    /// The application's name for the ceremony, at most 255 bytes. Use a new one each time.
    pub context: RelightBytes,
    /// The epoch of the new sharing.
    pub epoch: u64,
    /// How many recipients recover a key.
    pub threshold: u16,
    /// The keys that are dealt, all with the same origin.
    pub keys: *const RelightKeySlot,
    /// The number of keys.
    pub keys_len: usize,
    /// Who deals, by ascending index.
    pub dealers: *const RelightParty,
    /// The number of dealers.
    pub dealers_len: usize,
    /// Who receives, by ascending index.
    pub recipients: *const RelightParty,
    /// The number of recipients.
    pub recipients_len: usize,
}

impl RelightPlan {
    fn read(&self) -> Result<Plan, Failure> {
        Ok(Plan {
            parameters: ParameterSet::try_from(self.parameters)?,
            name: self.context.get()?.to_vec(),
            epoch: self.epoch,
            threshold: self.threshold,
            keys: array(self.keys, self.keys_len)?.iter().map(RelightKeySlot::read).collect::<Result<_, _>>()?,
            dealers: array(self.dealers, self.dealers_len)?.iter().map(dealer).collect::<Result<_, _>>()?,
            recipients: array(self.recipients, self.recipients_len)?.iter().map(recipient).collect::<Result<_, _>>()?,
        })
    }
}

fn dealer(party: &RelightParty) -> Result<Dealer, Failure> {
    let index = PartyIndex::new(party.index)?;
    let identity = IdentityPublicKey::from_bytes(party.key.get()?)?;
    Ok(Dealer { index, identity, identifier: identifier::read_beside(index, &party.identifier)? })
}

pub(crate) fn recipient(party: &RelightParty) -> Result<Recipient, Failure> {
    let index = PartyIndex::new(party.index)?;
    let member_key = MemberPublicKey::from_bytes(party.key.get()?)?;
    Ok(Recipient { index, member_key, identifier: identifier::read_beside(index, &party.identifier)? })
}

/// Checks a plan: `ceremony` receives its encoding, and the caller owns it. All parties must have the same: they make
/// it themselves and compare its digest. Fails if a key does not decode, and with
/// `RELIGHT_RESULT_UNKNOWN_PARAMETER_SET`, `RELIGHT_RESULT_UNKNOWN_CURVE`, `RELIGHT_RESULT_UNKNOWN_ORIGIN` (also if
/// origins are mixed), `RELIGHT_RESULT_INVALID_LENGTH` (also if a key has what its origin does not need, or if more
/// than one recipient would receive a whole key), `RELIGHT_RESULT_INVALID_THRESHOLD` (also if a re-sharing would give
/// a whole key to every recipient), `RELIGHT_RESULT_INVALID_INDEX` (also if indices descend),
/// `RELIGHT_RESULT_DUPLICATE_INDEX` if an index or a party's key comes twice, `RELIGHT_RESULT_DUPLICATE_ENTRY` if an
/// old key does, `RELIGHT_RESULT_INVALID_IDENTIFIER`, `RELIGHT_RESULT_ZERO_IDENTIFIER`,
/// `RELIGHT_RESULT_DUPLICATE_IDENTIFIER` (also if a value is taken where a dealer's share lies),
/// `RELIGHT_RESULT_INVALID_POINT` if the value that is taken is zero, or `RELIGHT_RESULT_NOT_ENOUGH_DEALINGS` if the
/// dealers are too few.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_ceremony_new(
    plan: *const RelightPlan,
    ceremony: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(ceremony, details, || Ok((&*Ceremony::new(borrow(plan)?.read()?)?.encode()).into()))
}

/// What a ceremony says. It owns nothing.
#[repr(C)]
pub struct RelightCeremony {
    /// The digest that all parties compare before they deal.
    pub digest: RelightDigest,
    /// The epoch of the new sharing.
    pub epoch: u64,
    /// How many recipients recover a key.
    pub threshold: u16,
    /// How many valid dealings it takes.
    pub needed: u16,
    /// The number of keys.
    pub keys: u32,
    /// The number of dealers.
    pub dealers: u32,
    /// The number of recipients.
    pub recipients: u32,
}

structure_output!(RelightCeremony { digest, epoch, threshold, needed, keys, dealers, recipients });

/// What a ceremony says: `fields` receives it. Fails if `ceremony` does not decode, and like `relight_ceremony_new`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_ceremony_inspect(
    ceremony: RelightBytes,
    fields: *mut RelightCeremony,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(fields, details, || {
        let ceremony = Ceremony::decode(ceremony.get()?)?;
        let plan = ceremony.plan();
        Ok(RelightCeremony {
            digest: RelightDigest { bytes: *ceremony.digest() },
            epoch: plan.epoch,
            threshold: plan.threshold,
            needed: ceremony.needed(),
            keys: plan.keys.len() as u32,
            dealers: plan.dealers.len() as u32,
            recipients: plan.recipients.len() as u32,
        })
    })
}

/// Makes the dealing of one dealer: `dealing` receives what it broadcasts, and the caller owns it. `identity` is the
/// dealer's secret; `old_shares` are its shares of the old keys in the ceremony's order, and none for new keys. Fails
/// if an input does not decode, with `RELIGHT_RESULT_UNKNOWN_DEALER` if the identity is not that dealer's,
/// `RELIGHT_RESULT_INVALID_LENGTH` for too few or too many old shares, `RELIGHT_RESULT_SECRET_MISMATCH` for wrong
/// ones, `RELIGHT_RESULT_SHARELESS` if the dealer has no share of a key, because it is zero.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_ceremony_deal(
    ceremony: RelightBytes,
    dealer: u16,
    identity: RelightBytes,
    old_shares: *const RelightBytes,
    old_shares_len: usize,
    dealing: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(dealing, details, || {
        let ceremony = Ceremony::decode(ceremony.get()?)?;
        let identity = IdentityKey::decode(identity.get()?)?;
        let old_shares = objects(old_shares, old_shares_len, KeyShare::decode)?;
        let old_shares: Vec<&KeyShare> = old_shares.iter().collect();
        let dealt = ceremony.deal(PartyIndex::new(dealer)?, &identity, &old_shares, &mut OsRandom)?;
        Ok((&*dealt).into())
    })
}

/// Checks a dealing as it was received: `dealer` receives who made it. Fails if `ceremony` does not decode, with
/// `RELIGHT_RESULT_TRUNCATED`, `RELIGHT_RESULT_UNSUPPORTED_VERSION`, `RELIGHT_RESULT_INVALID_INDEX`,
/// `RELIGHT_RESULT_CEREMONY_MISMATCH` or `RELIGHT_RESULT_UNKNOWN_DEALER` if the dealing does not belong here, and with
/// `RELIGHT_RESULT_BAD_DEALING`, whose details name the dealer and its fault.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_dealing_verify(
    ceremony: RelightBytes,
    dealing: RelightBytes,
    dealer: *mut u16,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(dealer, details, || {
        let ceremony = Ceremony::decode(ceremony.get()?)?;
        Ok(ceremony.verify_dealing(dealing.get()?)?.dealer().get())
    })
}

/// A recipient that has no share of a key, because it would be zero. A dealer that speaks last can do that to itself
/// and to as many friends as do not reach the threshold, and to nobody else.
#[repr(C)]
pub struct RelightShareless {
    /// The key, from zero.
    pub key: u16,
    /// The recipient.
    pub party: u16,
}

impl From<&Shareless> for RelightShareless {
    fn from(shareless: &Shareless) -> Self {
        Self { key: shareless.key, party: shareless.party.get() }
    }
}

/// The outcome of a ceremony. Free it with `relight_outcome_free`.
#[repr(C)]
pub struct RelightOutcome {
    /// The recipient's key shares, in the order of the ceremony's keys: secrets. Where it is listed as shareless there
    /// is none. None for the public outcome.
    pub shares: RelightList,
    /// The commitments of the keys, in the order of the ceremony.
    pub keys: RelightList,
    /// Who has no share of which key, by key and then by recipient.
    pub shareless: *mut RelightShareless,
    /// The number of those.
    pub shareless_len: usize,
    /// The digest of the ceremony and of the dealings that were used. Parties compare it before they use the keys.
    pub transcript: RelightDigest,
    /// The dealers whose dealings were used.
    pub valid_dealers: RelightIndices,
    /// The dealers that signed bad dealings.
    pub bad_dealers: RelightIndices,
}

impl Output for RelightOutcome {
    const EMPTY: Self = Self {
        shares: RelightList::EMPTY,
        keys: RelightList::EMPTY,
        shareless: ptr::null_mut(),
        shareless_len: 0,
        transcript: RelightDigest::EMPTY,
        valid_dealers: RelightIndices::EMPTY,
        bad_dealers: RelightIndices::EMPTY,
    };

    fn release(self) {
        [self.shares, self.keys].into_iter().for_each(Output::release);
        [self.valid_dealers, self.bad_dealers].into_iter().for_each(Output::release);
        drop(reclaim(self.shareless, self.shareless_len));
    }
}

impl RelightOutcome {
    fn new(dealings: &Dealings<'_>, shares: &[KeyShare], public: &PublicOutcome) -> Self {
        let (shareless, shareless_len) = leak(public.shareless.iter().map(RelightShareless::from).collect());
        Self {
            shares: shares.iter().map(KeyShare::encode).collect(),
            keys: public.keys.iter().map(VssCommitment::encode).collect(),
            shareless,
            shareless_len,
            transcript: RelightDigest { bytes: public.transcript },
            valid_dealers: dealings.valid_dealers().map(PartyIndex::get).collect(),
            bad_dealers: dealings.bad_dealers().collect(),
        }
    }
}

/// Wipes and frees what an outcome owns, and empties it. NULL and empty outcomes are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_outcome_free(outcome: *mut RelightOutcome) {
    free(outcome);
}

/// Receives every dealing. Bad ones are dropped: the collection tells who made them.
fn collect<'a>(ceremony: &'a Ceremony, items: *const RelightBytes, len: usize) -> Result<Dealings<'a>, Failure> {
    let mut dealings = Dealings::new(ceremony);
    for bytes in byte_strings(items, len)? {
        let _: Result<(), Error> = dealings.receive(bytes);
    }
    Ok(dealings)
}

/// Finishes a ceremony for one recipient: `outcome` receives its key shares and what everybody knows, and the caller
/// owns it. `member_key` is the recipient's secret. `dealings` are all that arrived, in any order; they are verified
/// here, and bad ones are dropped. Fails if `ceremony` or `member_key` does not decode, with
/// `RELIGHT_RESULT_NOT_ENOUGH_DEALINGS`, whose details name the dealers of bad ones,
/// `RELIGHT_RESULT_INVALID_INDEX` for somebody who is no recipient, or `RELIGHT_RESULT_WRONG_MEMBER_KEY`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_ceremony_finish(
    ceremony: RelightBytes,
    dealings: *const RelightBytes,
    dealings_len: usize,
    recipient: u16,
    member_key: RelightBytes,
    outcome: *mut RelightOutcome,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(outcome, details, || {
        let ceremony = Ceremony::decode(ceremony.get()?)?;
        let key = MemberKey::decode(member_key.get()?)?;
        let dealings = collect(&ceremony, dealings, dealings_len)?;
        let finished = dealings.finish(PartyIndex::new(recipient)?, &key)?;
        Ok(RelightOutcome::new(&dealings, &finished.shares, &finished.public))
    })
}

/// Finishes a ceremony for anybody: `outcome` receives what everybody knows and no shares, and the caller owns it.
/// Fails if `ceremony` does not decode, and with `RELIGHT_RESULT_NOT_ENOUGH_DEALINGS`, whose details name the dealers
/// of bad ones.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_ceremony_finish_public(
    ceremony: RelightBytes,
    dealings: *const RelightBytes,
    dealings_len: usize,
    outcome: *mut RelightOutcome,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(outcome, details, || {
        let ceremony = Ceremony::decode(ceremony.get()?)?;
        let dealings = collect(&ceremony, dealings, dealings_len)?;
        Ok(RelightOutcome::new(&dealings, &[], &dealings.finish_public()?))
    })
}
