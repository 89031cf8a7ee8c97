"""Section 9.1: what a ceremony deals, by whom, to whom."""

from __future__ import annotations

from dataclasses import dataclass

from .codec import VERSION_BYTE, Reader, check_count, decode_all, long, short, u8, u16, u64
from .curves import SECP256K1, Curve, Point, curve_by_id
from .errors import Error, require
from .hashing import xof
from .parameters import ParameterSet, parameter_set
from .sharing import PublicPolynomial, check_identifier, check_threshold
from .statement import read_g1

GENERATE = 0
RESHARE = 1


@dataclass(frozen=True)
class KeySlot:
    """A key to be dealt: a new one, or an old one with its public polynomial."""

    curve: Curve
    old: PublicPolynomial | None

    @property
    def origin(self) -> int:
        return GENERATE if self.old is None else RESHARE

    def encode(self) -> bytes:
        header = u16(self.curve.id) + u8(self.origin)
        return header if self.old is None else header + long(self.old.points())

    @staticmethod
    def read(reader: Reader) -> KeySlot:
        curve, origin = curve_by_id(reader.u16()), reader.u8()
        require(origin in (GENERATE, RESHARE), "UnknownOrigin", origin)
        return KeySlot(curve, PublicPolynomial.read(reader, curve) if origin == RESHARE else None)


@dataclass(frozen=True)
class Dealer:
    index: int
    identity: Point

    def encode(self) -> bytes:
        return u16(self.index) + self.identity.encode()

    @staticmethod
    def read(reader: Reader) -> Dealer:
        index = check_identifier(reader.u16())
        return Dealer(index, SECP256K1.decode_point(reader.take(SECP256K1.point_len)))


@dataclass(frozen=True)
class Recipient:
    index: int
    member_key: Point

    def encode(self) -> bytes:
        return u16(self.index) + self.member_key.encode()

    @staticmethod
    def read(reader: Reader) -> Recipient:
        return Recipient(check_identifier(reader.u16()), read_g1(reader))


def check_ascending(indices: list[int]) -> None:
    for previous, index in zip(indices, indices[1:], strict=False):
        require(previous != index, "DuplicateIdentifier", index)
        require(previous < index, "InvalidIdentifier", index)


def check_distinct_points(indexed: list[tuple[int, Point]]) -> None:
    seen: set[Point] = set()
    for index, point in indexed:
        require(point not in seen, "DuplicateIdentifier", index)
        seen.add(point)


@dataclass(frozen=True)
class Ceremony:
    parameters: ParameterSet
    context: bytes
    epoch: int
    threshold: int
    keys: tuple[KeySlot, ...]
    dealers: tuple[Dealer, ...]
    recipients: tuple[Recipient, ...]

    def __post_init__(self) -> None:
        for items in (self.keys, self.dealers, self.recipients):
            check_count(items)
        check_threshold(self.threshold, len(self.recipients))
        self._check_keys()
        check_ascending([dealer.index for dealer in self.dealers])
        check_distinct_points([(dealer.index, dealer.identity) for dealer in self.dealers])
        check_ascending([recipient.index for recipient in self.recipients])
        check_distinct_points([(recipient.index, recipient.member_key) for recipient in self.recipients])
        require(len(self.dealers) >= self.needed(), "NotEnoughDealings")

    def _check_keys(self) -> None:
        origins = {slot.origin for slot in self.keys}
        require(len(origins) == 1, "UnknownOrigin")
        roots = [slot.old.root_public_key for slot in self.keys if slot.old is not None]
        require(len(set(roots)) == len(roots), "DuplicateEntry")

    def needed(self) -> int:
        """How many valid dealings the ceremony needs."""
        old = [slot.old.threshold for slot in self.keys if slot.old is not None]
        return max(old) if old else self.threshold

    def dealer(self, index: int) -> Dealer:
        for dealer in self.dealers:
            if dealer.index == index:
                return dealer
        raise Error("UnknownDealer", index)

    def recipient_place(self, index: int) -> int:
        """The compartment of a recipient."""
        for place, recipient in enumerate(self.recipients):
            if recipient.index == index:
                return place
        raise Error("InvalidIdentifier", index)

    def encode(self) -> bytes:
        header = u8(VERSION_BYTE) + u8(self.parameters.id) + short(self.context)
        numbers = u64(self.epoch) + u16(self.threshold)
        keys = long(b"".join(slot.encode() for slot in self.keys))
        dealers = long(b"".join(dealer.encode() for dealer in self.dealers))
        recipients = long(b"".join(recipient.encode() for recipient in self.recipients))
        return header + numbers + keys + dealers + recipients

    @staticmethod
    def read(reader: Reader) -> Ceremony:
        reader.version()
        parameters, context = parameter_set(reader.u8()), reader.short()
        epoch, threshold = reader.u64(), check_threshold(reader.u16())
        keys, dealers = reader.items(KeySlot.read), reader.items(Dealer.read)
        recipients = reader.items(Recipient.read)
        return Ceremony(parameters, context, epoch, threshold, keys, dealers, recipients)

    @staticmethod
    def decode(data: bytes) -> Ceremony:
        return decode_all(data, Ceremony.read)

    def digest(self) -> bytes:
        return xof("ceremony", self.encode())
