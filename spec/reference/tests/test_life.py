"""The life of a key, from generation through disaster to a new network, with real randomness."""

from __future__ import annotations

from secrets import token_bytes

from relight_ref import backup, derivation, identifiers, keys, registrations, sharing
from relight_ref.backup import KeyShare
from relight_ref.ceremony import Keys
from relight_ref.curves import BLS12381_G1, SECP256K1
from relight_ref.outcome import Outcome
from relight_ref.parameters import INSECURE
from relight_ref.requests import authorise, review
from relight_ref.responses import respond
from relight_ref.roster import Roster
from relight_ref.session import Session, load
from relight_ref.statement import Compartment, Entry, RecoveryLock, Statement

from .parties import NETWORK, PARTY, Party, key_shares, plan, run

COUNT = 3
CURVES = (SECP256K1, SECP256K1, BLS12381_G1)


def test_the_life_of_a_key() -> None:
    members = [Party(k, 2 ** (8 * k)) for k in (1, 2, 3)]
    nodes = [Party(k, 3 ** (100 * k)) for k in (1, 2, 3)]
    recovery = plan(Keys.generate(BLS12381_G1), members, members, identifiers.supermajority(COUNT))
    party = run(recovery, members, members, {})
    network = run(plan(Keys.generate(*CURVES), nodes, nodes, 2), nodes, nodes, {})
    recovery_key, roots = party[1].public.commitments[0], network[1].public.commitments
    derived = _derived(roots)
    roster = _roster(recovery_key, members)
    restored = {k: _disaster(nodes[k - 1], recovery_key, network[k], roster, members, party) for k in (1, 2)}
    fresh = [Party(k) for k in (5, 6, 7)]
    resharing = plan(Keys.reshare(*((root, 0) for root in roots)), nodes[:2], fresh, 2)
    lit = run(resharing, nodes[:2], fresh, restored)
    assert [a.public_key for a in lit[5].public.commitments] == [a.public_key for a in roots]
    assert _derived(lit[5].public.commitments) == derived
    secret = sharing.combine_secrets(SECP256K1, {k: lit[k].shares[0] for k in (6, 7)})
    assert secret * SECP256K1.generator == roots[0].public_key


def _derived(roots: tuple[sharing.VssCommitment, ...]) -> object:
    """From the first two roots, which are on one curve."""
    curve = roots[0].curve
    return derivation.derive_public(curve, b"user", curve.derivation_tag, [root.public_key for root in roots[:2]])


def _disaster(
    node: Party,
    recovery_key: sharing.VssCommitment,
    outcome: Outcome,
    roster: Roster,
    members: list[Party],
    party: dict[int, Outcome],
) -> list[KeyShare]:
    """The node makes a backup, loses everything, and gets its shares back."""
    blinder, operator = keys.random_scalar(BLS12381_G1, token_bytes), Party(100 + node.index)
    statement = _statement(node, operator, recovery_key, blinder, outcome)
    data = backup.create_backup(statement, list(outcome.shares.values()), token_bytes)
    session = _authorised(roster, statement, blinder)
    for member in members:
        _answer(session, statement, member, key_shares(party[member.index], member.identifier)[0])
        session = load(PARTY, session.encode())
    unlock = session.unlock(statement.digest())
    restored = backup.open_backup(backup.verify_backup(statement, data), unlock, blinder)
    assert restored == key_shares(outcome, node.identifier)
    return restored


def _statement(
    node: Party, operator: Party, recovery_key: sharing.VssCommitment, blinder: int, outcome: Outcome
) -> Statement:
    name, identity = bytes([node.index]), operator.identity_public
    registration = registrations.register_blinder(blinder, NETWORK, name, identity, token_bytes).sign(operator.identity)
    public = registrations.verify_blinder_registration(registration, NETWORK, name, identity).blinder
    entries = tuple(Entry.of(root, node.identifier) for root in outcome.public.commitments)
    compartment = Compartment(RecoveryLock(recovery_key.public_key, public), entries)
    return Statement(INSECURE, NETWORK, 1, name, (compartment,))


def _roster(recovery_key: sharing.VssCommitment, members: list[Party]) -> Roster:
    made = Roster.new(PARTY, recovery_key, tuple(m.registration() for m in members))
    return Roster.decode(PARTY, made.encode())


def _authorised(roster: Roster, statement: Statement, blinder: int) -> Session:
    session = Session.new(roster, [statement], b"fresh", 50, 100, token_bytes)
    session.authorised.add(authorise(session.draft, statement, blinder, token_bytes))
    return session


def _answer(session: Session, statement: Statement, member: Party, share: KeyShare) -> None:
    reviewed = review(session.request(), [statement], session.roster, 99)
    answer = respond(reviewed, share, [statement.digest()], token_bytes).sign(member.identity)
    assert session.accept(answer, 99)[0] == member.index
