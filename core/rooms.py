#!/usr/bin/env python3
"""The rooms of the crate, and that data flows one way: a room uses only rooms that stand above it."""

import re
import sys
from pathlib import Path

SOURCE = Path(__file__).parent / "src"

# From what knows of nothing to what knows of everything; rooms of one line do not use each other.
ROOMS = [
    ["curves"],
    ["id", "digest", "declassify", "parallel"],
    ["error", "pairing"],
    ["codec", "distinct", "timestamp"],
    ["curve"],
    ["hash", "derive"],
    ["secret_object", "sharing"],
    ["keys", "identity"],
    ["encryption", "registration"],
    ["statement"],
    ["key_share"],
    ["decryption", "dealing"],
    ["backup"],
    ["coverage", "recovery"],
    ["bundle"],
    ["marshalling"],
]
# The tests of the crate's own promises, pages of documentation, and what the test vectors reach.
AROUND = {"contracts", "erasure", "guide", "lib", "vectors"}
# The items at the root, by the room that they come from.
ROOT = {"Error": "error", "Result": "error", "ParameterSet": "encryption"}


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".rs")


def code(path: Path) -> str:
    """Without comments, and without unit tests."""
    text = re.sub(r"(?m)^\s*//.*$", "", path.read_text())
    return text.split("#[cfg(test)]\nmod tests")[0]


def uses(path: Path) -> set[str]:
    found = re.findall(r"\bcrate::(\w+)", code(path))
    return {ROOT.get(name, name) for name in found} - AROUND


def faults() -> list[str]:
    level = {room: number for number, rooms in enumerate(ROOMS) for room in rooms}
    found = []
    for path in sorted(SOURCE.rglob("*.rs")):
        room, relative = room_of(path), path.relative_to(SOURCE)
        if room in AROUND or "tests" in relative.parts:
            continue
        if room not in level:
            found.append(f"{relative}: the room {room} has no place")
            continue
        below = [used for used in uses(path) if used != room and level.get(used, len(ROOMS)) >= level[room]]
        found += [f"{relative}: {room} uses {used}, which does not stand above it" for used in sorted(below)]
    return found


def unsafe_rooms() -> list[str]:
    """The crate denies unsafe code; one module may have it."""
    allowing = [path.relative_to(SOURCE) for path in SOURCE.rglob("*.rs") if "allow(unsafe_code)" in path.read_text()]
    return [] if list(map(str, allowing)) == ["pairing/mod.rs"] else [f"unsafe code is allowed in {allowing}"]


def main() -> int:
    found = faults() + unsafe_rooms()
    print("\n".join(found) or f"{sum(map(len, ROOMS))} rooms, all arrows one way")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
