"""Sections 3.1, 3.4 and 3.5: the curve registry, and the curves that the protocol itself needs."""

from __future__ import annotations

from typing import Any

import py_ecc.optimized_bls12_381 as bls
from py_ecc.bls.point_compression import compress_G1, compress_G2, decompress_G1, decompress_G2
from py_ecc.secp256k1 import secp256k1 as secp

from .edwards import ED448 as ED448
from .edwards import ED25519 as ED25519
from .edwards import JUBJUB as JUBJUB
from .edwards import JUBJUB_SPEND_AUTH as JUBJUB_SPEND_AUTH
from .errors import Error
from .groups import Curve as Curve
from .groups import Point as Point
from .pallas import PALLAS as PALLAS
from .pallas import PALLAS_SPEND_AUTH as PALLAS_SPEND_AUTH
from .ristretto import RISTRETTO255 as RISTRETTO255
from .weierstrass import P256 as P256
from .weierstrass import P384 as P384


class Secp256k1(Curve):
    id = 1
    name = "secp256k1"
    order = secp.N
    point_len = 33
    derivation_tag = b"LIT_HD_KEY_ID_K256_XMD:SHA-256_SSWU_RO_NUL_"
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
    derivation_tag = b"LIT_HD_KEY_ID_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
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


class Bls12381G2(Curve):
    id = 10
    name = "bls12381-g2"
    order = bls.curve_order
    point_len = 96
    derivation_tag = b"relight-v1 derivation bls12381-g2"
    _generator = bls.G2
    _identity = bls.Z2

    def _add(self, a: Any, b: Any) -> Any:
        return bls.add(a, b)

    def _negate(self, a: Any) -> Any:
        return bls.neg(a)

    def _multiply(self, a: Any, scalar: int) -> Any:
        return bls.multiply(a, scalar)

    def _encode(self, a: Any) -> bytes:
        return b"".join(int(half).to_bytes(48, "big") for half in compress_G2(a))

    def _decode(self, data: bytes) -> Any:
        halves = (int.from_bytes(data[:48], "big"), int.from_bytes(data[48:], "big"))
        point: Any = decompress_G2(halves)  # type: ignore[arg-type]
        if bls.is_inf(point) or not bls.is_inf(bls.multiply(point, self.order)):
            raise ValueError
        return point


SECP256K1 = Secp256k1()
BLS12381_G1 = Bls12381G1()
BLS12381_G2 = Bls12381G2()
REGISTRY: dict[int, Curve] = {
    curve.id: curve
    for curve in (
        SECP256K1, BLS12381_G1, P256, P384, ED25519, RISTRETTO255, ED448, JUBJUB, JUBJUB_SPEND_AUTH, BLS12381_G2,
        PALLAS, PALLAS_SPEND_AUTH,
    )
}  # fmt: skip


def curve_by_id(number: int) -> Curve:
    curve = REGISTRY.get(number)
    if curve is None:
        raise Error("UnknownCurve", number)
    return curve
