"""Cases of Section 10.6."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from relight_ref.curves import BLS12381_G1, SECP256K1, Curve
from relight_ref.sharing import PublicPolynomial, evaluate
from relight_ref.statement import Compartment, Entry, RecoveryLock

from . import world
from .build import Change, Vectors, draws
from .cases_backup import expected_statement
from .cases_sharing import BAD_IDENTIFIERS
from .mutations import BAD_G1, flip, splice
from .operations import run
from .values import identifier_hex, scalar_hex

R = BLS12381_G1.order
Coefficients = tuple[tuple[Curve, tuple[int, ...]], ...]
Held = tuple[tuple[int, int], ...]  # key number and identifier


def _sharing(name: str, threshold: int = 2) -> Coefficients:
    curves = (SECP256K1, BLS12381_G1)
    return tuple((curve, tuple(world.coefficients(f"{name} {curve.name}", curve, threshold))) for curve in curves)


CURRENT: Coefficients = tuple((curve, tuple(world.coefficients(name, curve, 2))) for name, curve in world.ROOTS)
FORMER = {5: _sharing("fifth"), 6: _sharing("sixth")}
WIDE = _sharing("wide", 3)
# Zero are share 2 of the first key, and share 3 of the second.
VANISHING: Coefficients = (
    (SECP256K1, tuple(world.vanishing("shareless", SECP256K1, 2, 2))),
    (BLS12381_G1, tuple(world.vanishing("shareless", BLS12381_G1, 2, 3))),
)


def _polynomials(keys: Coefficients) -> list[PublicPolynomial]:
    return [PublicPolynomial.commit(curve, a) for curve, a in keys]


def _blinder(node: int) -> int:
    return world.secret(f"blinder {node}")


def _backup(number: int, /, keys: Coefficients = CURRENT, held: Held = (), **changes: Any) -> str:
    """A good backup of a node, of what it holds of the keys."""
    held = held or ((0, number), (1, number))
    polynomials = _polynomials(keys)
    lock = RecoveryLock(world.recovery_lock().recovery_key, _blinder(number) * BLS12381_G1.generator)
    entries = tuple(Entry.of(polynomials[k], x) for k, x in held)
    name = f"node-{number}".encode()
    found = expected_statement(**{"node": name, "compartments": (Compartment(lock, entries),), **changes})
    curves = [keys[k][0] for k, _ in held]
    secrets = [evaluate(curve, keys[k][1], x) for curve, (k, x) in zip(curves, held, strict=True)]
    encoded = tuple(scalar_hex(x, curve) for x, curve in zip(secrets, curves, strict=True))
    return _created(found.encode().hex(), encoded, f"node {number}")


@cache
def _created(statement: str, secrets: tuple[str, ...], name: str) -> str:
    inputs = {"statement": statement, "secrets": secrets, "randomness": draws(name, 32)}
    made: str = run("backup_create", inputs)["backup"]
    return made


def _node(node: int, held: Held = ()) -> dict[str, Any]:
    held = held or ((0, node), (1, node))
    blinder = (_blinder(node) * BLS12381_G1.generator).encode().hex()
    return {
        "name": f"node-{node}".encode().hex(),
        "blinder": blinder,
        "shares": [[k, identifier_hex(x)] for k, x in held],
    }


def _hexes(keys: Coefficients) -> list[str]:
    return [a.encode().hex() for a in _polynomials(keys)]


def _network(**changes: Any) -> dict[str, Any]:
    header = {"parameter_set": world.TEST.id, "context": world.CONTEXT.hex(), "epoch": world.EPOCH}
    recovery_key = world.recovery_lock().recovery_key.encode().hex()
    nodes = [_node(node) for node in world.NODES]
    keys = _hexes(CURRENT)
    return {**header, "recovery_key": recovery_key, "keys": keys, "nodes": nodes, "former": [], **changes}


def _with_former() -> dict[str, Any]:
    return _network(former=[{"epoch": epoch, "keys": _hexes(keys)} for epoch, keys in FORMER.items()])


def _old(node: int, epoch: int = 6) -> str:
    return _backup(node, FORMER[epoch], epoch=epoch)


def coverage() -> Vectors:
    v = Vectors("coverage")
    good = [_backup(node) for node in world.NODES]
    for name, backups in _plain(good).items():
        v.accept(name, **_network(), backups=backups)
    for name, backups in _in_former_epochs(good).items():
        v.accept(name, **_with_former(), backups=backups)
    _weighted(v)
    _shareless(v)
    v.accept("no keys and no nodes", **_network(keys=[], nodes=[]), backups=[])
    v.accept("keys and no nodes", **_network(nodes=[]), backups=good[:1])
    v.reject_all("every node", _bad_networks())
    v.reject_all("every node", _bad_shares())
    return v


def _plain(good: list[str]) -> dict[str, list[str]]:
    old, bad = _backup(1, epoch=world.EPOCH - 1), flip(good[0], -1)
    foreign = flip(good[0], 3)
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
        "an old backup before a bad one": [old, bad],
        "two bad backups: the first stays": [flip(good[0], -1), splice(good[0], -32, "ff" * 32)],
        "two bad backups in the other order": [splice(good[0], -32, "ff" * 32), flip(good[0], -1)],
        "two claims: the first stays": [foreign, old],
        "two claims in the other order": [old, foreign],
        "strays": [*good, "", world.backup()[:-2], _backup(1, node=b"node-9")],
        "strays of other kinds": [good[0] + "00", flip(good[0], 0), good[1][:-2], splice(good[2], 1, "05")],
    }
    return cases


def _in_former_epochs(good: list[str]) -> dict[str, list[str]]:
    copied, unproved = flip(_old(1), -1), _backup(1, FORMER[6])
    return {
        "a former epoch": [_old(1), good[1], good[2]],
        "two former epochs": [_old(1, 5), _old(1, 6), _old(2, 6), _old(2, 5)],
        "a former epoch, and a bad one of the current": [_old(1), flip(good[0], -1)],
        "a former epoch, after a bad one of the current": [flip(good[0], -1), _old(1)],
        "a former epoch beside the current": [_old(1), *good, _old(2)],
        "the statement of a former epoch over rubbish": [copied],
        "the keys of a former epoch in the current one": [unproved],
        "the keys of the current epoch in a former one": [_backup(1, epoch=6)],
        "an epoch that was never": [_backup(1, FORMER[6], epoch=99)],
        "a claim, and later a bad one of a former epoch": [_backup(1, epoch=6), copied],
    }


def _weighted(v: Vectors) -> None:
    """Nodes of two shares, of one, and with other identifiers on each key."""
    held: dict[int, Held] = {
        1: ((0, 1), (0, 2), (1, 7)),
        2: ((1, 2**500), (0, 3)),
        3: ((0, 4),),
        4: ((1, 1), (1, SECP256K1.order)),
    }
    network = _network(keys=_hexes(WIDE), nodes=[_node(node, shares) for node, shares in held.items()])
    made = {node: _backup(node, WIDE, shares) for node, shares in held.items()}
    v.accept("weights, every node", **network, backups=list(made.values()))
    for lost in held:
        left = [data for node, data in made.items() if node != lost]
        v.accept(f"weights, without node {lost}", **network, backups=left)
    other = _backup(2, WIDE, held[2][::-1])
    v.accept("weights, the shares of a node in another order", **network, backups=[made[1], other])
    v.accept("weights, a share of a node is missing", **network, backups=[_backup(1, WIDE, held[1][:2]), made[2]])


def _shareless(v: Vectors) -> None:
    """Node 2 has no share of the first key, and node 3 none of the second."""
    held: dict[int, Held] = {1: ((0, 1), (1, 1)), 2: ((0, 2), (1, 2)), 3: ((0, 3), (1, 3)), 4: ((0, SECP256K1.order + 5),)}
    network = _network(keys=_hexes(VANISHING), nodes=[_node(node, shares) for node, shares in held.items()])
    made = [
        _backup(1, VANISHING, held[1]), _backup(2, VANISHING, held[2][1:]), _backup(3, VANISHING, held[3][:1]),
        _backup(4, VANISHING, held[4]),
    ]  # fmt: skip
    v.accept("shareless nodes", **network, backups=made)
    v.accept("shareless nodes, two backups", **network, backups=made[:2])
    only = [_node(1), _node(2, held[2][:1]), _node(3)]
    name = "a node that has nothing"
    v.accept(name, **{**network, "nodes": only}, backups=[made[0], _backup(2, held=held[2][:1]), made[2]])
    v.accept(f"{name}, and backups that are damaged", **{**network, "nodes": only}, backups=[made[1][:-2], flip(made[1], -1)])
    former = [{"epoch": 6, "keys": _hexes(VANISHING)}]
    old = [_backup(2, VANISHING, held[2][1:], epoch=6), _backup(2, epoch=6)]
    v.accept("a node that had less in a former epoch", **_network(former=former), backups=old)
    v.accept("the same, the other way round", **_network(former=former), backups=old[::-1])


def _bad_networks() -> Iterator[Change]:
    network, (first, second, third) = _network(), (_node(node) for node in world.NODES)
    twins = [first, {**second, "name": first["name"]}]
    yield "two nodes of one name", "DuplicateIndex:2", {"nodes": twins}
    yield "three nodes, the last two of one name", "DuplicateIndex:3", {"nodes": [first, third, third]}
    yield "an unknown parameter set", "UnknownParameterSet", {"parameter_set": 5}
    yield "a key on an unknown curve", "UnknownCurve", {"keys": ["ffff" + network["keys"][0][4:]]}
    for what, point in BAD_G1.items():
        yield f"the recovery key is {what}", "InvalidPoint", {"recovery_key": point}
        yield f"a Blinder is {what}", "InvalidPoint", {"nodes": [{**first, "blinder": point}, second, third]}
    circular = [{**first, "blinder": network["recovery_key"]}, second]
    yield "a Blinder that is the recovery key", "CircularStatement", {"nodes": circular}
    root = _polynomials(CURRENT)[1].root_public_key.encode().hex()
    yield "a recovery key that is a root key", "CircularStatement", {"recovery_key": root}
    old = _polynomials(FORMER[5])[1].root_public_key.encode().hex()
    former = {"former": [{"epoch": 5, "keys": _hexes(FORMER[5])}]}
    yield "a recovery key that was a root key", "CircularStatement", {"recovery_key": old, **former}
    yield "a former epoch of one key", "InvalidLength", {"former": [{"epoch": 5, "keys": _hexes(FORMER[5])[:1]}]}
    exchanged = _hexes(FORMER[5])[::-1]
    yield "a former epoch of keys out of order", "WrongCurve", {"former": [{"epoch": 5, "keys": exchanged}]}
    yield "nodes and no keys", "InvalidIndex:0", {"keys": []}


def _bad_shares() -> Iterator[Change]:
    first, second = (_node(node) for node in (1, 2))
    secp, r = SECP256K1.order, R

    def held(*shares: tuple[int, int]) -> dict[str, Any]:
        return {"nodes": [first, {**second, "shares": [[k, identifier_hex(x)] for k, x in shares]}]}

    yield "a node without shares", "InvalidLength", held()
    yield "a share of a third key of two", "InvalidIndex:2", held((0, 2), (2, 2))
    yield "two nodes of one identifier", "DuplicateIdentifier:01", held((0, 1), (1, 2))
    yield "two nodes of one identifier on the second key", "DuplicateIdentifier:01", held((0, 2), (1, 1))
    equal = identifier_hex(secp + 1)
    yield "two equal modulo the order", f"DuplicateIdentifier:{equal}", held((0, secp + 1), (1, secp + 1))
    yield "one node has a share twice", "DuplicateIdentifier:02", held((0, 2), (0, 2))
    yield "an identifier that is the first order", f"ZeroIdentifier:{identifier_hex(secp)}", held((0, secp), (1, 2))
    yield "an identifier that is the second order", f"ZeroIdentifier:{identifier_hex(r)}", held((0, r), (1, r))
    for words, data in BAD_IDENTIFIERS.items():
        yield words, "InvalidIdentifier", {"nodes": [first, {**second, "shares": [[0, data]]}]}


ALL = (coverage,)
