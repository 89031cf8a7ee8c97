"""Section 6.2: packs, the secrets that one mask hides together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .curves import Curve, Point
from .parameters import ParameterSet
from .statement import Entry, Statement


@dataclass(frozen=True)
class Pack:
    """Entries of one compartment on one curve, which share a mask."""

    c: int
    b: int
    places: tuple[int, ...]
    entries: tuple[Entry, ...]

    @property
    def curve(self) -> Curve:
        return self.entries[0].curve

    def secret(self, i: int, secrets: Sequence[int]) -> int:
        """The packed secret, from the secrets of all entries of the statement."""
        terms = (int((i + 1) ** n) * secrets[place] for n, place in enumerate(self.places))
        return sum(terms) % self.curve.order

    def share(self, i: int) -> Point:
        """The packed share."""
        return self.curve.sum((i + 1) ** n * entry.public_share for n, entry in enumerate(self.entries))

    def unpack(self, values: dict[int, int]) -> list[int]:
        """The secrets, from the packed secrets of as many instances: Newton's divided differences."""
        modulus = self.curve.order
        points = [i + 1 for i in values][: len(self.entries)]
        newton = list(values.values())[: len(self.entries)]
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


def packs(statement: Statement) -> list[Pack]:
    return [pack for c in range(len(statement.compartments)) for pack in compartment_packs(statement, c)]


def compartment_packs(statement: Statement, c: int) -> list[Pack]:
    """The places are counted over all entries of the statement."""
    groups: list[list[tuple[int, Entry]]] = []
    for place, (compartment, _, entry) in enumerate(statement.slots()):
        if compartment != c:
            continue
        same = [group for group in groups if group[0][1].curve is entry.curve]
        if same and len(same[-1]) < statement.parameters.width:
            same[-1].append((place, entry))
        else:
            groups.append([(place, entry)])
    columns = [tuple(zip(*group, strict=True)) for group in groups]
    return [Pack(c, b, places, entries) for b, (places, entries) in enumerate(columns)]


def responses_length(sets: ParameterSet, curves: Sequence[Curve]) -> int:
    """The bytes of the responses for one compartment with entries on these curves."""
    return sum(-(-number // sets.width) * curve.scalar_len for curve, number in Counter(curves).items())
