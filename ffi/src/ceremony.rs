//! What the parties of a ceremony agree on beforehand.

use crate::details::{Argument, Failure, RelightDetails};
use crate::entry::produce;
use crate::identifier;
use crate::memory::{RelightBuffer, RelightBytes, array, borrow, structure_output};
use crate::random::OsRandom;
use crate::result::RelightResult;
use crate::statement::RelightDigest;
use relight::curve::CurveId;
use relight::sharing::{PartyIndex, VssCommitment};
use relight::{
    Error, MemberPublicKey, ParameterSet,
    dealing::{Ceremony, Dealer, Keys, Plan, Recipient, Reshared},
    identity::IdentityPublicKey,
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
/// Curve: JubJub with the generator of Sapling spend authorisation, with 32-byte scalars and 32-byte points.
pub const RELIGHT_CURVE_JUBJUB_SPEND_AUTH: u16 = 9;
/// Curve: BLS12-381 G2, with 32-byte scalars and 96-byte points.
pub const RELIGHT_CURVE_BLS12381_G2: u16 = 10;
/// Curve: Pallas with the generator (-1, 2), with 32-byte scalars and 32-byte points.
pub const RELIGHT_CURVE_PALLAS: u16 = 11;
/// Curve: Pallas with the generator of Orchard spend authorisation, with 32-byte scalars and 32-byte points.
pub const RELIGHT_CURVE_PALLAS_SPEND_AUTH: u16 = 12;

/// Origin of the keys of a ceremony: a new key.
pub const RELIGHT_ORIGIN_GENERATE: u8 = 0;
/// Origin of the keys of a ceremony: an old key, or another value of its polynomial, shared anew.
pub const RELIGHT_ORIGIN_RESHARE: u8 = 1;
/// Origin of the keys of a ceremony: an old key that one recipient receives *whole*.
pub const RELIGHT_ORIGIN_HAND_OVER: u8 = 2;

/// A key that is dealt. What the origin of the ceremony does not need is zero or empty. The caller owns everything it
/// points to.
#[repr(C)]
pub struct RelightDealtKey {
    /// The curve of a new key: a `RELIGHT_CURVE_` number. Zero, or its curve, for an old key.
    pub curve: u16,
    /// The VSS commitment of an old key: of `keys` of the `relight_outcome` before.
    pub old_key: RelightBytes,
    /// Where the value of an old polynomial is taken that is shared anew: a share identifier. Empty for the key
    /// itself.
    pub at: RelightBytes,
}

impl RelightDealtKey {
    fn read_new(&self) -> Result<CurveId, Failure> {
        check_unused("old_key", &self.old_key)?;
        check_unused("at", &self.at)?;
        CurveId::try_from(self.curve).argument("curve")
    }

    fn read_reshared(&self) -> Result<Reshared, Failure> {
        let at = identifier::read_optional("at", &self.at)?;
        Ok(Reshared { commitment: self.read_old_key()?, at })
    }

    fn read_whole(&self) -> Result<VssCommitment, Failure> {
        check_unused("at", &self.at)?;
        self.read_old_key()
    }

    fn read_old_key(&self) -> Result<VssCommitment, Failure> {
        let old_key = self.old_key.read("old_key", VssCommitment::decode)?;
        let found = if self.curve == 0 { old_key.curve() } else { CurveId::try_from(self.curve).argument("curve")? };
        if found == old_key.curve() {
            return Ok(old_key);
        }
        Err(Error::WrongCurve { expected: old_key.curve(), found }).argument("curve")
    }
}

/// Somebody expects what the origin does not do.
fn check_unused(name: &str, field: &RelightBytes) -> Result<(), Failure> {
    field.read(name, |bytes| if bytes.is_empty() { Ok(()) } else { Err(Error::InvalidLength) })
}

/// A dealer of a ceremony. The caller owns everything it points to.
#[repr(C)]
pub struct RelightDealer {
    /// Its index in the ceremony.
    pub index: u16,
    /// The public half of the identity that signs its dealing, 33 bytes.
    pub identity: RelightBytes,
    /// Where its old share lies, if keys are re-shared; at its index if this is empty.
    pub identifier: RelightBytes,
}

/// A recipient of a ceremony. The caller owns everything it points to.
#[repr(C)]
pub struct RelightRecipient {
    /// Its index in the ceremony.
    pub index: u16,
    /// The public half of the identity that signs its confirmation, 33 bytes.
    pub identity: RelightBytes,
    /// The public half of the member key that its shares are encrypted to, 48 bytes.
    pub member_key: RelightBytes,
    /// Where its new share lies; at its index if this is empty.
    pub identifier: RelightBytes,
}

impl RelightDealer {
    fn read(&self) -> Result<Dealer, Failure> {
        let index = PartyIndex::new(self.index).argument("index")?;
        let identity = self.identity.read("identity", IdentityPublicKey::from_bytes)?;
        Ok(Dealer { index, identity, identifier: identifier::read_beside(index, &self.identifier)? })
    }
}

impl RelightRecipient {
    pub(crate) fn read(&self) -> Result<Recipient, Failure> {
        let index = PartyIndex::new(self.index).argument("index")?;
        let identity = self.identity.read("identity", IdentityPublicKey::from_bytes)?;
        let member_key = self.member_key.read("member_key", MemberPublicKey::from_bytes)?;
        Ok(Recipient { index, identity, member_key, identifier: identifier::read_beside(index, &self.identifier)? })
    }
}

/// Makes a nonce for a plan: `nonce` receives 32 random bytes, which the caller owns.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_nonce_generate(
    nonce: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(nonce, details, || Ok((&Plan::random_nonce(&mut OsRandom)[..]).into()))
}

