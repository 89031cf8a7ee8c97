"""Section 11.4 and, of 11.5, what an answer has to be."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from . import hpke, signatures
from .backup import KeyShare
from .codec import VERSION_BYTE, Reader, decode_all, long, u8, u16
from .curves import BLS12381_G1
from .decryption import DecryptionShare, decryption_share, verify_share
from .errors import Error, require
from .identifiers import check_index, identifier_bytes
from .pairing import G2
from .requests import DIGEST, Request, Reviewed
from .roster import Roster
from .sharing import Rng
from .wallets import Unsigned

PURPOSE = "response"
Answers = dict[int, G2]  # by places in the request


@dataclass(frozen=True)
class Response:
    request: bytes
    member: int
    encapsulated_key: bytes
    ciphertext: bytes
    signature: bytes

    def body(self) -> bytes:
        header = u8(VERSION_BYTE) + self.request + u16(self.member)
        return header + self.encapsulated_key + long(self.ciphertext)

    def encode(self) -> bytes:
        return self.body() + self.signature

    @staticmethod
    def read(reader: Reader) -> Response:
        reader.version()
        request, member = reader.take(DIGEST), check_index(reader.u16())
        encapsulated, ciphertext = reader.take(32), reader.long()
        return Response(request, member, encapsulated, ciphertext, signatures.read(reader))

    @staticmethod
    def decode(data: bytes) -> Response:
        return decode_all(data, Response.read)


def answering_member(roster: Roster, share: KeyShare) -> int:
    """Whose share of the recovery key it is."""
    party = roster.recovery_party
    require(share.curve is BLS12381_G1, "WrongCurve")
    require(share.public_key == party.commitment.public_key, "Mismatch", "RecoveryKey")
    found = [index for index, identifier in party.members if identifier == share.identifier]
    require(len(found) == 1, "UnusedIdentifier", identifier_bytes(share.identifier).hex())
    [member] = found
    own = share.secret * BLS12381_G1.generator
    require(own == party.verification_key(member), "OtherSharing", 0)
    return member


def respond(reviewed: Reviewed, share: KeyShare, digests: Sequence[bytes], rng: Rng) -> Unsigned:
    """For all of the request's digests, or some."""
    member, draft = answering_member(reviewed.roster, share), reviewed.request.draft
    require(len(digests) > 0, "InvalidLength")
    places = sorted(draft.place(digest) for digest in digests)
    require(len(set(places)) == len(places), "DuplicateStatement")
    sigmas = [decryption_share(share.secret, member, draft.digests[k]).sigma for k in places]
    plaintext = b"".join(u16(k) + sigma.encode() for k, sigma in zip(places, sigmas, strict=True))
    return seal_answer(reviewed.request, reviewed.roster, member, plaintext, rng)


def seal_answer(request: Request, roster: Roster, member: int, plaintext: bytes, rng: Rng) -> Unsigned:
    digest, key = request.digest(), request.draft.hpke_keys[roster.place(member)]
    sealed = hpke.seal(key, digest, member, plaintext, hpke.derive_key_pair(rng(32)))
    return Unsigned(PURPOSE, Response(digest, member, *sealed, b"").body(), roster.member(member).identity)


def read_answers(plaintext: bytes, member: int, limit: int) -> Answers:
    """Places below the limit, ascending, each with its point."""

    def read(reader: Reader) -> tuple[int, G2]:
        return reader.u16(), G2.decode(reader.take(G2.LENGTH))

    try:
        pairs = Reader(long(plaintext)).items(read)
    except Error:
        raise Error("BadResponse", member) from None
    places = [place for place, _ in pairs]
    ascending = all(a < b for a, b in zip(places, places[1:], strict=False))
    require(ascending and places[-1] < limit, "BadResponse", member)
    return dict(pairs)


def check_response(response: Response, request: Request, roster: Roster) -> None:
    """Signed by its member."""
    identity = roster.member(response.member).identity
    signatures.verify(response.signature, identity, PURPOSE, response.body())


def open_answers(
    request: Request, roster: Roster, response: Response, secret: bytes, skipped: Collection[int] = ()
) -> Answers:
    """What the response answers, besides the places that are skipped."""
    sealed = response.encapsulated_key, response.ciphertext
    plaintext = hpke.unseal(secret, response.request, response.member, *sealed)
    digests = request.draft.digests
    answers = read_answers(plaintext, response.member, len(digests))
    new = {place: sigma for place, sigma in answers.items() if place not in skipped}
    for place, sigma in new.items():
        verify_share(roster.recovery_party, DecryptionShare(response.member, sigma), digests[place])
    return new
