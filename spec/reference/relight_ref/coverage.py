"""Section 10.6: could the network be restored from the backups that there are?"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from .backup import Backup, verify_backup
from .curves import Point
from .errors import Detail, Error, require
from .identifiers import check_distinct, check_identifiers
from .parameters import ParameterSet
from .registrations import BlinderRegistration, check_blinder_succession
from .sharing import VssCommitment
from .statement import Compartment, Entry, RecoveryLock, Statement
from .structure import StatementForm, first_difference

Keys = tuple[VssCommitment, ...]


@dataclass(frozen=True)
class Node:
    """A node may hold several shares of a key, and not one of each: by key number and identifier.

    Its registrations stand in succession, oldest first.
    """

    name: bytes
    operator: Point
    registrations: tuple[BlinderRegistration, ...]
    shares: tuple[tuple[int, int], ...]

    def blinder(self) -> Point:
        """That of the current registration."""
        return self.registrations[-1].blinder

    def check(self, network: bytes) -> None:
        require(len(self.registrations) > 0, "InvalidLength")
        self.registrations[0].check(network, self.name, self.operator)
        for known, following in zip(self.registrations, self.registrations[1:], strict=False):
            check_blinder_succession(known, following)


@dataclass(frozen=True)
class Network:
    """What the backups of an epoch should be of. Former epochs had other VSS commitments of the same keys."""

    parameters: ParameterSet
    name: bytes
    epoch: int
    recovery_key: Point
    keys: Keys
    nodes: tuple[Node, ...]
    former: tuple[tuple[int, Keys], ...] = ()

    def __post_init__(self) -> None:
        check_distinct([(place, node.name) for place, node in enumerate(self.nodes, 1)])
        for node in self.nodes:
            require(len(node.shares) > 0, "InvalidLength")
            for number, _ in node.shares:
                require(number < len(self.keys), "InvalidIndex", number)
        for k, key in enumerate(self.keys):
            check_identifiers(key.curve, [x for node in self.nodes for number, x in node.shares if number == k])
        for _, keys in self.former:
            require(len(keys) == len(self.keys), "InvalidLength")
            same = all(old.curve is key.curve for old, key in zip(keys, self.keys, strict=True))
            require(same, "WrongCurve")

    def statement(self, node: Node) -> Statement | None:
        return self._statement(node, self.epoch, self.keys, node.blinder())

    def former_statements(self, node: Node) -> list[tuple[int, Statement]]:
        """Under every Blinder that the node has had; none that would be circular."""
        found: list[tuple[int, Statement]] = []
        for epoch, keys in self.former:
            for registration in node.registrations:
                with contextlib.suppress(Error):
                    statement = self._statement(node, epoch, keys, registration.blinder)
                    found += [(epoch, statement)] if statement else []
        return found

    def _statement(self, node: Node, epoch: int, keys: Keys, blinder: Point) -> Statement | None:
        """Nothing, if every share of the node is zero."""
        held = [(keys[k], identifier) for k, identifier in node.shares]
        entries = [Entry.of(key, identifier) for key, identifier in held if not key.is_shareless(identifier)]
        if not entries:
            return None
        compartment = Compartment(RecoveryLock(self.recovery_key, blinder), tuple(entries))
        return Statement(self.parameters, self.name, epoch, node.name, (compartment,))

    def holds(self, node: Node, k: int) -> int:
        """How many shares of the key, not counting those that are zero."""
        return sum(n == k and not self.keys[k].is_shareless(identifier) for n, identifier in node.shares)


@dataclass(frozen=True)
class Status:
    """A name; for Bad and Claimed the backup's place; what is wrong; the epoch of Stale and Claimed."""

    name: str
    backup: int | None = None
    fault: str | None = None
    epoch: int | None = None
    detail: Detail = None  # of the error of Unregistered

    def rank(self) -> tuple[int, int]:
        names = ("Missing", "Claimed", "Bad", "Stale", "Covered", "Shareless", "Unregistered")
        return names.index(self.name), (self.epoch or 0) if self.name == "Stale" else 0


