"""Cases of chapter 6 with packs: they are part of the files that cases_encryption writes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from relight_ref import encryption, parameters
from relight_ref.curves import BLS12381_G1, P256, SECP256K1
from relight_ref.packing import Claim
from relight_ref.parameters import ParameterSet
from relight_ref.sharing import VssCommitment
from relight_ref.statement import Compartment, Entry, MemberLock, Statement

from . import world
from .build import Change, Vectors, draw
from .layout import ProofLayout
from .mutations import flip, splice
from .values import scalar_hex

ROOTS: world.Roots = (
    ("packed 0", SECP256K1), ("packed 1", BLS12381_G1), ("packed 2", SECP256K1), ("packed 3", SECP256K1),
    ("packed 4", P256), ("packed 5", SECP256K1), ("packed 6", SECP256K1),
)  # fmt: skip
DOZEN: world.Roots = tuple((f"dozen {n}", SECP256K1) for n in range(12))
PROOF = ProofLayout(8, 4, 2, 6)
TEST = "packs, test set"
LARGE = (parameters.PACKED, parameters.BULK)


def small() -> Statement:
    """Packs with one entry and with two, in two compartments: on secp256k1 five entries in the one, one in the other."""
    locks = (world.recovery_lock(), MemberLock(world.member_public(1)))
    parts = (world.entries(1, ROOTS), world.entries(2, ROOTS[:1]))
    compartments = tuple(Compartment(lock, part) for lock, part in zip(locks, parts, strict=True))
    return Statement(parameters.INSECURE_PACKED, world.NETWORK, world.EPOCH, world.NODE, compartments)


def small_secrets() -> list[str]:
    return world.share_hexes(1, ROOTS) + world.share_hexes(2, ROOTS[:1])


def large(set_: ParameterSet) -> Statement:
    """A pack of ten, and one of two."""
    return world.backup_statement(set_, roots=DOZEN)


@cache
def small_proof() -> str:
    secrets = world.root_shares(1, ROOTS) + world.root_shares(2, ROOTS[:1])
    return encryption.encrypt(Claim.of(small()), secrets, lambda n: bytes.fromhex(draw("packs", n))).hex()


@cache
def large_proof(set_: ParameterSet) -> str:
    secrets = world.root_shares(1, DOZEN)
    return encryption.encrypt(Claim.of(large(set_)), secrets, lambda n: bytes.fromhex(draw("dozen", n))).hex()


def encrypt(v: Vectors) -> None:
    secrets = small_secrets()
    v.accept(TEST, statement=small().encode().hex(), secrets=secrets, randomness=[draw("packs")])
    dozen = world.share_hexes(1, DOZEN)
    for set_ in LARGE:
        statement = large(set_).encode().hex()
        v.accept(f"packs, set {set_.id}", statement=statement, secrets=dozen, randomness=[draw("dozen")])
    swapped = [secrets[2], secrets[1], secrets[0], *secrets[3:]]
    v.reject(TEST, "two secrets of a pack are swapped", "SecretMismatch:[0, 0]", secrets=swapped)


def verify(v: Vectors) -> None:
    v.accept(TEST, statement=small().encode().hex(), proof=small_proof())
    for set_ in LARGE:
        v.accept(f"packs, set {set_.id}", statement=large(set_).encode().hex(), proof=large_proof(set_))
    v.reject_all(TEST, _damaged())
    for set_ in LARGE:
        proof = flip(large_proof(set_), -1)
        v.reject(f"packs, set {set_.id}", "the last bit of a response flipped", "ProofRejected", proof=proof)


def _damaged() -> Iterator[Change]:
    good, responses = small_proof(), PROOF.kept + PROOF.responses
    for k, pack in enumerate(Claim.of(small()).packs):
        at = responses + 32 * k
        order = pack.curve.encode_scalar(pack.curve.order).hex()
        yield f"response {k} is one", "ProofRejected", {"proof": splice(good, at, scalar_hex(1))}
        yield f"response {k} is the group order", "InvalidScalar", {"proof": splice(good, at, order)}
    first, third = good[2 * responses :][:64], good[2 * responses + 128 :][:64]
    exchanged = splice(splice(good, responses, third), responses + 64, first)
    yield "the responses of two packs are exchanged", "ProofRejected", {"proof": exchanged}
    yield "the last response is missing", "Truncated", {"proof": good[:-64]}
    yield "a response for every entry", "TrailingBytes", {"proof": good + scalar_hex(1)}


def open_(v: Vectors) -> None:
    found, proof = small(), small_proof()
    keys = {"sigma": world.sigma(found.digest()), "blinder": scalar_hex(world.blinder())}
    good = {"statement": found.encode().hex(), "compartment": 0, **keys}
    v.accept("packs", **good, proof=proof)
    member = {"compartment": 1, "member_key": scalar_hex(world.member_key(1))}
    v.accept("packs, the second compartment", statement=good["statement"], proof=proof, **member)
    for k in range(2):
        proof = _spoiled(proof, k)
        v.accept(f"packs of two, and only the last {3 - k} of four kept instances are good", **good, proof=proof)
    v.reject("packs", "only the last of four kept instances is good", "NotOpenable", proof=_spoiled(proof, 2))
    between = _spoiled(_spoiled(small_proof(), 1), 2)
    v.accept("packs, the first and the last of four kept instances are good", **good, proof=between)
    _open_root(v)
    for set_ in LARGE:
        dozen, name = large(set_), f"packs, set {set_.id}"
        keys["sigma"] = world.sigma(dozen.digest())
        v.accept(name, statement=dozen.encode().hex(), proof=large_proof(set_), compartment=0, **keys)


def _open_root(v: Vectors) -> None:
    """Of the good kept instances, two, one has a packed secret of zero."""
    slope, lock = world.secret("slope", SECP256K1), world.recovery_lock()
    for alpha in range(1, 9):
        secrets = [-alpha * slope % SECP256K1.order, slope]
        entries = tuple(Entry.of(VssCommitment.commit(SECP256K1, [x]), 1) for x in secrets)
        found = Statement(parameters.INSECURE_PACKED, b"root", 1, b"", (Compartment(lock, entries),))
        proof = encryption.encrypt(Claim.of(found), secrets, lambda n: bytes.fromhex(draw("root", n))).hex()
        kept = encryption.subset(found.parameters, bytes.fromhex(proof[:64]))
        if alpha - 1 in kept:
            break
    place, layout = kept.index(alpha - 1), ProofLayout(8, 4, 1, 1)
    for k in (place + 1, place + 2):
        proof = flip(proof, layout.kept + k % 4 * layout.kept_length + layout.wrapped_sub_seeds)
    keys = {"sigma": world.sigma(found.digest()), "blinder": scalar_hex(world.blinder())}
    v.accept("a packed secret of zero", statement=found.encode().hex(), proof=proof, compartment=0, **keys)


def _spoiled(proof: str, kept: int) -> str:
    """The wrapped sub-seed of another compartment is left as it is."""
    return flip(proof, PROOF.kept + kept * PROOF.kept_length + PROOF.wrapped_sub_seeds)
