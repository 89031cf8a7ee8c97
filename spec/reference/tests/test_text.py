"""The text, the reference and the vectors speak of the same things."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from relight_ref.errors import NAMES

SPEC = Path(__file__).resolve().parents[2]
CHAPTERS = sorted(
    (path for path in SPEC.glob("[0-9]*.md") if path.name != "15-examples.md"),
    key=lambda path: int(path.name.split("-")[0]),
)
WIRE = SPEC / "15-wire.md"
TEXT = "\n".join(path.read_text() for path in CHAPTERS)
VECTORS = sorted((SPEC / "vectors").glob("*.json"))
KEYWORDS = re.compile(r"\b(MUST|SHOULD)\b")
# Operations that parse or verify what others send.
STRICT = """
    accusation_verify authorise backup_open backup_verify blinder_registration blinder_succession bundle_successor
    bundle_verify ceremony certificate_verify combine combine_key_shares confirmation_verify coverage
    dealing_verify decryption_batch decryption_share_verify evidence_verify expect feldman finish interpolate
    introduce key_share member_registration member_succession open point point_g2 request request_complete
    request_draft respond response review roster scalar schnorr secret_key session session_load signature statement
    verify wallet_complete
""".split()


def test_there_are_sixteen_chapters_with_their_headings() -> None:
    assert [int(path.name.split("-")[0]) for path in CHAPTERS] == list(range(1, 17))
    for number, path in enumerate(CHAPTERS, 1):
        headings = [line for line in path.read_text().splitlines() if re.match(r"#+ \d", line)]
        assert headings[0].startswith(f"# {number}. ")
        wanted = [f"## {number}.{k}. " for k in range(1, len(headings))]
        assert all(line.startswith(want) for line, want in zip(headings[1:], wanted, strict=True))


def test_every_requirement_is_one_numbered_sentence() -> None:
    for path in CHAPTERS[1:]:
        for item in _items(path.read_text()):
            if KEYWORDS.search(item):
                assert re.match(r"\d+\. [A-Z`].*[^.]\.$", item), (path.name, item)
                assert not re.search(r"[a-z]\. [A-Z]", item), (path.name, item)


def _items(text: str) -> list[str]:
    """Paragraphs and list items, unwrapped, without code and without the definition of the key words."""
    prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    prose = re.sub(r"The key words .*?capitals\.", "", prose, flags=re.DOTALL)
    joined = re.sub(r"\n {3,4}(?=\S)", " ", prose)
    return [line for line in joined.splitlines() if line.strip()]


def test_every_requirement_is_numbered_from_one_in_its_section() -> None:
    for path in CHAPTERS:
        for section in re.split(r"^## ", path.read_text(), flags=re.MULTILINE):
            lines = [line for line in _items(section) if re.match(r"\d+\. ", line) and KEYWORDS.search(line)]
            numbers = [int(line.split(".")[0]) for line in lines]
            assert numbers == list(range(1, len(numbers) + 1)), (path.name, section.splitlines()[0])


def test_every_error_is_in_the_text() -> None:
    missing = [name for name in NAMES if not re.search(rf"\b{name}\b", CHAPTERS[1].read_text())]
    assert not missing


def test_every_label_is_in_the_text() -> None:
    code = "\n".join(path.read_text() for path in (SPEC / "reference" / "relight_ref").glob("*.py"))
    used = set(re.findall(r"\b(?:xof|frame)\(\s*\"([a-z-]+)\"", code))
    used |= set(re.findall(r"\b(?:short|double)_code\(\"([a-z-]+)\"", code))
    used |= set(re.findall(r"hash_to_scalar\(\w+(?:\.curve)?, \"([a-z-]+)\"", code))
    used |= set(re.findall(r"scalars\(\[[^]]*\], \"([a-z-]+)\"", code))
    listed = set(re.findall(r"`([a-z-]+)`", CHAPTERS[2].read_text().split("The labels are:")[1].split("##")[0]))
    assert used == listed


def test_the_wire_format_repeats_every_structure() -> None:
    wanted = {s for path in CHAPTERS if path != WIRE for s in _structures(path.read_text())}
    assert _structures(WIRE.read_text()) == wanted


def _structures(text: str) -> set[str]:
    blocks = re.findall(r"^struct \{(?:[^\n]*\}|.*?^\}) \w+;", text, re.MULTILINE | re.DOTALL)
    return {re.sub(r"\s+", " ", block) for block in blocks}


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.stem)
def test_the_vectors_keep_their_schema(path: Path) -> None:
    body = json.loads(path.read_text())
    operation = path.stem.split(".")[0]
    assert body["spec"] == "relight-v1" and body["operation"] == operation
    names = {case["name"] for case in body["accepted"]}
    assert names
    for case in body["rejected"]:
        assert case["base"] in names and case["error"] in NAMES and case["change"]
        assert set(case) - {"detail"} == {"name", "base", "change", "input", "error"}
    if path.stem in STRICT:
        assert len(body["rejected"]) >= 15
