"""Cases of Sections 9.2 and 9.3."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from relight_ref import dealing, keys, parameters, signatures, wallets
from relight_ref.ceremony import Ceremony, Keys
from relight_ref.curves import BLS12381_G1, SECP256K1, Curve
from relight_ref.outcome import public_outcome
from relight_ref.secret_objects import MEMBER_KEY
from relight_ref.sharing import VssCommitment, evaluate

from . import cases_ceremony, world
from .build import Change, Vectors, draw, draws
from .mutations import BAD_G1, BAD_SECP, bad_scalars, flip, insert, remove, splice
from .operations import run
from .values import Json, scalar_hex

PACKED = world.generation((SECP256K1, BLS12381_G1, SECP256K1, SECP256K1), parameters.INSECURE_PACKED)


@cache
def generation_dealing(dealer: int) -> str:
    return make(world.generation(), dealer, [])


@cache
def resharing_dealing(dealer: int, roots: world.Roots = world.ROOTS) -> str:
    return make(world.resharing(roots), dealer, world.old_shares(dealer, roots))


def deal_inputs(found: Ceremony, dealer: int, old_shares: list[str]) -> dict[str, Any]:
    """Odd dealers have their identity's key at hand, even ones in a wallet."""
    randomness = draws(f"deal {found.epoch} {dealer}", *[32] * (2 + len(found.slots)))
    identity = scalar_hex(world.identity(dealer)) if dealer % 2 else ""
    keys = {"identity_secret": identity, "member_key": "" if identity else scalar_hex(world.member_key(dealer))}
    return {"ceremony": found.encode().hex(), "dealer": dealer, **keys, "old_shares": old_shares, "randomness": randomness}


def make(found: Ceremony, dealer: int, old_shares: list[str]) -> str:
    return completed(dealer, run("deal", deal_inputs(found, dealer, old_shares)))


def completed(dealer: int, output: Json) -> str:
    """The dealing, with the signature of a wallet if there is none."""
    if "dealing" in output:
        dealing: str = output["dealing"]
        return dealing
    body = bytes.fromhex(output["body"])
    return world.signed_by(wallets.Unsigned("dealing", body, world.identity_public(dealer)), dealer)


def deal() -> Vectors:
    v = Vectors("deal")
    for dealer in (1, 2, 3):
        v.accept(f"generation, dealer {dealer}", **deal_inputs(world.generation(), dealer, []))
    old = world.old_shares(3)
    v.accept("generation on every curve", **deal_inputs(world.generation(world.FROZEN), 1, []))
    v.accept("generation on pallas", **deal_inputs(world.generation(world.LATER), 1, []))
    v.accept("generation, packs", **deal_inputs(PACKED, 1, []))
    every = deal_inputs(world.resharing(world.EVERY), 3, world.old_shares(3, world.EVERY))
    v.accept("re-sharing on every curve", **every)
    base = "re-sharing, dealer 3"
    v.accept(base, **deal_inputs(world.resharing(), 3, old))
    v.reject(base, "a dealer that is none", "UnknownDealer", dealer=2)
    v.reject(base, "the identity key of another", "WrongIdentity", identity_secret=scalar_hex(world.identity(1)))
    v.reject(base, "no old shares", "InvalidLength", old_shares=[])
    v.reject("generation, dealer 1", "old shares where none are", "InvalidLength", old_shares=old)
    v.reject_all(base, _other_shares(old))
    _deal_elsewhere(v)
    return v


def _other_shares(old: list[str]) -> Iterator[Change]:
    """What a dealer finds at home."""
    a, b = world.root_commitments()
    first, second = world.root_shares(3)

    def shares(*found: str) -> dict[str, Any]:
        return {"old_shares": list(found)}

    yield "old shares exchanged", "Mismatch:PublicKey", shares(*old[::-1])
    yield "the old shares of another dealer", "Mismatch:Identifier", shares(*world.old_shares(1))
    foreign = world.share_object(world.commitment("other", SECP256K1, 2), 3, first)
    yield "a share of another key", "Mismatch:PublicKey", shares(foreign, old[1])
    wrong = world.share_object(b, 3, second + 1)
    yield "another share of the second key", "OtherSharing:1", shares(old[0], wrong)
    refreshed = world.share_object(a, 3, evaluate(SECP256K1, [world.coefficients(*world.ROOTS[0], 2)[0], 5], 3))
    yield "a share from before a refresh", "OtherSharing:0", shares(refreshed, old[1])
    renamed = world.share_object(b, 4, second)
    yield "the second at another identifier", "Mismatch:Identifier", shares(old[0], renamed)
    yield "the second has a bit flipped", "BadChecksum", shares(old[0], flip(old[1], -20))
    key = keys.encode_secret(MEMBER_KEY, world.member_key(3)).hex()
    yield "a member key in place of a share", "WrongKind:[4, 2]", shares(old[0], key)


