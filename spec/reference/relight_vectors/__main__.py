"""Writes every vector file into a folder."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from relight_ref.parameters import enable_test_parameters

from . import (
    cases_backup,
    cases_bundle,
    cases_ceremony,
    cases_closing,
    cases_coverage,
    cases_dealing,
    cases_decryption,
    cases_derivation,
    cases_encryption,
    cases_evidence,
    cases_finish,
    cases_keys,
    cases_primitives,
    cases_recovery,
    cases_registrations,
    cases_requests,
    cases_sessions,
    cases_sharing,
    cases_statement,
    cases_stored,
    cases_wallets,
)

MODULES = (
    cases_primitives, cases_wallets, cases_sharing, cases_statement, cases_encryption, cases_decryption, cases_keys,
    cases_registrations, cases_ceremony, cases_dealing, cases_closing, cases_finish, cases_evidence, cases_backup,
    cases_coverage, cases_bundle, cases_recovery, cases_requests, cases_sessions, cases_stored, cases_derivation,
)  # fmt: skip


def main() -> None:
    folder, only = Path(sys.argv[1]), set(sys.argv[2:])
    folder.mkdir(parents=True, exist_ok=True)
    enable_test_parameters()
    for module in MODULES:
        for make in module.ALL:
            if not only or make.__name__.rstrip("_") in only:
                _write(make, folder)


def _write(make: object, folder: Path) -> None:
    assert callable(make)
    started = time.monotonic()
    vectors = make()
    vectors.write(folder)
    counts = f"{len(vectors.accepted):4} accepted {len(vectors.rejected):4} rejected"
    print(f"{vectors.operation:26}{counts} {time.monotonic() - started:7.1f} s", flush=True)


main()
