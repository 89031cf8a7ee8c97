"""Chapter 10: backups of a node's key shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from . import encryption
from .codec import VERSION_BYTE, Reader, decode_all, u8, u16, u64
from .curves import BLS12381_G1, SCALAR_LEN, Curve, Point, curve_by_id
from .decryption import UnlockKey
from .errors import Error, require
from .sharing import Rng, check_identifier, check_threshold
from .statement import RecoveryLock, Statement, expect


@dataclass(frozen=True)
class Backup:
    """A statement with one recovery compartment, and its proof. Unverified until check_backup says otherwise."""

    statement: Statement
    proof: encryption.Proof

    def encode(self) -> bytes:
        return self.statement.encode() + self.proof.encode()

    @staticmethod
    def read(reader: Reader) -> Backup:
        statement = Statement.read(reader)
        check_backup_statement(statement)
        return Backup(statement, encryption.Proof.read(reader, statement))

    @staticmethod
    def decode(data: bytes) -> Backup:
        return decode_all(data, Backup.read)


def check_backup_statement(statement: Statement) -> RecoveryLock:
    require(len(statement.compartments) == 1, "InvalidLength")
    lock = statement.compartments[0].lock
    if not isinstance(lock, RecoveryLock):
        raise Error("UnknownLock", lock.type)
    return lock


def create_backup(statement: Statement, secrets: Sequence[int], rng: Rng) -> bytes:
    check_backup_statement(statement)
    return statement.encode() + encryption.encrypt(statement, secrets, rng)


def verify_backup(expected: Statement, data: bytes) -> Backup:
    backup = Backup.decode(data)
    expect(expected, backup.statement)
    encryption.check_proof(expected, backup.proof)
    return backup


def open_backup(backup: Backup, unlock: UnlockKey, blinder: int) -> list[KeyShare]:
    """Only for a backup that verified."""
    lock = check_backup_statement(backup.statement)
    require(blinder * BLS12381_G1.generator == lock.blinder, "WrongBlinder")
    require(unlock.digest == backup.statement.digest(), "WrongStatement")
    opener = encryption.recovery_opener(unlock.sigma, blinder)
    secrets = encryption.open_compartment(backup.statement, backup.proof, 0, opener)
    return key_shares(backup.statement, secrets)


@dataclass(frozen=True)
class KeyShare:
    """What a node gets back: a secret share and what it is a share of."""

    epoch: int
    curve: Curve
    root_public_key: Point
    identifier: int
    threshold: int
    secret: int

    def encode(self) -> bytes:
        header = u8(VERSION_BYTE) + u64(self.epoch) + u16(self.curve.id) + self.root_public_key.encode()
        return header + u16(self.identifier) + u16(self.threshold) + self.secret.to_bytes(SCALAR_LEN, "big")

    @staticmethod
    def read(reader: Reader) -> KeyShare:
        reader.version()
        epoch, curve = reader.u64(), curve_by_id(reader.u16())
        root = curve.decode_point(reader.take(curve.point_len))
        identifier, threshold = check_identifier(reader.u16()), check_threshold(reader.u16())
        return KeyShare(epoch, curve, root, identifier, threshold, curve.decode_secret(reader.take(SCALAR_LEN)))

    @staticmethod
    def decode(data: bytes) -> KeyShare:
        return decode_all(data, KeyShare.read)


def key_shares(statement: Statement, secrets: Sequence[int]) -> list[KeyShare]:
    pairs = zip(statement.compartments[0].entries, secrets, strict=True)
    return [
        KeyShare(statement.epoch, e.curve, e.root_public_key, e.identifier, e.threshold, x) for e, x in pairs
    ]


# 10.6 Coverage


@dataclass(frozen=True)
class Coverage:
    """How well the verified backups of an epoch cover one root key."""

    root_public_key: Point
    threshold: int
    identifiers: tuple[int, ...]

    @property
    def restorable(self) -> bool:
        return len(self.identifiers) >= self.threshold


def coverage(statements: Sequence[Statement]) -> list[Coverage]:
    """The statements of verified backups; all must be of one context, epoch and recovery key."""
    first = statements[0]
    found: dict[tuple[Point, int], set[int]] = {}
    for statement in statements:
        _check_same_network(first, statement)
        for entry in statement.compartments[0].entries:
            found.setdefault((entry.root_public_key, entry.threshold), set()).add(entry.identifier)
    ordered = sorted(found.items(), key=lambda item: (item[0][0].curve.id, item[0][0].encode(), item[0][1]))
    return [Coverage(root, threshold, tuple(sorted(ids))) for (root, threshold), ids in ordered]


def _check_same_network(first: Statement, other: Statement) -> None:
    own, found = check_backup_statement(first), check_backup_statement(other)
    require(first.context == other.context, "StatementMismatch", "Context")
    require(first.epoch == other.epoch, "StatementMismatch", "Epoch")
    require(own.recovery_key == found.recovery_key, "StatementMismatch", "RecoveryKey")
