"""Chapter 6: verifiable encryption of the secrets that a claim is about."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from .codec import Reader, decode_all, u16
from .curves import BLS12381_G1, Curve, Point
from .errors import Error, require
from .hashing import frame, hash_to_scalar, scalars, xof
from .packing import Claim
from .pairing import G2, hash_to_g2, pairing
from .parameters import ParameterSet
from .sharing import Rng
from .statement import Lock, RecoveryLock, unlock_message

BLOCK = 16
HASH = 20
G1 = BLS12381_G1
Masks = dict[tuple[int, int], int]  # by compartment and pack


def xor(a: bytes, b: bytes) -> bytes:
    return bytes(x ^ y for x, y in zip(a, b, strict=True))


# 6.2 Packs and instances


@dataclass(frozen=True)
class Bound:
    """A claim and the nonce of one proof of it. What the proof hashes is bound to its own number, the proof id."""

    claim: Claim
    nonce: bytes

    @cached_property
    def id(self) -> bytes:
        return xof("proof", self.claim.digest, self.nonce)


def shared_values(lock: Lock, r: int, unlock_point: G2) -> list[bytes]:
    """What encryptor and opener of a lock agree on."""
    if isinstance(lock, RecoveryLock):
        power = pairing(lock.recovery_key, unlock_point) ** r
        return [power.encode(), (r * lock.blinder).encode()]
    return [(r * lock.member_key).encode()]


def wrap_key(bound: Bound, i: int, c: int, encapsulation: bytes, shared: Sequence[bytes]) -> bytes:
    return xof("wrap", bound.id, u16(i), u16(c), encapsulation, *shared, length=BLOCK)


def part_masks(bound: Bound, i: int, c: int, sub_seed: bytes) -> list[int]:
    return scalars([pack.curve for pack in bound.claim.packs_of(c)], "mask", bound.id, u16(i), u16(c), sub_seed)


@dataclass(frozen=True)
class Instance:
    """All that follows from the seed of an instance."""

    encapsulation: bytes
    wrapped_sub_seeds: tuple[bytes, ...]
    masks: Masks


def derive_instance(bound: Bound, i: int, seed: bytes) -> Instance:
    unlock_point = hash_to_g2(unlock_message(bound.claim.digest))
    r = hash_to_scalar(G1, "kem", bound.id, u16(i), seed)
    encapsulation = (r * G1.generator).encode()
    wrapped_sub_seeds: list[bytes] = []
    masks: Masks = {}
    for c, part in enumerate(bound.claim.parts):
        sub_seed = xof("sub-seed", bound.id, u16(i), u16(c), seed, length=BLOCK)
        key = wrap_key(bound, i, c, encapsulation, shared_values(part.lock, r, unlock_point))
        wrapped_sub_seeds.append(xor(sub_seed, key))
        for b, mask in enumerate(part_masks(bound, i, c, sub_seed)):
            masks[c, b] = mask
    return Instance(encapsulation, tuple(wrapped_sub_seeds), masks)


# 6.3 Encrypt


def encode_scalars(claim: Claim, scalars: Sequence[int]) -> list[bytes]:
    """A scalar for each public share."""
    return [share.curve.encode_scalar(x) for (_, _, share), x in zip(claim.slots(), scalars, strict=True)]


def encode_responses(claim: Claim, responses: Sequence[int]) -> list[bytes]:
    """A scalar for each pack."""
    return [pack.curve.encode_scalar(z) for pack, z in zip(claim.packs, responses, strict=True)]


def response_hash(bound: Bound, i: int, salt: bytes, responses: Sequence[int]) -> bytes:
    return xof("response", bound.id, u16(i), salt, *encode_responses(bound.claim, responses), length=HASH)


@dataclass(frozen=True)
class Row:
    """What the first hash says of an instance."""

    encapsulation: bytes
    wrapped_sub_seeds: tuple[bytes, ...]
    response_hash: bytes


def first_hash(bound: Bound, rows: Sequence[Row]) -> bytes:
    parts = [part for row in rows for part in (row.encapsulation, *row.wrapped_sub_seeds, row.response_hash)]
    return xof("commit", bound.id, *parts)


def batching_coefficients(claim: Claim, curve: Curve, first: bytes) -> Masks:
    """rho, for the packs on the curve."""
    rhos = scalars([pack.curve for pack in claim.packs], "batch", first)
    return {(pack.c, pack.b): rho for pack, rho in zip(claim.packs, rhos, strict=True) if pack.curve is curve}


def batched(claim: Claim, curve: Curve, first: bytes, values: Masks) -> int:
    """The sum of rho * value over the packs on the curve."""
    rhos = batching_coefficients(claim, curve, first)
    return sum(rho * values[place] for place, rho in rhos.items()) % curve.order


def mask_commitments(claim: Claim, first: bytes, masks: Masks) -> list[Point]:
    """One point per curve, by ascending curve."""
    return [batched(claim, curve, first, masks) * curve.generator for curve in claim.curves()]


def challenge_hash(first: bytes, commitments: Sequence[Sequence[Point]]) -> bytes:
    return xof("challenge", first, *(point.encode() for row in commitments for point in row))


def check_secrets(claim: Claim, secrets: Sequence[int]) -> None:
    slots = claim.slots()
    require(len(slots) == len(secrets), "InvalidLength")
    for (c, j, share), secret in zip(slots, secrets, strict=True):
        require(secret * share.curve.generator == share, "SecretMismatch", [c, j])


def encrypt(claim: Claim, secrets: Sequence[int], rng: Rng) -> bytes:
    check_secrets(claim, secrets)
    digest, numbers = claim.digest, range(claim.parameters.instances)
    master = xof("master-seed", digest, rng(32), *encode_scalars(claim, secrets))
    bound = Bound(claim, xof("nonce", digest, master, length=BLOCK))
    seeds = [xof("seed", digest, u16(i), master, length=BLOCK) for i in numbers]
    salts = [xof("salt", digest, u16(i), master, length=BLOCK) for i in numbers]
    instances = [derive_instance(bound, i, seed) for i, seed in enumerate(seeds)]
    return prove(bound, secrets, seeds, salts, instances)


def prove(
    bound: Bound, secrets: Sequence[int], seeds: Sequence[bytes], salts: Sequence[bytes], instances: Sequence[Instance]
) -> bytes:
    """Steps 6 and later: from the instances to the proof."""
    claim, numbers = bound.claim, range(len(instances))
    responses = [_respond(claim, i, instance, secrets) for i, instance in enumerate(instances)]
    hashes = [response_hash(bound, i, salts[i], responses[i]) for i in numbers]
    pairs = zip(instances, hashes, strict=True)
    first = first_hash(bound, [Row(x.encapsulation, x.wrapped_sub_seeds, h) for x, h in pairs])
    challenge = challenge_hash(first, [mask_commitments(claim, first, x.masks) for x in instances])
    kept = subset(claim.parameters, challenge)
    revealed = {i: Revealed(seeds[i], hashes[i]) for i in numbers if i not in kept}
    sealed = {i: _keep(instances[i], salts[i], responses[i]) for i in kept}
    return Proof(challenge, bound.nonce, revealed, sealed).encode(claim)


def _keep(instance: Instance, salt: bytes, responses: Sequence[int]) -> Kept:
    return Kept(instance.encapsulation, instance.wrapped_sub_seeds, salt, tuple(responses))


def _respond(claim: Claim, i: int, instance: Instance, secrets: Sequence[int]) -> list[int]:
    return [(instance.masks[pack.c, pack.b] + pack.secret(i, secrets)) % pack.curve.order for pack in claim.packs]


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
class Revealed:
    seed: bytes
    response_hash: bytes


@dataclass(frozen=True)
class Kept:
    encapsulation: bytes
    wrapped_sub_seeds: tuple[bytes, ...]
    salt: bytes
    responses: tuple[int, ...]

    def encode(self, claim: Claim) -> bytes:
        responses = b"".join(encode_responses(claim, self.responses))
        return self.encapsulation + b"".join(self.wrapped_sub_seeds) + self.salt + responses

    @staticmethod
    def read(reader: Reader, claim: Claim) -> Kept:
        encapsulation = reader.take(G1.point_len)
        wrapped_sub_seeds = tuple(reader.take(BLOCK) for _ in claim.parts)
        salt = reader.take(BLOCK)
        curves = [pack.curve for pack in claim.packs]
        responses = tuple(curve.decode_scalar(reader.take(curve.scalar_len)) for curve in curves)
        return Kept(encapsulation, wrapped_sub_seeds, salt, responses)


@dataclass(frozen=True)
class Proof:
    challenge: bytes
    nonce: bytes
    revealed: dict[int, Revealed]
    kept: dict[int, Kept]

    def encode(self, claim: Claim) -> bytes:
        revealed = b"".join(x.seed + x.response_hash for x in self.revealed.values())
        kept = b"".join(x.encode(claim) for x in self.kept.values())
        return self.challenge + self.nonce + revealed + kept

    @staticmethod
    def read(reader: Reader, claim: Claim) -> Proof:
        challenge, nonce = reader.take(32), reader.take(BLOCK)
        indices = subset(claim.parameters, challenge)
        others = [i for i in range(claim.parameters.instances) if i not in indices]
        revealed = {i: Revealed(reader.take(BLOCK), reader.take(HASH)) for i in others}
        return Proof(challenge, nonce, revealed, {i: Kept.read(reader, claim) for i in indices})

    @staticmethod
    def decode(data: bytes, claim: Claim) -> Proof:
        """The length first: it follows from the claim."""
        length = proof_length(claim.parameters, len(claim.parts), _responses(claim))
        check_length(data, length)
        return decode_all(data, lambda reader: Proof.read(reader, claim))


def _responses(claim: Claim) -> int:
    return sum(pack.curve.scalar_len for pack in claim.packs)


def check_length(data: bytes, length: int) -> None:
    require(len(data) >= length, "Truncated")
    require(len(data) <= length, "TrailingBytes")


def proof_length(sets: ParameterSet, compartments: int, responses: int) -> int:
    """For so many bytes of responses in an instance."""
    kept = G1.point_len + BLOCK * compartments + BLOCK + responses
    return 32 + BLOCK + (sets.instances - sets.kept) * (BLOCK + HASH) + sets.kept * kept


# 6.5 Verify


def verify(claim: Claim, data: bytes) -> Proof:
    """The claim is what the caller expects, never what came with the proof."""
    proof = Proof.decode(data, claim)
    check_proof(claim, proof)
    return proof


def check_proof(claim: Claim, proof: Proof) -> None:
    bound = Bound(claim, proof.nonce)
    instances = {i: derive_instance(bound, i, revealed.seed) for i, revealed in proof.revealed.items()}
    rows = {i: Row(x.encapsulation, x.wrapped_sub_seeds, proof.revealed[i].response_hash) for i, x in instances.items()}
    for i, kept in proof.kept.items():
        rows[i] = Row(kept.encapsulation, kept.wrapped_sub_seeds, response_hash(bound, i, kept.salt, kept.responses))
    first = first_hash(bound, [rows[i] for i in sorted(rows)])
    commitments = {i: mask_commitments(claim, first, x.masks) for i, x in instances.items()}
    for i, kept in proof.kept.items():
        commitments[i] = _implied_commitments(claim, first, i, kept)
    expected = challenge_hash(first, [commitments[i] for i in sorted(commitments)])
    require(expected == proof.challenge, "ProofRejected")


def _implied_commitments(claim: Claim, first: bytes, i: int, kept: Kept) -> list[Point]:
    """What the mask commitments must be if the responses are masks plus packed secrets."""
    responses = {(pack.c, pack.b): z for pack, z in zip(claim.packs, kept.responses, strict=True)}
    commitments = []
    for curve in claim.curves():
        shares = _batched_shares(claim, curve, first, i)
        commitments.append(batched(claim, curve, first, responses) * curve.generator - shares)
    return commitments


def _batched_shares(claim: Claim, curve: Curve, first: bytes, i: int) -> Point:
    rhos = batching_coefficients(claim, curve, first)
    on_curve = (pack for pack in claim.packs if pack.curve is curve)
    return curve.sum(rhos[pack.c, pack.b] * pack.share(i) for pack in on_curve)


# 6.6 Open


Shared = Callable[[Point], list[bytes]]


def recovery_opener(unlock: G2, blinder: int) -> Shared:
    return lambda encapsulation: [pairing(encapsulation, unlock).encode(), (blinder * encapsulation).encode()]


def member_opener(member_key: int) -> Shared:
    return lambda encapsulation: [(member_key * encapsulation).encode()]


def open_compartment(claim: Claim, proof: Proof, c: int, shared: Shared) -> list[int]:
    bound, packs = Bound(claim, proof.nonce), claim.packs_of(c)
    needed = max(len(pack.places) for pack in packs)
    opened: dict[int, list[int]] = {}
    for i, kept in proof.kept.items():
        values = _open_instance(bound, i, kept, c, shared) if len(opened) < needed else None
        if values is not None:
            opened[i] = values
    require(len(opened) == needed, "NotOpenable")
    secrets: dict[int, int] = {}
    for pack, column in zip(packs, zip(*opened.values(), strict=True), strict=True):
        unpacked = pack.unpack(dict(zip(opened, column, strict=True)))
        matches = all(x * pack.curve.generator == share for share, x in zip(pack.public_shares, unpacked, strict=True))
        require(matches, "NotOpenable")
        secrets.update(zip(pack.places, unpacked, strict=True))
    return [secrets[place] for place in sorted(secrets)]


def _open_instance(bound: Bound, i: int, kept: Kept, c: int, shared: Shared) -> list[int] | None:
    """The packed secrets of the compartment."""
    try:
        encapsulation = G1.decode_point(kept.encapsulation)
    except Error:
        return None
    sub_seed = xor(kept.wrapped_sub_seeds[c], wrap_key(bound, i, c, kept.encapsulation, shared(encapsulation)))
    masks = part_masks(bound, i, c, sub_seed)
    responses = [(pack, z) for pack, z in zip(bound.claim.packs, kept.responses, strict=True) if pack.c == c]
    rows = [(pack, (z - mask) % pack.curve.order) for (pack, z), mask in zip(responses, masks, strict=True)]
    matches = all(y * pack.curve.generator == pack.share(i) for pack, y in rows)
    return [y for _, y in rows] if matches else None
