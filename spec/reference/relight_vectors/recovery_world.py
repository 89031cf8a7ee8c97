"""A request of a fresh node to the four members, and their answers: what the cases of chapter 11 share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from relight_ref import responses
from relight_ref.codec import long, u8
from relight_ref.curves import BLS12381_G1
from relight_ref.identifiers import encode_identifier
from relight_ref.requests import Request, RequestDraft
from relight_ref.roster import Roster
from relight_ref.sharing import VssCommitment
from relight_ref.statement import Statement
from relight_ref.wallets import Unsigned

from . import world
from .build import draw, draws
from .operations import run
from .values import scalar_hex

raw = bytes.fromhex
PARTY = world.PARTY.hex()
R = BLS12381_G1.order
NOW = 1_800_000_000
EXPIRY = NOW + 3600
ASKED = {7: "blinder", 8: "second blinder"}  # epochs, and the names of Blinders


@cache
def registration(index: int) -> str:
    return world.member_registration(index)


def register(index: int, key: int, identity: int, party: bytes = world.PARTY) -> str:
    secrets = {"member_key": scalar_hex(world.member_key(key)), "identity_secret": scalar_hex(world.identity(identity))}
    names = {"party": party.hex(), "index": index, "previous": ""}
    made: str = run("member_register", {**secrets, **names, "randomness": draws("other", 32)})["registration"]
    return made


def roster_of(
    registrations: Sequence[str], identifiers: Sequence[int] = (1, 2, 3, 4), commitment: VssCommitment | None = None
) -> str:
    """A registration may be missing."""
    pairs = zip(registrations, identifiers, strict=False)
    members = b"".join(raw(one) + encode_identifier(x) for one, x in pairs)
    found = commitment or world.recovery_commitment()
    return (u8(1) + long(found.points()) + long(members)).hex()


def roster(members: tuple[int, ...] = world.MEMBERS) -> str:
    return roster_of([registration(m) for m in members], members)


@cache
def renewed_roster() -> str:
    """Member 4 has renewed its registration."""
    first = registration(4)
    known = {"member_key": scalar_hex(world.member_key(54)), "identity_secret": scalar_hex(world.identity(4))}
    inputs = {**known, "party": "", "index": 0, "previous": first, "randomness": draws("renewed", 32)}
    second: str = run("member_register", inputs)["registration"]
    return roster_of([*(registration(m) for m in (1, 2, 3)), second])


def decoded_roster(data: str = "") -> Roster:
    return Roster.decode(world.PARTY, raw(data or roster()))


def statement(epoch: int, blinder: str) -> Statement:
    lock = replace(world.recovery_lock(), blinder=world.secret(blinder) * BLS12381_G1.generator)
    compartment = replace(world.backup_statement().compartments[0], lock=lock)
    return replace(world.backup_statement(epoch=epoch), compartments=(compartment,))


def asked() -> list[Statement]:
    return [statement(epoch, blinder) for epoch, blinder in ASKED.items()]


def digests() -> list[str]:
    return [one.digest().hex() for one in asked()]


def party_inputs() -> dict[str, Any]:
    return {"party": PARTY, "roster": roster(), "statements": [one.encode().hex() for one in asked()]}


def create_inputs(**changes: Any) -> dict[str, Any]:
    own = {"requester": b"fresh node 1".hex(), "now": NOW, "expiry": EXPIRY, "randomness": draws("request", 32, 32)}
    return {**party_inputs(), **own, **changes}


@cache
def created() -> dict[str, Any]:
    return run("request_create", create_inputs())


def decoded_draft() -> RequestDraft:
    return RequestDraft.decode(raw(created()["draft"]))


def authorise_inputs(place: int, draft: str = "") -> dict[str, Any]:
    blinder = scalar_hex(world.secret(list(ASKED.values())[place]))
    asked_ = asked()[place].encode().hex()
    fields = {"statement": asked_, "blinder": blinder, "randomness": draws(f"authorise {place}", 32)}
    return {"draft": draft or created()["draft"], **fields}


@cache
def authorisations(draft: str = "") -> tuple[str, ...]:
    return tuple(run("authorise", authorise_inputs(place, draft))["authorisation"] for place in range(len(ASKED)))


def complete_inputs(**changes: Any) -> dict[str, Any]:
    own = {"session": created()["session"], "authorisations": list(authorisations())}
    return {"party": PARTY, **own, "attestation": draw("attestation", 50), **changes}


@cache
def completed() -> dict[str, Any]:
    """The request, and the session in which it is complete."""
    return run("request_complete", complete_inputs())


def request() -> str:
    made: str = completed()["request"]
    return made


def authorised(draft: RequestDraft) -> str:
    """A request of another draft, with the right authorisations for it."""
    proofs = tuple(raw(one)[65:] for one in authorisations(draft.encode().hex()))
    return Request(draft, proofs, raw(draw("attestation", 50))).encode().hex()


def review_inputs(**changes: Any) -> dict[str, Any]:
    return {**party_inputs(), "request": request(), "now": NOW, **changes}


def key_share(member: int, secret: int | None = None) -> str:
    own = world.recovery_share(member) if secret is None else secret
    return world.share_object(world.recovery_commitment(), member, own, epoch=1)


def respond_inputs(member: int, *places: int, **changes: Any) -> dict[str, Any]:
    found = digests()
    chosen = [found[place] for place in places] if places else found
    own = {"key_share": key_share(member), "digests": chosen, "identity_secret": scalar_hex(world.identity(member))}
    return {**review_inputs(), **own, "randomness": draws(f"respond {member} {places}", 32), **changes}


@cache
def response(member: int, *places: int) -> str:
    """Even members sign with a wallet."""
    body = raw(run("respond", respond_inputs(member, *places))["body"])
    return world.signed_by(Unsigned("response", body, world.identity_public(member)), member)


def sealed(plaintext: bytes, member: int = 1, made_for: str = "", rosters: str = "") -> str:
    """Well sealed and signed, whatever it says."""
    rng = lambda n: bytes.fromhex(draw("dishonest", n))  # noqa: E731
    found = Request.decode(raw(made_for or request()))
    made = responses.seal_answer(found, decoded_roster(rosters), member, plaintext, rng)
    return world.signed_by(made, member)


def sigma(member: int, place: int) -> bytes:
    return raw(world.sigma_of(member, raw(digests()[place])))
