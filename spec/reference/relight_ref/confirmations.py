"""Section 9.4: confirmations, and the certificate that closes a ceremony."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from . import signatures
from .ceremony import Ceremony
from .codec import VERSION_BYTE, Reader, decode_all, long, u8, u16
from .errors import Error, require
from .identifiers import check_ascending, check_index
from .outcome import outcome_digest, transcript
from .sharing import VssCommitment
from .wallets import Unsigned

PURPOSE = "confirmation"
DIGEST = 32


def quorum(ceremony: Ceremony) -> int:
    """How many recipients close: more than two thirds, and enough to use what was dealt."""
    return max(2 * len(ceremony.recipients) // 3 + 1, ceremony.threshold)


@dataclass(frozen=True)
class AgreedDealing:
    dealer: int
    digest: bytes

    def encode(self) -> bytes:
        return u16(self.dealer) + self.digest

    @staticmethod
    def read(reader: Reader) -> AgreedDealing:
        return AgreedDealing(check_index(reader.u16()), reader.take(DIGEST))


@dataclass(frozen=True)
class Agreement:
    """What equal confirmations are equal in: a set of dealings, and what it comes to."""

    ceremony: bytes
    outcome: bytes
    dealings: tuple[AgreedDealing, ...]

    def body(self, recipient: int) -> bytes:
        """Of the confirmation of this recipient."""
        header = u8(VERSION_BYTE) + self.ceremony + u16(recipient) + self.outcome
        return header + encode_dealings(self.dealings)

    def suits(self, ceremony: Ceremony) -> bool:
        """Its dealers are the ceremony's, and enough."""
        known = {dealer.index for dealer in ceremony.dealers}
        dealers = {agreed.dealer for agreed in self.dealings}
        return dealers <= known and len(dealers) >= ceremony.needed()

    def transcript(self, ceremony: Ceremony) -> bytes:
        return transcript(ceremony, [(agreed.dealer, agreed.digest) for agreed in self.dealings])


def encode_dealings(dealings: Sequence[AgreedDealing]) -> bytes:
    return long(b"".join(agreed.encode() for agreed in dealings))


def _read_dealings(reader: Reader) -> tuple[AgreedDealing, ...]:
    dealings = reader.items(AgreedDealing.read)
    check_ascending([agreed.dealer for agreed in dealings])
    return dealings


@dataclass(frozen=True)
class Confirmation:
    recipient: int
    agreement: Agreement
    signature: bytes

    def encode(self) -> bytes:
        return self.body() + self.signature

    def body(self) -> bytes:
        return self.agreement.body(self.recipient)

    @staticmethod
    def read(reader: Reader) -> Confirmation:
        reader.version()
        ceremony, recipient, outcome = reader.take(DIGEST), check_index(reader.u16()), reader.take(DIGEST)
        agreement = Agreement(ceremony, outcome, _read_dealings(reader))
        return Confirmation(recipient, agreement, signatures.read(reader))

    @staticmethod
    def decode(data: bytes) -> Confirmation:
        return decode_all(data, Confirmation.read)


def unsigned_confirmation(ceremony: Ceremony, recipient: int, agreement: Agreement) -> Unsigned:
    return Unsigned(PURPOSE, agreement.body(recipient), ceremony.recipient(recipient).identity)


def read_confirmation(ceremony: Ceremony, data: bytes) -> Confirmation:
    """Of this ceremony and of a recipient, as it says."""
    found = Confirmation.decode(data)
    require(found.agreement.ceremony == ceremony.digest(), "CeremonyMismatch")
    ceremony.recipient(found.recipient)
    return found


def check_signed(ceremony: Ceremony, found: Confirmation) -> None:
    identity = ceremony.recipient(found.recipient).identity
    signatures.verify(found.signature, identity, PURPOSE, found.body())


def check_suits(ceremony: Ceremony, found: Confirmation) -> None:
    require(found.agreement.suits(ceremony), "BadConfirmation", found.recipient)


def verify_confirmation(ceremony: Ceremony, data: bytes) -> Confirmation:
    found = read_confirmation(ceremony, data)
    check_signed(ceremony, found)
    check_suits(ceremony, found)
    return found


