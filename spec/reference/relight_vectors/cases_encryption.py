"""Cases of chapters 5, 6 and 7."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from relight_ref import encryption, parameters
from relight_ref.curves import BLS12381_G1, SECP256K1
from relight_ref.statement import Compartment, MemberLock, Statement

from . import cases_packing, world
from .build import Change, Vectors, draw, draws
from .layout import EntryLayout, ProofLayout, StatementLayout
from .mutations import BAD_G1, BAD_G2, BAD_SECP, bad_scalars, flip, insert, remove, replaced, splice, structural
from .operations import scalar_hex

PROOF = ProofLayout(8, 4, 1, 2)


def member_statement() -> Statement:
    compartment = Compartment(MemberLock(world.member_public(1)), world.entries(2)[:1])
    return Statement(world.TEST, b"c" * 255, 2**64 - 1, b"n" * 255, (compartment,))


# Chapter 5


def statement() -> Vectors:
    v = Vectors("statement")
    for sets in (world.TEST, parameters.FAST, parameters.COMPACT, parameters.SMALLEST, parameters.PACKED):
        v.accept(f"a backup, set {sets.id}", statement=world.backup_statement(sets).encode().hex())
    v.accept("compartments of both kinds", statement=world.mixed_statement().encode().hex())
    v.accept("the longest names, the last epoch", statement=member_statement().encode().hex())
    v.accept("the same key in two compartments", statement=_twice().encode().hex())
    good = world.backup_statement(parameters.FAST).encode().hex()
    v.reject_all("a backup, set 1", structural("statement", good))
    v.reject_all("a backup, set 1", _damaged_headers(good))
    v.reject_all("a backup, set 1", _damaged_entries(good))
    return v


def _twice() -> Statement:
    locks = [MemberLock(world.member_public(k)) for k in (1, 2)]
    return Statement(world.TEST, b"", 1, b"", tuple(Compartment(lock, world.entries(1)) for lock in locks))


def _damaged_headers(good: str) -> Iterator[Change]:
    at = StatementLayout(world.backup_statement())

    def field(offset: int, new: str) -> dict[str, str]:
        return {"statement": splice(good, offset, new)}

    for number in ("00", "05", "f2", "ff"):
        yield f"parameter set {number}", "UnknownParameterSet", field(1, number)
    for number in ("00", "03", "ff"):
        yield f"lock type {number}", "UnknownLock", field(at.lock, number)
    yield "the context runs past the end", "Truncated", {"statement": good[:8]}
    yield (
        "no compartments",
        "InvalidLength",
        {"statement": splice(good, at.compartments_length, "00" * 4)[: 2 * at.lock]},
    )
    yield (
        "the vector of compartments is one byte too long",
        "Truncated",
        field(at.compartments_length, _u32(good, at.compartments_length, 1)),
    )
    yield (
        "the vector of compartments is one byte too short",
        "Truncated",
        field(at.compartments_length, _u32(good, at.compartments_length, -1)),
    )
    yield (
        "the vector of entries is one byte too long",
        "Truncated",
        field(at.entries_length, _u32(good, at.entries_length, 1)),
    )
    yield (
        "the vector of entries is one byte too short",
        "Truncated",
        field(at.entries_length, _u32(good, at.entries_length, -1)),
    )
    yield "the largest vector length", "Truncated", field(at.compartments_length, "ffffffff")
    yield "no entries", "InvalidLength", {"statement": _without_entries(good, at)}
    yield from replaced("statement", good, at.recovery_key, "the recovery key", "InvalidPoint", BAD_G1)
    yield from list(replaced("statement", good, at.blinder, "the Blinder", "InvalidPoint", BAD_G1))[:4]


def _u32(data: str, offset: int, change: int) -> str:
    value = int(data[2 * offset : 2 * offset + 8], 16)
    return (value + change).to_bytes(4, "big").hex()


def _without_entries(good: str, at: StatementLayout) -> str:
    empty = splice(good, at.entries_length, "00" * 4)[: 2 * at.entries]
    return splice(empty, at.compartments_length, (at.entries - at.lock).to_bytes(4, "big").hex())


def _damaged_entries(good: str) -> Iterator[Change]:
    at = StatementLayout(world.backup_statement())
    first = EntryLayout(at.entries, 33)
    second = EntryLayout(first.end, 48)

    def field(offset: int, new: str) -> dict[str, str]:
        return {"statement": splice(good, offset, new)}

    for number in ("0000", "00ff", "0100", "ffff"):
        yield f"curve {number}", "UnknownCurve", field(first.curve, number)
    yield "identifier zero", "InvalidIdentifier", field(first.identifier, "0000")
    yield "threshold zero", "InvalidThreshold", field(second.threshold, "0000")
    yield from replaced("statement", good, first.root, "the first root key", "InvalidPoint", BAD_SECP)
    yield from list(replaced("statement", good, first.share, "the first public share", "InvalidPoint", BAD_SECP))[:4]
    yield from list(replaced("statement", good, second.root, "the second root key", "InvalidPoint", BAD_G1))[:4]
    yield from replaced("statement", good, second.share, "the second public share", "InvalidPoint", BAD_G1)
    yield "an entry twice", "DuplicateEntry", {"statement": _with_entry_twice(good, at, first)}
    other = splice(_with_entry_twice(good, at, first), first.identifier, "0009")
    yield "a root key twice with other identifiers", "DuplicateEntry", {"statement": other}


def _with_entry_twice(good: str, at: StatementLayout, entry: EntryLayout) -> str:
    length = entry.end - entry.curve
    longer = insert(good, entry.end, good[2 * entry.curve : 2 * entry.end])
    longer = splice(longer, at.compartments_length, _u32(good, at.compartments_length, length))
    return splice(longer, at.entries_length, _u32(good, at.entries_length, length))


# Chapter 6


def subset() -> Vectors:
    v = Vectors("subset")
    for number in (1, 2, 3, 4, 0xF0, 0xF1):
        for k in range(3):
            v.accept(f"set {number}, challenge {k}", parameter_set=number, challenge=draw(f"challenge {k}"))
        v.accept(f"set {number}, challenge of zeros", parameter_set=number, challenge="00" * 32)
    v.reject("set 1, challenge 0", "set zero", "UnknownParameterSet", parameter_set=0)
    v.reject("set 1, challenge 0", "set five", "UnknownParameterSet", parameter_set=5)
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
        statement=member_statement().encode().hex(),
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
    return v


def _encrypt_large() -> Iterator[tuple[str, str, str]]:
    found = world.backup_statement(parameters.FAST)
    rng = lambda n: bytes.fromhex(draw("fast 0", n))  # noqa: E731
    proof = encryption.encrypt(found, world.root_shares(1), rng)
    yield "a backup, set 1", found.encode().hex(), proof.hex()


def _damaged_proofs(good: str) -> Iterator[Change]:
    last = PROOF.kept + 3 * PROOF.kept_length
    places = {
        "the challenge": 0,
        "the first seed": PROOF.opened,
        "the first response hash": PROOF.opened + 16,
        "the last seed": PROOF.kept - 32,
        "the last response hash": PROOF.kept - 16,
        "the first kept point": PROOF.kept,
        "the last byte of the first kept point": PROOF.kept + 47,
        "the first wrap": PROOF.kept + PROOF.wraps,
        "the first salt": PROOF.kept + PROOF.salt,
        "the last wrap": last + PROOF.wraps,
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
        "another context": flip(good, at.context_length + 1),
        "another epoch": flip(good, at.epoch + 7),
        "another node": flip(good, at.node_length + 1),
        "another recovery key": splice(good, at.recovery_key, g1),
        "another Blinder": splice(good, at.blinder, g1),
        "another root key": splice(good, first.root, secp),
        "another identifier": splice(good, first.identifier, "0063"),
        "another threshold": splice(good, first.threshold, "0063"),
        "another public share": splice(good, first.share, secp),
    }
    for words, value in changes.items():
        yield f"{words} in the statement", "ProofRejected", {"statement": value}
    fewer = Statement(
        world.TEST, world.CONTEXT, world.EPOCH, world.NODE, (Compartment(world.recovery_lock(), world.entries(1)[:1]),)
    )
    yield "an entry less in the statement", "TrailingBytes", {"statement": fewer.encode().hex()}
    large = world.backup_statement(parameters.FAST).encode().hex()
    yield "another parameter set in the statement", "Truncated", {"statement": large}
    member = Compartment(MemberLock(world.member_public(1)), world.entries(1))
    other = Statement(world.TEST, world.CONTEXT, world.EPOCH, world.NODE, (member,))
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
        every = flip(every, PROOF.kept + k * PROOF.kept_length + PROOF.wraps)
    v.reject("a backup", "every wrap has a bit flipped", "NotOpenable", proof=every)
    v.reject(
        "a backup",
        "another challenge, so that other instances count as kept",
        "NotOpenable",
        proof=splice(world.backup_proof(), 0, _other_challenge(world.backup_proof()[:64])),
    )
    cases_packing.open_(v)
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
        proof = flip(proof, start + (PROOF.wraps, PROOF.responses + 63, 47)[k])
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


# Chapter 7


DIGEST_NAME = "statement digest"


def decryption_share() -> Vectors:
    v = Vectors("decryption_share")
    for member in world.MEMBERS:
        secret = scalar_hex(world.recovery_share(member))
        v.accept(f"member {member}", secret=secret, member=member, digest=draw(DIGEST_NAME))
    return v


def _party() -> dict[str, object]:
    polynomial = world.recovery_polynomial().encode().hex()
    return {"polynomial": polynomial, "members": list(world.MEMBERS), "digest": draw(DIGEST_NAME)}


def _made() -> list[str]:
    return world.decryption_shares(bytes.fromhex(draw(DIGEST_NAME)))


def _wrong_share(member: int) -> str:
    """A decryption share for another statement."""
    return world.decryption_shares(bytes.fromhex(draw("another digest")), (member,))[0]


def decryption_share_verify() -> Vectors:
    v, shares = Vectors("decryption_share_verify"), _made()
    for member, share in zip(world.MEMBERS, shares, strict=True):
        v.accept(f"member {member}", **_party(), share=share)
    v.reject_all("member 2", structural("share", shares[1]))
    v.reject_all("member 2", replaced("share", shares[1], 3, "sigma", "InvalidPoint", BAD_G2))
    v.reject("member 2", "member zero", "InvalidIdentifier", share=splice(shares[1], 1, "0000"))
    v.reject("member 2", "a member that is none", "UnknownMember:5", share=splice(shares[1], 1, "0005"))
    v.reject("member 2", "the index of another member", "BadDecryptionShares:[3]", share=splice(shares[1], 1, "0003"))
    v.reject("member 2", "a share for another statement", "BadDecryptionShares:[2]", share=_wrong_share(2))
    v.reject("member 2", "another statement", "BadDecryptionShares:[2]", digest=draw("another digest"))
    return v


def _reject_shares(v: Vectors, base: str) -> None:
    shares = _made()
    wrong = [_wrong_share(member) for member in world.MEMBERS]
    stranger = splice(shares[0], 1, "0009")
    for bad in ((0,), (1,), (0, 2)):
        mixed = [wrong[k] if k in bad else shares[k] for k in range(4)]
        names = [k + 1 for k in bad]
        v.reject(
            base,
            f"the shares of members {names} are for another statement",
            f"BadDecryptionShares:{names}",
            shares=mixed,
        )
    v.reject(base, "a stranger among the members", "UnknownMember:9", shares=[*shares[:3], stranger])
    v.reject(base, "all shares are for another statement", "BadDecryptionShares:[1, 2, 3, 4]", shares=wrong)
    swapped = [splice(shares[0], 3, shares[1][6:]), splice(shares[1], 3, shares[0][6:]), *shares[2:]]
    v.reject(base, "the values of two members are exchanged", "BadDecryptionShares:[1, 2]", shares=swapped)
    for change, error, update in structural("share", shares[0]):
        v.reject(base, f"the first share: {change}", error, shares=[update["share"], *shares[1:]])


def decryption_batch() -> Vectors:
    v, shares = Vectors("decryption_batch"), _made()
    v.accept("all members", **_party(), shares=shares)
    v.accept("below the threshold", **_party(), shares=shares[:2])
    v.accept("one member twice", **_party(), shares=[shares[0], shares[0]])
    v.accept("no shares", **_party(), shares=[])
    _reject_shares(v, "all members")
    return v


def combine() -> Vectors:
    v, shares = Vectors("combine"), _made()
    v.accept("all members", **_party(), shares=shares)
    v.accept("exactly the threshold", **_party(), shares=shares[:3])
    v.accept("in another order", **_party(), shares=[shares[3], shares[1], shares[0]])
    v.accept("a bad share above the members used", **_party(), shares=[*shares[:3], _wrong_share(4)])
    _reject_shares(v, "all members")
    v.reject("all members", "below the threshold", "NotEnoughShares", shares=shares[:2])
    v.reject("all members", "no shares", "NotEnoughShares", shares=[])
    v.reject("all members", "a member twice", "DuplicateIdentifier:1", shares=[*shares, shares[0]])
    return v


ALL = (
    statement, subset, encrypt, verify, open_, decryption_share, decryption_share_verify, decryption_batch, combine,
)  # fmt: skip
