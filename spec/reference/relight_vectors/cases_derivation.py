"""Cases of chapter 12."""

from __future__ import annotations

import json
from pathlib import Path

from relight_ref.curves import P256, REGISTRY, SECP256K1, Curve
from relight_ref.derivation import tweak

from . import world
from .build import Vectors, draw
from .mutations import BAD_POINTS
from .values import Json, scalar_hex, secret_int

CURVES = tuple(REGISTRY.values())
# Made by the public scheme: curve, tag, info, tweak, roots, derived. Numbers are in hexadecimal.
PUBLISHED: list[Json] = json.loads((Path(__file__).parent / "hd_keys_curves.json").read_text())


def derive_secret() -> Vectors:
    v = Vectors("derive_secret")
    for curve in CURVES:
        for count, info in ((2, b""), (3, b"abc"), (5, b"a" * 200)):
            roots = [scalar_hex(world.secret(f"derive {n}", curve), curve) for n in range(count)]
            names = {"info": info.hex(), "dst": curve.derivation_tag.hex()}
            v.accept(f"{curve.name}, {count} roots", curve=curve.id, roots=roots, **names)
    _published_derivations(v)
    _published_elsewhere(v)
    for curve in CURVES:
        base = f"{curve.name}, 2 roots"
        v.reject(base, "no roots", "InvalidLength", roots=[])
        v.reject(base, "one root", "InvalidLength", roots=v.inputs(base)["roots"][:1])
        v.reject(base, "an empty tag", "InvalidLength", dst="")
        v.reject(base, "a tag of 256 bytes", "InvalidLength", dst="61" * 256)
        v.reject(base, "a derived key of zero", "InvalidScalar", roots=_vanishing(curve))
    return v


PUBLISHED_TAGS: dict[Curve, bytes] = {
    SECP256K1: b"LIT_HD_KEY_ID_secp256k1_XMD:SHA-256_SSWU_RO_NUL_",
    P256: b"LIT_HD_KEY_ID_P256_XMD:SHA-256_SSWU_RO_NUL_",
}
PUBLISHED_INFOS = (b"", b"abc", b"abcdef0123456789", b"q128_" + b"q" * 128, b"a512_" + b"a" * 512)


def _published_derivations(v: Vectors) -> None:
    """Inputs whose outputs are published elsewhere; the tests of this package know those outputs."""
    roots = [bytes([value] * 32).hex() for value in (3, 5, 7, 11, 13)]
    for curve, dst in PUBLISHED_TAGS.items():
        for info in PUBLISHED_INFOS:
            name = f"published, {curve.name}, {len(info)} bytes"
            v.accept(name, curve=curve.id, info=info.hex(), dst=dst.hex(), roots=roots)


def _vanishing(curve: Curve) -> list[str]:
    """Roots that the empty info takes to zero."""
    h = tweak(curve, b"", curve.derivation_tag)
    return [scalar_hex(-h % curve.order, curve), scalar_hex(1, curve)]


def _published_elsewhere(v: Vectors) -> None:
    curves = {curve.name: curve for curve in CURVES}
    for k, case in enumerate(PUBLISHED):
        curve = curves[case["curve"]]
        roots = [scalar_hex(int(root, 16), curve) for root in case["roots"]]
        names = {"info": case["info"], "dst": case["tag"].encode().hex()}
        made = v.accept(f"published elsewhere, {k}: {curve.name}", curve=curve.id, roots=roots, **names)
        assert made == {field: scalar_hex(int(case[field], 16), curve) for field in ("tweak", "derived")}


def derive_public() -> Vectors:
    v = Vectors("derive_public")
    for case in derive_secret().accepted:
        inputs = case["input"]
        curve = REGISTRY[inputs["curve"]]
        roots = [(secret_int(x, curve) * curve.generator).encode().hex() for x in inputs["roots"]]
        v.accept(case["name"], **{**inputs, "roots": roots})
    for curve in CURVES:
        base = f"{curve.name}, 2 roots"
        first = v.inputs(base)["roots"][0]
        for words, value in BAD_POINTS[curve.id].items():
            v.reject(base, f"the second root is {words}", "InvalidPoint", roots=[first, value])
        vanishing = [(secret_int(x, curve) * curve.generator).encode().hex() for x in _vanishing(curve)]
        v.reject(base, "a derived key of zero", "InvalidPoint", roots=vanishing)
        v.reject(base, "one root", "InvalidLength", roots=[first])
        v.reject(base, "no roots", "InvalidLength", roots=[])
        v.reject(base, "an empty tag", "InvalidLength", dst="")
        v.reject(base, "a tag of 256 bytes", "InvalidLength", dst="61" * 256)
    return v


def augment() -> Vectors:
    v = Vectors("augment")
    for curve in CURVES:
        public = (world.secret("augment", curve) * curve.generator).encode().hex()
        v.accept(f"{curve.name}", curve=curve.id, public=public, message=draw("message", 40))
        for words, value in BAD_POINTS[curve.id].items():
            v.reject(curve.name, f"the key is {words}", "InvalidPoint", public=value)
    v.accept("no message", **{**v.inputs("secp256k1"), "message": ""})
    v.reject("secp256k1", "an unknown curve", "UnknownCurve", curve=999)
    return v


ALL = (derive_secret, derive_public, augment)
