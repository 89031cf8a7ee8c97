"""Curves in the form of Weierstrass: P-256 and P-384 of NIST SP 800-186, with the encodings of SEC 1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .groups import Curve, DerivationHash

Affine = tuple[int, int] | None


@dataclass(frozen=True, kw_only=True)
class Weierstrass(Curve):
    """y^2 = x^3 + a·x + b over a prime field, in which -1 is no square unless a subclass decodes. The identity is None."""

    id: int
    name: str
    prime: int
    a: int = -3
    b: int
    order: int
    scalar_len: int
    wide_len: int
    derivation_tag: bytes
    derivation_hash: DerivationHash = ("sha256", 48, "big")
    base: tuple[int, int]

    @property
    def point_len(self) -> int:  # type: ignore[override]
        return 1 + self.scalar_len

    @property
    def _generator(self) -> Any:
        return self.base

    _identity = None

    def _add(self, a: Affine, b: Affine) -> Affine:
        if a is None or b is None:
            return b if a is None else a
        p, (x1, y1), (x2, y2) = self.prime, a, b
        if x1 == x2 and (y1 + y2) % p == 0:
            return None
        rise, run = (3 * x1 * x1 + self.a, 2 * y1) if a == b else (y2 - y1, x2 - x1)
        slope = rise * pow(run, -1, p)
        x = (slope * slope - x1 - x2) % p
        return (x, (slope * (x1 - x) - y1) % p)

    def _negate(self, a: Affine) -> Affine:
        return None if a is None else (a[0], -a[1] % self.prime)

    def _multiply(self, a: Affine, scalar: int) -> Affine:
        product: Affine = None
        for bit in f"{scalar:b}":
            product = self._add(product, product)
            product = self._add(product, a) if bit == "1" else product
        return product

    def _encode(self, a: Affine) -> bytes:
        if a is None:
            return bytes(self.point_len)
        return bytes([2 + a[1] % 2]) + a[0].to_bytes(self.scalar_len, "big")

    def _decode(self, data: bytes) -> Affine:
        p, x = self.prime, int.from_bytes(data[1:], "big")
        if data[0] not in (2, 3) or x >= p:
            raise ValueError
        square = (x**3 + self.a * x + self.b) % p
        y = pow(square, (p + 1) // 4, p)
        if y * y % p != square:
            raise ValueError
        return (x, y if y % 2 == data[0] - 2 else p - y)


P256 = Weierstrass(
    id=3,
    name="p256",
    prime=2**256 - 2**224 + 2**192 + 2**96 - 1,
    b=0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B,
    order=0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    scalar_len=32,
    wide_len=48,
    derivation_tag=b"LIT_HD_KEY_ID_P256_XMD:SHA-256_SSWU_RO_NUL_",
    base=(
        0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
        0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
    ),
)

P384 = Weierstrass(
    id=4,
    name="p384",
    prime=2**384 - 2**128 - 2**96 + 2**32 - 1,
    b=0xB3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8EDD3EC2AEF,
    order=0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973,
    scalar_len=48,
    wide_len=64,
    derivation_tag=b"LIT_HD_KEY_ID_P384_XMD:SHA-384_SSWU_RO_NUL_",
    derivation_hash=("sha384", 72, "big"),
    base=(
        0xAA87CA22BE8B05378EB1C71EF320AD746E1D3B628BA79B9859F741E082542A385502F25DBF55296C3A545E3872760AB7,
        0x3617DE4A96262C6F5D9E98BF9292DC29F8F41DBD289A147CE9DA3113B5F0B8C00A60B1CE1D7E819D7A431D7C90EA0E5F,
    ),
)
