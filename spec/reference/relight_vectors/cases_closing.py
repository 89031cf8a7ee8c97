"""Cases of Section 9.4: dealings received, confirmed, and closed upon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from relight_ref import signatures
from relight_ref.ceremony import Ceremony
from relight_ref.confirmations import AgreedDealing, Agreement

from . import cases_ceremony, cases_dealing, world
from .agreed import agreement, certificate as certified, closed, confirmation, invented
from .build import Change, Vectors, draw
from .cases_dealing import generation_dealing, make, resharing_dealing, resigned, second_dealing
from .mutations import flip, splice, structural
from .values import scalar_hex

raw = bytes.fromhex
GENERATION = world.generation()
FOUR = cases_ceremony.four()
ENCODED = GENERATION.encode().hex()


def _made() -> list[str]:
    return [generation_dealing(k) for k in (1, 2, 3)]


def bad_dealing(dealer: int = 1) -> str:
    """Signed, and its encryption is wrong."""
    return resigned(flip(generation_dealing(dealer), cases_dealing.ENCRYPTED), dealer)


def _wallet_signed(dealing: str, dealer: int) -> str:
    """The same body with the other scheme's signature."""
    body = raw(dealing)[:-65]
    return (body + signatures.sign(2, world.identity(dealer), "dealing", body)).hex()


def receive() -> Vectors:
    v, none = Vectors("receive"), {"certificate": "", "later": []}
    for name, dealings in _received().items():
        v.accept(name, ceremony=ENCODED, dealings=dealings, **none)
    for name, (dealings, later) in _received_later().items():
        v.accept(f"closed, {name}", **_closed_inputs(), dealings=dealings, later=later)
    bad, good = bad_dealing(), _made()
    lie = certified(GENERATION, invented(GENERATION, bad, good[1]))
    lied = {"ceremony": ENCODED, "certificate": lie, "dealings": good}
    v.accept("closed by liars on a bad dealing", **lied, later=[bad, bad, good[0]])
    base = "closed, nothing is missing"
    broken = flip(closed(GENERATION, _made()[:2]), -1)
    v.reject(base, "a signature of the certificate has a bit flipped", "BadSignature", certificate=broken)
    v.reject(base, "the certificate of another ceremony", "CeremonyMismatch", certificate=_other_certificate())
    return v


def _closed_inputs() -> dict[str, Any]:
    return {"ceremony": ENCODED, "certificate": closed(GENERATION, _made()[:2])}


def _other_certificate() -> str:
    again = replace(GENERATION, nonce=raw(draw("another nonce")))
    return certified(again, invented(again, *_made()[:2]))


def _received() -> dict[str, list[str]]:
    made, bad, second = _made(), bad_dealing(), second_dealing()
    forged = flip(made[0], -1)
    stranger = splice(made[0], 33, "0009")
    return {
        "every dealing": made,
        "in another order": [made[2], made[0]],
        "one dealing five times": [made[0]] * 5,
        "a body signed twice": [made[0], _wallet_signed(made[0], 1)],
        "a known body with a bad signature": [made[0], forged],
        "a bad dealing": [bad, made[1]],
        "a bad dealing, five times": [bad] * 5,
        "a bad dealing before a good one": [bad, *made],
        "a bad dealing after a good one": [*made, bad, made[0], second],
        "a forged dealing before the true one": [forged, *made],
        "another dealing, forged, after the true one": [*made, flip(second, -1)],
        "a dealer that deals twice": [*made, second, made[0], second],
        "a dealer that deals thrice": [made[0], second, bad, made[0]],
        "dealings of another ceremony": [*made, resharing_dealing(1), resharing_dealing(3)],
        "the dealing of the same plan with another nonce": [made[0], _replayed()],
        "bytes that are no dealing": ["", "00", made[0][:68], made[0][:198], made[1]],
        "an unknown dealer and dealer zero": [stranger, splice(made[0], 33, "0000"), made[1]],
        "a dealing that is too long, signed": [resigned(made[0][:-130] + "00" + made[0][-130:])],
    }


def _replayed() -> str:
    again = replace(GENERATION, nonce=raw(draw("another nonce")))
    return make(again, 1, [])


