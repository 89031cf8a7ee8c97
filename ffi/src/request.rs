//! The recovery party's side of a recovery: the roster, the review of a request, the answer.

use crate::entry::{free, produce};
use crate::identifier;
use crate::memory::{
    RelightBuffer, RelightBytes, RelightIndices, RelightList, array, borrow, objects, structure_output,
};
use crate::random::OsRandom;
use crate::details::{Failure, RelightDetails};
use crate::result::RelightResult;
use crate::statement::RelightDigest;
use relight::sharing::{PartyIndex, PublicPolynomial};
use relight::{
    IdentityKey, KeyShare, MemberRegistration, Request, Response, Review, Roster, RosterMember, Signature,
    SignatureScheme, Statement, UnsignedResponse,
};

/// Signature scheme: SHA-256.
pub const RELIGHT_SCHEME_SHA256: u8 = 1;
/// Signature scheme: a wallet's personal message, EIP-191.
pub const RELIGHT_SCHEME_PERSONAL_MESSAGE: u8 = 2;

/// A member of the recovery party, as it registered. The caller owns everything it points to.
#[repr(C)]
pub struct RelightRosterMember {
    /// Its registration.
    pub registration: RelightBytes,
    /// Where its share of the recovery key lies; at the registration's index if this is empty.
    pub identifier: RelightBytes,
}

impl RelightRosterMember {
    fn read(&self) -> Result<RosterMember, Failure> {
        let registration = MemberRegistration::decode(self.registration.get()?)?;
        Ok(RosterMember { identifier: identifier::read_beside(registration.index(), &self.identifier)?, registration })
    }
}

/// The recovery party with its members' registrations: `roster` receives it, and the caller owns it. `polynomial` has
/// the commitments of the recovery key; `members` are those that registered under `context`, by ascending index. Fails
/// if an input does not decode, with `RELIGHT_RESULT_INVALID_ROSTER`, whose details name the member,
/// `RELIGHT_RESULT_INVALID_LENGTH` without members, `RELIGHT_RESULT_WRONG_CURVE` if the key is not on BLS12-381 G1,
/// `RELIGHT_RESULT_ZERO_IDENTIFIER`, `RELIGHT_RESULT_DUPLICATE_IDENTIFIER`, or `RELIGHT_RESULT_INVALID_THRESHOLD` if
/// the members that have a share are too few.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_roster_new(
    context: RelightBytes,
    polynomial: RelightBytes,
    members: *const RelightRosterMember,
    members_len: usize,
    roster: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(roster, details, || {
        let members = array(members, members_len)?.iter().map(RelightRosterMember::read);
        let members = members.collect::<Result<_, _>>()?;
        let sharing = PublicPolynomial::decode(polynomial.get()?)?;
        Ok((&*Roster::new(context.get()?, sharing, members)?.encode()).into())
    })
}

/// What a roster says. Free it with `relight_roster_free`.
#[repr(C)]
pub struct RelightRoster {
    /// The public recovery key, 48 bytes.
    pub recovery_key: RelightBuffer,
    /// The commitments of the recovery key.
    pub polynomial: RelightBuffer,
    /// How many members it takes.
    pub threshold: u16,
    /// The indices of the members.
    pub members: RelightIndices,
    /// Where their shares of the recovery key lie, in the same order.
    pub identifiers: RelightList,
    /// Those of the members that have no share, because it is zero.
    pub shareless: RelightIndices,
}

structure_output!(RelightRoster { recovery_key, polynomial, threshold, members, identifiers, shareless });

impl From<&Roster> for RelightRoster {
    fn from(roster: &Roster) -> Self {
        let party = roster.party();
        Self {
            recovery_key: party.public_key().as_bytes().into(),
            polynomial: (&*party.sharing().encode()).into(),
            threshold: party.threshold().get(),
            members: party.members().map(PartyIndex::get).collect(),
            identifiers: roster.members().iter().map(|member| member.identifier.as_bytes()).collect(),
            shareless: party.shareless().map(PartyIndex::get).collect(),
        }
    }
}

/// Frees what an inspected roster owns, and empties it. NULL and empty rosters are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_roster_free(fields: *mut RelightRoster) {
    free(fields);
}

/// Verifies a roster under `context`: `fields` receives what it says, and the caller owns it. Fails if `roster` does
/// not decode, and like `relight_roster_new`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_roster_verify(
    context: RelightBytes,
    roster: RelightBytes,
    fields: *mut RelightRoster,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(fields, details, || Ok((&Roster::decode(context.get()?, roster.get()?)?).into()))
}

/// What a request says. Free it with `relight_request_free`.
#[repr(C)]
pub struct RelightRequest {
    /// The digest that answers are bound to.
    pub digest: RelightDigest,
    /// What an attestation should be about: the digest of everything else.
    pub attested_digest: RelightDigest,
    /// The last second since 1970-01-01 UTC at which it is valid.
    pub expiry: u64,
    /// The network.
    pub context: RelightBuffer,
    /// Who says to be asking. It may be anything: escape it before you show it.
    pub requester: RelightBuffer,
    /// The digests of the statements that it asks to unlock, 32 bytes each.
    pub statements: RelightList,
    /// What the requester attached.
    pub attestation: RelightBuffer,
}

structure_output!(RelightRequest { digest, attested_digest, expiry, context, requester, statements, attestation });

/// Frees what an inspected request owns, and empties it. NULL and empty requests are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_request_free(fields: *mut RelightRequest) {
    free(fields);
}

