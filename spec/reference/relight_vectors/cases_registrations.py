"""Cases of Sections 8.2, 8.4 and 8.6."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from relight_ref import signatures
from relight_ref.curves import BLS12381_G1, SECP256K1
from relight_ref.registrations import (
    START,
    BlinderRegistration,
    MemberRegistration,
    Place,
    unsigned_blinder,
    unsigned_member,
)

from . import world
from .build import Change, Vectors, draw, draws
from .mutations import BAD_G1, BAD_SECP, bad_scalars, flip, replaced, splice, structural
from .operations import run
from .values import scalar_hex

NETWORK, PARTY, NODE = world.NETWORK.hex(), world.PARTY.hex(), world.NODE.hex()
OPERATOR = 31  # the number of its identity
FIELD = "registration"
PROOF = 48 + 32


def _rng(name: str) -> Any:
    return lambda n: bytes.fromhex(draw(name, n))


def _register_inputs(**changes: Any) -> dict[str, Any]:
    names = {"network": NETWORK, "node": NODE, "operator_secret": scalar_hex(world.identity(OPERATOR))}
    fields = {"blinder": scalar_hex(world.blinder()), **names, "previous": "", "randomness": draws("blinder", 32)}
    return {**fields, **changes}


def blinder_register() -> Vectors:
    v, base = Vectors("blinder_register"), "a node"
    first = v.accept(base, **_register_inputs())[FIELD]
    v.accept("empty names", **_register_inputs(network="", node=""))
    v.accept("the longest names", **_register_inputs(network="63" * 255, node="6e" * 255))
    v.reject(base, "a network of 256 bytes", "InvalidLength", network="63" * 256)
    v.reject(base, "a node of 256 bytes", "InvalidLength", node="6e" * 256)
    renewed = {"blinder": scalar_hex(world.secret("second blinder")), "previous": first}
    second = v.accept("a successor", **_register_inputs(**renewed))[FIELD]
    v.accept("a successor of a successor", **_register_inputs(previous=second))
    v.reject("a successor", "the operator is another", "WrongIdentity", operator_secret=scalar_hex(world.identity(1)))
    v.reject("a successor", "the one before is cut", "Truncated", previous=first[:-2])
    return v


def blinder_registration() -> Vectors:
    v, operator = Vectors("blinder_registration"), world.identity_public(OPERATOR).encode().hex()
    for case in blinder_register().accepted:
        fields = {"network": case["input"]["network"], "node": case["input"]["node"], "operator": operator}
        v.accept(case["name"], **fields, registration=case["output"][FIELD])
    signed = world.signed_by(_unsigned_blinder(operator=32), 32)
    theirs = world.identity_public(32).encode().hex()
    v.accept("signed by a wallet", network=NETWORK, node=NODE, operator=theirs, registration=signed)
    base = "a node"
    good = v.inputs(base)[FIELD]
    v.reject_all(base, structural(FIELD, good))
    v.reject_all(base, _damaged_blinder_registrations(good))
    v.reject_all(base, _other_blinder_registrations(good))
    v.reject_all("a successor", _bad_serials(v.inputs("a successor")[FIELD], BLINDER_SERIAL))
    v.reject_all(base, _signatures(good))
    v.reject(base, "another network is expected", "Mismatch:Network", network="00")
    v.reject(base, "another node is expected", "Mismatch:Node", node="00")
    v.reject(base, "another operator is expected", "Mismatch:Operator", operator=theirs)
    v.reject_all(base, list(replaced("operator", operator, 0, "the expected operator", "InvalidPoint", BAD_SECP))[:2])
    return v


BLINDER_SERIAL = 3 + len(world.NETWORK) + len(world.NODE) + 33
BLINDER_AT = BLINDER_SERIAL + 40


def _unsigned_blinder(
    secret: int = 0,
    node: bytes = world.NODE,
    operator: int = OPERATOR,
    place: Place = START,
    network: bytes = world.NETWORK,
) -> Any:
    identity = world.identity_public(operator)
    return unsigned_blinder(secret or world.blinder(), network, node, identity, place, _rng("another registration"))


def _damaged_blinder_registrations(good: str) -> Iterator[Change]:
    yield from replaced(FIELD, good, BLINDER_SERIAL - 33, "the operator", "InvalidPoint", BAD_SECP)
    yield from replaced(FIELD, good, BLINDER_AT, "the Blinder", "InvalidPoint", BAD_G1)
    yield from list(replaced(FIELD, good, BLINDER_AT + 48, "the commitment", "InvalidPoint", BAD_G1))[:3]
    responses = bad_scalars(BLS12381_G1, False)
    yield from replaced(FIELD, good, BLINDER_AT + 96, "the response", "InvalidScalar", responses)
    for words, number in {"zero": 0, "two": 2}.items():
        made = splice(good, BLINDER_SERIAL, f"{number:016x}")
        yield f"its serial is {words}", f"InvalidSerial:{number}", {FIELD: made}
    yield "the first one names one before it", "InvalidSerial:1", {FIELD: flip(good, BLINDER_SERIAL + 8)}


def _bad_serials(good: str, at: int) -> Iterator[Change]:
    yield "a successor names none before it", "InvalidSerial:2", {FIELD: splice(good, at + 8, "00" * 32)}
    yield "a successor becomes the first", "InvalidSerial:1", {FIELD: splice(good, at, f"{1:016x}")}
    yield "its serial has a bit flipped", "BadSignature", {FIELD: flip(good, at + 7)}
    yield "the digest of the one before has a bit flipped", "BadSignature", {FIELD: flip(good, at + 8)}


def _other_blinder_registrations(good: str) -> Iterator[Change]:
    """Changed, and changed and signed again: a signature is no Schnorr proof."""
    other, operator = world.member_public(1).encode().hex(), world.identity_public(32).encode().hex()
    node, theirs = NODE[:-2] + "ff", BLINDER_SERIAL - 33
    renamed, stolen = splice(good, theirs - 1, "ff"), splice(good, theirs, operator)
    changed: dict[str, tuple[str, dict[str, str], int]] = {
        "another Blinder": (splice(good, BLINDER_AT, other), {}, OPERATOR),
        "another commitment": (splice(good, BLINDER_AT + 48, other), {}, OPERATOR),
        "another response": (flip(good, BLINDER_AT + 127), {}, OPERATOR),
        "the node is renamed on both sides": (renamed, {"node": node}, OPERATOR),
        "the operator is another on both sides": (stolen, {"operator": operator}, 32),
    }
    for words, (made, expected, signer) in changed.items():
        yield words, "BadSignature", {FIELD: made, **expected}
        again = signed_again(made, signer, "blinder-registration")
        yield f"{words}, signed again", "BadSchnorrProof", {FIELD: again, **expected}


def _signatures(good: str) -> Iterator[Change]:
    yield "scheme zero", "UnknownScheme:0", {FIELD: splice(good, -65, "00")}
    yield "scheme three", "UnknownScheme:3", {FIELD: splice(good, -65, "03")}
    yield "another scheme", "BadSignature", {FIELD: splice(good, -65, "02")}
    high = scalar_hex(SECP256K1.order - int(good[-64:], 16))
    yield "high s", "BadSignature", {FIELD: splice(good, -32, high)}
    yield "the r of the signature is zero", "BadSignature", {FIELD: splice(good, -64, "00" * 32)}
    yield "the signature has a bit flipped", "BadSignature", {FIELD: flip(good, -1)}
    for purpose in ("member-registration", "blinder-registration", "response"):
        signer = OPERATOR if len(good) // 2 == BLINDER_AT + 48 + PROOF + 65 else 1
        made = signed_again(good, signer, purpose)
        if made != good:
            yield f"signed for the purpose {purpose}", "BadSignature", {FIELD: made}


def signed_again(registration: str, signer: int, purpose: str = "member-registration") -> str:
    body = bytes.fromhex(registration[:-130])
    return (body + signatures.sign(1, world.identity(signer), purpose, body)).hex()


def _member_inputs(index: int, **changes: Any) -> dict[str, Any]:
    secrets = {"member_key": scalar_hex(world.member_key(index)), "identity_secret": scalar_hex(world.identity(index))}
    fields = {"party": PARTY, "index": index, "previous": "", "randomness": draws(f"member {index}", 32)}
    return {**secrets, **fields, **changes}


def member_register() -> Vectors:
    v = Vectors("member_register")
    for index in (1, 65535):
        v.accept(f"member {index}", **_member_inputs(index))
    first = v.accepted[0]["output"][FIELD]
    v.accept("an empty party", **_member_inputs(1, party=""))
    renewed = {"member_key": scalar_hex(world.member_key(50)), "previous": first}
    second = v.accept("a successor", **_member_inputs(1, **renewed))[FIELD]
    v.accept("a successor of a successor", **_member_inputs(1, previous=second))
    v.reject("member 1", "a party of 256 bytes", "InvalidLength", party="63" * 256)
    v.reject("a successor", "the identity is another", "WrongIdentity", identity_secret=scalar_hex(world.identity(2)))
    return v


MEMBER_SERIAL = 4 + len(world.PARTY) + 33
KEY_AT = MEMBER_SERIAL + 40


def member_registration() -> Vectors:
    v = Vectors("member_registration")
    for case in member_register().accepted:
        v.accept(case["name"], party=case["input"]["party"], registration=case["output"][FIELD])
    v.accept("member 2, signed by a wallet", party=PARTY, registration=world.member_registration(2))
    base = "member 1"
    good = v.inputs(base)[FIELD]
    v.reject_all(base, structural(FIELD, good))
    v.reject_all(base, _damaged_member_registrations(good))
    v.reject_all("a successor", _bad_serials(v.inputs("a successor")[FIELD], MEMBER_SERIAL))
    v.reject_all(base, _signatures(good))
    v.reject(base, "another party is expected", "Mismatch:Party", party="00")
    return v


def _damaged_member_registrations(good: str) -> Iterator[Change]:
    at, proof = MEMBER_SERIAL - 33, KEY_AT + 48
    yield from replaced(FIELD, good, at, "the identity", "InvalidPoint", BAD_SECP)
    yield from list(replaced(FIELD, good, KEY_AT, "the member key", "InvalidPoint", BAD_G1))[:5]
    yield from list(replaced(FIELD, good, proof, "the commitment", "InvalidPoint", BAD_G1))[:3]
    yield from replaced(FIELD, good, proof + 48, "the response", "InvalidScalar", bad_scalars(BLS12381_G1, False))
    yield "index zero", "InvalidIndex:0", {FIELD: splice(good, at - 2, "0000")}
    yield "its serial is zero", "InvalidSerial:0", {FIELD: splice(good, MEMBER_SERIAL, "00" * 8)}
    yield "the first one names one before it", "InvalidSerial:1", {FIELD: flip(good, MEMBER_SERIAL + 8)}
    yield "another index", "BadSignature", {FIELD: splice(good, at - 2, "0002")}
    other = splice(good, KEY_AT, world.member_public(2).encode().hex())
    yield "another member key", "BadSignature", {FIELD: other}
    yield "another member key, signed again", "BadSchnorrProof", {FIELD: signed_again(other, 1)}
    response = signed_again(flip(good, proof + 79), 1)
    yield "another response, signed again", "BadSchnorrProof", {FIELD: response}
    stolen = splice(good, at, world.identity_public(2).encode().hex())
    yield "another identity", "BadSignature", {FIELD: stolen}
    yield "another identity, signed by it", "BadSchnorrProof", {FIELD: signed_again(stolen, 2)}
    swapped = keys_exchanged()
    yield "the Blinder's purpose for the member key", "BadSchnorrProof", {FIELD: swapped}


def keys_exchanged() -> str:
    """A registration whose Schnorr proof is that of a Blinder."""
    from relight_ref.sharing import schnorr_prove

    made = unsigned_member(world.member_key(1), world.PARTY, 1, world.identity_public(1), START, _rng("exchanged"))
    binding = made.body[:-PROOF]
    body = binding + schnorr_prove(BLS12381_G1, "blinder", binding, world.member_key(1), _rng("exchanged")).encode()
    return (body + signatures.sign(1, world.identity(1), "member-registration", body)).hex()


# 8.6 Succession


@cache
def blinder_chain(length: int = 3) -> tuple[str, ...]:
    """Of the operator with a wallet, and so signed."""
    found = [world.signed_by(_unsigned_blinder(operator=32), 32)]
    for k in range(1, length):
        known = BlinderRegistration.decode(bytes.fromhex(found[-1]))
        made = known.successor(world.secret(f"blinder of serial {k + 1}"), _rng(f"chain {k}"))
        found.append(world.signed_by(made, 32))
    return tuple(found)


def _placed_blinder(serial: int, previous: str, **changes: Any) -> str:
    place = Place(serial, BlinderRegistration.decode(bytes.fromhex(previous)).digest())
    fields = {"operator": 32, "place": place, **changes}
    return world.signed_by(_unsigned_blinder(**fields), fields["operator"])


def blinder_succession() -> Vectors:
    v, (first, second, third) = Vectors("blinder_succession"), blinder_chain()
    base = "the successor"
    v.accept(base, known=first, next=second)
    v.accept("its successor", known=second, next=third)
    v.accept("the same", known=second, next=second)
    v.accept("the same, signed again", known=second, next=signed_again(second, 32, "blinder-registration"))
    v.accept("the same, with a signature that does not verify", known=second, next=flip(second, -1))
    v.accept("the same, the first", known=first, next=first)
    v.reject(base, "the one after the successor", "BrokenSuccession:3", next=third)
    v.reject("its successor", "the first", "RetiredRegistration:1", next=first)
    v.reject("its successor", "another of the same serial", "RetiredRegistration:2", next=_placed_blinder(2, first))
    v.reject(base, "a first of another Blinder", "RetiredRegistration:1", next=_another_first())
    v.reject(base, "it names another before it", "BrokenSuccession:2", next=_placed_blinder(2, third))
    v.reject(base, "it skips a serial", "BrokenSuccession:3", next=_placed_blinder(3, first))
    v.reject(base, "it skips many", f"BrokenSuccession:{2**40}", next=_placed_blinder(2**40, first))
    v.reject(base, "its signature has a bit flipped", "BadSignature", next=flip(second, -1))
    unproved = signed_again(flip(second, BLINDER_AT + 127), 32, "blinder-registration")
    v.reject(base, "its proof does not verify", "BadSchnorrProof", next=unproved)
    for words, (field, change) in {
        "another network": ("Network", {"network": b"other"}),
        "another node": ("Node", {"node": b"node-2"}),
        "another operator": ("Operator", {"operator": OPERATOR}),
    }.items():
        v.reject(base, words, f"Mismatch:{field}", next=_placed_blinder(2, first, **change))
    v.reject_all(base, structural("next", second))
    return v


def _another_first() -> str:
    return world.signed_by(_unsigned_blinder(secret=world.secret("second blinder"), operator=32), 32)


def _placed_member(serial: int, previous: str, **changes: Any) -> str:
    digest = MemberRegistration.decode(bytes.fromhex(previous)).digest()
    fields = {"party": world.PARTY, "index": 2, "identity": 2, **changes}
    made = unsigned_member(
        world.member_key(52), fields["party"], fields["index"], world.identity_public(fields["identity"]),
        Place(serial, digest), _rng("another member"),
    )  # fmt: skip
    return world.signed_by(made, fields["identity"])


def member_succession() -> Vectors:
    v, base = Vectors("member_succession"), "the successor"
    first = world.member_registration(2)
    second = _placed_member(2, first)
    third = _placed_member(3, second)
    v.accept(base, known=first, next=second)
    v.accept("its successor", known=second, next=third)
    v.accept("the same", known=second, next=second)
    v.accept("the same, signed again", known=second, next=signed_again(second, 2))
    v.reject(base, "the one after the successor", "BrokenSuccession:3", next=third)
    v.reject("its successor", "the first", "RetiredRegistration:1", next=first)
    v.reject(base, "it names another before it", "BrokenSuccession:2", next=_placed_member(2, third))
    v.reject(base, "it skips a serial", "BrokenSuccession:3", next=_placed_member(3, first))
    v.reject(base, "its signature has a bit flipped", "BadSignature", next=flip(second, -1))
    unproved = signed_again(flip(second, KEY_AT + 127), 2)
    v.reject(base, "its proof does not verify", "BadSchnorrProof", next=unproved)
    party, index = _placed_member(2, first, party=b"other"), _placed_member(2, first, index=3)
    v.reject(base, "another party", "Mismatch:Party", next=party)
    v.reject(base, "another index", "Mismatch:Index", next=index)
    v.reject(base, "another identity", "Mismatch:Identity", next=_placed_member(2, first, identity=3))
    both = _placed_member(2, first, identity=3, index=3)
    v.reject(base, "another index and identity", "Mismatch:Index", next=both)
    v.reject_all(base, structural("next", second))
    return v


ALL = (
    blinder_register, blinder_registration, blinder_succession, member_register, member_registration,
    member_succession,
)  # fmt: skip
