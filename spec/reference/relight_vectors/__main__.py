"""Writes every vector file into a folder."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from relight_ref.parameters import enable_test_parameters

from . import cases_dealing, cases_encryption, cases_primitives, cases_recovery


def main() -> None:
    folder, only = Path(sys.argv[1]), set(sys.argv[2:])
    folder.mkdir(parents=True, exist_ok=True)
    enable_test_parameters()
    for module in (cases_primitives, cases_encryption, cases_dealing, cases_recovery):
        for make in module.ALL:
            if not only or make.__name__ in only:
                _write(make, folder)


def _write(make: object, folder: Path) -> None:
    assert callable(make)
    started = time.monotonic()
    vectors = make()
    vectors.write(folder)
    counts = f"{len(vectors.accepted):4} accepted {len(vectors.rejected):4} rejected"
    print(f"{vectors.operation:26}{counts} {time.monotonic() - started:7.1f} s", flush=True)


main()
