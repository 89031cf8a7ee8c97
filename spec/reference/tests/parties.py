"""Parties of the tests, with real randomness, and the ceremonies that they close."""

from __future__ import annotations

from collections.abc import Sequence
from secrets import token_bytes

from relight_ref.keys import random_scalar
from relight_ref.backup import KeyShare
from relight_ref.ceremony import Ceremony, Dealer, Keys, Recipient
from relight_ref.closing import ClosedDealings, Dealings
from relight_ref.confirmations import Certificate, Confirmations, verify_certificate
from relight_ref.curves import BLS12381_G1, SECP256K1, Point
from relight_ref.dealing import deal
from relight_ref.outcome import Outcome
from relight_ref.parameters import INSECURE
from relight_ref.registrations import MemberRegistration, register_member
from relight_ref.roster import RosterMember

NETWORK = b"a network"
PARTY = b"a party"
NAME = b"a ceremony"


class Party:
    def __init__(self, index: int, identifier: int | None = None) -> None:
        self.index, self.identifier = index, identifier or index
        self.identity = random_scalar(SECP256K1, token_bytes)
        self.key = random_scalar(BLS12381_G1, token_bytes)

    @property
    def identity_public(self) -> Point:
        return self.identity * SECP256K1.generator

    def dealer(self) -> Dealer:
        return Dealer(self.index, self.identity_public, self.identifier)

    def recipient(self) -> Recipient:
        return Recipient(self.index, self.identity_public, self.key * BLS12381_G1.generator, self.identifier)

    def registration(self) -> RosterMember:
        made = register_member(self.key, PARTY, self.index, self.identity_public, token_bytes).sign(self.identity)
        return RosterMember(MemberRegistration.decode(made), self.identifier)

    def deal(self, ceremony: Ceremony, shares: Sequence[KeyShare] = ()) -> bytes:
        hedge = SECP256K1.encode_scalar(self.identity)
        return deal(ceremony, self.index, hedge, shares, token_bytes).sign(self.identity)

    def confirm(self, dealings: Dealings) -> bytes:
        return dealings.confirm(self.index, self.key).sign(self.identity)

    def finish(self, closed: ClosedDealings) -> Outcome:
        return closed.finish(self.index, self.key)


def plan(keys: Keys, dealers: Sequence[Party], recipients: Sequence[Party], threshold: int) -> Ceremony:
    parties = tuple(p.dealer() for p in dealers), tuple(p.recipient() for p in recipients)
    made = Ceremony(INSECURE, NAME, token_bytes(32), 1, threshold, keys, *parties)
    return Ceremony.decode(made.encode())


def received(ceremony: Ceremony, dealings: Sequence[bytes]) -> Dealings:
    found = Dealings(ceremony)
    for data in dealings:
        found.receive(data)
    return found


def certified(ceremony: Ceremony, confirmations: Sequence[bytes]) -> Certificate:
    found = Confirmations(ceremony)
    for data in confirmations:
        found.receive(data)
    return verify_certificate(ceremony, found.certificate().encode())


def run(
    ceremony: Ceremony, dealers: Sequence[Party], recipients: Sequence[Party], old: dict[int, list[KeyShare]]
) -> dict[int, Outcome]:
    """Everybody is honest; the outcomes by recipient."""
    dealings = [dealer.deal(ceremony, old.get(dealer.index, [])) for dealer in dealers]
    certificate = certified(ceremony, [p.confirm(received(ceremony, dealings)) for p in recipients])
    return {p.index: p.finish(received(ceremony, dealings[::-1]).close(certificate)) for p in recipients}


def key_shares(outcome: Outcome, identifier: int, epoch: int = 1) -> list[KeyShare]:
    return [KeyShare.of(epoch, outcome.public.commitments[k], identifier, x) for k, x in outcome.shares.items()]
