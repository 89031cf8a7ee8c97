"""Cases of Section 3.7."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from relight_ref import signatures, wallets
from relight_ref.curves import SECP256K1

from . import world
from .build import Change, Vectors, draw
from .mutations import BAD_SECP, flip, splice

N = SECP256K1.order
BODY = draw("wallet body", 90)
HALF = 1 << 255


def _public(signer: int) -> str:
    return world.identity_public(signer).encode().hex()


def _address(signer: int) -> str:
    return wallets.address(world.identity_public(signer)).hex()


def _text(signer: int) -> str:
    return wallets.address_text(wallets.address(world.identity_public(signer)))


def _number(value: int) -> str:
    return value.to_bytes(32, "big").hex()


class Returned:
    """A wallet's signature, in the forms that wallets return."""

    def __init__(self, purpose: str, body: str, signer: int) -> None:
        made = world.returned(purpose, bytes.fromhex(body), world.identity(signer))
        self.r, self.parity = made[:32].hex(), made[64] - 27
        self.s = int.from_bytes(made[32:64], "big")

    def high(self) -> tuple[str, int]:
        """The other s, for which the parity is the other."""
        return _number(N - self.s), 1 - self.parity

    def forms(self) -> dict[str, str]:
        low, (high, other) = _number(self.s), self.high()
        found = {
            f"65 bytes, v {self.parity}": self.r + low + f"{self.parity:02x}",
            f"65 bytes, v {27 + self.parity}": self.r + low + f"{27 + self.parity:02x}",
            f"65 bytes, high s, v {other}": self.r + high + f"{other:02x}",
            f"65 bytes, high s, v {27 + other}": self.r + high + f"{27 + other:02x}",
            f"64 bytes, parity {self.parity}": self.r + low,
            f"64 bytes, high s, parity {other}": self.r + high,
        }
        return {**found, f"64 bytes of EIP-2098, parity {self.parity}": self.compact()}

    def compact(self) -> str:
        return self.r + _number(self.s | HALF * self.parity)


def _by_parity(purpose: str, body: str) -> list[tuple[int, Returned]]:
    found: dict[int, tuple[int, Returned]] = {}
    for signer in range(20, 40):
        made = Returned(purpose, body, signer)
        found.setdefault(made.parity, (signer, made))
    return [found[0], found[1]]


def wallet_complete() -> Vectors:
    v = Vectors("wallet_complete")
    for purpose in signatures.PURPOSES:
        made = Returned(purpose, BODY, 2).forms()
        name, form = next(iter(made.items()))
        v.accept(f"{purpose}, {name}", purpose=purpose, body=BODY, identity=_public(2), returned=form)
    for signer, made_ in _by_parity("dealing", BODY):
        for name, form in made_.forms().items():
            inputs = {"purpose": "dealing", "body": BODY, "identity": _public(signer), "returned": form}
            v.accept(f"ordinate {made_.parity}, {name}", **inputs)
    empty = Returned("response", "", 3)
    v.accept("an empty body", purpose="response", body="", identity=_public(3), returned=empty.r + _number(empty.s))
    for parity in (0, 1):
        _reject(v, parity)
    return v


def _reject(v: Vectors, parity: int) -> None:
    signer, made = _by_parity("dealing", BODY)[parity]
    base = f"ordinate {parity}, 65 bytes, v {27 + parity}"
    good = v.inputs(base)["returned"]
    v.reject_all(base, _lengths(good))
    for byte in (2, 26, 29, 30, 35, 37, 38, 127, 255):
        v.reject(base, f"v is {byte}", f"WalletSignature:RecoveryId({byte})", returned=splice(good, 64, f"{byte:02x}"))
    for other in (1 - parity, 28 - parity):
        words = f"v is {other}, of the other ordinate"
        v.reject(base, words, f"WalletSignature:RecoveryId({other})", returned=splice(good, 64, f"{other:02x}"))
    other_s = splice(good, 32, _number(N - made.s))
    v.reject(base, "high s with the v of low s", f"WalletSignature:RecoveryId({27 + parity})", returned=other_s)
    v.reject_all(base, _out_of_range(good))
    stranger = f"WalletSignature:Signer({_text(signer)})"
    v.reject(base, "another identity", stranger, identity=_public(9))
    _reject_others(v, base, good)
    base = f"ordinate {parity}, 64 bytes of EIP-2098, parity {parity}"
    v.reject(base, "another identity", "WalletSignature:Invalid", identity=_public(9))
    v.reject(base, "another body", "WalletSignature:Invalid", body="00")
    v.reject(base, "r has a bit flipped", "WalletSignature:Invalid", returned=flip(v.inputs(base)["returned"], 31))
    v.reject_all(base, replaced_identity())


