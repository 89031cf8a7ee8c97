"""Cases of Section 9.4."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from relight_ref.ceremony import Ceremony, KeySlot
from relight_ref.curves import BLS12381_G1, P256, SECP256K1
from relight_ref.sharing import PublicPolynomial

from . import cases_ceremony, cases_dealing, world
from .build import Vectors, draws
from .cases_dealing import PACKED, dealt, drawn, generation_dealing, make, resharing_dealing
from .mutations import flip
from .operations import run
from .values import scalar_hex


def finish() -> Vectors:
    v = Vectors("finish")
    made = [generation_dealing(k) for k in (1, 2, 3)]
    generation: dict[str, object] = {"ceremony": world.generation().encode().hex(), "dealings": made}
    for index in (1, 2, 3):
        v.accept(
            f"generation, recipient {index}",
            **generation,
            recipient=index,
            member_key=scalar_hex(world.member_key(index)),
        )
    one = {"recipient": 1, "member_key": scalar_hex(world.member_key(1))}
    for name, dealings in _mixed_dealings(made).items():
        v.accept(f"generation, {name}", **{**generation, "dealings": dealings}, **one)
    resharing = {"ceremony": world.resharing().encode().hex(), "dealings": [resharing_dealing(k) for k in (1, 3)]}
    for index in (2, 9):
        v.accept(
            f"re-sharing, recipient {index}",
            **resharing,
            recipient=index,
            member_key=scalar_hex(world.member_key(index)),
        )
    v.accept(
        "generation, packs, recipient 2",
        ceremony=PACKED.encode().hex(),
        dealings=[make(PACKED, k, []) for k in (1, 2)],
        recipient=2,
        member_key=scalar_hex(world.member_key(2)),
    )
    v.accept(
        "re-sharing on every curve, recipient 5",
        ceremony=world.resharing(world.EVERY).encode().hex(),
        dealings=[resharing_dealing(k, world.EVERY) for k in (1, 3)],
        recipient=5,
        member_key=scalar_hex(world.member_key(5)),
    )
    _finish_resharings(v)
    _finish_repair(v)
    _finish_vanishing(v)
    _reject_finish(v, "generation, recipient 1", made)
    return v


def _mixed_dealings(made: list[str]) -> dict[str, list[str]]:
    """What arrives, good and bad; two valid dealings are enough."""
    bad = cases_dealing.resigned(flip(made[0], cases_dealing.ENCRYPTED))
    forged = flip(made[0], -1)
    return {
        "two dealings in another order": [made[2], made[0]],
        "one dealing twice": [made[0], made[1], made[0]],
        "a bad dealing": [bad, made[1], made[2]],
        "a bad dealing before a good one of the same dealer": [bad, *made],
        "a bad dealing after a good one of the same dealer": [*made, bad],
        "a forged dealing before the true one": [forged, *made],
        "a forged dealing after the true one": [*made, forged],
        "a dealer who deals twice": [*made, _second_dealing()],
        "dealings of another ceremony": [*made, resharing_dealing(1), resharing_dealing(3)],
        "bytes that are no dealing": ["", "00", *made],
    }


def _second_dealing() -> str:
    inputs = cases_dealing.deal_inputs(world.generation(), 1, [])
    made: str = run("deal", {**inputs, "randomness": draws("second", 32, 32, 32, 32)})["dealing"]
    return made


def _reject_finish(v: Vectors, base: str, made: list[str]) -> None:
    v.reject(base, "one dealing", "NotEnoughDealings", dealings=made[:1])
    v.reject(base, "no dealings", "NotEnoughDealings", dealings=[])
    v.reject(base, "one dealing, thrice", "NotEnoughDealings", dealings=[made[0]] * 3)
    v.reject(base, "a recipient that is none", "InvalidIndex:4", recipient=4)
    v.reject(base, "the member key of another", "WrongMemberKey", member_key=scalar_hex(world.member_key(2)))
    for change, _, update in list(cases_dealing.bad_envelopes(made[0])):
        v.reject(
            base, f"of two dealings one is bad: {change}", "NotEnoughDealings", dealings=[update["dealing"], made[1]]
        )
    twice = [made[0], made[1], _second_dealing()]
    v.reject(base, "of two dealers one deals twice", "NotEnoughDealings", dealings=twice)
    v.reject("re-sharing, recipient 2", "one dealing", "NotEnoughDealings", dealings=[resharing_dealing(1)])


def _case(found: Ceremony, dealings: list[str], recipient: int) -> dict[str, Any]:
    member_key = scalar_hex(world.member_key(recipient))
    return {"ceremony": found.encode().hex(), "dealings": dealings, "recipient": recipient, "member_key": member_key}


def _shared_out(found: Ceremony, *dealers: int) -> list[str]:
    """Honest dealings of a re-sharing of the root keys."""
    identifiers = {dealer.index: dealer.identifier for dealer in found.dealers}
    return [make(found, dealer, world.share_hexes(identifiers[dealer])) for dealer in dealers]


def _finish_resharings(v: Vectors) -> None:
    more = replace(world.resharing(), dealers=world.dealers((1, 2, 3)))
    name = "re-sharing, three dealers where two are needed"
    v.accept(name, **_case(more, _shared_out(more, 1, 2, 3), 5))
    v.accept(f"{name}, and two deal", **_case(more, _shared_out(more, 3, 2), 5))
    large = cases_ceremony.large_resharing()
    v.accept("re-sharing, large identifiers", **_case(large, _shared_out(large, 1, 2, 3), 2))
    v.accept("re-sharing, large identifiers, two deal", **_case(large, _shared_out(large, 1, 3), 3))
    wide, name = cases_ceremony.old_thresholds(), "re-sharing with different old thresholds"
    made = [
        make(wide, i, [world.share_hexes(i)[0], scalar_hex(world.share("wide", P256, 3, i), P256)]) for i in (1, 2, 3)
    ]
    v.accept(name, **_case(wide, made, 9))
    v.reject(name, "dealings enough for one of two keys", "NotEnoughDealings", dealings=made[:2])


def _finish_repair(v: Vectors) -> None:
    """Dealers 1 and 3 give recipient 2 its share of both keys again."""
    first = cases_ceremony.resharing_at(2)
    dealings, outcomes = _shared_out(first, 1, 3), []
    for recipient in (1, 3):
        outcomes.append(v.accept(f"repair, first, recipient {recipient}", **_case(first, dealings, recipient)))
    polynomials = [PublicPolynomial.decode(bytes.fromhex(a)) for a in outcomes[0]["polynomials"]]
    slots = tuple(KeySlot.hand_over(a) for a in polynomials)
    second = replace(first, keys=slots, threshold=1, recipients=world.recipients((2,)))
    handed = [make(second, i, outcome["shares"]) for i, outcome in zip((1, 3), outcomes, strict=True)]
    made = v.accept("repair, second, the receiver", **_case(second, handed, 2))
    assert made["shares"] == world.share_hexes(2)
    v.reject("repair, second, the receiver", "one dealing", "NotEnoughDealings", dealings=handed[:1])
    whole = cases_ceremony.hand_over()
    v.accept("hand-over of root keys", **_case(whole, _shared_out(whole, 1, 3), 9))
    values = cases_ceremony.same_key()
    every = [make(values, i, world.share_hexes(i)[:1] * 4) for i in (1, 3)]
    v.accept("re-sharing of a key and of values of its polynomial", **_case(values, every, 5))


def _finish_vanishing(v: Vectors) -> None:
    """What a dealer that speaks last can do, and that it harms nobody but those whom it gives shares of zero."""
    found, [secp, bls] = world.generation(), drawn(1)
    n, r = SECP256K1.order, BLS12381_G1.order
    shareless = {
        "itself": [[-(x0 + 3 * (x1 + y)) % q, y] for (x0, x1), y, q in ((secp, 5, n), (bls, 7, r))],
        "one of one key": [[-(secp[0] + 2 * (secp[1] + 5)) % n, 5], [5, 7]],
        "one of each key": [[-(secp[0] + secp[1] + 5) % n, 5], [-(bls[0] + 2 * (bls[1] + 5)) % r, 5]],
    }
    for words, secret in shareless.items():
        dealings = [generation_dealing(1), dealt(found, 3, secret)]
        for recipient in (1, 2, 3):
            v.accept(f"a dealer takes the shares of {words}, recipient {recipient}", **_case(found, dealings, recipient))
    base = "generation, recipient 1"
    for term in (0, 1):
        secret = [[a if k != term else -b % n for k, (a, b) in enumerate(zip((5, 7), secp, strict=True))], [5, 7]]
        update = {"dealings": [generation_dealing(1), dealt(found, 3, secret)]}
        v.reject(base, f"coefficient {term} of the sum is the identity", "InvalidPoint", **update)
    two = [[5, 7], [5, -bls[1] % r]]
    update = {"dealings": [generation_dealing(1), dealt(found, 3, two)]}
    v.reject(base, "a coefficient of the second key is the identity", "InvalidPoint", **update)
    v.reject(base, "the same, for a recipient that is none", "InvalidPoint", **{**update, "recipient": 4})


ALL = (finish,)
