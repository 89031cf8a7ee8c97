"""The operations of chapter 9."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from relight_ref import dealing
from relight_ref.backup import KeyShare
from relight_ref.ceremony import Ceremony
from relight_ref.closing import ClosedDealings, Dealings
from relight_ref.confirmations import (
    Confirmation,
    Confirmations,
    quorum,
    verify_certificate,
    verify_confirmation,
)
from relight_ref.errors import Error
from relight_ref.evidence import Evidence
from relight_ref.sharing import VssCommitment

from .operations_keys import unsigned
from .values import Draws, Json, raw, scalar_hex, secret_int


def _ceremony(v: Json) -> Ceremony:
    return Ceremony.decode(raw(v["ceremony"]))


def _agreed(dealings: Any) -> list[list[int | str]]:
    """Dealers and the digests of their dealings."""
    return [[one.dealer, one.digest.hex()] for one in dealings]


def result(step: Callable[[], object]) -> Json | None:
    """Nothing, or the error and what it carries."""
    try:
        step()
    except Error as error:
        return {"error": error.name} if error.detail is None else {"error": error.name, "detail": error.detail}
    return None


def _receive(dealings: Dealings | ClosedDealings, data: list[str]) -> list[Json | None]:
    return [result(lambda: dealings.receive(raw(one))) for one in data]  # noqa: B023


def ceremony(v: Json) -> Json:
    found = _ceremony(v)
    length = dealing.dealing_length(found)
    counts = {"needed": found.needed(), "quorum": quorum(found)}
    return {"digest": found.digest().hex(), **counts, "dealing_length": length}


def deal(v: Json) -> Json:
    """With an identity key, or with the member key of a dealer whose identity is a wallet's."""
    found, rng = _ceremony(v), Draws(v["randomness"])
    shares = [KeyShare.decode(raw(share)) for share in v["old_shares"]]
    hedge = raw(v["identity_secret"] or v["member_key"])
    made = dealing.deal(found, v["dealer"], hedge, shares, rng)
    rng.done()
    digest = dealing.dealing_digest(made.body + bytes(65)).hex()
    if v["identity_secret"]:
        return {"digest": digest, "dealing": made.sign(secret_int(v["identity_secret"])).hex()}
    return {"digest": digest, **unsigned(made)}


def dealing_verify(v: Json) -> Json:
    found = dealing.verify_dealing(_ceremony(v), raw(v["dealing"]))
    commitments = [a.encode().hex() for a in found.commitments]
    return {"dealer": found.dealer, "digest": found.digest.hex(), "commitments": commitments}


def _sets(dealings: Dealings | ClosedDealings) -> Json:
    kept = [dealings.kept[i] for i in sorted(dealings.kept)]
    return {"kept": _agreed(kept), "bad": sorted(dealings.expelled)}


def receive(v: Json) -> Json:
    """Dealings before closing and, if there is a certificate, after."""
    dealings = Dealings(_ceremony(v))
    before = _receive(dealings, v["dealings"])
    if not v["certificate"]:
        return {"results": before, **_sets(dealings)}
    closed = dealings.close(verify_certificate(dealings.ceremony, raw(v["certificate"])))
    later = _receive(closed, v["later"])
    return {"results": before, "later": later, **_sets(closed), "missing": _agreed(closed.missing())}


def confirm(v: Json) -> Json:
    """Dealings that are refused are dropped."""
    dealings = Dealings(_ceremony(v))
    _receive(dealings, v["dealings"])
    if v["confirmed"]:
        dealings.resume(Confirmation.decode(raw(v["confirmed"])))
    follow = Confirmation.decode(raw(v["follow"])) if v["follow"] else None
    made = dealings.confirm(v["recipient"], secret_int(v["member_key"]), follow)
    return {**unsigned(made), "confirmation": made.sign(secret_int(v["identity_secret"])).hex()}


def confirmation_verify(v: Json) -> Json:
    found = verify_confirmation(_ceremony(v), raw(v["confirmation"]))
    agreement = found.agreement
    return {"recipient": found.recipient, "outcome": agreement.outcome.hex(), "dealings": _agreed(agreement.dealings)}


def confirmations(v: Json) -> Json:
    found = Confirmations(_ceremony(v))
    results = [result(lambda: found.receive(raw(one))) for one in v["confirmations"]]  # noqa: B023
    return {"results": results, "most": found.most(), "unconfirmed": found.unconfirmed(), "failed": found.failed()}


def certificate(v: Json) -> Json:
    """Confirmations that are refused are dropped."""
    found = Confirmations(_ceremony(v))
    for one in v["confirmations"]:
        result(lambda: found.receive(raw(one)))  # noqa: B023
    return {"certificate": found.certificate().encode().hex()}


def certificate_verify(v: Json) -> Json:
    """The VSS commitments may be missing."""
    ceremony_ = _ceremony(v)
    found = verify_certificate(ceremony_, raw(v["certificate"]))
    commitments = [VssCommitment.decode(raw(a)) for a in v["commitments"]]
    if commitments:
        found.check_outcome(ceremony_, commitments)
    digests = {"transcript": found.agreement.transcript(ceremony_).hex(), "outcome": found.agreement.outcome.hex()}
    recipients = [one.recipient for one in found.confirmations]
    return {"recipients": recipients, "dealings": _agreed(found.agreement.dealings), **digests}


def finish(v: Json) -> Json:
    """Dealings that are refused are dropped, before closing and after."""
    dealings = Dealings(_ceremony(v))
    _receive(dealings, v["dealings"])
    closed = dealings.close(verify_certificate(dealings.ceremony, raw(v["certificate"])))
    _receive(closed, v["later"])
    outcome = closed.finish(v["recipient"], secret_int(v["member_key"]))
    commitments = outcome.public.commitments
    return {
        "bad": sorted(closed.expelled),
        "commitments": [a.encode().hex() for a in commitments],
        "shares": [scalar_hex(x, commitments[k].curve) for k, x in outcome.shares.items()],
        "shareless": [list(pair) for pair in outcome.public.shareless],
        "transcript": outcome.public.transcript.hex(),
        "outcome": outcome.public.digest().hex(),
    }


def evidence_verify(v: Json) -> Json:
    found = Evidence.decode(raw(v["evidence"])).verify(_ceremony(v))
    if found.recipient is not None:
        return {"recipient": found.recipient}
    return {"dealer": found.dealer, "fault": found.fault}


OPERATIONS: dict[str, Callable[[Json], Json]] = {
    function.__name__: function
    for function in (
        ceremony, deal, dealing_verify, receive, confirm, confirmation_verify, confirmations, certificate,
        certificate_verify, finish, evidence_verify,
    )
}  # fmt: skip
