"""Chapter 8: Blinders, member keys and their registrations."""

from __future__ import annotations

from dataclasses import dataclass

from . import signatures
from .codec import VERSION_BYTE, Reader, decode_all, short, u8, u16
from .curves import BLS12381_G1, SECP256K1, Curve, Point
from .errors import require
from .identifiers import check_index
from .sharing import Rng, SchnorrProof, schnorr_prove, schnorr_verify
from .statement import read_g1

G1 = BLS12381_G1


def random_scalar(curve: Curve, rng: Rng) -> int:
    """Never zero."""
    while True:
        scalar = int.from_bytes(rng(curve.wide_len), "big") % curve.order
        if scalar != 0:
            return scalar


def encode_secret(secret: int, curve: Curve = G1) -> bytes:
    """A Blinder or a member key, or an identity key on its curve: version and scalar."""
    return u8(VERSION_BYTE) + curve.encode_scalar(secret)


def decode_secret(data: bytes, curve: Curve = G1) -> int:
    def read(reader: Reader) -> int:
        reader.version()
        return curve.decode_secret(reader.take(curve.scalar_len))

    return decode_all(data, read)


@dataclass(frozen=True)
class BlinderRegistration:
    context: bytes
    node: bytes
    blinder: Point
    proof: SchnorrProof

    def encode(self) -> bytes:
        return blinder_binding(self.context, self.node, self.blinder) + self.proof.encode()

    @staticmethod
    def read(reader: Reader) -> BlinderRegistration:
        reader.version()
        context, node, blinder = reader.short(), reader.short(), read_g1(reader)
        return BlinderRegistration(context, node, blinder, SchnorrProof.read(reader, G1))


def blinder_binding(context: bytes, node: bytes, blinder: Point) -> bytes:
    return u8(VERSION_BYTE) + short(context) + short(node) + blinder.encode()


def register_blinder(secret: int, context: bytes, node: bytes, rng: Rng) -> bytes:
    blinder = secret * G1.generator
    proof = schnorr_prove(G1, "blinder", blinder_binding(context, node, blinder), secret, rng)
    return BlinderRegistration(context, node, blinder, proof).encode()


def verify_blinder_registration(data: bytes, context: bytes, node: bytes) -> Point:
    """The public half, once it is known to be this node's in this context."""
    found = decode_all(data, BlinderRegistration.read)
    require(found.context == context, "StatementMismatch", "Context")
    require(found.node == node, "StatementMismatch", "Node")
    binding = blinder_binding(found.context, found.node, found.blinder)
    schnorr_verify(found.proof, "blinder", binding, found.blinder)
    return found.blinder


@dataclass(frozen=True)
class MemberRegistration:
    context: bytes
    index: int
    identity: Point
    member_key: Point
    proof: SchnorrProof
    signature: bytes

    def binding(self) -> bytes:
        return member_binding(self.context, self.index, self.identity, self.member_key)

    def signed(self) -> bytes:
        return self.binding() + self.proof.encode()

    def encode(self) -> bytes:
        return self.signed() + self.signature

    @staticmethod
    def read(reader: Reader) -> MemberRegistration:
        reader.version()
        context, index = reader.short(), check_index(reader.u16())
        identity = SECP256K1.decode_point(reader.take(SECP256K1.point_len))
        member_key, proof = read_g1(reader), SchnorrProof.read(reader, G1)
        return MemberRegistration(context, index, identity, member_key, proof, signatures.read(reader))


def member_binding(context: bytes, index: int, identity: Point, member_key: Point) -> bytes:
    return u8(VERSION_BYTE) + short(context) + u16(index) + identity.encode() + member_key.encode()


def register_member(secret: int, identity_secret: int, scheme: int, context: bytes, index: int, rng: Rng) -> bytes:
    identity, member_key = identity_secret * SECP256K1.generator, secret * G1.generator
    binding = member_binding(context, index, identity, member_key)
    proof = schnorr_prove(G1, "member-key", binding, secret, rng)
    signed = binding + proof.encode()
    return signed + signatures.sign(scheme, identity_secret, "registration", signed)


def check_member_registration(found: MemberRegistration) -> None:
    signatures.verify(found.signature, found.identity, "registration", found.signed())
    schnorr_verify(found.proof, "member-key", found.binding(), found.member_key)


def verify_member_registration(data: bytes, context: bytes) -> MemberRegistration:
    found = decode_all(data, MemberRegistration.read)
    require(found.context == context, "StatementMismatch", "Context")
    check_member_registration(found)
    return found
