"""Chapter 7: threshold decryption."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .codec import MAX_COUNT, VERSION_BYTE, Reader, decode_all, u8, u16
from .curves import BLS12381_G1, Point
from .errors import Error, require
from .hashing import xof
from .pairing import G2, hash_to_g2, pairing
from .identifiers import check_distinct, check_identifiers, check_index, check_threshold
from .sharing import VssCommitment, lagrange
from .statement import unlock_message

G1 = BLS12381_G1


@dataclass(frozen=True)
class RecoveryParty:
    """The VSS commitment of the recovery party's key, and its members: index and share identifier."""

    commitment: VssCommitment
    members: tuple[tuple[int, int], ...]

    def __post_init__(self) -> None:
        check_distinct([(check_index(index), index) for index, _ in self.members])
        require(self.commitment.curve is G1, "WrongCurve")
        check_identifiers(G1, [identifier for _, identifier in self.members])
        check_threshold(self.threshold, len(self.members) - len(self.shareless()))

    @property
    def threshold(self) -> int:
        return self.commitment.threshold

    def shareless(self) -> list[int]:
        """The members whose share is zero. They are known, and cannot help."""
        return [index for index, identifier in self.members if self.commitment.is_shareless(identifier)]

    def identifier(self, member: int) -> int:
        """Of a member that has a share."""
        identifiers = dict(self.members)
        require(member in identifiers, "UnknownMember", member)
        require(not self.commitment.is_shareless(identifiers[member]), "Shareless", member)
        return identifiers[member]

    def verification_key(self, member: int) -> Point:
        return self.commitment.public_share(self.identifier(member))


@dataclass(frozen=True)
class DecryptionShare:
    member: int
    sigma: G2

    def encode(self) -> bytes:
        return u8(VERSION_BYTE) + u16(self.member) + self.sigma.encode()

    @staticmethod
    def read(reader: Reader) -> DecryptionShare:
        reader.version()
        return DecryptionShare(check_index(reader.u16()), G2.decode(reader.take(G2.LENGTH)))

    @staticmethod
    def decode(data: bytes) -> DecryptionShare:
        return decode_all(data, DecryptionShare.read)


@dataclass(frozen=True)
class UnlockKey:
    """The recovery party's combined answer for one statement."""

    digest: bytes
    sigma: G2


def decryption_share(secret: int, member: int, digest: bytes) -> DecryptionShare:
    return DecryptionShare(member, secret * hash_to_g2(unlock_message(digest)))


def share_is_valid(party: RecoveryParty, share: DecryptionShare, digest: bytes) -> bool:
    verification_key = party.verification_key(share.member)
    unlock_point = hash_to_g2(unlock_message(digest))
    return pairing(G1.generator, share.sigma) == pairing(verification_key, unlock_point)


def verify_share(party: RecoveryParty, share: DecryptionShare, digest: bytes) -> None:
    require(share_is_valid(party, share, digest), "BadDecryptionShares", [share.member])


def batch_weights(digest: bytes, shares: Sequence[DecryptionShare]) -> list[int]:
    seed = xof("batch-verify", digest, *(share.encode() for share in shares))
    weights = [xof("batch-weight", seed, u16(k), length=16) for k in range(len(shares))]
    return [int.from_bytes(weight, "big") for weight in weights]


def verify_shares(party: RecoveryParty, shares: Sequence[DecryptionShare], digest: bytes) -> None:
    """All at once; one by one only if that fails, to name the members at fault."""
    require(len(shares) <= MAX_COUNT, "InvalidLength")
    verification_keys = [party.verification_key(share.member) for share in shares]
    if not shares:
        return
    weights = batch_weights(digest, shares)
    points = [w * point for w, point in zip(weights, verification_keys, strict=True)]
    sigma = _weighted_sum(weights, shares)
    if pairing(G1.generator, sigma) != pairing(G1.sum(points), hash_to_g2(unlock_message(digest))):
        blame(party, shares, digest)


def _weighted_sum(weights: Sequence[int], shares: Sequence[DecryptionShare]) -> G2:
    total = weights[0] * shares[0].sigma
    for weight, share in zip(weights[1:], shares[1:], strict=True):
        total = total + weight * share.sigma
    return total


def blame(party: RecoveryParty, shares: Sequence[DecryptionShare], digest: bytes) -> None:
    bad = sorted({share.member for share in shares if not share_is_valid(party, share, digest)})
    raise Error("BadDecryptionShares", bad)


def combine(party: RecoveryParty, shares: Sequence[DecryptionShare], digest: bytes) -> UnlockKey:
    identifiers = {share.member: party.identifier(share.member) for share in shares}
    check_distinct([(share.member, share.member) for share in shares])
    require(len(shares) >= party.threshold, "NotEnoughShares")
    used = sorted(shares, key=lambda share: share.member)[: party.threshold]
    sigma = _weighted_sum(lagrange(G1, [identifiers[share.member] for share in used]), used)
    unlock_point = hash_to_g2(unlock_message(digest))
    if pairing(G1.generator, sigma) != pairing(party.commitment.public_key, unlock_point):
        blame(party, shares, digest)
    return UnlockKey(digest, sigma)
