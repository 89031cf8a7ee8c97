"""Chapter 9: key generation, refresh and re-sharing by one publicly verifiable broadcast per dealer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from . import encryption, signatures
from .ceremony import GENERATE, Ceremony, KeySlot
from .codec import VERSION_BYTE, Reader, u8, u16
from .curves import BLS12381_G1, SECP256K1, Curve, Point
from .errors import Error, require
from .hashing import hash_to_scalar, xof
from .identifiers import check_index
from .packing import Claim, Part, responses_length
from .sharing import (
    PublicPolynomial,
    Rng,
    SchnorrProof,
    evaluate,
    lagrange,
    schnorr_prove,
    schnorr_verify,
)
from .statement import MemberLock

PURPOSE = "dealing"
HEADER = 35
T = TypeVar("T")


@dataclass(frozen=True)
class KeyDealing:
    polynomial: PublicPolynomial
    proof: SchnorrProof

    def encode(self) -> bytes:
        return self.polynomial.points() + self.proof.encode()

    @staticmethod
    def read(reader: Reader, curve: Curve, threshold: int) -> KeyDealing:
        points = tuple(curve.decode_point(reader.take(curve.point_len)) for _ in range(threshold))
        return KeyDealing(PublicPolynomial(points), SchnorrProof.read(reader, curve))


@dataclass(frozen=True)
class Dealing:
    """A dealing that has been verified."""

    dealer: int
    polynomials: tuple[PublicPolynomial, ...]
    claim: Claim
    proof: encryption.Proof
    encoded: bytes


# 9.2 Deal


def knowledge_binding(digest: bytes, dealer: int, k: int, polynomial: PublicPolynomial) -> bytes:
    return digest + u16(dealer) + u16(k) + polynomial.points()


def dealing_claim(ceremony: Ceremony, dealer: int, polynomials: Sequence[PublicPolynomial]) -> Claim:
    """The commitments are hashed; the public shares follow from them, and may be the identity."""
    parts = tuple(
        Part(MemberLock(recipient.member_key), tuple(a.value(recipient.identifier) for a in polynomials))
        for recipient in ceremony.recipients
    )
    commitments = [a.points() for a in polynomials]
    digest = xof("dealing-statement", ceremony.digest(), u16(dealer), *commitments)
    return Claim(digest, ceremony.parameters, parts)


def draw_coefficients(
    ceremony: Ceremony, dealer: int, identity_secret: int, old_shares: Sequence[int], rng: Rng
) -> list[list[int]]:
    """A polynomial per key, constant term first."""
    reshared = [slot.curve for slot in ceremony.keys if slot.old is not None]
    shares = [curve.encode_scalar(x) for curve, x in zip(reshared, old_shares, strict=True)]
    identity = SECP256K1.encode_scalar(identity_secret)
    seed = xof("dealing-seed", ceremony.digest(), u16(dealer), rng(32), identity, *shares)
    drawn = []
    for k, slot in enumerate(ceremony.keys):
        terms = range(ceremony.threshold)
        fresh = [hash_to_scalar(slot.curve, "coefficient", seed, u16(k), u16(n)) for n in terms]
        drawn.append(fresh if slot.old is None else [old_shares[k], *fresh[1:]])
    return drawn


def _check_dealer(ceremony: Ceremony, dealer: int, identity_secret: int, old_shares: Sequence[int]) -> None:
    found = ceremony.dealer(dealer)
    require(identity_secret * SECP256K1.generator == found.identity, "UnknownDealer", dealer)
    old = [slot.old for slot in ceremony.keys if slot.old is not None]
    require(len(old) == len(old_shares), "InvalidLength")
    for k, (polynomial, share) in enumerate(zip(old, old_shares, strict=True)):
        public_share = polynomial.value(found.identifier)
        require(not public_share.is_identity(), "Shareless", dealer)
        require(share * polynomial.curve.generator == public_share, "SecretMismatch", [0, k])


def deal(
    ceremony: Ceremony, dealer: int, identity_secret: int, scheme: int, old_shares: Sequence[int], rng: Rng
) -> bytes:
    _check_dealer(ceremony, dealer, identity_secret, old_shares)
    return make_dealing(ceremony, dealer, identity_secret, scheme, old_shares, rng)


def make_dealing(
    ceremony: Ceremony, dealer: int, identity_secret: int, scheme: int, old_shares: Sequence[int], rng: Rng
) -> bytes:
    secret = draw_coefficients(ceremony, dealer, identity_secret, old_shares, rng)
    return deal_coefficients(ceremony, dealer, identity_secret, scheme, secret, rng)


def deal_coefficients(
    ceremony: Ceremony, dealer: int, identity_secret: int, scheme: int, secret: Sequence[Sequence[int]], rng: Rng
) -> bytes:
    digest = ceremony.digest()
    curves = [slot.curve for slot in ceremony.keys]
    polynomials = [PublicPolynomial.commit(c, a) for c, a in zip(curves, secret, strict=True)]
    body = u8(VERSION_BYTE) + digest + u16(dealer)
    for k, (curve, a, public) in enumerate(zip(curves, secret, polynomials, strict=True)):
        binding = knowledge_binding(digest, dealer, k, public)
        body += KeyDealing(public, schnorr_prove(curve, PURPOSE, binding, a[0], rng)).encode()
    claim = dealing_claim(ceremony, dealer, polynomials)
    body += encryption.encrypt(claim, _shares(ceremony, curves, secret), rng)
    return body + signatures.sign(scheme, identity_secret, PURPOSE, body)


def _shares(ceremony: Ceremony, curves: Sequence[Curve], secret: Sequence[Sequence[int]]) -> list[int]:
    """Recipient by recipient, key by key: the order of the claim."""
    recipients = [recipient.identifier for recipient in ceremony.recipients]
    return [evaluate(c, a, x) for x in recipients for c, a in zip(curves, secret, strict=True)]


# 9.3 Verify a dealing


def dealing_length(ceremony: Ceremony) -> int:
    recipients = len(ceremony.recipients)
    sets, curves = ceremony.parameters, [slot.curve for slot in ceremony.keys]
    proof = encryption.proof_length(sets, recipients, responses_length(sets, curves) * recipients)
    public = sum((ceremony.threshold + 1) * curve.point_len + curve.scalar_len for curve in curves)
    return HEADER + public + proof + signatures.LENGTH


def verify_dealing(ceremony: Ceremony, data: bytes) -> Dealing:
    reader = Reader(data)
    reader.version()
    require(reader.take(32) == ceremony.digest(), "CeremonyMismatch")
    dealer = check_index(reader.u16())
    _check_signature(ceremony, dealer, data)
    require(len(data) == dealing_length(ceremony), "BadDealing", "Length")
    keys = _or_bad("Encoding", lambda: _read_keys(ceremony, reader))
    polynomials = tuple(key.polynomial for key in keys)
    claim = dealing_claim(ceremony, dealer, polynomials)
    encrypted = reader.rest()[: -signatures.LENGTH]
    proof = _or_bad("Encoding", lambda: encryption.Proof.decode(encrypted, claim))
    _check_old_keys(ceremony, dealer, keys)
    _or_bad("ProofOfKnowledge", lambda: _check_knowledge(ceremony, dealer, keys))
    _or_bad("Encryption", lambda: encryption.check_proof(claim, proof))
    return Dealing(dealer, polynomials, claim, proof, data)


def _check_signature(ceremony: Ceremony, dealer: int, data: bytes) -> None:
    identity = ceremony.dealer(dealer).identity
    require(len(data) >= HEADER + signatures.LENGTH, "Truncated")
    signed, signature = data[: -signatures.LENGTH], data[-signatures.LENGTH :]
    _or_bad("Signature", lambda: signatures.verify(signature, identity, PURPOSE, signed))


def _or_bad(fault: str, step: Callable[[], T]) -> T:
    try:
        return step()
    except Error:
        raise Error("BadDealing", fault) from None


def _read_keys(ceremony: Ceremony, reader: Reader) -> list[KeyDealing]:
    return [KeyDealing.read(reader, slot.curve, ceremony.threshold) for slot in ceremony.keys]


def _check_old_keys(ceremony: Ceremony, dealer: int, keys: Sequence[KeyDealing]) -> None:
    identifier = ceremony.dealer(dealer).identifier
    for slot, key in zip(ceremony.keys, keys, strict=True):
        if slot.old is not None:
            same = key.polynomial.root_public_key == slot.old.value(identifier)
            require(same, "BadDealing", "OtherKey")


def _check_knowledge(ceremony: Ceremony, dealer: int, keys: Sequence[KeyDealing]) -> None:
    for k, key in enumerate(keys):
        binding = knowledge_binding(ceremony.digest(), dealer, k, key.polynomial)
        schnorr_verify(key.proof, PURPOSE, binding, key.polynomial.root_public_key)


# 9.4 Finish


@dataclass(frozen=True)
class PublicOutcome:
    """What everybody knows after a ceremony; the shareless by key and recipient."""

    polynomials: tuple[PublicPolynomial, ...]
    shareless: tuple[tuple[int, int], ...]
    transcript: bytes


@dataclass(frozen=True)
class Outcome:
    """What a ceremony leaves with one recipient: its shares, by the numbers of their keys."""

    public: PublicOutcome
    shares: dict[int, int]


@dataclass
class Dealings:
    """Collects dealings: the valid ones by dealer, and the dealers that are out."""

    ceremony: Ceremony
    valid: dict[int, Dealing] = field(default_factory=dict)
    bad: set[int] = field(default_factory=set)

    def receive(self, data: bytes) -> None:
        dealer = int.from_bytes(data[33:35], "big")
        try:
            dealing = verify_dealing(self.ceremony, data)
            known = self.valid.get(dealer, dealing)
            honest = dealer not in self.bad and known.encoded == data
            require(honest, "BadDealing", "Equivocation")
            self.valid[dealer] = dealing
        except Error as error:
            if error.name == "BadDealing" and error.detail != "Signature":
                self.bad.add(dealer)
                self.valid.pop(dealer, None)
            raise

    def accepted(self) -> list[Dealing]:
        """By ascending dealer; enough of them."""
        require(len(self.valid) >= self.ceremony.needed(), "NotEnoughDealings")
        return [self.valid[dealer] for dealer in sorted(self.valid)]


def dealing_weights(ceremony: Ceremony, slot: KeySlot, dealings: Sequence[Dealing]) -> list[int]:
    """One each for new keys, Lagrange's for old ones."""
    if slot.origin == GENERATE:
        return [1] * len(dealings)
    identifiers = [ceremony.dealer(dealing.dealer).identifier for dealing in dealings]
    return lagrange(slot.curve, identifiers, slot.at)