def _received_later() -> dict[str, tuple[list[str], list[str]]]:
    """The closed set has the first dealings of the dealers 1 and 2."""
    made, bad, second = _made(), bad_dealing(), second_dealing()
    return {
        "nothing is missing": (made[:2], []),
        "everything is missing": ([], made[:2]),
        "one is missing and comes": (made[1:2], [made[0], made[0]]),
        "a dealer that is not in the set": (made[:2], [made[2], made[2]]),
        "what was kept and is not in the set": (made, [made[2]]),
        "a second dealing of a dealer": (made[:2], [second, second, made[0]]),
        "a second dealing, and the first is missing": (made[1:2], [second, made[0], second]),
        "a second dealing, forged": (made[:2], [flip(second, -1), second]),
        "another dealing was kept": ([second, made[1]], [second, made[0]]),
        "a dealer was expelled": ([bad, made[1]], [bad, second, made[0], bad]),
        "a dealer was expelled that is not in the set": ([bad_dealing(3), *made[:2]], [made[2], bad_dealing(3)]),
        "the signature of one in the set is wrong": (made[1:2], [flip(made[0], -1), made[0], flip(made[0], -1)]),
        "a dealing of another ceremony": (made[:2], [resharing_dealing(1), ""]),
    }


def _confirm_inputs(found: Ceremony, dealings: list[str], recipient: int, **changes: Any) -> dict[str, Any]:
    secrets = {
        "member_key": scalar_hex(world.member_key(recipient)),
        "identity_secret": scalar_hex(world.identity(recipient)),
    }
    own = {"recipient": recipient, **secrets, "follow": "", "confirmed": ""}
    return {"ceremony": found.encode().hex(), "dealings": dealings, **own, **changes}


def confirm() -> Vectors:
    v, made = Vectors("confirm"), _made()
    for recipient in (1, 2, 3):
        v.accept(f"generation, recipient {recipient}", **_confirm_inputs(GENERATION, made, recipient))
    v.accept("two of three dealings", **_confirm_inputs(GENERATION, [made[2], made[0]], 1))
    v.accept("a dealer that deals twice", **_confirm_inputs(GENERATION, [*made, second_dealing()], 1))
    v.accept("a bad dealing", **_confirm_inputs(GENERATION, [bad_dealing(), *made[1:]], 1))
    theirs = [resharing_dealing(k) for k in (1, 3)]
    v.accept("re-sharing, recipient 9", **_confirm_inputs(world.resharing(), theirs, 9))
    _follow(v, made)
    _shareless(v, made)
    _reject_confirm(v, made)
    return v


def _shareless(v: Vectors, made: list[str]) -> None:
    """A recipient that has no share of a key confirms, too; without a VSS commitment nobody does."""
    [secp, bls] = cases_dealing.drawn(1)
    n, r = world.SECP256K1.order, world.BLS12381_G1.order
    secret = [[-(secp[0] + 2 * (secp[1] + 5)) % n, 5], [-(bls[0] + 2 * (bls[1] + 7)) % r, 7]]
    dealings = [made[0], cases_dealing.dealt(GENERATION, 3, secret)]
    v.accept("a recipient without shares", **_confirm_inputs(GENERATION, dealings, 2))
    vanishing = cases_dealing.dealt(GENERATION, 3, [[5, -secp[1] % n], [5, 7]])
    words = "the sum of two coefficients is the identity"
    v.reject("generation, recipient 1", words, "InvalidPoint", dealings=[made[0], vanishing])


def _follow(v: Vectors, made: list[str]) -> None:
    second = second_dealing()
    twice = [*made, second]
    every, two = agreement(GENERATION, made), agreement(GENERATION, made[:2])
    follow = {"follow": confirmation(GENERATION, two, 3)}
    v.accept("it follows a smaller set", **_confirm_inputs(GENERATION, made, 1, **follow))
    expelled = {"follow": confirmation(GENERATION, every, 3)}
    v.accept("it follows a set with a dealer that it expelled", **_confirm_inputs(GENERATION, twice, 1, **expelled))
    unsigned = {"follow": flip(follow["follow"], -1)}
    v.accept("it follows a set, whoever signed for it", **_confirm_inputs(GENERATION, made, 1, **unsigned))
    lied = {"follow": confirmation(GENERATION, invented(GENERATION, *made[:2]), 3)}
    v.accept("it follows a set with another outcome", **_confirm_inputs(GENERATION, made, 1, **lied))
    before = {"confirmed": confirmation(GENERATION, two, 1)}
    v.accept("it confirmed a smaller set before", **_confirm_inputs(GENERATION, made, 1, **before))
    both = _confirm_inputs(GENERATION, made, 1, **before, **follow)
    v.accept("it confirmed before, and follows the same set", **both)


