"""Ways to damage an encoding."""

from __future__ import annotations

from collections.abc import Iterator

from relight_ref import secret_objects
from relight_ref.curves import (
    BLS12381_G1,
    BLS12381_G2,
    ED448,
    ED25519,
    JUBJUB,
    JUBJUB_SPEND_AUTH,
    P256,
    P384,
    PALLAS,
    PALLAS_SPEND_AUTH,
    RISTRETTO255,
    SECP256K1,
    Curve,
)
from relight_ref.pairing import G2, P, hash_to_g2

from .bad_points import bad_edwards, bad_pallas, bad_ristretto, bad_weierstrass
from .build import Change

raw = bytes.fromhex


def splice(data: str, offset: int, new: str) -> str:
    """Overwrites bytes from an offset on; a negative one counts from the end."""
    start = offset if offset >= 0 else len(data) // 2 + offset
    return data[: 2 * start] + new + data[2 * start + len(new) :]


def flip(data: str, offset: int) -> str:
    """Flips the lowest bit of a byte."""
    start = offset if offset >= 0 else len(data) // 2 + offset
    return splice(data, start, f"{raw(data)[start] ^ 1:02x}")


def insert(data: str, offset: int, new: str) -> str:
    return data[: 2 * offset] + new + data[2 * offset :]


def remove(data: str, offset: int, length: int) -> str:
    return data[: 2 * offset] + data[2 * (offset + length) :]


