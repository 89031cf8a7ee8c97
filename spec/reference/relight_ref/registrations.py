"""Sections 8.2, 8.4 and 8.6: registrations of Blinders and of members, and which follows which."""

from __future__ import annotations

from dataclasses import dataclass

from . import signatures
from .codec import VERSION_BYTE, Reader, decode_all, short, u8, u16, u64
from .curves import BLS12381_G1, SECP256K1, Point
from .errors import require
from .hashing import xof
from .identifiers import check_index
from .sharing import Rng, SchnorrProof, schnorr_prove, schnorr_verify
from .statement import read_g1
from .wallets import Unsigned

G1 = BLS12381_G1
FIRST = bytes(32)  # what the first registration has in place of the one before
LAST = 2**64 - 1
BLINDER_PURPOSE = "blinder-registration"
MEMBER_PURPOSE = "member-registration"


def read_identity(reader: Reader) -> Point:
    return SECP256K1.decode_point(reader.take(SECP256K1.point_len))


@dataclass(frozen=True)
class Place:
    """Where in a succession a registration stands."""

    serial: int
    previous: bytes

    def encode(self) -> bytes:
        return u64(self.serial) + self.previous

    @staticmethod
    def read(reader: Reader) -> Place:
        place = Place(reader.u64(), reader.take(32))
        valid = place.serial >= 1 and (place.previous == FIRST) == (place.serial == 1)
        require(valid, "InvalidSerial", place.serial)
        return place

    def next(self, digest: bytes) -> Place:
        """The place after the registration with this digest, which is at this one."""
        require(self.serial < LAST, "InvalidSerial", self.serial)
        return Place(self.serial + 1, digest)


START = Place(1, FIRST)


# 8.2 Blinder registration


@dataclass(frozen=True)
class BlinderRegistration:
    network: bytes
    node: bytes
    operator: Point
    place: Place
    blinder: Point
    proof: SchnorrProof
    signature: bytes

    def binding(self) -> bytes:
        return _blinder_binding(self.network, self.node, self.operator, self.place, self.blinder)

    def body(self) -> bytes:
        return self.binding() + self.proof.encode()

    def encode(self) -> bytes:
        return self.body() + self.signature

    def digest(self) -> bytes:
        return xof("blinder-registration", self.body())

    @staticmethod
    def read(reader: Reader) -> BlinderRegistration:
        reader.version()
        network, node, operator = reader.short(), reader.short(), read_identity(reader)
        place, blinder, proof = Place.read(reader), read_g1(reader), SchnorrProof.read(reader, G1)
        return BlinderRegistration(network, node, operator, place, blinder, proof, signatures.read(reader))

    @staticmethod
    def decode(data: bytes) -> BlinderRegistration:
        return decode_all(data, BlinderRegistration.read)

    def check(self, network: bytes, node: bytes, operator: Point) -> None:
        require(self.network == network, "Mismatch", "Network")
        require(self.node == node, "Mismatch", "Node")
        require(self.operator == operator, "Mismatch", "Operator")
        signatures.verify(self.signature, self.operator, BLINDER_PURPOSE, self.body())
        schnorr_verify(self.proof, "blinder", self.binding(), self.blinder)

    def successor(self, secret: int, rng: Rng) -> Unsigned:
        place = self.place.next(self.digest())
        return unsigned_blinder(secret, self.network, self.node, self.operator, place, rng)


def _blinder_binding(network: bytes, node: bytes, operator: Point, place: Place, blinder: Point) -> bytes:
    names = short(network) + short(node) + operator.encode()
    return u8(VERSION_BYTE) + names + place.encode() + blinder.encode()


def unsigned_blinder(
    secret: int, network: bytes, node: bytes, operator: Point, place: Place, rng: Rng
) -> Unsigned:
    binding = _blinder_binding(network, node, operator, place, secret * G1.generator)
    proof = schnorr_prove(G1, "blinder", binding, secret, rng)
    return Unsigned(BLINDER_PURPOSE, binding + proof.encode(), operator)


