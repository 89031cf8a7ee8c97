"""Cases of Section 10.7."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from relight_ref.bundle import Bundle, Certified, bundle_digest
from relight_ref.ceremony import Ceremony, Keys
from relight_ref.codec import long
from relight_ref.confirmations import AgreedDealing, Agreement, Certificate
from relight_ref.coverage import Node
from relight_ref.curves import BLS12381_G1, SECP256K1, Curve
from relight_ref.hashing import xof
from relight_ref.outcome import outcome_digest, transcript
from relight_ref.registrations import BlinderRegistration, register_blinder
from relight_ref.sharing import VssCommitment

from . import world
from .agreed import certificate
from .build import Change, Vectors, draw
from .cases_registrations import signed_again
from .mutations import BAD_G1, BAD_SECP, flip, replaced, splice, structural
from .recovery_world import register, registration, renewed_roster, roster, roster_of

raw = bytes.fromhex
CURVES = tuple(curve for _, curve in world.ROOTS)
Commitments = tuple[VssCommitment, ...]


def _sharing(name: str, curves: Sequence[Curve] = CURVES) -> Commitments:
    return tuple(world.commitment(f"{name} {curve.name}", curve, 2) for curve in curves)


ROOTS: Commitments = tuple(world.root_commitments())
FIFTH, SIXTH = _sharing("fifth"), _sharing("sixth")


def _ceremony(name: str, epoch: int, threshold: int, parties: tuple[int, ...], curves: Sequence[Curve]) -> Ceremony:
    nonce, keys = raw(draw(f"nonce of {name}")), Keys.generate(*curves)
    return Ceremony(
        world.TEST, name.encode(), nonce, epoch, threshold, keys, world.dealers(parties), world.recipients(parties)
    )


def _certified(ceremony: Ceremony, keys: Commitments, recipients: Sequence[int] = ()) -> Certified:
    """The dealings are invented, the outcome is not."""
    pairs = [(dealer.index, raw(draw(f"dealing {dealer.index}"))) for dealer in ceremony.dealers]
    outcome = outcome_digest(transcript(ceremony, pairs), keys)
    agreement = Agreement(ceremony.digest(), outcome, tuple(AgreedDealing(*pair) for pair in pairs))
    return Certified(ceremony, Certificate.decode(raw(certificate(ceremony, agreement, recipients))))


@cache
def _recovery(recipients: tuple[int, ...] = ()) -> Certified:
    ceremony = _ceremony("recovery", 1, 3, world.MEMBERS, [BLS12381_G1])
    return _certified(ceremony, (world.recovery_commitment(),), recipients)


@cache
def _roots(keys: Commitments = ROOTS, epoch: int = world.EPOCH, parties: tuple[int, ...] = world.NODES) -> Certified:
    return _certified(_ceremony("roots", epoch, 2, parties, [key.curve for key in keys]), keys)


@cache
def _chain(node: int, length: int = 1, operator: int = 0, network: bytes = world.NETWORK) -> tuple[BlinderRegistration, ...]:
    signer, name = operator or 60 + node, f"node-{node}".encode()
    rng = lambda n: bytes.fromhex(draw(f"registration of node-{node}", n))  # noqa: E731
    made = register_blinder(world.secret(f"blinder {node}"), network, name, world.identity_public(signer), rng)
    found = [BlinderRegistration.decode(raw(world.signed_by(made, signer)))]
    for serial in range(2, length + 1):
        following = found[-1].successor(world.secret(f"blinder {node} of serial {serial}"), rng)
        found.append(BlinderRegistration.decode(raw(world.signed_by(following, signer))))
    return tuple(found)


def _node(node: int, **changes: Any) -> Node:
    shares = tuple((k, node) for k in range(len(ROOTS)))
    made = Node(f"node-{node}".encode(), world.identity_public(60 + node), _chain(node), shares)
    return replace(made, **changes)


def _good(**changes: Any) -> Bundle:
    made = Bundle(
        world.TEST, world.NETWORK, world.EPOCH, world.PARTY, raw(roster()), (_recovery(),), ROOTS, (_roots(),),
        tuple(_node(node) for node in world.NODES), ((5, FIFTH), (6, SIXTH)),
    )  # fmt: skip
    return replace(made, **changes)


def _inputs(found: Bundle | str) -> dict[str, Any]:
    data = found if isinstance(found, str) else found.encode().hex()
    return {"bundle": data, "digest": bundle_digest(raw(data)).hex()}


def bundle_verify() -> Vectors:
    v, base = Vectors("bundle_verify"), "three nodes, all certified"
    for name, changes in {base: {}, **_accepted()}.items():
        v.accept(name, **_inputs(_good(**changes)))
    v.reject(base, "another digest", "BundleMismatch", digest=xof("roster", _good().encode()).hex())
    v.reject(base, "a bit of the digest is flipped", "BundleMismatch", digest=flip(_good().digest().hex(), 31))
    v.reject_all(base, structural("bundle", _good().encode().hex()))
    v.reject_all(base, _damaged(_good()))
    for words, error, changes in (*_bad_networks(), *_bad_certificates()):
        v.reject(base, words, error, **_inputs(_good(**changes)))
    return v


def _accepted() -> dict[str, dict[str, Any]]:
    bare = {"recovery_certificates": (), "key_certificates": ()}
    vanishing = VssCommitment.commit(SECP256K1, world.vanishing("shareless", SECP256K1, 2, 2))
    nodes = tuple(_node(node, shares=((0, node),)) for node in world.NODES)
    apart = tuple(_roots((key,)) for key in ROOTS)
    weighted = (_node(1, shares=((0, 1), (1, 1), (0, 2), (1, 2))), _node(3))
    return {
        "no certificates": bare,
        "no former epochs": {"former": ()},
        "no name": {**bare, "network": b"", "nodes": (_node(1, registrations=_chain(1, network=b"")),)},
        "a ceremony for each key": {"key_certificates": apart},
        "a quorum of members confirmed": {"recovery_certificates": (_recovery((1, 2, 4)),), "roster": raw(roster((1, 2, 4)))},
        "a member that renewed its registration": {"roster": raw(renewed_roster())},
        "a member that was enrolled later": {"roster": raw(_enrolled())},
        "a node that renewed its Blinder": {"nodes": (_node(1, registrations=_chain(1, 3)), _node(2), _node(3))},
        "a node of two shares": {"nodes": weighted},
        "a node without a share": {**bare, "keys": (vanishing,), "nodes": nodes, "former": ()},
        "large identifiers": {**bare, "nodes": (_node(1, shares=((1, world.sized(64)),)), _node(2))},
    }


def _enrolled() -> str:
    members = (*world.MEMBERS, 5)
    return roster_of([registration(m) for m in members], members)


def _damaged(good: Bundle) -> Iterator[Change]:
    data, field = good.encode().hex(), "bundle"

    def at(part: bytes) -> int:
        return raw(data).index(part)

    yield "an unknown parameter set", "UnknownParameterSet:255", {field: splice(data, 1, "ff")}
    yield "the epoch of the last former one", "Mismatch:Epoch", {field: splice(data, 3 + len(good.network), f"{6:016x}")}
    for words, former in {
        "former epochs that descend": ((6, SIXTH), (5, FIFTH)), "an epoch twice": ((5, FIFTH), (5, SIXTH)),
        "its own epoch among the former": ((5, FIFTH), (world.EPOCH, SIXTH)),
        "a later epoch among the former": ((5, FIFTH), (99, SIXTH)),
    }.items():  # fmt: skip
        yield words, "Mismatch:Epoch", {field: _with_former(data, good, former)}
    roots = at(b"".join(key.encode() for key in ROOTS))
    yield "no keys", "InvalidLength", {field: _emptied(data, roots - 4)}
    yield "a key on an unknown curve", "UnknownCurve", {field: splice(data, roots, "ffff")}
    yield from replaced(field, data, roots + 6, "a root key", "InvalidPoint", BAD_SECP)
    node = at(b"\x06node-1" + _node(1).operator.encode())
    yield "no nodes", "InvalidLength", {field: _emptied(data, node - 4)}
    yield from replaced(field, data, node + 7, "an operator", "InvalidPoint", BAD_SECP)
    chain = at(_chain(1)[0].encode())
    yield "a node without registrations", "InvalidLength", {field: _emptied(data, chain - 4, node - 4)}
    yield "a Blinder is no point", "InvalidPoint", {field: splice(data, chain + 98, BAD_G1["all zeros"])}
    shares = chain + len(_chain(1)[0].encode())
    yield "a node without shares", "InvalidLength", {field: _emptied(data, shares, node - 4)}
    yield "an identifier that begins with zero", "InvalidIdentifier", {field: splice(data, shares + 7, "00")}
    yield "no roster", "InvalidLength", {field: _emptied(data, at(good.roster) - 4)}
    ceremony, closed = at(_recovery().ceremony.encode()), at(_recovery().certificate.encode())
    yield "a ceremony's version byte 02", "UnsupportedVersion", {field: splice(data, ceremony, "02")}
    yield "no ceremony", "InvalidLength", {field: _emptied(data, ceremony - 4, ceremony - 8)}
    yield "a certificate's version byte 02", "UnsupportedVersion", {field: splice(data, closed, "02")}
    yield "no certificate", "InvalidLength", {field: _emptied(data, closed - 4, ceremony - 8)}
    last = len(data) // 2 - len(_with_former("", good, good.former)) // 2
    yield "a former epoch is cut", "Truncated", {field: splice(data[:-2], last, f"{_length(data, last) - 1:08x}")}


def _length(data: str, offset: int) -> int:
    return int.from_bytes(raw(data)[offset : offset + 4], "big")


def _with_former(data: str, good: Bundle, former: Any) -> str:
    """Whatever the epochs are."""
    tail = [(epoch.to_bytes(8, "big") + long(b"".join(key.encode() for key in keys))) for epoch, keys in former]
    old = [(epoch.to_bytes(8, "big") + long(b"".join(key.encode() for key in keys))) for epoch, keys in good.former]
    kept = data[: len(data) - 2 * len(long(b"".join(old)))]
    return kept + long(b"".join(tail)).hex()


def _emptied(data: str, offset: int, around: int | None = None) -> str:
    """The vector at the offset has nothing in it, and the one around it is as much shorter."""
    length = _length(data, offset)
    cut = data[: 2 * offset] + "00000000" + data[2 * (offset + 4 + length) :]
    return cut if around is None else splice(cut, around, f"{_length(data, around) - length:08x}")


def _bad_networks() -> Iterator[Change]:
    first, second, third = (_node(node) for node in world.NODES)
    bad = flip(registration(1), -1)
    rosters = {"roster": raw(roster_of([bad, *(registration(m) for m in (2, 3, 4))]))}
    yield "a member's signature has a bit flipped", f"InvalidRegistration:{[1, 'Signature']}", rosters
    yield "another party", f"InvalidRegistration:{[1, 'Party']}", {"party": b"other"}
    yield "the roster ends early", "Truncated", {"roster": raw(roster())[:-1]}
    yield "two nodes of one name", "DuplicateIndex:2", {"nodes": (first, replace(second, name=b"node-1"), third)}
    yield "a share of a third key of two", "InvalidIndex:2", {"nodes": (first, second, _node(3, shares=((2, 3),)))}
    twice = _node(3, shares=((0, 2), (1, 3)))
    yield "two nodes of one identifier", "DuplicateIdentifier:02", {"nodes": (first, second, twice)}
    yield "a former epoch of one key", "InvalidLength", {"former": ((5, FIFTH[:1]),)}
    yield "a former epoch of keys out of order", "WrongCurve", {"former": ((5, FIFTH[::-1]),)}
    key = world.recovery_commitment()
    yield "the recovery key is a root key", "CircularStatement", {"keys": (ROOTS[0], key), "key_certificates": ()}
    yield "another network", "Mismatch:Network", {"network": b"other"}
    cases: dict[str, tuple[str, dict[str, Any]]] = {
        "of another operator": ("Mismatch:Operator", {"operator": world.identity_public(77)}),
        "a stranger's": ("Mismatch:Operator", {"registrations": _chain(2, operator=77)}),
        "of another node": ("Mismatch:Node", {"registrations": _chain(1)}),
        "the one after the successor": ("BrokenSuccession:3", {"registrations": _chain(2, 3)[::2]}),
        "a retired one at last": ("RetiredRegistration:1", {"registrations": (*_chain(2, 2), *_chain(2))}),
        "a signature has a bit flipped": ("BadSignature", {"registrations": (_changed(flip(_hex(2), -1)),)}),
        "a proof that does not verify": ("BadSchnorrProof", {"registrations": (_unproved(2),)}),
    }
    for words, (error, change) in cases.items():
        yield f"registrations of a node, {words}", error, {"nodes": (first, _node(2, **change), third)}


def _hex(node: int) -> str:
    return _chain(node)[0].encode().hex()


def _changed(data: str) -> BlinderRegistration:
    return BlinderRegistration.decode(raw(data))


def _unproved(node: int) -> BlinderRegistration:
    return _changed(signed_again(flip(_hex(node), -66), 60 + node, "blinder-registration"))


def _bad_certificates() -> Iterator[Change]:
    yield "keys out of order", "WrongCurve", {"keys": ROOTS[::-1]}
    yield "other keys than certified", "BadCertificate", {"keys": SIXTH}
    yield "a certificate of other keys", "BadCertificate", {"key_certificates": (_roots(SIXTH),)}
    yield "a certificate of fewer keys", "InvalidLength", {"key_certificates": (_roots(ROOTS[:1]),)}
    yield "a certificate of more keys", "InvalidLength", {"key_certificates": (_roots((*ROOTS, SIXTH[0])),)}
    yield "a certificate twice", "InvalidLength", {"key_certificates": (_roots(), _roots())}
    exchanged = tuple(_roots((key,)) for key in ROOTS[::-1])
    yield "ceremonies in another order than the keys", "BadCertificate", {"key_certificates": exchanged}
    yield "keys of another epoch", "Mismatch:Epoch", {"key_certificates": (_roots(ROOTS, 6),)}
    mixed = replace(_roots(), certificate=_roots(SIXTH, 8).certificate)
    yield "the certificate of another ceremony", "CeremonyMismatch", {"key_certificates": (mixed,)}
    unsigned = _roots().certificate.encode().hex()
    flipped = replace(_roots(), certificate=Certificate.decode(raw(flip(unsigned, -1))))
    yield "a signature of a certificate has a bit flipped", "BadSignature", {"key_certificates": (flipped,)}
    few = {"recovery_certificates": (_recovery((1, 2)),)}
    yield "a certificate of too few", f"NotClosed:{[2, 3]}", few
    yield "a certificate of no node's shares", "UnusedIdentifier:04", {"key_certificates": (_roots(ROOTS, 7, (1, 2, 4)),)}
    other = _certified(_ceremony("recovery", 1, 3, world.MEMBERS, [BLS12381_G1]), (FIFTH[1],))
    yield "a certificate of another recovery key", "BadCertificate", {"recovery_certificates": (other,)}
    yield "a certified member that is not there", "UnusedIdentifier:03", {"roster": raw(roster((1, 2, 4)))}
    members = [registration(1), register(2, 2, 9), registration(3), registration(4)]
    yield "a certified member of another identity", "Mismatch:Identity", {"roster": raw(roster_of(members))}
    moved = raw(roster_of([registration(m) for m in world.MEMBERS], (1, 2, 3, 9)))
    yield "a certified member at another identifier", "UnusedIdentifier:04", {"roster": moved}


# What changed

NEXT = {"epoch": world.EPOCH + 1, "recovery_certificates": (), "key_certificates": ()}
FORMER = ((5, FIFTH), (6, SIXTH), (world.EPOCH, ROOTS))


def _next(**changes: Any) -> str:
    return _good(**{**NEXT, "former": FORMER, **changes}).encode().hex()


def _pair(**changes: Any) -> dict[str, str]:
    return {"known": _good().encode().hex(), "next": _next(**changes)}


def _shared_anew(known: VssCommitment, other: VssCommitment) -> VssCommitment:
    return VssCommitment((known.public_key, *other.commitments[1:]))


def bundle_successor() -> Vectors:
    v, base = Vectors("bundle_successor"), "nothing changed"
    for name, changes in {base: {}, **_successors()}.items():
        v.accept(name, **_pair(**changes))
    for words, error, changes in _no_successors():
        v.reject(base, words, error, next=_next(**changes))
    renewed = _good(roster=raw(renewed_roster())).encode().hex()
    v.reject(base, "a member with a retired registration", "RetiredRegistration:1", known=renewed)
    v.reject(base, "the same bundle again", "Mismatch:Epoch", next=_good().encode().hex())
    v.reject(base, "the two exchanged", "Mismatch:Epoch", known=_next(), next=_good().encode().hex())
    v.reject(base, "one that does not verify", "Mismatch:Operator", next=_next(nodes=(_node(1, operator=_node(2).operator),)))
    v.reject(base, "a known one that does not verify", "InvalidRegistration", known=_good(party=b"").encode().hex())
    v.reject_all(base, structural("next", _next()))
    return v


def _successors() -> dict[str, dict[str, Any]]:
    first, second, third = (_node(node) for node in world.NODES)
    key = _shared_anew(ROOTS[1], SIXTH[1])
    refreshed = _shared_anew(world.recovery_commitment(), world.commitment("refreshed", BLS12381_G1, 3))
    other = world.commitment("another party", BLS12381_G1, 3)
    members = [registration(m) for m in world.MEMBERS]
    gone = {"roster": raw(roster((1, 2, 4)))}
    changed = (_node(1, registrations=_chain(1, 3)), _node(2, shares=((0, 2),)), _node(4))
    return {
        "a step of many epochs": {"epoch": 2**64 - 1},
        "epochs that are not listed any more": {"former": ()},
        "another parameter set": {"parameters": world.parameters.FAST},
        "another party": {"party": b"other", "roster": raw(roster_of([register(m, m, m, b"other") for m in world.MEMBERS]))},
        "another recovery key": {"roster": raw(roster_of(members, commitment=other))},
        "a refreshed recovery key": {"roster": raw(roster_of(members, commitment=refreshed))},
        "a member that left": gone,
        "a member that joined": {"roster": raw(_enrolled())},
        "a member that renewed its registration": {"roster": raw(renewed_roster())},
        "a member of another identity": {"roster": raw(roster_of([members[0], register(2, 2, 9), *members[2:]]))},
        "a member at another identifier": {"roster": raw(roster_of(members, (1, 2, 3, 9)))},
        "a refreshed key": {"keys": (ROOTS[0], key)},
        "a new key": {"keys": (*ROOTS, SIXTH[0]), "former": ()},
        "a node that left": {"nodes": (first, third)},
        "a node that joined": {"nodes": (first, second, third, _node(4))},
        "a new Blinder": {"nodes": (_node(1, registrations=_chain(1, 2)), second, third)},
        "other shares": {"nodes": (first, second, _node(3, shares=((1, 3), (0, 3))))},
        "nodes in another order": {"nodes": (third, first, second)},
        "much": {**gone, "keys": (*ROOTS[:1], key, SIXTH[0]), "former": (), "nodes": changed},
    }  # fmt: skip


def _no_successors() -> Iterator[Change]:
    first, second, third = (_node(node) for node in world.NODES)
    elsewhere = tuple(_node(n, registrations=_chain(n, network=b"other")) for n in world.NODES)
    yield "another network", "Mismatch:Network", {"network": b"other", "nodes": elsewhere}
    yield "another first key", "Mismatch:PublicKey", {"keys": (SIXTH[0], ROOTS[1])}
    yield "another second key", "Mismatch:PublicKey", {"keys": (ROOTS[0], SIXTH[1])}
    one = tuple(_node(n, shares=((0, n),)) for n in world.NODES)
    yield "a key is gone", "Mismatch:PublicKey", {"keys": ROOTS[:1], "nodes": one, "former": ()}
    other = ((5, SIXTH), *FORMER[1:])
    yield "other keys in a former epoch", "Mismatch:Epoch", {"former": other}
    yield "other keys in the known epoch", "Mismatch:Epoch", {"former": (*FORMER[:2], (world.EPOCH, SIXTH))}
    stranger = _node(2, operator=world.identity_public(77), registrations=_chain(2, operator=77))
    yield "another operator of a node", "Mismatch:Operator", {"nodes": (first, stranger, third)}
    made = register_blinder(world.secret("other"), world.NETWORK, b"node-2", _node(2).operator, _rng)
    another = _node(2, registrations=(_changed(world.signed_by(made, 62)),))
    yield "a registration that is not the known one", "BrokenSuccession:1", {"nodes": (first, another, third)}
    later = _node(2, registrations=_chain(2, 3)[1:])
    yield "the known registration is not listed", "BrokenSuccession:3", {"nodes": (first, later, third)}


def _rng(length: int) -> bytes:
    return bytes.fromhex(draw("other registration", length))


ALL = (bundle_verify, bundle_successor)
