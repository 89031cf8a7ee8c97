"""Chapter 5: what is encrypted to whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .codec import VERSION_BYTE, Reader, check_count, decode_all, long, short, u8, u16, u64
from .curves import BLS12381_G1, Curve, Point, curve_by_id
from .errors import Error, require
from .hashing import frame, xof
from .parameters import ParameterSet, parameter_set
from .sharing import PublicPolynomial, check_identifier, check_threshold

RECOVERY = 1
MEMBER = 2
Difference = tuple[bool, str]


def read_g1(reader: Reader) -> Point:
    return BLS12381_G1.decode_point(reader.take(48))


@dataclass(frozen=True)
class RecoveryLock:
    recovery_key: Point
    blinder: Point
    type = RECOVERY

    def encode(self) -> bytes:
        return u8(RECOVERY) + self.recovery_key.encode() + self.blinder.encode()


@dataclass(frozen=True)
class MemberLock:
    member_key: Point
    type = MEMBER

    def encode(self) -> bytes:
        return u8(MEMBER) + self.member_key.encode()


Lock = RecoveryLock | MemberLock


def read_lock(reader: Reader) -> Lock:
    number = reader.u8()
    if number == RECOVERY:
        return RecoveryLock(read_g1(reader), read_g1(reader))
    require(number == MEMBER, "UnknownLock", number)
    return MemberLock(read_g1(reader))


@dataclass(frozen=True)
class Entry:
    """A party's share of a root key, by its public face."""

    root_public_key: Point
    identifier: int
    threshold: int
    public_share: Point

    @property
    def curve(self) -> Curve:
        return self.public_share.curve

    @staticmethod
    def of(sharing: PublicPolynomial, identifier: int) -> Entry:
        share = sharing.public_share(identifier)
        return Entry(sharing.root_public_key, identifier, sharing.threshold, share)

    def encode(self) -> bytes:
        numbers = u16(self.identifier) + u16(self.threshold)
        return u16(self.curve.id) + self.root_public_key.encode() + numbers + self.public_share.encode()

    @staticmethod
    def read(reader: Reader) -> Entry:
        curve = curve_by_id(reader.u16())
        root = curve.decode_point(reader.take(curve.point_len))
        identifier = check_identifier(reader.u16())
        threshold = check_threshold(reader.u16())
        return Entry(root, identifier, threshold, curve.decode_point(reader.take(curve.point_len)))


@dataclass(frozen=True)
class Compartment:
    lock: Lock
    entries: tuple[Entry, ...]

    def __post_init__(self) -> None:
        check_count(self.entries)
        roots = [entry.root_public_key for entry in self.entries]
        require(len(set(roots)) == len(roots), "DuplicateEntry")

    def encode(self) -> bytes:
        return self.lock.encode() + long(b"".join(entry.encode() for entry in self.entries))

    @staticmethod
    def read(reader: Reader) -> Compartment:
        return Compartment(read_lock(reader), reader.items(Entry.read))


@dataclass(frozen=True)
class Statement:
    parameters: ParameterSet
    context: bytes
    epoch: int
    node: bytes
    compartments: tuple[Compartment, ...]

    def __post_init__(self) -> None:
        check_count(self.compartments)
        require(max(len(self.context), len(self.node)) <= 255, "InvalidLength")

    def encode(self) -> bytes:
        header = u8(VERSION_BYTE) + u8(self.parameters.id) + short(self.context) + u64(self.epoch) + short(self.node)
        return header + long(b"".join(compartment.encode() for compartment in self.compartments))

    @staticmethod
    def read(reader: Reader) -> Statement:
        reader.version()
        parameters = parameter_set(reader.u8())
        context, epoch, node = reader.short(), reader.u64(), reader.short()
        return Statement(parameters, context, epoch, node, reader.items(Compartment.read))

    @staticmethod
    def decode(data: bytes) -> Statement:
        return decode_all(data, Statement.read)

    def digest(self) -> bytes:
        return xof("statement", self.encode())

    def slots(self) -> Iterator[tuple[int, int, Entry]]:
        """Every entry after its compartment's number and its own, compartment by compartment."""
        for c, compartment in enumerate(self.compartments):
            for j, entry in enumerate(compartment.entries):
                yield c, j, entry

    def curves(self) -> list[Curve]:
        ids = sorted({entry.curve.id for _, _, entry in self.slots()})
        return [curve_by_id(number) for number in ids]


def unlock_message(digest: bytes) -> bytes:
    return frame("unlock", digest)


def expect(expected: Statement, found: Statement) -> None:
    """Raises StatementMismatch with the first field in which the statements differ."""
    for differs, field in _differences(expected, found):
        if differs:
            raise Error("StatementMismatch", field)


def _differences(a: Statement, b: Statement) -> Iterator[Difference]:
    yield a.parameters != b.parameters, "ParameterSet"
    yield a.context != b.context, "Context"
    yield a.epoch != b.epoch, "Epoch"
    yield a.node != b.node, "Node"
    yield len(a.compartments) != len(b.compartments), "Compartments"
    for own, other in zip(a.compartments, b.compartments, strict=True):
        yield from _lock_differences(own.lock, other.lock)
        yield len(own.entries) != len(other.entries), "EntryCount"
        for entry, found in zip(own.entries, other.entries, strict=True):
            yield from _entry_differences(entry, found)


def _lock_differences(a: Lock, b: Lock) -> Iterator[Difference]:
    yield a.type != b.type, "Lock"
    if isinstance(a, RecoveryLock) and isinstance(b, RecoveryLock):
        yield a.recovery_key != b.recovery_key, "RecoveryKey"
        yield a.blinder != b.blinder, "Blinder"
    if isinstance(a, MemberLock) and isinstance(b, MemberLock):
        yield a.member_key != b.member_key, "MemberKey"


def _entry_differences(a: Entry, b: Entry) -> Iterator[Difference]:
    yield a.curve != b.curve, "Curve"
    yield a.root_public_key != b.root_public_key, "RootPublicKey"
    yield a.identifier != b.identifier, "Identifier"
    yield a.threshold != b.threshold, "Threshold"
    yield a.public_share != b.public_share, "PublicShare"
