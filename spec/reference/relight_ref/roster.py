"""Section 11.1: who the recovery party is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .codec import VERSION_BYTE, Reader, decode_all, long, u8
from .curves import BLS12381_G1
from .decryption import RecoveryParty
from .errors import Error, require
from .hashing import xof
from .identifiers import check_ascending, check_keys, encode_identifier, read_identifier
from .registrations import MemberRegistration
from .sharing import VssCommitment

FAULTS = {"Mismatch": "Party", "BadSignature": "Signature", "BadSchnorrProof": "SchnorrProof"}


@dataclass(frozen=True)
class RosterMember:
    """A registration, and the identifier of the member's share of the recovery key."""

    registration: MemberRegistration
    identifier: int

    def encode(self) -> bytes:
        return self.registration.encode() + encode_identifier(self.identifier)

    @staticmethod
    def read(reader: Reader) -> RosterMember:
        return RosterMember(MemberRegistration.read(reader), read_identifier(reader))


@dataclass(frozen=True)
class Roster:
    """Every registration in it has been verified for the party that the caller expects."""

    recovery_party: RecoveryParty
    members: tuple[RosterMember, ...]

    @staticmethod
    def new(party: bytes, commitment: VssCommitment, members: tuple[RosterMember, ...]) -> Roster:
        registrations = [member.registration for member in members]
        check_ascending([one.index for one in registrations])
        check_keys([(one.index, one.identity) for one in registrations])
        check_keys([(one.index, one.member_key) for one in registrations])
        for registration in registrations:
            _check_registration(party, registration)
        identifiers = [(member.registration.index, member.identifier) for member in members]
        return Roster(RecoveryParty(commitment, tuple(identifiers)), members)

    def indices(self) -> list[int]:
        return [member.registration.index for member in self.members]

    def member(self, index: int) -> MemberRegistration:
        return self.members[self.place(index)].registration

    def place(self, index: int) -> int:
        require(index in self.indices(), "UnknownMember", index)
        return self.indices().index(index)

    def encode(self) -> bytes:
        members = b"".join(member.encode() for member in self.members)
        return u8(VERSION_BYTE) + long(self.recovery_party.commitment.points()) + long(members)

    def digest(self) -> bytes:
        return xof("roster", self.encode())

    @staticmethod
    def decode(party: bytes, data: bytes) -> Roster:
        commitment, members = decode_all(data, _read_roster)
        return Roster.new(party, commitment, members)


def _read_roster(reader: Reader) -> tuple[VssCommitment, tuple[RosterMember, ...]]:
    reader.version()
    commitment = VssCommitment.read_on(reader, BLS12381_G1)
    return commitment, reader.items(RosterMember.read)


def _check_registration(party: bytes, registration: MemberRegistration) -> None:
    """Of no fault of the member: whoever made the roster let it in."""
    try:
        registration.check(party)
    except Error as error:
        raise Error("InvalidRegistration", [registration.index, FAULTS[error.name]]) from None
