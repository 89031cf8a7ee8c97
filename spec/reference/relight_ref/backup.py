"""Chapter 10: backups of a node's key shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from . import encryption, secret_objects
from .codec import Reader, decode_all, u16, u64
from .curves import BLS12381_G1, Curve, Point, curve_by_id
from .decryption import UnlockKey
from .errors import Error, require
from .identifiers import check_nonzero, check_threshold, encode_identifier, read_identifier
from .packing import Claim, responses_length
from .secret_objects import KEY_SHARE
from .sharing import Rng, VssCommitment, lagrange
from .statement import RecoveryLock, Statement
from .structure import RECOVERY, StatementForm, expect


@dataclass(frozen=True)
class Backup:
    """What a backup claims, and what is behind it: no point in it has been decoded."""

    claimed: StatementForm
    proof: bytes

    @staticmethod
    def decode(data: bytes) -> Backup:
        reader = Reader(data)
        claimed = StatementForm.read(reader, limit=1)
        [compartment] = claimed.compartments
        require(compartment.lock.type == RECOVERY, "WrongLock", compartment.lock.type)
        curves = [entry.curve for entry in compartment.entries]
        responses = responses_length(claimed.parameters, curves)
        proof = reader.rest()
        encryption.check_length(proof, encryption.proof_length(claimed.parameters, 1, responses))
        return Backup(claimed, proof)

    def claimed_statement(self) -> Statement:
        """For people to look at: nobody has proved it."""
        return Statement.from_form(self.claimed)


@dataclass(frozen=True)
class VerifiedBackup:
    statement: Statement
    proof: encryption.Proof


def check_backup_statement(statement: Statement) -> RecoveryLock:
    require(len(statement.compartments) == 1, "InvalidLength")
    lock = statement.compartments[0].lock
    if not isinstance(lock, RecoveryLock):
        raise Error("WrongLock", lock.type)
    return lock


def create_backup(statement: Statement, secrets: Sequence[int], rng: Rng) -> bytes:
    check_backup_statement(statement)
    return statement.encode() + encryption.encrypt(Claim.of(statement), secrets, rng)


def verify_backup(expected: Statement, data: bytes) -> VerifiedBackup:
    check_backup_statement(expected)
    backup = Backup.decode(data)
    expect(expected.form(), backup.claimed)
    return VerifiedBackup(expected, encryption.verify(Claim.of(expected), backup.proof))


def open_backup(backup: VerifiedBackup, unlock: UnlockKey, blinder: int) -> list[KeyShare]:
    lock = check_backup_statement(backup.statement)
    require(blinder * BLS12381_G1.generator == lock.blinder, "WrongBlinder")
    require(unlock.digest == backup.statement.digest(), "WrongUnlockKey")
    opener = encryption.recovery_opener(unlock.sigma, blinder)
    secrets = encryption.open_compartment(Claim.of(backup.statement), backup.proof, 0, opener)
    return key_shares(backup.statement, secrets)


# 10.5 Key shares


@dataclass(frozen=True)
class KeyShare:
    """What a node gets back: a secret share and what it is a share of."""

    epoch: int
    curve: Curve
    public_key: Point
    identifier: int
    threshold: int
    secret: int

    @staticmethod
    def of(epoch: int, commitment: VssCommitment, identifier: int, secret: int) -> KeyShare:
        """Checked against the commitment."""
        matches = secret * commitment.curve.generator == commitment.public_share(identifier)
        require(matches, "SecretMismatch", [0, 0])
        public_key, threshold = commitment.public_key, commitment.threshold
        return KeyShare(epoch, commitment.curve, public_key, identifier, threshold, secret)

    def encode(self) -> bytes:
        header = u64(self.epoch) + u16(self.curve.id) + self.public_key.encode()
        numbers = encode_identifier(self.identifier) + u16(self.threshold)
        return secret_objects.close(KEY_SHARE, header + numbers + self.curve.encode_scalar(self.secret))

    @staticmethod
    def read(reader: Reader) -> KeyShare:
        epoch, curve = reader.u64(), curve_by_id(reader.u16())
        public_key = curve.decode_point(reader.take(curve.point_len))
        identifier = check_nonzero(curve, read_identifier(reader))
        threshold = check_threshold(reader.u16())
        secret = curve.decode_secret(reader.take(curve.scalar_len))
        return KeyShare(epoch, curve, public_key, identifier, threshold, secret)

    @staticmethod
    def decode(data: bytes) -> KeyShare:
        return decode_all(secret_objects.open_object(KEY_SHARE, data), KeyShare.read)


def key_shares(statement: Statement, secrets: Sequence[int]) -> list[KeyShare]:
    pairs = zip(statement.compartments[0].entries, secrets, strict=True)
    return [KeyShare(statement.epoch, e.curve, e.public_key, e.identifier, e.threshold, x) for e, x in pairs]


def combine_key_shares(shares: Sequence[KeyShare]) -> int:
    """The key that they are shares of; all of them count."""
    require(len(shares) > 0, "InvalidLength")
    first = shares[0]
    for share in shares:
        require(share.public_key == first.public_key, "Mismatch", "PublicKey")
        require(share.epoch == first.epoch, "Mismatch", "Epoch")
        require(share.threshold == first.threshold, "Mismatch", "Threshold")
    weights = lagrange(first.curve, [share.identifier for share in shares])
    require(len(shares) >= first.threshold, "NotEnoughShares")
    secret = sum(w * share.secret for w, share in zip(weights, shares, strict=True)) % first.curve.order
    require(secret * first.curve.generator == first.public_key, "CombinedKeyMismatch")
    return secret
