"""Cases of chapter 3."""

from __future__ import annotations

from relight_ref import signatures
from relight_ref.curves import BLS12381_G1, REGISTRY, SECP256K1
from relight_ref.pairing import hash_to_g2

from . import world
from .build import Vectors, draw
from .mutations import BAD_G2, BAD_POINTS, BAD_SECP, bad_scalars, flip, replaced, splice, structural
from .values import scalar_hex

CURVES = tuple(REGISTRY.values())


def xof() -> Vectors:
    v = Vectors("xof")
    v.accept("no parts", label="label", parts=[], length=32)
    v.accept("an empty part", label="label", parts=[""], length=32)
    v.accept("two parts", label="label", parts=["6162", "63"], length=32)
    v.accept("the boundary moved", label="label", parts=["61", "6263"], length=32)
    v.accept("a part moved into the label", label="labela", parts=["6263"], length=32)
    v.accept("an empty label", label="", parts=["00"], length=16)
    v.accept("a long output", label="long", parts=[draw("long part", 300)], length=500)
    return v


def hash_to_scalar() -> Vectors:
    v = Vectors("hash_to_scalar")
    for curve in CURVES:
        for k in range(3):
            parts = [draw(f"part {n}", 10 * n) for n in range(k)]
            v.accept(f"{curve.name}, {k} parts", curve=curve.id, label="kem", parts=parts)
    v.reject("secp256k1, 0 parts", "curve zero", "UnknownCurve", curve=0)
    v.reject("secp256k1, 0 parts", "an unknown curve", "UnknownCurve", curve=65535)
    return v


def point() -> Vectors:
    v = Vectors("point")
    for curve in CURVES:
        name = f"the generator of {curve.name}"
        v.accept(name, curve=curve.id, point=curve.generator.encode().hex())
        v.accept(f"minus {name}", curve=curve.id, point=(-curve.generator).encode().hex())
        v.reject_all(
            name, replaced("point", curve.generator.encode().hex(), 0, "it", "InvalidPoint", BAD_POINTS[curve.id])
        )
    v.reject("the generator of secp256k1", "an unknown curve", "UnknownCurve", curve=999)
    return v


def point_g2() -> Vectors:
    v, good = Vectors("point_g2"), hash_to_g2(b"point").encode().hex()
    v.accept("a hashed point", point=good)
    v.reject_all("a hashed point", replaced("point", good, 0, "it", "InvalidPoint", BAD_G2))
    return v


def scalar() -> Vectors:
    v = Vectors("scalar")
    for curve in CURVES:
        v.accept(f"one on {curve.name}", curve=curve.id, scalar=scalar_hex(1, curve))
        name = f"the largest on {curve.name}"
        good = scalar_hex(curve.order - 1, curve)
        v.accept(name, curve=curve.id, scalar=good)
        v.reject_all(name, replaced("scalar", good, 0, "it", "InvalidScalar", bad_scalars(curve, True)))
        for below in (2, 4):
            value = scalar_hex(256**curve.scalar_len - below, curve)
            v.reject(name, f"it is 2^{8 * curve.scalar_len} - {below}", "InvalidScalar", scalar=value)
        v.reject(name, "a byte short", "InvalidScalar", scalar=good[2:])
        v.reject(name, "a byte long", "InvalidScalar", scalar=good + "00")
    v.reject("one on bls12381-g1", "the order of secp256k1", "InvalidScalar", scalar=scalar_hex(SECP256K1.order))
    return v


def hash_g2() -> Vectors:
    v = Vectors("hash_g2")
    for message in (b"", b"abc", b"a" * 300):
        v.accept(f"{len(message)} bytes", message=message.hex())
    return v


def pair() -> Vectors:
    from py_ecc.optimized_bls12_381 import G2 as generator
    from relight_ref.pairing import G2

    v, g2 = Vectors("pair"), G2(generator)
    v.accept("the generators", p=BLS12381_G1.generator.encode().hex(), q=g2.encode().hex())
    p, q = 5 * BLS12381_G1.generator, 7 * g2
    v.accept("multiples of the generators", p=p.encode().hex(), q=q.encode().hex())
    return v


def sign() -> Vectors:
    v = Vectors("sign")
    for scheme in (1, 2):
        for purpose in signatures.PURPOSES:
            secret = scalar_hex(world.identity(scheme))
            v.accept(
                f"scheme {scheme}, {purpose}",
                scheme=scheme,
                secret=secret,
                purpose=purpose,
                message=draw("message", 80),
            )
        v.accept(f"scheme {scheme}, no message", scheme=scheme, secret=scalar_hex(1), purpose="dealing", message="")
    return v


def signature() -> Vectors:
    v, signer = Vectors("signature"), sign()
    for case in signer.accepted:
        inputs, output = case["input"], case["output"]
        fields = {"purpose": inputs["purpose"], "message": inputs["message"]}
        v.accept(case["name"], identity=output["identity"], signature=output["signature"], **fields)
    for scheme in (1, 2):
        base = f"scheme {scheme}, dealing"
        _damage_signature(v, base, v.inputs(base)["signature"])
    v.reject_all(
        "scheme 1, dealing",
        replaced("identity", v.inputs("scheme 1, dealing")["identity"], 0, "the identity", "InvalidPoint", BAD_SECP),
    )
    return v


def _damage_signature(v: Vectors, base: str, good: str) -> None:
    n = SECP256K1.order
    high = scalar_hex(n - int(good[66:], 16))
    v.reject_all(base, structural("signature", good, versioned=False))
    for number in ("00", "03", "ff"):
        v.reject(base, f"scheme byte {number}", "UnknownScheme", signature=splice(good, 0, number))
    v.reject(base, "the other scheme", "BadSignature", signature=splice(good, 0, "02" if good[:2] == "01" else "01"))
    v.reject(base, "high s", "BadSignature", signature=good[:66] + high)
    for words, value in bad_scalars(SECP256K1, True).items():
        v.reject(base, f"r is {words}", "BadSignature", signature=splice(good, 1, value))
        v.reject(base, f"s is {words}", "BadSignature", signature=splice(good, 33, value))
    v.reject(base, "r has a bit flipped", "BadSignature", signature=flip(good, 10))
    v.reject(base, "s has a bit flipped", "BadSignature", signature=flip(good, -1))
    v.reject(base, "another message", "BadSignature", message="00")
    v.reject(base, "another purpose", "BadSignature", purpose="response")
    v.reject(base, "another identity", "BadSignature", identity=world.identity_public(9).encode().hex())


ALL = (xof, hash_to_scalar, point, point_g2, scalar, hash_g2, pair, sign, signature)
