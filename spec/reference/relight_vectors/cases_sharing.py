"""Cases of chapter 4."""

from __future__ import annotations

from collections.abc import Iterator

from relight_ref.curves import ED25519, REGISTRY, SECP256K1, Curve
from relight_ref.sharing import VssCommitment

from . import world
from .build import Change, Vectors, draw, draws
from .mutations import BAD_POINTS, BAD_SECP, bad_scalars, flip, replaced, splice, structural
from .values import identifier_hex, identifier_hexes, scalar_hex

CURVES = tuple(REGISTRY.values())
BAD_IDENTIFIERS = {
    "the identifier zero": "00",
    "an identifier with a leading zero": "0001",
    "an empty identifier": "",
    "an identifier of 65 bytes": "01" + "00" * 64,
}


def threshold() -> Vectors:
    v = Vectors("threshold")
    for t, n in ((1, 1), (1, 9), (3, 4), (9, 9), (65535, 65535)):
        v.accept(f"{t} of {n}", threshold=t, parties=n)
    for t, n in ((0, 1), (2, 1), (10, 9), (0, 65535), (1, 0), (65535, 65534)):
        v.reject("1 of 1", f"{t} of {n}", "InvalidThreshold", threshold=t, parties=n)
    return v


def supermajority() -> Vectors:
    v = Vectors("supermajority")
    for n in (1, 2, 3, 4, 5, 6, 7, 9, 10, 99, 100, 65533, 65534, 65535):
        v.accept(f"of {n}", parties=n)
    v.reject("of 1", "no parties", "InvalidThreshold", parties=0)
    return v


def commit() -> Vectors:
    v = Vectors("commit")
    for curve in CURVES:
        for t in (1, 3):
            secret = [scalar_hex(a, curve) for a in world.coefficients("commit", curve, t)]
            v.accept(f"{curve.name}, threshold {t}", curve=curve.id, coefficients=secret, identifiers=identifier_hexes(1, 2, 65535))
    _commit_large(v)
    return v


def feldman() -> Vectors:
    v, committed = Vectors("feldman"), commit()
    for case in committed.accepted:
        v.accept(case["name"], commitment=case["output"]["commitment"], identifiers=case["input"]["identifiers"])
    for curve in CURVES:
        _damage_commitment(v, curve)
    return v


def _commit_large(v: Vectors) -> None:
    """Identifiers of every kind of size, also above the orders of all curves."""
    for curve in CURVES:
        secret = [scalar_hex(a, curve) for a in world.coefficients("commit", curve, 3)]
        large = identifier_hexes(*(world.sized(size) for size in (1, 8, 16, 32, 33, 48, 56, 57, 63, 64)))
        v.accept(f"{curve.name}, large identifiers", curve=curve.id, coefficients=secret, identifiers=large)


def _damage_identifiers(v: Vectors, curve: Curve, base: str) -> None:
    for words, data in BAD_IDENTIFIERS.items():
        v.reject(base, words, "InvalidIdentifier", identifiers=["01", data])
    for factor in (1, 2):
        zero = identifier_hex(factor * curve.order)
        change = f"{factor} times the group order for an identifier"
        v.reject(base, change, f"ZeroIdentifier:{zero}", identifiers=["01", zero])
    root = 7 * curve.invert(3)
    vanishing = VssCommitment.commit(curve, [-7 % curve.order, 3]).encode().hex()
    at = identifier_hex(root % curve.order)
    v.reject(base, "a public share that is the identity", "InvalidPoint", commitment=vanishing, identifiers=["01", at])


def _damage_commitment(v: Vectors, curve: Curve) -> None:
    base, width = f"{curve.name}, threshold 3", curve.point_len
    good = v.inputs(base)["commitment"]
    v.reject_all(base, structural("commitment", good, versioned=False))
    v.reject_all(base, replaced("commitment", good, 6, "the first coefficient commitment", "InvalidPoint", BAD_POINTS[curve.id]))
    last = replaced("commitment", good, -width, "the last commitment", "InvalidPoint", BAD_POINTS[curve.id])
    v.reject_all(base, list(last)[:2])
    v.reject(base, "curve zero", "UnknownCurve", commitment=splice(good, 0, "0000"))
    v.reject(base, "an unknown curve", "UnknownCurve", commitment=splice(good, 0, "00ff"))
    v.reject(base, "no commitments", "InvalidLength", commitment=good[:4] + "00000000")
    v.reject(base, "a vector that ends inside a point", "Truncated", commitment=_resized(good, 3 * width - 1)[:-2])
    v.reject(base, "a vector longer than the bytes", "Truncated", commitment=_resized(good, 3 * width + 1))
    v.reject(base, "a vector shorter than the bytes", "TrailingBytes", commitment=_resized(good, 2 * width))
    v.reject(base, "the largest length", "Truncated", commitment=splice(good, 2, "ffffffff"))
    _damage_identifiers(v, curve, base)


