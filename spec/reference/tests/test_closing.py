"""Section 9.4: one set is closed, whoever sends what to whom; and readings of it that would not do."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from secrets import token_bytes

import pytest

from relight_ref import signatures
from relight_ref.ceremony import Ceremony, Keys
from relight_ref.closing import Dealings
from relight_ref.confirmations import Confirmation, Confirmations, quorum, verify_certificate, verify_confirmation
from relight_ref.curves import BLS12381_G1
from relight_ref.dealing import dealing_digest
from relight_ref.errors import Error
from relight_ref.evidence import TWO_CONFIRMATIONS, TWO_DEALINGS, Culprit, Evidence
from relight_ref.sharing import combine_secrets

from .parties import Party, certified, plan, received

KEYS = Keys.generate(BLS12381_G1)


class Four:
    """Four parties deal to each other; two dealings are needed, and three close."""

    def __init__(self) -> None:
        self.parties = [Party(k) for k in (1, 2, 3, 4)]
        self.ceremony = plan(KEYS, self.parties, self.parties, 2)
        self.dealings = [party.deal(self.ceremony) for party in self.parties]

    def confirm(self, place: int, *places: int, follow: bytes | None = None) -> bytes:
        """By one party, of what it has."""
        found = received(self.ceremony, [self.dealings[k] for k in places])
        party = self.parties[place]
        if follow is None:
            return party.confirm(found)
        other = verify_confirmation(self.ceremony, follow)
        return found.confirm(party.index, party.key, other).sign(party.identity)

    def finish(self, place: int, found: Dealings, confirmations: list[bytes], later: list[bytes]) -> int:
        closed = found.close(certified(self.ceremony, confirmations))
        for data in later:
            closed.receive(data)
        return self.parties[place].finish(closed).shares[0]


def test_a_dealing_shown_to_half_of_the_parties_divides_nobody() -> None:
    """Had each finished on what it has, their shares would not combine."""
    four = Four()
    honest = [four.confirm(k, 1, 2, 3) for k in (2, 3)]
    first = honest[0]
    followed = [four.confirm(k, 0, 1, 2, 3, follow=first) for k in (0, 1)]
    confirmations = honest + followed
    shares = {}
    for place, kept in enumerate([(0, 1, 2, 3), (0, 1, 2, 3), (1, 2, 3), (1, 2, 3)]):
        found = received(four.ceremony, [four.dealings[k] for k in kept])
        shares[place + 1] = four.finish(place, found, confirmations, [])
    keys = {combine_secrets(BLS12381_G1, {a: shares[a], b: shares[b]}) for a, b in ((1, 3), (2, 4), (1, 2))}
    assert len(keys) == 1


def test_a_second_dealing_after_closing_moves_nothing() -> None:
    four = Four()
    confirmations = [four.confirm(k, 0, 1, 2, 3) for k in range(4)]
    found = received(four.ceremony, four.dealings)
    before = four.finish(2, found, confirmations, [])
    closed = found.close(certified(four.ceremony, confirmations))
    second = four.parties[0].deal(four.ceremony)
    with pytest.raises(Error, match="Equivocation"):
        closed.receive(second)
    assert closed.expelled == {1} and four.parties[2].finish(closed).shares[0] == before
    evidence = Evidence(TWO_DEALINGS, (four.dealings[0], second))
    assert Evidence.decode(evidence.encode()).verify(four.ceremony) == Culprit(dealer=1, fault="Equivocation")


def test_the_same_plan_again_has_another_digest() -> None:
    four = Four()
    again = replace(four.ceremony, nonce=token_bytes(32))
    with pytest.raises(Error, match="CeremonyMismatch"):
        Dealings(again).receive(four.dealings[0])


def test_a_recipient_that_confirms_two_sets_is_shown_to() -> None:
    four = Four()
    one, other = four.confirm(0, 1, 2, 3), four.confirm(0, 0, 1, 2, 3)
    found = Confirmations(four.ceremony)
    found.receive(one)
    with pytest.raises(Error, match="DoubleConfirmation"):
        found.receive(other)
    assert Evidence(TWO_CONFIRMATIONS, (one, other)).verify(four.ceremony) == Culprit(recipient=1)
    with pytest.raises(Error, match="NoEvidence"):
        Evidence(TWO_CONFIRMATIONS, (one, four.confirm(1, 1, 2, 3))).verify(four.ceremony)


def test_a_ceremony_that_cannot_close_has_failed() -> None:
    four, found = Four(), None
    found = Confirmations(four.ceremony)
    for data in (four.confirm(0, 0, 1), four.confirm(1, 1, 2)):
        found.receive(data)
    assert not found.failed()
    found.receive(four.confirm(2, 2, 3))
    assert found.failed() and found.unconfirmed() == [4]
    with pytest.raises(Error, match="NotClosed"):
        found.certificate()


def test_a_wallet_that_signs_twice_is_no_liar() -> None:
    """With the signature in the digest of a dealing, it would be."""
    four = Four()
    data, identity = four.dealings[0], four.parties[0].identity
    again = data[:-65] + signatures.sign(signatures.EIP191, identity, "dealing", data[:-65])
    assert data != again and dealing_digest(data) == dealing_digest(again)
    found = received(four.ceremony, [data, again])
    assert not found.expelled
    with pytest.raises(Error, match="NoEvidence"):
        Evidence(TWO_DEALINGS, (data, again)).verify(four.ceremony)


def test_confirmations_do_not_count_as_other_signatures() -> None:
    """Nor does one of another recipient: the recipient is in the signed body."""
    four = Four()
    body = four.confirm(0, 0, 1)[:-65]
    for signer, purpose in ((0, "dealing"), (1, "confirmation")):
        signed = body + signatures.sign(1, four.parties[signer].identity, purpose, body)
        with pytest.raises(Error, match="BadSignature"):
            verify_confirmation(four.ceremony, signed)


def test_a_certificate_is_checked_without_dealings() -> None:
    four = Four()
    data = certified(four.ceremony, [four.confirm(k, 0, 1, 2, 3) for k in (0, 1, 3)]).encode()
    ceremony = Ceremony.decode(four.ceremony.encode())
    found = verify_certificate(ceremony, data)
    closed = received(ceremony, four.dealings).close(found)
    found.check_outcome(ceremony, closed.finish_public().commitments)
    for place in range(1, len(data)):
        flipped = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        with pytest.raises(Error):
            verify_certificate(ceremony, flipped)


def _closes_twice(n: int, q: int, liars: int) -> bool:
    """Whether two sets can both get q confirmations: each honest party confirms one, liars confirm both."""
    for choice in product((0, 1), repeat=n - liars):
        if choice.count(0) + liars >= q and choice.count(1) + liars >= q:
            return True
    return False


def _quorum(n: int, threshold: int) -> int:
    parties = [Party(k) for k in range(1, n + 1)]
    dealers = parties[: max(threshold, 1)]
    return quorum(plan(KEYS, dealers, parties, threshold))


@pytest.mark.parametrize("n", range(1, 9))
def test_two_sets_close_only_if_more_than_a_third_lie(n: int) -> None:
    for threshold in {1, n // 2 + 1, n}:
        q = _quorum(n, threshold)
        assert q >= threshold and 3 * (2 * q - n) > n
        assert not any(_closes_twice(n, q, liars) for liars in range(2 * q - n))
        assert _closes_twice(n, q, 2 * q - n)


def test_a_smaller_quorum_would_not_do() -> None:
    """Half of the recipients, or the threshold alone: one liar of four closes two sets."""
    assert _quorum(4, 2) == 3 and _closes_twice(4, 2, 1)
    assert _closes_twice(4, 3, 2)


def test_a_recipient_confirms_one_set() -> None:
    four = Four()
    found = received(four.ceremony, four.dealings[:2])
    first = four.parties[0].confirm(found)
    found.receive(four.dealings[2])
    assert four.parties[0].confirm(found)[:-65] == first[:-65]
    other: Confirmation = verify_confirmation(four.ceremony, four.confirm(1, 0, 1, 2))
    with pytest.raises(Error, match="AlreadyConfirmed"):
        found.confirm(1, four.parties[0].key, other)


def test_known_bytes_and_expelled_dealers_are_not_verified(monkeypatch: pytest.MonkeyPatch) -> None:
    four = Four()
    found = received(four.ceremony, four.dealings[:1])
    second = four.parties[0].deal(four.ceremony)
    with pytest.raises(Error, match="Equivocation"):
        found.receive(second)

    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("relight_ref.closing.verify_dealing", refuse)
    monkeypatch.setattr("relight_ref.closing.check_signature", refuse)
    found.receive(four.dealings[0])
    for _ in range(100):
        with pytest.raises(Error, match="Expelled"):
            found.receive(second)