def _deal_elsewhere(v: Vectors) -> None:
    old = world.old_shares(3)
    for name in ("re-sharing at an identifier", "hand-over", "re-sharing of a key and of values of its VSS commitment"):
        found = cases_ceremony.unusual()[name]
        shares = old if len(found.slots) == 2 else old[:1] * len(found.slots)
        v.accept(f"{name}, dealer 3", **deal_inputs(found, 3, shares))
    found = cases_ceremony.large_resharing()
    v.accept("re-sharing, large identifiers", **deal_inputs(found, 3, world.old_shares(found.dealers[2].identifier)))
    base = "re-sharing, large identifiers, dealer 2"
    v.accept(base, **deal_inputs(found, 2, world.old_shares(found.dealers[1].identifier)))
    twins = cases_ceremony.unusual()["generation of three keys on one curve"]
    v.accept("generation of three keys on one curve", **deal_inputs(twins, 1, []))
    v.accept("generation, identifiers of every size", **deal_inputs(cases_ceremony.sized(), 1, []))
    _deal_shareless(v)


def _deal_shareless(v: Vectors) -> None:
    coefficients = world.vanishing("vanishing", SECP256K1, 2, 3)
    vanishing = VssCommitment.commit(SECP256K1, coefficients)
    old = Keys.reshare((world.root_commitments()[1], 0), (vanishing, 0))
    shareless = replace(world.resharing(), keys=old)
    share = world.share_object(vanishing, 1, evaluate(SECP256K1, coefficients, 1))
    base = "re-sharing, dealer 1, of a key that dealer 3 has no share of"
    v.accept(base, **deal_inputs(shareless, 1, [world.old_shares(1)[1], share]))
    one, other = world.share_object(vanishing, 3, 1), world.share_object(world.root_commitments()[1], 3, 1)
    v.reject(base, "dealer 3", "Shareless:3", **deal_inputs(shareless, 3, [world.old_shares(3)[1], one]))
    wrong = deal_inputs(shareless, 3, [other, one])
    v.reject(base, "dealer 3, with another share of the first key", "OtherSharing:0", **wrong)


SECP_COMMITMENT, SECP_PROOF = 35, 35 + 66
RESHARED_PROOF = 35 + 3 * 33  # the threshold is three
BLS_COMMITMENT = SECP_PROOF + 33 + 32
BLS_PROOF = BLS_COMMITMENT + 96
ENCRYPTED = BLS_PROOF + 48 + 32
FIRST_KEPT = ENCRYPTED + 48 + 4 * 36


def resigned(made: str, dealer: int = 1) -> str:
    """A dealer may sign anything: checks after the signature need a good one."""
    body = bytes.fromhex(made[:-130])
    return (body + signatures.sign(1, world.identity(dealer), "dealing", body)).hex()


def dealing_verify() -> Vectors:
    v = Vectors("dealing_verify")
    found = world.generation().encode().hex()
    for dealer in (1, 2, 3):
        v.accept(f"generation, dealer {dealer}", ceremony=found, dealing=generation_dealing(dealer))
    for dealer in (1, 3):
        v.accept(
            f"re-sharing, dealer {dealer}", ceremony=world.resharing().encode().hex(), dealing=resharing_dealing(dealer)
        )
    base, good = "generation, dealer 1", generation_dealing(1)
    v.reject_all(base, bad_envelopes(good))
    v.reject_all(base, _bad_commitments(good))
    v.reject_all(base, _bad_encryption(good))
    for changed in ((0, 1), (0,), (1,)):
        words = f"it deals other keys than the old ones: {list(changed)}"
        v.reject("re-sharing, dealer 1", words, "BadDealing:OtherKey", dealing=dealt_anew(*changed))
    spoiled = resigned(flip(dealt_anew(1), RESHARED_PROOF + 64))
    words = "it deals another second key, and the first proof's response has a bit flipped"
    v.reject("re-sharing, dealer 1", words, "BadDealing:OtherKey", dealing=spoiled)
    _verify_elsewhere(v)
    v.reject("re-sharing, dealer 1", "the dealing of another ceremony", "CeremonyMismatch", dealing=good)
    return v


