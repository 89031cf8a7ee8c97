"""Collects cases, runs each, and writes one file per operation."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from relight_ref.errors import NAMES, Error

from .operations import run
from .values import Json

SPEC_VERSION = "relight-v1"
# What came after the vectors were frozen: cases that name it stand in files of their own.
LATER = ("pallas",)
Change = tuple[str, str, dict[str, Any]]  # what was changed, the expected error, the inputs that differ


def draw(name: str, length: int = 32) -> str:
    """Fixed bytes in place of randomness."""
    return hashlib.shake_256(b"relight vectors: " + name.encode()).hexdigest(length)


def draws(name: str, *lengths: int) -> list[str]:
    return [draw(f"{name} {k}", length) for k, length in enumerate(lengths)]


class Vectors:
    """The cases of one operation."""

    def __init__(self, operation: str) -> None:
        self.operation = operation
        self.accepted: list[Json] = []
        self.rejected: list[Json] = []

    def accept(self, name: str, /, **inputs: Any) -> Json:
        output = run(self.operation, inputs)
        self.accepted.append({"name": name, "input": inputs, "output": output})
        return output

    def inputs(self, name: str) -> Json:
        found: Json = next(case["input"] for case in self.accepted if case["name"] == name)
        return found

    def reject(self, base: str, change: str, error: str, /, **updates: Any) -> None:
        name, _, detail = error.partition(":")
        inputs = {**self.inputs(base), **updates}
        found = self._failure(inputs)
        assert name in NAMES and found.name == name, (self.operation, change, error, str(found))
        assert not detail or str(found.detail) == detail, (self.operation, change, error, str(found))
        case = {"name": f"{base}: {change}", "base": base, "change": change, "input": inputs, "error": name}
        self.rejected.append(case if found.detail is None else {**case, "detail": found.detail})

    def reject_all(self, base: str, changes: Iterable[Change]) -> None:
        for change, error, updates in changes:
            self.reject(base, change, error, **updates)

    def _failure(self, inputs: Json) -> Error:
        try:
            run(self.operation, inputs)
        except Error as error:
            return error
        return Error("WrongRequest", "accepted")

    def write(self, folder: Path) -> None:
        names = [case["name"] for case in self.accepted + self.rejected]
        assert len(set(names)) == len(names), (self.operation, sorted(n for n in names if names.count(n) > 1))
        for word in ("", *LATER):
            self._write(folder, word)

    def _write(self, folder: Path, word: str) -> None:
        """The cases that name this later word; without one, those that name none."""
        cases = {
            kind: [case for case in found if _later(case["name"]) == word]
            for kind, found in (("accepted", self.accepted), ("rejected", self.rejected))
        }
        text = json.dumps({"spec": SPEC_VERSION, "operation": self.operation, **cases}, indent=1)
        if any(cases.values()):
            (folder / ".".join(filter(None, (self.operation, word, "json")))).write_text(text + "\n")


def _later(name: str) -> str:
    return next((word for word in LATER if word in name), "")
