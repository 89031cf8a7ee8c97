"""Section 10.7: all that is public of a network, in one object."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from .ceremony import Ceremony, Recipient
from .codec import VERSION_BYTE, Reader, check_count, decode_all, long, short, u8, u16, u64
from .confirmations import Certificate
from .coverage import Keys, Network, Node
from .errors import require
from .hashing import double_code, xof
from .identifiers import encode_identifier, read_identifier
from .parameters import ParameterSet, parameter_set
from .registrations import BlinderRegistration, read_identity
from .roster import Roster, RosterMember
from .sharing import VssCommitment

T = TypeVar("T")


@dataclass(frozen=True)
class Certified:
    """A ceremony, and the certificate that closes it."""

    ceremony: Ceremony
    certificate: Certificate

    def encode(self) -> bytes:
        return long(self.ceremony.encode()) + long(self.certificate.encode())

    @staticmethod
    def read(reader: Reader) -> Certified:
        return Certified(Ceremony.decode(reader.filled()), Certificate.decode(reader.filled()))

    def confirmed(self) -> list[Recipient]:
        indices = {one.recipient for one in self.certificate.confirmations}
        return [recipient for recipient in self.ceremony.recipients if recipient.index in indices]


def read_any(data: bytes, read: Callable[[Reader], T]) -> tuple[T, ...]:
    """Items one after the other, perhaps none."""
    reader, found = Reader(data), []
    while not reader.empty():
        found.append(read(reader))
    return tuple(found)


def _joined(encoded: Iterator[bytes]) -> bytes:
    return long(b"".join(encoded))


def _encode_node(node: Node) -> bytes:
    registrations = _joined(one.encode() for one in node.registrations)
    shares = _joined(u16(k) + encode_identifier(x) for k, x in node.shares)
    return short(node.name) + node.operator.encode() + registrations + shares


def _read_node(reader: Reader) -> Node:
    name, operator = reader.short(), read_identity(reader)
    registrations = reader.items(BlinderRegistration.read)
    return Node(name, operator, registrations, reader.items(lambda body: (body.u16(), read_identifier(body))))


def _encode_former(epoch: int, keys: Keys) -> bytes:
    return u64(epoch) + _joined(key.encode() for key in keys)


def _read_former(reader: Reader) -> tuple[int, Keys]:
    return reader.u64(), reader.items(VssCommitment.read)


@dataclass(frozen=True)
class Bundle:
    parameters: ParameterSet
    network: bytes
    epoch: int
    party: bytes
    roster: bytes
    recovery_certificates: tuple[Certified, ...]
    keys: Keys
    key_certificates: tuple[Certified, ...]
    nodes: tuple[Node, ...]
    former: tuple[tuple[int, Keys], ...]

    def __post_init__(self) -> None:
        check_count(self.keys)
        check_count(self.nodes)
        epochs = [*(epoch for epoch, _ in self.former), self.epoch]
        require(all(a < b for a, b in zip(epochs, epochs[1:], strict=False)), "Mismatch", "Epoch")

    def encode(self) -> bytes:
        header = u8(VERSION_BYTE) + u8(self.parameters.id) + short(self.network) + u64(self.epoch)
        recovery = short(self.party) + long(self.roster) + _joined(one.encode() for one in self.recovery_certificates)
        keys = _joined(key.encode() for key in self.keys) + _joined(one.encode() for one in self.key_certificates)
        nodes = _joined(_encode_node(node) for node in self.nodes)
        return header + recovery + keys + nodes + _joined(_encode_former(*one) for one in self.former)

    @staticmethod
    def read(reader: Reader) -> Bundle:
        reader.version()
        header = parameter_set(reader.u8()), reader.short(), reader.u64(), reader.short(), reader.filled()
        recovery = read_any(reader.long(), Certified.read)
        keys = reader.items(VssCommitment.read)
        certificates = read_any(reader.long(), Certified.read)
        nodes = reader.items(_read_node)
        return Bundle(*header, recovery, keys, certificates, nodes, read_any(reader.long(), _read_former))

    @staticmethod
    def decode(data: bytes) -> Bundle:
        return decode_all(data, Bundle.read)

    def digest(self) -> bytes:
        return bundle_digest(self.encode())

    def short_code(self) -> str:
        return double_code("bundle-code", self.digest())


def bundle_digest(data: bytes) -> bytes:
    return xof("bundle", data)


@dataclass(frozen=True)
class VerifiedBundle:
    bundle: Bundle
    roster: Roster
    network: Network

    def member(self, index: int) -> RosterMember | None:
        return next((one for one in self.roster.members if one.registration.index == index), None)

    def node(self, name: bytes) -> Node | None:
        return next((node for node in self.network.nodes if node.name == name), None)

    def epochs(self) -> dict[int, Keys]:
        return {**dict(self.network.former), self.network.epoch: self.network.keys}


def verify_bundle(data: bytes, digest: bytes) -> VerifiedBundle:
    found = Bundle.decode(data)
    require(found.digest() == digest, "BundleMismatch")
    roster = Roster.decode(found.party, found.roster)
    commitment = roster.recovery_party.commitment
    header = found.parameters, found.network, found.epoch, commitment.public_key
    verified = VerifiedBundle(found, roster, Network(*header, found.keys, found.nodes, found.former))
    for node in found.nodes:
        node.check(found.network)
        verified.network.statement(node)
    _vouch(found.recovery_certificates, (commitment,), lambda recipient: _check_member(roster, recipient))
    for certified in found.key_certificates:
        require(certified.ceremony.epoch == found.epoch, "Mismatch", "Epoch")
    _vouch(found.key_certificates, found.keys, lambda recipient: _check_held(found.nodes, recipient))
    return verified


def _vouch(certified: Sequence[Certified], keys: Keys, check: Callable[[Recipient], None]) -> None:
    """Nobody does, or for all keys in their order."""
    if not certified:
        return
    for one in certified:
        number = len(one.ceremony.slots)
        require(number <= len(keys), "InvalidLength")
        one.certificate.check(one.ceremony)
        one.certificate.check_outcome(one.ceremony, keys[:number])
        for recipient in one.confirmed():
            check(recipient)
        keys = keys[number:]
    require(not keys, "InvalidLength")


def _check_member(roster: Roster, recipient: Recipient) -> None:
    found = [one for one in roster.members if one.identifier == recipient.identifier]
    _require_held(len(found) > 0, recipient)
    require(found[0].registration.identity == recipient.identity, "Mismatch", "Identity")


def _check_held(nodes: Sequence[Node], recipient: Recipient) -> None:
    _require_held(any(x == recipient.identifier for node in nodes for _, x in node.shares), recipient)


def _require_held(condition: bool, recipient: Recipient) -> None:
    require(condition, "UnusedIdentifier", encode_identifier(recipient.identifier)[1:].hex())


# What changed


@dataclass(frozen=True)
class Change:
    name: str
    subject: bytes | int | None = None


def successor(known: VerifiedBundle, following: VerifiedBundle) -> list[Change]:
    before, after = known.network, following.network
    require(before.name == after.name, "Mismatch", "Network")
    require(before.epoch < after.epoch, "Mismatch", "Epoch")
    for k, key in enumerate(before.keys):
        require(k < len(after.keys) and after.keys[k].public_key == key.public_key, "Mismatch", "PublicKey")
    later = following.epochs()
    for epoch, keys in known.epochs().items():
        require(later.get(epoch, keys) == keys, "Mismatch", "Epoch")
    for node in before.nodes:
        _check_node(node, following.node(node.name))
    for member in known.roster.members if known.bundle.party == following.bundle.party else ():
        _check_renewed(member, following.member(member.registration.index))
    return list(_changes(known, following))


def _check_node(known: Node, later: Node | None) -> None:
    if later is None:
        return
    require(known.operator == later.operator, "Mismatch", "Operator")
    digests = [one.digest() for one in later.registrations]
    serial = later.registrations[-1].place.serial
    require(known.registrations[-1].digest() in digests, "BrokenSuccession", serial)


def _check_renewed(known: RosterMember, later: RosterMember | None) -> None:
    if later is None or later.registration.identity != known.registration.identity:
        return
    old, new = known.registration, later.registration
    require(old.digest() == new.digest() or new.place.serial > old.place.serial, "RetiredRegistration", new.place.serial)


def _changes(known: VerifiedBundle, following: VerifiedBundle) -> Iterator[Change]:
    before, after = known.network, following.network
    if before.parameters != after.parameters:
        yield Change("ParameterSet")
    if known.bundle.party != following.bundle.party:
        yield Change("Party")
    yield from _recovery_key(known.roster, following.roster)
    yield from _members(known, following)
    for k, key in enumerate(after.keys):
        if k >= len(before.keys):
            yield Change("KeyAdded", k)
        elif key != before.keys[k]:
            yield Change("KeySharing", k)
    yield from _nodes(known, following)


def _recovery_key(known: Roster, following: Roster) -> Iterator[Change]:
    old, new = known.recovery_party.commitment, following.recovery_party.commitment
    if old.public_key != new.public_key:
        yield Change("RecoveryKey")
    elif old != new:
        yield Change("RecoverySharing")


def _members(known: VerifiedBundle, following: VerifiedBundle) -> Iterator[Change]:
    for old in known.roster.members:
        index = old.registration.index
        new = following.member(index)
        if new is None:
            yield Change("MemberRemoved", index)
        elif (old.identifier, old.registration.identity) != (new.identifier, new.registration.identity):
            yield Change("MemberReplaced", index)
        elif old.registration.digest() != new.registration.digest():
            yield Change("MemberRenewed", index)
    for new in following.roster.members:
        if known.member(new.registration.index) is None:
            yield Change("MemberAdded", new.registration.index)


def _nodes(known: VerifiedBundle, following: VerifiedBundle) -> Iterator[Change]:
    for old in known.network.nodes:
        new = following.node(old.name)
        if new is None:
            yield Change("NodeRemoved", old.name)
            continue
        if old.blinder() != new.blinder():
            yield Change("BlinderReplaced", old.name)
        if old.shares != new.shares:
            yield Change("SharesMoved", old.name)
    for new in following.network.nodes:
        if known.node(new.name) is None:
            yield Change("NodeAdded", new.name)
