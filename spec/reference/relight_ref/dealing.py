"""Chapter 9: key generation, refresh and re-sharing by one publicly verifiable broadcast per dealer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from . import encryption, signatures
from .ceremony import Ceremony
from .codec import VERSION_BYTE, Reader, u8, u16
from .curves import BLS12381_G1, SECP256K1, Curve, Point
from .errors import Error, require
from .hashing import hash_to_scalar, xof
from .packing import responses_length
from .sharing import (
    PublicPolynomial,
    Rng,
    SchnorrProof,
    check_identifier,
    evaluate,
    lagrange_at_zero,
    schnorr_prove,
    schnorr_verify,
)
from .statement import Compartment, Entry, MemberLock, Statement

PURPOSE = "dealing"
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
    statement: Statement
    proof: encryption.Proof
    encoded: bytes


# 9.2 Deal


def knowledge_binding(digest: bytes, dealer: int, k: int, polynomial: PublicPolynomial) -> bytes:
    return digest + u16(dealer) + u16(k) + polynomial.points()


def dealing_statement(ceremony: Ceremony, dealer: int, polynomials: Sequence[PublicPolynomial]) -> Statement:
    compartments = tuple(
        Compartment(MemberLock(recipient.member_key), tuple(Entry.of(a, recipient.index) for a in polynomials))
        for recipient in ceremony.recipients
    )
    return Statement(ceremony.parameters, ceremony.digest(), ceremony.epoch, u16(dealer), compartments)


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
    identity = ceremony.dealer(dealer).identity
    require(identity_secret * SECP256K1.generator == identity, "UnknownDealer", dealer)
    old = [slot.old for slot in ceremony.keys if slot.old is not None]
    require(len(old) == len(old_shares), "InvalidLength")
    for k, (polynomial, share) in enumerate(zip(old, old_shares, strict=True)):
        matches = share * polynomial.curve.generator == polynomial.public_share(dealer)
        require(matches, "SecretMismatch", [0, k])


def deal(
    ceremony: Ceremony, dealer: int, identity_secret: int, scheme: int, old_shares: Sequence[int], rng: Rng
) -> bytes:
    _check_dealer(ceremony, dealer, identity_secret, old_shares)
    return make_dealing(ceremony, dealer, identity_secret, scheme, old_shares, rng)


def make_dealing(
    ceremony: Ceremony, dealer: int, identity_secret: int, scheme: int, old_shares: Sequence[int], rng: Rng
) -> bytes:
    digest = ceremony.digest()
    secret = draw_coefficients(ceremony, dealer, identity_secret, old_shares, rng)
    curves = [slot.curve for slot in ceremony.keys]
    polynomials = [PublicPolynomial.commit(c, a) for c, a in zip(curves, secret, strict=True)]
    body = u8(VERSION_BYTE) + digest + u16(dealer)
    for k, (curve, a, public) in enumerate(zip(curves, secret, polynomials, strict=True)):
        binding = knowledge_binding(digest, dealer, k, public)
        body += KeyDealing(public, schnorr_prove(curve, PURPOSE, binding, a[0], rng)).encode()
    statement = dealing_statement(ceremony, dealer, polynomials)
    body += encryption.encrypt(statement, _shares(ceremony, curves, secret), rng)
    return body + signatures.sign(scheme, identity_secret, PURPOSE, body)


def _shares(ceremony: Ceremony, curves: Sequence[Curve], secret: Sequence[Sequence[int]]) -> list[int]:
    """Recipient by recipient, key by key: the order of the statement."""
    recipients = [recipient.index for recipient in ceremony.recipients]
    return [evaluate(c, a, x) for x in recipients for c, a in zip(curves, secret, strict=True)]


# 9.3 Verify a dealing


def dealing_length(ceremony: Ceremony) -> int:
    recipients = len(ceremony.recipients)
    sets, curves = ceremony.parameters, [slot.curve for slot in ceremony.keys]
    kept = 48 + 16 * recipients + 16 + responses_length(sets, curves) * recipients
    proof = 32 + 32 * (sets.instances - sets.kept) + sets.kept * kept
    public = sum((ceremony.threshold + 1) * curve.point_len + curve.scalar_len for curve in curves)
    return 35 + public + proof + signatures.LENGTH


def verify_dealing(ceremony: Ceremony, data: bytes) -> Dealing:
    reader = Reader(data)
    reader.version()
    require(reader.take(32) == ceremony.digest(), "CeremonyMismatch")
    dealer = check_identifier(reader.u16())
    _check_signature(ceremony, dealer, data)
    require(len(data) == dealing_length(ceremony), "BadDealing", "Length")
    keys = _or_bad("Encoding", lambda: _read_keys(ceremony, reader))
    polynomials = tuple(key.polynomial for key in keys)
    statement = _or_bad("Encoding", lambda: dealing_statement(ceremony, dealer, polynomials))
    encrypted = reader.rest()[: -signatures.LENGTH]
    proof = _or_bad("Encoding", lambda: encryption.Proof.decode(encrypted, statement))
    _check_old_keys(ceremony, dealer, keys)
    _or_bad("ProofOfKnowledge", lambda: _check_knowledge(ceremony, dealer, keys))
    _or_bad("Encryption", lambda: encryption.check_proof(statement, proof))
    return Dealing(dealer, polynomials, statement, proof, data)


def _check_signature(ceremony: Ceremony, dealer: int, data: bytes) -> None:
    identity = ceremony.dealer(dealer).identity
    require(len(data) >= signatures.LENGTH, "Truncated")
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
    for slot, key in zip(ceremony.keys, keys, strict=True):
        if slot.old is not None:
            same = key.polynomial.root_public_key == slot.old.public_share(dealer)
            require(same, "BadDealing", "OtherKey")


def _check_knowledge(ceremony: Ceremony, dealer: int, keys: Sequence[KeyDealing]) -> None:
    for k, key in enumerate(keys):
        binding = knowledge_binding(ceremony.digest(), dealer, k, key.polynomial)
        schnorr_verify(key.proof, PURPOSE, binding, key.polynomial.root_public_key)


# 9.4 Finish


@dataclass(frozen=True)
class Outcome:
    """What a ceremony leaves with one recipient."""

    polynomials: tuple[PublicPolynomial, ...]
    shares: tuple[int, ...]
    transcript: bytes


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


def dealing_weights(ceremony: Ceremony, curve: Curve, dealings: Sequence[Dealing]) -> list[int]:
    """One each for new keys, Lagrange's for old ones."""
    if ceremony.keys[0].old is None:
        return [1] * len(dealings)
    return lagrange_at_zero(curve, [dealing.dealer for dealing in dealings])


