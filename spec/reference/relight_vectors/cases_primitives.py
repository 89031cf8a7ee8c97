"""Cases of chapters 3, 4 and 12."""

from __future__ import annotations

from collections.abc import Iterator

from relight_ref.curves import BLS12381_G1, P256, REGISTRY, SECP256K1, Curve
from relight_ref.pairing import hash_to_g2

from . import world
from .build import Vectors, draw, draws
from .mutations import BAD_G2, BAD_POINTS, BAD_SECP, bad_scalars, flip, replaced, splice, structural
from .operations import scalar_hex, secret_int

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
        for purpose in ("dealing", "registration", "response"):
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
            v.accept(f"{curve.name}, threshold {t}", curve=curve.id, coefficients=secret, identifiers=[1, 2, 65535])
    return v


def feldman() -> Vectors:
    v, committed = Vectors("feldman"), commit()
    for case in committed.accepted:
        v.accept(case["name"], polynomial=case["output"]["polynomial"], identifiers=[1, 2, 65535])
    for curve in CURVES:
        _damage_polynomial(v, curve)
    return v


def _damage_polynomial(v: Vectors, curve: Curve) -> None:
    base, width = f"{curve.name}, threshold 3", curve.point_len
    good = v.inputs(base)["polynomial"]
    v.reject_all(base, structural("polynomial", good, versioned=False))
    v.reject_all(base, replaced("polynomial", good, 6, "the first commitment", "InvalidPoint", BAD_POINTS[curve.id]))
    last = replaced("polynomial", good, -width, "the last commitment", "InvalidPoint", BAD_POINTS[curve.id])
    v.reject_all(base, list(last)[:2])
    v.reject(base, "curve zero", "UnknownCurve", polynomial=splice(good, 0, "0000"))
    v.reject(base, "an unknown curve", "UnknownCurve", polynomial=splice(good, 0, "00ff"))
    v.reject(base, "no commitments", "InvalidLength", polynomial=good[:4] + "00000000")
    v.reject(base, "a vector that ends inside a point", "Truncated", polynomial=_resized(good, 3 * width - 1)[:-2])
    v.reject(base, "a vector longer than the bytes", "Truncated", polynomial=_resized(good, 3 * width + 1))
    v.reject(base, "a vector shorter than the bytes", "TrailingBytes", polynomial=_resized(good, 2 * width))
    v.reject(base, "the largest length", "Truncated", polynomial=splice(good, 2, "ffffffff"))
    v.reject(base, "identifier zero", "InvalidIdentifier", identifiers=[1, 0])


def _resized(polynomial: str, length: int) -> str:
    return splice(polynomial, 2, length.to_bytes(4, "big").hex())


def lagrange() -> Vectors:
    v = Vectors("lagrange")
    for curve in CURVES:
        for identifiers in ([1], [1, 2, 3], [3, 1, 2], [2, 5, 9, 65535]):
            t = min(3, len(identifiers))
            shares = [scalar_hex(world.share("lagrange", curve, t, i), curve) for i in identifiers]
            v.accept(f"{curve.name}, {identifiers}", curve=curve.id, identifiers=identifiers, shares=shares)
    base = "secp256k1, [1, 2, 3]"
    v.reject(base, "no identifiers", "InvalidLength", identifiers=[], shares=[])
    v.reject(base, "identifier zero", "InvalidIdentifier", identifiers=[0, 1, 2])
    v.reject(base, "a repeated identifier", "DuplicateIdentifier", identifiers=[1, 2, 1])
    return v


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
    v.reject(base, "the response is zero", "BadProofOfPossession", proof=splice(good, -curve.scalar_len, "00" * curve.scalar_len))
    lowest = -1 if curve.byte_order == "big" else -curve.scalar_len
    v.reject(base, "the response has a bit flipped", "BadProofOfPossession", proof=flip(good, lowest))
    v.reject(base, "the commitment is another point", "BadProofOfPossession", proof=splice(good, 0, public))
    v.reject(base, "another public point", "BadProofOfPossession", public=other)
    v.reject(base, "another purpose", "BadProofOfPossession", purpose="blinder")
    v.reject(base, "another binding", "BadProofOfPossession", binding="00")


def derive_secret() -> Vectors:
    v = Vectors("derive_secret")
    for curve in CURVES:
        for count, identifier in ((1, b"abc"), (2, b""), (5, b"a" * 200)):
            roots = [scalar_hex(world.secret(f"derive {n}", curve), curve) for n in range(count)]
            names = {"identifier": identifier.hex(), "dst": curve.derivation_tag.hex()}
            v.accept(f"{curve.name}, {count} roots", curve=curve.id, roots=roots, **names)
    _published_derivations(v)
    v.reject("secp256k1, 1 roots", "no roots", "InvalidLength", roots=[])
    v.reject("secp256k1, 1 roots", "an empty tag", "InvalidLength", dst="")
    v.reject("secp256k1, 1 roots", "a tag of 256 bytes", "InvalidLength", dst="61" * 256)
    return v


PUBLISHED_TAGS: dict[Curve, bytes] = {
    SECP256K1: b"LIT_HD_KEY_ID_secp256k1_XMD:SHA-256_SSWU_RO_NUL_",
    P256: b"LIT_HD_KEY_ID_P256_XMD:SHA-256_SSWU_RO_NUL_",
}
PUBLISHED_IDS = (b"", b"abc", b"abcdef0123456789", b"q128_" + b"q" * 128, b"a512_" + b"a" * 512)


def _published_derivations(v: Vectors) -> None:
    """Inputs whose outputs are published elsewhere; the tests of this package know those outputs."""
    roots = [bytes([value] * 32).hex() for value in (3, 5, 7, 11, 13)]
    for curve, dst in PUBLISHED_TAGS.items():
        for identifier in PUBLISHED_IDS:
            name = f"published, {curve.name}, {len(identifier)} bytes"
            v.accept(name, curve=curve.id, identifier=identifier.hex(), dst=dst.hex(), roots=roots)


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
    for base in ("secp256k1, 2 roots", "bls12381-g1, 2 roots"):
        v.reject(base, "no roots", "InvalidLength", roots=[])
        v.reject(base, "an empty tag", "InvalidLength", dst="")
        v.reject(base, "a tag of 256 bytes", "InvalidLength", dst="61" * 256)
    return v


ALL = (
    xof, hash_to_scalar, point, point_g2, scalar, hash_g2, pair, sign, signature, threshold, supermajority, commit,
    feldman, lagrange, schnorr_prove, schnorr, derive_secret, derive_public,
)  # fmt: skip
