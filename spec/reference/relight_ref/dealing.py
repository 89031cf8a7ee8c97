"""Chapter 9: key generation, refresh and re-sharing by one publicly verifiable broadcast per dealer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from . import encryption, signatures
from .backup import KeyShare
from .ceremony import Ceremony, Dealer
from .codec import VERSION_BYTE, Reader, u8, u16
from .curves import Curve
from .errors import Error, require
from .hashing import hash_to_scalar, xof
from .identifiers import check_index
from .packing import Claim, Part, responses_length
from .sharing import Rng, SchnorrProof, VssCommitment, evaluate, schnorr_prove, schnorr_verify
from .statement import MemberLock
from .wallets import Unsigned

PURPOSE = "dealing"
HEADER = 35
T = TypeVar("T")


@dataclass(frozen=True)
class KeyDealing:
    commitment: VssCommitment
    proof: SchnorrProof

    def encode(self) -> bytes:
        return self.commitment.points() + self.proof.encode()

    @staticmethod
    def read(reader: Reader, curve: Curve, threshold: int) -> KeyDealing:
        points = tuple(curve.decode_point(reader.take(curve.point_len)) for _ in range(threshold))
        return KeyDealing(VssCommitment(points), SchnorrProof.read(reader, curve))


@dataclass(frozen=True)
class Dealing:
    """A dealing that has been verified."""

    dealer: int
    digest: bytes
    commitments: tuple[VssCommitment, ...]
    claim: Claim
    proof: encryption.Proof


# 9.2 Deal


def proof_binding(digest: bytes, dealer: int, k: int, commitment: VssCommitment) -> bytes:
    return digest + u16(dealer) + u16(k) + commitment.points()


def dealing_claim(ceremony: Ceremony, dealer: int, commitments: Sequence[VssCommitment]) -> Claim:
    """The coefficient commitments are hashed; the public shares follow from them, and may be the identity."""
    parts = tuple(
        Part(MemberLock(recipient.member_key), tuple(a.value(recipient.identifier) for a in commitments))
        for recipient in ceremony.recipients
    )
    points = [a.points() for a in commitments]
    digest = xof("dealing-statement", ceremony.digest(), u16(dealer), *points)
    return Claim(digest, ceremony.parameters, parts)


def draw_coefficients(
    ceremony: Ceremony, dealer: int, hedge: bytes, old_shares: Sequence[int], rng: Rng
) -> list[list[int]]:
    """A polynomial per key, constant term first. The hedge is a secret of the dealer."""
    reshared = [slot.curve for slot in ceremony.slots if slot.old is not None]
    shares = [curve.encode_scalar(x) for curve, x in zip(reshared, old_shares, strict=True)]
    seed = xof("dealing-seed", ceremony.digest(), u16(dealer), rng(32), hedge, *shares)
    drawn = []
    for k, slot in enumerate(ceremony.slots):
        terms = range(ceremony.threshold)
        fresh = [hash_to_scalar(slot.curve, "coefficient", seed, u16(k), u16(n)) for n in terms]
        drawn.append(fresh if slot.old is None else [old_shares[k], *fresh[1:]])
    return drawn


def _check_old_shares(ceremony: Ceremony, dealer: Dealer, shares: Sequence[KeyShare]) -> None:
    old = [slot.old for slot in ceremony.slots if slot.old is not None]
    require(len(old) == len(shares), "InvalidLength")
    for k, (commitment, share) in enumerate(zip(old, shares, strict=True)):
        public_share = commitment.value(dealer.identifier)
        require(not public_share.is_identity(), "Shareless", dealer.index)
        require(share.public_key == commitment.public_key, "Mismatch", "PublicKey")
        require(share.identifier == dealer.identifier, "Mismatch", "Identifier")
        require(share.secret * share.curve.generator == public_share, "OtherSharing", k)


def deal(ceremony: Ceremony, dealer: int, hedge: bytes, shares: Sequence[KeyShare], rng: Rng) -> Unsigned:
    """The hedge is the secret of the dealer's identity or, if a wallet has that, of its member key."""
    _check_old_shares(ceremony, ceremony.dealer(dealer), shares)
    return make_dealing(ceremony, dealer, hedge, [share.secret for share in shares], rng)


def make_dealing(ceremony: Ceremony, dealer: int, hedge: bytes, old_shares: Sequence[int], rng: Rng) -> Unsigned:
    secret = draw_coefficients(ceremony, dealer, hedge, old_shares, rng)
    return deal_coefficients(ceremony, dealer, secret, rng)