def _verify_elsewhere(v: Vectors) -> None:
    for case in deal().accepted:
        name, inputs = case["name"], case["input"]
        if name not in {known["name"] for known in v.accepted} and "every curve" not in name:
            v.accept(name, ceremony=inputs["ceremony"], dealing=completed(inputs["dealer"], case["output"]))
    found = world.generation().encode().hex()
    for name, made in unusual_dealings().items():
        v.accept(name, ceremony=found, dealing=made)
    twins = cases_ceremony.unusual()["generation of three keys on one curve"]
    v.accept("three times the same key", ceremony=twins.encode().hex(), dealing=dealt(twins, 1, [[5, 7], [5, 7], [5, 8]]))


def dealt(found: Ceremony, dealer: int, secret: list[list[int]]) -> str:
    """A dealing with coefficients that the dealer chose."""
    rng = lambda n: bytes.fromhex(draw(f"chosen {dealer}", n))  # noqa: E731
    return dealing.deal_coefficients(found, dealer, secret, rng).sign(world.identity(dealer)).hex()


@cache
def second_dealing() -> str:
    """Of dealer 1, in the generation."""
    inputs = deal_inputs(world.generation(), 1, [])
    return completed(1, run("deal", {**inputs, "randomness": draws("second", 32, 32, 32, 32)}))


def finished(found: Ceremony, dealings: list[str]) -> list[str]:
    """The VSS commitments that the dealings come to."""
    valid = [dealing.verify_dealing(found, bytes.fromhex(made)) for made in dealings]
    return [a.encode().hex() for a in public_outcome(found, valid).commitments]


def drawn(dealer: int) -> list[list[int]]:
    """The coefficients of the dealer in the generation."""
    randomness = draws(f"deal {world.generation().epoch} {dealer}", 32)
    hedge = SECP256K1.encode_scalar(world.identity(dealer))
    return dealing.draw_coefficients(world.generation(), dealer, hedge, [], lambda _: bytes.fromhex(randomness[0]))


def unusual_dealings() -> dict[str, str]:
    """What a dealer may choose: shares of zero, of one key or all, even all that it can choose."""
    found, [secp, bls] = world.generation(), drawn(1)
    return {
        "a dealt share of zero": dealt(found, 1, [_root(secp, 2, SECP256K1), bls]),
        "a dealt share of zero of each key": dealt(found, 1, [_root(secp, 2, SECP256K1), _root(bls, 3, BLS12381_G1)]),
        "dealt shares of zero of both keys for one recipient": dealt(found, 1, [_root(secp, 1, SECP256K1), _root(bls, 1, BLS12381_G1)]),
        "a constant term of one": dealt(found, 1, [[1, 1], [1, 1]]),
    }


def _root(secret: list[int], recipient: int, curve: Curve) -> list[int]:
    """Another constant term, so that the recipient's share is zero."""
    return [-secret[1] * recipient % curve.order, secret[1]]


