"""Chapter 15: strict decoding and encoding in the TLS presentation language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from .errors import Error, require

T = TypeVar("T")

VERSION_BYTE = 1
MAX_COUNT = 65535


def u8(value: int) -> bytes:
    return value.to_bytes(1, "big")


def u16(value: int) -> bytes:
    return value.to_bytes(2, "big")


def u32(value: int) -> bytes:
    return value.to_bytes(4, "big")


def u64(value: int) -> bytes:
    return value.to_bytes(8, "big")


def short(data: bytes) -> bytes:
    """opaque<0..255>"""
    require(len(data) <= 255, "InvalidLength")
    return u8(len(data)) + data


def long(data: bytes) -> bytes:
    """opaque<0..2^32-1>"""
    return u32(len(data)) + data


def check_count(items: Sequence[object]) -> None:
    require(1 <= len(items) <= MAX_COUNT, "InvalidLength")


class Reader:
    """Takes fields off the front of a byte string."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.position = 0

    def empty(self) -> bool:
        return self.position == len(self.data)

    def consumed(self) -> bytes:
        return self.data[: self.position]

    def take(self, length: int) -> bytes:
        end = self.position + length
        require(end <= len(self.data), "Truncated")
        taken = self.data[self.position : end]
        self.position = end
        return taken

    def integer(self, length: int) -> int:
        return int.from_bytes(self.take(length), "big")

    def u8(self) -> int:
        return self.integer(1)

    def u16(self) -> int:
        return self.integer(2)

    def u64(self) -> int:
        return self.integer(8)

    def version(self) -> None:
        found = self.u8()
        require(found == VERSION_BYTE, "UnsupportedVersion", found)

    def short(self) -> bytes:
        return self.take(self.u8())

    def long(self) -> bytes:
        return self.take(self.integer(4))

    def filled(self) -> bytes:
        """opaque<1..2^32-1>"""
        data = self.long()
        require(len(data) > 0, "InvalidLength")
        return data

    def rest(self) -> bytes:
        return self.take(len(self.data) - self.position)

    def items(self, read: Callable[[Reader], T], limit: int = MAX_COUNT) -> tuple[T, ...]:
        """T items<1..2^32-1>: one to 65535 items that fill the vector exactly. What is beyond the limit is not read."""
        body = Reader(self.long())
        found: list[T] = []
        while not body.empty():
            require(len(found) < limit, "InvalidLength")
            found.append(read(body))
        check_count(found)
        return tuple(found)


def decode_all(data: bytes, read: Callable[[Reader], T]) -> T:
    """Decodes all of the data; bytes left over are an error."""
    reader = Reader(data)
    value = read(reader)
    if not reader.empty():
        raise Error("TrailingBytes")
    return value
