"""The words that arguments and answers are made of, as types that a type checker knows."""

from __future__ import annotations

from typing import Literal

__all__ = ["EdgeKind", "ExpiryState", "Part", "Profile", "Purpose", "Revocation", "Severity", "State", "View"]

#: The answer to "is it trusted": yes, no, or not known.
State = Literal["trusted", "untrusted", "unknown"]

#: Whose rules decide about a path.
Profile = Literal["strict", "openssl", "java", "go", "webpki"]

#: What a certificate is used for.
Purpose = Literal["server", "client", "ca", "any"]

#: Whether every certificate below the anchor needs a usable CRL.
Revocation = Literal["if-present", "required"]

#: How bad a finding is, the worst first.
Severity = Literal["critical", "high", "medium", "low", "info"]

#: How close to its end a certificate is, by the thresholds that apply to it.
ExpiryState = Literal["expired", "not-yet-valid", "hard", "soft", "good"]

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