/// What a request says: `fields` receives it, and the caller owns it. Nothing is verified. Fails if `request` does not
/// decode, with `RELIGHT_RESULT_UNKNOWN_DIGEST` if it asks for a statement twice.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_request_inspect(
    request: RelightBytes,
    fields: *mut RelightRequest,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(fields, details, || {
        let request = Request::decode(request.get()?)?;
        Ok(RelightRequest {
            digest: RelightDigest { bytes: request.digest() },
            attested_digest: RelightDigest { bytes: request.attested_digest() },
            expiry: request.expiry(),
            context: request.context().into(),
            requester: request.requester().into(),
            statements: request.digests().iter().map(|digest| &digest.0).collect(),
            attestation: request.attestation().into(),
        })
    })
}

/// What a member reviews: a request, the statements of the backups at hand, the roster of its party, the time. The
/// caller owns everything it points to.
#[repr(C)]
pub struct RelightReview {
    /// The request.
    pub request: RelightBytes,
    /// The statements of the backups at hand: those of verified backups.
    pub statements: *const RelightBytes,
    /// The number of statements.
    pub statements_len: usize,
    /// The name under which the roster's members registered.
    pub context: RelightBytes,
    /// The roster.
    pub roster: RelightBytes,
    /// The time, in seconds since 1970-01-01 UTC.
    pub now: u64,
}

impl RelightReview {
    fn with<T>(&self, work: impl FnOnce(&Review<'_>) -> Result<T, Failure>) -> Result<T, Failure> {
        let request = Request::decode(self.request.get()?)?;
        let statements = objects(self.statements, self.statements_len, Statement::decode)?;
        let roster = Roster::decode(self.context.get()?, self.roster.get()?)?;
        work(&Review::new(&request, &statements, &roster, self.now)?)
    }

    fn answer(&self, share: &RelightBytes) -> Result<UnsignedResponse, Failure> {
        let share = KeyShare::decode(share.get()?)?;
        self.with(|review| Ok(review.answer(&share, &mut OsRandom)?))
    }
}

/// Checks a request, and tells a person what it asks: `text` receives printable ASCII without a terminating zero, and
/// the caller owns it. Whether to answer is the member's decision: check the attestation, call the operator. Fails if
/// an input does not decode, with `RELIGHT_RESULT_EXPIRED`, `RELIGHT_RESULT_UNKNOWN_DIGEST` if a statement is not at
/// hand, `RELIGHT_RESULT_STATEMENT_MISMATCH` if one is of another network or recovery party,
/// `RELIGHT_RESULT_UNKNOWN_LOCK` if one is not of a backup, and like `relight_roster_verify`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_review(
    review: *const RelightReview,
    text: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(text, details, || borrow(review)?.with(|review| Ok(review.to_string().as_bytes().into())))
}

/// Checks a request like `relight_review` and answers it: `response` receives the member's decryption shares, sealed
/// to the requester and signed, and the caller owns it. `share` is the member's key share of the recovery key and
/// `identity` its identity, both secrets; `scheme` is a `RELIGHT_SCHEME_` number. Fails like `relight_review`, and
/// with `RELIGHT_RESULT_UNKNOWN_SCHEME`, `RELIGHT_RESULT_STATEMENT_MISMATCH` if the share is of another recovery key,
/// `RELIGHT_RESULT_UNUSED_IDENTIFIER` if no member's share lies where it does, `RELIGHT_RESULT_INVALID_POINT` if the
/// requester's key is unusable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_respond(
    review: *const RelightReview,
    share: RelightBytes,
    identity: RelightBytes,
    scheme: u8,
    response: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(response, details, || {
        let identity = IdentityKey::decode(identity.get()?)?;
        let scheme = SignatureScheme::try_from(scheme)?;
        let answer = borrow(review)?.answer(&share)?;
        Ok((&*answer.sign(&identity, scheme)?.encode()).into())
    })
}

/// An answer that lacks the signature of a wallet. Free it with `relight_unsigned_response_free`.
#[repr(C)]
pub struct RelightUnsignedResponse {
    /// The answer.
    pub response: RelightBuffer,
    /// The text that the wallet signs as a personal message, without a terminating zero.
    pub wallet_text: RelightBuffer,
}

structure_output!(RelightUnsignedResponse { response, wallet_text });

/// Frees what an unsigned response owns, and empties it. NULL and empty responses are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_unsigned_response_free(response: *mut RelightUnsignedResponse) {
    free(response);
}

/// Like `relight_respond`, for a member whose identity lives in a wallet: `unsigned_response` receives the answer and
/// the text to sign, and the caller owns it. Fails like `relight_respond`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_respond_unsigned(
    review: *const RelightReview,
    share: RelightBytes,
    unsigned_response: *mut RelightUnsignedResponse,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(unsigned_response, details, || {
        let answer = borrow(review)?.answer(&share)?;
        Ok(RelightUnsignedResponse {
            wallet_text: answer.wallet_text().as_bytes().into(),
            response: (&*answer.encode()).into(),
        })
    })
}

/// Completes an unsigned answer: `response` receives it, and the caller owns it. `signature` is what the wallet made,
/// without its 65th byte. Fails with `RELIGHT_RESULT_BAD_SIGNATURE` if it is not 64 bytes `r || s` in range with the
/// lower `s`, and if `unsigned_response` does not decode. Whether the member made it the requester checks.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_response_complete(
    unsigned_response: RelightBytes,
    signature: RelightBytes,
    response: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(response, details, || {
        let signature = Signature::from_bytes(SignatureScheme::PersonalMessage, signature.get()?)?;
        let complete = [unsigned_response.get()?, &signature.to_bytes()].concat();
        Ok((&*Response::decode(&complete)?.encode()).into())
    })
}

/// Which member an answer claims to come from: `member` receives its index. Nothing is verified. Fails if `response`
/// does not decode.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_response_member(
    response: RelightBytes,
    member: *mut u16,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(member, details, || Ok(Response::decode(response.get()?)?.member().get()))
}
