"""Chapter 12: hierarchical derivation."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from py_ecc.bls.hash import expand_message_xmd

from .codec import u8, u16
from .curves import Curve, Point
from .errors import require


def expand(hash_name: str, message: bytes, dst: bytes, length: int) -> bytes:
    """RFC 9380, Section 5.3.1; with SHAKE256 Section 5.3.2."""
    if hash_name == "shake_256":
        return hashlib.shake_256(message + u16(length) + dst + u8(len(dst))).digest(length)
    constructor: Any = getattr(hashlib, hash_name)
    expanded: bytes = expand_message_xmd(message, dst, length, constructor)
    return expanded


def tweak(curve: Curve, info: bytes, dst: bytes) -> int:
    """A hash to one scalar, with the curve's own hash."""
    require(1 <= len(dst) <= 255, "InvalidLength")
    hash_name, length, byte_order = curve.derivation_hash
    return int.from_bytes(expand(hash_name, info, dst, length), byte_order) % curve.order


def derive_secret(curve: Curve, info: bytes, dst: bytes, roots: Sequence[int]) -> int:
    """Also derives shares from shares."""
    require(len(roots) >= 2, "InvalidLength")
    h, derived = tweak(curve, info, dst), 0
    for root in reversed(roots):
        derived = (derived * h + root) % curve.order
    require(derived != 0, "InvalidScalar")
    return derived


def derive_public(curve: Curve, info: bytes, dst: bytes, roots: Sequence[Point]) -> Point:
    require(len(roots) >= 2, "InvalidLength")
    h, derived = tweak(curve, info, dst), curve.identity
    for root in reversed(roots):
        derived = h * derived + root
    require(not derived.is_identity(), "InvalidPoint")
    return derived


def augment(public: Point, message: bytes) -> bytes:
    """What is signed, exchanged or decrypted under a derived key names the key."""
    return public.encode() + message