def finish_public(dealings: Dealings) -> PublicOutcome:
    """The resulting public polynomial of every key, and who has no share of it."""
    ceremony, accepted = dealings.ceremony, dealings.accepted()
    polynomials = tuple(_combined(ceremony, k, accepted) for k in range(len(ceremony.keys)))
    shareless = [
        (k, recipient.index)
        for k, polynomial in enumerate(polynomials)
        for recipient in ceremony.recipients
        if polynomial.is_shareless(recipient.identifier)
    ]
    return PublicOutcome(polynomials, tuple(shareless), transcript(ceremony, accepted))


def _combined(ceremony: Ceremony, k: int, dealings: Sequence[Dealing]) -> PublicPolynomial:
    slot = ceremony.keys[k]
    weights = dealing_weights(ceremony, slot, dealings)
    rows = [dealing.polynomials[k].commitments for dealing in dealings]
    columns = zip(*rows, strict=True)
    points = [_weighted(slot.curve, weights, column) for column in columns]
    polynomial = PublicPolynomial(tuple(points))
    if slot.old is not None:
        assert polynomial.root_public_key == slot.old.value(slot.at)
    return polynomial


def _weighted(curve: Curve, weights: Sequence[int], points: Sequence[Point]) -> Point:
    return curve.sum(w * point for w, point in zip(weights, points, strict=True))


def finish(dealings: Dealings, index: int, member_key: int) -> Outcome:
    ceremony, accepted = dealings.ceremony, dealings.accepted()
    public = finish_public(dealings)
    place = ceremony.recipient_place(index)
    own = member_key * BLS12381_G1.generator
    require(own == ceremony.recipients[place].member_key, "WrongMemberKey")
    opener = encryption.member_opener(member_key)
    opened = [encryption.open_compartment(d.claim, d.proof, place, opener) for d in accepted]
    shares: dict[int, int] = {}
    for k, slot in enumerate(ceremony.keys):
        weights = dealing_weights(ceremony, slot, accepted)
        share = sum(w * row[k] for w, row in zip(weights, opened, strict=True)) % slot.curve.order
        assert share * slot.curve.generator == public.polynomials[k].value(ceremony.recipients[place].identifier)
        if share != 0:
            shares[k] = share
    return Outcome(public, shares)


# 9.7 Transcript


def transcript(ceremony: Ceremony, dealings: Sequence[Dealing]) -> bytes:
    parts = [part for d in dealings for part in (u16(d.dealer), xof("dealing", d.encoded))]
    return xof("transcript", ceremony.digest(), *parts)