def deal_coefficients(ceremony: Ceremony, dealer: int, secret: Sequence[Sequence[int]], rng: Rng) -> Unsigned:
    digest = ceremony.digest()
    curves = [slot.curve for slot in ceremony.slots]
    commitments = [VssCommitment.commit(c, a) for c, a in zip(curves, secret, strict=True)]
    body = u8(VERSION_BYTE) + digest + u16(dealer)
    for k, (curve, a, commitment) in enumerate(zip(curves, secret, commitments, strict=True)):
        binding = proof_binding(digest, dealer, k, commitment)
        body += KeyDealing(commitment, schnorr_prove(curve, PURPOSE, binding, a[0], rng)).encode()
    claim = dealing_claim(ceremony, dealer, commitments)
    body += encryption.encrypt(claim, _shares(ceremony, curves, secret), rng)
    return Unsigned(PURPOSE, body, ceremony.dealer(dealer).identity)


def _shares(ceremony: Ceremony, curves: Sequence[Curve], secret: Sequence[Sequence[int]]) -> list[int]:
    """Recipient by recipient, key by key: the order of the claim."""
    recipients = [recipient.identifier for recipient in ceremony.recipients]
    return [evaluate(c, a, x) for x in recipients for c, a in zip(curves, secret, strict=True)]


# 9.3 Verify a dealing


def dealing_length(ceremony: Ceremony) -> int:
    recipients = len(ceremony.recipients)
    sets, curves = ceremony.parameters, [slot.curve for slot in ceremony.slots]
    proof = encryption.proof_length(sets, recipients, responses_length(sets, curves) * recipients)
    public = sum((ceremony.threshold + 1) * curve.point_len + curve.scalar_len for curve in curves)
    return HEADER + public + proof + signatures.LENGTH


def dealing_digest(data: bytes) -> bytes:
    """Without the signature: the same body signed twice is one dealing."""
    return xof("dealing", data[: -signatures.LENGTH])


def read_header(ceremony: Ceremony, data: bytes) -> int:
    """The dealer, which nothing has proved yet."""
    reader = Reader(data)
    reader.version()
    require(reader.take(32) == ceremony.digest(), "CeremonyMismatch")
    dealer = ceremony.dealer(check_index(reader.u16())).index
    require(len(data) >= HEADER + signatures.LENGTH, "Truncated")
    return dealer


def check_signature(ceremony: Ceremony, dealer: int, data: bytes) -> None:
    identity = ceremony.dealer(dealer).identity
    signed, signature = data[: -signatures.LENGTH], data[-signatures.LENGTH :]
    _or_bad("Signature", lambda: signatures.verify(signature, identity, PURPOSE, signed))


def verify_dealing(ceremony: Ceremony, data: bytes) -> Dealing:
    dealer = read_header(ceremony, data)
    check_signature(ceremony, dealer, data)
    require(len(data) == dealing_length(ceremony), "BadDealing", "Length")
    reader = Reader(data[HEADER : -signatures.LENGTH])
    keys = _or_bad("Encoding", lambda: _read_keys(ceremony, reader))
    commitments = tuple(key.commitment for key in keys)
    claim = dealing_claim(ceremony, dealer, commitments)
    encrypted = reader.rest()
    proof = _or_bad("Encoding", lambda: encryption.Proof.decode(encrypted, claim))
    _check_old_keys(ceremony, dealer, keys)
    _or_bad("SchnorrProof", lambda: _check_schnorr_proofs(ceremony, dealer, keys))
    _or_bad("Encryption", lambda: encryption.check_proof(claim, proof))
    return Dealing(dealer, dealing_digest(data), commitments, claim, proof)


def _or_bad(fault: str, step: Callable[[], T]) -> T:
    try:
        return step()
    except Error:
        raise Error("BadDealing", fault) from None


def _read_keys(ceremony: Ceremony, reader: Reader) -> list[KeyDealing]:
    return [KeyDealing.read(reader, slot.curve, ceremony.threshold) for slot in ceremony.slots]


def _check_old_keys(ceremony: Ceremony, dealer: int, keys: Sequence[KeyDealing]) -> None:
    identifier = ceremony.dealer(dealer).identifier
    for slot, key in zip(ceremony.slots, keys, strict=True):
        if slot.old is not None:
            same = key.commitment.public_key == slot.old.value(identifier)
            require(same, "BadDealing", "OtherKey")


def _check_schnorr_proofs(ceremony: Ceremony, dealer: int, keys: Sequence[KeyDealing]) -> None:
    for k, key in enumerate(keys):
        binding = proof_binding(ceremony.digest(), dealer, k, key.commitment)
        schnorr_verify(key.proof, PURPOSE, binding, key.commitment.public_key)
