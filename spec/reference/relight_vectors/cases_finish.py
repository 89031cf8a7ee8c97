"""Cases of Section 9.5."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from relight_ref.ceremony import Ceremony, Keys
from relight_ref.curves import BLS12381_G1, P256, SECP256K1
from relight_ref.sharing import VssCommitment

from . import cases_ceremony, cases_dealing, world
from .agreed import agreement, certificate, closed, invented
from .build import Vectors
from .cases_closing import bad_dealing
from .cases_dealing import PACKED, dealt, drawn, generation_dealing, make, resharing_dealing, second_dealing
from .mutations import flip
from .values import scalar_hex, secret_int


def finish() -> Vectors:
    v = Vectors("finish")
    found, made = world.generation(), [generation_dealing(k) for k in (1, 2, 3)]
    for index in (1, 2, 3):
        v.accept(f"generation, recipient {index}", **_case(found, made, index))
    for name, (dealings, later) in _mixed_dealings(made).items():
        inputs = _case(found, made, 1)
        v.accept(f"generation, {name}", **{**inputs, "dealings": dealings, "later": later})
    v.accept("generation, closed on two of three dealings", **{**_case(found, made[:2], 3), "dealings": made})
    handed = [resharing_dealing(k) for k in (1, 3)]
    for index in (2, 9):
        v.accept(f"re-sharing, recipient {index}", **_case(world.resharing(), handed, index))
    packed = [make(PACKED, k, []) for k in (1, 2)]
    v.accept("generation, packs, recipient 2", **_case(PACKED, packed, 2))
    every = [resharing_dealing(k, world.EVERY) for k in (1, 3)]
    v.accept("re-sharing on every curve, recipient 5", **_case(world.resharing(world.EVERY), every, 5))
    _finish_resharings(v)
    _finish_repair(v)
    _finish_vanishing(v)
    _reject_finish(v, "generation, recipient 1", made)
    return v


def _mixed_dealings(made: list[str]) -> dict[str, tuple[list[str], list[str]]]:
    """What arrives before closing, and after; the closed set is that of all three."""
    bad, second = bad_dealing(), second_dealing()
    return {
        "all arrive later": ([], made[::-1]),
        "one arrives later": (made[1:], made[:1]),
        "dealings in another order": ([made[2], made[0], made[1]], []),
        "a second dealing before closing": ([*made, second], []),
        "a second dealing after closing": (made, [second]),
        "a second dealing first": ([second, *made], [made[0]]),
        "a bad dealing first": ([bad, *made], [made[0]]),
        "a bad dealing after closing": (made, [bad]),
        "forged dealings": ([flip(made[0], -1), *made], [flip(made[1], -1)]),
        "dealings of another ceremony": ([resharing_dealing(1), *made], [resharing_dealing(3)]),
        "bytes that are no dealing": (["", *made], ["00"]),
    }


def _reject_finish(v: Vectors, base: str, made: list[str]) -> None:
    found = world.generation()
    v.reject(base, "the first dealing is missing", "MissingDealing:1", dealings=made[1:])
    v.reject(base, "the last dealing is missing", "MissingDealing:3", dealings=made[:2])
    v.reject(base, "no dealings", "MissingDealing:1", dealings=[])
    v.reject(base, "another dealing of the first dealer", "MissingDealing:1", dealings=[second_dealing(), *made[1:]])
    v.reject(base, "the first dealing, damaged", "MissingDealing:1", dealings=[flip(made[0], 80), *made[1:]])
    v.reject(base, "a recipient that is none", "UnknownRecipient:4", recipient=4)
    v.reject(base, "the member key of another", "WrongMemberKey", member_key=scalar_hex(world.member_key(2)))
    good = v.inputs(base)["certificate"]
    v.reject(base, "a signature of the certificate has a bit flipped", "BadSignature", certificate=flip(good, -1))
    v.reject(base, "the certificate is cut", "Truncated", certificate=good[:-2])
    v.reject(base, "the certificate of another ceremony", "CeremonyMismatch", certificate=flip(good, 1))
    lie = certificate(found, invented(found, *made))
    v.reject(base, "the certificate of another outcome", "BadCertificate", certificate=lie)
    few = certificate(found, agreement(found, made), (1, 2))
    v.reject(base, "two recipients confirmed", "NotClosed:[2, 3]", certificate=few)
    bad = certificate(found, invented(found, bad_dealing(), *made[1:]))
    v.reject(base, "closed by liars on a bad dealing", "MissingDealing:1", certificate=bad, later=[bad_dealing()])


def _case(found: Ceremony, dealings: list[str], recipient: int, **changes: Any) -> dict[str, Any]:
    """Closed on all of the dealings."""
    own = {"recipient": recipient, "member_key": scalar_hex(world.member_key(recipient))}
    inputs = {"ceremony": found.encode().hex(), "dealings": dealings, "later": [], **own}
    return {**inputs, "certificate": closed(found, dealings), **changes}


def _shared_out(found: Ceremony, *dealers: int) -> list[str]:
    """Honest dealings of a re-sharing of the root keys."""
    identifiers = {dealer.index: dealer.identifier for dealer in found.dealers}
    return [make(found, dealer, world.old_shares(identifiers[dealer])) for dealer in dealers]


def _finish_resharings(v: Vectors) -> None:
    more = replace(world.resharing(), dealers=world.dealers((1, 2, 3)))
    name = "re-sharing, three dealers where two are needed"
    v.accept(name, **_case(more, _shared_out(more, 1, 2, 3), 5))
    v.accept(f"{name}, and two deal", **_case(more, _shared_out(more, 3, 2), 5))
    large = cases_ceremony.large_resharing()
    v.accept("re-sharing, large identifiers", **_case(large, _shared_out(large, 1, 2, 3), 2))
    v.accept("re-sharing, large identifiers, two deal", **_case(large, _shared_out(large, 1, 3), 3))
    wide, name = cases_ceremony.old_thresholds(), "re-sharing with different old thresholds"
    other = world.commitment("wide", P256, 3)
    shares = {i: [world.old_shares(i)[0], world.share_object(other, i, world.share("wide", P256, 3, i))] for i in (1, 2, 3)}
    made = [make(wide, i, shares[i]) for i in (1, 2, 3)]
    v.accept(name, **_case(wide, made, 9))
    few = certificate(wide, invented(wide, *made[:2]))
    v.reject(name, "dealings enough for one of two keys", "BadCertificate", certificate=few)


def _finish_repair(v: Vectors) -> None:
    """Dealers 1 and 3 give recipient 2 its share of both keys again."""
    first = cases_ceremony.resharing_at(2)
    dealings, outcomes = _shared_out(first, 1, 3), []
    for recipient in (1, 3):
        outcomes.append(v.accept(f"repair, first, recipient {recipient}", **_case(first, dealings, recipient)))
    commitments = [VssCommitment.decode(bytes.fromhex(a)) for a in outcomes[0]["commitments"]]
    second = replace(first, keys=Keys.hand_over(*commitments), threshold=1, recipients=world.recipients((2,)))
    handed = [make(second, i, _objects(commitments, i, out["shares"])) for i, out in zip((1, 3), outcomes, strict=True)]
    made = v.accept("repair, second, the receiver", **_case(second, handed, 2))
    assert made["shares"] == world.share_hexes(2)
    v.reject("repair, second, the receiver", "one dealing", "MissingDealing:3", dealings=handed[:1])
    whole = cases_ceremony.hand_over()
    v.accept("hand-over of root keys", **_case(whole, _shared_out(whole, 1, 3), 9))
    values = cases_ceremony.same_key()
    every = [make(values, i, world.old_shares(i)[:1] * 4) for i in (1, 3)]
    v.accept("re-sharing of a key and of values of its VSS commitment", **_case(values, every, 5))


def _objects(commitments: list[VssCommitment], identifier: int, shares: list[str]) -> list[str]:
    pairs = zip(commitments, shares, strict=True)
    return [world.share_object(a, identifier, secret_int(x, a.curve)) for a, x in pairs]


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
        words = f"coefficient {term} of the sum is the identity"
        v.reject(base, words, "InvalidPoint", **_vanished(dealt(found, 3, secret)))
    two = _vanished(dealt(found, 3, [[5, 7], [5, -bls[1] % r]]))
    v.reject(base, "a coefficient of the second key is the identity", "InvalidPoint", **two)
    v.reject(base, "the same, for a recipient that is none", "InvalidPoint", **two, recipient=4)


def _vanished(made: str) -> dict[str, Any]:
    """No outcome: only liars close on it."""
    dealings, found = [generation_dealing(1), made], world.generation()
    return {"dealings": dealings, "certificate": certificate(found, invented(found, *dealings))}


ALL = (finish,)
