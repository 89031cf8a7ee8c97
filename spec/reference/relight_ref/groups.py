"""Groups of prime order, their points and their scalars: what every curve of Section 3.4 is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Literal

from .errors import Error, require


ByteOrder = Literal["big", "little"]
DerivationHash = tuple[str, int, ByteOrder]  # hash, bytes of output, and how they are read


class Curve(ABC):
    """A group of prime order, written additively."""

    id: int
    name: str
    order: int
    point_len: int
    scalar_len = 32
    wide_len = 48
    byte_order: ByteOrder = "big"
    derivation_tag: bytes
    derivation_hash: DerivationHash = ("sha256", 48, "big")
    _generator: Any
    _identity: Any

    @abstractmethod
    def _add(self, a: Any, b: Any) -> Any: ...

    @abstractmethod
    def _negate(self, a: Any) -> Any: ...

    @abstractmethod
    def _multiply(self, a: Any, scalar: int) -> Any: ...

    @abstractmethod
    def _encode(self, a: Any) -> bytes: ...

    @abstractmethod
    def _decode(self, data: bytes) -> Any:
        """Raises ValueError unless the data is the encoding of an element other than the identity."""

    @property
    def generator(self) -> Point:
        return Point(self, self._generator)

    @property
    def identity(self) -> Point:
        return Point(self, self._identity)

    def decode_point(self, data: bytes) -> Point:
        return _decode_point(self, data)

    def decode_scalar(self, data: bytes) -> int:
        """A canonical scalar; zero is allowed."""
        value = int.from_bytes(data, self.byte_order)
        require(len(data) == self.scalar_len and value < self.order, "InvalidScalar")
        return value

    def encode_scalar(self, scalar: int) -> bytes:
        return scalar.to_bytes(self.scalar_len, self.byte_order)

    def decode_secret(self, data: bytes) -> int:
        """A canonical scalar other than zero."""
        value = self.decode_scalar(data)
        require(value != 0, "InvalidScalar")
        return value

    def invert(self, scalar: int) -> int:
        return pow(scalar, -1, self.order)

    def sum(self, points: Iterable[Point]) -> Point:
        total = self.identity
        for point in points:
            total = total + point
        return total


@lru_cache(maxsize=4096)
def _decode_point(curve: Curve, data: bytes) -> Point:
    require(len(data) == curve.point_len, "InvalidPoint")
    try:
        return Point(curve, curve._decode(data))
    except ValueError:
        raise Error("InvalidPoint") from None


@dataclass(frozen=True, eq=False)
class Point:
    """An element of the group of a curve."""

    curve: Curve
    value: Any

    def __add__(self, other: Point) -> Point:
        return Point(self.curve, self.curve._add(self.value, other.value))

    def __neg__(self) -> Point:
        return Point(self.curve, self.curve._negate(self.value))

    def __sub__(self, other: Point) -> Point:
        return self + -other

    def __rmul__(self, scalar: int) -> Point:
        return _multiply(self, scalar % self.curve.order)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Point) and (self.curve.id, self.encode()) == (other.curve.id, other.encode())

    def __hash__(self) -> int:
        return hash(self.encode())

    def encode(self) -> bytes:
        """The standard encoding, which also exists for the identity: it is hashed, never sent."""
        return self._encoding

    @cached_property
    def _encoding(self) -> bytes:
        return self.curve._encode(self.value)

    def is_identity(self) -> bool:
        return self == self.curve.identity


@lru_cache(maxsize=65536)
def _multiply(point: Point, scalar: int) -> Point:
    return Point(point.curve, point.curve._multiply(point.value, scalar))
