"""Section 9.5: what a set of dealings comes to, for everybody and for a recipient."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from . import encryption
from .ceremony import Ceremony, Slot
from .codec import u16
from .curves import BLS12381_G1, Curve, Point
from .dealing import Dealing
from .errors import require
from .hashing import xof
from .sharing import VssCommitment, lagrange


@dataclass(frozen=True)
class PublicOutcome:
    """What everybody knows after a ceremony; the shareless by key and recipient."""

    commitments: tuple[VssCommitment, ...]
    shareless: tuple[tuple[int, int], ...]
    transcript: bytes

    def digest(self) -> bytes:
        return outcome_digest(self.transcript, self.commitments)


@dataclass(frozen=True)
class Outcome:
    """What a ceremony leaves with one recipient: its shares, by the numbers of their keys."""

    public: PublicOutcome
    shares: dict[int, int]


def transcript(ceremony: Ceremony, agreed: Sequence[tuple[int, bytes]]) -> bytes:
    """Of dealers and the digests of their dealings, ascending."""
    parts = [part for dealer, digest in agreed for part in (u16(dealer), digest)]
    return xof("transcript", ceremony.digest(), *parts)


def outcome_digest(transcript_: bytes, commitments: Sequence[VssCommitment]) -> bytes:
    return xof("outcome", transcript_, *(commitment.points() for commitment in commitments))


def dealing_weights(ceremony: Ceremony, slot: Slot, dealings: Sequence[Dealing]) -> list[int]:
    """One each for new keys, Lagrange's for old ones."""
    if slot.old is None:
        return [1] * len(dealings)
    identifiers = [ceremony.dealer(dealing.dealer).identifier for dealing in dealings]
    return lagrange(slot.curve, identifiers, slot.at)


def public_outcome(ceremony: Ceremony, dealings: Sequence[Dealing]) -> PublicOutcome:
    """The resulting VSS commitment of every key, and who has no share of it."""
    commitments = tuple(_combined(ceremony, k, dealings) for k in range(len(ceremony.slots)))
    shareless = [
        (k, recipient.index)
        for k, commitment in enumerate(commitments)
        for recipient in ceremony.recipients
        if commitment.is_shareless(recipient.identifier)
    ]
    agreed = [(dealing.dealer, dealing.digest) for dealing in dealings]
    return PublicOutcome(commitments, tuple(shareless), transcript(ceremony, agreed))


def _combined(ceremony: Ceremony, k: int, dealings: Sequence[Dealing]) -> VssCommitment:
    slot = ceremony.slots[k]
    weights = dealing_weights(ceremony, slot, dealings)
    rows = [dealing.commitments[k].commitments for dealing in dealings]
    columns = zip(*rows, strict=True)
    points = [_weighted(slot.curve, weights, column) for column in columns]
    commitment = VssCommitment(tuple(points))
    if slot.old is not None:
        require(commitment.public_key == slot.old.value(slot.at), "CeremonyMismatch")
    return commitment


def _weighted(curve: Curve, weights: Sequence[int], points: Sequence[Point]) -> Point:
    return curve.sum(w * point for w, point in zip(weights, points, strict=True))


def check_recipient(ceremony: Ceremony, index: int, member_key: int) -> None:
    own = member_key * BLS12381_G1.generator
    require(own == ceremony.recipient(index).member_key, "WrongMemberKey")


def open_outcome(
    ceremony: Ceremony, dealings: Sequence[Dealing], public: PublicOutcome, index: int, member_key: int
) -> Outcome:
    """The shares of a recipient, checked against the VSS commitments."""
    place, opener = ceremony.recipient_place(index), encryption.member_opener(member_key)
    opened = [encryption.open_compartment(d.claim, d.proof, place, opener) for d in dealings]
    shares: dict[int, int] = {}
    for k, slot in enumerate(ceremony.slots):
        weights = dealing_weights(ceremony, slot, dealings)
        share = sum(w * row[k] for w, row in zip(weights, opened, strict=True)) % slot.curve.order
        assert share * slot.curve.generator == public.commitments[k].value(ceremony.recipients[place].identifier)
        if share != 0:
            shares[k] = share
    return Outcome(public, shares)
