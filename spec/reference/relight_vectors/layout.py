"""Offsets of fields in encodings that the cases damage."""

from __future__ import annotations

from relight_ref.statement import Statement


class StatementLayout:
    """Where the fields of a statement with one recovery compartment lie."""

    def __init__(self, statement: Statement) -> None:
        self.network_length = 2
        self.epoch = 3 + len(statement.network)
        self.node_length = self.epoch + 8
        self.compartments_length = self.node_length + 1 + len(statement.node)
        self.lock = self.compartments_length + 4
        self.recovery_key = self.lock + 1
        self.blinder = self.recovery_key + 48
        self.entries_length = self.blinder + 48
        self.entries = self.entries_length + 4
        self.end = len(statement.encode())


class EntryLayout:
    """Where the fields of an entry lie, from the entry's own offset on. The identifier begins with its length."""

    def __init__(self, offset: int, point_length: int, identifier_length: int = 1) -> None:
        self.curve = offset
        self.public_key = offset + 2
        self.identifier = self.public_key + point_length
        self.threshold = self.identifier + 1 + identifier_length
        self.share = self.threshold + 2
        self.end = self.share + point_length


class ProofLayout:
    """Where the fields of a proof lie."""

    def __init__(self, instances: int, kept: int, compartments: int, entries: int) -> None:
        self.challenge = 0
        self.nonce = 32
        self.revealed = 48
        self.kept = 48 + 36 * (instances - kept)
        self.kept_length = 48 + 16 * compartments + 16 + 32 * entries
        self.wrapped_sub_seeds, self.salt = 48, 48 + 16 * compartments
        self.responses = self.salt + 16
        self.length = self.kept + kept * self.kept_length
