"""Cases of Section 9.9."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from relight_ref import signatures
from relight_ref.evidence import BAD_DEALING, TWO_CONFIRMATIONS, TWO_DEALINGS, Evidence

from . import cases_dealing, world
from .agreed import confirmation, invented
from .build import Change, Vectors
from .cases_closing import ENCODED, GENERATION, bad_dealing
from .cases_dealing import generation_dealing, resharing_dealing, resigned, second_dealing
from .mutations import flip, remove, splice, structural

FIELD = "evidence"


def _evidence(kind: int, *parts: str) -> dict[str, str]:
    return {FIELD: Evidence(kind, tuple(bytes.fromhex(part) for part in parts)).encode().hex()}


def _bad() -> dict[str, str]:
    good = generation_dealing(1)
    return {
        "Encryption": bad_dealing(),
        "Encoding": resigned(splice(good, cases_dealing.SECP_COMMITMENT, "00" * 33)),
        "SchnorrProof": resigned(flip(good, cases_dealing.SECP_PROOF + 64)),
        "Length": resigned(good[:-130] + "00" + good[-130:]),
        "Length, of nothing but a header": resigned(good[:70] + good[-130:]),
    }


def _confirmations() -> list[str]:
    made = [generation_dealing(k) for k in (1, 2, 3)]
    found = [invented(GENERATION, *made), invented(GENERATION, *made[:2]), invented(GENERATION, *made, outcome="other")]
    return [confirmation(GENERATION, what, 2) for what in found]


def evidence_verify() -> Vectors:
    v = Vectors("evidence_verify")
    for name, data in _bad().items():
        v.accept(f"a bad dealing, {name}", ceremony=ENCODED, **_evidence(BAD_DEALING, data))
    resharing, other = world.resharing().encode().hex(), cases_dealing.dealt_anew(1)
    v.accept("a bad dealing, OtherKey", ceremony=resharing, **_evidence(BAD_DEALING, other))
    good, second = generation_dealing(1), second_dealing()
    v.accept("two dealings", ceremony=ENCODED, **_evidence(TWO_DEALINGS, good, second))
    v.accept("two dealings, the other way round", ceremony=ENCODED, **_evidence(TWO_DEALINGS, second, good))
    v.accept("two dealings, one bad", ceremony=ENCODED, **_evidence(TWO_DEALINGS, good, bad_dealing()))
    short = resigned(good[:70] + good[-130:])
    v.accept("two dealings, one of a header only", ceremony=ENCODED, **_evidence(TWO_DEALINGS, good, short))
    a, b, c = _confirmations()
    v.accept("two confirmations", ceremony=ENCODED, **_evidence(TWO_CONFIRMATIONS, a, b))
    v.accept("two confirmations, two outcomes", ceremony=ENCODED, **_evidence(TWO_CONFIRMATIONS, a, c))
    few = replace(invented(GENERATION, good, generation_dealing(2)), dealings=invented(GENERATION, good).dealings)
    lone = confirmation(GENERATION, few, 2)
    v.accept("two confirmations, one of too few dealings", ceremony=ENCODED, **_evidence(TWO_CONFIRMATIONS, a, lone))
    _reject(v)
    return v


def _reject(v: Vectors) -> None:
    base = "two dealings"
    v.reject_all(base, structural(FIELD, v.inputs(base)[FIELD]))
    v.reject_all(base, _other_dealings())
    good = v.inputs(base)[FIELD]
    for kind in ("00", "04", "ff"):
        v.reject(base, f"kind {kind}", f"UnknownKind:{int(kind, 16)}", evidence=splice(good, 1, kind))
    v.reject(base, "the kind of two confirmations", "NoEvidence", evidence=splice(good, 1, "03"))
    v.reject(base, "the kind of a bad dealing", "TrailingBytes", evidence=splice(good, 1, "01"))
    empty = splice(remove(good, 6, len(generation_dealing(1)) // 2), 2, "00000000")
    v.reject(base, "an empty dealing", "InvalidLength", evidence=empty)
    v.reject(base, "another ceremony", "NoEvidence", ceremony=world.resharing().encode().hex())
    v.reject_all("a bad dealing, Encryption", _no_bad_dealings())
    v.reject_all("two confirmations", _other_confirmations())


def _no_bad_dealings() -> Iterator[Change]:
    good = generation_dealing(1)
    yield "a good dealing", "NoEvidence", _evidence(BAD_DEALING, good)
    yield "its signature has a bit flipped", "NoEvidence", _evidence(BAD_DEALING, flip(bad_dealing(), -1))
    unsigned = flip(good, cases_dealing.ENCRYPTED)
    yield "it was damaged by another", "NoEvidence", _evidence(BAD_DEALING, unsigned)
    yield "signed by another", "NoEvidence", _evidence(BAD_DEALING, resigned(unsigned, 2))
    yield "a dealing of another ceremony", "NoEvidence", _evidence(BAD_DEALING, resharing_dealing(1))
    yield "a dealer that is none", "NoEvidence", _evidence(BAD_DEALING, resigned(splice(good, 33, "0009"), 1))
    yield "99 bytes", "NoEvidence", _evidence(BAD_DEALING, good[:198])
    yield "the first of two bad ones", "TrailingBytes", _appended(bad_dealing())


def _appended(data: str) -> dict[str, str]:
    return {FIELD: _evidence(BAD_DEALING, data)[FIELD] + _evidence(BAD_DEALING, data)[FIELD][4:]}


def _other_dealings() -> Iterator[Change]:
    good, second = generation_dealing(1), second_dealing()
    body = bytes.fromhex(good[:-130])
    twice = (body + signatures.sign(2, world.identity(1), "dealing", body)).hex()
    yield "one dealing twice", "NoEvidence", _evidence(TWO_DEALINGS, good, good)
    yield "one body signed twice", "NoEvidence", _evidence(TWO_DEALINGS, good, twice)
    yield "dealings of two dealers", "NoEvidence", _evidence(TWO_DEALINGS, good, generation_dealing(2))
    yield "the second signature has a bit flipped", "NoEvidence", _evidence(TWO_DEALINGS, good, flip(second, -1))
    yield "the first signature has a bit flipped", "NoEvidence", _evidence(TWO_DEALINGS, flip(good, -1), second)
    yield "the second is of another ceremony", "NoEvidence", _evidence(TWO_DEALINGS, good, resharing_dealing(1))
    yield "the second has 99 bytes", "NoEvidence", _evidence(TWO_DEALINGS, good, second[:198])
    other = resigned(splice(second, 0, "02"))
    yield "the second has another version", "NoEvidence", _evidence(TWO_DEALINGS, good, other)


def _other_confirmations() -> Iterator[Change]:
    a, b, _ = _confirmations()
    other = confirmation(GENERATION, invented(GENERATION, generation_dealing(1), generation_dealing(2)), 1)
    body = bytes.fromhex(a[:-130])
    twice = (body + signatures.sign(1, world.identity(2), "confirmation", body)).hex()
    yield "one confirmation twice", "NoEvidence", _evidence(TWO_CONFIRMATIONS, a, a)
    yield "one body signed twice", "NoEvidence", _evidence(TWO_CONFIRMATIONS, a, twice)
    yield "confirmations of two recipients", "NoEvidence", _evidence(TWO_CONFIRMATIONS, a, other)
    yield "the second signature has a bit flipped", "NoEvidence", _evidence(TWO_CONFIRMATIONS, a, flip(b, -1))
    yield "the second is cut", "NoEvidence", _evidence(TWO_CONFIRMATIONS, a, b[:-2])
    yield "the second is of another ceremony", "NoEvidence", _evidence(TWO_CONFIRMATIONS, a, flip(b, 1))


ALL = (evidence_verify,)
