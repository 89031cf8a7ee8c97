"""Cases of Sections 8.1, 8.3 and 8.5."""

from __future__ import annotations

from relight_ref import keys
from relight_ref.curves import BLS12381_G1, SECP256K1
from relight_ref.secret_objects import BLINDER, IDENTITY_KEY, MEMBER_KEY

from . import world
from .build import Vectors, draw, draws
from .mutations import bad_scalars, resealed, secret_structural, splice

R = BLS12381_G1.order


def _secrets() -> dict[str, tuple[int, int]]:
    return {
        "an identity key": (IDENTITY_KEY, world.identity(1)),
        "a member key": (MEMBER_KEY, world.member_key(1)),
        "a Blinder": (BLINDER, world.blinder()),
    }


def secret_key() -> Vectors:
    v = Vectors("secret_key")
    for name, (kind, secret) in _secrets().items():
        curve = keys.CURVES[kind]
        made = {"": secret, ", one": 1, ", the largest": curve.order - 1}
        for words, value in made.items():
            v.accept(name + words, kind=kind, key=keys.encode_secret(kind, value).hex())
        good = v.inputs(name)["key"]
        v.reject_all(name, secret_structural("key", good))
        for words, bad in bad_scalars(curve, True).items():
            v.reject(name, f"the scalar is {words}", "InvalidScalar", key=resealed(splice(good, 2, bad)))
        for other in set(keys.CURVES) - {kind}:
            v.reject(name, f"a key of kind {other} is expected", f"WrongKind:{[other, kind]}", kind=other)
    foreign = keys.encode_secret(BLINDER, world.blinder())[:2] + SECP256K1.order.to_bytes(32, "big") + bytes(8)
    v.reject("a Blinder", "the order of another curve's group", "InvalidScalar", key=resealed(foreign.hex()))
    return v


def random_key() -> Vectors:
    v = Vectors("random_key")
    v.accept("one draw", randomness=draws("random key", 48))
    v.accept("a draw of zero is drawn again", randomness=["00" * 48, draw("random key", 48)])
    v.accept("a draw of the group order is drawn again", randomness=[f"{R:096x}", draw("random key", 48)])
    v.accept("all ones", randomness=["ff" * 48])
    return v


ALL = (secret_key, random_key)
