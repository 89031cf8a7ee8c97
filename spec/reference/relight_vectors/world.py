"""A small network that the cases share: four recovery members (threshold three), three nodes (threshold two)."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from functools import cache

from relight_ref import decryption, encryption, parameters, registrations, sharing, signatures, wallets
from relight_ref.backup import KeyShare
from relight_ref.ceremony import Ceremony, Dealer, Keys, Recipient
from relight_ref.curves import BLS12381_G1, REGISTRY, SECP256K1, Curve, Point
from relight_ref.errors import Error
from relight_ref.packing import Claim
from relight_ref.parameters import ParameterSet
from relight_ref.sharing import VssCommitment
from relight_ref.statement import Compartment, Entry, Lock, MemberLock, RecoveryLock, Statement

from .build import draw

NETWORK = b"example network"
PARTY = b"example party"
NAME = b"example ceremony"
NODE = b"node-1"
EPOCH = 7
MEMBERS = (1, 2, 3, 4)
NODES = (1, 2, 3)
TEST = parameters.INSECURE
NONCE = bytes.fromhex(draw("ceremony nonce"))


@cache
def secret(name: str, curve: Curve = BLS12381_G1) -> int:
    return int(draw(name, curve.wide_len), 16) % curve.order


def sized(length: int) -> int:
    """An identifier of so many bytes."""
    return int("81" + draw(f"identifier {length}", length - 1), 16)


@cache
def coefficients(name: str, curve: Curve, threshold: int) -> list[int]:
    return [secret(f"{name} {n}", curve) for n in range(threshold)]


def vanishing(name: str, curve: Curve, threshold: int, at: int) -> list[int]:
    """The coefficients of a polynomial that is zero there."""
    _, *higher = coefficients(name, curve, threshold)
    return [-sharing.evaluate(curve, [0, *higher], at) % curve.order, *higher]


@cache
def commitment(name: str, curve: Curve, threshold: int) -> VssCommitment:
    return VssCommitment.commit(curve, coefficients(name, curve, threshold))


def share(name: str, curve: Curve, threshold: int, identifier: int) -> int:
    return sharing.evaluate(curve, coefficients(name, curve, threshold), identifier)


def recovery_commitment() -> VssCommitment:
    return commitment("recovery", BLS12381_G1, 3)


def recovery_share(member: int) -> int:
    return share("recovery", BLS12381_G1, 3, member)


def recovery_party() -> decryption.RecoveryParty:
    return decryption.RecoveryParty(recovery_commitment(), tuple((m, m) for m in MEMBERS))


Roots = tuple[tuple[str, Curve], ...]
ROOTS: Roots = (("root ecdsa", SECP256K1), ("root bls", BLS12381_G1))


def every(curves: Iterable[Curve]) -> Roots:
    return tuple((f"root {curve.name}", curve) for curve in curves)


# The curves of the registry when the vectors were frozen, and those after them.
FROZEN = tuple(curve for curve in REGISTRY.values() if curve.id <= 10)
LATER = tuple(curve for curve in REGISTRY.values() if curve.id > 10)
EVERY, EVERY_LATER = every(FROZEN), every(LATER)


def root_commitments(roots: Roots = ROOTS) -> list[VssCommitment]:
    return [commitment(name, curve, 2) for name, curve in roots]


def root_shares(node: int, roots: Roots = ROOTS) -> list[int]:
    return [share(name, curve, 2, node) for name, curve in roots]


def share_hexes(node: int, roots: Roots = ROOTS) -> list[str]:
    curves = [curve for _, curve in roots]
    return [curve.encode_scalar(x).hex() for curve, x in zip(curves, root_shares(node, roots), strict=True)]


def entries(node: int, roots: Roots = ROOTS) -> tuple[Entry, ...]:
    return tuple(Entry.of(a, node) for a in root_commitments(roots))


def blinder() -> int:
    return secret("blinder")


def recovery_lock() -> RecoveryLock:
    return RecoveryLock(recovery_commitment().public_key, blinder() * BLS12381_G1.generator)


def backup_statement(
    sets: ParameterSet = TEST, epoch: int = EPOCH, node: int = 1, roots: Roots = ROOTS
) -> Statement:
    compartment = Compartment(recovery_lock(), entries(node, roots))
    return Statement(sets, NETWORK, epoch, NODE, (compartment,))


def member_key(index: int) -> int:
    return secret(f"member key {index}")


def member_public(index: int) -> Point:
    return member_key(index) * BLS12381_G1.generator


def identity(index: int) -> int:
    return secret(f"identity {index}", SECP256K1)


def identity_public(index: int) -> Point:
    return identity(index) * SECP256K1.generator


def mixed_statement() -> Statement:
    """Compartments of both kinds."""
    locks: tuple[Lock, ...] = (MemberLock(member_public(1)), recovery_lock(), MemberLock(member_public(2)))
    parts = (entries(1), entries(2), entries(3)[:1])
    compartments = tuple(Compartment(lock, part) for lock, part in zip(locks, parts, strict=True))
    return Statement(TEST, b"", 0, b"", compartments)


def mixed_secrets() -> list[int]:
    return [*root_shares(1), *root_shares(2), root_shares(3)[0]]


@cache
def backup_proof() -> str:
    return encryption.encrypt(Claim.of(backup_statement()), root_shares(1), lambda n: bytes.fromhex(draw("backup", n))).hex()


@cache
def mixed_proof() -> str:
    return encryption.encrypt(Claim.of(mixed_statement()), mixed_secrets(), lambda n: bytes.fromhex(draw("mixed", n))).hex()


def every_statement(roots: Roots = EVERY) -> Statement:
    """A key on every curve."""
    return backup_statement(roots=roots)


@cache
def every_proof(roots: Roots = EVERY) -> str:
    rng = lambda n: bytes.fromhex(draw("every", n))  # noqa: E731
    return encryption.encrypt(Claim.of(every_statement(roots)), root_shares(1, roots), rng).hex()


def backup() -> str:
    return backup_statement().encode().hex() + backup_proof()


def decryption_shares(digest: bytes, members: tuple[int, ...] = MEMBERS) -> list[str]:
    made = [decryption.decryption_share(recovery_share(m), m, digest) for m in members]
    return [share.encode().hex() for share in made]


@cache
def sigma(digest: bytes) -> str:
    made = decryption.decryption_share(coefficients("recovery", BLS12381_G1, 3)[0], 1, digest)
    return made.sigma.encode().hex()


def dealers(indices: tuple[int, ...]) -> tuple[Dealer, ...]:
    return tuple(Dealer(i, identity_public(i), i) for i in indices)


def recipients(indices: tuple[int, ...]) -> tuple[Recipient, ...]:
    return tuple(Recipient(i, identity_public(i), member_public(i), i) for i in indices)


def generation(curves: tuple[Curve, ...] = (SECP256K1, BLS12381_G1), sets: ParameterSet = TEST) -> Ceremony:
    return Ceremony(sets, NAME, NONCE, 1, 2, Keys.generate(*curves), dealers((1, 2, 3)), recipients((1, 2, 3)))


def resharing(roots: Roots = ROOTS) -> Ceremony:
    """The nodes hand their root keys to recipients 2, 5 and 9 at a threshold of three."""
    keys = Keys.reshare(*((a, 0) for a in root_commitments(roots)))
    return Ceremony(TEST, NAME, NONCE, 8, 3, keys, dealers((1, 3)), recipients((2, 5, 9)))


def returned(purpose: str, body: bytes, secret: int) -> bytes:
    """The 65 bytes that a wallet returns: r, s, and 27 or 28."""
    signed = signatures.sign(signatures.EIP191, secret, purpose, body)[1:]
    for v in (27, 28):
        with contextlib.suppress(Error):
            wallets.complete(purpose, body, secret * SECP256K1.generator, signed + bytes([v]))
            return signed + bytes([v])
    raise AssertionError


def signed_by(found: wallets.Unsigned, index: int) -> str:
    """Odd parties have their key at hand, even ones in a wallet."""
    secret = identity(index)
    made = found.sign(secret) if index % 2 else found.complete(returned(found.purpose, found.body, secret))
    return made.hex()


def member_registration(index: int) -> str:
    rng = lambda n: bytes.fromhex(draw(f"registration {index}", n))  # noqa: E731
    made = registrations.register_member(member_key(index), PARTY, index, identity_public(index), rng)
    return signed_by(made, index)


def share_object(a: VssCommitment, identifier: int, secret: int, epoch: int = EPOCH) -> str:
    """Whether it fits or not."""
    return KeyShare(epoch, a.curve, a.public_key, identifier, a.threshold, secret).encode().hex()


def old_shares(identifier: int, roots: Roots = ROOTS) -> list[str]:
    """Of the root keys, encoded."""
    pairs = zip(root_commitments(roots), root_shares(identifier, roots), strict=True)
    return [share_object(a, identifier, x) for a, x in pairs]


def sigma_of(member: int, digest: bytes) -> str:
    return decryption_shares(digest, (member,))[0][6:]
