"""Chapter 4: identifiers, thresholds, polynomials, commitments, Lagrange interpolation, proofs of knowledge."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .codec import Reader, check_count, decode_all, long, u16
from .curves import Curve, Point, curve_by_id
from .errors import require
from .hashing import hash_to_scalar

# Every draw of randomness asks for a number of bytes, in the order the text gives.
Rng = Callable[[int], bytes]


def check_identifier(number: int) -> int:
    require(1 <= number <= 65535, "InvalidIdentifier", number)
    return number


def check_identifier_within(number: int, parties: int) -> int:
    require(1 <= number <= parties, "InvalidIdentifier", number)
    return number


def check_threshold(threshold: int, parties: int = 65535) -> int:
    require(1 <= threshold <= parties, "InvalidThreshold", threshold)
    return threshold


def supermajority(parties: int) -> int:
    """More than two thirds."""
    return check_threshold(2 * parties // 3 + 1, parties)


def check_distinct(identifiers: Sequence[int]) -> None:
    for place, identifier in enumerate(identifiers):
        require(identifier not in identifiers[:place], "DuplicateIdentifier", identifier)


def evaluate(curve: Curve, coefficients: Sequence[int], identifier: int) -> int:
    """The polynomial, constant term first, at an identifier."""
    value = 0
    for coefficient in reversed(coefficients):
        value = (value * identifier + coefficient) % curve.order
    return value


@dataclass(frozen=True)
class PublicPolynomial:
    """Feldman commitments to the coefficients of a sharing."""

    commitments: tuple[Point, ...]

    def __post_init__(self) -> None:
        check_count(self.commitments)
        require(not any(point.is_identity() for point in self.commitments), "InvalidPoint")

    @property
    def curve(self) -> Curve:
        return self.commitments[0].curve

    @property
    def root_public_key(self) -> Point:
        return self.commitments[0]

    @property
    def threshold(self) -> int:
        return len(self.commitments)

    @staticmethod
    def commit(curve: Curve, coefficients: Sequence[int]) -> PublicPolynomial:
        return PublicPolynomial(tuple(a * curve.generator for a in coefficients))

    def public_share(self, identifier: int) -> Point:
        value = self.curve.identity
        for commitment in reversed(self.commitments):
            value = identifier * value + commitment
        require(not value.is_identity(), "InvalidPoint")
        return value

    def points(self) -> bytes:
        return b"".join(point.encode() for point in self.commitments)

    def encode(self) -> bytes:
        return u16(self.curve.id) + long(self.points())

    @staticmethod
    def read(reader: Reader, curve: Curve) -> PublicPolynomial:
        return PublicPolynomial(reader.items(lambda body: curve.decode_point(body.take(curve.point_len))))

    @staticmethod
    def decode(data: bytes) -> PublicPolynomial:
        return decode_all(data, lambda reader: PublicPolynomial.read(reader, curve_by_id(reader.u16())))


def lagrange_at_zero(curve: Curve, identifiers: Sequence[int]) -> list[int]:
    """The weights with which the values at the identifiers sum to the value at zero."""
    check_count(identifiers)
    for identifier in identifiers:
        check_identifier(identifier)
    check_distinct(identifiers)
    return [_weight(curve, own, identifiers) for own in identifiers]


def _weight(curve: Curve, own: int, identifiers: Sequence[int]) -> int:
    weight = 1
    for other in identifiers:
        if other != own:
            weight = weight * other * curve.invert(other - own) % curve.order
    return weight


def combine_secrets(curve: Curve, shares: dict[int, int]) -> int:
    weights = lagrange_at_zero(curve, list(shares))
    return sum(w * x for w, x in zip(weights, shares.values(), strict=True)) % curve.order


def combine_points(curve: Curve, shares: dict[int, Point]) -> Point:
    weights = lagrange_at_zero(curve, list(shares))
    return curve.sum(w * point for w, point in zip(weights, shares.values(), strict=True))


@dataclass(frozen=True)
class SchnorrProof:
    """Proof of knowledge of the discrete logarithm of a point."""

    commitment: Point
    response: int

    def encode(self) -> bytes:
        return self.commitment.encode() + self.commitment.curve.encode_scalar(self.response)

    @staticmethod
    def read(reader: Reader, curve: Curve) -> SchnorrProof:
        commitment = curve.decode_point(reader.take(curve.point_len))
        return SchnorrProof(commitment, curve.decode_scalar(reader.take(curve.scalar_len)))


def _challenge(curve: Curve, purpose: str, binding: bytes, public: Point, commitment: Point) -> int:
    parts = (purpose.encode("ascii"), binding, public.encode(), commitment.encode())
    return hash_to_scalar(curve, "schnorr-challenge", *parts)


def schnorr_prove(curve: Curve, purpose: str, binding: bytes, secret: int, rng: Rng) -> SchnorrProof:
    fresh = rng(32)
    parts = (purpose.encode("ascii"), binding, curve.encode_scalar(secret), fresh)
    nonce = hash_to_scalar(curve, "schnorr-nonce", *parts)
    commitment = nonce * curve.generator
    challenge = _challenge(curve, purpose, binding, secret * curve.generator, commitment)
    return SchnorrProof(commitment, (nonce + challenge * secret) % curve.order)


def schnorr_verify(proof: SchnorrProof, purpose: str, binding: bytes, public: Point) -> None:
    curve = public.curve
    challenge = _challenge(curve, purpose, binding, public, proof.commitment)
    valid = proof.response * curve.generator == proof.commitment + challenge * public
    require(valid, "BadProofOfPossession")
