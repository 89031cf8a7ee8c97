"""Sections 3.1, 3.4 and 3.5: groups, the curve registry, encodings."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import py_ecc.optimized_bls12_381 as bls
from py_ecc.bls.point_compression import compress_G1, decompress_G1
from py_ecc.secp256k1 import secp256k1 as secp

from .errors import Error, require

SCALAR_LEN = 32


class Curve(ABC):
    """A group of prime order, written additively."""

    id: int
    name: str
    order: int
    point_len: int
    wide_len = 48
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
        value = int.from_bytes(data, "big")
        require(len(data) == SCALAR_LEN and value < self.order, "InvalidScalar")
        return value

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


class Secp256k1(Curve):
    id = 1
    name = "secp256k1"
    order = secp.N
    point_len = 33
    _generator = secp.G
    _identity = (0, 0)

    def _add(self, a: Any, b: Any) -> Any:
        return secp.add(a, b)

    def _negate(self, a: Any) -> Any:
        return (a[0], -a[1] % secp.P)

    def _multiply(self, a: Any, scalar: int) -> Any:
        return secp.multiply(a, scalar)

    def _encode(self, a: Any) -> bytes:
        x, y = a
        if (x, y) == (0, 0):
            return bytes(33)
        return bytes([2 + y % 2]) + int(x).to_bytes(32, "big")

    def _decode(self, data: bytes) -> Any:
        x = int.from_bytes(data[1:], "big")
        if data[0] not in (2, 3) or x >= secp.P:
            raise ValueError
        square = (x**3 + 7) % secp.P
        y = pow(square, (secp.P + 1) // 4, secp.P)
        if y * y % secp.P != square:
            raise ValueError
        return (x, y if y % 2 == data[0] - 2 else secp.P - y)


class Bls12381G1(Curve):
    id = 2
    name = "bls12381-g1"
    order = bls.curve_order
    point_len = 48
    _generator = bls.G1
    _identity = bls.Z1

    def _add(self, a: Any, b: Any) -> Any:
        return bls.add(a, b)

    def _negate(self, a: Any) -> Any:
        return bls.neg(a)

    def _multiply(self, a: Any, scalar: int) -> Any:
        return bls.multiply(a, scalar)

    def _encode(self, a: Any) -> bytes:
        return int(compress_G1(a)).to_bytes(48, "big")

    def _decode(self, data: bytes) -> Any:
        point: Any = decompress_G1(int.from_bytes(data, "big"))  # type: ignore[arg-type]
        if bls.is_inf(point) or not bls.is_inf(bls.multiply(point, self.order)):
            raise ValueError
        return point


SECP256K1 = Secp256k1()
BLS12381_G1 = Bls12381G1()
REGISTRY: dict[int, Curve] = {curve.id: curve for curve in (SECP256K1, BLS12381_G1)}


def curve_by_id(number: int) -> Curve:
    curve = REGISTRY.get(number)
    if curve is None:
        raise Error("UnknownCurve", number)
    return curve