def check_followed(ceremony: Ceremony, found: Confirmation) -> None:
    """A recipient may confirm its set, too. It computes the outcome itself: the signature does not matter."""
    require(found.agreement.ceremony == ceremony.digest(), "CeremonyMismatch")
    check_suits(ceremony, found)


@dataclass(frozen=True)
class Confirmed:
    recipient: int
    signature: bytes

    def encode(self) -> bytes:
        return u16(self.recipient) + self.signature

    @staticmethod
    def read(reader: Reader) -> Confirmed:
        return Confirmed(check_index(reader.u16()), signatures.read(reader))


@dataclass(frozen=True)
class Certificate:
    """Equal confirmations of a quorum of the recipients."""

    agreement: Agreement
    confirmations: tuple[Confirmed, ...]

    def encode(self) -> bytes:
        header = u8(VERSION_BYTE) + self.agreement.ceremony + self.agreement.outcome
        confirmations = long(b"".join(one.encode() for one in self.confirmations))
        return header + encode_dealings(self.agreement.dealings) + confirmations

    @staticmethod
    def read(reader: Reader) -> Certificate:
        reader.version()
        agreement = Agreement(reader.take(DIGEST), reader.take(DIGEST), _read_dealings(reader))
        confirmations = reader.items(Confirmed.read)
        check_ascending([one.recipient for one in confirmations])
        return Certificate(agreement, confirmations)

    @staticmethod
    def decode(data: bytes) -> Certificate:
        return decode_all(data, Certificate.read)

    def check(self, ceremony: Ceremony) -> None:
        require(self.agreement.ceremony == ceremony.digest(), "CeremonyMismatch")
        require(self.agreement.suits(ceremony), "BadCertificate")
        identities = [ceremony.recipient(one.recipient).identity for one in self.confirmations]
        have, need = len(identities), quorum(ceremony)
        require(have >= need, "NotClosed", [have, need])
        for one, identity in zip(self.confirmations, identities, strict=True):
            signatures.verify(one.signature, identity, PURPOSE, self.agreement.body(one.recipient))

    def check_outcome(self, ceremony: Ceremony, commitments: Sequence[VssCommitment]) -> None:
        """The certificate vouches for these VSS commitments; the dealings are not needed."""
        found = outcome_digest(self.agreement.transcript(ceremony), commitments)
        require(found == self.agreement.outcome, "BadCertificate")


def verify_certificate(ceremony: Ceremony, data: bytes) -> Certificate:
    found = Certificate.decode(data)
    found.check(ceremony)
    return found


@dataclass
class Confirmations:
    """Collects confirmations: the first of every recipient counts."""

    ceremony: Ceremony
    found: dict[int, Confirmation] = field(default_factory=dict)

    def receive(self, data: bytes) -> None:
        found = read_confirmation(self.ceremony, data)
        known = self.found.get(found.recipient)
        if known is not None and known.body() == found.body():
            return
        check_signed(self.ceremony, found)
        check_suits(self.ceremony, found)
        require(known is None, "DoubleConfirmation", found.recipient)
        self.found[found.recipient] = found

    def most(self) -> int:
        """How many are equal."""
        return max(self._counts().values(), default=0)

    def unconfirmed(self) -> list[int]:
        return [recipient.index for recipient in self.ceremony.recipients if recipient.index not in self.found]

    def failed(self) -> bool:
        """Whatever still comes, no set reaches the quorum."""
        return self.most() + len(self.unconfirmed()) < quorum(self.ceremony)

    def certificate(self) -> Certificate:
        have, need = self.most(), quorum(self.ceremony)
        if have < need:
            raise Error("NotClosed", [have, need])
        [(agreement, _)] = self._counts().most_common(1)
        equal = [self.found[j] for j in sorted(self.found) if self.found[j].agreement == agreement]
        return Certificate(agreement, tuple(Confirmed(one.recipient, one.signature) for one in equal))

    def _counts(self) -> Counter[Agreement]:
        return Counter(confirmation.agreement for confirmation in self.found.values())
