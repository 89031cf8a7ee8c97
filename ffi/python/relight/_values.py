"""What objects say, as the C library tells it. Fields are called as in relight.h."""

from dataclasses import dataclass
from typing import Any

from relight._library import text
from relight._relight import lib


@dataclass(frozen=True)
class Entry:
    """The public face of one share in a statement."""

    curve: str
    identifier: bytes
    threshold: int
    public_key: bytes
    public_share: bytes

    @classmethod
    def read(cls, found: dict[str, Any]) -> "Entry":
        return cls(**found | {"curve": text(lib.relight_curve_name(found["curve"]))})


@dataclass(frozen=True)
class Statement:
    """What the statement of a backup says."""

    digest: bytes
    parameters: str
    epoch: int
    network: bytes
    node: bytes
    recovery_key: bytes
    blinder: bytes
    entries: list[Entry]

    @classmethod
    def read(cls, found: dict[str, Any]) -> "Statement":
        parameters = text(lib.relight_parameters_name(found["parameters"]))
        return cls(**found | {"parameters": parameters, "entries": [Entry.read(entry) for entry in found["entries"]]})


@dataclass(frozen=True)
class Holding:
    """A share that a node holds: of which key, by its place, and where it lies."""

    key: int
    identifier: bytes


@dataclass(frozen=True)
class Node:
    """A node of a network. Its statement is what its current backup must state; empty if its shares are all zero."""

    name: bytes
    operator_identity: bytes
    registrations: list[bytes]
    shares: list[Holding]
    statement: bytes

    @classmethod
    def read(cls, found: dict[str, Any]) -> "Node":
        return cls(**found | {"shares": [Holding(**share) for share in found["shares"]]})


@dataclass(frozen=True)
class FormerEpoch:
    """An epoch that is over, with the VSS commitments of its root keys."""

    epoch: int
    keys: list[bytes]


@dataclass(frozen=True)
class Certified:
    """A ceremony and its certificate, which vouch for its keys. Both are empty if nothing does."""

    ceremony: bytes
    certificate: bytes


@dataclass(frozen=True)
class Network:
    """What a verified bundle says: all that is public of a network."""

    parameters: str
    network: bytes
    epoch: int
    party: bytes
    roster: bytes
    recovery_key: bytes
    keys: list[bytes]
    nodes: list[Node]
    former: list[FormerEpoch]
    recovery_certificate: Certified
    key_certificates: list[Certified]

    @classmethod
    def read(cls, found: dict[str, Any]) -> "Network":
        read = {
            "parameters": text(lib.relight_parameters_name(found["parameters"])),
            "nodes": [Node.read(node) for node in found["nodes"]],
            "former": [FormerEpoch(**former) for former in found["former"]],
            "recovery_certificate": Certified(**found["recovery_certificate"]),
            "key_certificates": [Certified(**certified) for certified in found["key_certificates"]],
        }
        return cls(**found | read)


@dataclass(frozen=True)
class NodeCoverage:
    """How a node is covered. What the status says nothing about is zero, empty or "none"."""

    status: str
    """One of missing, claimed, bad, stale, covered, shareless, unregistered."""
    backup: int
    """The bad or claimed backup, by its place in the list."""
    result: int
    """What is wrong with a bad backup or with the registrations: a RELIGHT_RESULT_ number."""
    message: str
    """That, in English."""
    number: int
    field: str
    entry: int
    epoch: int

    @classmethod
    def read(cls, found: dict[str, Any]) -> "NodeCoverage":
        status, field = lib.relight_status_name(found["status"]), lib.relight_field_name(found["field"])
        return cls(**found | {"status": text(status), "field": text(field)})


@dataclass(frozen=True)
class KeyCoverage:
    """How well a root key is covered."""

    covered: int
    threshold: int
    recoverable: bool
    survives: int


@dataclass(frozen=True)
class ZeroShare:
    """A share that is zero, so that it needs no backup."""

    node: int
    key: int
    identifier: bytes


@dataclass(frozen=True)
class Stray:
    """A backup that belongs to no node: its place in the list, and why."""

    backup: int
    result: int
    message: str


@dataclass(frozen=True)
class Coverage:
    """The answer of an audit."""

    recoverable: bool
    """Whether every root key could be restored from the backups of covered nodes."""
    survives: int
    """How many of those nodes could be lost, whichever they are."""
    nodes: list[NodeCoverage]
    keys: list[KeyCoverage]
    shareless: list[ZeroShare]
    shared_blinders: list[list[int]]
    """The nodes, by their places, that have one Blinder, group by group."""
    strays: list[Stray]

    @classmethod
    def read(cls, found: dict[str, Any]) -> "Coverage":
        read = {
            "nodes": [NodeCoverage.read(node) for node in found["nodes"]],
            "keys": [KeyCoverage(**key) for key in found["keys"]],
            "shareless": [ZeroShare(**share) for share in found["shareless"]],
            "shared_blinders": [group["nodes"] for group in found["shared_blinders"]],
            "strays": [Stray(**stray) for stray in found["strays"]],
        }
        return cls(**found | read)


@dataclass(frozen=True)
class BlinderRegistration:
    """What the registration of a Blinder says."""

    digest: bytes
    serial: int
    node: bytes
    operator_identity: bytes
    blinder: bytes


@dataclass(frozen=True)
class Member:
    """What the registration of a member says."""

    index: int
    serial: int
    identity: bytes
    member_key: bytes
    digest: bytes


@dataclass(frozen=True)
class Roster:
    """What a roster says."""

    digest: bytes
    recovery_key: bytes
    commitment: bytes
    threshold: int
    members: list[int]
    identifiers: list[bytes]
    shareless: list[int]


@dataclass(frozen=True)
class Draft:
    """What a request asks, or its draft."""

    attested_digest: bytes
    roster: bytes
    expiry: int
    """The last second since 1970 at which it is valid."""
    network: bytes
    requester: bytes
    statements: list[bytes]
    short_code: bytes
    """What people compare by voice."""


@dataclass(frozen=True)
class Request:
    """What a request says."""

    digest: bytes
    draft: Draft
    attestation: bytes

    @classmethod
    def read(cls, found: dict[str, Any]) -> "Request":
        return cls(**found | {"draft": Draft(**found["draft"])})
