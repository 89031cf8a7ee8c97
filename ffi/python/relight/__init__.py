"""Relight for custodians' scripts: verify and audit backups, read registrations and requests.

Everything here is a call of the C library, which the header relight.h documents; what fails raises `Error`. Objects are
bytes, in the encoding of the specification. There are no secrets here.
"""

from collections.abc import Sequence

from relight._library import ABI_VERSION, Error, Inputs, Watch, as_digest, as_watch, call, check, text
from relight._relight import ffi, lib
from relight._values import (
    BlinderRegistration,
    Certified,
    Coverage,
    Draft,
    Entry,
    FormerEpoch,
    Holding,
    KeyCoverage,
    Member,
    Network,
    Node,
    NodeCoverage,
    Request,
    Roster,
    Statement,
    Stray,
    ZeroShare,
)

__all__ = [
    "BlinderRegistration", "Bundle", "Certified", "Coverage", "Draft", "Entry", "Error", "FormerEpoch", "Holding",
    "KeyCoverage", "Member", "Network", "Node", "NodeCoverage", "Request", "Roster", "Statement", "Stray", "Watch",
    "ZeroShare", "check_successor", "claim", "draft_text", "inspect_blinder_registration", "inspect_draft",
    "inspect_request", "inspect_statement", "review", "verify_backup", "verify_blinder_registration",
    "verify_member_registration", "verify_roster", "version",
]  # fmt: skip

if lib.relight_abi_version() != ABI_VERSION:
    raise ImportError("the library of relight has another binary interface than its header")


def version() -> str:
    """The version of the library."""
    return text(lib.relight_version())


class Bundle:
    """All that is public of a network, in one object that people compare once. Nothing in it is verified."""

    def __init__(self, encoding: bytes) -> None:
        claim = call(lib.relight_bundle_inspect, encoding, out="relight_bundle_claim")
        self.encoding = encoding
        self.digest: bytes = claim["digest"]
        """What names it. Trust the one that a trusted party gave, not the one of what was found."""
        self.network: bytes = claim["network"]
        self.epoch: int = claim["epoch"]
        self.short_code: str = claim["short_code"].decode()
        """What people compare by voice."""

    def verify(self, digest: bytes) -> Network:
        """All that it says, if it is the bundle of this digest and everything in it fits together."""
        return Network.read(call(lib.relight_bundle_verify, self.encoding, as_digest(digest), out="relight_bundle"))

    def audit(self, digest: bytes, backups: Sequence[bytes], watch: Watch | None = None) -> Coverage:
        """How its network is covered by these backups, which are all verified, as the bundle is before."""
        arguments = self.encoding, as_digest(digest), list(backups), *as_watch(watch)
        return Coverage.read(call(lib.relight_bundle_audit, *arguments, out="relight_coverage"))

    def check_successor(self, successor: "Bundle") -> list[str]:
        """What is different in the next bundle, if that may take the place of this one. Verify both before."""
        arguments = self.encoding, successor.encoding
        changes = call(lib.relight_bundle_check_successor, *arguments, out="relight_list")
        return [change.decode() for change in changes]


def verify_backup(backup: bytes, expected_statement: bytes) -> None:
    """Checks that the backup states what is expected and can be recovered."""
    verified = ffi.new("relight_backup **")
    check(lib.relight_backup_verify, backup, expected_statement, verified)
    lib.relight_backup_free(verified)


def claim(backup: bytes) -> bytes:
    """The statement that a backup claims to be about. Nothing is verified."""
    found: bytes = call(lib.relight_backup_claim, backup, out="relight_buffer")
    return found


def inspect_statement(statement: bytes) -> Statement:
    """What the statement of a backup says."""
    return Statement.read(call(lib.relight_statement_inspect, statement, out="relight_statement"))


def verify_blinder_registration(registration: bytes, network: bytes, node: bytes, operator_identity: bytes) -> bytes:
    """The public half of the Blinder, if the registration is for this network and node, and of this operator."""
    arguments = registration, network, node, operator_identity
    found: bytes = call(lib.relight_blinder_registration_verify, *arguments, out="relight_buffer")
    return found


def inspect_blinder_registration(registration: bytes) -> BlinderRegistration:
    """What the registration of a Blinder says. Nothing is verified."""
    function = lib.relight_blinder_registration_inspect
    return BlinderRegistration(**call(function, registration, out="relight_blinder_registration"))


def check_successor(known: bytes, following: bytes) -> None:
    """Checks that a registration of a Blinder may take the place of a verified one."""
    check(lib.relight_blinder_registration_check_successor, known, following)


def verify_member_registration(registration: bytes, party: bytes) -> Member:
    """What the registration of a member says, if it is valid under the name of its party."""
    return Member(**call(lib.relight_member_registration_verify, registration, party, out="relight_member"))


def verify_roster(party: bytes, roster: bytes) -> Roster:
    """What a roster says, if it is valid under the name of its party."""
    return Roster(**call(lib.relight_roster_verify, party, roster, out="relight_roster"))


def inspect_draft(draft: bytes) -> Draft:
    """What a draft asks. Nothing is verified."""
    return Draft(**call(lib.relight_draft_inspect, draft, out="relight_draft"))


def draft_text(draft: bytes, statements: Sequence[bytes]) -> str:
    """What a draft asks, for the person who has the Blinder."""
    found: bytes = call(lib.relight_draft_text, draft, list(statements), out="relight_buffer")
    return found.decode()


def inspect_request(request: bytes) -> Request:
    """What a request says. Nothing is verified."""
    return Request.read(call(lib.relight_request_inspect, request, out="relight_request"))


def review(request: bytes, statements: Sequence[bytes], party: bytes, roster: bytes, now: int) -> str:
    """What a request asks, claims and proves, for the person who decides about it.

    The statements are those of verified backups; the time is in seconds since 1970."""
    inputs = Inputs()
    given = [taken for field in (request, list(statements), party, roster, now) for taken in inputs.take(field)]
    passed = ffi.new("relight_review_input *", given)
    found: bytes = call(lib.relight_review, passed, out="relight_buffer")
    return found.decode()
