"""Section 9.8: a party gets its share, and nobody learns more."""

from __future__ import annotations

from itertools import combinations
from secrets import token_bytes

import pytest

from relight_ref import dealing, keys, sharing
from relight_ref.backup import KeyShare
from relight_ref.closing import Dealings
from relight_ref.curves import BLS12381_G1, SECP256K1, Curve
from relight_ref.errors import Error
from relight_ref.outcome import Outcome
from relight_ref.parameters import INSECURE
from relight_ref.repair import Helper, Repair
from relight_ref.sharing import VssCommitment

from .parties import NAME, Party, key_shares, run

CURVES = (SECP256K1, BLS12381_G1)
THRESHOLD = 3
HOLDERS = {1: 11, 2: 2**300 + 1, 4: 7, 6: 5}  # index and identifier


def _coefficients() -> list[list[int]]:
    return [[keys.random_scalar(curve, token_bytes) for _ in range(THRESHOLD)] for curve in CURVES]


class Setting:
    """A sharing of two keys, and a repair of the share at an identifier."""

    def __init__(self, identifier: int, helpers: tuple[int, ...] = (1, 2, 4)) -> None:
        self.secret = _coefficients()
        self.helpers = [Party(i, HOLDERS[i]) for i in helpers]
        self.receiver = Party(9, identifier)
        commitments = tuple(VssCommitment.commit(curve, a) for curve, a in zip(CURVES, self.secret, strict=True))
        found = tuple(_helper(party) for party in self.helpers)
        self.repair = Repair(INSECURE, NAME, 7, commitments, found, self.receiver.recipient())

    def shares(self, identifier: int) -> list[int]:
        return [sharing.evaluate(curve, a, identifier) for curve, a in zip(CURVES, self.secret, strict=True)]

    def key_shares(self, identifier: int) -> list[KeyShare]:
        pairs = zip(self.repair.keys, self.shares(identifier), strict=True)
        return [KeyShare.of(7, a, identifier, x) for a, x in pairs]

    def first(self) -> dict[int, Outcome]:
        shares = {helper.index: self.key_shares(helper.identifier) for helper in self.helpers}
        return run(self.repair.first(token_bytes(32)), self.helpers, self.helpers, shares)


def _helper(party: Party) -> Helper:
    recipient = party.recipient()
    return Helper(party.index, recipient.identity, recipient.member_key, party.identifier)


@pytest.mark.parametrize("identifier", [5, 2**511])
def test_a_share_is_repaired_or_a_new_one_made(identifier: int) -> None:
    setting = Setting(identifier)
    outcomes = setting.first()
    ceremony = setting.repair.hand_over(token_bytes(32), outcomes[1].public)
    handed = {helper.index: key_shares(outcomes[helper.index], helper.identifier, 7) for helper in setting.helpers}
    received = run(ceremony, setting.helpers, [setting.receiver], handed)[9]
    made = setting.repair.finish(received)
    assert [share.secret for share in made] == setting.shares(identifier)
    assert {(share.epoch, share.identifier, share.threshold) for share in made} == {(7, identifier, THRESHOLD)}


def test_the_share_of_a_helper_itself_is_refused() -> None:
    with pytest.raises(Error, match="DuplicateIdentifier"):
        Setting(HOLDERS[2]).repair.first(token_bytes(32))


def test_a_helper_that_deals_another_share_is_named() -> None:
    setting = Setting(5, (1, 2, 4))
    ceremony = setting.repair.first(token_bytes(32))
    received = Dealings(ceremony)
    shares = [x + 1 for x in setting.shares(HOLDERS[2])]
    lie = dealing.make_dealing(ceremony, 2, bytes(32), shares, token_bytes).sign(setting.helpers[1].identity)
    with pytest.raises(Error, match="BadDealing.OtherKey"):
        received.receive(lie)
    assert received.expelled == {2}


def test_an_outcome_about_another_share_is_refused() -> None:
    setting, other = Setting(5), Setting(5)
    outcome = setting.first()[1]
    with pytest.raises(Error, match="CeremonyMismatch"):
        other.repair.hand_over(token_bytes(32), outcome.public)


