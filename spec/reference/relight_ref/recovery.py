"""Chapter 11: rosters, requests, responses and the session that collects them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pyhpke import AEADId, CipherSuite, KDFId, KEMId, KEMKeyPair, PyHPKEError

from . import signatures
from .backup import check_backup_statement
from .codec import VERSION_BYTE, Reader, decode_all, long, short, u8, u16, u64
from .curves import BLS12381_G1
from .decryption import DecryptionShare, RecoveryKey, UnlockKey, combine, decryption_share, verify_share
from .errors import Error, require
from .hashing import frame, xof
from .keys import MemberRegistration, check_member_registration
from .pairing import G2
from .identifiers import check_index, encode_identifier, read_identifier
from .sharing import PublicPolynomial, Rng
from .statement import Statement

SUITE = CipherSuite.new(KEMId.DHKEM_X25519_HKDF_SHA256, KDFId.HKDF_SHA256, AEADId.CHACHA20_POLY1305)
DIGEST = 32


# 11.1 Roster


@dataclass(frozen=True)
class RosterMember:
    """A registration, and the identifier of the member's share of the recovery key."""

    registration: MemberRegistration
    identifier: int

    def encode(self) -> bytes:
        return self.registration.encode() + encode_identifier(self.identifier)

    @staticmethod
    def read(reader: Reader) -> RosterMember:
        return RosterMember(MemberRegistration.read(reader), read_identifier(reader))


@dataclass(frozen=True)
class Roster:
    """Every registration in it has been verified for the context that the caller expects."""

    recovery_key: RecoveryKey
    members: tuple[RosterMember, ...]

    @staticmethod
    def new(context: bytes, polynomial: PublicPolynomial, members: tuple[RosterMember, ...]) -> Roster:
        registrations = [member.registration for member in members]
        for place, registration in enumerate(registrations):
            _check_member(context, registrations[:place], registration)
        identifiers = [(member.registration.index, member.identifier) for member in members]
        return Roster(RecoveryKey(polynomial, tuple(identifiers)), members)

    def member(self, index: int) -> MemberRegistration:
        for member in self.members:
            if member.registration.index == index:
                return member.registration
        raise Error("UnknownMember", index)

    def encode(self) -> bytes:
        members = b"".join(member.encode() for member in self.members)
        return u8(VERSION_BYTE) + long(self.recovery_key.polynomial.points()) + long(members)

    @staticmethod
    def decode(context: bytes, data: bytes) -> Roster:
        polynomial, members = decode_all(data, _read_roster)
        return Roster.new(context, polynomial, members)


def _read_roster(reader: Reader) -> tuple[PublicPolynomial, tuple[RosterMember, ...]]:
    reader.version()
    polynomial = PublicPolynomial.read(reader, BLS12381_G1)
    return polynomial, reader.items(RosterMember.read)


def _check_member(context: bytes, before: Sequence[MemberRegistration], member: MemberRegistration) -> None:
    """In order, unlike everyone before it, and properly registered."""
    try:
        require(member.context == context, "StatementMismatch", "Context")
        check_member_registration(member)
    except Error:
        raise Error("InvalidRoster", member.index) from None
    for other in before:
        same = other.identity == member.identity or other.member_key == member.member_key
        require(other.index < member.index and not same, "InvalidRoster", member.index)


# 11.2 Request


@dataclass(frozen=True)
class Request:
    context: bytes
    requester: bytes
    hpke_key: bytes
    nonce: bytes
    expiry: int
    digests: tuple[bytes, ...]
    attestation: bytes

    def __post_init__(self) -> None:
        require(len(self.digests) > 0, "InvalidLength")
        require(len(set(self.digests)) == len(self.digests), "UnknownDigest")

    def encode(self) -> bytes:
        return self.unattested() + long(self.attestation)

    def unattested(self) -> bytes:
        header = u8(VERSION_BYTE) + short(self.context) + short(self.requester)
        keys = self.hpke_key + self.nonce + u64(self.expiry)
        return header + keys + long(b"".join(self.digests))

    @staticmethod
    def read(reader: Reader) -> Request:
        reader.version()
        context, requester = reader.short(), reader.short()
        hpke_key, nonce, expiry = reader.take(32), reader.take(32), reader.u64()
        digests = reader.items(lambda body: body.take(DIGEST))
        return Request(context, requester, hpke_key, nonce, expiry, digests, reader.long())

    @staticmethod
    def decode(data: bytes) -> Request:
        return decode_all(data, Request.read)

    def digest(self) -> bytes:
        return xof("request", self.encode())

    def attested_digest(self) -> bytes:
        """What an attestation vouches for."""
        return xof("attestation", self.unattested())


@dataclass(frozen=True)
class OpenRequest:
    """A request and the secret that reads its responses."""

    request: Request
    hpke_secret: bytes


def create_request(
    roster: Roster, statements: Sequence[Statement], requester: bytes, expiry: int, attestation: bytes, rng: Rng
) -> OpenRequest:
    require(len(statements) > 0, "InvalidLength")
    context, digests = statements[0].context, tuple(statement.digest() for statement in statements)
    pair = SUITE.kem.derive_key_pair(rng(32))
    nonce = rng(32)
    public = pair.public_key.to_public_bytes()
    request = Request(context, requester, public, nonce, expiry, digests, attestation)
    for statement in statements:
        check_asked(statement, context, roster)
    return OpenRequest(request, _serialize_private_key(pair))


