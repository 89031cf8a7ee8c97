"""Exchanges backups made with real randomness with another implementation.

`python -m relight_ref.interop make FILE` writes a backup and what opens it; `... check FILE` verifies and opens one.
The file is JSON with hex strings: expected (statement), backup, commitment (of the recovery key), members,
shares (decryption shares, encoded), blinder (encoded), key_shares (encoded).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from secrets import token_bytes

from . import backup, decryption, keys, parameters, sharing
from .curves import BLS12381_G1, SECP256K1, Curve
from .secret_objects import BLINDER
from .statement import Compartment, Entry, RecoveryLock, Statement

raw = bytes.fromhex


def check(path: Path) -> None:
    """Fails unless the backup verifies and opens to the key shares in the file."""
    v = json.loads(path.read_text())
    found = backup.verify_backup(Statement.decode(raw(v["expected"])), raw(v["backup"]))
    commitment = sharing.VssCommitment.decode(raw(v["commitment"]))
    party = decryption.RecoveryParty(commitment, tuple((i, i) for i in v["members"]))
    shares = [decryption.DecryptionShare.decode(raw(share)) for share in v["shares"]]
    unlock = decryption.combine(party, shares, found.statement.digest())
    opened = backup.open_backup(found, unlock, keys.decode_secret(BLINDER, raw(v["blinder"])))
    assert [share.encode().hex() for share in opened] == v["key_shares"], "other key shares"


def _share_out(curve: Curve, threshold: int) -> tuple[sharing.VssCommitment, list[int]]:
    coefficients = [keys.random_scalar(curve, token_bytes) for _ in range(threshold)]
    shares = [sharing.evaluate(curve, coefficients, i) for i in (1, 2, 3)]
    return sharing.VssCommitment.commit(curve, coefficients), shares


def make(path: Path) -> None:
    recovery, member_shares = _share_out(BLS12381_G1, 3)
    roots = [_share_out(curve, 2) for curve in (SECP256K1, BLS12381_G1)]
    blinder = keys.random_scalar(BLS12381_G1, token_bytes)
    lock = RecoveryLock(recovery.public_key, blinder * BLS12381_G1.generator)
    entries = tuple(Entry.of(root, 1) for root, _ in roots)
    statement = Statement(parameters.FAST, b"interop", 1, b"node", (Compartment(lock, entries),))
    secrets = [shares[0] for _, shares in roots]
    made = backup.create_backup(statement, secrets, token_bytes)
    digest = statement.digest()
    answers = [decryption.decryption_share(x, i, digest) for i, x in zip((1, 2, 3), member_shares, strict=True)]
    body = {
        "expected": statement.encode().hex(),
        "backup": made.hex(),
        "commitment": recovery.encode().hex(),
        "members": [1, 2, 3],
        "shares": [answer.encode().hex() for answer in answers],
        "blinder": keys.encode_secret(BLINDER, blinder).hex(),
        "key_shares": [share.encode().hex() for share in backup.key_shares(statement, secrets)],
    }
    path.write_text(json.dumps(body, indent=1) + "\n")


if __name__ == "__main__":
    {"make": make, "check": check}[sys.argv[1]](Path(sys.argv[2]))
