"""Sections 3.7 and 8.5: what wallets return, addresses, and secrets that say what they are."""

from __future__ import annotations

from itertools import permutations
from secrets import token_bytes

import pytest
from eth_utils.address import is_checksum_address, to_checksum_address

from relight_ref import keys, signatures, wallets
from relight_ref.curves import SECP256K1
from relight_ref.errors import Error
from relight_ref.secret_objects import BLINDER, IDENTITY_KEY, MEMBER_KEY, close

N = SECP256K1.order
KINDS = (IDENTITY_KEY, MEMBER_KEY, BLINDER)


@pytest.mark.parametrize(
    ("secret", "known"),
    [
        (1, "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf"),
        (2, "0x2B5AD5c4795c026514f8317c7a215E218DcCD6cF"),
        (3, "0x6813Eb9362372EEF6200f3b1dbC3f819671cBA69"),
    ],
)
def test_addresses_that_everybody_knows(secret: int, known: str) -> None:
    assert wallets.address_text(wallets.address(secret * SECP256K1.generator)) == known


def test_the_case_of_an_address_is_that_of_another_library() -> None:
    for _ in range(50):
        data = token_bytes(20)
        text = wallets.address_text(data)
        assert text == to_checksum_address(data) and is_checksum_address(text)


def _returned(secret: int, body: bytes) -> tuple[int, int, int]:
    """r, s and the parity that recovers the key."""
    signed = signatures.sign(signatures.EIP191, secret, "response", body)
    r, s = int.from_bytes(signed[1:33], "big"), int.from_bytes(signed[33:], "big")
    hashed = signatures.prehash(signatures.EIP191, "response", body)
    found = [parity for parity in (0, 1) if wallets.recover((r, s, parity), hashed) == secret * SECP256K1.generator]
    assert len(found) == 1
    return r, s, found[0]


def _forms(r: int, s: int, parity: int) -> list[bytes]:
    first, low, high = (x.to_bytes(32, "big") for x in (r, s, N - s))
    compact = (s | parity << 255).to_bytes(32, "big")
    tails = [low + bytes([parity]), low + bytes([27 + parity]), high + bytes([1 - parity]), high + bytes([28 - parity])]
    return [first + tail for tail in (*tails, low, high, compact)]


def test_every_form_completes_to_one_signature() -> None:
    for _ in range(20):
        secret, body = keys.random_scalar(SECP256K1, token_bytes), token_bytes(70)
        identity = secret * SECP256K1.generator
        expected = signatures.sign(signatures.EIP191, secret, "response", body)
        for form in _forms(*_returned(secret, body)):
            made = wallets.complete("response", body, identity, form)
            assert made == expected
            signatures.verify(made, identity, "response", body)


def test_a_high_s_left_as_it_is_would_not_verify() -> None:
    secret, body = keys.random_scalar(SECP256K1, token_bytes), token_bytes(70)
    r, s, _ = _returned(secret, body)
    kept = bytes([signatures.EIP191]) + r.to_bytes(32, "big") + (N - s).to_bytes(32, "big")
    with pytest.raises(Error, match="BadSignature"):
        signatures.verify(kept, secret * SECP256K1.generator, "response", body)


def test_what_a_wallet_got_wrong_is_said() -> None:
    secret, body = keys.random_scalar(SECP256K1, token_bytes), token_bytes(70)
    identity, other = secret * SECP256K1.generator, 5 * SECP256K1.generator
    good = _forms(*_returned(secret, body))[1]
    own = wallets.address_text(wallets.address(identity))
    cases = {
        f"Signer.{own}": (other, good),
        "Length.66": (identity, good + b"\0"),
        "RecoveryId.29": (identity, good[:64] + bytes([29])),
        f"RecoveryId.{55 - good[64]}": (identity, good[:64] + bytes([55 - good[64]])),
        "Invalid": (other, good[:64]),
    }
    for fault, (expected, returned) in cases.items():
        with pytest.raises(Error, match=f"WalletSignature.{fault}"):
            wallets.complete("response", body, expected, returned)


def test_another_key_does_not_sign_a_form() -> None:
    form = wallets.Unsigned("dealing", b"body", 7 * SECP256K1.generator)
    with pytest.raises(Error, match="WrongIdentity"):
        form.sign(8)
    signatures.verify(form.sign(7)[4:], form.signer, "dealing", b"body")


# 8.5


def test_a_secret_of_one_kind_is_no_other() -> None:
    for kind, other in permutations(KINDS, 2):
        with pytest.raises(Error, match=f"WrongKind.*{other}, {kind}"):
            keys.decode_secret(other, keys.encode_secret(kind, 5))


@pytest.mark.parametrize("kind", KINDS)
def test_no_flipped_bit_is_another_secret(kind: int) -> None:
    """Without a checksum, most of them are."""
    good = keys.encode_secret(kind, keys.random_scalar(keys.CURVES[kind], token_bytes))
    for bit in range(8 * len(good)):
        bad = bytearray(good)
        bad[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Error) as caught:
            keys.decode_secret(kind, bytes(bad))
        assert bit < 16 or caught.value.name == "BadChecksum"
    body = bytearray(good[2:34])
    body[31] ^= 1
    assert keys.decode_secret(kind, close(kind, bytes(body))) != keys.decode_secret(kind, good)
