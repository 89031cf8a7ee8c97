"""Wraps the Markdown of this repository at 120 columns, with every sentence at the start of a line.

Code, tables and headings stay as they are. `--check` writes nothing, and fails if a file would change.
"""

import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("README.md", "cli/README.md", "INTEGRATION.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")
WIDTH = 120
ITEM = re.compile(r" *(?:[-*]|\d+\.) +")
AS_IT_IS = re.compile(r"\s*$|#|\s*\||\s*<|\[?!\[")
SENTENCE_END = re.compile(r"[.?!][)\"'*`]*$")
NEXT_SENTENCE = re.compile(r"(?<=[^\s.][.?!])(?<!e\.g\.)(?<!i\.e\.) +(?=[A-Z`*\[])")
# Neither code nor links break, and no line starts with what Markdown takes for the start of a list.
TOGETHER = re.compile(r"`[^`]*`|\[[^\]]*\]\([^)]*\)| (?:[-+*]|\d+\.)(?= |$)| [#|]")


def sentences(lines: list[str]) -> Iterator[str]:
    text = ""
    for line in lines:
        text = f"{text} {line.strip()}".strip()
        if SENTENCE_END.search(text):
            yield from NEXT_SENTENCE.split(text)
            text = ""
    if text:
        yield from NEXT_SENTENCE.split(text)


def wrapped(block: list[str]) -> list[str]:
    """A paragraph or a list item, filled."""
    marker = ITEM.match(block[0])
    first = marker[0] if marker else " " * (len(block[0]) - len(block[0].lstrip()))
    rest = " " * len(first)
    lines: list[str] = []
    for sentence in sentences([block[0][len(first) :], *block[1:]]):
        glued = TOGETHER.sub(lambda found: found[0].replace(" ", "\0"), sentence)
        lines += textwrap.wrap(
            glued,
            WIDTH,
            initial_indent=rest if lines else first,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
    return [line.replace("\0", " ") for line in lines]


def blocks(text: str) -> Iterator[list[str]]:
    """Paragraphs, list items, and the lines between them that stay as they are, one by one."""
    block: list[str] = []
    code = False
    for line in text.splitlines():
        fence = line.lstrip().startswith("```")
        alone = code or fence or AS_IT_IS.match(line)
        if block and (alone or ITEM.match(line)):
            yield block
            block = []
        if alone:
            yield [line]
        else:
            block.append(line)
        code ^= fence
    if block:
        yield block


def formatted(text: str) -> str:
    code = False
    lines: list[str] = []
    for block in blocks(text):
        fence = block[0].lstrip().startswith("```")
        lines += block if code or fence or AS_IT_IS.match(block[0]) else wrapped(block)
        code ^= fence
    return "\n".join(lines) + "\n"


def main() -> int:
    check = sys.argv[1:] == ["--check"]
    failed = 0
    for path in [*sorted((ROOT / "spec").glob("*.md")), *(ROOT / page for page in PAGES)]:
        text = path.read_text(encoding="utf-8")
        new = formatted(text)
        if new != text and check:
            failed = 1
            print(f"{path.relative_to(ROOT)}: lines are not wrapped; run spec/wrap.py")
        elif new != text:
            path.write_text(new, encoding="utf-8")
    return failed


if __name__ == "__main__":
    sys.exit(main())
