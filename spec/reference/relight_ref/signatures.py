"""Section 3.6: identity signatures."""

from __future__ import annotations

import hashlib

from Crypto.Hash import keccak
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed, decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from .codec import Reader, u8
from .curves import SECP256K1, Point
from .errors import require
from .hashing import frame

PURPOSES = ("identity", "dealing", "confirmation", "blinder-registration", "member-registration", "response")
ECDSA = 1
EIP191 = 2
SCHEMES = (ECDSA, EIP191)
LENGTH = 65
ORDER = SECP256K1.order
_ALGORITHM = Prehashed(SHA256())


def signed_digest(purpose: str, message: bytes) -> bytes:
    return hashlib.sha256(frame("signature", purpose.encode("ascii"), message)).digest()


def personal_text(purpose: str, digest: bytes) -> bytes:
    """What a wallet shows to the signer under scheme 2."""
    return f"relight-v1 signature\npurpose: {purpose}\ndigest: 0x{digest.hex()}".encode("ascii")


def prehash(scheme: int, purpose: str, message: bytes) -> bytes:
    digest = signed_digest(purpose, message)
    if scheme == ECDSA:
        return digest
    text = personal_text(purpose, digest)
    personal = b"\x19Ethereum Signed Message:\n" + str(len(text)).encode("ascii") + text
    return keccak.new(digest_bits=256, data=personal).digest()


def sign(scheme: int, secret: int, purpose: str, message: bytes) -> bytes:
    """Deterministic (RFC 6979), normalized to low s."""
    assert purpose in PURPOSES, purpose
    key = ec.derive_private_key(secret, ec.SECP256K1())
    algorithm = ec.ECDSA(_ALGORITHM, deterministic_signing=True)
    r, s = decode_dss_signature(key.sign(prehash(scheme, purpose, message), algorithm))
    s = min(s, ORDER - s)
    return u8(scheme) + r.to_bytes(32, "big") + s.to_bytes(32, "big")


def read(reader: Reader) -> bytes:
    """Takes a signature; only its scheme is checked before it is verified."""
    scheme = reader.u8()
    require(scheme in SCHEMES, "UnknownScheme", scheme)
    return u8(scheme) + reader.take(LENGTH - 1)


def verify(signature: bytes, identity: Point, purpose: str, message: bytes) -> None:
    scheme, r, s = signature[0], int.from_bytes(signature[1:33], "big"), int.from_bytes(signature[33:], "big")
    require(scheme in SCHEMES, "UnknownScheme", scheme)
    require(1 <= r < ORDER and 1 <= s <= ORDER // 2, "BadSignature")
    valid = _ecdsa_valid(identity, r, s, prehash(scheme, purpose, message))
    require(valid, "BadSignature")


def _ecdsa_valid(identity: Point, r: int, s: int, hashed: bytes) -> bool:
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256K1(), identity.encode())
    try:
        key.verify(encode_dss_signature(r, s), hashed, ec.ECDSA(_ALGORITHM))
    except InvalidSignature:
        return False
    return True
