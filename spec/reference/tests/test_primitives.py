"""Chapters 3, 4 and 12 against facts known elsewhere."""

from __future__ import annotations

import hashlib
from secrets import token_bytes

import py_ecc.optimized_bls12_381 as bls
import pytest
from py_ecc.bls.hash_to_curve import hash_to_G2

from relight_ref import pairing, sharing
from relight_ref.curves import (
    BLS12381_G1,
    ED448,
    ED25519,
    JUBJUB,
    JUBJUB_SPEND_AUTH,
    P256,
    P384,
    PALLAS,
    PALLAS_SPEND_AUTH,
    REGISTRY,
    RISTRETTO255,
    SECP256K1,
    Curve,
    Point,
)
from relight_ref.derivation import derive_public, derive_secret, tweak
from relight_ref.edwards import square_root
from relight_ref.errors import Error
from relight_ref.hashing import frame
from relight_ref.pairing import G2, P, R
from relight_ref.parameters import BROADCAST, BULK, COMPACT, FAST, PACKED

CURVES = pytest.mark.parametrize("curve", REGISTRY.values(), ids=lambda curve: curve.name)


def test_the_pairing_is_the_cube_of_the_inverse_of_the_library() -> None:
    generator = G2(bls.G2)
    library = pairing.Gt(bls.pairing(bls.G2, bls.G1))
    assert pairing.pairing(BLS12381_G1.generator, generator) == library ** (R - 3)


def test_the_pairing_is_bilinear() -> None:
    p, q = BLS12381_G1.generator, G2(bls.G2)
    assert pairing.pairing(3 * p, 5 * q) == pairing.pairing(p, q) ** 15


def test_the_shortcuts_of_the_final_exponentiation() -> None:
    f = bls.FQ12([k * k + 3 for k in range(12)])
    assert pairing.conjugate(f) == f ** (P**6)
    assert pairing.frobenius_squared(f) == f ** (P**2)


def test_hash_to_g2_is_that_of_rfc_9380() -> None:
    """The first vector of appendix J.10.1: the empty message."""
    dst = b"QUUX-V01-CS02-with-BLS12381G2_XMD:SHA-256_SSWU_RO_"
    x, _ = bls.normalize(hash_to_G2(b"", dst, hashlib.sha256))  # type: ignore[arg-type]
    expected = 0x0141EBFBDCA40EB85B87142E130AB689C673CF60F1A3E98D69335266F30D9B8D4AC44C1038E9DCDD5393FAF5C41FB78A
    assert int(x.coeffs[0]) == expected


def test_frames_are_injective() -> None:
    frames = [frame("l"), frame("l", b""), frame("l", b"ab", b"c"), frame("l", b"a", b"bc"), frame("la", b"b")]
    assert len(set(frames)) == len(frames)


@CURVES
def test_points_round_trip(curve: Curve) -> None:
    for k in range(1, 20):
        point = k * curve.generator
        assert curve.decode_point(point.encode()) == point
        assert curve.decode_point((-point).encode()) == -point
    assert (curve.generator - curve.generator).is_identity()


@CURVES
def test_any_threshold_of_shares_gives_the_secret(curve: Curve) -> None:
    coefficients = [int.from_bytes(token_bytes(32), "big") % curve.order for _ in range(3)]
    shares = {i: sharing.evaluate(curve, coefficients, i) for i in (1, 4, 65535, 7, 2**511 + 5)}
    public = sharing.VssCommitment.commit(curve, coefficients)
    for i, share in shares.items():
        assert share * curve.generator == public.public_share(i)
    assert sharing.combine_secrets(curve, shares) == coefficients[0]
    points = {i: share * curve.generator for i, share in shares.items()}
    assert sharing.combine_points(curve, points) == public.public_key


@pytest.mark.parametrize(
    ("set_", "bits"), [(FAST, 128.06), (COMPACT, 131.53), (BROADCAST, 129.13), (PACKED, 128.33), (BULK, 128.44)]
)
def test_soundness_of_the_parameter_sets(set_: object, bits: float) -> None:
    assert abs(set_.soundness_bits() - bits) < 0.01  # type: ignore[attr-defined]


PUBLISHED = [
    (b"", "80efe4d28a41cf962133bfcaa2807d38a7f5cec16941cc6d6eec8e76185d2a43",
     "03da91c23e934cfa868670f46f8e984c6ab6b2f72177917ab30f34f842a0e26bd5"),
    (b"abc", "5afd988c6086d335f892a43ccf943d3973814eadd315adc04bb12808f1c1ac4e",
     "038a4f4d11de67b125728db83c8c8d08e62dd4c9af93d8697e3c540287c2775a74"),
    (b"abcdef0123456789", "666f2ce0352e74402c16c02df1b8c29334898e89792eb3ccea54172289c8683b",
     "028debebba9542d40dae7845fc063176dce0743bff37dca74ce452952b7ec62f55"),
]  # fmt: skip


@pytest.mark.parametrize(("info", "expected_tweak", "expected_key"), PUBLISHED)
def test_derivation_agrees_with_the_published_vectors(
    info: bytes, expected_tweak: str, expected_key: str
) -> None:
    dst = b"LIT_HD_KEY_ID_secp256k1_XMD:SHA-256_SSWU_RO_NUL_"
    roots = [int.from_bytes(bytes([value] * 32), "big") for value in (3, 5, 7, 11, 13)]
    points = [root * SECP256K1.generator for root in roots]
    assert f"{tweak(SECP256K1, info, dst):064x}" == expected_tweak
    assert derive_public(SECP256K1, info, dst, points).encode().hex() == expected_key
    secret = derive_secret(SECP256K1, info, dst, roots)
    assert (secret * SECP256K1.generator).encode().hex() == expected_key


