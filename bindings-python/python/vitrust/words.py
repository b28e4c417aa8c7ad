"""The words that arguments and answers are made of, as types that a type checker knows."""

from __future__ import annotations

from enum import Enum
from typing import Literal

__all__ = [
    "EdgeKind",
    "ExpiryState",
    "Part",
    "Profile",
    "Purpose",
    "Revocation",
    "Severity",
    "SeverityName",
    "State",
    "View",
]

#: The answer to "is it trusted": yes, no, or not known.
State = Literal["trusted", "untrusted", "unknown"]

#: Whose rules decide about a path.
Profile = Literal["strict", "openssl", "java", "go", "webpki"]

#: What a certificate is used for.
Purpose = Literal["server", "client", "ca", "any"]

#: Whether every certificate below the anchor needs a usable CRL.
Revocation = Literal["if-present", "required"]


class _Ranked(str, Enum):
    """A word that is better or worse than others of its kind: it compares by that, and not by its letters.

    It equals the word itself, prints as it and is it in JSON. What it is compared with may be the word.
    """

    __str__ = str.__str__
    __hash__ = str.__hash__

    def __format__(self, format_spec: str) -> str:
        return str.__format__(self, format_spec)

    @property
    def rank(self) -> int:
        """Its place among the words of its kind, 0 for the best."""
        return list(type(self)).index(self)

    def _beside(self, other: str) -> tuple[int, int]:
        try:
            return self.rank, type(self)(other).rank
        except ValueError:
            message = f"{other!r} is no {type(self).__name__}: {', '.join(type(self))}"
            raise ValueError(message) from None

    def __lt__(self, other: str) -> bool:
        mine, its = self._beside(other)
        return mine < its

    def __le__(self, other: str) -> bool:
        mine, its = self._beside(other)
        return mine <= its

    def __gt__(self, other: str) -> bool:
        mine, its = self._beside(other)
        return mine > its

    def __ge__(self, other: str) -> bool:
        mine, its = self._beside(other)
        return mine >= its


class Severity(_Ranked):
    """How bad a finding is: ``finding.severity >= "high"``."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class ExpiryState(_Ranked):
    """How close to its end a certificate is, by the thresholds that apply to it."""

    GOOD = "good"
    SOFT = "soft"
    HARD = "hard"
    NOT_YET_VALID = "not-yet-valid"
    EXPIRED = "expired"


#: A severity as an argument is written.
SeverityName = Literal["critical", "high", "medium", "low", "info"]

#: The four links of trust between a host and its vCenter.
EdgeKind = Literal["vcenter-to-host", "vcenter-to-provider", "host-to-vcenter", "host-to-sps"]

#: The part of a vCenter, host or storage provider that holds a certificate.
Part = Literal[
    "machine-ssl",
    "trusted-roots",
    "vmca-root",
    "sms-self-signed",
    "sps-extension",
    "sms-other",
    "https",
    "iofilter",
    "castore",
    "provider",
    "solution-user",
    "data-encipherment",
    "backup-store",
    "sts",
    "vmdir",
    "other-store",
]

#: What of a report is drawn.
View = Literal["audit", "matrix", "reasons", "expiry"]
