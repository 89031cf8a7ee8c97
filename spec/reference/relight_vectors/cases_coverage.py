"""Cases of Section 10.6."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from relight_ref.curves import BLS12381_G1, SECP256K1, Curve
from relight_ref.registrations import BlinderRegistration, register_blinder
from relight_ref.sharing import VssCommitment, evaluate
from relight_ref.statement import Compartment, Entry, RecoveryLock

from . import world
from .build import Change, Vectors, draw, draws
from .cases_backup import expected_statement
from .cases_registrations import signed_again
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


def _commitments(keys: Coefficients) -> list[VssCommitment]:
    return [VssCommitment.commit(curve, a) for curve, a in keys]


def _blinder(node: int, serial: int = 1) -> int:
    return world.secret(f"blinder {node}" if serial == 1 else f"blinder {node} of serial {serial}")


def _operator(node: int) -> int:
    """The number of its identity."""
    return 60 + node


@cache
def _chain(node: int, length: int = 1, operator: int = 0, name: str = "", blinder: int = 0) -> tuple[str, ...]:
    """The registrations of a node's Blinders, in succession."""
    signer = operator or _operator(node)
    named = name or f"node-{node}"
    rng = lambda n: bytes.fromhex(draw(f"registration of {named}", n))  # noqa: E731
    secret, identity = blinder or _blinder(node), world.identity_public(signer)
    found = [world.signed_by(register_blinder(secret, world.NETWORK, named.encode(), identity, rng), signer)]
    for serial in range(2, length + 1):
        known = BlinderRegistration.decode(bytes.fromhex(found[-1]))
        found.append(world.signed_by(known.successor(_blinder(node, serial), rng), signer))
    return tuple(found)


def _backup(
    number: int, /, keys: Coefficients = CURRENT, held: Held = (), serial: int = 1, blinder: int = 0, **changes: Any
) -> str:
    """A good backup of a node, of what it holds of the keys."""
    held = held or ((0, number), (1, number))
    commitments = _commitments(keys)
    lock = RecoveryLock(world.recovery_lock().recovery_key, (blinder or _blinder(number, serial)) * BLS12381_G1.generator)
    entries = tuple(Entry.of(commitments[k], x) for k, x in held)
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


def _node(node: int, held: Held = (), **changes: Any) -> dict[str, Any]:
    held = held or ((0, node), (1, node))
    return {
        "name": f"node-{node}".encode().hex(),
        "operator": world.identity_public(_operator(node)).encode().hex(),
        "registrations": list(_chain(node)),
        "shares": [[k, identifier_hex(x)] for k, x in held],
        **changes,
    }


def _hexes(keys: Coefficients) -> list[str]:
    return [a.encode().hex() for a in _commitments(keys)]


def _network(**changes: Any) -> dict[str, Any]:
    header = {"parameter_set": world.TEST.id, "name": world.NETWORK.hex(), "epoch": world.EPOCH}
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
    _renewed(v)
    _unregistered(v, good)
    _shared(v, good)
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
        "strays of other kinds": [good[0] + "00", flip(good[0], 0), good[1][:-2], splice(good[2], 1, "ff")],
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


def _renewed(v: Vectors) -> None:
    """Node 1 has had three Blinders."""
    nodes = [_node(1, registrations=list(_chain(1, 3))), _node(2)]
    network = {**_with_former(), "nodes": nodes}
    cases = {
        "under the current Blinder": [_backup(1, serial=3)],
        "under a former Blinder": [_backup(1)],
        "under each Blinder": [_backup(1, serial=2), _backup(1), _backup(1, serial=3)],
        "of a former epoch, under the current Blinder": [_backup(1, FORMER[6], serial=3, epoch=6)],
        "of a former epoch, under a former Blinder": [_backup(1, FORMER[6], epoch=6)],
        "of former epochs, under former Blinders": [
            _backup(1, FORMER[5], serial=2, epoch=5), _backup(1, FORMER[6], epoch=6), _backup(1, FORMER[6], serial=2, epoch=6),
        ],
        "of a former epoch, under a former Blinder, damaged": [flip(_backup(1, FORMER[6], epoch=6), -1)],
        "under a former Blinder, and of a former epoch": [_backup(1), _backup(1, FORMER[5], epoch=5)],
        "of a former epoch, under a strange Blinder": [_backup(1, FORMER[6], epoch=6, blinder=5)],
    }  # fmt: skip
    for name, backups in cases.items():
        v.accept(f"a renewed Blinder, {name}", **network, backups=[*backups, _backup(2)])
    chain = _chain(1, 3)
    again = [chain[0], chain[0], signed_again(chain[1], _operator(1), "blinder-registration"), chain[2], chain[2]]
    v.accept(
        "registrations that are there twice", **_network(nodes=[_node(1, registrations=again)]),
        backups=[_backup(1, serial=3)],
    )  # fmt: skip


