"""Chapter 6: completeness, cheating provers, and what the public proof tells."""

from __future__ import annotations

from dataclasses import replace
from secrets import token_bytes

import pytest

from relight_ref import encryption
from relight_ref.curves import SECP256K1
from relight_ref.errors import Error
from relight_ref.parameters import COMPACT, FAST, PACKED, SMALLEST, ParameterSet
from relight_ref.statement import Statement
from relight_vectors import world


def fresh() -> tuple[encryption.Proof, bytes]:
    statement = world.mixed_statement()
    data = encryption.encrypt(statement, world.mixed_secrets(), token_bytes)
    return encryption.verify(statement, data), data


def test_a_proof_verifies_and_every_compartment_opens() -> None:
    statement, secrets = world.mixed_statement(), world.mixed_secrets()
    proof, data = fresh()
    assert len(data) == encryption.proof_length(statement)
    first = encryption.member_opener(world.member_key(1))
    assert encryption.open_compartment(statement, proof, 0, first) == secrets[:2]
    third = encryption.member_opener(world.member_key(2))
    assert encryption.open_compartment(statement, proof, 2, third) == secrets[4:]


def test_every_kept_instance_opens_by_itself() -> None:
    statement = world.mixed_statement()
    proof, _ = fresh()
    opener = encryption.member_opener(world.member_key(1))
    for i in proof.kept:
        single = replace(proof, kept={i: proof.kept[i]})
        assert encryption.open_compartment(statement, single, 0, opener) == world.mixed_secrets()[:2]


def test_two_proofs_of_one_statement_differ() -> None:
    assert fresh()[1] != fresh()[1]


@pytest.mark.parametrize("set_", [FAST, COMPACT, SMALLEST, PACKED])
def test_subsets_have_the_right_size(set_: ParameterSet) -> None:
    kept = encryption.subset(set_, token_bytes(32))
    assert len(kept) == set_.kept and kept == sorted(set(kept)) and kept[-1] < set_.instances


def test_a_wrong_secret_cannot_be_encrypted_without_notice() -> None:
    """A prover who skips the check of its secrets, in every instance, is caught by the batch."""
    statement, secrets = world.backup_statement(), [world.root_shares(1)[0] + 1, world.root_shares(1)[1]]
    data = _encrypt_unchecked(statement, secrets)
    with pytest.raises(Error, match="ProofRejected"):
        encryption.verify(statement, data)


def _encrypt_unchecked(statement: Statement, secrets: list[int]) -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encryption, "check_secrets", lambda *_: None)
        return encryption.encrypt(statement, secrets, token_bytes)


def test_the_public_proof_does_not_let_a_secret_be_guessed() -> None:
    """A guess of a secret gives the masks of the kept instances; nothing public confirms or refutes it.

    The tests an attacker has: the response hashes of opened instances (salted) and the responses of kept ones
    (masked by hashes of sealed sub-seeds). The right guess must pass none that a wrong one fails.
    """
    statement, secrets = world.backup_statement(), world.root_shares(1)
    proof = encryption.verify(statement, bytes.fromhex(world.backup_proof()))
    for i, opened in proof.opened.items():
        masks = encryption.derive_instance(statement, i, opened.seed).masks
        responses = [
            (masks[0, j] + x) % e.curve.order
            for j, (x, (_, _, e)) in enumerate(zip(secrets, statement.slots(), strict=True))
        ]
        for salt in (b"", bytes(16), opened.seed, proof.challenge[:16]):
            assert encryption.response_hash(statement, i, salt, responses) != opened.response_hash
    seen = {kept.responses[0] - secrets[0] for kept in proof.kept.values()}
    assert len(seen) == len(proof.kept), "masks must not repeat"


def test_masks_and_nonces_are_not_reused_between_instances_entries_and_compartments() -> None:
    statement = world.mixed_statement()
    masks = [m for i in range(4) for m in encryption.derive_instance(statement, i, bytes(16)).masks.values()]
    assert len(set(masks)) == len(masks)


def test_the_batch_would_miss_an_error_in_its_kernel() -> None:
    """Why responses are bound before the coefficients are known: with known ones, errors can cancel."""
    first, statement = token_bytes(32), world.mixed_statement()
    weights = encryption.batching_coefficients(statement, SECP256K1, first)
    order = SECP256K1.order
    errors = {(0, 0): weights[1, 0], (1, 0): -weights[0, 0] % order, (2, 0): 0}
    values = {(c, j): errors.get((c, j), 0) for c, j, _ in statement.slots()}
    assert encryption.batched(statement, SECP256K1, first, values) == 0