def bad_envelopes(good: str) -> Iterator[Change]:
    longer = insert(good, SECP_COMMITMENT, good[2 * SECP_COMMITMENT : 2 * SECP_COMMITMENT + 66])
    signature, length = "BadDealing:Signature", "BadDealing:Length"
    yield "no bytes at all", "Truncated", {"dealing": ""}
    yield "it ends inside its header", "Truncated", {"dealing": good[:68]}
    yield "it ends after its header", "Truncated", {"dealing": good[:70]}
    for size in (34, 64, 65, 99):
        yield f"its first {size} bytes", "Truncated", {"dealing": good[: 2 * size]}
    yield "its first 100 bytes", signature, {"dealing": good[:200]}
    yield "the last byte is missing", signature, {"dealing": good[:-2]}
    yield "a byte follows", signature, {"dealing": good + "00"}
    yield "a coefficient commitment more", signature, {"dealing": longer}
    yield "a coefficient commitment more, signed again", length, {"dealing": resigned(longer)}
    yield "a byte more, signed again", length, {"dealing": resigned(insert(good, len(good) // 2 - 65, "00"))}
    yield "a byte less, signed again", length, {"dealing": resigned(remove(good, len(good) // 2 - 66, 1))}
    yield "nothing but the header, signed", length, {"dealing": resigned(good[:70] + good[-130:])}
    for version in ("00", "02"):
        yield f"version byte {version}", "UnsupportedVersion", {"dealing": splice(good, 0, version)}
    yield "another ceremony", "CeremonyMismatch", {"dealing": flip(good, 1)}
    yield "a dealer that is none", "UnknownDealer", {"dealing": splice(good, 33, "0009")}
    yield "dealer zero", "InvalidIndex:0", {"dealing": splice(good, 33, "0000")}
    yield "the index of another dealer", signature, {"dealing": splice(good, 33, "0002")}
    yield "an unknown signature scheme", signature, {"dealing": splice(good, -65, "03")}
    yield "the signature has a bit flipped", signature, {"dealing": flip(good, -1)}
    yield "the signature of another dealer", signature, {"dealing": resigned(good, 2)}
    yield "the proof has a bit flipped", signature, {"dealing": flip(good, ENCRYPTED)}


def _bad_commitments(good: str) -> Iterator[Change]:
    yield from _encodings(good, SECP_COMMITMENT, "the first constant term", dict(list(BAD_SECP.items())[:4]))
    yield from _encodings(good, BLS_COMMITMENT + 48, "the last coefficient commitment", dict(list(BAD_G1.items())[:9]))
    yield from _encodings(good, SECP_PROOF, "the first proof's commitment", dict(list(BAD_SECP.items())[:2]))
    yield from _encodings(good, SECP_PROOF + 33, "the first proof's response", bad_scalars(SECP256K1, False))
    yield from _encodings(good, BLS_PROOF + 48, "the second proof's response", bad_scalars(BLS12381_G1, False))
    schnorr = "BadDealing:SchnorrProof"
    yield "the first proof's response has a bit flipped", schnorr, {"dealing": resigned(flip(good, SECP_PROOF + 64))}
    yield "the second proof's response has a bit flipped", schnorr, {"dealing": resigned(flip(good, BLS_PROOF + 79))}
    other = world.identity_public(5).encode().hex()
    yield "another constant term", schnorr, {"dealing": resigned(splice(good, SECP_COMMITMENT, other))}
    higher = resigned(splice(good, SECP_COMMITMENT + 33, other))
    yield "another higher coefficient commitment", schnorr, {"dealing": higher}
    theirs = generation_dealing(2)[2 * SECP_COMMITMENT : 2 * BLS_COMMITMENT]
    taken = resigned(splice(good, SECP_COMMITMENT, theirs))
    yield "VSS commitment and proof of another dealer", schnorr, {"dealing": taken}


def _encodings(good: str, offset: int, what: str, new: dict[str, str]) -> Iterator[Change]:
    for words, value in new.items():
        yield f"{what} is {words}", "BadDealing:Encoding", {"dealing": resigned(splice(good, offset, value))}


def _bad_encryption(good: str) -> Iterator[Change]:
    places = {
        "the challenge": ENCRYPTED,
        "the nonce": ENCRYPTED + 32,
        "a seed": ENCRYPTED + 48,
        "a response hash": ENCRYPTED + 64,
        "the last byte of a response hash": ENCRYPTED + 83,
        "a kept point": FIRST_KEPT + 47,
        "a wrapped sub-seed": FIRST_KEPT + 48,
        "a salt": FIRST_KEPT + 96,
        "a response": FIRST_KEPT + 112 + 31,
    }
    for words, offset in places.items():
        yield (
            f"{words} has a bit flipped, signed again",
            "BadDealing:Encryption",
            {"dealing": resigned(flip(good, offset))},
        )
    for words, value in bad_scalars(SECP256K1, False).items():
        made = resigned(splice(good, FIRST_KEPT + 112, value))
        yield f"a response is {words}, signed again", "BadDealing:Encoding", {"dealing": made}


def dealt_anew(*changed: int) -> str:
    """A re-sharing dealing of other secrets, honestly made except for that."""
    found, dealer = world.resharing(), 1
    shares = [x + (k in changed) for k, x in enumerate(world.root_shares(dealer))]
    randomness = [bytes.fromhex(x) for x in draws("anew", 32, 32, 32, 32)]
    made = dealing.make_dealing(found, dealer, bytes(32), shares, lambda _: randomness.pop(0))
    return made.sign(world.identity(dealer)).hex()


ALL = (deal, dealing_verify)
