"""Cases of chapters 8 and 9."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from relight_ref import dealing, parameters, signatures
from relight_ref.ceremony import Ceremony, KeySlot
from relight_ref.curves import BLS12381_G1, REGISTRY, SECP256K1

from . import world
from .build import Change, Vectors, draw, draws
from .mutations import BAD_G1, BAD_SECP, bad_scalars, flip, insert, remove, replaced, splice, structural
from .operations import run, scalar_hex

R = BLS12381_G1.order
CONTEXT, NODE = world.CONTEXT.hex(), world.NODE.hex()


# Chapter 8

EVERY = tuple(REGISTRY.values())
PACKED = world.generation((SECP256K1, BLS12381_G1, SECP256K1, SECP256K1), parameters.INSECURE_PACKED)


def secret_key() -> Vectors:
    v, good = Vectors("secret_key"), "01" + scalar_hex(world.blinder())
    v.accept("a Blinder", key=good)
    v.accept("the key one", key="01" + scalar_hex(1))
    v.accept("the largest key", key="01" + scalar_hex(R - 1))
    v.reject_all("a Blinder", structural("key", good))
    v.reject_all("a Blinder", replaced("key", good, 1, "the scalar", "InvalidScalar", bad_scalars(BLS12381_G1, True)))
    v.reject("a Blinder", "the order of another curve's group", "InvalidScalar", key="01" + scalar_hex(SECP256K1.order))
    v.reject("a Blinder", "an empty scalar", "Truncated", key="01")
    return v


def random_key() -> Vectors:
    v = Vectors("random_key")
    v.accept("one draw", randomness=draws("random key", 48))
    v.accept("a draw of zero is drawn again", randomness=["00" * 48, draw("random key", 48)])
    v.accept("a draw of the group order is drawn again", randomness=[f"{R:096x}", draw("random key", 48)])
    v.accept("all ones", randomness=["ff" * 48])
    return v


def blinder_register() -> Vectors:
    v = Vectors("blinder_register")
    blinder = scalar_hex(world.blinder())
    v.accept("a node", blinder=blinder, context=CONTEXT, node=NODE, randomness=draws("blinder", 32))
    v.accept("empty names", blinder=blinder, context="", node="", randomness=draws("blinder", 32))
    v.accept("the longest names", blinder=blinder, context="63" * 255, node="6e" * 255, randomness=draws("blinder", 32))
    v.reject("a node", "a context of 256 bytes", "InvalidLength", context="63" * 256)
    v.reject("a node", "a node of 256 bytes", "InvalidLength", node="6e" * 256)
    return v


def blinder_registration() -> Vectors:
    v = Vectors("blinder_registration")
    for case in blinder_register().accepted:
        fields = {"context": case["input"]["context"], "node": case["input"]["node"]}
        v.accept(case["name"], **fields, **case["output"])
    base = "a node"
    good, field = v.inputs(base)["registration"], "registration"
    at = 3 + len(world.CONTEXT) + len(world.NODE)
    v.reject_all(base, structural(field, good))
    v.reject_all(base, replaced(field, good, at, "the Blinder", "InvalidPoint", BAD_G1))
    v.reject_all(base, list(replaced(field, good, at + 48, "the commitment", "InvalidPoint", BAD_G1))[:3])
    v.reject_all(base, replaced(field, good, at + 96, "the response", "InvalidScalar", bad_scalars(BLS12381_G1, False)))
    other = world.member_public(1).encode().hex()
    v.reject(base, "another Blinder", "BadProofOfPossession", registration=splice(good, at, other))
    v.reject(base, "another commitment", "BadProofOfPossession", registration=splice(good, at + 48, other))
    v.reject(base, "the response has a bit flipped", "BadProofOfPossession", registration=flip(good, -1))
    v.reject(base, "another context is expected", "StatementMismatch:Context", context="00")
    v.reject(base, "another node is expected", "StatementMismatch:Node", node="00")
    renamed = splice(good, at - 1, "ff")
    v.reject(
        base, "the node is renamed on both sides", "BadProofOfPossession", registration=renamed, node=NODE[:-2] + "ff"
    )
    return v


def member_register() -> Vectors:
    v = Vectors("member_register")
    for index, scheme in ((1, 1), (65535, 1)):
        secrets = {
            "member_key": scalar_hex(world.member_key(index)),
            "identity_secret": scalar_hex(world.identity(index)),
        }
        fields = {"scheme": scheme, "context": CONTEXT, "index": index}
        v.accept(f"member {index}, scheme {scheme}", **secrets, **fields, randomness=draws(f"member {index}", 32))
    return v


def member_registration() -> Vectors:
    v = Vectors("member_registration")
    for case in member_register().accepted:
        v.accept(case["name"], context=CONTEXT, **case["output"])
    v.accept("member 2, scheme 2", context=CONTEXT, registration=world.member_registration(2))
    base, field, at = "member 1, scheme 1", "registration", 4 + len(world.CONTEXT)
    good = v.inputs(base)[field]
    proof = at + 81
    v.reject_all(base, structural(field, good))
    v.reject_all(base, replaced(field, good, at, "the identity", "InvalidPoint", BAD_SECP))
    v.reject_all(base, list(replaced(field, good, at + 33, "the member key", "InvalidPoint", BAD_G1))[:5])
    v.reject_all(base, list(replaced(field, good, proof, "the commitment", "InvalidPoint", BAD_G1))[:3])
    v.reject_all(base, replaced(field, good, proof + 48, "the response", "InvalidScalar", bad_scalars(BLS12381_G1, False)))
    v.reject(base, "index zero", "InvalidIdentifier", registration=splice(good, at - 2, "0000"))
    v.reject(base, "scheme zero", "UnknownScheme", registration=splice(good, -65, "00"))
    v.reject(base, "scheme three", "UnknownScheme", registration=splice(good, -65, "03"))
    v.reject(base, "another scheme", "BadSignature", registration=splice(good, -65, "02"))
    v.reject(
        base,
        "high s",
        "BadSignature",
        registration=splice(good, -32, scalar_hex(SECP256K1.order - int(good[-64:], 16))),
    )
    v.reject(base, "another index", "BadSignature", registration=splice(good, at - 2, "0002"))
    v.reject(
        base, "another identity", "BadSignature", registration=splice(good, at, world.identity_public(2).encode().hex())
    )
    v.reject(
        base,
        "another member key",
        "BadSignature",
        registration=splice(good, at + 33, world.member_public(2).encode().hex()),
    )
    v.reject(base, "the signature has a bit flipped", "BadSignature", registration=flip(good, -1))
    v.reject(
        base,
        "another response, signed again",
        "BadProofOfPossession",
        registration=_signed_again(flip(good, proof + 79), 1),
    )
    stolen = splice(good, at, world.identity_public(2).encode().hex())
    v.reject(base, "another identity, signed by it", "BadProofOfPossession", registration=_signed_again(stolen, 2))
    v.reject(base, "another context is expected", "StatementMismatch:Context", context="00")
    return v


def _signed_again(registration: str, signer: int) -> str:
    body = bytes.fromhex(registration[:-130])
    return (body + signatures.sign(1, world.identity(signer), "registration", body)).hex()


# Chapter 9


def ceremony() -> Vectors:
    v = Vectors("ceremony")
    generation, resharing = world.generation().encode().hex(), world.resharing().encode().hex()
    v.accept("generation", ceremony=generation)
    v.accept("re-sharing", ceremony=resharing)
    single = Ceremony(world.TEST, b"", 0, 1, (KeySlot(BLS12381_G1, None),), world.dealers((7,)), world.recipients((9,)))
    v.accept("one dealer, one recipient", ceremony=single.encode().hex())
    v.reject_all("generation", structural("ceremony", generation))
    v.reject_all("generation", _damaged_generation(generation))
    v.reject_all("re-sharing", _damaged_resharing(resharing))
    return v


KEYS = 3 + len(world.CONTEXT) + 10  # offset of the vector of keys
DEALERS = KEYS + 4 + 6  # of the vector of dealers, in the generation
RECIPIENTS = DEALERS + 4 + 3 * 35
OLD = KEYS + 4 + 3  # of the first old polynomial, in the re-sharing


def _damaged_generation(good: str) -> Iterator[Change]:
    def field(offset: int, new: str) -> dict[str, str]:
        return {"ceremony": splice(good, offset, new)}

    first, second = DEALERS + 4, DEALERS + 4 + 35
    yield "parameter set five", "UnknownParameterSet", field(1, "05")
    yield "threshold zero", "InvalidThreshold", field(KEYS - 2, "0000")
    yield "a threshold above the number of recipients", "InvalidThreshold", field(KEYS - 2, "0004")
    yield "an unknown curve", "UnknownCurve", field(KEYS + 4, "00ff")
    yield "an unknown origin", "UnknownOrigin", field(KEYS + 6, "02")
    yield "a new key becomes an old one without a polynomial", "Truncated", field(KEYS + 9, "01")
    yield "dealer zero", "InvalidIdentifier", field(first, "0000")
    yield "a dealer's index twice", "DuplicateIdentifier", field(first, "0002")
    yield "dealers out of order", "InvalidIdentifier", field(first, "0003")
    yield "an identity twice", "DuplicateIdentifier", field(second + 2, good[2 * first + 4 : 2 * first + 70])
    yield from list(replaced("ceremony", good, first + 2, "the first identity", "InvalidPoint", BAD_SECP))[:4]
    place = RECIPIENTS + 4
    yield "recipient zero", "InvalidIdentifier", field(place, "0000")
    yield "a recipient's index twice", "DuplicateIdentifier", field(place, "0002")
    yield "recipients out of order", "InvalidIdentifier", field(place, "0009")
    yield "a member key twice", "DuplicateIdentifier", field(place + 52, good[2 * place + 4 : 2 * place + 100])
    yield from list(replaced("ceremony", good, place + 2, "the first member key", "InvalidPoint", BAD_G1))[:9]
    yield "no recipients", "InvalidLength", {"ceremony": good[: 2 * RECIPIENTS] + "00" * 4}
    fewer = splice(remove(good, DEALERS + 4, 70), DEALERS, "00000023")
    yield "fewer dealers than the threshold", "NotEnoughDealings", {"ceremony": fewer}
    yield "the vector of dealers ends inside a dealer", "Truncated", field(DEALERS, "00000068")


def _damaged_resharing(good: str) -> Iterator[Change]:
    def field(offset: int, new: str) -> dict[str, str]:
        return {"ceremony": splice(good, offset, new)}

    points = OLD + 4
    yield from list(replaced("ceremony", good, points, "an old root key", "InvalidPoint", BAD_SECP))[:4]
    yield "the vector of old commitments ends inside a point", "Truncated", field(OLD, "00000041")
    yield "the old commitments are of another curve", "InvalidPoint", field(KEYS + 4, "0002")
    slot = good[2 * (KEYS + 4) : 2 * (points + 66)]
    keys = int(good[2 * KEYS : 2 * KEYS + 8], 16)
    twice = splice(insert(good, points + 66, slot), KEYS, (keys + 73).to_bytes(4, "big").hex())
    yield "an old key twice", "DuplicateEntry", {"ceremony": twice}
    mixed = splice(insert(good, KEYS + 4, "000100"), KEYS, (keys + 3).to_bytes(4, "big").hex())
    yield "a new key among old ones", "UnknownOrigin", {"ceremony": mixed}
    one = splice(remove(good, KEYS + 4 + keys + 4, 35), KEYS + 4 + keys, "00000023")
    yield "fewer dealers than the old threshold", "NotEnoughDealings", {"ceremony": one}


@cache
def generation_dealing(dealer: int) -> str:
    return _deal(world.generation(), dealer, [])


@cache
def resharing_dealing(dealer: int, roots: world.Roots = world.ROOTS) -> str:
    return _deal(world.resharing(roots), dealer, world.share_hexes(dealer, roots))


def _deal_inputs(found: Ceremony, dealer: int, old_shares: list[str]) -> dict[str, object]:
    randomness = draws(f"deal {found.epoch} {dealer}", *[32] * (2 + len(found.keys)))
    keys = {"identity_secret": scalar_hex(world.identity(dealer)), "scheme": 2 - dealer % 2, "old_shares": old_shares}
    return {"ceremony": found.encode().hex(), "dealer": dealer, **keys, "randomness": randomness}


def _deal(found: Ceremony, dealer: int, old_shares: list[str]) -> str:
    made: str = run("deal", _deal_inputs(found, dealer, old_shares))["dealing"]
    return made


def deal() -> Vectors:
    v = Vectors("deal")
    v.accept("generation, dealer 1", **_deal_inputs(world.generation(), 1, []))
    v.accept("generation, dealer 3", **_deal_inputs(world.generation(), 3, []))
    old = [scalar_hex(x) for x in world.root_shares(3)]
    every = world.share_hexes(3, world.EVERY)
    v.accept("generation on every curve", **_deal_inputs(world.generation(EVERY), 1, []))
    v.accept("generation, packs", **_deal_inputs(PACKED, 1, []))
    v.accept("re-sharing on every curve", **_deal_inputs(world.resharing(world.EVERY), 3, every))
    base = "re-sharing, dealer 3"
    v.accept(base, **_deal_inputs(world.resharing(), 3, old))
    v.reject(base, "a dealer that is none", "UnknownDealer", dealer=2)
    v.reject(base, "the identity key of another", "UnknownDealer", identity_secret=scalar_hex(world.identity(1)))
    v.reject(base, "no old shares", "InvalidLength", old_shares=[])
    v.reject(base, "old shares exchanged", "SecretMismatch", old_shares=old[::-1])
    v.reject(
        base,
        "the old shares of another dealer",
        "SecretMismatch",
        old_shares=[scalar_hex(x) for x in world.root_shares(1)],
    )
    v.reject("generation, dealer 1", "old shares where none are", "InvalidLength", old_shares=old)
    return v


SECP_POLY, SECP_POK = 35, 35 + 66
BLS_POLY = SECP_POK + 33 + 32
BLS_POK = BLS_POLY + 96
ENCRYPTED = BLS_POK + 48 + 32
FIRST_KEPT = ENCRYPTED + 32 + 128


def _resigned(made: str, dealer: int = 1) -> str:
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
    v.reject_all(base, _bad_envelopes(good))
    v.reject_all(base, _bad_polynomials(good))
    v.reject_all(base, _bad_encryption(good))
    v.reject("re-sharing, dealer 1", "it deals a new key", "BadDealing:OtherKey", dealing=_dealt_anew())
    v.reject("re-sharing, dealer 1", "the dealing of another ceremony", "CeremonyMismatch", dealing=good)
    return v


def _bad_envelopes(good: str) -> Iterator[Change]:
    longer = insert(good, SECP_POLY, good[2 * SECP_POLY : 2 * SECP_POLY + 66])
    signature, length = "BadDealing:Signature", "BadDealing:Length"
    yield "no bytes at all", "Truncated", {"dealing": ""}
    yield "it ends inside its header", "Truncated", {"dealing": good[:68]}
    yield "it ends after its header", "Truncated", {"dealing": good[:70]}
    yield "the last byte is missing", signature, {"dealing": good[:-2]}
    yield "a byte follows", signature, {"dealing": good + "00"}
    yield "a commitment more", signature, {"dealing": longer}
    yield "a commitment more, signed again", length, {"dealing": _resigned(longer)}
    yield "a byte more, signed again", length, {"dealing": _resigned(insert(good, len(good) // 2 - 65, "00"))}
    yield "a byte less, signed again", length, {"dealing": _resigned(remove(good, len(good) // 2 - 66, 1))}
    yield "nothing but the header, signed", length, {"dealing": _resigned(good[:70] + good[-130:])}
    for version in ("00", "02"):
        yield f"version byte {version}", "UnsupportedVersion", {"dealing": splice(good, 0, version)}
    yield "another ceremony", "CeremonyMismatch", {"dealing": flip(good, 1)}
    yield "a dealer that is none", "UnknownDealer", {"dealing": splice(good, 33, "0009")}
    yield "dealer zero", "InvalidIdentifier", {"dealing": splice(good, 33, "0000")}
    yield "the index of another dealer", signature, {"dealing": splice(good, 33, "0002")}
    yield "an unknown signature scheme", signature, {"dealing": splice(good, -65, "03")}
    yield "the signature has a bit flipped", signature, {"dealing": flip(good, -1)}
    yield "the signature of another dealer", signature, {"dealing": _resigned(good, 2)}
    yield "the proof has a bit flipped", signature, {"dealing": flip(good, ENCRYPTED)}


def _bad_polynomials(good: str) -> Iterator[Change]:
    yield from _encodings(good, SECP_POLY, "the first constant term", dict(list(BAD_SECP.items())[:4]))
    yield from _encodings(good, BLS_POLY + 48, "the last commitment", dict(list(BAD_G1.items())[:9]))
    yield from _encodings(good, SECP_POK, "the first proof's commitment", dict(list(BAD_SECP.items())[:2]))
    yield from _encodings(good, SECP_POK + 33, "the first proof's response", bad_scalars(SECP256K1, False))
    yield from _encodings(good, BLS_POK + 48, "the second proof's response", bad_scalars(BLS12381_G1, False))
    knowledge = "BadDealing:ProofOfKnowledge"
    yield "the first proof's response has a bit flipped", knowledge, {"dealing": _resigned(flip(good, SECP_POK + 64))}
    yield "the second proof's response has a bit flipped", knowledge, {"dealing": _resigned(flip(good, BLS_POK + 79))}
    other = world.identity_public(5).encode().hex()
    yield "another constant term", knowledge, {"dealing": _resigned(splice(good, SECP_POLY, other))}
    yield "another higher commitment", knowledge, {"dealing": _resigned(splice(good, SECP_POLY + 33, other))}
    theirs = generation_dealing(2)[2 * SECP_POLY : 2 * BLS_POLY]
    yield "polynomial and proof of another dealer", knowledge, {"dealing": _resigned(splice(good, SECP_POLY, theirs))}


def _encodings(good: str, offset: int, what: str, new: dict[str, str]) -> Iterator[Change]:
    for words, value in new.items():
        yield f"{what} is {words}", "BadDealing:Encoding", {"dealing": _resigned(splice(good, offset, value))}


def _bad_encryption(good: str) -> Iterator[Change]:
    places = {
        "the challenge": ENCRYPTED,
        "a seed": ENCRYPTED + 32,
        "a response hash": ENCRYPTED + 48,
        "a kept point": FIRST_KEPT + 47,
        "a wrap": FIRST_KEPT + 48,
        "a salt": FIRST_KEPT + 96,
        "a response": FIRST_KEPT + 112 + 31,
    }
    for words, offset in places.items():
        yield (
            f"{words} has a bit flipped, signed again",
            "BadDealing:Encryption",
            {"dealing": _resigned(flip(good, offset))},
        )
    for words, value in bad_scalars(SECP256K1, False).items():
        made = _resigned(splice(good, FIRST_KEPT + 112, value))
        yield f"a response is {words}, signed again", "BadDealing:Encoding", {"dealing": made}


def _dealt_anew() -> str:
    """A re-sharing dealing of another secret, honestly made except for that."""
    found, dealer = world.resharing(), 1
    shares = [x + 1 for x in world.root_shares(dealer)]
    randomness = [bytes.fromhex(x) for x in draws("anew", 32, 32, 32, 32)]
    made = dealing.make_dealing(found, dealer, world.identity(dealer), 1, shares, lambda _: randomness.pop(0))
    return made.hex()


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
        dealings=[_deal(PACKED, k, []) for k in (1, 2)],
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
    _reject_finish(v, "generation, recipient 1", made)
    return v


def _mixed_dealings(made: list[str]) -> dict[str, list[str]]:
    """What arrives, good and bad; two valid dealings are enough."""
    bad = _resigned(flip(made[0], ENCRYPTED))
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
    inputs = _deal_inputs(world.generation(), 1, [])
    made: str = run("deal", {**inputs, "randomness": draws("second", 32, 32, 32, 32)})["dealing"]
    return made


def _reject_finish(v: Vectors, base: str, made: list[str]) -> None:
    v.reject(base, "one dealing", "NotEnoughDealings", dealings=made[:1])
    v.reject(base, "no dealings", "NotEnoughDealings", dealings=[])
    v.reject(base, "one dealing, thrice", "NotEnoughDealings", dealings=[made[0]] * 3)
    v.reject(base, "a recipient that is none", "InvalidIdentifier", recipient=4)
    v.reject(base, "the member key of another", "WrongMemberKey", member_key=scalar_hex(world.member_key(2)))
    for change, _, update in list(_bad_envelopes(made[0])):
        v.reject(
            base, f"of two dealings one is bad: {change}", "NotEnoughDealings", dealings=[update["dealing"], made[1]]
        )
    twice = [made[0], made[1], _second_dealing()]
    v.reject(base, "of two dealers one deals twice", "NotEnoughDealings", dealings=twice)
    v.reject("re-sharing, recipient 2", "one dealing", "NotEnoughDealings", dealings=[resharing_dealing(1)])


ALL = (
    secret_key, random_key, blinder_register, blinder_registration, member_register, member_registration, ceremony,
    deal, dealing_verify, finish,
)  # fmt: skip
