#!/usr/bin/env python3
"""That every requirement with MUST has a mutant that breaks it, or a reason why there is none.

A mutant names a requirement in a line `Breaks:`, by its section and word for word, and can be put into the code as it
is.  That the mutant is noticed, which run.py sees to, says that a test guards the requirement, and not only cites it.  The reasons are those of
.duvet/exceptions.toml, where nothing can show the requirement, and of reasons.toml beside this file, where something
else does: a vector that is refused with the error that the requirement names, or a test.
"""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

MUTANTS = Path(__file__).resolve().parent
ROOT = MUTANTS.parent.parent
sys.path.insert(0, str(ROOT / "spec"))

from trace import exceptions, has_test, requirements, sections, words  # noqa: E402

Requirement = tuple[str, str]


def broken() -> list[tuple[str, Requirement]]:
    """Every requirement that a mutant names, with the mutant."""
    found = []
    for path in sorted(MUTANTS.glob("*.patch")):
        lines = (line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("Breaks: "))
        found += [(path.stem, tuple(line.removeprefix("Breaks: ").split(" ", 1))) for line in lines]
    return found


def applies(patch: Path) -> bool:
    return subprocess.run(["git", "apply", "--check", patch], cwd=ROOT, capture_output=True).returncode == 0


def reasons() -> list[tuple[str, Requirement, list[str]]]:
    """Every requirement in reasons.toml, with the kind of its reason and what shows it."""
    kinds = tomllib.loads((MUTANTS / "reasons.toml").read_text(encoding="utf-8"))
    return [(kind, (one["target"], words(one["quote"])), one["shown"])
            for kind, group in kinds.items() for one in group["requirement"]]


def lost(quote: str, shown: str) -> bool:
    """Is there no such vector or test?  `FILE NAME`; a vector ends with an error that the requirement names, if any."""
    file, name = shown.split(" ", 1)
    if not file.endswith(".json"):
        return not has_test(ROOT / file, name)
    errors = {case["name"]: case["error"] for case in json.loads((ROOT / file).read_text())["rejected"]}
    named = set(re.findall(r"\w+", quote)).intersection(errors.values())
    return name not in errors or bool(named) and errors[name] not in named


def main() -> int:
    musts = [(target, quote) for target, quote in requirements(sections()) if "MUST" in quote]
    mutants, given = broken(), reasons()
    excepted = {(citation.target, citation.quote) for citation in exceptions()}
    kept = {requirement for _, requirement in mutants}
    reasoned = [requirement for _, requirement, _ in given]
    complaints = [f"{name}: there is no such requirement: {target}: {quote}"
                  for name, (target, quote) in mutants + [(kind, one) for kind, one, _ in given]
                  if (target, quote) not in musts]
    complaints += [f"{target}: has a reason, and a mutant or another reason: {quote}"
                   for place, (target, quote) in enumerate(reasoned)
                   if (target, quote) in kept | excepted or (target, quote) in reasoned[:place]]
    complaints += [f"{kind}: what is to show this is not there, or shows something else: {quote}"
                   for kind, (_, quote), shown in given if not shown or any(lost(quote, one) for one in shown)]
    complaints += [f"{patch.stem}: does not apply" for patch in sorted(MUTANTS.glob("*.patch")) if not applies(patch)]
    left = [must for must in musts if must not in kept | excepted | set(reasoned)]
    complaints += [f"{target}: neither a mutant nor a reason: {quote}" for target, quote in left]
    print(*complaints, sep="\n", end="\n" if complaints else "")
    print(f"{len(musts)} requirements are MUST: {len(kept.intersection(musts))} are broken by a mutant, "
          f"{len(reasoned)} are shown otherwise, {len(excepted.intersection(musts) - kept)} cannot be shown")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
