//! What a fresh node asks, who authorises it, and what a member answers.

use crate::details::{Argument, Failure, RelightDetails};
use crate::entry::{free, produce};
use crate::memory::{RelightBuffer, RelightBytes, RelightList, array, borrow, objects, structure_output};
use crate::random::OsRandom;
use crate::result::RelightResult;
use crate::roster;
use crate::signing::RelightUnsigned;
use crate::statement::RelightDigest;
use relight::{
    Blinder, KeyShare, Statement, StatementDigest, Timestamp,
    recovery::{Authorisation, Request, RequestDraft, Response, Review},
};

/// What a request asks, or its draft. Free it with `relight_draft_free`.
#[repr(C)]
pub struct RelightDraft {
    /// The digest that authorisations are for, and that an attestation should be about.
    pub attested_digest: RelightDigest,
    /// The digest of the roster that it is made for.
    pub roster: RelightDigest,
    /// The last second since 1970-01-01 UTC at which it is valid, as it says: it may be any number.
    pub expiry: u64,
    /// The network.
    pub network: RelightBuffer,
    /// Who says to be asking. It may be anything: escape it before you show it.
    pub requester: RelightBuffer,
    /// The digests of the statements that it asks to unlock, 32 bytes each.
    pub statements: RelightList,
    /// The code that two people compare by voice: 20 digits in four groups, without a terminating zero.
    pub short_code: RelightBuffer,
}

structure_output!(RelightDraft { attested_digest, roster, expiry, network, requester, statements, short_code });

impl From<&RequestDraft> for RelightDraft {
    fn from(draft: &RequestDraft) -> Self {
        Self {
            attested_digest: draft.attested_digest().into(),
            roster: draft.roster().into(),
            expiry: draft.expiry().as_unix_seconds(),
            network: draft.network().into(),
            requester: draft.requester().into(),
            statements: draft.digests().iter().map(StatementDigest::as_bytes).collect(),
            short_code: draft.short_code().as_bytes().into(),
        }
    }
}

/// Frees what an inspected draft owns, and empties it. NULL and empty drafts are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_draft_free(fields: *mut RelightDraft) {
    free(fields);
}

/// What a draft asks: `fields` receives it, and the caller owns it. Nothing is verified. Fails if `draft` does not
/// decode, with `RELIGHT_RESULT_DUPLICATE_STATEMENT` if it asks for a statement twice.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_draft_inspect(
    draft: RelightBytes,
    fields: *mut RelightDraft,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(fields, details, || Ok((&draft.read("draft", RequestDraft::decode)?).into()))
}

/// Tells the person who has the Blinder what a draft asks: `text` receives printable ASCII without a terminating zero,
/// and the caller owns it. Everything in it is what the draft claims, except what it says of `statements`, which are
/// known: it shows those of them that the draft asks for. Fails if an input does not decode.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_draft_text(
    draft: RelightBytes,
    statements: *const RelightBytes,
    statements_len: usize,
    text: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(text, details, || {
        let draft = draft.read("draft", RequestDraft::decode)?;
        let statements = objects("statements", statements, statements_len, Statement::decode)?;
        Ok(draft.display(&statements).to_string().as_bytes().into())
    })
}

/// Authorises a draft to ask for a statement, on the offline machine that has its Blinder: `authorisation` receives 145
/// bytes for the fresh node, and the caller owns them. `blinder` is the secret. It holds for this draft and this
/// statement only, and tells nothing about the Blinder. Show the person the draft first: `relight_draft_text`. Fails if
/// an input does not decode, with `RELIGHT_RESULT_UNKNOWN_STATEMENT` if the draft does not ask for the statement,
/// `RELIGHT_RESULT_WRONG_LOCK` or `RELIGHT_RESULT_INVALID_LENGTH` if it is none of a backup, and with
/// `RELIGHT_RESULT_WRONG_BLINDER`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_authorise(
    draft: RelightBytes,
    statement: RelightBytes,
    blinder: RelightBytes,
    authorisation: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(authorisation, details, || {
        let draft = draft.read("draft", RequestDraft::decode)?;
        let statement = statement.read("statement", Statement::decode)?;
        let blinder = blinder.read("blinder", Blinder::decode)?;
        Ok((&*Authorisation::new(&draft, &statement, &blinder, &mut OsRandom)?.encode()).into())
    })
}

/// What a request says. Free it with `relight_request_free`.
#[repr(C)]
pub struct RelightRequest {
    /// The digest that answers are bound to.
    pub digest: RelightDigest,
    /// What it asks, and what was authorised.
    pub draft: RelightDraft,
    /// What the requester attached.
    pub attestation: RelightBuffer,
}

structure_output!(RelightRequest { digest, draft, attestation });

/// Frees what an inspected request owns, and empties it. NULL and empty requests are harmless. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_request_free(fields: *mut RelightRequest) {
    free(fields);
}

