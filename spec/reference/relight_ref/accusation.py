"""Section 11.6: what a node saw of one member's bad answer, for everybody to see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from . import hpke
from .codec import VERSION_BYTE, Reader, decode_all, long, u8
from .errors import Error, require
from .requests import Request, check_roster, known_statements
from .responses import Response, check_response, open_answers
from .roster import Roster
from .session import Session
from .statement import Statement

ANSWER_ERRORS = ("BadResponse", "Shareless", "BadDecryptionShares")


@dataclass(frozen=True)
class Accusation:
    request: bytes
    response: bytes
    hpke_secret: bytes

    def encode(self) -> bytes:
        return u8(VERSION_BYTE) + long(self.request) + long(self.response) + self.hpke_secret

    @staticmethod
    def read(reader: Reader) -> Accusation:
        reader.version()
        return Accusation(reader.filled(), reader.filled(), reader.take(hpke.KEY))

    @staticmethod
    def decode(data: bytes) -> Accusation:
        return decode_all(data, Accusation.read)

    def verify(self, roster: Roster, known: Sequence[Statement]) -> int:
        """The member that gave the bad answer."""
        request = Request.decode(self.request)
        check_roster(request, roster)
        known_statements(request, known)
        response = Response.decode(self.response)
        require(response.request == request.digest(), "WrongRequest")
        check_response(response, request, roster)
        own = request.draft.hpke_keys[roster.place(response.member)]
        require(hpke.public_of(self.hpke_secret) == own, "NoEvidence")
        try:
            open_answers(request, roster, response, self.hpke_secret)
        except Error as error:
            assert error.name in ANSWER_ERRORS
            return response.member
        raise Error("NoEvidence")


def accuse(session: Session, data: bytes) -> Accusation:
    """Of a bad answer only: it discloses what it opens."""
    request, response = session.request(), Response.decode(data)
    found = Accusation(request.encode(), data, session.hpke_secret(response.member))
    found.verify(session.roster, session.authorised.statements)
    return found
