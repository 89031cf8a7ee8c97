"""Pallas of the Zcash protocol specification, with its encodings."""

from __future__ import annotations

from dataclasses import dataclass

from .edwards import square_root
from .groups import ByteOrder
from .weierstrass import Affine, Weierstrass

P = 0x40000000000000000000000000000000224698FC094CF91B992D30ED00000001
SIGN = 1 << 255


@dataclass(frozen=True, kw_only=True)
class Pallas(Weierstrass):
    """y^2 = x^3 + 5, encoded as the abscissa in little-endian order and the lowest bit of the ordinate."""

    prime: int = P
    a: int = 0
    b: int = 5
    order: int = 0x40000000000000000000000000000000224698FC0994A8DD8C46EB2100000001
    scalar_len: int = 32
    wide_len: int = 48
    derivation_tag: bytes = b"LIT_HD_KEY_ID_REDPALLAS_XMD:BLAKE2B-512_SSWU_RO_NUL_"
    derivation_hash: tuple[str, int, ByteOrder] = ("blake2b", 48, "big")
    byte_order: ByteOrder = "little"

    @property
    def point_len(self) -> int:  # type: ignore[override]
        return 32

    def _encode(self, a: Affine) -> bytes:
        """Of the identity zeros, as zero is no abscissa."""
        x, y = (0, 0) if a is None else a
        return (x | SIGN * (y % 2)).to_bytes(32, "little")

    def _decode(self, data: bytes) -> Affine:
        sign, x = divmod(int.from_bytes(data, "little"), SIGN)
        if x >= P:
            raise ValueError
        y = square_root((x**3 + self.b) % P, P)
        return (x, y if y % 2 == sign else P - y)


PALLAS = Pallas(id=11, name="pallas", base=(P - 1, 2))
PALLAS_SPEND_AUTH = Pallas(
    id=12,
    name="pallas-spend-auth",
    base=(
        0x375523B328F1D6063B8D187C3E5F445F0C7F0CE37B70A10C8D1A7284B875C963,
        0x1AD0357FDF1A66DB7B10BCFCFED624FBDFC914FEC005BDD84CE33E817B0C3BC9,
    ),
)
