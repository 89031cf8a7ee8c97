"""Cases that nobody wrote: accepted ones with random damage, and what the reference says about them.

`python -m relight_vectors.sample VECTORS FOLDER SEED CASES` takes the accepted cases in VECTORS, damages one encoding
in each, and writes files of the same form to FOLDER. An implementation must come to the same outputs and errors.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from random import Random

from relight_ref.errors import Error
from relight_ref.parameters import enable_test_parameters

from .build import SPEC_VERSION
from .mutations import flip, insert, remove, resealed, splice
from .operations import run
from .values import Json

raw = bytes.fromhex

# Which inputs of which operations are encodings that another party sent. All are cheap enough to run often.
DAMAGED = {
    "accusation_verify": ("accusation",),
    "augment": ("public",),
    "authorise": ("draft",),
    "backup_open": ("expected", "backup", "blinder"),
    "backup_verify": ("expected", "backup"),
    "blinder_registration": ("registration",),
    "blinder_succession": ("known", "next"),
    "bundle_successor": ("known", "next"),
    "bundle_verify": ("bundle",),
    "ceremony": ("ceremony",),
    "certificate": ("confirmations",),
    "certificate_verify": ("certificate",),
    "combine": ("commitment", "shares"),
    "combine_key_shares": ("key_shares",),
    "confirm": ("follow",),
    "confirmation_verify": ("confirmation",),
    "confirmations": ("confirmations",),
    "coverage": ("backups",),
    "dealing_verify": ("ceremony", "dealing"),
    "decryption_batch": ("commitment", "shares"),
    "decryption_share_verify": ("commitment", "share"),
    "evidence_verify": ("evidence",),
    "expect": ("expected", "found"),
    "feldman": ("commitment",),
    "finish": ("dealings",),
    "introduce": ("returned",),
    "key_share": ("key_share",),
    "member_registration": ("registration",),
    "member_succession": ("known", "next"),
    "open": ("proof",),
    "point": ("point",),
    "point_g2": ("point",),
    "receive": ("dealings", "later"),
    "request": ("request",),
    "request_complete": ("authorisations",),
    "request_draft": ("draft",),
    "response": ("response",),
    "review": ("request", "statements"),
    "roster": ("roster",),
    "scalar": ("scalar",),
    "schnorr": ("public", "proof"),
    "secret_key": ("key",),
    "session": ("responses",),
    "session_load": ("session",),
    "signature": ("identity", "signature"),
    "statement": ("statement",),
    "verify": ("statement", "proof"),
    "wallet_complete": ("identity", "returned"),
}
# Secret objects, half of which get the right checksum again.
SECRETS = {("backup_open", "blinder"), ("combine_key_shares", "key_shares"), ("key_share", "key_share"),
           ("secret_key", "key"), ("session_load", "session")}  # fmt: skip


def damaged(data: str, rng: Random) -> str:
    """The same bytes with one change: a few lie where encodings have their counts and prefixes."""
    length = len(data) // 2
    some = rng.randbytes(rng.randint(1, 4)).hex()
    if not data:
        return some
    place = rng.randrange(min(length, rng.choice((8, 64, length))))
    if rng.random() < 0.5:
        return splice(data, place, f"{raw(data)[place] ^ 1 << rng.randrange(8):02x}")
    changes = (
        flip(data, place),
        insert(data, place, some),
        remove(data, place, len(some) // 2),
        splice(data, place, some[: 2 * (length - place)]),
        data[: 2 * place],
        data + some,
    )
    return rng.choice(changes)


def damaged_input(inputs: Json, field: str, rng: Random, secret: bool = False) -> Json:
    def change(data: str) -> str:
        made = damaged(data, rng)
        return resealed(made) if secret and rng.random() < 0.5 else made

    value = inputs[field]
    if isinstance(value, str):
        return {**inputs, field: change(value)}
    place = rng.randrange(max(1, len(value)))
    return {**inputs, field: [change(one) if k == place else one for k, one in enumerate(value)]}


def judged(operation: str, inputs: Json) -> Json:
    """The case with what the reference makes of it."""
    try:
        return {"input": inputs, "output": run(operation, inputs)}
    except Error as error:
        return {"input": inputs, "error": error.name, "detail": error.detail}


def sample(vectors: Path, rng: Random, cases: int) -> dict[str, list[Json]]:
    accepted: dict[str, list[Json]] = {}
    for file in sorted(vectors.glob("*.json")):
        content = json.loads(file.read_text())
        accepted.setdefault(content["operation"], []).extend(content["accepted"])
    found: dict[str, list[Json]] = {operation: [] for operation in accepted}
    for k in range(cases):
        operation = rng.choice(list(DAMAGED))
        base = rng.choice(accepted[operation])
        field = rng.choice(DAMAGED[operation])
        secret = (operation, field) in SECRETS
        case = judged(operation, damaged_input(base["input"], field, rng, secret))
        found[operation].append({"name": f"{k}: {base['name']}, damaged: {field}", **case})
    return found


def write(folder: Path, found: dict[str, list[Json]]) -> None:
    for operation, cases in found.items():
        accepted = [case for case in cases if "output" in case]
        rejected = [case for case in cases if "error" in case]
        body = {"spec": SPEC_VERSION, "operation": operation, "accepted": accepted, "rejected": rejected}
        (folder / f"{operation}.json").write_text(json.dumps(body))


if __name__ == "__main__":
    enable_test_parameters()
    write(Path(sys.argv[2]), sample(Path(sys.argv[1]), Random(int(sys.argv[3])), int(sys.argv[4])))