def _unregistered(v: Vectors, good: list[str]) -> None:
    """What the first node's registrations may be, and what its backup is worth then."""
    chain = _chain(1, 3)
    cases: dict[str, dict[str, Any]] = {
        "none": {"registrations": []},
        "a stranger's": {"registrations": list(_chain(1, operator=77))},
        "of another operator": {"operator": world.identity_public(77).encode().hex()},
        "of another node": {"registrations": list(_chain(2, operator=_operator(1)))},
        "a signature has a bit flipped": {"registrations": [flip(chain[0], -1)]},
        "a proof that does not verify": {"registrations": [_unproved(chain[0])]},
        "the one after the successor": {"registrations": [chain[0], chain[2]]},
        "a retired one at last": {"registrations": [chain[0], chain[1], chain[0]]},
        "the second signature has a bit flipped": {"registrations": [chain[0], flip(chain[1], -1)]},
        "the recovery key for a Blinder": {"registrations": list(_chain(1, blinder=_recovery_secret()))},
        "a root key for a Blinder": {"registrations": list(_chain(1, blinder=CURRENT[1][1][0]))},
    }
    for name, change in cases.items():
        nodes = [_node(1, **change), _node(2), _node(3)]
        v.accept(f"registrations, {name}", **_network(nodes=nodes), backups=good)
    later = _network(name=b"another".hex())
    v.accept("registrations, of another network", **later, backups=[])
    circular = {"recovery_key": _commitments(CURRENT)[1].public_key.encode().hex()}
    v.accept("the recovery key is a root key", **_network(**circular), backups=good)
    old = _commitments(FORMER[5])[1].public_key.encode().hex()
    v.accept("the recovery key was a root key", **{**_with_former(), "recovery_key": old}, backups=good)
    only = [_node(2, ((0, 2),), registrations=[]), _node(2, ((0, 3),), name="33")]
    v.accept("unregistered and shareless", **{**_network(keys=_hexes(VANISHING)), "nodes": only}, backups=[])
    former = _with_former()["former"][1:]
    rooted = list(_chain(1, 2, blinder=FORMER[6][1][1][0]))
    network = _network(former=former, nodes=[_node(1, registrations=rooted), _node(2)])
    v.accept("a former Blinder that was a root key", **network, backups=[_backup(1, FORMER[6], serial=2, epoch=6)])


def _recovery_secret() -> int:
    return world.coefficients("recovery", BLS12381_G1, 3)[0]


def _unproved(registration: str) -> str:
    return signed_again(flip(registration, -66), _operator(1), "blinder-registration")


def _shared(v: Vectors, good: list[str]) -> None:
    """Nodes with one Blinder: told, and not refused."""
    one = [_node(n, registrations=list(_chain(n, blinder=_blinder(1)))) for n in (1, 2, 3)]
    backups = [_backup(n, blinder=_blinder(1)) for n in (1, 2, 3)]
    v.accept("one Blinder for all", **_network(nodes=one), backups=backups)
    two = _network(nodes=[one[0], _node(2), one[2]])
    v.accept("one Blinder for two of three", **two, backups=[backups[0], good[1], backups[2]])
    four = [_node(4, ((0, 4),), registrations=list(_chain(4, blinder=_blinder(2)))), _node(2), one[2], _node(1)]
    v.accept("two pairs", **_network(nodes=four), backups=[])
    broken = [{**one[0], "registrations": [flip(one[0]["registrations"][0], -1)]}, one[1], one[2]]
    v.accept("one Blinder, and one of its nodes is unregistered", **_network(nodes=broken), backups=backups)
    renewed = [_node(1, registrations=list(_chain(1, 2))), one[1], _node(3)]
    v.accept("a Blinder that one of two no longer has", **_network(nodes=renewed), backups=[])
    whole = [_node(n, registrations=list(_chain(n, blinder=_recovery_secret()))) for n in (1, 2)]
    v.accept("the recovery key for two Blinders", **_network(nodes=whole), backups=[])


def _bad_networks() -> Iterator[Change]:
    network, (first, second, third) = _network(), (_node(node) for node in world.NODES)
    twins = [first, {**second, "name": first["name"]}]
    yield "two nodes of one name", "DuplicateIndex:2", {"nodes": twins}
    yield "three nodes, the last two of one name", "DuplicateIndex:3", {"nodes": [first, third, third]}
    yield "an unknown parameter set", "UnknownParameterSet", {"parameter_set": 255}
    yield "a key on an unknown curve", "UnknownCurve", {"keys": ["ffff" + network["keys"][0][4:]]}
    at = 3 + len(world.NETWORK) + len(b"node-1") + 73
    chain = first["registrations"][0]
    for what, point in BAD_G1.items():
        yield f"the recovery key is {what}", "InvalidPoint", {"recovery_key": point}
        bad = {**first, "registrations": [splice(chain, at, point)]}
        yield f"a Blinder is {what}", "InvalidPoint", {"nodes": [bad, second, third]}
    zero = {**first, "registrations": [splice(chain, at - 40, "00" * 8)]}
    yield "the serial of a registration is zero", "InvalidSerial:0", {"nodes": [zero, second]}
    cut = {**first, "registrations": [chain[:-2]]}
    yield "a registration is cut", "Truncated", {"nodes": [cut, second]}
    yield "an operator is no point", "InvalidPoint", {"nodes": [{**first, "operator": "00" * 33}, second]}
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
