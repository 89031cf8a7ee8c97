"""The operations of chapters 10 and 12."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from relight_ref import backup, bundle, decryption, derivation, keys
from relight_ref import coverage as coverage_
from relight_ref.curves import BLS12381_G1, SECP256K1, curve_by_id
from relight_ref.identifiers import identifier_bytes
from relight_ref.pairing import G2
from relight_ref.parameters import parameter_set
from relight_ref.registrations import BlinderRegistration
from relight_ref.secret_objects import BLINDER
from relight_ref.sharing import VssCommitment
from relight_ref.statement import Statement

from .values import Draws, Json, identifier, raw, scalar_hex, secret_int, secret_ints

# Chapter 10


def backup_create(v: Json) -> Json:
    found, rng = Statement.decode(raw(v["statement"])), Draws(v["randomness"])
    made = backup.create_backup(found, secret_ints(v["secrets"], [entry.curve for _, _, entry in found.slots()]), rng)
    rng.done()
    return {"backup": made.hex()}


def backup_verify(v: Json) -> Json:
    found = backup.verify_backup(Statement.decode(raw(v["expected"])), raw(v["backup"]))
    return {"digest": found.statement.digest().hex()}


def backup_open(v: Json) -> Json:
    found = backup.verify_backup(Statement.decode(raw(v["expected"])), raw(v["backup"]))
    unlock = decryption.UnlockKey(raw(v["digest"]), G2.decode(raw(v["sigma"])))
    opened = backup.open_backup(found, unlock, keys.decode_secret(BLINDER, raw(v["blinder"])))
    return {"key_shares": [share.encode().hex() for share in opened]}


def key_share(v: Json) -> Json:
    found = backup.KeyShare.decode(raw(v["key_share"]))
    public_share = (found.secret * found.curve.generator).encode().hex()
    return {"identifier": identifier_bytes(found.identifier).hex(), "public_share": public_share}


def combine_key_shares(v: Json) -> Json:
    shares = [backup.KeyShare.decode(raw(data)) for data in v["key_shares"]]
    secret = backup.combine_key_shares(shares)
    return {"secret": scalar_hex(secret, shares[0].curve)}


def _keys(data: Sequence[str]) -> tuple[VssCommitment, ...]:
    return tuple(VssCommitment.decode(raw(key)) for key in data)


def _node(v: Json) -> coverage_.Node:
    shares = tuple((key, identifier(data)) for key, data in v["shares"])
    registrations = tuple(BlinderRegistration.decode(raw(one)) for one in v["registrations"])
    return coverage_.Node(raw(v["name"]), SECP256K1.decode_point(raw(v["operator"])), registrations, shares)


def _status(found: coverage_.Status) -> Json:
    named = {"status": found.name, "backup": found.backup, "epoch": found.epoch, "detail": found.detail}
    fault = {"field" if found.name == "Claimed" else "error": found.fault}
    return {field: value for field, value in {**named, **fault}.items() if value is not None}


def coverage(v: Json) -> Json:
    recovery_key = BLS12381_G1.decode_point(raw(v["recovery_key"]))
    header = parameter_set(v["parameter_set"]), raw(v["name"]), v["epoch"]
    former = tuple((one["epoch"], _keys(one["keys"])) for one in v["former"])
    nodes = tuple(_node(node) for node in v["nodes"])
    network = coverage_.Network(*header, recovery_key, _keys(v["keys"]), nodes, former)
    found = coverage_.audit(network, [raw(data) for data in v["backups"]])
    return {
        "nodes": [_status(status) for status in found.nodes],
        "shareless": [list(pair) for pair in found.shareless],
        "shared_blinders": found.shared_blinders,
        "covered": [sum(found.covered(k)) for k in range(len(network.keys))],
        "survives": [found.survives(lost) for lost in range(len(nodes) + 1)],
        "strays": [{"backup": place, "error": error.name} for place, error in found.strays],
    }


def bundle_verify(v: Json) -> Json:
    found = bundle.verify_bundle(raw(v["bundle"]), raw(v["digest"]))
    statements = [found.network.statement(node) for node in found.network.nodes]
    return {
        "code": found.bundle.short_code(),
        "network": found.network.name.hex(),
        "epoch": found.network.epoch,
        "party": found.bundle.party.hex(),
        "roster": found.roster.digest().hex(),
        "statements": [None if one is None else one.digest().hex() for one in statements],
    }


def bundle_successor(v: Json) -> Json:
    known, following = (bundle.verify_bundle(data, bundle.bundle_digest(data)) for data in (raw(v["known"]), raw(v["next"])))
    return {"changes": [[change.name, _subject(change.subject)] for change in bundle.successor(known, following)]}


def _subject(found: bytes | int | None) -> str | int | None:
    return found.hex() if isinstance(found, bytes) else found


# Chapter 12


def derive_secret(v: Json) -> Json:
    curve = curve_by_id(v["curve"])
    roots = [secret_int(x, curve) for x in v["roots"]]
    info, dst = raw(v["info"]), raw(v["dst"])
    derived = derivation.derive_secret(curve, info, dst, roots)
    tweak = derivation.tweak(curve, info, dst)
    return {"tweak": scalar_hex(tweak, curve), "derived": scalar_hex(derived, curve)}


def derive_public(v: Json) -> Json:
    curve = curve_by_id(v["curve"])
    roots = [curve.decode_point(raw(x)) for x in v["roots"]]
    derived = derivation.derive_public(curve, raw(v["info"]), raw(v["dst"]), roots)
    return {"derived": derived.encode().hex()}


def augment(v: Json) -> Json:
    public = curve_by_id(v["curve"]).decode_point(raw(v["public"]))
    return {"augmented": derivation.augment(public, raw(v["message"])).hex()}


OPERATIONS: dict[str, Callable[[Json], Json]] = {
    function.__name__: function
    for function in (
        backup_create, backup_verify, backup_open, key_share, combine_key_shares, coverage, bundle_verify,
        bundle_successor, derive_secret, derive_public, augment,
    )
}  # fmt: skip
