"""The life of a key, from generation through disaster to a new network, with real randomness."""

from __future__ import annotations

from secrets import token_bytes

from relight_ref import backup, dealing, decryption, derivation, identifiers, keys, recovery, sharing
from relight_ref.ceremony import Ceremony, Dealer, KeySlot, Recipient
from relight_ref.codec import decode_all
from relight_ref.curves import BLS12381_G1, SECP256K1
from relight_ref.parameters import INSECURE
from relight_ref.statement import Compartment, Entry, RecoveryLock, Statement

CONTEXT = b"life"
COUNT = 3
CURVES = (SECP256K1, SECP256K1, BLS12381_G1)


class Party:
    def __init__(self, index: int, identifier: int | None = None) -> None:
        self.index, self.identifier = index, identifier or index
        self.identity = keys.random_scalar(SECP256K1, token_bytes)
        self.key = keys.random_scalar(BLS12381_G1, token_bytes)

    def dealer(self) -> Dealer:
        return Dealer(self.index, self.identity * SECP256K1.generator, self.identifier)

    def recipient(self) -> Recipient:
        return Recipient(self.index, self.key * BLS12381_G1.generator, self.identifier)

    def registration(self) -> recovery.RosterMember:
        data = keys.register_member(self.key, self.identity, 1, CONTEXT, self.index, token_bytes)
        return recovery.RosterMember(decode_all(data, keys.MemberRegistration.read), self.identifier)


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
    assert len({outcome.public.transcript for outcome in outcomes}) == 1
    return outcomes


def test_the_life_of_a_key() -> None:
    members = [Party(k, 2 ** (8 * k)) for k in (1, 2, 3)]
    nodes = [Party(k, 3 ** (100 * k)) for k in (1, 2, 3)]
    party = run([KeySlot.generate(BLS12381_G1)], members, members, identifiers.supermajority(COUNT), {})
    network = run([KeySlot.generate(curve) for curve in CURVES], nodes, nodes, 2, {})
    recovery_key, roots = party[0].public.polynomials[0], network[0].public.polynomials
    derived = _derived(roots)
    blinders = {k: keys.random_scalar(BLS12381_G1, token_bytes) for k in (1, 2)}
    statements = {k: _statement(nodes[k - 1], recovery_key, blinders[k], roots) for k in blinders}
    backups = {k: backup.create_backup(statements[k], _in_order(network[k - 1]), token_bytes) for k in blinders}
    roster = _roster(recovery_key, members)
    restored = {k: _recover(statements[k], backups[k], blinders[k], roster, members, party) for k in blinders}
    fresh = [Party(k) for k in (5, 6, 7)]
    slots = [KeySlot.reshare(root) for root in roots]
    lit = run(slots, nodes[:2], fresh, 2, restored)
    assert [a.root_public_key for a in lit[0].public.polynomials] == [a.root_public_key for a in roots]
    assert _derived(lit[0].public.polynomials) == derived
    shares = {p.identifier: outcome.shares[0] for p, outcome in zip(fresh[1:], lit[1:], strict=True)}
    secret = sharing.combine_secrets(SECP256K1, shares)
    assert secret * SECP256K1.generator == roots[0].root_public_key


def _in_order(outcome: dealing.Outcome) -> list[int]:
    return list(outcome.shares.values())


def _derived(roots: tuple[sharing.PublicPolynomial, ...]) -> object:
    """From the first two roots, which are on one curve."""
    curve = roots[0].curve
    return derivation.derive_public(curve, b"user", curve.derivation_tag, [root.root_public_key for root in roots[:2]])


def _statement(
    node: Party, recovery_key: sharing.PublicPolynomial, blinder: int, roots: tuple[sharing.PublicPolynomial, ...]
) -> Statement:
    registration = keys.register_blinder(blinder, CONTEXT, bytes([node.index]), token_bytes)
    public = keys.verify_blinder_registration(registration, CONTEXT, bytes([node.index]))
    lock = RecoveryLock(recovery_key.root_public_key, public)
    compartment = Compartment(lock, tuple(Entry.of(root, node.identifier) for root in roots))
    return Statement(INSECURE, CONTEXT, 1, bytes([node.index]), (compartment,))


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
