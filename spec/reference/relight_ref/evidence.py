"""Section 9.9: evidence against a dealer or a recipient, which verifies by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .ceremony import Ceremony
from .codec import VERSION_BYTE, Reader, decode_all, long, u8
from .confirmations import check_signed, read_confirmation
from .dealing import check_signature, dealing_digest, read_header, verify_dealing
from .errors import Error, require

BAD_DEALING = 1
TWO_DEALINGS = 2
TWO_CONFIRMATIONS = 3
PARTS = {BAD_DEALING: 1, TWO_DEALINGS: 2, TWO_CONFIRMATIONS: 2}


@dataclass(frozen=True)
class Culprit:
    """A dealer and its fault, or a recipient."""

    dealer: int | None = None
    fault: str | None = None
    recipient: int | None = None


@dataclass(frozen=True)
class Evidence:
    kind: int
    parts: tuple[bytes, ...]

    def encode(self) -> bytes:
        return u8(VERSION_BYTE) + u8(self.kind) + b"".join(long(part) for part in self.parts)

    @staticmethod
    def read(reader: Reader) -> Evidence:
        reader.version()
        kind = reader.u8()
        require(kind in PARTS, "UnknownKind", kind)
        return Evidence(kind, tuple(reader.filled() for _ in range(PARTS[kind])))

    @staticmethod
    def decode(data: bytes) -> Evidence:
        return decode_all(data, Evidence.read)

    def verify(self, ceremony: Ceremony) -> Culprit:
        try:
            return _VERIFIERS[self.kind](ceremony, *self.parts)
        except Error:
            raise Error("NoEvidence") from None


def _bad_dealing(ceremony: Ceremony, data: bytes) -> Culprit:
    dealer = read_header(ceremony, data)
    check_signature(ceremony, dealer, data)
    try:
        verify_dealing(ceremony, data)
    except Error as error:
        return Culprit(dealer=dealer, fault=str(error.detail))
    raise Error("NoEvidence")


def _two_dealings(ceremony: Ceremony, data: bytes, other: bytes) -> Culprit:
    dealer = read_header(ceremony, data)
    require(read_header(ceremony, other) == dealer, "NoEvidence")
    for one in (data, other):
        check_signature(ceremony, dealer, one)
    require(dealing_digest(data) != dealing_digest(other), "NoEvidence")
    return Culprit(dealer=dealer, fault="Equivocation")


def _two_confirmations(ceremony: Ceremony, data: bytes, other: bytes) -> Culprit:
    first, second = (read_confirmation(ceremony, one) for one in (data, other))
    for found in (first, second):
        check_signed(ceremony, found)
    require(first.recipient == second.recipient and first.body() != second.body(), "NoEvidence")
    return Culprit(recipient=first.recipient)


_VERIFIERS: dict[int, Callable[..., Culprit]] = {
    BAD_DEALING: _bad_dealing,
    TWO_DEALINGS: _two_dealings,
    TWO_CONFIRMATIONS: _two_confirmations,
}
