#!/usr/bin/env python3
"""How many requirements have a mutant that breaks them, and a sample of those that have none, of the size that is given.

A mutant names a requirement in a line `Breaks:`, by its section and word for word.  That the mutant is noticed, which
run.py sees to, says that a test guards the requirement, and not only cites it.
"""

import random
import sys
from pathlib import Path

MUTANTS = Path(__file__).resolve().parent
sys.path.insert(0, str(MUTANTS.parent.parent / "spec"))

from trace import requirements, sections  # noqa: E402


def broken() -> list[tuple[str, str, str]]:
    """Every mutant that names a requirement, with its section and its words."""
    found = []
    for path in sorted(MUTANTS.glob("*.patch")):
        lines = (line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("Breaks: "))
        found += [(path.stem, *line.removeprefix("Breaks: ").split(" ", 1)) for line in lines]
    return found


def main(sample: int) -> int:
    musts = [(target, quote) for target, quote in requirements(sections()) if "MUST" in quote]
    named = broken()
    strange = [f"{name}: {target} has no such requirement: {quote}" for name, target, quote in named
               if (target, quote) not in musts]
    print(*strange, sep="\n", end="\n" if strange else "")
    kept = {(target, quote) for _, target, quote in named}
    left = [must for must in musts if must not in kept]
    print(f"{len(musts)} requirements are MUST: {len(musts) - len(left)} are broken by a mutant that tests notice")
    for target, quote in random.sample(left, min(sample, len(left))):
        print(f"no mutant breaks {target}: {quote}")
    return 1 if strange else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
