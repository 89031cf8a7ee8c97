"""Section 8.5: secret objects say what they are, and carry a checksum."""

from __future__ import annotations

from .codec import VERSION_BYTE, Reader, u8
from .errors import require
from .hashing import xof

IDENTITY_KEY = 1
MEMBER_KEY = 2
BLINDER = 3
KEY_SHARE = 4
SESSION = 5
KINDS = (IDENTITY_KEY, MEMBER_KEY, BLINDER, KEY_SHARE, SESSION)
CHECKSUM = 8


def checksum(data: bytes) -> bytes:
    return xof("checksum", data, length=CHECKSUM)


def close(kind: int, body: bytes) -> bytes:
    """The object, from its body."""
    marked = u8(VERSION_BYTE) + u8(kind) + body
    return marked + checksum(marked)


def open_object(kind: int, data: bytes) -> bytes:
    """The body, which is still to be decoded."""
    reader = Reader(data)
    reader.version()
    found = reader.u8()
    require(found in KINDS, "UnknownKind", found)
    require(found == kind, "WrongKind", [kind, found])
    rest = reader.rest()
    require(len(rest) >= CHECKSUM, "Truncated")
    require(checksum(data[:-CHECKSUM]) == data[-CHECKSUM:], "BadChecksum")
    return rest[:-CHECKSUM]
