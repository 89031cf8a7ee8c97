"""Cases of Sections 11.4 to 11.6."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from relight_ref import keys, signatures
from relight_ref.codec import u16
from relight_ref.curves import BLS12381_G1, SECP256K1
from relight_ref.requests import Request
from relight_ref.secret_objects import MEMBER_KEY
from relight_ref.sharing import evaluate

from . import recovery_world as r
from . import world
from .build import Change, Vectors, draw, draws
from .cases_recovery import shareless_coefficients, shareless_commitment, shareless_roster
from .mutations import BAD_G2, flip, splice, structural
from .operations import run
from .recovery_world import EXPIRY, NOW, PARTY, authorised, completed, decoded_draft, request, response, sealed
from .values import identifier_hex, scalar_hex

raw = bytes.fromhex


def respond() -> Vectors:
    v, base = Vectors("respond"), "member 1"
    for member in (1, 2):
        v.accept(f"member {member}", **r.respond_inputs(member))
    v.accept("one of two statements", **r.respond_inputs(1, 0))
    v.accept("the other statement", **r.respond_inputs(3, 1))
    v.accept("both in the other order", **r.respond_inputs(3, 1, 0))
    v.reject_all(base, _other_shares())
    v.reject(base, "the identity of another", "WrongIdentity", identity_secret=scalar_hex(world.identity(2)))
    first, second = r.digests()
    v.reject(base, "nothing is answered", "InvalidLength", digests=[])
    v.reject(base, "one statement twice", "DuplicateStatement", digests=[first, second, first])
    v.reject(base, "a statement that is not asked about", "UnknownStatement", digests=[first, draw("unasked")])
    for words, value in {"zero": "00" * 32, "one": "01" + "00" * 31}.items():
        changed = (raw(value), *decoded_draft().hpke_keys[1:])
        bad = authorised(replace(decoded_draft(), hpke_keys=changed))
        v.reject(base, f"its HPKE key is {words}, a point of low order", "InvalidPoint", request=bad)
    v.reject(base, "the request is cut", "Truncated", request=request()[:-2])
    v.reject(base, "the roster is another", "RosterMismatch", roster=r.renewed_roster())
    v.reject(base, "a second too late", "Expired", now=EXPIRY + 1)
    v.reject(base, "an authorisation has a bit flipped", "Unauthorised:1", request=flip(request(), -55))
    _shareless_member(v)
    return v


def _other_shares() -> Iterator[Change]:
    """What a member finds at home."""
    own, commitment = world.recovery_share(1), world.recovery_commitment()
    old = evaluate(BLS12381_G1, [world.coefficients("recovery", BLS12381_G1, 3)[0], 5, 7], 1)
    refreshed = {"key_share": r.key_share(1, old)}
    yield "the share from before a refresh", "OtherSharing:0", refreshed
    yield "the share of another member", "OtherSharing:0", {"key_share": r.key_share(1, world.recovery_share(2))}
    unused = f"UnusedIdentifier:{identifier_hex(9)}"
    yield "a share that no member has", unused, {"key_share": r.key_share(9)}
    foreign = world.share_object(world.commitment("other", BLS12381_G1, 3), 1, own)
    yield "a share of another key", "Mismatch:RecoveryKey", {"key_share": foreign}
    curve = world.share_object(world.commitment("other", SECP256K1, 3), 1, own)
    yield "a share on another curve", "WrongCurve", {"key_share": curve}
    yield "the share has its last bit flipped", "BadChecksum", {"key_share": flip(r.key_share(1), -1)}
    yield "the secret has a bit flipped", "BadChecksum", {"key_share": flip(r.key_share(1), -9)}
    key = keys.encode_secret(MEMBER_KEY, world.member_key(1)).hex()
    yield "a member key for a share", "WrongKind:[4, 2]", {"key_share": key}
    whole = world.share_object(commitment, R_PLUS_ONE, own)
    yield "its identifier plus the order", f"UnusedIdentifier:{identifier_hex(R_PLUS_ONE)}", {"key_share": whole}


R_PLUS_ONE = BLS12381_G1.order + 1


# A party of which member 3 is shareless


@cache
def _shareless_party() -> dict[str, Any]:
    lock = replace(world.recovery_lock(), recovery_key=shareless_commitment().public_key)
    compartment = replace(world.backup_statement().compartments[0], lock=lock)
    found = replace(world.backup_statement(), compartments=(compartment,)).encode().hex()
    party = {"party": PARTY, "roster": shareless_roster(world.MEMBERS), "statements": [found]}
    made = run("request_create", r.create_inputs(**party))
    authorisation = {"statement": found, "blinder": scalar_hex(world.blinder()), "randomness": draws("shareless", 32)}
    proof = run("authorise", {"draft": made["draft"], **authorisation})["authorisation"]
    whole = run("request_complete", r.complete_inputs(session=made["session"], authorisations=[proof]))
    return {"party": party, **whole}


def _shareless_inputs(member: int, secret: int) -> dict[str, Any]:
    made = _shareless_party()
    share = world.share_object(shareless_commitment(), member, secret)
    digests = [digest.hex() for digest in Request.decode(raw(made["request"])).draft.digests]
    own = {"key_share": share, "digests": digests, "identity_secret": scalar_hex(world.identity(member))}
    return {**made["party"], "request": made["request"], "now": NOW, **own, "randomness": draws("shareless answer", 32)}


def _shareless_member(v: Vectors) -> None:
    base = "a party with a shareless member"
    v.accept(base, **_shareless_inputs(1, evaluate(BLS12381_G1, shareless_coefficients(), 1)))
    update = {field: _shareless_inputs(3, 1)[field] for field in ("key_share", "identity_secret")}
    v.reject(base, "the shareless member", "Shareless:3", **update)


def _shareless_answer() -> str:
    """Of the shareless member, who has nothing to answer with."""
    made, plaintext = _shareless_party(), u16(0) + r.sigma(1, 0)
    return sealed(plaintext, 3, made["request"], made["party"]["roster"])


def shareless_accusation() -> dict[str, str]:
    return {"party": PARTY, "session": _shareless_party()["session"], "response": _shareless_answer()}


# 11.5 Session


def _session_inputs(session: str = "", **changes: Any) -> dict[str, Any]:
    return {"party": PARTY, "session": session or completed()["session"], "now": NOW, **changes}


@cache
def session_after(*answers: str) -> str:
    """The stored session that accepted these."""
    stored: str = completed()["session"]
    for answer in answers:
        stored = run("response", _session_inputs(stored, response=answer))["session"]
    return stored


def response_() -> Vectors:
    v, base = Vectors("response"), "member 1"
    for member in (1, 2):
        v.accept(f"member {member}", **_session_inputs(response=response(member)))
    v.accept("in the last second", **_session_inputs(response=response(1), now=EXPIRY))
    v.accept("one of two statements", **_session_inputs(response=response(1, 0)))
    part = session_after(response(1, 0))
    v.accept("the other of two statements", **_session_inputs(part, response=response(1, 1)))
    v.accept("a known statement again", **_session_inputs(part, response=response(1, 0)))
    v.accept("both, and one is known", **_session_inputs(part, response=response(1)))
    lie = sealed(u16(0) + r.sigma(2, 0) + u16(1) + r.sigma(1, 1))
    v.accept("a known statement with a wrong share", **_session_inputs(part, response=lie))
    whole = session_after(response(1))
    v.accept("nothing is new", **_session_inputs(whole, response=response(1)))
    v.reject_all(base, structural("response", response(1)))
    v.reject_all(base, _damaged_responses(response(1)))
    v.reject_all(base, _dishonest_responses())
    v.reject("nothing is new", "a second answer of garbage", "BadResponse:1", response=sealed(b"garbage"))
    v.reject(base, "a second too late", "Expired", now=EXPIRY + 1)
    _respond_shareless(v)
    _incomplete(v, base)
    return v


def _incomplete(v: Vectors, base: str) -> None:
    """Sessions that cannot accept this response."""
    v.reject(base, "the request is not authorised", "Unauthorised:0", session=r.created()["session"])
    other = run("request_complete", r.complete_inputs(attestation="00"))["session"]
    v.reject(base, "another request is open", "WrongRequest", session=other)
    v.reject(base, "the session has a bit flipped", "BadChecksum", session=flip(completed()["session"], 9))


def _respond_shareless(v: Vectors) -> None:
    base, session = "a party with a shareless member", _shareless_party()["session"]
    share = evaluate(BLS12381_G1, shareless_coefficients(), 1)
    good = run("respond", _shareless_inputs(1, share))["response"]
    v.accept(base, **_session_inputs(session, response=good))
    v.reject(base, "the shareless member", "Shareless:3", response=_shareless_answer())


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
    key = signed(flip(good, 35), 1)
    yield "the encapsulated key has a bit flipped, signed again", "BadResponse:1", {"response": key}
    low = signed(splice(good, 35, "00" * 32), 1)
    yield "the encapsulated key is of low order, signed again", "BadResponse:1", {"response": low}
    yield "the ciphertext has a bit flipped, signed again", "BadResponse:1", {"response": signed(flip(good, 71), 1)}
    stolen = signed(splice(response(2), 33, "0001"), 1)
    yield "the response of another member, signed by this one", "BadResponse:1", {"response": stolen}


def signed(answer: str, signer: int) -> str:
    body = raw(answer[:-130])
    return (body + signatures.sign(1, world.identity(signer), "response", body)).hex()


def bad_plaintexts() -> dict[str, bytes]:
    one, two = (u16(place) + r.sigma(1, place) for place in (0, 1))
    return {
        "a byte is missing": (one + two)[:-1],
        "a byte too many": one + two + b"\0",
        "no answers": b"",
        "a place twice": one + one,
        "places that descend": two + one,
        "a place that is none": one + u16(2) + two[2:],
        "the second share is no point": one + u16(1) + bytes(96),
        "the second share is the identity": one + u16(1) + b"\xc0" + bytes(95),
        "shares without places": one[2:] + two[2:],
    }


def _wrong_shares() -> dict[str, bytes]:
    first, second = (r.sigma(1, place) for place in (0, 1))
    return {
        "the shares are exchanged": u16(0) + second + u16(1) + first,
        "the second share is of another statement": u16(0) + first + u16(1) + first,
        "the second share is another member's": u16(0) + first + u16(1) + r.sigma(2, 1),
        "one share, and it is of another statement": u16(1) + first,
    }


def _dishonest_responses() -> Iterator[Change]:
    """Well sealed and signed, but the wrong content."""
    for words, plaintext in bad_plaintexts().items():
        yield words, "BadResponse:1", {"response": sealed(plaintext)}
    for words, plaintext in _wrong_shares().items():
        yield words, "BadDecryptionShares:[1]", {"response": sealed(plaintext)}
    foreign = list(BAD_G2.values())[4]
    outside = u16(0) + raw(foreign)
    yield "a share is outside the subgroup", "BadResponse:1", {"response": sealed(outside)}


def session() -> Vectors:
    v, base, (first, second) = Vectors("session"), "three of four members", r.digests()

    def inputs(*answers: str, session: str = "", digests: tuple[str, ...] = (first, second)) -> dict[str, Any]:
        return {**_session_inputs(session), "responses": list(answers), "digests": list(digests)}

    v.accept(base, **inputs(*(response(k) for k in (1, 2, 3))))
    v.accept("all members, one twice", **inputs(*(response(k) for k in (4, 2, 4, 1, 3))))
    v.accept("two members, nothing is unlocked", **inputs(response(1), response(2), digests=()))
    partial = [response(1, 0), response(2), response(3, 1), response(4, 0)]
    v.accept("partial answers, enough for one statement", **inputs(*partial, digests=(first,)))
    v.accept("partial answers, enough for both", **inputs(*partial, response(1, 1)))
    stored = session_after(response(1, 0), response(2))
    v.accept("a stored session goes on", **inputs(response(3), response(1, 1), session=stored))
    v.accept("no answers", **inputs(digests=()))
    v.reject(base, "two members", "NotEnoughShares", responses=[response(k) for k in (1, 2)])
    v.reject(base, "one member twice", "NotEnoughShares", responses=[response(k) for k in (1, 2, 2)])
    v.reject(base, "no members", "NotEnoughShares", responses=[])
    words = "partial answers, enough for one statement"
    v.reject(words, "the other is to be unlocked", "NotEnoughShares", digests=[second])
    v.reject(base, "a statement that is not asked about", "UnknownStatement", digests=[draw("unasked")])
    v.reject(base, "a bad response among good ones", "BadSignature", responses=[response(1), flip(response(2), -1)])
    v.reject(base, "a second too late", "Expired", now=EXPIRY + 1)
    for change, error, update in (*_damaged_responses(response(1)), *_dishonest_responses()):
        answers = [response(2), update["response"], response(3)]
        v.reject(base, f"the second response: {change}", error, responses=answers)
    return v


ALL = (respond, response_, session)
