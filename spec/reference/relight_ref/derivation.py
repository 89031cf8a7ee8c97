"""Chapter 12: hierarchical derivation."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from py_ecc.bls.hash import expand_message_xmd

from .curves import Curve, Point
from .errors import require


def tweak(curve: Curve, identifier: bytes, dst: bytes) -> int:
    """RFC 9380 hash to one scalar."""
    require(1 <= len(dst) <= 255, "InvalidLength")
    wide: bytes = expand_message_xmd(identifier, dst, curve.wide_len, hashlib.sha256)  # type: ignore[arg-type]
    return int.from_bytes(wide, "big") % curve.order


def derive_secret(curve: Curve, identifier: bytes, dst: bytes, roots: Sequence[int]) -> int:
    """Also derives shares from shares."""
    require(len(roots) > 0, "InvalidLength")
    h, derived = tweak(curve, identifier, dst), 0
    for root in reversed(roots):
        derived = (derived * h + root) % curve.order
    require(derived != 0, "InvalidScalar")
    return derived


def derive_public(curve: Curve, identifier: bytes, dst: bytes, roots: Sequence[Point]) -> Point:
    require(len(roots) > 0, "InvalidLength")
    h, derived = tweak(curve, identifier, dst), curve.identity
    for root in reversed(roots):
        derived = h * derived + root
    require(not derived.is_identity(), "InvalidPoint")
    return derived
