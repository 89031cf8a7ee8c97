"""Section 6.1: parameter sets."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb, log2

from .errors import Error


@dataclass(frozen=True)
class ParameterSet:
    """M instances, of which T are kept sealed; W secrets in a response at most."""

    id: int
    instances: int
    kept: int
    width: int

    def soundness_bits(self) -> float:
        subsets = comb(self.instances, self.kept)
        lucky = comb(self.instances - self.kept + self.width - 1, self.width - 1)
        return log2(subsets) - log2(lucky)


FAST = ParameterSet(1, 132, 64, 1)
COMPACT = ParameterSet(2, 174, 40, 1)
BROADCAST = ParameterSet(3, 420, 24, 1)
PACKED = ParameterSet(4, 192, 65, 10)
BULK = ParameterSet(5, 178, 112, 10)
INSECURE = ParameterSet(0xF0, 8, 4, 1)
INSECURE_PACKED = ParameterSet(0xF1, 8, 4, 2)

_enabled = {set_.id: set_ for set_ in (FAST, COMPACT, BROADCAST, PACKED, BULK)}


def enable_test_parameters() -> None:
    """Lets the insecure test-only sets decode. Tests and vectors call this; nothing else does."""
    for set_ in (INSECURE, INSECURE_PACKED):
        _enabled[set_.id] = set_


def parameter_set(number: int) -> ParameterSet:
    found = _enabled.get(number)
    if found is None:
        raise Error("UnknownParameterSet", number)
    return found
