"""Section 3.7: signatures that a wallet makes, and what it returns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from Crypto.Hash import keccak

from . import signatures
from .codec import u8
from .curves import SECP256K1, Point
from .errors import Error, require
from .signatures import EIP191, ORDER

HIGHEST_BIT = 1 << 255
Candidate = tuple[int, int, int]  # r, s and the parity of the nonce's ordinate


@dataclass(frozen=True)
class Unsigned:
    """What is to be signed, for what, and by whom."""

    purpose: str
    body: bytes
    signer: Point

    def wallet_text(self) -> str:
        return wallet_text(self.purpose, self.body)

    def sign(self, secret: int) -> bytes:
        """With a key at hand."""
        require(secret * SECP256K1.generator == self.signer, "WrongIdentity")
        return self.body + signatures.sign(signatures.ECDSA, secret, self.purpose, self.body)

    def complete(self, returned: bytes) -> bytes:
        """With what a wallet returned."""
        return self.body + complete(self.purpose, self.body, self.signer, returned)


def wallet_text(purpose: str, message: bytes) -> str:
    return signatures.personal_text(purpose, signatures.signed_digest(purpose, message)).decode("ascii")


def address(identity: Point) -> bytes:
    """That of an account of Ethereum."""
    x, y = (int(coordinate) for coordinate in identity.value)
    return _keccak(x.to_bytes(32, "big") + y.to_bytes(32, "big"))[-20:]


def address_text(data: bytes) -> str:
    """With the checksum of EIP-55: a letter is large where the hash of the small ones has a digit above seven."""
    small = data.hex()
    hashed = _keccak(small.encode("ascii")).hex()
    return "0x" + "".join(c.upper() if int(h, 16) > 7 else c for c, h in zip(small, hashed, strict=False))


def _keccak(data: bytes) -> bytes:
    return keccak.new(digest_bits=256, data=data).digest()


def recover(candidate: Candidate, hashed: bytes) -> Point | None:
    """The public key of SEC 1, 4.1.6, for an abscissa below the order."""
    r, s, parity = candidate
    if not (1 <= r < ORDER and 1 <= s < ORDER):
        return None
    try:
        nonce = SECP256K1.decode_point(u8(2 + parity) + r.to_bytes(32, "big"))
    except Error:
        return None
    inverse = SECP256K1.invert(r)
    z = int.from_bytes(hashed, "big")
    found = inverse * s * nonce - inverse * z * SECP256K1.generator
    return None if found.is_identity() else found


def _split(returned: bytes) -> tuple[int, int]:
    require(len(returned) in (64, 65), "WalletSignature", f"Length({len(returned)})")
    return int.from_bytes(returned[:32], "big"), int.from_bytes(returned[32:64], "big")


def _parity(v: int) -> int:
    require(v in (0, 1, 27, 28), "WalletSignature", f"RecoveryId({v})")
    return v % 27


def _candidates(returned: bytes) -> Iterator[Candidate]:
    """Of 64 bytes, which do not tell the parity, or tell it by the highest bit of s (EIP-2098)."""
    r, s = _split(returned)
    if len(returned) == 65:
        yield r, s, _parity(returned[64])
        return
    yield from ((r, s, 0), (r, s, 1))
    if s & HIGHEST_BIT:
        yield r, s ^ HIGHEST_BIT, 1


def complete(purpose: str, body: bytes, identity: Point, returned: bytes) -> bytes:
    hashed = signatures.prehash(EIP191, purpose, body)
    for candidate in _candidates(returned):
        if recover(candidate, hashed) == identity:
            r, s, _ = candidate
            return u8(EIP191) + r.to_bytes(32, "big") + min(s, ORDER - s).to_bytes(32, "big")
    raise Error("WalletSignature", _fault(returned, identity, hashed))


def _fault(returned: bytes, identity: Point, hashed: bytes) -> str:
    """What is wrong with what no candidate fits."""
    if len(returned) == 64:
        return "Invalid"
    [(r, s, parity)] = _candidates(returned)
    if recover((r, s, 1 - parity), hashed) == identity:
        return f"RecoveryId({returned[64]})"
    found = recover((r, s, parity), hashed)
    return "Invalid" if found is None else _signer(found)


def _signer(found: Point) -> str:
    return f"Signer({address_text(address(found))})"


def introduce(party: bytes, expected: bytes | None, returned: bytes) -> Point:
    """The identity of a wallet that signed the name of the party for the purpose "identity"."""
    hashed = signatures.prehash(EIP191, "identity", party)
    if len(returned) == 64 and expected is None:
        require(bool(returned[32] & 0x80), "WalletSignature", "Length(64)")
        candidates = list(_candidates(returned))[2:]
    else:
        candidates = list(_candidates(returned))
    found = [point for point in (recover(candidate, hashed) for candidate in candidates) if point is not None]
    return _introduced(found, expected, len(returned))


def _introduced(found: list[Point], expected: bytes | None, length: int) -> Point:
    for point in found:
        if expected in (None, address(point)):
            return point
    raise Error("WalletSignature", _signer(found[0]) if found and length == 65 else "Invalid")
