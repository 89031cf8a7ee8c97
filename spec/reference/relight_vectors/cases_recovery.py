"""Cases of chapters 10 and 11."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from relight_ref import parameters, recovery, signatures
from relight_ref.codec import long, u8, u16
from relight_ref.curves import BLS12381_G1, REGISTRY, SECP256K1
from relight_ref.statement import Compartment, MemberLock, RecoveryLock, Statement

from . import world
from .build import Change, Vectors, draw, draws
from .layout import EntryLayout, ProofLayout, StatementLayout
from .mutations import BAD_G1, BAD_G2, BAD_POINTS, BAD_SECP, bad_scalars, flip, remove, replaced, splice, structural
from .operations import run, scalar_hex

PROOF = ProofLayout(8, 4, 1, 2)
CONTEXT = world.CONTEXT.hex()
R = BLS12381_G1.order
NOW = 1_800_000_000


# Chapter 10


def backup_create() -> Vectors:
    v = Vectors("backup_create")
    secrets = [scalar_hex(x) for x in world.root_shares(1)]
    base = "two keys, test set"
    v.accept(base, statement=world.backup_statement().encode().hex(), secrets=secrets, randomness=draws("backup", 32))
    every, shares = world.every_statement().encode().hex(), world.share_hexes(1, world.EVERY)
    v.accept("every curve", statement=every, secrets=shares, randomness=[draw("every")])
    v.reject(base, "the secrets are swapped", "SecretMismatch", secrets=secrets[::-1])
    v.reject(base, "two compartments", "InvalidLength", statement=world.mixed_statement().encode().hex())
    v.reject(base, "a member lock", "UnknownLock", statement=_with_member_lock().encode().hex())
    return v


def _with_member_lock() -> Statement:
    compartment = Compartment(MemberLock(world.member_public(1)), world.entries(1))
    return Statement(world.TEST, world.CONTEXT, world.EPOCH, world.NODE, (compartment,))


def backup_verify() -> Vectors:
    v, good = Vectors("backup_verify"), world.backup()
    expected = world.backup_statement().encode().hex()
    base = "two keys, test set"
    v.accept(base, expected=expected, backup=good)
    every = world.every_statement().encode().hex()
    v.accept("every curve", expected=every, backup=every + world.every_proof())
    v.reject_all(base, structural("backup", good))
    v.reject_all(base, _other_expectations())
    v.reject_all(base, _damaged_backups(good))
    return v


def _expected(**changes: Any) -> Statement:
    fields = {"parameters": world.TEST, "context": world.CONTEXT, "epoch": world.EPOCH, "node": world.NODE}
    compartments = (Compartment(world.recovery_lock(), world.entries(1)),)
    return Statement(**{**fields, "compartments": compartments, **changes})


def _other_expectations() -> Iterator[Change]:
    """The backup is good, but for something else than the caller expects."""
    found = {
        "ParameterSet": _expected(parameters=parameters.FAST),
        "Context": _expected(context=b"another network"),
        "Epoch": _expected(epoch=world.EPOCH + 1),
        "Node": _expected(node=b"node-2"),
        "RecoveryKey": _locked(RecoveryLock(world.member_public(3), world.recovery_lock().blinder)),
        "Blinder": _locked(RecoveryLock(world.recovery_lock().recovery_key, world.member_public(3))),
        "EntryCount": _holding(world.entries(1)[:1]),
        "Curve": _holding(world.entries(1)[::-1]),
    }
    for field, statement in found.items():
        other = statement.encode().hex()
        yield f"the caller expects otherwise: {field}", f"StatementMismatch:{field}", {"expected": other}
    good = world.backup_statement().encode().hex()
    at = EntryLayout(StatementLayout(world.backup_statement()).entries, 33)
    other = world.identity_public(3).encode().hex()
    fields = {
        "RootPublicKey": (at.root, other),
        "Identifier": (at.identifier, "0002"),
        "Threshold": (at.threshold, "0003"),
        "PublicShare": (at.share, other),
    }
    for field, (offset, new) in fields.items():
        yield (
            f"the caller expects otherwise: {field}",
            f"StatementMismatch:{field}",
            {"expected": splice(good, offset, new)},
        )


def _locked(lock: RecoveryLock) -> Statement:
    return _expected(compartments=(Compartment(lock, world.entries(1)),))


def _holding(entries: Any) -> Statement:
    return _expected(compartments=(Compartment(world.recovery_lock(), entries),))


def _damaged_backups(good: str) -> Iterator[Change]:
    at = StatementLayout(world.backup_statement())
    first, proof = EntryLayout(at.entries, 33), at.end
    yield "another epoch", "StatementMismatch:Epoch", {"backup": flip(good, at.epoch + 7)}
    yield "another context", "StatementMismatch:Context", {"backup": flip(good, at.context_length + 1)}
    yield "another identifier", "StatementMismatch:Identifier", {"backup": splice(good, first.identifier, "0009")}
    yield "an unknown parameter set", "UnknownParameterSet", {"backup": splice(good, 1, "05")}
    yield "an unknown lock", "UnknownLock", {"backup": splice(good, at.lock, "03")}
    yield "an unknown curve", "UnknownCurve", {"backup": splice(good, first.curve, "00ff")}
    yield "a member lock", "UnknownLock", {"backup": _with_member_lock().encode().hex() + good[2 * proof :]}
    yield "two compartments", "InvalidLength", {"backup": world.mixed_statement().encode().hex() + world.mixed_proof()}
    yield from list(replaced("backup", good, at.recovery_key, "the recovery key", "InvalidPoint", BAD_G1))[:3]
    yield from list(replaced("backup", good, first.share, "a public share", "InvalidPoint", BAD_SECP))[:3]
    yield "another parameter set", "Truncated", {"backup": splice(good, 1, "01")}
    yield "the challenge has a bit flipped", "ProofRejected", {"backup": flip(good, proof)}
    kept = proof + PROOF.kept
    yield "a wrap has a bit flipped", "ProofRejected", {"backup": flip(good, kept + PROOF.wraps)}
    yield "a response has a bit flipped", "ProofRejected", {"backup": flip(good, -1)}
    yield "a response is the group order", "InvalidScalar", {"backup": splice(good, -32, scalar_hex(R))}


def backup_open() -> Vectors:
    v, found = Vectors("backup_open"), world.backup_statement()
    digest, encoded = found.digest(), found.encode().hex()
    keys = {"digest": digest.hex(), "sigma": world.sigma(digest), "blinder": "01" + scalar_hex(world.blinder())}
    base = "two keys, test set"
    v.accept(base, expected=encoded, backup=world.backup(), **keys)
    every = world.every_statement()
    unlock = {"digest": every.digest().hex(), "sigma": world.sigma(every.digest()), "blinder": keys["blinder"]}
    encoded_every = every.encode().hex()
    v.accept("every curve", expected=encoded_every, backup=encoded_every + world.every_proof(), **unlock)
    other = world.backup_statement(epoch=8).digest()
    v.reject(
        base, "the unlock key of another statement", "WrongStatement", digest=other.hex(), sigma=world.sigma(other)
    )
    v.reject(base, "another Blinder", "WrongBlinder", blinder="01" + scalar_hex(world.blinder() + 1))
    v.reject(base, "a Blinder of zero", "InvalidScalar", blinder="01" + "00" * 32)
    v.reject(base, "another epoch is expected", "StatementMismatch:Epoch", expected=_expected(epoch=8).encode().hex())
    v.reject(base, "a response has a bit flipped", "ProofRejected", backup=flip(world.backup(), -1))
    v.reject_all(base, structural("backup", world.backup()))
    v.reject_all(base, replaced("sigma", keys["sigma"], 0, "the unlock key", "InvalidPoint", BAD_G2))
    return v


def key_share() -> Vectors:
    v = Vectors("key_share")
    opened = backup_open().accepted[1]["output"]["key_shares"]
    for curve, share in zip(REGISTRY.values(), opened, strict=True):
        v.accept(curve.name, key_share=share)
        v.reject_all(curve.name, structural("key_share", share))
        secrets = replaced("key_share", share, -curve.scalar_len, "the secret", "InvalidScalar", bad_scalars(curve, True))
        v.reject_all(curve.name, secrets)
        points = replaced("key_share", share, 11, "the root key", "InvalidPoint", BAD_POINTS[curve.id])
        v.reject_all(curve.name, points)
    good = opened[0]
    v.reject("secp256k1", "an unknown curve", "UnknownCurve", key_share=splice(good, 9, "00ff"))
    v.reject("secp256k1", "identifier zero", "InvalidIdentifier", key_share=splice(good, 44, "0000"))
    v.reject("secp256k1", "threshold zero", "InvalidThreshold", key_share=splice(good, 46, "0000"))
    return v


def _node_backup(number: int, **changes: Any) -> str:
    name, blinder = f"node-{number}".encode(), world.secret(f"blinder {number}") * BLS12381_G1.generator
    lock = RecoveryLock(world.recovery_lock().recovery_key, blinder)
    statement = _expected(node=name, compartments=(Compartment(lock, world.entries(number)),))
    statement = Statement(**{**vars(statement), **changes})
    secrets = [scalar_hex(x) for x in world.root_shares(number)]
    return _created(statement.encode().hex(), tuple(secrets), f"node {number}")


@cache
def _created(statement: str, secrets: tuple[str, ...], name: str) -> str:
    made: str = run("backup_create", {"statement": statement, "secrets": secrets, "randomness": draws(name, 32)})[
        "backup"
    ]
    return made


def coverage() -> Vectors:
    v = Vectors("coverage")
    good = [_node_backup(node) for node in world.NODES]
    network = _network()
    old = _node_backup(1, epoch=world.EPOCH - 1)
    bad = flip(good[0], -1)
    cases = {
        "every node": good,
        "no backups": [],
        "one node": good[:1],
        "two nodes, one twice": [good[1], good[0], good[1]],
        "an old backup": [old, good[1], good[2]],
        "an old backup beside the new one": [old, *good],
        "a bad backup": [bad, good[1], good[2]],
        "a bad backup beside a good one": [*good, bad],
        "a bad backup beside an old one": [bad, old],
        "strays": [*good, "", world.backup()[:-2], _node_backup(1, node=b"node-9")],
    }
    for name, backups in cases.items():
        v.accept(name, **network, backups=backups)
    first, second = network["nodes"][:2]
    for field in ("identifier", "name"):
        twins = [first, {**second, field: first[field]}]
        v.reject("every node", f"two nodes of one {field}", "DuplicateIdentifier", nodes=twins)
    v.reject("every node", "an unknown parameter set", "UnknownParameterSet", parameter_set=5)
    v.reject("every node", "a key on an unknown curve", "UnknownCurve", keys=["ffff" + network["keys"][0][4:]])
    for what, point in BAD_G1.items():
        v.reject("every node", f"the recovery key is {what}", "InvalidPoint", recovery_key=point)
        nodes = [{**network["nodes"][0], "blinder": point}, *network["nodes"][1:]]
        v.reject("every node", f"a Blinder is {what}", "InvalidPoint", nodes=nodes)
    return v


def _network() -> dict[str, Any]:
    nodes = [
        {
            "name": f"node-{node}".encode().hex(),
            "identifier": node,
            "blinder": (world.secret(f"blinder {node}") * BLS12381_G1.generator).encode().hex(),
        }
        for node in world.NODES
    ]
    header = {"parameter_set": world.TEST.id, "context": world.CONTEXT.hex(), "epoch": world.EPOCH}
    keys = [a.encode().hex() for a in world.root_polynomials()]
    recovery_key = world.recovery_lock().recovery_key.encode().hex()
    return {**header, "recovery_key": recovery_key, "keys": keys, "nodes": nodes}


# Chapter 11


def _roster(members: tuple[int, ...] = world.MEMBERS) -> str:
    registrations = bytes.fromhex("".join(_registration(m) for m in members))
    return (u8(1) + long(world.recovery_polynomial().points()) + long(registrations)).hex()


@cache
def _registration(index: int) -> str:
    return world.member_registration(index)


def _register(index: int, key: int, identity: int, context: bytes = world.CONTEXT) -> str:
    secrets = {"member_key": scalar_hex(world.member_key(key)), "identity_secret": scalar_hex(world.identity(identity))}
    names = {"context": context.hex(), "index": index, "scheme": 1}
    made: str = run("member_register", {**secrets, **names, "randomness": draws("other", 32)})["registration"]
    return made


def _roster_of(registrations: list[str]) -> dict[str, str]:
    members = bytes.fromhex("".join(registrations))
    return {"roster": (u8(1) + long(world.recovery_polynomial().points()) + long(members)).hex()}


def roster() -> Vectors:
    v, base = Vectors("roster"), "four members"
    v.accept(base, context=CONTEXT, roster=_roster())
    v.accept("exactly the threshold", context=CONTEXT, roster=_roster((1, 2, 4)))
    v.reject_all(base, structural("roster", _roster()))
    v.reject_all(base, _other_rosters())
    v.reject_all(base, _damaged_rosters(_roster()))
    v.reject(base, "another context is expected", "InvalidRoster:1", context="00")
    return v


def _other_rosters() -> Iterator[Change]:
    one, two, three = (_registration(k) for k in (1, 2, 3))
    yield "fewer members than the threshold", "InvalidThreshold:3", _roster_of([one, two])
    yield "members out of order", "InvalidRoster", _roster_of([two, one, three])
    yield "a member twice", "InvalidRoster", _roster_of([one, two, two, three])
    yield "two members of one identity", "InvalidRoster", _roster_of([one, two, _register(3, 3, 1)])
    yield "two members of one member key", "InvalidRoster", _roster_of([one, two, _register(3, 1, 3)])
    yield "a member of another context", "InvalidRoster", _roster_of([one, two, _register(3, 3, 3, b"other")])
    yield "no members", "InvalidLength", _roster_of([])
    yield "a registration ends early", "Truncated", _roster_of([one, two, three[:-2]])


def _damaged_rosters(good: str) -> Iterator[Change]:
    first = 1 + 4 + 3 * 48 + 4
    size = len(_registration(1)) // 2
    index = first + 2 + len(world.CONTEXT)
    yield from replaced("roster", good, 5, "the recovery key", "InvalidPoint", BAD_G1)
    yield "a registration's version byte 02", "UnsupportedVersion", {"roster": splice(good, first, "02")}
    yield "index zero", "InvalidIdentifier", {"roster": splice(good, index, "0000")}
    yield "a signature has a bit flipped", "InvalidRoster:1", {"roster": flip(good, first + size - 1)}
    yield "a proof has a bit flipped", "InvalidRoster:1", {"roster": flip(good, first + size - 66)}
    yield "an unknown signature scheme", "UnknownScheme", {"roster": splice(good, first + size - 65, "09")}
    yield "no commitments", "InvalidLength", {"roster": splice(remove(good, 5, 144), 1, "00000000")}
    yield "the commitments end inside a point", "Truncated", {"roster": splice(good, 1, "00000031")}


def _asked() -> list[Statement]:
    return [world.backup_statement(epoch=epoch) for epoch in (7, 8)]


def _digests() -> list[str]:
    return [statement.digest().hex() for statement in _asked()]


def _party_inputs() -> dict[str, Any]:
    statements = [statement.encode().hex() for statement in _asked()]
    return {"context": CONTEXT, "roster": _roster(), "statements": statements}


@cache
def _request() -> dict[str, Any]:
    return run("request_create", _request_inputs())


def _request_inputs() -> dict[str, Any]:
    names = {"requester": b"fresh node 1".hex(), "attestation": draw("attestation", 50), "expiry": NOW + 3600}
    return {**_party_inputs(), **names, "randomness": draws("request", 32, 32)}


def _wrong_statements() -> Iterator[Change]:
    good = _party_inputs()["statements"]
    foreign = _locked(RecoveryLock(world.member_public(3), world.recovery_lock().blinder)).encode().hex()
    other = _expected(context=b"another network").encode().hex()
    member = _with_member_lock().encode().hex()
    mixed = Statement(world.TEST, world.CONTEXT, 1, b"", world.mixed_statement().compartments).encode().hex()
    yield "a statement for another recovery party", "StatementMismatch:RecoveryKey", {"statements": [good[0], foreign]}
    yield "a statement of another context", "StatementMismatch:Context", {"statements": [good[0], other]}
    yield "a statement with a member lock", "UnknownLock", {"statements": [good[0], member]}
    yield "a statement with three compartments", "InvalidLength", {"statements": [good[0], mixed]}


def request_create() -> Vectors:
    v, base, one = Vectors("request_create"), "two statements", _party_inputs()["statements"][:1]
    v.accept(base, **_request_inputs())
    v.accept("one statement, no attestation", **{**_request_inputs(), "statements": one, "attestation": ""})
    v.reject(base, "no statements", "InvalidLength", statements=[])
    v.reject(base, "a statement twice", "UnknownDigest", statements=one * 2)
    v.reject(base, "a requester of 256 bytes", "InvalidLength", requester="61" * 256)
    v.reject_all(base, _wrong_statements())
    return v


def request() -> Vectors:
    v, base = Vectors("request"), "two statements"
    for case in request_create().accepted:
        v.accept(case["name"], request=case["output"]["request"])
    good = v.inputs(base)["request"]
    digests = 3 + len(world.CONTEXT) + 12 + 72
    v.reject_all(base, structural("request", good))
    empty = splice(remove(good, digests + 4, 64), digests, "00000000")
    v.reject(base, "no statements", "InvalidLength", request=empty)
    v.reject(base, "a statement twice", "UnknownDigest", request=splice(good, digests + 36, _digests()[0]))
    v.reject(base, "the vector of digests ends inside one", "Truncated", request=splice(good, digests, "0000003f"))
    v.reject(base, "the vector of digests runs past the end", "Truncated", request=splice(good, digests, "00ffffff"))
    v.reject(base, "the attestation runs past the end", "Truncated", request=splice(good, digests + 68, "00000033"))
    v.reject(base, "the attestation stops early", "TrailingBytes", request=splice(good, digests + 68, "00000031"))
    v.reject(base, "it ends before the attestation's length", "Truncated", request=good[: 2 * (digests + 68)])
    return v


def _review_inputs() -> dict[str, Any]:
    return {**_party_inputs(), "request": _request()["request"], "now": NOW}


def review() -> Vectors:
    v, base = Vectors("review"), "within its time"
    v.accept(base, **_review_inputs())
    v.accept("in its last second", **{**_review_inputs(), "now": NOW + 3600})
    more = [*_party_inputs()["statements"], world.backup_statement(epoch=9).encode().hex()]
    v.accept("more statements are known", **{**_review_inputs(), "statements": more})
    good, known = _request()["request"], _party_inputs()["statements"]
    v.reject(base, "a second too late", "Expired", now=NOW + 3601)
    v.reject(base, "no statement is known", "UnknownDigest", statements=[])
    v.reject(base, "the second statement is unknown", "UnknownDigest", statements=known[:1])
    v.reject(base, "the first statement is unknown", "UnknownDigest", statements=known[1:])
    v.reject(base, "another context", "StatementMismatch:Context", request=flip(good, 2))
    v.reject_all(base, structural("request", good))
    v.reject(base, "the roster is out of order", "InvalidRoster", **_roster_of([_registration(k) for k in (2, 1, 3)]))
    return v


def _respond_inputs(member: int) -> dict[str, Any]:
    secrets = {
        "secret": scalar_hex(world.recovery_share(member)),
        "identity_secret": scalar_hex(world.identity(member)),
    }
    own = {"member": member, **secrets, "scheme": 2 - member % 2, "randomness": draws(f"respond {member}", 32)}
    return {**_review_inputs(), "polynomial": world.recovery_polynomial().encode().hex(), **own}


@cache
def _response(member: int) -> str:
    made: str = run("respond", _respond_inputs(member))["response"]
    return made


def respond() -> Vectors:
    v = Vectors("respond")
    for member in (1, 2):
        v.accept(f"member {member}", **_respond_inputs(member))
    at = 3 + len(world.CONTEXT) + 12
    for words, value in {"zero": "00" * 32, "one": "01" + "00" * 31}.items():
        bad = splice(_request()["request"], at, value)
        v.reject("member 1", f"the request's HPKE key is {words}, a point of low order", "InvalidPoint", request=bad)
    v.reject("member 1", "the request is cut", "Truncated", request=_request()["request"][:-2])
    return v


def _session_inputs() -> dict[str, Any]:
    return {**_party_inputs(), "request": _request()["request"], "hpke_secret": _request()["hpke_secret"], "now": NOW}


def response() -> Vectors:
    v, base = Vectors("response"), "member 1"
    for member in (1, 2):
        v.accept(f"member {member}", **_session_inputs(), response=_response(member))
    good = _response(1)
    v.reject_all(base, structural("response", good))
    v.reject_all(base, _damaged_responses(good))
    v.reject_all(base, _dishonest_responses())
    v.reject(base, "a second too late", "Expired", now=NOW + 3601)
    v.reject(base, "the key of another request", "BadResponse", hpke_secret=draw("another key"))
    other = run("request_create", {**_request_inputs(), "randomness": draws("other request", 32, 32)})
    v.reject(base, "another request is open", "WrongRequest", **{key: other[key] for key in ("request", "hpke_secret")})
    return v


def _damaged_responses(good: str) -> Iterator[Change]:
    yield "another request", "WrongRequest", {"response": flip(good, 1)}
    yield "member zero", "InvalidIdentifier", {"response": splice(good, 33, "0000")}
    yield "a member that is none", "UnknownMember:9", {"response": splice(good, 33, "0009")}
    yield "the index of another member", "BadSignature", {"response": splice(good, 33, "0002")}
    yield "the encapsulated key has a bit flipped", "BadSignature", {"response": flip(good, 35)}
    yield "the ciphertext has a bit flipped", "BadSignature", {"response": flip(good, 71)}
    yield "the signature has a bit flipped", "BadSignature", {"response": flip(good, -1)}
    yield "an unknown signature scheme", "UnknownScheme", {"response": splice(good, -65, "00")}
    yield "the ciphertext runs past the end", "Truncated", {"response": splice(good, 67, "0000ffff")}
    yield (
        "the encapsulated key has a bit flipped, signed again",
        "BadResponse",
        {"response": _signed(flip(good, 35), 1)},
    )
    yield (
        "the encapsulated key is of low order, signed again",
        "BadResponse",
        {"response": _signed(splice(good, 35, "00" * 32), 1)},
    )
    yield "the ciphertext has a bit flipped, signed again", "BadResponse", {"response": _signed(flip(good, 71), 1)}
    stolen = _signed(splice(_response(2), 33, "0001"), 1)
    yield "the response of another member, signed by this one", "BadResponse", {"response": stolen}


def _signed(response: str, signer: int) -> str:
    body = bytes.fromhex(response[:-130])
    return (body + signatures.sign(1, world.identity(signer), "response", body)).hex()


def _dishonest_responses() -> Iterator[Change]:
    """Well sealed and signed, but the wrong content."""
    shares = [bytes.fromhex(world.sigma_of(1, bytes.fromhex(digest))) for digest in _digests()]
    plaintexts = {
        "a share is missing": shares[0],
        "a share too many": b"".join([*shares, shares[0]]),
        "no shares": b"",
        "a byte is missing": b"".join(shares)[:-1],
        "the second share is no point": shares[0] + bytes(96),
        "the second share is the identity": shares[0] + b"\xc0" + bytes(95),
    }
    yield from ((words, "BadResponse", {"response": _sealed(plaintext)}) for words, plaintext in plaintexts.items())
    blame = "BadDecryptionShares:[1]"
    yield "the shares are exchanged", blame, {"response": _sealed(shares[1] + shares[0])}
    yield "the second share is of another statement", blame, {"response": _sealed(shares[0] + shares[0])}


def _sealed(plaintext: bytes, member: int = 1) -> str:
    request = recovery.Request.decode(bytes.fromhex(_request()["request"]))
    pair = recovery.SUITE.kem.derive_key_pair(bytes.fromhex(draw("dishonest")))
    encapsulated, ciphertext = recovery.seal_to(request, member, plaintext, pair)
    body = u8(1) + request.digest() + u16(member) + encapsulated + long(ciphertext)
    return (body + signatures.sign(1, world.identity(member), "response", body)).hex()


def session() -> Vectors:
    v, base = Vectors("session"), "three of four members"
    v.accept(base, **_session_inputs(), responses=[_response(k) for k in (1, 2, 3)])
    v.accept("all members, one twice", **_session_inputs(), responses=[_response(k) for k in (4, 2, 4, 1, 3)])
    v.reject(base, "two members", "NotEnoughShares", responses=[_response(k) for k in (1, 2)])
    v.reject(base, "one member twice", "NotEnoughShares", responses=[_response(k) for k in (1, 2, 2)])
    v.reject(base, "no members", "NotEnoughShares", responses=[])
    v.reject(base, "a bad response among good ones", "BadSignature", responses=[_response(1), flip(_response(2), -1)])
    v.reject(base, "a second too late", "Expired", now=NOW + 3601)
    for change, error, update in (*_damaged_responses(_response(1)), *_dishonest_responses()):
        responses = [_response(2), update["response"], _response(3)]
        v.reject(base, f"the second response: {change}", error, responses=responses)
    return v


ALL = (
    backup_create, backup_verify, backup_open, key_share, coverage, roster, request_create, request, review, respond,
    response, session,
)  # fmt: skip