# What is learned, by linear algebra over a small field: the views of parties are linear in what was drawn at random.

PRIME = 31
HELPERS, RECEIVER = (1, 2, 3), 5
SMALL = 3  # the threshold, and the number of helpers


def _powers(x: int) -> list[int]:
    return [x**n % PRIME for n in range(SMALL)]


def _weights() -> list[int]:
    class Small:
        order = PRIME

        def invert(self, x: int) -> int:
            return pow(x, -1, PRIME)

    field: Curve = Small()  # type: ignore[assignment]
    return sharing.lagrange(field, HELPERS, RECEIVER)


# The unknowns: the old polynomial; per helper what it adds to its share in the first ceremony, and in the second nothing
# (its threshold is one, so that a dealing is the share itself).
UNKNOWNS = SMALL + len(HELPERS) * (SMALL - 1)


def _old(x: int) -> list[int]:
    return _powers(x) + [0] * (UNKNOWNS - SMALL)


def _dealt(i: int, x: int) -> list[int]:
    """What the i-th helper deals to x: its share, and its own higher terms."""
    row = _old(HELPERS[i])
    for n in range(1, SMALL):
        row[SMALL + i * (SMALL - 1) + n - 1] = pow(x, n, PRIME)
    return row


def _sum(weights: list[int], rows: list[list[int]]) -> list[int]:
    return [sum(w * a for w, a in zip(weights, column, strict=True)) % PRIME for column in zip(*rows, strict=True)]


def _new(x: int) -> list[int]:
    """The share of x of the new polynomial."""
    return _sum(_weights(), [_dealt(i, x) for i in range(len(HELPERS))])


def _helper_view(i: int) -> list[list[int]]:
    own = [[int(k == SMALL + i * (SMALL - 1) + n) for k in range(UNKNOWNS)] for n in range(SMALL - 1)]
    return [_old(HELPERS[i]), *own, *(_dealt(k, HELPERS[i]) for k in range(len(HELPERS)))]


def _receiver_view() -> list[list[int]]:
    """It opens the whole of every second dealing: the new share of every helper."""
    return [_new(x) for x in HELPERS]


def _rank(rows: list[list[int]]) -> int:
    rows, rank = [list(row) for row in rows], 0
    for column in range(UNKNOWNS):
        pivot = next((k for k in range(rank, len(rows)) if rows[k][column] % PRIME), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        inverse = pow(rows[rank][column], -1, PRIME)
        for k in range(rank + 1, len(rows)):
            factor = rows[k][column] * inverse
            rows[k] = [(a - factor * b) % PRIME for a, b in zip(rows[k], rows[rank], strict=True)]
        rank += 1
    return rank


def _knows(view: list[list[int]], value: list[int]) -> bool:
    return _rank(view) == _rank([*view, value])


@pytest.mark.parametrize("size", range(SMALL))
def test_helpers_below_the_threshold_learn_neither_the_share_nor_the_key(size: int) -> None:
    for helpers in combinations(range(len(HELPERS)), size):
        view = [row for i in helpers for row in _helper_view(i)]
        assert not _knows(view, _old(RECEIVER)) and not _knows(view, _old(0))
        others = [x for i, x in enumerate(HELPERS) if i not in helpers]
        assert not any(_knows(view, _old(x)) for x in others)


@pytest.mark.parametrize("size", range(SMALL - 1))
def test_the_receiver_learns_its_share_and_nothing_else_of_the_old_sharing(size: int) -> None:
    for helpers in combinations(range(len(HELPERS)), size):
        view = [*_receiver_view(), *(row for i in helpers for row in _helper_view(i))]
        known = [x for x in range(PRIME) if _knows(view, _old(x))]
        assert known == sorted([RECEIVER, *(HELPERS[i] for i in helpers)])


def test_the_key_is_known_where_it_must_be() -> None:
    """The tests above can fail: the threshold of helpers knows all, and so does the receiver with one less."""
    everyone = [row for i in range(len(HELPERS)) for row in _helper_view(i)]
    assert _knows(everyone, _old(0)) and _knows(everyone, _old(RECEIVER))
    assert _knows([*_receiver_view(), *_helper_view(0), *_helper_view(1)], _old(0))
