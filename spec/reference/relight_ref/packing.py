"""Sections 6.1 and 6.2: what the encryption is about, and its packs, the secrets that one mask hides together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from .curves import Curve, Point, curve_by_id
from .parameters import ParameterSet
from .statement import Lock, Statement


@dataclass(frozen=True)
class Pack:
    """Secrets of one compartment on one curve, which share a mask, by their public shares."""

    c: int
    b: int
    places: tuple[int, ...]
    public_shares: tuple[Point, ...]

    @property
    def curve(self) -> Curve:
        return self.public_shares[0].curve

    def secret(self, i: int, secrets: Sequence[int]) -> int:
        """The packed secret, from the secrets of all compartments."""
        terms = (int((i + 1) ** n) * secrets[place] for n, place in enumerate(self.places))
        return sum(terms) % self.curve.order

    def share(self, i: int) -> Point:
        """The packed share."""
        return self.curve.sum((i + 1) ** n * point for n, point in enumerate(self.public_shares))

    def unpack(self, values: dict[int, int]) -> list[int]:
        """The secrets, from the packed secrets of as many instances: Newton's divided differences."""
        modulus = self.curve.order
        points = [i + 1 for i in values][: len(self.places)]
        newton = list(values.values())[: len(self.places)]
        for level in range(1, len(points)):
            for k in range(len(points) - 1, level - 1, -1):
                inverse = pow(points[k] - points[k - level], -1, modulus)
                newton[k] = (newton[k] - newton[k - 1]) * inverse % modulus
        coefficients = [0]
        for point, difference in zip(reversed(points), reversed(newton), strict=True):
            shifted, scaled = [0, *coefficients], [point * x for x in coefficients] + [0]
            coefficients = [(a - b) % modulus for a, b in zip(shifted, scaled, strict=True)]
            coefficients[0] = (coefficients[0] + difference) % modulus
        return coefficients[: len(points)]


@dataclass(frozen=True)
class Part:
    """A compartment: a lock, and the public shares of the secrets behind it, which may be the identity."""

    lock: Lock
    public_shares: tuple[Point, ...]


@dataclass(frozen=True)
class Claim:
    """What a proof of encryption is about: a statement, or a dealing."""

    digest: bytes
    parameters: ParameterSet
    parts: tuple[Part, ...]

    @staticmethod
    def of(statement: Statement) -> Claim:
        parts = (Part(c.lock, tuple(entry.public_share for entry in c.entries)) for c in statement.compartments)
        return Claim(statement.digest(), statement.parameters, tuple(parts))

    def slots(self) -> list[tuple[int, int, Point]]:
        """Every public share after its compartment's number and its own, compartment by compartment."""
        return [(c, j, share) for c, part in enumerate(self.parts) for j, share in enumerate(part.public_shares)]

    @cached_property
    def packs(self) -> list[Pack]:
        return [pack for c in range(len(self.parts)) for pack in self._part_packs(c)]

    def packs_of(self, c: int) -> list[Pack]:
        return [pack for pack in self.packs if pack.c == c]

    def _part_packs(self, c: int) -> list[Pack]:
        """The places are counted over all compartments."""
        groups: list[list[tuple[int, Point]]] = []
        for place, (compartment, _, share) in enumerate(self.slots()):
            if compartment != c:
                continue
            same = [group for group in groups if group[0][1].curve is share.curve]
            if same and len(same[-1]) < self.parameters.width:
                same[-1].append((place, share))
            else:
                groups.append([(place, share)])
        columns = [tuple(zip(*group, strict=True)) for group in groups]
        return [Pack(c, b, places, shares) for b, (places, shares) in enumerate(columns)]

    def curves(self) -> list[Curve]:
        """Those that occur, by ascending number."""
        return [curve_by_id(number) for number in sorted({share.curve.id for _, _, share in self.slots()})]


def responses_length(sets: ParameterSet, curves: Sequence[Curve]) -> int:
    """The bytes of the responses for one compartment with secrets on these curves."""
    return sum(-(-number // sets.width) * curve.scalar_len for curve, number in Counter(curves).items())
