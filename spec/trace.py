"""Compares the requirements of this folder with the comments in core/ and cli/ that cite them, word for word.

duvet, which trace.sh runs besides, takes a quote with a letter changed for the sentence it comes from.
"""

import re
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
CONFIG = ROOT / ".duvet" / "config.toml"
EXCEPTIONS = ROOT / ".duvet" / "exceptions.toml"
ATTACKS = ROOT / "spec" / "attacks.md"
KEY_WORD = re.compile(r"(?<!\")\b(MUST|SHOULD|MAY|SHALL|REQUIRED|RECOMMENDED|OPTIONAL)\b")
KINDS = ("code", "test", "exception")
CITING = ("core/src", "core/tests", "cli/src", "cli/tests")


class Citation(NamedTuple):
    place: str
    kind: str
    target: str
    quote: str


def slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


def words(text: str) -> str:
    return " ".join(text.split())


def sections() -> dict[str, list[str]]:
    """The text of each section by its target, in paragraphs and list items; code blocks are left out."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "spec").glob("[0-9]*.md")):
        paragraphs: list[str] = []
        code = fresh = False
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("```"):
                code, fresh = not code, True
            elif code or not line.strip():
                fresh = True
            elif line.startswith("#"):
                title = line.lstrip("#").strip()
                paragraphs = found.setdefault(f"{path.relative_to(ROOT)}#{slug(title)}", [])
                fresh = True
            else:
                item = re.match(r"(\d+\.|-) +", line)
                if fresh or item:
                    paragraphs.append("")
                paragraphs[-1] += " " + (line[item.end() :] if item else line)
                fresh = False
    return {target: [words(paragraph) for paragraph in found[target]] for target in found}


def requirements(text: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Every paragraph or item that binds, with its target; one sentence each."""
    return [(target, item) for target, items in text.items() for item in items if KEY_WORD.search(item)]


def lost_tests() -> list[str]:
    """The tests that the page of attacks names and that are not there."""
    named = re.findall(r"`((?:core|cli)/[\w/]+\.rs)` `(\w+)`", ATTACKS.read_text(encoding="utf-8"))
    lost = [(path, test) for path, test in named if not has_test(ROOT / path, test)]
    return [f"{ATTACKS.relative_to(ROOT)}: {path} has no test {test}" for path, test in lost]


def has_test(path: Path, test: str) -> bool:
    return path.exists() and f"fn {test}(" in path.read_text(encoding="utf-8")


def comments(path: Path) -> list[Citation]:
    """The citations of a Rust file: lines `//= target`, perhaps `//= type=test`, then `//# quote`."""
    found: list[Citation] = []
    target, kind, quote, place = "", "code", "", ""

    def end() -> None:
        if target:
            found.append(Citation(place, kind, target, words(quote)))

    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = line.strip()
        if line.startswith("//= type="):
            kind = line.removeprefix("//= type=")
        elif line.startswith("//= "):
            end()
            target, kind, quote, place = line.removeprefix("//= "), "code", "", f"{path.relative_to(ROOT)}:{number}"
        elif line.startswith("//# "):
            quote += " " + line.removeprefix("//# ")
        else:
            end()
            target = ""
    end()
    return found


def exceptions() -> list[Citation]:
    entries = tomllib.loads(EXCEPTIONS.read_text(encoding="utf-8"))["exception"]
    place = str(EXCEPTIONS.relative_to(ROOT))
    missing = [Citation(place, "reason", e["target"], e["quote"]) for e in entries if not e.get("reason", "").strip()]
    return missing + [Citation(place, "exception", e["target"], words(e["quote"])) for e in entries]


def main() -> int:
    text = sections()
    binding = requirements(text)
    files = sorted(path for folder in CITING for path in (ROOT / folder).rglob("*.rs"))
    cited = [citation for path in files for citation in comments(path)] + exceptions()
    kinds: dict[tuple[str, str], set[str]] = {requirement: set() for requirement in binding}
    known = {entry["source"] for entry in tomllib.loads(CONFIG.read_text(encoding="utf-8"))["specification"]}
    unknown = {target.split("#")[0] for target, _ in binding} - known
    complaints = [f"{CONFIG.relative_to(ROOT)}: {path} is missing" for path in sorted(unknown)]
    for place, kind, target, quote in cited:
        if target not in text:
            complaints.append(f"{place}: there is no section {target}")
        elif (target, quote) not in kinds:
            complaints.append(f"{place}: {target} has no requirement that reads: {quote}")
        elif kind not in KINDS:
            complaints.append(f"{place}: {kind} is missing or means nothing here")
        else:
            kinds[target, quote].add(kind)
    for (target, quote), found in kinds.items():
        if "exception" in found and "test" in found:
            complaints.append(f"{target}: has a test, and is an exception too: {quote}")
        elif "exception" not in found:
            complaints += [f"{target}: no {kind} cites: {quote}" for kind in ("code", "test") if kind not in found]
    complaints += lost_tests()
    print(*complaints, sep="\n", end="\n" if complaints else "")
    count = Counter(kind for found in kinds.values() for kind in found)
    musts = sum("MUST" in quote for _, quote in binding)
    places = Counter(citation.kind for citation in cited)
    print(
        f"{len(binding)} requirements, {musts} of them MUST: {count['code']} cited by code, {count['test']} by tests, "
        f"{count['exception']} exceptions; {places['code']} citations in code, {places['test']} in tests"
    )
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
