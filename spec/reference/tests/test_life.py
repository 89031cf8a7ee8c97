"""The life of a key, from generation through disaster to a new network, with real randomness."""

from __future__ import annotations

from secrets import token_bytes

from relight_ref import backup, dealing, decryption, derivation, keys, recovery, sharing
from relight_ref.ceremony import Ceremony, Dealer, KeySlot, Recipient
from relight_ref.codec import decode_all
from relight_ref.curves import BLS12381_G1, SECP256K1
from relight_ref.parameters import INSECURE
from relight_ref.statement import Compartment, Entry, RecoveryLock, Statement

CONTEXT = b"life"
COUNT = 3


class Party:
    def __init__(self, index: int) -> None:
        self.index = index
        self.identity = keys.random_scalar(SECP256K1, token_bytes)
        self.key = keys.random_scalar(BLS12381_G1, token_bytes)

    def dealer(self) -> Dealer:
        return Dealer(self.index, self.identity * SECP256K1.generator)

    def recipient(self) -> Recipient:
        return Recipient(self.index, self.key * BLS12381_G1.generator)

    def registration(self) -> keys.MemberRegistration:
        data = keys.register_member(self.key, self.identity, 1, CONTEXT, self.index, token_bytes)
        return decode_all(data, keys.MemberRegistration.read)


def run(
    slots: list[KeySlot], dealers: list[Party], recipients: list[Party], threshold: int, old: dict[int, list[int]]
) -> list[dealing.Outcome]:
    parties = tuple(p.dealer() for p in dealers), tuple(p.recipient() for p in recipients)
    ceremony = Ceremony(INSECURE, CONTEXT, 1, threshold, tuple(slots), *parties)
    received = dealing.Dealings(Ceremony.decode(ceremony.encode()))
    for party in dealers:
        shares = old.get(party.index, [])
        received.receive(dealing.deal(ceremony, party.index, party.identity, 1, shares, token_bytes))
    outcomes = [dealing.finish(received, p.index, p.key) for p in recipients]
    assert len({outcome.transcript for outcome in outcomes}) == 1
    return outcomes


def test_the_life_of_a_key() -> None:
    members, nodes = [Party(k) for k in (1, 2, 3)], [Party(k) for k in (1, 2, 3)]
    party = run([KeySlot(BLS12381_G1, None)], members, members, sharing.supermajority(COUNT), {})
    network = run([KeySlot(SECP256K1, None), KeySlot(BLS12381_G1, None)], nodes, nodes, 2, {})
    recovery_key, roots = party[0].polynomials[0], network[0].polynomials
    derived = _derived(roots[0])
    blinders = {k: keys.random_scalar(BLS12381_G1, token_bytes) for k in (1, 2)}
    statements = {k: _statement(k, recovery_key, blinders[k], roots) for k in blinders}
    backups = {k: backup.create_backup(statements[k], network[k - 1].shares, token_bytes) for k in blinders}
    roster = _roster(recovery_key, members)
    restored = {k: _recover(statements[k], backups[k], blinders[k], roster, members, party) for k in blinders}
    fresh = [Party(k) for k in (5, 6, 7)]
    slots = [KeySlot(root.curve, root) for root in roots]
    lit = run(slots, nodes[:2], fresh, 2, restored)
    assert [a.root_public_key for a in lit[0].polynomials] == [a.root_public_key for a in roots]
    assert _derived(lit[0].polynomials[0]) == derived
    shares = {p.index: outcome.shares[0] for p, outcome in zip(fresh[1:], lit[1:], strict=True)}
    secret = sharing.combine_secrets(SECP256K1, shares)
    assert secret * SECP256K1.generator == roots[0].root_public_key


def _derived(root: sharing.PublicPolynomial) -> object:
    dst = root.curve.derivation_tag
    return derivation.derive_public(root.curve, b"user", dst, [root.root_public_key])


def _statement(
    node: int, recovery_key: sharing.PublicPolynomial, blinder: int, roots: tuple[sharing.PublicPolynomial, ...]
) -> Statement:
    registration = keys.register_blinder(blinder, CONTEXT, bytes([node]), token_bytes)
    public = keys.verify_blinder_registration(registration, CONTEXT, bytes([node]))
    lock = RecoveryLock(recovery_key.root_public_key, public)
    compartment = Compartment(lock, tuple(Entry.of(root, node) for root in roots))
    return Statement(INSECURE, CONTEXT, 1, bytes([node]), (compartment,))


def _roster(recovery_key: sharing.PublicPolynomial, members: list[Party]) -> recovery.Roster:
    made = recovery.Roster.new(CONTEXT, recovery_key, tuple(m.registration() for m in members))
    return recovery.Roster.decode(CONTEXT, made.encode())


def _recover(
    statement: Statement,
    data: bytes,
    blinder: int,
    roster: recovery.Roster,
    members: list[Party],
    party: list[dealing.Outcome],
) -> list[int]:
    opened = recovery.create_request(roster, [statement], b"fresh", 100, b"", token_bytes)
    session = recovery.Session(opened, roster)
    for member, outcome in zip(members, party, strict=True):
        recovery.review(opened.request, [statement], roster, 99)
        session.accept(
            recovery.respond(opened.request, member.index, outcome.shares[0], member.identity, 2, token_bytes), 99
        )
    unlock = session.finish()[0]
    assert isinstance(unlock, decryption.UnlockKey)
    shares = backup.open_backup(backup.verify_backup(statement, data), unlock, blinder)
    return [share.secret for share in shares]
