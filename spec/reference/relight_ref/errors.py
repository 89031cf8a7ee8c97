"""Chapter 2: the named errors."""

from __future__ import annotations

from collections.abc import Sequence

Detail = str | int | Sequence[int | str] | None

NAMES = frozenset(
    """
    Truncated TrailingBytes UnsupportedVersion UnknownKind WrongKind BadChecksum UnknownParameterSet UnknownCurve
    UnknownLock WrongLock UnknownOrigin UnknownScheme InvalidLength InvalidScalar InvalidPoint WrongCurve InvalidIndex
    DuplicateIndex DuplicateKey InvalidIdentifier ZeroIdentifier DuplicateIdentifier UnusedIdentifier InvalidThreshold
    DuplicateEntry CircularStatement Mismatch SecretMismatch ProofRejected NotOpenable NotEnoughShares
    InconsistentShares CombinedKeyMismatch Shareless OtherSharing UnknownMember BadDecryptionShares WrongUnlockKey
    WrongBlinder WrongMemberKey WrongIdentity BadSchnorrProof BadSignature WalletSignature InvalidSerial
    RetiredRegistration BrokenSuccession InvalidRegistration CeremonyMismatch UnknownDealer UnknownRecipient BadDealing
    NotEnoughDealings MissingDealing LateDealing AlreadyConfirmed BadConfirmation DoubleConfirmation NotClosed
    BadCertificate NoEvidence RosterMismatch UnknownStatement DuplicateStatement Unauthorised WrongRequest Expired
    ExpiryTooFar InvalidTime BadResponse BundleMismatch
    """.split()
)


class Error(Exception):
    """A failure of the protocol: a name from the text and, for some, what or who is at fault."""

    def __init__(self, name: str, detail: Detail = None) -> None:
        assert name in NAMES, name
        super().__init__(name if detail is None else f"{name}({detail})")
        self.name = name
        self.detail = detail


def require(condition: bool, name: str, detail: Detail = None) -> None:
    """Raises the named error unless the condition holds."""
    if not condition:
        raise Error(name, detail)
