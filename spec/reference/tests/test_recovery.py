"""Chapter 11: who gets answers, what they add up to, and what an accusation shows."""

from __future__ import annotations

from dataclasses import replace
from secrets import token_bytes

import pytest

from relight_ref import keys, sharing
from relight_ref.accusation import Accusation, accuse
from relight_ref.backup import KeyShare
from relight_ref.codec import u16
from relight_ref.curves import BLS12381_G1
from relight_ref.decryption import DecryptionShare, combine, decryption_share
from relight_ref.errors import Error
from relight_ref.requests import Request, authorise, check_authorised, date, own_time, review
from relight_ref.responses import Response, open_answers, respond, seal_answer
from relight_ref.roster import Roster
from relight_ref.session import Session, load
from relight_ref.sharing import VssCommitment, schnorr_prove
from relight_ref.statement import RecoveryLock, Statement
from relight_vectors import world

from .parties import NETWORK, PARTY, Party

NOW, EXPIRY = 1_000, 2_000


class Network:
    """Three of four members recover; two statements with a Blinder each."""

    def __init__(self) -> None:
        self.members = [Party(k) for k in (1, 2, 3, 4)]
        self.coefficients = [keys.random_scalar(BLS12381_G1, token_bytes) for _ in range(3)]
        self.commitment = VssCommitment.commit(BLS12381_G1, self.coefficients)
        self.roster = Roster.new(PARTY, self.commitment, tuple(m.registration() for m in self.members))
        self.blinders = [keys.random_scalar(BLS12381_G1, token_bytes) for _ in range(2)]
        self.statements = [self._statement(epoch, blinder) for epoch, blinder in enumerate(self.blinders)]
        self.digests = [statement.digest() for statement in self.statements]

    def _statement(self, epoch: int, blinder: int) -> Statement:
        lock = RecoveryLock(self.commitment.public_key, blinder * BLS12381_G1.generator)
        known = world.backup_statement(epoch=epoch)
        return replace(known, network=NETWORK, compartments=(replace(known.compartments[0], lock=lock),))

    def share(self, member: int) -> KeyShare:
        secret = sharing.evaluate(BLS12381_G1, self.coefficients, member)
        return KeyShare.of(1, self.commitment, member, secret)

    def session(self) -> Session:
        session = Session.new(self.roster, self.statements, b"node", NOW, EXPIRY, token_bytes)
        for statement, blinder in zip(self.statements, self.blinders, strict=True):
            session.authorised.add(authorise(session.draft, statement, blinder, token_bytes))
        return session

    def answer(self, request: Request, member: int, *places: int) -> bytes:
        reviewed = review(request, self.statements, self.roster, NOW)
        digests = [self.digests[k] for k in places or (0, 1)]
        return respond(reviewed, self.share(member), digests, token_bytes).sign(self.members[member - 1].identity)

    def lie(self, request: Request, member: int, plaintext: bytes) -> bytes:
        made = seal_answer(request, self.roster, member, plaintext, token_bytes)
        return made.sign(self.members[member - 1].identity)


def test_public_data_alone_gets_no_answer() -> None:
    """An outsider knows statements, roster and members, and has no Blinder."""
    network = Network()
    session = Session.new(network.roster, network.statements, b"a stranger", NOW, EXPIRY, token_bytes)
    attested = session.draft.attested_digest()
    proofs = [schnorr_prove(BLS12381_G1, "authorisation", attested + S, 5, token_bytes) for S in network.digests]
    forged = Request(session.draft, tuple(proof.encode() for proof in proofs), b"")
    with pytest.raises(Error, match="Unauthorised.0"):
        network.answer(forged, 1)
    stolen = Request(session.draft, network.session().request().authorisations, b"")
    with pytest.raises(Error, match="Unauthorised.0"):
        network.answer(stolen, 1)


def test_an_authorisation_of_the_statement_alone_could_be_moved() -> None:
    """It is bound to the draft, and so to the keys that answers are sealed to."""
    network = Network()
    good = network.session().request()
    other = replace(good.draft, hpke_keys=network.session().draft.hpke_keys)
    with pytest.raises(Error, match="Unauthorised.0"):
        review(Request(other, good.authorisations, b""), network.statements, network.roster, NOW)
    unbound = schnorr_prove(BLS12381_G1, "authorisation", network.digests[0], network.blinders[0], token_bytes)
    with pytest.raises(Error, match="Unauthorised.0"):
        check_authorised(good.draft, 0, network.statements[0], unbound.encode())


def test_partial_answers_add_up() -> None:
    network = Network()
    session = network.session()
    request = session.request()
    for member, places in ((1, (0,)), (2, (0, 1)), (1, (1,)), (3, (0,))):
        session.accept(network.answer(request, member, *places), NOW)
    assert session.missing() == [0, 1]
    session = load(PARTY, session.encode())
    session.unlock(network.digests[0])
    with pytest.raises(Error, match="NotEnoughShares"):
        session.unlock(network.digests[1])
    session.accept(network.answer(request, 4, 0, 1), NOW)
    session.unlock(network.digests[1])
    assert session.missing() == [0, 0]


