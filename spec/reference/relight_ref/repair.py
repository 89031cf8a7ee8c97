"""Section 9.8: repair and enrolment, a share for one party, without a new sharing for the others."""

from __future__ import annotations

from dataclasses import dataclass

from .backup import KeyShare
from .ceremony import Ceremony, Dealer, Keys, Recipient
from .curves import Point
from .errors import require
from .outcome import Outcome, PublicOutcome
from .parameters import ParameterSet
from .sharing import VssCommitment


@dataclass(frozen=True)
class Helper:
    """A holder of a share of every old key, which deals and receives."""

    index: int
    identity: Point
    member_key: Point
    identifier: int


@dataclass(frozen=True)
class Repair:
    """The receiver gets the share at its identifier, lost or new, of every key; nobody learns anything else.

    The helpers re-share the values that the old VSS commitments have there among themselves, and then hand them over.
    """

    parameters: ParameterSet
    name: bytes
    epoch: int  # of the old sharing
    keys: tuple[VssCommitment, ...]
    helpers: tuple[Helper, ...]
    receiver: Recipient

    def _dealers(self) -> tuple[Dealer, ...]:
        return tuple(Dealer(helper.index, helper.identity, helper.identifier) for helper in self.helpers)

    def first(self, nonce: bytes) -> Ceremony:
        keys = Keys.reshare(*((key, self.receiver.identifier) for key in self.keys))
        recipients = tuple(Recipient(h.index, h.identity, h.member_key, h.identifier) for h in self.helpers)
        needed = max(key.threshold for key in self.keys)
        return self._ceremony(nonce, needed, keys, recipients)

    def hand_over(self, nonce: bytes, outcome: PublicOutcome) -> Ceremony:
        """The outcome is that of the first ceremony: the receiver checks that it is about its own share."""
        self.check(outcome)
        return self._ceremony(nonce, 1, Keys.hand_over(*outcome.commitments), (self.receiver,))

    def _ceremony(self, nonce: bytes, threshold: int, keys: Keys, recipients: tuple[Recipient, ...]) -> Ceremony:
        header = self.parameters, self.name, nonce, self.epoch, threshold
        return Ceremony(*header, keys, self._dealers(), recipients)

    def check(self, outcome: PublicOutcome) -> None:
        """What was dealt is the old keys' public shares of the receiver."""
        found = [commitment.public_key for commitment in outcome.commitments]
        require(found == [key.public_share(self.receiver.identifier) for key in self.keys], "CeremonyMismatch")

    def finish(self, outcome: Outcome) -> list[KeyShare]:
        """Shares of the old sharing, in its epoch."""
        self.check(outcome.public)
        identifier = self.receiver.identifier
        secrets = outcome.shares.items()
        return [KeyShare.of(self.epoch, self.keys[k], identifier, secret) for k, secret in secrets]
