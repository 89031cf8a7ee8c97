"""Section 4.1: party indices, share identifiers and thresholds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .codec import Reader, u8
from .curves import Curve
from .errors import require

MAX_INDEX = 65535
IDENTIFIER_LEN = 64


def check_index(number: int, parties: int = MAX_INDEX) -> int:
    """The name of a party of a ceremony, roster or network."""
    require(1 <= number <= parties, "InvalidIndex", number)
    return number


def check_ascending(indices: Sequence[int]) -> None:
    for previous, index in zip(indices, indices[1:], strict=False):
        require(previous != index, "DuplicateIndex", index)
        require(previous < index, "InvalidIndex", index)


def check_distinct(named: Iterable[tuple[int, object]]) -> None:
    """No two parties have the same name; the second of two is at fault."""
    seen: set[object] = set()
    for index, name in named:
        require(name not in seen, "DuplicateIndex", index)
        seen.add(name)


def check_keys(keys: Iterable[tuple[int, object]]) -> None:
    """No two parties have the same key; the second of two comes as early as it can."""
    holders: dict[object, int] = {}
    for index, key in keys:
        require(key not in holders, "DuplicateKey", [holders.get(key, 0), index])
        holders[key] = index


def identifier_bytes(identifier: int) -> bytes:
    """Big-endian, without leading zeros."""
    return identifier.to_bytes((identifier.bit_length() + 7) // 8, "big")


def identifier_from(data: bytes) -> int:
    """The point at which a polynomial is evaluated: 1 to 2^512 - 1."""
    require(1 <= len(data) <= IDENTIFIER_LEN and data[0] != 0, "InvalidIdentifier")
    return int.from_bytes(data, "big")


def encode_identifier(identifier: int) -> bytes:
    """opaque identifier<1..64>"""
    data = identifier_bytes(identifier)
    return u8(len(data)) + data


def read_identifier(reader: Reader) -> int:
    return identifier_from(reader.short())


def check_nonzero(curve: Curve, identifier: int) -> int:
    require(identifier % curve.order != 0, "ZeroIdentifier", identifier_bytes(identifier).hex())
    return identifier


def check_identifiers(curve: Curve, identifiers: Sequence[int]) -> None:
    """Those of one sharing on the curve: none is zero modulo its order, no two are equal."""
    for identifier in identifiers:
        check_nonzero(curve, identifier)
    seen: set[int] = set()
    for identifier in identifiers:
        value = identifier % curve.order
        require(value not in seen, "DuplicateIdentifier", identifier_bytes(identifier).hex())
        seen.add(value)


def check_identifiers_on(curves: Iterable[Curve], identifiers: Sequence[int]) -> None:
    """On each of the curves, by ascending number."""
    for curve in sorted(set(curves), key=lambda curve: curve.id):
        check_identifiers(curve, identifiers)


def check_point(curve: Curve, at: int, identifiers: Sequence[int]) -> None:
    """A place at which a polynomial is interpolated: zero, or an identifier beside the others."""
    if at != 0:
        check_identifiers(curve, [*identifiers, at])


def check_threshold(threshold: int, parties: int = MAX_INDEX) -> int:
    require(1 <= threshold <= parties, "InvalidThreshold", threshold)
    return threshold


def supermajority(parties: int) -> int:
    """More than two thirds."""
    return check_threshold(2 * parties // 3 + 1, parties)