def test_answers_to_two_requests_add_up() -> None:
    """Below the threshold each, together not: answers to one statement count for ever."""
    network = Network()
    shares = []
    for members in ((1, 2), (3,)):
        session = network.session()
        for member in members:
            session.accept(network.answer(session.request(), member, 0), NOW)
        with pytest.raises(Error, match="NotEnoughShares"):
            session.unlock(network.digests[0])
        shares += [DecryptionShare(member, sigma) for (member, _), sigma in session.accepted.items()]
    combine(network.roster.recovery_party, shares, network.digests[0])


def test_a_bad_answer_is_shown_and_no_other_is_opened() -> None:
    network = Network()
    session = network.session()
    request = session.request()
    wrong = decryption_share(77, 2, network.digests[0]).sigma
    lie = network.lie(request, 2, u16(0) + wrong.encode())
    with pytest.raises(Error, match="BadDecryptionShares"):
        session.accept(lie, NOW)
    found = Accusation.decode(accuse(session, lie).encode())
    assert found.verify(network.roster, network.statements) == 2
    good = Response.decode(network.answer(request, 1))
    with pytest.raises(Error, match="BadResponse"):
        open_answers(request, network.roster, good, found.hpke_secret)
    with pytest.raises(Error, match="NoEvidence"):
        accuse(session, network.answer(request, 1))


def test_no_accusation_of_an_honest_member_holds() -> None:
    network = Network()
    session = network.session()
    request, answer = session.request(), network.answer(session.request(), 1)
    for secret in (session.hpke_secret(1), session.hpke_secret(2), token_bytes(32)):
        made = Accusation(request.encode(), answer, secret)
        with pytest.raises(Error, match="NoEvidence"):
            made.verify(network.roster, network.statements)
    stranger = seal_answer(request, network.roster, 1, b"garbage", token_bytes).body
    forged = stranger + answer[-65:]
    with pytest.raises(Error, match="BadSignature"):
        Accusation(request.encode(), forged, session.hpke_secret(1)).verify(network.roster, network.statements)


def test_a_member_finds_its_own_faults() -> None:
    network = Network()
    reviewed = review(network.session().request(), network.statements, network.roster, NOW)
    old = replace(network.share(1), secret=network.share(1).secret + 1)
    unused = replace(network.share(1), identifier=9)
    for share, error in ((old, "OtherSharing"), (unused, "UnusedIdentifier")):
        with pytest.raises(Error, match=error):
            respond(reviewed, share, network.digests, token_bytes)
    with pytest.raises(Error, match="WrongIdentity"):
        respond(reviewed, network.share(1), network.digests, token_bytes).sign(network.members[1].identity)


def test_two_rosters_are_told_apart() -> None:
    network, other = Network(), Network()
    with pytest.raises(Error, match="RosterMismatch"):
        review(network.session().request(), network.statements, other.roster, NOW)


def test_no_flipped_bit_of_a_stored_session_goes_through() -> None:
    network = Network()
    session = network.session()
    session.accept(network.answer(session.request(), 1), NOW)
    good = session.encode()
    for place in range(2, len(good)):
        bad = good[:place] + bytes([good[place] ^ 1 << place % 8]) + good[place + 1 :]
        with pytest.raises(Error, match="BadChecksum"):
            load(PARTY, bad)
    assert load(PARTY, good).encode() == good


def test_an_attestation_is_set_once_and_before_any_answer() -> None:
    network = Network()
    session, answered = network.session(), network.session()
    for _ in range(2):
        session.attest(b"quote")
    answered.accept(network.answer(answered.request(), 1), NOW)
    for late in (session, answered):
        with pytest.raises(Error, match="WrongRequest"):
            late.attest(b"other quote")
    assert (session.request().attestation, answered.request().attestation) == (b"quote", b"")


def test_times_are_not_zero_and_end_with_the_year_9999() -> None:
    assert [own_time(1), date(own_time(253_402_300_799))] == [1, "9999-12-31 23:59:59 UTC"]
    for bad in (0, -1, 253_402_300_800, 2**64 - 62_135_596_800, NOW * 10**9):
        with pytest.raises(Error, match="InvalidTime"):
            own_time(bad)


def test_the_short_code_is_the_drafts() -> None:
    request = Network().session().request()
    code = request.draft.short_code()
    assert [len(part) for part in code.split(" ")] == [5, 5, 5, 5] and code.replace(" ", "").isdigit()
    assert replace(request.draft, nonce=token_bytes(32)).short_code() != code
    assert date(1_795_780_800) == "2026-11-27 12:00:00 UTC"
