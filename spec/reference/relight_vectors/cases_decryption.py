"""Cases of chapter 7."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from relight_ref import decryption, sharing
from relight_ref.curves import BLS12381_G1, SECP256K1
from relight_ref.sharing import VssCommitment

from . import world
from .build import Change, Vectors, draw
from .cases_sharing import BAD_IDENTIFIERS
from .mutations import BAD_G2, splice, structural, replaced
from .values import identifier_hex, scalar_hex

R = BLS12381_G1.order
DIGEST_NAME = "statement digest"
LARGE = tuple((index, world.sized(size)) for index, size in ((1, 1), (2, 31), (5, 32), (9, 33), (65535, 64)))
# The third member of this party is shareless.
VANISHING = tuple((index, 10 + index) for index in (1, 2, 3, 4))


def decryption_share() -> Vectors:
    v = Vectors("decryption_share")
    for member in world.MEMBERS:
        secret = scalar_hex(world.recovery_share(member))
        v.accept(f"member {member}", secret=secret, member=member, digest=draw(DIGEST_NAME))
    return v


def _party() -> dict[str, Any]:
    commitment = world.recovery_commitment().encode().hex()
    members = [[m, identifier_hex(m)] for m in world.MEMBERS]
    return {"commitment": commitment, "members": members, "digest": draw(DIGEST_NAME)}


def _other_party(coefficients: list[int], members: tuple[tuple[int, int], ...]) -> dict[str, Any]:
    commitment = VssCommitment.commit(BLS12381_G1, coefficients).encode().hex()
    return {**_party(), "commitment": commitment, "members": [[m, identifier_hex(x)] for m, x in members]}


def _large_party() -> dict[str, Any]:
    return _other_party(world.coefficients("recovery", BLS12381_G1, 3), LARGE)


def _vanishing() -> list[int]:
    return world.vanishing("vanishing", BLS12381_G1, 3, 13)


def _vanishing_party() -> dict[str, Any]:
    return _other_party(_vanishing(), VANISHING)


def _shares_of(coefficients: list[int], members: tuple[tuple[int, int], ...]) -> list[str]:
    """The share of a shareless member is worth nothing, so it is another one's."""
    digest = bytes.fromhex(draw(DIGEST_NAME))
    secrets = [sharing.evaluate(BLS12381_G1, coefficients, x) or 1 for _, x in members]
    made = [decryption.decryption_share(d, m, digest) for (m, _), d in zip(members, secrets, strict=True)]
    return [share.encode().hex() for share in made]


def _large_shares() -> list[str]:
    return _shares_of(world.coefficients("recovery", BLS12381_G1, 3), LARGE)


def _bad_parties() -> Iterator[Change]:
    good = _party()["members"]
    zero, equal = identifier_hex(2 * R), identifier_hex(R + 1)
    for words, data in BAD_IDENTIFIERS.items():
        yield f"a member with {words}", "InvalidIdentifier", {"members": [*good[:3], [4, data]]}
    yield "an identifier that is twice the order", f"ZeroIdentifier:{zero}", {"members": [*good[:3], [4, zero]]}
    yield "identifiers equal modulo the order", f"DuplicateIdentifier:{equal}", {"members": [*good[:3], [4, equal]]}
    yield "an identifier twice in the party", "DuplicateIdentifier:02", {"members": [*good[:3], [4, "02"]]}
    yield "a member twice in the party", "DuplicateIndex:2", {"members": [*good[:3], [2, "04"]]}
    yield "member zero in the party", "InvalidIndex:0", {"members": [*good[:3], [0, "04"]]}
    yield "fewer members than the threshold", "InvalidThreshold:3", {"members": good[:2]}
    shareless = _other_party(_vanishing(), VANISHING[1:])
    yield (
        "fewer members with a share than the threshold",
        "InvalidThreshold:3",
        {field: shareless[field] for field in ("commitment", "members")},
    )
    foreign = world.commitment("recovery", SECP256K1, 3).encode().hex()
    yield "a VSS commitment of another curve", "WrongCurve", {"commitment": foreign}


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
    v.reject("member 2", "member zero", "InvalidIndex:0", share=splice(shares[1], 1, "0000"))
    v.reject("member 2", "a member that is none", "UnknownMember:5", share=splice(shares[1], 1, "0005"))
    v.reject("member 2", "the index of another member", "BadDecryptionShares:[3]", share=splice(shares[1], 1, "0003"))
    v.reject("member 2", "a share for another statement", "BadDecryptionShares:[2]", share=_wrong_share(2))
    v.reject("member 2", "another statement", "BadDecryptionShares:[2]", digest=draw("another digest"))
    v.reject_all("member 2", _bad_parties())
    for (member, _), share in zip(LARGE, _large_shares(), strict=True):
        v.accept(f"large identifiers, member {member}", **_large_party(), share=share)
    made = _shares_of(_vanishing(), VANISHING)
    v.accept("beside a shareless member", **_vanishing_party(), share=made[0])
    v.reject("beside a shareless member", "the shareless one", "Shareless:3", share=made[2])
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
    v.accept("large identifiers", **_large_party(), shares=_large_shares())
    _reject_shareless(v)
    return v


def _reject_shareless(v: Vectors) -> None:
    made = _shares_of(_vanishing(), VANISHING)
    base = "all members but a shareless one"
    v.accept(base, **_vanishing_party(), shares=[made[0], made[1], made[3]])
    v.reject(base, "the shareless one, too", "Shareless:3", shares=made)
    v.reject(base, "the shareless one, twice", "Shareless:3", shares=[made[2], made[2]])


def combine() -> Vectors:
    v, shares = Vectors("combine"), _made()
    v.accept("all members", **_party(), shares=shares)
    v.accept("exactly the threshold", **_party(), shares=shares[:3])
    v.accept("in another order", **_party(), shares=[shares[3], shares[1], shares[0]])
    v.accept("a bad share above the members used", **_party(), shares=[*shares[:3], _wrong_share(4)])
    _reject_shares(v, "all members")
    v.reject("all members", "below the threshold", "NotEnoughShares", shares=shares[:2])
    v.reject("all members", "no shares", "NotEnoughShares", shares=[])
    v.reject("all members", "a member twice", "DuplicateIndex:1", shares=[*shares, shares[0]])
    v.reject("all members", "a member twice, and too few", "DuplicateIndex:2", shares=[shares[1], shares[1]])
    v.reject("all members", "a member twice, with the threshold", "DuplicateIndex:1", shares=[*shares[:2], shares[0]])
    v.reject_all("all members", _bad_parties())
    large = _large_shares()
    v.accept("large identifiers", **_large_party(), shares=large)
    v.accept("large identifiers, the threshold, in another order", **_large_party(), shares=[large[4], large[0], large[3]])
    _reject_shareless(v)
    return v


ALL = (decryption_share, decryption_share_verify, decryption_batch, combine)
