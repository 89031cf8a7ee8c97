"""Chapter 4: polynomials, VSS commitments, Lagrange interpolation, Schnorr proofs, sharings from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .codec import Reader, check_count, decode_all, long, u16
from .curves import Curve, Point, curve_by_id
from .errors import require
from .hashing import hash_to_scalar
from .identifiers import check_identifiers, check_nonzero, check_point, check_threshold, identifier_bytes

# Every draw of randomness asks for a number of bytes, in the order the text gives.
Rng = Callable[[int], bytes]
Shares = Sequence[tuple[int, Point]]  # by identifier


# 4.2 and 4.3 Polynomials and VSS commitments


def evaluate(curve: Curve, coefficients: Sequence[int], identifier: int) -> int:
    """The polynomial, constant term first, at an identifier."""
    value = 0
    for coefficient in reversed(coefficients):
        value = (value * identifier + coefficient) % curve.order
    return value


def _value(commitments: Sequence[Point], at: int) -> Point:
    value = commitments[0].curve.identity
    for commitment in reversed(commitments):
        value = at * value + commitment
    return value


@dataclass(frozen=True)
class VssCommitment:
    """Feldman's commitments to the coefficients of a polynomial. Key, threshold and public shares follow from them."""

    commitments: tuple[Point, ...]

    def __post_init__(self) -> None:
        check_count(self.commitments)
        require(not any(point.is_identity() for point in self.commitments), "InvalidPoint")

    @property
    def curve(self) -> Curve:
        return self.commitments[0].curve

    @property
    def public_key(self) -> Point:
        return self.commitments[0]

    @property
    def threshold(self) -> int:
        return len(self.commitments)

    @staticmethod
    def commit(curve: Curve, coefficients: Sequence[int]) -> VssCommitment:
        return VssCommitment(tuple(a * curve.generator for a in coefficients))

    def value(self, at: int) -> Point:
        """The public share of an identifier or, at zero, the public key: perhaps the identity."""
        return _value(self.commitments, at)

    def is_shareless(self, identifier: int) -> bool:
        """The share of the identifier is zero."""
        return self.value(identifier).is_identity()

    def public_share(self, identifier: int) -> Point:
        share = self.value(check_nonzero(self.curve, identifier))
        require(not share.is_identity(), "InvalidPoint")
        return share

    def points(self) -> bytes:
        return b"".join(point.encode() for point in self.commitments)

    def encode(self) -> bytes:
        return u16(self.curve.id) + long(self.points())

    @staticmethod
    def read_on(reader: Reader, curve: Curve) -> VssCommitment:
        """The coefficient commitments alone, where the curve is known."""
        return VssCommitment(reader.items(lambda body: curve.decode_point(body.take(curve.point_len))))

    @staticmethod
    def read(reader: Reader) -> VssCommitment:
        return VssCommitment.read_on(reader, curve_by_id(reader.u16()))

    @staticmethod
    def decode(data: bytes) -> VssCommitment:
        return decode_all(data, VssCommitment.read)


# 4.4 Lagrange interpolation


def lagrange(curve: Curve, identifiers: Sequence[int], at: int = 0) -> list[int]:
    """The weights with which the values at the identifiers sum to the value at zero, or at another identifier."""
    check_count(identifiers)
    check_identifiers(curve, identifiers)
    check_point(curve, at, identifiers)
    return [_weight(curve, own, identifiers, at) for own in identifiers]


def _weight(curve: Curve, own: int, identifiers: Sequence[int], at: int) -> int:
    weight = 1
    for other in identifiers:
        if other != own:
            weight = weight * (other - at) * curve.invert(other - own) % curve.order
    return weight


def combine_secrets(curve: Curve, shares: dict[int, int]) -> int:
    weights = lagrange(curve, list(shares))
    return sum(w * x for w, x in zip(weights, shares.values(), strict=True)) % curve.order


def combine_points(curve: Curve, shares: dict[int, Point]) -> Point:
    weights = lagrange(curve, list(shares))
    return curve.sum(w * point for w, point in zip(weights, shares.values(), strict=True))


# 4.5 Schnorr proof


@dataclass(frozen=True)
class SchnorrProof:
    """That one knows the discrete logarithm of a point."""

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
    require(valid, "BadSchnorrProof")


# 4.6 Sharings from elsewhere


def from_shares(threshold: int, shares: Shares) -> VssCommitment:
    """The VSS commitment of a sharing of which only public shares are known."""
    check_threshold(threshold)
    require(len(shares) > 0, "InvalidLength")
    curve = shares[0][1].curve
    require(all(point.curve is curve for _, point in shares), "WrongCurve")
    check_identifiers(curve, [identifier for identifier, _ in shares])
    require(len(shares) >= threshold, "NotEnoughShares")
    return VssCommitment(_best_candidate(threshold, shares))


def _best_candidate(threshold: int, shares: Shares) -> tuple[Point, ...]:
    """The coefficient commitments that the fewest shares contradict; none does, or they are named."""
    first = shares[: threshold + 1]
    places = range(len(first) - 1, -1, -1) if len(shares) > threshold else [threshold]
    candidates = [_interpolated([*first[:left_out], *first[left_out + 1 :]]) for left_out in places]
    odd = [_contradictions(candidate, shares) for candidate in candidates]
    fewest = min(range(len(candidates)), key=lambda k: len(odd[k]))
    require(not odd[fewest], "InconsistentShares", [identifier_bytes(i).hex() for i in odd[fewest]])
    return candidates[fewest]


def _contradictions(commitments: Sequence[Point], shares: Shares) -> list[int]:
    return [identifier for identifier, point in shares if _value(commitments, identifier) != point]


def _interpolated(shares: Shares) -> tuple[Point, ...]:
    """The coefficients of the polynomial through all the shares, some perhaps the identity."""
    curve, identifiers = shares[0][1].curve, [identifier for identifier, _ in shares]
    rows = [_basis(curve, own, identifiers) for own in identifiers]
    columns = zip(*rows, strict=True)
    points = [point for _, point in shares]
    return tuple(curve.sum(a * point for a, point in zip(column, points, strict=True)) for column in columns)


def _basis(curve: Curve, own: int, identifiers: Sequence[int]) -> list[int]:
    """The coefficients of the polynomial that is one at its own identifier and zero at the others."""
    coefficients = [1]
    for other in identifiers:
        if other != own:
            inverse = curve.invert(own - other)
            shifted, scaled = [0, *coefficients], [-other * a for a in coefficients] + [0]
            coefficients = [(a + b) * inverse % curve.order for a, b in zip(shifted, scaled, strict=True)]
    return coefficients
