"""Chapter 5: what is encrypted to whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .codec import VERSION_BYTE, Reader, check_count, long, short, u8, u16, u64
from .curves import BLS12381_G1, Curve, Point, curve_by_id
from .errors import require
from .hashing import frame, xof
from .identifiers import check_nonzero, encode_identifier
from .parameters import ParameterSet
from .sharing import VssCommitment
from .structure import MEMBER, RECOVERY, CompartmentForm, EntryForm, LockForm, StatementForm


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


def decode_lock(form: LockForm) -> Lock:
    points = [BLS12381_G1.decode_point(point) for point in form.points]
    return RecoveryLock(points[0], points[1]) if form.type == RECOVERY else MemberLock(points[0])


@dataclass(frozen=True)
class Entry:
    """The public half of a key share."""

    public_key: Point
    identifier: int
    threshold: int
    public_share: Point

    @property
    def curve(self) -> Curve:
        return self.public_share.curve

    @staticmethod
    def of(commitment: VssCommitment, identifier: int) -> Entry:
        share = commitment.public_share(identifier)
        return Entry(commitment.public_key, identifier, commitment.threshold, share)

    def encode(self) -> bytes:
        numbers = encode_identifier(self.identifier) + u16(self.threshold)
        return u16(self.curve.id) + self.public_key.encode() + numbers + self.public_share.encode()

    @staticmethod
    def from_form(form: EntryForm) -> Entry:
        public_key, share = (form.curve.decode_point(data) for data in (form.public_key, form.public_share))
        return Entry(public_key, form.identifier, form.threshold, share)


@dataclass(frozen=True)
class Compartment:
    lock: Lock
    entries: tuple[Entry, ...]

    def __post_init__(self) -> None:
        check_count(self.entries)
        for entry in self.entries:
            require(entry.public_key.curve is entry.curve, "WrongCurve")

    def check_shares(self, c: int) -> None:
        """A compartment may hold several shares of a key, but none of them twice."""
        for entry in self.entries:
            check_nonzero(entry.curve, entry.identifier)
        seen: set[object] = set()
        for j, entry in enumerate(self.entries):
            share = (entry.public_key, entry.identifier % entry.curve.order)
            require(share not in seen, "DuplicateEntry", [c, j])
            seen.add(share)

    def encode(self) -> bytes:
        return self.lock.encode() + long(b"".join(entry.encode() for entry in self.entries))

    @staticmethod
    def from_form(form: CompartmentForm) -> Compartment:
        return Compartment(decode_lock(form.lock), tuple(Entry.from_form(entry) for entry in form.entries))


@dataclass(frozen=True)
class Statement:
    parameters: ParameterSet
    network: bytes
    epoch: int
    node: bytes
    compartments: tuple[Compartment, ...]

    def __post_init__(self) -> None:
        check_count(self.compartments)
        require(max(len(self.network), len(self.node)) <= 255, "InvalidLength")
        for c, compartment in enumerate(self.compartments):
            compartment.check_shares(c)
        self._check_circles()

    def _check_circles(self) -> None:
        """No recovery lock opens with a key that the statement itself is about."""
        inside = {point for _, _, entry in self.slots() for point in (entry.public_key, entry.public_share)}
        locks = [compartment.lock for compartment in self.compartments]
        for lock in (lock for lock in locks if isinstance(lock, RecoveryLock)):
            circular = lock.recovery_key == lock.blinder or not inside.isdisjoint((lock.recovery_key, lock.blinder))
            require(not circular, "CircularStatement")

    def encode(self) -> bytes:
        header = u8(VERSION_BYTE) + u8(self.parameters.id) + short(self.network) + u64(self.epoch) + short(self.node)
        return header + long(b"".join(compartment.encode() for compartment in self.compartments))

    @staticmethod
    def from_form(form: StatementForm) -> Statement:
        compartments = tuple(Compartment.from_form(compartment) for compartment in form.compartments)
        return Statement(form.parameters, form.network, form.epoch, form.node, compartments)

    @staticmethod
    def decode(data: bytes) -> Statement:
        """The structure first, and only then the points."""
        return Statement.from_form(StatementForm.decode(data))

    def form(self) -> StatementForm:
        return StatementForm.decode(self.encode())

    def digest(self) -> bytes:
        return xof("statement", self.encode())

    def slots(self) -> Iterator[tuple[int, int, Entry]]:
        """Every entry after its compartment's number and its own, compartment by compartment."""
        for c, compartment in enumerate(self.compartments):
            for j, entry in enumerate(compartment.entries):
                yield c, j, entry


def unlock_message(digest: bytes) -> bytes:
    return frame("unlock", digest)

