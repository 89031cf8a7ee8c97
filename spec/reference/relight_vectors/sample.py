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
from .mutations import flip, insert, remove, splice
from .operations import run
from .values import Json

raw = bytes.fromhex

# Which inputs of which operations are encodings that another party sent. All are cheap enough to run often.
DAMAGED = {
    "augment": ("public",),
    "backup_open": ("expected", "backup", "blinder"),
    "backup_verify": ("expected", "backup"),
    "blinder_registration": ("registration",),
    "ceremony": ("ceremony",),
    "combine": ("polynomial", "shares"),
    "combine_key_shares": ("key_shares",),
    "coverage": ("backups",),
    "dealing_verify": ("ceremony", "dealing"),
    "decryption_batch": ("polynomial", "shares"),
    "decryption_share_verify": ("polynomial", "share"),
    "expect": ("expected", "found"),
    "feldman": ("polynomial",),
    "finish": ("dealings",),
    "identity_key": ("key",),
    "key_share": ("key_share",),
    "member_registration": ("registration",),
    "open": ("proof",),
    "point": ("point",),
    "point_g2": ("point",),
    "request": ("request",),
    "response": ("response",),  # the request is the session's own
    "review": ("request", "statements"),
    "roster": ("roster",),
    "scalar": ("scalar",),
    "schnorr": ("public", "proof"),
    "secret_key": ("key",),
    "session": ("responses",),
    "signature": ("identity", "signature"),
    "statement": ("statement",),
    "verify": ("statement", "proof"),
}


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


def damaged_input(inputs: Json, field: str, rng: Random) -> Json:
    value = inputs[field]
    if isinstance(value, str):
        return {**inputs, field: damaged(value, rng)}
    place = rng.randrange(max(1, len(value)))
    return {**inputs, field: [damaged(one, rng) if k == place else one for k, one in enumerate(value)]}


def judged(operation: str, inputs: Json) -> Json:
    """The case with what the reference makes of it."""
    try:
        return {"input": inputs, "output": run(operation, inputs)}
    except Error as error:
        return {"input": inputs, "error": error.name, "detail": error.detail}


def sample(vectors: Path, rng: Random, cases: int) -> dict[str, list[Json]]:
    found: dict[str, list[Json]] = {file.stem: [] for file in vectors.glob("*.json")}
    accepted = {operation: json.loads((vectors / f"{operation}.json").read_text())["accepted"] for operation in DAMAGED}
    for k in range(cases):
        operation = rng.choice(list(DAMAGED))
        base = rng.choice(accepted[operation])
        field = rng.choice(DAMAGED[operation])
        case = judged(operation, damaged_input(base["input"], field, rng))
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
