"""The operations of chapter 11."""

from __future__ import annotations

from collections.abc import Callable

from relight_ref import accusation, decryption, requests, responses
from relight_ref import session as session_
from relight_ref.backup import KeyShare
from relight_ref.identifiers import identifier_bytes
from relight_ref.pairing import G2
from relight_ref.requests import Authorisation, Request, RequestDraft
from relight_ref.roster import Roster
from relight_ref.session import Session
from relight_ref.statement import Statement

from .operations_keys import unsigned
from .values import Draws, Json, raw, secret_int


def _roster(v: Json) -> Roster:
    return Roster.decode(raw(v["party"]), raw(v["roster"]))


def _statements(v: Json) -> list[Statement]:
    return [Statement.decode(raw(data)) for data in v["statements"]]


def roster(v: Json) -> Json:
    found = _roster(v)
    party = found.recovery_party
    members = [_member(party, index, x) for index, x in party.members]
    key = party.commitment.public_key.encode().hex()
    return {"digest": found.digest().hex(), "recovery_key": key, "threshold": party.threshold, "members": members}


def _member(party: decryption.RecoveryParty, index: int, x: int) -> Json:
    """A shareless one has no verification key."""
    point = None if index in party.shareless() else party.verification_key(index).encode().hex()
    return {"index": index, "identifier": identifier_bytes(x).hex(), "verification_key": point}


def request_create(v: Json) -> Json:
    rng = Draws(v["randomness"])
    made = Session.new(_roster(v), _statements(v), raw(v["requester"]), v["now"], v["expiry"], rng)
    rng.done()
    return {"draft": made.draft.encode().hex(), "session": made.encode().hex()}


def _named(draft: RequestDraft) -> Json:
    digests = [digest.hex() for digest in draft.digests]
    return {"attested_digest": draft.attested_digest().hex(), "code": draft.short_code(), "digests": digests}


def request_draft(v: Json) -> Json:
    return _named(RequestDraft.decode(raw(v["draft"])))


def authorise(v: Json) -> Json:
    rng, draft = Draws(v["randomness"]), RequestDraft.decode(raw(v["draft"]))
    made = requests.authorise(draft, Statement.decode(raw(v["statement"])), secret_int(v["blinder"]), rng)
    rng.done()
    return {"authorisation": made.encode().hex()}


def _load(v: Json) -> Session:
    return session_.load(raw(v["party"]), raw(v["session"]))


def request_complete(v: Json) -> Json:
    found = _load(v)
    for data in v["authorisations"]:
        found.authorised.add(Authorisation.decode(raw(data)))
    found.attest(raw(v["attestation"]))
    return {"request": found.request().encode().hex(), "session": found.encode().hex()}


def request(v: Json) -> Json:
    found = Request.decode(raw(v["request"]))
    return {"digest": found.digest().hex(), **_named(found.draft)}


def _review(v: Json) -> requests.Reviewed:
    return requests.review(Request.decode(raw(v["request"])), _statements(v), _roster(v), v["now"])


def review(v: Json) -> Json:
    found = _review(v)
    draft = found.request.draft
    nodes = [statement.node.hex() for statement in found.statements]
    return {"nodes": nodes, "code": draft.short_code(), "date": requests.date(draft.expiry)}


def respond(v: Json) -> Json:
    reviewed, rng = _review(v), Draws(v["randomness"])
    share, digests = KeyShare.decode(raw(v["key_share"])), [raw(digest) for digest in v["digests"]]
    made = responses.respond(reviewed, share, digests, rng)
    rng.done()
    return {**unsigned(made), "response": made.sign(secret_int(v["identity_secret"])).hex()}


def _answers(found: dict[int, G2]) -> list[list[int | str]]:
    return [[place, sigma.encode().hex()] for place, sigma in found.items()]


def response(v: Json) -> Json:
    found = _load(v)
    member, new = found.accept(raw(v["response"]), v["now"])
    return {"member": member, "answered": _answers(new), "session": found.encode().hex()}


def session(v: Json) -> Json:
    found = _load(v)
    for data in v["responses"]:
        found.accept(raw(data), v["now"])
    unlocked = [found.unlock(raw(digest)).sigma.encode().hex() for digest in v["digests"]]
    return {"missing": found.missing(), "unlock_keys": unlocked}


def session_load(v: Json) -> Json:
    found = _load(v)
    granted = sorted(found.authorised.granted)
    whole = len(granted) == len(found.draft.digests)
    return {
        "draft": found.draft.encode().hex(),
        "granted": granted,
        "accepted": [list(pair) for pair in sorted(found.accepted)],
        "missing": found.missing(),
        "request": found.request().encode().hex() if whole else "",
    }


def accuse(v: Json) -> Json:
    return {"accusation": accusation.accuse(_load(v), raw(v["response"])).encode().hex()}


def accusation_verify(v: Json) -> Json:
    found = accusation.Accusation.decode(raw(v["accusation"]))
    return {"member": found.verify(_roster(v), _statements(v))}


OPERATIONS: dict[str, Callable[[Json], Json]] = {
    function.__name__: function
    for function in (
        roster, request_create, request_draft, authorise, request_complete, request, review, respond, response,
        session, session_load, accuse, accusation_verify,
    )
}  # fmt: skip