def finish_public(ceremony: Ceremony, dealings: Sequence[Dealing]) -> list[PublicPolynomial]:
    """The resulting public polynomial of every key."""
    return [_combined(ceremony, k, dealings) for k in range(len(ceremony.keys))]


def _combined(ceremony: Ceremony, k: int, dealings: Sequence[Dealing]) -> PublicPolynomial:
    slot = ceremony.keys[k]
    weights = dealing_weights(ceremony, slot.curve, dealings)
    rows = [dealing.polynomials[k].commitments for dealing in dealings]
    columns = zip(*rows, strict=True)
    points = [_weighted(slot.curve, weights, column) for column in columns]
    polynomial = PublicPolynomial(tuple(points))
    if slot.old is not None:
        assert polynomial.root_public_key == slot.old.root_public_key
    return polynomial


def _weighted(curve: Curve, weights: Sequence[int], points: Sequence[Point]) -> Point:
    return curve.sum(w * point for w, point in zip(weights, points, strict=True))


def finish(dealings: Dealings, index: int, member_key: int) -> Outcome:
    ceremony, accepted = dealings.ceremony, dealings.accepted()
    polynomials = finish_public(ceremony, accepted)
    place = ceremony.recipient_place(index)
    own = member_key * BLS12381_G1.generator
    require(own == ceremony.recipients[place].member_key, "WrongMemberKey")
    opener = encryption.member_opener(member_key)
    opened = [encryption.open_compartment(d.statement, d.proof, place, opener) for d in accepted]
    shares = []
    for k, polynomial in enumerate(polynomials):
        weights = dealing_weights(ceremony, polynomial.curve, accepted)
        share = sum(w * row[k] for w, row in zip(weights, opened, strict=True)) % polynomial.curve.order
        assert share * polynomial.curve.generator == polynomial.public_share(index)
        shares.append(share)
    return Outcome(tuple(polynomials), tuple(shares), transcript(ceremony, accepted))


# 9.7 Transcript


def transcript(ceremony: Ceremony, dealings: Sequence[Dealing]) -> bytes:
    parts = [part for d in dealings for part in (u16(d.dealer), xof("dealing", d.encoded))]
    return xof("transcript", ceremony.digest(), *parts)
