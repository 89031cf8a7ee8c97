"""Chapter 8: Blinders, member keys and, of chapter 3, identity keys."""

from __future__ import annotations

from . import secret_objects
from .codec import Reader, decode_all
from .curves import BLS12381_G1, SECP256K1, Curve, Point
from .secret_objects import BLINDER, IDENTITY_KEY, MEMBER_KEY
from .sharing import Rng

CURVES: dict[int, Curve] = {IDENTITY_KEY: SECP256K1, MEMBER_KEY: BLS12381_G1, BLINDER: BLS12381_G1}


def random_scalar(curve: Curve, rng: Rng) -> int:
    """Never zero."""
    while True:
        scalar = int.from_bytes(rng(curve.wide_len), "big") % curve.order
        if scalar != 0:
            return scalar


def public(kind: int, secret: int) -> Point:
    return secret * CURVES[kind].generator


def encode_secret(kind: int, secret: int) -> bytes:
    return secret_objects.close(kind, CURVES[kind].encode_scalar(secret))


def decode_secret(kind: int, data: bytes) -> int:
    curve = CURVES[kind]

    def read(reader: Reader) -> int:
        return curve.decode_secret(reader.take(curve.scalar_len))

    return decode_all(secret_objects.open_object(kind, data), read)
