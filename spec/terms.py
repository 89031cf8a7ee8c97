"""Checks the words of text and code against the table of terms in 2-conventions.md, Section 2.5.

Fails on a word that was given up for another one, on a public type of the crate that stands in no row, and on a name
in a row that its language does not know.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "spec" / "2-conventions.md"
COLUMNS = ("term", "meaning", "text", "rust", "c", "go", "python", "also")
RETIRED = {
    r"(?i)\bpublic[ _-]?polynomials?\b": "VSS commitment",
    r"(?<![/.])\bsharing: &|\bsharing\.(threshold|public_share|public_key)\b": "VSS commitment",
    r"\bpo[pk]_(?!front|back)\w+": "Schnorr proof",
    r"(?i)proofs?[ _]?of[ _]?(possession|knowledge)": "Schnorr proof",
    r"(?i)root_?public_?key\b": "public key",
    # Go has a package of this name.
    r"(?<!MonkeyPatch\.)(?<!\")\bcontext\b(?!\"|\.[A-Z])|(?<!context\.)\bContext\b": "network, party or name",
    r"(?i)statement_?mismatch\b|\bstatement_?field\b": "Mismatch(Field)",
    r"(?i)\bopened instances?\b|\b(struct|class|type) Opened\b": "revealed instance",
    r"(?<![\"`:])\bkem\b(?![\"`])|\bKEM point\b": "encapsulation",
    r"\.wraps\b|\bwraps\s*[:=;)\[]|\b(one|the|each) wraps?\b(?! key)": "wrapped sub-seed",
    r"(?i)(parameters?(set)?(::|_|\.)?smallest)\b": "broadcast",
    r"(?i)wrong_?statement\b": "WrongUnlockKey",
    r"(?i)unknown_?digest\b": "UnknownStatement or DuplicateStatement",
    r"(?i)key[_ ]?slots?\b": "origin",
}
WHERE = (
    *("spec/*.md", "spec/reference/**/*.py", "core/src/**/*.rs"),
    *("ffi/src/**/*.rs", "ffi/go/**/*.go", "ffi/include/*.h"),
)
# The words of another standard.
FOREIGN = {"hpke.py"}
ITEM = re.compile(r"^\s*pub (?:struct|enum|trait) ([A-Z]\w*)", re.MULTILINE)
# Hidden from the documentation: what tests and benchmarks reach.
HIDDEN = ("pairing", "vectors", "declassify", "parameters", "transparent")
PLAIN = {"bytes", "buffer", "int", "u64", "uint16", "uint64", "uint16_t", "uint64_t"}


def files(*patterns: str) -> list[Path]:
    return sorted(path for pattern in patterns for path in ROOT.glob(pattern))


def read(path: Path) -> str:
    """The text of a file, without the names of tests."""
    return re.sub(r"`core/[\w/]+\.rs` `\w+`", "", path.read_text(encoding="utf-8"))


def retired() -> Iterator[str]:
    for path in [path for path in files(*WHERE) if path.name not in FOREIGN]:
        for number, line in enumerate(read(path).splitlines(), 1):
            for word, now in RETIRED.items():
                if found := re.search(word, line):
                    yield f"{path.relative_to(ROOT)}:{number}: {found[0]}: say {now}"


def rows() -> list[dict[str, str]]:
    lines = TABLE.read_text(encoding="utf-8").split("| term |")[1].splitlines()[2:]
    cells = [[cell.strip() for cell in line[1:-1].split("|")] for line in lines if line.startswith("|")]
    return [dict(zip(COLUMNS, row, strict=True)) for row in cells]


def names(table: list[dict[str, str]], *columns: str) -> set[str]:
    return {name for row in table for column in columns for name in re.findall(r"`([^`]+)`", row[column])}


def items() -> Iterator[tuple[str, Path]]:
    """The public types of the crate, with their files."""
    for path in files("core/src/**/*.rs"):
        if not set(path.relative_to(ROOT / "core" / "src").with_suffix("").parts) & set(HIDDEN):
            for name in ITEM.findall(path.read_text(encoding="utf-8")):
                yield name, path.relative_to(ROOT)


def rowless(table: list[dict[str, str]]) -> Iterator[str]:
    known = names(table, "rust", "also") | {"Sealed"}
    for name, path in items():
        if name not in known:
            yield f"{path}: {name} stands in no row of the table of terms"


def unknown(table: list[dict[str, str]]) -> Iterator[str]:
    """Names of the table that their language does not know."""
    places = {
        ("rust", "also"): ("core/src/**/*.rs",),
        ("c",): ("ffi/include/*.h",),
        ("go",): ("ffi/go/*.go",),
        ("python",): ("spec/reference/relight_ref/*.py",),
    }
    for columns, patterns in places.items():
        text = "\n".join(read(path) for path in files(*patterns))
        for name in sorted(names(table, *columns) - PLAIN):
            stem = re.escape(name.rstrip("*"))
            wanted = rf"(?i:relight_){stem}" if columns == ("c",) else rf"\b{stem}\b"
            # A module counts, too.
            module = any(path.stem == name for path in files(*patterns))
            if not module and not re.search(wanted, text):
                yield f"{TABLE.relative_to(ROOT)}: {columns[0]} has no {name}"


def main() -> int:
    table = rows()
    complaints = [*retired(), *rowless(table), *unknown(table)]
    print(*complaints, sep="\n", end="\n" if complaints else "")
    print(f"{len(table)} terms, {len(complaints)} complaints")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