def replaced_identity() -> Iterator[Change]:
    for words, data in BAD_SECP.items():
        yield f"the identity is {words}", "InvalidPoint", {"identity": data}


def _reject_others(v: Vectors, base: str, good: str) -> None:
    """Another body, purpose or s: another key is recovered."""
    inputs = v.inputs(base)
    changes: dict[str, dict[str, Any]] = {
        "another body": {"body": "00"},
        "another purpose": {"purpose": "response"},
        "s has a bit flipped": {"returned": flip(good, 63)},
    }
    for words, change in changes.items():
        signer = _recovered(**{**inputs, **change})
        v.reject(base, words, f"WalletSignature:Signer({signer})", **change)


def _recovered(purpose: str, body: str, identity: str, returned: str) -> str:
    """Whom 65 bytes name: the address that introduces itself so."""
    hashed = signatures.prehash(signatures.EIP191, purpose, bytes.fromhex(body))
    r, s, v = int(returned[:64], 16), int(returned[64:128], 16), int(returned[128:], 16)
    found = wallets.recover((r, s, v % 27), hashed)
    assert found is not None and found.encode().hex() != identity
    return wallets.address_text(wallets.address(found))


def _lengths(good: str) -> Iterator[Change]:
    for length in (0, 1, 63, 66, 130):
        made = (good * 3)[: 2 * length]
        yield f"{length} bytes", f"WalletSignature:Length({length})", {"returned": made}


def _out_of_range(good: str) -> Iterator[Change]:
    off = next(x for x in range(1, 99) if _off_curve(x))
    values = {"zero": 0, "the group order": N, "the group order plus one": N + 1, "the largest number": 2**256 - 1}
    for words, value in values.items():
        yield f"r is {words}", "WalletSignature:Invalid", {"returned": splice(good, 0, _number(value))}
        yield f"s is {words}", "WalletSignature:Invalid", {"returned": splice(good, 32, _number(value))}
    yield "r is no abscissa", "WalletSignature:Invalid", {"returned": splice(good, 0, _number(off))}


def _off_curve(x: int) -> bool:
    p = 2**256 - 2**32 - 977
    return pow(x**3 + 7, (p - 1) // 2, p) != 1


def introduce() -> Vectors:
    v, party = Vectors("introduce"), world.PARTY.hex()
    for signer, made in _by_parity("identity", party):
        for name, form in made.forms().items():
            known = f"ordinate {made.parity}, {name}"
            v.accept(f"{known}, its address is known", party=party, address=_address(signer), returned=form)
            if len(form) == 130:
                v.accept(known, party=party, address="", returned=form)
    (_, even), (signer, odd) = _by_parity("identity", party)
    v.accept("EIP-2098, no address", party=party, address="", returned=odd.compact())
    empty = world.returned("identity", b"", world.identity(3)).hex()
    v.accept("an empty party", party="", address="", returned=empty)
    base = "ordinate 1, 65 bytes, v 28"
    good = v.inputs(base)["returned"]
    v.reject_all(base, _lengths(good))
    for byte in (2, 26, 29, 255):
        v.reject(base, f"v is {byte}", f"WalletSignature:RecoveryId({byte})", returned=splice(good, 64, f"{byte:02x}"))
    v.reject_all(base, _out_of_range(good))
    stranger = f"WalletSignature:Signer({_text(signer)})"
    v.reject(base, "another address is known", stranger, address=_address(9))
    plain = even.r + _number(even.s)
    v.reject(base, "64 bytes that do not tell the parity", "WalletSignature:Length(64)", returned=plain)
    base = "EIP-2098, no address"
    v.reject(base, "r is zero", "WalletSignature:Invalid", returned=splice(odd.compact(), 0, _number(0)))
    v.reject(base, "another address is known", "WalletSignature:Invalid", address=_address(9))
    return v


def address() -> Vectors:
    """The secrets one and two have addresses that are known everywhere."""
    v = Vectors("address")
    for secret in (1, 2, 3, N - 1):
        v.accept(f"the secret {secret}", identity=(secret * SECP256K1.generator).encode().hex())
    for signer in range(1, 9):
        v.accept(f"identity {signer}", identity=_public(signer))
    v.reject_all("identity 1", replaced_identity())
    return v


ALL = (wallet_complete, introduce, address)
