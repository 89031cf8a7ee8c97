"""Sections 9.4 and 9.5: what a party does with dealings before a ceremony closes, and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .ceremony import Ceremony
from .confirmations import (
    AgreedDealing,
    Agreement,
    Certificate,
    Confirmation,
    check_followed,
    unsigned_confirmation,
)
from .dealing import Dealing, check_signature, dealing_digest, read_header, verify_dealing
from .errors import Error, require
from .outcome import Outcome, PublicOutcome, check_recipient, open_outcome, public_outcome
from .wallets import Unsigned


@dataclass
class Collected:
    """The valid dealings that a party keeps, by dealer, and the dealers that it expelled."""

    ceremony: Ceremony
    kept: dict[int, Dealing] = field(default_factory=dict)
    expelled: set[int] = field(default_factory=set)

    def keeps(self, dealer: int, digest: bytes) -> bool:
        return dealer in self.kept and self.kept[dealer].digest == digest

    def _verify_and_keep(self, dealer: int, data: bytes) -> None:
        try:
            self.kept[dealer] = verify_dealing(self.ceremony, data)
        except Error as error:
            if error.detail != "Signature":
                self.expelled.add(dealer)
            raise

    def _expel_for_another(self, dealer: int, data: bytes) -> None:
        """Only the signature counts: the dealer signed another dealing, good or bad."""
        check_signature(self.ceremony, dealer, data)
        self.expelled.add(dealer)
        raise Error("BadDealing", "Equivocation")

    def chosen(self, agreed: Sequence[AgreedDealing]) -> list[Dealing]:
        """All dealings of a set, which this party keeps."""
        for one in agreed:
            require(self.keeps(one.dealer, one.digest), "MissingDealing", one.dealer)
        return [self.kept[one.dealer] for one in agreed]


@dataclass
class Dealings(Collected):
    """Before closing."""

    confirmed: tuple[AgreedDealing, ...] | None = None

    def receive(self, data: bytes) -> None:
        dealer, digest = read_header(self.ceremony, data), dealing_digest(data)
        if self.keeps(dealer, digest):
            return
        require(dealer not in self.expelled, "BadDealing", "Expelled")
        if dealer in self.kept:
            self._expel_for_another(dealer, data)
        self._verify_and_keep(dealer, data)

    def confirm(self, index: int, member_key: int, follow: Confirmation | None = None) -> Unsigned:
        """Once: a party that confirmed before confirms the same set. To follow is to confirm another's set."""
        check_recipient(self.ceremony, index, member_key)
        agreed = self._agreed(follow)
        dealings = self.chosen(agreed)
        public = public_outcome(self.ceremony, dealings)
        open_outcome(self.ceremony, dealings, public, index, member_key)
        self.confirmed = agreed
        agreement = Agreement(self.ceremony.digest(), public.digest(), agreed)
        return unsigned_confirmation(self.ceremony, index, agreement)

    def resume(self, confirmation: Confirmation) -> None:
        """With the one that this party stored before a restart."""
        check_followed(self.ceremony, confirmation)
        self.confirmed = confirmation.agreement.dealings

    def _agreed(self, follow: Confirmation | None) -> tuple[AgreedDealing, ...]:
        if follow is not None:
            check_followed(self.ceremony, follow)
            known = self.confirmed or follow.agreement.dealings
            require(follow.agreement.dealings == known, "AlreadyConfirmed")
            return known
        return self.confirmed or self._own()

    def _own(self) -> tuple[AgreedDealing, ...]:
        honest = [self.kept[i] for i in sorted(self.kept) if i not in self.expelled]
        require(len(honest) >= self.ceremony.needed(), "NotEnoughDealings")
        return tuple(AgreedDealing(dealing.dealer, dealing.digest) for dealing in honest)

    def close(self, certificate: Certificate) -> ClosedDealings:
        """The certificate has been verified. What it does not name is kept no longer."""
        closed = ClosedDealings(self.ceremony, {}, set(self.expelled), certificate=certificate)
        digests = closed.digests()
        for dealer, dealing in self.kept.items():
            if digests.get(dealer) == dealing.digest:
                closed.kept[dealer] = dealing
            elif dealer in digests:
                closed.expelled.add(dealer)
        return closed


@dataclass
class ClosedDealings(Collected):
    """After closing: only the dealings that the certificate names count."""

    certificate: Certificate = field(kw_only=True)

    def digests(self) -> dict[int, bytes]:
        return {one.dealer: one.digest for one in self.certificate.agreement.dealings}

    def missing(self) -> list[AgreedDealing]:
        """To be asked for by their digests."""
        return [one for one in self.certificate.agreement.dealings if not self.keeps(one.dealer, one.digest)]

    def receive(self, data: bytes) -> None:
        dealer, digest = read_header(self.ceremony, data), dealing_digest(data)
        if self.keeps(dealer, digest):
            return
        if self.digests().get(dealer) == digest:
            self._verify_and_keep(dealer, data)
            return
        require(dealer not in self.expelled, "BadDealing", "Expelled")
        require(dealer in self.digests(), "LateDealing", dealer)
        self._expel_for_another(dealer, data)

    def finish_public(self) -> PublicOutcome:
        public = self._public()
        require(public.digest() == self.certificate.agreement.outcome, "BadCertificate")
        return public

    def _public(self) -> PublicOutcome:
        return public_outcome(self.ceremony, self.chosen(self.certificate.agreement.dealings))

    def finish(self, index: int, member_key: int) -> Outcome:
        public, dealings = self._public(), self.chosen(self.certificate.agreement.dealings)
        check_recipient(self.ceremony, index, member_key)
        outcome = open_outcome(self.ceremony, dealings, public, index, member_key)
        require(public.digest() == self.certificate.agreement.outcome, "BadCertificate")
        return outcome
