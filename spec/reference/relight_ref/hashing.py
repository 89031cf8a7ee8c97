"""Sections 3.2 and 3.3: the hash framing and hashing to scalars."""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import TYPE_CHECKING

from .codec import u16, u64

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .curves import Curve

VERSION = b"relight-v1"


def prefixed(part: bytes) -> bytes:
    return u64(len(part)) + part


def frame(label: str, *parts: bytes) -> bytes:
    """The injective framing of a label and parts."""
    return b"".join(prefixed(part) for part in (VERSION, label.encode("ascii"), *parts))


def xof(label: str, *parts: bytes, length: int = 32) -> bytes:
    return hashlib.shake_256(frame(label, *parts)).digest(length)


def short_code(label: str, digest: bytes) -> str:
    """To be compared by voice."""
    return twenty_digits(xof(label, digest, length=16))


def double_code(label: str, digest: bytes) -> str:
    """To be compared by voice, of what somebody makes who could search for two that share a code."""
    output = xof(label, digest)
    return f"{twenty_digits(output[:16])} {twenty_digits(output[16:])}"


def twenty_digits(output: bytes) -> str:
    digits = f"{int.from_bytes(output, 'big') % 10**20:020}"
    return " ".join(digits[k : k + 5] for k in range(0, 20, 5))


def scalars(curves: Sequence[Curve], label: str, *parts: bytes) -> list[int]:
    """A scalar for each of the curves, one after the other from the endless output."""
    output = BytesIO(xof(label, *parts, length=sum(curve.wide_len for curve in curves)))
    return [int.from_bytes(output.read(curve.wide_len), "big") % curve.order for curve in curves]


def hash_to_scalar(curve: Curve, label: str, *parts: bytes) -> int:
    [scalar] = scalars([curve], label, u16(curve.id), *parts)
    return scalar
