"""HPKE, RFC 9180, as Sections 11.2 and 11.4 use it: base mode of the one suite."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from pyhpke import AEADId, CipherSuite, KDFId, KEMId, KEMKeyPair, PyHPKEError

from .codec import u16
from .errors import Error
from .hashing import frame

SUITE = CipherSuite.new(KEMId.DHKEM_X25519_HKDF_SHA256, KDFId.HKDF_SHA256, AEADId.CHACHA20_POLY1305)
KEY = 32


def derive_key_pair(material: bytes) -> KEMKeyPair:
    return SUITE.kem.derive_key_pair(material)


def public_half(pair: KEMKeyPair) -> bytes:
    return pair.public_key.to_public_bytes()


def secret_half(pair: KEMKeyPair) -> bytes:
    """SerializePrivateKey: clamped, as RFC 9180 has it in 7.1.2."""
    secret = bytearray(pair.private_key.to_private_bytes())
    secret[0] &= 0xF8
    secret[31] = secret[31] & 0x7F | 0x40
    return bytes(secret)


def public_of(secret: bytes) -> bytes:
    return X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def info(request_digest: bytes, member: int) -> bytes:
    return frame("response-info", request_digest, u16(member))


def aad(request_digest: bytes, member: int) -> bytes:
    return frame("response-aad", request_digest, u16(member))


def seal(public: bytes, request_digest: bytes, member: int, plaintext: bytes, pair: KEMKeyPair) -> tuple[bytes, bytes]:
    """The encapsulated key and the ciphertext."""
    try:
        recipient = SUITE.kem.deserialize_public_key(public)
        encapsulated, context = SUITE.create_sender_context(recipient, info=info(request_digest, member), eks=pair)
    except (PyHPKEError, ValueError):
        raise Error("InvalidPoint") from None
    return encapsulated, context.seal(plaintext, aad=aad(request_digest, member))


def unseal(secret: bytes, request_digest: bytes, member: int, encapsulated: bytes, ciphertext: bytes) -> bytes:
    key = SUITE.kem.deserialize_private_key(secret)
    try:
        context = SUITE.create_recipient_context(encapsulated, key, info=info(request_digest, member))
        return context.open(ciphertext, aad=aad(request_digest, member))
    except (PyHPKEError, ValueError):
        raise Error("BadResponse", member) from None
