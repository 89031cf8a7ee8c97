"""The operations of chapter 8."""

from __future__ import annotations

from collections.abc import Callable

from relight_ref import keys, registrations
from relight_ref.curves import BLS12381_G1, SECP256K1
from relight_ref.registrations import BlinderRegistration, MemberRegistration
from relight_ref.secret_objects import BLINDER
from relight_ref.wallets import Unsigned

from .values import Draws, Json, raw, secret_int


def unsigned(found: Unsigned) -> Json:
    """What is to be signed, and what a wallet shows."""
    return {"body": found.body.hex(), "wallet_text": found.wallet_text()}


def secret_key(v: Json) -> Json:
    return {"public": keys.public(v["kind"], keys.decode_secret(v["kind"], raw(v["key"]))).encode().hex()}


def random_key(v: Json) -> Json:
    rng = Draws(v["randomness"])
    key = keys.random_scalar(BLS12381_G1, rng)
    rng.done()
    return {"key": keys.encode_secret(BLINDER, key).hex()}


def _place(found: BlinderRegistration | MemberRegistration) -> Json:
    return {"serial": found.place.serial, "digest": found.digest().hex()}


def blinder_register(v: Json) -> Json:
    """The first registration, or the one after another."""
    rng, secret, signer = Draws(v["randomness"]), secret_int(v["blinder"]), secret_int(v["operator_secret"])
    if v["previous"]:
        made = BlinderRegistration.decode(raw(v["previous"])).successor(secret, rng)
    else:
        operator = signer * SECP256K1.generator
        made = registrations.register_blinder(secret, raw(v["network"]), raw(v["node"]), operator, rng)
    rng.done()
    return {**unsigned(made), "registration": made.sign(signer).hex()}


def blinder_registration(v: Json) -> Json:
    operator = SECP256K1.decode_point(raw(v["operator"]))
    names = raw(v["network"]), raw(v["node"])
    found = registrations.verify_blinder_registration(raw(v["registration"]), *names, operator)
    return {"blinder": found.blinder.encode().hex(), **_place(found)}


def blinder_succession(v: Json) -> Json:
    known, following = (BlinderRegistration.decode(raw(v[field])) for field in ("known", "next"))
    registrations.check_blinder_succession(known, following)
    return {}


def member_register(v: Json) -> Json:
    rng, secret, signer = Draws(v["randomness"]), secret_int(v["member_key"]), secret_int(v["identity_secret"])
    if v["previous"]:
        made = MemberRegistration.decode(raw(v["previous"])).successor(secret, rng)
    else:
        identity = signer * SECP256K1.generator
        made = registrations.register_member(secret, raw(v["party"]), v["index"], identity, rng)
    rng.done()
    return {**unsigned(made), "registration": made.sign(signer).hex()}


def member_registration(v: Json) -> Json:
    found = registrations.verify_member_registration(raw(v["registration"]), raw(v["party"]))
    identity, member_key = found.identity.encode().hex(), found.member_key.encode().hex()
    return {"index": found.index, "identity": identity, "member_key": member_key, **_place(found)}


def member_succession(v: Json) -> Json:
    known, following = (MemberRegistration.decode(raw(v[field])) for field in ("known", "next"))
    registrations.check_member_succession(known, following)
    return {}


OPERATIONS: dict[str, Callable[[Json], Json]] = {
    function.__name__: function
    for function in (
        secret_key, random_key, blinder_register, blinder_registration, blinder_succession, member_register,
        member_registration, member_succession,
    )
}  # fmt: skip
