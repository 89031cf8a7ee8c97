"""More cases of chapter 6: they are part of the files that cases_encryption writes."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from relight_ref import encryption, parameters
from relight_ref.curves import BLS12381_G1, ED25519, SECP256K1
from relight_ref.encryption import Bound, Instance
from relight_ref.hashing import xof
from relight_ref.packing import Claim
from relight_ref.parameters import ParameterSet
from relight_ref.statement import Compartment, Entry, MemberLock, Statement

from . import cases_packing, world
from .build import Vectors, draw
from .layout import ProofLayout
from .mutations import flip
from .values import scalar_hex

UNORDERED: world.Roots = (("root ed25519", ED25519), ("root bls", BLS12381_G1), ("root ecdsa", SECP256K1))
MEMBER_KEY = {"member_key": scalar_hex(world.member_key(1))}
OPAQUE = {"the identity": "c0" + "00" * 47, "no point at all": "00" * 48, "not of the subgroup": "80" + "00" * 46 + "04"}


def unordered() -> Statement:
    """The curves first occur in descending order."""
    return world.backup_statement(roots=UNORDERED)


def single(sets: ParameterSet) -> Statement:
    compartment = Compartment(MemberLock(world.member_public(1)), world.entries(1)[:1])
    return Statement(sets, world.NETWORK, world.EPOCH, world.NODE, (compartment,))


def weighted() -> Statement:
    """Three shares of one key, in packs of two."""
    [a, _] = world.root_commitments()
    compartment = Compartment(MemberLock(world.member_public(1)), tuple(Entry.of(a, i) for i in (1, 5, 2**300)))
    return Statement(parameters.INSECURE_PACKED, world.NETWORK, world.EPOCH, world.NODE, (compartment,))


def weighted_secrets() -> list[int]:
    return [world.share("root ecdsa", SECP256K1, 2, i) for i in (1, 5, 2**300)]


# By name: statement, secrets, and which randomness.
CASES = {
    "curves out of order": (unordered(), world.root_shares(1, UNORDERED), "unordered"),
    "one key, set 2": (single(parameters.COMPACT), world.root_shares(1)[:1], "compact"),
    "one key, set 3": (single(parameters.BROADCAST), world.root_shares(1)[:1], "smallest"),
    "several shares of one key, in packs": (weighted(), weighted_secrets(), "weighted"),
}


@cache
def proof(name: str) -> str:
    found, secrets, seed = CASES[name]
    return encryption.encrypt(Claim.of(found), secrets, lambda n: bytes.fromhex(draw(seed, n))).hex()


def encrypt(v: Vectors) -> None:
    for name, (found, secrets, seed) in CASES.items():
        curves = [entry.curve for _, _, entry in found.slots()]
        encoded = [scalar_hex(x, curve) for x, curve in zip(secrets, curves, strict=True)]
        v.accept(name, statement=found.encode().hex(), secrets=encoded, randomness=[draw(seed)])


def verify(v: Vectors) -> None:
    for name, (found, _, _) in CASES.items():
        v.accept(name, statement=found.encode().hex(), proof=proof(name))
        v.reject(name, "the last bit flipped", "ProofRejected", proof=flip(proof(name), -1))
    for words, point in OPAQUE.items():
        found, made = dishonest(point)
        v.accept(f"a kept point was {words} from the start", statement=found.encode().hex(), proof=made)


def open_(v: Vectors) -> None:
    for name, (found, _, _) in CASES.items():
        key = MEMBER_KEY if name != "curves out of order" else _recovery_keys(found)
        v.accept(name, statement=found.encode().hex(), proof=proof(name), compartment=0, **key)
    for words, point in OPAQUE.items():
        found, made = dishonest(point)
        name = f"a kept point was {words} from the start"
        v.accept(name, statement=found.encode().hex(), proof=made, compartment=0, **MEMBER_KEY)
    _open_smaller(v)


def _recovery_keys(found: Statement) -> dict[str, str]:
    return {"sigma": world.sigma(found.digest()), "blinder": scalar_hex(world.blinder())}


def _open_smaller(v: Vectors) -> None:
    """A compartment takes as many good instances as its own largest pack has secrets, not the statement's."""
    layout, made = cases_packing.PROOF, cases_packing.small_proof()
    for k in range(3):
        made = flip(made, layout.kept + k * layout.kept_length + layout.wrapped_sub_seeds + 16)
    found = cases_packing.small().encode().hex()
    name = "packs, the second compartment, and only the last of four kept instances is good"
    v.accept(name, statement=found, proof=made, compartment=1, **MEMBER_KEY)
    spoiled = flip(made, layout.kept + 3 * layout.kept_length + layout.wrapped_sub_seeds + 16)
    v.reject(name, "none is good", "NotOpenable", proof=spoiled)


def dishonest(point: str) -> tuple[Statement, str]:
    """An encryptor that hashes bytes of its own for the point of an instance, which is then kept by luck."""
    found, secrets = single(world.TEST), world.root_shares(1)[:1]
    claim = Claim.of(found)
    for attempt in range(99):
        bound = Bound(claim, bytes.fromhex(draw(f"dishonest {attempt}", 16)))
        seeds = [xof("seed", bound.nonce, bytes([i]), length=16) for i in range(8)]
        instances = [encryption.derive_instance(bound, i, seed) for i, seed in enumerate(seeds)]
        instances[0] = _with_point(instances[0], point)
        made = encryption.prove(bound, secrets, seeds, seeds[::-1], instances)
        if 0 in encryption.subset(world.TEST, made[:32]):
            break
    assert ProofLayout(8, 4, 1, 1).length == len(made)
    return found, made.hex()


def _with_point(instance: Instance, point: str) -> Instance:
    return replace(instance, encapsulation=bytes.fromhex(point))
