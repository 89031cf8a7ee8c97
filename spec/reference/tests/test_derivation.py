"""Chapter 12: the published cases, and the attack that the augmented form stops."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from relight_ref import derivation
from relight_ref.curves import BLS12381_G1, REGISTRY
from relight_ref.pairing import G2, hash_to_g2, pairing
from relight_vectors import world

CASES: list[dict[str, Any]] = json.loads(
    (Path(derivation.__file__).parents[1] / "relight_vectors" / "hd_keys_curves.json").read_text()
)
CURVES = {curve.name: curve for curve in REGISTRY.values()}
TAG = BLS12381_G1.derivation_tag
ROOTS = [world.secret(f"attack {k}") for k in range(2)]


@pytest.mark.parametrize("name", sorted({case["curve"] for case in CASES}))
def test_derivation_agrees_with_the_public_scheme(name: str) -> None:
    cases = [case for case in CASES if case["curve"] == name]
    assert len(cases) == 12
    for case in cases:
        curve, tag, info = CURVES[name], case["tag"].encode(), bytes.fromhex(case["info"])
        roots = [int(root, 16) for root in case["roots"]]
        assert tag == curve.derivation_tag
        assert derivation.tweak(curve, info, tag) == int(case["tweak"], 16)
        assert derivation.derive_secret(curve, info, tag, roots) == int(case["derived"], 16)


def _secret(user: bytes) -> int:
    return derivation.derive_secret(BLS12381_G1, user, TAG, ROOTS)


def _forged(one: G2, two: G2) -> G2:
    """The victim's signature from those of two users: its key lies on the line through theirs."""
    a, b, c = (derivation.tweak(BLS12381_G1, user, TAG) for user in (b"mallory 1", b"mallory 2", b"victim"))
    slope = (c - a) * BLS12381_G1.invert(b - a)
    return (1 - slope) * one + slope * two


def test_signatures_of_two_users_give_that_of_a_third() -> None:
    point = hash_to_g2(b"pay mallory")
    forged = _forged(_secret(b"mallory 1") * point, _secret(b"mallory 2") * point)
    public = _secret(b"victim") * BLS12381_G1.generator
    assert pairing(BLS12381_G1.generator, forged) == pairing(public, point)


def test_augmented_messages_stop_that() -> None:
    users = (b"mallory 1", b"mallory 2", b"victim")
    publics = [_secret(user) * BLS12381_G1.generator for user in users]
    points = [hash_to_g2(derivation.augment(public, b"pay mallory")) for public in publics]
    forged = _forged(_secret(users[0]) * points[0], _secret(users[1]) * points[1])
    assert pairing(BLS12381_G1.generator, forged) != pairing(publics[2], points[2])
