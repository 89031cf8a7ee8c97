"""Cases of Section 9.1."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from relight_ref.ceremony import GENERATE, HAND_OVER, RESHARE, Ceremony, Dealer, Keys, Recipient
from relight_ref.curves import BLS12381_G1, JUBJUB, JUBJUB_SPEND_AUTH, P256, SECP256K1
from relight_ref.sharing import VssCommitment

from . import world
from .build import Change, Vectors, draw
from .cases_sharing import BAD_IDENTIFIERS
from .mutations import BAD_G1, BAD_SECP, insert, remove, replaced, splice, structural
from .values import identifier_hex


def ceremony() -> Vectors:
    v = Vectors("ceremony")
    generation, resharing = world.generation().encode().hex(), world.resharing().encode().hex()
    v.accept("generation", ceremony=generation)
    v.accept("re-sharing", ceremony=resharing)
    parties = world.dealers((7,)), world.recipients((9,))
    single = Ceremony(world.TEST, b"", world.NONCE, 0, 1, Keys.generate(BLS12381_G1), *parties)
    v.accept("one dealer, one recipient", ceremony=single.encode().hex())
    again = replace(world.generation(), nonce=bytes.fromhex(draw("another nonce")))
    v.accept("generation, another nonce", ceremony=again.encode().hex())
    for name, found in unusual().items():
        v.accept(name, ceremony=found.encode().hex())
    v.reject_all("generation", structural("ceremony", generation))
    v.reject_all("generation", _damaged_generation(generation))
    v.reject_all("re-sharing", _damaged_resharing(resharing))
    v.reject_all("generation", _bad_identifiers(world.generation()))
    v.reject_all("re-sharing at an identifier", _bad_points())
    v.reject_all("re-sharing", _bad_resharings())
    v.reject_all("hand-over", _bad_hand_overs())
    return v


ORIGIN = 3 + len(world.NAME) + 32 + 10  # offset of the origin
KEYS = ORIGIN + 1  # of the vector of keys
DEALERS = KEYS + 4 + 4  # of the vector of dealers, in the generation
DEALER, RECIPIENT = 37, 85  # bytes
RECIPIENTS = DEALERS + 4 + 3 * DEALER
OLD = KEYS + 4 + 2  # of the first old commitments, in the re-sharing and the hand-over


def _damaged_generation(good: str) -> Iterator[Change]:
    def field(offset: int, new: str) -> dict[str, str]:
        return {"ceremony": splice(good, offset, new)}

    first, second = DEALERS + 4, DEALERS + 4 + DEALER
    yield "parameter set 255", "UnknownParameterSet", field(1, "ff")
    yield "threshold zero", "InvalidThreshold", field(ORIGIN - 2, "0000")
    yield "a threshold above the number of recipients", "InvalidThreshold", field(ORIGIN - 2, "0004")
    yield "an unknown curve", "UnknownCurve", field(KEYS + 4, "00ff")
    for number in ("03", "ff"):
        yield f"origin {number}", f"UnknownOrigin:{int(number, 16)}", field(ORIGIN, number)
    yield "origin 03, and an unknown curve", "UnknownOrigin:3", field(ORIGIN, "030000000400ff")
    yield "the keys are to be re-shared", "Truncated", field(ORIGIN, "01")
    yield "the keys are to be handed over", "Truncated", field(ORIGIN, "02")
    yield "no keys", "InvalidLength", _without_keys(good)
    yield "the vector of keys ends inside a curve", "Truncated", field(KEYS, "00000003")
    yield "the vector of keys runs past the end", "Truncated", field(KEYS, "00ffffff")
    yield "an origin with every curve", "UnknownCurve:0", _with_origins(good)
    yield "dealer zero", "InvalidIndex:0", field(first, "0000")
    yield "a dealer's index twice", "DuplicateIndex:2", field(first, "0002")
    yield "dealers out of order", "InvalidIndex:2", field(first, "0003")
    yield "an identity twice", "DuplicateKey:[1, 2]", field(second + 2, good[2 * first + 4 : 2 * first + 70])
    last = field(second + DEALER + 2, good[2 * first + 4 : 2 * first + 70])
    yield "the first identity again in the last dealer", "DuplicateKey:[1, 3]", last
    yield from list(replaced("ceremony", good, first + 2, "the first identity", "InvalidPoint", BAD_SECP))[:4]
    place = RECIPIENTS + 4
    yield "recipient zero", "InvalidIndex:0", field(place, "0000")
    yield "a recipient's index twice", "DuplicateIndex:2", field(place, "0002")
    yield "recipients out of order", "InvalidIndex:2", field(place, "0009")
    yield from _doubled_recipients(good, place)
    yield from list(replaced("ceremony", good, place + 2, "a recipient's identity", "InvalidPoint", BAD_SECP))[:4]
    yield from list(replaced("ceremony", good, place + 35, "the first member key", "InvalidPoint", BAD_G1))[:9]
    yield "no recipients", "InvalidLength", {"ceremony": good[: 2 * RECIPIENTS] + "00" * 4}
    fewer = splice(remove(good, DEALERS + 4, 2 * DEALER), DEALERS, "00000025")
    yield "fewer dealers than the threshold", "NotEnoughDealings", {"ceremony": fewer}
    yield "the vector of dealers ends inside a dealer", "Truncated", field(DEALERS, "0000006e")


def _doubled_recipients(good: str, first: int) -> Iterator[Change]:
    """Identities and member keys of one recipient in another; identities are compared first."""

    def copied(data: str, source: int, target: int, offset: int, length: int) -> str:
        start = 2 * (first + source * RECIPIENT + offset)
        return splice(data, first + target * RECIPIENT + offset, data[start : start + 2 * length])

    identities = copied(good, 1, 2, 2, 33)
    yield "a recipient's identity twice", "DuplicateKey:[2, 3]", {"ceremony": identities}
    keys = copied(good, 0, 1, 35, 48)
    yield "a member key twice", "DuplicateKey:[1, 2]", {"ceremony": keys}
    both = copied(keys, 1, 2, 2, 33)
    yield "a member key twice, and later an identity", "DuplicateKey:[2, 3]", {"ceremony": both}
    thrice = copied(keys, 0, 2, 35, 48)
    yield "a member key three times", "DuplicateKey:[1, 2]", {"ceremony": thrice}


def _damaged_resharing(good: str) -> Iterator[Change]:
    def field(offset: int, new: str) -> dict[str, str]:
        return {"ceremony": splice(good, offset, new)}

    points = OLD + 4
    yield from list(replaced("ceremony", good, points, "an old public key", "InvalidPoint", BAD_SECP))[:4]
    yield "the vector of old commitments ends inside a point", "Truncated", field(OLD, "00000041")
    yield "the old commitments are of another curve", "InvalidPoint", field(KEYS + 4, "0002")
    slot = good[2 * (KEYS + 4) : 2 * (points + 67)]
    keys = int(good[2 * KEYS : 2 * KEYS + 8], 16)
    twice = splice(insert(good, points + 67, slot), KEYS, (keys + 73).to_bytes(4, "big").hex())
    yield "an old key twice", "DuplicateEntry:[0, 1]", {"ceremony": twice}
    yield "the keys are to be generated", "UnknownCurve:0", field(ORIGIN, "00")
    yield "the keys are to be handed over", "UnknownCurve:0", field(ORIGIN, "02")
    yield "origin 03", "UnknownOrigin:3", field(ORIGIN, "03")
    yield "no keys", "InvalidLength", _without_keys(good)
    zero = splice(splice(remove(good, points, 66), OLD, "00000000"), KEYS, (keys - 66).to_bytes(4, "big").hex())
    yield "no old commitments", "InvalidLength", {"ceremony": zero}
    cut = splice(remove(good, KEYS + 4 + keys - 1, 1), KEYS, (keys - 1).to_bytes(4, "big").hex())
    yield "the last key has no point", "Truncated", {"ceremony": cut}
    one = splice(remove(good, KEYS + 4 + keys + 4, DEALER), KEYS + 4 + keys, "00000025")
    yield "fewer dealers than the old threshold", "NotEnoughDealings", {"ceremony": one}


def _without_keys(good: str) -> dict[str, str]:
    length = int(good[2 * KEYS : 2 * KEYS + 8], 16)
    return {"ceremony": splice(remove(good, KEYS + 4, length), KEYS, "00000000")}


def _with_origins(good: str) -> dict[str, str]:
    """Each key of the generation says its origin."""
    keys = "000100000200"
    return {"ceremony": splice(insert(good, KEYS + 4, keys[:4]), KEYS, "00000006" + keys)}


class Unchecked(Ceremony):
    """To write down what no party may agree on."""

    def __post_init__(self) -> None:
        pass


def _unchecked(found: Ceremony, **changes: Any) -> dict[str, str]:
    return {"ceremony": Unchecked(**{**vars(found), **changes}).encode().hex()}


def _dealers(*identifiers: int) -> tuple[Dealer, ...]:
    return tuple(Dealer(i, world.identity_public(i), x) for i, x in enumerate(identifiers, 1))


def _recipients(*identifiers: int) -> tuple[Recipient, ...]:
    keys = [(world.identity_public(i), world.member_public(i)) for i in range(1, len(identifiers) + 1)]
    return tuple(Recipient(i, *keys[i - 1], x) for i, x in enumerate(identifiers, 1))


def resharing_at(at: int) -> Ceremony:
    """What the helpers of a repair do first."""
    keys = Keys.reshare(*((a, at) for a in world.root_commitments()))
    return replace(world.resharing(), keys=keys, threshold=2, recipients=world.recipients((1, 3)))


def hand_over() -> Ceremony:
    keys = Keys.hand_over(*world.root_commitments())
    return replace(world.resharing(), keys=keys, threshold=1, recipients=world.recipients((9,)))


def old_thresholds() -> Ceremony:
    """Two of two and three of the dealers are needed."""
    keys = Keys.reshare((world.root_commitments()[0], 0), (world.commitment("wide", P256, 3), 0))
    return replace(world.resharing(), keys=keys, dealers=world.dealers((1, 2, 3)))


def four() -> Ceremony:
    """Three of four recipients close it."""
    return replace(world.generation(), recipients=world.recipients((1, 2, 3, 4)))


def sized() -> Ceremony:
    """Identifiers of 1 to 64 bytes, which are not in the order of the indices."""
    dealers, recipients = (world.sized(n) for n in (64, 33, 1, 32)), (world.sized(n) for n in range(64, 0, -1))
    return replace(world.generation(), dealers=_dealers(*dealers), recipients=_recipients(*recipients))


def large_resharing() -> Ceremony:
    """Old and new shares at large identifiers."""
    found, threshold = world.resharing(), 2
    dealers = _dealers(*(world.sized(n) for n in (32, 64, 33)))
    recipients = _recipients(*(world.sized(n) for n in (33, 1, 63)))
    return replace(found, threshold=threshold, dealers=dealers, recipients=recipients)


def same_key() -> Ceremony:
    """The key itself, and values of its VSS commitment."""
    a = world.root_commitments()[0]
    return replace(world.resharing(), keys=Keys.reshare(*((a, at) for at in (0, 2, 4, 2**511))))


def unusual() -> dict[str, Ceremony]:
    one = replace(world.generation(), threshold=1)
    single = world.commitment("single", SECP256K1, 1)
    twins = Keys.generate(*(SECP256K1,) * 3)
    point = VssCommitment((5 * JUBJUB.generator,))
    same = VssCommitment((JUBJUB_SPEND_AUTH.decode_point(point.public_key.encode()),))
    whole = Keys.reshare((point, 0), (same, 0))
    return {
        "re-sharing at an identifier": resharing_at(2),
        "re-sharing at a large identifier": resharing_at(world.sized(64)),
        "re-sharing of a key and of values of its VSS commitment": same_key(),
        "re-sharing with different old thresholds": old_thresholds(),
        "re-sharing from threshold one to threshold one": replace(
            world.resharing(), keys=Keys.reshare((single, 0)), threshold=1
        ),
        "re-sharing of keys equal in bytes on two curves": replace(world.resharing(), keys=whole, threshold=1),
        "hand-over": hand_over(),
        "hand-over of a key of threshold one": replace(hand_over(), keys=Keys.hand_over(single)),
        "generation at threshold one": one,
        "generation for every recipient": replace(world.generation(), threshold=3),
        "generation, four recipients": four(),
        "generation of three keys on one curve": replace(world.generation(), keys=twins),
        "generation, identifiers of every size": sized(),
        "re-sharing, large identifiers": large_resharing(),
        "generation, the order of a curve that is not dealt": replace(
            world.generation(), dealers=_dealers(1, 2, P256.order), recipients=_recipients(1, P256.order, 2)
        ),
    }


def _bad_identifiers(found: Ceremony) -> Iterator[Change]:
    secp, r, good = SECP256K1.order, BLS12381_G1.order, found.encode().hex()
    for words, data in BAD_IDENTIFIERS.items():
        dealers = f"{len(data) // 2:02x}" + data
        at, size = DEALERS + 4 + 35, 3 * DEALER - 1 + len(data) // 2
        longer = splice(good[: 2 * at] + dealers + good[2 * at + 4 :], DEALERS, size.to_bytes(4, "big").hex())
        yield f"a dealer with {words}", "InvalidIdentifier", {"ceremony": longer}
        at, size = RECIPIENTS + 4 + 83, 3 * RECIPIENT - 1 + len(data) // 2
        longer = splice(good[: 2 * at] + dealers + good[2 * at + 4 :], RECIPIENTS, size.to_bytes(4, "big").hex())
        yield f"a recipient with {words}", "InvalidIdentifier", {"ceremony": longer}
    cases = {
        "the order of the first curve": ((1, 2, secp), f"ZeroIdentifier:{identifier_hex(secp)}"),
        "twice the order of the second curve": ((1, 2 * r, 3), f"ZeroIdentifier:{identifier_hex(2 * r)}"),
        "two that are equal": ((1, 2, 1), "DuplicateIdentifier:01"),
        "two equal modulo the first order": ((1, 2, secp + 2), f"DuplicateIdentifier:{identifier_hex(secp + 2)}"),
        "two equal modulo the second order": ((r + 3, 2, 3), "DuplicateIdentifier:03"),
    }
    for words, (identifiers, error) in cases.items():
        yield f"identifiers of dealers: {words}", error, _unchecked(found, dealers=_dealers(*identifiers))
        yield f"identifiers of recipients: {words}", error, _unchecked(found, recipients=_recipients(*identifiers))


def _bad_points() -> Iterator[Change]:
    found = resharing_at(2)
    a, b = world.root_commitments()

    def at(number: int, commitment: VssCommitment = a) -> dict[str, str]:
        return _unchecked(found, keys=Keys.reshare((commitment, number)))

    secp, r = SECP256K1.order, BLS12381_G1.order
    yield "at the group order", f"ZeroIdentifier:{identifier_hex(secp)}", at(secp)
    yield "at the order of the second curve", f"ZeroIdentifier:{identifier_hex(r)}", at(r, b)
    yield "at a dealer's identifier", "DuplicateIdentifier:03", at(3)
    equal = identifier_hex(secp + 1)
    yield "at a dealer's identifier plus the group order", f"DuplicateIdentifier:{equal}", at(secp + 1)
    both = Keys.reshare((a, 2), (b, 2), (a, 2))
    yield "a key twice at one identifier", "DuplicateEntry:[0, 2]", _unchecked(found, keys=both)
    twice = Keys.reshare((a, 2), (a, secp + 2))
    yield "a key twice at one identifier, modulo the order", "DuplicateEntry:[0, 1]", _unchecked(found, keys=twice)
    vanishing = VssCommitment.commit(SECP256K1, world.vanishing("vanishing", SECP256K1, 2, 5))
    yield "where the value is zero", "InvalidPoint", at(5, vanishing)
    yield "to threshold one", "InvalidThreshold:1", _unchecked(found, threshold=1)
    good, place = found.encode().hex(), OLD + 4 + 66
    keys = int(good[2 * KEYS : 2 * KEYS + 8], 16)
    for words, data in BAD_IDENTIFIERS.items():
        if data:
            encoded, size = f"{len(data) // 2:02x}" + data, keys - 1 + len(data) // 2
            longer = good[: 2 * place] + encoded + good[2 * place + 4 :]
            yield f"at {words}", "InvalidIdentifier", {"ceremony": splice(longer, KEYS, size.to_bytes(4, "big").hex())}


def _bad_resharings() -> Iterator[Change]:
    found = world.resharing()
    yield "to threshold one", "InvalidThreshold:1", _unchecked(found, threshold=1)
    one = world.recipients((2,))
    yield "to threshold one and one recipient", "InvalidThreshold:1", _unchecked(found, threshold=1, recipients=one)
    wide = old_thresholds()
    few = _unchecked(wide, dealers=world.dealers((1, 2)))
    yield "dealers enough for one of two keys", "NotEnoughDealings", few
    for origin in (GENERATE, RESHARE, HAND_OVER):
        yield f"no keys, origin {origin}", "InvalidLength", _unchecked(found, keys=Keys(origin, ()))


def _bad_hand_overs() -> Iterator[Change]:
    found = hand_over()
    three = world.recipients((2, 5, 9))
    yield "to threshold two", "InvalidThreshold:2", _unchecked(found, threshold=2, recipients=three)
    yield "to two recipients", "InvalidLength", _unchecked(found, recipients=three[:2])
    yield "fewer dealers than the old threshold", "NotEnoughDealings", _unchecked(found, dealers=found.dealers[:1])
    a, b = world.root_commitments()
    yield "a key twice", "DuplicateEntry:[0, 2]", _unchecked(found, keys=Keys.hand_over(a, b, a))
    good = found.encode().hex()
    yield "the keys are to be generated", "UnknownCurve:0", {"ceremony": splice(good, ORIGIN, "00")}
    yield "the keys are to be re-shared", "UnknownCurve:512", {"ceremony": splice(good, ORIGIN, "01")}
    yield "no keys", "InvalidLength", _without_keys(good)
    longer = (int(good[2 * KEYS : 2 * KEYS + 8], 16) + 2).to_bytes(4, "big").hex()
    mixed = splice(insert(good, KEYS + 4, "0001"), KEYS, longer)
    yield "a curve alone among the keys", "Truncated", {"ceremony": mixed}


ALL = (ceremony,)