def _reject_confirm(v: Vectors, made: list[str]) -> None:
    base = "generation, recipient 1"
    v.reject(base, "a recipient that is none", "UnknownRecipient:4", recipient=4)
    other = {"member_key": scalar_hex(world.member_key(2))}
    v.reject(base, "the member key of another", "WrongMemberKey", **other)
    v.reject(base, "the identity key of another", "WrongIdentity", identity_secret=scalar_hex(world.identity(2)))
    v.reject(base, "one dealing", "NotEnoughDealings", dealings=made[:1])
    v.reject(base, "no dealings", "NotEnoughDealings", dealings=[])
    twice = [made[0], made[1], second_dealing()]
    v.reject(base, "of two dealers one deals twice", "NotEnoughDealings", dealings=twice)
    v.reject(base, "of two dealings one is bad", "NotEnoughDealings", dealings=[bad_dealing(), made[1]])
    base, every = "it follows a smaller set", confirmation(GENERATION, agreement(GENERATION, made), 3)
    v.reject(base, "the second dealing of the set is missing", "MissingDealing:2", dealings=[made[0], made[2]])
    v.reject(base, "no dealing of the set is there", "MissingDealing:1", dealings=[])
    v.reject(base, "it has another dealing", "MissingDealing:1", dealings=[second_dealing(), made[1], made[2]])
    confirmed = {"confirmed": confirmation(GENERATION, agreement(GENERATION, made), 1)}
    v.reject(base, "it confirmed a greater set", "AlreadyConfirmed", **confirmed)
    good = v.inputs(base)["follow"]
    v.reject(base, "the confirmation is cut", "Truncated", follow=good[:-2])
    v.reject(base, "it is of another ceremony", "CeremonyMismatch", follow=flip(good, 1))
    two = agreement(GENERATION, made[:2])
    one = confirmation(GENERATION, replace(two, dealings=two.dealings[:1]), 3)
    v.reject(base, "it is of too few dealings", "BadConfirmation:3", follow=one)
    base = "it confirmed a smaller set before"
    v.reject(base, "it follows a greater set", "AlreadyConfirmed", follow=every)
    v.reject(base, "a dealing of its set is missing", "MissingDealing:2", dealings=[made[0], made[2]])
    again = splice(v.inputs(base)["confirmed"], 1, _replayed()[2:66])
    v.reject(base, "it confirmed in another ceremony", "CeremonyMismatch", confirmed=again)


# What confirmations and certificates look like does not depend on the dealings.


def _two() -> Agreement:
    return agreement(GENERATION, _made()[:2])


def _signed(body: str, recipient: int, purpose: str = "confirmation") -> str:
    return body + signatures.sign(1, world.identity(recipient), purpose, raw(body)).hex()


OUTCOME, LIST = 35, 67  # offsets in a confirmation


def confirmation_verify() -> Vectors:
    v, base = Vectors("confirmation_verify"), "recipient 1"
    for recipient in (1, 2):
        made = confirmation(GENERATION, _two(), recipient)
        v.accept(f"recipient {recipient}", ceremony=ENCODED, confirmation=made)
    good = v.inputs(base)["confirmation"]
    other = confirmation(GENERATION, invented(GENERATION, *_made()), 1)
    v.accept("another outcome", ceremony=ENCODED, confirmation=other)
    last = confirmation(FOUR, invented(FOUR, *_made()), 4)
    v.accept("four recipients", ceremony=FOUR.encode().hex(), confirmation=last)
    v.reject_all(base, structural("confirmation", good))
    v.reject_all(base, _damaged_confirmations(good))
    v.reject_all(base, _damaged_lists(good))
    return v


def _damaged_confirmations(good: str) -> Iterator[Change]:
    field, body = "confirmation", good[:-130]
    yield "another ceremony", "CeremonyMismatch", {field: flip(good, 1)}
    yield "recipient zero", "InvalidIndex:0", {field: splice(good, 33, "0000")}
    yield "a recipient that is none", "UnknownRecipient:9", {field: splice(good, 33, "0009")}
    yield "another recipient", "BadSignature", {field: splice(good, 33, "0002")}
    yield "the outcome has a bit flipped", "BadSignature", {field: flip(good, OUTCOME)}
    yield "the digest of a dealing has a bit flipped", "BadSignature", {field: flip(good, LIST + 4 + 2)}
    yield "the signature has a bit flipped", "BadSignature", {field: flip(good, -1)}
    yield "an unknown signature scheme", "UnknownScheme:3", {field: splice(good, -65, "03")}
    yield "signed by another recipient", "BadSignature", {field: _signed(body, 2)}
    yield "signed for another purpose", "BadSignature", {field: _signed(body, 1, "dealing")}
    one = replace(_two(), dealings=_two().dealings[:1])
    yield "fewer dealings than are needed", "BadConfirmation:1", {field: confirmation(GENERATION, one, 1)}
    stranger = replace(_two(), dealings=(_two().dealings[0], AgreedDealing(9, bytes(32))))
    yield "a dealer that is none", "BadConfirmation:1", {field: confirmation(GENERATION, stranger, 1)}


