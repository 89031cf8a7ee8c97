"""Cases of chapter 8."""

from __future__ import annotations

from relight_ref import signatures
from relight_ref.curves import BLS12381_G1, SECP256K1

from . import world
from .build import Vectors, draw, draws
from .mutations import BAD_G1, BAD_SECP, bad_scalars, flip, replaced, splice, structural
from .values import scalar_hex

R = BLS12381_G1.order
CONTEXT, NODE = world.CONTEXT.hex(), world.NODE.hex()


def secret_key() -> Vectors:
    v, good = Vectors("secret_key"), "01" + scalar_hex(world.blinder())
    v.accept("a Blinder", key=good)
    v.accept("the key one", key="01" + scalar_hex(1))
    v.accept("the largest key", key="01" + scalar_hex(R - 1))
    v.reject_all("a Blinder", structural("key", good))
    v.reject_all("a Blinder", replaced("key", good, 1, "the scalar", "InvalidScalar", bad_scalars(BLS12381_G1, True)))
    v.reject("a Blinder", "the order of another curve's group", "InvalidScalar", key="01" + scalar_hex(SECP256K1.order))
    v.reject("a Blinder", "an empty scalar", "Truncated", key="01")
    return v


def identity_key() -> Vectors:
    v, good = Vectors("identity_key"), "01" + scalar_hex(world.identity(1))
    v.accept("an identity", key=good)
    v.accept("the key one", key="01" + scalar_hex(1))
    v.accept("the largest key", key="01" + scalar_hex(SECP256K1.order - 1))
    v.accept("the order of another curve's group", key="01" + scalar_hex(R))
    v.reject_all("an identity", structural("key", good))
    v.reject_all("an identity", replaced("key", good, 1, "the scalar", "InvalidScalar", bad_scalars(SECP256K1, True)))
    return v


def random_key() -> Vectors:
    v = Vectors("random_key")
    v.accept("one draw", randomness=draws("random key", 48))
    v.accept("a draw of zero is drawn again", randomness=["00" * 48, draw("random key", 48)])
    v.accept("a draw of the group order is drawn again", randomness=[f"{R:096x}", draw("random key", 48)])
    v.accept("all ones", randomness=["ff" * 48])
    return v


def blinder_register() -> Vectors:
    v = Vectors("blinder_register")
    blinder = scalar_hex(world.blinder())
    v.accept("a node", blinder=blinder, context=CONTEXT, node=NODE, randomness=draws("blinder", 32))
    v.accept("empty names", blinder=blinder, context="", node="", randomness=draws("blinder", 32))
    v.accept("the longest names", blinder=blinder, context="63" * 255, node="6e" * 255, randomness=draws("blinder", 32))
    v.reject("a node", "a context of 256 bytes", "InvalidLength", context="63" * 256)
    v.reject("a node", "a node of 256 bytes", "InvalidLength", node="6e" * 256)
    return v


def blinder_registration() -> Vectors:
    v = Vectors("blinder_registration")
    for case in blinder_register().accepted:
        fields = {"context": case["input"]["context"], "node": case["input"]["node"]}
        v.accept(case["name"], **fields, **case["output"])
    base = "a node"
    good, field = v.inputs(base)["registration"], "registration"
    at = 3 + len(world.CONTEXT) + len(world.NODE)
    v.reject_all(base, structural(field, good))
    v.reject_all(base, replaced(field, good, at, "the Blinder", "InvalidPoint", BAD_G1))
    v.reject_all(base, list(replaced(field, good, at + 48, "the commitment", "InvalidPoint", BAD_G1))[:3])
    v.reject_all(base, replaced(field, good, at + 96, "the response", "InvalidScalar", bad_scalars(BLS12381_G1, False)))
    other = world.member_public(1).encode().hex()
    v.reject(base, "another Blinder", "BadProofOfPossession", registration=splice(good, at, other))
    v.reject(base, "another commitment", "BadProofOfPossession", registration=splice(good, at + 48, other))
    v.reject(base, "the response has a bit flipped", "BadProofOfPossession", registration=flip(good, -1))
    v.reject(base, "another context is expected", "StatementMismatch:Context", context="00")
    v.reject(base, "another node is expected", "StatementMismatch:Node", node="00")
    renamed = splice(good, at - 1, "ff")
    v.reject(
        base, "the node is renamed on both sides", "BadProofOfPossession", registration=renamed, node=NODE[:-2] + "ff"
    )
    return v


def member_register() -> Vectors:
    v = Vectors("member_register")
    for index, scheme in ((1, 1), (65535, 1)):
        secrets = {
            "member_key": scalar_hex(world.member_key(index)),
            "identity_secret": scalar_hex(world.identity(index)),
        }
        fields = {"scheme": scheme, "context": CONTEXT, "index": index}
        v.accept(f"member {index}, scheme {scheme}", **secrets, **fields, randomness=draws(f"member {index}", 32))
    return v


def member_registration() -> Vectors:
    v = Vectors("member_registration")
    for case in member_register().accepted:
        v.accept(case["name"], context=CONTEXT, **case["output"])
    v.accept("member 2, scheme 2", context=CONTEXT, registration=world.member_registration(2))
    base, field, at = "member 1, scheme 1", "registration", 4 + len(world.CONTEXT)
    good = v.inputs(base)[field]
    proof = at + 81
    v.reject_all(base, structural(field, good))
    v.reject_all(base, replaced(field, good, at, "the identity", "InvalidPoint", BAD_SECP))
    v.reject_all(base, list(replaced(field, good, at + 33, "the member key", "InvalidPoint", BAD_G1))[:5])
    v.reject_all(base, list(replaced(field, good, proof, "the commitment", "InvalidPoint", BAD_G1))[:3])
    v.reject_all(base, replaced(field, good, proof + 48, "the response", "InvalidScalar", bad_scalars(BLS12381_G1, False)))
    v.reject(base, "index zero", "InvalidIndex:0", registration=splice(good, at - 2, "0000"))
    v.reject(base, "scheme zero", "UnknownScheme", registration=splice(good, -65, "00"))
    v.reject(base, "scheme three", "UnknownScheme", registration=splice(good, -65, "03"))
    v.reject(base, "another scheme", "BadSignature", registration=splice(good, -65, "02"))
    v.reject(
        base,
        "high s",
        "BadSignature",
        registration=splice(good, -32, scalar_hex(SECP256K1.order - int(good[-64:], 16))),
    )
    v.reject(base, "another index", "BadSignature", registration=splice(good, at - 2, "0002"))
    v.reject(
        base, "another identity", "BadSignature", registration=splice(good, at, world.identity_public(2).encode().hex())
    )
    v.reject(
        base,
        "another member key",
        "BadSignature",
        registration=splice(good, at + 33, world.member_public(2).encode().hex()),
    )
    v.reject(base, "the signature has a bit flipped", "BadSignature", registration=flip(good, -1))
    v.reject(
        base,
        "another response, signed again",
        "BadProofOfPossession",
        registration=_signed_again(flip(good, proof + 79), 1),
    )
    stolen = splice(good, at, world.identity_public(2).encode().hex())
    v.reject(base, "another identity, signed by it", "BadProofOfPossession", registration=_signed_again(stolen, 2))
    v.reject(base, "another context is expected", "StatementMismatch:Context", context="00")
    return v


def _signed_again(registration: str, signer: int) -> str:
    body = bytes.fromhex(registration[:-130])
    return (body + signatures.sign(1, world.identity(signer), "registration", body)).hex()


ALL = (
    secret_key, identity_key, random_key, blinder_register, blinder_registration, member_register, member_registration,
)  # fmt: skip
