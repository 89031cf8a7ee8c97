"""Encodings that are no points of a curve's group."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from relight_ref.edwards import P25519, Edwards, Projective, square_root
from relight_ref.pallas import SIGN, Pallas
from relight_ref.ristretto import RISTRETTO255
from relight_ref.weierstrass import Weierstrass


def bad_weierstrass(curve: Weierstrass) -> dict[str, str]:
    good, width, p = curve.generator.encode().hex(), curve.scalar_len, curve.prime
    square = (p + 1) // 2
    off = next(x for x in count(1) if pow(x**3 - 3 * x + curve.b, square - 1, p) == p - 1)
    return {
        "all zeros": "00" * (width + 1),
        "the one-byte identity, padded": "00" + good[2:],
        "the tag of an uncompressed point": "04" + good[2:],
        "the tag of a compact point": "05" + good[2:],
        "the tag of a hybrid point": "06" + good[2:],
        "an abscissa off the curve": "02" + off.to_bytes(width, "big").hex(),
        "an abscissa that equals the field prime": "02" + p.to_bytes(width, "big").hex(),
        "an abscissa that is not reduced": "02" + _unreduced_abscissa(curve).to_bytes(width, "big").hex(),
        "all ones": "ff" * (width + 1),
    }


def _unreduced_abscissa(curve: Weierstrass) -> int:
    """One that would be on the curve if it were reduced."""
    p = curve.prime
    return p + next(x for x in count() if pow(x**3 - 3 * x + curve.b, (p - 1) // 2, p) == 1)


def bad_pallas(curve: Pallas) -> dict[str, str]:
    p = curve.prime
    off = next(x for x in count(1) if not _is_abscissa(curve, x))
    on = next(x for x in count(1) if _is_abscissa(curve, x))
    found = {
        "the identity": 0,
        "the identity with a sign": SIGN,
        "an abscissa off the curve": off,
        "an abscissa off the curve with a sign": off | SIGN,
        "an abscissa that equals the field prime": p,
        "an abscissa that is not reduced": p + on,
        "an abscissa that is not reduced, with a sign": p + on | SIGN,
        "all ones without the sign": SIGN - 1,
        "all ones": 2 * SIGN - 1,
    }
    return {words: value.to_bytes(32, "little").hex() for words, value in found.items()}


def _is_abscissa(curve: Pallas, x: int) -> bool:
    return pow(x**3 + curve.b, (curve.prime - 1) // 2, curve.prime) == 1


def bad_edwards(curve: Edwards) -> dict[str, str]:
    sign, p, good = 1 << 8 * curve.point_len - 1, curve.prime, curve.generator
    number = int.from_bytes(good.encode(), "little")
    off = next(y for y in count(2) if _abscissa(curve, y) is None)
    found = {
        "the identity": 1,
        "the identity with a sign": 1 | sign,
        "the identity, not reduced": 1 + p,
        "the point of order two with a sign": p - 1 | sign,
        "an ordinate off the curve": off,
        "an ordinate that equals the field prime": p,
        "all zeros": 0,
        "all ones": 2 * sign - 1,
        **{f"a point of small order, the {n}.": y for n, y in enumerate(_torsion(curve), 1)},
        "itself plus a point of small order": _encoded(curve, curve._add(good.value, _small(curve))),
        "a point of the whole curve": _encoded(curve, _outside(curve)),
    }
    if p < sign >> 1:
        found["it with an unused bit"] = number | 1 << p.bit_length()
        found["it, not reduced"] = number + p if number < sign else number - sign + p | sign
    return {words: value.to_bytes(curve.point_len, "little").hex() for words, value in found.items()}


def _encoded(curve: Edwards, point: Projective) -> int:
    return int.from_bytes(curve._encode(point), "little")


def _abscissa(curve: Edwards, y: int) -> int | None:
    try:
        return square_root((1 - y * y) * pow(curve.a - curve.d * y * y, -1, curve.prime) % curve.prime, curve.prime)
    except ValueError:
        return None


def _points(curve: Edwards) -> Iterator[Projective]:
    """Points of the whole curve."""
    for y in count(2):
        x = _abscissa(curve, y)
        if x is not None:
            yield (x, y, 1)


def _outside(curve: Edwards) -> Projective:
    return next(point for point in _points(curve) if not curve._is_identity(curve._multiply(point, curve.order)))


def _small(curve: Edwards) -> Projective:
    """A generator of the points of small order: 8 of them, or 4."""
    size = 4 if curve.name == "ed448" else 8
    for point in _points(curve):
        small = curve._multiply(point, curve.order)
        if not curve._is_identity(curve._multiply(small, size // 2)):
            return small
    raise AssertionError


def _torsion(curve: Edwards) -> list[int]:
    """All points of small order but the identity."""
    found, point = [], _small(curve)
    multiple = point
    while not curve._is_identity(multiple):
        found.append(_encoded(curve, multiple))
        multiple = curve._add(multiple, point)
    return found


def bad_ristretto() -> dict[str, str]:
    """The ways of RFC 9496, Appendix A.2."""
    p, good = P25519, int.from_bytes(RISTRETTO255.generator.encode(), "little")
    rejected = [s for s in range(2, 200, 2) if not _decodes(s)]
    found = {
        "the identity": 0,
        "the field prime": p,
        "two, not reduced": p + 2,
        "all ones without the highest bit": 2**255 - 1,
        "all ones": 2**256 - 1,
        "it with the highest bit": good | 1 << 255,
        "one, which is negative": 1,
        "its own opposite, which is negative": p - good,
        "minus one, so that y is zero": p - 1,
        **{f"{s}, which is no point": s for s in rejected[:6]},
    }
    return {words: value.to_bytes(32, "little").hex() for words, value in found.items()}


def _decodes(s: int) -> bool:
    try:
        RISTRETTO255._decode(s.to_bytes(32, "little"))
    except ValueError:
        return False
    return True