def _resized(commitment: str, length: int) -> str:
    return splice(commitment, 2, length.to_bytes(4, "big").hex())


IDENTIFIERS = ([1], [1, 2, 3], [3, 1, 2], [2, 5, 9, 65535])


def lagrange() -> Vectors:
    v = Vectors("lagrange")
    for curve in CURVES:
        for identifiers in IDENTIFIERS:
            v.accept(f"{curve.name}, {identifiers}", **_lagrange_inputs(curve, identifiers))
        large = [world.sized(size) for size in (1, 32, 64)]
        v.accept(f"{curve.name}, large identifiers", **_lagrange_inputs(curve, large))
        v.accept(f"{curve.name}, at 4", **_lagrange_inputs(curve, [3, 1, 2], 4))
        v.accept(f"{curve.name}, at a large identifier", **_lagrange_inputs(curve, large, world.sized(63)))
        above = [2, curve.order + 1, 3]
        v.accept(f"{curve.name}, an identifier above the group order", **_lagrange_inputs(curve, above))
        v.reject_all(f"{curve.name}, [1, 2, 3]", _bad_identifiers(curve))
    v.reject("secp256k1, [1, 2, 3]", "no identifiers", "InvalidLength", identifiers=[], shares=[])
    return v


def _lagrange_inputs(curve: Curve, identifiers: list[int], at: int = 0) -> dict[str, object]:
    t = min(3, len(identifiers))
    shares = [scalar_hex(world.share("lagrange", curve, t, i), curve) for i in identifiers]
    names = {"identifiers": identifier_hexes(*identifiers), "at": identifier_hex(at)}
    return {"curve": curve.id, **names, "shares": shares}


def _bad_identifiers(curve: Curve) -> Iterator[Change]:
    zero, equal = identifier_hex(curve.order), identifier_hex(curve.order + 1)
    for words, data in BAD_IDENTIFIERS.items():
        yield words, "InvalidIdentifier", {"identifiers": [data, "01", "02"]}
    yield "an identifier twice", "DuplicateIdentifier:01", {"identifiers": ["01", "02", "01"]}
    yield "an identifier that is the group order", f"ZeroIdentifier:{zero}", {"identifiers": ["01", "02", zero]}
    yield "identifiers equal modulo the order", f"DuplicateIdentifier:{equal}", {"identifiers": ["01", "02", equal]}
    yield "the group order, and before it one twice", f"ZeroIdentifier:{zero}", {"identifiers": ["01", "01", zero]}
    yield "at the group order", f"ZeroIdentifier:{zero}", {"at": zero}
    yield "at one of the identifiers", "DuplicateIdentifier:02", {"at": "02"}
    yield "at one of the identifiers modulo the order", f"DuplicateIdentifier:{equal}", {"at": equal}
    for words, data in BAD_IDENTIFIERS.items():
        if data:
            yield f"at {words}", "InvalidIdentifier", {"at": data}


def _public_shares(curve: Curve, threshold: int, identifiers: list[int]) -> list[list[str]]:
    commitment = world.commitment("interpolate", curve, threshold)
    return [[identifier_hex(i), commitment.value(i).encode().hex()] for i in identifiers]


def interpolate() -> Vectors:
    v = Vectors("interpolate")
    for curve in CURVES:
        shares = _public_shares(curve, 3, [4, 1, 7, 2, 9])
        v.accept(f"{curve.name}, three shares of five", curve=curve.id, threshold=3, shares=shares[:3])
        v.accept(f"{curve.name}, all shares", curve=curve.id, threshold=3, shares=shares)
        v.reject_all(f"{curve.name}, all shares", _inconsistent(curve, shares))
    large = _public_shares(SECP256K1, 3, [world.sized(size) for size in (1, 32, 33, 64)])
    v.accept("secp256k1, large identifiers", curve=1, threshold=3, shares=large)
    v.accept("secp256k1, threshold one", curve=1, threshold=1, shares=_public_shares(SECP256K1, 1, [5, 6]))
    v.reject_all("secp256k1, all shares", _bad_sharings())
    return v


def _inconsistent(curve: Curve, shares: list[list[str]]) -> Iterator[Change]:
    wrong = [[data, (2 * curve.generator).encode().hex()] for data, _ in shares]
    odd = [[*shares[:k], wrong[k], *shares[k + 1 :]] for k in range(5)]
    for k in (0, 2, 3, 4):
        yield f"share {k} of five is wrong", f"InconsistentShares:['{shares[k][0]}']", {"shares": odd[k]}
    yield "the last of four is wrong", f"InconsistentShares:['{shares[3][0]}']", {"shares": odd[3][:4]}
    yield "the first of four is wrong: the last is named", "InconsistentShares:['02']", {"shares": odd[0][:4]}
    yield "two shares are too few", "NotEnoughShares", {"shares": shares[:2]}
    point = BAD_POINTS[curve.id]["the identity" if "the identity" in BAD_POINTS[curve.id] else "all zeros"]
    yield "a share that is the identity", "InvalidPoint", {"shares": [*shares[:4], ["09", point]]}


