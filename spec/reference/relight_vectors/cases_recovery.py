"""Cases of Section 11.1."""

from __future__ import annotations

from collections.abc import Iterator

from relight_ref.codec import long, u8
from relight_ref.curves import BLS12381_G1
from relight_ref.sharing import VssCommitment

from . import world
from .build import Change, Vectors
from .cases_sharing import BAD_IDENTIFIERS
from .mutations import BAD_G1, flip, remove, replaced, splice, structural
from .recovery_world import PARTY, R, register, registration, renewed_roster, roster_of
from .recovery_world import roster as good_roster
from .values import identifier_hex


def _roster(registrations: list[str], identifiers: tuple[int, ...] = (1, 2, 3, 4)) -> dict[str, str]:
    return {"roster": roster_of(registrations, identifiers)}


def _identified(*identifiers: int) -> dict[str, str]:
    return _roster([registration(m) for m in world.MEMBERS], identifiers)


def roster() -> Vectors:
    v, base = Vectors("roster"), "four members"
    v.accept(base, party=PARTY, roster=good_roster())
    v.accept("exactly the threshold", party=PARTY, roster=good_roster((1, 2, 4)))
    v.accept("a member that renewed its registration", party=PARTY, roster=renewed_roster())
    for sizes in ((1, 2, 31, 32), (33, 48, 63, 64), (64, 1, 32, 16)):
        identifiers = [world.sized(size) for size in sizes]
        v.accept(f"identifiers of {list(sizes)} bytes", party=PARTY, **_identified(*identifiers))
    v.accept("identifiers in another order", party=PARTY, **_identified(4, 2, 3, 1))
    v.accept("an identifier above the order", party=PARTY, **_identified(1, 2, 3, R + 4))
    v.accept("a shareless member", party=PARTY, roster=shareless_roster(world.MEMBERS))
    v.reject_all(base, structural("roster", good_roster()))
    v.reject_all(base, _other_rosters())
    v.reject_all(base, _damaged_rosters(good_roster()))
    v.reject_all(base, _bad_identifiers())
    v.reject(base, "another party is expected", _invalid(1, "Party"), party="00")
    return v


def _invalid(member: int, fault: str) -> str:
    return f"InvalidRegistration:{[member, fault]}"


def shareless_commitment() -> VssCommitment:
    return VssCommitment.commit(BLS12381_G1, shareless_coefficients())


def shareless_coefficients() -> list[int]:
    return world.vanishing("roster", BLS12381_G1, 3, 3)


def shareless_roster(members: tuple[int, ...]) -> str:
    """The share of member 3 is zero."""
    return roster_of([registration(m) for m in members], members, shareless_commitment())


def _bad_identifiers() -> Iterator[Change]:
    equal, zero = identifier_hex(R + 1), identifier_hex(2 * R)
    yield "two equal identifiers", "DuplicateIdentifier:02", _identified(1, 2, 3, 2)
    yield "two identifiers equal modulo the order", f"DuplicateIdentifier:{equal}", _identified(1, 2, R + 1, 4)
    yield "an identifier that is twice the order", f"ZeroIdentifier:{zero}", _identified(1, 2 * R, 3, 4)
    yield "one that is twice the order, and two equal", f"ZeroIdentifier:{zero}", _identified(1, 1, 2 * R, 4)
    damaged = [registration(1), flip(registration(2), -1), registration(3)]
    yield "two equal identifiers, and a bad signature", _invalid(2, "Signature"), _roster(damaged, (1, 2, 2))
    shareless = {"roster": shareless_roster((1, 2, 3))}
    yield "fewer members with a share than the threshold", "InvalidThreshold:3", shareless
    head, tail = (bytes.fromhex(part) for part in (roster_of([])[:-8], registration(1)))
    for words, data in BAD_IDENTIFIERS.items():
        member = tail + u8(len(data) // 2) + bytes.fromhex(data)
        yield words, "InvalidIdentifier", {"roster": (head + long(member)).hex()}


def _other_rosters() -> Iterator[Change]:
    one, two, three = (registration(k) for k in (1, 2, 3))
    yield "fewer members than the threshold", "InvalidThreshold:3", _roster([one, two])
    yield "members out of order", "InvalidIndex:1", _roster([two, one, three])
    yield "a member twice", "DuplicateIndex:2", _roster([one, two, two, three])
    yield "two members of one identity", "DuplicateKey:[1, 3]", _roster([one, two, register(3, 3, 1)])
    yield "two members of one member key", "DuplicateKey:[1, 3]", _roster([one, two, register(3, 1, 3)])
    keys = [one, register(2, 1, 2), register(3, 3, 2)]
    yield "one member key twice, and later one identity", "DuplicateKey:[2, 3]", _roster(keys)
    thrice = [one, register(2, 2, 1), register(3, 3, 1)]
    yield "three members of one identity", "DuplicateKey:[1, 2]", _roster(thrice)
    foreign = _roster([one, two, register(3, 3, 3, b"other")])
    yield "a member of another party", _invalid(3, "Party"), foreign
    broken = [flip(one, -1), two, two]
    yield "a member twice, and a bad signature", "DuplicateIndex:2", _roster(broken)
    doubled = [flip(one, -1), two, register(3, 3, 1)]
    yield "two of one identity, and a bad signature", "DuplicateKey:[1, 3]", _roster(doubled)
    yield "no members", "InvalidLength", _roster([])
    yield "a registration ends early", "Truncated", _roster([one, two, three[:-4]])


def _damaged_rosters(good: str) -> Iterator[Change]:
    first = 1 + 4 + 3 * 48 + 4
    size = len(registration(1)) // 2
    index = first + 2 + len(world.PARTY)
    yield from replaced("roster", good, 5, "the recovery key", "InvalidPoint", BAD_G1)
    yield "a registration's version byte 02", "UnsupportedVersion", {"roster": splice(good, first, "02")}
    yield "index zero", "InvalidIndex:0", {"roster": splice(good, index, "0000")}
    yield "the serial of a registration is zero", "InvalidSerial:0", {"roster": splice(good, index + 35, "00" * 8)}
    faulty, second = _invalid(1, "Signature"), first + size + 2
    yield "a signature has a bit flipped", faulty, {"roster": flip(good, first + size - 1)}
    later = {"roster": flip(good, second + size - 1)}
    yield "the signature of the second member has a bit flipped", _invalid(2, "Signature"), later
    signature = first + size - 65
    yield "the r of a signature is zero", faulty, {"roster": splice(good, signature + 1, "00" * 32)}
    yield "the s of a signature is high", faulty, {"roster": splice(good, signature + 33, "ff" * 32)}
    yield "a proof has a bit flipped", faulty, {"roster": flip(good, first + size - 66)}
    yield "an unknown signature scheme", "UnknownScheme", {"roster": splice(good, first + size - 65, "09")}
    yield "no commitments", "InvalidLength", {"roster": splice(remove(good, 5, 144), 1, "00000000")}
    yield "the commitments end inside a point", "Truncated", {"roster": splice(good, 1, "00000031")}
    yield "a proof is of another key, signed again", _invalid(1, "SchnorrProof"), _unproved()


def _unproved() -> dict[str, str]:
    from .cases_registrations import signed_again

    one = signed_again(flip(registration(1), -66), 1)
    return _roster([one, *(registration(k) for k in (2, 3, 4))])


ALL = (roster,)
