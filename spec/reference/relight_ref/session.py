"""Section 11.5: a fresh node collects answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from . import hpke, secret_objects
from .codec import Reader, decode_all, long, u16
from .decryption import DecryptionShare, UnlockKey, combine, verify_share
from .errors import require
from .identifiers import check_index
from .pairing import G2
from .requests import (
    PROOF,
    Authorised,
    Request,
    RequestDraft,
    check_asked,
    check_authorised,
    create_draft,
    session_key,
    session_keys,
)
from .responses import Response, check_response, open_answers
from .roster import Roster
from .secret_objects import SESSION
from .sharing import Rng
from .statement import Statement
from .structure import StatementForm

Granted = tuple[int, bytes]  # a place and its authorisation
Accepted = tuple[int, int, bytes]  # a member, a place, and what is to be a point
T = TypeVar("T")


@dataclass
class Session:
    seed: bytes
    roster: Roster
    authorised: Authorised
    accepted: dict[tuple[int, int], G2] = field(default_factory=dict)  # by member and place

    @staticmethod
    def new(
        roster: Roster, statements: Sequence[Statement], requester: bytes, now: int, expiry: int, rng: Rng
    ) -> Session:
        draft, seed = create_draft(roster, statements, requester, now, expiry, rng)
        return Session(seed, roster, Authorised(draft, tuple(statements)))

    @property
    def draft(self) -> RequestDraft:
        return self.authorised.draft

    def attest(self, attestation: bytes) -> None:
        same = attestation == self.authorised.attestation
        require(same or not (self.authorised.attestation or self.accepted), "WrongRequest")
        self.authorised.attestation = attestation

    def request(self) -> Request:
        return self.authorised.request()

    def hpke_secret(self, member: int) -> bytes:
        return hpke.secret_half(session_key(self.seed, member))

    def accept(self, data: bytes, now: int) -> tuple[int, dict[int, G2]]:
        """The member, and what is new in its answer."""
        request, response = self.request(), Response.decode(data)
        require(response.request == request.digest(), "WrongRequest")
        require(now <= request.draft.expiry, "Expired")
        check_response(response, request, self.roster)
        member = response.member
        known = [place for j, place in self.accepted if j == member]
        new = open_answers(request, self.roster, response, self.hpke_secret(member), known)
        self.accepted.update({(member, place): sigma for place, sigma in new.items()})
        return member, new

    def _shares(self, place: int) -> list[DecryptionShare]:
        return [DecryptionShare(member, sigma) for (member, k), sigma in self.accepted.items() if k == place]

    def missing(self) -> list[int]:
        """How many more answers each statement takes."""
        threshold = self.roster.recovery_party.threshold
        return [max(0, threshold - len(self._shares(place))) for place in range(len(self.draft.digests))]

    def unlock(self, digest: bytes) -> UnlockKey:
        return combine(self.roster.recovery_party, self._shares(self.draft.place(digest)), digest)

    def encode(self) -> bytes:
        granted = b"".join(u16(place) + proof for place, proof in sorted(self.authorised.granted.items()))
        accepted = b"".join(u16(j) + u16(k) + sigma.encode() for (j, k), sigma in sorted(self.accepted.items()))
        statements = b"".join(statement.encode() for statement in self.authorised.statements)
        asked = long(self.draft.encode()) + long(self.authorised.attestation) + long(granted)
        known = long(self.roster.encode()) + long(statements)
        return secret_objects.close(SESSION, self.seed + asked + known + long(accepted))


@dataclass(frozen=True)
class Stored:
    """The structure of a stored session."""

    seed: bytes
    draft: bytes
    attestation: bytes
    granted: tuple[Granted, ...]
    roster: bytes
    statements: bytes
    accepted: tuple[Accepted, ...]

    @staticmethod
    def read(reader: Reader) -> Stored:
        seed, draft, attestation = reader.take(32), reader.filled(), reader.long()
        granted = _sequence(reader, lambda body: (body.u16(), body.take(PROOF)))
        roster, statements = reader.filled(), reader.filled()
        accepted = _sequence(reader, lambda body: (body.u16(), body.u16(), body.take(G2.LENGTH)))
        return Stored(seed, draft, attestation, granted, roster, statements, accepted)


def _sequence(reader: Reader, read: Callable[[Reader], T]) -> tuple[T, ...]:
    """One after the other, or none."""
    body = Reader(reader.long())
    found: list[T] = []
    while not body.empty():
        found.append(read(body))
    return tuple(found)


def load(party: bytes, data: bytes) -> Session:
    """A disk is trusted no more than the network."""
    stored = decode_all(secret_objects.open_object(SESSION, data), Stored.read)
    draft, roster = RequestDraft.decode(stored.draft), Roster.decode(party, stored.roster)
    statements = Reader(long(stored.statements)).items(lambda body: Statement.from_form(StatementForm.read(body)))
    require(draft.hpke_keys == session_keys(stored.seed, roster), "WrongRequest")
    require(draft.roster == roster.digest(), "RosterMismatch")
    require(tuple(statement.digest() for statement in statements) == draft.digests, "UnknownStatement")
    for statement in statements:
        check_asked(statement, draft.network, roster)
    authorised = Authorised(draft, statements, _load_granted(draft, statements, stored.granted), stored.attestation)
    if stored.accepted:
        authorised.check_complete()
    return Session(stored.seed, roster, authorised, _load_accepted(roster, draft, stored.accepted))


def _load_granted(
    draft: RequestDraft, statements: Sequence[Statement], granted: Sequence[Granted]
) -> dict[int, bytes]:
    before = -1
    for place, proof in granted:
        require(place < len(draft.digests), "UnknownStatement")
        require(place != before, "DuplicateIndex", place)
        require(place > before, "InvalidIndex", place)
        check_authorised(draft, place, statements[place], proof)
        before = place
    return dict(granted)


def _load_accepted(roster: Roster, draft: RequestDraft, accepted: Sequence[Accepted]) -> dict[tuple[int, int], G2]:
    found: dict[tuple[int, int], G2] = {}
    before = (0, 0)
    for member, place, data in accepted:
        check_index(member)
        require(place < len(draft.digests), "UnknownStatement")
        sigma = G2.decode(data)
        verify_share(roster.recovery_party, DecryptionShare(member, sigma), draft.digests[place])
        require((member, place) != before, "DuplicateIndex", member)
        require((member, place) > before, "InvalidIndex", member)
        found[member, place] = sigma
        before = (member, place)
    return found
