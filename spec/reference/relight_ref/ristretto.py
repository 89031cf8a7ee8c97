"""Ristretto255, as RFC 9496 makes it from edwards25519."""

from __future__ import annotations

from .edwards import ED25519, P25519, Edwards, Projective, square_root

SQRT_M1 = square_root(-1 % P25519, P25519)
INVSQRT_A_MINUS_D = square_root(pow(-1 - ED25519.d, -1, P25519), P25519)


def absolute(number: int) -> int:
    """The one of a field element and its opposite that is even."""
    return -number % P25519 if number % P25519 % 2 else number % P25519


def inverse_root(number: int) -> tuple[bool, int]:
    """SQRT_RATIO_M1(1, number): the root of 1/number, or of i/number if the former is none."""
    if number % P25519 == 0:
        return False, 0
    inverse = pow(number, -1, P25519)
    try:
        return True, absolute(square_root(inverse, P25519))
    except ValueError:
        return False, absolute(square_root(SQRT_M1 * inverse % P25519, P25519))


class Ristretto(Edwards):
    """Cosets of the torsion of edwards25519; a representative stands for each."""

    def _encode(self, a: Projective) -> bytes:
        p, (x, y) = P25519, self._affine(a)
        u1, u2 = (1 + y) * (1 - y) % p, x * y % p
        _, root = inverse_root(u1 * u2 * u2)
        den1, den2 = root * u1 % p, root * u2 % p
        z_inverse = den1 * den2 * x * y % p
        rotate = x * y * z_inverse % p % 2 == 1
        if rotate:
            x, y, den_inverse = y * SQRT_M1 % p, x * SQRT_M1 % p, den1 * INVSQRT_A_MINUS_D % p
        else:
            den_inverse = den2
        if x * z_inverse % p % 2 == 1:
            y = -y % p
        return absolute(den_inverse * (1 - y)).to_bytes(32, "little")

    def _decode(self, data: bytes) -> Projective:
        p, s = P25519, int.from_bytes(data, "little")
        if s >= p or s % 2 == 1:
            raise ValueError
        u1, u2 = (1 - s * s) % p, (1 + s * s) % p
        v = (-self.d * u1 * u1 - u2 * u2) % p
        was_square, root = inverse_root(v * u2 * u2)
        den_x = root * u2 % p
        den_y = root * den_x * v % p
        x = absolute(2 * s * den_x)
        y = u1 * den_y % p
        if not was_square or x * y % p % 2 == 1 or y == 0 or s == 0:
            raise ValueError
        return (x, y, 1)


RISTRETTO255 = Ristretto(
    id=6,
    name="ristretto255",
    prime=P25519,
    a=-1,
    d=ED25519.d,
    order=ED25519.order,
    scalar_len=32,
    wide_len=48,
    derivation_tag=b"LIT_HD_KEY_ID_RISTRETTO255_XMD:SHA-512_ELL2_RO_NUL_",
    derivation_hash=("sha512", 64, "little"),
    base=ED25519.base,
)