@dataclass
class Coverage:
    network: Network
    nodes: list[Status]
    shareless: list[tuple[int, int]]
    shared_blinders: list[list[int]]
    strays: list[tuple[int, Error]]

    def covered(self, k: int) -> list[int]:
        """How many shares of the key each covered node holds."""
        pairs = zip(self.network.nodes, self.nodes, strict=True)
        return [self.network.holds(node, k) for node, status in pairs if status.name == "Covered"]

    def survives(self, lost: int) -> bool:
        """Could every key be restored without any so many of the covered nodes?"""
        keys = self.network.keys
        return len(keys) > 0 and all(self._key_survives(k, lost) for k in range(len(keys)))

    def _key_survives(self, k: int, lost: int) -> bool:
        held = self.covered(k)
        left = [sum(held) - sum(gone) for gone in combinations(held, min(lost, len(held)))]
        return min(left) >= self.network.keys[k].threshold


def audit(network: Network, backups: Sequence[bytes]) -> Coverage:
    """The best backup of a node decides, and of equals the first."""
    places = [(n, k, identifier) for n, node in enumerate(network.nodes) for k, identifier in node.shares]
    shareless = [(n, k) for n, k, identifier in places if network.keys[k].is_shareless(identifier)]
    faults = [_registration_fault(network, node) for node in network.nodes]
    expected = [_expected(network, node, fault) for node, fault in zip(network.nodes, faults, strict=True)]
    nodes = [one if isinstance(one, Status) else Status("Missing") for one in expected]
    result = Coverage(network, nodes, shareless, _shared_blinders(network, faults), [])
    names = [node.name for node in network.nodes]
    for place, data in enumerate(backups):
        try:
            claimed = Backup.decode(data).claimed
            require(claimed.node in names, "Mismatch", "Node")
        except Error as error:
            result.strays.append((place, error))
            continue
        n = names.index(claimed.node)
        one = expected[n]
        if isinstance(one, Expected):
            nodes[n] = max(nodes[n], one.judge(place, data, claimed), key=Status.rank)
    return result


def _registration_fault(network: Network, node: Node) -> Error | None:
    try:
        node.check(network.name)
    except Error as error:
        return error
    return None


def _unregistered(error: Error) -> Status:
    return Status("Unregistered", fault=error.name, detail=error.detail)


def _shared_blinders(network: Network, faults: Sequence[Error | None]) -> list[list[int]]:
    """The places of registered nodes that have one Blinder between them."""
    groups: dict[Point, list[int]] = {}
    for place, (node, fault) in enumerate(zip(network.nodes, faults, strict=True)):
        if fault is None:
            groups.setdefault(node.blinder(), []).append(place)
    return [group for group in groups.values() if len(group) > 1]


@dataclass(frozen=True)
class Expected:
    """What the backups of a node should say now, and what they should have said in former epochs."""

    current: Statement
    former: list[tuple[int, Statement]]

    def judge(self, place: int, data: bytes, claimed: StatementForm) -> Status:
        former = [(Status("Stale", epoch=epoch), old) for epoch, old in self.former]
        found = [(Status("Covered"), self.current), *former]
        for status, statement in found:
            if statement.form() == claimed:
                return _verified(statement, place, data, status)
        return Status("Claimed", place, first_difference(self.current.form(), claimed), claimed.epoch)


def _expected(network: Network, node: Node, fault: Error | None) -> Expected | Status:
    """A status, if no backup can change it."""
    if fault is not None:
        return _unregistered(fault)
    try:
        current = network.statement(node)
    except Error as error:
        return _unregistered(error)
    return Expected(current, network.former_statements(node)) if current else Status("Shareless")


def _verified(statement: Statement, place: int, data: bytes, status: Status) -> Status:
    try:
        verify_backup(statement, data)
    except Error as error:
        return Status("Bad", place, error.name)
    return status
