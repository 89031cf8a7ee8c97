"""Cases of chapter 11."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from relight_ref import recovery, signatures
from relight_ref.codec import long, u8, u16
from relight_ref.curves import BLS12381_G1
from relight_ref.identifiers import encode_identifier
from relight_ref.sharing import PublicPolynomial, evaluate
from relight_ref.statement import RecoveryLock, Statement

from . import world
from .build import Change, Vectors, draw, draws
from .cases_backup import expected_statement, locked, with_member_lock
from .cases_sharing import BAD_IDENTIFIERS
from .mutations import BAD_G1, flip, remove, replaced, splice, structural
from .operations import run
from .values import identifier_hex, scalar_hex

CONTEXT = world.CONTEXT.hex()
R = BLS12381_G1.order
NOW = 1_800_000_000


def _roster(members: tuple[int, ...] = world.MEMBERS) -> str:
    return _roster_of([_registration(m) for m in members], members)["roster"]


@cache
def _registration(index: int) -> str:
    return world.member_registration(index)


def _register(index: int, key: int, identity: int, context: bytes = world.CONTEXT) -> str:
    secrets = {"member_key": scalar_hex(world.member_key(key)), "identity_secret": scalar_hex(world.identity(identity))}
    names = {"context": context.hex(), "index": index, "scheme": 1}
    made: str = run("member_register", {**secrets, **names, "randomness": draws("other", 32)})["registration"]
    return made


def _roster_of(registrations: list[str], identifiers: tuple[int, ...] = (1, 2, 3, 4)) -> dict[str, str]:
    """A registration may be missing."""
    pairs = zip(registrations, identifiers, strict=False)
    members = b"".join(bytes.fromhex(one) + encode_identifier(x) for one, x in pairs)
    return {"roster": (u8(1) + long(world.recovery_polynomial().points()) + long(members)).hex()}


def _identified(*identifiers: int) -> dict[str, str]:
    return _roster_of([_registration(m) for m in world.MEMBERS], identifiers)


def roster() -> Vectors:
    v, base = Vectors("roster"), "four members"
    v.accept(base, context=CONTEXT, roster=_roster())
    v.accept("exactly the threshold", context=CONTEXT, roster=_roster((1, 2, 4)))
    for sizes in ((1, 2, 31, 32), (33, 48, 63, 64), (64, 1, 32, 16)):
        identifiers = [world.sized(size) for size in sizes]
        v.accept(f"identifiers of {list(sizes)} bytes", context=CONTEXT, **_identified(*identifiers))
    v.accept("identifiers in another order", context=CONTEXT, **_identified(4, 2, 3, 1))
    v.accept("an identifier above the order", context=CONTEXT, **_identified(1, 2, 3, R + 4))
    v.accept("a shareless member", context=CONTEXT, roster=_shareless_roster(world.MEMBERS))
    v.reject_all(base, structural("roster", _roster()))
    v.reject_all(base, _other_rosters())
    v.reject_all(base, _damaged_rosters(_roster()))
    v.reject_all(base, _bad_identifiers())
    v.reject(base, "another context is expected", "InvalidRoster:1", context="00")
    return v


def _shareless_coefficients() -> list[int]:
    return world.vanishing("roster", BLS12381_G1, 3, 3)


def _shareless_roster(members: tuple[int, ...]) -> str:
    """The share of member 3 is zero."""
    polynomial = PublicPolynomial.commit(BLS12381_G1, _shareless_coefficients())
    encoded = b"".join(bytes.fromhex(_registration(m)) + encode_identifier(m) for m in members)
    return (u8(1) + long(polynomial.points()) + long(encoded)).hex()


def _bad_identifiers() -> Iterator[Change]:
    equal, zero = identifier_hex(R + 1), identifier_hex(2 * R)
    yield "two equal identifiers", "DuplicateIdentifier:02", _identified(1, 2, 3, 2)
    yield "two identifiers equal modulo the order", f"DuplicateIdentifier:{equal}", _identified(1, 2, R + 1, 4)
    yield "an identifier that is twice the order", f"ZeroIdentifier:{zero}", _identified(1, 2 * R, 3, 4)
    yield "one that is twice the order, and two equal", f"ZeroIdentifier:{zero}", _identified(1, 1, 2 * R, 4)
    damaged = [_registration(1), flip(_registration(2), -1), _registration(3)]
    yield "two equal identifiers, and a bad signature", "InvalidRoster:2", _roster_of(damaged, (1, 2, 2))
    shareless = {"roster": _shareless_roster((1, 2, 3))}
    yield "fewer members with a share than the threshold", "InvalidThreshold:3", shareless
    head, tail = (bytes.fromhex(part) for part in (_roster_of([])["roster"][:-8], _registration(1)))
    for words, data in BAD_IDENTIFIERS.items():
        member = tail + u8(len(data) // 2) + bytes.fromhex(data)
        yield words, "InvalidIdentifier", {"roster": (head + long(member)).hex()}


def _other_rosters() -> Iterator[Change]:
    one, two, three = (_registration(k) for k in (1, 2, 3))
    yield "fewer members than the threshold", "InvalidThreshold:3", _roster_of([one, two])
    yield "members out of order", "InvalidRoster", _roster_of([two, one, three])
    yield "a member twice", "InvalidRoster", _roster_of([one, two, two, three])
    yield "two members of one identity", "InvalidRoster", _roster_of([one, two, _register(3, 3, 1)])
    yield "two members of one member key", "InvalidRoster", _roster_of([one, two, _register(3, 1, 3)])
    yield "a member of another context", "InvalidRoster", _roster_of([one, two, _register(3, 3, 3, b"other")])
    yield "no members", "InvalidLength", _roster_of([])
    yield "a registration ends early", "Truncated", _roster_of([one, two, three[:-4]])


def _damaged_rosters(good: str) -> Iterator[Change]:
    first = 1 + 4 + 3 * 48 + 4
    size = len(_registration(1)) // 2
    index = first + 2 + len(world.CONTEXT)
    yield from replaced("roster", good, 5, "the recovery key", "InvalidPoint", BAD_G1)
    yield "a registration's version byte 02", "UnsupportedVersion", {"roster": splice(good, first, "02")}
    yield "index zero", "InvalidIndex:0", {"roster": splice(good, index, "0000")}
    yield "a signature has a bit flipped", "InvalidRoster:1", {"roster": flip(good, first + size - 1)}
    signature = first + size - 65
    yield "the r of a signature is zero", "InvalidRoster:1", {"roster": splice(good, signature + 1, "00" * 32)}
    yield "the s of a signature is high", "InvalidRoster:1", {"roster": splice(good, signature + 33, "ff" * 32)}
    yield "a proof has a bit flipped", "InvalidRoster:1", {"roster": flip(good, first + size - 66)}
    yield "an unknown signature scheme", "UnknownScheme", {"roster": splice(good, first + size - 65, "09")}
    yield "no commitments", "InvalidLength", {"roster": splice(remove(good, 5, 144), 1, "00000000")}
    yield "the commitments end inside a point", "Truncated", {"roster": splice(good, 1, "00000031")}


def _asked() -> list[Statement]:
    return [world.backup_statement(epoch=epoch) for epoch in (7, 8)]


def _digests() -> list[str]:
    return [statement.digest().hex() for statement in _asked()]


def _party_inputs() -> dict[str, Any]:
    statements = [statement.encode().hex() for statement in _asked()]
    return {"context": CONTEXT, "roster": _roster(), "statements": statements}


@cache
def _request() -> dict[str, Any]:
    return run("request_create", _request_inputs())


def _request_inputs() -> dict[str, Any]:
    names = {"requester": b"fresh node 1".hex(), "attestation": draw("attestation", 50), "expiry": NOW + 3600}
    return {**_party_inputs(), **names, "randomness": draws("request", 32, 32)}


def _wrong_statements() -> Iterator[Change]:
    good = _party_inputs()["statements"]
    foreign = locked(RecoveryLock(world.member_public(3), world.recovery_lock().blinder)).encode().hex()
    other = expected_statement(context=b"another network").encode().hex()
    member = with_member_lock().encode().hex()
    mixed = Statement(world.TEST, world.CONTEXT, 1, b"", world.mixed_statement().compartments).encode().hex()
    yield "a statement for another recovery party", "StatementMismatch:RecoveryKey", {"statements": [good[0], foreign]}
    yield "a statement of another context", "StatementMismatch:Context", {"statements": [good[0], other]}
    yield "a statement with a member lock", "UnknownLock", {"statements": [good[0], member]}
    yield "a statement with three compartments", "InvalidLength", {"statements": [good[0], mixed]}


def request_create() -> Vectors:
    v, base, one = Vectors("request_create"), "two statements", _party_inputs()["statements"][:1]
    v.accept(base, **_request_inputs())
    v.accept("one statement, no attestation", **{**_request_inputs(), "statements": one, "attestation": ""})
    v.reject(base, "no statements", "InvalidLength", statements=[])
    v.reject(base, "a statement twice", "UnknownDigest", statements=one * 2)
    v.reject(base, "a requester of 256 bytes", "InvalidLength", requester="61" * 256)
    v.reject_all(base, _wrong_statements())
    return v


def request() -> Vectors:
    v, base = Vectors("request"), "two statements"
    for case in request_create().accepted:
        v.accept(case["name"], request=case["output"]["request"])
    good = v.inputs(base)["request"]
    digests = 3 + len(world.CONTEXT) + 12 + 72
    v.reject_all(base, structural("request", good))
    empty = splice(remove(good, digests + 4, 64), digests, "00000000")
    v.reject(base, "no statements", "InvalidLength", request=empty)
    v.reject(base, "a statement twice", "UnknownDigest", request=splice(good, digests + 36, _digests()[0]))
    v.reject(base, "the vector of digests ends inside one", "Truncated", request=splice(good, digests, "0000003f"))
    v.reject(base, "the vector of digests runs past the end", "Truncated", request=splice(good, digests, "00ffffff"))
    v.reject(base, "the attestation runs past the end", "Truncated", request=splice(good, digests + 68, "00000033"))
    v.reject(base, "the attestation stops early", "TrailingBytes", request=splice(good, digests + 68, "00000031"))
    v.reject(base, "it ends before the attestation's length", "Truncated", request=good[: 2 * (digests + 68)])
    return v


def _review_inputs() -> dict[str, Any]:
    return {**_party_inputs(), "request": _request()["request"], "now": NOW}


def review() -> Vectors:
    v, base = Vectors("review"), "within its time"
    v.accept(base, **_review_inputs())
    v.accept("in its last second", **{**_review_inputs(), "now": NOW + 3600})
    more = [*_party_inputs()["statements"], world.backup_statement(epoch=9).encode().hex()]
    v.accept("more statements are known", **{**_review_inputs(), "statements": more})
    good, known = _request()["request"], _party_inputs()["statements"]
    v.reject(base, "a second too late", "Expired", now=NOW + 3601)
    v.reject(base, "no statement is known", "UnknownDigest", statements=[])
    v.reject(base, "the second statement is unknown", "UnknownDigest", statements=known[:1])
    v.reject(base, "the first statement is unknown", "UnknownDigest", statements=known[1:])
    v.reject(base, "another context", "StatementMismatch:Context", request=flip(good, 2))
    v.reject_all(base, structural("request", good))
    v.reject(base, "the roster is out of order", "InvalidRoster", **_roster_of([_registration(k) for k in (2, 1, 3)]))
    return v


def _respond_inputs(member: int) -> dict[str, Any]:
    secrets = {
        "secret": scalar_hex(world.recovery_share(member)),
        "identity_secret": scalar_hex(world.identity(member)),
    }
    own = {"member": member, **secrets, "scheme": 2 - member % 2, "randomness": draws(f"respond {member}", 32)}
    return {**_review_inputs(), "polynomial": world.recovery_polynomial().encode().hex(), **own}


@cache
def _response(member: int) -> str:
    made: str = run("respond", _respond_inputs(member))["response"]
    return made


def respond() -> Vectors:
    v = Vectors("respond")
    for member in (1, 2):
        v.accept(f"member {member}", **_respond_inputs(member))
    at = 3 + len(world.CONTEXT) + 12
    for words, value in {"zero": "00" * 32, "one": "01" + "00" * 31}.items():
        bad = splice(_request()["request"], at, value)
        v.reject("member 1", f"the request's HPKE key is {words}, a point of low order", "InvalidPoint", request=bad)
    v.reject("member 1", "the request is cut", "Truncated", request=_request()["request"][:-2])
    return v


def _session_inputs() -> dict[str, Any]:
    return {**_party_inputs(), "request": _request()["request"], "hpke_secret": _request()["hpke_secret"], "now": NOW}


def response() -> Vectors:
    v, base = Vectors("response"), "member 1"
    for member in (1, 2):
        v.accept(f"member {member}", **_session_inputs(), response=_response(member))
    good = _response(1)
    v.reject_all(base, structural("response", good))
    v.reject_all(base, _damaged_responses(good))
    v.reject_all(base, _dishonest_responses())
    v.reject(base, "a second too late", "Expired", now=NOW + 3601)
    v.reject(base, "the key of another request", "BadResponse", hpke_secret=draw("another key"))
    other = run("request_create", {**_request_inputs(), "randomness": draws("other request", 32, 32)})
    _respond_shareless(v)
    v.reject(base, "another request is open", "WrongRequest", **{key: other[key] for key in ("request", "hpke_secret")})
    return v


def _shareless_session() -> dict[str, Any]:
    """Of a party of which member 3 is shareless."""
    roster, coefficients = _shareless_roster(world.MEMBERS), _shareless_coefficients()
    lock = replace(world.recovery_lock(), recovery_key=coefficients[0] * BLS12381_G1.generator)
    inputs = {**_party_inputs(), "roster": roster, "statements": [locked(lock).encode().hex()]}
    asked = {field: _request_inputs()[field] for field in ("requester", "attestation", "expiry", "randomness")}
    made = run("request_create", {**inputs, **asked})
    return {**inputs, "request": made["request"], "hpke_secret": made["hpke_secret"], "now": NOW}


def _shareless_response(member: int, share: int) -> str:
    session, secrets = _shareless_session(), _respond_inputs(member)
    polynomial = PublicPolynomial.commit(BLS12381_G1, _shareless_coefficients()).encode().hex()
    inputs = {field: session[field] for field in ("context", "roster", "statements", "request", "now")}
    made: str = run("respond", {**secrets, **inputs, "polynomial": polynomial, "secret": scalar_hex(share)})["response"]
    return made


def _respond_shareless(v: Vectors) -> None:
    share = evaluate(BLS12381_G1, _shareless_coefficients(), 1)
    base = "a party with a shareless member"
    v.accept(base, **_shareless_session(), response=_shareless_response(1, share))
    v.reject(base, "the shareless member", "Shareless:3", response=_shareless_response(3, 1))


def _damaged_responses(good: str) -> Iterator[Change]:
    yield "another request", "WrongRequest", {"response": flip(good, 1)}
    yield "member zero", "InvalidIndex:0", {"response": splice(good, 33, "0000")}
    yield "a member that is none", "UnknownMember:9", {"response": splice(good, 33, "0009")}
    yield "the index of another member", "BadSignature", {"response": splice(good, 33, "0002")}
    yield "the encapsulated key has a bit flipped", "BadSignature", {"response": flip(good, 35)}
    yield "the ciphertext has a bit flipped", "BadSignature", {"response": flip(good, 71)}
    yield "the signature has a bit flipped", "BadSignature", {"response": flip(good, -1)}
    yield "an unknown signature scheme", "UnknownScheme", {"response": splice(good, -65, "00")}
    yield "the ciphertext runs past the end", "Truncated", {"response": splice(good, 67, "0000ffff")}
    yield (
        "the encapsulated key has a bit flipped, signed again",
        "BadResponse",
        {"response": _signed(flip(good, 35), 1)},
    )
    yield (
        "the encapsulated key is of low order, signed again",
        "BadResponse",
        {"response": _signed(splice(good, 35, "00" * 32), 1)},
    )
    yield "the ciphertext has a bit flipped, signed again", "BadResponse", {"response": _signed(flip(good, 71), 1)}
    stolen = _signed(splice(_response(2), 33, "0001"), 1)
    yield "the response of another member, signed by this one", "BadResponse", {"response": stolen}


def _signed(response: str, signer: int) -> str:
    body = bytes.fromhex(response[:-130])
    return (body + signatures.sign(1, world.identity(signer), "response", body)).hex()


def _dishonest_responses() -> Iterator[Change]:
    """Well sealed and signed, but the wrong content."""
    shares = [bytes.fromhex(world.sigma_of(1, bytes.fromhex(digest))) for digest in _digests()]
    plaintexts = {
        "a share is missing": shares[0],
        "a share too many": b"".join([*shares, shares[0]]),
        "no shares": b"",
        "a byte is missing": b"".join(shares)[:-1],
        "the second share is no point": shares[0] + bytes(96),
        "the second share is the identity": shares[0] + b"\xc0" + bytes(95),
    }
    yield from ((words, "BadResponse", {"response": _sealed(plaintext)}) for words, plaintext in plaintexts.items())
    blame = "BadDecryptionShares:[1]"
    yield "the shares are exchanged", blame, {"response": _sealed(shares[1] + shares[0])}
    yield "the second share is of another statement", blame, {"response": _sealed(shares[0] + shares[0])}


def _sealed(plaintext: bytes, member: int = 1) -> str:
    request = recovery.Request.decode(bytes.fromhex(_request()["request"]))
    pair = recovery.SUITE.kem.derive_key_pair(bytes.fromhex(draw("dishonest")))
    encapsulated, ciphertext = recovery.seal_to(request, member, plaintext, pair)
    body = u8(1) + request.digest() + u16(member) + encapsulated + long(ciphertext)
    return (body + signatures.sign(1, world.identity(member), "response", body)).hex()


def session() -> Vectors:
    v, base = Vectors("session"), "three of four members"
    v.accept(base, **_session_inputs(), responses=[_response(k) for k in (1, 2, 3)])
    v.accept("all members, one twice", **_session_inputs(), responses=[_response(k) for k in (4, 2, 4, 1, 3)])
    v.reject(base, "two members", "NotEnoughShares", responses=[_response(k) for k in (1, 2)])
    v.reject(base, "one member twice", "NotEnoughShares", responses=[_response(k) for k in (1, 2, 2)])
    v.reject(base, "no members", "NotEnoughShares", responses=[])
    v.reject(base, "a bad response among good ones", "BadSignature", responses=[_response(1), flip(_response(2), -1)])
    v.reject(base, "a second too late", "Expired", now=NOW + 3601)
    for change, error, update in (*_damaged_responses(_response(1)), *_dishonest_responses()):
        responses = [_response(2), update["response"], _response(3)]
        v.reject(base, f"the second response: {change}", error, responses=responses)
    return v


ALL = (
    roster, request_create, request, review, respond,
    response, session,
)  # fmt: skip
