"""Cases of sessions that were stored, and of accusations: Sections 11.5 and 11.6."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from relight_ref import secret_objects
from relight_ref.accusation import Accusation
from relight_ref.codec import long, u16
from relight_ref.requests import Request
from relight_ref.session import load

from . import recovery_world as r
from . import world
from .build import Change, Vectors, draw
from .cases_sessions import bad_plaintexts, session_after, shareless_accusation, signed
from .mutations import BAD_G1, BAD_G2, flip, secret_structural, splice, structural
from .operations import run
from .recovery_world import PARTY, authorised, completed, created, decoded_draft, response, sealed

raw = bytes.fromhex


@dataclass(frozen=True)
class Parts:
    """A stored session, to be changed and closed again."""

    seed: bytes
    draft: bytes
    attestation: bytes
    granted: tuple[tuple[int, bytes], ...]
    roster: bytes
    statements: tuple[bytes, ...]
    accepted: tuple[tuple[int, int, bytes], ...]

    @staticmethod
    def of(stored: str) -> Parts:
        found = load(world.PARTY, raw(stored))
        granted = tuple(sorted(found.authorised.granted.items()))
        statements = tuple(one.encode() for one in found.authorised.statements)
        accepted = tuple((j, k, sigma.encode()) for (j, k), sigma in sorted(found.accepted.items()))
        attestation = found.authorised.attestation
        return Parts(
            found.seed, found.draft.encode(), attestation, granted, found.roster.encode(), statements, accepted
        )

    def closed(self, **changes: Any) -> dict[str, str]:
        p = replace(self, **changes)
        granted = b"".join(u16(place) + proof for place, proof in p.granted)
        accepted = b"".join(u16(j) + u16(k) + sigma for j, k, sigma in p.accepted)
        asked = long(p.draft) + long(p.attestation) + long(granted)
        body = p.seed + asked + long(p.roster) + long(b"".join(p.statements)) + long(accepted)
        return {"session": secret_objects.close(secret_objects.SESSION, body).hex()}


def session_load() -> Vectors:
    v, base = Vectors("session_load"), "two members, one of them in part"
    half = Parts.of(created()["session"]).closed(granted=((1, raw(r.authorisations()[1])[65:]),))
    v.accept("new", party=PARTY, session=created()["session"])
    v.accept("one authorisation", party=PARTY, **half)
    v.accept("authorised", party=PARTY, session=completed()["session"])
    stored = session_after(response(1, 0), response(2))
    v.accept(base, party=PARTY, session=stored)
    v.accept("three members", party=PARTY, session=session_after(*(response(k) for k in (4, 2, 1))))
    v.reject_all(base, secret_structural("session", stored))
    v.reject_all(base, _changed(Parts.of(stored)))
    v.reject_all(base, _bad_granted(Parts.of(stored)))
    v.reject_all(base, _bad_accepted(Parts.of(stored)))
    v.reject(base, "another party", "InvalidRegistration:[1, 'Party']", party="00")
    for offset in (2, 40, 200, 700, 1500, len(stored) // 2 - 20):
        v.reject(base, f"byte {offset} has a bit flipped", "BadChecksum", session=flip(stored, offset))
    return v


def _changed(parts: Parts) -> Iterator[Change]:
    """Each part in itself, with the right checksum."""
    yield "the seed has a bit flipped", "WrongRequest", parts.closed(seed=raw(flip(parts.seed.hex(), 0)))
    keys = decoded_draft().hpke_keys
    for words, changed in {
        "the first two HPKE keys are exchanged": (keys[1], keys[0], *keys[2:]),
        "an HPKE key is missing": keys[:3],
        "an HPKE key has a bit flipped": (raw(flip(keys[0].hex(), 0)), *keys[1:]),
    }.items():
        draft = replace(decoded_draft(), hpke_keys=changed).encode()
        yield words, "WrongRequest", parts.closed(draft=draft)
    yield "another roster", "RosterMismatch", parts.closed(roster=raw(r.renewed_roster()))
    roster = raw(r.roster((1, 2, 4)))
    yield "a roster of three", "WrongRequest", parts.closed(roster=roster)
    yield "the statements are exchanged", "UnknownStatement", parts.closed(statements=parts.statements[::-1])
    yield "a statement is missing", "UnknownStatement", parts.closed(statements=parts.statements[:1])
    other = r.statement(9, "blinder").encode()
    yield "another statement", "UnknownStatement", parts.closed(statements=(parts.statements[0], other))
    first, second = (raw(digest) for digest in r.digests())
    yield "the draft has a digest twice", "DuplicateStatement", parts.closed(draft=parts.draft.replace(second, first))
    yield "a statement twice", "UnknownStatement", parts.closed(statements=parts.statements[:1] * 2)
    yield "no statements", "InvalidLength", parts.closed(statements=())
    yield "no draft", "InvalidLength", parts.closed(draft=b"")
    yield "no roster", "InvalidLength", parts.closed(roster=b"")
    yield "the draft is cut", "Truncated", parts.closed(draft=parts.draft[:-1])
    yield "a byte follows the draft", "TrailingBytes", parts.closed(draft=parts.draft + b"\0")
    yield "a byte follows the roster", "TrailingBytes", parts.closed(roster=parts.roster + b"\0")
    cut = (parts.statements[0], parts.statements[1][:-1])
    yield "the statements are cut", "Truncated", parts.closed(statements=cut)
    other = raw(splice(parts.draft.hex(), 2, "ff"))
    yield "the draft is of another network", "Mismatch:Network", parts.closed(draft=other)


def _bad_granted(parts: Parts) -> Iterator[Change]:
    (_, one), (_, two) = parts.granted
    zero, first, second = (0, one), "Unauthorised:0", "Unauthorised:1"
    yield "a place without a statement", "UnknownStatement", parts.closed(granted=(zero, (2, two)))
    yield "a granted place twice", "DuplicateIndex:0", parts.closed(granted=(zero, zero))
    yield "granted places that descend", "InvalidIndex:0", parts.closed(granted=((1, two), zero))
    yield "the authorisations are exchanged", first, parts.closed(granted=((0, two), (1, one)))
    flipped = raw(flip(two.hex(), -1))
    yield "the second has a bit flipped", second, parts.closed(granted=(zero, (1, flipped)))
    point = raw(splice(one.hex(), 0, list(BAD_G1.values())[0]))
    yield "the commitment of the first is the identity", first, parts.closed(granted=((0, point), (1, two)))
    yield "the first is missing, and members answered", first, parts.closed(granted=((1, two),))
    yield "the second is missing, and members answered", second, parts.closed(granted=(zero,))
    yield "none is there, and members answered", first, parts.closed(granted=())
    yield "the last authorisation is cut", "Truncated", parts.closed(granted=(zero, (1, two[:-1])))
    nonce = replace(decoded_draft(), nonce=raw(draw("another nonce"))).encode()
    yield "the draft has another nonce", first, parts.closed(draft=nonce)
    expiry = replace(decoded_draft(), expiry=r.EXPIRY + 1).encode()
    yield "the draft expires later", first, parts.closed(draft=expiry)


def _bad_accepted(parts: Parts) -> Iterator[Change]:
    a, b, c = parts.accepted  # of member 1 for place 0, of member 2 for both
    yield "a member twice for one place", "DuplicateIndex:1", parts.closed(accepted=(a, a))
    yield "members that descend", "InvalidIndex:1", parts.closed(accepted=(b, a))
    yield "places that descend", "InvalidIndex:2", parts.closed(accepted=(a, c, b))
    yield "member zero", "InvalidIndex:0", parts.closed(accepted=((0, 0, a[2]),))
    yield "a member that is none", "UnknownMember:9", parts.closed(accepted=(a, (9, 0, a[2])))
    yield "an answer to no statement", "UnknownStatement", parts.closed(accepted=((1, 2, a[2]),))
    yield "the share of another member", "BadDecryptionShares:[2]", parts.closed(accepted=((2, 0, a[2]),))
    yield "the share of another statement", "BadDecryptionShares:[1]", parts.closed(accepted=((1, 1, a[2]),))
    for words, value in list(BAD_G2.items())[:5]:
        yield f"a share is {words}", "InvalidPoint", parts.closed(accepted=((1, 0, raw(value)),))
    yield "the last share is cut", "Truncated", parts.closed(accepted=(a, (2, 0, b[2][:-1])))


# 11.6 Accusation


def _accuse(answer: str) -> str:
    made: str = run("accuse", {"party": PARTY, "session": completed()["session"], "response": answer})["accusation"]
    return made


def _bad_answers() -> dict[str, str]:
    good = response(1)
    wrong = u16(0) + r.sigma(1, 1)
    second = u16(0) + r.sigma(2, 0) + u16(1) + r.sigma(1, 1)
    found = {words: sealed(plaintext) for words, plaintext in bad_plaintexts().items()}
    return {
        **found,
        "the share of another statement": sealed(wrong),
        "the share of another member": sealed(second, 2),
        "a ciphertext that does not open": signed(flip(good, 71), 1),
        "an encapsulated key of low order": signed(splice(good, 35, "00" * 32), 1),
    }


def accuse() -> Vectors:
    v, base = Vectors("accuse"), "the share of another statement"
    for name, answer in _bad_answers().items():
        v.accept(name, party=PARTY, session=completed()["session"], response=answer)
    v.accept("a shareless member", **shareless_accusation())
    lie = sealed(u16(0) + r.sigma(2, 0), 1)
    known = session_after(response(1, 0))
    v.accept("a wrong share where one was accepted", party=PARTY, session=known, response=lie)
    v.reject(base, "a good answer", "NoEvidence", response=response(1))
    v.reject(base, "a good answer in part", "NoEvidence", response=response(1, 1))
    answer = _bad_answers()[base]
    v.reject(base, "its signature has a bit flipped", "BadSignature", response=flip(answer, -1))
    v.reject(base, "a member that is none", "UnknownMember:9", response=splice(answer, 33, "0009"))
    v.reject(base, "an answer to another request", "WrongRequest", response=flip(answer, 1))
    v.reject(base, "the request is not complete", "Unauthorised:0", session=created()["session"])
    v.reject_all(base, structural("response", answer))
    return v


def _verify_inputs(made: str, **changes: Any) -> dict[str, Any]:
    return {**r.party_inputs(), "accusation": made, **changes}


def accusation_verify() -> Vectors:
    v, base = Vectors("accusation_verify"), "the share of another statement"
    for name, answer in _bad_answers().items():
        v.accept(name, **_verify_inputs(_accuse(answer)))
    more = [r.statement(9, "blinder").encode().hex(), *r.party_inputs()["statements"][::-1]]
    v.accept("more statements are known", **_verify_inputs(_accuse(_bad_answers()[base]), statements=more))
    shareless = shareless_accusation()
    made = run("accuse", shareless)["accusation"]
    found = load(world.PARTY, raw(shareless["session"]))
    statements = [one.encode().hex() for one in found.authorised.statements]
    party = {"roster": found.roster.encode().hex(), "statements": statements}
    v.accept("a shareless member", **_verify_inputs(made, **party))
    good = v.inputs(base)["accusation"]
    v.reject_all(base, structural("accusation", good))
    v.reject_all(base, _not_held(Accusation.decode(raw(good))))
    known = r.party_inputs()["statements"]
    v.reject(base, "a statement is unknown", "UnknownStatement", statements=known[:1])
    v.reject(base, "no statement is known", "UnknownStatement", statements=[])
    v.reject(base, "another roster", "RosterMismatch", roster=r.renewed_roster())
    return v


def _changed_accusation(found: Accusation, **changes: Any) -> dict[str, str]:
    return {"accusation": replace(found, **changes).encode().hex()}


def _not_held(found: Accusation) -> Iterator[Change]:
    none, own = "NoEvidence", load(world.PARTY, raw(completed()["session"]))
    answer = found.response.hex()
    yield "a good answer", none, _changed_accusation(found, response=raw(response(1)))
    yield "a good answer in part", none, _changed_accusation(found, response=raw(response(1, 0)))
    yield "the key of another member", none, _changed_accusation(found, hpke_secret=own.hpke_secret(2))
    yield "another key", none, _changed_accusation(found, hpke_secret=raw(draw("another key")))
    flipped = raw(flip(found.hpke_secret.hex(), 5))
    yield "the key has a bit flipped", none, _changed_accusation(found, hpke_secret=flipped)
    zero = _changed_accusation(found, response=raw(response(1)), hpke_secret=bytes(32))
    yield "a good answer with another key", none, zero
    stolen = raw(signed(splice(response(2), 33, "0001"), 2))
    words = "a good answer of another, under this member's name"
    yield words, "BadSignature", _changed_accusation(found, response=stolen)
    unsigned = raw(flip(answer, -1))
    yield "the signature of the answer has a bit flipped", "BadSignature", _changed_accusation(found, response=unsigned)
    forged = raw(signed(answer, 2))
    yield "the answer is signed by another", "BadSignature", _changed_accusation(found, response=forged)
    stranger = raw(splice(answer, 33, "0009"))
    yield "a member that is none", "UnknownMember:9", _changed_accusation(found, response=stranger)
    other = raw(flip(answer, 1))
    yield "an answer to another request", "WrongRequest", _changed_accusation(found, response=other)
    yield "no answer", "InvalidLength", _changed_accusation(found, response=b"")
    yield "no request", "InvalidLength", _changed_accusation(found, request=b"")
    yield "the answer is cut", "Truncated", _changed_accusation(found, response=found.response[:-1])
    yield "a byte follows the request", "TrailingBytes", _changed_accusation(found, request=found.request + b"\0")
    request = _changed_accusation(found, request=_other_request(found))
    yield "the request is of another attestation", "WrongRequest", request
    fewer = replace(decoded_draft(), hpke_keys=decoded_draft().hpke_keys[:3])
    yield "the request has a key too few", "InvalidLength", _changed_accusation(found, request=raw(authorised(fewer)))


def _other_request(found: Accusation) -> bytes:
    return replace(Request.decode(found.request), attestation=b"other").encode()


ALL = (session_load, accuse, accusation_verify)
