"""The operations that the vectors run, from JSON inputs to JSON outputs. Every failure is a named Error.

Here are those of chapters 3 to 7.
"""

from __future__ import annotations

from collections.abc import Callable

from relight_ref import decryption, encryption, hashing, identifiers, sharing, signatures, wallets
from relight_ref.codec import decode_all
from relight_ref.curves import BLS12381_G1, SECP256K1, curve_by_id
from relight_ref.packing import Claim
from relight_ref.pairing import G2, hash_to_g2, pairing
from relight_ref.parameters import parameter_set
from relight_ref.sharing import VssCommitment, SchnorrProof
from relight_ref.statement import Statement, unlock_message
from relight_ref.structure import StatementForm
from relight_ref.structure import expect as expect_

from . import operations_backup, operations_dealing, operations_keys, operations_recovery
from .values import Draws, Json, identifier, identifier_list, raw, scalar_hex, secret_int, secret_ints


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


def wallet_complete(v: Json) -> Json:
    identity = SECP256K1.decode_point(raw(v["identity"]))
    return {"signature": wallets.complete(v["purpose"], raw(v["body"]), identity, raw(v["returned"])).hex()}


def introduce(v: Json) -> Json:
    """An empty address is none."""
    expected = raw(v["address"]) or None
    return {"identity": wallets.introduce(raw(v["party"]), expected, raw(v["returned"])).encode().hex()}


def address(v: Json) -> Json:
    found = wallets.address(SECP256K1.decode_point(raw(v["identity"])))
    return {"address": found.hex(), "text": wallets.address_text(found)}


def signature(v: Json) -> Json:
    identity = SECP256K1.decode_point(raw(v["identity"]))
    found = decode_all(raw(v["signature"]), signatures.read)
    signatures.verify(found, identity, v["purpose"], raw(v["message"]))
    return {}


# Chapter 4


def threshold(v: Json) -> Json:
    identifiers.check_threshold(v["threshold"], v["parties"])
    return {}


def supermajority(v: Json) -> Json:
    return {"threshold": identifiers.supermajority(v["parties"])}


def commit(v: Json) -> Json:
    curve = curve_by_id(v["curve"])
    coefficients = [secret_int(a, curve) for a in v["coefficients"]]
    shares = [sharing.evaluate(curve, coefficients, i) for i in identifier_list(v["identifiers"])]
    commitment = VssCommitment.commit(curve, coefficients)
    return {"commitment": commitment.encode().hex(), "shares": [scalar_hex(x, curve) for x in shares]}


def feldman(v: Json) -> Json:
    commitment = VssCommitment.decode(raw(v["commitment"]))
    found = identifier_list(v["identifiers"])
    return {
        "curve": commitment.curve.id,
        "threshold": commitment.threshold,
        "public_key": commitment.public_key.encode().hex(),
        "public_shares": [commitment.public_share(i).encode().hex() for i in found],
    }


def lagrange(v: Json) -> Json:
    curve = curve_by_id(v["curve"])
    at = identifier(v["at"]) if v["at"] else 0
    weights = sharing.lagrange(curve, identifier_list(v["identifiers"]), at)
    secrets = [secret_int(x, curve) for x in v["shares"]]
    combined = sum(w * x for w, x in zip(weights, secrets, strict=True)) % curve.order
    return {"weights": [scalar_hex(w, curve) for w in weights], "secret": scalar_hex(combined, curve)}


def interpolate(v: Json) -> Json:
    curve = curve_by_id(v["curve"])
    shares = [(identifier(i), curve.decode_point(raw(point))) for i, point in v["shares"]]
    return {"commitment": sharing.from_shares(v["threshold"], shares).encode().hex()}


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
        "curves": [curve.id for curve in Claim.of(found).curves()],
        "proof_length": _proof_length(found),
    }


def _proof_length(found: Statement) -> int:
    claim = Claim.of(found)
    responses = sum(pack.curve.scalar_len for pack in claim.packs)
    return encryption.proof_length(claim.parameters, len(claim.parts), responses)


def expect(v: Json) -> Json:
    expect_(StatementForm.decode(raw(v["expected"])), StatementForm.decode(raw(v["found"])))
    return {}


def subset(v: Json) -> Json:
    return {"kept": encryption.subset(parameter_set(v["parameter_set"]), raw(v["challenge"]))}


def encrypt(v: Json) -> Json:
    found, rng = Statement.decode(raw(v["statement"])), Draws(v["randomness"])
    proof = encryption.encrypt(Claim.of(found), secret_ints(v["secrets"], [entry.curve for _, _, entry in found.slots()]), rng)
    rng.done()
    return {"proof": proof.hex()}


def verify(v: Json) -> Json:
    encryption.verify(Claim.of(Statement.decode(raw(v["statement"]))), raw(v["proof"]))
    return {}


def open_(v: Json) -> Json:
    found = Statement.decode(raw(v["statement"]))
    claim = Claim.of(found)
    proof = encryption.Proof.decode(raw(v["proof"]), claim)
    if "sigma" in v:
        opener = encryption.recovery_opener(G2.decode(raw(v["sigma"])), secret_int(v["blinder"]))
    else:
        opener = encryption.member_opener(secret_int(v["member_key"]))
    secrets = encryption.open_compartment(claim, proof, v["compartment"], opener)
    curves = [entry.curve for entry in found.compartments[v["compartment"]].entries]
    return {"secrets": [scalar_hex(x, curve) for x, curve in zip(secrets, curves, strict=True)]}


# Chapter 7


def _recovery_party(v: Json) -> decryption.RecoveryParty:
    members = tuple((index, identifier(data)) for index, data in v["members"])
    return decryption.RecoveryParty(VssCommitment.decode(raw(v["commitment"])), members)


def _shares(v: Json) -> list[decryption.DecryptionShare]:
    return [decryption.DecryptionShare.decode(raw(share)) for share in v["shares"]]


def decryption_share(v: Json) -> Json:
    share = decryption.decryption_share(secret_int(v["secret"]), v["member"], raw(v["digest"]))
    return {"share": share.encode().hex()}


def decryption_share_verify(v: Json) -> Json:
    share = decryption.DecryptionShare.decode(raw(v["share"]))
    decryption.verify_share(_recovery_party(v), share, raw(v["digest"]))
    return {"member": share.member}


def decryption_batch(v: Json) -> Json:
    decryption.verify_shares(_recovery_party(v), _shares(v), raw(v["digest"]))
    return {}


def combine(v: Json) -> Json:
    return {"sigma": decryption.combine(_recovery_party(v), _shares(v), raw(v["digest"])).sigma.encode().hex()}


OPERATIONS: dict[str, Callable[[Json], Json]] = {
    function.__name__.rstrip("_"): function
    for function in (
        xof, hash_to_scalar, point, point_g2, scalar, hash_g2, pair, sign, signature, wallet_complete, introduce,
        address, threshold, supermajority, commit, feldman, lagrange, interpolate, schnorr_prove, schnorr, statement,
        expect, subset, encrypt, verify, open_, decryption_share, decryption_share_verify, decryption_batch, combine,
    )
}  # fmt: skip


EVERY = {
    **OPERATIONS,
    **operations_keys.OPERATIONS,
    **operations_dealing.OPERATIONS,
    **operations_backup.OPERATIONS,
    **operations_recovery.OPERATIONS,
}


def run(operation: str, inputs: Json) -> Json:
    return EVERY[operation](inputs)
