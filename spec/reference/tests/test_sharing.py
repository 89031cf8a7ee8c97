"""Chapter 4: identifiers of every size, and sharings from elsewhere."""

from __future__ import annotations

from hashlib import sha512
from itertools import combinations

import pytest

from relight_ref import identifiers, sharing
from relight_ref.codec import decode_all
from relight_ref.curves import ED25519, REGISTRY, SECP256K1, Curve
from relight_ref.errors import Error
from relight_vectors import world

CURVES = pytest.mark.parametrize("curve", REGISTRY.values(), ids=lambda curve: curve.name)
SETS = [[3, 1, 7, 10], [2**255 + k for k in range(4)], [int(sha512(bytes([k])).hexdigest(), 16) for k in range(4)]]


@CURVES
@pytest.mark.parametrize("chosen", SETS)
def test_identifiers_of_every_kind_share_a_key(curve: Curve, chosen: list[int]) -> None:
    coefficients = world.coefficients("any", curve, 3)
    public = sharing.VssCommitment.commit(curve, coefficients)
    shares = {x: sharing.evaluate(curve, coefficients, x) for x in chosen}
    assert all(share * curve.generator == public.public_share(x) for x, share in shares.items())
    for three in combinations(chosen, 3):
        assert sharing.combine_secrets(curve, {x: shares[x] for x in three}) == coefficients[0]
        weights = sharing.lagrange(curve, three, 77)
        values = zip(weights, (shares[x] for x in three), strict=True)
        assert sum(w * y for w, y in values) % curve.order == sharing.evaluate(curve, coefficients, 77)
    assert sharing.from_shares(3, [(x, public.public_share(x)) for x in chosen]) == public


def test_identifiers_have_one_encoding() -> None:
    for size in range(1, 65):
        data = identifiers.encode_identifier(world.sized(size))
        assert len(data) == 1 + size and decode_all(data, identifiers.read_identifier) == world.sized(size)
    for data in (b"\0", b"\1\0", b"\2\0\1", b"\x41\1" + bytes(64)):
        with pytest.raises(Error, match="InvalidIdentifier"):
            decode_all(data, identifiers.read_identifier)


def test_an_identifier_may_be_good_on_one_curve_only() -> None:
    identifiers.check_identifiers(SECP256K1, [ED25519.order, 1, ED25519.order + 1])
    for chosen, error in (([1, ED25519.order], "ZeroIdentifier"), ([1, ED25519.order + 1], "DuplicateIdentifier")):
        with pytest.raises(Error, match=error):
            identifiers.check_identifiers(ED25519, chosen)


@pytest.mark.parametrize("odd", range(6))
def test_one_wrong_share_among_enough_is_named(odd: int) -> None:
    public = world.commitment("elsewhere", SECP256K1, 3)
    shares = [(x, public.value(x if x != odd + 1 else 99)) for x in range(1, 7)]
    with pytest.raises(Error, match="InconsistentShares") as caught:
        sharing.from_shares(3, shares)
    assert caught.value.detail == [f"{odd + 1:02x}"]
