"""Section 9.1: what a ceremony deals, by whom, to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .codec import VERSION_BYTE, Reader, check_count, decode_all, long, short, u8, u16, u64
from .curves import Curve, Point, curve_by_id
from .errors import Error, require
from .hashing import double_code, xof
from .identifiers import (
    check_ascending,
    check_identifiers_on,
    check_index,
    check_keys,
    check_point,
    check_threshold,
    encode_identifier,
    identifier_bytes,
    identifier_from,
    read_identifier,
)
from .parameters import ParameterSet, parameter_set
from .registrations import read_identity
from .sharing import VssCommitment
from .statement import read_g1

GENERATE = 0
RESHARE = 1
HAND_OVER = 2
NONCE = 32


@dataclass(frozen=True)
class Slot:
    """A key to be dealt: a new one, or the value of an old VSS commitment at a point; zero gives the old key."""

    curve: Curve
    old: VssCommitment | None = None
    at: int = 0

    def encode(self, origin: int) -> bytes:
        if self.old is None:
            return u16(self.curve.id)
        return self.old.encode() + (short(identifier_bytes(self.at)) if origin == RESHARE else b"")


@dataclass(frozen=True)
class Keys:
    """All keys of a ceremony have one origin."""

    origin: int
    slots: tuple[Slot, ...]

    @staticmethod
    def generate(*curves: Curve) -> Keys:
        return Keys(GENERATE, tuple(Slot(curve) for curve in curves))

    @staticmethod
    def reshare(*old: tuple[VssCommitment, int]) -> Keys:
        return Keys(RESHARE, tuple(Slot(commitment.curve, commitment, at) for commitment, at in old))

    @staticmethod
    def hand_over(*old: VssCommitment) -> Keys:
        return Keys(HAND_OVER, tuple(Slot(commitment.curve, commitment) for commitment in old))

    def encode(self) -> bytes:
        return u8(self.origin) + long(b"".join(slot.encode(self.origin) for slot in self.slots))

    @staticmethod
    def read(reader: Reader) -> Keys:
        origin = reader.u8()
        if origin == GENERATE:
            return Keys.generate(*reader.items(lambda body: curve_by_id(body.u16())))
        if origin == RESHARE:
            return Keys.reshare(*reader.items(lambda body: (VssCommitment.read(body), _read_at(body))))
        require(origin == HAND_OVER, "UnknownOrigin", origin)
        return Keys.hand_over(*reader.items(VssCommitment.read))


def _read_at(reader: Reader) -> int:
    """Nothing means zero, the key itself."""
    data = reader.short()
    return identifier_from(data) if data else 0


@dataclass(frozen=True)
class Dealer:
    """The identifier is that of its old share."""

    index: int
    identity: Point
    identifier: int

    def encode(self) -> bytes:
        return u16(self.index) + self.identity.encode() + encode_identifier(self.identifier)

    @staticmethod
    def read(reader: Reader) -> Dealer:
        index, identity = check_index(reader.u16()), read_identity(reader)
        return Dealer(index, identity, read_identifier(reader))


@dataclass(frozen=True)
class Recipient:
    """The identity confirms; the identifier is that of its new share."""

    index: int
    identity: Point
    member_key: Point
    identifier: int

    def encode(self) -> bytes:
        keys = self.identity.encode() + self.member_key.encode()
        return u16(self.index) + keys + encode_identifier(self.identifier)

    @staticmethod
    def read(reader: Reader) -> Recipient:
        index, identity = check_index(reader.u16()), read_identity(reader)
        return Recipient(index, identity, read_g1(reader), read_identifier(reader))


def check_dealers(dealers: Sequence[Dealer], curves: Sequence[Curve]) -> None:
    check_ascending([dealer.index for dealer in dealers])
    check_keys([(dealer.index, dealer.identity) for dealer in dealers])
    check_identifiers_on(curves, [dealer.identifier for dealer in dealers])


def check_recipients(recipients: Sequence[Recipient], curves: Sequence[Curve]) -> None:
    check_ascending([recipient.index for recipient in recipients])
    check_keys([(recipient.index, recipient.identity) for recipient in recipients])
    check_keys([(recipient.index, recipient.member_key) for recipient in recipients])
    check_identifiers_on(curves, [recipient.identifier for recipient in recipients])


@dataclass(frozen=True)
class Ceremony:
    parameters: ParameterSet
    name: bytes
    nonce: bytes
    epoch: int
    threshold: int
    keys: Keys
    dealers: tuple[Dealer, ...]
    recipients: tuple[Recipient, ...]

    def __post_init__(self) -> None:
        for items in (self.slots, self.dealers, self.recipients):
            check_count(items)
        self._check_threshold()
        self._check_repetitions()
        curves = [slot.curve for slot in self.slots]
        check_dealers(self.dealers, curves)
        check_recipients(self.recipients, curves)
        self._check_points()
        require(len(self.dealers) >= self.needed(), "NotEnoughDealings")

    def _check_threshold(self) -> None:
        """Whoever is to get a whole key is named for it."""
        check_threshold(self.threshold, len(self.recipients))
        if self.keys.origin == RESHARE:
            require(self.threshold > 1 or self.needed() == 1, "InvalidThreshold", self.threshold)
        if self.keys.origin == HAND_OVER:
            require(self.threshold == 1, "InvalidThreshold", self.threshold)
            require(len(self.recipients) == 1, "InvalidLength")

    def _check_repetitions(self) -> None:
        seen: set[tuple[Point, int]] = set()
        for k, slot in enumerate(self.slots):
            if slot.old is not None:
                key = (slot.old.public_key, slot.at % slot.curve.order)
                require(key not in seen, "DuplicateEntry", [0, k])
                seen.add(key)

    def _check_points(self) -> None:
        """What is re-shared is not zero, and is no dealer's own share."""
        for slot in self.slots:
            if slot.old is not None:
                check_point(slot.curve, slot.at, [dealer.identifier for dealer in self.dealers])
                require(not slot.old.is_shareless(slot.at), "InvalidPoint")

    @property
    def slots(self) -> tuple[Slot, ...]:
        return self.keys.slots

    def needed(self) -> int:
        """How many valid dealings the ceremony needs."""
        old = [slot.old.threshold for slot in self.slots if slot.old is not None]
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
        raise Error("UnknownRecipient", index)

    def recipient(self, index: int) -> Recipient:
        return self.recipients[self.recipient_place(index)]

    def encode(self) -> bytes:
        header = u8(VERSION_BYTE) + u8(self.parameters.id) + short(self.name)
        numbers = self.nonce + u64(self.epoch) + u16(self.threshold)
        dealers = long(b"".join(dealer.encode() for dealer in self.dealers))
        recipients = long(b"".join(recipient.encode() for recipient in self.recipients))
        return header + numbers + self.keys.encode() + dealers + recipients

    @staticmethod
    def read(reader: Reader) -> Ceremony:
        reader.version()
        parameters, name = parameter_set(reader.u8()), reader.short()
        nonce, epoch, threshold = reader.take(NONCE), reader.u64(), reader.u16()
        keys = Keys.read(reader)
        dealers, recipients = reader.items(Dealer.read), reader.items(Recipient.read)
        return Ceremony(parameters, name, nonce, epoch, threshold, keys, dealers, recipients)

    @staticmethod
    def decode(data: bytes) -> Ceremony:
        return decode_all(data, Ceremony.read)

    def digest(self) -> bytes:
        return xof("ceremony", self.encode())

    def short_code(self) -> str:
        """To be compared by voice."""
        return double_code("ceremony-code", self.digest())
