"""Sections 11.2 and 11.3: what a fresh node asks for, what its operator authorises, and what members review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from pyhpke import KEMKeyPair

from . import hpke
from .backup import check_backup_statement
from .codec import VERSION_BYTE, Reader, decode_all, long, short, u8, u16, u64
from .curves import BLS12381_G1
from .errors import Error, require
from .hashing import short_code, xof
from .roster import Roster
from .sharing import Rng, SchnorrProof, schnorr_prove, schnorr_verify
from .statement import Statement

DIGEST = 32
PROOF = 80
WEEK = 604_800
LAST_SECOND = 253_402_300_799  # of the year 9999
PURPOSE = "authorisation"
Proofs = tuple[bytes, ...]  # authorisations, not decoded before they are verified


@dataclass(frozen=True)
class RequestDraft:
    network: bytes
    requester: bytes
    roster: bytes
    nonce: bytes
    expiry: int
    digests: tuple[bytes, ...]
    hpke_keys: tuple[bytes, ...]

    def __post_init__(self) -> None:
        require(len(set(self.digests)) == len(self.digests), "DuplicateStatement")

    def encode(self) -> bytes:
        header = u8(VERSION_BYTE) + short(self.network) + short(self.requester)
        numbers = self.roster + self.nonce + u64(self.expiry)
        return header + numbers + long(b"".join(self.digests)) + long(b"".join(self.hpke_keys))

    @staticmethod
    def read(reader: Reader) -> RequestDraft:
        reader.version()
        network, requester = reader.short(), reader.short()
        roster, nonce, expiry = reader.take(DIGEST), reader.take(32), reader.u64()
        digests = reader.items(lambda body: body.take(DIGEST))
        hpke_keys = reader.items(lambda body: body.take(hpke.KEY))
        return RequestDraft(network, requester, roster, nonce, expiry, digests, hpke_keys)

    @staticmethod
    def decode(data: bytes) -> RequestDraft:
        return decode_all(data, RequestDraft.read)

    def attested_digest(self) -> bytes:
        """What an attestation vouches for, and what is authorised."""
        return xof("attestation", self.encode())

    def short_code(self) -> str:
        """To be compared by voice."""
        return short_code("request-code", self.attested_digest())

    def place(self, digest: bytes) -> int:
        require(digest in self.digests, "UnknownStatement")
        return self.digests.index(digest)


@dataclass(frozen=True)
class Request:
    draft: RequestDraft
    authorisations: Proofs
    attestation: bytes

    def encode(self) -> bytes:
        return self.draft.encode() + b"".join(self.authorisations) + long(self.attestation)

    @staticmethod
    def read(reader: Reader) -> Request:
        draft = RequestDraft.read(reader)
        return Request(draft, tuple(reader.take(PROOF) for _ in draft.digests), reader.long())

    @staticmethod
    def decode(data: bytes) -> Request:
        return decode_all(data, Request.read)

    def digest(self) -> bytes:
        return xof("request", self.encode())


def session_key(seed: bytes, member: int) -> KEMKeyPair:
    return hpke.derive_key_pair(xof("session-key", seed, u16(member)))


def session_keys(seed: bytes, roster: Roster) -> tuple[bytes, ...]:
    return tuple(hpke.public_half(session_key(seed, member)) for member in roster.indices())


def own_time(seconds: int) -> int:
    """Section 2.6: a time of the caller's own, before it is given to an algorithm."""
    require(1 <= seconds <= LAST_SECOND, "InvalidTime", seconds)
    return seconds


def check_time(expiry: int, now: int) -> None:
    require(now <= expiry, "Expired")
    require(expiry - now <= WEEK, "ExpiryTooFar")


