"""Cases of Sections 11.2 and 11.3."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from relight_ref.curves import BLS12381_G1
from relight_ref.requests import WEEK
from relight_ref.sharing import schnorr_prove
from relight_ref.statement import RecoveryLock, Statement

from . import recovery_world as r
from . import world
from .build import Change, Vectors, draw
from .cases_backup import expected_statement, locked, with_member_lock
from .mutations import BAD_G1, bad_scalars, flip, remove, splice, structural
from .recovery_world import EXPIRY, NOW, asked, authorisations, authorised, created, decoded_draft
from .recovery_world import request as made_request
from .values import scalar_hex

raw = bytes.fromhex
ROSTER = 3 + len(world.NETWORK) + 12  # offsets in a draft
NONCE, TIME = ROSTER + 32, ROSTER + 64
DIGESTS = TIME + 8
KEYS = DIGESTS + 4 + 64
PROOFS = KEYS + 4 + 4 * 32  # in a request


def _wrong_statements() -> Iterator[Change]:
    good = r.party_inputs()["statements"]
    foreign = locked(RecoveryLock(world.member_public(3), world.recovery_lock().blinder)).encode().hex()
    other = expected_statement(network=b"another network").encode().hex()
    member = with_member_lock().encode().hex()
    mixed = Statement(world.TEST, world.NETWORK, 1, b"", world.mixed_statement().compartments).encode().hex()
    yield "a statement for another recovery party", "Mismatch:RecoveryKey", {"statements": [good[0], foreign]}
    yield "a statement of another network", "Mismatch:Network", {"statements": [good[0], other]}
    yield "a statement with a member lock", "WrongLock:2", {"statements": [good[0], member]}
    yield "a statement with three compartments", "InvalidLength", {"statements": [good[0], mixed]}


def request_create() -> Vectors:
    v, base, one = Vectors("request_create"), "two statements", r.party_inputs()["statements"][:1]
    v.accept(base, **r.create_inputs())
    v.accept("one statement", **r.create_inputs(statements=one))
    v.accept("no requester", **r.create_inputs(requester=""))
    v.accept("it expires now", **r.create_inputs(expiry=NOW))
    v.accept("it expires in a week", **r.create_inputs(expiry=NOW + WEEK))
    v.accept("a member renewed its registration", **r.create_inputs(roster=r.renewed_roster()))
    v.reject(base, "no statements", "InvalidLength", statements=[])
    v.reject(base, "a statement twice", "DuplicateStatement", statements=one * 2)
    v.reject(base, "a requester of 256 bytes", "InvalidLength", requester="61" * 256)
    v.reject(base, "it expired a second ago", "Expired", expiry=NOW - 1)
    v.reject(base, "it expires a second after a week", "ExpiryTooFar", expiry=NOW + WEEK + 1)
    v.reject(base, "it expires in a thousand years", "ExpiryTooFar", expiry=NOW + 2**35)
    v.reject_all(base, _wrong_statements())
    return v


def _leading_zero() -> str:
    """A draft whose code begins with a zero."""
    for k in range(99):
        found = replace(decoded_draft(), nonce=raw(draw(f"nonce {k}")))
        if found.short_code().startswith("0"):
            return found.encode().hex()
    raise AssertionError


def request_draft() -> Vectors:
    v, base = Vectors("request_draft"), "two statements"
    for case in request_create().accepted:
        v.accept(case["name"], draft=case["output"]["draft"])
    v.accept("a code that begins with zero", draft=_leading_zero())
    far = replace(decoded_draft(), expiry=2**63 - 1, requester=b"\x1b[2J\n\xff" * 20)
    v.accept("numbers and names that are only decoded", draft=far.encode().hex())
    good = v.inputs(base)["draft"]
    v.reject_all(base, structural("draft", good))
    v.reject_all(base, _damaged_vectors("draft", good))
    v.reject(base, "the request made of it", "TrailingBytes", draft=made_request())
    return v


def _damaged_vectors(field: str, good: str) -> Iterator[Change]:
    empty = splice(remove(good, DIGESTS + 4, 64), DIGESTS, "00000000")
    yield "no digests", "InvalidLength", {field: empty}
    yield "a digest twice", "DuplicateStatement", {field: splice(good, DIGESTS + 36, r.digests()[0])}
    yield "the vector of digests ends inside one", "Truncated", {field: splice(good, DIGESTS, "0000003f")}
    yield "the vector of digests runs past the end", "Truncated", {field: splice(good, DIGESTS, "00ffffff")}
    keyless = splice(remove(good, KEYS + 4, 128), KEYS, "00000000")
    yield "no HPKE keys", "InvalidLength", {field: keyless}
    yield "the vector of keys ends inside one", "Truncated", {field: splice(good, KEYS, "0000007f")}
    yield "the vector of keys runs past the end", "Truncated", {field: splice(good, KEYS, "00ffffff")}
    yield "it ends before its keys", "Truncated", {field: good[: 2 * KEYS]}


def authorise() -> Vectors:
    v = Vectors("authorise")
    for place, name in enumerate(("the first statement", "the second statement")):
        v.accept(name, **r.authorise_inputs(place))
    base, other = "the first statement", r.authorise_inputs(1)
    v.reject(base, "the Blinder of the other statement", "WrongBlinder", blinder=other["blinder"])
    v.reject(base, "the statement of the other Blinder", "WrongBlinder", statement=other["statement"])
    v.reject(base, "a member's share for a Blinder", "WrongBlinder", blinder=scalar_hex(world.recovery_share(1)))
    unasked = r.statement(9, "blinder").encode().hex()
    v.reject(base, "a statement that is not asked about", "UnknownStatement", statement=unasked)
    v.reject(base, "a statement that is cut", "Truncated", statement=v.inputs(base)["statement"][:-2])
    member = with_member_lock()
    draft = replace(decoded_draft(), digests=(member.digest(),)).encode().hex()
    v.reject(base, "a statement with a member lock", "WrongLock:2", statement=member.encode().hex(), draft=draft)
    v.reject_all(base, structural("draft", v.inputs(base)["draft"]))
    v.reject_all(base, _damaged_vectors("draft", v.inputs(base)["draft"]))
    return v


def request_complete() -> Vectors:
    v, base = Vectors("request_complete"), "two statements"
    one, two = authorisations()
    v.accept(base, **r.complete_inputs())
    v.accept("authorisations in another order", **r.complete_inputs(authorisations=[two, one]))
    v.accept("an authorisation twice", **r.complete_inputs(authorisations=[two, one, one]))
    v.accept("two authorisations of one statement", **r.complete_inputs(authorisations=[one, _another(), two]))
    v.accept("no attestation", **r.complete_inputs(attestation=""))
    v.reject(base, "the first authorisation is missing", "Unauthorised:0", authorisations=[two])
    v.reject(base, "the second authorisation is missing", "Unauthorised:1", authorisations=[one])
    v.reject(base, "no authorisations", "Unauthorised:0", authorisations=[])
    for change, error, update in _damaged_authorisations(one):
        v.reject(base, change, error, authorisations=[update, two])
    v.reject(base, "a bad one after both", "Unauthorised:1", authorisations=[one, two, flip(two, -1)])
    return v


def _another() -> str:
    """Another proof for the first statement."""
    return _outsider(world.secret("blinder"))


def _outsider(secret: int, binding: bytes | None = None) -> str:
    """An authorisation that somebody made with a secret of its own."""
    attested, digest = decoded_draft().attested_digest(), asked()[0].digest()
    rng = lambda n: bytes.fromhex(draw("outsider", n))  # noqa: E731
    proof = schnorr_prove(BLS12381_G1, "authorisation", binding or attested + digest, secret, rng)
    return "01" + attested.hex() + digest.hex() + proof.encode().hex()


def _damaged_authorisations(good: str) -> Iterator[tuple[str, str, str]]:
    for change, error, update in structural("authorisation", good):
        yield f"the first: {change}", error, update["authorisation"]
    for words, value in list(BAD_G1.items())[:5]:
        yield f"the commitment is {words}", "InvalidPoint", splice(good, 65, value)
    for words, value in bad_scalars(BLS12381_G1, False).items():
        yield f"the response is {words}", "InvalidScalar", splice(good, 113, value)
    yield "it is of another draft", "WrongRequest", flip(good, 1)
    yield "it is of a statement that is not asked about", "UnknownStatement", flip(good, 33)
    yield "it is of the other statement", "Unauthorised:1", splice(good, 33, r.digests()[1])
    yield "the response has a bit flipped", "Unauthorised:0", flip(good, -1)
    yield "it is made with another secret", "Unauthorised:0", _outsider(world.secret("outsider"))
    registration = world.NETWORK + world.NODE
    yield "it is a proof of something else", "Unauthorised:0", _outsider(world.secret("blinder"), registration)
    moved = authorisations(_leading_zero())[0]
    yield "it was made for another draft", "WrongRequest", moved
    yield "it was made for another draft, and says this one", "Unauthorised:0", good[:66] + moved[66:]


def request() -> Vectors:
    v, base = Vectors("request"), "two statements"
    for case in request_complete().accepted:
        v.accept(case["name"], request=case["output"]["request"])
    good, field = v.inputs(base)["request"], "request"
    v.accept("authorisations that are no proofs", request=splice(good, PROOFS, "ff" * 160))
    v.reject_all(base, structural(field, good))
    v.reject_all(base, _damaged_vectors(field, good))
    attestation = PROOFS + 160
    v.reject(base, "the attestation runs past the end", "Truncated", request=splice(good, attestation, "00000033"))
    v.reject(base, "the attestation stops early", "TrailingBytes", request=splice(good, attestation, "00000031"))
    v.reject(base, "it ends before the attestation's length", "Truncated", request=good[: 2 * attestation])
    v.reject(base, "it ends inside an authorisation", "Truncated", request=good[: 2 * (PROOFS + 100)])
    v.reject(base, "the draft it is made of", "Truncated", request=created()["draft"])
    return v


def review() -> Vectors:
    v, base = Vectors("review"), "within its time"
    v.accept(base, **r.review_inputs())
    v.accept("in its last second", **r.review_inputs(now=EXPIRY))
    v.accept("a week before its expiry", **r.review_inputs(now=EXPIRY - WEEK))
    more = [*r.party_inputs()["statements"], r.statement(9, "blinder").encode().hex()]
    v.accept("more statements are known", **r.review_inputs(statements=more[::-1]))
    good, known = made_request(), r.party_inputs()["statements"]
    v.accept("another attestation", **r.review_inputs(request=flip(good, -1)))
    leap = replace(decoded_draft(), expiry=951_827_696)  # 2000-02-29 12:34:56
    v.accept("another date", **r.review_inputs(request=authorised(leap), now=951_800_000))
    renewed = replace(decoded_draft(), roster=r.decoded_roster(r.renewed_roster()).digest())
    v.accept("another roster", **r.review_inputs(request=authorised(renewed), roster=r.renewed_roster()))
    v.reject(base, "a second too late", "Expired", now=EXPIRY + 1)
    v.reject(base, "a second too early", "ExpiryTooFar", now=EXPIRY - WEEK - 1)
    v.reject(base, "long before", "ExpiryTooFar", now=0)
    v.reject(base, "no statement is known", "UnknownStatement", statements=[])
    v.reject(base, "the second statement is unknown", "UnknownStatement", statements=known[:1])
    v.reject(base, "the first statement is unknown", "UnknownStatement", statements=known[1:])
    v.reject_all(base, structural("request", good))
    v.reject_all(base, _other_rosters(good))
    v.reject_all(base, _unauthorised(good))
    return v


def _other_rosters(good: str) -> Iterator[Change]:
    yield "another roster", "RosterMismatch", {"request": flip(good, ROSTER)}
    yield "the member has another roster", "RosterMismatch", {"roster": r.renewed_roster()}
    yield "the member has a roster of three", "RosterMismatch", {"roster": r.roster((1, 2, 4))}
    fewer = replace(decoded_draft(), hpke_keys=decoded_draft().hpke_keys[:3])
    yield "an HPKE key is missing", "InvalidLength", {"request": authorised(fewer)}
    more = replace(decoded_draft(), hpke_keys=decoded_draft().hpke_keys + (bytes(32),))
    yield "an HPKE key too many", "InvalidLength", {"request": authorised(more)}
    unordered = r.roster_of([r.registration(k) for k in (2, 1, 3)])
    yield "the roster is out of order", "InvalidIndex:1", {"roster": unordered}
    yield "another network", "Mismatch:Network", {"request": flip(good, 2)}


def _unauthorised(good: str) -> Iterator[Change]:
    """Whatever of the draft is changed, the authorisations are of another one."""
    first, second = "Unauthorised:0", "Unauthorised:1"
    one, two = PROOFS, PROOFS + 80
    yield "the requester has a bit flipped", first, {"request": flip(good, ROSTER - 1)}
    yield "the nonce has a bit flipped", first, {"request": flip(good, NONCE)}
    yield "the expiry is later", first, {"request": splice(good, TIME, f"{EXPIRY + 1:016x}")}
    yield "the first HPKE key has a bit flipped", first, {"request": flip(good, KEYS + 4)}
    yield "the last HPKE key has a bit flipped", first, {"request": flip(good, PROOFS - 1)}
    swapped = splice(splice(good, DIGESTS + 4, r.digests()[1]), DIGESTS + 36, r.digests()[0])
    yield "the digests are exchanged", first, {"request": swapped}
    exchanged = splice(splice(good, one, good[2 * two : 2 * two + 160]), two, good[2 * one : 2 * one + 160])
    yield "the authorisations are exchanged", first, {"request": exchanged}
    yield "the first authorisation twice", second, {"request": splice(good, two, good[2 * one : 2 * one + 160])}
    yield "the response of the first has a bit flipped", first, {"request": flip(good, one + 79)}
    yield "the response of the second has a bit flipped", second, {"request": flip(good, two + 79)}
    for words, value in list(BAD_G1.items())[:4]:
        yield f"the second commitment is {words}", second, {"request": splice(good, two, value)}
    for words, value in bad_scalars(BLS12381_G1, False).items():
        yield f"the first response is {words}", first, {"request": splice(good, one + 48, value)}
    yield "no authorisations, only zeros", first, {"request": splice(good, one, "00" * 160)}
    outsider = _outsider(world.secret("outsider"))[130:]
    yield "the first is an outsider's", first, {"request": splice(good, one, outsider)}
    moved = b"".join(raw(other)[65:] for other in authorisations(_leading_zero()))
    yield "the authorisations of another request", first, {"request": splice(good, one, moved.hex())}


ALL = (request_create, request_draft, authorise, request_complete, request, review)
