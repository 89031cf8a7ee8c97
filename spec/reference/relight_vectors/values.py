"""What the JSON of a case means."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, repeat
from typing import Any

from relight_ref.curves import BLS12381_G1, Curve
from relight_ref.identifiers import identifier_bytes, identifier_from

Json = dict[str, Any]
raw = bytes.fromhex


def scalar_hex(value: int, curve: Curve = BLS12381_G1) -> str:
    """An encoded scalar; those of secp256k1 and BLS12-381 have the same form."""
    return curve.encode_scalar(value).hex()


def secret_int(data: str, curve: Curve = BLS12381_G1) -> int:
    return int.from_bytes(raw(data), curve.byte_order)


def secret_ints(data: Sequence[str], curves: Sequence[Curve]) -> list[int]:
    """A secret for each curve; there may be a wrong number of them."""
    return [secret_int(x, curve) for x, curve in zip(data, chain(curves, repeat(BLS12381_G1)), strict=False)]


def identifier(data: str) -> int:
    return identifier_from(raw(data))


def identifier_list(data: Sequence[str]) -> list[int]:
    return [identifier(one) for one in data]


def identifier_hex(number: int) -> str:
    return identifier_bytes(number).hex()


def identifier_hexes(*numbers: int) -> list[str]:
    return [identifier_hex(number) for number in numbers]


class Draws:
    """Plays back fixed randomness, draw by draw."""

    def __init__(self, draws: list[str]) -> None:
        self.draws = [raw(draw) for draw in draws]

    def __call__(self, length: int) -> bytes:
        draw = self.draws.pop(0)
        assert len(draw) == length, (len(draw), length)
        return draw

    def done(self) -> None:
        assert not self.draws, "randomness left over"
