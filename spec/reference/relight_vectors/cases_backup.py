"""Cases of Sections 10.1 to 10.5."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from relight_ref import keys, parameters
from relight_ref.backup import KeyShare
from relight_ref.curves import BLS12381_G1, ED25519, REGISTRY, SECP256K1, Curve
from relight_ref.secret_objects import BLINDER, MEMBER_KEY
from relight_ref.statement import Compartment, MemberLock, RecoveryLock, Statement

from . import world
from .build import Change, Vectors, draw, draws
from .cases_sharing import BAD_IDENTIFIERS
from .layout import EntryLayout, ProofLayout, StatementLayout
from .mutations import (
    BAD_G1,
    BAD_G2,
    BAD_POINTS,
    BAD_SECP,
    bad_scalars,
    flip,
    insert,
    replaced,
    resealed,
    secret_structural,
    splice,
    structural,
)
from .values import identifier_hex, scalar_hex

PROOF = ProofLayout(8, 4, 1, 2)
R = BLS12381_G1.order


def backup_create() -> Vectors:
    v = Vectors("backup_create")
    secrets = [scalar_hex(x) for x in world.root_shares(1)]
    base = "two keys, test set"
    v.accept(base, statement=world.backup_statement().encode().hex(), secrets=secrets, randomness=draws("backup", 32))
    every, shares = world.every_statement().encode().hex(), world.share_hexes(1, world.EVERY)
    v.accept("every curve", statement=every, secrets=shares, randomness=[draw("every")])
    later, shares = world.every_statement(world.EVERY_LATER).encode().hex(), world.share_hexes(1, world.EVERY_LATER)
    v.accept("pallas", statement=later, secrets=shares, randomness=[draw("every")])
    v.reject(base, "the secrets are swapped", "SecretMismatch", secrets=secrets[::-1])
    v.reject(base, "two compartments", "InvalidLength", statement=world.mixed_statement().encode().hex())
    v.reject(base, "a member lock", "WrongLock:2", statement=with_member_lock().encode().hex())
    return v


def with_member_lock() -> Statement:
    compartment = Compartment(MemberLock(world.member_public(1)), world.entries(1))
    return Statement(world.TEST, world.NETWORK, world.EPOCH, world.NODE, (compartment,))


def backup_verify() -> Vectors:
    v, good = Vectors("backup_verify"), world.backup()
    expected = world.backup_statement().encode().hex()
    base = "two keys, test set"
    v.accept(base, expected=expected, backup=good)
    every = world.every_statement().encode().hex()
    v.accept("every curve", expected=every, backup=every + world.every_proof())
    v.reject_all(base, structural("backup", good))
    v.reject_all(base, _other_expectations())
    v.reject(base, "the caller expects a member lock", "WrongLock:2", expected=with_member_lock().encode().hex())
    v.reject(base, "the caller expects two compartments", "InvalidLength", expected=_twofold().encode().hex())
    v.reject_all(base, _bad_structures(good))
    v.reject_all("every curve", _claimed_points(every + world.every_proof()))
    v.reject_all(base, _damaged_backups(good))
    return v


def _twofold() -> Statement:
    found = world.backup_statement()
    return replace(found, compartments=found.compartments * 2)


def _bad_structures(good: str) -> Iterator[Change]:
    """Found before a point is decoded, and before the statement is compared."""
    at = StatementLayout(world.backup_statement())
    first, end = EntryLayout(at.entries, 33), at.end
    second = EntryLayout(first.end, 48)
    for words, data in BAD_IDENTIFIERS.items():
        change = len(data) // 2 - 1
        longer = good[: 2 * first.identifier] + f"{len(data) // 2:02x}" + data + good[2 * first.threshold :]
        for place in (at.compartments_length, at.entries_length):
            longer = splice(longer, place, (int(good[2 * place : 2 * place + 8], 16) + change).to_bytes(4, "big").hex())
        yield words, "InvalidIdentifier", {"backup": longer}
    yield "threshold zero", "InvalidThreshold:0", {"backup": splice(good, second.threshold, "0000")}
    twice = _holding(world.entries(1)[:1]).encode().hex()
    entry = twice[2 * at.entries :]
    longer = splice(twice, at.entries_length, len(entry).to_bytes(4, "big").hex()) + entry
    inner = (len(entry) + at.entries - at.lock).to_bytes(4, "big").hex()
    longer = splice(longer, at.compartments_length, inner)
    yield "an entry twice", "DuplicateEntry:[0, 1]", {"backup": longer + good[2 * end :]}
    no_point = splice(longer, at.recovery_key, "00" * 48)
    yield "an entry twice, and the recovery key is no point", "DuplicateEntry:[0, 1]", {"backup": no_point}
    yield "a byte of the proof is missing", "Truncated", {"backup": good[:-2]}
    cut = splice(good, at.recovery_key, "00" * 48)[:-2]
    yield "a byte of the proof is missing, and the recovery key is no point", "Truncated", {"backup": cut}
    unreduced = splice(flip(good, at.epoch), -32, "ff" * 32)
    yield "another epoch, and a response is all ones", "Mismatch:Epoch", {"backup": unreduced}
    second_lock = insert(good, end, "02")
    second_lock = splice(second_lock, at.compartments_length, (end - at.lock + 1).to_bytes(4, "big").hex())
    yield "a byte of a second compartment", "InvalidLength", {"backup": second_lock}


def _claimed_points(good: str) -> Iterator[Change]:
    """A statement is compared as bytes: no point in it is decoded."""
    found = world.every_statement()
    offset = StatementLayout(found).entries
    for entry in found.compartments[0].entries:
        at, curve = EntryLayout(offset, entry.curve.point_len), entry.curve
        offset = at.end
        bad = list(BAD_POINTS[curve.id].values())[1]
        mismatch = "Mismatch:PublicKey"
        yield f"the {curve.name} public key is no point", mismatch, {"backup": splice(good, at.public_key, bad)}
        mismatch = "Mismatch:PublicShare"
        yield f"the {curve.name} public share is no point", mismatch, {"backup": splice(good, at.share, bad)}


def expected_statement(**changes: Any) -> Statement:
    fields = {"parameters": world.TEST, "network": world.NETWORK, "epoch": world.EPOCH, "node": world.NODE}
    compartments = (Compartment(world.recovery_lock(), world.entries(1)),)
    return Statement(**{**fields, "compartments": compartments, **changes})


def _other_expectations() -> Iterator[Change]:
    """The backup is good, but for something else than the caller expects."""
    found = {
        "ParameterSet": expected_statement(parameters=parameters.FAST),
        "Network": expected_statement(network=b"another network"),
        "Epoch": expected_statement(epoch=world.EPOCH + 1),
        "Node": expected_statement(node=b"node-2"),
        "RecoveryKey": locked(RecoveryLock(world.member_public(3), world.recovery_lock().blinder)),
        "Blinder": locked(RecoveryLock(world.recovery_lock().recovery_key, world.member_public(3))),
        "EntryCount": _holding(world.entries(1)[:1]),
        "Curve": _holding(world.entries(1)[::-1]),
    }
    for field, statement in found.items():
        other = statement.encode().hex()
        yield f"the caller expects otherwise: {field}", f"Mismatch:{field}", {"expected": other}
    good = world.backup_statement().encode().hex()
    at = EntryLayout(StatementLayout(world.backup_statement()).entries, 33)
    other = world.identity_public(3).encode().hex()
    fields = {
        "PublicKey": (at.public_key, other),
        "Identifier": (at.identifier + 1, "02"),
        "Threshold": (at.threshold, "0003"),
        "PublicShare": (at.share, other),
    }
    for field, (offset, new) in fields.items():
        yield (
            f"the caller expects otherwise: {field}",
            f"Mismatch:{field}",
            {"expected": splice(good, offset, new)},
        )


def locked(lock: RecoveryLock) -> Statement:
    return expected_statement(compartments=(Compartment(lock, world.entries(1)),))


def _holding(entries: Any) -> Statement:
    return expected_statement(compartments=(Compartment(world.recovery_lock(), entries),))


def _damaged_backups(good: str) -> Iterator[Change]:
    at = StatementLayout(world.backup_statement())
    first, proof = EntryLayout(at.entries, 33), at.end
    yield "another epoch", "Mismatch:Epoch", {"backup": flip(good, at.epoch + 7)}
    yield "another network", "Mismatch:Network", {"backup": flip(good, at.network_length + 1)}
    yield "another identifier", "Mismatch:Identifier", {"backup": splice(good, first.identifier + 1, "09")}
    yield "an unknown parameter set", "UnknownParameterSet", {"backup": splice(good, 1, "ff")}
    yield "an unknown lock", "UnknownLock:3", {"backup": splice(good, at.lock, "03")}
    yield "an unknown curve", "UnknownCurve", {"backup": splice(good, first.curve, "00ff")}
    yield "a member lock", "WrongLock:2", {"backup": with_member_lock().encode().hex() + good[2 * proof :]}
    yield "two compartments", "InvalidLength", {"backup": world.mixed_statement().encode().hex() + world.mixed_proof()}
    locks = replaced("backup", good, at.recovery_key, "the recovery key", "Mismatch:RecoveryKey", BAD_G1)
    yield from list(locks)[:3]
    shares = replaced("backup", good, first.share, "a public share", "Mismatch:PublicShare", BAD_SECP)
    yield from list(shares)[:3]
    yield "another parameter set", "Truncated", {"backup": splice(good, 1, "01")}
    yield "the challenge has a bit flipped", "ProofRejected", {"backup": flip(good, proof)}
    kept = proof + PROOF.kept
    yield "a wrapped sub-seed has a bit flipped", "ProofRejected", {"backup": flip(good, kept + PROOF.wrapped_sub_seeds)}
    yield "a response has a bit flipped", "ProofRejected", {"backup": flip(good, -1)}
    yield "a response is the group order", "InvalidScalar", {"backup": splice(good, -32, scalar_hex(R))}


def _blinder(secret: int) -> str:
    return keys.encode_secret(BLINDER, secret).hex()


def backup_open() -> Vectors:
    v, found = Vectors("backup_open"), world.backup_statement()
    digest, encoded = found.digest(), found.encode().hex()
    own = {"digest": digest.hex(), "sigma": world.sigma(digest), "blinder": _blinder(world.blinder())}
    base = "two keys, test set"
    v.accept(base, expected=encoded, backup=world.backup(), **own)
    for name, roots in (("every curve", world.EVERY), ("pallas", world.EVERY_LATER)):
        every = world.every_statement(roots)
        unlock = {"digest": every.digest().hex(), "sigma": world.sigma(every.digest()), "blinder": own["blinder"]}
        encoded_every = every.encode().hex()
        v.accept(name, expected=encoded_every, backup=encoded_every + world.every_proof(roots), **unlock)
    other = world.backup_statement(epoch=8).digest()
    v.reject(
        base, "the unlock key of another statement", "WrongUnlockKey", digest=other.hex(), sigma=world.sigma(other)
    )
    v.reject(base, "another Blinder", "WrongBlinder", blinder=_blinder(world.blinder() + 1))
    v.reject(base, "a Blinder of zero", "InvalidScalar", blinder=_blinder(0))
    member = keys.encode_secret(MEMBER_KEY, world.blinder()).hex()
    v.reject(base, "a member key for a Blinder", "WrongKind:[3, 2]", blinder=member)
    v.reject(base, "the Blinder has a bit flipped", "BadChecksum", blinder=flip(unlock["blinder"], 9))
    v.reject(base, "another epoch is expected", "Mismatch:Epoch", expected=expected_statement(epoch=8).encode().hex())
    v.reject(base, "a response has a bit flipped", "ProofRejected", backup=flip(world.backup(), -1))
    v.reject_all(base, structural("backup", world.backup()))
    v.reject_all(base, replaced("sigma", own["sigma"], 0, "the unlock key", "InvalidPoint", BAD_G2))
    return v


def key_share() -> Vectors:
    v = Vectors("key_share")
    opened = [share for case in backup_open().accepted[1:3] for share in case["output"]["key_shares"]]
    for curve, share in zip(REGISTRY.values(), opened, strict=True):
        v.accept(curve.name, key_share=share)
        v.reject_all(curve.name, secret_structural("key_share", share))
        for words, value in bad_scalars(curve, True).items():
            made = _spliced(share, -8 - curve.scalar_len, value)
            v.reject(curve.name, f"the secret is {words}", "InvalidScalar", key_share=made)
        for words, value in BAD_POINTS[curve.id].items():
            v.reject(curve.name, f"the public key is {words}", "InvalidPoint", key_share=_spliced(share, 12, value))
    good = opened[0]
    v.reject("secp256k1", "an unknown curve", "UnknownCurve", key_share=_spliced(good, 10, "00ff"))
    for words, data in BAD_IDENTIFIERS.items():
        other = good[:90] + f"{len(data) // 2:02x}" + data + good[94:]
        v.reject("secp256k1", words, "InvalidIdentifier", key_share=resealed(other))
    _sized_key_shares(v)
    v.reject("secp256k1", "threshold zero", "InvalidThreshold", key_share=_spliced(good, 47, "0000"))
    return v


def _spliced(share: str, offset: int, new: str) -> str:
    """With its checksum right again."""
    return resealed(splice(share, offset, new))


def _key_share(curve: Curve, identifier: int, **changes: Any) -> KeyShare:
    name, threshold = f"root {curve.name}", 2
    secret = world.share(name, curve, threshold, identifier)
    key = world.commitment(name, curve, threshold).public_key
    fields = {"epoch": 7, "curve": curve, "public_key": key, "identifier": identifier, "threshold": threshold}
    return KeyShare(**{**fields, "secret": secret, **changes})


def _sized_key_shares(v: Vectors) -> None:
    for size in range(1, 65):
        v.accept(f"an identifier of {size} bytes", key_share=_key_share(SECP256K1, world.sized(size)).encode().hex())
    for curve in REGISTRY.values():
        for size in (1, 32, 64):
            share = _key_share(curve, world.sized(size)).encode().hex()
            v.accept(f"{curve.name}, an identifier of {size} bytes", key_share=share)
        above = _key_share(curve, curve.order + 1)
        v.accept(f"{curve.name}, an identifier above the order", key_share=above.encode().hex())
        for factor in (1, 3):
            zero = replace(above, identifier=factor * curve.order)
            error = f"ZeroIdentifier:{identifier_hex(factor * curve.order)}"
            change = f"{factor} times the order for an identifier"
            v.reject(curve.name, change, error, key_share=zero.encode().hex())


def combine_key_shares() -> Vectors:
    v = Vectors("combine_key_shares")
    for curve in REGISTRY.values():
        shares = [_key_share(curve, i).encode().hex() for i in (3, 1, world.sized(64))]
        v.accept(f"{curve.name}, two of three", key_shares=shares[1:])
        v.accept(f"{curve.name}, all", key_shares=shares)
        base, name = f"{curve.name}, all", f"root {curve.name}"
        wrong = _key_share(curve, 3, secret=world.share(name, curve, 2, 4)).encode().hex()
        v.reject(base, "one share", "NotEnoughShares", key_shares=shares[:1])
        v.reject(base, "a wrong share", "CombinedKeyMismatch", key_shares=[wrong, *shares[1:]])
        v.reject(base, "a wrong share, more than enough right ones", "CombinedKeyMismatch", key_shares=[*shares[1:], wrong])
    v.reject_all("secp256k1, all", _mixed_key_shares())
    return v


def _mixed_key_shares() -> Iterator[Change]:
    def shares(identifier: int = 2, **changes: Any) -> dict[str, list[str]]:
        found = [_key_share(SECP256K1, 3), _key_share(SECP256K1, 1), _key_share(SECP256K1, identifier, **changes)]
        return {"key_shares": [share.encode().hex() for share in found]}

    order, other = SECP256K1.order, world.identity_public(3)
    yield "no shares", "InvalidLength", {"key_shares": []}
    yield "a share of another key", "Mismatch:PublicKey", shares(public_key=other)
    yield "a share of another epoch", "Mismatch:Epoch", shares(epoch=8)
    yield "a share of another threshold", "Mismatch:Threshold", shares(threshold=3)
    both = shares(epoch=8, threshold=3, public_key=other)
    yield "a share of another key, epoch and threshold", "Mismatch:PublicKey", both
    ed25519 = _key_share(ED25519, 2).encode().hex()
    foreign = [*shares()["key_shares"], ed25519]
    yield "a share on another curve", "Mismatch:PublicKey", {"key_shares": foreign}
    yield "a share twice", "DuplicateIdentifier:03", shares(identifier=3)
    equal = identifier_hex(order + 1)
    yield "a share twice, modulo the order", f"DuplicateIdentifier:{equal}", shares(identifier=order + 1)
    zero = identifier_hex(order)
    yield "an identifier that is the order", f"ZeroIdentifier:{zero}", shares(identifier=order)
    one = [_key_share(SECP256K1, 3).encode().hex()] * 2
    yield "one share, twice", "DuplicateIdentifier:03", {"key_shares": one}
    greater = [_key_share(SECP256K1, i, threshold=4).encode().hex() for i in (1, 2, 3)]
    yield "all say a greater threshold", "NotEnoughShares", {"key_shares": greater}
    lesser = [_key_share(SECP256K1, 1, threshold=1).encode().hex()]
    yield "one that says the threshold is one", "CombinedKeyMismatch", {"key_shares": lesser}
    renamed = replace(_key_share(SECP256K1, 3), identifier=4).encode().hex()
    yield "another identifier", "CombinedKeyMismatch", {"key_shares": [renamed, *shares()["key_shares"][1:]]}
    good = shares()["key_shares"]
    for words, value in bad_scalars(SECP256K1, True).items():
        damaged = [*good[:2], _spliced(good[2], -40, value)]
        yield f"the third secret is {words}", "InvalidScalar", {"key_shares": damaged}
    yield "the third is cut", "BadChecksum", {"key_shares": [*good[:2], good[2][:-2]]}
    key = keys.encode_secret(MEMBER_KEY, world.member_key(1)).hex()
    yield "the third is a member key", "WrongKind:[4, 2]", {"key_shares": [*good[:2], key]}


ALL = (backup_create, backup_verify, backup_open, key_share, combine_key_shares)