/// The nonce that a caller gives.
pub(crate) fn read_nonce(nonce: &RelightBytes) -> Result<[u8; 32], Failure> {
    nonce.read("nonce", |bytes| bytes.try_into().map_err(|_| Error::InvalidLength))
}

/// A ceremony as its parties plan it. The caller owns everything it points to.
#[repr(C)]
pub struct RelightPlan {
    /// The parameter set of the encryptions: a `RELIGHT_PARAMETERS_` number.
    pub parameters: u8,
    /// The application's name for the ceremony, at most 255 bytes.
    pub name: RelightBytes,
    /// What makes it another ceremony than all before it: the 32 bytes that the planner drew, `relight_nonce_generate`.
    /// A party takes part in no ceremony whose digest it has seen before.
    pub nonce: RelightBytes,
    /// The epoch of the new sharing.
    pub epoch: u64,
    /// How many recipients recover a key.
    pub threshold: u16,
    /// Where the keys come from: a `RELIGHT_ORIGIN_` number.
    pub origin: u8,
    /// The keys that are dealt.
    pub keys: *const RelightDealtKey,
    /// The number of keys.
    pub keys_len: usize,
    /// Who deals, by ascending index.
    pub dealers: *const RelightDealer,
    /// The number of dealers.
    pub dealers_len: usize,
    /// Who receives, by ascending index.
    pub recipients: *const RelightRecipient,
    /// The number of recipients.
    pub recipients_len: usize,
}

impl RelightPlan {
    fn read_keys(&self) -> Result<Keys, Failure> {
        let (keys, len) = (self.keys, self.keys_len);
        Ok(match self.origin {
            RELIGHT_ORIGIN_GENERATE => Keys::Generate(array("keys", keys, len, RelightDealtKey::read_new)?),
            RELIGHT_ORIGIN_RESHARE => Keys::Reshare(array("keys", keys, len, RelightDealtKey::read_reshared)?),
            RELIGHT_ORIGIN_HAND_OVER => Keys::HandOver(array("keys", keys, len, RelightDealtKey::read_whole)?),
            other => return Err(Error::UnknownOrigin(other)).argument("origin"),
        })
    }