def _bad_sharings() -> Iterator[Change]:
    shares = _public_shares(SECP256K1, 3, [4, 1, 7, 2, 9])
    two = [shares[0], [shares[1][0], shares[2][1]], [shares[2][0], shares[1][1]], *shares[3:]]
    yield "two of five are exchanged", "InconsistentShares", {"shares": two}
    last = [*shares[:3], [shares[3][0], shares[4][1]], [shares[4][0], shares[3][1]]]
    yield "the last two of five are exchanged", "InconsistentShares:['02', '09']", {"shares": last}
    yield "no shares", "InvalidLength", {"shares": []}
    yield "threshold zero", "InvalidThreshold:0", {"threshold": 0}
    yield "a threshold above the number of shares", "NotEnoughShares", {"threshold": 6}
    yield "a threshold that is too small", "InconsistentShares", {"threshold": 2}
    yield "a threshold that is too great, so that a coefficient is the identity", "InvalidPoint", {"threshold": 4}
    zero, equal = identifier_hex(SECP256K1.order), identifier_hex(SECP256K1.order + 4)
    points = [point for _, point in shares]
    for words, data in BAD_IDENTIFIERS.items():
        yield words, "InvalidIdentifier", {"shares": [*shares[:4], [data, points[4]]]}
    yield "an identifier twice", "DuplicateIdentifier:04", {"shares": [*shares, shares[0]]}
    yield "equal modulo the order", f"DuplicateIdentifier:{equal}", {"shares": [*shares, [equal, points[0]]]}
    yield "the group order", f"ZeroIdentifier:{zero}", {"shares": [*shares, [zero, points[0]]]}
    yield "too few, and one twice", "DuplicateIdentifier:04", {"shares": [shares[0], shares[0]]}
    for words, value in BAD_SECP.items():
        yield f"a share is {words}", "InvalidPoint", {"shares": [*shares[:4], ["09", value]]}
    yield "another curve", "InvalidPoint", {"curve": ED25519.id}


def _schnorr_inputs() -> Iterator[tuple[str, Curve, str]]:
    for curve in CURVES:
        for purpose in ("dealing", "member-key", "blinder"):
            yield f"{curve.name}, {purpose}", curve, purpose


def schnorr_prove() -> Vectors:
    v = Vectors("schnorr_prove")
    for name, curve, purpose in _schnorr_inputs():
        secret = scalar_hex(world.secret("schnorr", curve), curve)
        fields = {"purpose": purpose, "binding": draw("binding", 40)}
        v.accept(name, curve=curve.id, secret=secret, randomness=draws(name, 32), **fields)
    return v


def schnorr() -> Vectors:
    v = Vectors("schnorr")
    for case in schnorr_prove().accepted:
        fields = {field: case["input"][field] for field in ("curve", "purpose", "binding")}
        v.accept(case["name"], **fields, **case["output"])
    for curve in CURVES:
        _damage_schnorr(v, curve, f"{curve.name}, dealing")
    return v


def _damage_schnorr(v: Vectors, curve: Curve, base: str) -> None:
    good, public = v.inputs(base)["proof"], v.inputs(base)["public"]
    v.reject_all(base, structural("proof", good, versioned=False))
    v.reject_all(base, replaced("proof", good, 0, "the commitment", "InvalidPoint", BAD_POINTS[curve.id]))
    scalars = bad_scalars(curve, False)
    v.reject_all(base, replaced("proof", good, curve.point_len, "the response", "InvalidScalar", scalars))
    other = (2 * curve.generator).encode().hex()
    v.reject(base, "the response is zero", "BadSchnorrProof", proof=splice(good, -curve.scalar_len, "00" * curve.scalar_len))
    lowest = -1 if curve.byte_order == "big" else -curve.scalar_len
    v.reject(base, "the response has a bit flipped", "BadSchnorrProof", proof=flip(good, lowest))
    v.reject(base, "the commitment is another point", "BadSchnorrProof", proof=splice(good, 0, public))
    v.reject(base, "another public point", "BadSchnorrProof", public=other)
    v.reject(base, "another purpose", "BadSchnorrProof", purpose="blinder")
    v.reject(base, "another binding", "BadSchnorrProof", binding="00")


ALL = (
    threshold, supermajority, commit, feldman, lagrange, interpolate, schnorr_prove, schnorr,
)  # fmt: skip
