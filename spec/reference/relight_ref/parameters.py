"""Section 6.1: parameter sets."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb, log2

from .errors import Error


@dataclass(frozen=True)
class ParameterSet:
    """M instances, of which T are kept sealed."""

    id: int
    instances: int
    kept: int

    def soundness_bits(self) -> float:
        return log2(comb(self.instances, self.kept))


FAST = ParameterSet(1, 132, 64)
COMPACT = ParameterSet(2, 174, 40)
SMALLEST = ParameterSet(3, 420, 24)
INSECURE = ParameterSet(0xF0, 8, 4)

_enabled = {set_.id: set_ for set_ in (FAST, COMPACT, SMALLEST)}


def enable_test_parameters() -> None:
    """Lets the insecure test-only set decode. Tests and vectors call this; nothing else does."""
    _enabled[INSECURE.id] = INSECURE


def parameter_set(number: int) -> ParameterSet:
    found = _enabled.get(number)
    if found is None:
        raise Error("UnknownParameterSet", number)
    return found
