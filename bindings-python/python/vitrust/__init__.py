r"""Tells whether every vCenter, ESXi host and storage provider trusts what it must trust, and why not.

>>> import vitrust
>>> store = vitrust.TrustStore.from_pem(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
>>> [block.place.line for block in store.unreadable]
[1]

Nothing is connected to at import, and only `probe`, `collect`, their async twins and `Session` open connections. The
time of a question is always its argument ``at``.
"""

from __future__ import annotations

from vitrust._native import Cancel, Certificate, Estate, TrustStore, __version__
from vitrust._views import BareEntry, Crl, DumpedEntry, LintIssue, Place, Unreadable
from vitrust.catalogue import FindingEntry, findings
from vitrust.exceptions import (
    ArgumentError,
    FileError,
    InternalError,
    MissingFileError,
    UnreadableError,
    VerificationError,
    VitrustError,
)
from vitrust.live import (
    Alert,
    Collected,
    CollectFailure,
    Failure,
    Probe,
    SystemRoots,
    collect,
    collect_async,
    probe,
    probe_async,
    system_roots,
)
from vitrust.matrix import Addition, Additions, Cause, CertificateRecord, Matrix, Missing, Party, Unfixable
from vitrust.report import (
    Edge,
    Event,
    Evidence,
    ExpiryRow,
    Finding,
    Forecast,
    Found,
    Judged,
    Outcome,
    Outcomes,
    Report,
    States,
    Subject,
    assess,
)
from vitrust.session import Session
from vitrust.verdict import CertificateFacts, Rejection, Verdict
from vitrust.words import EdgeKind, ExpiryState, Part, Profile, Purpose, Revocation, Severity, SeverityName, State, View

__all__ = [
    "Addition",
    "Additions",
    "Alert",
    "ArgumentError",
    "BareEntry",
    "Cancel",
    "Cause",
    "Certificate",
    "CertificateFacts",
    "CertificateRecord",
    "CollectFailure",
    "Collected",
    "Crl",
    "DumpedEntry",
    "Edge",
    "EdgeKind",
    "Estate",
    "Event",
    "Evidence",
    "ExpiryRow",
    "ExpiryState",
    "Failure",
    "FileError",
    "Finding",
    "FindingEntry",
    "Forecast",
    "Found",
    "InternalError",
    "Judged",
    "LintIssue",
    "Matrix",
    "Missing",
    "MissingFileError",
    "Outcome",
    "Outcomes",
    "Part",
    "Party",
    "Place",
    "Probe",
    "Profile",
    "Purpose",
    "Rejection",
    "Report",
    "Revocation",
    "Session",
    "Severity",
    "SeverityName",
    "State",
    "States",
    "Subject",
    "SystemRoots",
    "TrustStore",
    "Unfixable",
    "Unreadable",
    "UnreadableError",
    "Verdict",
    "VerificationError",
    "View",
    "VitrustError",
    "__version__",
    "assess",
    "collect",
    "collect_async",
    "findings",
    "probe",
    "probe_async",
    "system_roots",
]