/// What a request says: `fields` receives it, and the caller owns it. Nothing is verified. Fails if `request` does not
/// decode, with `RELIGHT_RESULT_DUPLICATE_STATEMENT` if it asks for a statement twice.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_request_inspect(
    request: RelightBytes,
    fields: *mut RelightRequest,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(fields, details, || {
        let request = request.read("request", Request::decode)?;
        Ok(RelightRequest {
            digest: request.digest().into(),
            draft: request.draft().into(),
            attestation: request.attestation().into(),
        })
    })
}

/// What a member reviews: a request, the statements of its backups, the roster of its party, the time. The
/// caller owns everything it points to.
#[repr(C)]
pub struct RelightReview {
    /// The request.
    pub request: RelightBytes,
    /// The statements of its backups: those of verified backups.
    pub statements: *const RelightBytes,
    /// The number of statements.
    pub statements_len: usize,
    /// The name under which the roster's members registered.
    pub party: RelightBytes,
    /// The roster.
    pub roster: RelightBytes,
    /// The time, in seconds since 1970-01-01 UTC.
    pub now: u64,
}

impl RelightReview {
    fn with<T>(&self, work: impl FnOnce(&Review<'_>) -> Result<T, Failure>) -> Result<T, Failure> {
        let request = self.request.read("request", Request::decode)?;
        let statements = objects("statements", self.statements, self.statements_len, Statement::decode)?;
        let roster = roster::read(&self.party, &self.roster)?;
        let now = Timestamp::from_unix_seconds(self.now).argument("now")?;
        work(&Review::new(&request, &statements, &roster, now)?)
    }
}

/// Checks a request, and tells a person what it asks: `text` receives printable ASCII without a terminating zero, and
/// the caller owns it. It tells apart what is claimed and what is proved. Whether to answer is the member's decision:
/// compare the code by voice, check the attestation. Fails if an input does not decode, with
/// `RELIGHT_RESULT_INVALID_TIME` if `now` is zero or after the year 9999, `RELIGHT_RESULT_EXPIRED`,
/// `RELIGHT_RESULT_EXPIRY_TOO_FAR`, `RELIGHT_RESULT_ROSTER_MISMATCH`, which blames nobody,
/// `RELIGHT_RESULT_INVALID_LENGTH` if the request has not one key for each member, `RELIGHT_RESULT_UNKNOWN_STATEMENT` if
/// a statement is not given, `RELIGHT_RESULT_MISMATCH` if one is of another network or recovery party,
/// `RELIGHT_RESULT_WRONG_LOCK` if one is not of a backup, `RELIGHT_RESULT_UNAUTHORISED` if one is asked for without
/// its Blinder, and like `relight_roster_verify`.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_review(
    review: *const RelightReview,
    text: *mut RelightBuffer,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(text, details, || borrow("review", review)?.with(|review| Ok(review.to_string().as_bytes().into())))
}

/// Checks a request like `relight_review` and answers it: `response` receives the unsigned form of the member's
/// decryption shares, sealed to the requester, for the member's identity to sign; the caller owns it. `share` is the
/// member's key share of the recovery key, a secret. `digests` are those of the statements that it answers, all of the
/// request if there are none. Fails like `relight_review`, if the share does not decode, with
/// `RELIGHT_RESULT_WRONG_CURVE` or `RELIGHT_RESULT_MISMATCH` if it is of another recovery key,
/// `RELIGHT_RESULT_UNUSED_IDENTIFIER` if no member's share lies where it does, `RELIGHT_RESULT_SHARELESS`,
/// `RELIGHT_RESULT_OTHER_SHARING` if it is from before or after a refresh, `RELIGHT_RESULT_UNKNOWN_STATEMENT` if a digest
/// is not asked for, `RELIGHT_RESULT_DUPLICATE_STATEMENT` if one is repeated, and with `RELIGHT_RESULT_INVALID_POINT` if
/// the requester's key is unusable.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_respond(
    review: *const RelightReview,
    share: RelightBytes,
    digests: *const RelightDigest,
    digests_len: usize,
    response: *mut RelightUnsigned,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(response, details, || {
        let share = share.read("share", KeyShare::decode)?;
        let digests: Vec<StatementDigest> = array("digests", digests, digests_len, |digest| Ok(digest.read()))?;
        borrow("review", review)?.with(|review| {
            let all = digests.is_empty();
            let made = if all {
                review.respond(&share, &mut OsRandom)
            } else {
                review.respond_to(&digests, &share, &mut OsRandom)
            };
            Ok(made?.into())
        })
    })
}

/// Which member an answer claims to come from: `member` receives its index. Nothing is verified. Fails if `response`
/// does not decode.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn relight_response_member(
    response: RelightBytes,
    member: *mut u16,
    details: *mut RelightDetails,
) -> RelightResult {
    produce(member, details, || Ok(response.read("response", Response::decode)?.member().get()))
}
