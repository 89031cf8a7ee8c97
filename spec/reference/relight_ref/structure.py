"""Chapter 5: the structure of a statement, with points that are still bytes.

Reading it checks lengths, counts and numbers, and decodes no point. Statements are compared in this form.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .codec import MAX_COUNT, Reader, decode_all
from .curves import BLS12381_G1, Curve, curve_by_id
from .errors import Error, require
from .identifiers import check_threshold, read_identifier
from .parameters import ParameterSet, parameter_set

RECOVERY = 1
MEMBER = 2
POINTS = {RECOVERY: 2, MEMBER: 1}
Difference = tuple[bool, str]


@dataclass(frozen=True)
class LockForm:
    """Recovery key and Blinder, or a member key."""

    type: int
    points: tuple[bytes, ...]

    @staticmethod
    def read(reader: Reader) -> LockForm:
        number = reader.u8()
        require(number in POINTS, "UnknownLock", number)
        return LockForm(number, tuple(reader.take(BLS12381_G1.point_len) for _ in range(POINTS[number])))


@dataclass(frozen=True)
class EntryForm:
    curve: Curve
    public_key: bytes
    identifier: int
    threshold: int
    public_share: bytes

    @staticmethod
    def read(reader: Reader) -> EntryForm:
        curve = curve_by_id(reader.u16())
        public_key, identifier = reader.take(curve.point_len), read_identifier(reader)
        threshold = check_threshold(reader.u16())
        return EntryForm(curve, public_key, identifier, threshold, reader.take(curve.point_len))


@dataclass(frozen=True)
class CompartmentForm:
    lock: LockForm
    entries: tuple[EntryForm, ...]

    @staticmethod
    def read(reader: Reader) -> CompartmentForm:
        return CompartmentForm(LockForm.read(reader), reader.items(EntryForm.read))

    def check_repetitions(self, c: int) -> None:
        """No two entries name the same share in the same bytes."""
        seen: set[object] = set()
        for j, entry in enumerate(self.entries):
            key = (entry.curve.id, entry.public_key, entry.identifier)
            require(key not in seen, "DuplicateEntry", [c, j])
            seen.add(key)


@dataclass(frozen=True)
class StatementForm:
    parameters: ParameterSet
    network: bytes
    epoch: int
    node: bytes
    compartments: tuple[CompartmentForm, ...]

    @staticmethod
    def read(reader: Reader, limit: int = MAX_COUNT) -> StatementForm:
        """There may be so many compartments."""
        reader.version()
        parameters = parameter_set(reader.u8())
        network, epoch, node = reader.short(), reader.u64(), reader.short()
        compartments = reader.items(CompartmentForm.read, limit)
        for c, compartment in enumerate(compartments):
            compartment.check_repetitions(c)
        return StatementForm(parameters, network, epoch, node, compartments)

    @staticmethod
    def decode(data: bytes) -> StatementForm:
        return decode_all(data, StatementForm.read)


# 5.4 Comparison


def first_difference(expected: StatementForm, found: StatementForm) -> str | None:
    """The field in which the statements differ, if any."""
    return next((field for differs, field in _differences(expected, found) if differs), None)


def expect(expected: StatementForm, found: StatementForm) -> None:
    field = first_difference(expected, found)
    if field is not None:
        raise Error("Mismatch", field)


def _differences(a: StatementForm, b: StatementForm) -> Iterator[Difference]:
    yield a.parameters != b.parameters, "ParameterSet"
    yield a.network != b.network, "Network"
    yield a.epoch != b.epoch, "Epoch"
    yield a.node != b.node, "Node"
    yield len(a.compartments) != len(b.compartments), "Compartments"
    for own, other in zip(a.compartments, b.compartments, strict=True):
        yield from _lock_differences(own.lock, other.lock)
        yield len(own.entries) != len(other.entries), "EntryCount"
        for entry, found in zip(own.entries, other.entries, strict=True):
            yield from _entry_differences(entry, found)


def _lock_differences(a: LockForm, b: LockForm) -> Iterator[Difference]:
    yield a.type != b.type, "Lock"
    names = ("RecoveryKey", "Blinder") if a.type == RECOVERY else ("MemberKey",)
    for name, own, other in zip(names, a.points, b.points, strict=True):
        yield own != other, name


def _entry_differences(a: EntryForm, b: EntryForm) -> Iterator[Difference]:
    yield a.curve is not b.curve, "Curve"
    yield a.public_key != b.public_key, "PublicKey"
    yield a.identifier != b.identifier, "Identifier"
    yield a.threshold != b.threshold, "Threshold"
    yield a.public_share != b.public_share, "PublicShare"