def _serialize_private_key(pair: KEMKeyPair) -> bytes:
    """Clamped, as RFC 9180 has it in 7.1.2."""
    secret = bytearray(pair.private_key.to_private_bytes())
    secret[0] &= 0xF8
    secret[31] = secret[31] & 0x7F | 0x40
    return bytes(secret)


# 11.3 Review


def check_asked(statement: Statement, context: bytes, roster: Roster) -> None:
    """A statement that this party can be asked about."""
    require(statement.context == context, "StatementMismatch", "Context")
    lock = check_backup_statement(statement)
    ours = lock.recovery_key == roster.recovery_key.polynomial.root_public_key
    require(ours, "StatementMismatch", "RecoveryKey")


def review(request: Request, known: Sequence[Statement], roster: Roster, now: int) -> list[Statement]:
    """The statements asked about, for a person to look at."""
    require(now <= request.expiry, "Expired")
    by_digest = {statement.digest(): statement for statement in known}
    for digest in request.digests:
        require(digest in by_digest, "UnknownDigest")
    asked = [by_digest[digest] for digest in request.digests]
    for statement in asked:
        check_asked(statement, request.context, roster)
    return asked


# 11.4 Response


@dataclass(frozen=True)
class Response:
    request: bytes
    member: int
    encapsulated_key: bytes
    ciphertext: bytes
    signature: bytes

    def signed(self) -> bytes:
        header = u8(VERSION_BYTE) + self.request + u16(self.member)
        return header + self.encapsulated_key + long(self.ciphertext)

    def encode(self) -> bytes:
        return self.signed() + self.signature

    @staticmethod
    def read(reader: Reader) -> Response:
        reader.version()
        request, member = reader.take(DIGEST), check_index(reader.u16())
        encapsulated, ciphertext = reader.take(32), reader.long()
        return Response(request, member, encapsulated, ciphertext, signatures.read(reader))

    @staticmethod
    def decode(data: bytes) -> Response:
        return decode_all(data, Response.read)


def _bound(label: str, request_digest: bytes, member: int) -> bytes:
    return frame(label, request_digest, u16(member))


def seal_to(request: Request, member: int, plaintext: bytes, pair: KEMKeyPair) -> tuple[bytes, bytes]:
    digest = request.digest()
    try:
        recipient = SUITE.kem.deserialize_public_key(request.hpke_key)
        encapsulated, context = SUITE.create_sender_context(
            recipient, info=_bound("response-info", digest, member), eks=pair
        )
    except (PyHPKEError, ValueError):
        raise Error("InvalidPoint") from None
    return encapsulated, context.seal(plaintext, aad=_bound("response-aad", digest, member))


def respond(request: Request, member: int, share: int, identity_secret: int, scheme: int, rng: Rng) -> bytes:
    """Only after the review."""
    shares = [decryption_share(share, member, digest) for digest in request.digests]
    plaintext = b"".join(share.sigma.encode() for share in shares)
    encapsulated, ciphertext = seal_to(request, member, plaintext, SUITE.kem.derive_key_pair(rng(32)))
    unsigned = Response(request.digest(), member, encapsulated, ciphertext, b"").signed()
    return unsigned + signatures.sign(scheme, identity_secret, "response", unsigned)


# 11.5 Session


@dataclass
class Session:
    """Collects responses until every statement has enough shares."""

    open_request: OpenRequest
    roster: Roster
    accepted: dict[int, tuple[G2, ...]] = field(default_factory=dict)

    def accept(self, data: bytes, now: int) -> int:
        """The member whose response was accepted. A second one from the same member changes nothing."""
        response = Response.decode(data)
        request = self.open_request.request
        require(response.request == request.digest(), "WrongRequest")
        require(now <= request.expiry, "Expired")
        member = self.roster.member(response.member)
        signatures.verify(response.signature, member.identity, "response", response.signed())
        if member.index not in self.accepted:
            sigmas = self._read(_unseal(self.open_request, response))
            self._check(member.index, sigmas)
            self.accepted[member.index] = sigmas
        return member.index

    def _read(self, plaintext: bytes) -> tuple[G2, ...]:
        count = len(self.open_request.request.digests)
        require(len(plaintext) == G2.LENGTH * count, "BadResponse")
        try:
            return tuple(G2.decode(plaintext[k : k + 96]) for k in range(0, len(plaintext), 96))
        except Error:
            raise Error("BadResponse") from None

    def _check(self, member: int, sigmas: tuple[G2, ...]) -> None:
        key = self.roster.recovery_key
        for digest, sigma in zip(self.open_request.request.digests, sigmas, strict=True):
            verify_share(key, DecryptionShare(member, sigma), digest)

    def finish(self) -> list[UnlockKey]:
        """The unlock keys, in the order of the request's digests."""
        digests = self.open_request.request.digests
        return [self._combine(place, digest) for place, digest in enumerate(digests)]

    def _combine(self, place: int, digest: bytes) -> UnlockKey:
        shares = [DecryptionShare(member, sigmas[place]) for member, sigmas in self.accepted.items()]
        return combine(self.roster.recovery_key, shares, digest)


def _unseal(open_request: OpenRequest, response: Response) -> bytes:
    secret = SUITE.kem.deserialize_private_key(open_request.hpke_secret)
    digest = open_request.request.digest()
    try:
        info = _bound("response-info", digest, response.member)
        context = SUITE.create_recipient_context(response.encapsulated_key, secret, info=info)
        return context.open(response.ciphertext, aad=_bound("response-aad", digest, response.member))
    except (PyHPKEError, ValueError):
        raise Error("BadResponse") from None
