"""Confirmations and certificates of the parties in the cases."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from relight_ref.ceremony import Ceremony
from relight_ref.confirmations import AgreedDealing, Agreement, Certificate, Confirmed, unsigned_confirmation
from relight_ref.dealing import dealing_digest, verify_dealing
from relight_ref.outcome import public_outcome

from . import world
from .build import draw

raw = bytes.fromhex


def agreed(*dealings: str) -> tuple[AgreedDealing, ...]:
    """A set of dealings, valid or not, by ascending dealer."""
    found = [AgreedDealing(int(data[66:70], 16), dealing_digest(raw(data))) for data in dealings]
    return tuple(sorted(found, key=lambda one: one.dealer))


@cache
def _agreement(ceremony: str, dealings: tuple[str, ...]) -> Agreement:
    found = Ceremony.decode(raw(ceremony))
    valid = sorted((verify_dealing(found, raw(data)) for data in dealings), key=lambda dealing: dealing.dealer)
    return Agreement(found.digest(), public_outcome(found, valid).digest(), agreed(*dealings))


def agreement(found: Ceremony, dealings: Sequence[str]) -> Agreement:
    """What honest recipients confirm."""
    return _agreement(found.encode().hex(), tuple(dealings))


def invented(found: Ceremony, *dealings: str, outcome: str = "outcome") -> Agreement:
    """What only liars confirm."""
    return Agreement(found.digest(), raw(draw(outcome)), agreed(*dealings))


def confirmation(found: Ceremony, what: Agreement, recipient: int) -> str:
    return world.signed_by(unsigned_confirmation(found, recipient, what), recipient)


def certificate(found: Ceremony, what: Agreement, recipients: Sequence[int] = ()) -> str:
    """Of all recipients, or of some."""
    chosen = recipients or [recipient.index for recipient in found.recipients]
    signed = [Confirmed(j, raw(confirmation(found, what, j))[-65:]) for j in chosen]
    return Certificate(what, tuple(signed)).encode().hex()


def closed(found: Ceremony, dealings: Sequence[str]) -> str:
    return certificate(found, agreement(found, dealings))
