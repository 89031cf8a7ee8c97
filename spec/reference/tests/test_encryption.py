"""Chapter 6: completeness, cheating provers, and what the public proof tells."""

from __future__ import annotations

from dataclasses import replace
from secrets import token_bytes

import pytest

from relight_ref import encryption
from relight_ref.curves import SECP256K1
from relight_ref.encryption import Bound
from relight_ref.errors import Error
from relight_ref.packing import Claim, Part, responses_length
from relight_ref.parameters import BROADCAST, BULK, COMPACT, FAST, INSECURE, INSECURE_PACKED, PACKED, ParameterSet
from relight_ref.statement import MemberLock
from relight_vectors import world


MIXED = Claim.of(world.mixed_statement())
BACKUP = Claim.of(world.backup_statement())


def fresh() -> tuple[encryption.Proof, bytes]:
    data = encryption.encrypt(MIXED, world.mixed_secrets(), token_bytes)
    return encryption.verify(MIXED, data), data


def test_a_proof_verifies_and_every_compartment_opens() -> None:
    secrets = world.mixed_secrets()
    proof, data = fresh()
    assert len(data) == encryption.proof_length(world.TEST, 3, 5 * 32)
    first = encryption.member_opener(world.member_key(1))
    assert encryption.open_compartment(MIXED, proof, 0, first) == secrets[:2]
    third = encryption.member_opener(world.member_key(2))
    assert encryption.open_compartment(MIXED, proof, 2, third) == secrets[4:]


def test_every_kept_instance_opens_by_itself() -> None:
    proof, _ = fresh()
    opener = encryption.member_opener(world.member_key(1))
    for i in proof.kept:
        single = replace(proof, kept={i: proof.kept[i]})
        assert encryption.open_compartment(MIXED, single, 0, opener) == world.mixed_secrets()[:2]


def test_two_proofs_of_one_statement_differ() -> None:
    """They share no seed, and what they hash is bound to different nonces."""
    (first, one), (second, other) = fresh(), fresh()
    assert one != other and first.nonce != second.nonce
    a, b = (encryption.derive_instance(Bound(MIXED, proof.nonce), 0, bytes(16)) for proof in (first, second))
    assert a.encapsulation != b.encapsulation and not set(a.wrapped_sub_seeds) & set(b.wrapped_sub_seeds)


@pytest.mark.parametrize("set_", [FAST, COMPACT, BROADCAST, PACKED, BULK])
def test_subsets_have_the_right_size(set_: ParameterSet) -> None:
    kept = encryption.subset(set_, token_bytes(32))
    assert len(kept) == set_.kept and kept == sorted(set(kept)) and kept[-1] < set_.instances


def test_a_wrong_secret_cannot_be_encrypted_without_notice() -> None:
    """A prover who skips the check of its secrets, in every instance, is caught by the batch."""
    data = _encrypt_unchecked(BACKUP, [world.root_shares(1)[0] + 1, world.root_shares(1)[1]])
    with pytest.raises(Error, match="ProofRejected"):
        encryption.verify(BACKUP, data)


def _encrypt_unchecked(claim: Claim, secrets: list[int]) -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encryption, "check_secrets", lambda *_: None)
        return encryption.encrypt(claim, secrets, token_bytes)


def _sizes(keys: int) -> dict[int, int]:
    """Of proofs for so many keys on one curve, by parameter set."""
    sets = (FAST, COMPACT, BROADCAST, PACKED, BULK)
    return {s.id: encryption.proof_length(s, 1, responses_length(s, [SECP256K1] * keys)) for s in sets}


def test_the_sizes_of_proofs_and_which_set_is_the_smallest() -> None:
    formulas = {1: (7616, 2048, 1), 2: (8072, 1280, 1), 3: (16224, 768, 1), 4: (9820, 2080, 10), 5: (11384, 3584, 10)}
    for keys in range(1, 40):
        sizes = _sizes(keys)
        assert sizes == {s: start + each * -(-keys // width) for s, (start, each, width) in formulas.items()}
        assert min(sizes, key=lambda s: sizes[s]) == (2 if keys < 3 else 4)
    assert (_sizes(3)[4], _sizes(3)[2]) == (11900, 11912)


@pytest.mark.parametrize("set_", [INSECURE, INSECURE_PACKED])
def test_a_secret_may_be_zero(set_: ParameterSet) -> None:
    """In a dealing; a statement does not list the identity."""
    secrets = [0, 5, 0]
    parts = (Part(MemberLock(world.member_public(1)), tuple(x * SECP256K1.generator for x in secrets)),)
    claim = Claim(bytes(32), set_, parts)
    proof = encryption.verify(claim, encryption.encrypt(claim, secrets, token_bytes))
    assert encryption.open_compartment(claim, proof, 0, encryption.member_opener(world.member_key(1))) == secrets


def test_the_public_proof_does_not_let_a_secret_be_guessed() -> None:
    """A guess of a secret gives the masks of the kept instances; nothing public confirms or refutes it.

    The tests an attacker has: the response hashes of revealed instances (salted) and the responses of kept ones
    (masked by hashes of sealed sub-seeds). The right guess must pass none that a wrong one fails.
    """
    secrets = world.root_shares(1)
    proof = encryption.verify(BACKUP, bytes.fromhex(world.backup_proof()))
    bound = Bound(BACKUP, proof.nonce)
    for i, revealed in proof.revealed.items():
        masks = encryption.derive_instance(bound, i, revealed.seed).masks
        responses = [(masks[0, j] + x) % share.curve.order for x, (_, j, share) in zip(secrets, BACKUP.slots(), strict=True)]
        for salt in (b"", bytes(16), revealed.seed, proof.challenge[:16], proof.nonce):
            assert encryption.response_hash(bound, i, salt, responses) != revealed.response_hash
    seen = {kept.responses[0] - secrets[0] for kept in proof.kept.values()}
    assert len(seen) == len(proof.kept), "masks must not repeat"


def test_masks_and_nonces_are_not_reused_between_instances_entries_and_compartments() -> None:
    bound = Bound(MIXED, bytes(16))
    masks = [m for i in range(4) for m in encryption.derive_instance(bound, i, bytes(16)).masks.values()]
    assert len(set(masks)) == len(masks)


def test_the_batch_would_miss_an_error_in_its_kernel() -> None:
    """Why responses are bound before the coefficients are known: with known ones, errors can cancel."""
    first = token_bytes(32)
    weights = encryption.batching_coefficients(MIXED, SECP256K1, first)
    order = SECP256K1.order
    errors = {(0, 0): weights[1, 0], (1, 0): -weights[0, 0] % order, (2, 0): 0}
    values = {(c, j): errors.get((c, j), 0) for c, j, _ in MIXED.slots()}
    assert encryption.batched(MIXED, SECP256K1, first, values) == 0
