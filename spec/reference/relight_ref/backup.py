"""Chapter 10: backups of a node's key shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from . import encryption
from .codec import VERSION_BYTE, Reader, decode_all, u8, u16, u64
from .curves import BLS12381_G1, Curve, Point, curve_by_id
from .decryption import UnlockKey
from .errors import Error, require
from .parameters import ParameterSet
from .sharing import PublicPolynomial, Rng, check_distinct, check_identifier, check_threshold
from .statement import Compartment, Entry, RecoveryLock, Statement, expect


@dataclass(frozen=True)
class Backup:
    """A statement with one recovery compartment, and its proof. Unverified until check_backup says otherwise."""

    statement: Statement
    proof: encryption.Proof

    def encode(self) -> bytes:
        return self.statement.encode() + self.proof.encode(self.statement)

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
        return header + u16(self.identifier) + u16(self.threshold) + self.curve.encode_scalar(self.secret)

    @staticmethod
    def read(reader: Reader) -> KeyShare:
        reader.version()
        epoch, curve = reader.u64(), curve_by_id(reader.u16())
        root = curve.decode_point(reader.take(curve.point_len))
        identifier, threshold = check_identifier(reader.u16()), check_threshold(reader.u16())
        return KeyShare(epoch, curve, root, identifier, threshold, curve.decode_secret(reader.take(curve.scalar_len)))

    @staticmethod
    def decode(data: bytes) -> KeyShare:
        return decode_all(data, KeyShare.read)


def key_shares(statement: Statement, secrets: Sequence[int]) -> list[KeyShare]:
    pairs = zip(statement.compartments[0].entries, secrets, strict=True)
    return [KeyShare(statement.epoch, e.curve, e.root_public_key, e.identifier, e.threshold, x) for e, x in pairs]


# 10.6 Coverage


@dataclass(frozen=True)
class Node:
    name: bytes
    identifier: int
    blinder: Point


@dataclass(frozen=True)
class Network:
    """What the backups of an epoch should be of."""

    parameters: ParameterSet
    context: bytes
    epoch: int
    recovery_key: Point
    keys: tuple[PublicPolynomial, ...]
    nodes: tuple[Node, ...]

    def __post_init__(self) -> None:
        check_distinct([node.identifier for node in self.nodes])
        names = [node.name for node in self.nodes]
        for place, node in enumerate(self.nodes):
            require(node.name not in names[:place], "DuplicateIdentifier", node.identifier)

    def statement(self, node: Node) -> Statement:
        entries = tuple(Entry.of(key, node.identifier) for key in self.keys)
        compartment = Compartment(RecoveryLock(self.recovery_key, node.blinder), entries)
        return Statement(self.parameters, self.context, self.epoch, node.name, (compartment,))


# The status of a node, best last: nothing, a bad backup, one of another epoch, a good one.
Status = tuple[int, int, str]
MISSING: Status = (0, 0, "Missing")
COVERED: Status = (3, 0, "Covered")


@dataclass
class Coverage:
    nodes: list[Status]
    strays: list[tuple[int, str]]

    def covered(self) -> int:
        return self.nodes.count(COVERED)


def audit(network: Network, backups: Sequence[bytes]) -> Coverage:
    """A key is recoverable if as many nodes as its threshold are covered."""
    result = Coverage([MISSING] * len(network.nodes), [])
    for place, data in enumerate(backups):
        try:
            node, status = _judge(network, data)
            result.nodes[node] = max(result.nodes[node], status, key=lambda found: found[:2])
        except Error as error:
            result.strays.append((place, error.name))
    return result


def _judge(network: Network, data: bytes) -> tuple[int, Status]:
    """The node that a backup claims to be of, and what it is worth."""
    statement = Backup.decode(data).statement
    names = [node.name for node in network.nodes]
    require(statement.node in names, "StatementMismatch", "Node")
    place = names.index(statement.node)
    try:
        verify_backup(network.statement(network.nodes[place]), data)
    except Error as error:
        stale = (error.name, error.detail) == ("StatementMismatch", "Epoch")
        return place, (2, statement.epoch, "Stale") if stale else (1, 0, error.name)
    return place, COVERED
