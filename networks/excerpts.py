#!/usr/bin/env python3
"""What INTEGRATION.md promises: its excerpts stand word by word in the files that they name, every block in Go is one,
and an adapter has at most forty lines, none of them arithmetic."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GUIDE = ROOT / "INTEGRATION.md"
ADAPTERS = ("frost", "vsss", "blsful")
MOST_LINES = 40

# A block of code, with the file that the line before it names, if it does.
BLOCK = re.compile(r"(?:\]\((?P<file>[\w./]+)\)\):\n\n)?```(?P<language>rust|go)\n(?P<code>.*?)\n```", re.DOTALL)
NO_CODE = re.compile(r"\s*(//|use |$)")
ARITHMETIC = re.compile(r"\s([-+*/%^&|]|<<|>>)=?\s|\.(add|sub|mul|neg|invert|pow|sum|product)\(")


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def excerpts() -> Iterator[str]:
    blocks = list(BLOCK.finditer(GUIDE.read_text(encoding="utf-8")))
    named = {block["language"] for block in blocks if block["file"]}
    if named != {"rust", "go"}:
        yield "INTEGRATION.md: no excerpts in Rust, or none in Go"
    for block in blocks:
        first = block["code"].splitlines()[0]
        if block["file"] is None:
            if block["language"] == "go":
                yield f"INTEGRATION.md: from which file is this? {first}"
        elif block["code"] not in text(ROOT / block["file"]):
            yield f"INTEGRATION.md: not in {block['file']}: {first}"


def adapters() -> Iterator[str]:
    for name in ADAPTERS:
        path = ROOT / "networks" / "src" / f"{name}.rs"
        lines = [line for line in text(path).splitlines() if not NO_CODE.match(line)]
        if len(lines) > MOST_LINES:
            yield f"{path.relative_to(ROOT)}: {len(lines)} lines of code, not {MOST_LINES}"
        yield from (f"{path.relative_to(ROOT)}: arithmetic: {line}" for line in lines if ARITHMETIC.search(line))


problems = [*excerpts(), *adapters()]
print("\n".join(problems) if problems else "excerpts and adapters: ok")
sys.exit(bool(problems))
