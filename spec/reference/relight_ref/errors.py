"""Chapter 2: the named errors."""

from __future__ import annotations

Detail = str | int | list[int] | list[str] | None

NAMES = frozenset(
    """
    Truncated TrailingBytes UnsupportedVersion UnknownParameterSet UnknownCurve UnknownLock UnknownOrigin
    UnknownScheme InvalidLength InvalidScalar InvalidPoint WrongCurve InvalidIndex DuplicateIndex InvalidIdentifier
    ZeroIdentifier DuplicateIdentifier InvalidThreshold DuplicateEntry CircularStatement StatementMismatch
    SecretMismatch ProofRejected NotOpenable NotEnoughShares InconsistentShares CombinedKeyMismatch Shareless
    UnknownMember BadDecryptionShares WrongStatement WrongBlinder WrongMemberKey BadProofOfPossession BadSignature
    CeremonyMismatch UnknownDealer BadDealing NotEnoughDealings InvalidRoster UnknownDigest WrongRequest Expired
    BadResponse
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