PUBLISHED_P256 = [
    (b"", "1904454890517f02460b3090aee8c7f36d6993227e6f27eaedd7adfbac0b460d",
     "026f51f2f553020f3800fb62dad9a5163ed1cb588d2f2d1f08361af7fed9c02404"),
    (b"abc", "1cd310c26703f8bec930666d67498f07bbbe76100802e15d2cf834bc5628ce6e",
     "0221e2d7a6cd0e4583302da5a2eb80ecff7071fc9197ed55bc184fe8c1bf3857c0"),
    (b"abcdef0123456789", "4efb6fc0886164c60f6f0561f13ad53e84983b94d68748ee6ec80c51b18726c6",
     "0335c8856a840b4d15e56950cd7b629d8a1f369df319042614daa4112037aee88c"),
]  # fmt: skip


@pytest.mark.parametrize(("info", "expected_tweak", "expected_key"), PUBLISHED_P256)
def test_derivation_on_p256_agrees_with_the_published_vectors(
    info: bytes, expected_tweak: str, expected_key: str
) -> None:
    roots = [int.from_bytes(bytes([value] * 32), "big") for value in (3, 5, 7, 11, 13)]
    assert f"{tweak(P256, info, P256.derivation_tag):064x}" == expected_tweak
    secret = derive_secret(P256, info, P256.derivation_tag, roots)
    assert (secret * P256.generator).encode().hex() == expected_key


# RFC 8032, Sections 7.1 and 7.4: secret key and public key.
PUBLISHED_KEYS = [
    (ED25519, "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"),
    (ED448, "6c82a562cb808d10d632be89c8513ebf6c929f34ddfa8c9f63c9960ef6e348a3"
     "528c8a3fcc2f044e39a3fc5b94492f8f032e7549a20098f95b",
     "5fd7449b59b461fd2ce787ec616ad46a1da1342485a70e1f8a0ea75d80e96778edf124769b46c7061bd6783df1e50f6cd1fa1abeafe8256180"),
]  # fmt: skip


@pytest.mark.parametrize(("curve", "secret", "public"), PUBLISHED_KEYS)
def test_the_keys_of_rfc_8032(curve: Curve, secret: str, public: str) -> None:
    data = bytes.fromhex(secret)
    if curve is ED25519:
        scalar = int.from_bytes(hashlib.sha512(data).digest()[:32], "little")
        scalar = scalar % 2**254 + 2**254 - scalar % 8
    else:
        scalar = int.from_bytes(hashlib.shake_256(data).digest(56), "little")
        scalar = scalar % 2**447 + 2**447 - scalar % 4
    assert (scalar * curve.generator).encode().hex() == public


def test_the_multiples_of_rfc_9496() -> None:
    assert (3 * RISTRETTO255.generator).encode().hex() == (
        "94741f5d5d52755ece4f23f044ee27d5d1ea1e2bd196b462166b16152a9d0259"
    )
    assert (15 * RISTRETTO255.generator).encode().hex() == (
        "e0c418f7c8d9c4cdd7395b93ea124f3ad99021bb681dfc3302a9d99a2e53e64e"
    )


@pytest.mark.parametrize("curve", [P256, P384, ED25519, ED448, JUBJUB, JUBJUB_SPEND_AUTH, PALLAS, PALLAS_SPEND_AUTH, RISTRETTO255])
def test_the_order_of_a_generator_written_out(curve: Curve) -> None:
    assert curve.identity == (curve.order - 1) * curve.generator + curve.generator


def test_the_spend_authorisation_generator_is_found_by_its_hash() -> None:
    """GroupHash of the Zcash protocol specification: the third counter is the first that gives a point."""
    urs = b"096b36a5804bfacef1691e173c366a47ff5ba84a44f26ddd7e8d9f79d5b42df0"
    data = hashlib.blake2s(urs + bytes([2]), person=b"Zcash_G_").digest()
    number = int.from_bytes(data, "little")
    sign, v = divmod(number, 2**255)
    p, d = JUBJUB.prime, JUBJUB.d
    u = square_root((v * v - 1) * pow(1 + d * v * v, -1, p) % p, p)
    point = Point(JUBJUB, (u if u % 2 == sign else p - u, v, 1))
    assert (8 * point).encode() == JUBJUB_SPEND_AUTH.generator.encode()


def test_published_spend_authorisation_keys_of_orchard() -> None:
    """The first two test vectors of Orchard key components: ask and ak."""
    for ask, ak in (
        (
            "8eb8c401c287a6c13a2c345ad82172d86be4a8853525db602d14f630f4e61c17",
            "740bbe5d0580b2cad430180d02cc128b9a140d5e07c151721dc16d25d4e20f15",
        ),
        (
            "41d47cc96313b4821dfc129651c3137f44d9cad16b3dc08133c3d2df0d0c5320",
            "6de1349830d66d7b97fe231fc7b02ad64323629cfed1e3aa24ef052f56e4002a",
        ),
    ):
        assert (PALLAS_SPEND_AUTH.decode_scalar(bytes.fromhex(ask)) * PALLAS_SPEND_AUTH.generator).encode().hex() == ak


def test_a_derived_key_that_vanishes_is_refused() -> None:
    h = tweak(SECP256K1, b"id", b"tag")
    with pytest.raises(Error, match="InvalidScalar"):
        derive_secret(SECP256K1, b"id", b"tag", [SECP256K1.order - h, 1])
    roots = [-(h * SECP256K1.generator), SECP256K1.generator]
    with pytest.raises(Error, match="InvalidPoint"):
        derive_public(SECP256K1, b"id", b"tag", roots)
