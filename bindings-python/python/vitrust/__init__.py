"""Tells whether every vCenter, ESXi host and storage provider trusts what it must trust, and why not.

>>> import vitrust
>>> store = vitrust.TrustStore.from_pem(b"-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----\\n")
>>> [block.place.line for block in store.unreadable]
[1]

Nothing here opens a network connection or reads the clock: the time of a question is always its argument ``at``.
"""

from __future__ import annotations

from vitrust._native import Certificate, TrustStore, __version__
from vitrust._views import DumpedEntry, Place, Unreadable
from vitrust.exceptions import (
    ArgumentError,
    FileError,
    InternalError,
    MissingFileError,
    UnreadableError,
    VerificationError,
    VitrustError,
)
from vitrust.verdict import CertificateFacts, Rejection, Verdict

__all__ = [
    "ArgumentError",
    "Certificate",
    "CertificateFacts",
    "DumpedEntry",
    "FileError",
    "InternalError",
    "MissingFileError",
    "Place",
    "Rejection",
    "TrustStore",
    "Unreadable",
    "UnreadableError",
    "Verdict",
    "VerificationError",
    "VitrustError",
    "__version__",
]