def _damaged_lists(good: str, field: str = "confirmation", at: int = LIST) -> Iterator[Change]:
    first, second = at + 4, at + 4 + 34
    yield "dealer zero", "InvalidIndex:0", {field: splice(good, first, "0000")}
    yield "a dealer twice", "DuplicateIndex:1", {field: splice(good, second, "0001")}
    yield "dealers out of order", "InvalidIndex:2", {field: splice(good, first, "0003")}
    yield "no dealings", "InvalidLength", {field: good[: 2 * at] + "00000000" + good[2 * (second + 34) :]}
    yield "the list of dealings ends inside one", "Truncated", {field: splice(good, at, "00000043")}
    yield "the list of dealings runs past the end", "Truncated", {field: splice(good, at, "00ffffff")}


def confirmations() -> Vectors:
    """Four recipients, of which three close."""
    v, found, made = Vectors("confirmations"), FOUR, _made()
    a, b, c = invented(found, *made), invented(found, *made[:2]), invented(found, *made, outcome="other")

    def by(*pairs: tuple[int, Agreement]) -> list[str]:
        return [confirmation(found, what, recipient) for recipient, what in pairs]

    forged = flip(confirmation(found, a, 2), -1)
    again = confirmation(found, a, 1)[:-130]
    twice = again + signatures.sign(2, world.identity(1), "confirmation", raw(again)).hex()
    cases = {
        "none": [],
        "two of four": by((1, a), (3, a)),
        "three of four": by((1, a), (4, a), (3, a)),
        "all": by((1, a), (2, a), (3, a), (4, a)),
        "all, one of another set": by((1, a), (2, b), (3, a), (4, a)),
        "two and one": by((1, a), (2, a), (3, b)),
        "two and two": by((1, a), (2, b), (3, a), (4, b)),
        "one and one and one": by((1, a), (2, b), (3, c)),
        "one set and two outcomes": by((1, a), (2, c), (3, a), (4, a)),
        "one recipient twice": by((1, a), (1, a), (3, a)),
        "one recipient signs one body twice": [*by((1, a)), twice],
        "one recipient confirms two sets": by((1, a), (1, b), (3, a), (4, a), (1, c)),
        "a forged one": [*by((1, a)), forged, *by((2, b))],
        "a known body with a bad signature": [*by((2, a)), forged],
        "another body with a bad signature": [*by((2, b)), forged],
        "of another ceremony": [confirmation(GENERATION, invented(GENERATION, *made), 1), *by((1, a))],
        "bytes that are none": ["", "00", *by((1, a))],
        "too few dealings": [*by((2, replace(a, dealings=a.dealings[:1]))), *by((2, a))],
    }  # fmt: skip
    for name, given in cases.items():
        v.accept(name, ceremony=found.encode().hex(), confirmations=given)
    return v


def certificate() -> Vectors:
    v, base = Vectors("certificate"), "three of four"
    cases = {case["name"]: case["input"]["confirmations"] for case in confirmations().accepted}
    encoded = FOUR.encode().hex()
    closing = ["three of four", "all", "all, one of another set", "one set and two outcomes"]
    for name in (*closing, "one recipient confirms two sets"):
        v.accept(name, ceremony=encoded, confirmations=cases[name])
    every = replace(GENERATION, threshold=3)
    whole = [confirmation(every, invented(every, *_made()), j) for j in (3, 1, 2)]
    v.accept("all of three", ceremony=every.encode().hex(), confirmations=whole)
    few = {"none": 0, "two of four": 2, "two and two": 2, "one and one and one": 1, "a forged one": 1}
    for name, have in few.items():
        v.reject(base, name, f"NotClosed:{[have, 3]}", confirmations=cases[name])
    v.reject("all of three", "two of three", "NotClosed:[2, 3]", confirmations=whole[1:])
    large = replace(FOUR, threshold=4, dealers=world.dealers((1, 2, 3, 4)))
    four = [confirmation(large, invented(large, *_made(), _fourth()), j) for j in (1, 2, 3, 4)]
    v.accept("a threshold of four of four", ceremony=large.encode().hex(), confirmations=four)
    v.reject("a threshold of four of four", "three of four", "NotClosed:[3, 4]", confirmations=four[:3])
    return v


