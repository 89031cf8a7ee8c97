"""Section 3.1: the second group, the target group, the pairing and the hash to the second group."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Any

import py_ecc.optimized_bls12_381 as bls
from py_ecc.bls.hash_to_curve import hash_to_G2
from py_ecc.bls.point_compression import compress_G2, decompress_G2

from .curves import BLS12381_G1, Point
from .errors import Error, require

P = bls.field_modulus
R = bls.curve_order
HASH_DST = b"BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_NUL_"
# The automorphism x -> x^(p^2) of Fp12 = Fp2[w] fixes Fp2 and multiplies w by
# (1 + u)^((p^2 - 1) / 6) = 2^((p - 1) / 6).
GAMMA = pow(2, (P - 1) // 6, P)


class G2:
    """An element of the second group."""

    LENGTH = 96

    def __init__(self, value: Any) -> None:
        self.value = value

    def __add__(self, other: G2) -> G2:
        return G2(bls.add(self.value, other.value))

    def __rmul__(self, scalar: int) -> G2:
        return G2(bls.multiply(self.value, scalar % R))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, G2) and self.encode() == other.encode()

    def __hash__(self) -> int:
        return hash(self.encode())

    def encode(self) -> bytes:
        high, low = compress_G2(self.value)
        return int(high).to_bytes(48, "big") + int(low).to_bytes(48, "big")

    @staticmethod
    def decode(data: bytes) -> G2:
        return _decode_g2(data)


@lru_cache(maxsize=1024)
def _decode_g2(data: bytes) -> G2:
    require(len(data) == G2.LENGTH, "InvalidPoint")
    try:
        halves: Any = (int.from_bytes(data[:48], "big"), int.from_bytes(data[48:], "big"))
        point: Any = decompress_G2(halves)
    except ValueError:
        raise Error("InvalidPoint") from None
    valid = not bls.is_inf(point) and bls.is_inf(bls.multiply(point, R))
    require(valid, "InvalidPoint")
    return G2(point)


class Gt:
    """An element of the target group, written multiplicatively."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __pow__(self, scalar: int) -> Gt:
        return _power(self, scalar % R)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Gt) and self.encode() == other.encode()

    def __hash__(self) -> int:
        return hash(self.encode())

    def encode(self) -> bytes:
        """Six coefficients in Fp2, by ascending powers of w, each real part first: 576 bytes.

        The library writes Fp12 as Fp[w] with w^6 = 1 + u, so that a + b*u at w^k is (a - b)*w^k + b*w^(k+6).
        """
        c = [int(x) % P for x in self.value.coeffs]
        pairs = [((c[k] + c[k + 6]) % P, c[k + 6]) for k in range(6)]
        return b"".join(x.to_bytes(48, "big") for pair in pairs for x in pair)


@lru_cache(maxsize=4096)
def _power(base: Gt, scalar: int) -> Gt:
    return Gt(base.value**scalar)


@lru_cache(maxsize=1024)
def hash_to_g2(message: bytes) -> G2:
    return G2(hash_to_G2(message, HASH_DST, hashlib.sha256))  # type: ignore[arg-type]


def conjugate(f: Any) -> Any:
    """f^(p^6): w becomes -w."""
    return bls.FQ12([c if k % 2 == 0 else -c for k, c in enumerate(f.coeffs)])


def frobenius_squared(f: Any) -> Any:
    """f^(p^2): w becomes GAMMA * w."""
    return bls.FQ12([c * pow(GAMMA, k, P) for k, c in enumerate(f.coeffs)])


def final_exponentiation(f: Any) -> Any:
    """f^(3 * (p^12 - 1) / r), with p^12 - 1 = (p^6 - 1) * (p^2 + 1) * (p^4 - p^2 + 1)."""
    f = conjugate(f) * f.inv()
    f = frobenius_squared(f) * f
    return f ** (3 * (P**4 - P**2 + 1) // R)


@lru_cache(maxsize=1024)
def pairing(p: Point, q: G2) -> Gt:
    """The optimal ate pairing of the text. The library's Miller loop runs over |x|; x is negative."""
    assert p.curve is BLS12381_G1
    miller: Any = bls.pairing(q.value, p.value, False)
    return Gt(final_exponentiation(conjugate(miller)))