def _g1_by_x(wanted: int) -> str:
    """A point outside the subgroup (wanted 1), or an abscissa off the curve (wanted 0)."""
    x = 0
    while True:
        x += 1
        square = (x**3 + 4) % P
        on_curve = pow(square, (P - 1) // 2, P) == 1
        if on_curve == bool(wanted):
            return (x | 1 << 383).to_bytes(48, "big").hex()


def _g1_unreduced() -> str:
    """A point of the group whose abscissa is written without reduction."""
    point = BLS12381_G1.generator
    while True:
        point = point + BLS12381_G1.generator
        encoding = int.from_bytes(point.encode(), "big")
        flags, x = encoding >> 381, encoding % (1 << 381)
        if x + P < 1 << 381:
            return (flags << 381 | x + P).to_bytes(48, "big").hex()


G1_GENERATOR = BLS12381_G1.generator.encode().hex()
BAD_G1 = {
    "the identity": "c0" + "00" * 47,
    "the identity with another flag": "e0" + "00" * 47,
    "the identity without the compression flag": "40" + "00" * 47,
    "the identity flag over an abscissa": "c0" + "00" * 46 + "01",
    "all zeros": "00" * 48,
    "all ones": "ff" * 48,
    "no compression flag": f"{raw(G1_GENERATOR)[0] & 0x7F:02x}" + G1_GENERATOR[2:],
    "a point outside the subgroup": _g1_by_x(1),
    "an abscissa off the curve": _g1_by_x(0),
    "an abscissa that equals the field prime": (P | 1 << 383).to_bytes(48, "big").hex(),
    "an abscissa that is not reduced": _g1_unreduced(),
}
SECP_GENERATOR = SECP256K1.generator.encode().hex()
SECP_P = 2**256 - 2**32 - 977
BAD_SECP = {
    "all zeros": "00" * 33,
    "the one-byte identity, padded": "00" + SECP_GENERATOR[2:],
    "the tag of an uncompressed point": "04" + SECP_GENERATOR[2:],
    "the tag of a compact point": "05" + SECP_GENERATOR[2:],
    "the tag of a hybrid point": "06" + SECP_GENERATOR[2:],
    "an abscissa off the curve": "02" + (5).to_bytes(32, "big").hex(),
    "an abscissa that equals the field prime": "02" + SECP_P.to_bytes(32, "big").hex(),
    "an abscissa above the field prime": "02" + (SECP_P + 1).to_bytes(32, "big").hex(),
    "all ones": "ff" * 33,
}

def _g2_outside() -> str:
    """The first abscissa on the curve; the cofactor is so large that it is outside the subgroup."""
    from py_ecc.bls.point_compression import decompress_G2

    x = 0
    while True:
        x += 1
        try:
            decompress_G2((1 << 383, x))  # type: ignore[arg-type]
        except ValueError:
            continue
        return (1 << 383).to_bytes(48, "big").hex() + x.to_bytes(48, "big").hex()


G2_GOOD = hash_to_g2(b"point").encode().hex()
BAD_G2 = {
    "the identity": "c0" + "00" * 95,
    "the identity with another flag": "e0" + "00" * 95,
    "all zeros": "00" * 96,
    "all ones": "ff" * 96,
    "a point outside the subgroup": _g2_outside(),
    "a coordinate that equals the field prime": (1 << 383).to_bytes(48, "big").hex() + P.to_bytes(48, "big").hex(),
    "the identity flag over an abscissa": "c0" + "00" * 94 + "01",
    "the identity without the compression flag": "40" + "00" * 95,
    "no compression flag": f"{raw(G2_GOOD)[0] & 0x7F:02x}" + G2_GOOD[2:],
    "its coordinates exchanged": G2_GOOD[96:] + G2_GOOD[:96],
    "a first coordinate that equals the field prime": (P | 1 << 383).to_bytes(48, "big").hex() + "00" * 48,
    "a first coordinate above the field prime": (P + 1 | 1 << 383).to_bytes(48, "big").hex() + "00" * 48,
    "a flag in the second coordinate": G2_GOOD[:96] + f"{raw(G2_GOOD)[48] | 0x80:02x}" + G2_GOOD[98:],
    "a point of the first group, padded": G1_GENERATOR + "00" * 48,
    "minus itself with a bit flipped": f"{raw(G2_GOOD)[0] ^ 0x20:02x}" + G2_GOOD[2:-2] + f"{raw(G2_GOOD)[-1] ^ 1:02x}",
}
assert G2.LENGTH == 96

BAD_POINTS = {
    SECP256K1.id: BAD_SECP,
    BLS12381_G1.id: BAD_G1,
    BLS12381_G2.id: BAD_G2,
    RISTRETTO255.id: bad_ristretto(),
    **{curve.id: bad_weierstrass(curve) for curve in (P256, P384)},
    **{curve.id: bad_pallas(curve) for curve in (PALLAS, PALLAS_SPEND_AUTH)},
    **{curve.id: bad_edwards(curve) for curve in (ED25519, ED448, JUBJUB, JUBJUB_SPEND_AUTH)},
}


def bad_scalars(curve: Curve, zero: bool) -> dict[str, str]:
    """Encodings that are not canonical, and zero where that is refused."""
    found = {
        "the group order": curve.encode_scalar(curve.order).hex(),
        "the group order plus one": curve.encode_scalar(curve.order + 1).hex(),
        "the group order plus two": curve.encode_scalar(curve.order + 2).hex(),
        "all ones": "ff" * curve.scalar_len,
    }
    return {**found, "zero": "00" * curve.scalar_len} if zero else found


def replaced(field: str, data: str, offset: int, what: str, error: str, new: dict[str, str]) -> Iterator[Change]:
    for words, value in new.items():
        yield f"{what} is {words}", error, {field: splice(data, offset, value)}


def structural(field: str, data: str, versioned: bool = True) -> Iterator[Change]:
    """What every strict decoder refuses."""
    yield "no bytes at all", "Truncated", {field: ""}
    yield "only the first byte", "Truncated", {field: data[:2]}
    yield "cut in half", "Truncated", {field: data[: len(data) // 4 * 2]}
    yield "the last byte is missing", "Truncated", {field: data[:-2]}
    yield "a byte follows", "TrailingBytes", {field: data + "00"}
    yield "the whole encoding follows again", "TrailingBytes", {field: data + data}
    if versioned:
        for version in ("00", "02", "ff"):
            yield f"version byte {version}", "UnsupportedVersion", {field: splice(data, 0, version)}


def sealed(marked: str) -> str:
    """A secret object, from all that precedes its checksum."""
    return marked + secret_objects.checksum(raw(marked)).hex()


def resealed(data: str) -> str:
    """With the checksum of what it has become."""
    return sealed(data[:-16])


def secret_structural(field: str, good: str) -> Iterator[Change]:
    """What is refused of every secret object."""
    kind, checksum = int(good[2:4], 16), "BadChecksum"
    yield "no bytes at all", "Truncated", {field: ""}
    yield "only the first byte", "Truncated", {field: good[:2]}
    yield "only version and kind", "Truncated", {field: good[:4]}
    yield "seven bytes after version and kind", "Truncated", {field: good[:18]}
    for words, made in {
        "cut in half": good[: len(good) // 4 * 2], "the last byte is missing": good[:-2], "a byte follows": good + "00",
        "the whole encoding follows again": good + good, "a bit of its checksum is flipped": flip(good, -1),
        "the first bit of its checksum is flipped": splice(good, -8, f"{raw(good)[-8] ^ 128:02x}"),
        "the first byte of its body has a bit flipped": flip(good, 2),
        "the last byte of its body has a bit flipped": flip(good, -9),
    }.items():  # fmt: skip
        yield words, checksum, {field: made}
    for version in ("00", "02", "ff"):
        yield f"version byte {version}", "UnsupportedVersion", {field: splice(good, 0, version)}
    for unknown in (0, 6, 255):
        yield f"kind byte {unknown}", f"UnknownKind:{unknown}", {field: splice(good, 1, f"{unknown:02x}")}
    for other in set(secret_objects.KINDS) - {kind}:
        made = resealed(splice(good, 1, f"{other:02x}"))
        yield f"a secret of kind {other}", f"WrongKind:{[kind, other]}", {field: made}
    yield "an empty body", "Truncated", {field: sealed(good[:4])}
    yield "its body is a byte shorter", "Truncated", {field: sealed(good[:-18])}
    yield "its body is a byte longer", "TrailingBytes", {field: sealed(good[:-16] + "00")}
