"""The operations that the vectors run, from JSON inputs to JSON outputs. Every failure is a named Error."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from itertools import chain, repeat
from typing import Any

from relight_ref import (
    backup,
    dealing,
    decryption,
    derivation,
    encryption,
    hashing,
    keys,
    recovery,
    sharing,
    signatures,
)
from relight_ref.ceremony import Ceremony
from relight_ref.codec import decode_all
from relight_ref.curves import BLS12381_G1, SECP256K1, Curve, curve_by_id

from relight_ref.errors import Error
from relight_ref.pairing import G2, hash_to_g2, pairing
from relight_ref.parameters import parameter_set
from relight_ref.sharing import PublicPolynomial, SchnorrProof
from relight_ref.statement import Statement, unlock_message

Json = dict[str, Any]
raw = bytes.fromhex


def scalar_hex(value: int, curve: Curve = BLS12381_G1) -> str:
    """An encoded scalar; those of secp256k1 and BLS12-381 have the same form."""
    return curve.encode_scalar(value).hex()


def secret_int(data: str, curve: Curve = BLS12381_G1) -> int:
    return int.from_bytes(raw(data), curve.byte_order)


def secret_ints(data: Sequence[str], curves: Sequence[Curve]) -> list[int]:
    """A secret for each curve; there may be a wrong number of them."""
    return [secret_int(x, curve) for x, curve in zip(data, chain(curves, repeat(BLS12381_G1)), strict=False)]


def entry_curves(found: Statement) -> list[Curve]:
    return [entry.curve for _, _, entry in found.slots()]


class Draws:
    """Plays back fixed randomness, draw by draw."""

    def __init__(self, draws: list[str]) -> None:
        self.draws = [raw(draw) for draw in draws]

    def __call__(self, length: int) -> bytes:
        draw = self.draws.pop(0)
        assert len(draw) == length, (len(draw), length)
        return draw

    def done(self) -> None:
        assert not self.draws, "randomness left over"


# Chapter 3


def xof(v: Json) -> Json:
    parts = [raw(part) for part in v["parts"]]
    framed = hashing.frame(v["label"], *parts)
    return {"frame": framed.hex(), "output": hashing.xof(v["label"], *parts, length=v["length"]).hex()}


def hash_to_scalar(v: Json) -> Json:
    parts = [raw(part) for part in v["parts"]]
    curve = curve_by_id(v["curve"])
    return {"scalar": scalar_hex(hashing.hash_to_scalar(curve, v["label"], *parts), curve)}


def point(v: Json) -> Json:
    curve = curve_by_id(v["curve"])
    doubled = 2 * curve.decode_point(raw(v["point"]))
    return {"doubled": doubled.encode().hex()}


def point_g2(v: Json) -> Json:
    return {"doubled": (2 * G2.decode(raw(v["point"]))).encode().hex()}


def scalar(v: Json) -> Json:
    """A secret: canonical and not zero."""
    curve = curve_by_id(v["curve"])
    secret = curve.decode_secret(raw(v["scalar"]))
    return {"public": (secret * curve.generator).encode().hex()}


def hash_g2(v: Json) -> Json:
    return {"point": hash_to_g2(raw(v["message"])).encode().hex()}


def pair(v: Json) -> Json:
    p, q = BLS12381_G1.decode_point(raw(v["p"])), G2.decode(raw(v["q"]))
    return {"gt": pairing(p, q).encode().hex()}


def sign(v: Json) -> Json:
    secret, message = secret_int(v["secret"]), raw(v["message"])
    digest = signatures.signed_digest(v["purpose"], message)
    return {
        "identity": (secret * SECP256K1.generator).encode().hex(),
        "digest": digest.hex(),
        "wallet_text": signatures.personal_text(v["purpose"], digest).decode(),
        "signature": signatures.sign(v["scheme"], secret, v["purpose"], message).hex(),
    }


def signature(v: Json) -> Json:
    identity = SECP256K1.decode_point(raw(v["identity"]))
    found = decode_all(raw(v["signature"]), signatures.read)
    signatures.verify(found, identity, v["purpose"], raw(v["message"]))
    return {}


# Chapter 4


def threshold(v: Json) -> Json:
    sharing.check_threshold(v["threshold"], v["parties"])
    return {}


def supermajority(v: Json) -> Json:
    return {"threshold": sharing.supermajority(v["parties"])}


def commit(v: Json) -> Json:
    curve = curve_by_id(v["curve"])
    coefficients = [secret_int(a, curve) for a in v["coefficients"]]
    shares = [sharing.evaluate(curve, coefficients, i) for i in v["identifiers"]]
    polynomial = PublicPolynomial.commit(curve, coefficients)
    return {"polynomial": polynomial.encode().hex(), "shares": [scalar_hex(x, curve) for x in shares]}


def feldman(v: Json) -> Json:
    polynomial = PublicPolynomial.decode(raw(v["polynomial"]))
    identifiers = [sharing.check_identifier(i) for i in v["identifiers"]]
    return {
        "curve": polynomial.curve.id,
        "threshold": polynomial.threshold,
        "root_public_key": polynomial.root_public_key.encode().hex(),
        "public_shares": [polynomial.public_share(i).encode().hex() for i in identifiers],
    }


def lagrange(v: Json) -> Json:
    curve = curve_by_id(v["curve"])
    weights = sharing.lagrange_at_zero(curve, v["identifiers"])
    secrets = [secret_int(x, curve) for x in v["shares"]]
    combined = sum(w * x for w, x in zip(weights, secrets, strict=True)) % curve.order
    return {"weights": [scalar_hex(w, curve) for w in weights], "secret": scalar_hex(combined, curve)}


def schnorr_prove(v: Json) -> Json:
    curve, rng = curve_by_id(v["curve"]), Draws(v["randomness"])
    secret = secret_int(v["secret"], curve)
    proof = sharing.schnorr_prove(curve, v["purpose"], raw(v["binding"]), secret, rng)
    rng.done()
    return {"public": (secret * curve.generator).encode().hex(), "proof": proof.encode().hex()}


def schnorr(v: Json) -> Json:
    curve = curve_by_id(v["curve"])
    public = curve.decode_point(raw(v["public"]))
    proof = decode_all(raw(v["proof"]), lambda reader: SchnorrProof.read(reader, curve))
    sharing.schnorr_verify(proof, v["purpose"], raw(v["binding"]), public)
    return {}


# Chapters 5 and 6


def statement(v: Json) -> Json:
    found = Statement.decode(raw(v["statement"]))
    digest = found.digest()
    return {
        "digest": digest.hex(),
        "unlock_message": unlock_message(digest).hex(),
        "unlock_point": hash_to_g2(unlock_message(digest)).encode().hex(),
        "curves": [curve.id for curve in found.curves()],
        "proof_length": encryption.proof_length(found),
    }


def subset(v: Json) -> Json:
    return {"kept": encryption.subset(parameter_set(v["parameter_set"]), raw(v["challenge"]))}


def encrypt(v: Json) -> Json:
    found, rng = Statement.decode(raw(v["statement"])), Draws(v["randomness"])
    proof = encryption.encrypt(found, secret_ints(v["secrets"], entry_curves(found)), rng)
    rng.done()
    return {"proof": proof.hex()}


def verify(v: Json) -> Json:
    encryption.verify(Statement.decode(raw(v["statement"])), raw(v["proof"]))
    return {}


def open_(v: Json) -> Json:
    found = Statement.decode(raw(v["statement"]))
    proof = encryption.Proof.decode(raw(v["proof"]), found)
    if "sigma" in v:
        opener = encryption.recovery_opener(G2.decode(raw(v["sigma"])), secret_int(v["blinder"]))
    else:
        opener = encryption.member_opener(secret_int(v["member_key"]))
    secrets = encryption.open_compartment(found, proof, v["compartment"], opener)
    curves = [entry.curve for entry in found.compartments[v["compartment"]].entries]
    return {"secrets": [scalar_hex(x, curve) for x, curve in zip(secrets, curves, strict=True)]}


# Chapter 7


def _recovery_key(v: Json) -> decryption.RecoveryKey:
    return decryption.RecoveryKey(PublicPolynomial.decode(raw(v["polynomial"])), tuple(v["members"]))


def _shares(v: Json) -> list[decryption.DecryptionShare]:
    return [decryption.DecryptionShare.decode(raw(share)) for share in v["shares"]]


def decryption_share(v: Json) -> Json:
    share = decryption.decryption_share(secret_int(v["secret"]), v["member"], raw(v["digest"]))
    return {"share": share.encode().hex()}


def decryption_share_verify(v: Json) -> Json:
    share = decryption.DecryptionShare.decode(raw(v["share"]))
    decryption.verify_share(_recovery_key(v), share, raw(v["digest"]))
    return {"member": share.member}


def decryption_batch(v: Json) -> Json:
    decryption.verify_shares(_recovery_key(v), _shares(v), raw(v["digest"]))
    return {}


def combine(v: Json) -> Json:
    return {"sigma": decryption.combine(_recovery_key(v), _shares(v), raw(v["digest"])).sigma.encode().hex()}


# Chapter 8


def secret_key(v: Json) -> Json:
    return {"public": (keys.decode_secret(raw(v["key"])) * BLS12381_G1.generator).encode().hex()}


def random_key(v: Json) -> Json:
    rng = Draws(v["randomness"])
    key = keys.random_scalar(BLS12381_G1, rng)
    rng.done()
    return {"key": keys.encode_secret(key).hex()}


def blinder_register(v: Json) -> Json:
    rng = Draws(v["randomness"])
    found = keys.register_blinder(secret_int(v["blinder"]), raw(v["context"]), raw(v["node"]), rng)
    rng.done()
    return {"registration": found.hex()}


def blinder_registration(v: Json) -> Json:
    blinder = keys.verify_blinder_registration(raw(v["registration"]), raw(v["context"]), raw(v["node"]))
    return {"blinder": blinder.encode().hex()}


def member_register(v: Json) -> Json:
    rng, secrets = Draws(v["randomness"]), (secret_int(v["member_key"]), secret_int(v["identity_secret"]))
    found = keys.register_member(*secrets, v["scheme"], raw(v["context"]), v["index"], rng)
    rng.done()
    return {"registration": found.hex()}


def member_registration(v: Json) -> Json:
    found = keys.verify_member_registration(raw(v["registration"]), raw(v["context"]))
    identity, member_key = found.identity.encode().hex(), found.member_key.encode().hex()
    return {"index": found.index, "identity": identity, "member_key": member_key}


# Chapter 9


def ceremony(v: Json) -> Json:
    found = Ceremony.decode(raw(v["ceremony"]))
    length = dealing.dealing_length(found)
    return {"digest": found.digest().hex(), "needed": found.needed(), "dealing_length": length}


def deal(v: Json) -> Json:
    found, rng = Ceremony.decode(raw(v["ceremony"])), Draws(v["randomness"])
    old_shares = secret_ints(v["old_shares"], [slot.curve for slot in found.keys if slot.old is not None])
    made = dealing.deal(found, v["dealer"], secret_int(v["identity_secret"]), v["scheme"], old_shares, rng)
    rng.done()
    return {"dealing": made.hex()}


def dealing_verify(v: Json) -> Json:
    found = dealing.verify_dealing(Ceremony.decode(raw(v["ceremony"])), raw(v["dealing"]))
    return {"dealer": found.dealer, "polynomials": [a.encode().hex() for a in found.polynomials]}


def finish(v: Json) -> Json:
    """Dealings that are refused are dropped."""
    received = dealing.Dealings(Ceremony.decode(raw(v["ceremony"])))
    for made in v["dealings"]:
        with contextlib.suppress(Error):
            received.receive(raw(made))
    outcome = dealing.finish(received, v["recipient"], secret_int(v["member_key"]))
    return {
        "valid": sorted(received.valid),
        "bad": sorted(received.bad),
        "polynomials": [a.encode().hex() for a in outcome.polynomials],
        "shares": [scalar_hex(x, a.curve) for x, a in zip(outcome.shares, outcome.polynomials, strict=True)],
        "transcript": outcome.transcript.hex(),
    }


# Chapter 10


def backup_create(v: Json) -> Json:
    found, rng = Statement.decode(raw(v["statement"])), Draws(v["randomness"])
    made = backup.create_backup(found, secret_ints(v["secrets"], entry_curves(found)), rng)
    rng.done()
    return {"backup": made.hex()}


def backup_verify(v: Json) -> Json:
    found = backup.verify_backup(Statement.decode(raw(v["expected"])), raw(v["backup"]))
    return {"digest": found.statement.digest().hex()}


def backup_open(v: Json) -> Json:
    found = backup.verify_backup(Statement.decode(raw(v["expected"])), raw(v["backup"]))
    unlock = decryption.UnlockKey(raw(v["digest"]), G2.decode(raw(v["sigma"])))
    opened = backup.open_backup(found, unlock, keys.decode_secret(raw(v["blinder"])))
    return {"key_shares": [share.encode().hex() for share in opened]}


def key_share(v: Json) -> Json:
    found = backup.KeyShare.decode(raw(v["key_share"]))
    return {"public_share": (found.secret * found.curve.generator).encode().hex()}


def coverage(v: Json) -> Json:
    nodes = [
        backup.Node(raw(node["name"]), node["identifier"], BLS12381_G1.decode_point(raw(node["blinder"])))
        for node in v["nodes"]
    ]
    keys_ = tuple(PublicPolynomial.decode(raw(key)) for key in v["keys"])
    recovery_key = BLS12381_G1.decode_point(raw(v["recovery_key"]))
    header = parameter_set(v["parameter_set"]), raw(v["context"]), v["epoch"]
    network = backup.Network(*header, recovery_key, keys_, tuple(nodes))
    found = backup.audit(network, [raw(data) for data in v["backups"]])
    return {
        "nodes": [status for _, _, status in found.nodes],
        "covered": found.covered(),
        "recoverable": [found.covered() >= key.threshold for key in keys_],
        "strays": [{"backup": place, "error": error} for place, error in found.strays],
    }


# Chapter 11


def _roster(v: Json) -> recovery.Roster:
    return recovery.Roster.decode(raw(v["context"]), raw(v["roster"]))


def _statements(v: Json) -> list[Statement]:
    return [Statement.decode(raw(data)) for data in v["statements"]]


def roster(v: Json) -> Json:
    found = _roster(v)
    members = [
        {"index": m.index, "verification_key": found.polynomial.public_share(m.index).encode().hex()}
        for m in found.members
    ]
    key = found.polynomial.root_public_key.encode().hex()
    return {"recovery_key": key, "threshold": found.polynomial.threshold, "members": members}


def request_create(v: Json) -> Json:
    rng, names = Draws(v["randomness"]), (raw(v["requester"]), v["expiry"], raw(v["attestation"]))
    made = recovery.create_request(_roster(v), _statements(v), *names, rng)
    rng.done()
    digests = {"digest": made.request.digest().hex(), "attested_digest": made.request.attested_digest().hex()}
    return {"request": made.request.encode().hex(), **digests, "hpke_secret": made.hpke_secret.hex()}


def request(v: Json) -> Json:
    found = recovery.Request.decode(raw(v["request"]))
    digests = [digest.hex() for digest in found.digests]
    return {"digest": found.digest().hex(), "attested_digest": found.attested_digest().hex(), "digests": digests}


def review(v: Json) -> Json:
    found = recovery.Request.decode(raw(v["request"]))
    asked = recovery.review(found, _statements(v), _roster(v), v["now"])
    return {"nodes": [statement.node.hex() for statement in asked]}


def respond(v: Json) -> Json:
    found, rng = recovery.Request.decode(raw(v["request"])), Draws(v["randomness"])
    recovery.review(found, _statements(v), _roster(v), v["now"])
    secrets = secret_int(v["secret"]), secret_int(v["identity_secret"])
    made = recovery.respond(found, v["member"], *secrets, v["scheme"], rng)
    rng.done()
    return {"response": made.hex()}


def _session(v: Json) -> recovery.Session:
    opened = recovery.OpenRequest(recovery.Request.decode(raw(v["request"])), raw(v["hpke_secret"]))
    return recovery.Session(opened, _roster(v))


def response(v: Json) -> Json:
    session = _session(v)
    member = session.accept(raw(v["response"]), v["now"])
    return {"member": member, "sigmas": [sigma.encode().hex() for sigma in session.accepted[member]]}


def session(v: Json) -> Json:
    found = _session(v)
    for data in v["responses"]:
        found.accept(raw(data), v["now"])
    return {"unlock_keys": [key.sigma.encode().hex() for key in found.finish()]}


# Chapter 12


def derive_secret(v: Json) -> Json:
    curve = curve_by_id(v["curve"])
    roots = [secret_int(x, curve) for x in v["roots"]]
    identifier, dst = raw(v["identifier"]), raw(v["dst"])
    derived = derivation.derive_secret(curve, identifier, dst, roots)
    tweak = derivation.tweak(curve, identifier, dst)
    return {"tweak": scalar_hex(tweak, curve), "derived": scalar_hex(derived, curve)}


def derive_public(v: Json) -> Json:
    curve = curve_by_id(v["curve"])
    roots = [curve.decode_point(raw(x)) for x in v["roots"]]
    derived = derivation.derive_public(curve, raw(v["identifier"]), raw(v["dst"]), roots)
    return {"derived": derived.encode().hex()}


OPERATIONS: dict[str, Callable[[Json], Json]] = {
    function.__name__.rstrip("_"): function
    for function in (
        xof, hash_to_scalar, point, point_g2, scalar, hash_g2, pair, sign, signature, threshold, supermajority, commit,
        feldman, lagrange, schnorr_prove, schnorr, statement, subset, encrypt, verify, open_, decryption_share,
        decryption_share_verify, decryption_batch, combine, secret_key, random_key, blinder_register,
        blinder_registration, member_register, member_registration, ceremony, deal, dealing_verify, finish,
        backup_create, backup_verify, backup_open, key_share, coverage, roster, request_create, request, review,
        respond, response, session, derive_secret, derive_public,
    )
}  # fmt: skip


def run(operation: str, inputs: Json) -> Json:
    return OPERATIONS[operation](inputs)
