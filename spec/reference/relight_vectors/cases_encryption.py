"""Cases of chapter 6."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from relight_ref import encryption, parameters
from relight_ref.curves import BLS12381_G1, SECP256K1
from relight_ref.packing import Claim
from relight_ref.statement import Compartment, MemberLock, Statement

from . import cases_packing, cases_proofs, cases_statement, world
from .build import Change, Vectors, draw, draws
from .layout import EntryLayout, ProofLayout, StatementLayout
from .mutations import BAD_G1, bad_scalars, flip, remove, splice, structural
from .values import scalar_hex

PROOF = ProofLayout(8, 4, 1, 2)


# Chapter 6


def subset() -> Vectors:
    v = Vectors("subset")
    for number in (1, 2, 3, 4, 5, 0xF0, 0xF1):
        for k in range(3):
            v.accept(f"set {number}, challenge {k}", parameter_set=number, challenge=draw(f"challenge {k}"))
        v.accept(f"set {number}, challenge of zeros", parameter_set=number, challenge="00" * 32)
    v.reject("set 1, challenge 0", "set zero", "UnknownParameterSet", parameter_set=0)
    v.reject("set 1, challenge 0", "set 255", "UnknownParameterSet", parameter_set=255)
    return v


def encrypt() -> Vectors:
    v = Vectors("encrypt")
    base, good = "a backup, test set", [scalar_hex(x) for x in world.root_shares(1)]
    v.accept(base, statement=world.backup_statement().encode().hex(), secrets=good, randomness=[draw("backup")])
    mixed = [scalar_hex(x) for x in world.mixed_secrets()]
    v.accept(
        "compartments of both kinds",
        statement=world.mixed_statement().encode().hex(),
        secrets=mixed,
        randomness=[draw("mixed")],
    )
    member = [scalar_hex(world.root_shares(2)[0])]
    v.accept(
        "one member, the longest names",
        statement=cases_statement.member_statement().encode().hex(),
        secrets=member,
        randomness=draws("member", 32),
    )
    every, secrets = world.every_statement().encode().hex(), world.share_hexes(1, world.EVERY)
    v.accept("every curve", statement=every, secrets=secrets, randomness=[draw("every")])
    fast = world.backup_statement(parameters.FAST).encode().hex()
    v.accept("a backup, set 1", statement=fast, secrets=good, randomness=draws("fast", 32))
    v.reject(base, "the secrets are swapped", "SecretMismatch", secrets=good[::-1])
    v.reject(base, "the first secret is another", "SecretMismatch", secrets=[scalar_hex(1), good[1]])
    v.reject(base, "the second secret is another", "SecretMismatch", secrets=[good[0], scalar_hex(1)])
    v.reject(base, "a secret is missing", "InvalidLength", secrets=good[:1])
    v.reject(base, "a secret too many", "InvalidLength", secrets=[*good, good[0]])
    cases_packing.encrypt(v)
    cases_proofs.encrypt(v)
    return v


def verify() -> Vectors:
    v = Vectors("verify")
    base = "a backup, test set"
    v.accept(base, statement=world.backup_statement().encode().hex(), proof=world.backup_proof())
    v.accept("compartments of both kinds", statement=world.mixed_statement().encode().hex(), proof=world.mixed_proof())
    v.accept("every curve", statement=world.every_statement().encode().hex(), proof=world.every_proof())
    v.reject_all("every curve", _unreduced_responses())
    for case in _encrypt_large():
        v.accept(case[0], statement=case[1], proof=case[2])
    v.reject_all(base, structural("proof", world.backup_proof(), versioned=False))
    v.reject_all(base, _damaged_proofs(world.backup_proof()))
    v.reject_all(base, _other_statements())
    cases_packing.verify(v)
    cases_proofs.verify(v)
    return v


def _encrypt_large() -> Iterator[tuple[str, str, str]]:
    found = world.backup_statement(parameters.FAST)
    rng = lambda n: bytes.fromhex(draw("fast 0", n))  # noqa: E731
    proof = encryption.encrypt(Claim.of(found), world.root_shares(1), rng)
    yield "a backup, set 1", found.encode().hex(), proof.hex()


def _damaged_proofs(good: str) -> Iterator[Change]:
    last = PROOF.kept + 3 * PROOF.kept_length
    places = {
        "the challenge": 0,
        "the first seed": PROOF.revealed,
        "the nonce": PROOF.nonce,
        "the first response hash": PROOF.revealed + 16,
        "the last byte of the first response hash": PROOF.revealed + 35,
        "the last seed": PROOF.kept - 36,
        "the last response hash": PROOF.kept - 20,
        "the first kept point": PROOF.kept,
        "the last byte of the first kept point": PROOF.kept + 47,
        "the first wrapped sub-seed": PROOF.kept + PROOF.wrapped_sub_seeds,
        "the first salt": PROOF.kept + PROOF.salt,
        "the last wrapped sub-seed": last + PROOF.wrapped_sub_seeds,
        "the last salt": last + PROOF.salt,
        "the first response": PROOF.kept + PROOF.responses + 31,
        "the last response": last + PROOF.responses + 63,
    }
    for words, offset in places.items():
        yield f"{words} has a bit flipped", "ProofRejected", {"proof": flip(good, offset)}
    yield from _bad_responses(good, PROOF.kept + PROOF.responses, last + PROOF.responses + 32)
    yield "a response is zero", "ProofRejected", {"proof": splice(good, last + PROOF.responses, "00" * 32)}
    yield "two kept rows are exchanged", "ProofRejected", {"proof": _exchanged(good)}
    yield "a kept point is the identity", "ProofRejected", {"proof": splice(good, PROOF.kept, BAD_G1["the identity"])}
    yield "a kept row is missing", "Truncated", {"proof": remove(good, PROOF.kept, PROOF.kept_length)}
    yield "all zeros", "ProofRejected", {"proof": "00" * PROOF.length}
    yield "the proof of another statement", "Truncated", {"proof": good[: 2 * PROOF.kept]}


def _unreduced_responses() -> Iterator[Change]:
    """In the last row, on each curve."""
    good, end = world.every_proof(), 0
    for _, _, entry in reversed(list(world.every_statement().slots())):
        end += entry.curve.scalar_len
        value = entry.curve.encode_scalar(entry.curve.order).hex()
        yield f"the {entry.curve.name} response is the group order", "InvalidScalar", {"proof": splice(good, -end, value)}
        value = entry.curve.encode_scalar(1).hex()
        yield f"the {entry.curve.name} response is one", "ProofRejected", {"proof": splice(good, -end, value)}


def _bad_responses(good: str, first: int, last: int) -> Iterator[Change]:
    for words, value in bad_scalars(SECP256K1, False).items():
        yield f"the first response is {words}", "InvalidScalar", {"proof": splice(good, first, value)}
    for words, value in bad_scalars(BLS12381_G1, False).items():
        yield f"the last response is {words}", "InvalidScalar", {"proof": splice(good, last, value)}


def _exchanged(good: str) -> str:
    size = 2 * PROOF.kept_length
    start = 2 * PROOF.kept
    first, second = good[start : start + size], good[start + size : start + 2 * size]
    return good[:start] + second + first + good[start + 2 * size :]


def _other_statements() -> Iterator[Change]:
    """The statement is bound whole: with any field changed, the proof is refused."""
    good, at = world.backup_statement().encode().hex(), StatementLayout(world.backup_statement())
    first = EntryLayout(at.entries, 33)
    g1, secp = world.member_public(7).encode().hex(), world.identity_public(7).encode().hex()
    changes = {
        "another network": flip(good, at.network_length + 1),
        "another epoch": flip(good, at.epoch + 7),
        "another node": flip(good, at.node_length + 1),
        "another recovery key": splice(good, at.recovery_key, g1),
        "another Blinder": splice(good, at.blinder, g1),
        "another public key": splice(good, first.public_key, secp),
        "another identifier": splice(good, first.identifier + 1, "63"),
        "another threshold": splice(good, first.threshold, "0063"),
        "another public share": splice(good, first.share, secp),
    }
    for words, value in changes.items():
        yield f"{words} in the statement", "ProofRejected", {"statement": value}
    fewer = Statement(
        world.TEST, world.NETWORK, world.EPOCH, world.NODE, (Compartment(world.recovery_lock(), world.entries(1)[:1]),)
    )
    yield "an entry less in the statement", "TrailingBytes", {"statement": fewer.encode().hex()}
    large = world.backup_statement(parameters.FAST).encode().hex()
    yield "another parameter set in the statement", "Truncated", {"statement": large}
    member = Compartment(MemberLock(world.member_public(1)), world.entries(1))
    other = Statement(world.TEST, world.NETWORK, world.EPOCH, world.NODE, (member,))
    yield "another lock in the statement", "ProofRejected", {"statement": other.encode().hex()}


def open_() -> Vectors:
    v, found = Vectors("open"), world.backup_statement()
    sigma, blinder = world.sigma(found.digest()), scalar_hex(world.blinder())
    keys = {"sigma": sigma, "blinder": blinder}
    good = {"statement": found.encode().hex(), "proof": world.backup_proof(), "compartment": 0}
    v.accept("a backup", **good, **keys)
    every = world.every_statement()
    opener = {"sigma": world.sigma(every.digest()), "blinder": blinder}
    v.accept("every curve", statement=every.encode().hex(), proof=world.every_proof(), compartment=0, **opener)
    _open_damaged(v, good, keys)
    _open_mixed(v)
    other = world.backup_statement(epoch=8)
    v.reject("a backup", "the unlock key of another statement", "NotOpenable", sigma=world.sigma(other.digest()))
    v.reject("a backup", "another Blinder", "NotOpenable", blinder=scalar_hex(world.blinder() + 1))
    v.reject_all("a backup", structural("proof", world.backup_proof(), versioned=False))
    v.reject_all("a backup", _bad_responses(world.backup_proof(), PROOF.kept + PROOF.responses, -32))
    every = world.backup_proof()
    for k in range(4):
        every = flip(every, PROOF.kept + k * PROOF.kept_length + PROOF.wrapped_sub_seeds)
    v.reject("a backup", "every wrapped sub-seed has a bit flipped", "NotOpenable", proof=every)
    v.reject(
        "a backup",
        "another challenge, so that other instances count as kept",
        "NotOpenable",
        proof=splice(world.backup_proof(), 0, _other_challenge(world.backup_proof()[:64])),
    )
    cases_packing.open_(v)
    cases_proofs.open_(v)
    return v


def _other_challenge(challenge: str) -> str:
    """One that takes every kept instance for another."""

    def kept(challenge: str) -> list[int]:
        return encryption.subset(world.TEST, bytes.fromhex(challenge))

    others = (draw(f"other challenge {n}") for n in count())
    return next(other for other in others if all(a != b for a, b in zip(kept(challenge), kept(other), strict=True)))


def _open_damaged(v: Vectors, good: dict[str, object], keys: dict[str, str]) -> None:
    """One good kept instance is enough; what opens is the same."""
    proof = world.backup_proof()
    for k in range(3):
        start = PROOF.kept + k * PROOF.kept_length
        proof = flip(proof, start + (PROOF.wrapped_sub_seeds, PROOF.responses + 63, 47)[k])
        v.accept(f"only the last {3 - k} of four kept instances are good", **{**good, "proof": proof}, **keys)
    for words, value in BAD_G1.items():
        proof = splice(world.backup_proof(), PROOF.kept, value)
        v.accept(f"the first kept point is {words}", **{**good, "proof": proof}, **keys)


def _open_mixed(v: Vectors) -> None:
    found = world.mixed_statement()
    good = {"statement": found.encode().hex(), "proof": world.mixed_proof()}
    keys = {"sigma": world.sigma(found.digest()), "blinder": scalar_hex(world.blinder())}
    v.accept("the first of three compartments", **good, compartment=0, member_key=scalar_hex(world.member_key(1)))
    v.accept("the second of three compartments", **good, compartment=1, **keys)
    v.accept("the third of three compartments", **good, compartment=2, member_key=scalar_hex(world.member_key(2)))
    v.reject(
        "the first of three compartments",
        "the key of another member",
        "NotOpenable",
        member_key=scalar_hex(world.member_key(2)),
    )
    v.reject(
        "the third of three compartments",
        "the key of another member",
        "NotOpenable",
        member_key=scalar_hex(world.member_key(1)),
    )


ALL = (subset, encrypt, verify, open_)
