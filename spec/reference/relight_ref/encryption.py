"""Chapter 6: verifiable encryption of a statement."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from .codec import Reader, decode_all, u16
from .curves import BLS12381_G1, Curve, Point
from .errors import Error, require
from .hashing import frame, hash_to_scalar, scalars, xof
from .packing import compartment_packs, packs
from .pairing import G2, hash_to_g2, pairing
from .parameters import ParameterSet
from .sharing import Rng
from .statement import Lock, RecoveryLock, Statement, unlock_message

BLOCK = 16
G1 = BLS12381_G1
Masks = dict[tuple[int, int], int]  # by compartment and pack


def xor(a: bytes, b: bytes) -> bytes:
    return bytes(x ^ y for x, y in zip(a, b, strict=True))


# 6.2 Packs and instances


def shared_values(lock: Lock, r: int, unlock_point: G2) -> list[bytes]:
    """What encryptor and opener of a lock agree on."""
    if isinstance(lock, RecoveryLock):
        power = pairing(lock.recovery_key, unlock_point) ** r
        return [power.encode(), (r * lock.blinder).encode()]
    return [(r * lock.member_key).encode()]


def wrap_key(digest: bytes, i: int, c: int, kem: bytes, shared: Sequence[bytes]) -> bytes:
    return xof("wrap", digest, u16(i), u16(c), kem, *shared, length=BLOCK)


def compartment_masks(statement: Statement, i: int, c: int, sub_seed: bytes) -> list[int]:
    packs_of_c = compartment_packs(statement, c)
    return scalars([pack.curve for pack in packs_of_c], "mask", statement.digest(), u16(i), u16(c), sub_seed)


@dataclass(frozen=True)
class Instance:
    """All that follows from the seed of an instance."""

    kem: bytes
    wraps: tuple[bytes, ...]
    masks: Masks


def derive_instance(statement: Statement, i: int, seed: bytes) -> Instance:
    digest = statement.digest()
    unlock_point = hash_to_g2(unlock_message(digest))
    r = hash_to_scalar(G1, "kem", digest, u16(i), seed)
    kem = (r * G1.generator).encode()
    wraps: list[bytes] = []
    masks: Masks = {}
    for c, compartment in enumerate(statement.compartments):
        sub_seed = xof("sub-seed", digest, u16(i), u16(c), seed, length=BLOCK)
        key = wrap_key(digest, i, c, kem, shared_values(compartment.lock, r, unlock_point))
        wraps.append(xor(sub_seed, key))
        for b, mask in enumerate(compartment_masks(statement, i, c, sub_seed)):
            masks[c, b] = mask
    return Instance(kem, tuple(wraps), masks)


# 6.3 Encrypt


def encode_scalars(statement: Statement, scalars: Sequence[int]) -> list[bytes]:
    """A scalar for each entry."""
    return [entry.curve.encode_scalar(x) for (_, _, entry), x in zip(statement.slots(), scalars, strict=True)]


def encode_responses(statement: Statement, responses: Sequence[int]) -> list[bytes]:
    """A scalar for each pack."""
    return [pack.curve.encode_scalar(z) for pack, z in zip(packs(statement), responses, strict=True)]


def response_hash(statement: Statement, i: int, salt: bytes, responses: Sequence[int]) -> bytes:
    parts = encode_responses(statement, responses)
    return xof("response", statement.digest(), u16(i), salt, *parts, length=BLOCK)


@dataclass(frozen=True)
class Row:
    """What the first hash says of an instance."""

    kem: bytes
    wraps: tuple[bytes, ...]
    response_hash: bytes


def first_hash(digest: bytes, rows: Sequence[Row]) -> bytes:
    parts = [part for row in rows for part in (row.kem, *row.wraps, row.response_hash)]
    return xof("commit", digest, *parts)


def batching_coefficients(statement: Statement, curve: Curve, first: bytes) -> Masks:
    """rho, for the packs on the curve."""
    all_packs = packs(statement)
    rhos = scalars([pack.curve for pack in all_packs], "batch", first)
    return {(pack.c, pack.b): rho for pack, rho in zip(all_packs, rhos, strict=True) if pack.curve is curve}


def batched(statement: Statement, curve: Curve, first: bytes, values: Masks) -> int:
    """The sum of rho * value over the packs on the curve."""
    rhos = batching_coefficients(statement, curve, first)
    return sum(rho * values[place] for place, rho in rhos.items()) % curve.order


def mask_commitments(statement: Statement, first: bytes, masks: Masks) -> list[Point]:
    """One point per curve, by ascending curve."""
    return [batched(statement, curve, first, masks) * curve.generator for curve in statement.curves()]


def challenge_hash(first: bytes, commitments: Sequence[Sequence[Point]]) -> bytes:
    return xof("challenge", first, *(point.encode() for row in commitments for point in row))


def check_secrets(statement: Statement, secrets: Sequence[int]) -> None:
    slots = list(statement.slots())
    require(len(slots) == len(secrets), "InvalidLength")
    for (c, j, entry), secret in zip(slots, secrets, strict=True):
        matches = secret * entry.curve.generator == entry.public_share
        require(matches, "SecretMismatch", [c, j])


def encrypt(statement: Statement, secrets: Sequence[int], rng: Rng) -> bytes:
    check_secrets(statement, secrets)
    digest, sets = statement.digest(), statement.parameters
    master = xof("master-seed", digest, rng(32), *encode_scalars(statement, secrets))
    seeds = [xof("seed", digest, u16(i), master, length=BLOCK) for i in range(sets.instances)]
    salts = [xof("salt", digest, u16(i), master, length=BLOCK) for i in range(sets.instances)]
    instances = [derive_instance(statement, i, seed) for i, seed in enumerate(seeds)]
    responses = [_respond(statement, i, instance, secrets) for i, instance in enumerate(instances)]
    hashes = [response_hash(statement, i, salts[i], responses[i]) for i in range(sets.instances)]
    rows = [Row(x.kem, x.wraps, h) for x, h in zip(instances, hashes, strict=True)]
    first = first_hash(digest, rows)
    challenge = challenge_hash(first, [mask_commitments(statement, first, x.masks) for x in instances])
    kept = subset(sets, challenge)
    opened = {i: Opened(seeds[i], hashes[i]) for i in range(sets.instances) if i not in kept}
    sealed = {i: Kept(instances[i].kem, instances[i].wraps, salts[i], tuple(responses[i])) for i in kept}
    return Proof(challenge, opened, sealed).encode(statement)


def _respond(statement: Statement, i: int, instance: Instance, secrets: Sequence[int]) -> list[int]:
    return [
        (instance.masks[pack.c, pack.b] + pack.secret(i, secrets)) % pack.curve.order for pack in packs(statement)
    ]


# 6.4 Subset sampling


def subset(parameters: ParameterSet, challenge: bytes) -> list[int]:
    """The kept instances, ascending."""
    modulus = 1 << (parameters.instances - 1).bit_length()
    chosen: set[int] = set()
    for draw in _draws(challenge):
        candidate = draw % modulus
        if candidate < parameters.instances:
            chosen.add(candidate)
        if len(chosen) == parameters.kept:
            break
    return sorted(chosen)


def _draws(challenge: bytes) -> Iterator[int]:
    """The endless output stream of the hash, two bytes at a time."""
    shake, position = hashlib.shake_256(frame("subset", challenge)), 0
    while True:
        position += 2
        yield int.from_bytes(shake.digest(position)[-2:], "big")


# 6.7 Proof encoding


@dataclass(frozen=True)
class Opened:
    seed: bytes
    response_hash: bytes


@dataclass(frozen=True)
class Kept:
    kem: bytes
    wraps: tuple[bytes, ...]
    salt: bytes
    responses: tuple[int, ...]

    def encode(self, statement: Statement) -> bytes:
        responses = b"".join(encode_responses(statement, self.responses))
        return self.kem + b"".join(self.wraps) + self.salt + responses

    @staticmethod
    def read(reader: Reader, statement: Statement) -> Kept:
        kem = reader.take(G1.point_len)
        wraps = tuple(reader.take(BLOCK) for _ in statement.compartments)
        salt = reader.take(BLOCK)
        curves = [pack.curve for pack in packs(statement)]
        return Kept(kem, wraps, salt, tuple(curve.decode_scalar(reader.take(curve.scalar_len)) for curve in curves))


@dataclass(frozen=True)
class Proof:
    challenge: bytes
    opened: dict[int, Opened]
    kept: dict[int, Kept]

    def encode(self, statement: Statement) -> bytes:
        opened = b"".join(x.seed + x.response_hash for x in self.opened.values())
        return self.challenge + opened + b"".join(x.encode(statement) for x in self.kept.values())

    @staticmethod
    def read(reader: Reader, statement: Statement) -> Proof:
        challenge = reader.take(32)
        indices = subset(statement.parameters, challenge)
        others = [i for i in range(statement.parameters.instances) if i not in indices]
        opened = {i: Opened(reader.take(BLOCK), reader.take(BLOCK)) for i in others}
        return Proof(challenge, opened, {i: Kept.read(reader, statement) for i in indices})

    @staticmethod
    def decode(data: bytes, statement: Statement) -> Proof:
        return decode_all(data, lambda reader: Proof.read(reader, statement))


def proof_length(statement: Statement) -> int:
    responses, sets = sum(pack.curve.scalar_len for pack in packs(statement)), statement.parameters
    kept = G1.point_len + BLOCK * len(statement.compartments) + BLOCK + responses
    return 32 + (sets.instances - sets.kept) * 2 * BLOCK + sets.kept * kept


# 6.5 Verify


def verify(statement: Statement, data: bytes) -> Proof:
    """The statement is what the caller expects, never what came with the proof."""
    proof = Proof.decode(data, statement)
    check_proof(statement, proof)
    return proof


def check_proof(statement: Statement, proof: Proof) -> None:
    digest = statement.digest()
    instances = {i: derive_instance(statement, i, opened.seed) for i, opened in proof.opened.items()}
    rows = {i: Row(x.kem, x.wraps, proof.opened[i].response_hash) for i, x in instances.items()}
    for i, kept in proof.kept.items():
        rows[i] = Row(kept.kem, kept.wraps, response_hash(statement, i, kept.salt, kept.responses))
    first = first_hash(digest, [rows[i] for i in sorted(rows)])
    commitments = {i: mask_commitments(statement, first, x.masks) for i, x in instances.items()}
    for i, kept in proof.kept.items():
        commitments[i] = _implied_commitments(statement, first, i, kept)
    expected = challenge_hash(first, [commitments[i] for i in sorted(commitments)])
    require(expected == proof.challenge, "ProofRejected")


def _implied_commitments(statement: Statement, first: bytes, i: int, kept: Kept) -> list[Point]:
    """What the mask commitments must be if the responses are masks plus packed secrets."""
    responses = {(pack.c, pack.b): z for pack, z in zip(packs(statement), kept.responses, strict=True)}
    commitments = []
    for curve in statement.curves():
        shares = _batched_shares(statement, curve, first, i)
        commitments.append(batched(statement, curve, first, responses) * curve.generator - shares)
    return commitments


def _batched_shares(statement: Statement, curve: Curve, first: bytes, i: int) -> Point:
    rhos = batching_coefficients(statement, curve, first)
    on_curve = (pack for pack in packs(statement) if pack.curve is curve)
    return curve.sum(rhos[pack.c, pack.b] * pack.share(i) for pack in on_curve)


# 6.6 Open


Shared = Callable[[Point], list[bytes]]


def recovery_opener(unlock: G2, blinder: int) -> Shared:
    return lambda kem: [pairing(kem, unlock).encode(), (blinder * kem).encode()]


def member_opener(member_key: int) -> Shared:
    return lambda kem: [(member_key * kem).encode()]


def open_compartment(statement: Statement, proof: Proof, c: int, shared: Shared) -> list[int]:
    packs_of_c = compartment_packs(statement, c)
    needed = max(len(pack.entries) for pack in packs_of_c)
    opened: dict[int, list[int]] = {}
    for i, kept in proof.kept.items():
        values = _open_instance(statement, i, kept, c, shared) if len(opened) < needed else None
        if values is not None:
            opened[i] = values
    require(len(opened) == needed, "NotOpenable")
    secrets: dict[int, int] = {}
    for pack, column in zip(packs_of_c, zip(*opened.values(), strict=True), strict=True):
        unpacked = pack.unpack(dict(zip(opened, column, strict=True)))
        matches = all(x * pack.curve.generator == entry.public_share for entry, x in zip(pack.entries, unpacked))
        require(matches, "NotOpenable")
        secrets.update(zip(pack.places, unpacked, strict=True))
    return [secrets[place] for place in sorted(secrets)]


def _open_instance(statement: Statement, i: int, kept: Kept, c: int, shared: Shared) -> list[int] | None:
    """The packed secrets of the compartment."""
    try:
        kem = G1.decode_point(kept.kem)
    except Error:
        return None
    sub_seed = xor(kept.wraps[c], wrap_key(statement.digest(), i, c, kept.kem, shared(kem)))
    masks = compartment_masks(statement, i, c, sub_seed)
    responses = [(pack, z) for pack, z in zip(packs(statement), kept.responses, strict=True) if pack.c == c]
    rows = [(pack, (z - mask) % pack.curve.order) for (pack, z), mask in zip(responses, masks, strict=True)]
    matches = all(y * pack.curve.generator == pack.share(i) for pack, y in rows)
    return [y for _, y in rows] if matches else None
