"""Cases of chapter 5."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from relight_ref import parameters
from relight_ref.curves import ED25519, JUBJUB, JUBJUB_SPEND_AUTH, P256, SECP256K1, Point
from relight_ref.statement import Compartment, Entry, MemberLock, RecoveryLock, Statement

from . import world
from .build import Change, Vectors
from .cases_sharing import BAD_IDENTIFIERS
from .layout import EntryLayout, StatementLayout
from .mutations import BAD_G1, BAD_SECP, insert, replaced, splice, structural
from .values import identifier_hex


def member_statement() -> Statement:
    compartment = Compartment(MemberLock(world.member_public(1)), world.entries(2)[:1])
    return Statement(world.TEST, b"c" * 255, 2**64 - 1, b"n" * 255, (compartment,))


def statement() -> Vectors:
    v = Vectors("statement")
    for sets in (world.TEST, parameters.FAST, parameters.COMPACT, parameters.BROADCAST, parameters.PACKED, parameters.BULK):
        v.accept(f"a backup, set {sets.id}", statement=world.backup_statement(sets).encode().hex())
    v.accept("compartments of both kinds", statement=world.mixed_statement().encode().hex())
    v.accept("the longest names, the last epoch", statement=member_statement().encode().hex())
    v.accept("the same key in two compartments", statement=_twice().encode().hex())
    for name, found in _unusual().items():
        v.accept(name, statement=found.encode().hex())
    good = world.backup_statement(parameters.FAST).encode().hex()
    v.reject_all("a backup, set 1", structural("statement", good))
    v.reject_all("a backup, set 1", _damaged_headers(good))
    v.reject_all("a backup, set 1", _damaged_entries(good))
    v.reject_all("several shares of one key", _equal_shares())
    v.reject_all("a backup, set 1", _circular_statements())
    v.reject_all("compartments of both kinds", _circular_mixtures())
    return v


SEVERAL = (1, 5, 9)


def _holding(*entries: Entry) -> Statement:
    compartment = Compartment(world.recovery_lock(), entries)
    return Statement(world.TEST, world.NETWORK, world.EPOCH, world.NODE, (compartment,))


def _unusual() -> dict[str, Statement]:
    """What is allowed, though it looks as if it were not."""
    ecdsa, bls = world.root_commitments()
    sizes = [Entry.of(ecdsa, world.sized(size)) for size in range(1, 65)]
    point = 5 * JUBJUB.generator
    same = JUBJUB_SPEND_AUTH.decode_point(point.encode())
    above = world.commitment("root ed25519", ED25519, 2), ED25519.order + 1
    return {
        "several shares of one key": _holding(*(Entry.of(ecdsa, i) for i in SEVERAL)),
        "identifiers of every size": _holding(*sizes),
        "public keys equal in bytes on two curves": _holding(*(Entry(key, 3, 2, 2 * key) for key in (point, same))),
        "the order of another curve as an identifier": _holding(Entry.of(ecdsa, ED25519.order), Entry.of(bls, 1)),
        "equal modulo the order of another curve": _holding(Entry.of(ecdsa, 1), Entry.of(ecdsa, ED25519.order + 1)),
        "an identifier above the order": _holding(Entry.of(*above)),
        "curves out of order": _holding(Entry.of(bls, 1), Entry.of(ecdsa, 1)),
        "a member lock that is a public key": _member_locked(bls.public_key),
    }


def _member_locked(key: Point) -> Statement:
    """Only recovery locks may not be circular."""
    compartment = Compartment(MemberLock(key), world.entries(1))
    return Statement(world.TEST, world.NETWORK, world.EPOCH, world.NODE, (compartment,))


def _equal_shares() -> Iterator[Change]:
    """Of the keys and identifiers that the encoding of three shares of one key is made of, some become equal."""
    found = _holding(*(Entry.of(world.root_commitments()[0], i) for i in SEVERAL))
    good, at = found.encode().hex(), EntryLayout(StatementLayout(found).entries, 33)
    length, order = at.end - at.curve, SECP256K1.order
    third = at.identifier + 2 * length + 1
    yield "two are equal", "DuplicateEntry:[0, 2]", {"statement": splice(good, third, "05")}
    for words, number in {"the order more than another": order + 5, "twice the order more": 2 * order + 1}.items():
        other = _with_identifier(found, 2, number)
        yield f"an identifier is {words}", "DuplicateEntry:[0, 2]", {"statement": other}
    for factor in (1, 2, 2**255):
        zero = identifier_hex(factor * order)
        other = _with_identifier(found, 1, factor * order)
        yield f"an identifier is {factor} times the order", f"ZeroIdentifier:{zero}", {"statement": other}
    both = _with_identifier(found, 2, order, first=5)
    yield "two are equal, and the third is the order", "DuplicateEntry:[0, 1]", {"statement": both}
    damaged = splice(splice(good, third, "05"), at.public_key, "00" * 33)
    yield "two are equal, and a public key is no point", "DuplicateEntry:[0, 2]", {"statement": damaged}
    worse = splice(_with_identifier(found, 2, order + 5), at.public_key, "00" * 33)
    yield "two are equal modulo the order, and a public key is no point", "InvalidPoint", {"statement": worse}
    ed25519 = world.commitment("root ed25519", ED25519, 2)
    several = _holding(Entry.of(world.root_commitments()[0], 1), Entry.of(ed25519, 1))
    other = _with_identifier(several, 1, ED25519.order)
    zero = identifier_hex(ED25519.order)
    yield "the order of one curve of two", f"ZeroIdentifier:{zero}", {"statement": other}


def _with_identifier(found: Statement, place: int, number: int, first: int | None = None) -> str:
    """The encoding with other identifiers, which no checks have seen."""
    [compartment] = found.compartments
    encoded = [entry.encode().hex() for entry in compartment.entries]
    changes = {place: number} if first is None else {place: number, 0: first}
    for k, value in changes.items():
        entry = compartment.entries[k]
        encoded[k] = replace(entry, identifier=value).encode().hex()
    body = bytes.fromhex("".join(encoded))
    inner = compartment.lock.encode() + len(body).to_bytes(4, "big") + body
    header = found.encode()[: StatementLayout(found).compartments_length]
    return (header + len(inner).to_bytes(4, "big") + inner).hex()


def _circular(lock: RecoveryLock, found: Statement) -> str:
    """The same statement with another first recovery lock, unchecked."""
    kinds = [isinstance(compartment.lock, RecoveryLock) for compartment in found.compartments]
    old = found.compartments[kinds.index(True)].lock.encode()
    return found.encode().replace(old, lock.encode(), 1).hex()


def _circular_statements() -> Iterator[Change]:
    found = world.backup_statement(parameters.FAST)
    good = world.recovery_lock()
    entry = found.compartments[0].entries[1]
    locks = {
        "the Blinder is the recovery key": replace(good, blinder=good.recovery_key),
        "the recovery key is a public key": replace(good, recovery_key=entry.public_key),
        "the recovery key is a public share": replace(good, recovery_key=entry.public_share),
        "the Blinder is a public key": replace(good, blinder=entry.public_key),
        "the Blinder is a public share": replace(good, blinder=entry.public_share),
    }
    for words, lock in locks.items():
        yield words, "CircularStatement", {"statement": _circular(lock, found)}


def _circular_mixtures() -> Iterator[Change]:
    """The entry is in another compartment than the lock."""
    found = world.mixed_statement()
    entry = found.compartments[0].entries[1]
    lock = replace(world.recovery_lock(), recovery_key=entry.public_share)
    yield "the recovery key is a public share elsewhere", "CircularStatement", {"statement": _circular(lock, found)}


MISMATCHES = {
    "ParameterSet": "another parameter set",
    "Network": "another network",
    "Epoch": "another epoch",
    "Node": "another node",
    "Compartments": "a compartment less",
    "Lock": "another kind of lock",
    "RecoveryKey": "another recovery key",
    "Blinder": "another Blinder",
    "MemberKey": "another member key",
    "EntryCount": "an entry less",
    "Curve": "another curve",
    "PublicKey": "another public key",
    "Identifier": "another identifier",
    "Threshold": "another threshold",
    "PublicShare": "another public share",
}


def expect() -> Vectors:
    v, base = Vectors("expect"), "compartments of both kinds"
    good = world.mixed_statement()
    v.accept(base, expected=good.encode().hex(), found=good.encode().hex())
    longest = member_statement().encode().hex()
    v.accept("the longest names, the last epoch", expected=longest, found=longest)
    for field, found in _changed(good).items():
        change, other = MISMATCHES[field], found.encode().hex()
        v.reject(base, change, f"Mismatch:{field}", found=other)
        v.reject(base, f"expected, {change}", f"Mismatch:{field}", expected=other)
    v.reject_all(base, _combined(good))
    v.reject_all(base, structural("found", good.encode().hex()))
    return v


def _changed(good: Statement) -> dict[str, Statement]:
    first, second, third = good.compartments
    lock, entry = world.recovery_lock(), second.entries[0]
    other = world.member_public(9)

    def with_second(compartment: Compartment) -> Statement:
        return replace(good, compartments=(first, compartment, third))

    def with_entry(**changes: object) -> Statement:
        return with_second(replace(second, entries=(Entry(**{**vars(entry), **changes}), *second.entries[1:])))

    secp, p256 = world.identity_public(9), 9 * P256.generator
    return {
        "ParameterSet": replace(good, parameters=parameters.INSECURE_PACKED),
        "Network": replace(good, network=b"x"),
        "Epoch": replace(good, epoch=2**64 - 1),
        "Node": replace(good, node=b"x"),
        "Compartments": replace(good, compartments=(first, second)),
        "Lock": with_second(replace(second, lock=MemberLock(lock.recovery_key))),
        "RecoveryKey": with_second(replace(second, lock=replace(lock, recovery_key=other))),
        "Blinder": with_second(replace(second, lock=replace(lock, blinder=other))),
        "MemberKey": replace(good, compartments=(replace(first, lock=MemberLock(other)), second, third)),
        "EntryCount": with_second(replace(second, entries=second.entries[:1])),
        "Curve": with_entry(public_key=p256, public_share=p256),
        "PublicKey": with_entry(public_key=secp),
        "Identifier": with_entry(identifier=world.sized(64)),
        "Threshold": with_entry(threshold=65535),
        "PublicShare": with_entry(public_share=secp),
    }


def _combined(good: Statement) -> Iterator[Change]:
    """Of two differences the first in the order of the text counts, not the first in the bytes of one side."""
    changed = _changed(good)
    first, second = changed["MemberKey"].compartments[0], changed["EntryCount"].compartments[1]
    both = replace(good, compartments=(first, second, good.compartments[2]))
    yield "a member key, and later an entry less", "Mismatch:MemberKey", {"found": both.encode().hex()}
    entry = replace(good.compartments[1].entries[0], threshold=9, public_key=world.identity_public(9))
    second = replace(good.compartments[1], entries=(entry, *good.compartments[1].entries[1:]))
    two = replace(good, compartments=(good.compartments[0], second, good.compartments[2]))
    yield "a public key and a threshold", "Mismatch:PublicKey", {"found": two.encode().hex()}
    no_point = good.encode().hex().replace(world.member_public(1).encode().hex(), "00" * 48)
    yield "a member key that is no point", "Mismatch:MemberKey", {"found": no_point}


def _twice() -> Statement:
    locks = [MemberLock(world.member_public(k)) for k in (1, 2)]
    return Statement(world.TEST, b"", 1, b"", tuple(Compartment(lock, world.entries(1)) for lock in locks))


def _damaged_headers(good: str) -> Iterator[Change]:
    at = StatementLayout(world.backup_statement())

    def field(offset: int, new: str) -> dict[str, str]:
        return {"statement": splice(good, offset, new)}

    for number in ("00", "06", "f2", "ff"):
        yield f"parameter set {number}", "UnknownParameterSet", field(1, number)
    for number in ("00", "03", "ff"):
        yield f"lock type {number}", "UnknownLock", field(at.lock, number)
    yield "the network runs past the end", "Truncated", {"statement": good[:8]}
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
    for words, data in BAD_IDENTIFIERS.items():
        yield words, "InvalidIdentifier", {"statement": _with_identifier_bytes(good, at, first, data)}
    yield "threshold zero", "InvalidThreshold", field(second.threshold, "0000")
    yield from replaced("statement", good, first.public_key, "the first public key", "InvalidPoint", BAD_SECP)
    yield from list(replaced("statement", good, first.share, "the first public share", "InvalidPoint", BAD_SECP))[:4]
    yield from list(replaced("statement", good, second.public_key, "the second public key", "InvalidPoint", BAD_G1))[:4]
    yield from replaced("statement", good, second.share, "the second public share", "InvalidPoint", BAD_G1)
    yield "an entry twice", "DuplicateEntry:[0, 1]", {"statement": _with_entry_twice(good, at, first)}


def _with_identifier_bytes(good: str, at: StatementLayout, entry: EntryLayout, data: str) -> str:
    change = len(data) // 2 - 1
    longer = good[: 2 * entry.identifier] + f"{len(data) // 2:02x}" + data + good[2 * entry.threshold :]
    longer = splice(longer, at.compartments_length, _u32(good, at.compartments_length, change))
    return splice(longer, at.entries_length, _u32(good, at.entries_length, change))


def _with_entry_twice(good: str, at: StatementLayout, entry: EntryLayout) -> str:
    length = entry.end - entry.curve
    longer = insert(good, entry.end, good[2 * entry.curve : 2 * entry.end])
    longer = splice(longer, at.compartments_length, _u32(good, at.compartments_length, length))
    return splice(longer, at.entries_length, _u32(good, at.entries_length, length))


ALL = (statement, expect)
