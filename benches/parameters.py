#!/usr/bin/env python3
"""Looks for parameter sets for dealings: M instances of which T stay sealed, W secrets in a response.

For each number of recipients and keys, prints the present sets, and those of 128 bits (spec 13.2) that no other one beats
in both the size of a proof (spec 6.7) and the instructions that it takes to verify it, by the model below.
"""

from math import comb, log2
from typing import NamedTuple

# In instructions, fitted to callgrind's counts (instructions.sh) of a dealing of 11 keys to 100 under sets 1, 4 and 5, which
# the model meets by 1 %, and of one key to 32 under set 1, of which it is a tenth short: what does not depend on the set,
# for each recipient and each of its keys; a revealed instance for each recipient, whose key is multiplied, and for each
# response, whose mask is made; a kept one likewise.
RECIPIENT, KEY = 900_000, 440_000
REVEALED_RECIPIENT, REVEALED_RESPONSE = 128_000, 3_300
KEPT_RECIPIENT, KEPT_RESPONSE = 5_000, 3_600
SCALAR_BYTES = 32


class Dealing(NamedTuple):
    """Recipients, and keys on each curve."""

    recipients: int
    keys: tuple[int, ...]


class ParameterSet(NamedTuple):
    """M, T and W."""

    instances: int
    kept: int
    width: int

    def bits(self) -> float:
        """Of soundness."""
        revealed = self.instances - self.kept
        return log2(comb(self.instances, self.kept)) - log2(comb(revealed + self.width - 1, self.width - 1))

    def responses(self, dealing: Dealing) -> int:
        """Of one instance, for all recipients."""
        return dealing.recipients * sum(-(-keys // self.width) for keys in dealing.keys)

    def size(self, dealing: Dealing) -> int:
        revealed, scalars = self.instances - self.kept, SCALAR_BYTES * self.responses(dealing)
        return 48 + 36 * revealed + self.kept * (64 + 16 * dealing.recipients + scalars)

    def cost(self, dealing: Dealing) -> int:
        revealed, responses = self.instances - self.kept, self.responses(dealing)
        return (
            dealing.recipients * (RECIPIENT + sum(dealing.keys) * KEY)
            + revealed * (dealing.recipients * REVEALED_RECIPIENT + responses * REVEALED_RESPONSE)
            + self.kept * (dealing.recipients * KEPT_RECIPIENT + responses * KEPT_RESPONSE)
        )


PRESENT = [
    ParameterSet(132, 64, 1),
    ParameterSet(174, 40, 1),
    ParameterSet(420, 24, 1),
    ParameterSet(192, 65, 10),
    ParameterSet(178, 112, 10),
]
DEALINGS = [Dealing(recipients, keys) for keys in ((1,), (10, 1)) for recipients in (10, 32, 100)]


def smallest(revealed: int, width: int) -> ParameterSet:
    """The set of 128 bits with so many revealed instances and the fewest kept ones."""
    low, high = width, 4000
    while low < high:
        middle = (low + high) // 2
        enough = ParameterSet(revealed + middle, middle, width).bits() >= 128
        low, high = (low, middle) if enough else (middle + 1, high)
    return ParameterSet(revealed + low, low, width)


def unbeaten(dealing: Dealing) -> list[ParameterSet]:
    widths = range(1, max(dealing.keys) + 1)
    candidates = [smallest(revealed, width) for width in widths for revealed in range(40, 400, 4)]
    candidates.sort(key=lambda one: (one.size(dealing), one.cost(dealing)))
    front, least = [], candidates[0].cost(dealing) + 1
    for candidate in candidates:
        if candidate.cost(dealing) < least:
            least = candidate.cost(dealing)
            front.append(candidate)
    return front


def line(one: ParameterSet, dealing: Dealing) -> str:
    first = PRESENT[0]
    size, cost = one.size(dealing) / first.size(dealing), one.cost(dealing) / first.cost(dealing)
    return f"{str(tuple(one)):>15} {one.bits():6.1f} bits {one.size(dealing) / 1000:6.0f} kB {size:5.2f} {cost:5.2f}"


def main() -> None:
    for dealing in DEALINGS:
        print(f"{sum(dealing.keys)} keys to {dealing.recipients}: size, and size and instructions against set 1")
        print(*(line(one, dealing) for one in PRESENT), "", sep="\n")
        front = unbeaten(dealing)
        print(*(line(one, dealing) for one in front[:: max(1, len(front) // 12)]), "", sep="\n")


if __name__ == "__main__":
    main()