    fn read(&self) -> Result<Plan, Failure> {
        Ok(Plan {
            parameters: ParameterSet::try_from(self.parameters).argument("parameters")?,
            name: self.name.get("name")?.to_vec(),
            nonce: read_nonce(&self.nonce)?,
            epoch: self.epoch,
            threshold: self.threshold,
            keys: self.read_keys()?,
            dealers: array("dealers", self.dealers, self.dealers_len, RelightDealer::read)?,
            recipients: array("recipients", self.recipients, self.recipients_len, RelightRecipient::read)?,
        })
    }
}

/// Checks a plan: `ceremony` receives its encoding, and the caller owns it. All parties must have the same: they make
/// it themselves and compare its digest. Fails if a key does not decode, and with
/// `RELIGHT_RESULT_UNKNOWN_PARAMETER_SET`, `RELIGHT_RESULT_UNKNOWN_CURVE`, `RELIGHT_RESULT_UNKNOWN_ORIGIN`,
/// `RELIGHT_RESULT_INVALID_LENGTH` (also if the nonce has, if a key has what its origin does not
/// need, or if more than one recipient would receive a whole key), `RELIGHT_RESULT_INVALID_THRESHOLD` (also if a
/// re-sharing would give a whole key to every recipient), `RELIGHT_RESULT_INVALID_INDEX` (also if indices descend),
/// `RELIGHT_RESULT_DUPLICATE_INDEX` if an index is repeated, `RELIGHT_RESULT_DUPLICATE_KEY` if an identity of two
/// dealers or an identity or member key of two recipients does, `RELIGHT_RESULT_DUPLICATE_ENTRY` if an old key does,
/// `RELIGHT_RESULT_INVALID_IDENTIFIER`, `RELIGHT_RESULT_ZERO_IDENTIFIER`, `RELIGHT_RESULT_DUPLICATE_IDENTIFIER` (also
/// if a value is taken where a dealer's share lies), `RELIGHT_RESULT_INVALID_POINT` if the value that is taken is zero,
/// or `RELIGHT_RESULT_NOT_ENOUGH_DEALINGS` if the dealers are too few.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_ceremony_new(
    plan: *const RelightPlan,
    ceremony: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(ceremony, details, || Ok((&*Ceremony::new(borrow("plan", plan)?.read()?)?.encode()).into()))
}

/// A code of 40 digits in eight groups, for the parties of a ceremony to compare by voice before they deal: `code`
/// receives the text, and the caller owns it. Fails if `ceremony` does not decode.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_ceremony_short_code(
    ceremony: RelightBytes,
    code: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(code, details, || Ok(ceremony.read("ceremony", Ceremony::decode)?.short_code().as_bytes().into()))
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
    /// How many recipients must confirm the same to close it.
    pub quorum: u16,
    /// The number of keys.
    pub keys: u32,
    /// The number of dealers.
    pub dealers: u32,
    /// The number of recipients.
    pub recipients: u32,
}

structure_output!(RelightCeremony { digest, epoch, threshold, needed, quorum, keys, dealers, recipients });

/// What a ceremony says: `fields` receives it. Fails if `ceremony` does not decode, and like `relight_ceremony_new`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_ceremony_inspect(
    ceremony: RelightBytes,
    fields: *mut RelightCeremony,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(fields, details, || {
        let ceremony = ceremony.read("ceremony", Ceremony::decode)?;
        let plan = ceremony.plan();
        Ok(RelightCeremony {
            digest: ceremony.digest().into(),
            epoch: plan.epoch,
            threshold: plan.threshold,
            needed: ceremony.needed(),
            quorum: ceremony.quorum(),
            keys: plan.keys.curves().len() as u32,
            dealers: plan.dealers.len() as u32,
            recipients: plan.recipients.len() as u32,
        })
    })
}