def register_blinder(secret: int, network: bytes, node: bytes, operator: Point, rng: Rng) -> Unsigned:
    return unsigned_blinder(secret, network, node, operator, START, rng)


def verify_blinder_registration(data: bytes, network: bytes, node: bytes, operator: Point) -> BlinderRegistration:
    """What is known to be this node's in this network."""
    found = BlinderRegistration.decode(data)
    found.check(network, node, operator)
    return found


# 8.4 Member registration


@dataclass(frozen=True)
class MemberRegistration:
    party: bytes
    index: int
    identity: Point
    place: Place
    member_key: Point
    proof: SchnorrProof
    signature: bytes

    def binding(self) -> bytes:
        return _member_binding(self.party, self.index, self.identity, self.place, self.member_key)

    def body(self) -> bytes:
        return self.binding() + self.proof.encode()

    def encode(self) -> bytes:
        return self.body() + self.signature

    def digest(self) -> bytes:
        return xof("member-registration", self.body())

    @staticmethod
    def read(reader: Reader) -> MemberRegistration:
        reader.version()
        party, index, identity = reader.short(), check_index(reader.u16()), read_identity(reader)
        place, member_key, proof = Place.read(reader), read_g1(reader), SchnorrProof.read(reader, G1)
        return MemberRegistration(party, index, identity, place, member_key, proof, signatures.read(reader))

    @staticmethod
    def decode(data: bytes) -> MemberRegistration:
        return decode_all(data, MemberRegistration.read)

    def check(self, party: bytes) -> None:
        require(self.party == party, "Mismatch", "Party")
        signatures.verify(self.signature, self.identity, MEMBER_PURPOSE, self.body())
        schnorr_verify(self.proof, "member-key", self.binding(), self.member_key)

    def successor(self, secret: int, rng: Rng) -> Unsigned:
        place = self.place.next(self.digest())
        return unsigned_member(secret, self.party, self.index, self.identity, place, rng)


def _member_binding(party: bytes, index: int, identity: Point, place: Place, member_key: Point) -> bytes:
    names = short(party) + u16(index) + identity.encode()
    return u8(VERSION_BYTE) + names + place.encode() + member_key.encode()


def unsigned_member(secret: int, party: bytes, index: int, identity: Point, place: Place, rng: Rng) -> Unsigned:
    binding = _member_binding(party, index, identity, place, secret * G1.generator)
    proof = schnorr_prove(G1, "member-key", binding, secret, rng)
    return Unsigned(MEMBER_PURPOSE, binding + proof.encode(), identity)


def register_member(secret: int, party: bytes, index: int, identity: Point, rng: Rng) -> Unsigned:
    return unsigned_member(secret, party, index, identity, START, rng)


def verify_member_registration(data: bytes, party: bytes) -> MemberRegistration:
    found = MemberRegistration.decode(data)
    found.check(party)
    return found


# 8.6 Succession


def check_blinder_succession(known: BlinderRegistration, following: BlinderRegistration) -> None:
    """Nothing changes, or the following one replaces the known one."""
    if following.digest() != known.digest():
        following.check(known.network, known.node, known.operator)
        _check_place(known.place, known.digest(), following.place)


def check_member_succession(known: MemberRegistration, following: MemberRegistration) -> None:
    if following.digest() != known.digest():
        following.check(known.party)
        require(following.index == known.index, "Mismatch", "Index")
        require(following.identity == known.identity, "Mismatch", "Identity")
        _check_place(known.place, known.digest(), following.place)


def _check_place(known: Place, digest: bytes, following: Place) -> None:
    require(following.serial > known.serial, "RetiredRegistration", following.serial)
    successor = following.serial == known.serial + 1 and following.previous == digest
    require(successor, "BrokenSuccession", following.serial)
