"""Subgroups of prime order of Edwards curves, with the encodings of RFC 8032: Ed25519, Ed448 and JubJub."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .groups import ByteOrder, Curve, DerivationHash

Projective = tuple[int, int, int]


def square_root(number: int, p: int) -> int:
    """A square root modulo a prime, by Tonelli and Shanks. Raises ValueError if there is none."""
    if number % p == 0:
        return 0
    if pow(number, (p - 1) // 2, p) != 1:
        raise ValueError
    odd, twos = p - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    other = next(k for k in range(2, p) if pow(k, (p - 1) // 2, p) == p - 1)
    root, rest, unit = pow(number, (odd + 1) // 2, p), pow(number, odd, p), pow(other, odd, p)
    while rest != 1:
        power = next(k for k in range(twos) if pow(rest, 2**k, p) == 1)
        step = pow(unit, 2 ** (twos - power - 1), p)
        root, rest, unit, twos = root * step % p, rest * step * step % p, step * step % p, power
    return root


@dataclass(frozen=True, kw_only=True)
class Edwards(Curve):
    """The subgroup of order `order` of a·x^2 + y^2 = 1 + d·x^2·y^2, in projective coordinates."""

    id: int
    name: str
    prime: int
    a: int
    d: int
    order: int
    scalar_len: int
    wide_len: int
    derivation_tag: bytes
    derivation_hash: DerivationHash
    base: tuple[int, int]
    byte_order: ByteOrder = "little"

    @property
    def point_len(self) -> int:  # type: ignore[override]
        return self.scalar_len

    @property
    def _generator(self) -> Any:
        return (*self.base, 1)

    _identity = (0, 1, 1)

    def _add(self, a: Projective, b: Projective) -> Projective:
        """Complete: it doubles, too."""
        p, (x1, y1, z1), (x2, y2, z2) = self.prime, a, b
        z, x, y = z1 * z2 % p, x1 * x2 % p, y1 * y2 % p
        square, product = z * z % p, self.d * x * y % p
        low, high = square - product, square + product
        return (z * low * ((x1 + y1) * (x2 + y2) - x - y) % p, z * high * (y - self.a * x) % p, low * high % p)

    def _negate(self, a: Projective) -> Projective:
        return (-a[0] % self.prime, a[1], a[2])

    def _multiply(self, a: Projective, scalar: int) -> Projective:
        product = self._identity
        for bit in f"{scalar:b}":
            product = self._add(product, product)
            product = self._add(product, a) if bit == "1" else product
        return product

    def _affine(self, a: Projective) -> tuple[int, int]:
        inverse = pow(a[2], -1, self.prime)
        return (a[0] * inverse % self.prime, a[1] * inverse % self.prime)

    def _encode(self, a: Projective) -> bytes:
        x, y = self._affine(a)
        return (y | x % 2 << 8 * self.point_len - 1).to_bytes(self.point_len, "little")

    def _decode(self, data: bytes) -> Projective:
        p, number = self.prime, int.from_bytes(data, "little")
        sign, y = divmod(number, 1 << 8 * self.point_len - 1)
        if y >= p:
            raise ValueError
        x = square_root((1 - y * y) * pow(self.a - self.d * y * y, -1, p) % p, p)
        if x == 0 and sign == 1:
            raise ValueError
        point = (x if x % 2 == sign else p - x, y, 1)
        if self._is_identity(point) or not self._is_identity(self._multiply(point, self.order)):
            raise ValueError
        return point

    def _is_identity(self, a: Projective) -> bool:
        return self._affine(a) == (0, 1)


P25519 = 2**255 - 19
ED25519 = Edwards(
    id=5,
    name="ed25519",
    prime=P25519,
    a=-1,
    d=-121665 * pow(121666, -1, P25519) % P25519,
    order=2**252 + 27742317777372353535851937790883648493,
    scalar_len=32,
    wide_len=48,
    derivation_tag=b"LIT_HD_KEY_ID_ED25519_XMD:SHA-512_ELL2_RO_NUL_",
    derivation_hash=("sha512", 64, "little"),
    base=(
        15112221349535400772501151409588531511454012693041857206046113283949847762202,
        46316835694926478169428394003475163141307993866256225615783033603165251855960,
    ),
)

ED448 = Edwards(
    id=7,
    name="ed448",
    prime=2**448 - 2**224 - 1,
    a=1,
    d=-39081,
    order=2**446 - 13818066809895115352007386748515426880336692474882178609894547503885,
    scalar_len=57,
    wide_len=72,
    derivation_tag=b"LIT_HD_KEY_ID_ED448_XOF:SHAKE-256_ELL2_RO_NUL_",
    derivation_hash=("shake_256", 84, "big"),
    base=(
        0x4F1970C66BED0DED221D15A622BF36DA9E146570470F1767EA6DE324A3D3A46412AE1AF72AB66511433B80E18B00938E2626A82BC70CC05E,
        0x693F46716EB6BC248876203756C9C7624BEA73736CA3984087789C1E05A0C2D73AD3FF1CE67C39C4FDBD132C4ED7C8AD9808795BF230FA14,
    ),
)


def jubjub(number: int, name: str, base: tuple[int, int]) -> Edwards:
    prime = 0x73EDA753299D7D483339D80809A1D80553BDA402FFFE5BFEFFFFFFFF00000001
    return Edwards(
        id=number,
        name=name,
        prime=prime,
        a=-1,
        d=-10240 * pow(10241, -1, prime) % prime,
        order=0x0E7DB4EA6533AFA906673B0101343B00A6682093CCC81082D0970E5ED6F72CB7,
        scalar_len=32,
        wide_len=48,
        derivation_tag=b"LIT_HD_KEY_ID_REDJUBJUB_XMD:BLAKE2B-512_ELL2_RO_NUL_",
        derivation_hash=("blake2b", 64, "little"),
        base=base,
    )


JUBJUB = jubjub(
    8,
    "jubjub",
    (
        0x3EA5C4673A121CA35ED37EE3B172F5EE04315C657FBE375F512DFEA318D56FE5,
        0x57137B83EA6EDB4F78F7D30D3F616CB3B9AA6E8E40808413C10CEA38D50C55CB,
    ),
)
JUBJUB_SPEND_AUTH = jubjub(
    9,
    "jubjub-spend-auth",
    (
        0x0926D4F32059C712D418A7FF26753B6AD5B9A7D3EF8E282747BF46920A95A753,
        0x57A1019E6DE9B67553BB37D0C21CFD056D65674DCEDBDDBC305632ADAAF2B530,
    ),
)