def _fourth() -> str:
    """As much of a dealing as a set names."""
    return splice(generation_dealing(1), 33, "0004")


def certificate_verify() -> Vectors:
    v, base = Vectors("certificate_verify"), "all"
    v.accept(base, ceremony=ENCODED, certificate=closed(GENERATION, _made()[:2]), commitments=[])
    v.accept("three of four", ceremony=FOUR.encode().hex(), certificate=_by_three(), commitments=[])
    commitments = cases_dealing.finished(GENERATION, _made()[:2])
    v.accept("all, with the outcome", **v.inputs(base) | {"commitments": commitments})
    good = v.inputs(base)["certificate"]
    v.reject_all(base, structural("certificate", good))
    v.reject_all(base, _damaged_lists(good, "certificate", LIST - 2))
    v.reject_all(base, _damaged_certificates(good))
    three = [r.index for r in FOUR.recipients][:2]
    few = certified(FOUR, invented(FOUR, *_made()), three)
    v.reject("three of four", "two of four", "NotClosed:[2, 3]", certificate=few)
    base = "all, with the outcome"
    v.reject(base, "another outcome", "BadCertificate", commitments=cases_dealing.finished(GENERATION, _made()))
    v.reject(base, "the VSS commitments are exchanged", "BadCertificate", commitments=commitments[::-1])
    v.reject(base, "one of the VSS commitments", "BadCertificate", commitments=commitments[:1])
    return v


def _by_three() -> str:
    return certified(FOUR, invented(FOUR, *_made()), (1, 3, 4))


def _damaged_certificates(good: str) -> Iterator[Change]:
    field, size = "certificate", 67
    at = LIST - 2 + 4 + 2 * 34  # the vector of confirmations
    first, second = at + 4, at + 4 + size
    yield "another ceremony", "CeremonyMismatch", {field: flip(good, 1)}
    yield "the outcome has a bit flipped", "BadSignature", {field: flip(good, 33)}
    yield "the digest of a dealing has a bit flipped", "BadSignature", {field: flip(good, LIST + 4)}
    yield "recipient zero", "InvalidIndex:0", {field: splice(good, first, "0000")}
    yield "a recipient twice", "DuplicateIndex:1", {field: splice(good, second, "0001")}
    yield "recipients out of order", "InvalidIndex:2", {field: splice(good, first, "0003")}
    yield "a recipient that is none", "UnknownRecipient:9", {field: splice(good, second + size, "0009")}
    yield "a signature has a bit flipped", "BadSignature", {field: flip(good, -1)}
    yield "an unknown signature scheme", "UnknownScheme:9", {field: splice(good, first + 2, "09")}
    exchanged = good[: 2 * (first + 2)] + good[2 * (second + 2) : 2 * (second + size)]
    exchanged += good[2 * second : 2 * (second + 2)] + good[2 * (first + 2) : 2 * second] + good[2 * (second + size) :]
    yield "two signatures exchanged", "BadSignature", {field: exchanged}
    yield "no confirmations", "InvalidLength", {field: good[: 2 * at] + "00000000"}
    yield "confirmations of two of three", "NotClosed:[2, 3]", {field: certified(GENERATION, _two(), (1, 3))}
    one = replace(_two(), dealings=_two().dealings[:1])
    yield "fewer dealings than are needed", "BadCertificate", {field: certified(GENERATION, one)}
    stranger = replace(_two(), dealings=(_two().dealings[0], AgreedDealing(9, bytes(32))))
    yield "a dealer that is none", "BadCertificate", {field: certified(GENERATION, stranger)}
    yield "a confirmation of another set", "BadSignature", {field: good[: 2 * second] + _foreign(good, second, size)}


def _foreign(good: str, second: int, size: int) -> str:
    other = confirmation(GENERATION, invented(GENERATION, *_made()), 2)[-130:]
    return "0002" + other + good[2 * (second + size) :]


ALL = (receive, confirm, confirmation_verify, confirmations, certificate, certificate_verify)