def date(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def check_asked(statement: Statement, network: bytes, roster: Roster) -> None:
    """A statement that this party can be asked about."""
    require(statement.network == network, "Mismatch", "Network")
    lock = check_backup_statement(statement)
    ours = lock.recovery_key == roster.recovery_party.commitment.public_key
    require(ours, "Mismatch", "RecoveryKey")


def create_draft(
    roster: Roster, statements: Sequence[Statement], requester: bytes, now: int, expiry: int, rng: Rng
) -> tuple[RequestDraft, bytes]:
    """The draft, and the seed to keep."""
    require(len(statements) > 0, "InvalidLength")
    require(len(requester) <= 255, "InvalidLength")
    network, digests = statements[0].network, tuple(statement.digest() for statement in statements)
    require(len(set(digests)) == len(digests), "DuplicateStatement")
    for statement in statements:
        check_asked(statement, network, roster)
    check_time(expiry, now)
    seed, nonce = rng(32), rng(32)
    return RequestDraft(network, requester, roster.digest(), nonce, expiry, digests, session_keys(seed, roster)), seed


# Authorisation


@dataclass(frozen=True)
class Authorisation:
    """That the holder of a statement's Blinder wants what a draft asks for it."""

    request: bytes
    statement: bytes
    proof: SchnorrProof

    def encode(self) -> bytes:
        return u8(VERSION_BYTE) + self.request + self.statement + self.proof.encode()

    @staticmethod
    def read(reader: Reader) -> Authorisation:
        reader.version()
        return Authorisation(reader.take(DIGEST), reader.take(DIGEST), SchnorrProof.read(reader, BLS12381_G1))

    @staticmethod
    def decode(data: bytes) -> Authorisation:
        return decode_all(data, Authorisation.read)


def authorise(draft: RequestDraft, statement: Statement, blinder: int, rng: Rng) -> Authorisation:
    digest, attested = statement.digest(), draft.attested_digest()
    draft.place(digest)
    lock = check_backup_statement(statement)
    require(blinder * BLS12381_G1.generator == lock.blinder, "WrongBlinder")
    return Authorisation(attested, digest, schnorr_prove(BLS12381_G1, PURPOSE, attested + digest, blinder, rng))


def check_authorised(draft: RequestDraft, place: int, statement: Statement, proof: bytes) -> None:
    binding = draft.attested_digest() + draft.digests[place]
    try:
        found = decode_all(proof, lambda reader: SchnorrProof.read(reader, BLS12381_G1))
        schnorr_verify(found, PURPOSE, binding, check_backup_statement(statement).blinder)
    except Error:
        raise Error("Unauthorised", place) from None


@dataclass
class Authorised:
    """A draft on its way to a request."""

    draft: RequestDraft
    statements: tuple[Statement, ...]
    granted: dict[int, bytes] = field(default_factory=dict)
    attestation: bytes = b""

    def add(self, authorisation: Authorisation) -> None:
        require(authorisation.request == self.draft.attested_digest(), "WrongRequest")
        place, proof = self.draft.place(authorisation.statement), authorisation.proof.encode()
        check_authorised(self.draft, place, self.statements[place], proof)
        self.granted.setdefault(place, proof)

    def check_complete(self) -> None:
        for place in range(len(self.draft.digests)):
            require(place in self.granted, "Unauthorised", place)

    def request(self) -> Request:
        self.check_complete()
        return Request(self.draft, tuple(self.granted[k] for k in sorted(self.granted)), self.attestation)


# 11.3 Review


@dataclass(frozen=True)
class Reviewed:
    """A request that a member may answer, with the statements that it asks about."""

    request: Request
    roster: Roster
    statements: tuple[Statement, ...]


def check_roster(request: Request, roster: Roster) -> None:
    require(request.draft.roster == roster.digest(), "RosterMismatch")
    require(len(request.draft.hpke_keys) == len(roster.members), "InvalidLength")


def known_statements(request: Request, known: Sequence[Statement]) -> tuple[Statement, ...]:
    by_digest = {statement.digest(): statement for statement in known}
    for digest in request.draft.digests:
        require(digest in by_digest, "UnknownStatement")
    return tuple(by_digest[digest] for digest in request.draft.digests)


def review(request: Request, known: Sequence[Statement], roster: Roster, now: int) -> Reviewed:
    """For a person to decide upon."""
    check_time(request.draft.expiry, now)
    check_roster(request, roster)
    asked = known_statements(request, known)
    for statement in asked:
        check_asked(statement, request.draft.network, roster)
    for place, (statement, proof) in enumerate(zip(asked, request.authorisations, strict=True)):
        check_authorised(request.draft, place, statement, proof)
    return Reviewed(request, roster, asked)
